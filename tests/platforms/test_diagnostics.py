"""Diagnostics are useful and contain nothing secret or personal."""

import json
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.const import MINOR_VERSION
from tests.support.door_parts import BOLT, Bolt, install_bolt
from tests.support.fleet import TOKEN, connect, next_quarter, running_fleet
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    do,
    door,
    lose_ledger,
    resident,
)
from tests.support.people import People, acting
from tests.support.phones import add_letters, add_mailbox
from tests.support.rows import kept_rows
from tests.support.signing import PUBLIC

MARK = "Qx7Q"
SECRET = "whsec_" + MARK * 8


async def download(house: House, client: TestClient[Any, Any]) -> str:
    """Download diagnostics as the frontend does, and return the whole file."""
    path = f"/api/diagnostics/config_entry/{house.entry.entry_id}"
    response = await client.get(path)
    assert response.status == 200
    written: str = await response.text()
    return written


def ours(written: str) -> dict[str, Any]:
    """Return our part of the file."""
    data: dict[str, Any] = json.loads(written)["data"]
    return data


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
    hass.states.async_set(f"event.{MARK.lower()}_bell", "unknown")
    person = er.async_get(hass).async_get(f"person.{MARK.lower()}_ada")
    assert person is not None
    house = await build(
        hass,
        door(
            f"{MARK} lobby",
            f"{MARK.lower()}-lobby",
            bolt,
            doorbells=[
                {"entity": f"event.{MARK.lower()}_bell", "units": [f"{MARK} 3B"]},
            ],
        ),
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
    delivery = {"courier": f"{MARK} Post", "grant_id": f"{MARK}-3"}
    await do(house, "veto_grant", ada, unit=f"{MARK} 3B", **delivery)
    sender.key = "whsec_" + "A" * 32
    assert (await sender.send("ping", {})).status == 401
    await house.settle()
    return house


async def secrets(house: House) -> set[str]:
    """Return random secrets, which can't contain the mark."""
    query = """
        SELECT tag FROM notifications UNION SELECT token FROM links
        UNION SELECT token FROM notifications WHERE token IS NOT NULL
        UNION SELECT lower(hex(salt)) FROM personal
    """
    found = set(await kept_rows(house.building.ledger, query, str))
    assert len(found) > 20
    users = {user.id for user in await house.hass.auth.async_get_users()}
    return found | users | {PUBLIC, "whsec", "whpk"}


async def test_diagnostics_hold_nothing_secret_or_personal(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, marked: House
) -> None:
    client = await hass_client()
    hidden = {text.casefold() for text in {MARK, *await secrets(marked)}}
    whole = await download(marked, client)
    written = whole.casefold()
    assert "last_entries" in written
    assert [text for text in hidden if text in written] == []

    diagnostics = ours(whole)
    assert diagnostics.keys() == {
        "entry",
        "openers",
        "doorbells",
        "fleet",
        "statistics",
        "last_entries",
    }
    assert diagnostics["entry"] == {
        "state": "loaded",
        "version": f"1.{MINOR_VERSION}",
        "household": "several",
        "retention_days": 30,
        "log_months": 12,
        "proof_days": 365,
        "couriers": 1,
        "residents": 2,
    }
    assert diagnostics["openers"] == ["lock"]
    assert diagnostics["doorbells"] == ["event"]
    rows = diagnostics["statistics"]["rows"]
    assert (rows["entries"], rows["records"] > 10) == (2, True)
    assert (
        sum(diagnostics["statistics"]["notifications"].values())
        == rows["notifications"]
    )
    assert [
        (each["door"], each["courier"], each["decision"], each["reason"])
        for each in diagnostics["last_entries"]
    ] == [(1, 1, "refused", "revoked"), (1, 1, "admitted", "ok")]

    # A building that isn't loaded has only what the administrator set up.
    assert await hass.config_entries.async_set_disabled_by(
        marked.entry.entry_id, ConfigEntryDisabler.USER
    )
    written = (await download(marked, client)).casefold()
    assert ours(written).keys() == {"entry", "openers", "doorbells"}
    assert [text for text in hidden if text in written] == []


async def test_diagnostics_without_a_ledger_say_why(
    hass: HomeAssistant, house: House, hass_client: ClientSessionGenerator
) -> None:
    client = await hass_client()
    path = ledger_path(hass, house.entry.entry_id)
    moved = await hass.async_add_executor_job(path.rename, path.with_suffix(".moved"))
    assert ours(await download(house, client))["ledger_unavailable"] == "other"
    await hass.async_add_executor_job(moved.rename, path)
    await lose_ledger(house)

    diagnostics = ours(await download(house, client))

    assert diagnostics["ledger_unavailable"] == "other"
    assert diagnostics["openers"] == [None]


async def test_diagnostics_say_how_reports_to_a_fleet_go(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await build(hass)
    client = await hass_client()
    assert ours(await download(house, client))["fleet"] is None
    async with running_fleet() as fleet:
        await connect(house, fleet)
        await next_quarter(house, freezer)
        written = await download(house, client)
        assert TOKEN not in written
        assert fleet.url not in written
        found = ours(written)["fleet"]
        assert (found["problem"], found["differs"]) == (None, False)
        assert found["reported_at"] is not None
    await next_quarter(house, freezer)
    assert ours(await download(house, client))["fleet"]["problem"] == "unreachable"
