"""Test stored residences and personal links."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from custom_components.courier_access.access.model import Resident
from custom_components.courier_access.ledger.chain import state_fits
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.state.residents import (
    LoginState,
    Residence,
    confirm_resident,
    erase_notes,
    load_links,
    load_notes,
    load_residences,
    put_note,
    put_residence,
    remove_residence,
    renew_link,
    revoke_link,
)
from tests.ledger.claims_house import said
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO, execute
from tests.support.rows import rows

OVER = {"targets": [{"kind": "action", "value": "notify.anna"}]}


async def keep(ledger: Ledger, resident: Resident, since_seq: int = 1) -> None:
    await ledger.write(
        lambda transaction: put_residence(
            transaction.conn, resident, LoginState.LINKED, NOON, since_seq, OVER
        )
    )


async def confirm(ledger: Ledger, resident: Resident) -> bool:
    return await ledger.write(
        lambda transaction: confirm_resident(
            transaction, resident, NOON, by="user-anna"
        )
    )


async def load(ledger: Ledger) -> dict[str, Residence]:
    return await ledger.read(load_residences)


async def test_residence_stored_again_replaces_the_earlier_one(ledger: Ledger) -> None:
    anna = replace(ANNA, person="person-anna", is_confirmed=False)
    moved = replace(ANNA, unit="4a", user_id=None)
    for resident, since_seq in ((anna, 1), (moved, 2)):
        await keep(ledger, resident, since_seq)

        assert await load(ledger) == {
            "anna": Residence(
                "anna",
                resident.unit,
                resident.person,
                resident.user_id,
                LoginState.LINKED,
                resident.is_confirmed,
                NOON,
                since_seq,
                OVER,
            )
        }


async def test_residences_are_ordered_by_arrival_until_removed(ledger: Ledger) -> None:
    await keep(ledger, ANNA, since_seq=2)
    await keep(ledger, BO, since_seq=1)
    assert list(await load(ledger)) == ["bo", "anna"]

    await ledger.read(partial(remove_residence, resident_id="anna"))
    assert list(await load(ledger)) == ["bo"]


def concerned(ledger: Ledger) -> list[str]:
    """Return the residents in the records, which hold only commitments."""
    values = "SELECT value FROM personal WHERE field = 'resident' ORDER BY seq"
    return rows(ledger.path, values, str)


async def test_confirmation_is_recorded_once(ledger: Ledger) -> None:
    await keep(ledger, replace(BO, is_confirmed=False))

    assert await confirm(ledger, BO)
    assert not await confirm(ledger, BO)

    assert (await load(ledger))["bo"].is_confirmed
    assert len(await said(ledger, "resident.confirmed")) == 1
    assert concerned(ledger) == ["bo"]


async def test_confirmation_is_for_the_resident_of_that_unit_and_record(
    ledger: Ledger,
) -> None:
    await keep(ledger, replace(BO, is_confirmed=False), since_seq=2)

    assert not await confirm(ledger, replace(BO, unit="4a"))
    confirm_since = partial(confirm_resident, resident=BO, at=NOON, by=None)
    assert not await ledger.write(partial(confirm_since, since_seq=1))
    assert not (await load(ledger))["bo"].is_confirmed
    assert await said(ledger, "resident.confirmed") == []
    assert await ledger.write(partial(confirm_since, since_seq=2))


async def renew(ledger: Ledger, resident_id: str = "bo") -> str:
    return await ledger.write(
        lambda transaction: renew_link(transaction, resident_id, NOON, by="user-anna")
    )


async def test_each_resident_has_one_current_link(ledger: Ledger) -> None:
    old, new = await renew(ledger), await renew(ledger)
    other = await renew(ledger, "cleo")

    assert len({old, new, other}) == 3
    assert await ledger.read(load_links) == {"bo": new, "cleo": other}
    assert len(await said(ledger, "link.renewed")) == 3
    assert concerned(ledger) == ["bo", "bo", "cleo"]


async def test_revoked_link_is_gone_and_recorded_once(ledger: Ledger) -> None:
    await renew(ledger)
    for _ in range(2):
        await ledger.write(partial(revoke_link, resident_id="bo", at=NOON))

    assert await ledger.read(load_links) == {}
    assert len(await said(ledger, "link.revoked")) == 1


async def test_no_token_is_in_the_chain(ledger: Ledger, path: Path) -> None:
    token = await renew(ledger)

    written = "SELECT body FROM records UNION ALL SELECT value FROM personal"
    assert token not in str(execute(path, written))


async def test_note_is_kept_for_its_unit_until_it_is_emptied_or_erased(
    ledger: Ledger,
) -> None:
    async def put(resident: Resident, note: str) -> None:
        write = partial(put_note, resident=resident, note=note, at=NOON, by="user")
        await ledger.write(write)

    await put(ANNA, "On the shelf.")
    await put(replace(BO, unit="4a"), "Upstairs.")
    assert await ledger.read(load_notes) == {
        ANNA.unit: "On the shelf.",
        "4a": "Upstairs.",
    }
    await put(ANNA, "")
    assert await ledger.read(load_notes) == {"4a": "Upstairs."}

    await ledger.write(partial(erase_notes, at=NOON, but=[ANNA.unit]))
    assert await ledger.read(load_notes) == {}
    assert len(await said(ledger, "note.changed")) == 3
    assert len(await said(ledger, "note.erased")) == 1
    assert await ledger.read(state_fits)
