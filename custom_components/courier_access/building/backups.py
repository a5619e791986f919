"""Bring a building whose ledger was restored back into use (docs/reliability.md#backup-and-restore)."""

from collections.abc import Callable
from datetime import datetime, timedelta
import logging
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..hass.host import Host
from ..hass.issues import Fix, IssueKind
from ..hass.listeners import Listeners
from ..ledger.chain import Recorded
from ..ledger.errors import unavailable
from ..ledger.ledger import Ledger, LedgerUnavailable, Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.state.rules import Author
from ..ledger.upkeep.restore import (
    LastRecord,
    Papers,
    RestoreCause,
    forget_mark,
    is_altered,
    keys_unconfirmed,
    note_mark,
    note_restore_announced,
    noted_marks,
    put_mark,
    record_keys_confirmed,
    remove_mark,
    restore_cause,
    restore_ledger,
    restored_at,
    unannounced_restore,
)
from ..residents.rulebook import Rulebook

UNDER_WAY: Final[HassKey[str]] = HassKey("courier_access_backup")
"""The mark of the backup that Home Assistant is making."""


class BackupHold:
    """Readies one building's ledger to be copied, and lets it go on afterwards."""

    def __init__(self, host: Host, ledger: Ledger) -> None:
        """Prepare to ready this ledger."""
        self._hass = host.hass
        self._ledger = ledger
        self._begun_for: str | None = None

    @property
    def mark(self) -> str | None:
        """The mark of the backup under way, None where there is none."""
        return self._hass.data.get(UNDER_WAY)

    async def begin(self, mark: str) -> None:
        """Let the files only grow by what can be copied halfway, and mark the ledger.

        The mark is put down beside the file first: should Home Assistant be killed, the ledger is known as its own.

        Raises:
            LedgerUnavailable: the ledger can't be held or marked.

        """
        try:
            await self._hass.async_add_executor_job(note_mark, self._ledger.path, mark)
        except OSError as err:
            raise LedgerUnavailable(
                f"no mark can be put down: {unavailable(err)}"
            ) from err
        await self._ledger.hold_checkpoints()
        # Also the commit after which the write-ahead log is appended to only.
        await self._ledger.write(lambda transaction: put_mark(transaction, mark))
        self._begun_for = mark

    async def catch_up(self) -> None:
        """Follow a backup that began or ended while the building was being loaded, and was not told of by it.

        Raises:
            LedgerUnavailable: the ledger can't be held, marked or let go.

        """
        match self.mark:
            case mark if mark == self._begun_for:
                return
            case None:
                await self.end()
            case mark:
                await self.begin(mark)

    async def end(self) -> None:
        """Take the mark off and let checkpoints go.

        Raises:
            LedgerUnavailable: the mark stays, and is taken off when the building is loaded next.

        """
        self._begun_for = None
        try:
            await self._ledger.write(remove_mark)
        finally:
            await self._ledger.release_checkpoints()
        await self._hass.async_add_executor_job(forget_mark, self._ledger.path)


_VERSION: Final = 1


class LastSeen:
    """What Home Assistant's storage says of one building's ledger."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """See to the building with that config entry."""
        self._store = Store[dict[str, Any]](
            hass, _VERSION, f"{DOMAIN}.{entry_id}", private=True
        )
        self._saved: int | None = None

    async def load(self) -> LastRecord | None:
        """Return the newest record that was seen, None where none was."""
        kept = await self._store.async_load()
        return (
            None
            if kept is None
            else LastRecord(kept["seq"], bytes.fromhex(kept["hash"]))
        )

    async def save(self, newest: Recorded | None) -> None:
        """Keep the newest record, once it is on the disk."""
        if newest is not None and newest.seq != self._saved:
            self._saved = newest.seq
            await self._store.async_save({"seq": newest.seq, "hash": newest.hash.hex()})

    async def remove(self) -> None:
        """Forget the ledger, which is removed with its building."""
        await self._store.async_remove()


SEE_EVERY: Final = timedelta(hours=1)
"""How often the newest record is kept outside of the ledger."""

_LOGGER = logging.getLogger(__name__)


class Restore:
    """Finds out whether a ledger is the one that was used last, and sees to it where it is not."""

    def __init__(self, host: Host, ledger: Ledger) -> None:
        """Prepare to look at this ledger."""
        self._hass = host.hass
        self._ledger = ledger
        self._issues = host.issues
        self._seen = LastSeen(host.hass, host.entry_id)
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
        own_marks = await self._hass.async_add_executor_job(
            noted_marks, self._ledger.path
        )
        seen = await self._seen.load()
        now = dt_util.utcnow()

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
                self._ledger.path.name,
                cause,
            )
        if copied_as is None:
            await self._hass.async_add_executor_job(forget_mark, self._ledger.path)
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
        now = dt_util.utcnow()
        living = {
            resident_id
            for resident_id in rulebook.residents
            if rulebook.of(resident_id).revision
        }

        def work(transaction: Transaction) -> None:
            if (untold := unannounced_restore(transaction.conn)) is None:
                return
            teller = FanOutWriter(
                transaction,
                rulebook.set_revision,
                now,
                rulebook.residents,
                of=untold.seq,
            )
            details = {"cause": untold.cause.value}
            teller.everybody(NotificationKind.LEDGER_RESTORED, details)
            for resident_id in untold.consents_ended:
                if resident_id in living:
                    teller.resident(
                        NotificationKind.CONSENT_INVITED, resident_id, details
                    )
            note_restore_announced(transaction)

        await self._ledger.write(work)

    async def confirm_keys(self, by: Author) -> None:
        """Let couriers come again: the owner has confirmed their keys.

        Raises:
            LedgerUnavailable: it can't be written, and they wait on.

        """
        now = dt_util.utcnow()

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
                self._issues.show(
                    kind, fix=Fix.CONFIRM_KEYS, severity=ir.IssueSeverity.ERROR
                )
            else:
                self._issues.clear(kind)
