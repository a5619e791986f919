"""Notice who moved in or out, and who is pending in their unit (docs/architecture.md#rules-and-schedules)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from ..access.model import Resident
from ..ledger.state.residents import NOT_KNOWN, Residence


class Arrival(Enum):
    """What a resident is compared with what was kept of them."""

    SAME = auto()
    NEW = auto()
    CHANGED = auto()


@dataclass(frozen=True, slots=True)
class Move:
    """A resident as they count from now on, with their last known login."""

    resident: Resident
    arrival: Arrival


def compare(
    residents: Iterable[Resident], kept: Mapping[str, Residence], unsure: Collection[str]
) -> dict[str, Move]:
    """Say of each resident whether they are who they were and whether they count in their unit.

    In a unit where a resident with a user counts, whoever is new, or has become another person, user or unit, does
    not count until one of those confirms them. When none is left, those who wait do, the first to come before
    the others. A resident whose person has lost its user keeps it as their last known login, and so does a resident
    who is `unsure`: one whose person can't be asked for a user now.
    """
    moves = {
        resident.id: _move(resident, kept.get(resident.id), resident.id in unsure)
        for resident in residents
    }
    has_login: set[str] = {
        move.resident.unit
        for move in moves.values()
        if move.resident.counts and _has_login(move.resident)
    }
    waiting = [move for move in moves.values() if not move.resident.counts]
    came = {resident_id: number for number, resident_id in enumerate(kept)}
    for move in sorted(waiting, key=lambda move: _place(move, came)):
        unit = move.resident.unit
        if unit in has_login:
            continue
        moves[move.resident.id] = replace(move, resident=replace(move.resident, counts=True))
        if _has_login(move.resident):
            has_login.add(unit)
    return moves


def _move(resident: Resident, kept: Residence | None, is_unsure: bool) -> Move:
    last = replace(resident, user_id=_last_login(resident, kept, is_unsure))
    if kept is not None and _is_same(resident, kept):
        return Move(replace(last, counts=kept.counts), Arrival.SAME)
    return Move(replace(last, counts=False), Arrival.NEW if kept is None else Arrival.CHANGED)


def _is_same(resident: Resident, kept: Residence) -> bool:
    return (resident.unit, resident.person) == (kept.unit, kept.person) and (
        resident.user_id in (None, kept.user_id) or kept.user_id == NOT_KNOWN
    )


def _last_login(resident: Resident, kept: Residence | None, is_unsure: bool) -> str | None:
    """Return the user of a resident's person, or the last one that this person had."""
    if resident.user_id is not None:
        return resident.user_id
    if kept is None or kept.person != resident.person:
        return NOT_KNOWN if is_unsure else None
    return None if kept.user_id == NOT_KNOWN and not is_unsure else kept.user_id


def _has_login(resident: Resident) -> bool:
    """Whether a resident has a login, with which they could confirm somebody."""
    return resident.user_id not in (None, NOT_KNOWN)


def _place(move: Move, came: Mapping[str, int]) -> int:
    """Those who have waited before come first; the sort keeps the others in the order of the subentries."""
    return came[move.resident.id] if move.arrival is Arrival.SAME else len(came)
