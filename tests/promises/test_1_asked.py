"""Promise 1, *Asked*: no grant is usable for a unit without its recorded, current consent."""

from dataclasses import replace

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import orjson
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from sqlalchemy import Connection, select

from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.access.schedule import WeekSchedule
from custom_components.courier_access.ledger.rules import Author
from custom_components.courier_access.ledger.tables import personal, records
from tests.house import ALWAYS, Sender, build, courier, door, resident
from tests.phones import add_person


async def test_without_consent_there_is_no_grant_and_no_entry(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), resident(windows=None))
    sender = Sender(await hass_client_no_auth())

    granted = await sender.grant()
    entered = await sender.enter()

    assert (granted.body["decision"], granted.body["reason"]) == ("refused", "not_accepting")
    assert (entered.body["decision"], entered.body["reason"]) == ("refused", "not_accepting")
    assert house.door_state() == "locked"


async def test_consent_without_a_schedule_lets_nobody_in(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), resident(windows={}))
    sender = Sender(await hass_client_no_auth())

    granted = await sender.grant()

    assert house.building.rulebook.of("resident-ada").consent is Consent.GIVEN
    assert (granted.body["decision"], granted.body["reason"]) == ("refused", "not_accepting")


async def test_withdrawing_ends_the_units_part_in_open_grants_at_once_and_for_good(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A"))
    sender = Sender(await hass_client_no_auth())
    await sender.grant("ours", units=("3B",))
    await sender.grant("both", units=("3B", "4A"))
    ada = house.building.residents["resident-ada"]
    given = house.building.rulebook.of(ada.id)

    await house.building.rulebook.change(ada, replace(given, consent=Consent.WITHDRAWN), Author())
    refused = await sender.enter("ours")
    await house.building.rulebook.change(ada, given, Author())
    still_refused = await sender.enter("ours")
    for_the_others = await sender.enter("both")
    await house.settle()

    assert refused.body["reason"] == still_refused.body["reason"] == "not_accepting"
    assert for_the_others.body["decision"] == "admitted"
    admitted = (await house.building.entries(1))[0]
    assert orjson.loads(admitted.personal["units"]) == ["4a"]


async def test_each_consent_is_recorded_with_who_when_and_which_wording(
    hass: HomeAssistant,
) -> None:
    house = await build(hass, door(), courier(), resident())

    def consents(conn: Connection) -> tuple[list[dict[str, object]], dict[str, str]]:
        rows = conn.execute(select(records).where(records.c.kind == "rules.changed")).all()
        values = conn.execute(
            select(personal.c.field, personal.c.value).where(
                personal.c.seq.in_([row.seq for row in rows])
            )
        )
        return [orjson.loads(row.body) for row in rows], {row.field: row.value for row in values}

    [recorded], kept = await house.building.ledger.read(consents)
    assert (kept["resident"], kept["consent"]) == ("resident-ada", "given")
    assert recorded["on_paper"] is True
    assert recorded["decided_on"] == "2026-01-02"
    assert recorded["policy"] == 1
    assert recorded["at"]


async def test_only_the_resident_can_consent(
    hass: HomeAssistant, hass_admin_user: MockUser
) -> None:
    login = MockUser(name="Ada").add_to_hass(hass)
    neighbour = MockUser(name="Ben").add_to_hass(hass)
    for user in (login, neighbour):
        user.mock_policy({"entities": True})
    ada = (await add_person(hass, {"Ada": login.id}))["Ada"]
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=ada),
        household="one",
    )

    async def consent(user_id: str | None) -> None:
        await hass.services.async_call(
            "switch",
            "turn_on",
            {"entity_id": "switch.ada_deliveries"},
            blocking=True,
            context=Context(user_id=user_id),
        )

    for other in (hass_admin_user.id, neighbour.id, None):
        with pytest.raises(ServiceValidationError):
            await consent(other)
    assert house.building.rulebook.of("resident-ada").consent is Consent.NOT_GIVEN
    await consent(login.id)
    assert house.building.rulebook.of("resident-ada").consent is Consent.GIVEN


async def test_another_unit_asks_for_consent_anew(hass: HomeAssistant) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "3B", None))
    ada = house.building.residents["resident-ada"]
    given = Rules(consent=Consent.GIVEN, schedule=WeekSchedule.from_mapping(ALWAYS))
    await house.building.rulebook.change(ada, given, Author())
    subentry = house.entry.subentries["resident-ada"]

    hass.config_entries.async_update_subentry(
        house.entry, subentry, data={**subentry.data, "unit": "4A"}
    )
    await house.settle()

    assert house.building.residents["resident-ada"].unit == "4a"
    assert house.building.rulebook.of("resident-ada") == Rules()


async def test_what_was_decided_on_paper_is_not_applied_over_a_login(hass: HomeAssistant) -> None:
    login = MockUser(name="Ada").add_to_hass(hass)
    ada = (await add_person(hass, {"Ada": login.id}))["Ada"]
    house = await build(hass, door(), courier(), resident("Ada", "3B", ALWAYS, person=ada))

    assert house.building.rulebook.of("resident-ada").consent is Consent.NOT_GIVEN
