"""Handle button presses on phones, and store the pending ones.

The presser gets no reply. So a press is kept until it's acted on and committed, even if
the building is replaced or reloaded, its ledger is unavailable, or Home Assistant
restarts.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import asdict, dataclass
import logging
import re
from typing import Any, Final

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..home_assistant.host import Host
from ..ledger.errors import LedgerUnavailable
from ..ledger.queue import Button

_LOGGER = logging.getLogger(__name__)
_VERSION: Final = 1
_UNREADABLE: Final = "Stored button presses can't be read"

MAX_PRESSES_PER_USER: Final = 250
"""The most presses kept per user and building: more than a courier has open grants."""

EVENT_ACTION: Final = "mobile_app_notification_action"
"""Fired by an app for a button; the context holds the user of its registration."""

ATTR_ACTION: Final = "action"

SAVE_AFTER: Final = 1.0
"""Seconds until unhandled presses are stored, in case Home Assistant stops."""

type Handler = Callable[[str, str], Coroutine[object, object, None]]
type _Stored = list[dict[str, str]]

_STORED: Final = frozenset(Button) - {Button.APPROVE}
"""An approval is valid for minutes, and without it the door stays closed."""

_ACTION: Final = re.compile(
    rf"courier_access_({'|'.join(Button)})_([0-9A-Za-z-]{{16,64}})"
)


@dataclass(frozen=True, slots=True)
class ButtonPress:
    """A button press that a user's app reported."""

    verb: Button
    token: str
    user_id: str

    @classmethod
    def read(cls, stored: object) -> ButtonPress | None:
        """Return a stored press; None if it's invalid."""
        match stored:
            case {"verb": str(verb), "token": str(token), "user_id": str(user_id)}:
                return cls(Button(verb), token, user_id) if verb in _STORED else None
        return None


class ButtonPresses:
    """The button presses of one building, in order.

    The file holds tokens, but a token works only from the app of the user it was sent
    to. Approvals aren't stored.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        self._store = Store[_Stored](
            hass,
            _VERSION,
            f"{DOMAIN}.{entry_id}.pressed",
            private=True,
            atomic_writes=True,
        )
        self._presses: dict[ButtonPress, None] = {}
        self._stored: _Stored | None = None
        """The stored presses; None until they're read."""
        self._lock = asyncio.Lock()
        self.on_press: Callable[[], object] | None = None
        """Called after each press while the building is loaded; calls `work_off`."""

    def __iter__(self) -> Iterator[ButtonPress]:
        return iter(list(self._presses))

    def add(self, press: ButtonPress) -> None:
        """Add a press once; a user's presses never displace those of others."""
        if press in self._presses:
            return
        of_user = [each for each in self._presses if each.user_id == press.user_id]
        if len(of_user) >= MAX_PRESSES_PER_USER:
            del self._presses[of_user[0]]
        self._presses[press] = None

    def discard(self, press: ButtonPress) -> None:
        self._presses.pop(press, None)

    async def load(self) -> None:
        async with self._lock:
            await self._load()

    async def save(self) -> None:
        """Store the presses; log a failure and retry with the next call."""
        async with self._lock:
            await self._load()
            stored = [asdict(press) for press in self._presses if press.verb in _STORED]
            if stored != self._stored:
                try:
                    await self._store.async_save(stored)
                except OSError:
                    _LOGGER.exception("Button presses can't be stored")
                # The store usually hides whether it could write, so read it back.
                self._stored = await self._read()

    async def remove(self) -> None:
        """Remove all presses with the building."""
        self._presses.clear()
        async with self._lock:
            self._stored = []
            await self._store.async_remove()

    async def _load(self) -> None:
        if self._stored is None:
            self._stored = await self._read()
            earlier = [ButtonPress.read(each) for each in self._stored]
            if None in earlier:
                _LOGGER.error(_UNREADABLE)
            self._presses = dict.fromkeys([*filter(None, earlier), *self._presses])

    async def _read(self) -> _Stored:
        try:
            stored: object = await self._store.async_load()
        except Exception:
            # A damaged file, or one of another version, may raise anything.
            _LOGGER.exception(_UNREADABLE)
            return []
        if not isinstance(stored, list | None):
            _LOGGER.error(_UNREADABLE)
            return []
        return stored or []


_PRESSES: HassKey[dict[str, ButtonPresses]] = HassKey(f"{DOMAIN}_presses")


def presses_of(hass: HomeAssistant, entry_id: str) -> ButtonPresses:
    """Return the presses for a config entry, loaded or not."""
    presses = hass.data.setdefault(_PRESSES, {})
    if entry_id not in presses:
        presses[entry_id] = ButtonPresses(hass, entry_id)
    return presses[entry_id]


async def async_forget_presses(hass: HomeAssistant, entry_id: str) -> None:
    """Remove the presses of a building that is removed."""
    await presses_of(hass, entry_id).remove()
    del hass.data[_PRESSES][entry_id]


def action_of(verb: Button, token: str) -> str:
    """Return the action name of a button; the secret token names one notification."""
    return f"courier_access_{verb}_{token}"


def async_listen_to_phones(hass: HomeAssistant) -> None:
    """Listen for button presses, even of buildings that aren't loaded.

    An event doesn't name its building, so each one keeps the press; handlers ignore
    tokens of others.
    """

    @callback
    def on_action(event: Event) -> None:
        match = _ACTION.fullmatch(event.data[ATTR_ACTION])
        user_id = event.context.user_id
        if match is None or user_id is None:
            return
        press = ButtonPress(Button(match[1]), match[2], user_id)
        for entry in hass.config_entries.async_entries(DOMAIN):
            presses = presses_of(hass, entry.entry_id)
            presses.add(press)
            if presses.on_press is None:
                hass.async_create_task(presses.save(), f"{DOMAIN} presses")
            else:
                presses.on_press()

    hass.bus.async_listen(EVENT_ACTION, on_action, event_filter=_is_ours)


class PhoneActions:
    """Run the handler of each button press.

    Any registered app can fire any event, so a handler must check that the token
    belongs to this user and is still valid. Presses stay if the ledger is unavailable.
    """

    def __init__(self, host: Host) -> None:
        self.presses = presses_of(host.hass, host.entry_id)
        self.handlers: dict[Button, Handler] = {}
        self._host = host
        self._tasks: dict[ButtonPress, asyncio.Task[None]] = {}
        self._is_waiting_logged = False

    async def work_off(self) -> None:
        """Handle all presses at once, because a refusal must not wait for others.

        Raise LedgerUnavailable if some presses can't be handled now, and stay.
        """
        if self.presses.on_press is None:
            return
        tasks = [self._act(press) for press in self.presses]
        if tasks:
            _, pending = await asyncio.wait(tasks, timeout=SAVE_AFTER)
            if pending:
                await self.presses.save()
                await asyncio.wait(pending)
            await self.presses.save()
        if failed := [err for task in tasks if (err := task.exception()) is not None]:
            raise failed[0]
        self._is_waiting_logged = False

    def _act(self, press: ButtonPress) -> asyncio.Task[None]:
        if (task := self._tasks.get(press)) is None:
            task = self._host.run(self._handle(press), f"phone action {press.verb}")
            if not task.done():
                self._tasks[press] = task
                task.add_done_callback(lambda _: self._tasks.pop(press))
        return task

    async def _handle(self, press: ButtonPress) -> None:
        try:
            if (handler := self.handlers.get(press.verb)) is not None:
                await handler(press.token, press.user_id)
        except Exception as err:
            if isinstance(err, LedgerUnavailable) and err.cause is not None:
                if not self._is_waiting_logged:
                    _LOGGER.error(
                        "A phone's action %s waits for the ledger: %s", press.verb, err
                    )
                self._is_waiting_logged = True
                raise
            # A retry would fail the same way, and block couriers meanwhile.
            _LOGGER.exception("A phone's action %s failed", press.verb)
        self.presses.discard(press)


@callback
def _is_ours(event_data: Mapping[str, Any]) -> bool:
    action = event_data.get(ATTR_ACTION)
    return isinstance(action, str) and action.startswith("courier_access_")
