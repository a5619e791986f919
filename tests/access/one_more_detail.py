"""A delivery's new detail, `note`: `test_details.py` adds it to a copy of the package."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
import json

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.courier_access.access.model import DETAILS, DeliveryDetails
from custom_components.courier_access.contract.messages import (
    GrantIssued,
    content_digest,
)
from custom_components.courier_access.ledger.budgets import grant_size, refusal_size
from custom_components.courier_access.ledger.outbox.due import pending_notifications
from tests.promises.test_5_able_to_see import taken_home
from tests.promises.test_7_forgotten import in_the_files
from tests.support.clocks import Clocks
from tests.support.house import House, Sender, build, courier, door
from tests.support.people import People
from tests.support.wires import Wire, connect

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OF_GRANT, AT_DOOR, OF_REVOKED = (
    "leave-at-the-stairs",
    "wears-a-red-cap",
    "handle-gently",
)


@pytest.fixture
async def people(hass: HomeAssistant, clocks: Clocks) -> People:
    return People(hass)


@pytest.fixture
async def house(hass: HomeAssistant, people: People, sender: Sender) -> House:
    """A building in which a courier sent notes with deliveries to Ada's unit."""
    assert await async_setup_component(hass, "websocket_api", {})
    homes = await people.homes(Ada="3B", Cleo="4C")
    house = await build(hass, door(), courier(), *homes)
    await people.consent(house, "Ada")
    await sender.grant("G", max_entries=2, note=OF_GRANT)
    await sender.enter("G", note=AT_DOOR)
    await sender.grant("R", note=OF_REVOKED)
    await sender.revoke("R")
    await house.settle()
    return house


async def read_by(wire: Wire) -> tuple[str, str, str, str]:
    """Return what a resident reads: deliveries, entries, the same as CSV, and the export."""
    overview = (await wire.ask_anywhere("overview"))["result"]["buildings"][0]
    return (
        json.dumps(overview),
        json.dumps(await wire.result("entries")),
        json.dumps(await wire.result("export/entries")),
        json.dumps(await taken_home(wire)),
    )


async def test_recipients_read_it(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
) -> None:
    ada = await read_by(await connect(hass, house, hass_ws_client, people["Ada"]))
    assert [OF_GRANT in each for each in ada] == [True, False, False, True]
    assert [AT_DOOR in each for each in ada] == [False, True, True, True]

    cleo = await read_by(await connect(hass, house, hass_ws_client, people["Cleo"]))
    for note in (OF_GRANT, AT_DOOR, OF_REVOKED):
        assert not any(note in each for each in cleo)


async def test_recipients_are_notified_of_it(house: House, sender: Sender) -> None:
    await sender.grant("N", note="first")
    await sender.grant("N", revision=2, note="second")
    await house.settle()

    pending = await house.building.ledger.read(pending_notifications)
    assert {
        (each.resident_id, each.delivery.as_dict()["note"])
        for each in pending
        if each.kind == "delivery_announced"
    } == {("resident-ada", "second")}


def test_another_note_makes_another_grant_of_the_same_revision() -> None:
    plain = GrantIssued("G", 1, "lobby", ("3B",), NOON, NOON)
    noted = [
        replace(plain, delivery=DeliveryDetails.read({"note": note}))
        for note in (OF_GRANT, OF_REVOKED)
    ]
    assert len({content_digest(each) for each in (plain, *noted)}) == 3


def test_it_is_paid_for() -> None:
    def size(note: str) -> int:
        delivery = DeliveryDetails.read({"note": note})
        grant = GrantIssued("G", 1, "lobby", ("3B",), NOON, NOON, delivery=delivery)
        assert refusal_size(delivery.given().values(), None, 1) > refusal_size(
            (), None, 1
        )
        return grant_size(grant, None, 1)

    assert size("note" * 16) > size("note")


async def test_it_is_erased_with_the_others(house: House, clocks: Clocks) -> None:
    notes = [OF_GRANT, AT_DOOR, OF_REVOKED]
    assert "note" in DETAILS
    assert await in_the_files(house, notes) == notes

    await clocks.pass_time(32 * DAY)
    assert await in_the_files(house, notes) == []
