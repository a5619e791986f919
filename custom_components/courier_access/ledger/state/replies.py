"""Store replies, so that a repeated message has no second effect (docs/courier-api/README.md#send-again)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from ..ledger import Transaction
from ..tables import replies

_STORE: Final = insert(replies).prefix_with("OR REPLACE")


@dataclass(frozen=True, slots=True)
class MessageKey:
    """What makes two messages the same: the courier and its `webhook-id`, with the body's SHA-256."""

    courier_id: str
    message_id: str
    body_hash: bytes


@dataclass(frozen=True, slots=True)
class StoredReply:
    """A reply as it was given, and the body it answered."""

    body_hash: bytes
    reply: str


def find(conn: Connection, courier_id: str, message_id: str) -> StoredReply | None:
    """Return the reply already given to this courier's message."""
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
    """Keep a reply with the effect it tells of; an entry's final reply replaces its reply in flight."""
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
    """Drop the reply to a message that has no effect after all, so that it may come again."""
    transaction.conn.execute(
        delete(replies).where(
            replies.c.courier_id == key.courier_id,
            replies.c.message_id == key.message_id,
        )
    )
