"""Test the path of an entry, over real HTTP and with a real ledger."""

import asyncio
from contextlib import closing
from datetime import timedelta
import sqlite3
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Pause
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.state.entries import load_relocks
from custom_components.courier_access.ledger.state.residents import Author, put_pause
from tests.support.door_parts import CONTACT, Bolt
from tests.support.house import (
    NEVER,
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    pass_time,
    resident,
    until,
)
from tests.support.rows import commits
from tests.support.verified import verified


async def test_granted_courier_is_admitted_and_everybody_is_notified(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B"),
        resident("Ben", "3b"),
        resident("Cleo", "4A", None),
    )
    sender = Sender(await hass_client_no_auth())

    granted = await sender.grant(parcel_ref="P-77")
    entered = await sender.enter()
    await house.settle()

    assert (granted.status, granted.body["decision"]) == (200, "accepted")
    assert granted.body["units"] == ["3B"]
    expected = {
        "decision": "admitted",
        "outcome": "opened",
        "lock_confirmed": True,
        "entries_left": 0,
        "door": "lobby",
        "grant_id": "G1",
        "proof": "signed",
    }
    assert entered.status == 200
    assert expected.items() <= entered.body.items()
    assert house.door_state() == "unlocked"
    assert sorted(name for name, _ in house.told) == ["Ada", "Ben", "Cleo"]
    texts = dict(house.told)
    for name, is_recipient in (("Ada", True), ("Ben", True), ("Cleo", False)):
        assert ("3B" in texts[name], "P-77" in texts[name]) == (is_recipient,) * 2
    assert (await verified(house.building.ledger)).intact


async def test_door_is_locked_again_and_the_entry_completes(
    hass: HomeAssistant, house: House, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    await sender.grant()
    entered = await sender.enter()
    state = hass.states.get("lock.lobby")
    assert state is not None
    assert state.attributes["changed_by"] == "Parcel Post"

    await pass_time(hass, freezer, 6)
    await house.settle()

    assert house.door_state() == "locked"
    event = hass.states.get("event.lobby_courier")
    assert event is not None
    assert event.attributes["event_type"] == "entry_completed"
    assert event.attributes["entry_id"] == entered.body["entry_id"]
    assert event.attributes["courier"] == "Parcel Post"
    assert event.attributes["door"] == "Lobby"
    [entry] = await entries_of(house.building, 10)
    assert entry.completed_at is not None


async def test_locked_door_ends_its_entry_in_one_commit(
    house: House, bolt: Bolt, sender: Sender
) -> None:
    path = ledger_path(house.hass, house.entry.entry_id)
    await sender.grant()
    await sender.enter()
    await house.settle()
    before = await house.hass.async_add_executor_job(commits, path)

    bolt.move(locked=True)
    await house.settle()

    assert await house.hass.async_add_executor_job(commits, path) == before + 1
    [entry] = await entries_of(house.building, 10)
    assert entry.completed_at is not None
    assert await house.building.ledger.read(load_relocks) == []


async def test_disk_says_when_a_door_is_locked_before_and_after_it_is_opened(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    def on_disk() -> list[Any]:
        path = ledger_path(house.hass, house.entry.entry_id)
        with closing(sqlite3.connect(path)) as file:
            query = "SELECT at, relock_by, unlocked_until, lock_confirmed FROM entries"
            at, *rest = file.execute(query).fetchone()
        seconds = [moment and (moment - at) / 1_000_000 for moment in rest[:2]]
        return [*seconds, rest[2]]

    await sender.grant()
    bolt.hangs = asyncio.Event()
    entering = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    # A lock command that it waits for, and its own, may take 8 seconds each.
    assert await house.hass.async_add_executor_job(on_disk) == [21, None, None]
    bolt.hangs.set()
    entered = await entering
    assert await house.hass.async_add_executor_job(on_disk) == [5, 5, True]
    assert entered.body["unlocked_until"] is not None
    await house.settle()


async def test_disk_has_no_deadline_of_a_door_that_is_locked_but_open(
    house: House, bolt: Bolt, sender: Sender
) -> None:
    def on_disk() -> Any:
        path = ledger_path(house.hass, house.entry.entry_id)
        with closing(sqlite3.connect(path)) as file:
            query = "SELECT relock_by, completed_at FROM entries"
            return file.execute(query).fetchone()

    await sender.grant()
    await sender.enter()
    house.hass.states.async_set(CONTACT, "on")
    bolt.move(locked=True)
    await house.settle()
    assert await house.hass.async_add_executor_job(on_disk) == (None, None)
    house.hass.states.async_set(CONTACT, "off")
    await house.settle()


async def test_refusal_of_an_unknown_grant_names_no_door(
    house: House, sender: Sender
) -> None:
    await sender.enter("unknown")
    [entry] = await entries_of(house.building, 5)
    assert (entry.door_id, entry.door_name) == ("", "")


async def test_grant_that_no_unit_accepts_is_refused_and_opens_nothing(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(
        hass, door(), courier(), resident(windows=NEVER), resident("Cleo", "4A", None)
    )
    sender = Sender(await hass_client_no_auth())

    for why, unit in (("no-hours", "3B"), ("unknown", "9Z"), ("undecided", "4A")):
        granted = await sender.grant(why, units=(unit,))
        assert granted.body["units"] == [], why
        for answer in (granted, await sender.enter(why)):
            decided = answer.body["decision"], answer.body["reason"]
            assert decided == ("refused", "not_accepting"), why
    await house.settle()
    assert house.door_state() == "locked"


async def test_refused_entry_says_why(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(doors=("door-lobby",)),
        courier("Old Post", enabled=False),
        resident(),
    )
    sender = Sender(await hass_client_no_auth())
    now = dt_util.utcnow()

    async def refusal(grant_id: str, **more: object) -> str:
        entered = await sender.enter(grant_id, **more)
        assert (entered.status, entered.body["decision"]) == (200, "refused")
        return str(entered.body["reason"])

    assert await refusal("never-issued") == "unknown_grant"
    await sender.grant("later", starts_at=(now + timedelta(minutes=30)).isoformat())
    assert await refusal("later") == "not_yet_valid"
    await sender.grant("here")
    for other in ("garage", "cellar"):
        assert await refusal("here", door=other) == "door_not_allowed"
    stale = now - timedelta(seconds=121)
    assert await refusal("here", body_at=stale) == "stale_request"
    await sender.revoke("here")
    assert await refusal("here") == "revoked"
    await sender.grant("once")
    await sender.enter("once")
    assert await refusal("once") == "entries_exhausted"
    await sender.grant("short", ends_at=(now + timedelta(minutes=1)).isoformat())
    await pass_time(hass, freezer, 61)
    assert await refusal("short") == "expired"
    await sender.grant("paused")
    await house.building.rulebook.pauses.pause(Author())
    assert await refusal("paused") == "paused"
    disabled = Sender(sender.client, "webhook-of-old-post")
    for answer in (await disabled.grant(), await disabled.enter()):
        assert answer.body["reason"] == "courier_disabled"
    await house.settle()


async def test_identical_refusals_are_counted_in_one_record(
    hass: HomeAssistant, house: House, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:

    first = await sender.enter("unknown")
    second = await sender.enter("unknown")
    await pass_time(hass, freezer, 601)
    third = await sender.enter("unknown")

    assert first.body["entry_id"] == second.body["entry_id"] != third.body["entry_id"]
    newest, oldest = await entries_of(house.building, 10)
    assert (oldest.repeats, newest.repeats) == (1, 0)


async def test_recipients_are_notified_of_refusals_once_in_ten_minutes(
    house: House, sender: Sender
) -> None:
    await sender.grant()
    await house.building.rulebook.pauses.pause(Author())

    await sender.enter()
    await sender.enter(door="lobby")
    await house.settle()

    assert [name for name, text in house.told if "was refused at" in text] == ["Ada"]


async def test_failed_entry_refunds_its_use_at_most_twice(
    house: House, bolt: Bolt, sender: Sender
) -> None:
    await sender.grant()
    bolt.raises = RuntimeError("no current")

    answers = [await sender.enter() for _ in range(4)]
    await house.settle()

    assert [answer.body.get("outcome") for answer in answers] == ["failed"] * 3 + [None]
    assert [answer.body["entries_left"] for answer in answers] == [1, 1, 0, 0]
    assert answers[3].body["reason"] == "entries_exhausted"


async def test_unavailable_door_consumes_nothing(
    house: House, bolt: Bolt, sender: Sender
) -> None:
    await sender.grant()
    bolt.reachable(False)

    refused = await sender.enter(message_id="msg_1")
    bolt.reachable(True)
    admitted = await sender.enter(message_id="msg_1")
    await house.settle()

    assert (refused.status, refused.problem) == (503, "door_unavailable")
    assert refused.body["retry_after"] == int(refused.headers["Retry-After"])
    assert admitted.body["decision"] == "admitted"
    assert admitted.body["replayed"] is False


async def test_pause_on_disk_stops_the_claim(house: House, sender: Sender) -> None:
    await sender.grant()
    now = dt_util.utcnow()

    pause: Pause = await house.building.ledger.write(
        lambda transaction: put_pause(transaction, now, now + timedelta(hours=1))
    )
    entered = await sender.enter()
    await house.settle()

    assert pause.unit is None
    assert entered.body["reason"] == "paused"
    assert house.door_state() == "locked"
