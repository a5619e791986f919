"""Store questions to residents, their answers, and the use of the answers.

Only the SHA-256 of a phone's token is kept. A question is about one grant and one door:
whatever a courier revises, an approval for one door opens no other.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
import hashlib
from sqlite3 import Connection
from typing import Final, NamedTuple

import orjson

from ...access.model import Answer, GrantKey, Proof
from ..ledger import Transaction
from ..sql import Command, Query, fields_of

MAX_QUESTIONS: Final = 3
"""The most questions about one grant (docs/explanation/security.md#against-notifications).

Rings have as many again: anybody can ring, and must not use up a courier's.
"""

ANSWERABLE: Final = timedelta(minutes=5)

ANSWER_VALID_FOR: Final = timedelta(minutes=5)

KEPT_FOR: Final = ANSWERABLE + ANSWER_VALID_FOR
"""After this, only the number of questions is kept (promise 7)."""


class Asked(NamedTuple):
    """A resident who was asked, with their unit at the time."""

    resident_id: str
    unit: str


class Answered(NamedTuple):
    """A resident's answer for their unit, which one entry can use."""

    asked: Asked
    answer: Answer
    at: datetime
    is_used: bool = False


class Ask(NamedTuple):
    """A stored question; `tokens` maps token hashes to residents who can still answer."""

    id: int
    key: GrantKey
    door_id: str
    proof: Proof
    at: datetime
    tokens: Mapping[str, Asked]
    answers: tuple[Answered, ...] = ()


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_ASKED: Final = Query(
    """
    SELECT count(*), count(*) FILTER (WHERE (proof = 'ring') = (:proof = 'ring'))
    FROM asks WHERE courier_id = :courier_id AND grant_id = :grant_id
    """,
    tuple[int, int],
)


def asked_enough(
    conn: Connection, keys: Iterable[GrantKey], proof: Proof, most: int
) -> set[GrantKey]:
    """Return the grants about which no question is left."""
    return {
        key
        for key in keys
        if _ASKED.one(conn, **fields_of(key), proof=proof)[1] >= most
    }


_BEGIN: Final = Query(
    """
    INSERT INTO asks (courier_id, grant_id, door_id, proof, at, tokens)
    VALUES (:courier_id, :grant_id, :door_id, :proof, :at, :tokens)
    RETURNING id
    """,
    int,
)
_WITHDRAW: Final = Command("""
    DELETE FROM asks
    WHERE id = :ask_id
        AND NOT EXISTS (SELECT * FROM answers WHERE answers.ask_id = asks.id)
""")
_LEAVE: Final = Command("UPDATE asks SET tokens = :tokens WHERE id = :ask_id")


def begin(
    transaction: Transaction,
    key: GrantKey,
    door_id: str,
    proof: Proof,
    tokens: Mapping[str, Asked],
    at: datetime,
    most: int = MAX_QUESTIONS,
) -> int | None:
    """Record a question about an entry; return its ID, or None after too many."""
    conn = transaction.conn
    erase_old(conn, at)
    asked, alike = _ASKED.one(conn, **fields_of(key), proof=proof)
    if alike >= most:
        return None
    units = list(dict.fromkeys(asked.unit for asked in tokens.values()))
    transaction.append(
        "entry.asked",
        at,
        {"courier": key.courier_id, "door": door_id},
        {
            "grant_id": key.grant_id,
            "units": orjson.dumps(units).decode(),
            "ask": str(asked + 1),
        },
    )
    return _BEGIN.one(
        conn, **fields_of(key), door_id=door_id, proof=proof, at=at, tokens=tokens
    )


def withdraw(conn: Connection, ask_id: int) -> None:
    """Delete a question that reached nobody, unless someone answered it anyway."""
    _WITHDRAW.run(conn, ask_id=ask_id)


def leave(conn: Connection, ask_id: int, tokens: Mapping[str, Asked]) -> None:
    """Let only these residents answer a question."""
    _LEAVE.run(conn, ask_id=ask_id, tokens=tokens)


_NUMBER: Final = Query(
    """
    SELECT (
        SELECT count(*) FROM asks AS earlier
        WHERE earlier.courier_id = asks.courier_id
            AND earlier.grant_id = asks.grant_id AND earlier.id <= asks.id
    ) FROM asks WHERE id = :ask_id
    """,
    int,
)
_ANSWER: Final = Command("""
    INSERT INTO answers (ask_id, unit, resident_id, answer, at)
    VALUES (:ask_id, :unit, :resident_id, :answer, :at)
    ON CONFLICT DO NOTHING
""")


def answer(
    transaction: Transaction,
    ask_id: int,
    key: GrantKey,
    given: Answered,
    user_id: str,
) -> bool:
    """Record the first answer of a unit, about a grant; return whether it was the first.

    If a question names several couriers, a yes may be about another grant than it.
    """
    conn = transaction.conn
    number = _NUMBER.first(conn, ask_id=ask_id)
    if number is None or not _ANSWER.run(
        conn, ask_id=ask_id, **given.asked._asdict(), answer=given.answer, at=given.at
    ):
        return False
    transaction.append(
        "entry.answered",
        given.at,
        {"courier": key.courier_id},
        {
            "grant_id": key.grant_id,
            "unit": given.asked.unit,
            "ask": str(number),
            "answer": given.answer,
            "decided_by": user_id,
        },
    )
    return True


_USE: Final = Query(
    """
    UPDATE answers SET entry_id = :entry_id
    WHERE (unit, ask_id) IN (SELECT key, value FROM json_each(:approvals))
        AND answer = 'approved' AND entry_id IS NULL AND at > :valid_from AND EXISTS (
            SELECT * FROM rules
            WHERE rules.resident_id = answers.resident_id
                AND rules.unit = answers.unit AND rules.consent = 'given'
        )
    RETURNING unit
    """,
    str,
)
_DROP: Final = Command("""
    DELETE FROM answers WHERE ask_id = :ask_id AND unit = :unit AND entry_id IS NULL
""")
_RELEASE: Final = Command(
    "UPDATE answers SET entry_id = NULL WHERE entry_id = :entry_id"
)


def use(
    conn: Connection, approvals: Mapping[str, int], entry_id: str, now: datetime
) -> list[str]:
    """Use approvals for an entry; return the units whose approval is valid and unused.

    The resident who approved must still consent (promise 8).
    """
    valid_from = now - ANSWER_VALID_FOR
    return _USE.all(conn, entry_id=entry_id, approvals=approvals, valid_from=valid_from)


def drop(conn: Connection, ask_id: int, unit: str) -> None:
    """Drop an unused answer, which must not count after a restart either."""
    _DROP.run(conn, ask_id=ask_id, unit=unit)


def release_answers(conn: Connection, entry_id: str) -> None:
    """Release the answers used by an entry whose door was never touched."""
    _RELEASE.run(conn, entry_id=entry_id)


_ANSWERS: Final = Query(
    """
    SELECT ask_id, resident_id, unit, answer, at, entry_id IS NOT NULL AS is_used
    FROM answers ORDER BY at
    """,
    tuple[int, Answered],
)
_ASKS: Final = Query(
    """
    SELECT id, courier_id, grant_id, door_id, proof, at, tokens FROM asks
    WHERE at > :since ORDER BY at
    """,
    tuple[int, GrantKey, str, Proof, datetime, Mapping[str, tuple[str, str]]],
)
_ERASE_ANSWERS: Final = Command(
    "DELETE FROM answers WHERE ask_id IN (SELECT id FROM asks WHERE at <= :until)"
)
_ERASE_ASKED: Final = Command(
    "UPDATE asks SET tokens = '{}' WHERE at <= :until AND tokens <> '{}'"
)


def load(transaction: Transaction, now: datetime) -> list[Ask]:
    """Return the questions that are open or whose answers may still apply."""
    conn = transaction.conn
    erase_old(conn, now)
    given: dict[int, list[Answered]] = {}
    for ask_id, answered in _ANSWERS.each(conn):
        given.setdefault(ask_id, []).append(answered)
    return [
        Ask(
            ask_id,
            key,
            door_id,
            proof,
            at,
            {digest: Asked(*asked) for digest, asked in tokens.items()},
            tuple(given.get(ask_id, ())),
        )
        for ask_id, key, door_id, proof, at, tokens in _ASKS.each(
            conn, since=now - KEPT_FOR
        )
    ]


def erase_old(conn: Connection, now: datetime) -> None:
    """Erase who was asked and who answered in questions that are over."""
    _ERASE_ANSWERS.run(conn, until=now - KEPT_FOR)
    _ERASE_ASKED.run(conn, until=now - KEPT_FOR)
