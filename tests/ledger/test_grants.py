"""Test stored grants: what a revision replaces, and what it can't undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from sqlite3 import Connection

import pytest

from custom_components.courier_access.access.model import (
    Consent,
    DeliveryDetails,
    Grant,
    GrantKey,
    GrantState,
    UnitPart,
)
from custom_components.courier_access.ledger.ledger import (
    Ledger,
    LedgerUnavailable,
    Transaction,
)
from custom_components.courier_access.ledger.state.grants import (
    GrantConflict,
    find_grant,
    fingerprint,
    live_grants,
    put_grant,
    remove_unit,
    revoke_grant,
)
from custom_components.courier_access.ledger.state.residents import remove_rules
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO, CLEO, GRANT, KEY, decide
from tests.support.rows import plant, row, rows
from tests.support.verified import verified

INSTANT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
ACCEPTED, NOT_ACCEPTING, VETOED, WITHDRAWN = (
    UnitPart.ACCEPTED,
    UnitPart.NOT_ACCEPTING,
    UnitPart.VETOED,
    UnitPart.WITHDRAWN,
)


@pytest.fixture(autouse=True)
async def consents(ledger: Ledger) -> None:
    """Let both units consent."""
    await ledger.write(partial(decide, resident=ANNA))
    await ledger.write(partial(decide, resident=CLEO))


async def put(ledger: Ledger, grant: Grant = GRANT, at: datetime = NOON) -> None:
    await ledger.write(lambda transaction: put_grant(transaction, grant, at))


async def revoke(ledger: Ledger, key: GrantKey = KEY, at: datetime = NOON) -> None:
    await ledger.write(lambda transaction: revoke_grant(transaction, key, at))


async def found(ledger: Ledger, key: GrantKey = KEY) -> Grant:
    grant = await ledger.read(lambda conn: find_grant(conn, key))
    assert grant is not None
    return grant


async def part(
    ledger: Ledger,
    *units: str,
    to: UnitPart = WITHDRAWN,
    at: datetime = NOON,
) -> list[GrantKey]:
    return await ledger.write(
        lambda transaction: remove_unit(transaction, units, at, to)
    )


def use(conn: Connection, uses: int, returned: int = 0) -> None:
    plant(
        conn,
        "UPDATE grants SET uses = :uses, returned = :returned",
        uses=uses,
        returned=returned,
    )


def kept_until(conn: Connection) -> datetime:
    return row(conn, "SELECT keep_until FROM grants", datetime)


class TestPutting:
    async def test_grant_is_found_as_stored(self, ledger: Ledger) -> None:
        await put(ledger)

        grant = await found(ledger)
        assert grant == GRANT
        assert list(grant.units) == ["3b", "4a"]

    async def test_each_courier_numbers_its_own_grants(self, ledger: Ledger) -> None:
        other = replace(GRANT, key=GrantKey("courier-2", "grant-1"), max_entries=9)
        await put(ledger)
        for key in (other.key, GrantKey("courier-1", "other")):
            assert await ledger.read(partial(find_grant, key=key)) is None
        await put(ledger, other)

        assert await found(ledger) == GRANT
        assert await found(ledger, other.key) == other

    async def test_revision_replaces_everything_but_the_uses(
        self, ledger: Ledger
    ) -> None:
        await put(ledger)
        await ledger.read(partial(use, uses=2, returned=1))
        revised = Grant(
            key=KEY,
            revision=2,
            door_id="door-2",
            starts_at=NOON,
            ends_at=NOON + 3 * HOUR,
            max_entries=1,
            units={"5c": NOT_ACCEPTING, "3b": ACCEPTED},
            unit_labels={"5c": "5c", "3b": "3b"},
            delivery=DeliveryDetails(driver_ref="driver-9"),
            content="as asked again",
        )
        await put(ledger, revised)

        grant = await found(ledger)
        assert grant == replace(revised, uses=2, returned=1)
        assert list(grant.units) == ["5c", "3b"]
        assert grant.entries_left == 0

    async def test_grant_with_other_units_is_stored(self, ledger: Ledger) -> None:
        """A veto is remembered for a unit that a revision no longer names."""
        parts = {"4a": ACCEPTED, "3b": VETOED}
        for grant in (
            replace(GRANT, units={}, unit_labels={}),
            replace(GRANT, units=parts, unit_labels={"4a": "4 a"}),
        ):
            await put(ledger, grant)
            assert await found(ledger) == grant

    async def test_grant_is_kept_for_a_week_after_its_end_or_message(
        self, ledger: Ledger
    ) -> None:
        late = NOON + 5 * HOUR
        for at, last in ((NOON, GRANT.ends_at), (late, late)):
            await put(ledger, at=at)
            assert await ledger.read(kept_until) == last + timedelta(days=7)


class TestBeingOvertaken:
    """A change during the decision is never overwritten."""

    async def overtaken(self, ledger: Ledger, grant: Grant) -> None:
        before = await ledger.read(lambda conn: find_grant(conn, KEY))
        with pytest.raises(GrantConflict) as raised:
            await put(ledger, grant)
        assert isinstance(raised.value, LedgerUnavailable)
        assert await ledger.read(lambda conn: find_grant(conn, KEY)) == before

    async def test_revocation_conflicts(self, ledger: Ledger) -> None:
        """A revocation may come before its grant."""
        await revoke(ledger)
        await self.overtaken(ledger, GRANT)
        await self.overtaken(ledger, replace(GRANT, revision=9))
        assert (await found(ledger)).state is GrantState.REVOKED

    async def test_higher_revision_conflicts(self, ledger: Ledger) -> None:
        await put(ledger, replace(GRANT, revision=3))

        await self.overtaken(ledger, replace(GRANT, revision=2))

    async def test_veto_conflicts(self, ledger: Ledger) -> None:
        await put(ledger)
        await part(ledger, "3b", to=VETOED)

        for units in (GRANT.units, {"3b": NOT_ACCEPTING}, {"4a": ACCEPTED}):
            await self.overtaken(ledger, replace(GRANT, revision=2, units=units))

    @pytest.mark.parametrize(
        "withdraw",
        [
            partial(decide, resident=ANNA, consent=Consent.WITHDRAWN),
            partial(decide, resident=ANNA, consent=Consent.NOT_GIVEN),
            partial(decide, resident=BO, consent=Consent.WITHDRAWN),
            partial(remove_rules, resident_id="anna", why="left", at=NOON),
            partial(decide, resident=replace(ANNA, unit="5c")),
        ],
        ids=["withdrawn", "not given", "withdrawn by another", "erased", "moved"],
    )
    async def test_ended_consent_conflicts(
        self, ledger: Ledger, withdraw: Callable[[Transaction], None]
    ) -> None:
        await ledger.write(withdraw)

        await self.overtaken(ledger, GRANT)

    async def test_change_already_considered_does_not_conflict(
        self, ledger: Ledger
    ) -> None:
        await put(ledger)
        await part(ledger, "3b", to=VETOED)
        await ledger.write(partial(decide, resident=CLEO, consent=Consent.WITHDRAWN))
        decided = replace(GRANT, revision=2, units={"3b": VETOED, "4a": NOT_ACCEPTING})

        await put(ledger, decided)
        await put(ledger, decided)
        assert await found(ledger) == decided


class TestRevoking:
    async def test_revoked_grant_can_not_be_used(self, ledger: Ledger) -> None:
        await put(ledger)
        await ledger.read(partial(use, uses=1))
        await revoke(ledger)
        await revoke(ledger, at=NOON + HOUR)

        assert await found(ledger) == replace(GRANT, uses=1, state=GrantState.REVOKED)
        assert await ledger.read(partial(live_grants, now=NOON)) == []

    async def test_early_revocation_leaves_an_unusable_grant(
        self, ledger: Ledger
    ) -> None:
        await revoke(ledger)

        mark = await found(ledger)
        assert (mark.state, mark.revision, mark.units) == (GrantState.REVOKED, 0, {})
        assert (mark.max_entries, mark.uses, mark.returned) == (0, 0, 0)
        assert not mark.is_expected(NOON)

    async def test_revocation_is_kept_until_its_grant_would_be_too_old(
        self, ledger: Ledger
    ) -> None:
        await revoke(ledger, at=NOON)
        assert await ledger.read(kept_until) == NOON + timedelta(days=37)

        await revoke(ledger, at=NOON + HOUR)
        assert await ledger.read(kept_until) == NOON + HOUR + timedelta(days=37)


class TestLiveGrants:
    async def test_live_grants_are_usable_now_or_later(self, ledger: Ledger) -> None:
        later = replace(
            GRANT,
            key=GrantKey("courier-1", "later"),
            starts_at=NOON + HOUR,
            ends_at=NOON + 2 * HOUR,
        )
        revoked = GrantKey("courier-1", "revoked")
        await put(ledger)
        await put(ledger, later)
        await put(ledger, replace(GRANT, key=revoked))
        await revoke(ledger, revoked)

        async def live(now: datetime) -> list[Grant]:
            return await ledger.read(partial(live_grants, now=now))

        assert await live(NOON) == [GRANT, later]
        assert await live(GRANT.ends_at - INSTANT) == [GRANT, later]
        assert await live(GRANT.ends_at) == [later]
        assert await live(later.ends_at) == []

    async def test_live_grants_exclude_those_that_no_unit_accepts(
        self, ledger: Ledger
    ) -> None:
        for number, units in enumerate(
            ({}, {"3b": NOT_ACCEPTING, "4a": VETOED}, {"3b": WITHDRAWN, "4a": ACCEPTED})
        ):
            key = GrantKey("courier-1", f"grant-{number}")
            await put(ledger, replace(GRANT, key=key, units=units))

        [usable] = await ledger.read(partial(live_grants, now=NOON))
        assert usable.key.grant_id == "grant-2"
        assert list(usable.units.items()) == [("3b", WITHDRAWN), ("4a", ACCEPTED)]

    async def test_live_grants_take_a_constant_number_of_queries(
        self, ledger: Ledger
    ) -> None:
        def all_of(transaction: Transaction) -> list[Grant]:
            many = [
                replace(
                    GRANT, key=GrantKey(f"courier-{number % 3}", f"grant-{number:03}")
                )
                for number in range(300)
            ]
            for grant in many:
                put_grant(transaction, grant, NOON)
            return sorted(
                many, key=lambda grant: (grant.key.courier_id, grant.key.grant_id)
            )

        def count_statements(conn: Connection) -> list[Grant]:
            conn.set_trace_callback(statements.append)
            try:
                return live_grants(conn, NOON)
            finally:
                conn.set_trace_callback(None)

        statements: list[str] = []
        many = await ledger.write(all_of)

        assert await ledger.read(count_statements) == many
        assert len(statements) == 1


class TestParting:
    async def test_units_are_removed_from_all_open_grants(self, ledger: Ledger) -> None:
        both = GRANT
        one = replace(GRANT, key=GrantKey("courier-2", "one"), units={"3b": ACCEPTED})
        other = replace(
            GRANT, key=GrantKey("courier-2", "other"), units={"4a": ACCEPTED}
        )
        for grant in (both, one, other):
            await put(ledger, grant)

        keys = await part(ledger, "3b")

        assert sorted(keys, key=str) == [both.key, one.key]
        assert (await found(ledger)).units == {"3b": WITHDRAWN, "4a": ACCEPTED}
        assert (await found(ledger, one.key)).units == {"3b": WITHDRAWN}
        assert (await found(ledger, other.key)).units == {"4a": ACCEPTED}

    async def test_grant_is_returned_once_when_several_units_are_removed(
        self, ledger: Ledger
    ) -> None:
        await put(ledger)

        assert await part(ledger, "3b", "4a", to=VETOED) == [KEY]
        assert (await found(ledger)).units == {"3b": VETOED, "4a": VETOED}

    @pytest.mark.parametrize("stays", [NOT_ACCEPTING, VETOED, WITHDRAWN])
    async def test_unit_that_does_not_accept_can_not_be_removed(
        self, ledger: Ledger, stays: UnitPart
    ) -> None:
        await put(ledger, replace(GRANT, units={"3b": stays}))

        assert await part(ledger, "3b") == []
        assert (await found(ledger)).units == {"3b": stays}

    async def test_ended_grant_is_left_unchanged(self, ledger: Ledger) -> None:
        await put(ledger)

        assert await part(ledger, "3b", at=GRANT.ends_at) == []
        assert await part(ledger, "3b", at=GRANT.ends_at - INSTANT) == [KEY]

    async def test_removing_no_units_changes_nothing(self, ledger: Ledger) -> None:
        await put(ledger)

        assert await part(ledger) == []
        assert await part(ledger, "9z") == []
        assert await found(ledger) == GRANT


UNNAMED = replace(
    GRANT, units={}, unit_labels={}, delivery=DeliveryDetails(), content="~hash-1-4"
)


def ids(ledger: Ledger) -> list[str]:
    return rows(ledger.path, "SELECT grant_id FROM grants", str)


async def test_grant_without_homes_is_kept_by_its_fingerprint(ledger: Ledger) -> None:
    await put(ledger, UNNAMED)

    assert ids(ledger) == [fingerprint(KEY)]
    assert await found(ledger) == UNNAMED
    assert (UNNAMED.is_unnamed, UNNAMED.unnamed) == (True, (1, 4))
    await ledger.close()
    await ledger.open()
    assert await found(ledger) == UNNAMED
    assert (await verified(ledger)).intact


async def test_later_revision_with_homes_gets_its_own_id_back(ledger: Ledger) -> None:
    await put(ledger, UNNAMED)
    named = replace(GRANT, revision=2)
    await put(ledger, named)
    assert ids(ledger) == [KEY.grant_id]
    assert await found(ledger) == named

    # From then on, passes and vetoes know it by this ID.
    await put(ledger, replace(UNNAMED, revision=3))
    assert ids(ledger) == [KEY.grant_id]
    assert await found(ledger) == replace(UNNAMED, revision=3)


async def test_revoked_grant_without_homes_keeps_its_revision(ledger: Ledger) -> None:
    await put(ledger, UNNAMED)
    await revoke(ledger)
    await revoke(ledger)

    assert ids(ledger) == [fingerprint(KEY)]
    assert await found(ledger) == replace(UNNAMED, state=GrantState.REVOKED)
    with pytest.raises(GrantConflict):
        await put(ledger, replace(GRANT, revision=2))
