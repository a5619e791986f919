"""The actions that read: access checks and entries, as each person may see them."""

from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
import voluptuous as vol

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.state.rules import Author
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    door,
    pass_time,
    resident,
    utc,
)
from tests.support.people import People, acting, user

# A Tuesday, in winter.
NOON = utc(2026, 11, 24, 12, 0)
AFTERNOONS = {"tuesday": [{"from": "13:00", "to": "18:00"}]}


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    await hass.config.async_set_time_zone("Europe/Paris")
    house = await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(doors=("door-lobby", "door-garage")),
        courier("Old Post", enabled=False),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Cleo", "4A", None, person=people.person("Cleo")),
        resident("Ben", "5C", AFTERNOONS),
    )
    await ask(
        house,
        "set_rules",
        "resident-ada",
        acting(people["Ada"]),
        consent=True,
        windows=ALWAYS,
    )
    await ask(
        house,
        "set_rules",
        "resident-cleo",
        acting(people["Cleo"]),
        consent=True,
        windows=ALWAYS,
    )
    return house


async def answers(
    house: House, context: Context, **data: Any
) -> dict[tuple[str, str], str]:
    """Return the results of a check by courier and unit."""
    result = await ask(house, "check_access", "door-lobby", context, **data)
    assert all(
        check["admitted"] is (check["reason"] == "ok") for check in result["checks"]
    )
    return {
        (check["courier"], check["unit"]): check["reason"] for check in result["checks"]
    }


async def test_resident_checks_their_own_unit(
    hass: HomeAssistant, house: House, people: People
) -> None:
    ada = acting(people["Ada"])
    expected = {("Parcel Post", "3B"): "ok", ("Old Post", "3B"): "courier_disabled"}

    assert await answers(house, ada) == expected
    assert await answers(house, ada, unit=" 3b ") == expected
    for unit in ("4A", "5C", "9Z"):
        with pytest.raises(ServiceValidationError) as refused:
            await answers(house, ada, unit=unit)
        assert refused.value.translation_key == "not_your_unit"


async def test_owner_checks_every_unit(hass: HomeAssistant, house: House) -> None:
    owner = acting(await user(hass, "Owner", admin=True))

    assert {unit for _, unit in await answers(house, owner)} == {"3B", "4A", "5C"}
    assert set(await answers(house, owner, unit="5c")) == {
        ("Parcel Post", "5C"),
        ("Old Post", "5C"),
    }


async def test_stranger_and_automation_check_nothing(
    hass: HomeAssistant, house: House
) -> None:
    for context in (acting(None), acting(await user(hass, "Dan"))):
        with pytest.raises(ServiceValidationError) as refused:
            await answers(house, context)
        assert refused.value.translation_key == "not_allowed_check_access"


async def test_only_couriers_of_the_door_are_checked(
    hass: HomeAssistant, house: House, people: People
) -> None:
    result = await ask(house, "check_access", "door-garage", acting(people["Ada"]))

    assert result["door"] == "Garage"
    assert [check["courier"] for check in result["checks"]] == ["Parcel Post"]


@pytest.mark.freeze_time(NOON)
@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (None, "ok"),
        ("2026-11-24T12:59:59", "not_accepting"),
        ("2026-11-24T13:00:00", "ok"),
        ("2026-11-24 17:59:59", "ok"),
        ("2026-11-24T18:00:00", "not_accepting"),
        ("2026-11-24T12:30:00+00:00", "ok"),
        ("2026-11-24T11:30:00Z", "not_accepting"),
        (datetime(2026, 11, 24, 14, 0), "ok"),  # noqa: DTZ001 -- as a template gives it
        ("2026-11-25T14:00:00", "not_accepting"),
        ("1971-01-05T14:00:00", "ok"),
        ("9999-12-31T23:59:59", "not_accepting"),
    ],
)
async def test_time_without_offset_is_in_the_buildings_time_zone(
    hass: HomeAssistant, house: House, at: str | datetime | None, reason: str
) -> None:
    owner = acting(await user(hass, "Owner", admin=True))
    when = {} if at is None else {"at": at}

    assert (await answers(house, owner, unit="5C", **when))[
        ("Parcel Post", "5C")
    ] == reason


@pytest.mark.parametrize(
    "at",
    [
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+14:00",
        "2026-13-24T12:00:00",
        "soon",
        12,
        "",
    ],
)
@pytest.mark.parametrize(
    ("action", "subject", "field"),
    [("check_access", "door-lobby", "at"), ("get_entries", None, "before")],
)
async def test_invalid_time_is_refused(
    hass: HomeAssistant,
    house: House,
    people: People,
    action: str,
    subject: str | None,
    field: str,
    at: object,
) -> None:
    with pytest.raises(vol.Invalid):
        await ask(house, action, subject, acting(people["Ada"]), **{field: at})


async def test_check_matches_the_decision_on_an_entry(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    sender = Sender(await hass_client_no_auth())
    ada = acting(people["Ada"])
    ours = ("Parcel Post", "3B")
    await sender.grant(units=("3B",), door="lobby", max_entries=5)

    assert (
        (await answers(house, ada))[ours]
        == (await sender.enter()).body["reason"]
        == "ok"
    )
    await house.building.rulebook.pauses.pause(Author())
    assert (
        (await answers(house, ada))[ours]
        == (await sender.enter()).body["reason"]
        == "paused"
    )
    later = (dt_util.utcnow() + timedelta(hours=25)).isoformat()
    assert (await answers(house, ada, at=later))[ours] == "ok"
    await house.building.rulebook.pauses.resume(Author(), ())
    await ask(house, "set_rules", "resident-ada", ada, windows={})
    assert (
        (await answers(house, ada))[ours]
        == (await sender.enter()).body["reason"]
        == "not_accepting"
    )
    await ask(house, "set_rules", "resident-ada", ada, share_hours=True)
    assert (
        (await answers(house, ada))[ours]
        == (await sender.enter()).body["reason"]
        == "outside_schedule"
    )
    await house.settle()


async def test_check_changes_nothing(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await house.settle()
    house.told.clear()
    before = await house.building.ledger.verify()

    await answers(house, acting(people["Ada"]))

    assert await house.building.ledger.verify() == before
    assert house.told == []
    assert house.door_state() == "locked"


async def test_only_recipients_read_units_and_only_the_owner_notifications(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    sender = Sender(await hass_client_no_auth())
    await sender.grant(units=("3B", "5C"), door="lobby", parcel_ref="P-77")
    entered = await sender.enter(driver_ref="D-5")
    await house.settle()
    await pass_time(hass, freezer, 6)
    await house.settle()

    async def entry(someone: Context) -> dict[str, Any]:
        [result] = (await ask(house, "get_entries", None, someone))["entries"]
        return dict(result)

    everybody = await entry(acting(people["Cleo"]))
    assert None not in {everybody.pop(key) for key in ("at", "completed_at", "record")}
    assert everybody == {
        "entry_id": entered.body["entry_id"],
        "courier": "Parcel Post",
        "door": "Lobby",
        "decision": "admitted",
        "reason": "ok",
        "outcome": "opened",
        "lock_confirmed": True,
        "unlocked_until": entered.body["unlocked_until"].replace("Z", "+00:00"),
        "repeats": 0,
        "details_erased": False,
    }

    recipient = await entry(acting(people["Ada"]))
    assert recipient["units"] == ["3B"]
    assert (recipient["parcel_ref"], recipient["driver_ref"]) == ("P-77", "D-5")
    assert "notifications" not in recipient

    owner = await entry(acting(await user(hass, "Owner", admin=True)))
    assert not {"units", "parcel_ref", "driver_ref"} & owner.keys()
    assert {
        notification["resident"]: notification["state"]
        for notification in owner["notifications"]
    } == {
        "Ada": "sent",
        "Ben": "sent",
        "Cleo": "sent",
    }
    assert all(notification["attempts"] == 1 for notification in owner["notifications"])
    assert [notification["over"] for notification in owner["notifications"]] == [
        [f"notify.{notification['resident'].lower()}"]
        for notification in owner["notifications"]
    ]
    # An entry's ID has random letters and digits.
    assert owner.pop("entry_id") == entered.body["entry_id"]
    assert "3B" not in str(owner)
    assert "5C" not in str(owner)


async def test_stranger_and_automation_read_no_entries(
    hass: HomeAssistant, house: House
) -> None:
    for context in (acting(None), acting(await user(hass, "Dan"))):
        with pytest.raises(ServiceValidationError) as refused:
            await ask(house, "get_entries", None, context)
        assert refused.value.translation_key == "not_allowed_read_entries"


async def test_entries_are_paged_newest_first_by_door(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    sender = Sender(await hass_client_no_auth())
    ada = acting(people["Ada"])
    for grant_id, at_door in (("G1", "lobby"), ("G2", "garage"), ("G3", "lobby")):
        await sender.grant(grant_id, door=at_door)
        await sender.enter(grant_id)
        await pass_time(hass, freezer, 60)
        await house.settle()

    everywhere = (await ask(house, "get_entries", None, ada))["entries"]
    assert [entry["door"] for entry in everywhere] == ["Lobby", "Garage", "Lobby"]
    assert [entry["record"] for entry in everywhere] == sorted(
        (entry["record"] for entry in everywhere), reverse=True
    )
    lobby = (await ask(house, "get_entries", "door-lobby", ada))["entries"]
    assert lobby == [everywhere[0], everywhere[2]]
    assert (await ask(house, "get_entries", None, ada, limit=1))[
        "entries"
    ] == everywhere[:1]
    page = (
        await ask(
            house, "get_entries", None, ada, before=everywhere[0]["at"], limit="1"
        )
    )["entries"]
    assert page == everywhere[1:2]
    for limit in (0, 501, "many"):
        with pytest.raises(vol.Invalid):
            await ask(house, "get_entries", None, ada, limit=limit)


async def test_former_resident_is_shown_without_a_name(
    hass: HomeAssistant, house: House, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await sender.grant(door="lobby")
    await sender.enter()
    await house.settle()
    hass.config_entries.async_remove_subentry(house.entry, "resident-cleo")
    await house.settle()

    owner = acting(await user(hass, "Owner", admin=True))
    [entry] = (await ask(house, "get_entries", None, owner))["entries"]

    assert {notification["resident"] for notification in entry["notifications"]} == {
        "Ada",
        "Ben",
        None,
    }


async def test_unreadable_ledger_is_reported(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await house.building.ledger.close()
    ledger_path(hass, house.entry.entry_id).unlink()

    with pytest.raises(HomeAssistantError) as failed:
        await ask(house, "get_entries", None, acting(people["Ada"]))

    assert failed.value.translation_key == "ledger_unavailable"


async def test_device_of_an_unloaded_building_is_refused(
    hass: HomeAssistant, house: House, people: People
) -> None:
    async def refusal(device_id: str) -> str | None:
        with pytest.raises(ServiceValidationError) as refused:
            await hass.services.async_call(
                "courier_access",
                "get_entries",
                {"device_id": device_id},
                blocking=True,
                return_response=True,
                context=acting(people["Ada"]),
            )
        return refused.value.translation_key

    other = MockConfigEntry(domain="other")
    other.add_to_hass(hass)
    lamp = dr.async_get(hass).async_get_or_create(
        config_entry_id=other.entry_id, identifiers={("other", "lamp")}
    )
    unknown = dr.async_get(hass).async_get_or_create(
        config_entry_id=house.entry.entry_id, identifiers={("other", "thing")}
    )
    assert await refusal("nothing") == "service_device_not_found"
    assert await refusal(lamp.id) == "service_device_wrong_domain"
    assert await refusal(unknown.id) == "no_such_device"
    building = house.device().id
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    assert await refusal(building) == "service_config_entry_not_loaded"
