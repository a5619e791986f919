from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er

from .front_end import Screen
from .parts import PartFlow, person

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
                "paper": PAPER,
            },
        )

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
        # A last known login may be theirs, and a paper wouldn't count.
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
