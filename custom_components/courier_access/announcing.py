"""What residents are told of a delivery before it comes: that it is expected, or that it was refused (promise 3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from .access.model import Courier, Door, Grant, Reason, UnitPart
from .ledger.owed import FanoutKind, Telling, owe_grant_refusal, owe_telling

_OF_UNITS: Final = frozenset({Reason.VETOED, Reason.NOT_ACCEPTING, Reason.OUTSIDE_SCHEDULE})
"""Reasons that are some unit's own: the other units of the grant have no business knowing them."""


@dataclass(frozen=True, slots=True)
class News:
    """A grant as it replaces its `previous` revision; `seq` is its record.

    `reason` is what the courier was answered, `lived_in` are the units that have residents.
    """

    courier: Courier
    door: Door | None
    grant: Grant
    previous: Grant | None
    reason: Reason
    lived_in: frozenset[str]
    seq: int
    set_revision: int
    at: datetime


def owe(conn: Connection, news: News) -> None:
    """Owe to be told what is news to a unit's residents; what they were told last counts.

    The owner hears of refusals, too, but not of units in which nobody lives beside some that accepted.
    """
    grant = news.grant
    if accepted := _to_tell(news, grant.accepted_units):
        owe_telling(
            conn,
            _telling(
                news,
                FanoutKind.DELIVERY_ANNOUNCED,
                accepted,
                {
                    "max_entries": str(grant.max_entries),
                    **({} if grant.issuer is None else {"issued_by": grant.issuer.kind}),
                },
            ),
        )
    named = [unit for unit in grant.unit_labels if unit not in grant.accepted_units]
    lived_in = [unit for unit in named if unit in news.lived_in]
    refused = _to_tell(news, lived_in)
    if refused or not (grant.accepted_units or lived_in):
        reason = _why(news, refused)
        owe_grant_refusal(
            conn, _telling(news, FanoutKind.GRANT_REFUSED, refused, {"reason": reason})
        )


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


def _why(news: News, refused: Sequence[str]) -> Reason:
    """Return why, as all who are told may know it: not what one unit of several has said or shares."""
    grant = news.grant
    if [grant.units[unit] for unit in refused] == [UnitPart.VETOED]:
        return Reason.VETOED
    if grant.accepted_units or (len(grant.unit_labels) > 1 and news.reason in _OF_UNITS):
        return Reason.NOT_ACCEPTING
    return news.reason


def _telling(
    news: News, kind: FanoutKind, units: Iterable[str], more: Mapping[str, str]
) -> Telling:
    grant = news.grant
    return Telling(
        kind=kind,
        seq=news.seq,
        set_revision=news.set_revision,
        at=news.at,
        units={unit: grant.unit_labels[unit] for unit in units},
        key=grant.key,
        details={
            "courier": news.courier.name,
            "door": "" if news.door is None else news.door.name,
            "starts_at": grant.starts_at.isoformat(),
            "ends_at": grant.ends_at.isoformat(),
            **more,
        },
    )
