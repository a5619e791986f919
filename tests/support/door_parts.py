"""Parts for tests of a door: entities that behave as a test says, and a door wired to them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from copy import replace
from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.lock import LockEntity
from homeassistant.components.lock.const import LockEntityFeature
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
    setup_test_component_platform,
)

from custom_components.courier_access.access.model import (
    Door,
    GrantKey,
    Opening,
    Reason,
)
from custom_components.courier_access.doors.driver import (
    DoorDriver,
    LifecycleEvent,
    LifecycleStep,
    Reports,
)
from custom_components.courier_access.doors.openers import DoorSettings, Position
from custom_components.courier_access.ledger.state.entries import Relock

CONTACT = "binary_sensor.front_leaf"
BOLT = "lock.bolt"


class Bolt(LockEntity):
    """A lock on the test's strings: it may obey, lag, hang, raise or jam."""

    _attr_should_poll = False
    _attr_name = "Bolt"
    _attr_unique_id = "bolt"

    def __init__(self, *, locked: bool | None = True, assumed: bool = False) -> None:
        self._attr_is_locked = locked
        self._attr_assumed_state = assumed
        self._attr_supported_features = LockEntityFeature.OPEN
        self.obeys = True
        self.raises: BaseException | None = None
        self.hangs: asyncio.Event | None = None
        self.commands: list[tuple[str, Context | None]] = []
        self.cancelled: list[str] = []

    @property
    def names(self) -> list[str]:
        """The names of the commands that came."""
        return [name for name, _ in self.commands]

    async def async_lock(self, **kwargs: Any) -> None:
        await self._take("lock", locked=True)

    async def async_unlock(self, **kwargs: Any) -> None:
        await self._take("unlock", locked=False)

    async def async_open(self, **kwargs: Any) -> None:
        await self._take("open", locked=False, opened=True)

    async def _take(self, name: str, *, locked: bool, opened: bool = False) -> None:
        self.commands.append((name, self._context))
        if self.hangs is not None:
            try:
                await self.hangs.wait()
            except asyncio.CancelledError:
                self.cancelled.append(name)
                raise
        if self.raises is not None:
            raise self.raises
        if self.obeys:
            self.move(locked=locked, opened=opened)

    def move(
        self,
        *,
        locked: bool | None = None,
        opened: bool = False,
        jammed: bool = False,
        unlocking: bool = False,
        context: Context | None = None,
    ) -> None:
        """Report a position; the context stays that of the last command unless one is given."""
        self._attr_is_locked = locked
        self._attr_is_open = opened
        self._attr_is_jammed = jammed
        self._attr_is_unlocking = unlocking
        self.report(context)

    def report(self, context: Context | None = None) -> None:
        """Report the position again."""
        if context is not None:
            self.async_set_context(context)
        self.async_write_ha_state()

    def reachable(self, reachable: bool) -> None:
        """Become available or unavailable."""
        self._attr_available = reachable
        self.async_write_ha_state()


async def install_bolt(hass: HomeAssistant, bolt: Bolt) -> str:
    """Add the lock to Home Assistant; return its registry id."""
    setup_test_component_platform(hass, "lock", [bolt])
    assert await async_setup_component(hass, "lock", {"lock": {"platform": "test"}})
    await hass.async_block_till_done()
    entry = er.async_get(hass).async_get(BOLT)
    assert entry is not None
    return entry.id


async def install_template(
    hass: HomeAssistant, domain: str, config: Mapping[str, Any], switch: str = "bolt"
) -> str:
    """Add a template entity named "front" over an input_boolean; return its registry id."""
    assert await async_setup_component(
        hass, "input_boolean", {"input_boolean": {switch: {}}}
    )
    assert await async_setup_component(
        hass,
        "template",
        {"template": [{domain: {"name": "front", "unique_id": "front", **config}}]},
    )
    await hass.async_block_till_done()
    entry = er.async_get(hass).async_get(f"{domain}.front")
    assert entry is not None
    return entry.id


def turn(onoff: str, switch: str = "bolt") -> dict[str, Any]:
    """Return an action that turns the input_boolean on or off."""
    return {
        "action": f"input_boolean.turn_{onoff}",
        "target": {"entity_id": f"input_boolean.{switch}"},
    }


class FrontDoor:
    """A door driver with its events and the time; observes its entries."""

    def __init__(
        self,
        hass: HomeAssistant,
        freezer: FrozenDateTimeFactory,
        settings: DoorSettings,
    ) -> None:
        self.hass = hass
        self.freezer = freezer
        self.events: list[LifecycleEvent] = []
        self.done: list[str] = []
        self.reports = Reports()
        self.reports.attach(self)
        door = Door("door-1", "front", "Front door")
        self.driver = DoorDriver(hass, door, settings, self.reports)

    def handle(self, event: LifecycleEvent) -> None:
        """Note an event."""
        self.events.append(event)
        is_over = event.kind is LifecycleStep.COMPLETED
        if is_over and event.entry_id not in self.done:
            self.done.append(event.entry_id)

    def deadline_done(self, entry_id: str) -> None:
        """Note an entry that needs no more locking, and isn't completed."""
        self.done.append(entry_id)

    def follows(self, entry_id: str) -> bool:
        """Whether an entry's lifecycle isn't over."""
        return LifecycleStep.COMPLETED not in self.steps(entry_id)

    async def reload(self, door: Door | None = None, **changes: Any) -> None:
        """Return the driver for a moment, and borrow it with changed settings."""
        driver = self.driver
        driver.entries.cut_short(self.reports)
        self.reports.attach(None)
        await self.settle()
        settings = replace(driver.settings, **changes)
        driver.configure(door or driver.door, settings, self.reports)
        self.reports.attach(self)

    def resume(
        self,
        entry_id: str,
        deadline: datetime,
        context: Context | None = None,
        *,
        confirmed: bool,
        cut_off: bool = False,
    ) -> None:
        """Take up what the disk knows of an entry from before a restart."""
        door = self.driver.door
        self.driver.resume(
            Relock(
                door_id=door.id,
                entry_id=entry_id,
                deadline=deadline,
                courier_name="UPS",
                door_name=door.name,
                context_id=(context or Context()).id,
                key=GrantKey("ups", "g1"),
                confirmed=confirmed,
                cut_off=cut_off,
            )
        )

    def steps(self, entry_id: str = "e1") -> list[LifecycleStep]:
        """Return the lifecycle steps of an entry."""
        return [event.kind for event in self.events if event.entry_id == entry_id]

    async def enter(
        self,
        entry_id: str = "e1",
        courier: str = "UPS",
        context: Context | None = None,
        still_allowed: Callable[[], Reason | None] = lambda: None,
    ) -> Opening:
        """Let a courier in; only for doors that answer without time passing."""
        return await self.driver.open(
            entry_id, courier, context or Context(), still_allowed
        )

    def start_entering(
        self, entry_id: str = "e1", courier: str = "UPS", context: Context | None = None
    ) -> asyncio.Task[Opening]:
        """Let a courier in, in a task of its own."""
        return asyncio.create_task(self.enter(entry_id, courier, context))

    async def enter_unconfirmed(
        self, entry_id: str = "e1", courier: str = "UPS"
    ) -> Opening:
        """Let a courier in through a door that does not confirm."""
        entering = self.start_entering(entry_id, courier)
        await self.settle()
        assert not entering.done()
        await self.pass_time(8)
        return await entering

    async def pass_time(self, seconds: float) -> None:
        """Let time pass, and all that was due in it happen."""
        self.freezer.tick(timedelta(seconds=seconds))
        async_fire_time_changed(self.hass)
        await self.settle()

    async def settle(self) -> None:
        """Let happen what happens without time passing."""
        for _ in range(10):
            await asyncio.sleep(0)

    def set_contact(self, state: str) -> None:
        """Let the contact sensor report."""
        self.hass.states.async_set(CONTACT, state)

    def shows(self, position: Position) -> bool:
        """Whether the lock entity would show that position."""
        return self.driver.position is position


type MakeDoor = Callable[..., Awaitable[FrontDoor]]
"""Makes a door of settings, and of a bolt if that opens it."""


def seconds_from_now(seconds: float) -> datetime:
    """Return the time in so many seconds."""
    return dt_util.utcnow() + timedelta(seconds=seconds)
