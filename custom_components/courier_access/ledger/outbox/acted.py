"""What a reader acted on who pressed a button of a notice: each has a token of its own, which nobody can guess."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from ...access.model import GrantKey
from ..queue import FanoutKind
from ..state.residents import lived_here, units_then
from ..tables import fanouts, notices


@dataclass(frozen=True, slots=True)
class Acted:
    """What a reader acted on: what the notice told of, and what it led.

    `unit` is the resident's as it was then, empty for one who did not count yet; `deliveries` are those that were
    announced, each with the unit as it was when it was. `is_present` says that the reader is who they were then.
    """

    kind: FanoutKind
    resident_id: str
    details: Mapping[str, str]
    unit: str
    deliveries: Mapping[GrantKey, str]
    is_present: bool


def find_by_token(conn: Connection, token: str) -> Acted | None:
    """Return what the notice with this token told of; None where there is none, or it told of an entry."""
    found = select(notices.c.id).where(notices.c.token == token).scalar_subquery()
    rows = conn.execute(
        select(
            notices.c.resident_id.label("reader"),
            lived_here(notices.c.resident_id, fanouts.c.seq).label("is_present"),
            fanouts,
        )
        .join(fanouts, fanouts.c.id == notices.c.fanout_id)
        .where(or_(notices.c.id == found, notices.c.led_by == found), fanouts.c.entry_id.is_(None))
        .order_by(notices.c.id != found, notices.c.id)
    ).all()
    if not rows:
        return None
    units = units_then(conn, {row.set_revision for row in rows})
    return Acted(
        kind=FanoutKind(rows[0].kind),
        resident_id=rows[0].reader,
        details=rows[0].details,
        unit=units.get((rows[0].set_revision, rows[0].reader), ""),
        deliveries={
            GrantKey(row.courier_id, row.grant_id): units.get((row.set_revision, row.reader), "")
            for row in rows
            if row.kind == FanoutKind.DELIVERY_ANNOUNCED
        },
        is_present=rows[0].is_present,
    )
