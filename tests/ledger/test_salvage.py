"""What is read of a damaged ledger: row by row, passing over what can't be read, and nothing personal."""

from datetime import timedelta
from pathlib import Path
import sqlite3

from hypothesis import HealthCheck, example, given, settings, strategies as st
import pytest

from custom_components.courier_access.access.model import Outcome
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox.expand import (
    expand_fanouts,
    note_sent,
)
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from custom_components.courier_access.ledger.state.entries import put_relock
from custom_components.courier_access.ledger.upkeep.salvage import (
    MOST_TELLINGS,
    CarriedOver,
    LeftUnlocked,
    Owed,
    Salvaged,
    salvage,
)
from tests.ledger.filled import NOON, owed_entry, residents

SECOND = timedelta(seconds=1)
PAGE = 4096
LATE = {
    "courier": "Swift Parcels",
    "door": "Front door",
    "entered_at": NOON.isoformat(),
}


def of(outcome: Outcome, number: int = 0) -> dict[str, str]:
    return LATE | {
        "entered_at": (NOON + number * SECOND).isoformat(),
        "outcome": outcome,
    }


async def read(ledger: Ledger, path: Path, *damage: str) -> Salvaged:
    """Close the ledger, damage it and read it."""
    await ledger.close()
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in damage:
        connection.execute(statement)
    connection.close()
    return salvage(path)


def three_entries(transaction: Transaction) -> None:
    residents(transaction)
    for number in range(3):
        owed_entry(transaction, f"entry-{number}", NOON + number * SECOND)


async def test_an_entry_that_was_owed_to_everybody_is(
    ledger: Ledger, path: Path
) -> None:
    await ledger.write(residents)
    await ledger.write(lambda transaction: owed_entry(transaction, outcome=None))
    assert await read(ledger, path) == Salvaged([CarriedOver(of(Outcome.UNKNOWN))])


async def test_an_entry_is_owed_to_those_who_have_not_heard_of_it(
    ledger: Ledger, path: Path
) -> None:
    def work(transaction: Transaction) -> None:
        residents(transaction)
        owed_entry(transaction, outcome=Outcome.FAILED)
        expand_fanouts(transaction.conn, NOON)
        note_sent(transaction.conn, 1, ["notify.anna"], NOON, None)

    await ledger.write(work)
    away = """UPDATE notices SET addressed = '{"targets": []}' WHERE resident_id = 'cleo'"""
    owed_to: Owed = {"cleo": {"targets": []}, "bo": None}
    assert await read(ledger, path, away) == Salvaged(
        [CarriedOver(of(Outcome.FAILED), owed_to)]
    )


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entries SET courier_name = CAST(x'ff' AS TEXT) WHERE entry_id = 'entry-1'",
        "UPDATE entries SET at = 'noon' WHERE entry_id = 'entry-1'",
        "UPDATE entries SET at = 1 << 62 WHERE entry_id = 'entry-1'",
        "UPDATE entries SET outcome = 'whatever' WHERE entry_id = 'entry-1'",
        "UPDATE entries SET door_name = char(27) || '[2J' WHERE entry_id = 'entry-1'",
        "UPDATE entries SET door_name = printf('%999d', 1) WHERE entry_id = 'entry-1'",
        "UPDATE entries SET decision = 'refused' WHERE entry_id = 'entry-1'",
        "UPDATE fanouts SET kind = NULLIF(1, 2) WHERE entry_id = 'entry-1'",
        "DELETE FROM entries WHERE entry_id = 'entry-1'",
    ],
)
async def test_a_row_that_can_not_be_read_is_passed_over(
    ledger: Ledger, path: Path, damage: str
) -> None:
    await ledger.write(three_entries)
    found = await read(ledger, path, damage)
    assert found == Salvaged(
        [CarriedOver(of(Outcome.OPENED, number)) for number in (0, 2)]
    )


async def test_a_table_that_is_gone_costs_what_stood_in_it(
    ledger: Ledger, path: Path
) -> None:
    await ledger.write(three_entries)
    found = await read(ledger, path, "DROP TABLE notices", "DROP TABLE relocks")
    assert len(found.tellings) == 3


async def test_a_late_unlock_and_what_was_carried_over_before_are_carried_over(
    ledger: Ledger, path: Path
) -> None:
    late = LATE | {"at": (NOON + SECOND).isoformat()}

    def work(transaction: Transaction) -> None:
        residents(transaction)
        seq = transaction.append("entry.late_unlock", NOON, {}).seq
        told = FanOut(NotificationKind.UNLOCKED_LATE, seq, 1, NOON, details=late)
        enqueue_fan_out(transaction.conn, told)
        before = FanOut(
            NotificationKind.ENTRY_CARRIED_OVER,
            seq,
            1,
            NOON,
            resident_id="bo",
            details=of(Outcome.OPENED),
        )
        enqueue_fan_out(transaction.conn, before)

    await ledger.write(work)
    found = await read(ledger, path)
    assert found.tellings == [
        CarriedOver(of(Outcome.OPENED), {"bo": None}),
        CarriedOver(late),
    ]


async def test_doors_that_are_to_be_locked_are_found(
    ledger: Ledger, path: Path
) -> None:
    def work(transaction: Transaction) -> None:
        three_entries(transaction)
        put_relock(transaction.conn, "door-1", "entry-1", NOON)

    await ledger.write(work)
    assert (await read(ledger, path)).doors == [
        LeftUnlocked("door-1", "entry-1", NOON.isoformat())
    ]


async def test_no_more_than_so_many_are_told_the_newest(
    ledger: Ledger, path: Path
) -> None:
    def work(transaction: Transaction) -> None:
        residents(transaction)
        for number in range(MOST_TELLINGS + 2):
            owed_entry(transaction, f"entry-{number}", NOON + number * SECOND)

    await ledger.write(work)
    tellings = (await read(ledger, path)).tellings
    assert len(tellings) == MOST_TELLINGS
    assert tellings[-1].details == of(Outcome.OPENED, MOST_TELLINGS + 1)


def damaged(path: Path, place: float, content: bytes) -> Path:
    """Return a copy of a file with other bytes at a place from 0 to 1."""
    whole = path.read_bytes()
    start = int(len(whole) * place)
    copy = path.with_name("damaged.db")
    copy.write_bytes(whole[:start] + content + whole[start + len(content) :])
    return copy


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.floats(0, 0.999), st.binary(min_size=1, max_size=200))
@example(0.5020890551938988, b"\x00\x00\x80")
async def test_whatever_is_damaged_reading_ends(
    ledger: Ledger, path: Path, place: float, content: bytes
) -> None:
    if ledger.newest is None:
        await ledger.write(three_entries)
        await ledger.close()
    assert len(salvage(damaged(path, place, content)).tellings) <= 3


def test_of_a_file_that_can_not_even_be_opened_nothing_is_read(path: Path) -> None:
    assert salvage(path) == Salvaged()


def pages_of_entries(path: Path) -> list[float]:
    """Return at which places the pages begin that hold entries, which alone name the door."""
    whole = path.read_bytes()
    return [
        at / len(whole)
        for at in range(0, len(whole), PAGE)
        if b"Front door" in whole[at : at + PAGE]
    ]


async def test_what_lies_on_both_sides_of_a_damaged_page_is_read(
    ledger: Ledger, path: Path
) -> None:
    def work(transaction: Transaction) -> None:
        residents(transaction)
        for number in range(90):
            owed_entry(transaction, f"entry-{number}", NOON + number * SECOND)

    await ledger.write(work)
    await ledger.close()
    pages = pages_of_entries(path)
    copy = damaged(path, pages[len(pages) // 2], b"\xff" * PAGE)
    told = [each.details["entered_at"] for each in salvage(copy).tellings]
    assert told[0] == NOON.isoformat()
    assert told[-1] == (NOON + 89 * SECOND).isoformat()
    assert 0 < len(told) < 90
