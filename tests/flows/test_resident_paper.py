from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .front_end import FrontEnd, Screen
from .residents import only_resident, person, up_to_decision


async def up_to_paper(flow: FrontEnd) -> Screen:
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
        self, hass: HomeAssistant, resident_flow: FrontEnd
    ) -> None:
        person(hass, user_id=None)
        assert (
            await up_to_decision(resident_flow, person="person.ada")
        ).step == "decision"

    async def test_date_consent_and_hours_are_recorded_with_id(
        self, building: MockConfigEntry, resident_flow: FrontEnd
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

    async def test_refusal_is_recorded(
        self, building: MockConfigEntry, resident_flow: FrontEnd
    ) -> None:
        screen = await up_to_paper(resident_flow)
        await resident_flow.submit(screen, decided_on="2026-11-25", consent="no")
        paper = only_resident(building)[1]["paper"]
        assert (paper["consent"], paper["windows"]) == (False, {})

    async def test_consent_without_hours_is_refused(
        self, building: MockConfigEntry, resident_flow: FrontEnd
    ) -> None:
        screen = await up_to_paper(resident_flow)
        screen = await resident_flow.submit(
            screen, decided_on="2026-11-25", consent="yes"
        )
        assert screen.errors == {"every_day": "no_hours"}
        assert not building.get_subentries_of_type("resident")

    async def test_future_date_is_refused(self, resident_flow: FrontEnd) -> None:
        screen = await up_to_paper(resident_flow)
        screen = await resident_flow.submit(
            screen, decided_on="2026-11-26", consent="no"
        )
        assert screen.errors == {"decided_on": "decided_in_future"}

    @pytest.mark.parametrize(
        ("text", "window", "error"),
        [
            ("8-12, mornings", "mornings", "hours_unreadable"),
            ("25:00-26:00", "25:00-26:00", "hours_unreadable"),
            ("08:00-12:00; 9-9", "9-9", "hours_empty"),
            ("8-9," * 49, "", "hours_too_many"),
        ],
    )
    async def test_invalid_hours_are_shown(
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
