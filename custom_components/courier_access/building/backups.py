"""Bring a building whose ledger was restored back into use (docs/reliability.md#backup-and-restore)."""

from collections.abc import Callable
from datetime import datetime, timedelta
import logging
from pathlib import Path
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_time_interval

from ..hass.issues import Fix, IssueKind, Issues
from ..hass.listeners import Listeners
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.fanout import Teller
from ..ledger.queue import FanoutKind
from ..ledger.state.rules import Author
from ..ledger.upkeep.restore import (
    Papers,
    RestoreCause,
    forget_mark,
    is_altered,
    keys_unconfirmed,
    note_restore_announced,
    noted_marks,
    record_keys_confirmed,
    remove_mark,
    restore_cause,
    restore_ledger,
    restored_at,
    unannounced_restore,
)
from ..residents.rulebook import Rulebook
from .seen import LastSeen

SEE_EVERY: Final = timedelta(hours=1)
"""How often the newest record is kept outside of the ledger."""

_LOGGER = logging.getLogger(__name__)


class Restore:
    """Finds out whether a ledger is the one that was used last, and sees to it where it is not."""

    def __init__(
        self,
        hass: HomeAssistant,
        ledger: Ledger,
        path: Path,
        entry_id: str,
        clock: Callable[[], datetime],
    ) -> None:
        """Look at the ledger that is kept at `path`."""
        self._hass = hass
        self._ledger = ledger
        self._path = path
        self._issues = Issues(hass, entry_id)
        self._seen = LastSeen(hass, entry_id)
        self._clock = clock
        self._stop_seeing: CALLBACK_TYPE | None = None
        self._listeners = Listeners[[]]()
        self._is_asked_for_keys = False
        self._kind = IssueKind.LEDGER_RESTORED
        self.at: datetime | None = None
        """When the ledger was last restored; messages that couriers sent before are refused."""
        self.couriers_wait = False
        """Whether couriers wait until the owner has confirmed their keys."""

    @callback
    def listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `listener` when couriers wait no longer, until the returned function is called."""
        return self._listeners.add(listener)

    async def take_up(
        self, papers: Papers, copied_as: str | None, *, is_asked_for_keys: bool = False
    ) -> None:
        """Look whose file it is before anything is read from it, and restore it where it is a copy.

        `copied_as` is the mark of the backup that is being made of it, None where none is; `is_asked_for_keys` says
        that the owner is asked to look at the couriers' keys elsewhere.

        Raises:
            LedgerUnavailable: it can't be read or written.

        """
        own_marks = await self._hass.async_add_executor_job(noted_marks, self._path)
        seen = await self._seen.load()
        now = self._clock()

        def work(transaction: Transaction) -> RestoreCause | None:
            cause = restore_cause(transaction.conn, own_marks, seen)
            if cause is not None:
                restore_ledger(transaction, cause, papers, now)
            elif copied_as is None:
                remove_mark(transaction)
            return cause

        if (cause := await self._ledger.write(work)) is not None:
            _LOGGER.warning(
                "The ledger at %s is a restored one (%s): couriers wait for the owner, consents must be given again",
                self._path.name,
                cause,
            )
        if copied_as is None:
            await self._hass.async_add_executor_job(forget_mark, self._path)
        self._stop_seeing = async_track_time_interval(self._hass, self._see, SEE_EVERY)
        await self._see()
        self.at = await self._ledger.read(restored_at)
        self.couriers_wait = await self._ledger.read(keys_unconfirmed)
        if await self._ledger.read(is_altered):
            self._kind = IssueKind.LEDGER_ALTERED
        self._is_asked_for_keys = is_asked_for_keys
        self._show()

    async def look_again(self) -> None:
        """Take up when it was restored, which may be another time once a clock that was ahead was set."""
        self.at = await self._ledger.read(restored_at)

    async def follow_anew(self) -> None:
        """Take a ledger that begins anew, as it says itself, for the one that is used from now on, and for no copy."""
        newest = self._ledger.newest
        if newest is not None and newest.seq == 1:
            await self._see()

    async def tell(self, rulebook: Rulebook) -> None:
        """Owe everybody to be told of a restore that nobody was told of, and ask for consent anew (promise 2).

        Raises:
            LedgerUnavailable: it can't be written.

        """
        now = self._clock()
        living = {
            resident_id for resident_id in rulebook.residents if rulebook.of(resident_id).revision
        }

        def work(transaction: Transaction) -> None:
            if (untold := unannounced_restore(transaction.conn)) is None:
                return
            teller = Teller(
                transaction, rulebook.set_revision, now, rulebook.residents, of=untold.seq
            )
            details = {"cause": untold.cause.value}
            teller.everybody(FanoutKind.LEDGER_RESTORED, details)
            for resident_id in untold.asked_anew:
                if resident_id in living:
                    teller.resident(FanoutKind.CONSENT_INVITED, resident_id, details)
            note_restore_announced(transaction)

        await self._ledger.write(work)

    async def confirm_keys(self, by: Author) -> None:
        """Let couriers come again: the owner has confirmed their keys.

        Raises:
            LedgerUnavailable: it can't be written, and they wait on.

        """
        now = self._clock()

        def work(transaction: Transaction) -> None:
            if keys_unconfirmed(transaction.conn):
                record_keys_confirmed(transaction, now, by=by.decided_by)

        await self._ledger.write(work)
        self.couriers_wait = False
        self._show()
        self._listeners.tell()

    async def async_stop(self) -> None:
        """See the newest record once the ledger is closed. May be called again."""
        # A file that was never looked at must not be taken for the one used last.
        if self._stop_seeing is not None:
            self._stop_seeing()
            self._stop_seeing = None
            await self._see()

    async def _see(self, _: datetime | None = None) -> None:
        await self._seen.save(self._ledger.newest)

    def _show(self) -> None:
        is_shown = self.couriers_wait and not self._is_asked_for_keys
        for kind in (IssueKind.LEDGER_RESTORED, IssueKind.LEDGER_ALTERED):
            if is_shown and kind is self._kind:
                self._issues.show(kind, fix=Fix.CONFIRM_KEYS, severity=ir.IssueSeverity.ERROR)
            else:
                self._issues.clear(kind)
