"""Rules over the WebSocket API: set, returned, and validated."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
import voluptuous as vol

from custom_components.courier_access.access.hours import (
    MOST_EXCEPTIONS,
    MOST_WINDOWS,
    ScheduleProblem,
)
from custom_components.courier_access.access.model import Attitude
from custom_components.courier_access.api.lookup import instant
from custom_components.courier_access.api.schemas import MOST_LINKED, RulesProblem
from tests.support.house import House, build, courier, door
from tests.support.people import People
from tests.support.wires import Wire, Wires

MORNINGS = {"monday": [{"from": "08:00:00", "to": "12:00:00"}]}
HOLIDAYS = [
    {"from": "2026-12-24", "to": "2026-12-26", "windows": []},
    {
        "from": "2026-12-31",
        "to": "2026-12-31",
        "windows": [{"from": "09:00:00", "to": "24:00:00"}],
    },
]
WHOLE: dict[str, Any] = {
    "consent": "given",
    "windows": MORNINGS,
    "exceptions": HOLIDAYS,
    "default": "deny",
    "couriers": {"courier-parcel-post": "ask"},
    "only_while": ["schedule.porter"],
    "never_while": ["binary_sensor.alarm", "person.ada"],
    "share_hours": True,
    "default_proof": "parcel_number",
    "proofs": {"courier-parcel-post": "signed"},
    "digest_at": "19:30",
}
ADA = {"resident": "resident-ada"}


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    er.async_get(hass).async_get_or_create(
        "schedule", "test", "porter", suggested_object_id="porter"
    )
    hass.states.async_set("schedule.porter", "on")
    hass.states.async_set("binary_sensor.alarm", "off")
    hass.states.async_set("light.hall", "on")
    twins: Any = (courier("Twin"), {**courier("Second"), "title": "Twin"})
    homes = await people.homes(Ada="3B")
    return await build(hass, door(), courier(), *twins, *homes, household="one")


async def test_rules_are_returned_as_they_were_set(house: House, ada: Wire) -> None:
    result = await ada.result("rules/set", **ADA, **WHOLE | {"consent": True})

    assert result == {"unit": "3B", "revision": 1, "removed_couriers": [], **WHOLE}
    assert await ada.result("rules/get", **ADA) == result
    given = {name: result[name] for name in WHOLE if name != "consent"}
    assert await ada.result("rules/set", **ADA, **given) == result


@pytest.mark.parametrize("no_digest", [None, ""])
async def test_omitted_fields_stay_and_given_fields_replace(
    ada: Wire, no_digest: str | None
) -> None:
    await ada.result("rules/set", **ADA, **WHOLE | {"consent": True})

    result = await ada.result(
        "rules/set", **ADA, exceptions=[], couriers={}, digest_at=no_digest
    )

    changed: dict[str, Any] = {"exceptions": [], "couriers": {}, "digest_at": None}
    changed["removed_couriers"] = []
    assert result == {"unit": "3B", "revision": 2, **WHOLE, **changed}


async def test_stale_revision_is_refused(house: House, ada: Wire) -> None:
    await ada.result("rules/set", **ADA, windows=MORNINGS, revision=0)

    answer = await ada.ask("rules/set", **ADA, windows={}, revision=0)

    assert answer["error"]["translation_key"] == "rules_stale"
    assert answer["error"]["translation_placeholders"] == {"revision": "1"}
    assert (await ada.result("rules/get", **ADA))["windows"] == MORNINGS
    assert (await ada.result("rules/set", **ADA, windows={}, revision=1))[
        "windows"
    ] == {}


async def test_couriers_are_given_by_name_or_id(house: House, ada: Wire) -> None:
    await ada.result("rules/set", **ADA, couriers={"Parcel Post": "deny"})

    rules = house.building.rulebook.of("resident-ada")
    assert rules.couriers == {"courier-parcel-post": Attitude.DENY}


async def test_linked_entity_survives_renaming_and_removal(
    hass: HomeAssistant, house: House, ada: Wire
) -> None:
    await ada.result("rules/set", **ADA, only_while="schedule.porter")
    registry = er.async_get(hass)
    registry.async_update_entity("schedule.porter", new_entity_id="schedule.concierge")
    result = await ada.result("rules/get", **ADA)
    assert result["only_while"] == ["schedule.concierge"]

    registry.async_remove("schedule.concierge")
    result = await ada.result("rules/get", **ADA)
    [reference] = result["only_while"]
    assert house.building.rulebook.of("resident-ada").only_while == (reference,)

    kept = await ada.result(
        "rules/set", **ADA, only_while=result["only_while"], share_hours=True
    )
    assert kept["only_while"] == result["only_while"]


def windows(*given: tuple[object, object], day: str = "friday") -> dict[str, Any]:
    return {"windows": {day: [{"from": begin, "to": end} for begin, end in given]}}


def exceptions(*given: dict[str, Any]) -> dict[str, Any]:
    return {"exceptions": [*given]}


MORNING = ("08:00", "09:00")
EVE = "2026-12-24"
OWN = "binary_sensor.ada_accepting_deliveries"
FAULTS: list[tuple[dict[str, Any], str, dict[str, str]]] = [
    (windows(day="mon"), "schedule_unknown_day", {"day": "mon"}),
    ({"windows": {"monday": {}}}, "schedule_wrong_shape", {"place": "monday"}),
    (
        {"windows": {"monday": [{"from": "08:00"}]}},
        "schedule_wrong_shape",
        {"place": "monday 1"},
    ),
    (
        windows(MORNING, ("8", "9")),
        "schedule_bad_time",
        {"day": "friday", "window": "2"},
    ),
    (windows(("08:00", 960)), "schedule_bad_time", {"day": "friday", "window": "1"}),
    (
        windows(("08:00", "08:00:00")),
        "schedule_empty_window",
        {"day": "friday", "window": "1"},
    ),
    (windows(*[MORNING] * (MOST_WINDOWS + 1)), "schedule_too_many", {"day": "friday"}),
    (
        exceptions({"from": EVE}, {"from": "2026-12-20", "to": EVE}),
        "schedule_overlap",
        {"exception": "2", "day": f"2026-12-20/{EVE}"},
    ),
    (
        exceptions({"from": EVE, "windows": [{"from": "22:00", "to": "06:00"}]}),
        "schedule_crosses_midnight",
        {"exception": "1", "day": EVE, "window": "1"},
    ),
    (exceptions({"until": EVE}), "schedule_wrong_exception", {"exception": "1"}),
    (exceptions({"from": "2026-02-30"}), "schedule_bad_date", {"exception": "1"}),
    (
        exceptions({"from": "2026-12-26", "to": EVE}),
        "schedule_backwards",
        {"exception": "1"},
    ),
    (
        exceptions({"from": "2026-01-01", "to": "2027-06-01"}),
        "schedule_too_long",
        {"exception": "1"},
    ),
    (
        exceptions(*[{"from": EVE}] * (MOST_EXCEPTIONS + 1)),
        "schedule_too_many_exceptions",
        {},
    ),
    (
        {"couriers": {"Nobody": "ask"}},
        "rules_unknown_courier",
        {"courier": "Nobody", "couriers": "Parcel Post, Twin"},
    ),
    ({"couriers": {"Twin": "deny"}}, "rules_several_couriers", {"courier": "Twin"}),
    (
        {"only_while": ["schedule.gone"]},
        "rules_unknown_entity",
        {"entity": "schedule.gone"},
    ),
    ({"only_while": ["no entity"]}, "rules_unknown_entity", {"entity": "no entity"}),
    ({"never_while": "light.hall"}, "rules_wrong_entity", {"entity": "light.hall"}),
    ({"only_while": [OWN]}, "rules_own_entity", {"entity": OWN}),
    (
        {"only_while": ["schedule.porter"] * (MOST_LINKED + 1)},
        "rules_too_many_entities",
        {"most": str(MOST_LINKED)},
    ),
    ({"digest_at": "24:00"}, "rules_bad_digest", {"time": "24:00"}),
    ({"digest_at": "19:30:01"}, "rules_bad_digest", {"time": "19:30:01"}),
    ({"digest_at": 1170}, "rules_bad_digest", {"time": "1170"}),
]


async def test_faulty_rules_are_refused_with_a_message(house: House, ada: Wire) -> None:
    for given, key, placeholders in FAULTS:
        answer = await ada.ask("rules/set", **ADA, **given, share_hours=True)

        error = answer["error"]
        assert (error["code"], error["translation_key"]) == ("invalid_format", key)
        assert placeholders.items() <= error["translation_placeholders"].items(), key
        assert all(value in error["message"] for value in placeholders.values()), key
    assert house.building.rulebook.of("resident-ada").revision == 0
    problems = {
        *(f"rules_{problem}" for problem in RulesProblem),
        *(f"schedule_{problem}" for problem in ScheduleProblem),
    }
    assert {key for _, key, _ in FAULTS} == problems


async def test_all_faults_are_returned_in_the_callers_language(
    house: House, ada: Wire
) -> None:
    given = {
        "windows": {"friday": [{"from": "8", "to": "9"}], "someday": []},
        "exceptions": [{"from": "soon"}],
        "couriers": {"Nobody": "deny"},
        "digest_at": "noon",
    }

    faults = (await ada.result("rules/check", **ADA, **given, language="fr"))["faults"]

    assert [(fault["field"], fault["translation_key"]) for fault in faults] == [
        ("windows", "schedule_bad_time"),
        ("windows", "schedule_unknown_day"),
        ("exceptions", "schedule_bad_date"),
        ("couriers", "rules_unknown_courier"),
        ("digest_at", "rules_bad_digest"),
    ]
    assert faults[3]["message"].startswith("Nobody")
    assert faults[3]["message"].endswith(
        "pas un transporteur de ce bâtiment. Ses transporteurs\u00a0: Parcel Post, Twin."
    )
    answer = await ada.ask("rules/set", **ADA, **given)
    assert answer["error"]["translation_placeholders"]["faults"] == "5"
    assert await ada.result("rules/check", **ADA, windows=MORNINGS) == {"faults": []}


async def test_message_with_another_schema_is_invalid(ada: Wire) -> None:
    faults: tuple[dict[str, Any], ...] = (
        {"windows": []},
        {"default": "maybe"},
        {"revision": -1},
        {"couriers": {"Parcel Post": "maybe"}},
        {"until": "tomorrow"},
    )
    for given in faults:
        answer = await ada.ask("rules/set", **ADA, **given)
        assert answer["error"]["code"] == "invalid_format"


async def test_error_reveals_no_revision_without_permission(
    people: People, wires: Wires, house: House
) -> None:
    await people.stranger()
    dan = await wires("Dan")

    tries: tuple[dict[str, Any], ...] = ({"revision": 7}, {"digest_at": "noon"})
    for given in tries:
        refused = await dan.refusal("rules/set", **ADA, **given)
        assert refused == ("unauthorized", "not_allowed_restrict_rules")


async def test_unknown_ids_are_not_found(ada: Wire) -> None:
    for command, data, key in (
        ("rules/get", {"resident": "nobody"}, "no_such_resident"),
        ("entries", {"door": "nowhere"}, "no_such_door"),
        ("entries", {"courier": "nobody"}, "no_such_courier"),
        ("check_access", {"door": "nowhere"}, "no_such_door"),
    ):
        assert await ada.refusal(command, **data) == ("not_found", key)


@pytest.mark.parametrize(
    "text",
    ["\ud800", "2026-06-30T12:00:00\udfff", "\u0662026-06-30T12:00:00", "noon", ""],
)
def test_text_that_is_no_time_is_invalid(text: str) -> None:
    with pytest.raises(vol.Invalid):
        instant(text)
