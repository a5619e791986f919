"""Enqueue notifications of a change in the transaction that makes it (promise 2)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from ...access.model import Loosening, Pause, Resident
from ..ledger import Transaction
from ..queue import (
    AUTHORS,
    FanOut,
    NotificationKind,
    enqueue_configuration,
    enqueue_counted,
    enqueue_fan_out,
    enqueue_loosening,
    enqueue_pause,
)
from ..state.rules import Author, pauses_in_effect

MOST_NAMES: Final = 8
"""The most names in one notification."""

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FanOutWriter:
    """Enqueue fan-outs about a record for a revision of the set of residents.

    The record is the transaction's newest, or the one with the number `of`.
    """

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
        """Notify one resident through their targets or through `addressed`."""
        self._enqueue(
            replace(
                self._fan_out(kind, details),
                resident_id=resident_id,
                addressed=addressed,
            )
        )

    def withdrawal(self, resident: Resident) -> None:
        """Notify the unit and the owner that this resident withdrew consent."""
        details = {
            "name": resident.name,
            "resident_id": resident.id,
            AUTHORS: resident.id,
        }
        self._units(NotificationKind.CONSENT_WITHDRAWN, resident.unit, details)

    def loosening(
        self, resident: Resident, loosened: Sequence[Loosening], by: Author
    ) -> None:
        """Notify a resident that they consented or that their rules were loosened."""
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
        fan_out = replace(self._fan_out(kind, details), resident_id=resident.id)
        (enqueue_fan_out if has_consented else enqueue_loosening)(
            self.transaction.conn, fan_out
        )

    def renewed_link(self, resident: Resident) -> None:
        """Notify a resident that their link was renewed; a script may do that often."""
        fan_out = self._fan_out(NotificationKind.LINK_RENEWED, _NOTHING)
        enqueue_counted(
            self.transaction.conn, replace(fan_out, resident_id=resident.id)
        )

    def lost_login(self, resident: Resident) -> None:
        """Notify the unit's other residents that a resident's login was closed.

        A deleted user takes the phone's app along, so the resident may not hear of it.
        """
        details = {"name": resident.name}
        self._units(
            NotificationKind.LOGIN_LOST, resident.unit, details, about=resident.id
        )

    def waiting(self, resident: Resident, since_seq: int) -> None:
        """Notify the unit of a pending resident, for one of them to confirm."""
        details = {
            "name": resident.name,
            "resident_id": resident.id,
            "since_seq": str(since_seq),
        }
        self._units(
            NotificationKind.RESIDENT_ADDED, resident.unit, details, about=resident.id
        )

    def confirmed(self, resident: Resident, by: Resident) -> None:
        """Enqueue for a unit's confirmed residents who was confirmed, and with whose login."""
        details = {
            "name": resident.name,
            "by": "login",
            "confirmed_by": by.name,
            AUTHORS: by.id,
        }
        self._units(
            NotificationKind.RESIDENT_CONFIRMED,
            resident.unit,
            details,
            about=resident.id,
        )

    def counted(self, residents: Sequence[Resident]) -> None:
        """Notify a unit's other residents of new residents who are confirmed at once.

        One notification each would grow with the square of their number.
        """
        first = residents[0]
        if len(residents) > 1:
            names = ", ".join(each.name for each in residents[:MOST_NAMES])
            details = {"name": names, "more": str(max(0, len(residents) - MOST_NAMES))}
            self._units(NotificationKind.RESIDENT_CONFIRMED, first.unit, details)
        elif any(
            each.is_confirmed and each.unit == first.unit and each.id != first.id
            for each in self.residents.values()
        ):
            details = {"name": first.name}
            self._units(
                NotificationKind.RESIDENT_CONFIRMED, first.unit, details, about=first.id
            )

    def everybody(
        self, kind: NotificationKind, details: Mapping[str, str] = _NOTHING
    ) -> None:
        """Notify everybody, and the owner if they are concerned."""
        self._enqueue(self._fan_out(kind, details))

    def courier(self, courier_id: str, name: str) -> None:
        """Notify everybody that the owner registered a courier."""
        details = {"courier": name, "courier_id": courier_id}
        self.everybody(NotificationKind.COURIER_ADMITTED, details)

    def configuration(self, changes: Sequence[Mapping[str, str]]) -> None:
        """Notify everybody of other changes that the owner made."""
        kind = NotificationKind.CONFIGURATION_CHANGED
        enqueue_configuration(
            self.transaction.conn, self._fan_out(kind, {}), list(changes)
        )

    def longer_retention(self, days: int) -> None:
        """Notify everybody that personal data is kept longer (promise 7)."""
        self.everybody(NotificationKind.RETENTION_LENGTHENED, {"days": str(days)})

    def building_pause(
        self, made: Sequence[Pause] = (), by: Author | None = None
    ) -> None:
        """Notify everybody of the building's current pause (promise 4).

        `by` made the pauses `made`. A current pause that isn't among them isn't theirs.
        """
        pauses = pauses_in_effect(self.transaction.conn, self.at)
        if (pause := longest(pause for pause in pauses if pause.unit is None)) is None:
            kind, details = NotificationKind.ACCESS_RESUMED, _NOTHING
        else:
            kind, details = (
                NotificationKind.ACCESS_PAUSED,
                self._pause(pause, made, by),
            )
        enqueue_pause(self.transaction.conn, self._fan_out(kind, details))

    def unit_pause(
        self, unit: str, made: Sequence[Pause] = (), by: Author | None = None
    ) -> None:
        """Notify a unit's residents of their current pause; `by` made `made`."""
        pauses = pauses_in_effect(self.transaction.conn, self.at)
        if (pause := longest(pause for pause in pauses if pause.unit == unit)) is None:
            self._units(NotificationKind.UNIT_RESUMED, unit)
        else:
            details = self._pause(pause, made, by)
            self._units(NotificationKind.UNIT_PAUSED, unit, details)

    def _pause(
        self, pause: Pause, made: Sequence[Pause], by: Author | None
    ) -> Mapping[str, str]:
        until = {"until": pause.until.isoformat()}
        if by is None or pause.id not in {each.id for each in made}:
            return until
        authors = (
            each.id
            for each in self.residents.values()
            if each.id == by.resident_id
            or (by.user_id is not None and each.user_id == by.user_id)
        )
        return {**until, AUTHORS: " ".join(authors)}

    def unanswered_rings(self, units: Collection[str], door_name: str) -> None:
        """Notify these units and the owner that nobody answered several rings."""
        details = {"door": door_name}
        fan_out = self._fan_out(NotificationKind.RINGS_UNANSWERED, details)
        labels = {unit: self._label(unit) for unit in units}
        self._enqueue(replace(fan_out, units=labels))

    def _units(
        self,
        kind: NotificationKind,
        unit: str,
        details: Mapping[str, str] = _NOTHING,
        about: str | None = None,
    ) -> None:
        labels = {unit: self._label(unit)}
        self._enqueue(
            replace(self._fan_out(kind, details), units=labels, resident_id=about)
        )

    def _label(self, unit: str) -> str:
        here = (each for each in self.residents.values() if each.unit == unit)
        return next((each.unit_label for each in here), unit)

    def _enqueue(self, fan_out: FanOut) -> None:
        enqueue_fan_out(self.transaction.conn, fan_out)

    def _fan_out(self, kind: NotificationKind, details: Mapping[str, str]) -> FanOut:
        seq = self.of
        if seq is None:
            assert self.transaction.head is not None
            seq = self.transaction.head.seq
        return FanOut(kind, seq, self.set_revision, self.at, details=details)


def longest(pauses: Iterable[Pause]) -> Pause | None:
    """Return the pause that ends last."""
    return max(pauses, key=lambda pause: pause.until, default=None)
