from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.courier_access.const import BRITISH, RESIDENT_LANGUAGES

from .front_end import TRANSLATIONS, Screen
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
            "private_notifications": True,
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
        "private_notifications": True,
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
    # British English has only its dates and times.
    assert {*languages, BRITISH} == {path.stem for path in TRANSLATIONS.glob("*.json")}
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
    assert screen.fields.keys() == {
        "notify_entities",
        "notify_actions",
        "private_notifications",
        "test",
    }
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


PAPER = {
    "id": "5f0c",
    "decided_on": "2026-11-01",
    "consent": True,
    "windows": {"monday": [{"from": "08:00:00", "to": "12:00:00"}]},
}


class TestReconfigure:
    async def up_to_targets(
        self, flow: PartFlow, resident_id: str, **answers: Any
    ) -> Screen:
        return await flow.submit(await flow.change(resident_id), **answers)

    async def test_form_starts_with_current_data(
        self, hass: HomeAssistant, resident_flow: PartFlow
    ) -> None:
        entry = er.async_get(hass).async_get_or_create(
            "notify", "mail", "ada", suggested_object_id="ada"
        )
        targets = [
            {"kind": "entity", "value": entry.id},
            {"kind": "entity", "value": "0" * 32},
            {"kind": "action", "value": "notify.ada"},
        ]
        resident = resident_flow.add_resident(
            person=person(hass).id,
            language="fr",
            unit="3B",
            targets=targets,
            paper=PAPER,
        )
        screen = await resident_flow.change(resident.subentry_id)
        assert {name: screen.value(name) for name in screen.fields} == {
            "name": "Ada",
            "unit": "3B",
            "person": "person.ada",
            "language": "fr",
        }
        screen = await resident_flow.submit(screen, name="Ada B.", language=None)
        assert {name: screen.value(name) for name in screen.fields} == {
            "person_apps": False,
            "notify_entities": ["notify.ada"],
            "notify_actions": ["notify.ada"],
            # Enrolled before there were private notifications.
            "private_notifications": False,
            "test": False,
        }
        screen = await resident_flow.submit(screen)
        assert screen.reason == "reconfigure_successful"
        resident_flow.has_only(
            "Ada B.",
            {
                **resident.data,
                "language": None,
                "targets": [targets[0], targets[2]],
                "private_notifications": False,
                "paper": PAPER,
            },
        )

    async def test_private_notifications_stay_as_they_were_chosen(
        self, resident_flow: PartFlow
    ) -> None:
        resident = resident_flow.add_resident(paper=PAPER)
        for chosen in (True, False):
            screen = await self.up_to_targets(resident_flow, resident.subentry_id)
            await resident_flow.submit(screen, private_notifications=chosen)
            await resident_flow.choose("no_paper")
            assert resident_flow.only().data["private_notifications"] is chosen
            screen = await self.up_to_targets(resident_flow, resident.subentry_id)
            assert screen.value("private_notifications") is chosen

    async def test_own_person_is_not_taken(
        self, hass: HomeAssistant, resident_flow: PartFlow
    ) -> None:
        resident = resident_flow.add_resident(person=person(hass).id)
        assert (
            await self.up_to_targets(resident_flow, resident.subentry_id)
        ).step == "targets"

    async def test_removed_person_is_cleared(self, resident_flow: PartFlow) -> None:
        resident = resident_flow.add_resident(person="0" * 32)
        screen = await resident_flow.change(resident.subentry_id)
        assert screen.value("person") is None
        # A last known account may be theirs, and a paper wouldn't count.
        done = await resident_flow.submit(await resident_flow.submit(screen))
        assert done.type is FlowResultType.ABORT
        assert resident_flow.only().data["person"] is None

    async def test_apps_default_again_for_another_person(
        self, hass: HomeAssistant, resident_flow: PartFlow
    ) -> None:
        person(hass)
        resident = resident_flow.add_resident()
        screen = await self.up_to_targets(
            resident_flow, resident.subentry_id, person="person.ada"
        )
        assert screen.value("person_apps") is True
        assert screen.value("notify_actions") == ["notify.ada"]

    async def test_paper_consent_is_kept(self, resident_flow: PartFlow) -> None:
        resident = resident_flow.add_resident(paper=PAPER)
        screen = await self.up_to_targets(
            resident_flow, resident.subentry_id, unit="3b "
        )
        screen = await resident_flow.submit(screen)
        assert screen.step == "decision_again"
        assert screen.shown["description_placeholders"]["decided_on"] == "2026-11-01"
        assert await resident_flow.go_on(screen.shown["flow_id"]) == screen
        await resident_flow.choose("no_paper")
        data = resident_flow.only().data
        assert (data["unit"], data["paper"]) == ("3b", PAPER)

    async def test_unchanged_paper_consent_keeps_id_and_changed_gets_new(
        self, resident_flow: PartFlow
    ) -> None:
        resident = resident_flow.add_resident(paper=PAPER)
        for hours, keeps_id in (("8h-12h", True), ("8h-13h", False)):
            await resident_flow.submit(
                await self.up_to_targets(resident_flow, resident.subentry_id)
            )
            screen = await resident_flow.choose("paper")
            assert screen.value("decided_on") == "2026-11-01"
            assert screen.value("consent") == "yes"
            assert screen.value("monday") == "08:00-12:00"
            await resident_flow.submit(screen, monday=hours)
            paper = resident_flow.only().data["paper"]
            assert (paper["id"] == PAPER["id"]) is keeps_id
        assert paper["windows"] == {"monday": [{"from": "08:00:00", "to": "13:00:00"}]}

    async def test_another_unit_drops_paper_consent(
        self, resident_flow: PartFlow
    ) -> None:
        resident = resident_flow.add_resident(paper=PAPER)
        screen = await self.up_to_targets(
            resident_flow, resident.subentry_id, unit="4C"
        )
        assert (await resident_flow.submit(screen)).step == "decision"
        await resident_flow.choose("no_paper")
        assert "paper" not in resident_flow.only().data

    async def test_paper_consent_for_another_unit_gets_new_id(
        self, resident_flow: PartFlow
    ) -> None:
        resident = resident_flow.add_resident(paper=PAPER)
        screen = await self.up_to_targets(
            resident_flow, resident.subentry_id, unit="4C"
        )
        await resident_flow.submit(screen)
        screen = await resident_flow.choose("paper")
        assert screen.value("decided_on") is None
        await resident_flow.submit(
            screen, decided_on="2026-11-01", consent="yes", monday="8-12"
        )
        paper = resident_flow.only().data["paper"]
        assert paper["id"] != PAPER["id"]
        assert paper | {"id": PAPER["id"]} == PAPER

    async def test_person_with_user_is_not_offered_paper_consent(
        self, hass: HomeAssistant, resident_flow: PartFlow
    ) -> None:
        person(hass)
        resident = resident_flow.add_resident(paper=PAPER)
        screen = await self.up_to_targets(
            resident_flow, resident.subentry_id, person="person.ada"
        )
        assert (await resident_flow.submit(screen)).type is FlowResultType.ABORT
        assert "paper" not in resident_flow.only().data


class TestRename:
    """A renamed resident without a user may be another person."""

    async def test_another_resident_does_not_inherit_consent(
        self, resident_flow: PartFlow
    ) -> None:
        ada = resident_flow.add_resident(paper=PAPER)
        screen = await resident_flow.change(ada.subentry_id)
        screen = await resident_flow.submit(screen, name="Ben")
        assert screen.step == "renamed"
        screen = await resident_flow.choose("another_resident")
        assert screen.value("notify_actions") is None
        screen = await resident_flow.submit(screen, notify_actions=["notify.ben"])
        assert screen.step == "decision"
        screen = await resident_flow.choose("no_paper")

        assert screen.reason == "resident_replaced"
        [ben] = resident_flow.existing
        assert ben.subentry_id != ada.subentry_id
        assert ben.title == "Ben"
        assert ben.data == {
            "unit": "3B",
            "person": None,
            "language": None,
            "targets": [{"kind": "action", "value": "notify.ben"}],
            "private_notifications": True,
        }

    async def test_same_resident_keeps_consent(self, resident_flow: PartFlow) -> None:
        ada = resident_flow.add_resident(paper=PAPER)
        await resident_flow.submit(
            await resident_flow.change(ada.subentry_id), name="Ada B."
        )
        screen = await resident_flow.choose("same_resident")
        assert (await resident_flow.submit(screen)).step == "decision_again"
        await resident_flow.choose("no_paper")

        resident_flow.has_only("Ada B.", ada.data)

    async def test_rename_is_not_questioned_if_identity_is_known(
        self, hass: HomeAssistant, resident_flow: PartFlow
    ) -> None:
        """A user proves the identity, and another unit needs new consent."""
        ada, ben = (
            resident_flow.add_resident(person=person(hass).id),
            resident_flow.add_resident(name="Ben"),
        )
        for someone, answers in (
            (ada, {"name": "Ada B."}),
            (ben, {"name": "Cem", "unit": "4C"}),
            (ben, {"name": "BEN "}),
        ):
            screen = await resident_flow.change(someone.subentry_id)
            assert (await resident_flow.submit(screen, **answers)).step == "targets"


async def up_to_paper(flow: PartFlow) -> Screen:
    await up_to_decision(flow)
    return await flow.choose("paper")


class TestPaperConsent:
    @pytest.fixture(autouse=True)
    async def in_a_zone_where_it_is_the_next_day(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory
    ) -> None:
        await hass.config.async_set_time_zone("Pacific/Auckland")
        freezer.move_to("2026-11-24T12:00:00+00:00")

    async def test_paper_consent_is_offered_without_user(
        self, hass: HomeAssistant, resident_flow: PartFlow
    ) -> None:
        person(hass, user_id=None)
        assert (
            await up_to_decision(resident_flow, person="person.ada")
        ).step == "decision"

    async def test_date_consent_and_hours_are_recorded_with_id(
        self, resident_flow: PartFlow
    ) -> None:
        screen = await up_to_paper(resident_flow)
        # Without a default the frontend preselects the first option.
        assert screen.value("consent") == ""
        assert all(
            screen.value(name) is None for name in screen.fields.keys() - {"consent"}
        )
        screen = await resident_flow.submit(
            screen,
            decided_on="2026-11-25",
            consent="yes",
            every_day="8-12",
            saturday="14h-18h30, 20:00\u201324:00",
            sunday="22:00-06:00",
        )
        assert screen.type is FlowResultType.CREATE_ENTRY
        paper = resident_flow.only().data["paper"]
        morning = {"from": "08:00:00", "to": "12:00:00"}
        assert paper == {
            "id": paper["id"],
            "decided_on": "2026-11-25",
            "consent": True,
            "windows": {
                "monday": [{"from": "00:00:00", "to": "06:00:00"}, morning],
                "tuesday": [morning],
                "wednesday": [morning],
                "thursday": [morning],
                "friday": [morning],
                "saturday": [
                    morning,
                    {"from": "14:00:00", "to": "18:30:00"},
                    {"from": "20:00:00", "to": "24:00:00"},
                ],
                "sunday": [morning, {"from": "22:00:00", "to": "24:00:00"}],
            },
        }
        assert len(paper["id"]) == 32

    async def test_refusal_is_recorded(self, resident_flow: PartFlow) -> None:
        screen = await up_to_paper(resident_flow)
        await resident_flow.submit(screen, decided_on="2026-11-25", consent="no")
        paper = resident_flow.only().data["paper"]
        assert (paper["consent"], paper["windows"]) == (False, {})

    async def test_what_can_not_be_meant_is_refused_and_shown_again(
        self, resident_flow: PartFlow
    ) -> None:
        screen = await up_to_paper(resident_flow)
        told = {"decided_on": "2026-11-25", "consent": "yes"}
        too_late = {"decided_on": "2026-11-26", "consent": "no"}
        screen = await resident_flow.submit(screen, **too_late)
        assert screen.errors == {"decided_on": "decided_in_future"}
        screen = await resident_flow.submit(screen, **told)
        assert screen.errors == {"every_day": "no_hours"}
        screen = await resident_flow.submit(
            screen, **too_late | {"consent": "yes"}, monday="8-12", thursday="mornings"
        )
        assert screen.errors == {
            "decided_on": "decided_in_future",
            "thursday": "hours_unreadable",
        }
        for text, error in (
            ("8-12, mornings", "hours_unreadable"),
            ("25:00-26:00", "hours_unreadable"),
            ("08:00-12:00; 9-9", "hours_empty"),
            ("8-9," * 49, "hours_too_many"),
        ):
            screen = await resident_flow.submit(
                screen, **told, monday="8-12", thursday=text
            )
            assert screen.errors == {"thursday": error}, text
            assert screen.value("monday") == "8-12"
            assert screen.value("thursday") == text
        assert not resident_flow.existing
