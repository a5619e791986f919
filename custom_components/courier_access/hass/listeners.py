"""Call listeners so that one that fails doesn't affect the others."""

import asyncio
from collections.abc import Callable
import logging

from homeassistant.core import CALLBACK_TYPE, callback

_LOGGER = logging.getLogger(__name__)


class Listeners[**P]:
    """Listeners that are called with the same arguments.

    A listener that raises is logged: a stored entry is answered and notified
    regardless.
    """

    def __init__(self) -> None:
        self._listeners: dict[object, Callable[P, None]] = {}
        self._is_due = False

    @callback
    def add(self, listener: Callable[P, None]) -> CALLBACK_TYPE:
        """Add a listener and return a function that removes it; it may be called again."""
        key = object()
        self._listeners[key] = listener

        def remove() -> None:
            self._listeners.pop(key, None)

        return remove

    @callback
    def tell_soon(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call all listeners in the loop's next turn, once for all calls until then.

        What is under way goes first: a command to a door waits for no state.
        """
        if self._is_due:
            return
        self._is_due = True

        def tell() -> None:
            self._is_due = False
            self.tell(*args, **kwargs)

        asyncio.get_running_loop().call_soon(tell)

    @callback
    def tell(self, *args: P.args, **kwargs: P.kwargs) -> None:
        for listener in list(self._listeners.values()):
            try:
                listener(*args, **kwargs)
            except Exception:
                _LOGGER.exception("A listener failed")
