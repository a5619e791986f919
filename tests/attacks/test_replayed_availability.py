"""Test that a question on availability is worked out once, however often it comes."""

from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import orjson
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.policy import availability
from custom_components.courier_access.couriers import inbox
from tests.support.house import Sender, build


async def test_replayed_question_is_not_worked_out_again(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await build(hass)
    sender, now = Sender(await hass_client_no_auth()), dt_util.utcnow()
    body = orjson.dumps(
        {
            "type": "availability.requested",
            "timestamp": now.isoformat(),
            "data": {
                "units": ["3B"],
                "from": now.isoformat(),
                "until": (now + timedelta(days=7)).isoformat(),
            },
        }
    ).decode()
    worked_out = 0

    def counted(*args: Any, **named: Any) -> object:
        nonlocal worked_out
        worked_out += 1
        return availability(*args, **named)

    monkeypatch.setattr(inbox, "availability", counted)
    first = await sender.post(body, message_id="msg_a")
    again = [await sender.post(body, message_id="msg_a") for _ in range(3)]

    assert first.status == 200
    assert [each.body["replayed"] for each in again] == [True] * 3
    assert worked_out == 1
