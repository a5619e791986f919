"""Test stored residences and personal links."""

from dataclasses import replace
from functools import partial

from sqlalchemy import Connection, select

from custom_components.courier_access.access.model import Resident
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.state.residents import (
    LoginState,
    Residence,
    confirm_resident,
    load_links,
    load_residences,
    put_residence,
    remove_residence,
    renew_link,
    revoke_link,
)
from custom_components.courier_access.ledger.tables import personal
from tests.ledger.claims_house import said
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO

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


async def test_residence_is_read_as_stored(ledger: Ledger) -> None:
    await keep(ledger, replace(ANNA, person="person-anna", is_confirmed=False))

    assert await load(ledger) == {
        "anna": Residence(
            "anna",
            "3b",
            "person-anna",
            "user-anna",
            LoginState.LINKED,
            False,
            NOON,
            1,
            OVER,
        )
    }


async def test_residence_stored_again_replaces_the_earlier_one(ledger: Ledger) -> None:
    await keep(ledger, ANNA)
    await keep(ledger, replace(ANNA, unit="4a", user_id=None), since_seq=2)

    assert await load(ledger) == {
        "anna": Residence(
            "anna", "4a", None, None, LoginState.LINKED, True, NOON, 2, OVER
        )
    }


async def test_residences_are_ordered_by_arrival(ledger: Ledger) -> None:
    await keep(ledger, ANNA, since_seq=2)
    await keep(ledger, BO, since_seq=1)

    assert list(await load(ledger)) == ["bo", "anna"]


async def test_former_resident_is_removed(ledger: Ledger) -> None:
    await keep(ledger, ANNA)
    await keep(ledger, BO)
    await ledger.write(lambda transaction: remove_residence(transaction.conn, "anna"))

    assert list(await load(ledger)) == ["bo"]


async def concerned(ledger: Ledger) -> list[str]:
    """Return the residents in the records, which hold only commitments."""
    query = (
        select(personal.c.value)
        .where(personal.c.field == "resident")
        .order_by(personal.c.seq)
    )
    return await ledger.read(lambda conn: list(conn.execute(query).scalars()))


async def test_confirmation_is_recorded_once(ledger: Ledger) -> None:
    await keep(ledger, replace(BO, is_confirmed=False))

    assert await confirm(ledger, BO)
    assert not await confirm(ledger, BO)

    assert (await load(ledger))["bo"].is_confirmed
    assert len(await said(ledger, "resident.confirmed")) == 1
    assert await concerned(ledger) == ["bo"]


async def test_confirmation_for_another_unit_has_no_effect(ledger: Ledger) -> None:
    await keep(ledger, replace(BO, is_confirmed=False))

    assert not await confirm(ledger, replace(BO, unit="4a"))
    assert not (await load(ledger))["bo"].is_confirmed
    assert await said(ledger, "resident.confirmed") == []


async def test_confirmation_is_for_the_resident_since_that_record(
    ledger: Ledger,
) -> None:
    await keep(ledger, replace(BO, is_confirmed=False), since_seq=2)

    for since_seq, is_confirmed in ((1, False), (2, True)):
        assert is_confirmed is await ledger.write(
            partial(
                confirm_resident, resident=BO, at=NOON, by=None, since_seq=since_seq
            )
        )


async def renew(ledger: Ledger, resident_id: str = "bo") -> str:
    return await ledger.write(
        lambda transaction: renew_link(transaction, resident_id, NOON, by="user-anna")
    )


async def revoke(ledger: Ledger, resident_id: str = "bo") -> None:
    await ledger.write(partial(revoke_link, resident_id=resident_id, at=NOON))


async def test_each_resident_has_one_current_link(ledger: Ledger) -> None:
    old, new, other = (
        await renew(ledger),
        await renew(ledger),
        await renew(ledger, "cleo"),
    )

    assert len({old, new, other}) == 3
    assert await ledger.read(load_links) == {"bo": new, "cleo": other}
    assert len(await said(ledger, "link.renewed")) == 3
    assert await concerned(ledger) == ["bo", "bo", "cleo"]


async def test_revoked_link_is_gone_and_recorded_once(ledger: Ledger) -> None:
    await renew(ledger)
    await revoke(ledger)
    await revoke(ledger)

    assert await ledger.read(load_links) == {}
    assert len(await said(ledger, "link.revoked")) == 1


async def test_no_token_is_in_the_chain(ledger: Ledger) -> None:
    token = await renew(ledger)

    def written(conn: Connection) -> str:
        return str(conn.exec_driver_sql("SELECT body FROM records").all()) + str(
            conn.exec_driver_sql("SELECT value FROM personal").all()
        )

    assert token not in await ledger.read(written)
