"""Convert files of version 2.

It knew the couriers by their names only, and didn't say how long PINs are.
"""

import sqlite3
from types import MappingProxyType
from typing import Final

from .structure import Fill

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
_FILL: Final[Fill] = MappingProxyType(
    {
        # The shortest PINs that were made: wrong codes are limited as if all were.
        ("passes", "digits"): "6",
        ("code_tries", "hours"): "'[]'",
    }
)


def convert(connection: sqlite3.Connection) -> Fill:
    """Keep the couriers as what is configured, and fill the new columns.

    The next load records the rest. Wrong codes are counted from then on.
    """
    connection.execute(_CONFIGURED)
    connection.execute(_COURIERS)
    return _FILL
