"""Backups and restored ledgers (docs/explanation/reliability.md#backup-and-restore)."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
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
from ..ledger.chain import Recorded, Verification
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
    note_broken,
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

WITHIN: Final = 10.0
"""Seconds that a backup or a setup waits for a ledger to be held or released."""

_LOGGER = logging.getLogger(__name__)


class BackupHold:
    """Prepare a ledger to be copied, and release it afterward."""

    def __init__(self, host: Host, ledger: Ledger) -> None:
        """Begin without a backup."""
        self._hass = host.hass
        self._ledger = ledger
        self._begun_for: str | None = None

    @property
    def mark(self) -> str | None:
        """The mark of the backup under way, if any."""
        return self._hass.data.get(UNDER_WAY)

    async def begin(self, mark: str) -> None:
        """Let the files only grow in ways that a copy survives, and mark the ledger.

        The mark is first stored beside the file, so that the ledger is known as the
        original if Home Assistant is killed.

        Raises:
            LedgerUnavailable: the checkpoints can't be held, or the mark not written.

        """
        try:
            await self._hass.async_add_executor_job(note_mark, self._ledger.path, mark)
        except OSError as err:
            raise LedgerUnavailable(
                f"no mark can be put down: {unavailable(err)}"
            ) from err
        await self._ledger.hold_checkpoints()
        # From this commit on, the write-ahead log is only appended to.
        await self._ledger.write(lambda transaction: put_mark(transaction, mark))
        self._begun_for = mark

    async def catch_up(self) -> None:
        """Follow a backup that began or ended while the building was loading.

        As with any backup, a ledger that can't follow only shows in the log. Its
        building stays loaded: the doors work by hand, and the ledger's fault is watched.
        """
        try:
            async with asyncio.timeout(WITHIN):
                match self.mark:
                    case mark if mark == self._begun_for:
                        return
                    case None:
                        await self.end()
                    case mark:
                        await self.begin(mark)
        except (LedgerUnavailable, TimeoutError) as err:
            _LOGGER.error(
                "The ledger %s could not follow the backup that began or ended during"
                " setup: the copy may be unreadable and isn't marked: %s",
                self._ledger.path.name,
                repr(err),
            )

    async def end(self) -> None:
        """Remove the mark and release the checkpoints.

        Raises:
            LedgerUnavailable: the mark stays until the building is loaded next.

        """
        self._begun_for = None
        try:
            await self._ledger.write(remove_mark)
        finally:
            await self._ledger.release_checkpoints()
        await self._hass.async_add_executor_job(forget_mark, self._ledger.path)


_VERSION: Final = 1


class LastSeen:
    """The newest record of a ledger, kept in Home Assistant's storage."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the storage for the building with that config entry."""
        self._store = Store[dict[str, Any]](
            hass, _VERSION, f"{DOMAIN}.{entry_id}", private=True
        )
        self._saved: int | None = None

    async def load(self) -> LastRecord | None:
        """Return the newest record that was seen, if any."""
        kept = await self._store.async_load()
        return (
            None
            if kept is None
            else LastRecord(kept["seq"], bytes.fromhex(kept["hash"]))
        )

    async def save(self, newest: Recorded | None) -> None:
        """Keep the newest record, which is on the disk."""
        if newest is not None and newest.seq != self._saved:
            self._saved = newest.seq
            await self._store.async_save({"seq": newest.seq, "hash": newest.hash.hex()})

    async def remove(self) -> None:
        """Forget the ledger of a removed building."""
        await self._store.async_remove()


SEE_EVERY: Final = timedelta(hours=1)
"""How often the newest record is kept outside the ledger."""


class Restore:
    """Detect a restored ledger, and bring it into use."""

    def __init__(self, host: Host, ledger: Ledger) -> None:
        """Prepare to check this ledger."""
        self._hass = host.hass
        self._ledger = ledger
        self._host = host
        self._issues = host.issues
        self._seen = LastSeen(host.hass, host.entry_id)
        self._stop_seeing: CALLBACK_TYPE | None = None
        self._listeners = Listeners[[]]()
        self._is_asked_for_keys = False
        self._kind = IssueKind.LEDGER_RESTORED
        self.at: datetime | None = None
        """When the ledger was last restored; earlier messages are refused."""
        self.couriers_wait = False
        """Whether the owner must confirm the couriers' keys first."""

    @callback
    def listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `listener` once the keys are confirmed; return a function to stop."""
        return self._listeners.add(listener)

    async def take_up(
        self, papers: Papers, copied_as: str | None, *, is_asked_for_keys: bool = False
    ) -> None:
        """Find out whether the file is a copy before anything else is read from it.

        `copied_as` is the mark of the backup under way, if any. Another issue asks the
        owner to check the keys if `is_asked_for_keys`.

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

    async def close_if_new(self, found: Verification) -> None:
        """Load the building again if a check found something new: until the owner has looked, couriers wait.

        Raises:
            LedgerUnavailable: it can't be written.

        """
        if await self._ledger.write(partial(note_broken, found=found)):
            self._host.reload()

    async def look_again(self) -> None:
        """Read again when it was restored: the owner may have accepted the clock."""
        self.at = await self._ledger.read(restored_at)

    async def follow_recreated(self) -> None:
        """Remember a re-created ledger as the one in use, not a copy."""
        newest = self._ledger.newest
        if newest is not None and newest.seq == 1:
            await self._see()

    async def tell(self, rulebook: Rulebook) -> None:
        """Enqueue notifications of a restore, and ask for consent again (promise 2).

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
        """Admit couriers again: the owner has confirmed their keys.

        Raises:
            LedgerUnavailable: it can't be written, and couriers keep waiting.

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
        """Keep the newest record of the closed ledger. May be called again."""
        # A file that was never checked must not pass as the one in use.
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
