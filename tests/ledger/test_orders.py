"""Standing orders are kept with their records, and each grant counts in the transaction that issues it."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from custom_components.courier_access.access.model import (
    DeliveryDetails,
    GrantKey,
    GrantState,
    Issuer,
    IssuerKind,
    Proof,
    Resident,
)
from custom_components.courier_access.access.standing_orders import StandingOrder
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox.expand import expand_fanouts
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
    was_notified_of_day,
)
from custom_components.courier_access.ledger.state import grants as kept, questions
from custom_components.courier_access.ledger.state.grants import (
    GrantConflict,
    LimitReached,
    OrderRefused,
    put_grant,
)
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.ledger.upkeep import purge
from tests.ledger.claims_house import house, said
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO, GRANT
from tests.ledger.purging import run
from tests.support.rows import opened, rows
from tests.support.verified import verified

ORDER = StandingOrder("order-1", ANNA.id, ("sensor-1",), "courier-1", "door-1", 2)
BOS = replace(ORDER, id="order-2", resident_id=BO.id)
BY = Author(user_id="user-anna")
TODAY = date(2026, 11, 24)


async def put(ledger: Ledger, order: StandingOrder) -> None:
    await ledger.write(
        lambda transaction: kept.put_order(transaction, order, "3b", BY, NOON)
    )


async def count(ledger: Ledger, order: StandingOrder, day: date = TODAY) -> None:
    await ledger.write(partial(kept.count_grant, order=order, day=day))


@pytest.fixture(autouse=True)
async def orders_were_given(ledger: Ledger) -> None:
    await ledger.write(house)
    for order in (ORDER, BOS):
        await put(ledger, order)


async def test_order_is_loaded_as_it_was_given_or_changed(ledger: Ledger) -> None:
    assert await ledger.read(kept.load_orders) == [ORDER, BOS]
    changed = ORDER.changed(most_per_day=1, is_paused=True, sources=("a", "b"))
    await put(ledger, changed)
    assert await ledger.read(kept.load_orders) == [changed, BOS]
    assert len(await said(ledger, "order.given")) == 2
    [record] = await opened(ledger, "order.changed")
    assert record["revision"] == "2"
    assert (await verified(ledger)).intact


async def test_grants_count_by_day_up_to_the_limit(ledger: Ledger) -> None:
    for _ in range(2):
        await count(ledger, ORDER)
    with pytest.raises(OrderRefused, match="as many"):
        await count(ledger, ORDER)
    await count(ledger, BOS)
    tomorrow = TODAY + timedelta(days=1)
    await count(ledger, ORDER, tomorrow)
    assert (await verified(ledger)).intact


async def test_limit_of_a_day_is_raised_by_the_orders_resident(
    ledger: Ledger,
) -> None:
    async def let_in(who: Resident, day: date) -> bool:
        return await ledger.write(
            lambda transaction: kept.let_in_more(
                transaction, ORDER.id, who, 1, day, BY, NOON
            )
        )

    # No grant has counted on that day yet.
    assert not await let_in(ANNA, TODAY)
    for _ in range(2):
        await count(ledger, ORDER)
    assert not await let_in(BO, TODAY)
    assert not await let_in(ANNA, TODAY + timedelta(days=1))
    with pytest.raises(LimitReached):
        await count(ledger, ORDER)
    assert await let_in(ANNA, TODAY)
    await count(ledger, ORDER)
    with pytest.raises(LimitReached):
        await count(ledger, ORDER)
    assert len(await said(ledger, "order.limit_raised")) == 1
    # The next day has its own limit.
    for _ in range(2):
        await count(ledger, ORDER, TODAY + timedelta(days=1))
    with pytest.raises(LimitReached):
        await count(ledger, ORDER, TODAY + timedelta(days=1))
    assert (await verified(ledger)).intact


async def test_revision_does_not_count_but_needs_the_order_in_effect(
    ledger: Ledger,
) -> None:
    revise = partial(kept.count_grant, order=ORDER, day=TODAY, is_new=False)
    for _ in range(2):
        await count(ledger, ORDER)
    await ledger.write(revise)
    await put(ledger, ORDER.changed(most_per_day=3))
    with pytest.raises(OrderRefused, match="in effect"):
        await ledger.write(revise)


@pytest.mark.parametrize(
    "changed",
    [
        ORDER.changed(is_paused=True),
        ORDER.changed(most_per_day=5),
        replace(ORDER, id="order-3"),
    ],
)
async def test_only_the_order_in_effect_issues(
    ledger: Ledger, changed: StandingOrder
) -> None:
    if changed.id == ORDER.id:
        await put(ledger, changed)
    with pytest.raises(OrderRefused, match="in effect"):
        await count(ledger, ORDER if changed.revision == 2 else changed)
    if changed.is_paused:
        with pytest.raises(OrderRefused, match="in effect"):
            await count(ledger, changed)


async def test_orders_end_one_by_one_by_resident_or_all(ledger: Ledger) -> None:
    third = replace(ORDER, id="order-3")
    await put(ledger, third)
    withdraw = partial(
        kept.end_orders, why="withdrawn", at=NOON, author=BY, order_id="order-1"
    )
    assert await ledger.write(withdraw)
    assert not await ledger.write(withdraw)
    assert await ledger.read(kept.load_orders) == [BOS, third]
    await ledger.write(lambda t: kept.end_orders(t, "left", NOON, residents=[BO.id]))
    assert await ledger.read(kept.load_orders) == [third]
    await ledger.write(lambda t: kept.end_orders(t, "restored", NOON))
    assert await ledger.read(kept.load_orders) == []
    whys = [each["why"] for each in await opened(ledger, "order.withdrawn")]
    assert whys == ["withdrawn", "left", "restored"]
    assert (await verified(ledger)).intact


async def issue(
    ledger: Ledger, name: str, issuer: Issuer, parcel: str | None, **more: Any
) -> GrantKey:
    key = GrantKey(GRANT.key.courier_id, name)
    delivery = DeliveryDetails(parcel)
    new = replace(GRANT, key=key, issuer=issuer, delivery=delivery, **more)
    await ledger.write(partial(put_grant, grant=new, at=NOON))
    return key


BY_ORDER = Issuer(IssuerKind.ORDER, "order-1", 1)


async def test_grants_of_orders_are_found_by_parcel_and_while_they_may_count(
    ledger: Ledger,
) -> None:
    over = NOON - timedelta(days=2)
    ended = {"starts_at": over - timedelta(hours=1), "ends_at": over}
    await issue(ledger, "G-1", BY_ORDER, "JD1", **ended)
    await issue(ledger, "G-2", BY_ORDER, None)
    await issue(ledger, "G-3", Issuer(IssuerKind.ORDER, "order-2", 1), "JD2")
    await issue(ledger, "G-4", Issuer(IssuerKind.RESIDENT, "order-1"), "JD1")
    await issue(ledger, "G-5", BY_ORDER, "JD3", **ended)

    async def found(*parcels: str) -> list[str]:
        grants = await ledger.read(
            lambda conn: kept.grants_by_orders(conn, parcels, NOON)
        )
        return [grant.key.grant_id for grant in grants]

    assert await found() == ["G-2", "G-3"]
    assert await found("JD1") == ["G-1", "G-2", "G-3"]


async def test_grant_says_whether_strangers_could_cause_it(ledger: Ledger) -> None:
    mail = replace(BY_ORDER, is_forgeable=True)
    for name, issuer in (("G-1", mail), ("G-2", BY_ORDER)):
        key = await issue(ledger, name, issuer, "JD1")
        grant = await ledger.read(partial(kept.find_grant, key=key))
        assert grant is not None
        assert grant.is_forgeable is issuer.is_forgeable
    assert not GRANT.is_forgeable


async def test_grant_is_called_off_unless_it_is_used_or_its_driver_asked(
    ledger: Ledger,
) -> None:
    key = await issue(ledger, "G-1", BY_ORDER, "JD1")

    async def is_called_off(grant_key: GrantKey) -> bool:
        return await ledger.write(
            lambda transaction: kept.call_off_unlisted(
                transaction, grant_key, NOON, NOON - timedelta(minutes=10)
            )
        )

    assert not await is_called_off(replace(key, grant_id="unknown"))
    asked = {"hash": questions.Asked(ANNA.id, "3b")}
    ask: int | None = await ledger.write(
        partial(
            questions.begin,
            key=key,
            door_id="door-1",
            proof=Proof.PARCEL_NUMBER,
            tokens=asked,
            at=NOON,
        )
    )
    assert ask is not None
    assert not await is_called_off(key)
    await ledger.write(lambda transaction: questions.withdraw(transaction.conn, ask))
    assert await is_called_off(key)
    assert not await is_called_off(key)
    grant = await ledger.read(partial(kept.find_grant, key=key))
    assert grant is not None
    assert grant.state is GrantState.CALLED_OFF
    [record] = await said(ledger, "grant.revoked")
    assert record["by_courier"] is False
    # A revision opens it again, and keeps a veto that came meanwhile.
    again = replace(grant, state=GrantState.OPEN, revision=2)
    await ledger.write(partial(put_grant, grant=again, at=NOON))
    await ledger.write(partial(kept.revoke_grant, key=key, at=NOON))
    with pytest.raises(GrantConflict):
        await ledger.write(
            partial(put_grant, grant=replace(again, revision=3), at=NOON)
        )

    used = await issue(ledger, "G-2", BY_ORDER, "JD2", uses=1)
    assert not await is_called_off(used)


async def test_grants_are_remembered_while_their_parcel_is_listed(
    ledger: Ledger,
) -> None:
    keys = [await issue(ledger, f"G-{n}", BY_ORDER, f"JD{n}") for n in range(3)]
    await ledger.write(partial(kept.revoke_grant, key=keys[1], at=NOON))
    for day in range(1, 90):
        now = NOON + timedelta(days=day)
        await ledger.write(partial(kept.keep_listed, barcodes=["JD0", "JD1"], at=now))
        await run(ledger, now, timedelta(days=7))
    found = await ledger.read(
        lambda conn: kept.grants_by_orders(conn, ["JD0", "JD1", "JD2"], now)
    )
    assert [grant.delivery.parcel_ref for grant in found] == ["JD0", "JD1"]
    assert (await verified(ledger)).intact


async def test_terms_are_kept_as_long_as_the_order_and_purged_with_it(
    ledger: Ledger,
) -> None:
    def kept_terms() -> int:
        terms = "SELECT seq FROM personal WHERE field = 'terms'"
        return len(rows(ledger.path, terms, int))

    async def purge_all() -> None:
        limits = purge.Limits(NOON + timedelta(days=400), *(timedelta(days=30),) * 2)
        await ledger.write(lambda t: purge.step(t, purge.values, limits, 0))

    await put(ledger, ORDER.changed(most_per_day=1))
    assert kept_terms() == 3
    await purge_all()
    assert kept_terms() == 2  # the superseded revision's are gone
    await ledger.write(lambda t: kept.end_orders(t, "left", NOON))
    await purge_all()
    assert kept_terms() == 0
    assert (await verified(ledger)).intact


async def test_what_an_order_left_out_and_let_in_is_erased_with_retention(
    ledger: Ledger,
) -> None:
    why = NotificationKind.LIMIT_REACHED
    details = {"order": ORDER.id, "day": TODAY.isoformat(), "count": "2"}

    def notify(transaction: Transaction) -> None:
        kept.note_left_out(transaction, ORDER, "3b", why, NOON)
        assert transaction.head is not None
        seq = transaction.head.seq
        enqueue_fan_out(
            transaction.conn,
            FanOut(why, seq, 1, NOON, resident_id=ANNA.id, details=details),
        )
        kept.let_in_more(transaction, ORDER.id, ANNA, 2, TODAY, BY, NOON)

    await count(ledger, ORDER)
    await ledger.write(notify)
    notified = partial(was_notified_of_day, kind=why, order_id=ORDER.id)
    assert await ledger.read(lambda conn: notified(conn, day=TODAY))
    tomorrow = TODAY + timedelta(days=1)
    assert not await ledger.read(lambda conn: notified(conn, day=tomorrow))
    of_records = """
        SELECT field FROM personal JOIN records USING (seq)
        WHERE kind IN ('order.left_out', 'order.limit_raised')
    """
    assert {"resident", "count"} <= {*rows(ledger.path, of_records, str)}
    await ledger.write(lambda t: expand_fanouts(t.conn, NOON))
    sent = "UPDATE notifications SET state = 'sent', next_at = NULL"
    await ledger.write(lambda t: t.conn.execute(sent).rowcount)
    await run(ledger, NOON + timedelta(days=400))
    assert rows(ledger.path, of_records, str) == []
    assert not await ledger.read(lambda conn: notified(conn, day=TODAY))
