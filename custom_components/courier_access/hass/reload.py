"""Reload a building once for simultaneous changes, and keep its lock entities through it."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import ContextVar
from functools import partial

from homeassistant.components import lock
from homeassistant.config_entries import OperationNotAllowed, UnknownEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN

_DUE: HassKey[set[str]] = HassKey(f"{DOMAIN}_reload_due")


class OwnReload:
    """A reload that a building asked for, in which its lock entities stay available.

    Unloading leaves them, and the setup after it takes them. `end` unloads them if
    there was no such setup, or if it failed before it took them.
    """

    def __init__(
        self, entry_id: str, unload_locks: Callable[[], Awaitable[object]]
    ) -> None:
        self.entry_id = entry_id
        self.is_over = False
        self._unload_locks = unload_locks
        self._shown: object = None

    def leave(self, shown: object) -> None:
        """Leave the lock entities to the next setup, with what they show."""
        self._shown = shown

    async def take(self, shown: object) -> bool:
        """Return whether lock entities were left that show this; unload any others."""
        if self._shown is None:
            return False
        if self._shown == shown:
            self._shown = None
            return True
        await self._unload()
        return False

    async def end(self) -> None:
        """Unload lock entities that nobody took."""
        self.is_over = True
        if self._shown is not None:
            await self._unload()

    async def _unload(self) -> None:
        self._shown = None
        await self._unload_locks()


_OWN: ContextVar[OwnReload | None] = ContextVar(f"{DOMAIN}_own_reload", default=None)


@callback
def own_reload(entry_id: str) -> OwnReload | None:
    """Return the building's own reload that the caller is part of, if any."""
    own = _OWN.get()
    # Tasks that it starts inherit the variable, and go on after it.
    return None if own is None or own.is_over or own.entry_id != entry_id else own


@callback
def async_reload_soon(hass: HomeAssistant, entry_id: str) -> None:
    """Reload a building in the next loop iteration, once for all requests."""
    due = hass.data.setdefault(_DUE, set())
    if entry_id in due:
        return
    due.add(entry_id)

    @callback
    def load() -> None:
        due.discard(entry_id)
        hass.async_create_task(
            _async_reload(hass, entry_id), f"{DOMAIN} reload {entry_id}"
        )

    hass.loop.call_soon(load)


async def _async_reload(hass: HomeAssistant, entry_id: str) -> None:
    if (entry := hass.config_entries.async_get_entry(entry_id)) is None:
        return
    # `async_unload_platforms` does nothing if the entry isn't loaded.
    own = OwnReload(entry_id, partial(lock.async_unload_entry, hass, entry))
    _OWN.set(own)
    try:
        # The building may be removed meanwhile, or may not unload.
        with suppress(UnknownEntry, OperationNotAllowed):
            await hass.config_entries.async_reload(entry_id)
    finally:
        await own.end()
