"""The export action: entries as CSV, or records as JSON, page by page."""

import csv
import io
from typing import Any

from homeassistant.core import HomeAssistant
import pytest
import voluptuous as vol

from custom_components.courier_access.ledger.verify_record import (
    begin,
    check,
    records_of,
)
from tests.support.house import House, Sender, ask, build, courier, door, resident
from tests.support.people import People


@pytest.fixture
async def house(hass: HomeAssistant, people: People, sender: Sender) -> House:
    """Return a building with three entries for 3B, where Ada and Ben live."""
    homes = await people.homes(Ada="3B", Cleo="4A")
    house = await build(hass, door(), courier(), resident("Ben", "3B"), *homes)
    await sender.grant(max_entries=3, parcel_ref="PKT-7")
    for _ in range(3):
        assert (await sender.enter()).body["decision"] == "admitted"
        await house.settle()
    return house


async def pages(
    house: House, people: People, name: str, **more: Any
) -> list[dict[str, Any]]:
    """Return all pages of an export."""
    who = people.acting(name)
    taken = [await ask(house, "export_entries", None, who, **more)]
    while (page := taken[-1]["next"]) is not None:
        taken.append(await ask(house, "export_entries", None, who, page=page, **more))
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
    records = records_of({f"page {number}": page for number, page in enumerate(taken)})
    assert check(records, begin(records)).hex() == taken[-1]["head"]["hash"]
    assert "PKT-7" not in str(taken)


async def test_invalid_page_is_refused(house: House, people: People) -> None:
    for data in (
        {"format": "xml"},
        {"page": 0},
        {"page": 2**63},
        {"limit": 0},
        {"limit": 501},
        {"unit": "3B"},
        {"language": "3B\0"},
        {"language": "../en"},
    ):
        with pytest.raises(vol.Invalid):
            await ask(house, "export_entries", None, people.acting("Ada"), **data)
