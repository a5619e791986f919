"""Random sequences of events at a door."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from hypothesis import (
    HealthCheck,
    example,
    given,
    settings as hypothesis_settings,
    strategies as st,
)

from custom_components.courier_access.access.model import Opening
from custom_components.courier_access.doors.commands import DoorUnavailable
from custom_components.courier_access.doors.driver import LifecycleStep, Phase
from custom_components.courier_access.doors.openers import DoorSettings, Position
from tests.support.door_parts import (
    BOLT,
    CONTACT,
    Bolt,
    FrontDoor,
    install_bolt,
    seconds_from_now,
)


class DoorModel:
    """A door at which events happen in any order."""

    def __init__(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, bolt: Bolt
    ) -> None:
        self.hass = hass
        self.freezer = freezer
        self.bolt = bolt
        self.door = self.new_door()
        self.before: list[FrontDoor] = []
        """The doors before each restart."""
        self.entries: list[str] = []
        self.deadlines: dict[str, tuple[datetime, bool]] = {}
        """Each entry's deadline, and whether the unlock was seen in time."""
        self.entering: asyncio.Task[Opening] | None = None
        self.used_manually = False
        """Whether somebody else unlocked or jammed the door since it was locked."""

    def new_door(self) -> FrontDoor:
        settings = DoorSettings(opener=BOLT, contact=CONTACT)
        return FrontDoor(self.hass, self.freezer, settings)

    @property
    def done(self) -> list[str]:
        """The entries that need no more locking, across restarts."""
        return [entry for door in (*self.before, self.door) for entry in door.done]

    async def happen(self, what: str) -> None:
        match what:
            case "enter":
                await self.finish_entering()
                self.entries.append(f"e{len(self.entries)}")
                self.deadlines[self.entries[-1]] = seconds_from_now(21), False
                self.entering = self.door.start_entering(self.entries[-1])
            case "obey" | "ignore":
                self.bolt.obeys = what == "obey"
                self.bolt.raises = None
            case "hang" if self.bolt.hangs is None:
                self.bolt.hangs = asyncio.Event()
            case "return call" if self.bolt.hangs is not None:
                self.bolt.hangs.set()
                self.bolt.hangs = None
            case "begin to unlock" if self.expected:
                self.bolt.move(locked=True, unlocking=True)
            case "reload":
                await self.reload()
            case "restart":
                await self.restart()
            case "stop in order":
                await self.stop_in_order()
            case "raise":
                self.bolt.raises = HomeAssistantError("no power")
            case "unlock late" if self.expected:
                self.bolt.move(locked=False)
            case "report":
                self.bolt.report()
            case "jam":
                self.used_manually = True
                self.bolt.move(jammed=True)
            case "lock at the door":
                self.bolt.move(locked=True, context=Context())
            case "unlock at the door":
                self.used_manually = True
                self.bolt.move(locked=False, context=Context())
            case "lock manually" if self.bolt.hangs is None:
                await self.manual(self.door.driver.lock_manually)
            case "unlock manually" if self.bolt.hangs is None:
                self.used_manually = True
                await self.manual(self.door.driver.unlock_manually)
            case "contact on" | "contact off" | "contact unknown":
                self.door.set_contact(what.removeprefix("contact "))
            case "lose opener" | "find opener":
                self.bolt.reachable(what == "find opener")
        await self.door.settle()
        self.used_manually &= self.door.driver.position is not Position.LOCKED

    @property
    def expected(self) -> bool:
        """Return whether the door may unlock for a courier, in time or late."""
        return bool(self.door.driver.entries.in_phase(Phase.OPENING, Phase.WATCHING))

    async def reload(self) -> None:
        """Reload the building, which waits for its entries."""
        await self.finish_entering()
        await self.door.reload()

    async def restart(self) -> None:
        """Restart with the deadlines on disk."""
        await self.finish_entering()
        driver = self.door.driver
        if driver.relock.deadline is not None and not driver.entries.in_phase(
            Phase.UNLOCKED
        ):
            return  # the unlock belongs to no entry on disk
        driver.entries.cut_short(self.door.reports)
        driver.stop()
        self.before.append(self.door)
        self.door = self.new_door()
        self.door.driver.start()
        for entry in self.entries:
            if entry not in self.done:
                deadline, confirmed = self.deadlines[entry]
                self.door.resume(entry, deadline, confirmed=confirmed)

    async def stop_in_order(self) -> None:
        """Lock up as Home Assistant does when it stops, and restart."""
        door, bolt = self.door, self.bolt
        door.driver.lock_up()
        await door.pass_time(8)
        is_unlocked = door.driver.position.lets_in and not self.used_manually
        works = bolt.obeys and bolt.raises is None and bolt.hangs is None
        contact = self.hass.states.get(CONTACT)
        if works and bolt.available and contact is not None and contact.state == "off":
            assert not is_unlocked
        await self.restart()
        if is_unlocked and door is not self.door:
            assert LifecycleStep.LEFT_UNLOCKED in {event.kind for event in door.events}

    async def manual(self, command: Callable[[Context], Awaitable[None]]) -> None:
        with suppress(HomeAssistantError):
            await command(Context())

    async def finish_entering(self) -> None:
        if self.entering is not None:
            await self.door.settle()
            if not self.entering.done():
                await self.door.pass_time(8)  # possibly for a running lock command
                await self.door.pass_time(8)
            try:
                opening = await self.entering
            except DoorUnavailable:
                self.entries.pop()
            else:
                deadline, _ = self.deadlines[self.entries[-1]]
                self.deadlines[self.entries[-1]] = (
                    opening.unlocked_until or deadline,
                    opening.confirmed,
                )
            self.entering = None

    async def end(self) -> None:
        """Repair everything and let enough time pass."""
        await self.finish_entering()
        for what in ("obey", "return call", "find opener", "contact off"):
            await self.happen(what)
        for _ in range(8):
            await self.door.pass_time(61)
        self.door.driver.stop()


@hypothesis_settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    happenings=st.lists(
        st.tuples(
            st.sampled_from(
                (
                    "enter",
                    "obey",
                    "ignore",
                    "raise",
                    "hang",
                    "return call",
                    "begin to unlock",
                    "reload",
                    "restart",
                    "stop in order",
                    "unlock late",
                    "report",
                    "jam",
                    "lock at the door",
                    "unlock at the door",
                    "lock manually",
                    "unlock manually",
                    "contact on",
                    "contact off",
                    "contact unknown",
                    "lose opener",
                    "find opener",
                )
            ),
            st.sampled_from((0, 1, 5, 9, 61)),
        ),
        max_size=15,
    )
)
@example(
    happenings=[("contact on", 5), ("unlock manually", 9), ("enter", 0), ("reload", 61)]
)
async def test_door_is_locked_and_entries_complete_once_in_any_order(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    bolt: Bolt,
    happenings: list[tuple[str, int]],
) -> None:
    if hass.states.get(BOLT) is None:
        await install_bolt(hass, bolt)
    bolt.obeys, bolt.raises, bolt.hangs = True, None, None
    bolt.reachable(True)
    bolt.move(locked=True)
    model = DoorModel(hass, freezer, bolt)
    model.door.set_contact("off")
    model.door.driver.start()
    for what, then in happenings:
        await model.happen(what)
        await model.door.pass_time(then)
    await model.end()

    for door in (*model.before, model.door):
        for entry in model.entries:
            stories = door.steps(entry)
            assert len(stories) == len(set(stories))
    events = [event for door in (*model.before, model.door) for event in door.events]
    for entry in model.entries:
        kinds = [event.kind for event in events if event.entry_id == entry]
        assert kinds.count(LifecycleStep.COMPLETED) == 1
    assert sorted(model.done) == sorted(model.entries)
    assert model.used_manually or model.door.driver.position is Position.LOCKED
