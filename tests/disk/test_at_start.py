"""Test a disk that fails before a start: doors work by hand, and it recovers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import sqlite3
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_state_change_event
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access import backup
from custom_components.courier_access.ledger import sql
from custom_components.courier_access.ledger.structure import SCHEMA_VERSION
from custom_components.courier_access.residents.personal_links import PATH
from tests.disk.faulty import AWAY, BACK, Faulty
from tests.disk.small_disk import SmallDisk
from tests.support import fixing
from tests.support.house import ask
from tests.support.people import acting

WITHOUT_LEDGER = (
    "binary_sensor.lobby_delivery_expected",
    "calendar.12_elm_street_delivery_calendar",
    "event.lobby_courier",
    "switch.12_elm_street_courier_access",
)


def assert_entities(faulty: Faulty, *, available: bool) -> None:
    for entity_id in WITHOUT_LEDGER:
        state = faulty.hass.states.get(entity_id)
        assert state is not None
        assert (state.state != "unavailable") is available


def problem(faulty: Faulty) -> tuple[str, str | None]:
    """Return the state of the problem sensor, and its cause."""
    state = faulty.hass.states.get("binary_sensor.12_elm_street_problem")
    assert state is not None
    return state.state, state.attributes["cause"]


async def doors_only(faulty: Faulty, issue: str) -> None:
    """Assert what holds of a building without its ledger."""
    await faulty.load()
    assert faulty.issues() == [issue]
    await faulty.stays_shut()
    await faulty.opens_by_hand()
    assert_entities(faulty, available=False)
    assert problem(faulty) == ("on", issue)
    await faulty.pass_time(30, 60, 120, 240)
    assert faulty.issues() == [issue]
    await faulty.stays_shut()


async def recovers(faulty: Faulty) -> None:
    """Assert that the building recovers by itself, and earlier grants still work."""
    await faulty.pass_time(300)
    await faulty.pass_time(1)
    assert faulty.issues() == []
    assert_entities(faulty, available=True)
    assert problem(faulty) == ("off", None)
    await faulty.lets_in()


@pytest.mark.parametrize("issue", ["ledger_read_only", "ledger_full"])
async def test_read_only_or_full_disk(
    faulty: Faulty, disk: SmallDisk, issue: str
) -> None:
    is_full = issue == "ledger_full"
    await faulty.unload()
    await faulty.do(disk.fill if is_full else disk.make_read_only)
    await doors_only(faulty, issue)

    await faulty.do(disk.make_room if is_full else disk.make_writable)
    await recovers(faulty)


async def test_disk_that_fills_up_while_a_backup_begins_during_setup(
    faulty: Faulty, disk: SmallDisk
) -> None:
    await faulty.unload()

    @callback
    def fail(event: Event[EventStateChangedData]) -> None:
        if (state := event.data["new_state"]) and state.state == "locked":
            stop()
            disk.fill()
            faulty.hass.async_create_task(backup.async_pre_backup(faulty.hass))

    stop = async_track_state_change_event(faulty.hass, "lock.lobby", fail)
    await faulty.load()
    await faulty.opens_by_hand()
    await faulty.stays_shut()
    await faulty.pass_time(5)
    assert faulty.issues() == ["ledger_full"]

    await faulty.do(disk.make_room)
    await backup.async_post_backup(faulty.hass)
    await recovers(faulty)


@asynccontextmanager
async def locked(
    faulty: Faulty, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    monkeypatch.setattr(sql, "BUSY_SECONDS", 0.05)
    await faulty.unload()
    foreign = sqlite3.connect(faulty.path, isolation_level=None)
    foreign.execute("BEGIN EXCLUSIVE")
    yield
    foreign.execute("ROLLBACK")
    foreign.close()


async def test_file_locked_by_another_program(
    faulty: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with locked(faulty, monkeypatch):
        await doors_only(faulty, "ledger_locked")

    await recovers(faulty)


async def test_file_unusable_at_start_is_logged_once_and_once_when_back(
    faulty: Faulty, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with locked(faulty, monkeypatch):
        await doors_only(faulty, "ledger_locked")
        await faulty.unload()
        await doors_only(faulty, "ledger_locked")
        assert faulty.logged(caplog) == [AWAY]

    await recovers(faulty)
    assert faulty.logged(caplog) == [AWAY, BACK]


async def test_path_that_can_not_be_opened(faulty: Faulty) -> None:
    await faulty.unload()
    kept = faulty.path.with_name("kept")

    def take_away() -> None:
        faulty.path.rename(kept)
        faulty.path.mkdir()

    await faulty.do(take_away)
    await doors_only(faulty, "ledger_other")

    def bring_back() -> None:
        faulty.path.rmdir()
        kept.rename(faulty.path)

    await faulty.do(bring_back)
    await recovers(faulty)


async def test_file_of_a_newer_version_is_left_alone_until_the_update(
    faulty: Faulty,
) -> None:
    await faulty.unload()
    await faulty.execute("PRAGMA user_version = 99")
    await doors_only(faulty, "ledger_too_new")
    assert len(list(faulty.path.parent.glob("*.db"))) == 1
    issue = fixing.shown(faulty.hass, "ledger_too_new")
    assert issue is not None
    assert issue.translation_placeholders is not None
    told = issue.translation_placeholders["error"]
    assert "schema 99" in told
    assert f"this version knows {SCHEMA_VERSION}" in told
    await faulty.pass_time(3600)
    assert faulty.issues() == ["ledger_too_new"]

    await faulty.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    await faulty.unload()
    await faulty.load()
    assert faulty.issues() == []
    await faulty.lets_in()


async def test_every_interface_reports_a_missing_ledger(
    faulty: Faulty,
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with locked(faulty, monkeypatch):
        await faulty.load()
        for action, subject, data in (
            ("get_entries", None, {}),
            ("get_rules", "resident-ada", {}),
            ("check_access", "door-lobby", {}),
        ):
            with pytest.raises(HomeAssistantError) as raised:
                await ask(faulty.house, action, subject, acting(None), **data)
            assert raised.value.translation_key == "ledger_unavailable"
        socket = await hass_ws_client(hass)

        async def answer(kind: str, **data: Any) -> Any:
            await socket.send_json_auto_id({"type": f"courier_access/{kind}", **data})
            return await socket.receive_json()

        refused = await answer("entries", building=faulty.house.entry.entry_id)
        assert refused["error"]["translation_key"] == "ledger_unavailable"
        overview = (await answer("overview"))["result"]
        assert (overview["buildings"], overview["not_ready"]) == (
            [],
            [faulty.house.entry.entry_id],
        )
        assert (await answer("subscribe"))["success"]
        assert (await socket.receive_json())["event"] == overview
        page = await (await hass_client_no_auth()).get(f"{PATH}/any")
        assert page.status == 503
        assert "<html" in await page.text()
    await faulty.unload()


async def test_building_without_its_ledger_can_be_removed(
    faulty: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with locked(faulty, monkeypatch):
        await faulty.load()
    assert faulty.issues() == ["ledger_locked"]

    await faulty.hass.config_entries.async_remove(faulty.house.entry.entry_id)

    assert faulty.issues() == []
    assert list(faulty.path.parent.glob("courier_access_*")) == []


async def test_unlocked_door_waits_until_its_deadline_can_be_read(
    faulty: Faulty, monkeypatch: pytest.MonkeyPatch, freezer: FrozenDateTimeFactory
) -> None:
    assert (await faulty.sender.enter()).body["outcome"] == "opened"
    assert faulty.bolt.names == ["unlock"]
    async with locked(faulty, monkeypatch):
        await faulty.load()
        await faulty.pass_time(20)
        assert faulty.bolt.names == ["unlock"]

    await faulty.pass_time(30)
    await faulty.pass_time(1)
    await faulty.pass_time(1)

    assert faulty.bolt.names == ["unlock", "lock"]
    assert faulty.house.door_state() == "locked"
