"""Read what the log says of one resident: what they decided, and what changed about them."""

from datetime import datetime
from sqlite3 import Connection
from typing import Final, NamedTuple

from ..queue import lived_here
from ..seals import original_field, original_seq
from ..sql import Query


class OwnRecord(NamedTuple):
    """A record about a resident, or about what they decided, until it is erased."""

    seq: int
    at: datetime
    kind: str
    courier_id: str | None = None
    until: str | None = None
    answer: str | None = None
    consent: str | None = None
    decided_by: str | None = None


# A body that was changed by hand may not be JSON.
_OF_BODY: Final = "iif(json_valid(body), body ->> '{}', NULL)"
_PERSONAL: Final = """(
    SELECT value FROM personal
    WHERE personal.seq = records.seq AND field = '{}'
)"""
# A decision that was carried on is shown as what it was, and when.
_KIND: Final = original_field("records.seq", "kind")
_AT: Final = f"unixepoch({original_field('records.seq', 'at')}) * 1000000"
_OWN: Final = Query(
    f"""
    SELECT seq, coalesce({_AT}, at) AS at, coalesce({_KIND}, kind) AS kind,
        {_OF_BODY.format("courier")} AS courier_id,
        coalesce({_PERSONAL.format("until")}, {_OF_BODY.format("until")}) AS until,
        coalesce({_PERSONAL.format("answer")}, {_OF_BODY.format("answer")}) AS answer,
        {_PERSONAL.format("consent")} AS consent,
        nullif({_PERSONAL.format("decided_by")}, '') AS decided_by
    FROM records WHERE seq IN (
        SELECT seq FROM personal AS own
        WHERE (
            field = 'resident' AND value = :resident_id
            OR field = 'decided_by' AND value IN (:resident_id, :user_id)
            OR field = 'unit' AND value = :unit AND EXISTS (
                SELECT * FROM personal AS author
                WHERE author.seq = own.seq AND author.field = 'decided_by'
                    AND author.value = 'link'
            ) AND NOT EXISTS (
                SELECT * FROM personal AS others
                WHERE others.seq = own.seq AND others.field = 'resident'
            )
        ) AND {lived_here(":resident_id", original_seq("own.seq"))}
            AND {original_seq("own.seq")} >= :since_seq
    )
    ORDER BY {original_seq("records.seq")} DESC LIMIT :limit
    """,
    OwnRecord,
)


def own_records(
    conn: Connection,
    resident_id: str,
    user_id: str | None,
    unit: str | None,
    limit: int,
    since_seq: int = 0,
) -> list[OwnRecord]:
    """Return the newest records about a resident, newest first.

    What was decided with a personal link doesn't say whose link it was. Give the `unit`
    of a resident who uses a link, to include what was decided for it with any link, and
    the `since_seq` of someone who left.
    """
    return _OWN.all(
        conn,
        resident_id=resident_id,
        user_id=user_id,
        unit=unit,
        limit=limit,
        since_seq=since_seq,
    )
