"""Promise 1, *Asked*: no grant is usable for a unit without its recorded, current consent."""

from dataclasses import replace

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import orjson
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import WeekSchedule
from custom_components.courier_access.access.model import Attitude, Consent, Rules
from custom_components.courier_access.ledger.queue import Audience, NotificationKind
from custom_components.courier_access.ledger.state.residents import (
    Author,
)
from tests.support.enqueued import edit, enqueued, move_in, move_out
from tests.support.house import (
    ALWAYS,
    Sender,
    build,
    courier,
    do,
    door,
    entries_of,
    resident,
)
from tests.support.people import People
from tests.support.phones import add_person
from tests.support.rows import bodies, kept_rows, plant


async def test_without_consent_there_is_no_grant_and_no_entry(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), resident(windows=None))
    sender = Sender(await hass_client_no_auth())

    granted = await sender.grant()
    entered = await sender.enter()

    assert (granted.body["decision"], granted.body["reason"]) == (
        "refused",
        "not_accepting",
    )
    assert (entered.body["decision"], entered.body["reason"]) == (
        "refused",
        "not_accepting",
    )
    assert house.door_state() == "locked"


async def test_consent_without_a_schedule_lets_nobody_in(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), resident(windows={}))
    sender = Sender(await hass_client_no_auth())

    granted = await sender.grant()

    assert house.building.rulebook.of("resident-ada").consent is Consent.GIVEN
    assert (granted.body["decision"], granted.body["reason"]) == (
        "refused",
        "not_accepting",
    )


async def test_withdrawing_ends_the_units_part_in_open_grants_at_once_and_for_good(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant("ours", units=("3B",))
    await sender.grant("both", units=("3B", "4A"))
    ada = house.building.residents["resident-ada"]
    given = house.building.rulebook.of(ada.id)

    await house.building.rulebook.change(
        ada, replace(given, consent=Consent.WITHDRAWN), Author()
    )
    refused = await sender.enter("ours")
    await house.building.rulebook.change(ada, given, Author())
    still_refused = await sender.enter("ours")
    for_the_others = await sender.enter("both")
    await house.settle()

    assert refused.body["reason"] == still_refused.body["reason"] == "not_accepting"
    assert for_the_others.body["decision"] == "admitted"
    admitted = (await entries_of(house.building, 1))[0]
    assert orjson.loads(admitted.personal["units"]) == ["4a"]


async def test_each_consent_is_recorded_with_who_when_and_which_wording(
    hass: HomeAssistant,
) -> None:
    house = await build(hass, door(), courier(), resident())

    ledger = house.building.ledger
    recorded = orjson.loads(*await bodies(ledger, "rules.changed"))
    query = """
        SELECT field, value FROM personal JOIN records USING (seq)
        WHERE kind = 'rules.changed'
    """
    kept = dict(await kept_rows(ledger, query, tuple[str, str]))
    assert (kept["resident"], kept["consent"]) == ("resident-ada", "given")
    assert (kept["on_paper"], kept["decided_on"]) == ("true", "2026-01-02")
    # The paper is the house's own, so nobody knows which text it has.
    assert kept["text"] == ""
    assert recorded["at"]


async def test_only_the_resident_can_consent(
    hass: HomeAssistant, hass_admin_user: MockUser
) -> None:
    login = MockUser(name="Ada").add_to_hass(hass)
    neighbor = MockUser(name="Ben").add_to_hass(hass)
    for user in (login, neighbor):
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

    for other in (hass_admin_user.id, neighbor.id, None):
        with pytest.raises(ServiceValidationError):
            await consent(other)
    assert house.building.rulebook.of("resident-ada").consent is Consent.NOT_GIVEN
    # Not even Ada, without the text of what she consents to.
    with pytest.raises(ServiceValidationError, match="A yes needs its text"):
        await consent(login.id)
    assert house.building.rulebook.of("resident-ada").consent is Consent.NOT_GIVEN
    await do(
        house, "set_rules", Context(user_id=login.id), "resident-ada", consent=True
    )
    assert house.building.rulebook.of("resident-ada").consent is Consent.GIVEN


async def test_another_unit_asks_for_consent_again(hass: HomeAssistant) -> None:
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


async def test_paper_decision_does_not_override_a_decision_by_account(
    hass: HomeAssistant,
) -> None:
    login = MockUser(name="Ada").add_to_hass(hass)
    ada = (await add_person(hass, {"Ada": login.id}))["Ada"]
    house = await build(
        hass, door(), courier(), resident("Ada", "3B", ALWAYS, person=ada)
    )

    assert house.building.rulebook.of("resident-ada").consent is Consent.NOT_GIVEN


async def test_enrolled_resident_is_asked_once(hass: HomeAssistant) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "3B", None))
    await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()

    invited = await enqueued(house, NotificationKind.CONSENT_INVITED)

    assert [each.resident_id for each in invited] == ["resident-ada"]
    asked = [
        name
        for name, message in house.told_at_first
        if message.startswith("May couriers")
    ]
    assert asked == ["Ada"]


async def test_a_withdrawal_closes_the_unit_even_if_others_consent(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Ben", "3B")
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant("before")
    ben = house.building.residents["resident-ben"]

    await house.building.rulebook.change(ben, Rules(Consent.WITHDRAWN), Author())

    assert (await sender.enter("before")).body["reason"] == "not_accepting"
    assert (await sender.grant("after")).body["reason"] == "not_accepting"


async def test_a_withdrawal_is_notified_once_to_the_unit_and_the_administrator(
    hass: HomeAssistant,
) -> None:
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )
    ada = house.building.residents["resident-ada"]

    await house.building.rulebook.change(ada, Rules(Consent.WITHDRAWN), Author())
    await house.building.rulebook.change(
        ada, Rules(Consent.WITHDRAWN, default=Attitude.DENY), Author()
    )
    await house.settle()

    [told] = await enqueued(house, NotificationKind.CONSENT_WITHDRAWN)
    assert dict(told.units) == {"3b": "3B"}
    assert told.kind.traits.audience is Audience.RECIPIENTS
    assert told.kind.traits.administrator_too
    assert [name for name, _ in house.told] == ["Ada"]


async def test_a_consent_of_somebody_new_does_not_count_before_the_unit_confirms_them(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    people = People(hass)
    await people.move_in("Ada")
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
    )
    sender = Sender(await hass_client_no_auth())

    await move_in(house, resident("Mia", "3B"))

    assert house.building.rulebook.of("resident-mia").consent is Consent.GIVEN
    assert (await sender.grant()).body["reason"] == "not_accepting"


@pytest.mark.parametrize("changes", [{"unit": "4A"}, {"person": None}])
async def test_changed_resident_is_asked_again_and_notified_through_the_old_targets_too(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    changes: dict[str, str | None],
) -> None:
    people = People(hass)
    await people.move_in("Ada")
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
    )
    ada = house.building.residents["resident-ada"]
    given = Rules(consent=Consent.GIVEN, schedule=WeekSchedule.from_mapping(ALWAYS))
    await house.building.rulebook.change(ada, given, Author(ada.user_id))
    sender = Sender(await hass_client_no_auth())
    await sender.grant()

    elsewhere = [{"kind": "action", "value": "notify.elsewhere"}]
    await edit(house, "resident-ada", targets=elsewhere, **changes)

    assert house.building.rulebook.of("resident-ada") == Rules()
    assert (await sender.enter()).body["reason"] == "not_accepting"
    told = await enqueued(house, NotificationKind.RESIDENT_CHANGED)
    over = [each.addressed and each.addressed["targets"][0]["value"] for each in told]
    assert over == [None, "notify.ada"]
    assert len(await enqueued(house, NotificationKind.CONSENT_INVITED)) == 2


async def test_a_change_of_rules_counts_at_the_next_decision(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), resident())
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    building, ada = house.building, house.building.residents["resident-ada"]
    rules = building.rulebook.of(ada.id)

    await building.rulebook.change(
        ada, replace(rules, schedule=WeekSchedule()), Author()
    )

    assert (await sender.enter()).body["decision"] == "refused"
    assert house.building is building, "without a reload"


async def test_rules_that_cannot_be_read_any_more_let_nobody_in(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant("adas")
    await sender.grant("cleos", units=("4A",))
    await house.building.ledger.write(
        lambda transaction: plant(
            transaction.conn,
            "UPDATE rules SET schedule = :schedule WHERE resident_id = 'resident-ada'",
            schedule={"monday": "always"},
        )
    )

    await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()

    assert (await sender.enter("adas")).body["decision"] == "refused"
    assert (await sender.enter("cleos")).body["decision"] == "admitted"


async def test_consent_ends_when_its_resident_leaves(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()

    await move_out(house, "resident-ada")

    assert (await sender.enter()).body["reason"] == "not_accepting"
    stored = "SELECT resident_id FROM rules"
    assert await kept_rows(house.building.ledger, stored, str) == ["resident-cleo"]
    [told] = await enqueued(house, NotificationKind.RESIDENT_REMOVED)
    assert told.addressed is not None
    assert told.addressed["name"] == "Ada"
