"""Switches for consent and for pausing courier access."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Consent
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
)
from tests.support.people import People, acting, user

ACCESS = "switch.12_elm_street_courier_access"
ADAS = "switch.ada_deliveries"
CLEOS = "switch.cleo_deliveries"


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    return await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Cleo", "4A", None, person=people.person("Cleo")),
        resident("Ben", "5C"),
        household="one",
    )


def read(hass: HomeAssistant, entity_id: str) -> State:
    state = hass.states.get(entity_id)
    assert state is not None
    return state


async def turn(
    hass: HomeAssistant, onoff: str, entity_id: str, someone: User | None
) -> None:
    await hass.services.async_call(
        "switch",
        f"turn_{onoff}",
        {"entity_id": entity_id},
        blocking=True,
        context=acting(someone),
    )


async def test_switches_show_current_state_at_start(
    hass: HomeAssistant, house: House
) -> None:
    assert read(hass, ACCESS).state == "on"
    assert read(hass, ADAS).state == "off"
    assert read(hass, "switch.ben_deliveries").state == "on"


async def test_resident_gives_and_withdraws_consent(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await turn(hass, "on", ADAS, people["Ada"])
    assert read(hass, ADAS).state == "on"
    assert house.building.rulebook.of("resident-ada").consent is Consent.GIVEN

    await turn(hass, "off", ADAS, people["Ada"])
    assert read(hass, ADAS).state == "off"
    assert house.building.rulebook.of("resident-ada").consent is Consent.WITHDRAWN
    assert read(hass, CLEOS).state == "off"


async def test_nobody_can_give_consent_for_another(
    hass: HomeAssistant, house: House, people: People
) -> None:
    owner, stranger = await user(hass, "Owner", admin=True), await user(hass, "Dan")
    for someone in (owner, stranger, people["Cleo"], None):
        with pytest.raises(ServiceValidationError) as refused:
            await turn(hass, "on", ADAS, someone)
        assert refused.value.translation_key == "not_allowed_loosen_rules"
        with pytest.raises(ServiceValidationError):
            await turn(hass, "on", "switch.ben_deliveries", people["Ada"])
    assert house.building.rulebook.of("resident-ada").consent is Consent.NOT_GIVEN


@pytest.mark.parametrize("who", ["owner", "automation"])
async def test_owner_and_automations_can_withdraw_consent(
    hass: HomeAssistant, house: House, people: People, who: str
) -> None:
    await turn(hass, "on", ADAS, people["Ada"])
    someone = await user(hass, "Owner", admin=True) if who == "owner" else None

    await turn(hass, "off", ADAS, someone)

    assert read(hass, ADAS).state == "off"
    with pytest.raises(ServiceValidationError):
        await turn(hass, "on", ADAS, someone)


async def test_neighbor_cannot_withdraw_consent(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await turn(hass, "on", ADAS, people["Ada"])

    with pytest.raises(ServiceValidationError) as refused:
        await turn(hass, "off", ADAS, people["Cleo"])

    assert refused.value.translation_key == "not_allowed_restrict_rules"
    assert read(hass, ADAS).state == "on"


async def test_concurrent_change_never_undoes_withdrawal(
    hass: HomeAssistant, house: House, people: People
) -> None:
    device = er.async_get(hass).async_get(ADAS)
    assert device is not None

    async def set_rules(someone: User | None, **rules: object) -> None:
        await hass.services.async_call(
            "courier_access",
            "set_rules",
            {"device_id": device.device_id} | rules,
            blocking=True,
            context=acting(someone),
        )

    await set_rules(people["Ada"], consent=True, windows=ALWAYS, share_hours=True)

    await asyncio.gather(
        turn(hass, "off", ADAS, people["Ada"]),
        set_rules(None, share_hours=False),
        set_rules(None, windows={}),
    )

    rules = house.building.rulebook.of("resident-ada")
    assert (rules.consent, rules.share_hours) == (Consent.WITHDRAWN, False)
    assert rules.schedule.is_empty
    assert read(hass, ADAS).state == "off"


async def test_pause_ends_after_24_hours(
    hass: HomeAssistant,
    house: House,
    people: People,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    sender = Sender(await hass_client_no_auth())
    await sender.grant(units=("5C",))
    now = dt_util.utcnow()

    await turn(hass, "off", ACCESS, people["Ada"])

    state = read(hass, ACCESS)
    assert state.state == "off"
    until = state.attributes["paused_until"]
    assert (until - now).total_seconds() == pytest.approx(24 * 3600, abs=5)
    assert (await sender.enter()).body["reason"] == "paused"

    await pass_time(hass, freezer, 24 * 3600 - 60)
    assert read(hass, ACCESS).state == "off"
    await pass_time(hass, freezer, 61)
    assert read(hass, ACCESS).state == "on"
    assert read(hass, ACCESS).attributes["paused_until"] is None


async def test_residents_can_pause_and_resume(
    hass: HomeAssistant, house: House, people: People
) -> None:
    for someone in (
        people["Ada"],
        people["Cleo"],
        await user(hass, "Owner", admin=True),
    ):
        await turn(hass, "off", ACCESS, someone)
        assert read(hass, ACCESS).state == "off"
        await turn(hass, "on", ACCESS, someone)
        assert read(hass, ACCESS).state == "on"


async def test_automation_can_pause_but_not_resume(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await turn(hass, "off", ACCESS, None)
    assert read(hass, ACCESS).state == "off"

    with pytest.raises(ServiceValidationError) as refused:
        await turn(hass, "on", ACCESS, None)

    assert refused.value.translation_key == "not_allowed_resume"
    await turn(hass, "on", ACCESS, people["Cleo"])
    assert read(hass, ACCESS).state == "on"


async def test_stranger_can_neither_pause_nor_resume(
    hass: HomeAssistant, house: House, people: People
) -> None:
    stranger = await user(hass, "Dan")
    with pytest.raises(ServiceValidationError) as refused:
        await turn(hass, "off", ACCESS, stranger)
    assert refused.value.translation_key == "not_allowed_pause"
    await turn(hass, "off", ACCESS, people["Ada"])
    with pytest.raises(ServiceValidationError):
        await turn(hass, "on", ACCESS, stranger)


async def test_pause_by_resident_stays_for_their_unit(
    hass: HomeAssistant, house: House, people: People
) -> None:
    for name, entity_id in (("Ada", ADAS), ("Cleo", CLEOS)):
        await turn(hass, "on", entity_id, people[name])
    await turn(hass, "off", ACCESS, people["Ada"])

    await turn(hass, "on", ACCESS, people["Cleo"])

    assert read(hass, ACCESS).state == "on"
    assert house.building.rulebook.pauses.over("3b")
    assert not house.building.rulebook.pauses.over("4a")
    await turn(hass, "on", ACCESS, people["Ada"])
    assert not house.building.rulebook.pauses.over("3b")


async def test_pause_and_resume_target_switch_device_or_area(
    hass: HomeAssistant, house: House, people: People
) -> None:
    async def act(
        action: str, who: User | None, target: dict[str, Any], **data: str
    ) -> None:
        await hass.services.async_call(
            "courier_access",
            action,
            data,
            blocking=True,
            context=acting(who),
            target=target,
        )

    ada, switch = people["Ada"], {"entity_id": ACCESS}
    building = house.device().id
    lobby = ar.async_get(hass).async_create("Lobby").id
    dr.async_get(hass).async_update_device(building, area_id=lobby)
    for target in (switch, {"device_id": building}, {"area_id": lobby}):
        await act("pause", None, target)
        assert read(hass, ACCESS).state == "off"
        with pytest.raises(ServiceValidationError):
            await act("resume", None, target)
        await act("resume", ada, target)
        assert read(hass, ACCESS).state == "on"
    until = dt_util.utcnow() + timedelta(hours=3)
    await act("pause", ada, switch, unit="3b ", until=until.isoformat())
    assert [pause.until for pause in house.building.rulebook.pauses.over("3b")] == [
        until
    ]
    assert read(hass, ACCESS).state == "on"

    # An action without a matching switch raises an error.
    wrong: tuple[dict[str, Any], ...] = (
        {"entity_id": ADAS},
        {"entity_id": [ACCESS, ADAS]},
        {"device_id": house.device("resident-ada").id},
    )
    for target in wrong:
        with pytest.raises(ServiceValidationError) as refused:
            await act("pause", ada, target)
        assert refused.value.translation_key == "no_pause_switch"
    assert read(hass, ACCESS).state == "on"
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    for target in (switch, {"device_id": building}):
        with pytest.raises(ServiceValidationError) as refused:
            await act("pause", ada, target)
        assert refused.value.translation_key == "no_pause_switch"


@pytest.mark.parametrize(
    ("entity_id", "onoff"),
    [(ACCESS, "off"), (ACCESS, "on"), (ADAS, "on"), (ADAS, "off")],
)
async def test_ledger_write_error_is_translated(
    hass: HomeAssistant, house: House, people: People, entity_id: str, onoff: str
) -> None:
    if onoff == "off":
        await turn(hass, "on", entity_id, people["Ada"])
    before = read(hass, entity_id).state
    await house.building.ledger.close()

    with pytest.raises(HomeAssistantError) as failed:
        await turn(hass, onoff, entity_id, people["Ada"])

    assert failed.value.translation_key == "ledger_unavailable"
    assert read(hass, entity_id).state == before


async def test_consent_and_pause_are_not_exposed_to_voice_assistants(
    hass: HomeAssistant, house: House
) -> None:
    assert await async_setup_component(hass, "homeassistant", {})
    registry = er.async_get(hass)
    for entity_id in (ACCESS, ADAS):
        entry = registry.async_get(entity_id)
        assert entry is not None
        assert entry.entity_category is EntityCategory.CONFIG
        for assistant in ("conversation", "cloud.alexa", "cloud.google_assistant"):
            assert not async_should_expose(hass, assistant, entity_id)


async def test_switch_follows_other_changes(hass: HomeAssistant, house: House) -> None:
    from custom_components.courier_access.ledger.state.rules import Author

    rulebook = house.building.rulebook
    ada = house.building.residents["resident-ada"]
    given = replace(rulebook.of(ada.id), consent=Consent.GIVEN)

    await rulebook.change(ada, given, Author())

    assert read(hass, ADAS).state == "on"
