"""Diagnostics are useful and contain nothing secret or personal."""

import json
from typing import Any

from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from sqlalchemy import Connection, select

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.ledger.tables import links, notices, personal
from tests.support.door_parts import BOLT, Bolt, install_bolt
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    door,
    lose_ledger,
    resident,
)
from tests.support.people import People, acting
from tests.support.phones import add_letters, add_mailbox
from tests.support.signing import PUBLIC

MARK = "Qx7Q"
SECRET = "whsec_" + MARK * 8


class Helper:
    """Downloads diagnostics over HTTP as the frontend does."""

    def __init__(self, house: House, client: Any) -> None:
        self.house = house
        self._client = client

    async def text(self, subject: str | None = None) -> str:
        """Return the file of the building or of a device."""
        path = f"/api/diagnostics/config_entry/{self.house.entry.entry_id}"
        if subject is not None:
            path += f"/device/{self.house.device(subject).id}"
        response = await self._client.get(path)
        assert response.status == 200
        written: str = await response.text()
        return written

    async def data(self, subject: str | None = None) -> dict[str, Any]:
        """Return the integration's data."""
        data: dict[str, Any] = json.loads(await self.text(subject))["data"]
        return data


async def helper(house: House, hass_client: ClientSessionGenerator) -> Helper:
    return Helper(house, await hass_client())


@pytest.fixture(autouse=True)
async def diagnostics(hass: HomeAssistant) -> None:
    """Set up diagnostics before the web server starts."""
    assert await async_setup_component(hass, "diagnostics", {})


@pytest.fixture
async def marked(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> House:
    """A building with marked secrets and personal data, after a delivery and a veto."""
    people = People(hass)
    await people.move_in(f"{MARK} Ada")
    await hass.config.async_update(external_url=f"https://{MARK}.example")
    bolt = await install_bolt(hass, Bolt())
    er.async_get(hass).async_update_entity(
        BOLT, new_entity_id=f"lock.{MARK.lower()}", name=f"{MARK} bolt"
    )
    await add_mailbox(hass, f"{MARK} mailbox")
    add_letters(hass, f"{MARK.lower()}_letters")
    hass.states.async_set(f"input_boolean.{MARK.lower()}", "off")
    person = er.async_get(hass).async_get(f"person.{MARK.lower()}_ada")
    assert person is not None
    house = await build(
        hass,
        door(f"{MARK} lobby", f"{MARK.lower()}-lobby", bolt),
        courier(
            f"{MARK} Post",
            (f"door-{MARK.lower()}-lobby",),
            webhook_id=f"{MARK}-webhook",
            keys=[
                {"key": SECRET, "ends_at": None},
                {"key": PUBLIC, "ends_at": "2036-01-01T00:00:00+00:00"},
            ],
        ),
        resident(
            f"{MARK} Ada",
            f"{MARK} 3B",
            None,
            person=person.id,
            targets=[
                {"kind": "person_apps"},
                {"kind": "entity", "value": f"notify.{MARK.lower()}_mailbox"},
                {"kind": "action", "value": f"notify.{MARK.lower()}_letters"},
            ],
        ),
        resident(f"{MARK} Ben", f"{MARK} 3B"),
        title=f"{MARK} Street",
    )
    ada = acting(people[f"{MARK} Ada"])
    await ask(
        house,
        "set_rules",
        f"resident-{MARK.lower()} ada",
        ada,
        consent=True,
        windows=ALWAYS,
        never_while=[f"input_boolean.{MARK.lower()}"],
    )
    sender = Sender(await hass_client_no_auth(), f"{MARK}-webhook", SECRET)
    marks: dict[str, Any] = {
        "units": (f"{MARK} 3b", f"{MARK} 9z"),
        "parcel_ref": f"{MARK} parcel",
        "driver_ref": f"{MARK} driver",
    }
    assert (await sender.grant(f"{MARK}-1", **marks)).body["decision"] == "accepted"
    entered = await sender.enter(f"{MARK}-1", driver_ref=f"{MARK} other driver")
    assert entered.body["decision"] == "admitted"
    await sender.grant(f"{MARK}-2", **marks)
    await sender.revoke(f"{MARK}-2", reason=f"{MARK} reason")
    assert (await sender.enter(f"{MARK}-2")).body["decision"] == "refused"
    await sender.grant(f"{MARK}-3", **marks)
    await hass.services.async_call(
        DOMAIN,
        "veto_grant",
        {
            "device_id": house.device().id,
            "courier": f"{MARK} Post",
            "grant_id": f"{MARK}-3",
            "unit": f"{MARK} 3B",
        },
        blocking=True,
        context=ada,
    )
    sender.key = "whsec_" + "A" * 32
    assert (await sender.send("ping", {})).status == 401
    await house.settle()
    return house


async def secrets(house: House) -> set[str]:
    """Return random secrets, which can't contain the mark."""

    def read(conn: Connection) -> set[str]:
        rows = conn.execute(select(notices.c.tag, notices.c.token)).all()
        found = {text for row in rows for text in row if text is not None}
        found |= set(conn.execute(select(links.c.token)).scalars())
        salts = conn.execute(select(personal.c.salt)).scalars()
        return found | {salt.hex() for salt in salts}

    found = await house.building.ledger.read(read)
    assert len(found) > 20
    users = {user.id for user in await house.hass.auth.async_get_users()}
    return found | users | {PUBLIC, "whsec", "whpk"}


async def test_diagnostics_contain_nothing_secret_or_personal(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, marked: House
) -> None:
    someone = await helper(marked, hass_client)
    devices = dr.async_entries_for_config_entry(
        dr.async_get(hass), marked.entry.entry_id
    )
    subjects = [None, *(value for device in devices for _, value in device.identifiers)]
    assert len(subjects) == 5
    hidden = {text.casefold() for text in {MARK, *await secrets(marked)}}

    for subject in subjects:
        written = (await someone.text(subject)).casefold()
        assert "outbox" in written or "last_entries" in written
        assert [text for text in hidden if text in written] == []

    # An unloaded building only has its configuration.
    assert await hass.config_entries.async_set_disabled_by(
        marked.entry.entry_id, ConfigEntryDisabler.USER
    )
    written = (await someone.text()).casefold()
    assert "webhook" not in json.loads(written)["data"]
    assert [text for text in hidden if text in written] == []


async def test_diagnostics_show_configuration_and_status(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, marked: House
) -> None:
    data = await (await helper(marked, hass_client)).data()

    assert data["state"] == "loaded"
    set_up, now = data["set_up"], data["at_run_time"]
    assert set_up["household"] == "several"
    assert set_up["retention_days"] == 30
    assert set_up["is_reachable_from_outside"] is True
    (opened,) = set_up["doors"]
    assert opened["opener"]["domain"] == "lock"
    assert opened["opener"]["integration"] == "test"
    assert opened["opener"]["is_there"] is True
    (post,) = set_up["couriers"]
    assert post["keys"] == [
        {"version": "v1", "ends_at": None},
        {"version": "v1a", "ends_at": "2036-01-01T00:00:00+00:00"},
    ]
    assert post["signed_last_at"] is not None
    assert post["answered_by_status"] == {"200": 6, "401": 1}
    assert set_up["residents"]["enrolled"] == 2
    assert set_up["residents"]["with_login"] == 1
    assert set_up["residents"]["with_paper"] == 1
    assert set_up["residents"]["targets"] == {
        "person_apps": 1,
        "entity": 1,
        "action": 2,
    }
    assert set_up["residents"]["without_a_way"] == 0

    assert now["answers_couriers"] is True
    assert now["clock"]["doubt"] is None
    assert now["consents"] == {"given": 2}
    assert now["rules"]["with_linked_entities"] == 1
    assert now["doors"][0]["position"] == "unlocked"
    refused, admitted = now["ledger"]["last_entries"]
    assert (refused["decision"], refused["reason"], refused["outcome"]) == (
        "refused",
        "revoked",
        None,
    )
    assert (admitted["decision"], admitted["reason"], admitted["outcome"]) == (
        "admitted",
        "ok",
        "opened",
    )
    assert (admitted["door"], admitted["courier"]) == (1, 1)
    assert now["ledger"]["rows"]["entries"] == 2
    assert now["ledger"]["newest_record"] == now["ledger"]["rows"]["records"]
    notices_by_state = now["ledger"]["outbox"]["notices"]
    assert sum(notices_by_state.values()) == now["ledger"]["rows"]["notices"]
    assert notices_by_state["sent"] > 4
    assert data["files"]["bytes"]["ledger"] > 0
    assert data["files"]["set_aside"] == 0


async def test_door_and_resident_have_device_diagnostics(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    house = await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(),
        resident(),
        resident("Ben", windows=None),
    )
    sender = Sender(await hass_client())
    await sender.grant()
    await sender.enter()
    await house.settle()
    someone = await helper(house, hass_client)

    lobby, garage = await someone.data("door-lobby"), await someone.data("door-garage")
    ada = await someone.data("resident-ada")
    building = await someone.data(house.entry.entry_id)

    assert lobby["set_up"]["opener"] is None
    assert lobby["at_run_time"]["position"] == "unlocked"
    assert lobby["expected_deliveries"] == 0
    assert [entry["outcome"] for entry in lobby["last_entries"]] == ["opened"]
    assert garage["last_entries"] == []
    assert ada["ways"] == {"targets": {"action": 1}, "lead_to": {"action": 1}}
    data = [*house.told_at_first, *house.announced, *house.told]
    to_ada = sum(name == "Ada" for name, _ in data)
    assert ada["outbox"]["notices"]["sent"] == to_ada > 2
    assert ada["outbox"]["oldest_pending_at"] is None
    assert building.keys() == (await someone.data()).keys()
    assert building["at_run_time"]["consents"] == {"given": 1, "not_given": 1}


async def test_diagnostics_without_ledger_show_cause_and_configuration(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    house = await build(hass)
    await lose_ledger(house)
    someone = await helper(house, hass_client)

    data = await someone.data()

    assert data["at_run_time"]["answers_couriers"] is False
    assert data["at_run_time"]["ledger_fault"] == "other"
    assert data["at_run_time"]["ledger"] == {"unavailable": "other"}
    assert data["set_up"]["residents"]["enrolled"] == 1
    assert (await someone.data("door-lobby"))["last_entries"] == {
        "unavailable": "other"
    }
