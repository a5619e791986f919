"""What residents have decided, in memory as it is on the disk: rules, consent, pause."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from homeassistant.core import CALLBACK_TYPE, callback

from .access.model import Consent, Courier, Door, GrantKey, Pause, Resident, Rules, UnitPart
from .access.policy import Facts
from .ledger import grants as kept_grants, rules as kept_rules
from .ledger.ledger import Ledger, Transaction
from .ledger.rules import Author, KeptRules
from .listeners import Listeners

PAUSE: Final = timedelta(hours=24)
LONGEST_PAUSE: Final = timedelta(days=366)


class Rulebook:
    """The residents' rules and pauses.

    Each change is on the disk, recorded, before it counts here; from then on the next decision goes by it.
    """

    def __init__(
        self,
        ledger: Ledger,
        residents: Mapping[str, Resident],
        doors: Mapping[str, Door],
        zone: Callable[[], ZoneInfo],
        clock: Callable[[], datetime],
    ) -> None:
        """Prepare the rules of these residents; `load` reads them."""
        self._ledger = ledger
        self._residents = residents
        self._doors = doors
        self._zone = zone
        self._clock = clock
        self._rules: dict[str, Rules] = {}
        self._by_unit: dict[str, tuple[Rules, ...]] = {}
        self._pauses: list[Pause] = []
        self._listeners = Listeners[[]]()
        self._parted = Listeners[Sequence[GrantKey], str, UnitPart]()
        self.set_revision = 0
        self.turn = asyncio.Lock()
        """Held from before rules are read to be changed until the change is on the disk."""

    async def load(self, papers: Mapping[str, tuple[Author, Rules]]) -> None:
        """Read what was decided, after bringing it up to date with who lives here.

        The rules of a resident who left, or whose person or unit is another than when they were made, are
        erased: consent is asked anew, and open grants end for a unit in which nobody else consents. A decision on paper that is new is written down once, and only
        for a resident who has no user to speak for themself.
        """
        now = self._clock()

        def bring_up_to_date(transaction: Transaction) -> int:
            kept = kept_rules.load(transaction.conn)
            left: set[str] = set()
            for resident_id, old in list(kept.items()):
                resident = self._residents.get(resident_id)
                if resident is None:
                    why = "left"
                elif _of_somebody_else(old, resident):
                    why = "changed"
                else:
                    continue
                kept_rules.remove(transaction, resident_id, why, now)
                left.add(old.unit)
                del kept[resident_id]
            consenting = {
                other.unit for other in kept.values() if other.rules.consent is Consent.GIVEN
            }
            kept_grants.part(transaction, left - consenting, now, UnitPart.WITHDRAWN)
            for resident_id, (author, decided) in papers.items():
                old_rules = kept.get(resident_id)
                resident = self._residents[resident_id]
                if resident.user_id is None and _is_newer_paper(author, old_rules):
                    revision = 1 if old_rules is None else old_rules.rules.revision + 1
                    self._put(
                        transaction, resident, replace(decided, revision=revision), author, now
                    )
            return kept_rules.enrol(transaction, list(self._residents.values()), now)

        self.set_revision = await self._ledger.write(bring_up_to_date)
        loaded = await self._ledger.read(kept_rules.load)
        self._rules = {resident_id: kept.rules for resident_id, kept in loaded.items()}
        self._pauses = await self._ledger.read(lambda conn: kept_rules.pauses_at(conn, now))
        self._changed()

    def of(self, resident_id: str) -> Rules:
        """Return a resident's rules; without any, the ones that open nothing."""
        return self._rules.get(resident_id, Rules())

    def facts(self, courier: Courier) -> Facts:
        """Return what a decision about this courier looks at now."""
        return Facts(courier, self._doors, self._by_unit, tuple(self._pauses), self._zone())

    async def change(self, resident: Resident, new: Rules, author: Author) -> Rules:
        """Write down a resident's new rules and go by them; return them with their revision.

        Rules that say the same as before are no change. A withdrawal ends the unit's part in the grants that are open, at once (promise 1).

        Raises:
            LedgerUnavailable: it can't be written; the old rules stay.

        """
        now = self._clock()
        old = self.of(resident.id)
        new = replace(new, revision=old.revision)
        if new == old:
            return old
        new = replace(new, revision=old.revision + 1)
        parted = await self._ledger.write(
            lambda transaction: self._put(transaction, resident, new, author, now)
        )
        self._rules[resident.id] = new
        self._parted.tell(parted, resident.unit, UnitPart.WITHDRAWN)
        self._changed()
        return new

    def building_pause(self) -> Pause | None:
        """Return the pause that holds for the whole building now, the one that ends last."""
        now = self._clock()
        return max(
            (pause for pause in self._pauses if pause.unit is None and pause.until > now),
            key=lambda pause: pause.until,
            default=None,
        )

    async def pause(
        self, by: Author, by_units: Sequence[str] = (), until: datetime | None = None
    ) -> None:
        """Halt courier access to the building, by default for 24 hours (promise 4).

        Whoever resumes for others leaves it standing for each of `by_units`, where the one who paused lives.
        """
        now = self._clock()
        ends = until or now + PAUSE
        pauses = await self._ledger.write(
            lambda transaction: [
                kept_rules.pause(transaction, now, ends, by_unit=by_unit, by=by.user_id)
                for by_unit in by_units or (None,)
            ]
        )
        self._pauses.extend(pauses)
        self._changed()

    async def pause_unit(self, unit: str, by: Author, until: datetime | None = None) -> None:
        """Halt courier access to one unit, by default for 24 hours (promise 4)."""
        now = self._clock()
        made = await self._ledger.write(
            lambda transaction: kept_rules.pause(
                transaction, now, until or now + PAUSE, unit=unit, by_unit=unit, by=by.user_id
            )
        )
        self._pauses.append(made)
        self._changed()

    async def resume_unit(self, unit: str, by: Author) -> None:
        """End a unit's own pauses; what is paused for the building stays so."""
        now = self._clock()
        ended = [pause for pause in self._pauses if pause.until > now and pause.unit == unit]
        await self._ledger.write(
            lambda transaction: kept_rules.resume(transaction, ended, now, by=by.user_id)
        )
        self._pauses = [pause for pause in self._pauses if pause not in ended]
        self._changed()

    async def resume(self, by: Author, units: Sequence[str]) -> None:
        """End the building's pauses, and those of one's own `units`.

        What a resident paused stays paused for that resident's own unit, whoever else resumes (promise 4).
        """
        now = self._clock()
        ended = [
            pause
            for pause in self._pauses
            if pause.until > now and (pause.unit is None or pause.unit in units)
        ]
        foreign = [
            pause for pause in ended if pause.by_unit is not None and pause.by_unit not in units
        ]

        def end(transaction: Transaction) -> list[Pause]:
            kept_rules.resume(transaction, ended, now, by=by.user_id)
            return [
                kept_rules.pause(
                    transaction,
                    now,
                    pause.until,
                    unit=pause.by_unit,
                    by_unit=pause.by_unit,
                    by=by.user_id,
                )
                for pause in foreign
            ]

        standing = await self._ledger.write(end)
        self._pauses = [pause for pause in self._pauses if pause not in ended] + standing
        self._changed()

    def pauses(self, unit: str) -> list[Pause]:
        """Return the pauses that hold for a unit now."""
        now = self._clock()
        return [pause for pause in self._pauses if pause.covers(unit, now)]

    @callback
    def listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `listener` after each change, until the returned function is called."""
        return self._listeners.add(listener)

    @callback
    def listen_parted(
        self, listener: Callable[[Sequence[GrantKey], str, UnitPart], None]
    ) -> CALLBACK_TYPE:
        """Call `listener` with the grants that a unit left, until the returned function is called."""
        return self._parted.add(listener)

    def _put(
        self,
        transaction: Transaction,
        resident: Resident,
        new: Rules,
        author: Author,
        now: datetime,
    ) -> list[GrantKey]:
        kept_rules.put(transaction, resident, new, author, now)
        if new.consent is not Consent.WITHDRAWN:
            return []
        return kept_grants.part(transaction, [resident.unit], now, UnitPart.WITHDRAWN)

    def _changed(self) -> None:
        by_unit: dict[str, tuple[Rules, ...]] = {}
        for resident in self._residents.values():
            by_unit[resident.unit] = (*by_unit.get(resident.unit, ()), self.of(resident.id))
        self._by_unit = by_unit
        self._listeners.tell()


def _of_somebody_else(old: KeptRules, resident: Resident) -> bool:
    """Whether rules were made by another person, login or for another unit than the resident's now.

    Rules belong to who made them; only a withdrawal stands whoever logs in as the person now.
    """
    if (old.unit, old.person) != (resident.unit, resident.person):
        return True
    logins = {old.user_id, resident.user_id} - {None}
    return len(logins) > 1 and old.rules.consent is not Consent.WITHDRAWN


def _is_newer_paper(paper: Author, old: KeptRules | None) -> bool:
    """Whether a paper is still to be written down; it does not override what a login has decided."""
    return old is None or (old.user_id is None and old.paper_id != paper.paper_id)
