"""Store questions to residents, their answers, and the use of the answers.

Only the SHA-256 of a phone's token is kept. A question is about one grant and one door:
whatever a courier revises, an approval for one door opens no other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
import hashlib
from typing import Any, Final

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    String,
    cast,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from ...access.model import Answer, Consent, GrantKey, Proof
from ..ledger import Transaction
from ..tables import answers, asks, of_grant, rules

MAX_QUESTIONS: Final = 3
"""The most questions about one grant (docs/explanation/security.md#against-notifications).

Rings have as many again: anybody can ring, and must not use up a courier's.
"""

ANSWERABLE: Final = timedelta(minutes=5)
"""How long a question can be answered."""

ANSWER_VALID_FOR: Final = timedelta(minutes=5)
"""How long an answer applies to later entries."""

KEPT_FOR: Final = ANSWERABLE + ANSWER_VALID_FOR
"""After this, only the number of questions is kept (promise 7)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A resident who was asked, with their unit at the time."""

    resident_id: str
    unit: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A resident's answer for their unit, which one entry can use."""

    asked: Asked
    answer: Answer
    at: datetime
    is_used: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A stored question; `tokens` maps token hashes to residents who can still answer."""

    id: int
    key: GrantKey
    door_id: str
    proof: Proof
    at: datetime
    tokens: Mapping[str, Asked]
    answers: tuple[Answered, ...] = ()


def hash_token(token: str) -> str:
    """Return the hash that is stored for a token."""
    return hashlib.sha256(token.encode()).hexdigest()


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
    kind = (asks.c.proof == Proof.RING) == (proof is Proof.RING)
    if _count(conn, key, kind) >= most:
        return None
    number = _count(conn, key) + 1
    units = list(dict.fromkeys(asked.unit for asked in tokens.values()))
    transaction.append(
        "entry.asked",
        at,
        {"courier": key.courier_id, "door": door_id, "ask": number},
        {"grant_id": key.grant_id, "units": orjson.dumps(units).decode()},
    )
    ask_id: int = conn.execute(
        insert(asks).returning(asks.c.id),
        {
            "courier_id": key.courier_id,
            "grant_id": key.grant_id,
            "door_id": door_id,
            "proof": proof,
            "at": at,
            "tokens": _kept(tokens),
        },
    ).scalar_one()
    return ask_id


def withdraw(conn: Connection, ask_id: int) -> None:
    """Delete a question that reached nobody, unless someone answered it anyway."""
    answered = select(answers.c.unit).where(answers.c.ask_id == ask_id).exists()
    conn.execute(delete(asks).where(asks.c.id == ask_id, ~answered))


def leave(conn: Connection, ask_id: int, tokens: Mapping[str, Asked]) -> None:
    """Let only these residents answer a question."""
    conn.execute(update(asks).where(asks.c.id == ask_id).values(tokens=_kept(tokens)))


def answer(
    transaction: Transaction, ask_id: int, given: Answered, user_id: str
) -> bool:
    """Record the first answer of a unit; return whether it was the first."""
    conn = transaction.conn
    ask = conn.execute(select(asks).where(asks.c.id == ask_id)).one_or_none()
    if ask is None:
        return False
    key = GrantKey(ask.courier_id, ask.grant_id)
    kept = upsert(answers).values(
        ask_id=ask_id,
        unit=given.asked.unit,
        resident_id=given.asked.resident_id,
        answer=given.answer,
        at=given.at,
    )
    if conn.execute(kept.on_conflict_do_nothing()).rowcount == 0:
        return False
    transaction.append(
        "entry.answered",
        given.at,
        {
            "courier": key.courier_id,
            "ask": _count(conn, key, asks.c.id <= ask_id),
            "answer": given.answer,
        },
        {"grant_id": key.grant_id, "unit": given.asked.unit, "decided_by": user_id},
    )
    return True


def use(
    conn: Connection, approvals: Mapping[str, int], entry_id: str, now: datetime
) -> list[str]:
    """Use approvals for an entry; return the units whose approval is valid and unused.

    The resident who approved must still consent (promise 8).
    """
    used = (
        conn.execute(
            update(answers)
            .where(
                answers.c.ask_id == ask_id,
                answers.c.unit == unit,
                answers.c.answer == Answer.APPROVED,
                answers.c.entry_id.is_(None),
                answers.c.at > now - ANSWER_VALID_FOR,
                select(rules.c.resident_id)
                .where(
                    rules.c.resident_id == answers.c.resident_id,
                    rules.c.unit == answers.c.unit,
                    rules.c.consent == Consent.GIVEN,
                )
                .exists(),
            )
            .values(entry_id=entry_id)
            .returning(answers.c.unit)
        ).scalar_one_or_none()
        for unit, ask_id in approvals.items()
    )
    return [unit for unit in used if unit is not None]


def drop(conn: Connection, ask_id: int, unit: str) -> None:
    """Drop an unused answer, which must not count after a restart either."""
    conn.execute(
        delete(answers).where(
            answers.c.ask_id == ask_id,
            answers.c.unit == unit,
            answers.c.entry_id.is_(None),
        )
    )


def release_answers(conn: Connection, entry_id: str) -> None:
    """Release the answers used by an entry whose door was never touched."""
    conn.execute(
        update(answers).where(answers.c.entry_id == entry_id).values(entry_id=None)
    )


def load(transaction: Transaction, now: datetime) -> list[Ask]:
    """Return the questions that are open or whose answers may still apply."""
    conn = transaction.conn
    erase_old(conn, now)
    given: dict[int, list[Answered]] = {}
    for row in conn.execute(select(answers).order_by(answers.c.at)):
        given.setdefault(row.ask_id, []).append(_answered(row))
    return [
        Ask(
            id=row.id,
            key=GrantKey(row.courier_id, row.grant_id),
            door_id=row.door_id,
            proof=Proof(row.proof),
            at=row.at,
            tokens={digest: Asked(*asked) for digest, asked in row.tokens.items()},
            answers=tuple(given.get(row.id, ())),
        )
        for row in conn.execute(
            select(asks).where(asks.c.at > now - KEPT_FOR).order_by(asks.c.at)
        )
    ]


def erase_old(conn: Connection, now: datetime) -> None:
    """Erase who was asked and who answered in questions that are over."""
    old = asks.c.at <= now - KEPT_FOR
    conn.execute(
        delete(answers).where(answers.c.ask_id.in_(select(asks.c.id).where(old)))
    )
    conn.execute(
        update(asks).where(old, cast(asks.c.tokens, String) != "{}").values(tokens={})
    )


def _kept(tokens: Mapping[str, Asked]) -> dict[str, list[str]]:
    return {digest: [asked.resident_id, asked.unit] for digest, asked in tokens.items()}


def _answered(row: Row[Any]) -> Answered:
    return Answered(
        Asked(row.resident_id, row.unit),
        Answer(row.answer),
        row.at,
        row.entry_id is not None,
    )


def _count(conn: Connection, key: GrantKey, *which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(asks).where(of_grant(asks, key), *which)
    return conn.execute(query).scalar_one()
