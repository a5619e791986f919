"""Wrong codes: how many a door takes a day, and who is blocked after a few."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..access.codes import Tries, most_wrong
from ..access.model import Door
from ..const import DOMAIN
from ..hass.host import Host
from ..hass.issues import IssueKind
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.state import passes as kept
from ..ledger.state.rules import Author
from ..residents.rulebook import Rulebook
from .passes import Passes, wrong_lately

_ANYBODY: Final = ""
"""Visitors whose network isn't known."""


class NoCodes(Exception):
    """No code is taken: of a network until a time, or at a door within a day."""

    def __init__(self, until: datetime | None = None) -> None:
        super().__init__(until)
        self.until = until


class WrongCodes:
    """Count wrong codes at each door, so that all codes there stay hard to guess.

    The day's number can't be used up from one network: after a few, it is blocked. Who
    was blocked is known over reloads.
    """

    def __init__(
        self, host: Host, ledger: Ledger, rulebook: Rulebook, passes: Passes
    ) -> None:
        """Begin with none; `load` reads them."""
        self._host = host
        self._ledger = ledger
        self._rulebook = rulebook
        self._passes = passes
        self._tries: dict[str, Tries] = {}
        self._lately = wrong_lately(host, "codes")

    async def load(self) -> None:
        """Read the wrong codes of the last day.

        Raises:
            LedgerUnavailable: they can't be read.

        """
        self._tries = dict(await self._ledger.read(kept.load_tries))

    def of(self, door_id: str) -> Tries:
        """Return the wrong codes that were typed at a door."""
        return self._tries.get(door_id, Tries())

    def is_off(self, door_id: str, *, at_keypad: bool) -> bool:
        """Return whether no code is taken at a door's page, or at its keypads."""
        wrong = self.of(door_id).wrong(dt_util.utcnow(), at_keypad=at_keypad)
        lengths = self._passes.live_codes(door_id)
        return wrong >= most_wrong(lengths, at_keypad=at_keypad)

    def are_off(self, door_id: str) -> bool:
        """Return whether no code is taken somewhere at a door."""
        return any(self.is_off(door_id, at_keypad=each) for each in (False, True))

    @callback
    def check(self, door: Door, network: str | None, *, at_keypad: bool) -> None:
        """Raise NoCodes if a network is blocked, or a door takes no code."""
        now = dt_util.utcnow()
        if network is not None:
            self._host.issues.clear(IssueKind.VISITORS_ALIKE)
            if (until := self._lately.blocked_until(network, now)) is not None:
                raise NoCodes(until)
        if self.is_off(door.id, at_keypad=at_keypad):
            self._tell_once(door)
            raise NoCodes

    async def count(self, door: Door, network: str | None, *, at_keypad: bool) -> None:
        """Count a wrong code.

        Raises:
            LedgerUnavailable: it counts, but not after a restart.

        """
        now = dt_util.utcnow()
        self._tries[door.id] = self.of(door.id).after_wrong(now, at_keypad=at_keypad)
        if not at_keypad:
            self._lately.count(_ANYBODY if network is None else network, now)
            if network is None and self._lately.blocked_until(_ANYBODY, now):
                self._host.issues.show(IssueKind.VISITORS_ALIKE)
        if self.is_off(door.id, at_keypad=at_keypad):
            self._tell_once(door)
        await self._ledger.write(partial(self._put, door_id=door.id))

    async def turn_on(self, door: Door, author: Author) -> None:
        """Take codes at a door again, as if none had been wrong.

        Raises:
            LedgerUnavailable: it can't be written, and they stay off.

        """

        def write(transaction: Transaction) -> None:
            kept.put_tries(transaction.conn, door.id, Tries())
            transaction.append(
                "codes.on",
                dt_util.utcnow(),
                {"door": door.id},
                {"decided_by": author.decided_by},
            )

        if not self.are_off(door.id):
            return
        await self._ledger.write(write)
        self._tries[door.id] = Tries()
        self._passes.tell()

    def _put(self, transaction: Transaction, *, door_id: str) -> None:
        kept.put_tries(transaction.conn, door_id, self.of(door_id))

    def _tell_once(self, door: Door) -> None:
        """Notify the owner that a door takes no codes, once a day."""
        now, tries = dt_util.utcnow(), self.of(door.id)
        if tries.is_notified(now):
            return
        self._tries[door.id] = replace(tries, notified_at=now)
        self._passes.tell()
        self._host.spawn(self._tell(door, now), f"{DOMAIN} codes off")

    async def _tell(self, door: Door, now: datetime) -> None:
        def write(transaction: Transaction) -> None:
            self._put(transaction, door_id=door.id)
            transaction.append("codes.off", now, {"door": door.id})
            FanOutWriter(
                transaction, self._rulebook.set_revision, now, self._rulebook.residents
            ).everybody(NotificationKind.CODES_OFF, {"door": door.name})

        await self._ledger.write(write)
