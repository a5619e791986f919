"""Entries as CSV: valid RFC 4180, translated, and without formulas."""

import csv
from datetime import datetime, timedelta
import io
import json
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.hours import HOURS_FIELDS
from custom_components.courier_access.access.model import (
    EntryDecision,
    Outcome,
    Proof,
)
from custom_components.courier_access.api import access_log
from custom_components.courier_access.api.access_log import (
    BYTE_ORDER_MARK,
    COLUMNS,
    plain,
)
from custom_components.courier_access.flows import residents_list
from custom_components.courier_access.flows.resident import Agreement
from tests.support.house import House, Sender, build, courier, door, resident
from tests.support.pages import Visitor, token_of

TEXTS: dict[str, dict[str, Any]] = {
    language: json.loads(
        (
            Path(access_log.__file__).parents[1] / "translations" / f"{language}.json"
        ).read_text("utf-8")
    )["common"]
    for language in ("en", "fr")
}
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    await hass.config.async_set_time_zone("Europe/Paris")
    return await build(
        hass,
        door("=Lobby, A", "lobby"),
        courier(),
        resident("Ada"),
        resident("Bob", "4C"),
    )


async def taken(house: House, sender: Sender, name: str) -> list[dict[str, str]]:
    answer = await Visitor(sender.client, token_of(house, name)).ask(query="?entries")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        answer.headers["Content-Disposition"]
        == 'attachment; filename="courier-access.csv"'
    )
    assert answer.body.startswith(BYTE_ORDER_MARK)
    written = answer.body.removeprefix(BYTE_ORDER_MARK).decode()
    assert written.count("\r\n") == written.count("\n")
    return list(csv.DictReader(io.StringIO(written, newline=""), strict=True))


async def test_resident_exports_entries_with_own_unit_and_parcel(
    house: House, sender: Sender
) -> None:
    await sender.grant(parcel_ref='=HYPERLINK("http://x";"y")')
    await sender.enter(driver_ref="D-5")
    await sender.enter("unheard-of", door="lobby")
    await sender.enter("unheard-of", door="lobby")
    await house.settle()

    refused, admitted = await taken(house, sender, "Ada")

    assert admitted["Courier"] == "Parcel Post"
    assert admitted["Door"] == "'=Lobby, A"
    assert (admitted["Decision"], admitted["Outcome"]) == (
        "admitted",
        "opened",
    )
    assert admitted["Unit"] == "3B"
    assert admitted["Driver"] == "D-5"
    assert admitted["Parcel"] == '\'=HYPERLINK("http://x";"y")'
    at = datetime.fromisoformat(admitted["Time"])
    assert at.utcoffset() in (timedelta(hours=1), timedelta(hours=2))
    assert (refused["Decision"], refused["Reason"]) == (
        "refused",
        "No such delivery was announced.",
    )
    assert refused["Repeats"] == "1"
    assert refused["Outcome"] == refused["Unit"] == ""
    for row in await taken(house, sender, "Bob"):
        assert (row["Unit"], row["Parcel"], row["Driver"]) == ("", "", "")


async def test_long_table_is_complete_with_one_header(
    house: House, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await taken(house, sender, "Ada") == []
    monkeypatch.setattr(access_log, "MOST_ON_PAGE", 2)
    for number in range(4):
        await sender.grant(f"G{number}")
        await sender.enter(f"G{number}")
    await house.settle()

    rows = await taken(house, sender, "Ada")

    numbers = [int(row["Record"]) for row in rows]
    assert len(numbers) == 4
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_column_and_value_has_a_text(language: str) -> None:
    there = {key for key in TEXTS[language] if key.startswith("csv_")}
    of_entries = (*COLUMNS, *EntryDecision, *Outcome)
    listed = (
        f"resident_{name}"
        for name in residents_list.COLUMNS
        if name not in HOURS_FIELDS
    )
    assert there == {
        f"csv_{name}" for name in (*of_entries, *Proof, *listed, *Agreement, "language")
    }
    columns = [TEXTS[language][f"csv_{name}"] for name in COLUMNS]
    assert len(set(columns)) == len(columns)


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("PKT-7", "PKT-7"),
        ("A, 3; b=4", "A, 3; b=4"),
        ("-7", "'-7"),
        (" \t=1", "'  =1"),
        ("x;=1+1", "x;'=1+1"),
        ('x;"=1+1"', 'x;\'"=1+1"'),
        ("x\r\n@SUM(1)", "x @SUM(1)"),
        ("\r\n@SUM(1)", "' @SUM(1)"),
        ("\uff1d1", "'\uff1d1"),
        ("", ""),
    ],
)
def test_formula_is_marked_as_text(written: str, cell: str) -> None:
    assert plain(written) == cell


@given(
    st.lists(
        st.text(
            alphabet=st.sampled_from("=+-@;,|\t\r\n\"' aZ7\uff1d\uff20"), max_size=12
        )
    )
)
def test_no_cell_is_a_formula_however_it_is_split(row: list[str]) -> None:
    written = access_log._csv([row])
    (read,) = list(csv.reader(io.StringIO(written, newline=""))) or [[]]
    assert [plain(cell) for cell in row] == read
    for delimiter in ",;\t|":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            lines = csv.reader(
                io.StringIO(written, newline=""), delimiter=delimiter, quoting=quoting
            )
            for cells in lines:
                for cell in cells:
                    assert not cell.lstrip(' "').startswith(FORMULA)
