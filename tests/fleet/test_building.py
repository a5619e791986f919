"""A real building reports to the real fleet."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from custom_components.courier_access.const import DOMAIN
from scripts.lab.fleet.client import Client
from scripts.lab.fleet.server import Fleet
from tests.support.fleet import next_quarter
from tests.support.house import House, build, courier, door, resident
from tests.support.signing import PUBLIC


async def connected(hass: HomeAssistant, address: str, token: str) -> House:
    """Build a house with the fleet's address and its token, as the form saves them."""
    house = await build(hass, door(), courier(), resident())
    options = {
        **house.entry.options,
        "fleet": {"address": address, "token": token},
    }
    hass.config_entries.async_update_entry(house.entry, options=options)
    await house.settle()
    return house


async def test_building_reports_what_the_fleet_takes(
    hass: HomeAssistant,
    fleet: Fleet,
    manager: Client,
    freezer: FrozenDateTimeFactory,
) -> None:
    token = fleet.add_building("real-house")
    house = await connected(hass, fleet.url, token)
    for _ in range(2):
        await next_quarter(house, freezer)
        status = house.building.fleet.status
        assert (status.problem, status.differs) == (None, False)
    newest = house.building.ledger.newest
    assert newest is not None
    [row] = await hass.async_add_executor_job(manager.get, "buildings?id=eq.real-house")
    assert (row["seq"], row["hash"]) == (newest.seq, newest.hash.hex())
    assert (row["line"], row["silent_couriers"]) == (1, 1)

    fleet.sql(
        "insert into fleet.couriers (id, name, keys) values ('real-swift', 'Swift', array[:'key'])",
        key=PUBLIC,
    )
    await next_quarter(house, freezer)
    assert ir.async_get(hass).async_get_issue(
        DOMAIN, f"fleet_proposes_{house.entry.entry_id}"
    )

    fleet.sql(
        "update fleet.buildings set hash = sha256('other') where id = 'real-house'"
    )
    fleet.sql("delete from fleet.heads where building = 'real-house'")
    await next_quarter(house, freezer)
    assert house.building.fleet.status.differs
    [row] = await hass.async_add_executor_job(manager.get, "differs?id=eq.real-house")
    assert row["id"] == "real-house"
    fleet.sql(
        "update fleet.tokens set revoked_at = now() where building = 'real-house'"
    )
    await next_quarter(house, freezer)
    assert house.building.fleet.status.problem == "refused"
