"""Importing a list of residents as a whole."""

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.courier_access.access.hours import WEEKDAYS

from .lists import Lists
from .parts import person

FULL = """\
Name;Unit;Person;Language;Phone apps;Notify entities;Notify actions;Decided on;Consent;Every day;Monday
Ada;3B;Ada Lovelace;fr;yes;;notify.ada;;;;
"Smith, Ben";4A;;;;;notify.ben notify.mail;2026-11-01;Yes;8h-12h;14-16
"""

pytestmark = pytest.mark.usefixtures("building_not_started")


def two_persons(hass: HomeAssistant) -> str:
    ada = person(hass, "ada").id
    hass.states.async_set(
        "person.ada", "home", {"user_id": "u-1", "friendly_name": "Ada Lovelace"}
    )
    return ada


async def test_imported_rows_equal_form_results(
    hass: HomeAssistant, lists: Lists
) -> None:
    ada = two_persons(hass)

    assert (await lists.take_in(FULL)).type is FlowResultType.CREATE_ENTRY

    residents = lists.residents()
    assert residents["Ada"] == {
        "unit": "3B",
        "person": ada,
        "language": "fr",
        "targets": [{"kind": "person_apps"}, {"kind": "action", "value": "notify.ada"}],
        "private_notifications": True,
    }
    ben = residents["Smith, Ben"]
    assert ben["paper"].pop("id")
    every = {"from": "08:00:00", "to": "12:00:00"}
    assert ben["paper"] == {
        "decided_on": "2026-11-01",
        "consent": True,
        "windows": {
            "monday": [every, {"from": "14:00:00", "to": "16:00:00"}],
            **{day: [every] for day in WEEKDAYS[1:]},
        },
    }
    assert (ben["person"], ben["language"]) == (None, None)
    assert [target["value"] for target in ben["targets"]] == [
        "notify.ben",
        "notify.mail",
    ]


async def test_importing_same_list_twice_changes_nothing(
    hass: HomeAssistant, lists: Lists
) -> None:
    two_persons(hass)
    await lists.take_in(FULL)
    before = lists.residents()

    _, screen = await lists.offer(FULL)

    assert screen.reason == "nothing_new"
    assert lists.residents() == before


async def test_summary_is_shown_before_changes(lists: Lists) -> None:
    lists.add_resident(name="Ada")
    lists.add_resident(
        name="Cem", unit="5*C", targets=[{"kind": "action", "value": "notify.cem"}]
    )
    lists.add_resident(
        name="Eve", unit="10", targets=[{"kind": "action", "value": "notify.eve"}]
    )

    _, screen = await lists.offer(
        "name,unit,language,notify_actions\nAda,3b,fr,\nEve,10,,\nBen,4A,,notify.ben\n"
    )

    assert screen.shown["description_placeholders"] == {
        "new": "1",
        "new_names": r"Ben \(4A\)",
        "changed": "1",
        "changed_names": r"Ada \(3B\)",
        "unchanged": "1",
        "missing": "1",
        "missing_names": r"Cem \(5\*C\)",
    }
    assert screen.value("move_out") is False
    assert lists.residents().keys() == {"Ada", "Cem", "Eve"}


@pytest.mark.parametrize("move_out", [True, False])
async def test_missing_residents_move_out_only_if_confirmed(
    lists: Lists, move_out: bool
) -> None:
    lists.add_resident(name="Cem")

    await lists.take_in(
        "name,unit,notify_actions\nBen,4A,notify.ben\n", move_out=move_out
    )

    assert lists.residents().keys() == ({"Ben"} if move_out else {"Ben", "Cem"})


async def test_import_without_changes_aborts(lists: Lists) -> None:
    lists.add_resident(name="Ben")
    lists.add_resident(name="Cem")
    content = "name,unit\nBen,3B\n"
    assert (await lists.take_in(content, move_out=False)).reason == "nothing_new"
    assert (
        await lists.take_in(content, move_out=True)
    ).type is FlowResultType.CREATE_ENTRY
    assert lists.residents().keys() == {"Ben"}


async def test_every_error_is_shown_with_its_line_and_nothing_changes(
    lists: Lists,
) -> None:
    flow, screen = await lists.offer(
        "name,unit,notify_actions\n,3B,notify.ada\nBen,,mail\nCem,5C,notify.cem\nDan,6D\n"
    )

    assert lists.problems(screen) == {
        "name_blank": "2",
        "unit_blank": "3",
        "notify_action_unknown": "3: mail",
        "no_target": "5",
    }
    assert screen.shown["description_placeholders"]["count"] == "4"
    assert lists.residents() == {}

    mended = await lists.upload("name,unit,notify_actions\nCem,5C,notify.cem\n")
    screen = await flow.submit(screen, list=mended)
    await flow.submit(screen)
    assert lists.residents().keys() == {"Cem"}


async def test_lines_per_problem_are_limited(lists: Lists) -> None:
    rows = [f"R{number},,notify.r" for number in range(100)]

    problems = await lists.problems_of(*rows)

    assert problems == {"unit_blank": ", ".join(map(str, range(2, 22))) + ", … +80"}


async def test_outdated_summary_is_shown_again(lists: Lists) -> None:
    flow, screen = await lists.offer("name,unit,notify_actions\nBen,4A,notify.ben\n")
    lists.add_resident(name="Cem")

    screen = await flow.submit(screen)

    assert screen.step == "summary"
    assert screen.shown["description_placeholders"]["missing"] == "1"
    assert lists.residents().keys() == {"Cem"}
    lists.add_resident(name="Ben", unit="4A")
    lists.add_resident(name="Ben", unit="4A")
    assert lists.problems(await flow.submit(screen)) == {"resident_twice": "2: Ben, 4A"}


async def test_uploaded_file_is_deleted_after_reading(lists: Lists) -> None:
    flow, screen = await lists.begin()
    file_id = await lists.upload("name,unit\n")
    screen = await flow.submit(screen, list=file_id)
    assert screen.errors == {"list": "list_empty"}
    assert (await flow.submit(screen, list=file_id)).errors == {"list": "list_gone"}


@pytest.mark.parametrize(
    ("content", "problem", "where"),
    [
        ("", "list_heading_missing", ""),
        ("name,notify_actions\nAda,notify.ada\n", "list_heading_missing", ""),
        ("name,unit,Persn\nAda,3B,\n", "list_heading_unknown", "Persn"),
        ("name,unit,Logement\nAda,3B,4A\n", "list_heading_twice", "Logement"),
        ("name,unit\n\n , ,\n", "list_empty", ""),
        ('name,unit\nAda,3B\n"Ben,4A\n', "list_unreadable", "3"),
        ("Nom;Logement\nZoé;3B\n".encode("cp1252"), "list_not_utf8", ""),
        ("name,unit\nAda,3B\n".encode("utf-16"), "list_not_utf8", ""),
        ("name,unit\nAda,3B\n".encode("utf-16-le"), "list_not_utf8", ""),
        ("name,unit\n" + "Ada,3B\n" * 1_001, "list_too_many", ""),
        ("name,unit\n" + "Ada,3B\n" * 40_000, "list_too_large", ""),
    ],
)
async def test_invalid_file_is_refused_with_reason(
    lists: Lists, content: str | bytes, problem: str, where: str
) -> None:
    _, screen = await lists.offer(content)
    assert (screen.step, screen.errors) == ("residents", {"list": problem})
    assert screen.shown["description_placeholders"]["where"] == where
    assert lists.residents() == {}
