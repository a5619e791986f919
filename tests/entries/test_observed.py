"""Entries through other courier access: which reports of a source are uses, and what each leaves."""

from datetime import UTC, datetime
import json
import logging
from pathlib import Path
import shutil
import sqlite3

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.event import EventEntity
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    mock_restore_cache_with_extra_data,
    setup_test_component_platform,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.verify_record import check_all
from tests.support import fixing
from tests.support.automations import Automations, begins
from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import (
    RELAY,
    House,
    build,
    courier,
    door,
    entries_of,
    observed,
    pass_time,
    resident,
    watch,
)
from tests.support.pages import Visitor, token_of
from tests.support.people import user
from tests.support.verified import verified
from tests.support.wires import Wire, connect

LOBBY = "event.lobby_courier"
READER = "event.reader"


class Reader(EventEntity):
    """An event entity as a card reader has it."""

    _attr_should_poll = False
    _attr_name = "Reader"
    _attr_unique_id = "reader"
    _attr_event_types = ["granted", "denied"]  # noqa: RUF012  # as entities declare it

    def fire(self, event_type: str) -> None:
        self._trigger_event(event_type)
        self.async_write_ha_state()


async def relay(hass: HomeAssistant, *states: str, entity_id: str = RELAY) -> None:
    """Let the source report states; a removed one is empty."""
    for state in states:
        if state:
            hass.states.async_set(entity_id, state)
        else:
            hass.states.async_remove(entity_id)
        await hass.async_block_till_done(wait_background_tasks=True)


async def observe(hass: HomeAssistant, **options: object) -> House:
    """Set up a building whose lobby has other courier access, and nothing else to come in by."""
    hass.states.async_set(RELAY, "off")
    return await build(
        hass,
        door(),
        observed(**options),  # type: ignore[arg-type]  # the test names its options
        resident(),
    )


async def count(house: House) -> int:
    await house.settle()
    return len(await entries_of(house.building, 100))


async def test_use_is_recorded_with_names_and_time(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-11-24T14:02:00+00:00")
    house = await observe(hass)
    await relay(hass, "on")
    await house.settle()

    [entry] = await entries_of(house.building, 10)
    assert (entry.decision, entry.reason, entry.outcome) == ("observed", None, None)
    assert (entry.courier_id, entry.courier_name) == (
        "observed-amazon-key",
        "Amazon Key",
    )
    assert (entry.door_id, entry.door_name) == ("door-lobby", "Lobby")
    assert entry.at == datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
    assert not entry.is_erased
    assert (await verified(house.building.ledger)).intact


@pytest.mark.parametrize(
    ("reports", "uses"),
    [
        (("on",), 1),
        (("on", "on"), 1),
        (("unavailable", "on"), 1),
        (("unknown", "unavailable", "on"), 1),
        (("on", "unavailable", "on"), 1),
        (("", "on"), 1),
        (("unavailable", "off"), 0),
        (("nonsense",), 0),
    ],
)
async def test_sensor_is_used_when_it_turns_on_that_was_off(
    hass: HomeAssistant, reports: tuple[str, ...], uses: int
) -> None:
    house = await observe(hass)
    await relay(hass, *reports)
    assert await count(house) == uses


@pytest.mark.parametrize("before", ["on", "unavailable", "unknown", ""])
async def test_sensor_that_is_on_when_first_read_was_not_used(
    hass: HomeAssistant, before: str
) -> None:
    await relay(hass, *([before] if before else []))
    house = await build(hass, door(), observed(), resident())
    await relay(hass, "on", "on")
    assert await count(house) == 0

    await relay(hass, "off", "on")
    assert await count(house) == 1


async def test_uses_within_the_cool_down_are_one_entry(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    house = await observe(hass, cool_down=60)
    await relay(hass, "on", "off", "on", "off")
    await pass_time(hass, freezer, 59)
    await relay(hass, "on", "off")
    assert await count(house) == 1
    await pass_time(hass, freezer, 1)
    await relay(hass, "on")
    assert await count(house) == 2


async def install_reader(hass: HomeAssistant) -> Reader:
    reader = Reader()
    setup_test_component_platform(hass, "event", [reader])
    assert await async_setup_component(hass, "event", {"event": {"platform": "test"}})
    await hass.async_block_till_done()
    return reader


@pytest.mark.parametrize(
    ("chosen", "uses"), [((), 2), (("granted",), 1), (("renamed",), 0)]
)
async def test_events_of_the_chosen_types_are_uses(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    chosen: tuple[str, ...],
    uses: int,
) -> None:
    reader = await install_reader(hass)
    house = await observe(hass, source=READER, event_types=chosen)
    reader.fire("denied")
    await pass_time(hass, freezer, 60)
    reader.fire("granted")
    assert await count(house) == uses


async def test_restored_event_is_no_use(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    before = State(READER, "2026-11-24T09:00:00.000+00:00")
    extra = {"last_event_type": "granted", "last_event_attributes": None}
    mock_restore_cache_with_extra_data(hass, [(before, extra)])
    reader = await install_reader(hass)
    hass.states.async_remove(READER)  # until its integration is set up
    house = await observe(hass, source=READER)
    for available in (True, False, True):
        reader._attr_available = available
        reader.async_write_ha_state()
        assert await count(house) == 0
    state = hass.states.get(READER)
    assert state is not None
    assert state.state == before.state

    reader.fire("granted")
    assert await count(house) == 1


async def test_source_is_followed_through_a_rename(hass: HomeAssistant) -> None:
    registry = er.async_get(hass)
    entry = registry.async_get_or_create(
        "binary_sensor", "test", "relay", suggested_object_id="relay"
    )
    house = await observe(hass, source=entry.id)
    registry.async_update_entity(RELAY, new_entity_id="binary_sensor.key")
    await relay(hass, "")
    await relay(hass, "off", "on", entity_id="binary_sensor.key")
    assert await count(house) == 1


async def test_disabled_source_has_an_issue_until_it_is_enabled(
    hass: HomeAssistant,
) -> None:
    await install_reader(hass)
    registry = er.async_get(hass)
    reader = registry.async_get(READER)
    assert reader is not None
    house = await observe(hass, source=reader.id)
    assert fixing.shown(hass, "observed_lost") is None
    disabled = er.RegistryEntryDisabler.USER
    registry.async_update_entity(READER, disabled_by=disabled)
    await hass.async_block_till_done()
    assert hass.states.get(READER) is None
    assert fixing.shown(hass, "observed_lost") is not None
    await house.reload()
    assert fixing.shown(hass, "observed_lost") is not None
    registry.async_update_entity(READER, disabled_by=None)
    hass.states.async_set(READER, "unknown")
    await hass.async_block_till_done()
    assert fixing.shown(hass, "observed_lost") is None


async def test_use_while_the_building_reloads_is_not_missed(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    house = await observe(hass)
    seen = watch(hass, LOBBY)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await relay(hass, "on")
    used_at = dt_util.utcnow()
    freezer.tick(5)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    assert await count(house) == 1
    assert seen[-1].attributes["event_type"] == "entry_observed"
    [entry] = await entries_of(house.building, 10)
    assert entry.at == used_at

    assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert await count(house) == 1


async def test_unloaded_building_watches_nothing(hass: HomeAssistant) -> None:
    house = await observe(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await relay(hass, "on", "off")
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    assert await count(house) == 0


async def test_removed_building_leaves_nothing_in_memory(hass: HomeAssistant) -> None:
    house = await observe(hass)
    await relay(hass, "on")
    assert await hass.config_entries.async_remove(house.entry.entry_id)
    assert hass.data["courier_access_observed_watches"] == {}


async def test_use_fires_event_and_trigger(hass: HomeAssistant) -> None:
    house = await observe(hass)
    other = {"courier": "Parcel Post"}
    automations = await Automations.set_up(
        hass,
        {
            "observed": begins("entry_observed", {"entity_id": LOBBY}),
            "others": begins("entry_observed", {"entity_id": LOBBY}, **other),
        },
    )
    seen = watch(hass, LOBBY)
    await relay(hass, "on")
    await house.settle()

    [entry] = await entries_of(house.building, 10)
    [state] = seen
    attributes = {
        name: value
        for name, value in state.attributes.items()
        if name not in ("event_types", "friendly_name")
    }
    assert attributes == {
        "event_type": "entry_observed",
        "courier": "Amazon Key",
        "door": "Lobby",
        "entry_id": entry.entry_id,
    }
    assert automations.take() == ["observed"]


async def test_watching_never_touches_a_door(hass: HomeAssistant) -> None:
    bolt = Bolt()
    opener = await install_bolt(hass, bolt)
    hass.states.async_set(RELAY, "off")
    house = await build(hass, door(opener=opener), observed(), courier(), resident())
    called = []
    hass.bus.async_listen(
        "call_service",
        lambda event: called.append(event.data["domain"]),
    )
    states = watch(hass, "lock.bolt", "lock.lobby")
    await relay(hass, "on", "off")
    assert await count(house) == 1
    assert bolt.commands == []
    assert set(called) <= {"notify"}
    assert states == []


async def test_source_without_its_door_is_not_watched(hass: HomeAssistant) -> None:
    house = await observe(hass, door="door-gone")
    await relay(hass, "on")
    assert await count(house) == 0


# When the ledger can't be written


async def test_entry_that_can_not_be_written_is_written_later(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    house = await observe(hass)
    seen = watch(hass, LOBBY)
    await break_ledger(house, "INSERT ON fanouts")
    await relay(hass, "on")
    await house.settle()
    assert (house.told, seen) == ([], [])
    assert await count(house) == 0
    assert "can't be recorded yet" in caplog.text

    await repair_ledger(house)
    await pass_time(hass, freezer, 6)
    assert await count(house) == 1
    assert len(house.told) == len(seen) == 1


async def test_entry_survives_a_reload_and_is_retried_for_a_day_from_then(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-11-24T14:02:00+00:00")
    house = await observe(hass)
    await break_ledger(house, "INSERT ON fanouts")
    await relay(hass, "on")
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await repair_ledger(house)
    freezer.move_to("2026-11-26T09:00:00+00:00")
    hass.services.async_remove("notify", "ada")
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    [entry] = await entries_of(house.building, 10)
    assert entry.at == datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
    house.listen("Ada")
    await pass_time(hass, freezer, 60)
    await house.settle()
    [(_, text)] = house.told
    assert "Nov 24, " in text


async def test_entry_without_a_ledger_goes_into_the_one_that_is_re_created(
    hass: HomeAssistant,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.CRITICAL, "custom_components.courier_access")
    house = await observe(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    path = ledger_path(hass, house.entry.entry_id)
    path.unlink()
    path.mkdir()
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await relay(hass, "on")
    await house.settle()
    assert house.building.fault is not None

    shutil.rmtree(path)
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert await count(house) == 1
    assert sum("opened Lobby" in text for _, text in house.told) == 1
    assert (await verified(house.building.ledger)).intact


# Readers


async def wire(
    hass: HomeAssistant, house: House, hass_ws_client: WebSocketGenerator
) -> Wire:
    owner = await user(hass, "Owner", admin=True)
    return await connect(hass, house, hass_ws_client, owner)


async def test_entry_is_listed_with_its_own_decision(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    house = await observe(hass)
    await relay(hass, "on")
    await house.settle()
    owner = await wire(hass, house, hass_ws_client)

    [entry] = (await owner.result("entries", decision="observed"))["entries"]
    assert (entry["courier"], entry["door"]) == ("Amazon Key", "Lobby")
    assert (entry["decision"], entry["reason"]) == ("observed", None)
    assert entry["details_erased"] is False
    assert "units" not in entry
    ids = [entry["entry_id"]]
    read = await owner.result("entries/notifications", entries=ids)
    [told] = read["notifications"][entry["entry_id"]]
    assert (told["resident"], told["reached"]) == ("Ada", True)
    assert (await owner.result("entries", decision="admitted"))["entries"] == []


async def test_personal_page_shows_it_in_its_own_words(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await observe(hass)
    await relay(hass, "on")
    await house.settle()
    visitor = Visitor(await hass_client_no_auth(), token_of(house, "Ada"))

    page = (await visitor.ask()).page.text
    assert "Amazon Key opened Lobby" in page
    assert ", without Courier Access." in page
    table = (await visitor.ask(query="?entries")).body.decode()
    assert "Amazon Key,Lobby,,observed,," in table


async def test_export_with_it_verifies_anywhere_and_a_change_is_found(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await observe(hass)
    await relay(hass, "on")
    await house.settle()
    [entry] = await entries_of(house.building, 10)
    visitor = Visitor(await hass_client_no_auth(), token_of(house, "Ada"))
    export = (await visitor.ask(query="?export")).body
    said = check_all({"export.json": json.loads(export)}, [house.told[-1][1]])
    assert "none altered" in said
    for column, value in (("courier_name", "Post"), ("decision", "admitted")):
        await hass.async_add_executor_job(
            change, ledger_path(hass, house.entry.entry_id), column, value
        )
        found = await verified(house.building.ledger)
        assert found.broken_at == entry.seq
        await hass.async_add_executor_job(
            change,
            ledger_path(hass, house.entry.entry_id),
            column,
            getattr(entry, column),
        )
    assert (await verified(house.building.ledger)).intact


def change(path: Path, column: str, value: str) -> None:
    with sqlite3.connect(path) as conn:
        conn.execute(f"UPDATE entries SET {column} = ?", (value,))  # the test's own
    conn.close()
