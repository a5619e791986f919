"""Standing orders are kept with their records, and each grant counts in the transaction that issues it."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from custom_components.courier_access.access.model import (
    DeliveryDetails,
    GrantKey,
    Issuer,
    IssuerKind,
)
from custom_components.courier_access.access.standing_orders import (
    Source,
    SourceKind,
    StandingOrder,
)
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.state import grants as kept
from custom_components.courier_access.ledger.state.grants import OrderRefused, put_grant
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.ledger.upkeep import purge
from tests.ledger.claims_house import house, said
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO, GRANT
from tests.support.rows import rows
from tests.support.verified import verified

DEVICE = Source(SourceKind.DEVICE, "device-1")
ORDER = StandingOrder("order-1", ANNA.id, DEVICE, "courier-1", "door-1", 2)
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
    changed = ORDER.changed(most_per_day=1, is_paused=True)
    await put(ledger, changed)
    assert await ledger.read(kept.load_orders) == [changed, BOS]
    assert len(await said(ledger, "order.given")) == 2
    [record] = await said(ledger, "order.changed")
    assert record["revision"] == 2
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
    whys = [each["why"] for each in await said(ledger, "order.withdrawn")]
    assert whys == ["withdrawn", "left", "restored"]
    assert (await verified(ledger)).intact


async def test_grants_are_found_by_order_and_parcel(ledger: Ledger) -> None:
    issuers = {
        "G-1": (Issuer(IssuerKind.ORDER, "order-1", 1), "JD1"),
        "G-2": (Issuer(IssuerKind.ORDER, "order-1", 1), None),
        "G-3": (Issuer(IssuerKind.ORDER, "order-2", 1), "JD1"),
        "G-4": (Issuer(IssuerKind.RESIDENT, "order-1"), "JD1"),
    }
    for name, (issuer, parcel) in issuers.items():
        key = GrantKey(GRANT.key.courier_id, name)
        new = replace(GRANT, key=key, issuer=issuer, delivery=DeliveryDetails(parcel))
        await ledger.write(partial(put_grant, grant=new, at=NOON))

    async def found(order: str, parcel: str | None) -> list[str]:
        grants = await ledger.read(
            lambda conn: kept.grants_for_parcel(conn, order, parcel)
        )
        return [grant.key.grant_id for grant in grants]

    assert await found("order-1", "JD1") == ["G-1"]
    assert await found("order-1", None) == ["G-2"]
    assert await found("order-2", "JD1") == ["G-3"]
    assert await found("order-2", "JD2") == []


async def test_terms_are_kept_as_long_as_the_order_and_purged_with_it(
    ledger: Ledger,
) -> None:
    def kept_terms() -> int:
        terms = "SELECT seq FROM personal WHERE field = 'terms'"
        return len(rows(ledger.path, terms, int))

    async def purge_all() -> None:
        limits = purge.Limits(NOON + timedelta(days=400), timedelta(days=30))
        await ledger.write(lambda t: purge.step(t, purge.values, limits, 0))

    await put(ledger, ORDER.changed(most_per_day=1))
    assert kept_terms() == 3
    await purge_all()
    assert kept_terms() == 2  # the superseded revision's are gone
    await ledger.write(lambda t: kept.end_orders(t, "left", NOON))
    await purge_all()
    assert kept_terms() == 0
    assert (await verified(ledger)).intact
