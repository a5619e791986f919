"""Convert files of version 2, which knew the couriers by their names only."""

import sqlite3

from .structure import NO_FILL, Fill

_CONFIGURED = """
CREATE TABLE configured (
    kind VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    value TEXT NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID
"""
_COURIERS = """
INSERT INTO configured (kind, id, value)
SELECT 'courier', courier_id, json_object('name', name) FROM couriers
"""


def convert(connection: sqlite3.Connection) -> Fill:
    """Keep the couriers as what is configured; the next load records the rest."""
    connection.execute(_CONFIGURED)
    connection.execute(_COURIERS)
    return NO_FILL
