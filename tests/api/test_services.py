"""The actions on a resident's rules."""

from datetime import time
from typing import Any

from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.translation import async_get_translations
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)
import voluptuous as vol

from custom_components.courier_access.access.schedule import (
    MOST_WINDOWS,
    ScheduleProblem,
)
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    door,
    resident,
)
from tests.support.people import People, access_token, acting, user

MORNINGS = {"monday": [{"from": "08:00:00", "to": "12:00:00"}]}


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    return await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Cleo", "4A", None, person=people.person("Cleo")),
        resident("Ben", "5C", MORNINGS),
    )


async def test_resident_sets_and_reads_rules(
    hass: HomeAssistant, house: House, people: People
) -> None:
    ada = acting(people["Ada"])

    result = await ask(
        house,
        "set_rules",
        "resident-ada",
        ada,
        consent=True,
        windows=MORNINGS,
        share_hours=True,
    )

    assert result == {
        "unit": "3B",
        "revision": 1,
        "consent": "given",
        "windows": MORNINGS,
        "exceptions": [],
        "default": "allow",
        "couriers": {},
        "only_while": [],
        "never_while": [],
        "share_hours": True,
        "default_proof": "pass",
        "proofs": {},
        "digest_at": None,
    }
    assert await ask(house, "get_rules", "resident-ada", ada) == result


async def test_omitted_fields_stay(
    hass: HomeAssistant, house: House, people: People
) -> None:
    ada = acting(people["Ada"])
    await ask(
        house,
        "set_rules",
        "resident-ada",
        ada,
        consent=True,
        windows=MORNINGS,
        share_hours=True,
    )

    result = await ask(house, "set_rules", "resident-ada", ada, share_hours=False)
    assert (result["consent"], result["windows"], result["share_hours"]) == (
        "given",
        MORNINGS,
        False,
    )
    assert result["revision"] == 2

    result = await ask(house, "set_rules", "resident-ada", ada)
    assert result["revision"] == 2


async def test_rules_are_set_without_a_response(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await hass.services.async_call(
        "courier_access",
        "set_rules",
        {"device_id": house.device("resident-ada").id, "consent": True},
        blocking=True,
        context=acting(people["Ada"]),
    )

    assert house.building.rulebook.of("resident-ada").consent == "given"


async def test_rules_apply_at_once(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    sender = Sender(await hass_client_no_auth())
    ada = acting(people["Ada"])
    assert (await sender.grant("before")).body["decision"] == "refused"

    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    assert (await sender.grant("after")).body["decision"] == "accepted"

    await ask(house, "set_rules", "resident-ada", ada, consent=False)
    assert (await sender.enter("after")).body["decision"] == "refused"
    await house.settle()


async def test_window_past_midnight_is_stored_as_two(
    hass: HomeAssistant, house: House, people: People
) -> None:
    result = await ask(
        house,
        "set_rules",
        "resident-ada",
        acting(people["Ada"]),
        windows={
            "sunday": [{"from": "22:00", "to": "06:00"}],
            "monday": [{"from": time(7), "to": time.max}],
        },
    )

    assert result["windows"] == {
        "monday": [
            {"from": "00:00:00", "to": "06:00:00"},
            {"from": "07:00:00", "to": "24:00:00"},
        ],
        "sunday": [{"from": "22:00:00", "to": "24:00:00"}],
    }


@pytest.mark.parametrize("who", ["owner", "automation"])
async def test_owner_and_automation_only_restrict(
    hass: HomeAssistant, house: House, people: People, who: str
) -> None:
    await ask(
        house,
        "set_rules",
        "resident-ada",
        acting(people["Ada"]),
        consent=True,
        windows={"monday": [{"from": "08:00", "to": "18:00"}]},
        share_hours=True,
    )
    context = acting(await user(hass, "Owner", admin=True) if who == "owner" else None)

    for loosened in (
        {"windows": {"monday": [{"from": "08:00", "to": "18:01"}]}},
        {"windows": {"tuesday": [{"from": "08:00", "to": "09:00"}]}},
        {"windows": MORNINGS | {"tuesday": [{"from": "08:00", "to": "09:00"}]}},
    ):
        with pytest.raises(ServiceValidationError) as refused:
            await ask(house, "set_rules", "resident-ada", context, **loosened)
        assert refused.value.translation_key == "not_allowed_loosen_rules"

    # Restricting rules doesn't include reading them.
    restrictions: tuple[dict[str, Any], ...] = (
        {"windows": MORNINGS},
        {"share_hours": False},
        {"consent": False},
        {},
    )
    for revision, restricted in enumerate(restrictions, start=2):
        result = await ask(house, "set_rules", "resident-ada", context, **restricted)
        assert result == {"revision": min(revision, 4)}
    rules = house.building.rulebook.of("resident-ada")
    assert (rules.schedule.to_mapping(), rules.share_hours) == (MORNINGS, False)
    assert rules.consent == "withdrawn"
    for given in ({"consent": True}, {"share_hours": True}):
        with pytest.raises(ServiceValidationError):
            await ask(house, "set_rules", "resident-ada", context, **given)


async def test_neighbor_and_stranger_neither_change_nor_read_rules(
    hass: HomeAssistant, house: House, people: People
) -> None:
    for someone in (people["Cleo"], await user(hass, "Dan")):
        for data in ({"consent": True}, {"consent": False}, {"share_hours": False}):
            with pytest.raises(ServiceValidationError) as refused:
                await ask(house, "set_rules", "resident-ben", acting(someone), **data)
            assert refused.value.translation_key in (
                "not_allowed_loosen_rules",
                "not_allowed_restrict_rules",
            )
        with pytest.raises(ServiceValidationError) as refused:
            await ask(house, "get_rules", "resident-ben", acting(someone))
        assert refused.value.translation_key == "not_allowed_read_rules"


async def test_owner_reads_only_rules_of_residents_without_a_login(
    hass: HomeAssistant, house: House
) -> None:
    owner = acting(await user(hass, "Owner", admin=True))

    result = await ask(house, "get_rules", "resident-ben", owner)
    assert (result["consent"], result["windows"]) == ("given", MORNINGS)
    with pytest.raises(ServiceValidationError):
        await ask(house, "get_rules", "resident-ada", owner)
    with pytest.raises(ServiceValidationError):
        await ask(house, "get_rules", "resident-ben", acting(None))


@pytest.mark.parametrize(
    ("windows", "key", "placeholders"),
    [
        ({"mon": []}, "schedule_unknown_day", {"day": "mon"}),
        ({1: []}, "schedule_unknown_day", {"day": "int"}),
        ({"monday": {}}, "schedule_wrong_shape", {"place": "monday"}),
        (
            {"monday": [{"from": "08:00"}]},
            "schedule_wrong_shape",
            {"place": "monday 1"},
        ),
        (
            {
                "friday": [
                    {"from": "08:00", "to": "09:00"},
                    {"from": "8:00", "to": "09:00"},
                ]
            },
            "schedule_bad_time",
            {"day": "friday", "window": "2"},
        ),
        (
            {"friday": [{"from": "08:00", "to": 960}]},
            "schedule_bad_time",
            {"day": "friday", "window": "1"},
        ),
        (
            {"friday": [{"from": "08:00", "to": "08:00:00"}]},
            "schedule_empty_window",
            {"day": "friday", "window": "1"},
        ),
        (
            {"friday": [{"from": "08:00", "to": "09:00"}] * (MOST_WINDOWS + 1)},
            "schedule_too_many",
            {"day": "friday"},
        ),
    ],
)
async def test_window_fault_is_reported_with_its_place(
    hass: HomeAssistant,
    house: House,
    people: People,
    windows: dict[Any, Any],
    key: str,
    placeholders: dict[str, str],
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask(
            house, "set_rules", "resident-ada", acting(people["Ada"]), windows=windows
        )

    assert refused.value.translation_key == key
    assert (
        placeholders.items() <= (refused.value.translation_placeholders or {}).items()
    )
    for language in ("en", "fr"):
        texts = await async_get_translations(
            hass, language, "exceptions", {"courier_access"}
        )
        text = texts[f"component.courier_access.exceptions.{key}.message"]
        said = text.format(**refused.value.translation_placeholders or {})
        assert all(place in said for place in placeholders.values())
    assert house.building.rulebook.of("resident-ada").revision == 0


async def test_every_schedule_problem_has_a_message(
    hass: HomeAssistant, house: House
) -> None:
    texts = await async_get_translations(hass, "en", "exceptions", {"courier_access"})
    for problem in ScheduleProblem:
        assert (
            f"component.courier_access.exceptions.schedule_{problem}.message" in texts
        )
    too_many = texts["component.courier_access.exceptions.schedule_too_many.message"]
    assert f" {MOST_WINDOWS} windows" in too_many


async def test_data_with_another_schema_is_refused(
    hass: HomeAssistant, house: House, people: People
) -> None:
    for action, data in (
        ("set_rules", {"windows": []}),
        ("set_rules", {"consent": "perhaps"}),
        ("set_rules", {"exceptions": {}}),
        ("set_rules", {"default": "perhaps"}),
        ("set_rules", {"couriers": {"Parcel Post": "perhaps"}}),
        ("set_rules", {"revision": -1}),
        ("set_rules", {"unit": "3B"}),
        ("get_rules", {"consent": True}),
    ):
        with pytest.raises(vol.Invalid):
            await ask(house, action, "resident-ada", acting(people["Ada"]), **data)


async def test_device_of_another_kind_is_refused(
    hass: HomeAssistant, house: House, people: People
) -> None:
    ada = acting(people["Ada"])
    for action, subject, key in (
        ("set_rules", "door-lobby", "no_resident_device"),
        ("get_rules", None, "no_resident_device"),
        ("check_access", "resident-ada", "no_door_device"),
        ("check_access", None, "no_door_device"),
        ("get_entries", "resident-ada", "no_building_device"),
    ):
        with pytest.raises(ServiceValidationError) as refused:
            await ask(house, action, subject, ada)
        assert refused.value.translation_key == key


@pytest.mark.parametrize("action", ["set_rules", "get_rules"])
async def test_unwritable_ledger_is_reported(
    hass: HomeAssistant, house: House, people: People, action: str
) -> None:
    ada = acting(people["Ada"])
    await house.building.ledger.close()

    if action == "get_rules":
        assert (await ask(house, action, "resident-ada", ada))["consent"] == "not_given"
        return
    with pytest.raises(HomeAssistantError) as failed:
        await ask(house, action, "resident-ada", ada, consent=True)
    assert failed.value.translation_key == "ledger_unavailable"
    assert house.building.rulebook.of("resident-ada").revision == 0


async def test_resident_but_no_neighbor_sets_rules_over_websocket(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
) -> None:
    async def call(someone: User, action: str, **data: Any) -> dict[str, Any]:
        client = await hass_ws_client(hass, await access_token(hass, someone))
        await client.send_json_auto_id(
            {
                "type": "call_service",
                "domain": "courier_access",
                "service": action,
                "service_data": {"device_id": house.device("resident-ada").id} | data,
                "return_response": True,
            }
        )
        answer: dict[str, Any] = await client.receive_json()
        await client.close()
        return answer

    done = await call(people["Ada"], "set_rules", consent=True, windows=MORNINGS)
    assert done["success"]
    assert done["result"]["response"]["windows"] == MORNINGS

    refused = await call(people["Cleo"], "get_rules")
    assert refused["error"]["code"] == "service_validation_error"
    assert refused["error"]["translation_domain"] == "courier_access"
    assert refused["error"]["translation_key"] == "not_allowed_read_rules"
    assert "Only the resident" in refused["error"]["message"]
