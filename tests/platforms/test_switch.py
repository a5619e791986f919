"""Switches for consent and for pausing courier access."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.homeassistant.const import DATA_EXPOSED_ENTITIES
from homeassistant.components.homeassistant.exposed_entities import (
    KNOWN_ASSISTANTS,
    async_expose_entity,
    async_should_expose,
)
from homeassistant.const import EntityCategory
from homeassistant.core import Context, Event, HomeAssistant, State, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    do,
    door,
    pass_time,
    resident,
)
from tests.support.people import People, acting

ACCESS = "switch.12_elm_street_courier_access"
ADAS = "switch.ada_deliveries"
CLEOS = "switch.cleo_deliveries"
BENS = "switch.ben_deliveries"


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    homes = await people.homes(Ada="3B", Cleo="4A")
    ben = resident("Ben", "5C")
    return await build(hass, door(), courier(), *homes, ben, household="one")


def read(house: House, entity_id: str) -> State:
    state = house.hass.states.get(entity_id)
    assert state is not None
    return state


async def turn(house: House, onoff: str, entity_id: str, who: Context) -> str:
    """Turn a switch, and return its state after that."""
    await house.hass.services.async_call(
        "switch", f"turn_{onoff}", {"entity_id": entity_id}, blocking=True, context=who
    )
    return read(house, entity_id).state


async def refusal(house: House, onoff: str, entity_id: str, who: Context) -> str | None:
    """Turn a switch in vain, and return the key of the refusal."""
    with pytest.raises(ServiceValidationError) as refused:
        await turn(house, onoff, entity_id, who)
    return refused.value.translation_key


async def test_consent_switch_follows_and_changes_the_rules_of_its_resident(
    house: House, people: People
) -> None:
    states = [read(house, each).state for each in (ACCESS, ADAS, CLEOS, BENS)]
    assert states == ["on", "off", "off", "on"]
    rulebook, ada = house.building.rulebook, people.acting("Ada")

    for who in (await people.owner(), people.acting("Cleo"), acting(None)):
        assert await refusal(house, "on", ADAS, who) == "not_allowed_loosen_rules"
    assert rulebook.of("resident-ada").consent is Consent.NOT_GIVEN
    # A switch shows no text, and Ada has no phone that does.
    assert await refusal(house, "on", ADAS, ada) == "consent_needs_app"
    assert rulebook.of("resident-ada").consent is Consent.NOT_GIVEN
    await do(house, "set_rules", ada, "resident-ada", consent=True)
    assert read(house, ADAS).state == "on"
    assert rulebook.of("resident-ada").consent is Consent.GIVEN
    assert read(house, CLEOS).state == "off"

    cleo = people.acting("Cleo")
    assert await refusal(house, "off", ADAS, cleo) == "not_allowed_restrict_rules"
    assert await turn(house, "off", ADAS, acting(None)) == "off"
    assert rulebook.of("resident-ada").consent is Consent.WITHDRAWN

    given = replace(rulebook.of("resident-ada"), consent=Consent.GIVEN)
    await rulebook.change(house.building.residents["resident-ada"], given, Author())
    assert read(house, ADAS).state == "on"

    await do(house, "set_rules", ada, "resident-ada", consent="opted_out")
    assert read(house, ADAS).state == "off"
    assert await refusal(house, "on", ADAS, acting(None)) == "not_allowed_loosen_rules"
    # Off means the whole home, as ever.
    await turn(house, "off", ADAS, acting(None))
    assert rulebook.of("resident-ada").consent is Consent.WITHDRAWN


async def test_concurrent_change_never_undoes_withdrawal(
    house: House, people: People
) -> None:
    async def set_rules(**rules: object) -> None:
        await do(house, "set_rules", acting(None), "resident-ada", **rules)

    ada = people.acting("Ada")
    await people.consent(house, "Ada")
    await do(house, "set_rules", ada, "resident-ada", share_hours=True)

    await asyncio.gather(
        turn(house, "off", ADAS, ada),
        set_rules(share_hours=False),
        set_rules(windows={}),
    )

    rules = house.building.rulebook.of("resident-ada")
    assert (rules.consent, rules.share_hours) == (Consent.WITHDRAWN, False)
    assert rules.schedule.is_empty
    assert read(house, ADAS).state == "off"


async def test_pause_ends_after_24_hours(
    house: House, people: People, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    await sender.grant(units=("5C",))
    now = dt_util.utcnow()

    assert await turn(house, "off", ACCESS, people.acting("Ada")) == "off"

    until = read(house, ACCESS).attributes["paused_until"]
    assert (until - now).total_seconds() == pytest.approx(24 * 3600, abs=5)
    assert (await sender.enter()).body["reason"] == "paused"

    await pass_time(house.hass, freezer, 24 * 3600 - 60)
    assert read(house, ACCESS).state == "off"
    await pass_time(house.hass, freezer, 61)
    assert read(house, ACCESS).state == "on"
    assert read(house, ACCESS).attributes["paused_until"] is None


async def test_times_that_states_imply_are_not_recorded(house: House) -> None:
    for entity_id, attribute in (
        (ACCESS, "paused_until"),
        ("binary_sensor.ben_accepting_deliveries", "next_change"),
    ):
        state = read(house, entity_id)
        assert attribute in state.attributes
        assert state.state_info is not None
        assert attribute in state.state_info["unrecorded_attributes"]


async def test_pause_and_resume_target_switch_device_or_area(
    hass: HomeAssistant, house: House, people: People
) -> None:
    async def act(
        action: str, who: Context, target: dict[str, Any], **data: str
    ) -> None:
        await hass.services.async_call(
            "courier_access", action, data, blocking=True, context=who, target=target
        )

    async def is_refused(target: dict[str, Any]) -> None:
        with pytest.raises(ServiceValidationError) as refused:
            await act("pause", ada, target)
        assert refused.value.translation_key == "no_pause_switch"

    ada, switch = people.acting("Ada"), {"entity_id": ACCESS}
    building = house.device().id
    lobby = ar.async_get(hass).async_create("Lobby").id
    dr.async_get(hass).async_update_device(building, area_id=lobby)
    for target in (switch, {"device_id": building}, {"area_id": lobby}):
        await act("pause", acting(None), target)
        assert read(house, ACCESS).state == "off"
        with pytest.raises(ServiceValidationError):
            await act("resume", acting(None), target)
        await act("resume", ada, target)
        assert read(house, ACCESS).state == "on"
    until = dt_util.utcnow() + timedelta(hours=3)
    await act("pause", ada, switch, unit="3b ", until=until.isoformat())
    pauses = house.building.rulebook.pauses.over("3b")
    assert [pause.until for pause in pauses] == [until]

    # An action without a matching switch raises an error.
    await is_refused({"entity_id": ADAS})
    await is_refused({"entity_id": [ACCESS, ADAS]})
    await is_refused({"device_id": house.device("resident-ada").id})
    assert read(house, ACCESS).state == "on"
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await is_refused(switch)
    await is_refused({"device_id": building})


async def test_ledger_write_error_is_translated(house: House, people: People) -> None:
    ada = people.acting("Ada")
    cleo = people.acting("Cleo")
    await do(house, "set_rules", cleo, "resident-cleo", consent=True)
    await house.building.ledger.close()

    for entity_id, onoff, who in (
        *((ACCESS, "off", ada), (ACCESS, "on", ada), (ADAS, "off", ada)),
        (CLEOS, "off", people.acting("Cleo")),
    ):
        before = read(house, entity_id).state
        with pytest.raises(HomeAssistantError) as failed:
            await turn(house, onoff, entity_id, who)
        assert failed.value.translation_key == "ledger_unavailable", entity_id
        assert read(house, entity_id).state == before


def exposed_to(hass: HomeAssistant, entity_id: str) -> list[str]:
    return [
        each for each in KNOWN_ASSISTANTS if async_should_expose(hass, each, entity_id)
    ]


def category(hass: HomeAssistant, entity_id: str) -> EntityCategory | None:
    entry = er.async_get(hass).async_get(entity_id)
    assert entry is not None
    return entry.entity_category


def expose_new_entities(hass: HomeAssistant) -> None:
    """Have every voice assistant be offered new entities, which is Assist's default."""
    for each in KNOWN_ASSISTANTS:
        hass.data[DATA_EXPOSED_ENTITIES].async_set_expose_new_entities(each, True)


async def test_consent_and_pause_are_not_exposed_to_voice_assistants(
    hass: HomeAssistant, people: People
) -> None:
    expose_new_entities(hass)

    @callback
    def ask(event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        """Look at a new entity at once, as the cloud's assistants do."""
        if event.data["action"] == "create":
            exposed_to(hass, event.data["entity_id"])

    hass.bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, ask)
    await build(hass, door(), courier(), *await people.homes(Ada="3B"), household="one")

    assert category(hass, ACCESS) is None
    assert category(hass, ADAS) is EntityCategory.CONFIG
    assert [exposed_to(hass, each) for each in (ACCESS, ADAS)] == [[], []]


async def test_pause_of_earlier_releases_is_exposed_only_if_somebody_chose_to(
    hass: HomeAssistant, house: House
) -> None:
    expose_new_entities(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    registry = er.async_get(hass)
    for each in KNOWN_ASSISTANTS:
        registry.async_update_entity_options(ACCESS, each, None)
    registry.async_update_entity(ACCESS, entity_category=EntityCategory.CONFIG)
    async_expose_entity(hass, "conversation", ACCESS, True)

    for _ in range(2):
        assert await hass.config_entries.async_setup(house.entry.entry_id)
        await house.settle()
        assert category(hass, ACCESS) is None
        assert exposed_to(hass, ACCESS) == ["conversation"]
        assert await hass.config_entries.async_unload(house.entry.entry_id)


async def test_pause_can_be_exposed_later(hass: HomeAssistant, house: House) -> None:
    assert exposed_to(hass, ACCESS) == []
    async_expose_entity(hass, "conversation", ACCESS, True)

    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()

    assert exposed_to(hass, ACCESS) == ["conversation"]
