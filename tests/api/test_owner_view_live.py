"""The owner gets changes as they happen, even without a ledger."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.api.subscriptions import DELAY
from tests.support.door_parts import BOLT, CONTACT
from tests.support.house import ALWAYS, House, Sender, ask, lose_ledger, pass_time
from tests.support.owned_house import bolt, house, owner, part, people
from tests.support.people import People, acting
from tests.support.wires import Wire, connect

__all__ = ["bolt", "house", "owner", "people"]


async def test_only_the_owner_gets_changes_of_the_owner_view(
    hass: HomeAssistant,
    house: House,
    people: People,
    owner: Wire,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    ada = await connect(hass, house, hass_ws_client, people["Ada"])
    for wire in (ada, owner):
        await wire.ask_anywhere("subscribe")
        await wire.event()

    async def changed(wire: Wire = owner) -> set[str]:
        await pass_time(hass, freezer, DELAY)
        [parts] = (await wire.event())["changed"].values()
        return set(parts)

    hass.states.async_set(CONTACT, "on")
    assert await changed() == {"owner"}
    hass.states.async_set(BOLT, STATE_UNAVAILABLE)
    assert await changed() == {"owner"}
    sender = Sender(await hass_client_no_auth(), key="whsec_" + "A" * 32)
    assert (await sender.send("ping", {})).status == 401
    assert await changed() == {"owner"}
    await hass.config.async_update(external_url=None)
    await house.settle()
    assert await changed() == {"owner"}
    hass.states.async_set(CONTACT, "off")  # and back before anybody was sent anything
    hass.states.async_set(CONTACT, "on")
    assert await changed() == {"owner"}
    await owner.result("pause")
    assert "owner" in await changed()

    assert "owner" not in await changed(ada)


async def test_door_left_open_is_shown_until_it_is_closed(
    hass: HomeAssistant,
    house: House,
    people: People,
    owner: Wire,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    await ask(
        house,
        "set_rules",
        "resident-ada",
        acting(people["Ada"]),
        windows=ALWAYS,
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant(units=("3B",))
    assert (await sender.enter()).body["decision"] == "admitted"
    await house.settle()
    hass.states.async_set(CONTACT, "on")
    await house.settle()
    await pass_time(hass, freezer, 6)
    [lobby] = await part(owner, "doors")
    assert (lobby["contact"], lobby["left_open"]) == ("standing_open", False)
    assert lobby["lock_due_at"] is not None

    await pass_time(hass, freezer, 61)
    [lobby] = await part(owner, "doors")
    assert (lobby["contact"], lobby["left_open"]) == ("standing_open", True)

    hass.states.async_set(CONTACT, "off")
    await hass.async_block_till_done()
    [lobby] = await part(owner, "doors")
    assert (lobby["contact"], lobby["left_open"]) == ("shut", False)
    await house.settle()


async def test_building_without_ledger_is_shown_to_its_owner_with_the_fault(
    hass: HomeAssistant,
    house: House,
    people: People,
    owner: Wire,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    ada = await connect(hass, house, hass_ws_client, people["Ada"])
    for wire in (ada, owner):
        await wire.ask_anywhere("subscribe")
        assert (await wire.event())["without_ledger"] == []

    await lose_ledger(house)
    await pass_time(hass, freezer, DELAY)

    entry_id = house.entry.entry_id
    without = [{"building": entry_id, "name": "12 Elm Street", "fault": "other"}]
    nothing: list[object] = []
    silent = {"buildings": nothing, "not_ready": [entry_id]}
    assert await owner.event() == {
        **silent,
        "without_ledger": without,
        "changed": {entry_id: ["fault", "owner"]},
    }
    assert await ada.event() == {
        **silent,
        "without_ledger": nothing,
        "changed": {entry_id: ["building"]},
    }
    assert await ada.refusal("building") == (
        "unauthorized",
        "not_allowed_read_building",
    )

    result = await owner.result("building")
    assert result["record"]["kept_out_by"] == "ledger_other"
    assert "ledger_other" in [each["kind"] for each in result["issues"]]
    assert [each["name"] for each in result["residents"]] == [
        "Ada",
        "Nia",
        "Ben",
        "Cleo",
    ]
    assert all("consent" not in each for each in result["residents"])
    assert [each["position"] for each in result["doors"]] == ["locked"]
    assert [each["uses_newest_key"] for each in result["couriers"]] == [False, None]
