"""Watches the door and the ledger's file: what must be true at each moment, and at the end of each day."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import json
import re
from typing import TYPE_CHECKING

from .people import Received, Resident, Way

if TYPE_CHECKING:
    from .counted import Counted
    from .house import House

UNLOCKED_AT_MOST = 12.0
"""How many seconds after its command the lobby may be unlocked: 5 of its setting, and what locks take."""
SETTLED = timedelta(hours=50)
"""After what time each notification was delivered: a day for the daily digest, a day of tries."""
FORGOTTEN = timedelta(days=33)
"""After what time nothing personal may be found: 30 days, and daily checks that wait for a day after each start."""
_PERSONAL = re.compile(rb"(?:PKT|drv|gr|JD)-[0-9a-f]{12}")
_LOBBY = '%"door":"door-lobby"%'


@dataclass(slots=True)
class Visit:
    """An entry on record."""

    seq: int
    at: datetime
    kind: str
    code: str
    entry_id: str
    is_seen: bool = False


@dataclass(slots=True)
class Watch:
    """What was seen so far."""

    house: House
    last_unlock: int = 0
    last_seq: int = 0
    visits: list[Visit] = field(default_factory=list)
    admitted: dict[str, datetime] = field(default_factory=dict)
    """Entries that couriers and drivers know of."""
    observed: list[datetime] = field(default_factory=list)
    notifications: int = 0
    entries: int = 0
    unlocked_at: float = 0.0
    lost: int = 0
    """How many entries may be on record of which nobody got an answer."""
    personal_searched: int = 0
    counted: Counted = field(init=False)

    def unlocking(self, *, by_hand: bool) -> None:
        """See that a command to unlock the lobby has a record of its own, before it."""
        self.unlocked_at = self.house.loop.time()
        self.house.loop.call_later(
            UNLOCKED_AT_MOST, self._see_locked, self.house.generation
        )
        if by_hand:
            self.house.counts["unlocked by hand"] += 1
            return
        self.house.counts["lobby unlocked"] += 1
        [(newest,)] = self.house.home.rows(
            "SELECT coalesce(max(seq), 0) FROM records WHERE kind = 'entry.admitted' AND body LIKE ?",
            _LOBBY,
        )
        assert isinstance(newest, int)
        if newest <= self.last_unlock:
            self.house.fault("the lobby was unlocked without a record of its own")
        self.last_unlock = newest

    def _see_locked(self, generation: int) -> None:
        house = self.house
        if generation != house.generation or not house.is_up:
            return  # It is locked once Home Assistant has started again.
        if house.loop.time() - self.unlocked_at < UNLOCKED_AT_MOST - 0.001:
            return  # Somebody else came.
        if not house.is_locked:
            house.fault(f"the lobby is unlocked {UNLOCKED_AT_MOST} s after its command")

    def start_reading(self) -> None:
        """Take what the file holds as the past."""
        [(newest, admitted)] = self.house.home.rows(
            "SELECT max(seq), max(seq) FILTER (WHERE kind = 'entry.admitted') FROM records"
        )
        assert isinstance(newest, int)
        assert isinstance(admitted, int)
        self.last_seq, self.last_unlock = newest, admitted

    def restored(self) -> None:
        """Take the file as another one: what came after it was copied is lost."""
        self.start_reading()
        seqs = {seq for (seq,) in self.house.home.rows("SELECT seq FROM records")}
        self.visits = [each for each in self.visits if each.seq in seqs]
        kept = {each.entry_id for each in self.visits}
        self.admitted = {
            entry_id: at for entry_id, at in self.admitted.items() if entry_id in kept
        }

    def see_locked_after_start(self) -> None:
        """See that the lobby was locked after a start."""
        if not self.house.is_locked:
            self.house.fault("the lobby is unlocked a minute after a start")

    def read_records(self) -> None:
        """Take what was recorded since."""
        rows = self.house.home.rows(
            "SELECT seq, at, kind, body, hash FROM records WHERE seq > ? ORDER BY seq",
            self.last_seq,
        )
        for seq, at, kind, body, digest in rows:
            assert isinstance(seq, int)
            assert isinstance(at, int)
            assert isinstance(digest, bytes)
            self.last_seq = seq
            if kind not in ("entry.admitted", "entry.observed"):
                continue
            entry_id = str(json.loads(str(body))["entry_id"])
            when = datetime.fromtimestamp(at / 1e6, UTC)
            self.visits.append(Visit(seq, when, str(kind), digest.hex()[:20], entry_id))
            self.entries += 1
            self.house.counts[str(kind)] += 1

    def end_day(self) -> None:
        """See that what is a day old was notified, and that nothing waits."""
        self.read_records()
        self._match_records()
        now = self.house.now
        for visit in self.visits:
            if not visit.is_seen and visit.at < now - SETTLED:
                visit.is_seen = True
                self._see_notified(visit)
        self.visits = [
            each for each in self.visits if each.at > now - timedelta(days=4)
        ]
        for resident in self.house.residents:
            resident.received = [
                each for each in resident.received if each.at > now - timedelta(days=4)
            ]
        self._see_nothing_waits()

    def _match_records(self) -> None:
        """See that the records of entries are those that couriers and drivers know of."""
        recorded = {each.entry_id for each in self.visits}
        since = self.house.now - timedelta(days=3)
        for entry_id, at in list(self.admitted.items()):
            if at < since:
                del self.admitted[entry_id]
            elif entry_id not in recorded:
                self.house.fault(f"the entry {entry_id} of {at} is not on record")
        for visit in self.visits:
            if (
                visit.kind == "entry.admitted"
                and visit.entry_id not in self.admitted
                and visit.at > since
            ):
                self.lost -= 1
                self.admitted[visit.entry_id] = visit.at
                if self.lost < 0:
                    self.house.fault(
                        f"nobody came in by the entry {visit.entry_id} on record"
                    )

    def _see_notified(self, visit: Visit) -> None:
        for resident in self.house.residents:
            if not resident.lives_here(visit.at) or resident.until is not None:
                continue
            received = self._received(resident, visit)
            if len(received) == 1:
                self.notifications += 1
            elif len(received) == 2 and self._may_repeat(received):
                self.notifications += 1
                self.house.counts["notifications repeated after a stop"] += 1
            elif not received and self._is_shown_as_missing(resident, visit):
                self.house.counts["pushes lost, and not shown as delivered"] += 1
            else:
                self.house.fault(
                    f"{resident.name} got {len(received)} notifications of the {visit.kind} {visit.seq}"
                    f" of {visit.at:%m-%d %H:%M:%S}: {[(f'{each.at:%d %H:%M:%S}', each.title) for each in received]}"
                )

    def _may_repeat(self, received: list[Received]) -> bool:
        """Return whether Home Assistant stopped before it noted that something was sent, or got its receipt."""
        first = min(each.at for each in received)
        return any(
            first - timedelta(seconds=1)
            <= down
            <= first + timedelta(minutes=2, seconds=5)
            for down in self.house.downs[-20:]
        )

    def _is_shown_as_missing(self, resident: Resident, visit: Visit) -> bool:
        """Return whether a push failed of which Home Assistant said nothing, and the log claims no delivery."""
        if resident.way is not Way.PHONE:
            return False
        states = self.house.home.rows(
            "SELECT n.state FROM notifications n JOIN fanouts f ON n.fanout_id = f.id"
            " WHERE f.entry_id = ? AND n.resident_id = ?",
            visit.entry_id,
            resident.part,
        )
        return states == [("sent",)]

    def _received(self, resident: Resident, visit: Visit) -> list[Received]:
        """Return the notifications of an entry: those of it alone, or that of several."""
        alone = [
            each
            for each in resident.received
            if each.first == each.last == visit.seq and each.code == visit.code
        ]
        return alone or [
            each
            for each in resident.received
            if each.first <= visit.seq <= each.last and each.entries > 1
        ]

    def _see_nothing_waits(self) -> None:
        house = self.house
        long_ago = int((house.now - SETTLED).timestamp() * 1e6)
        for what, query in (
            (
                "notifications are pending",
                "SELECT count(*) FROM notifications WHERE state = 'pending' AND due_at < ?",
            ),
            (
                "fan-outs wait",
                "SELECT count(*) FROM fanouts WHERE expanded_at IS NULL AND at < ?",
            ),
            (
                "entries have no outcome",
                "SELECT count(*) FROM entries WHERE decision = 'admitted' AND outcome IS NULL AND at < ?",
            ),
        ):
            [(count,)] = house.home.rows(query, long_ago)
            if count:
                house.fault(f"{count} {what} for more than two days")

    def search_bytes(self) -> None:
        """See that no personal detail that is too old is in the file."""
        before = self.house.now - FORGOTTEN
        found: set[str] = set()
        for end, content in self.house.home.bytes().items():
            for token in set(_PERSONAL.findall(content)):
                used = self.house.tokens.get(token.decode())
                if used is not None and used < before:
                    found.add(f"{token.decode()} of {used:%m-%d} ({end or 'file'})")
        self.personal_searched += sum(
            used < before for used in self.house.tokens.values()
        )
        if found:
            self.house.fault(
                f"{len(found)} personal details are kept too long: {sorted(found)[:3]}"
            )
