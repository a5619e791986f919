"""Everything that is stored about one resident, for that resident alone."""

from collections.abc import Mapping, Sequence
from copy import replace
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Final, NamedTuple

from homeassistant.util import dt as dt_util

from ..access.model import Resident
from ..building.building import Building
from ..ledger.outbox.due import Notification, notifications_to
from ..ledger.state.residents import LINKS_STAY, consented_at, leavers
from ..ledger.upkeep.own_records import OwnRecord, own_records
from ..residents.directory import Addressee
from .access_log import ReadEntry, async_entry_pages, count_page, read_ledger
from .lookup import translated_ledger_errors
from .permissions import Actor, Permission

MOST_LISTED: Final = 1_000
"""The most visits, records, or notifications that a page lists."""


DAYS_AFTER: Final = LINKS_STAY.days
"""For how many days somebody who left can read their page."""


@dataclass(frozen=True, slots=True)
class AboutMe:
    """What is stored about a resident, newest first.

    Visits are those to their home. `decided_at` is the time of their consent or refusal.
    """

    resident: Resident
    since: datetime | None
    decided_at: datetime | None
    visits: Sequence[ReadEntry]
    records: Sequence[OwnRecord]
    notifications: Sequence[Notification]


class Left(NamedTuple):
    """Someone who was a resident until `at`, as they were addressed then.

    Records before `since_seq` are about an earlier resident.
    """

    addressee: Addressee
    at: datetime
    since_seq: int


async def async_leavers(building: Building) -> Mapping[str, Left]:
    """Return who left lately, and so can still read their page."""
    with translated_ledger_errors():
        found = await building.ledger.read_apart(
            lambda conn: leavers(conn, dt_util.utcnow())
        )
    return {
        resident_id: Left(
            Addressee.from_data(resident_id, each.addressed), each.at, each.since_seq
        )
        for resident_id, each in found.items()
        if resident_id not in building.residents
    }


async def async_left_by(building: Building, actor: Actor) -> list[tuple[Actor, Left]]:
    """Return who the user was in the building that they left lately."""
    if actor.user_id is None:
        return []
    return [
        (replace(actor, residents=(left.addressee.resident,)), left)
        for left in (await async_leavers(building)).values()
        if left.addressee.resident.user_id == actor.user_id
    ]


async def async_about_me(
    building: Building, actor: Actor, resident: Resident, since_seq: int = 0
) -> AboutMe:
    """Read everything about a resident; nobody else may, not even an administrator.

    Of someone who left, what was decided for the home with any link may be later. Give the
    `since_seq` of their first record.
    """
    actor.check(Permission.READ_OWN, resident)
    count_page(building, actor)
    own = replace(actor, is_administrator=False, residents=(resident,))
    since = dt_util.utcnow() - timedelta(
        days=building.rulebook.erased_after(resident.id)
    )
    is_by_link = resident.user_id is None and resident.id in building.residents
    unit = next(iter(own.units), None) if is_by_link else None

    def read(
        conn: Connection,
    ) -> tuple[datetime | None, list[OwnRecord], list[Notification]]:
        return (
            consented_at(conn, resident.id),
            own_records(
                conn, resident.id, resident.user_id, unit, MOST_LISTED, since_seq
            ),
            notifications_to(conn, resident.id, since, MOST_LISTED),
        )

    decided_at, records, notifications = await read_ledger(building, own, read)
    return AboutMe(
        resident,
        building.rulebook.since(resident.id),
        decided_at,
        [
            each
            for each in await _own_visits(building, own, since)
            if each.row.seq >= since_seq
        ],
        records,
        [each for each in notifications if each.seq >= since_seq],
    )


def open_about_me(building: Building, actor: Actor, resident: Resident) -> str:
    """Return the end of the address of a resident's page, for them alone."""
    actor.check(Permission.READ_OWN, resident)
    return f"{building.entry.entry_id}/{resident.id}"


async def _own_visits(
    building: Building, own: Actor, since: datetime
) -> list[ReadEntry]:
    """Return the visits to somebody's home whose details aren't erased yet."""
    visits: list[ReadEntry] = []
    async for page in async_entry_pages(building, own):
        visits += (entry for entry in page if entry.units)
        if len(visits) >= MOST_LISTED or not page or page[-1].row.at < since:
            break
    return visits[:MOST_LISTED]
