"""Attacks that are tried through a form, a file, or a part of a building, tried again over HTTP."""

from base64 import b64encode
from collections.abc import Mapping
import csv
from dataclasses import dataclass
from io import StringIO
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.home_assistant.log_redaction import REDACTED
from tests.attacks.test_observed_sources import kinds_after, switched
from tests.attacks.test_raw_requests import arrive, wire
from tests.ledger.parts import execute
from tests.ledger.test_structure import OTHER_TYPES, QUIET
from tests.platforms.test_switch import ACCESS, ADAS, expose_new_entities
from tests.support.door_parts import CONTACT, Bolt, install_bolt
from tests.support.fleet import TOKEN, running_fleet
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
)
from tests.support.pages import token_of
from tests.support.people import People, access_token, user
from tests.support.rows import kinds
from tests.support.wires import connect

FLOW = "/api/config/config_entries/subentries/flow"
OPTIONS = "/api/config/config_entries/options/flow"
OF_ORDER_1 = bytes([1]) + bytes(31)
NO_POINT = bytes([2]) + bytes(31)


@dataclass(slots=True)
class Forms:
    """The forms of a building's parts, as the front end opens and submits them."""

    client: TestClient[Any, Any]
    house: House

    async def open(self, kind: str, part: str | None = None) -> dict[str, Any]:
        """Open the form that adds a part, or changes one."""
        start: dict[str, Any] = {"handler": [self.house.entry.entry_id, kind]}
        return await self._post(FLOW, start | ({"subentry_id": part} if part else {}))

    async def submit(
        self, shown: Mapping[str, Any], **values: object
    ) -> dict[str, Any]:
        """Submit a form, or choose from a menu as `next_step_id`."""
        return await self._post(f"{FLOW}/{shown['flow_id']}", values)

    async def configure(self) -> dict[str, Any]:
        """Open the building's settings."""
        return await self._post(OPTIONS, {"handler": self.house.entry.entry_id})

    async def answer(
        self, shown: Mapping[str, Any], **values: object
    ) -> dict[str, Any]:
        """Submit a form of the building's settings, or choose from their menu."""
        return await self._post(f"{OPTIONS}/{shown['flow_id']}", values)

    async def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        response = await self.client.post(path, json=body)
        answer: dict[str, Any] = await response.json()
        assert response.status == 200, answer
        return answer


@pytest.fixture
async def forms(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Forms:
    """Return the forms of a building where Ada of 3B consented on paper."""
    assert await async_setup_component(hass, "config", {})
    house = await build(hass)
    return Forms(await hass_client(), house)


async def test_weak_public_key_is_refused_over_http(forms: Forms) -> None:
    shown = await forms.open("courier")
    details = {"name": "Swift", "doors": ["door-lobby"], "rate_per_minute": 60}
    shown = await forms.submit(shown, **details)
    shown = await forms.submit(shown, next_step_id="public_key")
    for key, error in ((OF_ORDER_1, "key_low_order"), (NO_POINT, "key_not_a_point")):
        text = f"whpk_{b64encode(key).decode()}"
        shown = await forms.submit(shown, public_key=text)
        assert shown["errors"]["public_key"] == error


async def test_home_whose_name_looks_like_another_is_refused_over_http(
    forms: Forms,
) -> None:
    shown = await forms.open("resident")
    shown = await forms.submit(shown, name="Eve", unit="3 B")
    assert shown["errors"] == {"unit": "unit_similar"}


async def test_fleet_that_is_connected_over_http_is_recorded_and_notified_first(
    forms: Forms,
) -> None:
    async with running_fleet() as fleet:
        shown = await forms.configure()
        shown = await forms.answer(shown, next_step_id="fleet")
        shown = await forms.answer(shown, address=fleet.url, token=TOKEN)
        assert shown["type"] == "create_entry"
        await forms.house.settle()
        # It was only asked how far it has the log.
        assert fleet.batches == [{}]
    assert (await kinds(forms.house.building.ledger))[-1] == "fleet.connected"
    [message] = [text for who, text in forms.house.told if who == "Ada"]
    assert "the building now sends reports to" in message


async def test_action_that_reaches_everybody_is_refused_over_http(
    forms: Forms,
) -> None:
    shown = await forms.submit(await forms.open("resident"), name="Eve", unit="5C")
    shown = await forms.submit(shown, notify_actions=["notify.notify"])
    assert shown["errors"] == {"notify_actions": "notify_action_everybody"}


async def test_renamed_resident_admits_nobody_over_http(
    forms: Forms, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    forms.house.listen("Eve")
    shown = await forms.open("resident", "resident-ada")
    shown = await forms.submit(shown, name="Eve", unit="3B")
    assert shown["step_id"] == "renamed"
    shown = await forms.submit(shown, next_step_id="another_resident")
    shown = await forms.submit(shown, notify_actions=["notify.eve"])
    shown = await forms.submit(shown, next_step_id="no_paper")
    assert shown["reason"] == "resident_replaced"
    await forms.house.settle()

    assert (await sender.enter()).body["decision"] == "refused"
    assert (await sender.grant("G2")).body["decision"] == "refused"
    assert forms.house.door_state() == "locked"


async def test_longest_address_is_redacted_over_http(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    token = token_of(house)
    line = await wire(sender)

    path = f"/api/courier_access/personal/{token}%0A"
    await line.send(
        f"GET {path}{'/%2e%2e' * 1_100} HTTP/1.1\r\nHost: building.example\r\n\r\n"
    )
    await line.answer()
    await line.close()
    await arrive()

    assert REDACTED in caplog.text
    assert token not in caplog.text


async def test_downloaded_sheet_has_no_formula(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door("=1+1"), courier(), resident())
    sender = Sender(await hass_client_no_auth())
    await sender.grant(parcel_ref="@SUM(A1:A9)", driver_ref="-2+3")
    assert (await sender.enter()).body["decision"] == "admitted"
    await house.settle()

    response = await sender.client.get(
        f"/api/courier_access/personal/{token_of(house)}?entries"
    )
    rows = list(csv.reader(StringIO((await response.text()).lstrip("\ufeff"))))

    cells = {cell.lstrip(" '\"") for row in rows for cell in row}
    assert {"=1+1", "@SUM(A1:A9)"} <= cells
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "@", "-")]


async def test_open_door_of_an_entry_over_http_is_locked_once_closed(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    hass.states.async_set(CONTACT, "off")
    bolt = Bolt()
    opener = await install_bolt(hass, bolt)
    await build(hass, door(opener=opener, contact=CONTACT), courier(), resident())
    sender = Sender(await hass_client_no_auth())
    await sender.grant()

    assert (await sender.enter()).body["decision"] == "admitted"
    hass.states.async_set(CONTACT, "on")
    await pass_time(hass, freezer, 60)
    assert "lock" not in bolt.names
    hass.states.async_set(CONTACT, "off")
    await pass_time(hass, freezer, 10)

    assert bolt.names[-1] == "lock"


@pytest.fixture
async def strangers_client(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client: ClientSessionGenerator,
    bolt: Bolt,
) -> tuple[House, TestClient[Any, Any]]:
    """Return a building whose source of other access anybody can use, and somebody who lives elsewhere."""
    assert await async_setup_component(hass, "api", {})
    house = await switched(hass, bolt)
    token = await access_token(hass, await user(hass, "Stranger"))
    return house, await hass_client(token)


async def toggle(client: TestClient[Any, Any]) -> None:
    relay = {"entity_id": "input_boolean.relay"}
    response = await client.post("/api/services/input_boolean/toggle", json=relay)
    assert response.status == 200


async def test_source_that_is_used_over_http_only_adds_records(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    strangers_client: tuple[House, TestClient[Any, Any]],
    bolt: Bolt,
) -> None:
    house, client = strangers_client
    newest = house.building.ledger.newest
    assert newest is not None
    for _ in range(10):
        await toggle(client)
        await pass_time(hass, freezer, 1)
    await house.settle()

    assert set(await kinds_after(house, newest.seq)) == {"entry.observed"}
    assert bolt.commands == []


async def test_each_use_of_a_source_over_http_is_notified(
    strangers_client: tuple[House, TestClient[Any, Any]],
) -> None:
    house, client = strangers_client
    await toggle(client)
    await house.settle()

    assert sorted(name for name, _ in house.told) == ["Ada", "Ben"]


async def test_voice_assistants_are_not_offered_consent_over_websocket(
    hass: HomeAssistant, people: People, hass_ws_client: WebSocketGenerator
) -> None:
    expose_new_entities(hass)
    homes = await people.homes(Ada="3B")
    house = await build(hass, door(), courier(), *homes, household="one")
    owner = await user(hass, "Olive", admin=True)
    wire = await connect(hass, house, hass_ws_client, owner)
    await wire.client.send_json_auto_id({"type": "homeassistant/expose_entity/list"})
    exposed = (await wire.client.receive_json())["result"]["exposed_entities"]

    assert "lock.lobby" in hass.states.async_entity_ids()
    assert not {ACCESS, ADAS} & exposed.keys()


async def change(house: House, statement: str) -> None:
    """Change the file as another program does."""
    path = ledger_path(house.hass, house.entry.entry_id)
    await house.hass.async_add_executor_job(execute, path, statement)


async def stays_outside(house: House, sender: Sender) -> None:
    answer = await sender.enter()
    assert (answer.status, answer.problem) == (503, "not_ready")
    assert house.door_state() == "locked"


async def test_courier_stays_outside_over_http_once_something_was_planted(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await change(house, QUIET)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    await stays_outside(house, sender)


async def test_value_of_another_type_is_found_over_websocket(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    wire = await connect(
        hass, house, hass_ws_client, await user(hass, "Olive", admin=True)
    )
    assert (await wire.result("verify"))["intact"]
    await change(house, OTHER_TYPES["a value"])

    found = await wire.result("verify")

    assert not found["intact"]
    await house.settle()
    await stays_outside(house, sender)
