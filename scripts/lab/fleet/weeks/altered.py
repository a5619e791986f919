"""Changes the ledger of a building that is stopped, as somebody can who has its files and knows how it's made."""

from contextlib import closing
import json
from pathlib import Path
import sqlite3

from custom_components.courier_access.ledger.chain import GENESIS, canonical, link
from custom_components.courier_access.ledger.files import Mark

NOBODY = "Nobody"
"""The courier that the changed record names."""

_FIRST_VISIT = "SELECT min(seq) FROM records WHERE kind = 'entry.admitted'"


def alter(ledger: Path) -> int:
    """Say that another courier was let in, and give all records after that new hashes; return the record's number."""
    with closing(sqlite3.connect(ledger)) as conn, conn:
        (changed,) = conn.execute(_FIRST_VISIT).fetchone()
        (raw,) = conn.execute(
            "SELECT body FROM records WHERE seq = ?", (changed,)
        ).fetchone()
        body = canonical({**json.loads(raw), "courier_name": NOBODY}).decode()
        conn.execute("UPDATE records SET body = ? WHERE seq = ?", (body, changed))
        conn.execute(
            "UPDATE entries SET courier_name = ? WHERE seq = ?", (NOBODY, changed)
        )
        newest = _link_again(conn)
    newest.put(ledger)
    return int(changed)


def _link_again(conn: sqlite3.Connection) -> Mark:
    number, digest = 0, GENESIS
    rows = conn.execute("SELECT seq, body FROM records ORDER BY seq").fetchall()
    for number, body in rows:
        digest = link(digest, body.encode())
        conn.execute("UPDATE records SET hash = ? WHERE seq = ?", (digest, number))
    return Mark(number, digest)
