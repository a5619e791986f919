"""A repeated message gets the stored reply and has no second effect, even after a restart."""

import asyncio
from datetime import timedelta
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.couriers.inbox import Inbox
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import (
    Answer,
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
from tests.support.verified import verified


@pytest.fixture
async def house(hass: HomeAssistant, bolt: Bolt) -> House:
    return await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )


pytestmark = pytest.mark.usefixtures("house")


def is_replay(again: Answer, first: Answer) -> bool:
    assert first.body["replayed"] is False
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    return (again.status, again.body) == (200, first.body | {"replayed": True})


async def test_an_entry_asked_for_again_opens_nothing_and_costs_nothing(
    house: House, sender: Sender, bolt: Bolt
) -> None:
    await sender.grant(max_entries=2)
    at = dt_util.utcnow()

    first = await sender.enter(message_id="msg_1", at=at)
    await house.settle()
    told = list(house.told)
    again = await sender.enter(message_id="msg_1", at=at)
    await house.settle()

    assert first.body["entries_left"] == 1
    assert is_replay(again, first)
    assert bolt.names == ["unlock"]
    assert house.told == told
    assert len(await entries_of(house.building, 10)) == 1


async def test_every_kind_of_message_is_answered_once(
    house: House, sender: Sender
) -> None:
    at = dt_util.utcnow()
    ends_at = (at + timedelta(hours=1)).isoformat()
    window = {"starts_at": at.isoformat(), "ends_at": ends_at}
    messages: dict[str, dict[str, object]] = {
        "ping": {},
        "grant.issued": {"grant_id": "G1", "units": ["3B"], **window},
        "entry.requested": {"grant_id": "never-issued"},
        "grant.revoked": {"grant_id": "G1"},
    }
    for number, (kind, what) in enumerate(messages.items()):
        first = await sender.send(kind, what, message_id=f"msg_{number}", at=at)
        records = await verified(house.building.ledger)
        again = await sender.send(kind, what, message_id=f"msg_{number}", at=at)

        assert is_replay(again, first)
        assert await verified(house.building.ledger) == records


async def test_a_repeat_is_recognized_despite_its_new_time_and_signature(
    house: House, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    await sender.grant()
    asked = {"type": "entry.requested", "timestamp": dt_util.utcnow().isoformat()}
    body = json.dumps(asked | {"data": {"grant_id": "G1"}})
    first = await sender.post(body, message_id="msg_1")

    # By now the message is too old to open a door, but its reply was given.
    await pass_time(house.hass, freezer, 24 * 3600)
    again = await sender.post(body, message_id="msg_1")

    assert first.body["decision"] == "admitted"
    assert is_replay(again, first)


async def test_a_refusal_is_replayed_like_any_decision(
    house: House, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    ada = house.building.residents["resident-ada"]
    given = house.building.rulebook.of(ada.id)
    await house.building.rulebook.change(ada, Rules(Consent.WITHDRAWN), Author())
    refused = await sender.grant(message_id="msg_1")
    await house.building.rulebook.change(ada, given, Author())

    again = await sender.grant(message_id="msg_1")
    other = await sender.grant("G2", message_id="msg_2")

    assert refused.body["decision"] == "refused"
    assert is_replay(again, refused)
    assert other.body["decision"] == "accepted"


async def test_replies_outlive_a_reload_and_a_restart(
    house: House, sender: Sender, bolt: Bolt
) -> None:
    entries = house.hass.config_entries
    await sender.grant(max_entries=2)
    at = dt_util.utcnow()
    first = await sender.enter(message_id="msg_1", at=at)
    await house.settle()

    assert await entries.async_reload(house.entry.entry_id)
    assert is_replay(await sender.enter(message_id="msg_1", at=at), first)
    assert await entries.async_unload(house.entry.entry_id)
    assert await entries.async_setup(house.entry.entry_id)
    assert is_replay(await sender.enter(message_id="msg_1", at=at), first)
    await house.settle()
    assert bolt.names == ["unlock"]


async def test_an_id_with_another_body_is_refused_and_the_reply_stays(
    house: House, sender: Sender, bolt: Bolt
) -> None:
    await sender.grant(max_entries=3)
    at = dt_util.utcnow()
    first = await sender.enter(message_id="msg_1", at=at)

    other = await sender.enter(message_id="msg_1", at=at, driver_ref="D-5")
    malformed = await sender.post("{}", message_id="msg_1", at=at)

    assert (other.status, other.problem) == (422, "id_reused")
    # The id is looked at before the JSON.
    assert (malformed.status, malformed.problem) == (422, "id_reused")
    assert is_replay(await sender.enter(message_id="msg_1", at=at), first)
    await house.settle()
    assert bolt.names == ["unlock"]


async def test_each_courier_numbers_its_own_messages(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await build(hass, door(), courier(), courier("Other Post"), resident())
    client = await hass_client_no_auth()
    at = dt_util.utcnow()

    ours = await Sender(client).grant(message_id="msg_1", at=at)
    theirs = await Sender(client, "webhook-of-other-post").grant(
        "G2", message_id="msg_1", at=at
    )

    assert ours.body["grant_id"] == "G1"
    assert (theirs.body["grant_id"], theirs.body["replayed"]) == ("G2", False)


async def test_a_message_that_is_being_answered_is_in_flight(
    house: House, sender: Sender, bolt: Bolt
) -> None:
    bolt.hangs = asyncio.Event()
    bolt.obeys = False
    await sender.grant()
    at = dt_util.utcnow()
    asking = asyncio.create_task(sender.enter(message_id="msg_1", at=at))
    await until(lambda: bool(bolt.commands))

    again = await sender.enter(message_id="msg_1", at=at)
    other = await sender.enter(message_id="msg_1", at=at, driver_ref="D-5")
    bolt.move(locked=False)
    first = await asking

    assert (again.status, again.problem) == (409, "in_flight")
    assert (other.status, other.problem) == (422, "id_reused")
    assert "Retry-After" not in again.headers
    assert first.body["outcome"] == "opened"
    assert is_replay(await sender.enter(message_id="msg_1", at=at), first)
    bolt.hangs.set()
    await house.settle()


async def test_a_message_may_be_sent_again_after_a_problem(
    house: House, sender: Sender, bolt: Bolt
) -> None:
    await sender.grant()
    at = dt_util.utcnow()
    bolt.reachable(False)
    unavailable = await sender.enter(message_id="msg_1", at=at)
    bolt.reachable(True)

    admitted = await sender.enter(message_id="msg_1", at=at)
    await house.settle()

    assert (unavailable.status, unavailable.problem) == (503, "door_unavailable")
    assert (admitted.body["decision"], admitted.body["replayed"]) == ("admitted", False)


async def test_an_error_after_the_claim_returns_the_stored_reply(
    house: House,
    sender: Sender,
    bolt: Bolt,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await sender.grant()
    at = dt_util.utcnow()
    answer = Inbox._answer

    async def answer_and_fail(*args: Any) -> object:
        await answer(*args)
        raise RuntimeError("after all was done")

    monkeypatch.setattr(Inbox, "_answer", answer_and_fail)
    first = await sender.enter(message_id="msg_1", at=at)
    monkeypatch.undo()
    await house.settle()

    assert "after all was done" in caplog.text
    again = await sender.enter(message_id="msg_1", at=at)
    assert (first.status, first.body["outcome"]) == (200, "opened")
    assert (again.status, again.body) == (200, first.body)
    assert bolt.names == ["unlock"]


async def test_an_error_never_returns_the_reply_to_another_body(
    house: House, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = dt_util.utcnow()
    await sender.grant(message_id="msg_1", at=at)

    async def fail(*_: object) -> object:
        raise RuntimeError("nobody expected this")

    monkeypatch.setattr(Inbox, "_answer", fail)

    answer = await sender.enter(message_id="msg_1", at=at)

    assert (answer.status, answer.problem) == (422, "id_reused")


async def test_an_error_without_a_ledger_is_answered_too(
    house: House, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def close_and_fail(*_: object) -> object:
        await house.building.ledger.close()
        raise RuntimeError("and no ledger")

    monkeypatch.setattr(Inbox, "_answer", close_and_fail)

    answer = await sender.grant()

    assert (answer.status, answer.problem) == (503, "ledger_unavailable")
