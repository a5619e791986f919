"""Store residents as of the last load, and who is confirmed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
import secrets
from sqlite3 import Connection
from typing import Final

from ...access.model import Resident
from ..ledger import Transaction
from ..sql import Command, Query

_TOKEN_BYTES: Final = 32

_LINKS: Final = Query("SELECT resident_id, token FROM links", tuple[str, str])
_PUT_LINK: Final = Command("""
    INSERT INTO links (resident_id, token, since) VALUES (:resident_id, :token, :since)
    ON CONFLICT (resident_id) DO UPDATE SET token = excluded.token, since = excluded.since
""")
_REVOKE_LINK: Final = Command("DELETE FROM links WHERE resident_id = :resident_id")


def load_links(conn: Connection) -> Mapping[str, str]:
    return dict(_LINKS.each(conn))


def renew_link(
    transaction: Transaction, resident_id: str, at: datetime, *, by: str | None = None
) -> str:
    """Create or replace a resident's personal link; return its token."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    _PUT_LINK.run(transaction.conn, resident_id=resident_id, token=token, since=at)
    transaction.append(
        "link.renewed", at, {}, {"resident": resident_id, "decided_by": by}
    )
    return token


def revoke_link(
    transaction: Transaction, resident_id: str, at: datetime, *, by: str | None = None
) -> None:
    if _REVOKE_LINK.run(transaction.conn, resident_id=resident_id):
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


_RESIDENCES: Final = Query(
    """
    SELECT resident_id, unit, person, user_id, login, is_confirmed, since, since_seq,
        addressed
    FROM residences ORDER BY since_seq
    """,
    Residence,
)
# Unchanged rows must keep their salt, or each start would be a change.
_PUT: Final = Command("""
    INSERT INTO residences (
        resident_id, unit, person, user_id, login, is_confirmed, since, since_seq,
        addressed
    ) VALUES (
        :resident_id, :unit, :person, :user_id, :login, :is_confirmed, :since,
        :since_seq, :addressed
    )
    ON CONFLICT (resident_id) DO UPDATE
    SET unit = excluded.unit, person = excluded.person, user_id = excluded.user_id,
        login = excluded.login, is_confirmed = excluded.is_confirmed,
        since = excluded.since, since_seq = excluded.since_seq,
        addressed = excluded.addressed
""")
_CONFIRM: Final = Command("""
    UPDATE residences SET is_confirmed = 1
    WHERE resident_id = :resident_id AND unit = :unit AND NOT is_confirmed
        AND since_seq = coalesce(:since_seq, since_seq)
""")
_REMOVE: Final = Command("DELETE FROM residences WHERE resident_id = :resident_id")


def load_residences(conn: Connection) -> dict[str, Residence]:
    """Return all residences by resident, in order of arrival."""
    return {each.resident_id: each for each in _RESIDENCES.each(conn)}


def put_residence(
    conn: Connection,
    resident: Resident,
    login: LoginState,
    since: datetime,
    since_seq: int,
    addressed: Mapping[str, object],
) -> None:
    _PUT.run(
        conn,
        resident_id=resident.id,
        unit=resident.unit,
        person=resident.person,
        user_id=resident.user_id,
        login=login,
        is_confirmed=resident.is_confirmed,
        since=since,
        since_seq=since_seq,
        addressed=addressed,
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
    if not _CONFIRM.run(
        transaction.conn,
        resident_id=resident.id,
        unit=resident.unit,
        since_seq=since_seq,
    ):
        return False
    transaction.append(
        "resident.confirmed",
        at,
        {},
        {"resident": resident.id, "unit": resident.unit, "decided_by": by},
    )
    return True


_UNITS_THEN: Final = Query(
    """
    SELECT revision, members FROM resident_sets
    WHERE revision IN (SELECT value FROM json_each(:revisions))
    """,
    tuple[int, list[list[str]]],
)


def units_then(
    conn: Connection, revisions: Collection[int]
) -> Mapping[tuple[int, str], str]:
    """Return the unit in which each resident was confirmed, by revision and resident."""
    return {
        (revision, resident_id): unit
        for revision, members in _UNITS_THEN.each(conn, revisions=revisions)
        for resident_id, unit in members
    }


def remove_residence(conn: Connection, resident_id: str) -> None:
    _REMOVE.run(conn, resident_id=resident_id)
