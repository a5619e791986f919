"""The command `scripts/courier`: sends one message of the reference courier and shows the answer."""

import argparse
import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
import os
import sys
from uuid import uuid4

import aiohttp

from .courier import Answer, Courier, Message
from .show import Shown
from .signing import KeyFormError, PrivateKey, signer

EPILOG = """\
The key may be given in the environment as COURIER_KEY, which keeps it out of the shell's history.
A whsec_ key signs v1; a whsk_ key (Ed25519, 32 or 64 bytes) signs v1a, and the address's last part is
then sent as "to".

To replay a message, repeat the command with the id and the time that it printed:
  scripts/courier enter --grant-id G --message-id ID --timestamp TIME

Exit status: 0 accepted, admitted, revoked or ok; 1 refused; 2 no decision (an error, or nobody there).
"""


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/courier",
        description="Send one signed message of a courier to a building and show the answer.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--url", required=True, help="the courier's webhook address")
    common.add_argument(
        "--key", default=os.environ.get("COURIER_KEY"), help="whsec_… or whsk_…"
    )
    common.add_argument("--to", help='the audience ("to"), a webhook id')
    common.add_argument(
        "--message-id", help="instead of a new one: sends that message again"
    )
    common.add_argument(
        "--timestamp",
        type=moment,
        metavar="TIME",
        help="the message's own time (default: now)",
    )
    about = argparse.ArgumentParser(add_help=False)
    about.add_argument(
        "--door", help="the door's key; may be left out where there is one"
    )
    about.add_argument("--driver-ref", help="a pseudonym of the driver")

    kinds = parser.add_subparsers(
        dest="kind", required=True, metavar="ping|hours|grant|revoke|enter"
    )
    kinds.add_parser("ping", parents=[common], help="ask whether the building is there")

    hours = kinds.add_parser(
        "hours", parents=[common], help="ask when a delivery may come"
    )
    hours.add_argument(
        "--units", nargs="+", action="extend", required=True, metavar="UNIT"
    )
    hours.add_argument(
        "--door", help="the door's key; default: any of the courier's doors"
    )
    hours.add_argument(
        "--from", dest="starts_at", type=moment, metavar="TIME", help="default: now"
    )
    hours.add_argument(
        "--until",
        dest="ends_at",
        type=moment,
        metavar="TIME",
        help="default: 7 days later",
    )

    grant = kinds.add_parser(
        "grant", parents=[common, about], help="announce a delivery"
    )
    grant.add_argument("--grant-id", default=f"grant-{uuid4().hex[:12]}")
    grant.add_argument(
        "--unit", action="append", required=True, help="may be given repeatedly"
    )
    grant.add_argument(
        "--from", dest="starts_at", type=moment, metavar="TIME", help="default: now"
    )
    ends = grant.add_mutually_exclusive_group()
    ends.add_argument("--until", dest="ends_at", type=moment, metavar="TIME")
    ends.add_argument(
        "--hours", type=float, default=2, help="instead of --until (default: 2)"
    )
    grant.add_argument("--max-entries", type=int)
    grant.add_argument("--parcel-ref")
    grant.add_argument("--revision", type=int)

    revoke = kinds.add_parser("revoke", parents=[common], help="take a grant back")
    revoke.add_argument("--grant-id", required=True)
    revoke.add_argument("--revision", type=int)
    revoke.add_argument("--reason")

    enter = kinds.add_parser(
        "enter", parents=[common, about], help="ask to be let in now"
    )
    enter.add_argument("--grant-id", required=True)

    chosen = parser.parse_args(given)
    if not chosen.key:
        parser.error("a key is needed: --key, or COURIER_KEY in the environment")
    return chosen


def moment(text: str) -> datetime:
    """Read a time; one without an offset is the local zone's."""
    return datetime.fromisoformat(text).astimezone()


def compose(courier: Courier, chosen: argparse.Namespace) -> Message:
    """Write the message that the command line asks for."""
    now: datetime = chosen.timestamp or datetime.now(UTC)
    match chosen.kind:
        case "ping":
            kind, data = "ping", {}
        case "hours":
            since: datetime = chosen.starts_at or now
            until: datetime = chosen.ends_at or since + timedelta(days=7)
            kind = "availability.requested"
            data = {
                "units": chosen.units,
                "door": chosen.door,
                "from": since.isoformat(),
                "until": until.isoformat(),
            }
        case "grant":
            starts_at: datetime = chosen.starts_at or now
            ends_at: datetime = chosen.ends_at or starts_at + timedelta(
                hours=chosen.hours
            )
            kind = "grant.issued"
            data = {
                "grant_id": chosen.grant_id,
                "revision": chosen.revision,
                "door": chosen.door,
                "units": chosen.unit,
                "starts_at": starts_at.isoformat(),
                "ends_at": ends_at.isoformat(),
                "max_entries": chosen.max_entries,
                "parcel_ref": chosen.parcel_ref,
                "driver_ref": chosen.driver_ref,
            }
        case "revoke":
            kind = "grant.revoked"
            data = {
                "grant_id": chosen.grant_id,
                "revision": chosen.revision,
                "reason": chosen.reason,
            }
        case _:
            kind = "entry.requested"
            data = {
                "grant_id": chosen.grant_id,
                "door": chosen.door,
                "driver_ref": chosen.driver_ref,
            }
    return courier.compose(kind, data, at=now, message_id=chosen.message_id)


def exit_code(answer: Answer) -> int:
    """Return what the command says to the shell."""
    match answer.decision:
        case None:
            return 2
        case "refused":
            return 1
        case _:
            return 0


async def run(chosen: argparse.Namespace) -> int:
    """Send the message."""
    signing = signer(chosen.key)
    to: str | None = chosen.to
    if to is None and isinstance(signing, PrivateKey):
        to = chosen.url.rstrip("/").rpartition("/")[2]
    async with aiohttp.ClientSession() as http:
        courier = Courier(http, "courier", chosen.url, signing, to, Shown())
        return exit_code(await courier.send(compose(courier, chosen)))


def main() -> int:
    """Run the command."""
    try:
        return asyncio.run(run(arguments()))
    except (aiohttp.ClientError, TimeoutError, KeyFormError) as error:
        print(f"courier: {error or 'no answer in time'}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
