"""Keep the texts that residents consent to, each once, and who was shown the present one."""

from datetime import datetime
import hashlib
from sqlite3 import Connection
from typing import Final, NamedTuple, Self

from ..sql import Command, Query


class ConsentText(NamedTuple):
    """A text as a resident reads it before a yes, known by its hash."""

    hash: str
    language: str
    text: str

    @classmethod
    def of(cls, language: str, text: str) -> Self:
        """Return a text with its hash."""
        hashed = hashlib.sha256(text.encode()).hexdigest()
        return cls(hashed, language, text)


_PUT: Final = Command("""
    INSERT INTO consent_texts (hash, language, text, keep_until)
    VALUES (:hash, :language, :text, :keep_until)
    ON CONFLICT (hash) DO UPDATE SET keep_until = max(keep_until, excluded.keep_until)
""")
_TEXT: Final = Query(
    "SELECT hash, language, text FROM consent_texts WHERE hash = :hash", ConsentText
)
_NOTE_SHOWN: Final = Command("""
    INSERT INTO texts_shown (resident_id, at) VALUES (:resident_id, :at)
    ON CONFLICT (resident_id) DO NOTHING
""")


def put_text(conn: Connection, text: ConsentText, keep_until: datetime) -> None:
    """Keep a text until a time, and as long after it as the record of a consent names it."""
    _PUT.run(conn, **text._asdict(), keep_until=keep_until)


def find_text(conn: Connection, hashed: str) -> ConsentText | None:
    return _TEXT.first(conn, hash=hashed)


def note_shown(conn: Connection, resident_id: str, at: datetime) -> None:
    """Note that a resident who consented to an earlier text has seen the present one."""
    _NOTE_SHOWN.run(conn, resident_id=resident_id, at=at)
