"""Whatever happens in whatever order: the fleet has the visits that no home objects to, and nothing else of them leaves the house."""

from collections.abc import Collection, Mapping
from contextlib import closing
from copy import replace
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from hypothesis import example, given, settings, strategies as st
import orjson

from custom_components.courier_access.access.model import (
    Decision,
    DeliveryDetails,
    Outcome,
    Reason,
    Resident,
)
from custom_components.courier_access.building.fleet import _written_visit
from custom_components.courier_access.ledger import chain
from custom_components.courier_access.ledger.chain import BoundSum
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.state.entries import (
    complete_entry,
    record_attempt,
)
from custom_components.courier_access.ledger.state.fleet_visits import (
    VisitsWanted,
    announce_visits,
    begin_visits,
    end_visits,
    load_visits_setting,
    put_visits_choice,
)
from custom_components.courier_access.ledger.structure import in_memory
from custom_components.courier_access.ledger.upkeep.fleet import Head
from custom_components.courier_access.ledger.upkeep.fleet_visits import read_batch
from tests.ledger.filled import NOON
from tests.ledger.parts import attempt
from tests.support.quick import examples

HOMES = ("zzhome1", "zzhome2", "zzhome3")
SECRETS = ("zzhome", "zzparcel", "zzdriver", "zzgrant", "zzmate", "zzentry")
FIELDS = {"seq", "hash", "at", "courier", "door", "result", "reason"}
RESULTS = {"opened", "unconfirmed", "failed", "unknown", "stopped", "refused"}
REASONS = {
    *(None, "not_accepted", "unknown_grant", "expired"),
    *("entries_exhausted", "door_unavailable"),
}
PLAIN = {"unknown_grant", "expired", "entries_exhausted"}


class Deed(NamedTuple):
    """Something that happens: a visit, a choice of a home, a setting, or a report."""

    what: str
    homes: tuple[str, ...] = ()
    reason: Reason = Reason.OK
    outcome: Outcome = Outcome.OPENED
    name: str = "Swift"


TEXT = st.text(max_size=130)
UNITS = st.lists(st.sampled_from(HOMES), unique=True, max_size=3).map(tuple)
REFUSED = st.sampled_from([each for each in Reason if each is not Reason.OK])
DEEDS = st.one_of(
    st.builds(Deed, st.just("refused"), UNITS, REFUSED, name=TEXT),
    st.builds(
        Deed, st.just("admitted"), UNITS, outcome=st.sampled_from(Outcome), name=TEXT
    ),
    st.builds(Deed, st.just("stopped"), UNITS, st.sampled_from(Reason)),
    st.builds(Deed, st.just("object"), st.sampled_from(HOMES).map(lambda it: (it,))),
    st.builds(Deed, st.just("take back"), st.sampled_from(HOMES).map(lambda it: (it,))),
    st.just(Deed("report")),
    st.just(Deed("end")),
    st.just(Deed("begin")),
)


@dataclass(slots=True)
class Life:
    """A log, its fleet, and what is expected there: each in its own words."""

    transaction: Transaction
    cursor: Head | None = None
    fleet: dict[int, Mapping[str, object]] = field(default_factory=dict)
    sent: set[int] = field(default_factory=set)
    ended: dict[int, tuple[frozenset[str], str]] = field(default_factory=dict)
    """Visits that may be sent, by number: their homes, and the reason that may be said."""
    objects: dict[str, bool] = field(default_factory=dict)
    out: set[int] = field(default_factory=set)
    """Visits that a home ever objected to, while they ended or later."""
    is_on: bool = False

    def do(self, deed: Deed) -> None:
        """Let it happen in the log, and note what follows for the fleet."""
        seq = self.transaction.next_seq
        match deed.what:
            case "refused":
                self._attempt(deed, Decision.REFUSED, deed.reason)
                said = deed.reason if deed.reason in PLAIN else "not_accepted"
                self._note(seq, deed, said)
            case "admitted" | "stopped":
                self._attempt(deed, Decision.ADMITTED, Reason.OK)
                fields = {"entry_id": f"zzentry {seq}"}
                if deed.what == "admitted":
                    self.transaction.append(
                        "entry.outcome",
                        NOON,
                        {
                            **fields,
                            "outcome": deed.outcome,
                            "lock_confirmed": True,
                            "use_returned": False,
                        },
                    )
                    said = ""
                else:
                    is_door = deed.reason is Reason.OK
                    reason = None if is_door else deed.reason
                    self.transaction.append(
                        "entry.stopped", NOON, {**fields, "reason": reason}
                    )
                    said = deed.reason if deed.reason in PLAIN else "not_accepted"
                    said = "door_unavailable" if is_door else said
                self._note(seq + 1, deed, said)
                complete_entry(self.transaction, f"zzentry {seq}", NOON, {})
            case "object" | "take back":
                self._choose(deed.homes[0], objects=deed.what == "object")
            case "end" | "begin":
                self._set(is_on=deed.what == "begin")
            case _:
                self.report()

    def _attempt(self, deed: Deed, decision: Decision, reason: Reason) -> None:
        seq = self.transaction.next_seq
        tried = attempt(f"zzentry {seq}", NOON + timedelta(seconds=seq))
        named = replace(
            tried,
            key=replace(tried.key, grant_id="zzgrant"),
            courier_name=deed.name,
            door_name=deed.name[::-1],
            delivery=DeliveryDetails("zzparcel", "zzdriver"),
        )
        units = {unit: unit.upper() for unit in deed.homes}
        record_attempt(self.transaction, named, decision, reason, units)

    def _note(self, seq: int, deed: Deed, said: str) -> None:
        is_of_none = deed.what != "admitted" and deed.reason is Reason.UNKNOWN_GRANT
        if self.is_on and (deed.homes or is_of_none):
            self.ended[seq] = frozenset(deed.homes), said
            if any(self.objects.get(home) for home in deed.homes):
                self.out.add(seq)

    def _choose(self, home: str, *, objects: bool) -> None:
        if self.objects.get(home, False) is objects:
            return
        mate = Resident(f"zzmate of {home}", "", home, home, None, None)
        put_visits_choice(self.transaction, mate, NOON, objects=objects)
        self.objects[home] = objects
        if objects:
            self.out |= {seq for seq, (homes, _) in self.ended.items() if home in homes}

    def _set(self, *, is_on: bool) -> None:
        if is_on is self.is_on:
            return
        # What wasn't reported when it ends is never sent.
        self.report()
        if is_on:
            wanted = VisitsWanted("https://fleet.example", 90, asks=False)
            announce_visits(self.transaction, wanted, NOON)
        setting = load_visits_setting(self.transaction.conn)
        assert setting is not None
        change = begin_visits if is_on else end_visits
        change(self.transaction, setting, NOON)
        self.is_on = is_on

    def report(self) -> None:
        """Report until nothing is left, as a building does once a second."""
        conn, forgotten_to = self.transaction.conn, 0
        while True:
            newest = self._at(self.transaction.next_seq - 1)
            known = self.cursor
            batch = read_batch(conn, known, newest, forgotten_to)
            assert batch.head is not None
            for visit in batch.visits:
                self._take(_written_visit(visit), known, batch.head)
            # Other numbers would say which records are visits of one home.
            assert set(batch.forget) <= self.sent & self.fleet.keys()
            for seq in batch.forget:
                del self.fleet[seq]
            assert batch.head.hash == self._at(batch.head.seq).hash
            self.cursor, forgotten_to = batch.head, batch.forgotten_to
            if not batch.is_more:
                assert self.cursor == newest
                return

    def _at(self, seq: int) -> Head:
        return Head(seq, chain.RECORD_HASH.one(self.transaction.conn, seq=seq))

    def _take(
        self, visit: Mapping[str, object], known: Head | None, head: Head
    ) -> None:
        seq = visit["seq"]
        assert isinstance(seq, int)
        assert known is not None
        assert known.seq < seq <= head.seq
        assert seq not in self.sent
        assert visit.keys() == FIELDS
        assert visit["result"] in RESULTS
        assert visit["reason"] in REASONS
        assert visit["reason"] == (self.ended[seq][1] or None)
        assert visit["hash"] == self._at(seq).hash.hex()
        assert str(visit["at"]).endswith(":00Z")
        for name in (str(visit["courier"]), str(visit["door"])):
            assert 1 <= len(name) <= 100
            assert name.isprintable()
        written = orjson.dumps(visit).decode()
        assert not any(secret in written for secret in SECRETS)
        self.sent.add(seq)
        self.fleet[seq] = visit


@settings(max_examples=examples(60))
@given(st.lists(DEEDS, max_size=40))
@example(
    [
        Deed("admitted", HOMES[:2]),
        Deed("admitted", HOMES[:1]),
        Deed("report"),
        Deed("object", HOMES[:1]),
        Deed("report"),
        Deed("admitted", HOMES[:2]),
        Deed("report"),
        Deed("object", HOMES[1:2]),
        Deed("take back", HOMES[:1]),
        Deed("admitted", HOMES[:1]),
        Deed("report"),
        Deed("object", HOMES[:1]),
    ]
)
def test_fleet_has_what_no_home_objects_to_and_nothing_else_leaves(
    deeds: Collection[Deed],
) -> None:
    with closing(in_memory()) as conn:
        life = Life(Transaction(conn, chain.head(conn), BoundSum(conn)))
        life.transaction.append("test", NOON, {})
        life.report()
        life.do(Deed("begin"))
        for deed in deeds:
            life.do(deed)
        life.report()
        assert life.fleet.keys() == life.ended.keys() - life.out
