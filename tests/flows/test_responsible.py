"""Saying who is responsible for the data of a house of several homes."""

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.courier_access.const import DOMAIN
from tests.support.house import House, build

from .front_end import FrontEnd, Screen

NAMED = {"name": "Elm Street Owners", "owner_contact": "elm@example.org\n01 23"}


async def form(house: House) -> tuple[FrontEnd, Screen]:
    flow = FrontEnd(house.hass, None, "")
    await flow.configure(house.entry)
    return flow, await flow.choose("responsible")


def is_shown(house: House) -> bool:
    issue = f"no_responsible_{house.entry.entry_id}"
    return ir.async_get(house.hass).async_get_issue(DOMAIN, issue) is not None


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """A house of several homes for which nobody has been named yet."""
    house = await build(hass)
    hass.config_entries.async_update_entry(house.entry, options={"retention_days": 60})
    await house.settle()
    return house


async def test_issue_is_shown_until_name_and_contact_are_entered(house: House) -> None:
    assert is_shown(house)
    flow, screen = await form(house)
    assert screen.shown["description_placeholders"] == {"days": "60", "months": "12"}

    saved = await flow.submit(screen, **NAMED)
    await house.settle()

    assert saved.type is FlowResultType.CREATE_ENTRY
    empty = {"authority": "", "purpose": ""}
    assert house.entry.options == {
        "retention_days": 60,
        "responsible": {**NAMED, **empty},
    }
    assert not is_shown(house)
    _, screen = await form(house)
    assert {name: screen.value(name) for name in NAMED} == NAMED


async def test_blank_name_or_contact_is_refused(house: House) -> None:
    flow, screen = await form(house)
    screen = await flow.submit(screen, **NAMED, purpose=" ")
    assert screen.type is FlowResultType.CREATE_ENTRY
    for name in NAMED:
        flow, screen = await form(house)
        screen = await flow.submit(screen, **{**NAMED, name: " \n "})
        assert screen.errors == {name: "contact_missing"}
        assert house.entry.options["responsible"] == {
            **NAMED,
            "authority": "",
            "purpose": "",
        }


@pytest.mark.parametrize("field", ["name", "owner_contact", "authority", "purpose"])
@pytest.mark.parametrize("text", ["x" * 121, "a\nb\nc\nd\ne"])
async def test_text_too_long_for_a_sheet_is_refused(
    house: House, field: str, text: str
) -> None:
    flow, screen = await form(house)
    screen = await flow.submit(screen, **{**NAMED, field: text})
    assert screen.errors == {field: "contact_long"}
    assert screen.value(field) == text
    assert "responsible" not in house.entry.options


async def test_one_household_is_asked_for_nobody(hass: HomeAssistant) -> None:
    house = await build(hass, household="one")
    flow = FrontEnd(hass, None, "")
    assert "responsible" not in (await flow.configure(house.entry)).options
    assert not is_shown(house)
    hass.config_entries.async_update_entry(
        house.entry, data={**house.entry.data, "household": "several"}
    )
    await house.settle()
    assert is_shown(house)
