"""Keep the texts that residents consent to, each once, and who was shown the present one.

Consents that are older than this name the number of a text in their record (`policy`).
"""

from collections.abc import Sequence
from datetime import datetime
import hashlib
from sqlite3 import Connection
from typing import Final, NamedTuple, Self

from ..seals import original_field
from ..sql import Command, Query


class ConsentText(NamedTuple):
    """A text as a resident reads it before a yes, known by its hash."""

    hash: str
    language: str
    text: str

    @classmethod
    def of(cls, language: str, lines: Sequence[str]) -> Self:
        """Return a text with its hash."""
        text = "\n".join(lines)
        return cls(hashlib.sha256(text.encode()).hexdigest(), language, text)

    @property
    def lines(self) -> Sequence[str]:
        return self.text.split("\n")

    @property
    def code(self) -> str:
        return text_code(self.hash)


def text_code(hashed: str) -> str:
    """Return the code by which a form on paper names its text."""
    return f"{hashed[:4]} {hashed[4:8]}"


class Given(NamedTuple):
    """When a resident consented, and to which text.

    It is the number of an earlier text, or the hash of one. Without both, it is on a paper
    that isn't known.
    """

    at: datetime
    number: int | None
    hash: str | None


_PUT: Final = Command("""
    INSERT INTO consent_texts (hash, language, text, keep_until)
    VALUES (:hash, :language, :text, :keep_until)
    ON CONFLICT (hash) DO UPDATE SET keep_until = max(keep_until, excluded.keep_until)
""")
_TEXT: Final = Query(
    "SELECT hash, language, text FROM consent_texts WHERE hash = :hash", ConsentText
)
_KEPT: Final = Query(
    "SELECT hash, keep_until FROM consent_texts ORDER BY keep_until DESC, hash",
    tuple[str, datetime],
)
_NUMBER: Final = f"""coalesce(
    {original_field("evidence.seq", "policy")},
    iif(json_valid(body), body ->> 'policy', NULL)
)"""
_HASH: Final = """(
    SELECT nullif(value, '') FROM personal
    WHERE personal.seq = evidence.seq AND field = 'text'
)"""
_CONSENTS: Final = """
    FROM rules
    JOIN evidence USING (resident_id)
    JOIN records USING (seq)
    WHERE consent = 'given' AND gives AND ended_at IS NULL
"""
_GIVEN: Final = Query(
    f"""
    SELECT consent_at AS at, {_NUMBER} AS number, {_HASH} AS hash {_CONSENTS}
        AND resident_id = :resident_id
    ORDER BY seq DESC LIMIT 1
    """,
    Given,
)
_UNSHOWN: Final = Query(
    f"""
    SELECT resident_id {_CONSENTS} AND {_NUMBER} IS NOT NULL AND {_HASH} IS NULL
        AND resident_id NOT IN (SELECT resident_id FROM texts_shown)
    """,
    str,
)
_NOTE_SHOWN: Final = Command("""
    INSERT INTO texts_shown (resident_id, at) VALUES (:resident_id, :at)
    ON CONFLICT (resident_id) DO NOTHING
""")
_FORGET_SHOWN: Final = Command(
    "DELETE FROM texts_shown WHERE resident_id = :resident_id"
)


def put_text(conn: Connection, text: ConsentText, keep_until: datetime) -> None:
    """Keep a text until a time, and as long after it as the record of a consent names it."""
    _PUT.run(conn, **text._asdict(), keep_until=keep_until)


def find_text(conn: Connection, hashed: str) -> ConsentText | None:
    return _TEXT.first(conn, hash=hashed)


def kept_texts(conn: Connection) -> Sequence[tuple[str, datetime]]:
    """Return the hashes of all texts that are kept, with the time until which they are."""
    return _KEPT.all(conn)


def consent_given(conn: Connection, resident_id: str) -> Given | None:
    """Return when a resident gave the consent that is in effect, if any, and to which text."""
    return _GIVEN.first(conn, resident_id=resident_id)


def not_shown(conn: Connection) -> set[str]:
    """Return who consented before texts were kept, and wasn't shown the present one."""
    return {*_UNSHOWN.each(conn)}


def note_shown(conn: Connection, resident_id: str, at: datetime) -> None:
    """Note that a resident who consented to an earlier text has seen the present one."""
    _NOTE_SHOWN.run(conn, resident_id=resident_id, at=at)


def forget_shown(conn: Connection, resident_id: str) -> None:
    _FORGET_SHOWN.run(conn, resident_id=resident_id)
