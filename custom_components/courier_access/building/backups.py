"""Backups and restored ledgers (docs/explanation/reliability.md#backup-and-restore)."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
import logging
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Final, NamedTuple

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import CONF_FLEET, DOMAIN
from ..home_assistant.callbacks import Listeners
from ..home_assistant.host import Host
from ..home_assistant.issues import Fix, IssueKind
from ..ledger.files import Mark
from ..ledger.ledger import (
    Ledger,
    LedgerUnavailable,
    Transaction,
    read_value,
    remove_value,
)
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.state.residents import Author
from ..ledger.upkeep.fleet import note_restore_may_differ
from ..ledger.upkeep.restore import (
    Papers,
    RestoreCause,
    has_record,
    is_altered,
    keys_unconfirmed,
    note_restore_announced,
    record_keys_confirmed,
    restore_cause,
    restore_ledger,
    restored_at,
    unannounced_restore,
)
from ..residents.rulebook import Rulebook

UNDER_WAY: Final[HassKey[bool]] = HassKey("courier_access_backup")
"""Whether Home Assistant is making a backup."""

WITHIN: Final = 10.0
"""Seconds that a backup or a setup waits for a ledger to be held or released."""

_LOGGER = logging.getLogger(__name__)


def is_backup_under_way(hass: HomeAssistant) -> bool:
    return hass.data.get(UNDER_WAY, False)


async def async_follow_backup(hass: HomeAssistant, ledger: Ledger) -> None:
    """Follow a backup that began or ended while the building was starting.

    As with any backup, a ledger that can't follow only shows in the log. Its
    building stays loaded: the doors work by hand, and the ledger's fault is watched.
    """
    try:
        async with asyncio.timeout(WITHIN):
            if is_backup_under_way(hass):
                await ledger.hold_checkpoints()
            elif ledger.holds_checkpoints:
                await async_end_backup(ledger)
    except (LedgerUnavailable, TimeoutError) as err:
        _LOGGER.error(
            "The ledger %s could not follow the backup that began or ended during"
            " setup: the copy may be unreadable: %s",
            ledger.path.name,
            repr(err),
        )


async def async_end_backup(ledger: Ledger) -> None:
    """Release the checkpoints, and let the copy be older than the ledger's mark."""
    await ledger.release_checkpoints()
    await ledger.accept()


MARK_EVERY: Final = timedelta(hours=1)
"""How often the newest record is marked, besides after each one that restricts."""

FIRST_WITH_MARK: Final = 2
"""The first version whose ledgers have a mark."""


class Restore:
    """Detect a restored ledger, and bring it into use."""

    def __init__(self, host: Host, ledger: Ledger) -> None:
        self._ledger = ledger
        self._host = host
        self.keys_confirmed = Listeners[[]]()
        """Called once the administrator has confirmed the couriers' keys."""
        self._kind: IssueKind | None = None

    async def detect(
        self, papers: Papers, known_version: int, *, is_asked_for_keys: bool = False
    ) -> None:
        """Find out whether the file is a copy before anything else is read from it.

        `known_version` is the newest one that the ledger has had. Another issue asks
        the administrator to check the keys if `is_asked_for_keys`.
        """
        ledger, now = self._ledger, dt_util.utcnow()
        is_known = known_version >= FIRST_WITH_MARK
        place = self._host.hass, self._host.entry_id, ledger.path
        earlier = None if is_known else await _read_earlier_marks(*place)

        def work(transaction: Transaction) -> RestoreCause | None:
            cause = restore_cause(transaction.conn, ledger.mark, is_known=is_known)
            if cause is None and ledger.version_before < known_version:
                cause = RestoreCause.ANOTHER
            if cause is None and earlier is not None:
                cause = earlier.restore_cause(transaction.conn)
            if cause is not None:
                restore_ledger(transaction, cause, papers, now)
            return cause

        if (cause := await self._ledger.write(work)) is not None:
            _LOGGER.warning(
                "The ledger at %s is a restored one (%s): couriers wait for an administrator, consents must be given again",
                self._ledger.path.name,
                cause,
            )
        await ledger.accept()
        if earlier is not None:
            await async_forget_earlier_marks(*place)
        self._host.restored_at = await self._ledger.read(restored_at)
        self._host.couriers_wait = await self._ledger.read(keys_unconfirmed)
        if not is_asked_for_keys:
            altered, restored = IssueKind.LEDGER_ALTERED, IssueKind.LEDGER_RESTORED
            self._kind = altered if await self._ledger.read(is_altered) else restored
        self._show()

    async def read_again(self) -> None:
        """Read again when it was restored: somebody may have accepted the clock."""
        self._host.restored_at = await self._ledger.read(restored_at)

    async def announce(self, rulebook: Rulebook) -> None:
        """Enqueue notifications of a restore, and ask for consent again (promise 2)."""
        now = dt_util.utcnow()
        is_in_fleet = CONF_FLEET in self._host.entry.options
        living = {
            resident_id
            for resident_id in rulebook.residents
            if rulebook.of(resident_id).revision
        }

        def work(transaction: Transaction) -> None:
            if (restored := unannounced_restore(transaction.conn)) is None:
                return
            seq, cause, consents_ended = restored
            writer = FanOutWriter(
                transaction, rulebook.set_revision, now, rulebook.residents, of=seq
            )
            details = {"cause": cause}
            writer.notify(NotificationKind.LEDGER_RESTORED, details)
            if is_in_fleet:  # It finds the same, and one notification is enough.
                note_restore_may_differ(transaction, now)
            for resident_id in consents_ended:
                if resident_id in living:
                    kind = NotificationKind.CONSENT_INVITED
                    whose = {**details, **rulebook.invitation(resident_id)}
                    writer.notify(kind, whose, about=resident_id)
            note_restore_announced(transaction)

        await self._ledger.write(work)

    async def confirm_keys(self, by: Author) -> None:
        """Admit couriers again: the administrator has confirmed their keys."""
        now = dt_util.utcnow()

        def work(transaction: Transaction) -> None:
            if keys_unconfirmed(transaction.conn):
                record_keys_confirmed(transaction, now, by=by.decided_by)

        await self._ledger.write(work)
        self._host.couriers_wait = False
        self._show()
        self.keys_confirmed.call()

    async def mark_newest(self, _: datetime) -> None:
        with suppress(LedgerUnavailable):  # Its health reports it.
            await self._ledger.mark_newest()

    def _show(self) -> None:
        for kind in (IssueKind.LEDGER_RESTORED, IssueKind.LEDGER_ALTERED):
            if self._host.couriers_wait and kind is self._kind:
                self._host.issues.show(
                    kind, fix=Fix.CONFIRM_KEYS, severity=ir.IssueSeverity.ERROR
                )
            else:
                self._host.issues.clear(kind)


_VERSION: Final = 1
_NAME: Final = "mark"
"""The value about a ledger that each backup had changed before it copied the file."""


class EarlierMarks(NamedTuple):
    """The newest record in Home Assistant's storage, and the original's own markers."""

    seen: Mark | None
    own: frozenset[str]

    def restore_cause(self, conn: Connection) -> RestoreCause | None:
        """Return why a ledger must be treated as restored, or None if it isn't."""
        marker = read_value(conn, _NAME)
        remove_value(conn, _NAME)
        if marker is not None and marker not in self.own:
            return RestoreCause.BACKUP
        if self.seen is not None and not has_record(conn, self.seen):
            return RestoreCause.ANOTHER
        return None


async def _read_earlier_marks(
    hass: HomeAssistant, entry_id: str, path: Path
) -> EarlierMarks:
    """Return the marks of the ledger at this path; an unreadable file has none."""
    kept = await _store(hass, entry_id).async_load()
    seen = None if kept is None else Mark(kept["seq"], bytes.fromhex(kept["hash"]))

    def read() -> frozenset[str]:
        with suppress(OSError, UnicodeDecodeError):
            return frozenset(_file(path).read_text().splitlines())
        return frozenset()

    return EarlierMarks(seen, await hass.async_add_executor_job(read))


async def async_forget_earlier_marks(
    hass: HomeAssistant, entry_id: str, path: Path
) -> None:
    """Delete what version 1 stored."""

    def delete() -> None:
        with suppress(OSError):
            _file(path).unlink(missing_ok=True)

    await _store(hass, entry_id).async_remove()
    await hass.async_add_executor_job(delete)


def _store(hass: HomeAssistant, entry_id: str) -> Store[dict[str, Any]]:
    return Store[dict[str, Any]](hass, _VERSION, f"{DOMAIN}.{entry_id}", private=True)


def _file(path: Path) -> Path:
    return path.with_name(f"{path.stem}.marks.log")
