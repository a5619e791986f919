"""Test exports: every record as hashed, and only values the reader may know."""

from collections.abc import Collection
from datetime import timedelta
from functools import partial

import orjson
import pytest

from custom_components.courier_access.access.model import Decision, Reason, Resident
from custom_components.courier_access.ledger import queue
from custom_components.courier_access.ledger.chain import GENESIS, commitment, link
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox.expand import (
    OUTCOME_WITHIN,
    expand_fanouts,
)
from custom_components.courier_access.ledger.state.entries import record_attempt
from custom_components.courier_access.ledger.state.residents import (
    LoginState,
    enroll_residents,
    put_pause,
    put_residence,
)
from custom_components.courier_access.ledger.upkeep import export
from custom_components.courier_access.ledger.upkeep.export import ExportedRecord, Page
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO, CLEO, attempt, decide, note
from tests.support.rows import personal, plant

HOUR = timedelta(hours=1)


async def taken(
    ledger: Ledger, readers: Collection[Resident] = (), after: int = 0, limit: int = 100
) -> Page:
    return await ledger.read_apart(
        lambda conn: export.page(
            conn,
            after,
            limit,
            [each.id for each in readers],
            [each.unit for each in readers],
            next((each.user_id for each in readers), None),
        )
    )


async def enter(ledger: Ledger, units: dict[str, str], *residents: Resident) -> None:
    """Admit an entry for some units, and notify everybody."""

    def work(transaction: Transaction) -> None:
        revision = enroll_residents(transaction, residents, NOON)
        tried = attempt()
        recorded = record_attempt(
            transaction, tried, Decision.ADMITTED, Reason.OK, units
        )
        queue.enqueue(
            transaction.conn,
            queue.NotificationKind.ENTRY_ADMITTED,
            recorded.seq,
            tried.entry_id,
            revision,
            NOON,
        )
        expand_fanouts(transaction.conn, NOON + OUTCOME_WITHIN)

    await ledger.write(work)


def opened(page: Page) -> dict[str, str]:
    return {
        name: value.value
        for record in page.records
        for name, value in record.opened.items()
    }


def fits(record: ExportedRecord) -> bool:
    """Return whether the record commits to every opened value."""
    said = orjson.loads(record.body)["personal"]
    return all(
        commitment(value.value, value.salt) == said[name]
        for name, value in record.opened.items()
    )


async def test_pages_continue_to_the_head(ledger: Ledger) -> None:
    assert await taken(ledger) == Page((), 0, b"", 0)
    for count in range(1, 5):
        await ledger.write(partial(note, name=str(count)))
        for limit in range(1, 6):
            found: list[ExportedRecord] = []
            while (page := await taken(ledger, after=len(found), limit=limit)).records:
                found += page.records

            digest = GENESIS
            for number, record in enumerate(found, start=1):
                digest = link(digest, record.body.encode())
                assert (record.seq, record.hash) == (number, digest)
            assert (page.head_seq, page.head, len(found)) == (count, digest, count)


async def test_only_recipients_read_values_behind_commitments(ledger: Ledger) -> None:
    await enter(ledger, {"3b": "3B"}, ANNA, CLEO)

    own = await taken(ledger, [ANNA])
    assert opened(own) == {
        "grant_id": "grant-1",
        "units": '["3b"]',
        "unit_labels": '{"3b":"3B"}',
        "parcel_ref": "PKT-7",
        "driver_ref": "driver-9",
    }
    assert all(map(fits, own.records))
    assert opened(await taken(ledger, [CLEO])) == opened(await taken(ledger)) == {}
    for hidden in ("PKT-7", "grant-1"):
        assert hidden not in str(await taken(ledger, [CLEO]))


async def test_value_that_names_other_units_stays_hidden(ledger: Ledger) -> None:
    await enter(ledger, {"3b": "3B", "4a": "4 a"}, ANNA, CLEO)

    for reader in (ANNA, CLEO):
        assert opened(await taken(ledger, [reader])) == {
            "grant_id": "grant-1",
            "parcel_ref": "PKT-7",
            "driver_ref": "driver-9",
        }


async def test_only_own_decisions_are_opened(ledger: Ledger) -> None:
    for resident in (ANNA, BO):
        await ledger.write(partial(decide, resident=resident))

    page = await taken(ledger, [ANNA])

    assert all(map(fits, page.records))
    [anna, *others] = [
        record
        for record in page.records
        if orjson.loads(record.body)["kind"] == "rules.changed"
    ]
    assert anna.opened
    assert not any(record.opened for record in others)
    assert (opened(page)["resident"], opened(page)["consent"]) == ("anna", "given")
    assert "bo" not in opened(page).values()
    for record in (await taken(ledger, [CLEO])).records:
        assert "anna" not in record.body
        assert "given" not in record.body


async def test_home_reads_its_pauses_and_their_author_their_name(
    ledger: Ledger,
) -> None:
    for resident in (ANNA, BO, CLEO):
        await ledger.write(partial(decide, resident=resident))
    for unit, by in (("3b", "user-anna"), ("4a", "user-cleo"), (None, "user-anna")):
        await ledger.write(
            partial(put_pause, at=NOON, until=NOON + HOUR, unit=unit, by=by)
        )

    async def paused(reader: Resident) -> list[dict[str, str]]:
        page = await taken(ledger, [reader])
        assert all(map(fits, page.records))
        return [
            {name: each.value for name, each in record.opened.items()}
            for record in page.records
            if orjson.loads(record.body)["kind"] == "access.paused"
        ]

    until = {"until": (NOON + HOUR).isoformat()}
    first, second = await personal(ledger, "pause", "access.paused")
    own, by_me = {"unit": "3b", "pause": first} | until, {"decided_by": "user-anna"}
    assert await paused(ANNA) == [own | by_me, {}, by_me]
    assert await paused(BO) == [own, {}, {}]
    assert await paused(CLEO) == [{}, {"unit": "4a", "pause": second} | until, {}]


async def test_later_resident_reads_no_earlier_decisions_of_the_home(
    ledger: Ledger,
) -> None:
    def pause(transaction: Transaction) -> None:
        put_pause(transaction, NOON, NOON + HOUR, unit="3b", by="bo")

    def arrive(transaction: Transaction) -> None:
        since_seq = transaction.next_seq
        for each in (ANNA, BO):
            put_residence(
                transaction.conn, each, LoginState.LINKED, NOON, since_seq, {}
            )

    await ledger.write(pause)
    await ledger.write(arrive)
    await ledger.write(pause)

    own = {"unit", "pause", "until"}
    for reader, later in ((ANNA, own), (BO, own | {"decided_by"})):
        page = await taken(ledger, [reader])
        assert [set(each.opened) for each in page.records if "paused" in each.body] == [
            set(),
            later,
        ]


@pytest.mark.parametrize("written", ["7", "{broken", b"\xff"])
async def test_tampered_value_is_exported_as_it_is(
    ledger: Ledger, written: str | bytes
) -> None:
    await enter(ledger, {"3b": "3B"}, ANNA, CLEO)
    raw = written if isinstance(written, bytes) else written.encode()

    def tamper(transaction: Transaction) -> None:
        conn = transaction.conn
        plant(conn, "UPDATE personal SET value = :raw WHERE field = 'units'", raw=raw)
        plant(conn, "UPDATE records SET body = :raw WHERE seq = 1", raw=raw)

    await ledger.write(tamper)
    page = await taken(ledger, [ANNA])

    assert page.records[0].body == raw.decode(errors="replace")
    assert "units" not in opened(page)
    assert "unit_labels" in opened(page)


async def test_record_stays_without_its_erased_values(ledger: Ledger) -> None:
    await enter(ledger, {"3b": "3B"}, ANNA)
    whole = await taken(ledger, [ANNA])
    plant(ledger.path, "DELETE FROM personal")

    page = await taken(ledger, [ANNA])
    assert opened(page) == {}
    assert [record.body for record in page.records] == [
        record.body for record in whole.records
    ]


async def test_tampered_hash_is_exported_as_it_is(ledger: Ledger) -> None:
    await ledger.write(note)
    plant(ledger.path, "UPDATE records SET hash = :other", other=b"other")

    assert (await taken(ledger)).head == b"other"
