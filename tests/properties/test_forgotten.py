"""Whatever happens in whatever order: what is personal is erased in time, but for evidence, and the chain verifies (promise 7)."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings, strategies as st

from custom_components.courier_access.access.model import Consent, GrantKey, UnitPart
from custom_components.courier_access.ledger import chain
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox.due import note_attempt
from custom_components.courier_access.ledger.outbox.expand import expand_fanouts
from custom_components.courier_access.ledger.state.entries import (
    MessageKey,
    store_reply,
)
from custom_components.courier_access.ledger.state.grants import put_grant, revoke_grant
from custom_components.courier_access.ledger.state.residents import (
    Author,
    put_pause,
    put_rules,
    remove_rules,
)
from custom_components.courier_access.ledger.upkeep import purge
from custom_components.courier_access.ledger.upkeep.purge import Limits
from tests.ledger.filled import NOON, owed_entry, residents
from tests.ledger.parts import ANNA, GRANT, OPEN
from tests.support.quick import examples
from tests.support.rows import row, rows

DAY, PROOF = timedelta(days=1), timedelta(days=100)
SAID = ("given", "withdrawn", "left")
DEEDS = (*SAID, "entry", "grant", "revoked", "pause", "reply")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that happened, and how many days after what happened before."""

    what: str
    days: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A record of what Anna said; `ended` is when it was in force no more as evidence, None while it is."""

    seq: int
    gives: bool
    ended: datetime | None
    replaced: datetime | None = None
    """When other rules took its place."""

    @property
    def is_proof(self) -> bool:
        """Whether it gave or ended the consent."""
        return self.gives or self.is_end

    is_end: bool = False


DEED = st.builds(Deed, st.sampled_from(DEEDS), st.integers(0, 40))


def follow(spoken: Sequence[Spoken], what: str, seq: int, at: datetime) -> list[Spoken]:
    """Say of which records the evidence is made now: told from the promise, not from the code."""
    consents = any(one.gives and one.ended is None for one in spoken)
    if what == "given":
        # The hours before are in force no more, the consent is.
        kept = [
            replace(one, ended=at) if one.ended is None and not one.gives else one
            for one in spoken
        ]
        kept = [
            replace(one, replaced=at) if one.replaced is None else one for one in kept
        ]
        return [*kept, Spoken(seq, not consents, None)]
    over = [replace(one, ended=at) if one.ended is None else one for one in spoken]
    return (
        [*over, Spoken(seq, gives=False, ended=at, is_end=True)] if consents else over
    )


def do(transaction: Transaction, deed: Deed, number: int, at: datetime) -> int | None:
    """Do it; return the number of its record where it wrote one."""
    before = transaction.head
    match deed.what:
        case "given":
            put_rules(transaction, ANNA, OPEN, Author(), at)
        case "withdrawn":
            put_rules(
                transaction,
                ANNA,
                replace(OPEN, consent=Consent.WITHDRAWN),
                Author(),
                at,
            )
        case "left":
            remove_rules(transaction, ANNA.id, "left", at)
        case "entry":
            owed_entry(transaction, f"entry-{number}", at)
            conn = transaction.conn
            expand_fanouts(conn, at)
            for notification_id in rows(conn, "SELECT id FROM notifications", int):
                note_attempt(conn, notification_id, ["phone"], at, None)
        case "grant" | "revoked":
            key = GrantKey("courier-1", f"grant-{number}")
            units = {"3b": UnitPart.NOT_ACCEPTING}
            ends_at = at + 2 * DAY
            grant = replace(GRANT, key=key, units=units, starts_at=at, ends_at=ends_at)
            put_grant(transaction, grant, at)
            if deed.what == "revoked":
                revoke_grant(transaction, key, at)
        case "pause":
            put_pause(transaction, at, at + DAY, unit="3b", by="user-anna")
        case _:
            message = MessageKey("courier-1", f"message-{number}", b"body" * 8)
            store_reply(transaction, message, '{"units": ["3B"]}', at + 7 * DAY)
    head = transaction.head
    return head.seq if head is not None and head is not before else None


async def purge_all(ledger: Ledger, limits: Limits) -> None:
    for job in purge.JOBS:
        after: int | None = 0
        while after is not None:
            after = await ledger.write(
                partial(purge.step, job=job, limits=limits, after=after)
            )


async def live(
    path: Path, deeds: Sequence[Deed], days_after: int, retention: timedelta
) -> None:
    ledger = Ledger(path)
    await ledger.open()
    try:
        await ledger.write(residents)
        now, spoken = NOON, list[Spoken]()
        at_of: dict[int, datetime] = {}
        for number, deed in enumerate(deeds):
            now += deed.days * DAY
            seq = await ledger.write(partial(do, deed=deed, number=number, at=now))
            if seq is not None:
                at_of[seq] = now
                if deed.what in SAID:
                    spoken = follow(spoken, deed.what, seq, now)
            # As every day; what it does must not depend on how often it did.
            await purge_all(ledger, Limits(now, retention, PROOF))
        now += days_after * DAY
        await purge_all(ledger, Limits(now, retention, PROOF))

        evidence = {
            one.seq
            for one in spoken
            if one.ended is None
            or one.ended > now - (PROOF if one.is_proof else retention)
        }
        hours = {
            one.seq
            for one in spoken
            if (one.ended is None or one.ended > now - retention)
            and (one.replaced is None or one.replaced > now - retention)
        }
        due = {seq for seq, at in at_of.items() if at > now - retention}

        assert set(rows(path, "SELECT seq FROM personal", int)) == due | evidence
        query = "SELECT seq FROM personal WHERE field = 'rules'"
        assert set(rows(path, query, int)) <= due | hours
        assert set(rows(path, "SELECT seq FROM fanouts", int)) <= due

        def count(table: str) -> int:
            return row(path, f"SELECT count(*) FROM {table}", int)

        if days_after * DAY >= retention + 2 * DAY:
            for table in ("fanouts", "notifications", "pauses", "replies"):
                assert count(table) == 0
            assert count("grant_units") == 0
        if days_after >= 37:
            assert count("grants") == 0
        assert (await ledger.read(chain.verify)).intact
    finally:
        await ledger.close()


@settings(max_examples=examples(40), deadline=None)
@given(
    deeds=st.lists(DEED, max_size=12),
    days_after=st.integers(0, 120),
    retention=st.integers(7, 90).map(lambda days: timedelta(days=days)),
)
def test_nothing_older_than_the_retention_is_kept_but_evidence_and_the_record_verifies(
    deeds: list[Deed], days_after: int, retention: timedelta
) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(live(Path(folder) / "building.db", deeds, days_after, retention))
