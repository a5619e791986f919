"""Test that the downloaded program checks a log from its seal on."""

from copy import deepcopy
from datetime import timedelta
from hashlib import sha256
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.courier_access.api.access_log import record_view
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
    assert " 1 of a notification older than the log: if you got it after 2026-08-26" in said
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
    """Who makes a whole log anew can number it on, as if what came before were old."""
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


async def test_carried_record_without_a_seal_is_altered(after: Export) -> None:
    for record, body in find(after, "log.sealed"):
        record["body"] = json.dumps({**body, "kind": "noted"})
    with pytest.raises(Altered, match="no seal comes before"):
        check(after)
