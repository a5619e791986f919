"""Give couriers fair turns at a door."""

import asyncio
from dataclasses import dataclass
from itertools import count


@dataclass(frozen=True, slots=True, eq=False)
class _Waiter:
    """An entry that waits for its turn."""

    courier_id: str
    given: asyncio.Future[None]


class DoorTurn:
    """A lock that one entry holds at a time.

    The next turn goes to the courier whose last turn is longest ago, so a courier waits
    for at most one turn of each other courier.
    """

    def __init__(self) -> None:
        self._is_held = False
        self._waiting: list[_Waiter] = []
        self._turns = count(1)
        self._last_turn: dict[str, int] = {}

    @property
    def is_held(self) -> bool:
        """Return whether an entry has its turn."""
        return self._is_held

    @property
    def is_awaited(self) -> bool:
        """Return whether an entry waits for its turn."""
        return bool(self._waiting)

    async def acquire(self, courier_id: str, within: float) -> None:
        """Wait for a turn for one of a courier's entries.

        Raises:
            TimeoutError: others hold it for more than these seconds.

        """
        if not self._is_held:
            self._is_held = True
            self._last_turn[courier_id] = next(self._turns)
            return
        waiting = _Waiter(courier_id, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        try:
            async with asyncio.timeout(within):
                await waiting.given
        except asyncio.CancelledError, TimeoutError:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
            else:
                # The turn was given just before.
                self.release()
            raise

    def release(self) -> None:
        """End the turn and give the next one."""
        # A waiter that was just canceled is still listed.
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
