"""Read the visits that a building sends to its fleet (docs/reference/fleet-protocol.md).

Nothing says what was sent: that follows from the fleet's cursor. Whatever isn't in the lists
here stays in the house.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Final, NamedTuple

from ...access.model import EntryDecision, Outcome, Reason
from ...access.names import fit
from ..chain import RECORD_HASH
from ..queue import NotificationKind
from ..sql import Query, listed
from ..state.fleet_visits import (
    Choices,
    SentSpan,
    load_sent_spans,
    load_visits_choices,
    load_visits_setting,
)
from ..state.grants import WITHOUT_CONSENT
from .fleet import Head

MOST_VISITS: Final = 200
MOST_FORGOTTEN: Final = 200
MOST_BYTES: Final = 100_000
"""How long the visits of one report are at most; the rest of it is shorter than 150 kB."""

MOST_RECORDS: Final = 2_000
"""How many records are read at a time: no other reader waits long."""

LONGEST_NAME: Final = 100
_OTHER_BYTES: Final = 300
"""How long a visit is without its names, as the database counts it."""

_REFUSED, _OBSERVED = "entry.refused", "entry.observed"
_STOPPED, _OUTCOME = "entry.stopped", "entry.outcome"
_ENDINGS: Final = (_REFUSED, _OBSERVED, _STOPPED, _OUTCOME)

_NAMED: Final = frozenset(
    {Reason.UNKNOWN_GRANT, Reason.EXPIRED, Reason.ENTRIES_EXHAUSTED}
)
"""The reasons that say nothing about what a person decided, or when."""

NOT_ACCEPTED: Final = "not_accepted"
DOOR_UNAVAILABLE: Final = "door_unavailable"


# Who moved in later reads it in the text that they consent to.
_UNNOTIFIED: Final = Query(
    f"""
    SELECT count(*) FROM residences WHERE since_seq <= :seq AND NOT EXISTS (
        SELECT * FROM notifications JOIN fanouts ON fanouts.id = fanout_id
        WHERE fanouts.seq = :seq AND kind = '{NotificationKind.FLEET_VISITS}'
            AND notifications.resident_id = residences.resident_id
            AND sent_at IS NOT NULL
    )
    """,
    int,
)


def count_unnotified(conn: Connection, seq: int) -> int:
    """Return how many residents the notice with that record hasn't reached."""
    return _UNNOTIFIED.one(conn, seq=seq)


class Visit(NamedTuple):
    """A visit as it leaves the house: nothing else of it does."""

    seq: int
    hash: bytes
    at: datetime
    courier: str
    door: str
    result: str
    reason: str | None


class Batch(NamedTuple):
    """The visits up to `head`, and the numbers of those that the fleet deletes.

    If there are more numbers, `forgotten_to` is the last one. `keep_days` is how long the
    fleet keeps visits; None if they aren't sent.
    """

    head: Head | None
    visits: Sequence[Visit] = ()
    forget: Sequence[int] = ()
    forgotten_to: int = 0
    is_more: bool = False
    keep_days: int | None = None


class _Ended(NamedTuple):
    """A visit with the record that ends it, and the units that it was for, if they're kept."""

    seq: int
    hash: bytes
    kind: str
    at: datetime
    courier: str
    door: str
    decision: EntryDecision
    reason: Reason | None
    outcome: Outcome | None
    is_unnamed: bool
    units: frozenset[str] | None

    @property
    def has_known_homes(self) -> bool:
        """Whether its homes are known, or it can't have any.

        Otherwise, a home that objects may be one of them.
        """
        if self.kind == _OBSERVED:
            return True
        is_of_none = self.reason is Reason.UNKNOWN_GRANT and not self.is_unnamed
        return self.units is not None and (bool(self.units) or is_of_none)

    def as_sent(self) -> Visit:
        result, reason = self._result()
        return Visit(
            self.seq,
            self.hash,
            # Seconds could be compared with what somebody saw or did.
            self.at.replace(second=0, microsecond=0),
            fit(self.courier, LONGEST_NAME),
            fit(self.door, LONGEST_NAME),
            result,
            reason,
        )

    def _result(self) -> tuple[str, str | None]:
        match self.kind:
            case "entry.observed":
                return "observed", None
            case "entry.outcome":
                return self.outcome or Outcome.UNKNOWN, None
            case "entry.stopped" if self.reason is Reason.OK:
                return "stopped", DOOR_UNAVAILABLE
        # If a decision stopped it, *stopped* would say that somebody decided at that moment.
        return "refused", self.reason if self.reason in _NAMED else NOT_ACCEPTED


# Records are read in their order, and each names its entry.
_ENDED: Final = Query(
    f"""
    SELECT records.seq, CAST(records.hash AS BLOB) AS hash, records.kind, entries.at,
        courier_name AS courier, door_name AS door, decision, reason, outcome,
        coalesce(body ->> '{WITHOUT_CONSENT}', 0) AS is_unnamed, (
            SELECT value FROM personal
            WHERE personal.seq = entries.seq AND field = 'units'
        ) AS units
    FROM records CROSS JOIN entries
        ON entry_id = iif(json_valid(body), body ->> 'entry_id', NULL)
    WHERE records.seq > :after AND records.seq <= :up_to
        AND kind IN {listed(_ENDINGS)}
    ORDER BY records.seq
    """,
    _Ended,
)


def read_batch(
    conn: Connection, known: Head | None, newest: Head | None, forgotten_to: int
) -> Batch:
    """Read what to report of the visits after `known`, the fleet's cursor.

    Without `known`, the fleet takes no visits. Numbers to forget up to `forgotten_to` are
    forgotten already.
    """
    if known is None or newest is None:
        return Batch(newest)
    setting = load_visits_setting(conn)
    asks = setting is not None and setting.asks
    choices = Choices(load_visits_choices(conn).values(), asks)
    forget = _Forgetting(conn, known.seq, choices).numbers(forgotten_to)
    kept_days = None if setting is None else setting.kept_days
    if len(forget) == MOST_FORGOTTEN:
        last = forget[-1]
        return Batch(known, (), forget, last, is_more=True, keep_days=kept_days)
    if kept_days is None:
        return Batch(newest, (), forget)
    begun = load_sent_spans(conn)[-1].after
    up_to = min(newest.seq, max(known.seq, begun) + MOST_RECORDS)
    visits, last = _visits(conn, max(known.seq, begun), up_to, choices)
    head = newest if last == newest.seq else Head(last, RECORD_HASH.one(conn, seq=last))
    is_more = head.seq < newest.seq
    return Batch(head, visits, forget, is_more=is_more, keep_days=kept_days)


def _visits(
    conn: Connection, after: int, up_to: int, choices: Choices
) -> tuple[list[Visit], int]:
    """Return the visits that fit into a report, and the last record that it covers."""
    visits: list[Visit] = []
    size, last = 0, after
    for ended in _ENDED.all(conn, after=after, up_to=up_to):
        units = ended.units or frozenset()
        if not ended.has_known_homes or choices.leaves_out(units, ended.seq):
            continue
        visit = ended.as_sent()
        size += _OTHER_BYTES + len((visit.courier + visit.door).encode())
        if len(visits) == MOST_VISITS or size > MOST_BYTES:
            return visits, last
        visits.append(visit)
        last = visit.seq
    return visits, up_to


class _Forgetting(NamedTuple):
    """Finds the visits of homes that objected after the fleet's cursor.

    Only those that were sent: other numbers would tell the fleet which records are visits
    of one home.
    """

    conn: Connection
    known: int
    choices: Choices

    def numbers(self, forgotten_to: int) -> list[int]:
        """Return the first numbers after `forgotten_to`, in their order."""
        spans = load_sent_spans(self.conn)
        is_any = any(
            each.objects and each.seq > self.known for each in self.choices.all
        )
        if not is_any or not spans:
            return []
        found: list[int] = []
        after = max(forgotten_to, spans[0].after)
        while after < self.known and len(found) < MOST_FORGOTTEN:
            up_to = min(after + MOST_RECORDS, self.known)
            ended = _ENDED.all(self.conn, after=after, up_to=up_to)
            found += [each.seq for each in ended if self._is_forgotten(each, spans)]
            after = up_to
        return found[:MOST_FORGOTTEN]

    def _is_forgotten(self, ended: _Ended, spans: Collection[SentSpan]) -> bool:
        if not (ended.has_known_homes and any(each.has(ended.seq) for each in spans)):
            return False
        objections = self.choices.about(ended.units or frozenset(), ended.seq)
        # After an earlier one, the fleet doesn't have it anymore, or never had.
        return bool(objections) and all(each.seq > self.known for each in objections)
