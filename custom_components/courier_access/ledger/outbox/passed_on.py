"""What the owner or an automation passes on to an entry's recipients: words of their own, and perhaps a picture.

Who they are is found out when it is told. Whether there are any makes no difference to what is written or answered.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, func, insert, select

from ..ledger import Transaction
from ..queue import FanoutKind
from ..state.residents import lived_here
from ..tables import entries, fanouts, notices

RECENT: Final = timedelta(hours=24)
"""How long after an entry something can be passed on about it: longer ago, nobody waits for it."""

MOST_OF_AN_ENTRY: Final = 5
"""How much can be passed on about one entry, so that no automation that runs wild floods its recipients."""

_TOLD_OF_ENTRIES: Final = (FanoutKind.ENTRY_ADMITTED, FanoutKind.ENTRY_REFUSED)


@dataclass(frozen=True, slots=True)
class Message:
    """What is passed on; `image` is a path on this Home Assistant, which the reader's app asks for."""

    text: str
    title: str | None = None
    image: str | None = None


class NotPassedOn(StrEnum):
    """Why something was not passed on."""

    NO_SUCH_ENTRY = "no_such_entry"
    TOO_OLD = "too_old"
    TOO_MANY = "too_many"


def pass_on(
    transaction: Transaction,
    entry_id: str,
    door_id: str | None,
    message: Message,
    set_revision: int,
    at: datetime,
) -> NotPassedOn | None:
    """Owe a message to the recipients of an entry, at that door where one is given, or say why not."""
    conn = transaction.conn
    entry = conn.execute(select(entries).where(entries.c.entry_id == entry_id)).one_or_none()
    if entry is None or door_id not in (None, entry.door_id):
        return NotPassedOn.NO_SUCH_ENTRY
    if at - entry.at > RECENT:
        return NotPassedOn.TOO_OLD
    so_far = select(func.count()).where(
        fanouts.c.entry_id == entry_id, fanouts.c.kind == FanoutKind.MESSAGE_PASSED_ON
    )
    if conn.execute(so_far).scalar_one() >= MOST_OF_AN_ENTRY:
        return NotPassedOn.TOO_MANY
    parts = {"message": message.text, "title": message.title, "image": message.image}
    conn.execute(
        insert(fanouts),
        {
            "kind": FanoutKind.MESSAGE_PASSED_ON,
            "seq": entry.seq,
            "entry_id": entry_id,
            "details": {name: part for name, part in parts.items() if part is not None},
            "set_revision": set_revision,
            "at": at,
        },
    )
    return None


def recipients_told(conn: Connection, entry_id: str) -> list[str]:
    """Return the residents who were told of an entry as its recipients, and are still who they were then."""
    return list(
        conn.execute(
            select(notices.c.resident_id)
            .distinct()
            .join(fanouts, fanouts.c.id == notices.c.fanout_id)
            .where(
                fanouts.c.entry_id == entry_id,
                fanouts.c.kind.in_(_TOLD_OF_ENTRIES),
                notices.c.recipient,
                lived_here(notices.c.resident_id, fanouts.c.seq),
            )
            .order_by(notices.c.resident_id)
        ).scalars()
    )
