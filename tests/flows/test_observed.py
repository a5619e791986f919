"""The form of other courier access."""

from collections.abc import AsyncGenerator
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.const import DOMAIN, SubentryType
from tests.support.triggers import MAKER, Keypad, install_keypad

from .front_end import LANGUAGES, Screen, translations
from .parts import CONTACT_ATTRIBUTES, PartFlow

RELAY = "binary_sensor.relay"
READER = "event.reader"


@pytest.fixture
def flow(
    hass: HomeAssistant, building: MockConfigEntry, building_not_started: None
) -> PartFlow:
    hass.states.async_set(RELAY, "off")
    hass.states.async_set(READER, "unknown", {"event_types": ["granted", "denied"]})
    return PartFlow(hass, building, SubentryType.OBSERVED)


def registered(hass: HomeAssistant, entity_id: str, platform: str = "test") -> str:
    """Register an entity that is off; return its registry ID."""
    domain, name = entity_id.split(".")
    hass.states.async_remove(entity_id)
    entry = er.async_get(hass).async_get_or_create(
        domain, platform, name, suggested_object_id=name
    )
    assert entry.entity_id == entity_id
    hass.states.async_set(entity_id, "off")
    return entry.id


def only_one(building: MockConfigEntry) -> tuple[str, dict[str, Any]]:
    (subentry,) = building.get_subentries_of_type("observed")
    return subentry.title, dict(subentry.data)


async def adding(flow: PartFlow, reporter: str = "entity") -> Screen:
    """Open the form of a new entity, or of a new device."""
    assert (await flow.add()).options == ["entity", "device"]
    return await flow.choose(reporter)


async def changing(flow: PartFlow, reporter: str = "entity") -> Screen:
    """Open the form that changes the only other courier access."""
    menu = await flow.change(flow.only().subentry_id)
    assert menu.options == ["entity", "device"]
    return await flow.choose(reporter)


async def add(flow: PartFlow, source: str = RELAY, **answers: object) -> Screen:
    answers = {"name": "Amazon Key", "source": source, **answers}
    return await flow.submit(await adding(flow), **answers)


async def test_sensor_is_added_at_the_only_door(
    hass: HomeAssistant,
    building: MockConfigEntry,
    flow: PartFlow,
) -> None:
    front, reference = flow.add_door(), registered(hass, RELAY)
    screen = await adding(flow)
    assert screen.value("door") == front.subentry_id
    assert screen.value("cool_down") == 30
    screen = await flow.submit(screen, name=" Amazon Key ", source=RELAY)
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert only_one(building) == (
        "Amazon Key",
        {
            "door": front.subentry_id,
            "source": reference,
            "event_types": [],
            "cool_down": 30,
        },
    )


async def test_event_types_are_chosen_of_the_entitys_own(
    building: MockConfigEntry, flow: PartFlow
) -> None:
    flow.add_door()
    back = flow.add_door(name="Back door", key="back")
    screen = await adding(flow)
    assert screen.value("door") is None
    screen = await flow.submit(
        screen, name="Reader", door=back.subentry_id, source=READER, cool_down=5
    )
    assert screen.step == "event_types"
    options = screen.fields["event_types"]["selector"]["select"]["options"]
    assert options == ["granted", "denied"]
    screen = await flow.submit(screen, event_types=["granted"])
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert only_one(building)[1] == {
        "door": back.subentry_id,
        "source": READER,
        "event_types": ["granted"],
        "cool_down": 5,
    }


async def test_without_a_door_there_is_none(flow: PartFlow) -> None:
    assert (await flow.add()).reason == "no_doors"


async def test_form_warns_of_sources_that_residents_use(flow: PartFlow) -> None:
    flow.add_door()
    assert (await adding(flow)).step == "entity"
    for language in LANGUAGES:
        steps = translations(language)["config_subentries"]["observed"]["step"]
        for step in steps.values():
            assert "**" in step["description"]


@pytest.mark.parametrize("cool_down", [4, 3601])
async def test_cool_down_has_limits(flow: PartFlow, cool_down: int) -> None:
    flow.add_door()
    with pytest.raises(InvalidData):
        await add(flow, cool_down=cool_down)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        (" ", "name_blank"),
        ("amazon key", "name_taken"),
        ("AmazonKey", "name_taken"),
        ("Parcels Ltd", "name_taken"),
        ("\u0410mazon", "name_mixed"),
    ],
)
async def test_name_is_its_own(
    building: MockConfigEntry,
    flow: PartFlow,
    name: str,
    problem: str,
) -> None:
    flow.add_door()
    flow.add_courier()
    assert (await add(flow)).type is FlowResultType.CREATE_ENTRY
    screen = await add(flow, name=name)
    assert screen.errors == {"name": problem}
    assert screen.value("name") == name


class TestRefusedSources:
    async def refused(self, flow: PartFlow, source: str) -> str:
        return (await add(flow, source)).errors["source"]

    @pytest.fixture(autouse=True)
    def door(self, flow: PartFlow) -> None:
        flow.add_door(contact="binary_sensor.leaf")

    @pytest.mark.parametrize("source", ["binary_sensor.nowhere", "0" * 32])
    async def test_missing_entity(self, flow: PartFlow, source: str) -> None:
        assert await self.refused(flow, source) == "source_missing"

    async def test_unsupported_domain(
        self, hass: HomeAssistant, flow: PartFlow
    ) -> None:
        hass.states.async_set("lock.front", "locked")
        assert await self.refused(flow, "lock.front") == "source_unsupported"

    async def test_own_entity(self, hass: HomeAssistant, flow: PartFlow) -> None:
        registered(hass, "event.lobby_courier", DOMAIN)
        assert await self.refused(flow, "event.lobby_courier") == "source_ours"

    async def test_group(self, hass: HomeAssistant, flow: PartFlow) -> None:
        registered(hass, "binary_sensor.all", "group")
        assert await self.refused(flow, "binary_sensor.all") == "source_group"

    async def test_contact_sensor_of_a_door(
        self, hass: HomeAssistant, flow: PartFlow
    ) -> None:
        hass.states.async_set("binary_sensor.leaf", "off")
        assert await self.refused(flow, "binary_sensor.leaf") == "source_contact"


async def test_sensor_is_changed_with_its_settings_shown(
    building: MockConfigEntry, flow: PartFlow
) -> None:
    front = flow.add_door()
    await add(flow, cool_down=90)
    screen = await changing(flow)
    shown = {name: screen.value(name) for name in screen.fields}
    assert shown == {
        "name": "Amazon Key",
        "door": front.subentry_id,
        "source": RELAY,
        "cool_down": 90,
    }
    screen = await flow.submit(screen, name="Key", cool_down=10)
    assert screen.reason == "reconfigure_successful"
    title, data = only_one(building)
    assert (title, data["cool_down"]) == ("Key", 10)


async def test_chosen_event_types_stay_chosen(
    hass: HomeAssistant,
    building: MockConfigEntry,
    flow: PartFlow,
) -> None:
    flow.add_door()
    await flow.submit(await add(flow, READER), event_types=["granted"])
    hass.states.async_set("event.other", "unknown", {"event_types": ["opened"]})
    screen = await changing(flow)
    kept = await flow.submit(screen)
    assert kept.value("event_types") == ["granted"]
    screen = await changing(flow)
    other = await flow.submit(screen, source="event.other")
    assert other.value("event_types") == []
    options = other.fields["event_types"]["selector"]["select"]["options"]
    assert options == ["opened"]
    await flow.submit(other, event_types=["opened"])
    assert only_one(building)[1]["event_types"] == ["opened"]

    screen = await flow.submit(await changing(flow))
    await flow.submit(screen, event_types=None)
    assert only_one(building)[1]["event_types"] == []


async def test_removed_source_and_door_are_asked_for_again(
    hass: HomeAssistant,
    building: MockConfigEntry,
    flow: PartFlow,
) -> None:
    front = flow.add_door()
    registered(hass, RELAY)
    await add(flow)
    back = flow.add_door(name="Back door", key="back")
    hass.config_entries.async_remove_subentry(building, front.subentry_id)
    er.async_get(hass).async_remove(RELAY)
    screen = await changing(flow)
    assert (screen.value("door"), screen.value("source")) == (None, None)
    await flow.submit(screen, door=back.subentry_id, source=RELAY)
    assert only_one(building)[1]["door"] == back.subentry_id


async def test_door_doesnt_take_it_as_its_contact(
    hass: HomeAssistant, flow: PartFlow, door_flow: PartFlow
) -> None:
    flow.add_door()
    hass.states.async_set("binary_sensor.leaf", "off", CONTACT_ATTRIBUTES)
    await add(flow, "binary_sensor.leaf")
    await door_flow.add()
    screen = await door_flow.choose("demo")
    screen = await door_flow.submit(screen, name="Side", contact="binary_sensor.leaf")
    assert screen.errors == {"contact": "contact_observed"}


class TestDeviceTriggers:
    @pytest.fixture
    async def keypad(self, hass: HomeAssistant) -> AsyncGenerator[Keypad]:
        async with install_keypad(hass) as keypad:
            yield keypad

    async def chosen(self, flow: PartFlow, device_id: str) -> Screen:
        form = await adding(flow, "device")
        return await flow.submit(form, name="Amazon Key", device=device_id)

    def offered(self, screen: Screen) -> dict[str, str]:
        assert screen.step == "trigger"
        options = screen.fields["trigger"]["selector"]["select"]["options"]
        return {option["label"]: option["value"] for option in options}

    def sensor(
        self, hass: HomeAssistant, keypad: Keypad, name: str, platform: str = MAKER
    ) -> str:
        """Give the keypad's device a sensor that is named like its entity."""
        entry = er.async_get(hass).async_get_or_create(
            "binary_sensor",
            platform,
            name,
            suggested_object_id=name,
            device_id=keypad.device.id,
        )
        hass.states.async_set(entry.entity_id, "off", {"friendly_name": name})
        return entry.entity_id

    async def test_trigger_is_chosen_of_the_devices_own(
        self, building: MockConfigEntry, flow: PartFlow, keypad: Keypad
    ) -> None:
        front = flow.add_door()
        screen = await self.chosen(flow, keypad.device.id)
        offered = self.offered(screen)
        assert list(offered) == ["remote_unlock", "tamper"]
        screen = await flow.submit(screen, trigger=offered["tamper"])
        assert screen.type is FlowResultType.CREATE_ENTRY
        assert only_one(building) == (
            "Amazon Key",
            {
                "door": front.subentry_id,
                "cool_down": 30,
                "trigger": keypad.trigger("tamper"),
            },
        )

    async def test_labels_are_those_of_the_automation_editor(
        self, hass: HomeAssistant, flow: PartFlow, keypad: Keypad
    ) -> None:
        assert await async_setup_component(hass, "binary_sensor", {})
        self.sensor(hass, keypad, "Relay")
        flow.add_door()
        english = self.offered(await self.chosen(flow, keypad.device.id))
        assert {"Relay turned on", "Relay turned off", "tamper"} <= english.keys()
        await hass.config.async_update(language="de")
        german = self.offered(await self.chosen(flow, keypad.device.id))
        assert "Sobald Relay eingeschaltet wird" in german

    async def test_triggers_that_residents_cause_are_not_offered(
        self, hass: HomeAssistant, flow: PartFlow, keypad: Keypad
    ) -> None:
        assert await async_setup_component(hass, "binary_sensor", {})
        own = [
            self.sensor(hass, keypad, "leaf"),
            self.sensor(hass, keypad, "opener"),
            self.sensor(hass, keypad, "ours", DOMAIN),
        ]
        flow.add_door(contact=own[0], opener=own[1])
        offered = self.offered(await self.chosen(flow, keypad.device.id))
        assert list(offered) == ["remote_unlock", "tamper"]

    async def test_device_without_a_usable_trigger_is_refused(
        self, hass: HomeAssistant, flow: PartFlow, keypad: Keypad
    ) -> None:
        flow.add_door()
        other = dr.async_get(hass).async_get_or_create(
            config_entry_id=keypad.entry.entry_id, identifiers={(MAKER, "other")}
        )
        screen = await self.chosen(flow, other.id)
        assert screen.errors == {"device": "device_no_triggers"}

    async def test_name_is_checked_with_the_device(
        self, flow: PartFlow, keypad: Keypad
    ) -> None:
        flow.add_door()
        form = await adding(flow, "device")
        screen = await flow.submit(form, name=" ", device=keypad.device.id)
        assert (screen.step, screen.errors) == ("device", {"name": "name_blank"})

    async def test_missing_and_own_devices_are_refused(
        self, hass: HomeAssistant, building: MockConfigEntry, flow: PartFlow
    ) -> None:
        flow.add_door()
        ours = dr.async_get(hass).async_get_or_create(
            config_entry_id=building.entry_id, identifiers={(DOMAIN, "lobby")}
        )
        for device_id, problem in (
            ("0" * 32, "device_missing"),
            (ours.id, "device_ours"),
        ):
            screen = await self.chosen(flow, device_id)
            assert screen.errors == {"device": problem}
            assert screen.value("name") == "Amazon Key"

    async def test_chosen_trigger_stays_chosen_or_gives_way_to_an_entity(
        self, building: MockConfigEntry, flow: PartFlow, keypad: Keypad
    ) -> None:
        front = flow.add_door()
        screen = await self.chosen(flow, keypad.device.id)
        await flow.submit(screen, trigger=self.offered(screen)["tamper"])

        form = await changing(flow, "device")
        assert form.value("device") == keypad.device.id
        screen = await flow.submit(form)
        assert screen.value("trigger") == self.offered(screen)["tamper"]
        screen = await flow.submit(screen)
        assert screen.reason == "reconfigure_successful"
        assert only_one(building)[1]["trigger"] == keypad.trigger("tamper")

        form = await changing(flow, "entity")
        assert form.value("source") is None
        await flow.submit(form, source=RELAY)
        assert only_one(building)[1] == {
            "door": front.subentry_id,
            "cool_down": 30,
            "source": RELAY,
            "event_types": [],
        }

    async def test_door_doesnt_take_its_entity_as_a_contact(
        self, hass: HomeAssistant, flow: PartFlow, door_flow: PartFlow, keypad: Keypad
    ) -> None:
        assert await async_setup_component(hass, "binary_sensor", {})
        leaf = self.sensor(hass, keypad, "leaf")
        flow.add_door()
        screen = await self.chosen(flow, keypad.device.id)
        trigger = self.offered(screen)["leaf turned on"]
        await flow.submit(screen, trigger=trigger)
        hass.states.async_set(leaf, "off", CONTACT_ATTRIBUTES)
        await door_flow.add()
        screen = await door_flow.choose("demo")
        screen = await door_flow.submit(screen, name="Side", contact=leaf)
        assert screen.errors == {"contact": "contact_observed"}
