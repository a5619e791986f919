"""A command completes even if its caller is canceled."""

import asyncio
from collections.abc import Coroutine

from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.api.commands import (
    async_confirm_keys,
)
from custom_components.courier_access.api.permissions import async_acting
from custom_components.courier_access.ledger.upkeep.restore import await_keys
from tests.ledger.parts import busy
from tests.support.house import House, build, courier, do, door
from tests.support.people import People


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    house = await build(hass, door(), courier(), *await people.homes(Ada="3B"))
    await people.consent(house, "Ada")
    await house.settle()
    return house


async def cancel(house: House, command: Coroutine[object, object, object]) -> None:
    """Start a command and cancel it while the ledger is busy."""
    async with busy(house.building.ledger):
        call = asyncio.create_task(command)
        for _ in range(20):
            await asyncio.sleep(0)
        assert not call.done()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    await house.settle()


async def test_pause_and_withdrawal_complete(house: House, people: People) -> None:
    ada, rulebook = people.acting("Ada"), house.building.rulebook
    await cancel(house, do(house, "pause", ada))
    assert rulebook.pauses.until() is not None

    await cancel(house, do(house, "set_rules", ada, "resident-ada", consent=False))
    assert rulebook.of("resident-ada").consent is Consent.WITHDRAWN
    assert not rulebook.turn.locked()


async def test_confirming_keys_completes(house: House, people: People) -> None:
    await house.building.ledger.write(await_keys)
    await house.reload()
    assert not house.building.host.answers_couriers
    owner = await async_acting(house.building, await people.owner())

    await cancel(house, async_confirm_keys(house.building, owner))

    assert house.building.host.answers_couriers
