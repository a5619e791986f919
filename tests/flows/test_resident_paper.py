from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from .front_end import Screen
from .parts import PartFlow, person, up_to_decision


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
