"""Write outcomes, vetoes, and the like in order, later if it can't be done now."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
import logging
from typing import Any, Final

from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..home_assistant.callbacks import Timer
from ..home_assistant.host import Host
from ..ledger.ledger import Ledger, LedgerUnavailable, Transaction
from ..ledger.queue import LOOSENING, Button
from ..ledger.state.entries import is_known_entry
from .actions import PhoneActions

TRY_AGAIN_AFTER: Final = (5.0, 15.0, 60.0)
"""Seconds between tries; the last pause repeats."""

_LOGGER: Final = logging.getLogger(__name__)


@dataclass(slots=True)
class _Write[T]:
    """One write, about an entry or none, and what follows it in memory."""

    entry_id: str | None
    work: Callable[[Transaction], T]
    then: Callable[[T], None]
    is_done: bool = False
    result: T | None = None

    async def do(self, ledger: Ledger) -> None:
        follow = await ledger.write(self._write)
        self.is_done = True
        follow()

    def _write(self, transaction: Transaction) -> Callable[[], None]:
        if self.entry_id and not is_known_entry(transaction.conn, self.entry_id):
            return lambda: None  # The entry was in a ledger that is lost.
        self.result = result = self.work(transaction)
        return partial(self.then, result)


LEFT_TO_WRITE: HassKey[dict[str, deque[_Write[Any]]]] = HassKey(
    f"{DOMAIN}_left_to_write"
)


class LateWrites:
    """Write to the disk, then follow in memory, one after the other.

    Until all is written, the disk is behind: a use that was consumed looks free, a
    rolled-back claim reads *admitted*, and a vetoed unit still accepts. So no courier
    is answered before `catch_up`. Writes that are left survive hand-overs and
    reloads.

    LedgerUnavailable is raised if something can't be written yet; it is left.
    """

    def __init__(self, host: Host, ledger: Ledger, actions: PhoneActions) -> None:
        """Begin with the writes that the former building left."""
        self._host = host
        self._ledger = ledger
        self._left = host.hass.data.setdefault(LEFT_TO_WRITE, {}).setdefault(
            host.entry_id, deque()
        )
        self._actions = actions
        self._turn = asyncio.Lock()
        self._timer = Timer(host.hass)
        self._is_listening = False
        self._tries = 0

    @property
    def may_overlook(self) -> bool:
        """Whether a pressed button may be a no, and isn't handled yet."""
        no_refusals = (Button.APPROVE, *LOOSENING)
        return any(press.verb not in no_refusals for press in self._actions.presses)

    async def take_up(self) -> None:
        """Write what the former building left, before anything is read."""
        while self._left:
            try:
                await self.write_left()
            except LedgerUnavailable as err:
                if err.cause is not None:
                    raise
                _LOGGER.error("What became of an entry can never be recorded: %s", err)
                self._left.popleft()

    async def write[T](
        self,
        entry_id: str | None,
        work: Callable[[Transaction], T],
        then: Callable[[T], None],
    ) -> T | None:
        """Write after all that is left; return the result of `work`.

        It is None if the ledger doesn't have the entry.
        """
        write = _Write(entry_id, work, then)
        self._left.append(write)
        await self.write_left(until=write)
        return write.result

    async def catch_up(self) -> None:
        """Handle pressed buttons, and write what is left."""
        try:
            await self._actions.work_off()
        except LedgerUnavailable:
            self._try_later()
            raise
        await self.write_left()

    def listen(self) -> None:
        """Begin to handle buttons as they are pressed."""
        self._is_listening = True
        self._actions.presses.on_press = self._try

    async def async_stop(self) -> None:
        """Write what is left, if possible; the next building does the rest."""
        try:
            await self.catch_up()
        except LedgerUnavailable as err:
            _LOGGER.error("What became of some entries is not recorded yet: %s", err)
            for write in self._left:
                write.then = lambda _: None  # This building ends.
        self._is_listening = False
        # What is pressed from now on is kept; running handlers go on.
        self._actions.presses.on_press = None
        self._timer.stop()

    async def write_left(self, until: _Write[Any] | None = None) -> None:
        """Write what is left, up to `until`, even if the caller is canceled meanwhile."""
        if self._left or self._turn.locked():
            # After a canceled write, nothing would say whether it's done.
            err = await self._host.complete(
                self._write_left(until), f"{DOMAIN} late writes"
            )
            if err is not None:
                raise err
        elif self._tries:
            self._done()

    async def _write_left(self, until: _Write[Any] | None) -> LedgerUnavailable | None:
        async with self._turn:
            while self._left and not (until is not None and until.is_done):
                write = self._left[0]
                try:
                    await write.do(self._ledger)
                except LedgerUnavailable as err:
                    self._try_later()
                    return err
                finally:
                    if write.is_done:
                        self._left.popleft()
            if not self._left:
                self._done()
        return None

    def _done(self) -> None:
        self._timer.stop()
        self._tries = 0

    def _try_later(self) -> None:
        if not self._is_listening:
            return
        pause = TRY_AGAIN_AFTER[min(self._tries, len(TRY_AGAIN_AFTER) - 1)]
        self._tries += 1
        self._timer.start(pause, self._try)

    def _try(self) -> None:
        self._host.spawn(self._try_again(), "courier_access catching up")

    async def _try_again(self) -> None:
        with suppress(LedgerUnavailable):
            await self.catch_up()
