"""Whatever happens to reports on their way, the fleet holds what the log holds: nothing lost, twice, or forged.

The model knows nothing of SQL. It's the logs that existed, and what their buildings may say about them.
"""

from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from hypothesis import Phase, settings, strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
import pytest

from scripts.lab.answers import Record, record
from scripts.lab.fleet.client import Answer, Client, hash_of, visit
from scripts.lab.fleet.server import Fleet

_NAMES = count(1)


class Line(NamedTuple):
    """A record of a log: whether it ends a visit, and what makes its hash another."""

    is_visit: bool
    log: str


@dataclass(slots=True)
class Log:
    """A building's log, as its own file has it, whose first record has the number 1."""

    records: list[Line] = field(default_factory=list)

    @property
    def head(self) -> int:
        return len(self.records)

    def hash_at(self, seq: int) -> str:
        return hash_of(seq, self.records[seq - 1].log)

    def copy(self) -> Log:
        return Log([*self.records])


@dataclass(slots=True)
class Cursor:
    """Where the fleet is, as the building or the model knows it."""

    line: int = 0
    seq: int | None = None


class Fleets(RuleBasedStateMachine):
    """One building, its fleet, and the network between them."""

    fleet: Fleet
    manager: Client

    under_way = Bundle("under_way")

    @initialize(length=st.integers(1, 4))
    def begins(self, length: int) -> None:
        """Add a building that has a log already."""
        self.name = f"sequence-{next(_NAMES)}"
        self.client = Client(self.fleet.url, self.fleet.add_building(self.name))
        self.log = Log()
        self.salts = count(1)
        self.log_name = "0"
        self.append([True] * length)
        self.backups: list[Log] = []
        self.cursor = Cursor()  # the building's own idea, in its memory
        # The model: what a fleet that loses and doubles nothing holds.
        self.true = Cursor()
        self.true_hash = ""
        self.expected: dict[str, tuple[int, int]] = {}
        self.began = 0
        self.refused: tuple[int, str] | None = None
        self.is_refused = False
        self.is_compared = False  # since the fleet was last asked or told anything

    def teardown(self) -> None:
        """Close the connection."""
        if hasattr(self, "client"):
            self.client.close()

    def append(self, visits: list[bool]) -> None:
        """Write records to the log."""
        self.log.records += [Line(is_visit, self.log_name) for is_visit in visits]

    @rule(visits=st.lists(st.booleans(), min_size=1, max_size=5))
    def something_happens(self, visits: list[bool]) -> None:
        """Go on with the log."""
        self.append(visits)

    @rule()
    def is_backed_up(self) -> None:
        """Keep a copy of the log."""
        self.backups.append(self.log.copy())

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def is_restored(self, data: st.DataObject) -> None:
        """Put a copy back, which goes on as another log."""
        self.log = data.draw(st.sampled_from(self.backups)).copy()
        self.log_name = f"{next(self.salts)}"
        self.cursor = Cursor()

    @rule(data=st.data())
    def is_altered(self, data: st.DataObject) -> None:
        """Change a record, and link all later ones again."""
        first = data.draw(st.integers(1, self.log.head))
        self.log_name = f"{next(self.salts)}"
        self.log = Log(
            [
                *self.log.records[: first - 1],
                *(
                    Line(old.is_visit, self.log_name)
                    for old in self.log.records[first - 1 :]
                ),
            ]
        )
        self.cursor = Cursor()

    @rule()
    def restarts(self) -> None:
        """Forget what is only in memory."""
        self.cursor = Cursor()

    @rule()
    def asks(self) -> None:
        """Ask for the cursor."""
        self.is_compared = False
        self.learn(self.client.report({}))
        assert (self.cursor.line, self.cursor.seq) == (self.true.line, self.true.seq)

    def report(self, most: int) -> Record:
        """Return an honest report for the cursor that the building knows."""
        seq, head = self.cursor.seq, self.log.head
        knows = seq is not None and seq <= head
        if seq is not None and knows:
            head = min(head, seq + most)
        visits = [
            visit(number, self.log.records[number - 1].log)
            for number in range((seq or 0) + 1, head + 1)
            if knows and self.log.records[number - 1].is_visit
        ]
        return {
            "line": self.cursor.line,
            "known": {"seq": seq, "hash": self.log.hash_at(seq)}
            if seq is not None and knows
            else None,
            "head": {"seq": head, "hash": self.log.hash_at(head)},
            "visits": visits,
        }

    @rule(target=under_way, most=st.integers(1, 6), copies=st.integers(1, 3))
    def is_sent(self, most: int, copies: int) -> object:
        """Send a report that arrives later, perhaps more than once, or never."""
        return multiple(*[self.report(most)] * copies)

    @rule(sent=consumes(under_way), is_answered=st.booleans())
    def arrives(self, sent: Record, *, is_answered: bool) -> None:
        """Let a report arrive, in whatever order; the reply can be lost."""
        answer = self.deliver(sent)
        if is_answered:
            self.learn(answer)

    @rule(sent=under_way)
    def arrives_and_stays(self, sent: Record) -> None:
        """Let a report arrive that arrives again later."""
        self.deliver(sent)

    @rule(most=st.integers(1, 6))
    def reports(self, most: int) -> None:
        """Report as a building does, until everything is there or the log differs."""
        for _ in range(self.log.head + 2):
            answer = self.deliver(self.report(most))
            self.learn(answer)
            if answer.status == 409:
                return
            if answer.record["taken"] and self.cursor.seq == self.log.head:
                self.all_is_there()
                return
        raise AssertionError("the building never comes to the end")

    def all_is_there(self) -> None:
        """Compare with the log itself: what ended a visit since the line began."""
        lost = {
            self.log.hash_at(seq)
            for seq in range(self.began + 1, self.log.head + 1)
            if self.log.records[seq - 1].is_visit
        } - {row["hash"] for row in self.manager.get(f"visits?building=eq.{self.name}")}
        assert not lost

    @rule(seq=st.integers(1, 30), ahead=st.integers(0, 5))
    def is_forged(self, seq: int, ahead: int) -> None:
        """Send what no log ever held, with a guessed hash."""
        guessed = {
            "line": self.true.line,
            "known": {"seq": seq, "hash": hash_of(seq, "forged")},
            "head": {"seq": seq + ahead, "hash": hash_of(seq + ahead, "forged")},
            "visits": [visit(seq + n, "forged") for n in range(1, ahead + 1)],
        }
        self.is_compared = False
        if self.true.line == 0:
            assert self.client.report(guessed).status == 400
        else:
            assert self.deliver(guessed).record["taken"] is False

    @precondition(lambda self: self.refused)
    @rule()
    def a_manager_begins_a_line(self) -> None:
        """Go on from the refused head, or only end the mark if the log is back."""
        assert self.refused is not None
        self.is_compared = False
        seq, digest = self.refused
        begun = {"building": self.name, "seq": seq, "hash": digest}
        answer = self.manager.call("rpc/begin_line", begun)
        if self.is_refused:
            assert answer.status == 200, answer
            self.true = Cursor(self.true.line + 1, seq)
            self.began = seq
            self.true_hash = digest
        elif (seq, digest) == (self.true.seq, self.true_hash):
            assert answer.status == 200, answer
        else:
            assert answer.status == 409, answer
            begun = {
                "building": self.name,
                "seq": self.true.seq,
                "hash": self.true_hash,
            }
            assert self.manager.call("rpc/begin_line", begun).status == 200
        self.refused = None
        self.is_refused = False

    def deliver(self, sent: Record) -> Answer:
        """Hand a report to the fleet, and have the model judge it."""
        self.is_compared = False
        answer = self.client.report(sent)
        reply = answer.record
        head = record(sent["head"])
        known = None if sent["known"] is None else record(sent["known"])
        is_taken = differs = False
        if sent["line"] == self.true.line == 0:
            is_taken = True
        elif sent["line"] == self.true.line:
            same = known is not None and known["seq"] == self.true.seq
            differs = (
                known is None
                or (same and known["hash"] != self.true_hash)
                or (head["seq"] == self.true.seq and head["hash"] != self.true_hash)
            )
            is_taken = same and not differs
        assert (answer.status, reply["differs"]) == (409 if differs else 200, differs)
        assert reply["taken"] is is_taken
        if is_taken:
            if self.true.line == 0:
                self.began = int(str(head["seq"]))
            self.true = Cursor(max(self.true.line, 1), int(str(head["seq"])))
            self.true_hash = str(head["hash"])
            assert isinstance(sent["visits"], list)
            for stored in sent["visits"]:
                place = (self.true.line, stored["seq"])
                assert place not in self.expected.values()
                self.expected.setdefault(stored["hash"], place)
            self.is_refused = False
        elif differs and not self.is_refused:
            self.refused = int(str(head["seq"])), str(head["hash"])
            self.is_refused = True
        assert (reply["line"], reply["seq"]) == (self.true.line, self.true.seq)
        return answer

    def learn(self, answer: Answer) -> None:
        """Remember a reply as a building does, which asks again after a difference."""
        reply = answer.record
        seq = reply["seq"]
        assert seq is None or isinstance(seq, int)
        self.cursor = Cursor(int(str(reply["line"])), seq)

    @invariant()
    def nothing_is_lost_double_or_forged(self) -> None:
        """Compare all visits, and the mark."""
        if not hasattr(self, "client") or self.is_compared:
            return
        self.is_compared = True
        visits = self.manager.get(f"visits?building=eq.{self.name}")
        assert len(visits) == len(self.expected)
        assert {
            row["hash"]: (row["line"], row["seq"]) for row in visits
        } == self.expected
        marks = self.manager.get(f"differs?id=eq.{self.name}")
        assert [(row["seq"], row["hash"]) for row in marks] == (
            [self.refused] if self.refused else []
        )
        assert all(row["is_back"] is not self.is_refused for row in marks)


def lives(count: int) -> settings:
    """Return how many lives are tried; a failure isn't made smaller, since its report has each step."""
    return settings(
        max_examples=count,
        stateful_step_count=30,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
    )


def test_nothing_is_lost_double_or_forged(fleet: Fleet, manager: Client) -> None:
    Fleets.fleet = fleet
    Fleets.manager = manager

    run_state_machine_as_test(Fleets, settings=lives(25))


@pytest.mark.parametrize(
    ("check", "weaker"),
    [
        ("known_seq = b.seq)", "known_seq <= b.seq)"),
        ("k.hash <> known_hash", "false"),
        ("line_seen = b.line", "true"),
    ],
    ids=["takes late reports", "doesn't compare hashes", "doesn't compare lines"],
)
def test_a_fleet_with_a_weaker_check_is_found(
    fleet: Fleet, manager: Client, check: str, weaker: str
) -> None:
    whole = fleet.sql("select pg_get_functiondef('fleet.take'::regproc)")
    assert whole.count(check) == 1
    Fleets.fleet = fleet
    Fleets.manager = manager
    fleet.sql(whole.replace(check, weaker))
    try:
        with pytest.raises(AssertionError):
            run_state_machine_as_test(Fleets, settings=lives(200))
    finally:
        fleet.sql(whole)
