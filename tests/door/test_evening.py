"""Whatever happens at a door, in any order."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from custom_components.courier_access.door import (
    DoorSettings,
    DoorUnavailable,
    Opening,
    Position,
    Story,
)
from custom_components.courier_access.story import Phase
from tests.door_parts import (
    BOLT,
    CONTACT,
    Bolt,
    FrontDoor,
)


class Evening:
    """An evening at a door: whatever may happen there, in any order."""

    def __init__(self, door: FrontDoor, bolt: Bolt) -> None:
        self.door = door
        self.bolt = bolt
        self.entries: list[str] = []
        self.entering: asyncio.Task[Opening] | None = None
        self.in_hands = False
        """Whether somebody else unlocked or jammed the door since it last read locked."""

    async def happen(self, what: str) -> None:
        match what:
            case "enter":
                await self.finish_entering()
                self.entries.append(f"e{len(self.entries)}")
                self.entering = self.door.begin_to_enter(self.entries[-1])
            case "obey" | "ignore":
                self.bolt.obeys = what == "obey"
                self.bolt.raises = None
            case "raise":
                self.bolt.raises = HomeAssistantError("no power")
            case "unlock late" if self.door.driver._in_phase(Phase.WATCHING):
                self.bolt.move(locked=False)
            case "report":
                self.bolt.report()
            case "jam":
                self.in_hands = True
                self.bolt.move(jammed=True)
            case "lock at the door":
                self.bolt.move(locked=True, context=Context())
            case "unlock at the door":
                self.in_hands = True
                self.bolt.move(locked=False, context=Context())
            case "lock by hand":
                await self.by_hand(self.door.driver.by_hand_lock)
            case "unlock by hand":
                self.in_hands = True
                await self.by_hand(self.door.driver.by_hand_unlock)
            case "leaf on" | "leaf off" | "leaf unknown":
                self.door.leaf(what.removeprefix("leaf "))
            case "lose opener" | "find opener":
                self.bolt.reachable(what == "find opener")
        await self.door.settle()
        self.in_hands &= self.door.driver.position is not Position.LOCKED

    async def by_hand(self, command: Callable[[Context], Awaitable[None]]) -> None:
        with suppress(HomeAssistantError):
            await command(Context())

    async def finish_entering(self) -> None:
        if self.entering is not None:
            await self.door.settle()
            if not self.entering.done():
                await self.door.pass_time(8)  # perhaps for a lock command that is under way
                await self.door.pass_time(8)
            try:
                await self.entering
            except DoorUnavailable:
                self.entries.pop()
            self.entering = None

    async def end(self) -> None:
        """Everything works again, and time enough passes."""
        await self.finish_entering()
        for what in ("obey", "find opener", "leaf off"):
            await self.happen(what)
        for _ in range(8):
            await self.door.pass_time(61)
        await self.door.driver.async_stop()


@hypothesis_settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
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
                    "unlock late",
                    "report",
                    "jam",
                    "lock at the door",
                    "unlock at the door",
                    "lock by hand",
                    "unlock by hand",
                    "leaf on",
                    "leaf off",
                    "leaf unknown",
                    "lose opener",
                    "find opener",
                )
            ),
            st.sampled_from((0, 1, 5, 9, 61)),
        ),
        max_size=15,
    )
)
async def test_whatever_happens_a_courier_leaves_no_door_unlocked_and_every_story_ends_once(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    door: FrontDoor,
    bolt: Bolt,
    happenings: list[tuple[str, int]],
) -> None:
    bolt.obeys, bolt.raises = True, None
    bolt.reachable(True)
    bolt.move(locked=True)
    fresh = FrontDoor(hass, freezer, DoorSettings(opener=BOLT, contact=CONTACT))
    fresh.leaf("off")
    await fresh.driver.async_start()
    evening = Evening(fresh, bolt)
    for what, then in happenings:
        await evening.happen(what)
        await fresh.pass_time(then)
    await evening.end()

    for entry in evening.entries:
        stories = fresh.stories(entry)
        assert stories[-1] is Story.COMPLETED
        assert len(stories) == len(set(stories))
    assert sorted(fresh.done) == sorted(evening.entries)
    assert evening.in_hands or fresh.driver.position is Position.LOCKED
