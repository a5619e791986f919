"""Give couriers their turns at a door so that none keeps the others out."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count


@dataclass(frozen=True, slots=True, eq=False)
class _Waiter:
    """One entry that waits for its turn."""

    courier_id: str
    given: asyncio.Future[None]


class DoorTurn:
    """A lock that one entry at a time holds.

    Of those that wait, the next turn goes to the courier whose last turn was longest ago. So a courier waits for at
    most one turn of each of the others, however many entries they ask for.
    """

    def __init__(self) -> None:
        """Begin with nobody at the door."""
        self._is_held = False
        self._waiting: list[_Waiter] = []
        self._turns = count(1)
        self._last_turn: dict[str, int] = {}

    @property
    def is_held(self) -> bool:
        """Whether an entry has its turn."""
        return self._is_held

    @property
    def is_awaited(self) -> bool:
        """Whether an entry waits for its turn."""
        return bool(self._waiting)

    async def acquire(self, courier_id: str) -> None:
        """Wait for the turn of one of a courier's entries."""
        if not self._is_held:
            self._is_held = True
            self._last_turn[courier_id] = next(self._turns)
            return
        waiting = _Waiter(courier_id, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        try:
            await waiting.given
        except asyncio.CancelledError:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
            else:
                # The turn came together with the cancellation: it goes to the next.
                self.release()
            raise

    def release(self) -> None:
        """End a turn, and give the next one."""
        # One that was cancelled a moment ago is still there.
        waiting = [each for each in self._waiting if not each.given.done()]
        if not waiting:
            self._is_held = False
            return
        following = min(
            waiting, key=lambda each: self._last_turn.get(each.courier_id, 0)
        )
        self._waiting.remove(following)
        self._last_turn[following.courier_id] = next(self._turns)
        following.given.set_result(None)

    @asynccontextmanager
    async def of(self, courier_id: str) -> AsyncGenerator[None]:
        """Hold a turn of one of a courier's entries."""
        await self.acquire(courier_id)
        try:
            yield
        finally:
            self.release()
