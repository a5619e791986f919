"""What the administrator tries by changing a resident: to hand on to another what was theirs."""

from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.api.access_log import (
    async_read_entries,
    async_records_view,
    entry_view,
)
from custom_components.courier_access.api.commands import (
    async_confirm_resident,
)
from custom_components.courier_access.api.permissions import async_acting, link_holder
from custom_components.courier_access.ledger.queue import Button
from custom_components.courier_access.ledger.state.entries import EntryFilter
from custom_components.courier_access.notifications.actions import action_of
from tests.residents.test_confirming import token
from tests.support.enqueued import edit, move_in, move_out
from tests.support.house import House, Sender, build, courier, door, resident
from tests.support.people import People, acting


@pytest.mark.parametrize("change", ["person", "unit"])
async def test_who_takes_a_residents_place_reads_nothing_of_what_was_theirs(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator, change: str
) -> None:
    people = People(hass)
    await people.move_in("Newby")
    house = await build(hass, door(), courier(), resident("Ada", "3B"))
    sender = Sender(await hass_client_no_auth())
    await sender.grant(parcel_ref="P-77")
    assert (await sender.enter()).body["decision"] == "admitted"
    await house.settle()
    assert "P-77" in await read(house)

    if change == "person":
        await edit(house, "resident-ada", name="Newby", person=people.person("Newby"))
    else:
        await edit(house, "resident-ada", name="Newby", unit="4A")
        await edit(house, "resident-ada", unit="3B")
    read_by_newby = await read(house)

    assert "P-77" not in read_by_newby
    assert '"consent": {"value"' not in read_by_newby


async def read(house: House) -> str:
    """Return all that who is enrolled as Ada may read."""
    actor = link_holder(house.building.residents["resident-ada"])
    read = await async_read_entries(house.building, actor, EntryFilter(10))
    entries: Any = list(map(entry_view, read))
    return str([entries, await async_records_view(house.building, actor, 0)])


def does_mia_count(house: House) -> bool:
    return house.building.residents["resident-mia"].is_confirmed


async def test_a_flatmate_whose_account_was_closed_confirms_nobody_from_their_phone(
    hass: HomeAssistant,
) -> None:
    people = People(hass)
    await people.move_in("Ada", "Mia")
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
    )
    await move_in(house, resident("Mia", "3B", None, person=people.person("Mia")))
    button = action_of(Button.CONFIRM, await token(house))
    await hass.auth.async_deactivate_user(people["Ada"])

    hass.bus.async_fire(
        "mobile_app_notification_action",
        {"action": button},
        context=acting(people["Ada"]),
    )
    await house.settle()

    assert not does_mia_count(house)


async def test_pending_resident_stays_pending_until_one_who_came_later_confirms_them(
    hass: HomeAssistant,
) -> None:
    people = People(hass)
    await people.move_in("Ada", "Mia", "Eve")
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ben", "3B"),
        resident("Ada", "3B", None, person=people.person("Ada")),
    )
    await move_in(house, resident("Mia", "3B", None, person=people.person("Mia")))
    await move_out(house, "resident-ada")
    assert not does_mia_count(house), "Ben has no login and can't confirm her"
    await move_out(house, "resident-ben")
    assert not does_mia_count(house)
    assert not house.building.rulebook.of_unit("3b")

    await move_in(house, resident("Eve", "3B", None, person=people.person("Eve")))
    assert house.building.residents["resident-eve"].is_confirmed
    assert not does_mia_count(house)
    eve = await async_acting(house.building, acting(people["Eve"]))
    await async_confirm_resident(
        house.building, eve, house.building.residents["resident-mia"]
    )
    assert does_mia_count(house)


async def test_pending_resident_counts_once_the_administrator_removed_and_added_them_again(
    hass: HomeAssistant,
) -> None:
    people = People(hass)
    await people.move_in("Ada", "Mia")
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ben", "3B"),
        resident("Ada", "3B", None, person=people.person("Ada")),
    )
    mia = resident("Mia", "3B", None, person=people.person("Mia"))
    await move_in(house, mia)
    await move_out(house, "resident-ada", "resident-mia")
    house.told.clear()

    await move_in(house, mia)

    assert does_mia_count(house)
    assert [
        name for name, message in house.told if "Mia was added to your home" in message
    ] == ["Ben"]
