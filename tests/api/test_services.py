"""The actions on rules and residents: their form and effect; test_handlers.py says who may do what."""

from datetime import time, timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.service import async_get_all_descriptions
from homeassistant.util import dt as dt_util
import pytest
import voluptuous as vol

from tests.support.house import (
    House,
    Sender,
    ask,
    build,
    courier,
    do,
    door,
    refusal,
    resident,
)
from tests.support.people import People, acting
from tests.support.wires import Wire

MORNINGS = {"monday": [{"from": "08:00:00", "to": "12:00:00"}]}


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """Return a building with Ada and Abe in 3B, Cleo in 4A, and in 5C Ben, who has no account."""
    homes = await people.homes(Ada="3B", Abe="3B", Cleo="4A")
    ben = resident("Ben", "5C", MORNINGS)
    return await build(hass, door(), courier(), *homes, ben)


async def test_rules_are_set_and_returned(house: House, people: People) -> None:
    ada = people.acting("Ada")
    given: dict[str, Any] = {"windows": MORNINGS, "share_hours": True}
    await do(house, "set_rules", ada, "resident-ada", consent=True, **given)
    rules = {
        "unit": "3B",
        "revision": 1,
        "consent": "given",
        **given,
        "exceptions": [],
        "default": "allow",
        "couriers": {},
        "removed_couriers": [],
        "only_while": [],
        "never_while": [],
        "digest_at": None,
        "default_proof": "pass",
        "proofs": {},
    }
    assert await ask(house, "get_rules", "resident-ada", ada) == rules

    changed = await ask(house, "set_rules", "resident-ada", ada, share_hours=False)
    assert changed == rules | {"revision": 2, "share_hours": False}
    assert await ask(house, "set_rules", "resident-ada", ada) == changed


async def test_rules_apply_at_once(
    house: House, people: People, sender: Sender
) -> None:
    assert (await sender.grant("before")).body["decision"] == "refused"

    await people.consent(house, "Ada", "Abe")
    await people.confirm(house, "Abe", "Ada")
    assert (await sender.grant("after")).body["decision"] == "accepted"

    await do(house, "set_rules", people.acting("Ada"), "resident-ada", consent=False)
    assert (await sender.enter("after")).body["decision"] == "refused"
    await house.settle()


async def test_window_past_midnight_is_stored_as_two(
    house: House, people: People
) -> None:
    windows = {
        "sunday": [{"from": "22:00", "to": "06:00"}],
        "monday": [{"from": time(7), "to": time.max}],
    }
    ada = people.acting("Ada")
    result = await ask(house, "set_rules", "resident-ada", ada, windows=windows)

    assert result["windows"] == {
        "monday": [
            {"from": "00:00:00", "to": "06:00:00"},
            {"from": "07:00:00", "to": "24:00:00"},
        ],
        "sunday": [{"from": "22:00:00", "to": "24:00:00"}],
    }


async def test_form_begins_hours_with_an_example_that_can_be_set(
    house: House, people: People
) -> None:
    described = (await async_get_all_descriptions(house.hass))["courier_access"]
    example = described["set_rules"]["fields"]["windows"]["default"]
    ada = people.acting("Ada")
    result = await ask(house, "set_rules", "resident-ada", ada, windows=example)

    assert result["windows"] == {
        "monday": [
            {"from": "08:00:00", "to": "12:00:00"},
            {"from": "16:00:00", "to": "20:00:00"},
        ],
        "saturday": [{"from": "09:00:00", "to": "13:00:00"}],
    }


async def test_faulty_windows_are_refused(house: House, people: People) -> None:
    ada = people.acting("Ada")
    with pytest.raises(ServiceValidationError) as refused:
        await do(house, "set_rules", ada, "resident-ada", windows={1: []})

    assert refused.value.translation_key == "schedule_unknown_day"
    assert (refused.value.translation_placeholders or {})["day"] == "int"
    assert house.building.rulebook.of("resident-ada").revision == 0


async def test_administrator_and_automation_only_restrict(
    house: House, people: People
) -> None:
    """Restricting rules doesn't include reading them."""
    whole = {"monday": [{"from": "08:00", "to": "18:00"}]}
    ada, subject = people.acting("Ada"), "resident-ada"
    for number, who in enumerate((await people.owner(), acting(None))):
        first = {"consent": True, "windows": whole, "share_hours": True}
        await do(house, "set_rules", ada, subject, **first)
        for more in ("tuesday", "monday"):
            loosened = MORNINGS | {more: [{"from": "08:00", "to": "18:01"}]}
            found = await refusal(house, "set_rules", who, subject, windows=loosened)
            assert found == "not_allowed_loosen_rules"
        revision = 1 + number * 4
        for restricted in (
            {"windows": MORNINGS},
            {"share_hours": False},
            {"consent": False},
        ):
            revision += 1
            result = await ask(house, "set_rules", subject, who, **restricted)
            assert result == {"revision": revision}
        for given in ({"consent": True}, {"share_hours": True}):
            found = await refusal(house, "set_rules", who, subject, **given)
            assert found == "not_allowed_loosen_rules"


async def test_courier_that_others_restrict_joins_those_of_the_resident(
    hass: HomeAssistant, people: People
) -> None:
    couriers = courier(), courier("Fast Food"), courier("Pigeon Post")
    homes = await people.homes(Ada="3B")
    house = await build(hass, door(), *couriers, *homes)
    ada, subject = people.acting("Ada"), "resident-ada"
    own = {"couriers": {"Fast Food": "deny"}, "proofs": {"Fast Food": "signed"}}
    await do(house, "set_rules", ada, subject, consent=True, default="allow", **own)

    denied = {"Parcel Post": "deny"}
    await do(house, "set_rules", acting(None), subject, couriers=denied)
    stricter = {"Pigeon Post": "signed"}
    await do(house, "set_rules", await people.owner(), subject, proofs=stricter)
    for looser in ({"Fast Food": "ask"}, {"Parcel Post": "allow"}):
        found = await refusal(
            house, "set_rules", acting(None), subject, couriers=looser
        )
        assert found == "not_allowed_loosen_rules"

    rules = await ask(house, "get_rules", subject, ada)
    deny = dict.fromkeys(("courier-fast-food", "courier-parcel-post"), "deny")
    assert rules["couriers"] == deny
    signed = dict.fromkeys(("courier-fast-food", "courier-pigeon-post"), "signed")
    assert rules["proofs"] == signed
    await do(house, "set_rules", ada, subject, couriers=denied)
    rules = await ask(house, "get_rules", subject, ada)
    assert rules["couriers"] == {"courier-parcel-post": "deny"}


async def test_entities_that_others_link_join_those_of_the_resident(
    house: House, people: People
) -> None:
    for name in ("porter", "alarm", "guests"):
        house.hass.states.async_set(f"input_boolean.{name}", "on")
    ada, subject = people.acting("Ada"), "resident-ada"
    own = {
        "only_while": ["input_boolean.porter"],
        "never_while": ["input_boolean.alarm"],
    }
    await do(house, "set_rules", ada, subject, **own)

    for who in (acting(None), await people.owner()):
        for linked in ("only_while", "never_while"):
            more = {linked: ["input_boolean.guests"]}
            await do(house, "set_rules", who, subject, **more)
            cleared: dict[str, list[str]] = {linked: []}
            found = await refusal(house, "set_rules", who, subject, **cleared)
            assert found == "not_allowed_loosen_rules"

    rules = await ask(house, "get_rules", subject, ada)
    assert rules["only_while"] == ["input_boolean.porter", "input_boolean.guests"]
    assert rules["never_while"] == ["input_boolean.alarm", "input_boolean.guests"]
    many = [f"input_boolean.more_{number}" for number in range(19)]
    for name in many:
        house.hass.states.async_set(name, "on")
    found = await refusal(house, "set_rules", acting(None), subject, only_while=many)
    assert found == "rules_too_many_entities"
    await do(house, "set_rules", ada, subject, only_while=[])
    assert (await ask(house, "get_rules", subject, ada))["only_while"] == []


async def test_error_names_the_entities_that_a_list_leaves_out(
    house: House, people: People
) -> None:
    """The administrator can read the rules of a resident without an account."""
    for name in ("porter", "guests"):
        house.hass.states.async_set(f"input_boolean.{name}", "on")
    owner, subject = await people.owner(), "resident-ben"
    both = ["input_boolean.porter", "input_boolean.guests"]
    await do(house, "set_rules", owner, subject, only_while=both)
    with pytest.raises(ServiceValidationError) as failed:
        await do(house, "set_rules", owner, subject, only_while=both[1:])
    assert failed.value.translation_key == "not_allowed_drop_entities"
    assert failed.value.translation_placeholders == {"entities": both[0]}


async def test_administrator_replaces_the_couriers_in_rules_that_they_can_read(
    house: House, people: People
) -> None:
    owner, subject = await people.owner(), "resident-ben"
    only = {"default": "ask", "couriers": {"Parcel Post": "allow"}}
    rules = await ask(house, "set_rules", subject, owner, **only)
    assert rules["couriers"] == {"courier-parcel-post": "allow"}

    rules = await ask(house, "set_rules", subject, owner, couriers={})

    assert rules["couriers"] == {}


async def test_error_about_an_unknown_courier_names_those_there_are(
    house: House, people: People
) -> None:
    delivery = {"courier": "Parcel Pots", "grant_id": "G1", "unit": "3B"}
    with pytest.raises(ServiceValidationError) as failed:
        await do(house, "veto_grant", people.acting("Ada"), **delivery)
    assert failed.value.translation_key == "no_such_courier"
    assert failed.value.translation_placeholders == {"couriers": "Parcel Post"}


async def test_error_about_two_proofs_names_the_fields(house: House) -> None:
    shown = {"pin": "123456", "parcel_number": "P-4711"}
    with pytest.raises(vol.Invalid) as failed:
        await ask(house, "request_entry", "door-lobby", acting(None), **shown)
    fields = ["pin", "address_code", "parcel_number", "ring"]
    assert f"at most one of {fields} is allowed" in str(failed.value)


async def test_data_with_another_schema_is_refused(
    house: House, people: People
) -> None:
    for action, data in (
        ("set_rules", {"windows": []}),
        ("set_rules", {"consent": "perhaps"}),
        ("set_rules", {"exceptions": {}}),
        ("set_rules", {"default": "perhaps"}),
        ("set_rules", {"couriers": {"Parcel Post": "perhaps"}}),
        ("set_rules", {"revision": -1}),
        ("set_rules", {"unit": "3B"}),
        ("confirm_resident", {"unit": "3B"}),
        ("renew_link", {"unit": "3B"}),
        ("revoke_link", {"unit": "3B"}),
    ):
        with pytest.raises(vol.Invalid):
            await do(house, action, people.acting("Ada"), "resident-ada", **data)
    with pytest.raises(vol.Invalid):
        await ask(house, "get_rules", "resident-ada", acting(None), consent=True)


async def test_device_of_another_kind_is_refused(house: House, people: People) -> None:
    ada = people.acting("Ada")
    grant = {"courier": "c", "grant_id": "g", "unit": "u"}
    kinds: tuple[tuple[str, str | None, str, dict[str, Any]], ...] = (
        ("set_rules", "door-lobby", "no_resident_device", {}),
        ("confirm_resident", None, "no_resident_device", {}),
        ("renew_link", None, "no_resident_device", {}),
        ("revoke_link", None, "no_resident_device", {}),
        ("pause", "resident-ada", "no_pause_switch", {}),
        ("resume", "door-lobby", "no_pause_switch", {}),
        ("veto_grant", "resident-ada", "no_building_device", grant),
    )
    for action, subject, key, data in kinds:
        assert await refusal(house, action, ada, subject, **data) == key
    for action, subject, key in (
        ("get_rules", None, "no_resident_device"),
        ("check_access", "resident-ada", "no_door_device"),
        ("check_access", None, "no_door_device"),
        ("get_entries", "resident-ada", "no_building_device"),
    ):
        with pytest.raises(ServiceValidationError) as refused:
            await ask(house, action, subject, ada)
        assert refused.value.translation_key == key


async def test_unwritable_ledger_is_reported(house: House, people: People) -> None:
    ada = people.acting("Ada")
    await house.building.ledger.close()

    rules = await ask(house, "get_rules", "resident-ada", ada)
    assert rules["consent"] == "not_given"
    with pytest.raises(HomeAssistantError) as failed:
        await ask(house, "set_rules", "resident-ada", ada, consent=True)
    assert failed.value.translation_key == "ledger_unavailable"
    assert house.building.rulebook.of("resident-ada").revision == 0


async def test_refusal_reaches_the_browser_in_words(house: House, cleo: Wire) -> None:
    await cleo.client.send_json_auto_id(
        {
            "type": "call_service",
            "domain": "courier_access",
            "service": "get_rules",
            "service_data": {"device_id": house.device("resident-ada").id},
            "return_response": True,
        }
    )
    error = (await cleo.client.receive_json())["error"]

    assert error["code"] == "service_validation_error"
    assert error["translation_domain"] == "courier_access"
    assert error["translation_key"] == "not_allowed_read_rules"
    assert "Only the resident" in error["message"]


async def test_unit_is_paused_and_resumed(
    house: House, people: People, sender: Sender
) -> None:
    ada, pauses = people.acting("Ada"), house.building.rulebook.pauses
    await people.consent(house, "Ada")
    await sender.grant(max_entries=3)
    until = dt_util.utcnow() + timedelta(hours=1)

    await do(house, "pause", ada, unit=" 3b ", until=until.isoformat())
    assert [pause.until for pause in pauses.over("3b")] == [until]
    assert pauses.over("4a") == []
    assert (await sender.enter()).body["reason"] == "paused"
    # Whether a unit exists is not said to others.
    for unit in ("3B", "9Z"):
        for action in ("pause", "resume"):
            found = await refusal(house, action, people.acting("Cleo"), unit=unit)
            assert found == f"not_allowed_{action}_unit"

    await do(house, "resume", ada, unit="3B")
    assert (await sender.enter()).body["reason"] == "ok"
    await house.settle()


async def test_pause_ends_within_a_year(house: House, people: People) -> None:
    for hours, key in ((-1, "pause_in_the_past"), (24 * 367, "pause_too_long")):
        until = (dt_util.utcnow() + timedelta(hours=hours)).isoformat()
        assert await refusal(house, "pause", people.acting("Ada"), until=until) == key
    assert house.building.rulebook.pauses.until() is None


async def test_delivery_is_vetoed(house: House, people: People, sender: Sender) -> None:
    await people.consent(house, "Ada")
    await sender.grant()
    delivery = {"courier": "Parcel Post", "grant_id": "G1", "unit": "3B"}
    for changed, key in (
        ({"courier": "Nobody"}, "no_such_courier"),
        ({"grant_id": "G2"}, "nothing_to_veto"),
    ):
        ada, cleo = people.acting("Ada"), people.acting("Cleo")
        wrong = delivery | changed
        assert await refusal(house, "veto_grant", ada, **wrong) == key
        found = await refusal(house, "veto_grant", cleo, **wrong)
        assert found == "not_allowed_veto_grant"

    by_id = delivery | {"courier": "courier-parcel-post"}
    await do(house, "veto_grant", people.acting("Ada"), **by_id)

    assert (await sender.enter()).body["reason"] == "vetoed"
    await house.settle()


async def test_administrator_renews_and_revokes_a_link_without_learning_it(
    house: House, people: People
) -> None:
    owner, links = await people.owner(), house.building.links
    first = links.link_of("resident-ben")
    assert first is not None
    with pytest.raises(ServiceValidationError):
        await ask(house, "renew_link", "resident-ben", owner)

    await do(house, "renew_link", owner, "resident-ben")
    assert links.link_of("resident-ben") not in (None, first)
    await do(house, "revoke_link", owner, "resident-ben")
    assert links.link_of("resident-ben") is None
    found = await refusal(house, "renew_link", owner, "resident-ada")
    assert found == "link_needs_no_login"
