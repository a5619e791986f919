"""What residents are owed to be told of a change, written in the transaction that makes it (promise 2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from ...access.model import Loosening, Pause, Resident
from ..ledger import Transaction
from ..queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
    enqueue_loosening,
    enqueue_pause,
)
from ..state.rules import Author, pauses_in_effect

MOST_NAMES: Final = 8
"""How many names one notice tells; a push has room for some more."""

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FanOutWriter:
    """Owes what a record tells of to a revision of the residents' set: the transaction's newest, or that with the number `of`."""

    transaction: Transaction
    set_revision: int
    at: datetime
    residents: Mapping[str, Resident]
    of: int | None = None

    def resident(
        self,
        kind: NotificationKind,
        resident_id: str,
        details: Mapping[str, str] = _NOTHING,
        addressed: Mapping[str, object] | None = None,
    ) -> None:
        """Owe it to one resident, over their targets or over those that are given."""
        self._enqueue(
            replace(
                self._telling(kind, details),
                resident_id=resident_id,
                addressed=addressed,
            )
        )

    def withdrawal(self, resident: Resident) -> None:
        """Owe the unit and the owner to hear that this resident has withdrawn their consent."""
        details = {"name": resident.name, "resident_id": resident.id}
        self._units(NotificationKind.CONSENT_WITHDRAWN, resident.unit, details)

    def loosening(
        self, resident: Resident, loosened: Sequence[Loosening], by: Author
    ) -> None:
        """Enqueue for a resident that they consented, or that their rules were loosened, and through what."""
        others = [each for each in loosened if each is not Loosening.CONSENT]
        details = {
            "at": self.at.isoformat(),
            "by": "link" if by.by_link else "login",
            "loosened": " ".join(others),
        }
        has_consented = Loosening.CONSENT in loosened
        kind = (
            NotificationKind.CONSENT_GIVEN
            if has_consented
            else NotificationKind.RULES_LOOSENED
        )
        telling = replace(self._telling(kind, details), resident_id=resident.id)
        (enqueue_fan_out if has_consented else enqueue_loosening)(
            self.transaction.conn, telling
        )

    def waiting(self, resident: Resident, since_seq: int) -> None:
        """Owe the residents of a unit to hear who came with that record, whom one of them has to confirm."""
        details = {
            "name": resident.name,
            "resident_id": resident.id,
            "since_seq": str(since_seq),
        }
        self._units(
            NotificationKind.RESIDENT_ADDED, resident.unit, details, about=resident.id
        )

    def counted(self, residents: Sequence[Resident]) -> None:
        """Owe the residents of a unit to hear together who came at once and counts there, where others do.

        Each of them one by one would make as many notices as the square of their number.
        """
        first = residents[0]
        if len(residents) > 1:
            names = ", ".join(each.name for each in residents[:MOST_NAMES])
            details = {"name": names, "more": str(max(0, len(residents) - MOST_NAMES))}
            self._units(NotificationKind.RESIDENT_CONFIRMED, first.unit, details)
        elif any(
            each.counts and each.unit == first.unit and each.id != first.id
            for each in self.residents.values()
        ):
            details = {"name": first.name}
            self._units(
                NotificationKind.RESIDENT_CONFIRMED, first.unit, details, about=first.id
            )

    def everybody(
        self, kind: NotificationKind, details: Mapping[str, str] = _NOTHING
    ) -> None:
        """Owe everybody to hear it, and the owner where they are concerned."""
        self._enqueue(self._telling(kind, details))

    def courier(self, name: str) -> None:
        """Owe everybody to hear that the owner admitted a courier, for whom their rules for any courier hold."""
        self.everybody(NotificationKind.COURIER_ADMITTED, {"courier": name})

    def longer_retention(self, days: int) -> None:
        """Owe everybody to hear that what is personal is kept for longer (promise 7)."""
        self.everybody(NotificationKind.RETENTION_LENGTHENED, {"days": str(days)})

    def building_pause(self) -> None:
        """Owe everybody to hear how the building's pause stands now (promise 4)."""
        pauses = pauses_in_effect(self.transaction.conn, self.at)
        if (pause := longest(pause for pause in pauses if pause.unit is None)) is None:
            kind, details = NotificationKind.ACCESS_RESUMED, _NOTHING
        else:
            kind, details = (
                NotificationKind.ACCESS_PAUSED,
                {"until": pause.until.isoformat()},
            )
        enqueue_pause(self.transaction.conn, self._telling(kind, details))

    def unit_pause(self, unit: str) -> None:
        """Owe a unit's residents to hear how their own pause stands now."""
        pauses = pauses_in_effect(self.transaction.conn, self.at)
        if (pause := longest(pause for pause in pauses if pause.unit == unit)) is None:
            self._units(NotificationKind.UNIT_RESUMED, unit)
        else:
            self._units(
                NotificationKind.UNIT_PAUSED, unit, {"until": pause.until.isoformat()}
            )

    def _units(
        self,
        kind: NotificationKind,
        unit: str,
        details: Mapping[str, str] = _NOTHING,
        about: str | None = None,
    ) -> None:
        here = (each for each in self.residents.values() if each.unit == unit)
        label = next((each.unit_label for each in here), unit)
        self._enqueue(
            replace(
                self._telling(kind, details), units={unit: label}, resident_id=about
            )
        )

    def _enqueue(self, telling: FanOut) -> None:
        enqueue_fan_out(self.transaction.conn, telling)

    def _telling(self, kind: NotificationKind, details: Mapping[str, str]) -> FanOut:
        seq = self.of
        if seq is None:
            assert self.transaction.head is not None
            seq = self.transaction.head.seq
        return FanOut(kind, seq, self.set_revision, self.at, details=details)


def longest(pauses: Iterable[Pause]) -> Pause | None:
    """Return the pause that ends last."""
    return max(pauses, key=lambda pause: pause.until, default=None)
