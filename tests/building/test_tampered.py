"""Test that a ledger changed by hand admits no courier, and says so."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
import sqlite3

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonValueType
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Consent, GrantKey
from custom_components.courier_access.api.commands import async_veto_grant
from custom_components.courier_access.api.overview import resident_view
from custom_components.courier_access.api.permissions import link_holder
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.chain import bound_total
from custom_components.courier_access.ledger.errors import LedgerUnavailable
from custom_components.courier_access.ledger.sql import reader
from custom_components.courier_access.ledger.state.residents import Author
from tests.building.test_restore import bodies, confirm_keys
from tests.ledger.parts import execute
from tests.ledger.test_structure import HIDDEN
from tests.support import fixing
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    resident,
)
from tests.support.pages import Visitor, token_of
from tests.support.verified import verified

KEY = GrantKey("courier-parcel-post", "G1")
FORGED_CONSENT = """
    INSERT INTO rules (resident_id, revision, unit, person, user_id, consent, consent_at, schedule,
        share_hours, default_attitude, couriers, default_proof, proofs, exceptions, only_while, never_while, by_link)
    SELECT 'resident-cleo', 1, '4a', NULL, NULL, consent, consent_at, schedule,
        share_hours, default_attitude, couriers, default_proof, proofs, exceptions, only_while, never_while, by_link
    FROM rules WHERE resident_id = 'resident-ada'
"""
LETS_IN = {
    "hours moved to another time zone": "UPDATE configured"
    " SET value = '\"Pacific/Honolulu\"' WHERE kind = 'zone'",
    "a forged consent": FORGED_CONSENT,
    "a veto undone": "UPDATE grant_units SET part = 'accepted' WHERE part = 'vetoed'",
    "a revocation undone": "UPDATE grants SET state = 'open' WHERE grant_id = 'G2'",
    "a use given back": "UPDATE grants SET uses = 0 WHERE grant_id = 'G3'",
    "a made-up answer": (
        "INSERT INTO answers (ask_id, unit, resident_id, answer, at)"
        " VALUES (1, '3b', 'resident-ada', 'approved', 0)"
    ),
    "a last known login erased": (
        "UPDATE residences SET user_id = 'x', login = 'linked' WHERE unit = '3b'"
    ),
    "a withdrawal undone": "UPDATE rules SET consent = 'given' WHERE consent = 'withdrawn'",
}


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """A building in which Ada consents, Ben withdrew, and Cleo was never asked."""
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B"),
        resident("Ben", "5C"),
        resident("Cleo", "4A", None),
    )
    building = house.building
    rules = replace(building.rulebook.of("resident-ben"), consent=Consent.WITHDRAWN)
    await building.rulebook.change(building.residents["resident-ben"], rules, Author())
    return house


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    """A courier with a vetoed, a revoked, and a used grant, whose door is locked again."""
    sender = Sender(await hass_client_no_auth())
    for grant_id in ("G1", "G2", "G3"):
        assert (await sender.grant(grant_id)).body["decision"] == "accepted"
    ada = house.building.residents["resident-ada"]
    await async_veto_grant(
        house.building, link_holder(ada), KEY.courier_id, KEY.grant_id, "3b"
    )
    await sender.revoke("G2")
    assert (await sender.enter("G3")).body["decision"] == "admitted"
    await house.settle()
    async_fire_time_changed(house.hass, dt_util.utcnow() + timedelta(seconds=6))
    await house.settle()
    assert house.door_state() == "locked"
    return sender


def by_hand(path: Path, statement: str) -> None:
    foreign = sqlite3.connect(path, isolation_level=None)
    assert foreign.execute(statement).rowcount > 0
    foreign.close()


async def tamper(house: House, statement: str) -> None:
    path = ledger_path(house.hass, house.entry.entry_id)
    await house.hass.async_add_executor_job(by_hand, path, statement)


async def is_closed(house: House, sender: Sender) -> None:
    """See that no courier is answered, and that owner and residents know why."""
    for grant_id in ("G1", "G2", "G3"):
        answer = await sender.enter(grant_id)
        assert (answer.status, answer.problem) == (503, "not_ready")
    assert house.door_state() == "locked"
    assert fixing.shown(house.hass, "ledger_altered") is not None
    assert fixing.shown(house.hass, "ledger_restored") is None
    changed = [
        name
        for name, message in house.told
        if "rules, deliveries, or vetoes by hand" in message
    ]
    assert sorted(changed) == ["Ada", "Ben", "Cleo"]


async def stays_closed_after_confirming(house: House, sender: Sender) -> None:
    """See that what was changed opens nothing once the administrator has looked, and that the ledger is whole again."""
    await confirm_keys(house)
    assert fixing.shown(house.hass, "ledger_altered") is None
    for grant_id in ("G1", "G2", "G3"):
        assert (await sender.enter(grant_id)).body["reason"] in (
            "revoked",
            "stale_request",
        )
    for unit in ("3B", "4A", "5C"):
        refused = await sender.grant(f"new-{unit}", units=(unit,))
        assert refused.body["decision"] == "refused"
    assert (
        len([each for each in await entries_of(house.building, 50) if each.outcome])
        == 1
    )
    assert (await verified(house.building.ledger)).intact


@pytest.mark.parametrize("statement", LETS_IN.values(), ids=LETS_IN.keys())
async def test_change_while_unloaded_closes_the_door(
    hass: HomeAssistant, house: House, sender: Sender, statement: str
) -> None:
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    house.told.clear()
    await tamper(house, statement)

    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    await is_closed(house, sender)
    [record] = await bodies(house, "ledger.restored")
    assert '"cause":"altered"' in record
    await stays_closed_after_confirming(house, sender)


def consents_ended(house: House) -> str:
    """Return what those read whose consent ended, because the log was changed today."""
    today = dt_util.utcnow().astimezone(house.building.zone())
    return (
        "Somebody changed the access log."
        f" This was found on {today:%b} {today.day}, {today.year}."
        " Your consent no longer counts: give it again, if you want."
        " Show this to your neighbors."
    )


async def says(house: House, sender: Sender, name: str) -> list[str]:
    """Return the lines of a resident's page."""
    return (await Visitor(sender.client, token_of(house, name)).ask()).lines


def found_at(house: House, name: str) -> JsonValueType:
    """Return what the panel and the card are given."""
    who = house.building.residents[f"resident-{name.lower()}"]
    return resident_view(house.building, link_holder(who), who)["altered_at"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rules SET consent = 'not_given' WHERE resident_id = 'resident-ada'",
        "UPDATE rules SET couriers = 'x' WHERE resident_id = 'resident-ada'",
        "DELETE FROM rules WHERE resident_id = 'resident-ada'",
    ],
    ids=["consent", "unreadable", "deleted"],
)
async def test_resident_whose_consent_was_undone_by_hand_reads_that(
    hass: HomeAssistant, house: House, sender: Sender, statement: str
) -> None:
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    house.told.clear()
    await tamper(house, statement)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    why = consents_ended(house)

    assert [name for name, message in house.told if why in message] == ["Ada"]
    assert why in await says(house, sender, "Ada")
    assert [found_at(house, name) for name in ("Ben", "Cleo")] == [None, None]
    await stays_closed_after_confirming(house, sender)
    await house.reload()
    assert why in await says(house, sender, "Ada")


async def test_refusal_made_up_by_hand_stays(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    """In doubt, the home stays closed."""
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    made_up = "UPDATE rules SET consent = 'withdrawn' WHERE consent = 'given'"
    await tamper(house, made_up)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    assert "You keep couriers out of your home." in await says(house, sender, "Ada")
    assert found_at(house, "Ada") is None
    await stays_closed_after_confirming(house, sender)


async def test_only_those_whose_consent_ended_read_that_the_log_was_changed(
    hass: HomeAssistant, house: House, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    entry_id = house.entry.entry_id
    assert await hass.config_entries.async_unload(entry_id)
    house.told.clear()
    await tamper(house, LETS_IN["a veto undone"])
    assert await hass.config_entries.async_setup(entry_id)
    await house.settle()
    why, now = consents_ended(house), dt_util.utcnow().isoformat()

    told = [name for name, message in house.told if why in message]
    assert told == ["Ada"]
    assert why in await says(house, sender, "Ada")
    assert "You have not decided yet." not in await says(house, sender, "Ada")
    assert "You keep couriers out of your home." in await says(house, sender, "Ben")
    assert "You have not decided yet." in await says(house, sender, "Cleo")
    found = [found_at(house, name) for name in ("Ada", "Ben", "Cleo")]
    assert found == [now, None, None]

    # It stays so until they decide again, also when they are asked again.
    freezer.tick(timedelta(days=40))
    await house.reload()
    house.told.clear()
    await house.building.rulebook.invite_again()
    await house.settle()
    assert [name for name, message in house.told if why in message] == ["Ada"]
    assert found_at(house, "Ada") == now
    ada = Visitor(sender.client, token_of(house, "Ada"))
    decided = (await ada.do("give_consent", agree="yes")).lines
    assert "You have consented." in decided
    assert why not in decided
    await house.reload()
    assert found_at(house, "Ada") is None


async def test_change_found_by_a_check_closes_the_door(
    house: House, sender: Sender
) -> None:
    building = house.building
    found, _ = await building.verifications.check("anybody", ())
    assert found.intact
    await tamper(house, LETS_IN["a veto undone"])
    house.told.clear()

    found, _ = await building.verifications.check("anybody", ())
    assert (found.intact, found.state_differs) == (False, True)
    await house.settle()

    assert house.building is not building
    await is_closed(house, sender)
    await stays_closed_after_confirming(house, sender)


def forge(path: Path, statement: str) -> None:
    """Change state by hand, and put its sum into the newest record's body."""
    by_hand(path, statement)
    with reader(path) as conn:
        bound = f"{bound_total(conn):064x}"
    by_hand(
        path,
        f"UPDATE records SET body = json_set(body, '$.bound', '{bound}')"
        " WHERE seq = (SELECT MAX(seq) FROM records)",
    )


@pytest.mark.parametrize("is_loaded", [True, False])
async def test_forged_state_with_a_forged_sum_closes_the_door(
    hass: HomeAssistant, house: House, sender: Sender, is_loaded: bool
) -> None:
    entry_id = house.entry.entry_id
    if not is_loaded:
        assert await hass.config_entries.async_unload(entry_id)
    house.told.clear()
    path = ledger_path(hass, entry_id)
    await hass.async_add_executor_job(forge, path, LETS_IN["a veto undone"])

    if is_loaded:
        await house.building.verifications.check("anybody", ())
    else:
        assert await hass.config_entries.async_setup(entry_id)
    await house.settle()

    await is_closed(house, sender)
    await confirm_keys(house)
    building = house.building
    found, _ = await building.verifications.check("anybody", ())
    await house.settle()
    assert not found.intact
    assert house.building is building, "the owner has confirmed this finding"
    assert (await sender.enter("G1")).body["reason"] in ("revoked", "stale_request")


async def test_record_found_changed_closes_the_door_once(
    house: House, sender: Sender
) -> None:
    for seq in (3, 2):
        house.told.clear()
        await tamper(house, f"UPDATE records SET kind = 'x' WHERE seq = {seq}")
        building = house.building
        found, _ = await building.verifications.check("anybody", ())
        await house.settle()
        assert (found.broken_at, found.state_differs) == (seq, False)
        assert house.building is not building
        await is_closed(house, sender)
        await confirm_keys(house)
        building = house.building
        await building.verifications.check("anybody", ())
        await house.settle()
        assert house.building is building
        assert building.host.answers_couriers


async def test_restart_without_changes_closes_nothing(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    for _ in range(2):
        assert await hass.config_entries.async_reload(house.entry.entry_id)
        await house.settle()

    assert (await sender.grant("G4")).body["decision"] == "accepted"
    assert (await sender.enter("G4")).body["decision"] == "admitted"
    assert await bodies(house, "state.changed") == []
    assert (await verified(house.building.ledger)).intact


@pytest.mark.parametrize(
    "what",
    [
        "personal",
        "personal WHERE field = 'grant_id'",
        "personal WHERE field != 'grant_id'",
    ],
)
async def test_personal_values_erased_before_their_time_are_found(
    house: House, sender: Sender, what: str
) -> None:
    await tamper(house, f"DELETE FROM {what}")

    found, _ = await house.building.verifications.check("anybody", ())
    await house.settle()
    assert not found.intact


@pytest.mark.parametrize("is_loaded", [True, False])
async def test_ledger_whose_index_hides_rows_is_recreated(
    hass: HomeAssistant, house: House, sender: Sender, is_loaded: bool
) -> None:
    if not is_loaded:
        assert await hass.config_entries.async_unload(house.entry.entry_id)
    house.told.clear()
    path = ledger_path(hass, house.entry.entry_id)

    def hide() -> None:
        for statements in HIDDEN["an index lacks rows"]:
            execute(path, *statements)

    await hass.async_add_executor_job(hide)
    if is_loaded:
        with pytest.raises(LedgerUnavailable, match="damaged"):
            await house.building.verifications.check("anybody", ())
    else:
        assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    assert fixing.shown(hass, "ledger_set_aside") is not None
    assert (await sender.enter("G3")).problem == "not_ready"
    assert {"Ada", "Ben", "Cleo"} <= {name for name, _ in house.told}
