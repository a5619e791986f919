"""Test notify services that are missing, fail, hang, or flap: others go on."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import partial
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox.due import NotificationState
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.notifications.dispatcher import MAX_SENDS
from custom_components.courier_access.notifications.targets import SEND_WITHIN
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    told_of,
    until,
)
from tests.support.rows import kept_rows

MANY = 300


def over(*names: str) -> list[dict[str, str]]:
    return [{"kind": "action", "value": f"notify.{name}"} for name in names]


def register(
    hass: HomeAssistant,
    name: str,
    take: Callable[[ServiceCall], Coroutine[Any, Any, None]],
) -> None:
    hass.services.async_register("notify", name, take)


async def hang(_call: ServiceCall) -> None:
    await asyncio.Event().wait()


async def let_in(
    house: House, sender: Sender, grant_id: str = "G1", unit: str = "3B"
) -> str:
    """Admit a courier while time stands still; return the entry's ID."""
    await sender.grant(grant_id, (unit,))
    entered = await sender.enter(grant_id)
    assert (entered.body["decision"], entered.body["outcome"]) == ("admitted", "opened")
    return str(entered.body["entry_id"])


async def second_by_second(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    is_so: Callable[[], bool],
    most: int,
) -> int:
    """Let time pass until a condition holds; return the seconds it took."""
    for seconds in range(most + 1):
        await turns(hass)
        if is_so():
            return seconds
        freezer.tick(1)
        async_fire_time_changed(hass)
    raise AssertionError(f"not within {most} s")


async def turns(hass: HomeAssistant) -> None:
    """Run everything that needs no time, although something hangs."""
    [entry] = hass.config_entries.async_entries("courier_access")
    for _ in range(4):
        # The ledger's thread finishes jobs in order.
        await entry.runtime_data.ledger.read(lambda _: None)
        for _ in range(10):
            await asyncio.sleep(0)


async def test_hanging_services_delay_others_by_seconds_only(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    hanging = 5 * MAX_SENDS
    others = [f"Other{number}" for number in range(20)]
    house = await build(
        hass,
        door(),
        courier(),
        *(
            resident(
                f"Hung{number}",
                f"U{number}",
                targets=over(f"hung{number}", f"hung{number}b"),
            )
            for number in range(hanging)
        ),
        *(resident(name, name) for name in others),
    )
    for number in range(hanging):
        register(hass, f"hung{number}", hang)
        register(hass, f"hung{number}b", hang)

    await let_in(house, sender, unit="U1")

    def all_others_are_told() -> bool:
        return {name for name, _ in house.told} >= set(others)

    assert await second_by_second(hass, freezer, all_others_are_told, 30) <= 8


async def test_300_residents_with_hanging_first_services_are_notified_within_a_minute(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    everybody = [
        resident(
            f"R{number}", f"U{number}", targets=over(f"hung{number}", f"r{number}")
        )
        for number in range(MANY)
    ]
    house = await build(hass, door(), courier(), *everybody)
    for number in range(MANY):
        register(hass, f"hung{number}", hang)
    await let_in(house, sender, unit="U7")

    def notified() -> set[str]:
        return {name for name, text in house.told if "let in" in text}

    took = await second_by_second(hass, freezer, lambda: len(notified()) == MANY, 300)

    assert took <= 60
    assert len(house.told) == MANY


async def test_courier_is_admitted_at_once_while_300_notifications_hang(
    hass: HomeAssistant, sender: Sender
) -> None:
    everybody = [resident(f"R{number}", f"U{number}") for number in range(MANY)]
    house = await build(hass, door(), courier(), *everybody)
    for number in range(MANY):
        register(hass, f"r{number}", hang)
    await let_in(house, sender, "G1", "U1")
    await turns(hass)

    await let_in(house, sender, "G2", "U2")

    assert await hass.config_entries.async_unload(house.entry.entry_id)


async def test_slow_service_gets_its_time_and_is_not_called_twice(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    house = await build(hass, door(), courier(), resident(targets=over("ada", "aside")))
    calls: list[str] = []
    may_end = asyncio.Event()

    async def take(name: str, _call: ServiceCall) -> None:
        calls.append(name)
        await may_end.wait()

    register(hass, "ada", partial(take, "ada"))
    register(hass, "aside", partial(take, "aside"))
    entry_id = await let_in(house, sender)
    calls.clear()
    await until(lambda: bool(calls) or may_end.is_set())
    freezer.tick(SEND_WITHIN - 1)
    async_fire_time_changed(hass)
    await turns(hass)
    may_end.set()
    await house.settle()

    [notified] = (await told_of(house.building, [entry_id]))[entry_id]
    assert (notified.state, notified.over) == (NotificationState.SENT, ("notify.ada",))
    assert set(calls) == {"ada"}


async def test_flapping_service_delivers_everything_once_and_leaves_nobody_unreachable(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    house = await build(hass, door(), courier(), resident())
    taken: list[str] = []
    calls = 0

    async def flap(call: ServiceCall) -> None:
        nonlocal calls
        calls += 1
        if calls % 2:
            raise HomeAssistantError("down again")
        taken.append(call.data["message"])

    register(hass, "ada", flap)
    entry_ids = []
    for number in range(6):
        entry_ids.append(await let_in(house, sender, f"G{number}"))
        await house.settle()
        await pass_time(hass, freezer, 61)
        await house.settle()
    for _ in range(20):
        await pass_time(hass, freezer, 300)
        await house.settle()

    notified = await told_of(house.building, entry_ids)
    assert {one.state for by in notified.values() for one in by} == {
        NotificationState.SENT
    }
    assert len({text for text in taken if "let in" in text}) == len(entry_ids)
    assert len(taken) == len(set(taken))
    assert not unreachable(hass)


async def test_service_that_loads_late_clears_the_repair_issue(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    house = await build(
        hass, door(), courier(), resident("Ada"), resident("Cleo", "4A")
    )
    hass.services.async_remove("notify", "cleo")
    freezer.tick(1)  # since she was invited
    await let_in(house, sender)
    await house.settle()
    await house.reload()
    for _ in range(13):
        await pass_time(hass, freezer, 300)
        await house.settle()
    assert unreachable(hass) == {"resident_unreachable_resident-cleo"}
    assert [name for name, _ in house.told] == ["Ada"]

    late: list[str] = []

    async def take(call: ServiceCall) -> None:
        late.append(call.data["message"])

    register(hass, "cleo", take)
    await house.reload()

    assert any("let in" in text for text in late)
    assert not unreachable(hass)


def unreachable(hass: HomeAssistant) -> set[str]:
    return {
        issue_id
        for domain, issue_id in ir.async_get(hass).issues
        if domain == "courier_access" and issue_id.startswith("resident_unreachable")
    }


async def test_running_turn_is_committed_when_the_ledger_closes(
    hass: HomeAssistant,
) -> None:
    house = await build(hass)
    await house.settle()
    building = house.building
    await building.rulebook.pauses.pause(Author())
    await asyncio.sleep(0)
    for task in building.notifications._under_way():
        task.cancel()
    await building.ledger.close()

    ledger = Ledger(ledger_path(hass, house.entry.entry_id))
    await ledger.open()
    try:
        query = "SELECT expanded_at FROM fanouts WHERE kind = 'access_paused'"
        [notified] = await kept_rows(ledger, query, datetime | None)
    finally:
        await ledger.close()
    assert notified is not None
