"""The administrator gets changes as they happen, even without a ledger."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from custom_components.courier_access.web.websocket import DELAY
from tests.support.door_parts import BOLT, CONTACT
from tests.support.doorbells import Ding, PressedTwice, Visitor, choose, hang
from tests.support.house import House, Sender, lose_ledger, pass_time
from tests.support.owned_house import bolt, house, part
from tests.support.people import People
from tests.support.wires import Wire

__all__ = ["bolt", "house"]


async def test_only_the_administrator_gets_changes_of_the_administrator_view(
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

    await pass_time(hass, freezer, 61)
    [lobby] = await part(owner, "doors")
    assert (lobby["contact"], lobby["left_open"]) == ("standing_open", True)

    hass.states.async_set(CONTACT, "off")
    await hass.async_block_till_done()
    [lobby] = await part(owner, "doors")
    assert (lobby["contact"], lobby["left_open"]) == ("shut", False)
    await house.settle()


async def test_doorbell_is_shown_with_its_last_ring_or_since_when_it_is_unavailable(
    hass: HomeAssistant, house: House, owner: Wire, freezer: FrozenDateTimeFactory
) -> None:
    ding, visitor = await hang(hass, PressedTwice()), await hang(hass, Visitor())
    await choose(house, ding, visitor)
    await owner.ask_anywhere("subscribe")
    await owner.event()

    async def times() -> list[tuple[str | None, str | None]]:
        """Return when the administrator sees that each rang, and since when it is away."""
        await pass_time(hass, freezer, DELAY)
        [parts] = (await owner.event())["changed"].values()
        assert set(parts) == {"owner"}
        [lobby] = await part(owner, "doors")
        names = [each["name"] for each in lobby["doorbells"]]
        assert names == ["Doorbell", "Doorbell visitor"]
        return [
            (each["rang_at"], each["unavailable_since"]) for each in lobby["doorbells"]
        ]

    def now() -> str:
        """Return the time of a whole second, as long as nothing else happens."""
        freezer.move_to(dt_util.utcnow().replace(microsecond=0) + timedelta(minutes=1))
        return dt_util.utcnow().isoformat()

    ding.fire("long_press")
    visitor.report(is_on=False, is_available=False)
    visitor.end()
    assert await times() == [(None, None), (None, None)]

    rang_at = now()
    ding.ring()
    visitor.ring()
    freezer.tick(1)
    visitor.end()
    assert await times() == [(rang_at, None), (rang_at, None)]

    away_since = now()
    ding.connect(is_started=False)
    assert await times() == [(rang_at, away_since), (rang_at, None)]

    ding.connect(is_started=True)
    assert await times() == [(rang_at, None), (rang_at, None)]


async def test_doorbell_keeps_its_last_ring_while_the_settings_change(
    hass: HomeAssistant, house: House, owner: Wire, freezer: FrozenDateTimeFactory
) -> None:
    visitor = await hang(hass, Visitor())
    await choose(house, visitor)
    rang_at = dt_util.utcnow().isoformat()
    visitor.ring()
    await choose(house, visitor, await hang(hass, Ding()))
    [lobby] = await part(owner, "doors")
    assert [each["rang_at"] for each in lobby["doorbells"]] == [rang_at, None]


async def test_doorbell_that_is_missing_or_disabled_is_shown_without_a_name(
    hass: HomeAssistant, house: House, owner: Wire
) -> None:
    ding = await hang(hass, Ding())
    await choose(house, ding, "binary_sensor.nowhere")
    ding.ring()
    disabled = er.RegistryEntryDisabler.USER
    er.async_get(hass).async_update_entity(ding.entity_id, disabled_by=disabled)
    await hass.async_block_till_done()
    [lobby] = await part(owner, "doors")
    assert [each["name"] for each in lobby["doorbells"]] == [None, None]


async def test_building_without_ledger_is_shown_to_its_administrator_with_the_fault(
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
