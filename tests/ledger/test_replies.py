"""Test stored replies, by courier and message."""

from copy import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from custom_components.courier_access.ledger.ledger import (
    Ledger,
    LedgerUnavailable,
    Transaction,
)
from custom_components.courier_access.ledger.state.entries import (
    AlreadyAnswered,
    MessageKey,
    StoredReply,
    check_unanswered,
    find_reply,
    forget_reply,
    store_reply,
)
from tests.ledger.filled import NOON
from tests.support.rows import rows

MESSAGE = MessageKey("courier-1", "msg_1", b"hash of the body" * 2)


async def store(
    ledger: Ledger,
    key: MessageKey,
    reply: str,
    *,
    is_final: bool = False,
) -> None:
    until = NOON + timedelta(days=7)
    await ledger.write(
        lambda transaction: store_reply(
            transaction, key, reply, until, "entry-1", is_final=is_final
        )
    )


async def find(
    ledger: Ledger, courier_id: str = "courier-1", message_id: str = "msg_1"
) -> StoredReply | None:
    return await ledger.read(lambda conn: find_reply(conn, courier_id, message_id))


async def test_each_courier_names_its_own_messages(ledger: Ledger) -> None:
    other = MessageKey("courier-2", "msg_1", b"another body's hash " * 2)
    await store(ledger, MESSAGE, "first")
    await store(ledger, other, "second")

    assert await find(ledger) == StoredReply(MESSAGE.body_hash, "first")
    assert await find(ledger, "courier-2") == StoredReply(other.body_hash, "second")
    assert await find(ledger, message_id="msg_2") is None


async def test_final_reply_replaces_the_first_one(ledger: Ledger) -> None:
    await store(ledger, MESSAGE, "in flight")
    await store(ledger, MESSAGE, "final", is_final=True)

    assert await find(ledger) == StoredReply(MESSAGE.body_hash, "final")
    kept = rows(
        ledger.path, "SELECT keep_until, entry_id FROM replies", tuple[datetime, str]
    )
    assert kept == [(NOON + timedelta(days=7), "entry-1")]


async def test_answered_message_writes_nothing_again(ledger: Ledger) -> None:
    await store(ledger, MESSAGE, "first")
    again = replace(MESSAGE, body_hash=b"another body's hash " * 2)

    def work(transaction: Transaction) -> None:
        transaction.append("test", NOON, {})
        store_reply(transaction, again, "second", NOON)

    before = ledger.newest
    with pytest.raises(AlreadyAnswered) as raised:
        await ledger.write(work)

    assert raised.value.stored == StoredReply(MESSAGE.body_hash, "first")
    assert ledger.newest == before
    with pytest.raises(AlreadyAnswered):
        await check_unanswered(ledger, again)
    await check_unanswered(ledger, replace(MESSAGE, message_id="msg_2"))


async def test_reply_that_breaks_another_constraint_is_no_earlier_reply(
    ledger: Ledger,
) -> None:
    nothing: Any = None
    with pytest.raises(LedgerUnavailable, match="NOT NULL"):
        await store(ledger, MESSAGE, nothing)
    assert await find(ledger) is None


async def test_forgotten_message_can_come_again(ledger: Ledger) -> None:
    other = MessageKey("courier-2", "msg_1", MESSAGE.body_hash)
    await store(ledger, MESSAGE, "unavailable")
    await store(ledger, other, "kept")
    await ledger.write(lambda transaction: forget_reply(transaction, MESSAGE))

    assert await find(ledger) is None
    assert await find(ledger, "courier-2") is not None
