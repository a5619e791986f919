"""What people who write automations read is true: every trigger, condition, event and blueprint, and the examples."""

from contextlib import suppress
from datetime import timedelta
import json
import re
from typing import Any, cast
from urllib.parse import quote

from homeassistant.components.automation.config import async_validate_config_item
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
import yaml

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.doors.doors import DoorEventType
from custom_components.courier_access.trigger import REFUSALS
from tests.support.asked_phones import PushService, asked_house
from tests.support.documents import (
    AUTOMATIONS,
    DRIVERS,
    EVENTS,
    PACKAGE,
    ROOT,
    blocks,
    described,
    rows,
    section,
    text,
)
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    do,
    door,
    resident,
    until,
    watch,
)
from tests.support.people import People, acting
from tests.support.phone_app import live_camera

SHOWING, PAUSING, SENSOR, LINKING, RINGING = (
    yaml.safe_load(block) for block in blocks(AUTOMATIONS, "yaml")
)
EXAMPLES = (SHOWING, PAUSING, RINGING)
(ISSUING,) = (
    yaml.safe_load(block) for block in blocks(DRIVERS, "yaml") if "issue_grant" in block
)
DOOR = "event.front_door_courier"


async def living(hass: HomeAssistant) -> House:
    """Set up the building that the examples are about."""
    return await build(
        hass,
        door("Front door", "front"),
        courier(doors=("door-front",)),
        resident(),
        title="12 Linden Court",
    )


@pytest.mark.parametrize("kind", ["triggers", "conditions"])
def test_every_trigger_and_condition_is_documented_by_its_name_in_the_editor(
    kind: str,
) -> None:
    words: dict[str, Any] = yaml.safe_load(text(PACKAGE / "translations" / "en.json"))[
        kind
    ]
    told = {}
    for name, *cells in rows(EVENTS, kind.capitalize()):
        said, key = re.fullmatch(r"\*\*(.+)\*\*, `(.+)`", name).groups()  # type: ignore[union-attr]
        assert said == words[key.partition(".")[2]]["name"]
        told[key] = (
            set(re.findall(r"`(\w+)`", cells[2])) if kind == "triggers" else None
        )
    shown = described(kind)
    assert told.keys() == shown.keys()
    if kind == "triggers":
        assert told == {key: set(read["fields"]) for key, read in shown.items()}
    else:
        for read in shown.values():
            assert all(
                f"`{field}`" in section(EVENTS, "Conditions")
                for field in read["fields"]
            )


def test_every_reason_for_which_a_courier_is_refused_is_documented() -> None:
    reasons = section(EVENTS, "Reasons").partition(". ")[0]
    assert set(re.findall(r"`(\w+)`", reasons)) == REFUSALS


async def test_every_event_is_documented_with_all_its_attributes(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    told = {
        kind.strip("`"): {
            "courier",
            "door",
            *re.findall(r"`(\w+)`", also.replace("(`ok`)", "")),
        }
        for kind, _when, also in rows(EVENTS, "Events")
    }
    assert told.keys() == set(DoorEventType)
    house = await living(hass)
    seen = watch(hass, DOOR)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter()
    await sender.enter()
    await house.settle()

    everybodys = {"event_types", "event_type", "friendly_name"}
    assert len(seen) == 3
    for state in seen:
        assert (
            state.attributes.keys() - everybodys == told[state.attributes["event_type"]]
        )


def test_every_blueprint_is_documented_with_the_address_that_imports_it() -> None:
    folder = ROOT / "blueprints" / "automation" / DOMAIN
    links = re.findall(r"\]\(([^)]+)\)", section(AUTOMATIONS, "Blueprints"))
    files = sorted(folder.iterdir())
    assert sorted(links) == sorted(
        link
        for path in files
        for link in (
            f"../../{path.relative_to(ROOT)}",
            "https://my.home-assistant.io/redirect/blueprint_import/?blueprint_url="
            + quote(
                f"https://github.com/courier-access/courier-access/blob/main/{path.relative_to(ROOT)}",
                safe="",
            ),
        )
    )


@pytest.mark.parametrize(
    "automation", EXAMPLES, ids=lambda automation: automation["alias"]
)
async def test_examples_are_ones_that_home_assistant_takes(
    hass: HomeAssistant, automation: dict[str, Any]
) -> None:
    await living(hass)
    valid = await async_validate_config_item(hass, "documents", automation)
    assert valid is not None
    assert valid.validation_error is None


async def test_couriers_are_shown_in_words(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "persistent_notification", {})
    house = await living(hass)
    assert await async_setup_component(hass, "automation", {"automation": SHOWING})
    sender = Sender(await hass_client_no_auth())

    await sender.grant()
    await sender.enter()
    await house.settle()

    notes = cast("dict[str, dict[str, str]]", hass.data["persistent_notification"])
    (note,) = notes.values()
    assert (note["title"], note["message"]) == (
        "Front door",
        "Parcel Post: Courier let in",
    )


@pytest.mark.parametrize("expected", [False, True])
async def test_couriers_are_paused_in_the_evening_unless_one_is_expected(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator, *, expected: bool
) -> None:
    house = await living(hass)
    assert await async_setup_component(hass, "automation", {"automation": PAUSING})
    if expected:
        await Sender(await hass_client_no_auth()).grant()
        await house.settle()

    evening = {
        "entity_id": "automation.no_couriers_from_the_evening_on",
        "skip_condition": False,
    }
    await hass.services.async_call("automation", "trigger", evening, blocking=True)
    await house.settle()

    (action,) = PAUSING["actions"]
    switch = hass.states.get(action["target"]["entity_id"])
    assert switch is not None
    assert switch.state == ("on" if expected else "off")
    # The evening and the end of the pause are not waited for.
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": "all"}, blocking=True
    )
    assert await hass.config_entries.async_unload(house.entry.entry_id)


async def test_couriers_are_kept_out_exactly_while_the_alarm_is_armed(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    people: People,
) -> None:
    alarm = "alarm_control_panel.home"
    hass.states.async_set(alarm, "disarmed")
    assert await async_setup_component(hass, "template", SENSOR)
    homes = await people.homes(Ada="3B")
    house = await build(hass, door(), courier(), *homes)
    await people.consent(house, "Ada")
    sender = Sender(await hass_client_no_auth())

    rules = {key: each for key, each in LINKING["data"].items() if key != "device_id"}
    await do(house, "set_rules", people.acting("Ada"), "resident-ada", **rules)

    for grant_id, state, decision in (
        ("before", "disarmed", "admitted"),
        ("armed", "armed_away", "refused"),
        ("lost", "unavailable", "refused"),
        ("after", "disarmed", "admitted"),
    ):
        hass.states.async_set(alarm, state)
        await house.settle()
        await sender.grant(grant_id)
        assert (await sender.enter(grant_id)).body["decision"] == decision
    await house.settle()


async def test_person_issues_a_grant_with_the_script_and_an_automation_does_not(
    hass: HomeAssistant, people: People
) -> None:
    homes = await people.homes(Ada="3B")
    house = await build(
        hass, door("Front door", "front"), courier(doors=("door-front",)), *homes
    )
    await people.consent(house, "Ada")
    assert await async_setup_component(hass, "persistent_notification", {})
    assert await async_setup_component(hass, "script", {"script": {"expect": ISSUING}})
    shown = async_capture_events(hass, EVENT_CALL_SERVICE)

    with pytest.raises(ServiceValidationError) as refused:
        await hass.services.async_call(
            "script", "expect", blocking=True, context=acting(None)
        )
    assert refused.value.translation_key == "not_allowed_issue_grant"
    await hass.services.async_call(
        "script", "expect", blocking=True, context=people.acting("Ada")
    )
    await house.settle()

    (grant,) = house.building.grants.expected()
    assert round((grant.ends_at - grant.starts_at) / timedelta(hours=1), 3) == 2

    def said() -> list[str]:
        calls = [call.data for call in shown if call.data["service"] == "create"]
        return [call["service_data"]["message"] for call in calls]

    assert said() == [grant.key.grant_id]
    await do(house, "pause", people.acting("Ada"))
    with suppress(HomeAssistantError):
        await hass.services.async_call(
            "script", "expect", blocking=True, context=people.acting("Ada")
        )
    assert said() == [grant.key.grant_id], "a refused grant isn't shown as one"


async def test_home_that_is_asked_sees_who_rings(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    rang = {"device_class": "doorbell", "event_type": "ring"}
    bell = RINGING["triggers"][0]["target"]["entity_id"]
    hass.states.async_set(bell, "2026-11-27T12:00:00+00:00", rang)
    asked = await asked_house(hass, hass_client_no_auth, service)
    written = json.dumps({"automation": RINGING}).replace("front_door')", "lobby')")
    assert await async_setup_component(hass, "automation", json.loads(written))
    await asked.sender.grant(units=("3B",), door="lobby")

    hass.states.async_set(bell, "2026-11-27T12:00:02+00:00", rang)

    phone = asked.phones["Ada"]
    await until(lambda: len(phone.questions) == 1)
    assert phone.questions[0]["image"] == "/api/camera_proxy/camera.front_door"
    assert live_camera(phone.questions[0]) == "camera.front_door"
    await phone.answer("Let in")
    await asked.settle()
    for name, other in asked.phones.items():
        assert name == "Ada" or other.questions == []
