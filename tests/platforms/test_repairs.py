"""Fix flows for doors, residents, and buildings."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
import json
import re
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.home_assistant.issues import (
    Fix,
    IssueKind,
    Issues,
    learn_more_url,
)
from custom_components.courier_access.ledger.outbox.due import NotificationState
from custom_components.courier_access.ledger.state.residents import Author
from tests.support import fixing
from tests.support.door_parts import (
    BOLT,
    CONTACT,
    Bolt,
    install_bolt,
    install_template,
    turn,
)
from tests.support.doorbells import Ding, Visitor, choose, hang
from tests.support.enqueued import edit, move_in, move_out
from tests.support.house import (
    RELAY,
    House,
    Sender,
    build,
    courier,
    door,
    observed,
    pass_time,
    resident,
    told_of,
)
from tests.support.people import access_token, user
from tests.support.phones import Letters, add_letters
from tests.support.triggers import install_keypad

HOUR, DAY = 3600, 86_400


@pytest.fixture(autouse=True)
async def repairs(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    assert await async_setup_component(hass, "repairs", {})
    assert await async_setup_component(hass, "config", {})
    assert await async_setup_component(hass, "websocket_api", {})


type Begin = Callable[[str], Awaitable[tuple[TestClient[Any, Any], dict[str, Any]]]]


@pytest.fixture
def begin(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Begin:
    """Return how to start the fix flow of an issue as an administrator."""

    async def begin(kind: str) -> tuple[TestClient[Any, Any], dict[str, Any]]:
        issue = fixing.shown(hass, kind)
        assert issue is not None
        assert issue.is_fixable
        # Time moves past the life of earlier tokens.
        owner = await access_token(hass, await user(hass, "Owner", admin=True))
        client = await hass_client(owner)
        return client, await fixing.begin(client, issue.issue_id)

    return begin


# A removed opener


SWITCH = {
    "state": "{{ is_state('input_boolean.bolt', 'on') }}",
    "turn_on": turn("on"),
    "turn_off": turn("off"),
}


@pytest.fixture
async def bereft(hass: HomeAssistant) -> House:
    """A building with two doors, one with a removed opener."""
    opener = await install_bolt(hass, Bolt())
    hass.states.async_set("switch.garage", "off")
    house = await build(
        hass,
        door(opener=opener, operation="open", close_cover=False, unlock_seconds=7),
        door("Garage", "garage", "switch.garage"),
        courier(doors=("door-lobby", "door-garage")),
        resident(),
    )
    assert fixing.shown(hass, "opener_removed") is None
    er.async_get(hass).async_remove(BOLT)
    await house.settle()
    return house


async def test_new_opener_is_validated_like_a_new_door(
    hass: HomeAssistant, bereft: House, begin: Begin
) -> None:
    switch = await install_template(hass, "switch", SWITCH)
    client, form = await begin("opener_removed")
    assert form["description_placeholders"] == {
        "door": "Lobby",
        "building": "12 Elm Street",
        "learn_more": learn_more_url(IssueKind.OPENER_REMOVED),
    }
    assert form["data_schema"] == []
    form = await fixing.hand_over(client, form)
    assert [field["name"] for field in form["data_schema"]] == ["opener"]

    for chosen, problem in (
        ("switch.nowhere", "opener_missing"),
        ("switch.garage", "opener_taken"),
        ("lock.garage", "opener_ours"),
        ("person.ada", "opener_unsupported"),
    ):
        hass.states.async_set("person.ada", "home")
        again = await fixing.go_on(client, form, opener=chosen)
        assert again["errors"] == {"opener": problem}
    assert fixing.shown(hass, "opener_removed") is not None

    settings = await fixing.go_on(client, form, opener="switch.front")
    kept = {
        field["name"]: (field.get("description") or {}).get("suggested_value")
        for field in settings["data_schema"]
    }
    assert kept == {
        "name": "Lobby",
        "key": "lobby",
        "unlock_seconds": 7,
        "contact": None,
        "doorbells": None,
        "driver_note": None,
    }
    assert fixing.shown(hass, "opener_removed") is not None
    done = await fixing.go_on(
        client, settings, name="Lobby", key="lobby", unlock_seconds=7
    )
    assert (done["type"], done["reason"]) == ("abort", "reconfigure_successful")
    await bereft.settle()

    assert fixing.shown(hass, "opener_removed") is None
    data = bereft.entry.subentries["door-lobby"].data
    assert (data["opener"], data["operation"]) == (switch, "unlock")
    assert (data["key"], data["unlock_seconds"]) == ("lobby", 7)
    sender = Sender(client)
    await sender.grant(door="lobby")
    assert (await sender.enter()).body["outcome"] == "opened"
    assert bereft.door_state() == "unlocked"


async def test_opener_fix_aborts_without_door(
    hass: HomeAssistant, bereft: House, begin: Begin
) -> None:
    client, form = await begin("opener_removed")
    hass.config_entries.async_remove_subentry(bereft.entry, "door-lobby")
    await bereft.settle()
    assert fixing.shown(hass, "opener_removed") is None

    late = await fixing.confirm(client, form)
    assert (late["type"], late["reason"]) == ("abort", "not_there")


# A removed doorbell


async def test_doorbell_is_chosen_again_in_the_doors_form(
    hass: HomeAssistant, begin: Begin
) -> None:
    house = await build(hass)
    bell = await hang(hass, Ding())
    await choose(house, bell)
    er.async_get(hass).async_remove(bell.entity_id)
    await house.settle()
    client, form = await begin("doorbell_lost")
    assert form["description_placeholders"] == {
        "door": "Lobby",
        "building": "12 Elm Street",
        "learn_more": learn_more_url(IssueKind.DOORBELL_LOST),
    }
    menu = await fixing.hand_over(client, form)
    settings = await fixing.go_on(client, menu, next_step_id="demo")
    again = await hang(hass, Visitor())
    await fixing.go_on(
        client,
        settings,
        name="Lobby",
        unlock_seconds=5,
        doorbells=[{"entity": again.entity_id}],
    )
    await house.settle()
    assert fixing.shown(hass, "doorbell_lost") is None


# Other courier access that lost its source or its door


READER = "event.reader"
KEPT = {"name": "Amazon Key", "door": "door-lobby", "cool_down": 60}


@pytest.fixture
async def unobserved(hass: HomeAssistant) -> House:
    """A building whose other courier access lost its source."""
    registry = er.async_get(hass)
    reader = registry.async_get_or_create(
        "event", "test", "reader", suggested_object_id="reader"
    )
    house = await build(
        hass,
        door(),
        door("Garage", "garage", contact=CONTACT),
        observed(source=reader.id, event_types=("granted",), cool_down=60),
        resident(),
    )
    assert fixing.shown(hass, "observed_lost") is None
    registry.async_remove(READER)
    await house.settle()
    return house


async def test_new_source_is_validated_like_the_first(
    hass: HomeAssistant, unobserved: House, begin: Begin
) -> None:
    client, form = await begin("observed_lost")
    assert form["description_placeholders"] == {
        "courier": "Amazon Key",
        "building": "12 Elm Street",
        "learn_more": learn_more_url(IssueKind.OBSERVED_LOST),
    }
    menu = await fixing.hand_over(client, form)
    assert menu["menu_options"] == ["entity", "device"]
    form = await fixing.go_on(client, menu, next_step_id="entity")
    assert [field["name"] for field in form["data_schema"]] == [
        "name",
        "door",
        "source",
        "cool_down",
    ]

    hass.states.async_set(CONTACT, "off")
    for chosen, problem in (
        ("binary_sensor.nowhere", "source_missing"),
        (CONTACT, "source_contact"),
    ):
        again = await fixing.go_on(client, form, **KEPT, source=chosen)
        assert again["errors"] == {"source": problem}
    assert fixing.shown(hass, "observed_lost") is not None

    hass.states.async_set(RELAY, "off")
    answers = KEPT | {"door": "door-garage"}
    done = await fixing.go_on(client, form, **answers, source=RELAY)
    assert (done["type"], done["reason"]) == ("abort", "reconfigure_successful")
    await unobserved.settle()
    assert fixing.shown(hass, "observed_lost") is None
    assert unobserved.entry.subentries["observed-amazon-key"].data == {
        "door": "door-garage",
        "source": RELAY,
        "event_types": [],
        "cool_down": 60,
    }
    hass.states.async_set(RELAY, "on")
    await unobserved.settle()
    changed, opened = (text for _, text in unobserved.told)
    assert "the other courier access “Amazon Key” was changed" in changed
    assert opened.startswith("Amazon Key opened Garage")


async def test_form_is_shown_again_after_its_issue_is_gone(
    hass: HomeAssistant, unobserved: House, begin: Begin
) -> None:
    client, form = await begin("observed_lost")
    issue = fixing.shown(hass, "observed_lost")
    assert issue is not None
    ir.async_delete_issue(hass, DOMAIN, issue.issue_id)

    again = await fixing.again(client, form)
    assert again["step_id"] == "confirm"
    menu = await fixing.hand_over(client, again)

    assert menu["menu_options"] == ["entity", "device"]


async def test_new_event_entity_keeps_the_chosen_types(
    hass: HomeAssistant, unobserved: House, begin: Begin
) -> None:
    client, form = await begin("observed_lost")
    menu = await fixing.hand_over(client, form)
    form = await fixing.go_on(client, menu, next_step_id="entity")
    hass.states.async_set(READER, "unknown", {"event_types": ["granted", "denied"]})
    types = await fixing.go_on(client, form, **KEPT, source=READER)
    assert types["step_id"] == "event_types"
    [field] = types["data_schema"]
    assert field["description"] == {"suggested_value": ["granted"]}
    await fixing.go_on(client, types, event_types=["denied"])
    await unobserved.settle()
    data = unobserved.entry.subentries["observed-amazon-key"].data
    assert (data["source"], data["event_types"]) == (READER, ["denied"])


async def test_device_trigger_takes_the_place_of_the_source(
    hass: HomeAssistant, unobserved: House, begin: Begin
) -> None:
    async with install_keypad(hass) as keypad:
        client, form = await begin("observed_lost")
        menu = await fixing.hand_over(client, form)
        form = await fixing.go_on(client, menu, next_step_id="device")
        ours = unobserved.device("door-lobby").id
        again = await fixing.go_on(client, form, **KEPT, device=ours)
        assert again["errors"] == {"device": "device_ours"}
        other = dr.async_get(hass).async_get_or_create(
            config_entry_id=keypad.entry.entry_id, identifiers={("test", "other")}
        )
        again = await fixing.go_on(client, form, **KEPT, device=other.id)
        assert again["errors"] == {"device": "device_no_triggers"}
        answers = KEPT | {"door": "door-garage"}
        triggers = await fixing.go_on(client, form, **answers, device=keypad.device.id)
        [field] = triggers["data_schema"]
        [option, _] = field["selector"]["select"]["options"]
        await fixing.go_on(client, triggers, trigger=option["value"])
        await unobserved.settle()
        assert fixing.shown(hass, "observed_lost") is None
        assert unobserved.entry.subentries["observed-amazon-key"].data == {
            "door": "door-garage",
            "cool_down": 60,
            "trigger": keypad.trigger(),
        }
        await keypad.fire()
        await unobserved.settle()
    changed, opened = (text for _, text in unobserved.told)
    assert "the other courier access “Amazon Key” was changed" in changed
    assert opened.startswith("Amazon Key opened Garage")


@pytest.mark.parametrize(
    "gone", [("observed-amazon-key",), ("door-lobby", "door-garage")]
)
async def test_source_fix_aborts_without_the_access_or_a_door(
    hass: HomeAssistant, unobserved: House, begin: Begin, gone: tuple[str, ...]
) -> None:
    client, form = await begin("observed_lost")
    for part in gone:
        hass.config_entries.async_remove_subentry(unobserved.entry, part)
    await unobserved.settle()
    late = await fixing.confirm(client, form)
    assert (late["type"], late["reason"]) == ("abort", "not_there")


async def test_source_that_returns_clears_the_issue(
    hass: HomeAssistant, unobserved: House
) -> None:
    back = er.async_get(hass).async_get_or_create(
        "event", "test", "reader", suggested_object_id="came_back"
    )
    await unobserved.settle()
    assert fixing.shown(hass, "observed_lost") is None
    for moment in ("09:00", "09:01"):
        hass.states.async_set(
            back.entity_id, f"2026-11-24T{moment}:00", {"event_type": "granted"}
        )
        await unobserved.settle()
    assert len(unobserved.told) == 1


async def test_removed_door_and_lost_source_have_issues(hass: HomeAssistant) -> None:
    hass.states.async_set(RELAY, "off")
    reader = er.async_get(hass).async_get_or_create("binary_sensor", "test", "reader")
    house = await build(
        hass,
        door(),
        door("Garage", "garage"),
        observed(),
        observed("Card reader", reader.id, door="door-garage"),
        resident(),
    )
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    er.async_get(hass).async_remove(reader.entity_id)
    hass.config_entries.async_remove_subentry(house.entry, "door-lobby")
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    assert {
        str((issue.data or {})["courier"])
        for issue in ir.async_get(hass).issues.values()
        if issue.translation_key == "observed_lost"
    } == {"Amazon Key", "Card reader"}


# An unreachable resident


@pytest.fixture
async def unreachable(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> tuple[House, Letters]:
    """A building in which one resident's notify action fails."""
    house = await build(hass, door(), courier(), resident(), resident("Ben", "4A"))
    letters = add_letters(hass, "ben")
    letters.error = OSError()
    freezer.tick(1)  # after the notification of his decision
    return house, letters


async def test_only_administrator_sees_unreachable_resident_and_can_retry(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    unreachable: tuple[House, Letters],
    sender: Sender,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    begin: Begin,
) -> None:
    house, letters = unreachable
    await sender.grant()
    entry_id = (await sender.enter()).body["entry_id"]
    await house.settle()
    for _ in range(30):
        await pass_time(hass, freezer, HOUR)
    told_so_far = (await told_of(house.building, [entry_id]))[entry_id]
    assert [each.state for each in told_so_far] == [
        NotificationState.SENT,
        NotificationState.UNDELIVERABLE,
    ]
    issue = fixing.shown(hass, "resident_unreachable")
    assert issue is not None

    stranger = await user(hass, "Stranger")
    token = await access_token(hass, stranger)
    wire = await hass_ws_client(hass, token)
    await wire.send_json_auto_id({"type": "repairs/list_issues"})
    listed = json.dumps(await wire.receive_json())
    assert "resident_unreachable" in listed
    assert "Ben" not in listed
    assert re.search(r"\b4A\b", listed) is None  # IDs may contain it
    asked = {"handler": "courier_access", "issue_id": issue.issue_id}
    refused = await (await hass_client(token)).post(fixing.FIX, json=asked)
    assert refused.status == 401

    client, form = await begin("resident_unreachable")
    placeholders = form["description_placeholders"]
    expected = {"resident": "Ben", "unit": "4A", "targets": r"notify\.ben"}
    assert placeholders | expected == placeholders
    letters.error = None
    assert letters.received == []

    assert (await fixing.confirm(client, form))["type"] == "create_entry"
    await house.settle()

    # The undeliverable notification is sent now.
    (received,) = letters.received
    assert "Parcel Post was let in" in received["message"]
    await pass_time(hass, freezer, 2 * HOUR)
    assert fixing.shown(hass, "resident_unreachable") is None


async def test_failed_retry_shows_issue_after_an_hour(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    unreachable: tuple[House, Letters],
    sender: Sender,
    begin: Begin,
) -> None:
    house, _ = unreachable
    await sender.grant()
    await sender.enter()
    await house.settle()
    await pass_time(hass, freezer, HOUR)
    client, form = await begin("resident_unreachable")

    await fixing.confirm(client, form)
    await house.settle()
    assert fixing.shown(hass, "resident_unreachable") is None
    await pass_time(hass, freezer, HOUR - 1)
    assert fixing.shown(hass, "resident_unreachable") is None
    await pass_time(hass, freezer, 1)

    assert fixing.shown(hass, "resident_unreachable") is not None


async def test_retry_fix_aborts_for_removed_resident(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    unreachable: tuple[House, Letters],
    begin: Begin,
) -> None:
    house, _ = unreachable
    Issues(hass, house.entry.entry_id).show(
        IssueKind.RESIDENT_UNREACHABLE, "resident-zoe", fix=Fix.RETRY_NOTIFICATIONS
    )
    _, begun = await begin("resident_unreachable")
    assert (begun["type"], begun["reason"]) == ("abort", "not_there")


# A restored ledger


async def test_confirming_keys_admits_couriers_again(
    hass: HomeAssistant, house: House, begin: Begin
) -> None:
    house.building.host.couriers_wait = True
    Issues(hass, house.entry.entry_id).show(
        IssueKind.LEDGER_RESTORED, fix=Fix.CONFIRM_KEYS
    )
    client, form = await begin("ledger_restored")
    assert (await Sender(client).send("ping", {})).problem == "not_ready"

    assert (await fixing.confirm(client, form))["type"] == "create_entry"

    assert fixing.shown(hass, "ledger_restored") is None
    assert (await Sender(client).send("ping", {})).status == 200


# No consent


async def set_consent(house: House, consent: Consent) -> None:
    ada = house.building.residents["resident-ada"]
    rulebook = house.building.rulebook
    async with rulebook.turn:
        new = replace(rulebook.of(ada.id), consent=consent)
        await rulebook.change(ada, new, Author())


async def test_no_consent_has_issue_after_a_day(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, begin: Begin
) -> None:
    house = await build(
        hass,
        door(),
        courier(),
        resident(windows=None),
        resident("Ben", "4A", consent=False),
    )
    assert fixing.shown(hass, "no_consent") is None
    await pass_time(hass, freezer, DAY - 1)
    assert fixing.shown(hass, "no_consent") is None
    await pass_time(hass, freezer, 1)
    issue = fixing.shown(hass, "no_consent")
    assert issue is not None
    assert issue.translation_placeholders == {"building": "12 Elm Street"}
    await house.reload()
    assert fixing.shown(hass, "no_consent") is not None

    client, form = await begin("no_consent")
    assert form["description_placeholders"]["residents"] == "Ada"
    house.told.clear()
    assert (await fixing.confirm(client, form))["type"] == "create_entry"
    await house.settle()

    # A resident who refused isn't asked again.
    assert [name for name, _ in house.told] == ["Ada"]
    assert fixing.shown(hass, "no_consent") is None
    await set_consent(house, Consent.GIVEN)
    await house.reload()
    await pass_time(hass, freezer, DAY)
    assert fixing.shown(hass, "no_consent") is None


async def test_consent_clears_issue_and_refusals_show_none(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    house = await build(hass, door(), courier(), resident(windows=None))
    await pass_time(hass, freezer, DAY)
    assert fixing.shown(hass, "no_consent") is not None
    await set_consent(house, Consent.GIVEN)
    assert fixing.shown(hass, "no_consent") is None
    for refusal in (Consent.WITHDRAWN, Consent.OPTED_OUT):
        await set_consent(house, refusal)
        await pass_time(hass, freezer, DAY)
        assert fixing.shown(hass, "no_consent") is None


async def test_building_with_courier_but_no_residents_has_issue(
    hass: HomeAssistant,
) -> None:
    house = await build(hass, door(), courier())
    issue = fixing.shown(hass, "no_residents")
    assert issue is not None
    assert not issue.is_fixable
    await move_in(house, resident(windows=None))
    assert fixing.shown(hass, "no_residents") is None
    await move_out(house, "resident-ada")
    assert fixing.shown(hass, "no_residents") is not None
    hass.config_entries.async_remove_subentry(house.entry, "courier-parcel-post")
    await house.settle()
    assert fixing.shown(hass, "no_residents") is None


async def test_homes_that_look_alike_have_issue_and_stay(hass: HomeAssistant) -> None:
    homes = [resident("Ada", "3B"), resident("Ben", "3 B"), resident("Cem", "4A")]
    house = await build(hass, door(), courier(), *homes)
    issue = fixing.shown(hass, "homes_alike")
    assert issue is not None
    assert not issue.is_fixable
    assert (issue.translation_placeholders or {})["count"] == "2"
    units = {each.unit for each in house.building.residents.values()}
    assert units == {"3b", "3 b", "4a"}

    await edit(house, "resident-ben", unit="3C")
    assert fixing.shown(hass, "homes_alike") is None
    await edit(house, "resident-cem", unit="4\N{CYRILLIC CAPITAL LETTER A}B")
    issue = fixing.shown(hass, "homes_alike")
    assert issue is not None
    assert (issue.translation_placeholders or {})["count"] == "1"


async def test_building_without_courier_has_no_resident_issue(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await build(hass, door(), courier(enabled=False), resident(windows=None))
    await pass_time(hass, freezer, DAY)
    assert fixing.shown(hass, "no_consent") is None
    assert fixing.shown(hass, "no_residents") is None
