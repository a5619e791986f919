"""Watch whether a building's ledger can be used, and recover when it was lost."""

import asyncio
from collections.abc import Callable, Coroutine
from copy import replace
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
import logging
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util.hass_dict import HassKey
import orjson

from ..const import DOMAIN
from ..home_assistant.callbacks import Listeners, Timer
from ..home_assistant.host import Host
from ..home_assistant.issues import IssueKind
from ..ledger.errors import Cause
from ..ledger.ledger import (
    Ledger,
    LedgerUnavailable,
    Transaction,
    probe,
    put_value,
    read_value,
)
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.upkeep.restore import Papers, await_keys, refuse_before, void_consents

LOOK_EVERY: Final = 60.0
"""Seconds between two checks that the open file is still in its place."""

SOON: Final = 5.0
FIRST_PAUSE: Final = 30.0
LONGEST_PAUSE: Final = 300.0
"""Seconds until the next try: after the first failure, the second, and at most."""

ISSUES: Final = MappingProxyType(
    {
        Cause.FULL: IssueKind.LEDGER_FULL,
        Cause.READ_ONLY: IssueKind.LEDGER_READ_ONLY,
        Cause.LOCKED: IssueKind.LEDGER_LOCKED,
        Cause.IO_ERROR: IssueKind.LEDGER_IO_ERROR,
        Cause.DAMAGED: IssueKind.LEDGER_DAMAGED,
        Cause.MOVED: IssueKind.LEDGER_OTHER,
        Cause.TOO_NEW: IssueKind.LEDGER_TOO_NEW,
        Cause.UNFIT: IssueKind.LEDGER_UNFIT,
        Cause.OTHER: IssueKind.LEDGER_OTHER,
    }
)
"""The issue that the administrator sees for each cause."""

LASTING: Final = frozenset({Cause.TOO_NEW, Cause.UNFIT})
"""The causes that stay until the file or the integration is another one."""

_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True)
class LedgerMemory:
    """What is known about a ledger across hand-overs and reloads of its building."""

    tries: int = 0
    is_suspected: bool = False
    was_examined: bool = False
    found_whole: tuple[object, ...] = ()
    """The version of the file that was last found not to be damaged."""

    logged: Cause | None = None
    """Why the ledger can't be used, if the log says so and not yet that it can."""

    def use_suspicion(self) -> bool:
        """Return once whether part of the open ledger could not be read.

        A file that was found intact isn't suspected again before Home Assistant
        restarts: otherwise the building could be replaced again and again.
        """
        if is_suspected := self.is_suspected:
            self.is_suspected, self.was_examined = False, True
        return is_suspected


LEDGER_MEMORY: HassKey[dict[str, LedgerMemory]] = HassKey(f"{DOMAIN}_ledger_health")


def ledger_memory(hass: HomeAssistant, entry_id: str) -> LedgerMemory:
    return hass.data.setdefault(LEDGER_MEMORY, {}).setdefault(entry_id, LedgerMemory())


class LedgerHealth:
    """Watch a building's ledger, open or not."""

    fault: Cause | None = None
    """The cause that the administrator sees; None if the ledger can be used."""

    def __init__(self, host: Host, path: Path) -> None:
        self.ledger = Ledger(path, self._failed)
        self._host = host
        self._issues = host.issues
        self._memory = ledger_memory(host.hass, host.entry_id)
        self._timer = Timer(host.hass)
        self._task: asyncio.Task[None] | None = None
        self._is_watching = False
        self._failures = 0
        self.changes = Listeners[[]]()
        """Called when `fault` has changed."""

    def watch(self) -> None:
        """Begin to watch the open ledger."""
        self._memory.tries = 0
        self._is_watching = True
        self._found_usable()

    def wait(self, fault: LedgerUnavailable) -> None:
        """Try to open the ledger until it works, then hand the building over.

        A cause that lasts isn't tried again.
        """
        cause = fault.cause or Cause.UNFIT
        self._log_failure(cause, str(fault))
        self._show(cause, str(fault))
        if cause not in LASTING:
            self._timer.start(_pause(self._memory.tries), partial(self._run, self._try))
            self._memory.tries += 1

    async def async_stop(self) -> None:
        """Stop watching. The issue stays: nothing is known to be better."""
        self._is_watching = False
        self._timer.stop()
        if (task := self._task) is not None:
            task.cancel()
            await asyncio.wait([task])

    def _failed(self, cause: Cause) -> None:
        if not self._is_watching:
            return
        self._failures += 1
        self._log_failure(cause)
        if cause is Cause.MOVED or (
            cause is Cause.DAMAGED and not self._memory.was_examined
        ):
            self._memory.is_suspected = cause is Cause.DAMAGED
            self._hand_over()
        elif self._failures > 1:
            self._show(cause)
        elif self._task is None or self._task.done():
            self._look_after(SOON)

    def _look_after(self, seconds: float) -> None:
        self._timer.start(seconds, partial(self._run, self._look))

    async def _look(self) -> None:
        try:
            if self._failures:
                await probe(self.ledger)
            else:
                # Each job checks that the file is in its place.
                await self.ledger.read(lambda _: None)
        except LedgerUnavailable:
            if self._is_watching:
                self._look_after(_pause(self._failures))
            return
        self._found_usable()

    def _found_usable(self) -> None:
        self._failures = 0
        if self._memory.logged is not None:
            _LOGGER.info("The access log of %s can be used again", self._host.title)
        self._memory.logged = None
        self._show(None)
        self._look_after(LOOK_EVERY)

    async def _try(self) -> None:
        ledger = Ledger(self.ledger.path)
        try:
            # The files may be part of a backup under way.
            await ledger.open(hold_checkpoints=True)
            await probe(ledger)
        except LedgerUnavailable as err:
            if err.cause is not Cause.DAMAGED:
                self.wait(err)
                return
        finally:
            await ledger.close()
        self._hand_over()

    def _run(self, job: Callable[[], Coroutine[object, object, None]]) -> None:
        self._task = self._host.hass.async_create_background_task(
            job(), f"{DOMAIN} ledger", eager_start=False
        )

    def _hand_over(self) -> None:
        self._is_watching = False
        self._timer.stop()
        self._host.hand_over()

    def _show(self, fault: Cause | None, error: str = "") -> None:
        if fault is not self.fault:
            self.fault = fault
            self.changes.call()
        shown = None if fault is None else ISSUES[fault]
        for kind in set(ISSUES.values()) - {shown}:
            self._issues.clear(kind)
        if shown is not None:
            self._issues.show(
                shown,
                placeholders={"error": error or str(fault)},
                severity=ir.IssueSeverity.ERROR,
            )

    def _log_failure(self, cause: Cause, error: str = "") -> None:
        if self._memory.logged is not cause:
            _LOGGER.error(
                "The access log of %s can't be used (%s): couriers can't enter, and its doors are for use by hand",
                self._host.title,
                f"{cause}: {error}" if cause in LASTING else cause,
            )
        self._memory.logged = cause


def _pause(tries: int) -> float:
    return float(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries, 10)))


_NAME: Final = "recreated"
_FIRST: Final = 1


class Loss(StrEnum):
    """What became of the earlier ledger: the kind of the new one's first record."""

    SET_ASIDE = "ledger.set_aside"
    MISSING = "ledger.missing"


@dataclass(frozen=True, slots=True)
class RecreatedLedger:
    """What a re-created ledger knows about the earlier one."""

    loss: Loss
    file: str | None = None
    """The name of the quarantined file."""

    is_announced: bool = False
    is_seen: bool = False

    @classmethod
    def read(cls, transaction: Transaction) -> Self | None:
        """Return what this ledger knows about an earlier one."""
        kept = read_value(transaction.conn, _NAME)
        if kept is None:
            return None
        data = orjson.loads(kept)
        return cls(**data | {"loss": Loss(data["loss"])})

    def store(self, transaction: Transaction) -> None:
        put_value(transaction.conn, _NAME, orjson.dumps(asdict(self)).decode())


def record_loss(
    transaction: Transaction,
    lost: RecreatedLedger | None,
    papers: Papers,
    now: datetime,
) -> RecreatedLedger | None:
    """Record in an empty ledger that there was an earlier one; return what it knows.

    Paper consent doesn't count again: it may have been withdrawn. Couriers wait until
    the administrator has checked their keys: the configuration may be an older one.
    """
    if transaction.head is not None:
        return RecreatedLedger.read(transaction)
    if lost is None:
        return None
    cause = (
        {"file": lost.file, "cause": "damaged"} if lost.loss is Loss.SET_ASIDE else {}
    )
    transaction.append(lost.loss, now, cause)
    lost.store(transaction)
    void_consents(transaction, papers)
    refuse_before(transaction, now)
    await_keys(transaction)
    return lost


def announce_loss(transaction: Transaction, set_revision: int, now: datetime) -> None:
    """Notify every resident once that the ledger was re-created.

    Entries in the earlier ledger may not have been notified to everybody.
    """
    known = RecreatedLedger.read(transaction)
    if known is not None and not known.is_announced:
        writer = FanOutWriter(transaction, set_revision, now, {}, of=_FIRST)
        writer.notify(NotificationKind.LEDGER_RECREATED)
        replace(known, is_announced=True).store(transaction)


def note_loss_seen(transaction: Transaction) -> None:
    """Store that the administrator has read about it."""
    known = RecreatedLedger.read(transaction)
    if known is not None:
        replace(known, is_seen=True).store(transaction)
