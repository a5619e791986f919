"""Who lives where, as it was when the building was last loaded, and who counts in their unit."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
import secrets
from typing import Final

from sqlalchemy import Connection, and_, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ...access.model import Resident
from ..ledger import Transaction
from ..tables import links, residences, resident_sets

_TOKEN_BYTES: Final = 32


def load_links(conn: Connection) -> Mapping[str, str]:
    """Return the residents' tokens, by resident."""
    return {row.resident_id: row.token for row in conn.execute(select(links))}


def renew_link(
    transaction: Transaction, resident_id: str, at: datetime, *, by: str | None = None
) -> str:
    """Give a resident a link, in the place of the one they may have; return its token."""
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
    """Take a resident's link away, where they have one."""
    gone = transaction.conn.execute(
        delete(links).where(links.c.resident_id == resident_id)
    )
    if gone.rowcount == 1:
        transaction.append(
            "link.revoked", at, {}, {"resident": resident_id, "decided_by": by}
        )


NOT_KNOWN: Final = ""
"""Stands for the login of a resident whose person has never had a state to read it from."""


class LoginState(StrEnum):
    """State of a resident's last known login when the building was last loaded."""

    NONE = "none"
    """Their person never had a user, or it isn't known whether it had one."""
    LINKED = "linked"
    UNLINKED = "unlinked"
    """Their person has lost this user or was deleted."""
    CLOSED = "closed"
    """The user is disabled or deleted."""


@dataclass(frozen=True, slots=True)
class Residence:
    """A resident as last loaded: where and as whom they live, and over what they were told (`addressed`).

    `user_id` is their last known login, in the state `login`; `NOT_KNOWN` where the person could not be asked so far.
    `since_seq` is the first record since they came.
    """

    resident_id: str
    unit: str
    person: str | None
    user_id: str | None
    login: LoginState
    counts: bool
    since: datetime
    since_seq: int
    addressed: Mapping[str, object]


def load_residences(conn: Connection) -> dict[str, Residence]:
    """Return every residence, by resident, those who came first before the others."""
    rows = conn.execute(select(residences).order_by(residences.c.since_seq))
    return {
        row.resident_id: Residence(
            row.resident_id,
            row.unit,
            row.person,
            row.user_id,
            LoginState(row.login),
            row.counts,
            row.since,
            row.since_seq,
            row.addressed,
        )
        for row in rows
    }


def put_residence(
    conn: Connection,
    resident: Resident,
    login: LoginState,
    since: datetime,
    since_seq: int,
    addressed: Mapping[str, object],
) -> None:
    """Store where a resident lives, with their last known login and its state."""
    kept = upsert(residences).values(
        resident_id=resident.id,
        unit=resident.unit,
        person=resident.person,
        user_id=resident.user_id,
        login=login,
        counts=resident.counts,
        since=since,
        since_seq=since_seq,
        addressed=dict(addressed),
    )
    conn.execute(
        kept.on_conflict_do_update(
            index_elements=["resident_id"],
            set_={
                each.name: kept.excluded[each.name]
                for each in residences.c
                # What stays as it is keeps its salt, or each start would be a change.
                if not each.primary_key and each.name != "salt"
            },
        )
    )


def confirm_resident(
    transaction: Transaction,
    resident: Resident,
    at: datetime,
    *,
    by: str | None,
    since_seq: int | None = None,
) -> bool:
    """Let a newcomer count in their unit, and record who confirmed them; whether they did not before.

    Where `since_seq` is given, only the one is meant who came with that record, and nobody put in their place.
    """
    newcomer = and_(
        residences.c.resident_id == resident.id,
        residences.c.unit == resident.unit,
        ~residences.c.counts,
    )
    if since_seq is not None:
        newcomer = and_(newcomer, residences.c.since_seq == since_seq)
    confirmed = transaction.conn.execute(
        update(residences).where(newcomer).values(counts=True)
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
    """Return in which unit each resident counted, by the revisions of the residents' set and the resident."""
    rows = conn.execute(
        select(resident_sets).where(resident_sets.c.revision.in_(revisions))
    )
    return {
        (row.revision, resident_id): unit
        for row in rows
        for resident_id, unit in row.members
    }


def remove_residence(conn: Connection, resident_id: str) -> None:
    """Forget where somebody lived who left."""
    conn.execute(delete(residences).where(residences.c.resident_id == resident_id))
