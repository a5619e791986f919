"""A command completes even if its caller is canceled."""

import asyncio
from collections.abc import Coroutine
import threading

from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.api.commands import (
    async_confirm_keys,
)
from custom_components.courier_access.api.permissions import async_acting
from custom_components.courier_access.ledger.upkeep.restore import await_keys
from tests.support.house import ALWAYS, House, ask, build, courier, door, resident
from tests.support.people import People, acting, user


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
    )
    ada = acting(people["Ada"])
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    await house.settle()
    return house


async def cut_off(house: House, people: People, action: str, **data: object) -> None:
    """Call an action as Ada and cancel the call while the ledger is busy."""
    subject = house.device("resident-ada") if action == "set_rules" else house.device()
    await cut_off_deed(
        house,
        house.hass.services.async_call(
            "courier_access",
            action,
            {"device_id": subject.id} | data,
            blocking=True,
            context=acting(people["Ada"]),
        ),
    )


async def cut_off_deed(house: House, deed: Coroutine[object, object, object]) -> None:
    """Start a command and cancel it while the ledger is busy."""
    go_on = threading.Event()
    busy = asyncio.create_task(house.building.ledger.read(lambda _: go_on.wait(10)))
    call = asyncio.create_task(deed)
    for _ in range(20):
        await asyncio.sleep(0)
    assert not call.done()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    go_on.set()
    await busy
    await house.settle()


async def test_pause_completes_after_its_caller_is_canceled(
    house: House, people: People
) -> None:
    await cut_off(house, people, "pause")

    assert house.building.rulebook.pauses.of_building() is not None


async def test_withdrawal_completes_after_its_caller_is_canceled(
    house: House, people: People
) -> None:
    await cut_off(house, people, "set_rules", consent=False)

    assert house.building.rulebook.of("resident-ada").consent is Consent.WITHDRAWN
    assert not house.building.rulebook.turn.locked()


async def test_confirming_keys_completes_after_its_caller_is_canceled(
    hass: HomeAssistant, house: House
) -> None:
    await house.building.ledger.write(await_keys)
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert not house.building.answers_couriers
    owner = acting(await user(hass, "Otto", admin=True))
    actor = await async_acting(house.building, owner)

    await cut_off_deed(house, async_confirm_keys(house.building, actor))

    assert house.building.answers_couriers
