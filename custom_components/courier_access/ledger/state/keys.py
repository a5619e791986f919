"""Which courier has been heard by which key, so that the owner is told only of those who still use an old one."""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import Connection

from .. import metadata as about

_NAME: Final = "heard_by_key_of_"


def heard(conn: Connection, couriers: Collection[str]) -> Mapping[str, str]:
    """Return by courier the fingerprint of the newest key that each was heard by."""
    found = {courier_id: about.read(conn, _NAME + courier_id) for courier_id in couriers}
    return {courier_id: kept for courier_id, kept in found.items() if kept is not None}


def note(conn: Connection, courier_id: str, fingerprint: str) -> None:
    """Keep that a courier was heard by the key with this fingerprint."""
    about.put(conn, _NAME + courier_id, fingerprint)
