"""The owner gets changes as they happen, even without a ledger."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant

from custom_components.courier_access.web.websocket import DELAY
from tests.support.door_parts import BOLT, CONTACT
from tests.support.house import House, Sender, lose_ledger, pass_time
from tests.support.owned_house import bolt, house, part
from tests.support.people import People
from tests.support.wires import Wire

__all__ = ["bolt", "house"]


async def test_only_the_owner_gets_changes_of_the_owner_view(
    hass: HomeAssistant,
    house: House,
    owner: Wire,
    ada: Wire,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> None:
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
    sender.key = "whsec_" + "A" * 32
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
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> None:
    await people.consent(house, "Ada")
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
    house: House, owner: Wire, ada: Wire, freezer: FrozenDateTimeFactory
) -> None:
    for wire in (ada, owner):
        await wire.ask_anywhere("subscribe")
        assert (await wire.event())["without_ledger"] == []

    await lose_ledger(house)
    await pass_time(house.hass, freezer, DELAY)

    entry_id = house.entry.entry_id
    without = [
        {
            "building": entry_id,
            "name": "12 Elm Street",
            "time_zone": "US/Pacific",
            "fault": "other",
        }
    ]
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
    names = [each["name"] for each in result["residents"]]
    assert names == ["Ada", "Nia", "Ben", "Cleo"]
    assert all("consent" not in each for each in result["residents"])
    assert [each["position"] for each in result["doors"]] == ["locked"]
    assert [each["uses_newest_key"] for each in result["couriers"]] == [False, None]
