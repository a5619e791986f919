"""Store replies, so a repeated message has no second effect."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from ..ledger import Transaction
from ..tables import replies

_STORE: Final = insert(replies).prefix_with("OR REPLACE")


@dataclass(frozen=True, slots=True)
class MessageKey:
    """The identity of a message: courier, `webhook-id`, and the body's SHA-256."""

    courier_id: str
    message_id: str
    body_hash: bytes


@dataclass(frozen=True, slots=True)
class StoredReply:
    """A stored reply, and the hash of the body it answered."""

    body_hash: bytes
    reply: str


def find(conn: Connection, courier_id: str, message_id: str) -> StoredReply | None:
    """Return the stored reply to a courier's message."""
    row = conn.execute(
        select(replies.c.body_hash, replies.c.reply).where(
            replies.c.courier_id == courier_id, replies.c.message_id == message_id
        )
    ).one_or_none()
    return None if row is None else StoredReply(row.body_hash, row.reply)


def store(
    transaction: Transaction,
    key: MessageKey,
    reply: str,
    keep_until: datetime,
    entry_id: str | None = None,
) -> None:
    """Store a reply with its effect; an entry's final reply replaces the first one."""
    transaction.conn.execute(
        _STORE,
        {
            "courier_id": key.courier_id,
            "message_id": key.message_id,
            "body_hash": key.body_hash,
            "reply": reply,
            "entry_id": entry_id,
            "keep_until": keep_until,
        },
    )


def forget(transaction: Transaction, key: MessageKey) -> None:
    """Delete the reply to a message without effect, so that it can come again."""
    transaction.conn.execute(
        delete(replies).where(
            replies.c.courier_id == key.courier_id,
            replies.c.message_id == key.message_id,
        )
    )
