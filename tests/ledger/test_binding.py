"""Test that no row behind a decision changes without a record (promise 5)."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
import shutil
import sqlite3
from tempfile import TemporaryDirectory

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.courier_access.access.model import (
    Answer,
    Consent,
    GrantKey,
    Outcome,
    Proof,
    UnitPart,
)
from custom_components.courier_access.access.standing_orders import StandingOrder
from custom_components.courier_access.ledger import chain
from custom_components.courier_access.ledger.chain import BOUND
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state import entries, questions
from custom_components.courier_access.ledger.state.configured import put_configured
from custom_components.courier_access.ledger.state.entries import Claim
from custom_components.courier_access.ledger.state.grants import (
    OLDEST_MESSAGE,
    REMEMBERED,
    AddressCode,
    GrantConflict,
    Pass,
    call_off_grant,
    find_grant,
    put_address_code,
    put_grant,
    put_order,
    put_pass,
    put_veto,
    remove_unit,
    revoke_grant,
)
from custom_components.courier_access.ledger.state.residents import (
    Author,
    LoginState,
    end_pauses,
    pauses_in_effect,
    put_pause,
    put_residence,
    put_rules,
    remove_rules,
)
from tests.ledger.claims_house import house, said
from tests.ledger.filled import NOON
from tests.ledger.parts import (
    ANNA,
    CLEO,
    GRANT,
    KEY,
    OPEN,
    claim,
    count,
    decide,
    ended,
    execute,
    note,
    opened,
)
from tests.ledger.purging import run
from tests.support.rows import plant, rows
from tests.support.verified import verified

LATER = NOON + timedelta(seconds=9)
LONG_AFTER = NOON + timedelta(days=35)
ROWS = [
    ("rules", "resident_id = 'anna'"),
    ("residences", "resident_id = 'anna'"),
    ("grants", "grant_id = 'grant-1'"),
    ("grant_units", "unit = '3b'"),
    ("pauses", "until > 0"),
    ("passes", "pass_id = 'pass-1'"),
    ("address_codes", "unit = '3b'"),
    ("orders", "order_id = 'order-1'"),
    ("answers", "ask_id = 1"),
    ("configured", "kind = 'zone'"),
]
LIKELY = {
    "grants": (
        "uses = uses - 1",
        "state = 'open', revision = revision + 1",
    ),
    "grant_units": ("part = 'accepted'", "part = CAST(x'ff' AS TEXT)"),
}
"""Changes that would let somebody in."""


def changes(path: Path, table: str) -> Iterator[str]:
    """Yield each column with another value, a NUL, another type, and NULL, if it can be."""
    for name, declared, required, is_key in execute(
        path,
        f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')",
    ):
        if (declared, is_key) == ("INTEGER", 1):
            yield f"{name} = {name} + 70"
            continue  # SQLite itself allows no other type in such a key.
        yield f"{name} = COALESCE({name}, 0) || 'x'"
        if declared not in ("INTEGER", "BIGINT", "BOOLEAN"):
            # In the others, SQLite reads a number up to the NUL, and stores only that.
            yield f"{name} = COALESCE({name}, '') || char(0) || 'x'"
        yield f"{name} = CAST(COALESCE({name}, 'x') || char(0) AS BLOB)"
        yield f"{name} = iif(typeof({name}) = 'blob', 'x', CAST(COALESCE({name}, 'x') AS BLOB))"
        yield f"{name} = iif({name} = 1.5, 2.5, 1.5)"
        if not required:
            yield f"{name} = iif({name} IS NULL, '', NULL)"
    yield from LIKELY.get(table, ())


def lived_in(transaction: Transaction) -> None:
    """Leave a row in each bound table: rules, a used grant, a veto, a pass, an order."""
    house(transaction)
    put_configured(transaction.conn, "zone", "", "Europe/Berlin")
    made = Pass(
        "pass-1", KEY, ANNA.id, b"p" * 32, b"c" * 32, b"l" * 32, NOON, LONG_AFTER, 8
    )
    put_pass(transaction, made, "3b", Author("user-anna"))
    code = AddressCode(b"a" * 32, "3b", ANNA.id)
    put_address_code(transaction, code, Author("user-anna"), NOON)
    order = StandingOrder("order-1", ANNA.id, ("sensor-1",), "courier-1", "door-1")
    put_order(transaction, order, "3b", Author("user-anna"), NOON)
    entries.claim(transaction, claim())
    put_veto(transaction, KEY, "3b", Author("user-anna"), NOON)
    put_pause(transaction, NOON, LATER)
    answer(transaction)


def answer(transaction: Transaction, _number: int = 0) -> None:
    """Ask Anna about the grant, unless she was asked often enough, and let her answer."""
    asked = questions.Asked("anna", "3b")
    ask = questions.begin(
        transaction, KEY, "door-1", Proof.SIGNED, {"hash": asked}, NOON
    )
    if ask is not None:
        given = questions.Answered(asked, Answer.APPROVED, NOON)
        assert questions.answer(transaction, ask, KEY, given, "user-anna")


async def differs(ledger: Ledger) -> bool:
    found = await verified(ledger)
    assert found.intact is not found.state_differs
    if found.state_differs:
        assert found.broken_at == found.records
    return found.state_differs


@pytest.mark.parametrize("table", BOUND)
async def test_changed_bound_row_is_found(
    ledger: Ledger, path: Path, table: str
) -> None:
    await ledger.write(lived_in)
    aside = f"ATTACH '{path}.aside' AS aside"
    execute(path, aside, f"CREATE TABLE aside.kept AS SELECT * FROM main.{table}")
    for change in changes(path, table):
        execute(path, f"UPDATE {table} SET {change} WHERE {dict(ROWS)[table]}")
        assert await differs(ledger), change
        execute(
            path,
            aside,
            f"DELETE FROM main.{table}",
            f"INSERT INTO main.{table} SELECT * FROM aside.kept",
        )
        assert not await differs(ledger), change


async def test_later_record_does_not_hide_a_changed_row(
    ledger: Ledger, path: Path
) -> None:
    await ledger.write(lived_in)
    execute(path, "UPDATE grants SET uses = uses - 1")
    await ledger.write(note)
    await ledger.write(partial(decide, resident=CLEO, consent=Consent.WITHDRAWN))
    assert await differs(ledger)


@pytest.mark.parametrize(("table", "which"), ROWS)
async def test_deleted_or_added_bound_row_is_found(
    ledger: Ledger, path: Path, table: str, which: str
) -> None:
    await ledger.write(lived_in)
    foreign = sqlite3.connect(path, isolation_level=None)
    foreign.row_factory = sqlite3.Row
    [row] = foreign.execute(f"SELECT * FROM {table} WHERE {which}").fetchall()

    foreign.execute(f"DELETE FROM {table} WHERE {which}")
    assert await differs(ledger)

    marks = ", ".join("?" * len(row))
    foreign.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(row))
    assert not await differs(ledger)

    added = {**dict(row), row.keys()[0]: "77", "salt": bytes(16)}
    foreign.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(added.values()))
    assert await differs(ledger)
    foreign.close()


async def test_restored_old_row_is_found(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    await ledger.write(house)
    await ledger.checkpoint()
    earlier = tmp_path / "earlier.db"
    shutil.copy(path, earlier)
    await ledger.write(lambda transaction: decide(transaction, ANNA, Consent.WITHDRAWN))

    foreign = sqlite3.connect(path, isolation_level=None)
    foreign.execute("ATTACH ? AS earlier", (str(earlier),))
    foreign.execute(
        "REPLACE INTO rules SELECT * FROM earlier.rules WHERE resident_id = 'anna'"
    )
    foreign.close()

    assert await differs(ledger)


async def test_failed_change_binds_nothing(ledger: Ledger) -> None:
    await ledger.write(house)

    def fail(transaction: Transaction) -> None:
        decide(transaction, ANNA, Consent.WITHDRAWN)
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        await ledger.write(fail)
    assert not await differs(ledger)
    await ledger.write(note)
    assert not await differs(ledger)


async def test_each_change_is_bound_by_its_own_record(ledger: Ledger) -> None:
    await ledger.write(house)
    before = await said(ledger, "state.changed")
    asked = claim()
    ending = ended(Outcome.FAILED, returned=True)
    stopped = claim("entry-2")

    def stop(transaction: Transaction) -> None:
        held = entries.claim(transaction, stopped)
        assert isinstance(held, Claim)
        entries.stop(transaction, held, None, "", LATER)

    def pause(transaction: Transaction) -> None:
        end_pauses(transaction, [put_pause(transaction, NOON, LATER)], NOON)

    for work in (
        partial(entries.claim, request=asked),
        partial(entries.finish, claim=asked, opening=ending, reply="", at=LATER),
        partial(entries.record_late_unlock, entry_id="entry-1", at=LATER),
        stop,
        pause,
        partial(put_veto, key=KEY, unit="3b", author=Author(), at=NOON),
        partial(call_off_grant, key=KEY, at=NOON, by=None),
        partial(remove_rules, resident_id="cleo", why="left", at=NOON),
    ):
        await ledger.write(work)
        assert await said(ledger, "state.changed") == before
        assert not await differs(ledger)


async def test_change_without_a_record_gets_one(ledger: Ledger) -> None:
    await ledger.write(house)
    before = await ledger.read(count)

    await ledger.write(
        lambda transaction: remove_unit(transaction, ["3b"], NOON, UnitPart.WITHDRAWN)
    )

    assert (await said(ledger, "state.changed"))[-1]["seq"] == before + 1
    assert await ledger.read(count) == before + 1
    assert not await differs(ledger)


async def test_change_in_an_empty_ledger_gets_the_first_record(ledger: Ledger) -> None:
    await ledger.write(
        lambda transaction: put_residence(
            transaction.conn, ANNA, LoginState.NONE, NOON, 1, {}
        )
    )

    assert await ledger.read(count) == 1
    assert not await differs(ledger)


async def test_start_changes_nothing_that_is_bound(ledger: Ledger) -> None:
    def enrol(transaction: Transaction) -> None:
        put_residence(transaction.conn, ANNA, LoginState.LINKED, NOON, 1, {})

    await ledger.write(enrol)
    before = await ledger.read(count)

    await ledger.write(enrol)

    assert await ledger.read(count) == before


async def test_sum_reveals_nothing_a_neighbor_could_guess(
    ledger: Ledger, tmp_path: Path
) -> None:
    """Two ledgers with the same events have nothing in common."""
    sums = []
    async with opened(tmp_path / "other.db") as other:
        for each in (ledger, other):
            await each.write(house)
            sums.append(await each.read_apart(chain.bound_total))

    assert sums[0] != sums[1]


async def test_forged_record_binds_nothing(ledger: Ledger, path: Path) -> None:
    await ledger.write(house)
    newest = (await verified(ledger)).records
    await ledger.close()
    execute(path, f"UPDATE records SET body = 'none' WHERE seq = {newest}")
    await ledger.open()

    assert not await ledger.read_apart(chain.state_fits)


# Any sequence of events


def _do(transaction: Transaction, deed: str, number: int) -> None:
    DEEDS[deed](transaction, number)


def _asked(transaction: Transaction, number: int) -> Claim:
    grant = find_grant(transaction.conn, KEY)
    return claim(f"entry-{number}", revision=1 if grant is None else grant.revision)


def _finish(
    transaction: Transaction, number: int, outcome: Outcome, *, returned: bool
) -> bool:
    asked = _asked(transaction, number)
    is_admitted = isinstance(entries.claim(transaction, asked), Claim)
    if is_admitted:
        ending = ended(outcome, returned=returned)
        entries.finish(transaction, asked, ending, "", LATER)
    return is_admitted


def _stop(transaction: Transaction, number: int) -> None:
    asked = _asked(transaction, number)
    if isinstance(held := entries.claim(transaction, asked), Claim):
        entries.stop(transaction, held, None, "", LATER)


def _late(transaction: Transaction, number: int) -> None:
    if _finish(transaction, number, Outcome.FAILED, returned=True):
        entries.record_late_unlock(transaction, f"entry-{number}", LATER)


def _revise(transaction: Transaction, number: int) -> None:
    grant = find_grant(transaction.conn, KEY)
    revision = 1 if grant is None else grant.revision + 1
    put_grant(transaction, replace(GRANT, revision=revision), NOON)


def _fail(transaction: Transaction, number: int) -> None:
    decide(transaction, ANNA, Consent.WITHDRAWN)
    revoke_grant(transaction, KEY, NOON)
    raise ValueError


DEEDS: dict[str, Callable[[Transaction, int], object]] = {
    "consents": lambda transaction, _: decide(transaction, ANNA),
    "withdraws": lambda transaction, _: decide(transaction, ANNA, Consent.WITHDRAWN),
    "other hours": lambda transaction, number: put_rules(
        transaction, ANNA, replace(OPEN, revision=number), Author(), NOON
    ),
    "leaves": lambda transaction, _: remove_rules(transaction, ANNA.id, "left", NOON),
    "vetoes": lambda transaction, _: put_veto(transaction, KEY, "3b", Author(), NOON),
    "parts": lambda transaction, _: remove_unit(
        transaction, ["4a"], NOON, UnitPart.WITHDRAWN
    ),
    "revises": _revise,
    "revokes": lambda transaction, _: revoke_grant(transaction, KEY, NOON),
    "revokes unseen": lambda transaction, number: revoke_grant(
        transaction, GrantKey("courier-1", f"unseen-{number}"), NOON
    ),
    "enters": lambda transaction, number: _finish(
        transaction, number, Outcome.OPENED, returned=False
    ),
    "is refunded": lambda transaction, number: _finish(
        transaction, number, Outcome.FAILED, returned=True
    ),
    "is stopped": _stop,
    "unlocks late": _late,
    "is cut off": lambda transaction, number: entries.claim(
        transaction, _asked(transaction, number)
    ),
    "starts again": lambda transaction, _: entries.settle_in_flight(transaction, LATER),
    "pauses": lambda transaction, _: put_pause(transaction, NOON, LATER, unit="4a"),
    "resumes": lambda transaction, _: end_pauses(
        transaction, pauses_in_effect(transaction.conn, NOON), NOON
    ),
    "answers": answer,
    "fails": _fail,
}


def change_a_row(path: Path, which: int) -> bool:
    """Change a value of a bound row; return whether there is such a row."""
    table = BOUND[which % len(BOUND)]
    columns = dict(
        rows(
            path, f"SELECT name, pk FROM pragma_table_info('{table}')", tuple[str, int]
        )
    )
    column = list(columns)[which % len(columns)]
    value = f"{column} + 77" if column == "id" else f"COALESCE({column}, 0) || 'x'"
    key = ", ".join(name for name, place in columns.items() if place)
    changed = plant(
        path,
        f"UPDATE {table} SET {column} = {value}"
        f" WHERE ({key}) IN (SELECT {key} FROM {table} LIMIT 1)",
    )
    return changed == 1


async def live(path: Path, deeds: Sequence[str], which: int, *, purged: bool) -> None:
    async with opened(path) as ledger:
        await ledger.write(house)
        for number, deed in enumerate(deeds):
            with suppress(ValueError, GrantConflict):
                await ledger.write(partial(_do, deed=deed, number=number))
        if purged:
            await run(ledger, LONG_AFTER)
            await run(ledger, NOON + OLDEST_MESSAGE + REMEMBERED - timedelta(days=1))
    async with opened(path) as ledger:
        assert not await differs(ledger)
        changed = change_a_row(path, which)
        assert await differs(ledger) is changed


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(DEEDS)), max_size=12),
    st.integers(0, 500),
    st.booleans(),
)
def test_state_always_matches_records_and_any_changed_row_is_found(
    deeds: list[str], which: int, purged: bool
) -> None:
    with TemporaryDirectory() as place:
        asyncio.run(live(Path(place) / "building.db", deeds, which, purged=purged))
