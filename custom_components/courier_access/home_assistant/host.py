"""A building's side of Home Assistant: its config entry, issues, tasks, and changed settings."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
import logging
from typing import Any, Final

from homeassistant.auth.models import User
from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.http import current_request
from homeassistant.helpers.network import NoURLAvailableError, get_url
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.network import is_local
from yarl import URL

from ..const import DOMAIN
from .clock import home_assistants_zone
from .issues import Issues

_LOGGER = logging.getLogger(__name__)
_STOPPING: HassKey[bool] = HassKey(f"{DOMAIN}_stopping")


def requesting_user() -> str | None:
    """Return the ID of the user who sent the current request, if there is one."""
    request = current_request.get()
    user: User | None = None if request is None else request.get(KEY_HASS_USER)
    return None if user is None else user.id


class Host:
    """Home Assistant as one building sees it."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
        self.hass = hass
        self.entry = entry
        self.entry_id = entry.entry_id
        self.issues = Issues(hass, entry.entry_id)
        self.zone = home_assistants_zone(hass)
        """The time zone of the building's wall clock, once its ledger is loaded."""
        self.is_open = False
        """Whether the building has started, with all its entities, until it stops."""
        self.restored_at: datetime | None = None
        """When the ledger was last restored; earlier messages are refused."""
        self.couriers_wait = False
        """Whether the administrator must confirm the couriers' keys first."""
        self._tasks: set[asyncio.Task[object]] = set()
        self._background: set[asyncio.Task[None]] = set()

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def is_closing(self) -> bool:
        """Whether no courier is let in: Home Assistant stops, or settings have changed."""
        return self.hass.data.get(_STOPPING, False) or is_changing(
            self.hass, self.entry_id
        )

    @property
    def answers_couriers(self) -> bool:
        return self.is_open and not self.is_closing and not self.couriers_wait

    @property
    def is_handing_over(self) -> bool:
        """Whether another building is about to go on with what waits in this one."""
        return not is_stopping(self.hass) and is_changing(self.hass, self.entry_id)

    def hand_over(self) -> None:
        hand_over_soon(self.hass, self.entry_id)

    def run[T](self, work: Coroutine[object, object, T], name: str) -> asyncio.Task[T]:
        """Run work that a stop waits for; awaiting the task cancels it, too."""
        task = self.hass.async_create_task(work, name)
        if not task.done():
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return task

    async def complete[T](self, work: Coroutine[object, object, T], name: str) -> T:
        """Run work to its end and return its result; a caller that leaves doesn't cancel it."""
        return await asyncio.shield(self.run(work, name))

    def spawn(self, work: Coroutine[object, object, None], name: str) -> None:
        """Run work to its end that nobody waits for; log it if it fails."""

        async def run_logged() -> None:
            try:
                await work
            except Exception:
                _LOGGER.exception("%s failed", name)

        self.run(run_logged(), name)

    def run_until_stopped(
        self, work: Coroutine[object, object, None], name: str
    ) -> None:
        """Run work that is canceled when the building stops."""
        task = self.hass.async_create_background_task(work, name)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def cancel(self) -> None:
        for task in self._background:
            task.cancel()

    async def settle(self) -> None:
        """Wait until all tasks are done, and those that they start."""
        # Skip tasks that are done: only the loop can discard them.
        while under_way := [task for task in self._tasks if not task.done()]:
            await asyncio.wait(under_way)


def is_stopping(hass: HomeAssistant) -> bool:
    """Return whether no courier is let in anymore, since Home Assistant is about to stop."""
    return hass.data.get(_STOPPING, False)


def begin_to_stop(hass: HomeAssistant) -> None:
    """Let no courier in from now on, in any building."""
    hass.data[_STOPPING] = True


def external_url(hass: HomeAssistant, path: str) -> str | None:
    """Return the external URL of a path, or None if Home Assistant has none."""
    try:
        base = get_url(hass, allow_internal=False)
    except NoURLAvailableError:
        return None
    return f"{base}{path}"


_LOCAL_NAMES: Final = (
    ".home",
    ".home.arpa",
    ".internal",
    ".lan",
    ".local",
    ".localdomain",
    ".localhost",
)
"""Endings of names that only a network itself knows."""


def is_reachable(address: str | None) -> bool:
    """Return whether phones outside the network can open an address.

    Its scheme must be https, and its host must not be a local one.
    """
    url = URL(address or "")
    host = (url.host or "").lower().rstrip(".")
    try:
        is_outside = not is_local(ip_address(host))
    except ValueError:
        is_outside = "." in host and not host.endswith(_LOCAL_NAMES)
    return url.scheme == "https" and is_outside


WITHIN: Final = 2.0
"""Seconds for which a request waits for changed settings to be in effect."""


@dataclass(eq=False, slots=True)
class HandOver:
    """A building that is being replaced by one with the present settings."""

    over: asyncio.Future[None]
    is_due: bool = True
    """Whether something changed that the new building hasn't read."""


type HandOverWork = Callable[[str, HandOver], Awaitable[None]]
"""Hands over the building with this entry ID as long as that is due."""

_HAND_OVER: HassKey[HandOverWork] = HassKey(f"{DOMAIN}_hand_over")
_UNDER_WAY: HassKey[dict[str, HandOver]] = HassKey(f"{DOMAIN}_handovers")


def async_setup_handovers(hass: HomeAssistant, work: HandOverWork) -> None:
    hass.data[_HAND_OVER], hass.data[_UNDER_WAY] = work, {}


def hand_over_soon(hass: HomeAssistant, entry_id: str) -> None:
    """Let no courier in from now on until the present settings are in effect.

    All changes of one loop iteration take effect together.
    """
    under_way = hass.data[_UNDER_WAY]
    if (current := under_way.get(entry_id)) is not None:
        current.is_due = True
        return
    begun = under_way[entry_id] = HandOver(hass.loop.create_future())

    async def run() -> None:
        try:
            await hass.data[_HAND_OVER](entry_id, begun)
        finally:
            del under_way[entry_id]
            begun.over.set_result(None)

    hass.async_create_task(run(), f"{DOMAIN} hand-over {entry_id}", eager_start=False)


def is_changing(hass: HomeAssistant, entry_id: str) -> bool:
    """Return whether settings of a building changed that aren't in effect yet."""
    return entry_id in hass.data.get(_UNDER_WAY, {})


async def settings_in_effect(
    hass: HomeAssistant, entry_id: str | None = None, within: float = WITHIN
) -> None:
    """Wait until the settings of one or all buildings are in effect."""
    under_way = hass.data.get(_UNDER_WAY, {}).items()
    if over := [each.over for key, each in under_way if entry_id in (None, key)]:
        await asyncio.wait(over, timeout=within)
