"""What people who write automations read is true: every trigger, condition, event and blueprint, and the examples."""

import json
import re
from typing import Any, cast
from urllib.parse import quote

from homeassistant.components.automation.config import async_validate_config_item
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
import yaml

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.doors.doors import DoorEventType
from custom_components.courier_access.trigger import REFUSALS
from tests.support.asked_phones import PushService, asked_house
from tests.support.documents import (
    AUTOMATIONS,
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
    door,
    resident,
    until,
    watch,
)
from tests.support.phone_app import live_camera

SHOWING, PAUSING, RINGING = (
    yaml.safe_load(block) for block in blocks(AUTOMATIONS, "yaml")
)
EXAMPLES = (SHOWING, PAUSING, RINGING)
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
