"""Rows of a list: formats, validation, and matching residents."""

from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.const import SubentryType

from .lists import Lists
from .parts import person

pytestmark = pytest.mark.usefixtures("building_not_started")

CYRILLIC_A = "\N{CYRILLIC SMALL LETTER A}"
PAPER = {
    "id": "5f0c",
    "decided_on": "2026-11-10",
    "consent": False,
    "windows": {},
}
PAPER_HEADINGS = "name,unit,notify_actions,decided_on,consent,monday"


@pytest.mark.parametrize(
    "content",
    [
        "name,unit,notify_actions\nAda,3B,notify.ada\n",
        "Nom;Logement;Actions de notification\r\nAda;3B;notify.ada\r\n",
        "\ufeffNOM\tlogement\tactions  de notification\rAda\t3B\tnotify.ada",
        '"Unit","Name",,"Notify actions"\n"3B","\n  Ada ",,"notify.ada"\n\n,,,\n',
        "name;unit;notify_actions\nAda;3B;notify.ada;;;\n",
    ],
)
async def test_list_formats_are_equivalent(lists: Lists, content: str) -> None:
    await lists.take_in(content)

    assert lists.residents() == {
        "Ada": {
            "unit": "3B",
            "person": None,
            "language": None,
            "targets": [{"kind": "action", "value": "notify.ada"}],
            "private_notifications": True,
        }
    }


async def test_multiline_cell_counts_as_one_line(lists: Lists) -> None:
    problems = await lists.problems_of(
        '"Ada\nLovelace",3B,notify.ada', "", "Ben,,notify.ben"
    )
    assert problems == {"unit_blank": "4"}


async def test_list_is_validated_like_forms(hass: HomeAssistant, lists: Lists) -> None:
    person(hass, "ada")
    person(hass, "ben", None)
    headings = (
        "name,unit,person,language,phone apps,notify entities,notify actions,"
        "decided on,consent,every day"
    )
    problems = await lists.problems_of(
        f"Ada,{'3' * 33},,,,,notify.ada,,,",
        "Ada,3B,person.nobody,,,,notify.ada,,,",
        "Bea,3B,light.lamp,tlh,,,notify.ada,,,",
        "Cem,3B,,,perhaps,notify.gone,notify.notify,,,",
        "Dan,3B,person.ben,,yes,,notify.not_set_up,,,",
        "Eve,3B,,,,,notify.e,2026-11-31,yes,8-12",
        "Fay,3B,,,,,notify.e,24/11/2026,no,",
        "Gus,3B,,,,,notify.e,2999-01-01,no,",
        "Hal,3B,,,,,notify.e,,yes,8-12",
        "Ina,3B,,,,,notify.e,2026-11-01,yes,",
        "Jon,3B,,,,,notify.e,2026-11-01,yes,8-8 9-25",
        "Kim,3B,,,,,notify.e,2026-11-01,maybe,",
        "Lea,3B,,,,,notify.e,2026-11-01,yes,25-26",
        "Max,3B,person.ada,,,,,2026-11-01,yes,8-12",
        "Ned,3B,,,,,notify.e,,,,what is this",
        "Ola,3 B,,,,,notify.e,,,",
        f"Pia,B{CYRILLIC_A}se,,,,,notify.e,,,",
        headings=headings,
    )

    assert problems == {
        "unit_long": f"2: {'3' * 33}",
        "person_unknown": "3: person.nobody; 4: light.lamp",
        "language_unknown": "4: tlh",
        "answer_unreadable": "5: perhaps; 13: maybe",
        "notify_entity_unknown": "5: notify.gone",
        "notify_action_everybody": "5: notify.notify",
        "apps_without_user": "6",
        "notify_action_unknown": "6: notify.not_set_up",
        "date_unreadable": "7: 2026-11-31; 8: 24/11/2026",
        "decided_in_future": "9: 2999-01-01",
        "paper_incomplete": "10",
        "no_hours": "11",
        "hours_unreadable": "12: 8-8 9-25; 14: 25-26",
        "paper_with_user": "15",
        "too_many_cells": "16: what is this",
        "unit_similar": "17: 3 B",
        "unit_mixed": f"18: B{CYRILLIC_A}se",
    }


class TestMatching:
    async def test_person_is_given_by_entity_or_name(
        self, hass: HomeAssistant, lists: Lists
    ) -> None:
        ada, ben = person(hass, "ada").id, person(hass, "ben", "u-2").id
        hass.states.async_set(
            "person.ben", "home", {"user_id": "u-2", "friendly_name": "Ben B."}
        )
        await lists.take_in("name,unit,person\nAda,3B,person.ada\nBen,3B,ben b.\n")
        assert [each["person"] for each in lists.residents().values()] == [ada, ben]
        assert lists.residents()["Ada"]["targets"] == [{"kind": "person_apps"}]

    async def test_ambiguous_person_is_refused(
        self, hass: HomeAssistant, lists: Lists
    ) -> None:
        for name in ("ada", "ben"):
            person(hass, name)
            hass.states.async_set(f"person.{name}", "home", {"friendly_name": "Twin"})
        problems = await lists.problems_of("Ada,3B,twin", headings="name,unit,person")
        assert problems == {"person_ambiguous": "2: twin"}

    async def test_duplicate_resident_is_refused(
        self, hass: HomeAssistant, lists: Lists
    ) -> None:
        person(hass, "ada")
        problems = await lists.problems_of(
            "Ada,3B,person.ada",
            "ADA,3b,",
            "Bea,4A,person.ada",
            headings="name,unit,person",
        )
        assert problems == {
            "resident_twice": "3: ADA, 3b",
            "person_taken": "4: person.ada",
        }

    async def test_duplicate_person_is_refused(
        self, hass: HomeAssistant, lists: Lists
    ) -> None:
        lists.add_resident(person=person(hass, "ada").id)
        problems = await lists.problems_of(
            "Ada,3B,person.ada", "Bea,4A,person.ada", headings="name,unit,person"
        )
        assert problems == {"person_taken": "3: person.ada"}

    async def test_new_name_of_an_account_is_taken_in(
        self, hass: HomeAssistant, lists: Lists
    ) -> None:
        lists.add_resident(person=person(hass, "ada").id)
        await lists.take_in("name,unit,person\nAda L.,3B,person.ada\n")
        assert list(lists.residents()) == ["Ada L."]

    async def test_same_person_in_another_unit_moves(
        self, hass: HomeAssistant, lists: Lists
    ) -> None:
        ada = lists.add_resident(person=person(hass, "ada").id)
        await lists.take_in("name,unit,person\nAda L.,4C,person.ada\n")
        [only] = lists.building.get_subentries_of_type(SubentryType.RESIDENT)
        assert only.subentry_id == ada.subentry_id
        assert only.title == "Ada L."
        assert only.data == {**ada.data, "unit": "4C"}

    async def test_another_unit_without_person_is_new_resident(
        self, lists: Lists
    ) -> None:
        lists.add_resident(paper=PAPER)
        await lists.take_in(
            "name,unit,notify_actions\nAda,4C,notify.ada\n",
            move_out=True,
        )
        assert lists.residents() == {
            "Ada": {
                "unit": "4C",
                "person": None,
                "language": None,
                "targets": [{"kind": "action", "value": "notify.ada"}],
                "private_notifications": True,
            }
        }

    async def test_residents_keep_their_private_notifications_or_have_none(
        self, lists: Lists
    ) -> None:
        lists.add_resident()
        lists.add_resident(name="Ben", private_notifications=True)
        await lists.take_in("name,unit,language\nAda,3B,fr\nBen,3B,fr\n")
        ada, ben = (lists.residents()[name] for name in ("Ada", "Ben"))
        assert ada["language"] == ben["language"] == "fr"
        assert "private_notifications" not in ada
        assert ben["private_notifications"] is True

    async def test_indistinguishable_residents_are_refused(
        self, hass: HomeAssistant, lists: Lists
    ) -> None:
        lists.add_resident(person=person(hass, "ada").id)
        lists.add_resident(name="Bea")
        problems = await lists.problems_of(
            "Bea,3B,person.ada", headings="name,unit,person"
        )
        assert problems == {"resident_twice": "2: Bea, 3B"}


class TestBlankCells:
    async def test_blank_cells_keep_recorded_values(self, lists: Lists) -> None:
        gone = [
            {"kind": "entity", "value": "0" * 32},
            {"kind": "action", "value": "notify.ada"},
        ]
        lists.add_resident(person="0" * 32, language="fr", targets=gone, paper=PAPER)
        _, screen = await lists.offer(
            f"{PAPER_HEADINGS},person,language,phone apps,notify entities\nAda,3B,,,,,,,,\n"
        )
        assert screen.reason == "nothing_new"

    async def test_given_target_keeps_other_targets(
        self, hass: HomeAssistant, lists: Lists
    ) -> None:
        hass.states.async_set("notify.tablet", "unknown")
        ada = lists.add_resident(
            person=person(hass, "ada").id, targets=[{"kind": "person_apps"}]
        )
        await lists.take_in("name,unit,notify_entities\nAda,3B,notify.tablet\n")
        tablet = {"kind": "entity", "value": "notify.tablet"}
        assert lists.residents()["Ada"]["targets"] == [{"kind": "person_apps"}, tablet]
        await lists.take_in("name,unit,phone apps\nAda,3B,no\n")
        assert lists.residents()["Ada"]["targets"] == [tablet]
        await lists.take_in("name,unit,phone apps\nAda,3B,OUI\n")
        assert lists.residents()["Ada"] == {
            **ada.data,
            "targets": [{"kind": "person_apps"}, tablet],
        }

    async def test_another_person_is_notified_in_apps(
        self, hass: HomeAssistant, lists: Lists
    ) -> None:
        ada = person(hass, "ada").id
        lists.add_resident(paper=PAPER)
        await lists.take_in("name,unit,person\nAda,3B,person.ada\n")
        apps = [{"kind": "person_apps"}, {"kind": "action", "value": "notify.ada"}]
        assert lists.residents()["Ada"]["targets"] == apps
        assert lists.residents()["Ada"]["person"] == ada
        assert "paper" not in lists.residents()["Ada"], (
            "another person must consent again"
        )


class TestPaper:
    async def test_older_paper_consent_changes_nothing(self, lists: Lists) -> None:
        lists.add_resident(paper=PAPER)
        _, screen = await lists.offer(
            f"{PAPER_HEADINGS}\nAda,3B,,2026-11-09,yes,8-12\n"
        )
        assert screen.reason == "nothing_new"

    async def test_newer_paper_consent_gets_new_id(self, lists: Lists) -> None:
        lists.add_resident(paper=PAPER)
        content = f"{PAPER_HEADINGS}\nAda,3B,,2026-11-11,yes,8-12\n"
        await lists.take_in(content)
        paper = lists.residents()["Ada"]["paper"]
        assert (paper["decided_on"], paper["consent"]) == ("2026-11-11", True)
        assert paper["id"] != PAPER["id"]
        assert (await lists.offer(content))[1].reason == "nothing_new"

    async def test_unchanged_paper_consent_is_accepted_with_account(
        self, hass: HomeAssistant, lists: Lists
    ) -> None:
        person(hass, "ada")
        lists.add_resident(person="person.ada", paper=PAPER)
        content = f"{PAPER_HEADINGS}\nAda,3B,,2026-11-10,no,\n"
        assert (await lists.offer(content))[1].reason == "nothing_new"
        problems = await lists.problems_of(
            "Ada,3B,,2026-11-10,yes,8-12", headings=PAPER_HEADINGS
        )
        assert problems == {"paper_with_user": "2"}
