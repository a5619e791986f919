"""Test that the downloaded program checks a log from its seal on."""

from copy import deepcopy
from datetime import timedelta
from hashlib import sha256
import json
from pathlib import Path
import subprocess
import sys
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.courier_access.api.access_log import record_view
from custom_components.courier_access.ledger import verify_record
from custom_components.courier_access.ledger.chain import Recorded
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.upkeep import export
from custom_components.courier_access.ledger.verify_record import Altered, check_all
from tests.ledger.filled import NOON
from tests.ledger.sealed import YEAR, live, seal, visit

type Export = dict[str, Any]


@pytest.fixture(autouse=True)
def set_clock(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to(NOON)


@pytest.fixture
async def lived_in(ledger: Ledger) -> list[Recorded]:
    return await live(ledger)


async def exported(ledger: Ledger) -> Export:
    found = await ledger.read(
        lambda conn: export.page(conn, 0, 9_999, ["anna"], ["3b"])
    )
    return {
        "records": [dict(record_view(record)) for record in found.records],
        "head": {"record": found.head_seq, "hash": found.head.hex()},
        "sealed": found.sealed,
    }


@pytest.fixture
async def before(ledger: Ledger, lived_in: list[Recorded]) -> Export:
    """Return an export of before the seal."""
    return await exported(ledger)


@pytest.fixture
async def after(ledger: Ledger, before: Export) -> Export:
    assert await seal(ledger)
    await ledger.write(lambda transaction: visit(transaction, NOON))
    return await exported(ledger)


def check(read: Export, *notifications: str, earlier: Export | None = None) -> str:
    before = {} if earlier is None else {"before.json": earlier}
    return check_all({"export.json": read}, notifications, before)


def receipt(recorded: Recorded) -> str:
    return f"Receipt {recorded.seq} · {recorded.hash.hex()[:20]}"


def find(read: Export, kind: str) -> list[tuple[Any, dict[str, Any]]]:
    """Return the records of a kind with their bodies."""
    bodies = [(record, json.loads(record["body"])) for record in read["records"]]
    return [(record, body) for record, body in bodies if body["kind"] == kind]


def forge(read: Export, kind: str, /, **changes: object) -> Export:
    """Change each record of a kind, and compute all hashes again."""
    forged = deepcopy(read)
    for record, body in find(forged, kind):
        record["body"] = json.dumps({**body, **changes})
    rechain(forged)
    return forged


def rechain(read: Export) -> None:
    [(_, body)] = find(read, "log.sealed")
    digest = bytes.fromhex(body["hash"])
    for record in read["records"]:
        digest = sha256(b"\x00" + digest + record["body"].encode()).digest()
        record["hash"] = digest.hex()
    read["head"]["hash"] = digest.hex()


async def test_log_verifies_from_its_seal(after: Export) -> None:
    count, sealed = len(after["records"]), after["sealed"]
    assert check(after) == (
        f"{count} records, none altered. The log begins after record {sealed}."
        f" The newest is {after['head']['hash']}"
    )


async def test_receipt_below_the_seal_is_older_than_the_log(
    lived_in: list[Recorded], after: Export
) -> None:
    [sealed] = [each for each in lived_in if each.seq == after["sealed"]]
    said = check(after, receipt(lived_in[0]), receipt(sealed), receipt(lived_in[-1]))
    assert " 2 of a notification found." in said
    assert (
        " 1 of a notification older than the log: if you got it after 2026-08-26"
        in said
    )
    for number in (0, sealed.seq, lived_in[-1].seq, 9_999):
        with pytest.raises(Altered):
            check(after, f"Receipt {number} · {'0' * 20}")


async def test_earlier_export_is_compared_with_what_is_left(
    before: Export, after: Export
) -> None:
    older = after["sealed"] - 1 - len(find(after, "log.carried"))
    assert f" {older} of an earlier export older" in check(after, earlier=before)

    originals = [body["number"] for _, body in find(after, "log.carried")]
    for number in (*originals, after["sealed"], after["sealed"] + 1):
        for field in ("hash", "body"):
            other = deepcopy(before)
            other["records"][number - 1][field] += " "
            with pytest.raises(Altered, match=f"record {number} is not the one"):
                check(after, earlier=other)
    longer = deepcopy(before)
    longer["records"].append({**before["records"][-1], "record": 9_999})
    with pytest.raises(Altered, match="is missing"):
        check(after, earlier=longer)


async def test_pages_from_before_and_after_a_seal_are_no_export(
    before: Export, after: Export
) -> None:
    with pytest.raises(Altered, match="download the export again"):
        check_all({"1": before, "2": after})
    mixed = deepcopy(after)
    mixed["records"] = [before["records"][0], *after["records"]]
    with pytest.raises(Altered, match="older than the log's seal"):
        check(mixed)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("log.sealed", {"before": "00" * 32}),
        ("log.sealed", {"hash": "00" * 32}),
        ("log.sealed", {"number": 7}),
        ("log.sealed", {"body": "{}"}),
        ("log.carried", {"before": "00" * 32}),
        ("log.carried", {"personal": {}}),
        ("log.carried", {"body": '{"seq": 1, "personal": {}}'}),
    ],
)
async def test_record_that_stands_for_another_must_give_its_hash(
    after: Export, kind: str, change: dict[str, object]
) -> None:
    assert check(forge(after, kind))
    with pytest.raises((Altered, LookupError)):
        check(forge(after, kind, **change))


@pytest.mark.parametrize("dated", [timedelta(days=2), timedelta(days=300)])
async def test_seal_dated_ahead_is_altered(
    after: Export, dated: timedelta, freezer: FrozenDateTimeFactory
) -> None:
    forged = forge(after, "log.sealed", at=(NOON + dated).isoformat())
    with pytest.raises(Altered, match="dated ahead"):
        check(forged)
    # Later, the entries that follow still show it.
    freezer.move_to(NOON + 2 * YEAR)
    with pytest.raises(Altered, match="dated ahead"):
        check(forged)


async def test_seal_up_to_yesterday_is_altered(after: Export) -> None:
    early = (NOON - 11 * YEAR / 12).isoformat()
    with pytest.raises(Altered, match="hides recent records"):
        check(forge(after, "log.sealed", at=early))


async def test_earlier_export_of_recent_records_is_not_older_than_the_log(
    after: Export,
) -> None:
    """Who writes a whole new log can number it on, as if what came before were old."""
    made = deepcopy(after)
    moved = 1000
    for _, body in (found := find(made, "log.sealed")):
        last = json.loads(body["body"])
        last["seq"] = body["number"] = last["seq"] + moved
        body["body"] = json.dumps(last)
        before = bytes.fromhex(body["before"])
        body["hash"] = sha256(b"\x00" + before + body["body"].encode()).hexdigest()
    [(sealed, seal)] = found
    kept = [record for record in made["records"] if record is not sealed]
    made["records"] = [
        record for record in kept if "log.carried" not in record["body"]
    ] + [sealed]
    for number, record in enumerate(made["records"], seal["number"] + 1):
        body = seal if record is sealed else json.loads(record["body"])
        record["record"] = number
        record["body"] = json.dumps({**body, "seq": number})
    made["head"]["record"] = number
    made["sealed"] = seal["number"]
    rechain(made)
    assert check(made)

    newest = max(record["record"] for record in after["records"])
    assert newest < made["sealed"]
    with pytest.raises(
        Altered, match=r"record \d+, which is in before.json, is missing"
    ):
        check(made, earlier=after)


def made_of(original: dict[str, Any], seal: dict[str, Any]) -> Export:
    """Return an export that has nothing but a seal, and a record before it."""
    body = json.dumps({"seq": 1, "kind": "x", "personal": {}, **original})
    hashed = sha256(b"\x00" + bytes(32) + body.encode()).hexdigest()
    stands_for = {"number": 1, "before": "00" * 32, "hash": hashed, "body": body}
    sealed = {"seq": 3, "kind": "log.sealed", "personal": {}, **stands_for, **seal}
    between = {"seq": 2, "kind": "x", "personal": {}, "at": original["at"]}
    made: Export = {
        "records": [
            {"record": each["seq"], "body": json.dumps(each), "opened": {}}
            for each in (between, sealed)
        ],
        "head": {"record": 3},
        "sealed": 1,
    }
    rechain(made)
    return made


@pytest.mark.parametrize(
    ("began", "sealed"),
    [
        ("0001-01-01T00:00:00+23:59", "0001-03-31T12:00:00+00:00"),
        ("9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59-23:59"),
        ("2026-01-01T00:00:00", "2026-11-01T00:00:00"),
        (None, None),
    ],
)
def test_seal_of_an_impossible_time_is_not_intact(
    began: str | None, sealed: str | None, tmp_path: Path
) -> None:
    made = made_of({"at": began}, {"at": sealed})
    assert run(tmp_path, made, "export.json").startswith("NOT INTACT: ")


def test_result_is_printed_in_any_encoding(tmp_path: Path) -> None:
    made = made_of({"at": "2026-01-01T00:00:00"}, {"at": ""})
    made["head"]["record"] = 9
    said = run(tmp_path, made, "für mich.json")
    assert said.startswith("NOT INTACT: f?r mich.json was written when")


def run(tmp_path: Path, read: Export, name: str) -> str:
    """Return what the program says where only English letters can be shown."""
    (tmp_path / name).write_text(json.dumps(read), "utf-8")
    done = subprocess.run(
        [sys.executable, verify_record.__file__, name],
        cwd=tmp_path,
        env={"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 1
    return done.stdout


async def test_carried_record_without_a_seal_is_altered(after: Export) -> None:
    for record, body in find(after, "log.sealed"):
        record["body"] = json.dumps({**body, "kind": "noted"})
    with pytest.raises(Altered, match="no seal comes before"):
        check(after)
