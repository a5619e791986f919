"""What residents are told of a delivery before it comes: that it is expected, or that it was refused (promise 3)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ..access.model import Courier, Door, Grant, GrantState, Reason, UnitPart
from ..ledger.queue import FanoutKind, Telling, owe_grant_refusal, owe_telling

_OF_UNITS: Final = frozenset({Reason.VETOED, Reason.NOT_ACCEPTING, Reason.OUTSIDE_SCHEDULE})
"""Reasons that are some unit's own: the other units of the grant have no business knowing them."""


@dataclass(frozen=True, slots=True)
class News:
    """A grant as it replaces its `previous` revision, or ends; `seq` is the record of that."""

    courier: Courier
    doors: Mapping[str, Door]
    grant: Grant
    previous: Grant | None
    seq: int
    set_revision: int
    at: datetime


def owe(conn: Connection, news: News, reason: Reason, lived_in: Collection[str]) -> None:
    """Owe to be told what is news to a unit's residents since the revision before.

    `reason` is what the courier was answered, `lived_in` are the units that have residents. The owner hears of
    refusals, too, but not of units in which nobody lives beside some that accepted. When residents are told, and of
    what together, the outbox says (`ledger/announced.py`).
    """
    grant = news.grant
    if accepted := _to_tell(news, grant.accepted_units):
        owe_telling(
            conn,
            _telling(
                news,
                grant,
                FanoutKind.DELIVERY_ANNOUNCED,
                accepted,
                {
                    "max_entries": str(grant.max_entries),
                    **({} if grant.issuer is None else {"issued_by": grant.issuer.kind}),
                },
            ),
        )
    named = [unit for unit in grant.unit_labels if unit not in grant.accepted_units]
    of_residents = [unit for unit in named if unit in lived_in]
    refused = _to_tell(news, of_residents)
    if refused or not (grant.accepted_units or of_residents):
        why = _why(grant, refused, reason)
        owe_grant_refusal(
            conn, _telling(news, grant, FanoutKind.GRANT_REFUSED, refused, {"reason": why})
        )
    owe_called_off(conn, news)


def owe_called_off(conn: Connection, news: News) -> None:
    """Owe those to whom the courier's delivery comes no more to be told so, where that is what they read last."""
    previous = news.previous
    if (
        previous is None
        or previous.state is not GrantState.OPEN
        or previous.entries_left == 0
        or previous.ends_at <= news.at
    ):
        return
    is_revoked = news.grant.state is GrantState.REVOKED
    units = [
        unit
        for unit in previous.accepted_units
        if is_revoked or unit not in news.grant.accepted_units
    ]
    if units:
        parcel = {} if previous.parcel_ref is None else {"parcel_ref": previous.parcel_ref}
        owe_telling(conn, _telling(news, previous, FanoutKind.DELIVERY_CALLED_OFF, units, parcel))


def _to_tell(news: News, units: Iterable[str]) -> list[str]:
    """Return those of the units for whose residents something changed."""
    previous, grant = news.previous, news.grant
    if previous is None or _as_read(previous) != _as_read(grant):
        return list(units)
    return [
        unit
        for unit in units
        if unit not in previous.unit_labels
        or (unit in previous.accepted_units) != (unit in grant.accepted_units)
    ]


def _as_read(grant: Grant) -> tuple[object, ...]:
    """Return what residents read of a grant."""
    return (
        grant.door_id,
        grant.starts_at,
        grant.ends_at,
        grant.parcel_ref,
        grant.max_entries,
    )


def _why(grant: Grant, refused: Sequence[str], reason: Reason) -> Reason:
    """Return why, as all who are told may know it: not what one unit of several has said or shares."""
    if [grant.units[unit] for unit in refused] == [UnitPart.VETOED]:
        return Reason.VETOED
    if grant.accepted_units or (len(grant.unit_labels) > 1 and reason in _OF_UNITS):
        return Reason.NOT_ACCEPTING
    return reason


def _telling(
    news: News, grant: Grant, kind: FanoutKind, units: Iterable[str], more: Mapping[str, str]
) -> Telling:
    door = news.doors.get(grant.door_id)
    return Telling(
        kind=kind,
        seq=news.seq,
        set_revision=news.set_revision,
        at=news.at,
        units={unit: grant.unit_labels[unit] for unit in units},
        key=grant.key,
        details={
            "courier": news.courier.name,
            "door": "" if door is None else door.name,
            "starts_at": grant.starts_at.isoformat(),
            "ends_at": grant.ends_at.isoformat(),
            **more,
        },
    )
