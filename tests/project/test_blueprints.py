"""The blueprints: each is imported as people import it, and its automation does what its name says."""

import asyncio
from collections.abc import Iterator, Mapping
import json
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.automation.helpers import async_get_blueprints
from homeassistant.components.blueprint.importer import fetch_blueprint_from_url
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
    async_mock_service,
)
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.notifications.text import link_into_panel
from tests.support.door_parts import CONTACT, Bolt, install_bolt
from tests.support.house import (
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    until,
)
from tests.support.people import user
from tests.support.phones import register_phone

pytestmark = pytest.mark.usefixtures("repository")

FOLDER = Path(__file__).parents[2] / "blueprints" / "automation" / "courier_access"
REPOSITORY = "courier-access/courier-access"
PLACE = "blueprints/automation/courier_access"
BLUEPRINTS = sorted(path.stem for path in FOLDER.iterdir())
HALL, STAIRS = "input_boolean.hall", "input_boolean.stairs"
CALENDAR = "calendar.12_elm_street_delivery_calendar"


def address(name: str) -> str:
    """Return where the repository has a blueprint, as people copy it."""
    return f"https://github.com/{REPOSITORY}/blob/main/{PLACE}/{name}.yaml"


@pytest.fixture
def repository(aioclient_mock: AiohttpClientMocker) -> None:
    """Have the repository's files where they are read."""
    for name in BLUEPRINTS:
        raw = f"https://raw.githubusercontent.com/{REPOSITORY}/main/{PLACE}/{name}.yaml"
        aioclient_mock.get(  # type: ignore[no-untyped-call]  # the harness's mocker has no types
            raw, text=(FOLDER / f"{name}.yaml").read_text("utf-8")
        )


async def automate(hass: HomeAssistant, name: str, **given: Any) -> None:
    """Import a blueprint, make an automation of it and load that."""
    assert await async_setup_component(hass, "automation", {})
    read = await fetch_blueprint_from_url(hass, address(name))
    path = f"{read.suggested_filename}.yaml"
    await async_get_blueprints(hass).async_add_blueprint(read.blueprint, path)
    automation = {
        "id": name,
        "alias": name,
        "use_blueprint": {"path": path, "input": given},
    }
    written = json.dumps({"automation": [automation]})
    configuration = Path(hass.config.path("configuration.yaml"))
    await hass.async_add_executor_job(configuration.write_text, written)
    await hass.services.async_call("automation", "reload", blocking=True)
    assert state(hass, f"automation.{name}") == "on"


def state(hass: HomeAssistant, entity_id: str) -> str:
    read = hass.states.get(entity_id)
    assert read is not None
    return read.state


def inputs(shown: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return a blueprint's inputs, those of sections too."""
    for one in shown.values():
        if "input" in one:
            yield from inputs(one["input"])
        else:
            yield one


@pytest.mark.parametrize("name", BLUEPRINTS)
async def test_a_blueprint_can_be_imported_and_says_what_it_wants(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, name: str
) -> None:
    assert await async_setup_component(hass, "automation", {})
    client = await hass_ws_client(hass)

    await client.send_json_auto_id({"type": "blueprint/import", "url": address(name)})

    read = (await client.receive_json())["result"]
    assert read["validation_errors"] is None
    assert read["suggested_filename"] == f"courier-access/{name}"
    told = read["blueprint"]["metadata"]
    assert told["source_url"] == address(name)
    assert told["homeassistant"] == {"min_version": "2026.10.0"}
    assert told["name"].startswith("Courier Access: ")
    assert len(told["description"]) > 40
    for shown in inputs(told["input"]):
        assert shown["name"]
        assert shown["selector"]


async def elapse(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float
) -> None:
    """Let time pass while an automation waits, which would be waited for without end."""
    await come_to_rest()
    freezer.tick(seconds)
    async_fire_time_changed(hass)
    await come_to_rest()


async def come_to_rest() -> None:
    for _ in range(100):
        await asyncio.sleep(0)


async def test_the_hall_is_lit_while_couriers_come(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    rooms: dict[str, Any] = {"hall": {}, "stairs": {"initial": True}}
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "input_boolean", {"input_boolean": rooms})
    house = await build(hass)
    await automate(
        hass,
        "hall_light_on_entry",
        doors=[house.device("door-lobby").id],
        lights=[HALL, STAIRS],
        stays_on={"minutes": 2},
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=3)
    hass.states.async_set("sun.sun", "above_horizon")
    await sender.enter()
    await house.settle()
    assert state(hass, HALL) == "off"

    hass.states.async_set("sun.sun", "below_horizon")
    await sender.enter()
    await until(lambda: state(hass, HALL) == "on")
    await elapse(hass, freezer, 90)
    await sender.enter()
    await elapse(hass, freezer, 90)
    assert (state(hass, HALL), state(hass, STAIRS)) == ("on", "on")

    await elapse(hass, freezer, 40)
    await house.settle()
    assert (state(hass, HALL), state(hass, STAIRS)) == ("off", "on")


async def test_recipients_are_sent_a_picture(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    pictures = async_mock_service(hass, "camera", "snapshot")
    house = await build(hass)
    await automate(
        hass,
        "snapshot_to_recipients",
        doors=[house.device("door-lobby").id],
        camera="camera.lobby",
        folder="/media/",
        one_household=True,
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    entered = (await sender.enter()).body["entry_id"]
    await until(lambda: len(house.told) == 1)
    assert pictures == []

    await elapse(hass, freezer, 21)
    await house.settle()
    [picture] = pictures
    assert picture.data["filename"] == f"/media/courier_access/courier_{entered}.jpg"
    assert house.told[1][1].startswith("This is how it looks at Lobby.")


@pytest.mark.parametrize(
    ("name", "service", "named"),
    [
        ("snapshot_to_recipients", "snapshot", {"doors": "lobby"}),
        ("porch_recording", "record", {"door": "lobby", "contact": CONTACT}),
    ],
)
async def test_nothing_is_stored_unless_only_one_household_lives_there(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    name: str,
    service: str,
    named: Mapping[str, Any],
) -> None:
    stored = async_mock_service(hass, "camera", service)
    house = await build(hass)
    lobby = house.device("door-lobby").id
    given = {key: lobby if it == "lobby" else it for key, it in named.items()}
    await automate(hass, name, camera="camera.lobby", **given)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter()
    await house.settle()

    await elapse(hass, freezer, 33)
    await house.settle()
    assert stored == []


async def test_a_speaker_announces_couriers_by_day(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    said = async_mock_service(hass, "tts", "speak")
    freezer.move_to("2026-11-25 12:00:00+00:00")
    await hass.config.async_set_time_zone("UTC")
    house = await build(hass)
    await automate(
        hass,
        "announce_on_speaker",
        doors=[house.device("door-lobby").id],
        speakers=["media_player.kitchen"],
        voice="tts.voice",
        events=["announced", "entered"],
        words_announced="{{ courier }} is on the way.",
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=2, ends_at="2026-11-25T23:00:00+00:00")
    await sender.enter()
    await house.settle()
    assert [call.data["message"] for call in said] == [
        "Parcel Post is on the way.",
        "Parcel Post was let in at Lobby.",
    ]
    assert said[0].data["media_player_entity_id"] == ["media_player.kitchen"]

    freezer.move_to("2026-11-25 22:00:00+00:00")
    await sender.enter()
    await house.settle()
    assert len(said) == 2


async def test_the_evening_summary_has_the_day_and_what_is_expected(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    sent = async_mock_service(hass, "notify", "send_message")
    freezer.move_to("2026-11-25 19:59:30+00:00")
    await hass.config.async_set_time_zone("UTC")
    assert await async_setup_component(hass, "counter", {"counter": {"entries": {}}})
    house = await build(hass)
    await automate(
        hass,
        "evening_summary",
        doors=[house.device("door-lobby").id],
        calendar=CALENDAR,
        counter="counter.entries",
        recipients=["notify.ada_phone"],
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant("G1", max_entries=2)
    await sender.enter("G1")
    await sender.enter("G1")
    tomorrow = "2026-11-26T{}:00+00:00"
    await sender.grant(
        "G2", starts_at=tomorrow.format("09:00"), ends_at=tomorrow.format("11:30")
    )
    await house.settle()
    assert state(hass, "counter.entries") == "2"

    await pass_time(hass, freezer, 31)
    await house.settle()
    [message] = sent
    assert message.data["message"] == (
        "2 couriers were let in since the last summary.\nExpected:\nParcel Post, Thu 09:00 to 11:30"
    )
    assert state(hass, "counter.entries") == "0"
    # The next evening is not waited for.
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": "all"}, blocking=True
    )


async def test_a_phone_is_led_to_the_pass_of_an_expected_delivery(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    aioclient_mock: AiohttpClientMocker,
) -> None:
    ada = await user(hass, "Ada")
    phone = await register_phone(hass, aioclient_mock, ada.id, "Ada's phone")
    [device] = dr.async_entries_for_config_entry(dr.async_get(hass), phone.entry_id)
    house = await build(
        hass, door(), courier(), courier("Other Post", ("door-lobby",)), resident()
    )
    await automate(
        hass,
        "pass_to_my_phone",
        doors=[house.device("door-lobby").id],
        phone=device.id,
        couriers=["Parcel Post"],
    )
    client = await hass_client_no_auth()
    await Sender(client, "webhook-of-other-post").grant("G1")
    await house.settle()
    assert phone.pushes(aioclient_mock) == []

    await Sender(client).grant("G2")
    await house.settle()
    [push] = phone.pushes(aioclient_mock)
    assert push["title"] == "Pass for the driver"
    assert push["message"] == (
        "Parcel Post is expected at Lobby. Tap to make a pass for the driver."
    )
    path = link_into_panel(
        house.entry.entry_id, NotificationKind.DELIVERY_ANNOUNCED.traits.view
    )
    assert path.startswith("/courier-access/deliveries?")
    assert push["data"]["url"] == push["data"]["clickAction"] == path
    building = house.building
    assert building.passes.of_grants(building.grants.expected()) == []


async def test_the_porch_is_recorded_until_the_door_is_shut(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    clips = async_mock_service(hass, "camera", "record")
    hass.states.async_set(CONTACT, "off")
    opener = await install_bolt(hass, Bolt())
    house = await build(
        hass, door(opener=opener, contact=CONTACT), courier(), resident()
    )
    await automate(
        hass,
        "porch_recording",
        door=house.device("door-lobby").id,
        contact=CONTACT,
        camera="camera.porch",
        one_household=True,
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    entered = (await sender.enter()).body["entry_id"]
    hass.states.async_set(CONTACT, "on")
    await elapse(hass, freezer, 33)
    hass.states.async_set(CONTACT, "off")
    await elapse(hass, freezer, 33)
    await house.settle()
    await pass_time(hass, freezer, 33)

    assert [clip.data["filename"] for clip in clips] == [
        f"/media/courier_access/courier_{entered}_1.mp4",
        f"/media/courier_access/courier_{entered}_2.mp4",
    ]
