"""Floods and services that hang: nobody can keep a neighbor from being notified, nor din a resident's ears."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.notifications import (
    dispatcher as notifications,
    targets,
)
from tests.ledger.filled import owed_entry
from tests.support.house import (
    ALWAYS,
    NEVER,
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    until,
)

HANGING = 20
"""More entries than notifications are sent at once."""


async def two_units(hass: HomeAssistant, windows: Mapping[str, Any] = ALWAYS) -> House:
    return await build(
        hass,
        door(),
        courier(rate_per_minute=600),
        resident("Ada", "3B", windows),
        resident("Cleo", "4A"),
    )


def told(house: House, name: str) -> int:
    return sum(who == name for who, _ in house.told)


async def enqueue(house: House, number: int, reason: Reason) -> None:
    """Owe the notifications of an entry, as if each came from another courier."""
    await house.building.ledger.write(
        partial(
            owed_entry,
            entry_id=f"entry-{number}",
            at=dt_util.utcnow(),
            reason=reason,
            courier_id=f"courier-{number}",
            revision=house.building.rulebook.set_revision,
        )
    )


async def hang_until(event: asyncio.Event, _call: ServiceCall) -> None:
    await event.wait()


async def pass_over_cancellation_until(
    event: asyncio.Event, _call: ServiceCall
) -> None:
    while not event.is_set():
        with suppress(asyncio.CancelledError):
            await event.wait()


type Service = Callable[[asyncio.Event, ServiceCall], Coroutine[Any, Any, None]]


@pytest.mark.parametrize("service", [hang_until, pass_over_cancellation_until])
async def test_a_units_hanging_target_delays_no_neighbors_notification(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator, service: Service
) -> None:
    house = await two_units(hass)
    sender = Sender(await hass_client_no_auth())
    may_end = asyncio.Event()
    hass.services.async_register("notify", "ada", partial(service, may_end))
    for number in range(HANGING):
        await sender.grant(f"S{number}", door="nowhere")
        await sender.enter(f"S{number}")
        await enqueue(house, number, Reason.EXPIRED)
    house.building.notifications.wake()
    await sender.grant("G1")
    assert (await sender.enter("G1")).body["decision"] == "admitted"

    await until(lambda: told(house, "Cleo") == 1)

    may_end.set()
    await house.settle()


async def test_many_admitted_entries_of_a_hanging_target_delay_no_neighbors_notification(
    hass: HomeAssistant,
) -> None:
    house = await two_units(hass)
    may_end = asyncio.Event()
    hass.services.async_register("notify", "ada", partial(hang_until, may_end))
    for number in range(HANGING):
        await enqueue(house, number, Reason.OK)
    house.building.notifications.wake()

    await until(lambda: told(house, "Cleo") == HANGING)

    may_end.set()
    await house.settle()


async def test_a_service_that_ignores_its_cancellation_delays_neither_sending_nor_unloading(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(targets, "SEND_WITHIN", 0)
    # Unloading never has to give up what it waits for: no send waits for what was cancelled.
    monkeypatch.setattr(notifications, "STOP_WITHIN", 3600)
    house = await two_units(hass)
    may_end, calls = asyncio.Event(), 0

    async def take(call: ServiceCall) -> None:
        nonlocal calls
        calls += 1
        await pass_over_cancellation_until(may_end, call)
        raise ValueError("too late for anyone")

    hass.services.async_register("notify", "ada", take)
    for number in range(HANGING):
        await enqueue(house, number, Reason.OK)
    house.building.notifications.wake()
    await until(lambda: told(house, "Cleo") == HANGING)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    assert (await sender.enter()).body["decision"] == "admitted"

    assert await hass.config_entries.async_unload(house.entry.entry_id)
    assert told(house, "Cleo") == HANGING + 1
    assert calls <= 2

    may_end.set()
    await house.settle()
    assert "never retrieved" not in caplog.text


@pytest.mark.parametrize("more_units", [False, True])
async def test_a_resident_is_not_pushed_to_for_every_grant_a_courier_makes_up(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    more_units: bool,
) -> None:
    house = await two_units(hass, NEVER)
    sender = Sender(await hass_client_no_auth())

    async def make_up(name: str) -> None:
        for number in range(25):
            units = ("3B", f"X{number}") if more_units else ("3B",)
            await sender.grant(f"{name}{number}", units)
            assert (await sender.enter(f"{name}{number}")).body["decision"] == "refused"
        await house.settle()

    await make_up("A")
    assert told(house, "Ada") == 1

    await pass_time(hass, freezer, timedelta(minutes=11).total_seconds())
    await make_up("B")
    assert told(house, "Ada") == 2
    assert told(house, "Cleo") == 0
