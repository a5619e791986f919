"""Test that details go as early as the homes they're about wish (promise 7)."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from custom_components.courier_access.access.model import GrantKey, Resident
from custom_components.courier_access.ledger.chain import CLOCK_ACCEPTED
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from custom_components.courier_access.ledger.state.residents import (
    LoginState,
    end_erasure_wishes,
    load_erasure_wishes,
    put_erasure_wish,
    put_residence,
)
from custom_components.courier_access.ledger.upkeep import purge
from custom_components.courier_access.ledger.upkeep.purge import Limits, accept_clock
from tests.ledger.filled import NOON, owed_entry, residents
from tests.ledger.purging import DAY, MONTH, SECOND, run
from tests.support.rows import plant, row, rows
from tests.support.verified import verified

WEEK = 7 * DAY
ANNA = Resident("anna", "Anna", "3b", "3B", None, "user-anna")
BO = Resident("bo", "Bo", "3b", "3B", None, "user-bo")
CLEO = Resident("cleo", "Cleo", "4a", "4A", None, "user-cleo")
HOMES = {"3b": {"3b": "3B"}, "4a": {"4a": "4A"}, "both": {"3b": "3B", "4a": "4A"}}


@pytest.fixture
async def house(ledger: Ledger) -> Ledger:
    """Return a ledger with three residents of two homes."""

    def move_in(transaction: Transaction) -> None:
        residents(transaction)
        for each in (ANNA, BO, CLEO):
            put_residence(transaction.conn, each, LoginState.LINKED, NOON, 1, {})
        transaction.append("test", NOON, {})

    await ledger.write(move_in)
    return ledger


async def wish(
    house: Ledger, who: Resident, days: int | None, at: datetime = NOON
) -> None:
    await house.write(partial(put_erasure_wish, resident=who, days=days, at=at))


async def visits(house: Ledger, at: datetime = NOON) -> None:
    """Record a visit to each home, and one to both."""

    def write(transaction: Transaction) -> None:
        for name, units in HOMES.items():
            recorded = owed_entry(
                transaction, f"{name} {at}", at, units=units, outcome=None
            )
            plant(
                transaction.conn,
                "UPDATE fanouts SET expanded_at = at WHERE seq = :seq",
                seq=recorded.seq,
            )

    await house.write(write)


_NAME = "substr(entry_id, 1, instr(entry_id, ' ') - 1)"


def with_details(house: Ledger) -> set[str]:
    """Return the visits whose personal values are kept."""
    query = f"""
        SELECT {_NAME} FROM entries JOIN personal USING (seq) WHERE field = 'units'
    """
    return {*rows(house.path, query, str)}


def left(house: Ledger) -> set[str]:
    """Return the visits of which anything is kept that goes with the details."""
    found = with_details(house)
    of_grants = f"SELECT {_NAME} FROM entries WHERE grant_id IS NOT NULL"
    of_fanouts = f"SELECT {_NAME} FROM fanouts WHERE entry_id IS NOT NULL"
    for query in (of_grants, of_fanouts):
        assert {*rows(house.path, query, str)} == found
    return found


@pytest.mark.parametrize(
    ("wishes", "kept"),
    [
        # After 7, 29, 30, 59, 60, and 90 days.
        ({}, "3b 4a both|3b 4a both|-|-|-|-"),
        ({"anna": 7}, "4a|4a|-|-|-|-"),
        ({"anna": 60, "bo": 7}, "4a|4a|-|-|-|-"),
        ({"cleo": 7}, "3b|3b|-|-|-|-"),
        ({"anna": 60}, "3b 4a both|3b 4a both|3b|3b|-|-"),
        ({"anna": 90, "bo": 60}, "3b 4a both|3b 4a both|3b|3b|-|-"),
        ({"anna": 90, "cleo": 60}, "3b 4a both|3b 4a both|3b 4a both|3b 4a both|3b|-"),
    ],
)
async def test_shortest_wish_of_a_home_and_of_all_homes_of_a_visit_counts(
    house: Ledger, wishes: dict[str, int], kept: str
) -> None:
    for who in (ANNA, BO, CLEO):
        if who.id in wishes:
            await wish(house, who, wishes[who.id])
    await visits(house)
    await run(house, NOON + WEEK - SECOND)
    assert left(house) == {*HOMES}
    for days, expected in zip((7, 29, 30, 59, 60, 90), kept.split("|"), strict=True):
        await run(house, NOON + days * DAY)
        assert left(house) == {*expected.replace("-", "").split()}, days
        assert (await verified(house)).intact, days


async def test_wish_that_is_taken_back_leaves_the_buildings_time(house: Ledger) -> None:
    await wish(house, ANNA, 7)
    await visits(house)
    await wish(house, ANNA, None)
    assert await house.read(load_erasure_wishes) == {}
    await run(house, NOON + MONTH - SECOND)
    assert left(house) == {*HOMES}


async def test_decisions_and_notifications_of_the_home_go_as_early(
    house: Ledger,
) -> None:
    def decide(transaction: Transaction) -> None:
        for who in (ANNA, CLEO):
            personal = {"resident": who.id, "decided_by": who.user_id}
            recorded = transaction.append("link.renewed", NOON, {}, personal)
            fan_out = FanOut(
                NotificationKind.LINK_RENEWED,
                recorded.seq,
                1,
                NOON,
                resident_id=who.id,
                details={"name": who.name},
            )
            enqueue_fan_out(transaction.conn, fan_out)
        plant(transaction.conn, "UPDATE fanouts SET expanded_at = at")

    await wish(house, ANNA, 7)
    await house.write(decide)
    await run(house, NOON + WEEK)
    query = "SELECT value FROM personal WHERE field = 'resident'"
    assert rows(house.path, query, str) == ["cleo"]
    assert rows(house.path, "SELECT resident_id FROM fanouts", str) == ["cleo"]
    assert (await verified(house)).intact


async def test_wish_is_about_what_came_since_its_resident_lives_there(
    house: Ledger,
) -> None:
    await visits(house)

    def follow(transaction: Transaction) -> None:
        put_residence(
            transaction.conn, ANNA, LoginState.LINKED, NOON, transaction.next_seq, {}
        )

    await house.write(follow)
    await wish(house, ANNA, 90)
    await run(house, NOON + MONTH)
    assert left(house) == set()


async def test_what_someone_who_left_wished_counts_for_their_time(
    house: Ledger,
) -> None:
    await wish(house, ANNA, 7)
    await visits(house)
    moved = NOON + DAY

    def leave(transaction: Transaction) -> dict[str, str]:
        return end_erasure_wishes(transaction, moved, but=["bo"], usual=30)

    assert await house.write(leave) == {"anna": "3b"}
    assert await house.write(leave) == {}
    await visits(house, moved + DAY)
    await run(house, NOON + WEEK)
    assert left(house) == {*HOMES}  # those of later
    query = "SELECT count(*) FROM personal WHERE field = 'units'"
    assert row(house.path, query, int) == 4
    await run(house, moved + WEEK)
    assert await house.read(load_erasure_wishes) == {}
    await run(house, moved + DAY + MONTH - SECOND)
    assert left(house) == {*HOMES}
    assert (await verified(house)).intact


async def test_longer_wish_ends_when_its_resident_leaves(house: Ledger) -> None:
    await wish(house, ANNA, 90)
    await visits(house)
    await house.write(
        lambda transaction: end_erasure_wishes(transaction, NOON, but=[], usual=30)
    )
    assert await house.read(load_erasure_wishes) == {}
    await run(house, NOON + MONTH)
    assert left(house) == set()


async def test_revoked_grant_of_the_home_is_reduced_as_early(house: Ledger) -> None:
    def revoke(transaction: Transaction) -> None:
        for unit in ("3b", "4a"):
            key = GrantKey("courier-1", f"of-{unit}")
            plant(
                transaction.conn,
                """
                INSERT INTO grants (courier_id, grant_id, revision, state, door_id,
                    starts_at, ends_at, max_entries, uses, returned, content, keep_until)
                VALUES ('courier-1', :grant_id, 1, 'revoked', '', :at, :at, 1, 0, 0, '',
                    :keep_until)
                """,
                grant_id=key.grant_id,
                at=NOON,
                keep_until=NOON + timedelta(days=37),
            )
            plant(
                transaction.conn,
                """
                INSERT INTO grant_units (courier_id, grant_id, unit, position, part)
                VALUES ('courier-1', :grant_id, :unit, 0, 'accepted')
                """,
                grant_id=key.grant_id,
                unit=unit,
            )

    await wish(house, ANNA, 7)
    await house.write(revoke)
    await run(house, NOON + WEEK - SECOND)
    assert rows(house.path, "SELECT unit FROM grant_units", str) == ["3b", "4a"]
    await run(house, NOON + WEEK)
    assert rows(house.path, "SELECT unit FROM grant_units", str) == ["4a"]


async def test_neighbors_cant_tell_which_visits_were_erased_early(
    house: Ledger,
) -> None:
    await wish(house, ANNA, 7)
    await run(house, NOON + DAY)
    await visits(house)
    await run(house, NOON + DAY + WEEK)
    query = """
        SELECT body FROM records WHERE kind = 'personal.erased'
    """
    empty, full = rows(house.path, query, str)
    # What is different is a number, a time, and hashes.
    assert len(empty) == len(full)
    listed = "SELECT value FROM personal WHERE field = 'records' ORDER BY seq"
    assert [each != "[]" for each in rows(house.path, listed, str)] == [False, True]


async def test_details_that_no_purge_lists_are_missed(house: Ledger) -> None:
    await wish(house, ANNA, 7)
    await visits(house)
    await run(house, NOON + WEEK)
    assert (await verified(house)).intact
    query = "SELECT seq FROM entries WHERE entry_id LIKE '4a %'"
    seq = row(house.path, query, int)

    await house.write(
        lambda transaction: plant(
            transaction.conn, "DELETE FROM personal WHERE seq = :seq", seq=seq
        )
    )
    assert (await verified(house)).broken_at == seq


async def test_list_of_a_purge_is_needed_until_the_buildings_time_is_over(
    house: Ledger,
) -> None:
    await wish(house, ANNA, 7)
    await visits(house)
    await run(house, NOON + WEEK)
    # It goes itself, when what it lists would be gone without it.
    await run(house, NOON + WEEK + MONTH)
    assert (await verified(house)).intact

    await visits(house, NOON + WEEK + MONTH)
    await run(house, NOON + 2 * WEEK + MONTH)
    assert (await verified(house)).intact
    await house.write(
        lambda transaction: plant(
            transaction.conn, "DELETE FROM personal WHERE field = 'records'"
        )
    )
    assert not (await verified(house)).intact


async def test_ledger_verifies_after_each_step_of_a_purge(house: Ledger) -> None:
    await wish(house, ANNA, 7)
    for number in range(40):
        await visits(house, NOON + number * SECOND)
    limits = Limits(NOON + WEEK + DAY, MONTH, MONTH)
    for job in purge.JOBS:
        after: int | None = 0
        while after is not None:
            step = partial(purge.step, job=job, limits=limits, after=after)
            after = await house.write(step)
            # A machine that stops here finds this file.
            assert (await verified(house)).intact
    assert left(house) == {"4a"}


async def test_clock_that_was_ahead_is_no_mismatch(house: Ledger) -> None:
    await wish(house, ANNA, 7)
    await visits(house, NOON + 100 * DAY)
    await house.write(lambda transaction: accept_clock(transaction, NOON + DAY, None))
    await run(house, NOON + DAY + WEEK - SECOND)
    assert with_details(house) == {*HOMES}
    await run(house, NOON + DAY + WEEK)
    assert with_details(house) == {"4a"}
    assert (await verified(house)).intact
    query = f"SELECT count(*) FROM records WHERE kind = '{CLOCK_ACCEPTED}'"
    assert row(house.path, query, int) == 1
