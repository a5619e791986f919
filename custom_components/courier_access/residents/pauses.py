"""Pauses of the building and of its units, in memory as they are on the disk (promise 4)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from homeassistant.util import dt as dt_util

from ..access.model import PAUSE_LASTS, Pause
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.fanout import FanOutWriter, longest
from ..ledger.state.rules import Author, end_pauses, move_pauses, put_pause

LONGEST_PAUSE: Final = timedelta(days=366)


class Pauses:
    """What is paused, by whom, until when.

    Each change is on the disk, recorded and owed to be told, before it counts here.
    """

    def __init__(
        self,
        ledger: Ledger,
        teller: Callable[[Transaction, datetime], FanOutWriter],
        changed: Callable[[], None],
    ) -> None:
        """Prepare them; `changed` is called after each change."""
        self._ledger = ledger
        self._teller = teller
        self._changed = changed
        self._all: list[Pause] = []

    def load(self, pauses: Iterable[Pause]) -> None:
        """Go by these, as they were read."""
        self._all = list(pauses)

    @property
    def all(self) -> tuple[Pause, ...]:
        """Those that hold, and some that have run out since."""
        return tuple(self._all)

    def of_building(self) -> Pause | None:
        """Return the pause that holds for the whole building now, the one that ends last."""
        now = dt_util.utcnow()
        return longest(
            pause for pause in self._all if pause.unit is None and pause.until > now
        )

    def of_unit(self, unit: str) -> Pause | None:
        """Return the pause that holds for that unit alone now, the one that ends last."""
        return longest(pause for pause in self.over(unit) if pause.unit is not None)

    def over(self, unit: str) -> list[Pause]:
        """Return the pauses that hold for a unit now."""
        now = dt_util.utcnow()
        return [pause for pause in self._all if pause.covers(unit, now)]

    async def pause(
        self, by: Author, by_units: Sequence[str] = (), until: datetime | None = None
    ) -> None:
        """Halt courier access to the building, by default for 24 hours, and owe everybody to be told (promise 4).

        Whoever resumes for others leaves it standing for each of `by_units`, where the one who paused lives.
        """
        now = dt_util.utcnow()
        ends = until or now + PAUSE_LASTS

        def write(transaction: Transaction) -> list[Pause]:
            made = [
                put_pause(transaction, now, ends, by_unit=by_unit, by=by.decided_by)
                for by_unit in by_units or (None,)
            ]
            self._teller(transaction, now).building_pause()
            return made

        self._all.extend(await self._ledger.write(write))
        self._changed()

    async def pause_unit(
        self, unit: str, by: Author, until: datetime | None = None
    ) -> None:
        """Halt courier access to one unit, by default for 24 hours, and owe its residents to be told (promise 4)."""
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
            self._teller(transaction, now).unit_pause(unit)
            return made

        self._all.append(await self._ledger.write(write))
        self._changed()

    def clock_set(self, step: timedelta) -> Sequence[Pause]:
        """Let the pauses that held before go on for their length; return them."""
        before = dt_util.utcnow() - step
        held = [
            each
            for each in self._all
            if each.until > before and each.has_default_length
        ]
        moved = {each.id: each.moved(step) for each in held}
        self._all = [moved.get(each.id, each) for each in self._all]
        return tuple(moved.values())

    async def keep_moved(self, moved: Sequence[Pause]) -> None:
        """Write down until when these pauses hold now."""
        now = dt_util.utcnow()
        await self._ledger.write(partial(move_pauses, moved=moved, at=now))
        self._changed()

    async def resume(self, by: Author, units: Sequence[str]) -> None:
        """End the building's pauses, and those of one's own `units`; owe it to be told.

        What a resident paused stays paused for that resident's own unit, whoever else resumes (promise 4).
        """
        now = dt_util.utcnow()
        ended = [
            pause
            for pause in self._all
            if pause.until > now and (pause.unit is None or pause.unit in units)
        ]
        await self._resume(ended, by, units, now)

    async def resume_unit(self, unit: str, by: Author) -> None:
        """End a unit's own pauses and owe its residents to be told; what is paused for the building stays so."""
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
            stays = [
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
            teller = self._teller(transaction, now)
            if any(pause.unit is None for pause in ended):
                teller.building_pause()
            for unit in dict.fromkeys(
                p.unit for p in (*ended, *stays) if p.unit is not None
            ):
                teller.unit_pause(unit)
            return stays

        stays = await self._ledger.write(write)
        self._all = [pause for pause in self._all if pause not in ended] + stays
        self._changed()
