"""Home Assistant stops in order: what doors, couriers, and residents get of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import orjson
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.home_assistant.host import is_stopping
from custom_components.courier_access.ledger.ledger import Ledger
from tests.support.house import House, until
from tests.support.rows import bodies
from tests.support.verified import verified


@dataclass(slots=True)
class Stop:
    """A stop of Home Assistant that is under way; time passes only if a test lets it."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    task: asyncio.Task[None] = field(init=False)

    def __post_init__(self) -> None:
        """Begin to stop."""
        self.task = asyncio.create_task(self.hass.async_stop(force=True))

    async def begun(self, house: House) -> None:
        """Wait until no courier is let into a building anymore."""
        await until(lambda: is_stopping(self.hass))

    async def pass_time(self, seconds: float) -> None:
        """Let time pass, and all that was due in it happen."""
        self.freezer.tick(seconds)
        async_fire_time_changed(self.hass)
        for _ in range(50):
            await asyncio.sleep(0)


@asynccontextmanager
async def ledger_after_stop(house: House) -> AsyncIterator[Ledger]:
    """Open the ledger that a stopped building left."""
    ledger = Ledger(ledger_path(house.hass, house.entry.entry_id))
    await ledger.open()
    try:
        assert (await verified(ledger)).intact
        yield ledger
    finally:
        await ledger.close()


async def recorded(ledger: Ledger, kind: str) -> list[dict[str, object]]:
    """Return the bodies of the records of a kind."""
    return [orjson.loads(body) for body in await bodies(ledger, kind)]
