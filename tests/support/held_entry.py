"""An entry held between its claim and its command."""

import asyncio
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.courier_access.access.model import GrantKey

from .door_parts import Bolt
from .house import Answer, House, Sender, until


async def hold_second_entry(
    house: House,
    bolt: Bolt,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
    message_id: str,
    **grant: Any,
) -> asyncio.Task[Answer]:
    """Let a courier in once, and hold the next entry after its claim, until `bolt.hangs` is set.

    A lock command that hangs holds the next courier's own command back. No notification follows for the first entry.
    """
    await sender.grant(max_entries=2, **grant)
    await sender.enter()
    await house.settle()
    house.told.clear()
    bolt.hangs = asyncio.Event()
    freezer.tick(6)
    async_fire_time_changed(house.hass)
    await until(lambda: "lock" in bolt.names)
    entering = asyncio.create_task(sender.enter(message_id=message_id))
    await until(lambda: _uses(house) == 2)
    return entering


async def let_go(house: House, bolt: Bolt, entering: asyncio.Task[Answer]) -> Answer:
    """Let the held entry go on to its end."""
    assert bolt.hangs is not None
    bolt.hangs.set()
    answer = await entering
    await house.settle()
    return answer


def _uses(house: House) -> int:
    grant = house.building.grants.live(GrantKey("courier-parcel-post", "G1"))
    return 0 if grant is None else grant.uses
