"""The command `scripts/demo`: a demo building in a real Home Assistant, and the main job against it."""

import argparse
import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import asdict
import fcntl
import json
import os
from pathlib import Path
import shutil
import signal
import sys
from urllib.parse import urlsplit

import aiohttp

from .answers import Record, UnexpectedAnswerError, parsed, record, text
from .courier import Courier
from .drivers import RELAY_CONFIGURATION, DoorPage, DriversJob, add_drivers
from .instance import Instance, StartError, check_port
from .main_job import MainJob, Result
from .phone import Notification, PushService
from .places import ROOT
from .show import Shown, head, say
from .signing import signer
from .site import (
    CLOSED_UNIT,
    DOOR,
    DOOR_KEY,
    MARA,
    OPEN_UNIT,
    RESIDENTS,
    UNLOCK_SECONDS,
    Site,
    configuration,
    find,
    is_set_up,
    set_up,
)
from .watch import DoorWatch

FOLDER = ROOT / ".demo"
PUBLISHED = FOLDER / "demo.json"
_PAGE = "door_page.json"
RESTART = 100
INTERRUPTED = 130

EPILOG = """\
The configuration is kept in .demo/, so that a second start is quick and finds the same building; the
log-ins, couriers' addresses and keys, doors and units are in .demo/demo.json once it is up.

Exit status of --once: 0 if the grant was accepted and announced, the entry admitted, the door seen unlocked
and locked again, all residents notified, every abuse answered as published and without effect, and a
delivery that its recipient vetoed refused; the PIN, the door's page, and the ring let in, a listed parcel announced, moved,
and called off, and the other courier access seen; else 1.
"""


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/demo",
        description="Start a demo building in a real Home Assistant and do the main job against it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--port", type=_port, default=8123, help="port of 127.0.0.1 (default: 8123)"
    )
    parser.add_argument(
        "--fresh", action="store_true", help="forget the last start's building"
    )
    parser.add_argument("--once", action="store_true", help="exit after the main job")
    return parser.parse_args(given)


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return port


async def demo(chosen: argparse.Namespace) -> int:
    """Run the demo; returns the exit status."""
    fresh = chosen.fresh or not is_set_up(FOLDER)
    check_port(chosen.port)
    if fresh:
        _empty(FOLDER)
    PUBLISHED.unlink(missing_ok=True)
    push = PushService(heard=_show_notification)
    async with push.served(), aiohttp.ClientSession() as http:
        home = Instance(
            FOLDER, chosen.port, {**configuration(push), **RELAY_CONFIGURATION}
        )
        try:
            await _start(home)
            head("Setting up the building" if fresh else "Coming back to the building")
            site = await (set_up if fresh else find)(http, home.url, FOLDER, push)
            say(f"Home Assistant {site.version}")
            page = await _page(home, site)
            if not chosen.once:
                _invite(home, site)
            is_soon_again = await site.couriers_came_lately()
            async with _watched(site) as door:
                main_job = _main_job(http, site, push, door)
                main_job.panel = site if is_soon_again else None
                result = await main_job.run()
                drivers = _drivers_job(http, site, push, door, page, result)
                await drivers.run()
                to_try = await drivers.leave_a_pass()
            publish(home.url, site, to_try)
            status = _verdict(result)
            if not chosen.once:
                with suppress(asyncio.CancelledError):
                    await _stay(home, http, push, site)
            return status
        finally:
            await asyncio.to_thread(home.stop)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the folder for this demo; raises StartError where another one runs in it."""
    FOLDER.mkdir(exist_ok=True)
    held = os.open(FOLDER, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise StartError("another demo is running; end it first") from error
    finally:
        os.close(held)


def _empty(folder: Path) -> None:
    for found in folder.iterdir():
        if found.is_dir() and not found.is_symlink():
            shutil.rmtree(found)
        else:
            found.unlink()


async def _start(home: Instance) -> None:
    say(f"starting Home Assistant at {home.url} (log: {home.log})")
    home.start()
    await home.ready()


@asynccontextmanager
async def _watched(site: Site) -> AsyncIterator[DoorWatch]:
    """Show the door's states as they change."""

    def show(state: str, attributes: Record) -> None:
        by = attributes.get("changed_by")
        say(f"{DOOR}: {state}" + (f" (by {by})" if by else ""))

    door = DoorWatch(site.kept.door_entity, show)
    async with site.owner.channel() as channel:
        await door.begin(site.owner, channel)
        yield door


def _main_job(
    http: aiohttp.ClientSession, site: Site, push: PushService, door: DoorWatch
) -> MainJob:
    courier, another = (
        Courier(
            http,
            account.name,
            account.webhook_url,
            signer(account.key),
            observer=Shown(),
        )
        for account in site.kept.couriers[:2]
    )
    return MainJob(
        courier=courier,
        another=another,
        door=door,
        push=push,
        residents=RESIDENTS,
        recipient=MARA,
        open_unit=OPEN_UNIT,
        closed_unit=CLOSED_UNIT,
        unlock_seconds=UNLOCK_SECONDS,
        admissions=site.admissions,
        ended=site.ended,
    )


def _verdict(result: Result) -> int:
    if result.missing:
        for what in result.missing:
            print(f"missing: {what}", file=sys.stderr)
        print(f"demo failed: {result}", file=sys.stderr)
        return 1
    print(f"\ndemo ok: {result}", flush=True)
    return 0


async def _page(home: Instance, site: Site) -> DoorPage:
    """Return the door's page, which is set up at the first start."""
    kept = FOLDER / _PAGE
    if not kept.exists():
        page = await add_drivers(site.building, home.url, DOOR)
        kept.touch(mode=0o600)
        kept.write_text(json.dumps(asdict(page)))
    held = record(parsed(kept.read_bytes()))
    path = urlsplit(text(held, "url")).path
    return DoorPage(home.url + path, text(held, "sign"))


def _drivers_job(
    http: aiohttp.ClientSession,
    site: Site,
    push: PushService,
    door: DoorWatch,
    page: DoorPage,
    result: Result,
) -> DriversJob:
    return DriversJob(
        http=http,
        building=site.building,
        owner=site.owner,
        resident=site.resident,
        door=door,
        door_name=DOOR,
        page=page,
        push=push,
        residents=RESIDENTS,
        recipient=MARA,
        unit=OPEN_UNIT,
        unlock_seconds=UNLOCK_SECONDS,
        result=result,
    )


def publish(url: str, site: Site, to_try: Record) -> None:
    """Write what others need to know of the demo, at once and whole."""
    published = {
        "url": url,
        "users": {
            role: asdict(site.kept.logins[role]) for role in ("owner", "resident")
        },
        "couriers": [asdict(account) for account in site.kept.couriers],
        "doors": [{"key": DOOR_KEY, "entity_id": site.kept.door_entity}],
        "units": [
            {"unit": OPEN_UNIT, "accepting": True},
            {"unit": CLOSED_UNIT, "accepting": False},
        ],
        **to_try,
    }
    draft = PUBLISHED.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(published, indent=2) + "\n")
    draft.replace(PUBLISHED)


def _invite(home: Instance, site: Site) -> None:
    head(f"The demo is up: {home.url}")
    for role in ("owner", "resident"):
        login = site.kept.logins[role]
        print(f"    {role}: user name {login.username}, password {login.password}")
    print(f"    after the show, couriers' addresses and keys: {PUBLISHED}")
    print("    Ctrl-C ends it. Now comes a show of a minute.", flush=True)


async def _stay(
    home: Instance, http: aiohttp.ClientSession, push: PushService, site: Site
) -> None:
    """Show what happens until the demo is ended; follows Home Assistant through restarts."""
    while True:
        async with _watched(site):
            status = await asyncio.to_thread(home.wait)
        if status != RESTART:
            raise StartError(f"Home Assistant ended by itself:\n{home.log_tail()}")
        await _start(home)
        site = await find(http, home.url, FOLDER, push)


def _show_notification(notification: Notification) -> None:
    title = f"{notification.title}: " if notification.title else ""
    say(f"{notification.to} is notified: {title}{notification.message}")


async def _interruptible(chosen: argparse.Namespace) -> int:
    """Run the demo until it is done or SIGINT or SIGTERM ends it."""
    running = asyncio.create_task(demo(chosen))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, running.cancel)
    try:
        return await running
    except asyncio.CancelledError:
        return INTERRUPTED


def main() -> int:
    """Run the command."""
    chosen = arguments()
    try:
        with _alone():
            return asyncio.run(_interruptible(chosen))
    except (
        StartError,
        UnexpectedAnswerError,
        aiohttp.ClientError,
        TimeoutError,
    ) as error:
        print(f"demo: {str(error) or 'no answer in time'}", file=sys.stderr)
        if isinstance(error, UnexpectedAnswerError) and not chosen.fresh:
            print("demo: --fresh starts with a new building", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
