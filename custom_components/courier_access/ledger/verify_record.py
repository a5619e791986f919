#!/usr/bin/env python3
"""Check that nothing in an export of an access log was altered, left out, or added.

It needs only Python 3.9 or newer and the export, or all pages of one. --earlier checks
that all records of an earlier export are still there. --notification checks that the record
of a notification on your phone is still there: paste the notification, or its number
and the 20 letters and digits after it.
"""

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
import hashlib
import json
from pathlib import Path
import re
import sys
from typing import Any

# This file runs on other machines: it imports nothing from the integration.


@dataclass(frozen=True)
class Witness:
    """A record's number and verification code: at least 80 bits of its hash in hex."""

    record: int
    hash: str


SALT_BYTES = 32

_HASH = r"((?:[0-9a-f]{20,64}|(?:[0-9a-f][\s-]?){19}[0-9a-f])(?![0-9a-z]))"
_TO = r"\s{1,2}\S{1,4}\s{1,2}"
_WITNESS = re.compile(
    rf"(?<![0-9a-z])([0-9]{{1,15}})(?:{_TO}([0-9]{{1,15}}))?"
    rf"(?:\s{{0,2}}[^\w\s]\s{{0,2}}|\s{{1,2}}){_HASH}(?:{_TO}{_HASH})?"
)


def witnesses_in(written: str) -> tuple[Witness, ...]:
    """Find verification codes in a notification or a part of it, in any spacing.

    A notification of several entries has the first and last one's: "5 to 9 · … to …".
    """
    found = []
    for first, last, hashed, last_hashed in _WITNESS.findall(written.lower()):
        if bool(last) == bool(last_hashed):
            found.append(Witness(int(first), _bare(hashed)))
            if last:
                found.append(Witness(int(last), _bare(last_hashed)))
    return tuple(dict.fromkeys(found))


def _bare(hashed: str) -> str:
    return re.sub(r"[\s-]", "", hashed)


class Altered(Exception):
    """The export isn't what was recorded."""


class Unmatched(Altered):
    """A notification's code doesn't match its record, which may be a typing error."""


def records_of(exports: Mapping[str, Any]) -> dict[int, Any]:
    """Return all records by number; raise Altered if two exports disagree."""
    found: dict[int, Any] = {}
    heads: dict[int, tuple[str, str]] = {}
    for name, read in exports.items():
        for page in _pages(read):
            for record in page["records"]:
                earlier = found.setdefault(record["record"], record)
                if (earlier["hash"], earlier["body"]) != (
                    record["hash"],
                    record["body"],
                ):
                    raise Altered(f"record {record['record']} is another one in {name}")
            head = page.get("head", {"record": 0})
            if head["record"]:
                heads[head["record"]] = (head["hash"], name)
    for number, (hashed, name) in heads.items():
        if number not in found:
            raise Altered(
                f"{name} was written when there were {number} records, and not all came"
            )
        if found[number]["hash"] != hashed:
            raise Altered(
                f"record {number} is not the one that was the newest for {name}"
            )
    return found


def _pages(read: Any) -> "list[Any]":
    return read if isinstance(read, list) else [read]


def check(records: Mapping[int, Any]) -> bytes:
    """Recompute every hash from the one before; return the newest."""
    digest = bytes(32)
    for number in range(1, len(records) + 1):
        record = records.get(number)
        if record is None:
            raise Altered(f"record {number} is missing")
        body = record["body"].encode()
        digest = hashlib.sha256(b"\x00" + digest + body).digest()
        if digest.hex() != record["hash"]:
            raise Altered(f"record {number} was altered, or one before it")
        content = json.loads(body)
        if content["seq"] != number:
            raise Altered(f"record {number} calls itself {content['seq']!r}")
        for name, opened in record["opened"].items():
            salt = bytes.fromhex(opened["salt"])
            committed = hashlib.sha256(salt + opened["value"].encode()).hexdigest()
            # Bytes could be moved between a value and a salt of another length.
            if len(salt) != SALT_BYTES or committed != content["personal"].get(name):
                raise Altered(f"{name!r} of record {number} was altered")
    return digest


_ATTEMPTS = ("entry.admitted", "entry.refused", "entry.observed")


def check_entries(page: Mapping[str, Any], records: Mapping[int, Any]) -> None:
    """Check that the listed entries match their records and none is left out.

    Repeated refusals are in no record and aren't checked; neither are erased values.
    """
    if "entries" not in page:
        return
    states = _states(records)
    listed = {}
    for entry in page["entries"]:
        number = entry["record"]
        successive = states.get(number)
        if successive is None or number in listed:
            raise Altered(f"the entry at record {number!r} was made up")
        # An outcome may have come between the list of entries and its record.
        if not any(_matches(entry, content) for content in successive):
            raise Altered(
                f"the entry at record {number} reads otherwise than its records say"
            )
        _check_personal(entry, records[number])
        listed[number] = entry
    for number in states:
        if number <= page["entries_up_to"] and number not in listed:
            raise Altered(f"the entry at record {number} was left out")


def _states(records: Mapping[int, Any]) -> "dict[int, list[dict[str, Any]]]":
    """Return each attempt's successive states, by record number."""
    states: dict[int, list[dict[str, Any]]] = {}
    number_of: dict[str, int] = {}
    for number in range(1, len(records) + 1):
        body = json.loads(records[number]["body"])
        if body["kind"] in _ATTEMPTS:
            number_of[body["entry_id"]] = number
            states[number] = [_at_first(body)]
        elif body["kind"].startswith("entry.") and body.get("entry_id") in number_of:
            successive = states[number_of[body["entry_id"]]]
            successive.append({**successive[-1], **_later(body)})
    return states


def _at_first(body: Mapping[str, Any]) -> "dict[str, Any]":
    return {
        "entry_id": body["entry_id"],
        "at": body["at"],
        "courier": body["courier_name"],
        "door": body["door_name"],
        # The first entries were all signed, and their records didn't say so.
        "proof": body.get("proof", "signed"),
        "decision": body["decision"],
        "reason": body["reason"],
        "outcome": None,
        "lock_confirmed": None,
        "unlocked_until": None,
        "completed_at": None,
    }


def _later(body: Mapping[str, Any]) -> "dict[str, Any]":
    if body["kind"] == "entry.outcome":
        return {
            name: body[name] for name in ("outcome", "lock_confirmed", "unlocked_until")
        }
    if body["kind"] == "entry.stopped":
        stopped = {"decision": "refused", "completed_at": body["at"]}
        return (
            stopped if body["reason"] is None else {**stopped, "reason": body["reason"]}
        )
    return {"completed_at": body["at"]} if body["kind"] == "entry.completed" else {}


DETAILS = ("parcel_ref", "driver_ref")
"""The personal details of a delivery that an entry shows."""

_INSTANTS = ("at", "unlocked_until", "completed_at")


def _matches(entry: Mapping[str, Any], content: Mapping[str, Any]) -> bool:
    return all(
        _instant(entry[name]) == _instant(value)
        if name in _INSTANTS
        else entry[name] == value
        for name, value in content.items()
    )


def _instant(written: "str | None") -> "datetime | None":
    return None if written is None else datetime.fromisoformat(written)


def _check_personal(entry: Mapping[str, Any], record: Mapping[str, Any]) -> None:
    number = record["record"]
    committed, opened = json.loads(record["body"])["personal"], record["opened"]
    for name in DETAILS:
        value = entry.get(name)
        if value is None:
            continue
        if name not in committed or (name in opened and opened[name]["value"] != value):
            raise Altered(f"{name!r} of the entry at record {number} was altered")
    if "unit_labels" in opened and "units" in entry:
        labels = json.loads(opened["unit_labels"]["value"]).values()
        if not set(entry["units"]) <= set(labels):
            raise Altered(f"the units of the entry at record {number} were altered")


def check_earlier(records: Mapping[int, Any], name: str, read: Any) -> None:
    """Check that all records of an earlier export are still there."""
    for page in _pages(read):
        for earlier in page["records"]:
            number = earlier["record"]
            record = records.get(number)
            if record is None:
                raise Altered(f"record {number!r}, which is in {name}, is missing")
            if (earlier["hash"], earlier["body"]) != (record["hash"], record["body"]):
                raise Altered(f"record {number!r} is not the one that is in {name}")


def check_notification(records: Mapping[int, Any], witness: Witness) -> None:
    """Raise Unmatched if a notification's code isn't that of its record."""
    record = records.get(witness.record)
    if record is None:
        raise Unmatched(
            f"there is no record {witness.record}: its number was mistyped, or the end of the record was cut off"
        )
    if not record["hash"].startswith(witness.hash):
        raise Unmatched(
            f"this code doesn't match record {witness.record}: it was mistyped, or the record was replaced"
        )


def check_all(
    exports: Mapping[str, Any],
    notifications: Iterable[str] = (),
    earlier: "Mapping[str, Any] | None" = None,
) -> str:
    """Check an export or its pages, notifications, and earlier exports.

    Raises:
        Altered: Something was altered.
        Unmatched: A notification's code doesn't match its record.
    """
    witnesses: list[Witness] = []
    for notification in notifications:
        found = witnesses_in(notification)
        if not found:
            raise Altered(
                "a notification holds no record's number with at least 20 letters and digits"
            )
        witnesses += found
    records = records_of(exports)
    digest = check(records)
    for read in exports.values():
        for page in _pages(read):
            check_entries(page, records)
    for name, read in (earlier or {}).items():
        check_earlier(records, name, read)
    for witness in witnesses:
        check_notification(records, witness)
    seen = f" {len(witnesses)} of a notification found." if witnesses else ""
    return f"{len(records)} records, none altered.{seen} The newest is {digest.hex()}"


def _read(paths: Iterable[str]) -> "dict[str, Any]":
    return {path: json.loads(Path(path).read_text("utf-8")) for path in paths}


def main() -> int:
    """Check the given files and print the result; return 1 if something is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("export", nargs="+", help="the export, or its pages")
    parser.add_argument("--earlier", action="append", default=[], metavar="EXPORT")
    parser.add_argument(
        "--notification", action="append", default=[], metavar="MESSAGE"
    )
    args = parser.parse_args()
    status = 1
    try:
        exports, earlier = _read(args.export), _read(args.earlier)
        content = check_all(exports, args.notification, earlier)
        status = 0
    except Unmatched as err:
        content = f"NO MATCH: {err}"
    except (
        Altered,
        AttributeError,
        LookupError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
    ) as err:
        content = f"NOT INTACT: {err or type(err).__name__}"
    # A hostile export must not steer the terminal.
    print("".join(letter if letter.isprintable() else "?" for letter in content))
    return status


if __name__ == "__main__":
    sys.exit(main())
