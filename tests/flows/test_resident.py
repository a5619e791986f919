from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.flows.resident_details import RESIDENT_LANGUAGES

from .conftest import AddSubentry
from .front_end import TRANSLATIONS, FrontEnd
from .residents import only_resident, person, up_to_decision, up_to_targets


async def test_resident_with_user_is_notified_in_apps(
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
            "unit": "3B",
            "person": entry.id,
            "language": "fr",
            "targets": [{"kind": "person_apps"}],
        },
    )


async def test_resident_without_person_has_no_consent_by_default(
    building: MockConfigEntry, resident_flow: FrontEnd
) -> None:
    screen = await up_to_decision(resident_flow)
    assert (screen.step, screen.options) == ("decision", ["paper", "no_paper"])
    screen = await resident_flow.choose("no_paper")
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert only_resident(building)[1] == {
        "unit": "3B",
        "person": None,
        "language": None,
        "targets": [{"kind": "action", "value": "notify.ada"}],
    }


async def test_markup_in_name_is_escaped(
    resident_flow: FrontEnd,
) -> None:
    screen = await up_to_decision(resident_flow, name="Ada <u>*L*</u>")
    name = r"Ada \<u\>\*L\*\<\/u\>"
    assert screen.shown["description_placeholders"] == {"name": name}
    screen = await resident_flow.choose("paper")
    assert screen.shown["description_placeholders"] == {"name": name, "window": ""}


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
    async def test_invalid_details_are_refused(
        self,
        hass: HomeAssistant,
        resident_flow: FrontEnd,
        answers: dict[str, str],
        errors: dict[str, str],
    ) -> None:
        hass.states.async_set("light.hall", "on")
        assert (await up_to_targets(resident_flow, **answers)).errors == errors

    async def test_unit_length_follows_contract(self, resident_flow: FrontEnd) -> None:
        assert (await up_to_targets(resident_flow, unit="3" * 32)).step == "targets"

    async def test_units_are_suggested_and_others_accepted(
        self, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        add_resident(unit="3B")
        add_resident(unit="1A")
        screen = await resident_flow.add()
        assert screen.fields["unit"]["selector"]["select"]["options"] == ["1A", "3B"]
        # Without a default the frontend preselects the first option.
        assert screen.value("unit") == ""
        screen = await resident_flow.submit(screen, name="Ada", unit="2C")
        assert screen.step == "targets"

    async def test_residents_can_share_a_name(
        self, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        add_resident()
        assert (await up_to_targets(resident_flow, unit="2C")).step == "targets"

    async def test_person_is_one_resident_per_building(
        self, hass: HomeAssistant, resident_flow: FrontEnd, add_resident: AddSubentry
    ) -> None:
        add_resident(person=person(hass).id)
        screen = await up_to_targets(resident_flow, person="person.ada")
        assert screen.errors == {"person": "person_taken"}

    async def test_only_existing_languages_are_offered(
        self, resident_flow: FrontEnd
    ) -> None:
        screen = await resident_flow.add()
        languages = screen.fields["language"]["selector"]["language"]["languages"]
        assert languages == list(RESIDENT_LANGUAGES)
        assert sorted(languages) == sorted(
            path.stem for path in TRANSLATIONS.glob("*.json")
        )
        with pytest.raises(InvalidData):
            await resident_flow.submit(screen, name="Ada", unit="3B", language="tlh")


class TestTargets:
    async def test_targets_are_ordered_without_duplicates(
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

    async def test_at_least_one_target_is_required(
        self, hass: HomeAssistant, resident_flow: FrontEnd
    ) -> None:
        person(hass)
        screen = await up_to_targets(resident_flow, person="person.ada")
        screen = await resident_flow.submit(screen, person_apps=False)
        assert screen.errors == {"base": "no_target"}

    async def test_apps_are_only_offered_for_person_with_user(
        self, hass: HomeAssistant, resident_flow: FrontEnd
    ) -> None:
        person(hass, user_id=None)
        screen = await up_to_targets(resident_flow, person="person.ada")
        assert screen.fields.keys() == {"notify_entities", "notify_actions"}
        assert (await resident_flow.submit(screen)).errors == {"base": "no_target"}

    async def test_existing_actions_are_offered(
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
        [
            "ada",
            "notify",
            "notify.",
            "light.turn_on",
            "notify.Ada B",
            "notify.send_message",
        ],
    )
    async def test_invalid_action_is_refused(
        self, resident_flow: FrontEnd, action: str
    ) -> None:
        screen = await up_to_targets(resident_flow)
        screen = await resident_flow.submit(
            screen, notify_actions=["notify.good", action]
        )
        assert screen.errors == {"notify_actions": "notify_action_format"}
        assert screen.value("notify_actions") == ["notify.good", action]

    @pytest.mark.parametrize("entity", ["light.hall", "notify.nowhere", "0" * 32])
    async def test_invalid_notify_entity_is_refused(
        self, hass: HomeAssistant, resident_flow: FrontEnd, entity: str
    ) -> None:
        hass.states.async_set("light.hall", "on")
        screen = await up_to_targets(resident_flow)
        screen = await resident_flow.submit(screen, notify_entities=[entity])
        assert screen.errors == {"notify_entities": "notify_entity_unknown"}
