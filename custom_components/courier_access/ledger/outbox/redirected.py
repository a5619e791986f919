"""Redirect notifications to former targets or into a newer notification."""

from collections.abc import Collection
from sqlite3 import Connection
from typing import Final

from ..queue import Button, Family, NotificationKind, Rank, kinds_with
from ..sql import Command, listed

_CHANGED: Final = (NotificationKind.RESIDENT_REMOVED, NotificationKind.RESIDENT_CHANGED)
_FORMER: Final = f"""
    SELECT later.addressed FROM fanouts later
    WHERE kind IN {listed(_CHANGED)} AND later.resident_id = notifications.resident_id
        AND later.addressed IS NOT NULL AND later.id > fanout_id
    ORDER BY later.id LIMIT 1
"""
_READDRESS: Final = Command(f"""
    UPDATE notifications SET addressed = ({_FORMER})
    WHERE next_at IS NOT NULL AND addressed IS NULL AND EXISTS (
        SELECT * FROM fanouts
        WHERE fanouts.id = fanout_id AND (
            kind NOT IN {listed(kinds_with(Rank.OTHER))}
            OR kind IN {listed(kinds_with(Button.WITHDRAW))}
        )
    ) AND EXISTS ({_FORMER})
""")


def readdress(conn: Connection) -> None:
    """Send notifications for former or replaced residents to their former targets.

    Otherwise the owner could hide an entry or a loosened rule by removing a resident,
    and the next one would read it.
    """
    _READDRESS.run(conn)


_NEWEST: Final = """(
    SELECT max(later.id) FROM notifications later
    JOIN fanouts its ON its.id = later.fanout_id
    WHERE later.resident_id = notifications.resident_id
        AND later.id > notifications.id AND later.next_at IS NOT NULL
        AND its.kind IN (SELECT value FROM json_each(:kinds))
)"""
_SUPERSEDE: Final = Command(f"""
    UPDATE notifications SET held = 1, led_by = {_NEWEST}
    WHERE next_at IS NOT NULL
        AND id NOT IN (SELECT value FROM json_each(:under_way))
        AND EXISTS (
            SELECT * FROM fanouts WHERE fanouts.id = fanout_id
                AND kind IN (SELECT value FROM json_each(:kinds))
        )
        AND {_NEWEST} IS NOT NULL
""")


def supersede(conn: Connection, under_way: Collection[int] = ()) -> None:
    """Combine outdated pause notifications with newer ones, except those `under_way`.

    Otherwise one that failed at first would arrive after the newer one.
    """
    for family in (Family.BUILDING_PAUSE, Family.UNIT_PAUSE):
        _SUPERSEDE.run(conn, kinds=kinds_with(family), under_way=under_way)
