"""Somebody who exports without end keeps neither the machine nor the others busy."""

import asyncio

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.courier_access.api import access_log as taking_home
from custom_components.courier_access.api.access_log import (
    async_read_entries,
    async_records_view,
)
from custom_components.courier_access.api.permissions import Actor, async_actor
from custom_components.courier_access.ledger.state.entries import EntryFilter
from tests.support.house import House, ask, build, courier, door, resident
from tests.support.people import People, acting
from tests.support.wires import connect


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
    )


async def test_who_exports_without_end_keeps_nobody_from_reading(
    hass: HomeAssistant, people: People, house: House
) -> None:
    building = house.building
    done: list[str] = []

    async def actor(name: str) -> Actor:
        return await async_actor(
            hass, acting(people[name]), building.residents.values()
        )

    async def export(whose: Actor) -> None:
        await async_records_view(building, whose, 0)
        done.append("export")

    async def read(whose: Actor) -> None:
        await async_read_entries(building, whose, EntryFilter(10))
        done.append("read")

    ada, cleo = await actor("Ada"), await actor("Cleo")
    exporting = [asyncio.create_task(export(ada)) for _ in range(50)]
    await asyncio.sleep(0)
    await read(cleo)

    # The one that was under way, and perhaps the next.
    assert done.count("export") <= 2
    await asyncio.gather(*exporting)
    assert done.count("export") == 50


async def test_each_person_has_a_rate_of_export_pages(
    hass: HomeAssistant,
    people: People,
    house: House,
    hass_ws_client: WebSocketGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(taking_home, "PAGES_PER_MINUTE", 3)
    ada = await connect(hass, house, hass_ws_client, people["Ada"])
    cleo = await connect(hass, house, hass_ws_client, people["Cleo"])
    for command in ("export", "export/entries", "export/verifier"):
        await ada.result(command)

    answers = [
        await ada.ask(name) for name in ("export", "export/entries", "export/verifier")
    ]

    for error in (answer["error"] for answer in answers):
        assert error["translation_key"] == "exported_too_often"
        seconds = error["translation_placeholders"]["seconds"]
        assert 1 <= int(seconds) <= 20
        assert error["message"] == f"Too many pages exported. Try again in {seconds} s"
    for kind in ("csv", "json"):
        with pytest.raises(ServiceValidationError, match="Too many pages"):
            await ask(house, "export_entries", None, acting(people["Ada"]), format=kind)
    assert (await ada.result("entries"))["entries"] == []
    assert (await cleo.result("export"))["records"]
