"""Keep the pauses of the building and its units (promise 4)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from homeassistant.util import dt as dt_util

from ..access.model import PAUSE_LASTS, Pause
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.fanout import FanOutWriter, longest
from ..ledger.state.rules import Author, end_pauses, put_pause

LONGEST_PAUSE: Final = timedelta(days=366)


class Pauses:
    """Hold the pauses of one building, in memory as in the ledger.

    A change is committed with its record and notifications before it takes effect, but
    for a later end because the clock was set.
    """

    def __init__(
        self,
        ledger: Ledger,
        fan_out: Callable[[Transaction, datetime], FanOutWriter],
        changed: Callable[[], None],
    ) -> None:
        self._ledger = ledger
        self._fan_out = fan_out
        self._changed = changed
        self._all: list[Pause] = []

    def load(self, pauses: Iterable[Pause]) -> None:
        """Replace the pauses with those read from the ledger."""
        self._all = list(pauses)

    @property
    def all(self) -> tuple[Pause, ...]:
        """Return all pauses, including some that have ended."""
        return tuple(self._all)

    def of_building(self) -> Pause | None:
        """Return the building's current pause that ends last."""
        now = dt_util.utcnow()
        return longest(
            pause for pause in self._all if pause.unit is None and pause.until > now
        )

    def of_unit(self, unit: str) -> Pause | None:
        """Return the unit's own current pause that ends last."""
        return longest(pause for pause in self.over(unit) if pause.unit is not None)

    def over(self, unit: str) -> list[Pause]:
        """Return the current pauses that cover a unit."""
        now = dt_util.utcnow()
        return [pause for pause in self._all if pause.covers(unit, now)]

    async def pause(
        self, by: Author, by_units: Sequence[str] = (), until: datetime | None = None
    ) -> None:
        """Pause the building, by default for 24 hours, and notify everyone (promise 4).

        If others resume, the pause stays for each of `by_units`, the units of the
        resident who paused.
        """
        now = dt_util.utcnow()
        ends = until or now + PAUSE_LASTS

        def write(transaction: Transaction) -> list[Pause]:
            made = [
                put_pause(transaction, now, ends, by_unit=by_unit, by=by.decided_by)
                for by_unit in by_units or (None,)
            ]
            self._fan_out(transaction, now).building_pause(made, by)
            return made

        self._all.extend(await self._ledger.write(write))
        self._changed()

    async def pause_unit(
        self, unit: str, by: Author, until: datetime | None = None
    ) -> None:
        """Pause one unit, by default for 24 hours; notify its residents."""
        now = dt_util.utcnow()

        def write(transaction: Transaction) -> Pause:
            made = put_pause(
                transaction,
                now,
                until or now + PAUSE_LASTS,
                unit=unit,
                by_unit=unit,
                by=by.decided_by,
            )
            self._fan_out(transaction, now).unit_pause(unit, [made], by)
            return made

        self._all.append(await self._ledger.write(write))
        self._changed()

    def clock_set(self, step: timedelta) -> Sequence[Pause]:
        """Return the current pauses with the ends that they get from a clock that was set.

        A later end takes effect at once: before anything is decided by the new time. An
        earlier one waits for `move`, after the ends are written.
        """
        before = dt_util.utcnow() - step
        moved = [
            each.moved(step)
            for each in self._all
            if each.until > before and each.has_default_length
        ]
        if step > timedelta():
            self.move(moved)
        return moved

    def move(self, moved: Sequence[Pause]) -> None:
        """Give pauses their new ends."""
        ends = {each.id: each for each in moved}
        self._all = [ends.get(each.id, each) for each in self._all]
        self._changed()

    async def resume(self, by: Author, units: Sequence[str]) -> None:
        """End the pauses of the building and of the caller's `units`; notify residents.

        A pause that a resident started stays for that resident's own unit if others
        resume (promise 4).
        """
        now = dt_util.utcnow()
        ended = [
            pause
            for pause in self._all
            if pause.until > now and (pause.unit is None or pause.unit in units)
        ]
        await self._resume(ended, by, units, now)

    async def resume_unit(self, unit: str, by: Author) -> None:
        """End a unit's own pauses and notify its residents; building pauses stay."""
        now = dt_util.utcnow()
        ended = [
            pause for pause in self._all if pause.until > now and pause.unit == unit
        ]
        await self._resume(ended, by, [unit], now)

    async def _resume(
        self, ended: Sequence[Pause], by: Author, units: Sequence[str], now: datetime
    ) -> None:
        def write(transaction: Transaction) -> list[Pause]:
            end_pauses(transaction, ended, now, by=by.decided_by)
            remaining = [
                put_pause(
                    transaction,
                    now,
                    pause.until,
                    unit=pause.by_unit,
                    by_unit=pause.by_unit,
                    by=by.decided_by,
                )
                for pause in ended
                if pause.by_unit is not None and pause.by_unit not in units
            ]
            fan_out = self._fan_out(transaction, now)
            if any(pause.unit is None for pause in ended):
                fan_out.building_pause()
            for unit in dict.fromkeys(
                p.unit for p in (*ended, *remaining) if p.unit is not None
            ):
                fan_out.unit_pause(unit)
            return remaining

        remaining = await self._ledger.write(write)
        self._all = [pause for pause in self._all if pause not in ended] + remaining
        self._changed()
