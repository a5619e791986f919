"""Test what comes between a courier and the door: others, a no, a disconnect, a reload."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
import threading
from typing import Any

from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.webhook import async_handle_webhook
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from homeassistant.util.aiohttp import MockRequest
import orjson
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Attitude, Consent, GrantKey
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.entries.unsigned import Shown
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.door_parts import Bolt, install_bolt
from tests.support.held_entry import hold_second_entry, let_go
from tests.support.house import (
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
from tests.support.rows import plant
from tests.support.verified import verified


def ask(
    hass: HomeAssistant, sender: Sender, message: str, grant_id: str = "G1"
) -> Coroutine[Any, Any, web.Response]:
    """Ask to enter as a cloudhook would: without a connection that could be lost."""
    body = orjson.dumps(
        {
            "type": "entry.requested",
            "timestamp": dt_util.utcnow().isoformat(),
            "data": {"grant_id": grant_id},
        }
    ).decode()
    request = MockRequest(
        content=body.encode(),
        headers=sender.headers(body, message_id=message),
        method="POST",
        mock_source="test",
    )
    return async_handle_webhook(hass, sender.webhook_id, request)


async def test_simultaneous_entries_on_a_one_use_grant_admit_one(
    house: House, bolt: Bolt, sender: Sender
) -> None:
    await sender.grant()

    answers = await asyncio.gather(*(sender.enter() for _ in range(5)))
    await house.settle()

    reasons = sorted(answer.body["reason"] for answer in answers)
    assert reasons == ["entries_exhausted"] * 4 + ["ok"]
    assert bolt.names == ["unlock"]
    assert sorted(name for name, text in house.told if "let in at" in text) == [
        "Ada",
        "Cleo",
    ]


async def test_same_message_at_once_opens_the_door_once(
    house: House, bolt: Bolt, sender: Sender
) -> None:
    bolt.hangs = asyncio.Event()
    await sender.grant(max_entries=5)
    at = dt_util.utcnow()

    first = asyncio.create_task(sender.enter(message_id="msg_1", at=at))
    await until(lambda: bool(bolt.commands))
    again = await sender.enter(message_id="msg_1", at=at)
    other = await sender.enter(message_id="msg_1", at=at, driver_ref="D-1")
    bolt.hangs.set()
    answered = await first
    later = await sender.enter(message_id="msg_1", at=at)
    await house.settle()

    assert (again.status, other.status) == (409, 422)
    assert answered.body["decision"] == "admitted"
    assert later.body == answered.body | {"replayed": True}
    assert later.headers["Idempotency-Replayed"] == "true"
    assert bolt.names == ["unlock"]


async def test_nothing_opens_after_a_revocation_was_answered(
    hass: HomeAssistant, house: House, bolt: Bolt, sender: Sender
) -> None:
    outcomes = set()
    for turn in range(12):
        grant_id = f"G{turn}"
        await sender.grant(grant_id)
        entering = asyncio.create_task(ask(hass, sender, f"msg_{turn}", grant_id))
        for _ in range(turn):
            await asyncio.sleep(0)
        revoked = await sender.revoke(grant_id)
        commands = len(bolt.commands)
        answer = orjson.loads((await entering).text or "")
        await house.settle()

        assert revoked.body["decision"] == "revoked"
        assert len(bolt.commands) == commands
        assert answer["decision"] in ("admitted", "refused")
        outcomes.add(answer["reason"])
        bolt.move(locked=True)
        await house.settle()
    assert outcomes >= {"ok"}


@pytest.mark.parametrize("word", ["revoked", "not_accepting", "paused", "no_answer"])
async def test_no_between_claim_and_command_wins(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory, word: str
) -> None:
    rulebook = house.building.rulebook
    entering = await hold_second_entry(house, bolt, sender, freezer, "msg_2")

    match word:
        case "revoked":
            await sender.revoke()
        case "paused":
            await rulebook.pauses.pause(Author())
        case _:
            ada = house.building.residents["resident-ada"]
            narrower: dict[str, Any] = (
                {"default": Attitude.ASK}
                if word == "no_answer"
                else {"consent": Consent.WITHDRAWN}
            )
            rules = replace(rulebook.of(ada.id), **narrower)
            await rulebook.change(ada, rules, Author())
    answer = await let_go(house, bolt, entering)

    assert (answer.body["decision"], answer.body["reason"]) == ("refused", word)
    assert answer.body["entries_left"] == 1
    assert (answer.body["grant_id"], answer.body["proof"]) == ("G1", "signed")
    event = house.hass.states.get("event.lobby_courier")
    assert event is not None
    assert event.attributes["event_type"] == "entry_refused"
    assert event.attributes["entry_id"] == answer.body["entry_id"]
    assert bolt.names == ["unlock", "lock"]
    assert [name for name, text in house.told if "refused" in text] == ["Ada"]
    assert [name for name, text in house.told if "was let in" in text] == []
    stopped, _ = await entries_of(house.building, 2)
    assert (stopped.decision, stopped.reason) == ("refused", word)


async def test_entity_that_forbids_between_claim_and_command_wins(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    rulebook, ada = house.building.rulebook, house.building.residents["resident-ada"]
    house.hass.states.async_set("input_boolean.party", "off")
    rules = replace(rulebook.of(ada.id), never_while=("input_boolean.party",))
    await rulebook.change(ada, rules, Author())
    entering = await hold_second_entry(house, bolt, sender, freezer, "msg_2")

    house.hass.states.async_set("input_boolean.party", "on")
    answer = await let_go(house, bolt, entering)

    assert answer.body["reason"] == "not_accepting"
    assert bolt.names == ["unlock", "lock"]


async def test_grant_that_is_revised_after_the_claim_is_decided_again(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    entering = await hold_second_entry(
        house, bolt, sender, freezer, "msg_2", units=("3B", "4A")
    )
    await sender.grant(max_entries=2, revision=2)
    assert bolt.hangs is not None
    bolt.hangs.set()
    assert (await entering).body["decision"] == "admitted"
    await house.settle()

    entry, stopped, _ = await entries_of(house.building, 3)
    assert (entry.decision, entry.personal["units"]) == ("admitted", '["3b"]')
    assert stopped.decision == "refused"


async def test_grant_that_stays_another_one_on_the_disk_admits_nobody(
    hass: HomeAssistant, house: House, bolt: Bolt, sender: Sender
) -> None:
    await sender.grant()
    path = ledger_path(hass, house.entry.entry_id)
    await hass.async_add_executor_job(plant, path, "UPDATE grants SET revision = 2")

    answer = await sender.enter()
    await house.settle()

    assert (answer.status, answer.problem) == (503, "door_busy")
    assert bolt.names == []
    assert await entries_of(house.building, 1) == []


async def test_unit_that_vetoes_after_the_claim_is_not_named_as_let_in(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    entering = await hold_second_entry(
        house, bolt, sender, freezer, "msg_2", units=("3B", "4A")
    )
    key = GrantKey("courier-parcel-post", "G1")
    await house.building.grants.veto(key, "4a", Author())
    answer = await let_go(house, bolt, entering)

    assert (answer.body["decision"], answer.body["entries_left"]) == ("admitted", 0)
    entry, stopped, _ = await entries_of(house.building, 3)
    assert (entry.decision, entry.personal["units"]) == ("admitted", '["3b"]')
    assert (stopped.decision, stopped.personal["units"]) == ("refused", '["3b","4a"]')
    assert bolt.names == ["unlock", "lock", "unlock"]
    assert sorted(name for name, text in house.told if "let in" in text) == [
        "Ada",
        "Cleo",
    ]


async def test_revision_to_another_door_after_the_claim_opens_neither(
    two_doors: House,
    bolt: Bolt,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    house, sender = two_doors, Sender(await hass_client_no_auth())
    entering = await hold_second_entry(
        house, bolt, sender, freezer, "msg_2", door="lobby"
    )

    moved = await sender.grant(door="garage", revision=2, max_entries=2)
    answer = await let_go(house, bolt, entering)

    assert moved.body["decision"] == "accepted"
    assert (answer.status, answer.problem) == (503, "door_busy")
    assert bolt.names == ["unlock", "lock"]
    assert house.door_state("lock.garage") == "locked"
    assert [name for name, text in house.told if "was let in" in text] == []
    again = await sender.enter(message_id="msg_2")
    assert (again.body["door"], again.body["entries_left"]) == ("garage", 0)
    assert house.door_state("lock.garage") == "unlocked"
    assert house.door_state() == "locked"


async def test_courier_waits_for_one_entry_of_another_courier(
    hass: HomeAssistant, bolt: Bolt, hass_client_no_auth: ClientSessionGenerator
) -> None:
    bolt.hangs = asyncio.Event()
    house = await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        courier(),
        courier("Pigeon Post"),
        resident(),
    )
    client = await hass_client_no_auth()
    greedy, other = Sender(client), Sender(client, "webhook-of-pigeon-post")
    await greedy.grant(max_entries=10)
    await other.grant()

    flood = [asyncio.create_task(greedy.enter())]
    await until(lambda: bool(bolt.commands))
    flood += [asyncio.create_task(greedy.enter()) for _ in range(6)]
    turn = house.building.drivers["door-lobby"].turn
    await until(lambda: len(turn._waiting) == 6)
    entering = asyncio.create_task(other.enter())
    await until(lambda: len(turn._waiting) == 7)
    bolt.hangs.set()
    answers = await asyncio.gather(entering, *flood)
    await house.settle()

    assert {answer.body["decision"] for answer in answers} == {"admitted"}
    came = [
        entry.courier_name for entry in reversed(await entries_of(house.building, 10))
    ]
    assert came == ["Parcel Post", "Pigeon Post", *["Parcel Post"] * 6]


async def test_caller_who_disconnects_changes_nothing_of_an_entry(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> None:
    left_before_the_end = 0
    for turn in range(40):
        await sender.grant(f"G{turn}")
        house.told.clear()
        bolt.commands.clear()
        calling = asyncio.create_task(ask(hass, sender, f"msg_{turn}", f"G{turn}"))
        for _ in range(turn):
            await asyncio.sleep(0)
        calling.cancel()
        left = (await asyncio.gather(calling, return_exceptions=True))[0]
        await house.settle()
        await pass_time(hass, freezer, 6)
        await house.settle()

        left_before_the_end += isinstance(left, asyncio.CancelledError)
        if bolt.commands:
            assert bolt.names == ["unlock", "lock"]
            assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]
            [entry] = await entries_of(house.building, 1)
            assert (entry.personal["grant_id"], entry.outcome) == (f"G{turn}", "opened")
            assert entry.completed_at is not None
        else:
            assert house.told == []
    assert left_before_the_end > 1
    assert (await verified(house.building.ledger)).intact


async def test_reload_lets_an_entry_finish(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> None:
    for turn in range(25):
        await sender.grant(f"G{turn}")
        house.told.clear()
        bolt.commands.clear()
        entering = asyncio.create_task(ask(hass, sender, f"msg_{turn}", f"G{turn}"))
        for _ in range(turn):
            await asyncio.sleep(0)
        assert await hass.config_entries.async_reload(house.entry.entry_id)
        response = await entering
        await house.settle()
        await pass_time(hass, freezer, 6)
        await house.settle()

        answer = orjson.loads(response.text or "")
        if response.status == 503:
            assert answer["type"].endswith("not_ready")
            assert bolt.commands == []
        else:
            assert answer["decision"] == "admitted"
            assert bolt.names == ["unlock", "lock"]
            assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]


@pytest.mark.parametrize("ends", ["reload", "stop"])
async def test_reload_and_stop_wait_for_an_entry_at_a_hanging_door(
    hass: HomeAssistant, house: House, bolt: Bolt, sender: Sender, ends: str
) -> None:
    bolt.hangs = asyncio.Event()
    await sender.grant()

    entering = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    ending: asyncio.Task[object] = asyncio.create_task(
        hass.config_entries.async_reload(house.entry.entry_id)
        if ends == "reload"
        else hass.async_stop(force=True)
    )
    await until(lambda: not house.building.host.answers_couriers)
    meanwhile = await sender.enter(message_id="msg_2")
    shown = await house.building.unsigned.request(
        house.building.directory.doors["door-lobby"], Shown()
    )
    bolt.hangs.set()
    entered = await entering
    await ending

    assert (meanwhile.status, meanwhile.problem) == (503, "not_ready")
    assert (shown.decision, shown.reason) == ("refused", "not_ready")
    assert entered.body["outcome"] == "opened"
    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]
    assert ("courier_access" in str(threading.enumerate())) is (ends == "reload")
