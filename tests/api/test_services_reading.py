"""The actions that read: access checks and entries, as each person may see them."""

from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import voluptuous as vol

from custom_components.courier_access.ledger.state.residents import Author
from tests.support.house import (
    House,
    Sender,
    ask,
    build,
    courier,
    do,
    door,
    pass_time,
    resident,
    two_doors,
    utc,
)
from tests.support.people import People
from tests.support.verified import verified

# A Tuesday, in winter.
NOON = utc(2026, 11, 24, 12, 0)
AFTERNOONS = {"tuesday": [{"from": "13:00", "to": "18:00"}]}


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    await hass.config.async_set_time_zone("Europe/Paris")
    house = await build(
        hass,
        *two_doors(),
        courier("Old Post", enabled=False),
        *await people.homes(Ada="3B", Cleo="4A"),
        resident("Ben", "5C", AFTERNOONS),
    )
    await people.consent(house, "Ada", "Cleo")
    return house


async def answers(
    house: House, who: Context, **data: Any
) -> dict[tuple[str, str], str]:
    """Return the results of a check by courier and unit."""
    checks = (await ask(house, "check_access", "door-lobby", who, **data))["checks"]
    assert all(check["admitted"] is (check["reason"] == "ok") for check in checks)
    return {(check["courier"], check["unit"]): check["reason"] for check in checks}


async def test_resident_checks_their_unit_and_the_administrator_every_unit(
    house: House, people: People
) -> None:
    ada, owner = people.acting("Ada"), await people.owner()
    expected = {("Parcel Post", "3B"): "ok", ("Old Post", "3B"): "courier_disabled"}

    assert await answers(house, ada) == expected
    assert await answers(house, ada, unit=" 3b ") == expected
    for unit in ("4A", "9Z"):
        with pytest.raises(ServiceValidationError) as refused:
            await answers(house, ada, unit=unit)
        assert refused.value.translation_key == "not_your_unit"
    assert {unit for _, unit in await answers(house, owner)} == {"3B", "4A", "5C"}
    assert {unit for _, unit in await answers(house, owner, unit="5c")} == {"5C"}

    result = await ask(house, "check_access", "door-garage", ada)
    assert result["door"] == "Garage"
    assert [check["courier"] for check in result["checks"]] == ["Parcel Post"]


@pytest.mark.freeze_time(NOON)
async def test_time_without_offset_is_in_the_buildings_time_zone(
    house: House, people: People
) -> None:
    ada = people.acting("Ada")
    await do(house, "set_rules", ada, "resident-ada", windows=AFTERNOONS)
    assert (await answers(house, ada))["Parcel Post", "3B"] == "ok"
    for at, reason in (
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
    ):
        found = await answers(house, ada, at=at)
        assert found["Parcel Post", "3B"] == reason, at


@pytest.mark.freeze_time(NOON)
async def test_administrator_checks_another_time_for_their_own_home_only(
    house: House, people: People
) -> None:
    owner, later = await people.owner(), "2026-11-24T19:00:00"
    for unit in ({}, {"unit": "4A"}, {"unit": "5C"}):
        with pytest.raises(ServiceValidationError) as refused:
            await answers(house, owner, at=later, **unit)
        assert refused.value.translation_key == "not_allowed_other_time"

    await house.hass.auth.async_update_user(people["Cleo"], group_ids=[GROUP_ID_ADMIN])
    cleo = people.acting("Cleo")
    assert {unit for _, unit in await answers(house, cleo)} == {"3B", "4A", "5C"}
    assert {unit for _, unit in await answers(house, cleo, at=later)} == {"4A"}


async def test_administrator_cannot_tell_why_a_home_is_closed(
    house: House, people: People
) -> None:
    ada, owner = people.acting("Ada"), await people.owner()

    async def closed(**rules: Any) -> None:
        await do(house, "set_rules", ada, "resident-ada", **rules)
        found = await answers(house, owner, unit="3B")
        assert found["Parcel Post", "3B"] == "not_accepting"

    await do(house, "pause", ada, unit="3B")
    await closed(share_hours=True)
    await do(house, "resume", ada, unit="3B")
    today = dt_util.now().date().isoformat()
    await closed(exceptions=[{"from": today, "to": today}])
    assert (await answers(house, ada))["Parcel Post", "3B"] == "outside_schedule"
    await closed(exceptions=[], windows={})
    await closed(share_hours=False, default="deny")

    await do(house, "pause", owner)
    assert (await answers(house, owner))["Parcel Post", "3B"] == "paused"


async def test_invalid_time_is_refused(house: House, people: People) -> None:
    for action, subject, field in (
        ("check_access", "door-lobby", "at"),
        ("get_entries", None, "before"),
    ):
        for at in (
            "9999-12-31T23:59:59-12:00",
            "0001-01-01T00:00:00+14:00",
            "2026-13-24T12:00:00",
            *("soon", 12, ""),
        ):
            with pytest.raises(vol.Invalid):
                await ask(house, action, subject, people.acting("Ada"), **{field: at})


async def test_check_matches_the_decision_on_an_entry(
    house: House, people: People, sender: Sender
) -> None:
    ada, pauses = people.acting("Ada"), house.building.rulebook.pauses
    await sender.grant(units=("3B",), door="lobby", max_entries=5)

    async def matching(reason: str) -> None:
        assert (await answers(house, ada))["Parcel Post", "3B"] == reason
        assert (await sender.enter()).body["reason"] == reason

    await matching("ok")
    await pauses.pause(Author())
    await matching("paused")
    later = (dt_util.utcnow() + timedelta(hours=25)).isoformat()
    assert (await answers(house, ada, at=later))["Parcel Post", "3B"] == "ok"
    await pauses.resume(Author(), ())
    await ask(house, "set_rules", "resident-ada", ada, windows={})
    await matching("not_accepting")
    await ask(house, "set_rules", "resident-ada", ada, share_hours=True)
    await matching("outside_schedule")
    await house.settle()


async def test_check_changes_nothing(house: House, people: People) -> None:
    await house.settle()
    house.told.clear()
    before = await verified(house.building.ledger)

    await answers(house, people.acting("Ada"))

    assert await verified(house.building.ledger) == before
    assert house.told == []
    assert house.door_state() == "locked"


@pytest.fixture
async def shared(hass: HomeAssistant, people: People) -> House:
    """Return a building with three rules for Flat 1, none of which lets a courier in."""
    hass.states.async_set("binary_sensor.porter", "off")
    homes = await people.homes(Ada="Flat 1", Abe="Flat 1", Cleo="Flat 2")
    shared = await build(hass, door(), courier(), *homes, resident("Ben", "Flat 1", {}))
    ada = people.acting("Ada")
    for name in ("Abe", "Ben"):
        await people.confirm(shared, name, "Ada")
    await people.consent(shared, "Ada", "Cleo")
    porter = ["binary_sensor.porter"]
    await do(shared, "set_rules", ada, "resident-ada", only_while=porter)
    return shared


async def because(
    house: House, who: Context, unit: str = "Flat 1"
) -> tuple[str, list[dict[str, Any]]]:
    result = await ask(house, "check_access", "door-lobby", who, unit=unit)
    [check] = result["checks"]
    return check["reason"], check["because"]


async def test_findings_are_read_by_the_unit_and_paper_ones_by_the_administrator(
    shared: House, people: People
) -> None:
    of_ben = {"layer": "outside_hours", "says": "no", "resident": "Ben"}
    of_ada = {
        "layer": "entity",
        "says": "no",
        "resident": "Ada",
        "entity": "binary_sensor.porter",
        "state": "off",
    }
    of_abe = {"layer": "not_consenting", "says": "no", "resident": "Abe"}
    owner = await people.owner()

    for name in ("Ada", "Abe"):
        expected = await because(shared, people.acting(name))
        assert expected == ("not_accepting", [of_ada, of_abe, of_ben])
    assert await because(shared, owner) == ("not_accepting", [of_ben])
    assert await because(shared, owner, "Flat 2") == ("ok", [])

    cleo = people.acting("Cleo")
    await do(shared, "pause", cleo, unit="Flat 2")
    assert await because(shared, owner, "Flat 2") == ("not_accepting", [])
    reason, found = await because(shared, cleo, "Flat 2")
    assert (reason, found[0]) == ("paused", {"layer": "unit_paused", "says": "no"})
    assert {"layer": "allows", "says": "yes", "resident": "Cleo"} in found

    await do(shared, "pause", owner)
    paused = ("paused", [{"layer": "building_paused", "says": "no"}])
    assert await because(shared, owner, "Flat 2") == paused


async def test_only_recipients_read_units_and_only_the_administrator_notifications(
    house: House, people: People, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    await sender.grant(units=("3B", "5C"), door="lobby", parcel_ref="P-77")
    entered = await sender.enter(driver_ref="D-5")
    await house.settle()
    await pass_time(house.hass, freezer, 6)
    await house.settle()

    async def entry(someone: Context) -> dict[str, Any]:
        [result] = (await ask(house, "get_entries", None, someone))["entries"]
        return dict(result)

    everybody = await entry(people.acting("Cleo"))
    assert None not in {everybody.pop(key) for key in ("at", "completed_at", "record")}
    assert everybody == {
        "entry_id": entered.body["entry_id"],
        "courier": "Parcel Post",
        "door": "Lobby",
        "decision": "admitted",
        "reason": "ok",
        "outcome": "opened",
        "proof": "signed",
        "lock_confirmed": True,
        "unlocked_until": entered.body["unlocked_until"].replace("Z", "+00:00"),
        "repeats": 0,
        "details_erased": False,
    }

    recipient = await entry(people.acting("Ada"))
    assert recipient["units"] == ["3B"]
    assert (recipient["parcel_ref"], recipient["driver_ref"]) == ("P-77", "D-5")
    assert "notifications" not in recipient

    owner = await entry(await people.owner())
    assert not {"units", "parcel_ref", "driver_ref"} & owner.keys()
    assert sorted(owner["notifications"], key=itemgetter("resident")) == [
        {"resident": name, "reached": True} for name in ("Ada", "Ben", "Cleo")
    ]
    # An entry's ID has random letters and digits.
    assert owner.pop("entry_id") == entered.body["entry_id"]
    assert "3B" not in str(owner)
    assert "5C" not in str(owner)

    house.hass.config_entries.async_remove_subentry(house.entry, "resident-cleo")
    await house.settle()
    notifications = (await entry(await people.owner()))["notifications"]
    assert {each["resident"] for each in notifications} == {"Ada", "Ben", None}


async def test_entries_are_read_of_a_door_and_page_by_page(
    house: House, people: People, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    async def ask_for(subject: str | None = None, **data: Any) -> dict[str, Any]:
        return await ask(house, "get_entries", subject, people.acting("Ada"), **data)

    async def read(subject: str | None = None, **data: Any) -> list[dict[str, Any]]:
        return list((await ask_for(subject, **data))["entries"])

    for grant_id, at_door in (("G1", "lobby"), ("G2", "garage"), ("G3", "lobby")):
        await sender.grant(grant_id, door=at_door)
        await sender.enter(grant_id)
        await pass_time(house.hass, freezer, 60)
        await house.settle()

    every = await read()
    assert [entry["door"] for entry in every] == ["Lobby", "Garage", "Lobby"]
    assert await read("door-lobby") == [every[0], every[2]]
    assert await read(limit=1) == every[:1]
    assert await read(before=every[0]["at"], limit="1") == every[1:2]
    assert [(await ask_for(limit=each))["more"] for each in (2, 3)] == [True, False]
    for limit in (0, 501, "many"):
        with pytest.raises(vol.Invalid):
            await read(limit=limit)


@pytest.mark.freeze_time(NOON)
async def test_administrator_answers_a_driver_without_naming_homes(
    house: House, people: People, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    owner = await people.owner()

    async def visits(**given: Any) -> list[dict[str, Any]]:
        asked = {"courier": "Parcel Post", "driver": "D-5", "day": "2026-11-24"}
        data = {**asked, **given}
        found = await ask(house, "get_driver_visits", None, owner, **data)
        return list(found["visits"])

    for number, driver in enumerate(("D-5", "D-6", None), start=1):
        await sender.grant(f"G{number}", door="lobby", parcel_ref="P-77")
        await sender.enter(f"G{number}", **({"driver_ref": driver} if driver else {}))
        await pass_time(house.hass, freezer, 60)
        await house.settle()
    refused = await sender.enter("G1", driver_ref="D-5")
    assert refused.body["decision"] == "refused"
    await house.settle()

    first, second = await visits()
    assert first == {
        "at": "2026-11-24T13:00:00+01:00",
        "door": "Lobby",
        "decision": "admitted",
        "outcome": "opened",
    }
    assert (second["decision"], second["outcome"]) == ("refused", None)
    assert [each["at"] for each in await visits(driver="D-6")] == [
        "2026-11-24T13:01:00+01:00"
    ]
    for nothing in (
        {"driver": "D-7"},
        {"day": "2026-11-25"},
        {"day": "9999-12-31"},
        {"courier": "Old Post"},
    ):
        assert await visits(**nothing) == []
    for wrong in ({"driver": ""}, {"day": "today"}):
        with pytest.raises(vol.Invalid):
            await visits(**wrong)
    with pytest.raises(ServiceValidationError) as not_allowed:
        await ask(
            house,
            "get_driver_visits",
            None,
            people.acting("Ada"),
            courier="Parcel Post",
            driver="D-5",
            day="2026-11-24",
        )
    assert not_allowed.value.translation_key == "not_allowed_read_driver"


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
                context=people.acting("Ada"),
            )
        return refused.value.translation_key

    other = MockConfigEntry(domain="other")
    other.add_to_hass(hass)
    devices = dr.async_get(hass)
    lamp = devices.async_get_or_create(
        config_entry_id=other.entry_id, identifiers={("other", "lamp")}
    )
    unknown = devices.async_get_or_create(
        config_entry_id=house.entry.entry_id, identifiers={("other", "thing")}
    )
    assert await refusal("nothing") == "service_device_not_found"
    assert await refusal(lamp.id) == "service_device_wrong_domain"
    assert await refusal(unknown.id) == "no_such_device"
    building = house.device().id
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    assert await refusal(building) == "service_config_entry_not_loaded"
