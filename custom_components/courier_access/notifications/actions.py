"""What residents pressed on their phones and is not acted on yet, in memory and, where that takes long, in a file.

Whoever presses a button hears nothing of it. So a press is kept until its building has acted on it, and that is on the
disk: also while the building is loaded anew, can't use its ledger, or Home Assistant is restarted meanwhile.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
import logging
import re
from typing import Any, Final

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..hass.host import Host
from ..ledger.errors import LedgerUnavailable

_LOGGER = logging.getLogger(__name__)
_VERSION: Final = 1
_UNREADABLE: Final = "What was pressed on phones can't be read"

MOST_KEPT: Final = 250
"""How many presses of one user are kept for a building; of more, the oldest go. All open grants of a courier are fewer."""

type _Written = list[dict[str, str]]


class Verb(StrEnum):
    """What a button does."""

    VETO = "veto"
    APPROVE = "approve"
    DECLINE = "decline"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


_WRITTEN: Final = frozenset(Verb) - {Verb.APPROVE}
"""A yes is good for minutes, and without it the door stays shut."""


@dataclass(frozen=True, slots=True)
class Press:
    """A button that the app of a user says was pressed."""

    verb: Verb
    token: str
    user_id: str

    @classmethod
    def read(cls, written: object) -> Press | None:
        """Return a press as it was written; None for what makes no sense."""
        match written:
            case {"verb": str(verb), "token": str(token), "user_id": str(user_id)}:
                return cls(Verb(verb), token, user_id) if verb in _WRITTEN else None
        return None


class Presses:
    """What was pressed for one building, in order.

    The file holds tokens, without which nobody could find out what was pressed. Who reads it can do little with them: a
    token is good only from the app of the user to whom it was sent, and that has pressed it. The ledger beside it
    has those of notices, too. A yes is not written.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Begin with what the file of the building with that config entry holds, once it is read."""
        self._store = Store[_Written](
            hass,
            _VERSION,
            f"{DOMAIN}.{entry_id}.pressed",
            private=True,
            atomic_writes=True,
        )
        self._kept: dict[Press, None] = {}
        self._written: _Written | None = None
        """What the file holds; None until it is read."""
        self._turn = asyncio.Lock()
        self.take: Callable[[], object] | None = None
        """Called for more while the building is loaded with its ledger."""

    def __iter__(self) -> Iterator[Press]:
        """Go through what is kept by now."""
        return iter(list(self._kept))

    @callback
    def keep(self, press: Press) -> None:
        """Keep a press once; those of one user take nothing from the others'."""
        if press in self._kept:
            return
        of_user = [
            earlier for earlier in self._kept if earlier.user_id == press.user_id
        ]
        if len(of_user) >= MOST_KEPT:
            del self._kept[of_user[0]]
        self._kept[press] = None

    @callback
    def drop(self, press: Press) -> None:
        """Keep a press no longer, which is acted on."""
        self._kept.pop(press, None)

    async def load(self) -> None:
        """Take up what was pressed before Home Assistant was restarted."""
        async with self._turn:
            await self._load()

    async def save(self) -> None:
        """Write down what is kept, or that nothing is; where that can't be done it is logged, and done the next time."""
        async with self._turn:
            await self._load()
            kept = [asdict(press) for press in self._kept if press.verb in _WRITTEN]
            if kept != self._written:
                try:
                    await self._store.async_save(kept)
                except OSError:
                    _LOGGER.exception("What was pressed on phones can't be written")
                # Most often nobody is told whether it could.
                self._written = await self._read()

    async def remove(self) -> None:
        """Forget all, with the building."""
        self._kept.clear()
        async with self._turn:
            self._written = []
            await self._store.async_remove()

    async def _load(self) -> None:
        if self._written is None:
            self._written = await self._read()
            before = [Press.read(each) for each in self._written]
            if None in before:
                _LOGGER.error(_UNREADABLE)
            self._kept = dict.fromkeys([*filter(None, before), *self._kept])

    async def _read(self) -> _Written:
        try:
            written: object = await self._store.async_load()
        except Exception:
            # Of a file that is damaged, or another version's, it may be anything.
            _LOGGER.exception(_UNREADABLE)
            return []
        if not isinstance(written, list | None):
            _LOGGER.error(_UNREADABLE)
            return []
        return written or []


_PRESSES: HassKey[dict[str, Presses]] = HassKey(f"{DOMAIN}_presses")


def presses_of(hass: HomeAssistant, entry_id: str) -> Presses:
    """Return what was pressed for the building with that config entry, whether or not it is loaded."""
    presses = hass.data.setdefault(_PRESSES, {})
    if entry_id not in presses:
        presses[entry_id] = Presses(hass, entry_id)
    return presses[entry_id]


async def async_forget_presses(hass: HomeAssistant, entry_id: str) -> None:
    """Forget what was pressed for a building that is removed."""
    await presses_of(hass, entry_id).remove()
    del hass.data[_PRESSES][entry_id]


EVENT_ACTION: Final = "mobile_app_notification_action"
"""What an app fires for a button; the user of its registration is in the event's context."""

ATTR_ACTION: Final = "action"

SOON: Final = 1.0
"""Seconds after which a press on which nobody has acted is written down: Home Assistant may end before it is."""

_ACTION: Final = re.compile(
    rf"courier_access_({'|'.join(Verb)})_([0-9A-Za-z-]{{16,64}})"
)

type Handler = Callable[[str, str], Coroutine[object, object, None]]


def action_of(verb: Verb, token: str) -> str:
    """Return what a button is called; the token can't be guessed and stands for one notice to one resident."""
    return f"courier_access_{verb}_{token}"


@callback
def async_listen_to_phones(hass: HomeAssistant) -> None:
    """Hear of the buttons that are pressed, whether or not their building is loaded.

    None says of which building it is: each keeps it, and whoever finds that it is not theirs does nothing.
    """

    @callback
    def on_action(event: Event) -> None:
        named = _ACTION.fullmatch(event.data[ATTR_ACTION])
        user_id = event.context.user_id
        if named is None or user_id is None:
            return
        press = Press(Verb(named[1]), named[2], user_id)
        for entry in hass.config_entries.async_entries(DOMAIN):
            presses = presses_of(hass, entry.entry_id)
            presses.keep(press)
            if presses.take is None:
                hass.async_create_task(presses.save(), f"{DOMAIN} presses")
            else:
                presses.take()

    hass.bus.async_listen(EVENT_ACTION, on_action, event_filter=_is_ours)


class PhoneActions:
    """Has a handler for each verb act on what is pressed.

    Any app that is registered can fire any event, so that a handler, which is called with the token and the user
    of the app, has to see that the token was this user's and is still good. A press on which it can't act for want of
    the ledger stays.
    """

    def __init__(self, host: Host) -> None:
        """Prepare to act in this building."""
        self._presses = presses_of(host.hass, host.entry_id)
        self._host = host
        self._handlers: dict[Verb, Handler] = {}
        self._under_way: dict[Press, asyncio.Task[None]] = {}
        self._waits = False
        """Whether what was pressed waits for the ledger, and that is logged."""

    @callback
    def on(self, verb: Verb, handler: Handler) -> None:
        """Let this handler act on a verb."""
        self._handlers[verb] = handler

    async def load(self) -> None:
        """Take up what was pressed before Home Assistant was restarted."""
        await self._presses.load()

    @callback
    def start(self, take: Callable[[], object]) -> None:
        """Have `take` called when something is pressed; it is to `work_off`."""
        self._presses.take = take

    @callback
    def stop(self) -> None:
        """Only keep what is pressed from now on; what has begun goes on."""
        self._presses.take = None

    @property
    def may_hold_a_no(self) -> bool:
        """Whether something was pressed that may be a no, and on which nobody has acted yet."""
        return any(
            press.verb in (Verb.VETO, Verb.DECLINE, Verb.WITHDRAW)
            for press in self._presses
        )

    async def work_off(self) -> None:
        """Act on all that was pressed, once started: at once, since a no counts from when it is known whose it is.

        Raises:
            LedgerUnavailable: on some that can't be done, and they stay.

        """
        if self._presses.take is None:
            return
        tasks = [self._act(press) for press in self._presses]
        if tasks:
            _, waiting = await asyncio.wait(tasks, timeout=SOON)
            if waiting:
                await self._presses.save()
                await asyncio.wait(waiting)
            await self._presses.save()
        if failed := [err for task in tasks if (err := task.exception()) is not None]:
            raise failed[0]
        self._waits = False

    def _act(self, press: Press) -> asyncio.Task[None]:
        """Return the one task that acts on a press."""
        if (task := self._under_way.get(press)) is None:
            task = self._host.run(self._handle(press), f"phone action {press.verb}")
            if not task.done():
                self._under_way[press] = task
                task.add_done_callback(lambda _: self._under_way.pop(press))
        return task

    async def _handle(self, press: Press) -> None:
        try:
            if (handler := self._handlers.get(press.verb)) is not None:
                await handler(press.token, press.user_id)
        except Exception as err:
            if isinstance(err, LedgerUnavailable) and err.cause is not None:
                if not self._waits:
                    _LOGGER.error(
                        "A phone's action %s waits for the ledger: %s", press.verb, err
                    )
                self._waits = True
                raise
            # Again it would come to the same, and meanwhile no courier would be answered.
            _LOGGER.exception("A phone's action %s failed", press.verb)
        self._presses.drop(press)


@callback
def _is_ours(event_data: Mapping[str, Any]) -> bool:
    action = event_data.get(ATTR_ACTION)
    return isinstance(action, str) and action.startswith("courier_access_")
