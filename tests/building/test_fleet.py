"""A building reports its health, and the head of its log, to its fleet."""

import asyncio
from datetime import timedelta
from pathlib import Path
from random import SystemRandom
from typing import Any, override

from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.api.overview import fleet_view
from custom_components.courier_access.building import fleet as fleets
from custom_components.courier_access.building.fleet import Problem
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.ledger.chain import RECORD_HASH
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.support.enqueued import enqueued
from tests.support.fleet import TOKEN, Fleet, connect, next_quarter
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    until,
)
from tests.support.rows import kinds

from .test_restore import back_up, bring_back

DIFFERS = NotificationKind.FLEET_DIFFERS


@pytest.fixture
async def house(hass: HomeAssistant, fleet: Fleet) -> House:
    """A building of a fleet, where Ada and Cleo live."""
    residents = resident("Ada", "3B"), resident("Cleo", "4A")
    house = await build(hass, door(), courier(), *residents)
    await connect(house, fleet)
    house.told.clear()
    return house


async def hash_at(house: House, seq: int) -> str:
    found = await house.building.ledger.read(
        lambda conn: RECORD_HASH.first(conn, seq=seq)
    )
    assert found is not None
    return found.hex()


async def head_of(house: House) -> dict[str, Any]:
    newest = house.building.ledger.newest
    assert newest is not None
    return {"seq": newest.seq, "hash": newest.hash.hex()}


def issues(hass: HomeAssistant) -> set[str]:
    return {
        str(issue.translation_key)
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN and issue.active
    }


def problem_of(house: House) -> Problem | None:
    return house.building.fleet.status.problem


async def test_report_goes_at_each_quarter_hour_whatever_happened(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    assert fleet.batches == []
    await next_quarter(house, freezer)
    [asked, first] = fleet.batches
    assert asked == {}
    assert first == {
        "line": 0,
        "known": None,
        "head": await head_of(house),
        "version": "0.1.0",
        "pending": 0,
        "undelivered": 0,
        "faults": [],
        "silent_couriers": ["Parcel Post"],
        "addresses": {},
    }
    await next_quarter(house, freezer)
    second = fleet.batches[2]
    assert len(fleet.batches) == 3
    assert (second["line"], second["known"]) == (1, first["head"])
    assert second["head"] == await head_of(house)
    # A report is in no record: else each would be the reason for another one.
    before = house.building.ledger.newest
    await next_quarter(house, freezer)
    assert house.building.ledger.newest == before
    assert fleet.batches[3]["head"] == fleet.batches[3]["known"]


async def test_report_names_no_home_parcel_driver_or_resident(
    house: House,
    fleet: Fleet,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> None:
    await sender.grant(parcel_ref="PARCEL-77", driver_ref="DRIVER-88")
    assert (await sender.enter()).body["decision"] == "admitted"
    house.building.events.pass_on()
    await next_quarter(house, freezer)
    report = fleet.reports[-1]
    assert report["silent_couriers"] == []
    written = str(fleet.batches)
    for personal in ("3B", "4A", "Ada", "Cleo", "PARCEL-77", "DRIVER-88", "G1"):
        assert personal not in written


async def test_fault_of_a_door_is_reported(
    hass: HomeAssistant, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    house = await build(hass, door(opener="lock.gone"), courier(), resident())
    await connect(house, fleet)
    for _ in range(2):
        await pass_time(hass, freezer, 60 * 60)
    await next_quarter(house, freezer)
    assert "opener_offline" in issues(hass)
    assert fleet.reports[-1]["faults"] == [{"door": "Lobby", "fault": "opener_offline"}]


async def test_lost_reply_neither_loses_nor_repeats_anything(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    await next_quarter(house, freezer)
    fleet.lost_replies = 1
    await next_quarter(house, freezer)
    taken = fleet.seq
    assert problem_of(house) is Problem.BUSY
    before = len(fleet.batches)
    await pass_time(house.hass, freezer, 2 * 60)
    await house.settle()
    assert [bool(batch) for batch in fleet.batches[before:]] == [False, True]
    assert fleet.batches[-1]["known"]["seq"] == taken
    assert problem_of(house) is None
    assert not house.building.fleet.status.differs


async def test_cursor_that_was_moved_meanwhile_is_followed(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    await next_quarter(house, freezer)
    # Another copy of this Home Assistant with the same log reported, too.
    earlier = (fleet.seq or 0) - 1
    fleet.heads[earlier] = await hash_at(house, earlier)
    fleet.seq = earlier
    await next_quarter(house, freezer)
    assert fleet.batches[-1]["known"]["seq"] == earlier
    assert fleet.seq == (await head_of(house))["seq"]


async def test_difference_is_shown_and_notified_once_to_every_resident(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    await next_quarter(house, freezer)
    fleet.forge()
    for _ in range(2):
        await next_quarter(house, freezer)
    await house.reload()
    await next_quarter(house, freezer)
    assert house.building.fleet.status.differs
    assert "fleet_differs" in issues(house.hass)
    assert len(await enqueued(house, DIFFERS)) == 1
    assert (await kinds(house.building.ledger)).count("fleet.differs") == 1
    text = "This building's access log and the manager's copy differ"
    told = [name for name, message in house.told if text in message]
    assert sorted(told) == ["Ada", "Cleo"]
    # Nothing changes at the door.
    await sender.grant()
    assert (await sender.enter()).body["decision"] == "admitted"

    fleet.line, fleet.seq, fleet.heads = 0, None, {}
    await next_quarter(house, freezer)
    assert "fleet_differs" not in issues(house.hass)
    assert not house.building.fleet.status.differs


async def test_fleet_that_changes_its_mind_notifies_at_most_once_a_day(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    async def differ_and_agree() -> None:
        await next_quarter(house, freezer)
        fleet.forge()
        await next_quarter(house, freezer)
        fleet.line, fleet.seq, fleet.heads = 0, None, {}
        await next_quarter(house, freezer)

    for _ in range(3):
        await differ_and_agree()
    assert len(await enqueued(house, DIFFERS)) == 1
    freezer.tick(timedelta(days=1))
    await next_quarter(house, freezer)
    await differ_and_agree()
    assert len(await enqueued(house, DIFFERS)) == 2


async def test_restored_log_differs_without_a_second_notification(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> None:
    await next_quarter(house, freezer)
    await back_up(house.hass, house, tmp_path / "kept")
    # A log goes on without the records from which the backup is.
    await house.building.ledger.write(
        lambda transaction: [
            transaction.append("test.record", dt_util.utcnow(), {}) for _ in range(40)
        ]
    )
    await next_quarter(house, freezer)
    taken = fleet.seq
    await bring_back(house.hass, house, tmp_path / "kept")
    assert house.building.ledger.newest is not None
    assert house.building.ledger.newest.seq < (taken or 0)
    await next_quarter(house, freezer)
    assert fleet.reports[-1]["known"] is None
    assert "fleet_differs" in issues(house.hass)
    assert len(await enqueued(house, NotificationKind.LEDGER_RESTORED)) == 1
    assert await enqueued(house, DIFFERS) == []


ANSWERS = {
    Problem.REFUSED: lambda: web.json_response({"code": "PT401"}, status=401),
    Problem.NOT_FOUND: lambda: web.Response(status=404),
    Problem.INVALID: lambda: web.json_response({"code": "PT400"}, status=400),
    Problem.BUSY: lambda: web.Response(status=503),
    Problem.UNREADABLE: lambda: web.Response(text="<html>Welcome</html>"),
}


@pytest.mark.parametrize("problem", ANSWERS)
async def test_error_is_tried_again_and_shown_after_an_hour(
    house: House,
    fleet: Fleet,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    problem: Problem,
) -> None:
    pauses: list[tuple[float, float]] = []

    class Latest(SystemRandom):
        """Chooses the latest time each time."""

        @override
        def uniform(self, a: float, b: float) -> float:
            pauses.append((a, b))
            return b

    monkeypatch.setattr(fleets, "_RANDOM", Latest())
    await next_quarter(house, freezer)
    fleet.answer = ANSWERS[problem]
    await next_quarter(house, freezer)
    assert problem_of(house) is problem
    assert "fleet_silent" not in issues(house.hass)
    fleet.batches.clear()
    for _ in range(4 * 60):
        await pass_time(house.hass, freezer, 60)
    # From each minute to once an hour: neither a burden nor given up. The pauses are random.
    assert 5 <= len(fleet.batches) <= 30
    assert "fleet_silent" in issues(house.hass)
    fleet.answer = None
    for _ in range(61):
        await pass_time(house.hass, freezer, 60)
    await house.settle()
    assert problem_of(house) is None
    assert "fleet_silent" not in issues(house.hass)


BASE = '"taken":true,"differs":false,"couriers":1}'
NO_REPLIES: dict[str, tuple[int, str]] = {
    "redirect": (307, ""),
    "incomplete": (200, '{"line": 1, "seq": 1}'),
    "negative": (200, f'{{"line":-1,"seq":1,{BASE}'),
    "too high": (200, f'{{"line":1,"seq":{2**63},{BASE}'),
    "too long": (200, f'{{"line":1,"seq":1,{BASE}' + " " * fleets.LONGEST_ANSWER),
}


@pytest.mark.parametrize("answer", NO_REPLIES)
async def test_answer_that_is_no_reply_is_not_believed(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, answer: str
) -> None:
    status, text = NO_REPLIES[answer]
    to = {"Location": "/rpc/report"}
    fleet.answer = lambda: web.Response(status=status, text=text, headers=to)
    await next_quarter(house, freezer)
    assert problem_of(house) is Problem.UNREADABLE
    assert len(fleet.batches) == 1


async def test_fleet_that_is_gone_is_unreachable(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    await fleet.server.close()
    await next_quarter(house, freezer)
    assert problem_of(house) is Problem.UNREACHABLE


async def test_fleet_that_never_takes_a_report_is_left_alone(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    fleet.answer = lambda: web.json_response(
        {"line": 1, "seq": 1, "taken": False, "differs": False, "couriers": 0}
    )
    await next_quarter(house, freezer)
    assert len(fleet.batches) == 4
    assert problem_of(house) is Problem.UNREADABLE


async def test_entry_does_not_wait_for_a_fleet_that_does_not_answer(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    fleet.waits = asyncio.Event()
    await sender.grant()
    freezer.tick(15 * 60)
    house.building.fleet._begin()
    async with asyncio.timeout(fleets.WITHIN):
        await until(lambda: bool(fleet.batches))
        assert (await sender.enter()).body["decision"] == "admitted"
    assert not fleet.waits.is_set()
    assert house.building.fleet._is_reporting


async def test_unloading_does_not_wait_for_a_fleet_that_does_not_answer(
    house: House, fleet: Fleet
) -> None:
    fleet.waits = asyncio.Event()
    house.building.fleet._begin()
    async with asyncio.timeout(fleets.WITHIN):
        await until(lambda: bool(fleet.batches))
        assert await house.hass.config_entries.async_unload(house.entry.entry_id)


async def test_building_without_a_fleet_sends_nothing(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, fleet: Fleet
) -> None:
    house = await build(hass)
    await next_quarter(house, freezer)
    assert fleet.batches == []
    await connect(house, fleet)
    await next_quarter(house, freezer)
    assert fleet.batches != []
    options = {**house.entry.options}
    del options["fleet"]
    fleet.forge()
    await next_quarter(house, freezer)
    assert "fleet_differs" in issues(hass)
    hass.config_entries.async_update_entry(house.entry, options=options)
    await house.settle()
    fleet.batches.clear()
    await next_quarter(house, freezer)
    assert fleet.batches == []
    assert not {"fleet_differs", "fleet_silent"} & issues(hass)


async def test_administrators_view_says_what_it_waits_for(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    waiting = {
        "reported_at": None,
        "problem": None,
        "differs": False,
        "visits": None,
    }
    assert fleet_view(house.building) == waiting
    await next_quarter(house, freezer)
    reported_at = house.building.fleet.status.reported_at
    assert reported_at is not None
    shown = {**waiting, "reported_at": reported_at.isoformat()}
    assert fleet_view(house.building) == shown
    await fleet.server.close()
    await next_quarter(house, freezer)
    assert fleet_view(house.building) == {**shown, "problem": "unreachable"}


async def test_changed_setting_keeps_the_status(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    await next_quarter(house, freezer)
    status = house.building.fleet.status
    assert status.reported_at is not None
    options = {**house.entry.options, "retention_days": 20}
    house.hass.config_entries.async_update_entry(house.entry, options=options)
    await house.settle()
    assert house.building.fleet.status is status


async def test_token_is_in_no_log(
    house: House,
    fleet: Fleet,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for answer in (None, ANSWERS[Problem.REFUSED]):
        fleet.answer = answer
        await next_quarter(house, freezer)
    await fleet.server.close()
    for _ in range(3):
        await pass_time(house.hass, freezer, 60 * 60)
    assert problem_of(house) is Problem.UNREACHABLE
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(house.building.fleet.settings)
