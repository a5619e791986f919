"""Listeners that fail."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.event import CourierEvent
from custom_components.courier_access.home_assistant.callbacks import Listeners
from tests.support.house import Sender, build


def test_failing_listener_is_logged_and_others_are_called(
    caplog: pytest.LogCaptureFixture,
) -> None:
    listeners = Listeners[int]()
    calls: list[int] = []

    def fail(_number: int) -> None:
        raise ArithmeticError("unforeseen")

    listeners.add(fail)
    stop = listeners.add(calls.append)
    listeners.call(1)
    stop()
    listeners.call(2)

    assert calls == [1]
    assert "unforeseen" in caplog.text


def test_stopping_a_listener_twice_is_harmless() -> None:
    listeners = Listeners[int]()
    calls: list[int] = []
    stop, *_ = listeners.add(calls.append), listeners.add(calls.append)

    stop()
    stop()
    listeners.call(1)

    assert calls == [1]


async def test_failing_entity_does_not_affect_entry(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()

    def fail(_entity: CourierEvent) -> None:
        raise ArithmeticError("unforeseen")

    monkeypatch.setattr(CourierEvent, "async_write_ha_state", fail)
    entered = await sender.enter()
    await house.settle()

    assert (entered.status, entered.body["outcome"]) == (200, "opened")
    assert [name for name, _ in house.told] == ["Ada"]
