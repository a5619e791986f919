"""A door used by somebody who is not a courier: passed on to its opener, and recorded nowhere (promise 6)."""

from collections.abc import Callable, Coroutine
from typing import Any

from homeassistant.core import Context
from homeassistant.exceptions import ServiceValidationError

from ..const import DOMAIN
from .openers import Opener


class ByHand:
    """Commands of somebody who is not a courier; each raises what the opener raises.

    `locked` is called when a command to lock was taken, `used` when one to unlock was; where it fails, neither is.
    """

    def __init__(
        self,
        opener: Opener,
        locked: Callable[[Context], None],
        used: Callable[[Context], None],
    ) -> None:
        self._opener = opener
        self._locked = locked
        self._used = used
        self._unlocking = 0

    @property
    def unlocks(self) -> bool:
        """Whether a command to unlock is under way."""
        return self._unlocking > 0

    async def lock(self, context: Context) -> None:
        """Lock. A courier's deadline ends only when the door is seen locked: a bolt may not move."""
        if not self._opener.can_close:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="cannot_lock")
        await self._opener.close(context)
        self._locked(context)

    async def unlock(self, context: Context) -> None:
        """Unlock."""
        await self._use(self._opener.unlock(context), context)

    async def unlatch(self, context: Context) -> None:
        """Release the latch."""
        await self._use(self._opener.unlatch(context), context)

    async def _use(self, command: Coroutine[Any, Any, None], context: Context) -> None:
        self._unlocking += 1
        try:
            await command
        finally:
            self._unlocking -= 1
        self._used(context)
