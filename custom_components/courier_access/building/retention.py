"""Purge personal values whose retention time is over (promise 7)."""

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
from ..ledger.ledger import Ledger, LedgerUnavailable, put_value, read_value
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.upkeep import purge
from ..ledger.upkeep.purge import Limits, follow_steadiness
from ..notifications.dispatcher import Dispatcher

LOOK_EVERY: Final = timedelta(hours=1)
PURGE_EVERY: Final = timedelta(hours=23)
"""At the first look after this time: once a day."""

EMPTY_AGAIN: Final = timedelta(minutes=10)
"""When to empty the write-ahead log again if it was being read or copied."""

PICTURES: Final = DOMAIN
"""The folder in the media folders whose files go with the details of visits."""

_DAYS: Final = "retention_days"
_LOGGER = logging.getLogger(__name__)


class Retention:
    """Purge the ledger once a day and soon after a start, but not by a doubtful clock.

    It looks at the clock every hour, since a restart forgets what is known about it.
    """

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        days: int,
        clock_watch: ClockWatch,
        grants: Grants,
        notifications: Dispatcher,
    ) -> None:
        self.days = days
        self._host = host
        self._ledger = ledger
        self._clock_watch = clock_watch
        self._grants = grants
        self._notifications = notifications
        self._look_later = Timer(host.hass)
        self._empty_later = Timer(host.hass)
        self._is_open = False
        self._is_first = True
        self._purged_at: datetime | None = None
        self._before: frozenset[bytes] = frozenset()
        """What a purge found that was not searched for traces since."""

    async def async_start(self, set_revision: int) -> None:
        """Record a changed retention time, and begin to look at the clock."""
        now = dt_util.utcnow()
        await self._ledger.write(
            lambda transaction: _follow_setting(
                FanOutWriter(transaction, set_revision, now, {}), self.days
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
        return steady.is_enough

    async def _purge(self, now: datetime) -> None:
        """Erase old values in small steps, so that entries don't wait."""
        limits = Limits(now, timedelta(days=self.days))
        self._before |= await self._values()
        for job in purge.JOBS:
            after: int | None = 0
            while after is not None:
                if not self._is_open or not self._clock_watch.is_trusted:
                    return
                after = await self._ledger.write(
                    partial(purge.step, job=job, limits=limits, after=after)
                )
        self._grants.forget(now)
        self._notifications.forget(now)
        await self._delete_pictures(now)
        self._purged_at = now
        await self._empty_log()

    async def _delete_pictures(self, now: datetime) -> None:
        hass, before = self._host.hass, now - timedelta(days=self.days)
        folders = [Path(each, PICTURES) for each in hass.config.media_dirs.values()]
        await hass.async_add_executor_job(_delete_older, folders, before.timestamp())

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


def _follow_setting(fan_out: FanOutWriter, days: int) -> None:
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
