"""Call listeners so that one that fails doesn't affect the others."""

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
        self._listeners: list[Callable[P, None]] = []

    @callback
    def add(self, listener: Callable[P, None]) -> CALLBACK_TYPE:
        """Add a listener and return a function that removes it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def tell(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call all listeners."""
        for listener in list(self._listeners):
            try:
                listener(*args, **kwargs)
            except Exception:
                _LOGGER.exception("A listener failed")
