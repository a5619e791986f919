"""A consent on paper names the text of its form, by the code below the text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
)

from custom_components.courier_access.api.consent import async_agreed
from custom_components.courier_access.const import SubentryType
from custom_components.courier_access.ledger.state.consent_texts import (
    ConsentText,
    find_text,
)
from tests.support.house import House, build, courier, door, resident
from tests.support.rows import personal

from .front_end import FrontEnd, Screen
from .lists import Lists, own_uploads

YES = {"decided_on": "2026-11-20", "consent": "yes", "every_day": "8-12"}
UNKNOWN = {"text_code": "text_code_unknown"}
type Client = TestClient[Any, Any]


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """A house where Ada hasn't decided, and has no account."""
    return await build(hass, door(), courier(), resident("Ada", "3B", windows=None))


@pytest.fixture
async def client(house: House, hass_client: ClientSessionGenerator) -> Client:
    return await hass_client()


async def form_on_paper(house: House, client: Client, language: str) -> ConsentText:
    """Print the form, and return the text that the ledger keeps under its code."""
    path = f"/api/courier_access/consent_form/{house.entry.entry_id}/{language}"
    response = await client.get(path)
    assert response.status == 200
    printed = await response.text()
    kept = await house.building.ledger.read(
        lambda conn: conn.execute("SELECT hash FROM consent_texts").fetchall()
    )
    [hashed] = [each for (each,) in kept if f"{each[:4]} {each[4:8]}" in printed]
    text = await house.building.ledger.read(lambda conn: find_text(conn, hashed))
    assert text is not None
    assert text.language == language
    return text


async def opened(house: House) -> tuple[FrontEnd, Screen]:
    """Go to the form for Ada's decision on paper."""
    flow = FrontEnd(house.hass, house.entry, SubentryType.RESIDENT)
    screen = await flow.change("resident-ada")
    await flow.submit(await flow.submit(screen))
    return flow, await flow.choose("paper")


def paper_of(house: House) -> Mapping[str, Any]:
    paper: Mapping[str, Any] = house.entry.subentries["resident-ada"].data["paper"]
    return paper


async def hashes(house: House) -> list[str]:
    """Return which text each change of rules names."""
    await house.settle()
    return await personal(house.building.ledger, "text", "rules.changed")


async def test_yes_on_paper_is_recorded_with_the_text_of_the_newest_form(
    house: House, client: Client
) -> None:
    await form_on_paper(house, client, "de")
    text = await form_on_paper(house, client, "fr")
    flow, screen = await opened(house)
    assert screen.value("text_code") == text.code
    await flow.submit(screen, **YES)
    assert paper_of(house)["text"] == text.hash
    assert await hashes(house) == [text.hash]
    # It is what Ada reads in *Everything about me*, as with a yes that she gave herself.
    agreed = await async_agreed(
        house.building, house.building.residents["resident-ada"]
    )
    assert agreed is not None
    assert (agreed.text, agreed.number) == (text, None)


async def test_code_is_read_as_people_write_it_and_kept_with_the_paper(
    house: House, client: Client
) -> None:
    text = await form_on_paper(house, client, "de")
    await form_on_paper(house, client, "en")
    flow, screen = await opened(house)
    written = text.code.upper().replace(" ", "-")
    await flow.submit(screen, **YES, text_code=f" {written}. ")
    assert await hashes(house) == [text.hash]
    former = paper_of(house)["id"]
    # The form shows the code of this paper, and a second look changes nothing.
    flow, screen = await opened(house)
    assert screen.value("text_code") == text.code
    await flow.submit(screen)
    assert paper_of(house)["id"] == former
    assert await hashes(house) == [text.hash]


async def test_unknown_code_is_refused_and_says_what_to_do(
    house: House, client: Client
) -> None:
    await form_on_paper(house, client, "en")
    flow, screen = await opened(house)
    for unknown in ("0000 0000", "0000", "form", "1" * 64):
        screen = await flow.submit(screen, **YES, text_code=unknown)
        assert screen.errors == UNKNOWN
    assert "paper" not in house.entry.subentries["resident-ada"].data
    # A no isn't given to a text.
    no = {**YES, "consent": "no"}
    screen = await flow.submit(screen, **no, text_code="0000 0000")
    assert screen.type is FlowResultType.ABORT
    assert await hashes(house) == [""]


async def test_paper_without_a_code_is_recorded_without_a_text(
    house: House, client: Client
) -> None:
    flow, screen = await opened(house)
    assert screen.value("text_code") is None
    await flow.submit(screen, **YES)
    assert "text" not in paper_of(house)
    assert await hashes(house) == [""]
    # A form that is printed later isn't the one that was signed.
    former = paper_of(house)
    await form_on_paper(house, client, "en")
    flow, screen = await opened(house)
    assert screen.value("text_code") is None
    await flow.submit(screen)
    assert paper_of(house) == former


async def test_list_of_residents_takes_the_code_in_a_column(
    house: House, client: Client, tmp_path: Path
) -> None:
    text = await form_on_paper(house, client, "de")
    lists = Lists(house.hass, house.entry, client)
    columns = "name,unit,decided_on,consent,every_day"
    ada = "Ada,3B,2026-11-20,yes,8-12"
    with own_uploads(tmp_path):
        _, screen = await lists.offer(f"{columns},Code des Textes\n{ada},1234 5678\n")
        assert lists.problems(screen) == {"text_code_unknown": "2: 1234 5678"}
        await lists.take_in(f"{columns},Code des Textes\n{ada},{text.code}\n")
        assert paper_of(house)["text"] == text.hash
        assert await hashes(house) == [text.hash]
        # A list without the column leaves the text as it is.
        _, screen = await lists.offer(f"{columns}\n{ada}\n")
        assert (screen.type, screen.reason) == (FlowResultType.ABORT, "nothing_new")
    assert await hashes(house) == [text.hash]


async def test_form_is_only_printed_while_its_text_can_be_kept(
    house: House, client: Client
) -> None:
    assert await house.hass.config_entries.async_unload(house.entry.entry_id)
    path = f"/api/courier_access/consent_form/{house.entry.entry_id}/en"
    response = await client.get(path)
    assert response.status == 503
    assert "<h1>Not ready<" in await response.text()
    # A paper can still be recorded, but not with a code that can't be looked up.
    flow, screen = await opened(house)
    assert (await flow.submit(screen, **YES, text_code="1234 5678")).errors == UNKNOWN
