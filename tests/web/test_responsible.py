"""Who is responsible for the data is shown wherever people are asked or recorded."""

from collections.abc import Mapping
import json
from typing import Any

from aiohttp.test_utils import TestClient
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.files import all_files
from tests.support.drivers import (
    MORE,
    QUESTIONS,
    SEEN,
    STORED,
    at_door,
    hang_sheets,
)
from tests.support.expecting import OUTSIDE, Expecting
from tests.support.house import (
    RESPONSIBLE,
    RESPONSIBLE_LINE,
    House,
    build,
    courier,
    door,
    resident,
)
from tests.support.pages import Answer, Visitor, token_of
from tests.support.people import People, access_token, user
from tests.support.rows import bodies
from tests.support.wires import connect

NAMED = RESPONSIBLE_LINE.split(", ")
USUAL = (
    "Purpose: to let in couriers as the residents decide (their consent), and to show "
    "residents who came in (a legitimate interest of all who live here)"
)
KEPT = (
    "Details of visits, such as the home, are erased after 30 days. Each home can "
    "choose another time. The rest of the access log is deleted after 12 months."
)
RIGHTS = (
    "You can ask for a copy of your data, its correction, deletion, or transfer, or a "
    "limit to its use. You can object, and complain to a data protection authority."
)
ANSWERS = f"Responsible for your data: {RESPONSIBLE_LINE}."
type Client = TestClient[Any, Any]


async def a_house(
    hass: HomeAssistant, household: str, options: Mapping[str, object] | None = None
) -> House:
    """Set up a house where Ada hasn't decided, with sheets and a page for the lobby."""
    await hass.config.async_update(external_url=OUTSIDE)
    ada = resident("Ada", "3B", windows=None)
    house = await build(hass, door(), courier(), ada, household=household)
    lobby = {"page": "lobby-page", "language": "en"}
    hass.config_entries.async_update_entry(
        house.entry,
        options={**house.entry.options, "lobby": lobby, **(options or {})},
    )
    await hang_sheets(house, "door-lobby")
    return house


async def pages(house: House, client: Client) -> dict[str, Answer]:
    """Open all pages of a house that could name somebody."""
    hass, entry_id = house.hass, house.entry.entry_id
    owner = await access_token(hass, await user(hass, "Olive", admin=True))

    async def get(path: str) -> Answer:
        response = await client.get(
            f"/api/courier_access/{path}", headers={"Authorization": f"Bearer {owner}"}
        )
        answer = Answer(response.status, response.headers, await response.read())
        answer.page.feed(answer.body.decode())
        assert answer.status == 200
        return answer

    sheet = house.entry.options["door_pages"]["doors"]["door-lobby"]
    return {
        "notice": await get(f"lobby_notice/{entry_id}"),
        "lobby": await get("lobby/lobby-page"),
        "personal": await Visitor(client, token_of(house)).ask(),
        "data": await Visitor(client, token_of(house)).ask(query="?data"),
        "door": await get(f"door/{sheet['page']}"),
        "sheet": await get(f"door_sheets/{entry_id}"),
    }


async def test_house_of_several_homes_names_who_is_responsible_everywhere(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await a_house(hass, "several")
    shown = await pages(house, await hass_client_no_auth())
    # Who said yes already reads it beside the downloads.
    for name in ("notice", "lobby", "data"):
        lines = shown[name].lines
        at = lines.index("Who is responsible")
        assert lines[at + 1 : at + 7] == [*NAMED, USUAL, KEPT, RIGHTS], name
    # The end of the text that she reads before a yes.
    lines = shown["personal"].lines
    at = lines.index(ANSWERS)
    assert lines[at : at + 3] == [ANSWERS, USUAL, RIGHTS]
    for name in ("notice", "lobby", "personal", "data"):
        assert "Data protection authority:" not in shown[name].page.text
    rights = [SEEN, USUAL, KEPT, RIGHTS]
    assert shown["door"].lines[-7:] == [STORED, QUESTIONS, MORE, *rights]
    assert shown["door"].page.tags.count("details") == 1
    assert shown["sheet"].lines[-6:] == [STORED, QUESTIONS, *rights]
    [invited] = [text for _, text in house.told_at_first if "May couriers" in text]
    assert f"{ANSWERS} " in invited


async def test_own_purpose_and_authority_are_shown_as_written(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    own = {"authority": "The <b>Data</b> Office", "purpose": "safe deliveries"}
    house = await a_house(hass, "several", {"responsible": {**RESPONSIBLE, **own}})
    shown = await pages(house, await hass_client_no_auth())
    for name in ("notice", "lobby", "personal", "data", "door", "sheet"):
        assert "Purpose: safe deliveries" in shown[name].lines
        assert "Data protection authority: The <b>Data</b> Office" in shown[name].lines
        assert USUAL not in shown[name].lines


async def test_house_that_names_nobody_yet_still_says_what_it_stores(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await a_house(hass, "several", {"responsible": {}})
    shown = await pages(house, await hass_client_no_auth())
    for name in ("notice", "lobby", "data"):
        lines = shown[name].lines
        assert lines[lines.index("Who is responsible") + 1] == USUAL
    assert USUAL in shown["personal"].lines
    for name in ("door", "sheet"):
        assert {STORED, SEEN, USUAL, KEPT, RIGHTS} <= set(shown[name].lines)
        assert "You can object to this" not in shown[name].page.text


async def test_one_household_reads_nothing_of_it(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await a_house(hass, "one", {"responsible": RESPONSIBLE})
    shown = await pages(house, await hass_client_no_auth())
    for name, page in shown.items():
        for text in (*NAMED, "esponsible", "Purpose", "Stored here", SEEN, RIGHTS):
            assert text not in page.page.text, (name, text)
    assert not any("esponsible" in text for _, text in house.told_at_first)


@pytest.mark.parametrize("household", ["one", "several"])
async def test_panel_reads_who_is_responsible_for_a_house_of_several_homes(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, household: str
) -> None:
    people = People(hass)
    parts = door(), courier(), *await people.homes(Ada="3B")
    house = await build(hass, *parts, household=household)
    ada = await connect(hass, house, hass_ws_client, people["Ada"])
    subject = "resident-ada"
    text = await ada.result("consent/text", resident=subject, language="en")
    answers = [ANSWERS, USUAL, RIGHTS]
    assert (text["lines"][-3:] == answers) is (household == "several")
    assert set(answers).isdisjoint(text["lines"]) is (household == "one")


async def test_nothing_else_is_stored_of_a_driver_than_the_doors_page_says(
    at: Expecting,
) -> None:
    pin, path = await at.pin(), ledger_path(at.house.hass, at.house.entry.entry_id)
    driver = at_door(at.client, at.sheet)
    headers = {"User-Agent": "Driver's phone", "Accept-Language": "uk"}
    form = await driver.form()
    sent = await driver.send({**form, "code": pin}, headers)
    assert (await driver.look(sent.headers["Location"], headers=headers)).status == 200
    await at.house.settle()

    [body] = await bodies(at.house.building.ledger, "entry.admitted")
    record = json.loads(body)
    of_record = {"kind", "seq", "bound", "entry_id"}
    company, place, time = {"courier", "courier_name"}, {"door", "door_name"}, {"at"}
    result = {"proof", "decision", "reason"}
    assert record.pop("personal").keys() == {"grant_id", "units", "unit_labels"}
    assert record.keys() == of_record | company | place | time | result

    def written() -> bytes:
        return b"".join(file.read_bytes() for file in all_files(path) if file.exists())

    file = await at.house.hass.async_add_executor_job(written)
    for secret in (b"Driver's phone", b"127.0.0.1", pin.encode()):
        assert secret not in file
