#!/usr/bin/env python3
"""Check that nothing in an export of an access log was altered, left out, or added.

It needs only Python 3.9 or newer and the export, or all pages of one. --earlier checks
that all records of an earlier export are still there. --notification checks that the record
of a notification on your phone is still there: paste the notification, or its number
and the 20 letters and digits after it. --heads checks the records that a fleet has taken of
this building: the rows of its view /heads, as JSON or CSV.

The log has a limit: older records are deleted, and a seal in it shows where it begins. What
is older than the log can't be checked anymore, so keep an export as long as you need it.
"""

import argparse
from collections.abc import Iterable, Mapping
import csv
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
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
    sealed = {
        page.get("sealed", 0) for read in exports.values() for page in _pages(read)
    }
    if len(sealed) > 1:
        raise Altered(
            "older records were deleted between these pages: download the export again"
        )
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


SHORTEST = timedelta(days=90)
"""How old a record must be to be sealed: nothing recent can be hidden."""

SLACK = timedelta(days=1)
"""How far clocks may differ."""

_STANDS_FOR = ("log.sealed", "log.carried")


@dataclass(frozen=True)
class Log:
    """Where the log begins, and the records before that which its own ones stand for.

    No deleted record is from after `deleted_until`.
    """

    sealed: int
    digest: bytes
    originals: "Mapping[int, tuple[str, str]]"
    deleted_until: datetime = datetime.min.replace(tzinfo=timezone.utc)


def begin(records: Mapping[int, Any], now: "datetime | None" = None) -> Log:
    """Return where the log begins: after what its newest seal stands for, if it has one."""
    originals, newest = {}, None
    for number in sorted(records):
        content = json.loads(records[number]["body"])
        if content["kind"] in _STANDS_FOR:
            original = _original(number, content)
            originals[original["seq"]] = (content["hash"], content["body"])
            if content["kind"] == "log.sealed":
                newest = number, content, original
    log = Log(0, bytes(32), originals)
    if newest is not None:
        number, content, original = newest
        now = now or datetime.now(timezone.utc)
        _check_seal(records, number, content, original, now)
        deleted_until = datetime.fromisoformat(content["at"]) - SHORTEST
        log = Log(
            original["seq"], bytes.fromhex(content["hash"]), originals, deleted_until
        )
    if max(originals, default=0) > log.sealed:
        raise Altered(f"no seal comes before record {max(originals)}")
    return log


def _original(number: int, content: Mapping[str, Any]) -> Any:
    """Return the body of the record that another one stands for."""
    before, body = bytes.fromhex(content["before"]), content["body"]
    hashed = hashlib.sha256(b"\x00" + before + body.encode()).hexdigest()
    original = json.loads(body)
    if (
        hashed != content["hash"]
        or original["seq"] != content["number"]
        or not 0 < original["seq"] < number
        or (
            content["kind"] == "log.carried"
            and original["personal"] != content["personal"]
        )
    ):
        raise Altered(f"record {number} stands for a record that never was")
    return original


def _check_seal(
    records: Mapping[int, Any],
    number: int,
    content: Mapping[str, Any],
    original: Mapping[str, Any],
    now: datetime,
) -> None:
    sealed_at = datetime.fromisoformat(content["at"])
    if sealed_at - datetime.fromisoformat(original["at"]) < SHORTEST:
        raise Altered(f"the seal at record {number} hides recent records")
    if sealed_at > now + SLACK:
        raise Altered(f"the seal at record {number} is dated ahead")
    for later in records:
        body = json.loads(records[later]["body"])
        # Couriers are let in only by a clock that isn't behind.
        if (
            later > number
            and body["kind"] == "entry.admitted"
            and datetime.fromisoformat(body["at"]) < sealed_at - SLACK
        ):
            raise Altered(f"the seal at record {number} is dated ahead")


def check(records: Mapping[int, Any], log: Log) -> bytes:
    """Recompute every hash from the one before; return the newest."""
    digest = log.digest
    if records and min(records) <= log.sealed:
        raise Altered(f"record {min(records)} is older than the log's seal")
    for number in range(log.sealed + 1, log.sealed + len(records) + 1):
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
    for number in sorted(records):
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


def check_earlier(records: Mapping[int, Any], log: Log, name: str, read: Any) -> int:
    """Check that all records of an earlier export are still there, or older than the log.

    Return how many are older. What the log's own records stand for is still known.
    """
    older = 0
    for page in _pages(read):
        for earlier in page["records"]:
            number = earlier["record"]
            record = records.get(number, {})
            known = log.originals.get(number, (record.get("hash"), record.get("body")))
            if known == (None, None):
                if not 0 < number <= log.sealed or _is_recent(earlier, log):
                    raise Altered(f"record {number!r}, which is in {name}, is missing")
                older += 1
            elif (earlier["hash"], earlier["body"]) != known:
                raise Altered(f"record {number!r} is not the one that is in {name}")
    return older


def _is_recent(record: Mapping[str, Any], log: Log) -> bool:
    """Return whether a record can't be older than the log, whatever its number."""
    at = datetime.fromisoformat(json.loads(record["body"])["at"])
    return at > log.deleted_until


def check_notification(records: Mapping[int, Any], log: Log, witness: Witness) -> bool:
    """Return whether a notification's record is still known, or else older than the log.

    Raise Unmatched if its code isn't that of its record.
    """
    record = records.get(witness.record)
    if witness.record in log.originals:
        record = {"hash": log.originals[witness.record][0]}
    if record is None and 0 < witness.record <= log.sealed:
        return False
    if record is None:
        raise Unmatched(
            f"there is no record {witness.record}: its number was mistyped, or the end of the record was cut off"
        )
    if not record["hash"].startswith(witness.hash):
        raise Unmatched(
            f"this code doesn't match record {witness.record}: it was mistyped, or the record was replaced"
        )
    return True


@dataclass(frozen=True)
class Heads:
    """How many heads of a fleet were found, are older than the log, and are of a former log.

    A new line begins once the log and the fleet's copy differ, so heads of earlier lines may
    be those of another log.
    """

    found: int = 0
    older: int = 0
    former: int = 0


def check_heads(
    records: Mapping[int, Any], log: Log, name: str, rows: Iterable[Mapping[str, Any]]
) -> Heads:
    """Check that the records that a fleet has taken in its newest line are still there."""
    heads = [
        (int(row["line"]), int(row["seq"]), str(row["hash"]), str(row["building"]))
        for row in rows
    ]
    if len({building for _, _, _, building in heads}) != 1:
        raise Altered(f"{name} doesn't have the heads of exactly one building")
    newest = max(heads)[0]
    found = older = former = 0
    for line, number, hashed, _ in heads:
        record = records.get(number, {})
        known = log.originals.get(number, (record.get("hash"), ""))[0]
        if known == hashed:
            found += 1
        elif known is None and 0 < number <= log.sealed:
            older += 1
        elif line < newest:
            former += 1
        elif known is None:
            raise Altered(
                f"record {number}, which is in {name}, is missing: the export is older, or the end of the record was cut off"
            )
        else:
            raise Altered(f"record {number} is not the one that is in {name}")
    return Heads(found, older, former)


def check_all(
    exports: Mapping[str, Any],
    notifications: Iterable[str] = (),
    earlier: "Mapping[str, Any] | None" = None,
    heads: "Mapping[str, Any] | None" = None,
) -> str:
    """Check an export or its pages, notifications, earlier exports, and heads of a fleet.

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
    log = begin(records)
    digest = check(records, log)
    for read in exports.values():
        for page in _pages(read):
            check_entries(page, records)
    older = sum(
        check_earlier(records, log, name, read)
        for name, read in (earlier or {}).items()
    )
    known = [check_notification(records, log, witness) for witness in witnesses]
    taken = [check_heads(records, log, *each) for each in (heads or {}).items()]
    return "".join(
        (
            f"{len(records)} records, none altered.",
            f" The log begins after record {log.sealed}." if log.sealed else "",
            f" {sum(known)} of a notification found." if any(known) else "",
            f" {known.count(False)} of a notification older than the log:"
            f" if you got it after {log.deleted_until:%Y-%m-%d}, the log was altered."
            if not all(known)
            else "",
            f" {older} of an earlier export older than the log." if older else "",
            *(
                f" {each.found} of the fleet found, {each.older} older than the log,"
                f" {each.former} of a log before the newest line."
                for each in taken
            ),
            f" The newest is {digest.hex()}",
        )
    )


def _read(paths: Iterable[str]) -> "dict[str, Any]":
    return {path: json.loads(Path(path).read_text("utf-8")) for path in paths}


def _read_rows(path: str) -> "list[Any]":
    """Read the rows of a view, as JSON or CSV."""
    written = Path(path).read_text("utf-8-sig")
    if written.lstrip().startswith("["):
        rows: list[Any] = json.loads(written)
        return rows
    return list(csv.DictReader(written.splitlines()))


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
    parser.add_argument("--heads", action="append", default=[], metavar="HEADS")
    args = parser.parse_args()
    status = 1
    try:
        exports, earlier = _read(args.export), _read(args.earlier)
        heads = {path: _read_rows(path) for path in args.heads}
        content = check_all(exports, args.notification, earlier, heads)
        status = 0
    except Unmatched as err:
        content = f"NO MATCH: {err}"
    except (
        Altered,
        ArithmeticError,
        AttributeError,
        LookupError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
        csv.Error,
    ) as err:
        content = f"NOT INTACT: {err or type(err).__name__}"
    # A hostile export must not steer the terminal.
    content = "".join(letter if letter.isprintable() else "?" for letter in content)
    # A terminal may know fewer letters than the name of an export has.
    encoding = sys.stdout.encoding
    print(content.encode(encoding, "replace").decode(encoding))
    return status


if __name__ == "__main__":
    sys.exit(main())
