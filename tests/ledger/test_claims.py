"""Test claims: a use is consumed once, and only while nothing forbids it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from custom_components.courier_access.access.model import (
    Consent,
    EntryDecision,
    GrantKey,
    Pause,
    Reason,
    Resident,
    UnitPart,
)
from custom_components.courier_access.ledger.ledger import (
    Ledger,
    LedgerUnavailable,
    Transaction,
)
from custom_components.courier_access.ledger.state import entries
from custom_components.courier_access.ledger.state.entries import Claim, GrantChanged
from custom_components.courier_access.ledger.state.grants import (
    put_grant,
    remove_unit,
    revoke_grant,
)
from custom_components.courier_access.ledger.state.residents import (
    end_pauses,
    put_pause,
    remove_rules,
)
from tests.ledger.claims_house import claimed, house, on_disk, refused, said, seq_of
from tests.ledger.filled import NOON
from tests.ledger.parts import (
    ANNA,
    BO,
    CLEO,
    GRANT,
    KEY,
    attempt,
    busy,
    claim,
    decide,
    hand_in,
)
from tests.support.verified import verified

INSTANT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)

type Change = Callable[[Transaction], object]


@pytest.fixture(autouse=True)
async def courier_may_enter(ledger: Ledger) -> None:
    await ledger.write(house)


def revoke(transaction: Transaction) -> None:
    revoke_grant(transaction, KEY, NOON)


def veto(transaction: Transaction, units: Sequence[str] = ("3b",)) -> None:
    remove_unit(transaction, units, NOON, UnitPart.VETOED)


def pause(
    transaction: Transaction, unit: str | None = None, until: timedelta = HOUR
) -> Pause:
    return put_pause(transaction, NOON, NOON + until, unit=unit)


def withdraw(
    transaction: Transaction, residents: Sequence[Resident] = (ANNA, CLEO)
) -> None:
    for resident in residents:
        decide(transaction, resident, Consent.WITHDRAWN)


def leave(transaction: Transaction, resident_id: str) -> None:
    remove_rules(transaction, resident_id, "left", NOON)


def use_up(transaction: Transaction) -> None:
    for number in (2, 3):
        assert isinstance(entries.claim(transaction, claim(f"entry-{number}")), Claim)


def both(*changes: Change) -> Change:
    def change(transaction: Transaction) -> None:
        for each in changes:
            each(transaction)

    return change


def revise(transaction: Transaction) -> None:
    put_grant(transaction, replace(GRANT, revision=2, content="as asked again"), NOON)


class TestClaiming:
    async def test_claim_writes_everything_at_once(self, ledger: Ledger) -> None:
        result = await claimed(ledger, claim())

        disk = await on_disk(ledger)
        assert (result.units, result.uses) == (("3b", "4a"), 1)
        assert disk.grant == replace(GRANT, uses=1)
        [entry] = disk.entries
        assert (entry.entry_id, entry.seq, entry.at) == (
            "entry-1",
            await seq_of(ledger, "entry-1"),
            NOON,
        )
        assert (entry.decision, entry.reason) == (EntryDecision.ADMITTED, Reason.OK)
        assert entry.outcome is None
        assert entry.personal == {
            "grant_id": "grant-1",
            "units": '["3b","4a"]',
            "unit_labels": '{"3b":"3B","4a":"4 a"}',
            "parcel_ref": "PKT-7",
            "driver_ref": "driver-9",
        }
        assert disk.kinds == ["entry.admitted"]
        assert disk.pending == [("entry_admitted", "entry-1")]
        assert disk.replies == {"message of entry-1": '{"outcome": "unknown"}'}
        [relock] = disk.relocks
        assert (relock.door_id, relock.deadline) == ("door-1", claim().deadline)

    async def test_failed_claim_leaves_nothing(self, ledger: Ledger) -> None:
        await claimed(ledger, claim())
        before = await on_disk(ledger)

        with pytest.raises(LedgerUnavailable):  # there is an entry with that ID
            await ledger.write(lambda transaction: entries.claim(transaction, claim()))
        assert await on_disk(ledger) == before
        assert (await verified(ledger)).intact

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            (revoke, Reason.REVOKED),
            (use_up, Reason.ENTRIES_EXHAUSTED),
            (pause, Reason.PAUSED),
            (both(partial(pause, unit="3b"), partial(pause, unit="4a")), Reason.PAUSED),
            (partial(pause, until=INSTANT), Reason.PAUSED),
            (partial(veto, units=["3b", "4a"]), Reason.VETOED),
            (withdraw, Reason.NOT_ACCEPTING),
            (
                both(
                    partial(decide, resident=BO, consent=Consent.WITHDRAWN),
                    partial(decide, resident=CLEO, consent=Consent.NOT_GIVEN),
                ),
                Reason.NOT_ACCEPTING,
            ),
            (
                both(
                    partial(decide, resident=ANNA, consent=Consent.OPTED_OUT),
                    partial(decide, resident=CLEO, consent=Consent.OPTED_OUT),
                ),
                Reason.NOT_ACCEPTING,
            ),
            (
                both(
                    partial(leave, resident_id="anna"),
                    partial(leave, resident_id="cleo"),
                ),
                Reason.NOT_ACCEPTING,
            ),
            (
                partial(
                    remove_unit, units=["3b", "4a"], now=NOON, to=UnitPart.WITHDRAWN
                ),
                Reason.NOT_ACCEPTING,
            ),
            # The most important of several reasons is returned.
            (both(veto, pause), Reason.VETOED),
            (both(partial(withdraw, residents=[ANNA]), pause), Reason.PAUSED),
            (both(revise, revoke), Reason.REVOKED),
            (both(use_up, pause), Reason.ENTRIES_EXHAUSTED),
        ],
    )
    async def test_earlier_commit_refuses_the_claim_without_a_trace(
        self, ledger: Ledger, change: Change, reason: Reason
    ) -> None:
        await ledger.write(change)
        before = await on_disk(ledger)

        assert await refused(ledger, claim()) is reason
        assert await on_disk(ledger) == before

    async def test_unrelated_commit_does_not_refuse_the_claim(
        self, ledger: Ledger
    ) -> None:
        """It may be a pause that is over, or about another unit, or a changed mind."""
        elsewhere = replace(BO, id="dora", unit="5c")
        for change in (
            partial(pause, until=timedelta()),
            lambda transaction: end_pauses(transaction, [pause(transaction)], NOON),
            partial(pause, unit="5c"),
            partial(decide, resident=BO, consent=Consent.NOT_GIVEN),
            partial(decide, resident=BO, consent=Consent.OPTED_OUT),
            partial(decide, resident=elsewhere, consent=Consent.WITHDRAWN),
            withdraw,
            partial(decide, resident=ANNA),
            partial(decide, resident=CLEO),
        ):
            await ledger.write(change)

        assert (await claimed(ledger, claim())).units == ("3b", "4a")

    @pytest.mark.parametrize(
        "change",
        [
            partial(pause, unit="3b"),
            veto,
            partial(withdraw, residents=[ANNA]),
        ],
        ids=["paused", "vetoed", "withdrawn"],
    )
    async def test_remaining_units_admit_and_only_they_are_recorded(
        self, ledger: Ledger, change: Change
    ) -> None:
        await ledger.write(change)

        assert (await claimed(ledger, claim())).units == ("4a",)
        [entry] = (await on_disk(ledger)).entries
        assert entry.personal["units"] == '["4a"]'
        assert entry.personal["unit_labels"] == '{"4a":"4 a"}'

    async def test_undecided_unit_can_not_admit(self, ledger: Ledger) -> None:
        await ledger.write(partial(pause, unit="3b"))

        assert await refused(ledger, claim(units=("3b",))) is Reason.PAUSED

    async def test_unknown_grant_can_not_be_used(self, ledger: Ledger) -> None:
        unseen = claim(attempt=attempt(key=GrantKey("courier-2", "grant-1")))

        assert await refused(ledger, unseen) is Reason.UNKNOWN_GRANT

    async def test_newer_revision_requires_a_new_decision(self, ledger: Ledger) -> None:
        await ledger.write(revise)

        with pytest.raises(GrantChanged):
            await ledger.write(lambda transaction: entries.claim(transaction, claim()))
        assert (await claimed(ledger, claim(revision=2))).uses == 1


class TestTogether:
    async def test_concurrent_claims_never_exceed_the_uses(
        self, ledger: Ledger
    ) -> None:
        async with busy(ledger):
            waiting = [
                hand_in(
                    ledger, partial(entries.claim, request=claim(f"entry-{number}"))
                )
                for number in range(10)
            ]
        results = await asyncio.gather(*waiting)

        taken = [result.uses for result in results if isinstance(result, Claim)]
        assert taken == [1, 2]
        assert results[2:] == [Reason.ENTRIES_EXHAUSTED] * 8
        disk = await on_disk(ledger)
        assert disk.grant.uses == len(disk.entries) == len(disk.pending) == 2

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            (revoke, Reason.REVOKED),
            (pause, Reason.PAUSED),
            (partial(veto, units=["3b", "4a"]), Reason.VETOED),
            (withdraw, Reason.NOT_ACCEPTING),
        ],
        ids=["revocation", "pause", "veto", "withdrawal"],
    )
    async def test_first_claim_in_a_commit_wins(
        self, ledger: Ledger, change: Change, reason: Reason
    ) -> None:
        async with busy(ledger):
            before = hand_in(ledger, partial(entries.claim, request=claim("entry-1")))
            changing = hand_in(ledger, change)
            after = hand_in(ledger, partial(entries.claim, request=claim("entry-2")))
        await changing

        assert isinstance(await before, Claim)
        assert await after is reason

    async def test_uses_continue_in_the_next_revision(self, ledger: Ledger) -> None:
        await claimed(ledger, claim("entry-1"))
        await ledger.write(revise)

        assert (await claimed(ledger, claim("entry-2", revision=2))).uses == 2
        assert (
            await refused(ledger, claim("entry-3", revision=2))
            is Reason.ENTRIES_EXHAUSTED
        )

    async def test_revision_to_fewer_entries_than_used_leaves_none(
        self, ledger: Ledger
    ) -> None:
        await ledger.write(use_up)
        await ledger.write(
            lambda transaction: put_grant(
                transaction, replace(GRANT, revision=2, max_entries=1), NOON
            )
        )

        assert await refused(ledger, claim(revision=2)) is Reason.ENTRIES_EXHAUSTED
        assert (await on_disk(ledger)).grant.entries_left == 0

    async def test_record_describes_the_admission(self, ledger: Ledger) -> None:
        await claimed(ledger, claim())

        [record] = await said(ledger, "entry.admitted")
        described = {
            "entry_id": "entry-1",
            "courier": "courier-1",
            "courier_name": "Swift Parcels",
            "door": "door-1",
            "door_name": "Front door",
            "decision": "admitted",
            "reason": "ok",
        }
        assert described.items() <= record.items()
        assert "3B" not in str(record)
        assert "grant-1" not in str(record)
