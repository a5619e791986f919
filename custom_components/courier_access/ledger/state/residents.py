"""Store residents as of the last load, and who is confirmed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
import json
import secrets
from typing import Final

from sqlalchemy import Connection, and_, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ...access.model import Resident
from ..connections import raw
from ..ledger import Transaction
from ..statements import Statement, microseconds
from ..tables import links, residences, resident_sets

_TOKEN_BYTES: Final = 32


def load_links(conn: Connection) -> Mapping[str, str]:
    """Return the tokens of personal links, by resident."""
    return {row.resident_id: row.token for row in conn.execute(select(links))}


def renew_link(
    transaction: Transaction, resident_id: str, at: datetime, *, by: str | None = None
) -> str:
    """Create or replace a resident's personal link; return its token."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    kept = upsert(links).values(resident_id=resident_id, token=token, since=at)
    transaction.conn.execute(
        kept.on_conflict_do_update(
            index_elements=["resident_id"],
            set_={"token": kept.excluded.token, "since": kept.excluded.since},
        )
    )
    transaction.append(
        "link.renewed", at, {}, {"resident": resident_id, "decided_by": by}
    )
    return token


def revoke_link(
    transaction: Transaction, resident_id: str, at: datetime, *, by: str | None = None
) -> None:
    """Revoke a resident's personal link, if any."""
    deleted = transaction.conn.execute(
        delete(links).where(links.c.resident_id == resident_id)
    )
    if deleted.rowcount == 1:
        transaction.append(
            "link.revoked", at, {}, {"resident": resident_id, "decided_by": by}
        )


NOT_KNOWN: Final = ""
"""The login of a resident whose person has never had a state to read it from."""


class LoginState(StrEnum):
    """State of a resident's last known login when the building was last loaded."""

    NONE = "none"
    """The person never had a user, as far as is known."""
    LINKED = "linked"
    UNLINKED = "unlinked"
    """The person lost this user or was deleted."""
    CLOSED = "closed"
    """The user is disabled or deleted."""


@dataclass(frozen=True, slots=True)
class Residence:
    """A resident as of the last load, with their targets then (`addressed`).

    `user_id` is their last known login, or `NOT_KNOWN`. `since_seq` is their first
    record.
    """

    resident_id: str
    unit: str
    person: str | None
    user_id: str | None
    login: LoginState
    is_confirmed: bool
    since: datetime
    since_seq: int
    addressed: Mapping[str, object]


def load_residences(conn: Connection) -> dict[str, Residence]:
    """Return all residences by resident, in order of arrival."""
    rows = conn.execute(select(residences).order_by(residences.c.since_seq))
    return {
        row.resident_id: Residence(
            row.resident_id,
            row.unit,
            row.person,
            row.user_id,
            LoginState(row.login),
            row.is_confirmed,
            row.since,
            row.since_seq,
            row.addressed,
        )
        for row in rows
    }


_COLUMNS: Final = (
    "resident_id",
    "unit",
    "person",
    "user_id",
    "login",
    "is_confirmed",
    "since",
    "since_seq",
    "addressed",
)
_UPSERT: Final = upsert(residences)
_PUT: Final = Statement.of(
    _UPSERT.on_conflict_do_update(
        index_elements=["resident_id"],
        # Unchanged rows must keep their salt, or each start would be a change.
        set_={name: _UPSERT.excluded[name] for name in _COLUMNS[1:]},
    ),
    *_COLUMNS,
)


def put_residence(
    conn: Connection,
    resident: Resident,
    login: LoginState,
    since: datetime,
    since_seq: int,
    addressed: Mapping[str, object],
) -> None:
    """Store where a resident lives, and their last known login."""
    _PUT.run(
        raw(conn),
        resident_id=resident.id,
        unit=resident.unit,
        person=resident.person,
        user_id=resident.user_id,
        login=login,
        is_confirmed=resident.is_confirmed,
        since=microseconds(since),
        since_seq=since_seq,
        addressed=json.dumps(dict(addressed)),
    )


def confirm_resident(
    transaction: Transaction,
    resident: Resident,
    at: datetime,
    *,
    by: str | None,
    since_seq: int | None = None,
) -> bool:
    """Confirm a pending resident and record who did; return whether they were pending.

    With `since_seq`, confirm only the person who came with that record.
    """
    is_pending = and_(
        residences.c.resident_id == resident.id,
        residences.c.unit == resident.unit,
        ~residences.c.is_confirmed,
    )
    if since_seq is not None:
        is_pending = and_(is_pending, residences.c.since_seq == since_seq)
    confirmed = transaction.conn.execute(
        update(residences).where(is_pending).values(is_confirmed=True)
    )
    if confirmed.rowcount != 1:
        return False
    transaction.append(
        "resident.confirmed",
        at,
        {},
        {"resident": resident.id, "unit": resident.unit, "decided_by": by},
    )
    return True


def units_then(
    conn: Connection, revisions: Collection[int]
) -> Mapping[tuple[int, str], str]:
    """Return the unit in which each resident was confirmed, by revision and resident."""
    rows = conn.execute(
        select(resident_sets).where(resident_sets.c.revision.in_(revisions))
    )
    return {
        (row.revision, resident_id): unit
        for row in rows
        for resident_id, unit in row.members
    }


def remove_residence(conn: Connection, resident_id: str) -> None:
    """Remove the residence of a former resident."""
    conn.execute(delete(residences).where(residences.c.resident_id == resident_id))
