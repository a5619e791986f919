"""Test the answer to an entry that ends just when it must be answered."""

import time

from homeassistant.core import HomeAssistant, callback
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.couriers import inbox as inbox_module
from custom_components.courier_access.doors.doors import DoorEvent, DoorEventType
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import Sender, build, courier, door, resident


async def test_entry_that_ends_with_its_time_is_answered_as_admitted(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bolt = Bolt()
    house = await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await house.settle()
    monkeypatch.setattr(inbox_module, "REPLY_WITHIN", 1.5)

    @callback
    def slow(event: DoorEvent) -> None:
        # An automation's work in the loop, past the deadline.
        if event.type is DoorEventType.ENTRY_ADMITTED:
            ends = time.monotonic() + 2
            while time.monotonic() < ends:
                pass

    for door_id in house.building.directory.doors:
        house.building.events.listen(door_id, slow)
    answer = await sender.enter(message_id="msg_1")
    assert bolt.names.count("unlock") == 1
    assert answer.status == 200, answer.problem
    assert answer.body["decision"] == "admitted"
