from collections.abc import Mapping
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.flows.resident import LANGUAGES

from .conftest import AddSubentry
from .front_end import TRANSLATIONS, FrontEnd, Screen

PAPER = {
    "id": "5f0c",
    "decided_on": "2026-11-01",
    "consent": True,
    "windows": {"monday": [{"from": "08:00:00", "to": "12:00:00"}]},
}


def person(hass: HomeAssistant, name: str = "ada", user_id: str | None = "u-1") -> er.RegistryEntry:
    """Add a registered person with a state; without a user id, they can't log in."""
    entry = er.async_get(hass).async_get_or_create(
        "person", "person", name, suggested_object_id=name
    )
    hass.states.async_set(entry.entity_id, "home", {"user_id": user_id} if user_id else {})
    return entry


def only_resident(building: MockConfigEntry) -> tuple[str, Mapping[str, Any]]:
    (resident,) = building.get_subentries_of_type("resident")
    return resident.title, resident.data


async def up_to_targets(flow: FrontEnd, **answers: Any) -> Screen:
    return await flow.submit(await flow.add(), **{"name": "Ada", "unit": "3B"} | answers)


async def up_to_decision(flow: FrontEnd, **answers: Any) -> Screen:
    screen = await up_to_targets(flow, **answers)
    return await flow.submit(screen, notify_actions=["notify.ada"])


async def up_to_paper(flow: FrontEnd) -> Screen:
    await up_to_decision(flow)
    return await flow.choose("paper")


async def test_a_resident_with_a_user_is_told_in_their_apps(
    hass: HomeAssistant, building: MockConfigEntry, resident_flow: FrontEnd
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
    assert only_resident(building) == (
        "Ada",
        {
            "name": "Ada",
            "unit": "3B",
            "person": entry.id,
            "language": "fr",
            "targets": [{"kind": "person_apps"}],
        },
    )


async def test_a_resident_without_a_person_decides_nothing_by_default(
    building: MockConfigEntry, resident_flow: FrontEnd
) -> None:
    screen = await up_to_decision(resident_flow)
    assert (screen.step, screen.options) == ("decision", ["paper", "no_paper"])
    screen = await resident_flow.choose("no_paper")
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert only_resident(building)[1] == {
        "name": "Ada",
        "unit": "3B",
        "person": None,
        "language": None,
        "targets": [{"kind": "action", "value": "notify.ada"}],
    }


class TestDetails:
    @pytest.mark.parametrize(
        ("answers", "errors"),
        [
            ({"name": " "}, {"name": "name_blank"}),
            ({"unit": " "}, {"unit": "unit_blank"}),
            ({"unit": "\u3000"}, {"unit": "unit_blank"}),
            ({"unit": "3" * 33}, {"unit": "unit_long"}),
            ({"person": "person.nobody"}, {"person": "person_unknown"}),
            ({"person": "0" * 32}, {"person": "person_unknown"}),
            ({"person": "light.hall"}, {"person": "person_unknown"}),
        ],
    )
    async def test_what_cannot_be_is_refused(
        self,
        hass: HomeAssistant,
        resident_flow: FrontEnd,
        answers: dict[str, str],
        errors: dict[str, str],
    ) -> None:
        hass.states.async_set("light.hall", "on")
        assert (await up_to_targets(resident_flow, **answers)).errors == errors

    async def test_a_unit_may_be_as_long_as_the_contract_says(
        self, resident_flow: FrontEnd
    ) -> None:
        assert (await up_to_targets(resident_flow, unit="3" * 32)).step == "targets"

    async def test_the_buildings_units_are_suggested_and_others_may_be_entered(
        self, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        add_resident(unit="3B")
        add_resident(unit="1A")
        screen = await resident_flow.add()
        assert screen.fields["unit"]["selector"]["select"]["options"] == ["1A", "3B"]
        screen = await resident_flow.submit(screen, name="Ada", unit="2C")
        assert screen.step == "targets"

    async def test_residents_may_share_a_name(
        self, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        add_resident()
        assert (await up_to_targets(resident_flow, unit="2C")).step == "targets"

    async def test_a_person_is_one_resident_of_a_building(
        self, hass: HomeAssistant, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        add_resident(person=person(hass).id)
        screen = await up_to_targets(resident_flow, person="person.ada")
        assert screen.errors == {"person": "person_taken"}

    async def test_only_languages_that_exist_are_offered(self, resident_flow: FrontEnd) -> None:
        screen = await resident_flow.add()
        languages = screen.fields["language"]["selector"]["language"]["languages"]
        assert languages == list(LANGUAGES)
        assert sorted(languages) == sorted(path.stem for path in TRANSLATIONS.glob("*.json"))
        with pytest.raises(InvalidData):
            await resident_flow.submit(screen, name="Ada", unit="3B", language="tlh")


class TestTargets:
    async def test_they_are_tried_in_order_each_once(
        self, hass: HomeAssistant, building: MockConfigEntry, resident_flow: FrontEnd
    ) -> None:
        person(hass)
        entry = er.async_get(hass).async_get_or_create(
            "notify", "mail", "ada", suggested_object_id="ada"
        )
        hass.states.async_set("notify.panel", "unknown")
        screen = await up_to_targets(resident_flow, person="person.ada")
        await resident_flow.submit(
            screen,
            notify_actions=["notify.late", " notify.late "],
            notify_entities=["notify.panel", "notify.ada", entry.id],
        )
        assert only_resident(building)[1]["targets"] == [
            {"kind": "person_apps"},
            {"kind": "entity", "value": "notify.panel"},
            {"kind": "entity", "value": entry.id},
            {"kind": "action", "value": "notify.late"},
        ]

    async def test_at_least_one_is_needed(
        self, hass: HomeAssistant, resident_flow: FrontEnd
    ) -> None:
        person(hass)
        screen = await up_to_targets(resident_flow, person="person.ada")
        screen = await resident_flow.submit(screen, person_apps=False)
        assert screen.errors == {"base": "no_target"}

    async def test_apps_are_offered_only_where_a_user_leads_to_them(
        self, hass: HomeAssistant, resident_flow: FrontEnd
    ) -> None:
        person(hass, user_id=None)
        screen = await up_to_targets(resident_flow, person="person.ada")
        assert screen.fields.keys() == {"notify_entities", "notify_actions"}
        assert (await resident_flow.submit(screen)).errors == {"base": "no_target"}

    async def test_the_actions_that_exist_are_offered(
        self, hass: HomeAssistant, resident_flow: FrontEnd
    ) -> None:
        async def pass_over(call: ServiceCall) -> None:
            raise AssertionError

        for name in ("send_message", "mobile_app_b", "mobile_app_a"):
            hass.services.async_register("notify", name, pass_over)
        screen = await up_to_targets(resident_flow)
        options = screen.fields["notify_actions"]["selector"]["select"]["options"]
        assert options == ["notify.mobile_app_a", "notify.mobile_app_b"]

    @pytest.mark.parametrize(
        "action",
        ["ada", "notify", "notify.", "light.turn_on", "notify.Ada B", "notify.send_message"],
    )
    async def test_an_action_that_cannot_be_is_refused(
        self, resident_flow: FrontEnd, action: str
    ) -> None:
        screen = await up_to_targets(resident_flow)
        screen = await resident_flow.submit(screen, notify_actions=["notify.good", action])
        assert screen.errors == {"notify_actions": "notify_action_format"}
        assert screen.value("notify_actions") == ["notify.good", action]

    @pytest.mark.parametrize("entity", ["light.hall", "notify.nowhere", "0" * 32])
    async def test_an_entity_that_cannot_tell_anybody_is_refused(
        self, hass: HomeAssistant, resident_flow: FrontEnd, entity: str
    ) -> None:
        hass.states.async_set("light.hall", "on")
        screen = await up_to_targets(resident_flow)
        screen = await resident_flow.submit(screen, notify_entities=[entity])
        assert screen.errors == {"notify_entities": "notify_entity_unknown"}


class TestDecidedOnPaper:
    @pytest.fixture(autouse=True)
    async def in_a_zone_where_it_is_the_next_day(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory
    ) -> None:
        await hass.config.async_set_time_zone("Pacific/Auckland")
        freezer.move_to("2026-11-24T12:00:00+00:00")

    async def test_it_is_offered_to_a_person_without_a_user(
        self, hass: HomeAssistant, resident_flow: FrontEnd
    ) -> None:
        person(hass, user_id=None)
        assert (await up_to_decision(resident_flow, person="person.ada")).step == "decision"

    async def test_date_consent_and_hours_are_recorded_under_an_id(
        self, building: MockConfigEntry, resident_flow: FrontEnd
    ) -> None:
        screen = await up_to_paper(resident_flow)
        assert all(screen.value(name) is None for name in screen.fields)
        screen = await resident_flow.submit(
            screen,
            decided_on="2026-11-25",
            consent="yes",
            every_day="8-12",
            saturday="14h-18h30, 20:00\u201324:00",
            sunday="22:00-06:00",
        )
        assert screen.type is FlowResultType.CREATE_ENTRY
        paper = only_resident(building)[1]["paper"]
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

    async def test_a_no_is_recorded_too(
        self, building: MockConfigEntry, resident_flow: FrontEnd
    ) -> None:
        screen = await up_to_paper(resident_flow)
        await resident_flow.submit(screen, decided_on="2026-11-25", consent="no")
        paper = only_resident(building)[1]["paper"]
        assert (paper["consent"], paper["windows"]) == (False, {})

    async def test_a_yes_without_hours_would_let_nobody_in(
        self, building: MockConfigEntry, resident_flow: FrontEnd
    ) -> None:
        screen = await up_to_paper(resident_flow)
        screen = await resident_flow.submit(screen, decided_on="2026-11-25", consent="yes")
        assert screen.errors == {"every_day": "no_hours"}
        assert not building.get_subentries_of_type("resident")

    async def test_a_date_to_come_is_refused_by_the_buildings_calendar(
        self, resident_flow: FrontEnd
    ) -> None:
        screen = await up_to_paper(resident_flow)
        screen = await resident_flow.submit(screen, decided_on="2026-11-26", consent="no")
        assert screen.errors == {"decided_on": "decided_in_future"}

    @pytest.mark.parametrize(
        ("text", "window", "error"),
        [
            ("8-12, mornings", "mornings", "hours_unreadable"),
            ("25:00-26:00", "25:00-26:00", "hours_unreadable"),
            ("08:00-12:00; 9-9", "9-9", "hours_empty"),
        ],
    )
    async def test_hours_that_cannot_be_are_named(
        self, resident_flow: FrontEnd, text: str, window: str, error: str
    ) -> None:
        screen = await up_to_paper(resident_flow)
        screen = await resident_flow.submit(
            screen, decided_on="2026-11-25", consent="yes", monday="8-12", thursday=text
        )
        assert screen.errors == {"thursday": error}
        assert screen.shown["description_placeholders"]["window"] == window
        assert screen.value("monday") == "8-12"
        assert screen.value("thursday") == text


class TestChanging:
    async def up_to_targets(self, flow: FrontEnd, resident_id: str, **answers: Any) -> Screen:
        return await flow.submit(await flow.change(resident_id), **answers)

    async def test_everything_begins_as_it_is(
        self,
        hass: HomeAssistant,
        building: MockConfigEntry,
        resident_flow: FrontEnd,
        add_resident: AddSubentry,
    ) -> None:
        entry = er.async_get(hass).async_get_or_create(
            "notify", "mail", "ada", suggested_object_id="ada"
        )
        targets = [
            {"kind": "entity", "value": entry.id},
            {"kind": "entity", "value": "0" * 32},
            {"kind": "action", "value": "notify.ada"},
        ]
        resident = add_resident(
            person=person(hass).id, language="fr", unit="3B", targets=targets, paper=PAPER
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
        }
        screen = await resident_flow.submit(screen)
        assert screen.reason == "reconfigure_successful"
        assert only_resident(building) == (
            "Ada B.",
            {
                **resident.data,
                "name": "Ada B.",
                "language": None,
                "targets": [targets[0], targets[2]],
                "paper": PAPER,
            },
        )

    async def test_their_own_person_is_not_taken(
        self, hass: HomeAssistant, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        resident = add_resident(person=person(hass).id)
        assert (await self.up_to_targets(resident_flow, resident.subentry_id)).step == "targets"

    async def test_a_person_that_is_gone_is_let_go(
        self, building: MockConfigEntry, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        resident = add_resident(person="0" * 32)
        screen = await resident_flow.change(resident.subentry_id)
        assert screen.value("person") is None
        await resident_flow.submit(await resident_flow.submit(screen))
        await resident_flow.choose("no_paper")
        assert only_resident(building)[1]["person"] is None

    async def test_another_persons_apps_are_the_default_again(
        self, hass: HomeAssistant, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        person(hass)
        resident = add_resident()
        screen = await self.up_to_targets(resident_flow, resident.subentry_id, person="person.ada")
        assert screen.value("person_apps") is True
        assert screen.value("notify_actions") == ["notify.ada"]

    async def test_a_decision_is_kept(
        self, building: MockConfigEntry, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        resident = add_resident(paper=PAPER)
        screen = await self.up_to_targets(resident_flow, resident.subentry_id, unit="3b ")
        screen = await resident_flow.submit(screen)
        assert screen.step == "decision_again"
        assert screen.shown["description_placeholders"]["decided_on"] == "2026-11-01"
        assert await resident_flow.go_on(screen.shown["flow_id"]) == screen
        await resident_flow.choose("no_paper")
        data = only_resident(building)[1]
        assert (data["unit"], data["paper"]) == ("3b", PAPER)

    async def test_the_same_decision_keeps_its_id_and_another_gets_its_own(
        self, building: MockConfigEntry, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        resident = add_resident(paper=PAPER)
        for hours, keeps_id in (("8h-12h", True), ("8h-13h", False)):
            await resident_flow.submit(
                await self.up_to_targets(resident_flow, resident.subentry_id)
            )
            screen = await resident_flow.choose("paper")
            assert screen.value("decided_on") == "2026-11-01"
            assert screen.value("consent") == "yes"
            assert screen.value("monday") == "08:00-12:00"
            await resident_flow.submit(screen, monday=hours)
            paper = only_resident(building)[1]["paper"]
            assert (paper["id"] == PAPER["id"]) is keeps_id
        assert paper["windows"] == {"monday": [{"from": "08:00:00", "to": "13:00:00"}]}

    async def test_another_unit_drops_the_decision(
        self, building: MockConfigEntry, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        resident = add_resident(paper=PAPER)
        screen = await self.up_to_targets(resident_flow, resident.subentry_id, unit="4C")
        assert (await resident_flow.submit(screen)).step == "decision"
        await resident_flow.choose("no_paper")
        assert "paper" not in only_resident(building)[1]

    async def test_a_decision_made_anew_for_another_unit_has_its_own_id(
        self, building: MockConfigEntry, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        resident = add_resident(paper=PAPER)
        screen = await self.up_to_targets(resident_flow, resident.subentry_id, unit="4C")
        await resident_flow.submit(screen)
        screen = await resident_flow.choose("paper")
        assert screen.value("decided_on") is None
        await resident_flow.submit(screen, decided_on="2026-11-01", consent="yes", monday="8-12")
        paper = only_resident(building)[1]["paper"]
        assert paper["id"] != PAPER["id"]
        assert paper | {"id": PAPER["id"]} == PAPER

    async def test_a_person_with_a_user_decides_for_themselves(
        self,
        hass: HomeAssistant,
        building: MockConfigEntry,
        resident_flow: FrontEnd,
        add_resident: AddSubentry,
    ) -> None:
        person(hass)
        resident = add_resident(paper=PAPER)
        screen = await self.up_to_targets(resident_flow, resident.subentry_id, person="person.ada")
        assert (await resident_flow.submit(screen)).type is FlowResultType.ABORT
        assert "paper" not in only_resident(building)[1]
