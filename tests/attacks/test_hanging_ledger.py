"""A ledger that hangs, as on a card or a share that stalls: every request is answered in time, and no door opens late."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
import json
import threading

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.couriers.inbox import REPLY_WITHIN
from custom_components.courier_access.entries.admission import OPEN_WITHIN
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import House, Sender, build, courier, door, resident, until

SENDERS_WAIT = 30


@contextmanager
def hanging(house: House) -> Iterator[asyncio.Future[bool]]:
    """Keep the ledger's thread busy meanwhile."""
    goes_on = threading.Event()
    busy = asyncio.ensure_future(
        house.building.ledger.write(lambda _: goes_on.wait(60))
    )
    try:
        yield busy
    finally:
        goes_on.set()


async def seconds_pass(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: int
) -> None:
    for _ in range(seconds):
        freezer.tick(1)
        async_fire_time_changed(hass)
        for _ in range(50):
            await asyncio.sleep(0)


@pytest.fixture
def bolt() -> Bolt:
    return Bolt()


@pytest.fixture
async def house(hass: HomeAssistant, bolt: Bolt) -> House:
    return await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await house.settle()
    return sender


def test_no_command_goes_out_that_could_not_be_confirmed_before_the_sender_hangs_up() -> (
    None
):
    assert OPEN_WITHIN < REPLY_WITHIN < SENDERS_WAIT


async def test_who_has_hung_up_long_ago_opens_no_door(
    hass: HomeAssistant,
    house: House,
    sender: Sender,
    bolt: Bolt,
    freezer: FrozenDateTimeFactory,
) -> None:
    with hanging(house) as busy:
        entering = asyncio.ensure_future(sender.enter(message_id="msg_late"))
        await until(lambda: bool(house.building.inbox._in_flight))
        await seconds_pass(hass, freezer, SENDERS_WAIT)
        answer = await entering
    await busy
    await house.settle()

    assert (answer.status, answer.problem) == (503, "ledger_unavailable")
    assert bolt.names == []
    assert (await sender.enter(message_id="msg_late")).body["decision"] == "admitted"


async def test_an_entry_whose_outcome_can_not_be_written_in_time_is_answered_without_it(
    hass: HomeAssistant,
    house: House,
    sender: Sender,
    bolt: Bolt,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt.obeys = False
    message = json.dumps(
        {
            "type": "entry.requested",
            "timestamp": dt_util.utcnow().isoformat(),
            "data": {"grant_id": "G1"},
        }
    )
    entering = asyncio.ensure_future(sender.post(message, message_id="msg_1"))
    await until(lambda: bool(bolt.commands))
    with hanging(house) as busy:
        bolt.move(locked=False)
        await seconds_pass(hass, freezer, SENDERS_WAIT)
        answer = await entering
    await busy
    await house.settle()

    assert (answer.status, answer.body["decision"]) == (200, "admitted")
    assert answer.body["outcome"] == "opened"
    again = await sender.post(message, message_id="msg_1")
    assert (again.body["replayed"], again.body["outcome"]) == (True, "opened")
    assert bolt.names.count("unlock") == 1
