"""Store replies, so a repeated message has no second effect."""

from dataclasses import dataclass
from datetime import datetime
import sqlite3
from sqlite3 import Connection
from typing import Final

from ..ledger import Ledger, Transaction
from ..sql import Command, Query


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


_FIND: Final = Query(
    "SELECT body_hash, reply FROM replies"
    " WHERE courier_id = :courier_id AND message_id = :message_id",
    StoredReply,
)
_VALUES: Final = """
    INTO replies (courier_id, message_id, body_hash, reply, entry_id, keep_until)
    VALUES (:courier_id, :message_id, :body_hash, :reply, :entry_id, :keep_until)
"""
_STORE: Final = Command(f"INSERT {_VALUES}")
_REPLACE: Final = Command(f"INSERT OR REPLACE {_VALUES}")
_FORGET: Final = Command(
    "DELETE FROM replies WHERE courier_id = :courier_id AND message_id = :message_id"
)


class AlreadyAnswered(Exception):
    """The message was answered before, so nothing of it may happen again."""

    def __init__(self, stored: StoredReply) -> None:
        super().__init__()
        self.stored = stored


def find(conn: Connection, courier_id: str, message_id: str) -> StoredReply | None:
    """Return the stored reply to a courier's message."""
    return _FIND.first(conn, courier_id=courier_id, message_id=message_id)


async def check_unanswered(ledger: Ledger, key: MessageKey) -> None:
    """Look whether a message was answered before, where nothing would be written.

    Raises:
        AlreadyAnswered: it was.
        LedgerUnavailable: it can't be read.

    """
    stored = await ledger.read(lambda conn: find(conn, key.courier_id, key.message_id))
    if stored is not None:
        raise AlreadyAnswered(stored)


def store(
    transaction: Transaction,
    key: MessageKey,
    reply: str,
    keep_until: datetime,
    entry_id: str | None = None,
    *,
    is_final: bool = False,
) -> None:
    """Store a reply with its effect; an entry's final reply replaces the first one.

    Raises:
        AlreadyAnswered: the message has a reply, and this one isn't an entry's final.

    """
    statement = _REPLACE if is_final else _STORE
    try:
        statement.run(
            transaction.conn,
            courier_id=key.courier_id,
            message_id=key.message_id,
            body_hash=key.body_hash,
            reply=reply,
            entry_id=entry_id,
            keep_until=keep_until,
        )
    except sqlite3.IntegrityError:
        stored = find(transaction.conn, key.courier_id, key.message_id)
        if stored is None:
            raise  # another constraint
        raise AlreadyAnswered(stored) from None


def forget(transaction: Transaction, key: MessageKey) -> None:
    """Delete the reply to a message without effect, so that it can come again."""
    _FORGET.run(transaction.conn, courier_id=key.courier_id, message_id=key.message_id)
