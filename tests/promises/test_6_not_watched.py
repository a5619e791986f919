"""Promise 6, *Not watched*: nothing is recorded of residents' own comings and goings; couriers are pseudonyms."""

from sqlite3 import Connection

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant, callback
import orjson
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.api.access_log import async_count_visits
from custom_components.courier_access.api.permissions import link_holder
from custom_components.courier_access.ledger import structure
from tests.support.asked_phones import PushService, asked_house
from tests.support.door_parts import Bolt, install_bolt
from tests.support.doorbells import Bell, Ding, Visitor, choose, hang
from tests.support.house import (
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    until,
)
from tests.support.rows import kept_rows


def everything(conn: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return all that is kept, but how long the clock has run evenly, which is noted every hour."""
    kept = {
        table: conn.execute(f"SELECT * FROM {table}").fetchall()
        for table in structure.tables()
    }
    kept["about"] = [row for row in kept["about"] if row[0] != "steadiness"]
    return kept


@pytest.mark.parametrize("action", ["unlock", "lock", "open"])
async def test_use_by_hand_leaves_no_trace_in_the_ledger(
    hass: HomeAssistant,
    hass_admin_user: MockUser,
    freezer: FrozenDateTimeFactory,
    action: str,
) -> None:
    bolt = Bolt()
    house = await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )
    before = await house.building.ledger.read(everything)

    await hass.services.async_call(
        "lock", action, {"entity_id": "lock.lobby"}, blocking=True
    )
    await pass_time(hass, freezer, 120)
    bolt.move(locked=False)
    bolt.move(locked=True)
    await house.settle()

    assert bolt.names == [action]
    assert await house.building.ledger.read(everything) == before
    [someone] = house.building.residents.values()
    plotted = await async_count_visits(house.building, link_holder(someone))
    assert plotted["visits"] == [[0] * 24] * 7
    assert house.told == []


async def test_a_residents_use_of_the_door_after_a_courier_is_not_recorded(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt = Bolt()
    house = await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter()
    await pass_time(hass, freezer, 6)
    await house.settle()
    before = await house.building.ledger.read(everything)

    await hass.services.async_call(
        "lock", "unlock", {"entity_id": "lock.lobby"}, blocking=True
    )
    await pass_time(hass, freezer, 3600)
    await house.settle()

    state = hass.states.get("lock.lobby")
    assert state is not None
    assert state.attributes.get("changed_by") is None
    assert await house.building.ledger.read(everything) == before


async def test_drivers_and_units_stand_in_records_as_commitments_only(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "Garden flat"))
    sender = Sender(await hass_client_no_auth())
    await sender.grant(
        driver_ref="driver-9", parcel_ref="parcel-77", units=("Garden flat",)
    )
    await sender.enter(driver_ref="driver-9")
    await house.settle()

    query = "SELECT body FROM records"
    bodies = await kept_rows(house.building.ledger, query, str)

    for body in bodies:
        for private in ("driver-9", "parcel-77", "garden flat", "Garden flat", "Ada"):
            assert private not in body
    assert any("driver_ref" in orjson.loads(body)["personal"] for body in bodies)


async def test_states_and_events_name_no_recipient(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "Garden flat"))
    sender = Sender(await hass_client_no_auth())
    events: list[str] = []
    hass.bus.async_listen(
        MATCH_ALL, callback(lambda event: events.append(str(event.as_dict())))
    )
    named = "GLS-12345678-Jonas"
    told = {"driver_ref": "driver-9", "parcel_ref": "parcel-77"}
    for grant_id in (named, f"{named}-again"):
        assert (await sender.grant(grant_id, ("Garden flat",), **told)).body[
            "decision"
        ] == "accepted"
    await sender.enter(named)
    await house.settle()

    assert any("entry_admitted" in event for event in events)
    assert not any(named in event for event in events)
    assert not any(named in str(state.as_dict()) for state in hass.states.async_all())
    ours = [state for state in hass.states.async_all() if "lobby" in state.entity_id]
    assert ours
    for state in ours:
        for private in ("driver-9", "parcel-77", "Garden flat", "Ada"):
            assert private not in str(state.as_dict())


async def test_visitor_who_rings_while_nothing_is_expected_leaves_no_trace(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    house = await build(hass)
    bells: list[Bell] = [Ding(), Visitor()]
    for bell in bells:
        await hang(hass, bell)
    await choose(house, *bells)
    house.told.clear()
    before = await house.building.ledger.read(everything)
    reported: list[str] = []
    hass.bus.async_listen(
        MATCH_ALL, callback(lambda event: reported.append(event.data["entity_id"]))
    )

    for bell in bells:
        bell.ring()
        await house.settle()
    await pass_time(hass, freezer, 60)
    await house.settle()

    assert await house.building.ledger.read(everything) == before
    assert reported == [bell.entity_id for bell in bells]
    assert (house.told, house.announced) == ([], [])


async def test_visitor_whom_nobody_answers_leaves_only_the_question(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
    freezer: FrozenDateTimeFactory,
) -> None:
    asked = await asked_house(hass, hass_client_no_auth, service)
    await asked.sender.grant(units=("3B",), door="lobby")
    bell = await hang(hass, Ding())
    await choose(asked.house, bell)
    ledger, pushes = asked.house.building.ledger, asked.phones["Ada"].pushes
    before, had = await ledger.read(everything), len(pushes)
    events: list[str] = []
    hass.bus.async_listen(
        MATCH_ALL, callback(lambda event: events.append(str(event.as_dict())))
    )

    bell.ring()
    await until(lambda: len(pushes) > had)
    await asked.wait(freezer, 46)
    await asked.settle()

    after = await ledger.read(everything)
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"asks", "records", "personal"}
    assert len(after["records"]) == len(before["records"]) + 1
    assert {push["data"]["tag"] for push in pushes[had:]} == set(
        asked.phones["Ada"].showing
    )
    assert not any("lobby" in event or "entry_" in event for event in events)
