"""What residents pressed on their phones and is not acted on yet, in memory and, where that takes long, in a file.

Whoever presses a button hears nothing of it. So a press is kept until its building has acted on it, and that is on the
disk: also while the building is loaded anew, can't use its ledger, or Home Assistant is restarted meanwhile.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
import logging
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN

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
            hass, _VERSION, f"{DOMAIN}.{entry_id}.pressed", private=True, atomic_writes=True
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
        of_user = [earlier for earlier in self._kept if earlier.user_id == press.user_id]
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
