"""Whatever a courier does with its grants and whenever: few messages, no lie, and in the end everything is notified (promise 3)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings, strategies as st

from custom_components.courier_access.access.model import GrantKey, UnitPart
from custom_components.courier_access.ledger.chain import BoundSum
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.outbox import due, expand
from custom_components.courier_access.ledger.outbox.due import next_due, note_attempt
from custom_components.courier_access.ledger.outbox.expand import expand_fanouts
from custom_components.courier_access.ledger.queue import (
    BATCH_INTERVAL,
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from custom_components.courier_access.ledger.state.grants import put_grant, revoke_grant
from tests.ledger.filled import NOON, residents
from tests.ledger.parts import ANNA, GRANT, decide
from tests.ledger.test_chain import memory
from tests.support.quick import examples

ANNOUNCED, CALLED_OFF = (
    NotificationKind.DELIVERY_ANNOUNCED,
    NotificationKind.DELIVERY_CALLED_OFF,
)
SECOND = timedelta(seconds=1)
UNITS = {"3b": "3B"}


@dataclass(frozen=True, slots=True)
class Deed:
    """What becomes of a grant, `after` so many seconds; `door` and when its window `starts`, seconds from then, are news."""

    grant: int
    what: str
    door: str
    starts: int
    after: int


@dataclass(slots=True)
class Courier:
    """A courier at work, with what Anna reads of it, message by message."""

    transaction: Transaction
    now: datetime = NOON
    expected: dict[int, str] = field(default_factory=dict)
    over: set[int] = field(default_factory=set)
    vetoed: set[int] = field(default_factory=set)
    read: dict[int, str] = field(default_factory=dict)
    messages: list[datetime] = field(default_factory=list)

    def do(self, deed: Deed) -> None:
        """Let a deed happen, with all that was due before."""
        self.wait(deed.after * SECOND)
        if deed.grant in self.over:
            return
        was_expected = deed.grant in self.expected
        match deed.what:
            case "issue" if self.expected.get(deed.grant) != (
                reads := self._reads(deed)
            ):
                self.expected[deed.grant] = reads
                self._put(deed.grant, UnitPart.ACCEPTED)
                self._enqueue(ANNOUNCED, deed)
            case "leave out" | "revoke" if was_expected:
                del self.expected[deed.grant]
                self._put(deed.grant, UnitPart.NOT_ACCEPTING)
                if deed.what == "revoke":
                    revoke_grant(self.transaction, _key(deed.grant), self.now)
                    self.over.add(deed.grant)
                self._enqueue(CALLED_OFF, deed)
            case "veto" if was_expected:
                del self.expected[deed.grant]
                self._put(deed.grant, UnitPart.VETOED)
                self.over.add(deed.grant)
                self.vetoed.add(deed.grant)
        self._turn()

    def wait(self, time: timedelta) -> None:
        """Let time pass, and the outbox wake up when it says that it has to."""
        until = self.now + time
        while (
            at := next_due(self.transaction.conn, self.now)
        ) is not None and at <= until:
            self.now = at
            self._turn()
        self.now = until

    def _turn(self) -> None:
        conn = self.transaction.conn
        while expand_fanouts(conn, self.now):
            pass
        while expand.combine_waiting(conn, self.now):
            pass
        while found := due.due(conn, self.now, 16):
            for notification in found:
                note_attempt(conn, notification.id, ["notify.anna"], self.now, None)
                self.messages.append(self.now)
                for one in (notification, *notification.others):
                    self._take(int(one.details["grant"]), _news(one))

    def _take(self, grant: int, news: str) -> None:
        """Read a piece of news: it is news, and true."""
        assert self.read.get(grant, "") != news
        assert self.expected.get(grant, "") == news
        self.read[grant] = news

    def _reads(self, deed: Deed) -> str:
        return f"{deed.door} {(self.now + deed.starts * SECOND).isoformat()}"

    def _put(self, grant: int, part: UnitPart) -> None:
        put = replace(
            GRANT, key=_key(grant), ends_at=NOON + timedelta(days=9), units={"3b": part}
        )
        put_grant(self.transaction, replace(put, unit_labels=UNITS), self.now)

    def _enqueue(self, kind: NotificationKind, deed: Deed) -> None:
        record = self.transaction.append("told", self.now, {}, {})
        details = {
            "courier": "Swift",
            "grant": str(deed.grant),
            "door": deed.door,
            "starts_at": (self.now + deed.starts * SECOND).isoformat(),
        }
        key = _key(deed.grant)
        enqueue_fan_out(
            self.transaction.conn,
            FanOut(kind, record.seq, 1, self.now, UNITS, key=key, details=details),
        )


def _news(notification: due.Notification) -> str:
    """Return what a notification says: what is expected, or nothing anymore."""
    if notification.kind is CALLED_OFF:
        return ""
    return f"{notification.details['door']} {notification.details['starts_at']}"


def _key(grant: int) -> GrantKey:
    return GrantKey("courier-1", f"grant-{grant}")


@contextmanager
def courier() -> Iterator[Courier]:
    with memory() as conn:
        transaction = Transaction(conn, None, BoundSum(conn))
        residents(transaction, (("anna", "3b"),))
        decide(transaction, ANNA)
        yield Courier(transaction)


DEEDS = st.lists(
    st.builds(
        Deed,
        grant=st.integers(0, 11),
        what=st.sampled_from(
            ("issue", "issue", "issue", "leave out", "revoke", "veto")
        ),
        door=st.sampled_from("AB"),
        starts=st.sampled_from((-60, 1, 90, 3600)),
        after=st.sampled_from((0, 0, 1, 20, 100, 300)),
    ),
    max_size=50,
)


@settings(max_examples=examples(50), deadline=None)
@given(DEEDS)
def test_few_messages_and_in_the_end_the_truth(deeds: Sequence[Deed]) -> None:
    with courier() as at_work:
        for deed in deeds:
            at_work.do(deed)
        at_work.wait(BATCH_INTERVAL)

        for grant in {deed.grant for deed in deeds} - at_work.vetoed:
            assert at_work.read.get(grant, "") == at_work.expected.get(grant, "")
    for earlier, later in pairwise(at_work.messages):
        assert later - earlier >= expand.WAITS_AT_LEAST
