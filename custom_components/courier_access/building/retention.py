"""Purge personal values whose retention time is over, and seal the log (promises 5 and 7)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
import logging
from pathlib import Path
from typing import Final

from homeassistant.util import dt as dt_util

from ..const import DEFAULT_RETENTION_DAYS, DOMAIN
from ..grants.grants import Grants
from ..home_assistant.callbacks import Timer
from ..home_assistant.clock import ClockWatch
from ..home_assistant.host import Host
from ..ledger.ledger import (
    Ledger,
    LedgerUnavailable,
    Transaction,
    put_value,
    read_value,
)
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.state.residents import load_erasure_wishes
from ..ledger.upkeep import purge, sealing
from ..ledger.upkeep.purge import Limits, follow_steadiness
from ..notifications.dispatcher import Dispatcher
from ..residents.directory import Directory

LOOK_EVERY: Final = timedelta(hours=1)
PURGE_EVERY: Final = timedelta(hours=23)
"""At the first look after this time: once a day."""

EMPTY_AGAIN: Final = timedelta(minutes=10)
"""When to empty the write-ahead log again if it was being read or copied."""

PICTURES: Final = DOMAIN
"""The folder in the media folders whose files go with the details of visits."""

SEAL_AFTER: Final = timedelta(days=32)
"""How long the clock must be steady, and a shorter limit be in effect, to seal.

Each resident who can be notified then knew it for 30 days: sending can take more than a day.
"""

_DAYS: Final = "retention_days"
_MONTHS: Final = "log_months"
_PROOF_DAYS: Final = "proof_days"
_SHORTENED_AT: Final = "log_shortened_at"
_LOGGER = logging.getLogger(__name__)


class Retention:
    """Purge the ledger once a day and soon after a start, but not by a doubtful clock.

    It looks at the clock every hour, since a restart forgets what is known about it.
    """

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        directory: Directory,
        clock_watch: ClockWatch,
        grants: Grants,
        notifications: Dispatcher,
    ) -> None:
        self._days = directory.retention_days
        self._months = directory.log_months
        self._proof_days = directory.proof_days
        self._host = host
        self._ledger = ledger
        self._clock_watch = clock_watch
        self._grants = grants
        self._notifications = notifications
        self._look_later = Timer(host.hass)
        self._empty_later = Timer(host.hass)
        self._is_open = False
        self._is_first = True
        self._steady_for = timedelta()
        self._purged_at: datetime | None = None
        self._before: frozenset[bytes] = frozenset()
        """What a purge found that was not searched for traces since."""

    async def async_start(self, set_revision: int) -> None:
        """Record a changed retention time, and begin to look at the clock."""
        now = dt_util.utcnow()
        await self._ledger.write(
            lambda transaction: _follow_settings(
                FanOutWriter(transaction, set_revision, now, {}),
                self._days,
                self._months,
                self._proof_days,
            )
        )
        self._is_open = True
        self._spawn_look()

    def stop(self) -> None:
        """Begin no further step."""
        self._is_open = False
        self._look_later.stop()
        self._empty_later.stop()

    def _spawn_look(self) -> None:
        self._look_later.start(LOOK_EVERY.total_seconds(), self._spawn_look)
        self._host.spawn(self._look(), f"{DOMAIN} retention")

    async def _look(self) -> None:
        now = dt_util.utcnow()
        try:
            if await self._is_time_known(now) and (
                self._purged_at is None or now - self._purged_at >= PURGE_EVERY
            ):
                await self._purge(now)
        except LedgerUnavailable as err:
            if err.cause is None:  # otherwise, `ledger_health` logs it once
                _LOGGER.warning("What is personal is not erased for now: %s", err)

    async def _is_time_known(self, now: datetime) -> bool:
        if not self._clock_watch.is_trusted:
            return False
        agreed, is_first = self._clock_watch.agreed_for(now), self._is_first
        steady = await self._ledger.write(
            lambda transaction: follow_steadiness(
                transaction.conn, now, agreed, is_first=is_first
            )
        )
        self._is_first = False
        self._steady_for = steady.at - steady.since
        return steady.is_enough

    async def _purge(self, now: datetime) -> None:
        """Erase old values in small steps, so that entries don't wait."""
        days, proof = timedelta(days=self._days), timedelta(days=self._proof_days)
        limits = Limits(now, days, proof)
        self._before |= await self._values()
        for job in purge.JOBS:
            after: int | None = 0
            while after is not None:
                if not self._is_open or not self._clock_watch.is_trusted:
                    return
                after = await self._ledger.write(
                    partial(purge.step, job=job, limits=limits, after=after)
                )
        if not await self._seal(now):
            return
        self._grants.forget(now)
        self._notifications.forget(now)
        await self._delete_pictures(now)
        self._purged_at = now
        await self._empty_log()

    async def _delete_pictures(self, now: datetime) -> None:
        wishes = await self._ledger.read(load_erasure_wishes)
        # Nobody knows which home a file is about.
        days = min((self._days, *(each.days for each in wishes.values())))
        hass, before = self._host.hass, now - timedelta(days=days)
        folders = [Path(each, PICTURES) for each in hass.config.media_dirs.values()]
        await hass.async_add_executor_job(_delete_older, folders, before.timestamp())

    async def _seal(self, now: datetime) -> bool:
        """Delete old records in small steps; return whether it came to an end."""
        if self._steady_for < SEAL_AFTER:
            return True
        kept = sealing.Kept(
            self._months * sealing.MONTH,
            timedelta(days=self._days),
            timedelta(days=self._proof_days),
        )
        step = partial(_seal, now=now, kept=kept)
        is_more = True
        while is_more:
            if not self._is_open or not self._clock_watch.is_trusted:
                return False
            is_more = await self._ledger.write(step)
        return True

    async def _empty_log(self) -> None:
        """Empty the write-ahead log, which has the pages as they were, then look at the file."""
        try:
            is_empty = await self._ledger.checkpoint()
            if is_empty and self._before:
                is_empty = await self._remove_traces()
        except (LedgerUnavailable, OSError) as err:
            _LOGGER.warning("What was erased may still be in the files: %s", err)
            is_empty = False
        if not is_empty:
            self._empty_later.start(EMPTY_AGAIN.total_seconds(), self._spawn_emptying)

    async def _values(self) -> frozenset[bytes]:
        return await self._host.hass.async_add_executor_job(
            purge.erasable_values, self._ledger.path
        )

    async def _remove_traces(self) -> bool:
        """Write again what has traces of what was erased; return whether none is left.

        Most are in an index. The whole file is written only if that doesn't help.
        """
        before, kept = self._before, await self._values()
        for write_again in (self._ledger.rebuild, self._ledger.rewrite):
            has_traces = await self._host.hass.async_add_executor_job(
                purge.has_traces, self._ledger.path, before - kept, kept
            )
            if not has_traces:
                break
            if not (await write_again() and await self._ledger.checkpoint()):
                return False
        self._before -= before
        return True

    def _spawn_emptying(self) -> None:
        self._host.spawn(self._empty_log(), f"{DOMAIN} retention")


def _delete_older(folders: Iterable[Path], before: float) -> None:
    """Delete the files that were written before this time, and no folder or link."""
    for folder in folders:
        try:
            for file in folder.iterdir() if folder.exists() else ():
                is_file = file.is_file() and not file.is_symlink()
                if is_file and file.stat().st_mtime < before:
                    file.unlink()
        except OSError as err:
            _LOGGER.warning("Old pictures can't be deleted: %s", type(err).__name__)


def _follow_settings(
    fan_out: FanOutWriter, days: int, months: int, proof_days: int
) -> None:
    _follow_days(fan_out, days)
    _follow_months(fan_out, months)
    _follow_proof_days(fan_out, proof_days)


def _follow_proof_days(fan_out: FanOutWriter, days: int) -> None:
    """Record a changed time for which it is kept who consented. The first one is no change."""
    transaction = fan_out.transaction
    known = read_value(transaction.conn, _PROOF_DAYS)
    put_value(transaction.conn, _PROOF_DAYS, str(days))
    if known is None or days == int(known):
        return
    transaction.append(
        "proof.changed", fan_out.at, {"days": days, "earlier_days": int(known)}
    )
    if days > int(known):
        fan_out.notify(NotificationKind.PROOF_LENGTHENED, {"days": str(days)})


def _follow_days(fan_out: FanOutWriter, days: int) -> None:
    transaction = fan_out.transaction
    known = read_value(transaction.conn, _DAYS)
    earlier = DEFAULT_RETENTION_DAYS if known is None else int(known)
    put_value(transaction.conn, _DAYS, str(days))
    if days == earlier:
        return
    transaction.append(
        "retention.changed", fan_out.at, {"days": days, "earlier_days": earlier}
    )
    if days > earlier:
        fan_out.notify(NotificationKind.RETENTION_LENGTHENED, {"days": str(days)})


def _follow_months(fan_out: FanOutWriter, months: int) -> None:
    """Record a changed limit of the log. After the upgrade, it is a first one."""
    transaction = fan_out.transaction
    conn, known = transaction.conn, read_value(transaction.conn, _MONTHS)
    put_value(conn, _MONTHS, str(months))
    earlier = None if known is None else int(known)
    if months == earlier or (
        earlier is None and not sealing.is_due(conn, fan_out.at - PURGE_EVERY)
    ):
        return
    transaction.append(
        "log.limited", fan_out.at, {"months": months, "earlier_months": earlier}
    )
    is_longer = earlier is not None and months > earlier
    if not is_longer:
        put_value(conn, _SHORTENED_AT, fan_out.at.isoformat())
    fan_out.notify(
        NotificationKind.LOG_LENGTHENED
        if is_longer
        else NotificationKind.LOG_SHORTENED,
        {"months": str(months)},
    )


def _seal(transaction: Transaction, now: datetime, kept: sealing.Kept) -> bool:
    """Seal some records, unless residents were notified of a shorter log too recently."""
    shortened = read_value(transaction.conn, _SHORTENED_AT)
    if shortened is not None and now - datetime.fromisoformat(shortened) < SEAL_AFTER:
        return False
    return sealing.seal(transaction, now, kept)
