"""Passes are used once, by the transaction that admits; wrong codes outlive a restart."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from custom_components.courier_access.access.codes import Tries
from custom_components.courier_access.access.model import Outcome, Reason
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state import entries, grants as kept
from custom_components.courier_access.ledger.state.grants import (
    REMEMBERED,
    AddressCode,
    Pass,
    put_grant,
)
from custom_components.courier_access.ledger.state.residents import (
    Author,
    LoginState,
    put_residence,
)
from custom_components.courier_access.ledger.upkeep import purge
from tests.ledger.claims_house import claimed, house, refused, said
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, GRANT, KEY, claim, ended
from tests.ledger.purging import run
from tests.support.rows import opened, row, rows
from tests.support.verified import verified

PASS = Pass(
    "pass-1",
    KEY,
    ANNA.id,
    pin=b"p" * 32,
    short_code=b"c" * 32,
    link=b"l" * 32,
    at=NOON,
    keep_until=NOON + timedelta(days=7),
    digits=8,
)
BY = Author(user_id="user-anna")


@pytest.fixture(autouse=True)
async def pass_was_made(ledger: Ledger) -> None:
    await ledger.write(house)
    await ledger.write(lambda transaction: kept.put_pass(transaction, PASS, "3b", BY))


def put_tries(tries: Tries, transaction: Transaction) -> None:
    kept.put_tries(transaction.conn, "door-1", tries)


async def is_used(ledger: Ledger) -> bool:
    [found] = await ledger.read(kept.load_passes)
    return found.is_used


async def revoke(ledger: Ledger) -> bool:
    return await ledger.write(
        lambda transaction: kept.revoke_pass(transaction, PASS.id, BY, NOON)
    )


async def test_pass_lets_in_once(ledger: Ledger) -> None:
    await claimed(ledger, claim(pass_id=PASS.id))

    assert await is_used(ledger)
    assert (
        await refused(ledger, claim("entry-2", pass_id=PASS.id))
        is Reason.ENTRIES_EXHAUSTED
    )
    # The courier's own message isn't affected by its drivers' passes.
    await claimed(ledger, claim("entry-3"))


async def test_record_of_a_pass_names_its_grant_unit_and_author(
    ledger: Ledger,
) -> None:
    named = rows(
        ledger.path,
        """
        SELECT field, value FROM personal JOIN records USING (seq)
        WHERE kind = 'pass.made'
        """,
        tuple[str, str],
    )
    assert dict(named) == {
        "pass": PASS.id,
        "grant_id": KEY.grant_id,
        "unit": "3b",
        "decided_by": "user-anna",
    }


async def test_revoked_pass_lets_nobody_in(ledger: Ledger) -> None:
    assert await revoke(ledger)
    assert not await revoke(ledger)

    assert await refused(ledger, claim(pass_id=PASS.id)) is Reason.REVOKED
    assert await refused(ledger, claim(pass_id="unknown")) is Reason.REVOKED
    assert await ledger.read(kept.load_passes) == []
    [made] = await said(ledger, "pass.made")
    assert made["courier"] == KEY.courier_id
    # Others could tell from it which pass of whom was revoked.
    [revoked] = await said(ledger, "pass.revoked")
    assert not {"pass"} & made.keys() & revoked.keys()
    assert [each["pass"] for each in await opened(ledger, "pass.revoked")] == [PASS.id]


async def test_pass_is_free_again_if_the_door_was_not_touched(ledger: Ledger) -> None:
    shown = claim(pass_id=PASS.id)
    await claimed(ledger, shown)
    await ledger.write(
        lambda transaction: entries.stop(transaction, shown, Reason.PAUSED, "", NOON)
    )

    assert not await is_used(ledger)


async def test_pass_is_free_again_with_its_use_until_the_door_opens_late(
    ledger: Ledger,
) -> None:
    shown = claim(pass_id=PASS.id)
    await claimed(ledger, shown)
    ending = ended(Outcome.FAILED, returned=True)
    await ledger.write(
        lambda transaction: entries.finish(transaction, shown, ending, "", NOON)
    )
    assert not await is_used(ledger)

    await ledger.write(
        lambda transaction: entries.record_late_unlock(transaction, "entry-1", NOON)
    )
    assert await is_used(ledger)


async def test_late_unlock_uses_a_pass_that_was_shown_again(ledger: Ledger) -> None:
    for entry_id in ("entry-1", "entry-2"):
        shown = claim(entry_id, pass_id=PASS.id)
        await claimed(ledger, shown)
        ending = ended(Outcome.FAILED, returned=True)
        await ledger.write(
            partial(entries.finish, claim=shown, opening=ending, reply="", at=NOON)
        )
    assert not await is_used(ledger)

    await ledger.write(
        lambda transaction: entries.record_late_unlock(transaction, "entry-1", NOON)
    )

    assert await is_used(ledger)


async def test_entry_without_a_message_keeps_no_reply(ledger: Ledger) -> None:
    shown = claim(message=None, pass_id=PASS.id)
    await claimed(ledger, shown)
    ending = ended(Outcome.OPENED)
    await ledger.write(
        lambda transaction: entries.finish(transaction, shown, ending, "", NOON)
    )
    await ledger.write(
        lambda transaction: entries.stop(transaction, shown, None, "", NOON)
    )

    assert (
        await ledger.read(lambda conn: row(conn, "SELECT count(*) FROM replies", int))
        == 0
    )


async def test_codes_of_a_resident_who_left_end(ledger: Ledger) -> None:
    code = AddressCode(b"a" * 32, "3b", ANNA.id)
    newer = AddressCode(b"b" * 32, "3b", ANNA.id)
    for each in (code, newer):
        await ledger.write(partial(kept.put_address_code, new=each, author=BY, at=NOON))
    assert await ledger.read(kept.load_address_codes) == [newer]
    assert len(await said(ledger, "address_code.renewed")) == 2

    await ledger.write(lambda transaction: kept.end_codes(transaction.conn, ANNA.id))

    assert await ledger.read(kept.load_address_codes) == []
    assert await refused(ledger, claim(pass_id=PASS.id)) is Reason.REVOKED


async def test_purge_ends_the_address_code_of_who_moved(ledger: Ledger) -> None:
    def live(transaction: Transaction, unit: str) -> None:
        resident = replace(ANNA, unit=unit)
        put_residence(transaction.conn, resident, LoginState.LINKED, NOON, 1, {})

    code = AddressCode(b"a" * 32, "3b", ANNA.id)
    await ledger.write(partial(live, unit="3b"))
    await ledger.write(lambda each: kept.put_address_code(each, code, BY, NOON))
    await run(ledger, NOON)
    assert await ledger.read(kept.load_address_codes) == [code]

    await ledger.write(partial(live, unit="4a"))
    await run(ledger, NOON)
    assert await ledger.read(kept.load_address_codes) == []
    assert (await verified(ledger)).intact


async def test_wrong_codes_are_read_as_they_were_written(ledger: Ledger) -> None:
    tries = Tries(notified_at=NOON)
    for minutes in range(0, 180, 20):
        at = NOON + timedelta(minutes=minutes)
        tries = tries.after_wrong(at, at_keypad=minutes > 100)
    for each in (Tries(), tries):
        await ledger.write(partial(put_tries, each))

    assert await ledger.read(kept.load_tries) == {"door-1": tries}


async def test_passes_are_deleted_some_time_after_their_grant(ledger: Ledger) -> None:
    for later, left in ((timedelta(days=6), [PASS]), (timedelta(days=7), [])):
        limits = purge.Limits(NOON + later, *(timedelta(days=30),) * 2)
        await ledger.write(
            partial(purge.step, job=purge.ended_passes, limits=limits, after=0)
        )
        assert await ledger.read(kept.load_passes) == left


async def test_pass_stays_as_long_as_the_revision_of_its_grant(ledger: Ledger) -> None:
    revised = replace(GRANT, revision=2, ends_at=NOON + timedelta(days=20))
    await ledger.write(lambda transaction: put_grant(transaction, revised, NOON))

    [found] = await ledger.read(kept.load_passes)
    assert found.keep_until == revised.ends_at + REMEMBERED
