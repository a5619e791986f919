from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.courier_access.const import RESIDENT_LANGUAGES

from .front_end import TRANSLATIONS
from .parts import PartFlow, person, up_to_decision, up_to_targets

CYRILLIC_A = "\N{CYRILLIC SMALL LETTER A}"
CYRILLIC_VE = "\N{CYRILLIC CAPITAL LETTER VE}"


async def test_resident_with_user_is_notified_in_apps(
    hass: HomeAssistant, resident_flow: PartFlow
) -> None:
    entry = person(hass)
    screen = await resident_flow.add()
    assert screen.fields.keys() == {"name", "unit", "person", "language"}
    screen = await resident_flow.submit(
        screen, name=" Ada ", unit=" 3B ", person="person.ada", language="fr"
    )
    assert screen.step == "targets"
    assert screen.value("person_apps") is True
    screen = await resident_flow.submit(screen)
    assert screen.type is FlowResultType.CREATE_ENTRY
    resident_flow.has_only(
        "Ada",
        {
            "unit": "3B",
            "person": entry.id,
            "language": "fr",
            "targets": [{"kind": "person_apps"}],
        },
    )


async def test_resident_without_person_has_no_consent_by_default(
    resident_flow: PartFlow,
) -> None:
    screen = await up_to_decision(resident_flow)
    assert (screen.step, screen.options) == ("decision", ["paper", "no_paper"])
    screen = await resident_flow.choose("no_paper")
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert resident_flow.only().data == {
        "unit": "3B",
        "person": None,
        "language": None,
        "targets": [{"kind": "action", "value": "notify.ada"}],
    }


async def test_markup_in_name_is_escaped(resident_flow: PartFlow) -> None:
    screen = await up_to_decision(resident_flow, name="Ada <u>*L*</u>")
    name = r"Ada \<u\>\*L\*\<\/u\>"
    assert screen.shown["description_placeholders"] == {"name": name}
    screen = await resident_flow.choose("paper")
    assert screen.shown["description_placeholders"] == {"name": name}


async def test_invalid_details_are_refused(
    hass: HomeAssistant, resident_flow: PartFlow
) -> None:
    hass.states.async_set("light.hall", "on")
    resident_flow.add_resident(person=person(hass).id)
    for field, value, error in (
        ("name", " ", "name_blank"),
        ("unit", " ", "unit_blank"),
        ("unit", "\u3000", "unit_blank"),
        ("unit", "3" * 33, "unit_long"),
        ("person", "person.nobody", "person_unknown"),
        ("person", "0" * 32, "person_unknown"),
        ("person", "light.hall", "person_unknown"),
        ("person", "person.ada", "person_taken"),
    ):
        screen = await up_to_targets(resident_flow, **{field: value})
        assert screen.errors == {field: error}, value


async def test_unit_that_looks_like_another_is_refused(
    resident_flow: PartFlow,
) -> None:
    resident_flow.add_resident(unit="3B")
    resident_flow.add_resident(unit="Flat 2")
    for unit, error in (
        ("3 B", "unit_similar"),
        (" 3\u00a0b", "unit_similar"),
        (f"3{CYRILLIC_VE}", "unit_similar"),
        ("Flat2", "unit_similar"),
        (f"Fl{CYRILLIC_A}t 3", "unit_mixed"),
    ):
        screen = await up_to_targets(resident_flow, unit=unit)
        assert screen.errors == {"unit": error}, unit
    for unit in ("3b", " 3B ", "3-B", f"{CYRILLIC_VE}{CYRILLIC_A} 3"):
        assert (await up_to_targets(resident_flow, unit=unit)).step == "targets", unit


async def test_existing_unit_stays_as_it_is_written(resident_flow: PartFlow) -> None:
    resident_flow.add_resident(unit="3B")
    resident_flow.add_resident(unit="3 B")
    resident_flow.add_resident(unit=f"Fl{CYRILLIC_A}t")
    for unit in ("3B", "3 B", f"Fl{CYRILLIC_A}t"):
        assert (await up_to_targets(resident_flow, unit=unit)).step == "targets", unit


async def test_units_are_suggested_and_others_accepted_as_is_a_neighbors_name(
    resident_flow: PartFlow,
) -> None:
    for unit in ("3B", "1A"):
        resident_flow.add_resident(unit=unit)
    screen = await resident_flow.add()
    assert screen.fields["unit"]["selector"]["select"]["options"] == ["1A", "3B"]
    # Without a default the frontend preselects the first option.
    assert screen.value("unit") == ""
    for unit in ("2C", "3" * 32):
        assert (await up_to_targets(resident_flow, unit=unit)).step == "targets", unit


async def test_only_existing_languages_are_offered(resident_flow: PartFlow) -> None:
    screen = await resident_flow.add()
    languages = screen.fields["language"]["selector"]["language"]["languages"]
    assert languages == list(RESIDENT_LANGUAGES)
    assert sorted(languages) == sorted(
        path.stem for path in TRANSLATIONS.glob("*.json")
    )
    with pytest.raises(InvalidData):
        await resident_flow.submit(screen, name="Ada", unit="3B", language="tlh")


async def test_targets_are_ordered_without_duplicates(
    hass: HomeAssistant, resident_flow: PartFlow
) -> None:
    person(hass)
    entry = er.async_get(hass).async_get_or_create(
        "notify", "mail", "ada", suggested_object_id="ada"
    )
    hass.states.async_set("notify.panel", "unknown")
    screen = await up_to_targets(resident_flow, person="person.ada")
    await resident_flow.submit(
        screen,
        notify_actions=["notify.mail", " notify.mail "],
        notify_entities=["notify.panel", "notify.ada", entry.id],
    )
    assert resident_flow.only().data["targets"] == [
        {"kind": "person_apps"},
        {"kind": "entity", "value": "notify.panel"},
        {"kind": "entity", "value": entry.id},
        {"kind": "action", "value": "notify.mail"},
    ]


async def test_apps_are_only_offered_for_a_person_with_a_user_and_one_target_is_needed(
    hass: HomeAssistant, resident_flow: PartFlow
) -> None:
    person(hass)
    person(hass, "ben", user_id=None)
    screen = await up_to_targets(resident_flow, person="person.ada")
    screen = await resident_flow.submit(screen, person_apps=False)
    assert screen.errors == {"base": "no_target"}
    screen = await up_to_targets(resident_flow, person="person.ben")
    assert screen.fields.keys() == {"notify_entities", "notify_actions", "test"}
    assert (await resident_flow.submit(screen)).errors == {"base": "no_target"}


async def test_invalid_targets_are_refused_and_shown_again(
    hass: HomeAssistant, resident_flow: PartFlow
) -> None:
    hass.states.async_set("light.hall", "on")
    screen = await up_to_targets(resident_flow)
    for action in (
        *("ada", "notify", "notify.", "light.turn_on"),
        *("notify.Ada B", "notify.not_set_up"),
    ):
        given = ["notify.ada", action]
        screen = await resident_flow.submit(screen, notify_actions=given)
        assert screen.errors == {"notify_actions": "notify_action_unknown"}, action
        assert screen.value("notify_actions") == given
    for entity in ("light.hall", "notify.nowhere", "0" * 32):
        screen = await up_to_targets(resident_flow)
        screen = await resident_flow.submit(screen, notify_entities=[entity])
        assert screen.errors == {"notify_entities": "notify_entity_unknown"}, entity
