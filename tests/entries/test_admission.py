"""The path of an entry, over real HTTP and a real ledger."""

import asyncio
from datetime import datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Pause
from custom_components.courier_access.ledger.state.rules import Author, put_pause
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import (
    ALWAYS,
    NEVER,
    Sender,
    build,
    courier,
    door,
    entries_of,
    pass_time,
    resident,
    until,
)


async def test_a_granted_courier_is_let_in_and_everybody_is_told(
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
    assert (entered.status, entered.body["decision"]) == (200, "admitted")
    assert entered.body["outcome"] == "opened"
    assert entered.body["lock_confirmed"] is True
    assert entered.body["entries_left"] == 0
    assert entered.body["door"] == "lobby"
    assert house.door_state() == "unlocked"
    assert sorted(name for name, _ in house.told) == ["Ada", "Ben", "Cleo"]
    texts = dict(house.told)
    assert "3B" in texts["Ada"]
    assert "P-77" in texts["Ada"]
    assert "3B" not in texts["Cleo"]
    assert "P-77" not in texts["Cleo"]
    assert (await house.building.ledger.verify()).intact


async def test_the_door_is_locked_again_and_the_story_ends(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
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
    [entry] = await entries_of(house.building, 10)
    assert entry.completed_at is not None


@pytest.mark.parametrize(
    ("windows", "units", "reason"),
    [
        (NEVER, ("3B",), "not_accepting"),
        (ALWAYS, ("9Z",), "not_accepting"),
        (None, ("3B",), "not_accepting"),
    ],
    ids=["no hours", "no such unit", "nothing decided"],
)
async def test_a_grant_that_no_unit_accepts_is_refused_and_opens_nothing(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    windows: dict[str, object] | None,
    units: tuple[str, ...],
    reason: str,
) -> None:
    house = await build(hass, door(), courier(), resident(windows=windows))
    sender = Sender(await hass_client_no_auth())

    granted = await sender.grant(units=units)
    entered = await sender.enter()
    await house.settle()

    assert (granted.body["decision"], granted.body["reason"]) == ("refused", reason)
    assert granted.body["units"] == []
    assert (entered.body["decision"], entered.body["reason"]) == (
        "refused",
        "not_accepting",
    )
    assert house.door_state() == "locked"


async def test_every_refusal_of_an_entry_says_why(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(doors=("door-lobby",)),
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
    assert await refusal("here", door="garage") == "door_not_allowed"
    assert await refusal("here", door="cellar") == "door_not_allowed"
    assert (
        await refusal("here", body_at=now - timedelta(seconds=121)) == "stale_request"
    )
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
    await house.settle()


async def test_a_disabled_courier_is_refused(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await build(hass, door(), courier(enabled=False), resident())
    sender = Sender(await hass_client_no_auth())

    granted = await sender.grant()
    entered = await sender.enter()

    assert granted.body["reason"] == "courier_disabled"
    assert entered.body["reason"] == "courier_disabled"


async def test_identical_refusals_are_counted_in_one_record(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())

    first = await sender.enter("unknown")
    second = await sender.enter("unknown")
    await pass_time(hass, freezer, 601)
    third = await sender.enter("unknown")

    assert first.body["entry_id"] == second.body["entry_id"] != third.body["entry_id"]
    newest, oldest = await entries_of(house.building, 10)
    assert (oldest.repeats, newest.repeats) == (1, 0)


async def test_the_recipients_of_a_refused_entry_hear_of_it_once_in_ten_minutes(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await house.building.rulebook.pauses.pause(Author())

    await sender.enter()
    await sender.enter(door="lobby")
    await house.settle()

    assert [name for name, text in house.told if "was refused entry" in text] == ["Ada"]


async def test_a_door_that_fails_gives_the_use_back_at_most_twice(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    bolt = Bolt()
    house = await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    bolt.raises = RuntimeError("no current")

    answers = [await sender.enter() for _ in range(4)]
    await house.settle()

    assert [answer.body.get("outcome") for answer in answers] == ["failed"] * 3 + [None]
    assert [answer.body["entries_left"] for answer in answers] == [1, 1, 0, 0]
    assert answers[3].body["reason"] == "entries_exhausted"


async def test_an_entry_nobody_saw_open_is_unconfirmed_and_a_late_unlock_takes_its_use(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt = Bolt()
    bolt.obeys = False
    house = await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()

    asked = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    await pass_time(hass, freezer, 9)
    entered = await asked
    assert entered.body["outcome"] == "unconfirmed"
    assert entered.body["lock_confirmed"] is False
    assert entered.body["entries_left"] == 1

    bolt.move(locked=False)
    await house.settle()
    again = await sender.enter()
    assert again.body["reason"] == "entries_exhausted"

    bolt.obeys = True
    await pass_time(hass, freezer, 6)
    await house.settle()
    assert bolt.names == ["unlock", "lock"]


async def test_an_unavailable_door_consumes_nothing(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    bolt = Bolt()
    house = await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    bolt.reachable(False)

    refused = await sender.enter(message_id="msg_1")
    bolt.reachable(True)
    admitted = await sender.enter(message_id="msg_1")
    await house.settle()

    assert (refused.status, refused.body["type"]) == (
        503,
        "urn:courier-access:problem:door_unavailable",
    )
    assert refused.body["retry_after"] == int(refused.headers["Retry-After"])
    assert admitted.body["decision"] == "admitted"
    assert admitted.body["replayed"] is False


async def test_a_clock_behind_the_record_is_not_trusted(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=2)
    now = dt_util.utcnow()

    async def record(at: datetime) -> None:
        await house.building.ledger.write(
            lambda transaction: transaction.append("test", at, {})
        )

    await record(now + timedelta(seconds=30))
    admitted = await sender.enter()
    await record(now + timedelta(seconds=90))
    refused = await sender.enter()
    await record(now)
    still_refused = await sender.enter()
    await house.settle()

    assert admitted.body["decision"] == "admitted"
    for answer in (refused, still_refused):
        assert (answer.status, answer.problem) == (503, "clock_untrusted")


async def test_what_the_disk_says_wins_over_memory(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
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
