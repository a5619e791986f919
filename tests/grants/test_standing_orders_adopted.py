"""Orders of an earlier version get the list of the account that they named, or ask for a source."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import CoreState
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.access.standing_orders import (
    MOST_SOURCES,
    StandingOrder,
)
from custom_components.courier_access.home_assistant.callbacks import reference_of
from custom_components.courier_access.ledger.state.grants import load_orders, put_order
from custom_components.courier_access.ledger.state.residents import Author
from tests.ledger.claims_house import said
from tests.support.house import House, pass_time
from tests.support.orders import account, ada, give, house, out, people
from tests.support.parcel_feed import ParcelAccount, load
from tests.support.verified import verified
from tests.support.wires import Wire

__all__ = ["account", "ada", "house", "people"]


async def keep(house: House, account: str) -> None:
    """Keep an order of an earlier version in the ledger, and start the building."""
    order = StandingOrder(
        *("order-1", "resident-ada", (), "courier-parcel-post", "door-lobby"),
        account=account,
    )
    now = dt_util.utcnow()
    await house.building.ledger.write(
        lambda transaction: put_order(transaction, order, "3b", Author("user"), now)
    )
    await house.reload()
    await house.settle()


async def kept(house: House) -> StandingOrder:
    [order] = await house.building.ledger.read(load_orders)
    assert house.building.standing_orders.all() == (order,)
    return order


@pytest.mark.parametrize("names", ["device", "sensor"])
async def test_list_takes_the_place_of_the_account(
    house: House, account: ParcelAccount, names: str
) -> None:
    named = account.device_id
    if names == "sensor":
        named = reference_of(house.hass, account.next_parcel.entity_id)
    house.told.clear()
    await keep(house, named)
    order = await kept(house)
    assert order.account is None
    assert order.sources == (reference_of(house.hass, account.sensor.entity_id),)
    assert len(await said(house.building.ledger, "order.changed")) == 1
    assert house.told == []
    assert len(await out(house, account)) == 1
    assert (await verified(house.building.ledger)).intact


async def test_account_is_looked_for_once_its_integration_is_loaded(
    house: House, account: ParcelAccount, freezer: FrozenDateTimeFactory
) -> None:
    await house.hass.config_entries.async_unload(account.entry.entry_id)
    await keep(house, account.device_id)
    assert (await kept(house)).account == account.device_id
    house.hass.set_state(CoreState.starting)
    await load(house.hass, account.entry)
    await pass_time(house.hass, freezer, 300)
    assert (await kept(house)).account == account.device_id
    house.hass.set_state(CoreState.running)
    await pass_time(house.hass, freezer, 300)
    await house.settle()
    assert len((await kept(house)).sources) == 1


async def test_resident_whose_account_is_gone_is_asked_once_to_choose_a_source(
    house: House, ada: Wire, account: ParcelAccount, freezer: FrozenDateTimeFactory
) -> None:
    house.told.clear()
    await keep(house, "a device that was removed")
    order = await kept(house)
    assert (order.sources, order.account) == ((), None)
    assert [name for name, _ in house.told] == ["Ada"]
    assert "Choose a source" in house.told[0][1]
    await house.reload()
    freezer.tick(timedelta(minutes=10))
    await house.settle()
    assert len(house.told) == 1

    [shown] = (await ada.result("orders"))["orders"]
    assert (shown["sources"], shown["source"]) == ([], None)
    chosen = await ada.result(
        "orders/set",
        resident="resident-ada",
        order="order-1",
        sensors=[account.sensor.entity_id],
    )
    assert len(chosen["sources"]) == 1
    assert len(await out(house, account)) == 1


@pytest.mark.parametrize("names", ["device", "sensor"])
async def test_list_of_another_device_of_the_integration_is_not_adopted(
    house: House, account: ParcelAccount, names: str
) -> None:
    # One entry of MQTT has the devices of all homes.
    neighbors = dr.async_get(house.hass).async_get_or_create(
        config_entry_id=account.entry.entry_id, identifiers={("dhl_nl", "neighbor")}
    )
    er.async_get(house.hass).async_get_or_create(
        *("sensor", "dhl_nl", "neighbor_incoming_parcels"),
        config_entry=account.entry,
        device_id=neighbors.id,
    )
    named = account.device_id
    if names == "sensor":
        named = reference_of(house.hass, account.next_parcel.entity_id)
    await keep(house, named)
    own = reference_of(house.hass, account.sensor.entity_id)
    assert (await kept(house)).sources == (own,)


async def test_resident_whose_device_has_several_lists_is_asked_to_choose_a_source(
    house: House, account: ParcelAccount
) -> None:
    er.async_get(house.hass).async_get_or_create(
        *("sensor", "dhl_nl", "other_incoming_parcels"),
        config_entry=account.entry,
        device_id=account.device_id,
    )
    house.told.clear()
    await keep(house, account.device_id)
    assert (await kept(house)).sources == ()
    assert "Choose a source" in house.told[0][1]


async def test_account_of_many_lists_hides_no_other_order(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    await give(ada, account)
    registry = er.async_get(house.hass)
    for number in range(MOST_SOURCES + 1):
        registry.async_get_or_create(
            *("sensor", "dhl_nl", f"{number}_incoming_parcels"),
            config_entry=account.entry,
            device_id=account.device_id,
        )
    await keep(house, account.device_id)
    assert len(await out(house, account)) == 1


async def test_sensor_without_a_device_has_no_source(
    house: House, account: ParcelAccount
) -> None:
    sensor = er.async_get(house.hass).async_get_or_create(
        *("sensor", "dhl_nl", "parcel"), config_entry=account.entry
    )
    await keep(house, sensor.id)
    assert (await kept(house)).sources == ()


async def test_device_without_a_list_has_no_source(
    house: House, account: ParcelAccount
) -> None:
    other = dr.async_get(house.hass).async_get_or_create(
        config_entry_id=house.entry.entry_id, identifiers={("test", "other")}
    )
    await keep(house, other.id)
    assert (await kept(house)).sources == ()
