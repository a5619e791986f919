"""The lobby notice for print, and the page behind its QR code."""

from html import unescape
import re
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
import segno

from custom_components.courier_access.web.building_pages import (
    lobby_token,
    new_lobby_token,
)
from tests.flows.front_end import FrontEnd, Screen
from tests.support.house import (
    RESPONSIBLE,
    House,
    build,
    courier,
    door,
    observed,
    pass_time,
    resident,
)
from tests.support.pages import Answer
from tests.support.people import access_token, user

OUTSIDE = "https://elm.example"


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    await hass.config.async_update(external_url=OUTSIDE)
    return await build(
        hass,
        door(),
        courier(),
        courier("Zip <b>Bikes</b>", webhook_id="zip"),
        courier("Barred Ltd", webhook_id="barred", enabled=False),
        resident("Ada", "3B"),
    )


type Client = TestClient[Any, Any]


@pytest.fixture
async def client(house: House, hass_client: ClientSessionGenerator) -> Client:
    return await hass_client()


async def set_up(house: House, **answers: object) -> Screen:
    """Submit the administrator's form, and return the next step."""
    flow = FrontEnd(house.hass, None, "")
    await flow.configure(house.entry)
    screen = await flow.choose("lobby")
    screen = await flow.submit(screen, **answers)
    await house.settle()
    return screen


async def ask(client: Client, path: str, method: str = "GET") -> Answer:
    response = await client.request(method, path)
    answer = Answer(response.status, response.headers, await response.read())
    answer.page.feed(answer.body.decode())
    return answer


async def notice(client: Client, house: House, **answers: object) -> Answer:
    """Set up a notice, and open the form's link to it."""
    screen = await set_up(house, **answers)
    assert (screen.type, screen.reason) == (FlowResultType.ABORT, "lobby_ready")
    opened = re.fullmatch(
        r'<a href="([^"]+)" target="_blank">',
        screen.shown["description_placeholders"]["open"],
    )
    assert opened is not None
    return await ask(client, unescape(opened[1]))


def page_path(house: House) -> str:
    token = lobby_token(house.entry)
    assert token is not None
    return f"/api/courier_access/lobby/{token}"


def drawn(answer: Answer) -> list[list[int]]:
    """Return the modules of the notice's QR code from its drawing."""
    attributes = dict(answer.page.attributes)
    side = int(attributes["viewbox"].split()[2])
    modules = [[0] * side for _ in range(side)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", attributes["d"]):
        for at in range(int(x), int(x) + int(width)):
            modules[int(y)][at] = 1
    return modules


class TestNotice:
    async def test_notice_shows_purpose_promises_and_contact(
        self, house: House, client: Client
    ) -> None:
        answer = await notice(client, house)

        assert answer.status == 200
        assert answer.lines[1:3] == [
            "12 Elm Street",
            "Couriers can be let in at this door",
        ]
        assert len([tag for tag in answer.page.tags if tag == "li"]) == 8
        for line in ("Elm Street Owners", *RESPONSIBLE["owner_contact"].split("\n")):
            assert line in answer.lines
        assert "Parcel Post" not in answer.page.text, (
            "paper does not know who is admitted later"
        )
        assert "script" not in answer.page.tags
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")

    async def test_qr_code_opens_the_page(self, house: House, client: Client) -> None:
        answer = await notice(client, house)

        address = OUTSIDE + page_path(house)
        code = segno.make_qr(address, error="m").matrix
        quiet = [[0] * (len(code) + 8)] * 4
        framed = [[0] * 4 + [int(module) for module in row] + [0] * 4 for row in code]
        assert drawn(answer) == [*quiet, *framed, *quiet]
        assert answer.lines[-1] == address
        assert (await ask(client, address.removeprefix(OUTSIDE))).status == 200

    async def test_flow_saves_the_settings_beside_others(self, house: House) -> None:
        flow = FrontEnd(house.hass, None, "")
        await flow.configure(house.entry)
        screen = await flow.choose("lobby")
        hours = {"monday": [{"from": "08:00:00", "to": "12:00:00"}]}
        house.hass.config_entries.async_update_entry(
            house.entry, options={**house.entry.options, "building_hours": hours}
        )
        await flow.submit(screen, language="sv")
        await house.settle()
        assert house.entry.options["building_hours"] == hours
        assert house.entry.options["lobby"]["language"] == "sv"

    async def test_notice_is_in_french(self, house: House, client: Client) -> None:
        answer = await notice(client, house, language="fr")
        assert answer.page.lang == "fr"
        assert "Ce qui est promis aux résidents" in answer.lines
        page = await ask(client, page_path(house))
        assert (page.page.lang, page.lines[1]) == (
            "fr",
            "Des livreurs peuvent être admis à cette porte",
        )

    async def test_administrator_reads_why_there_is_no_code(
        self, house: House, client: Client
    ) -> None:
        off = await notice(client, house, code=False)
        await house.hass.config.async_update(external_url=None)
        for answer, why in (
            (off, "you turned it off"),
            (await notice(client, house, code=True), "external URL"),
        ):
            assert "svg" not in answer.page.tags
            assert why in answer.lines[1]

    async def test_only_administrators_open_the_notice(
        self,
        hass: HomeAssistant,
        house: House,
        hass_client_no_auth: ClientSessionGenerator,
    ) -> None:
        client = await hass_client_no_auth()
        path = f"/api/courier_access/lobby_notice/{house.entry.entry_id}"
        tokens = [
            await access_token(hass, await user(hass, "Neighbor")),
            await access_token(hass, await user(hass, "Owner", admin=True)),
        ]
        statuses = [
            (
                await client.get(path, headers={"Authorization": f"Bearer {token}"})
            ).status
            for token in tokens
        ]
        assert [(await client.get(path)).status, *statuses] == [401, 401, 200]
        other = MockConfigEntry(domain="another")
        other.add_to_hass(hass)
        admin = {"Authorization": f"Bearer {tokens[1]}"}
        for entry_id in ("nothing", other.entry_id):
            path = f"/api/courier_access/lobby_notice/{entry_id}"
            assert (await client.get(path, headers=admin)).status == 404


class TestOtherWaysIn:
    async def test_notice_and_page_name_ways_in_that_arent_decided_here(
        self, hass: HomeAssistant, hass_client: ClientSessionGenerator
    ) -> None:
        await hass.config.async_update(external_url=OUTSIDE)
        parts = (door(), courier(), resident("Ada", "3B"))
        house = await build(hass, *parts, observed(), observed("Ring <b>Fob</b>"))
        client = await hass_client()
        for shown in (
            await notice(client, house),
            await ask(client, page_path(house)),
        ):
            assert (
                "Other ways in here: Amazon Key, Ring <b>Fob</b>. This system doesn't "
                "decide about them. While it runs, it records each use, and notifies "
                "the enrolled residents." in shown.lines
            )
            assert "the door stays closed" not in shown.page.text.lower()

    async def test_house_without_another_way_in_says_nothing_of_it(
        self, house: House, client: Client
    ) -> None:
        await set_up(house)
        assert "ways in" not in (await ask(client, page_path(house))).page.text


class TestPage:
    async def test_page_names_enabled_couriers(
        self, house: House, client: Client
    ) -> None:
        await set_up(house)
        answer = await ask(client, page_path(house))
        assert "Parcel Post" in answer.lines
        assert "Zip <b>Bikes</b>" in answer.lines
        assert "b" not in answer.page.tags
        assert "Barred Ltd" not in answer.page.text
        for courier_id in ("courier-parcel-post", "courier-zip-<b>bikes</b>"):
            house.hass.config_entries.async_remove_subentry(house.entry, courier_id)
        await house.settle()
        assert (
            "No courier is registered at present."
            in (await ask(client, page_path(house))).lines
        )

    async def test_page_never_changes_and_names_no_resident(
        self, house: House, client: Client
    ) -> None:
        await set_up(house)
        before = await ask(client, page_path(house))
        await house.hass.services.async_call(
            "switch",
            "turn_off",
            {"entity_id": "switch.12_elm_street_courier_access"},
            blocking=True,
        )
        await house.hass.config_entries.async_unload(house.entry.entry_id)

        after = await ask(client, page_path(house))

        assert after.body == before.body
        for secret in ("Ada", "3B", "webhook", house.entry.entry_id):
            assert secret not in after.body.decode()
        assert after.page.forms == []

    async def test_address_can_be_replaced_and_removed(
        self, house: House, client: Client
    ) -> None:
        await set_up(house)
        first = page_path(house)
        await set_up(house, language="de")
        assert page_path(house) == first, "what hangs there still leads to it"

        await set_up(house, replace=True)
        second = page_path(house)
        assert second != first
        assert [(await ask(client, path)).status for path in (first, second)] == [
            404,
            200,
        ]

        await set_up(house, code=False)
        assert (await ask(client, second)).status == 404
        assert lobby_token(house.entry) is None
        await set_up(house, code=True)
        assert (await ask(client, second)).status == 404

    async def test_guesses_find_nothing_and_are_limited(
        self, house: House, client: Client, freezer: FrozenDateTimeFactory
    ) -> None:
        assert len(new_lobby_token()) >= 22, "128 bits"
        await set_up(house)
        own = page_path(house)
        path, token = own.rsplit("/", 1)
        guesses = [
            token[:-1],
            token + "A",
            token.swapcase(),
            token + "%ED%A0%80",
            token + "é",
        ]
        answers = [await ask(client, f"{path}/{guess}") for guess in guesses]
        assert {answer.status for answer in answers} == {404}
        assert len({answer.body for answer in answers}) == 1
        statuses = [(await ask(client, f"{own}x")).status for _ in range(20)]
        assert statuses[-1] == 429
        assert (await ask(client, own)).status == 200

    async def test_visits_are_limited(
        self, house: House, client: Client, freezer: FrozenDateTimeFactory
    ) -> None:
        await set_up(house)
        statuses = [(await ask(client, page_path(house))).status for _ in range(31)]
        assert statuses == [200] * 30 + [429]
        await pass_time(house.hass, freezer, 60)
        assert (await ask(client, page_path(house))).status == 200

    async def test_page_is_read_only(self, house: House, client: Client) -> None:
        await set_up(house)
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = await ask(client, page_path(house), method)
            assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert (await ask(client, page_path(house), "HEAD")).status == 200

    async def test_disabled_building_has_no_page(
        self, house: House, client: Client
    ) -> None:
        await set_up(house)
        await house.hass.config_entries.async_set_disabled_by(
            house.entry.entry_id, ConfigEntryDisabler.USER
        )
        assert (await ask(client, page_path(house))).status == 404
