"""The export action: entries as CSV, or records as JSON, page by page."""

import csv
import io
from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
import voluptuous as vol

from custom_components.courier_access.ledger.verify_record import check, records_of
from tests.support.house import House, Sender, ask, build, courier, door, resident
from tests.support.people import People, acting


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    return people


@pytest.fixture
async def house(
    hass: HomeAssistant, people: People, hass_client_no_auth: ClientSessionGenerator
) -> House:
    """Return a building with three entries for 3B, where Ada and Ben live."""
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ben", "3B"),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Cleo", "4A", None, person=people.person("Cleo")),
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=3, parcel_ref="PKT-7")
    for _ in range(3):
        assert (await sender.enter()).body["decision"] == "admitted"
        await house.settle()
    return house


async def pages(
    house: House, people: People, name: str, **more: Any
) -> list[dict[str, Any]]:
    """Return all pages of an export."""
    taken = [await ask(house, "export_entries", None, acting(people[name]), **more)]
    while (page := taken[-1]["next"]) is not None:
        taken.append(
            await ask(
                house, "export_entries", None, acting(people[name]), page=page, **more
            )
        )
    return taken


async def test_csv_pages_form_one_table_as_each_person_may_read_it(
    house: House, people: People
) -> None:
    taken = await pages(house, people, "Ada", limit=2)
    assert [page.keys() for page in taken] == [{"csv", "next"}] * 2
    whole = "".join(page["csv"] for page in taken)
    rows = list(csv.DictReader(io.StringIO(whole, newline=""), strict=True))
    assert [row["Courier"] for row in rows] == ["Parcel Post"] * 3
    assert {(row["Unit"], row["Parcel"]) for row in rows} == {("3B", "PKT-7")}
    assert await pages(house, people, "Ada") == [{"csv": whole, "next": None}]

    [neighbors] = await pages(house, people, "Cleo", language="fr")
    assert neighbors["csv"].startswith("Enregistrement,Heure,")
    assert "PKT-7" not in neighbors["csv"]


async def test_exported_records_can_be_verified(house: House, people: People) -> None:
    taken = await pages(house, people, "Cleo", format="json", limit=4)

    assert len(taken) > 2
    assert (
        check(
            records_of({f"page {number}": page for number, page in enumerate(taken)})
        ).hex()
        == (taken[-1]["head"]["hash"])
    )
    assert "PKT-7" not in str(taken)


async def test_invalid_page_is_refused(house: House, people: People) -> None:
    for data in (
        {"format": "xml"},
        {"page": 0},
        {"limit": 0},
        {"limit": 501},
        {"unit": "3B"},
    ):
        with pytest.raises(vol.Invalid):
            await ask(house, "export_entries", None, acting(people["Ada"]), **data)
