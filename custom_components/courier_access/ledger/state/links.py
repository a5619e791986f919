"""Personal links of residents without a user: the tokens, which stand in no record."""

from collections.abc import Mapping
from datetime import datetime
import secrets
from typing import Final

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from ..ledger import Transaction
from ..tables import links

_TOKEN_BYTES: Final = 32


def load(conn: Connection) -> Mapping[str, str]:
    """Return the residents' tokens, by resident."""
    return {row.resident_id: row.token for row in conn.execute(select(links))}


def renew(
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
    transaction.append("link.renewed", at, {}, {"resident": resident_id, "decided_by": by})
    return token


def revoke(
    transaction: Transaction, resident_id: str, at: datetime, *, by: str | None = None
) -> None:
    """Take a resident's link away, where they have one."""
    gone = transaction.conn.execute(delete(links).where(links.c.resident_id == resident_id))
    if gone.rowcount == 1:
        transaction.append("link.revoked", at, {}, {"resident": resident_id, "decided_by": by})
