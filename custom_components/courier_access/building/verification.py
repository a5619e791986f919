"""Verify the ledger on request: one check at a time, shared by all who wait."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
import time
from typing import Final

from homeassistant.util import dt as dt_util

from ..access.rates import Rates
from ..home_assistant.clock import ClockWatch
from ..home_assistant.host import Host
from ..ledger.chain import Verification
from ..ledger.ledger import Ledger, LedgerUnavailable
from ..ledger.upkeep.restore import note_broken
from ..ledger.verification import Checked, RecordStatus, check_codes
from ..ledger.verify_record import Witness

CHECKS_PER_MINUTE: Final = 6
"""How often one person may request it."""

REST: Final = 4
"""Pause after a check, in multiples of its time: it uses at most a fifth of a core."""

_MOST_REMEMBERED: Final = 1_024


class AskedTooOften(Exception):
    """A person requested it too often and must wait for `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


@dataclass(slots=True)
class _Round:
    """A check that is about to begin, and what its callers want to know."""

    witnesses: set[Witness] = field(default_factory=set)
    done: asyncio.Future[Checked | LedgerUnavailable] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Verifications:
    """Verify one building's ledger."""

    def __init__(self, host: Host, ledger: Ledger, clock_watch: ClockWatch) -> None:
        self._host = host
        self._ledger = ledger
        self._clock_watch = clock_watch
        self._rates = Rates(_MOST_REMEMBERED)
        self._turn = asyncio.Lock()
        self._rests_until = 0.0
        self._coming: _Round | None = None

    async def check(
        self, whose: str, witnesses: Collection[Witness]
    ) -> tuple[Verification, Mapping[Witness, RecordStatus]]:
        """Verify all records, and the verification codes that notifications show.

        `whose` identifies the person. Raise AskedTooOften if they must wait.
        """
        wait = self._rates.take(whose, CHECKS_PER_MINUTE, time.monotonic_ns())
        if wait is not None:
            raise AskedTooOften(wait)
        if (coming := self._coming) is None:
            coming = self._coming = _Round()
            self._host.run_until_stopped(
                self._go(coming), "courier_access verification"
            )
        coming.witnesses.update(witnesses)
        checked = await asyncio.shield(coming.done)
        if isinstance(checked, LedgerUnavailable):
            raise checked
        return checked.found, {each: checked.standing[each] for each in witnesses}

    async def _go(self, coming: _Round) -> None:
        result: Checked | LedgerUnavailable = LedgerUnavailable(
            "the building is being unloaded"
        )
        is_sure = False
        try:
            async with self._turn:
                await asyncio.sleep(self._rests_until - time.monotonic())
                # Later requests may be about records that this check doesn't see.
                self._coming = None
                wanted = frozenset(coming.witnesses)
                # By a clock that is behind, an honest seal looks dated ahead.
                is_sure = self._clock_watch.is_trusted
                began = time.monotonic()
                try:
                    result = await self._ledger.read_apart(
                        lambda conn: check_codes(conn, wanted, dt_util.utcnow())
                    )
                finally:
                    now = time.monotonic()
                    self._rests_until = now + REST * (now - began)
        except LedgerUnavailable as err:
            result = err
        finally:
            if self._coming is coming:
                self._coming = None
            coming.done.set_result(result)
        if (
            isinstance(result, Checked)
            and is_sure
            and not result.found.intact
            and await self._ledger.write(partial(note_broken, found=result.found))
        ):
            # It's new: couriers wait until the administrator has looked.
            self._host.hand_over()
