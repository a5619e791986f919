"""Test stored vetoes: a unit is removed for good, and the veto recorded."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

import orjson
import pytest

from custom_components.courier_access.access.model import (
    Grant,
    GrantKey,
    GrantState,
    UnitPart,
)
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from custom_components.courier_access.ledger.state.grants import (
    GrantConflict,
    find_grant,
    put_grant,
    put_veto,
    revoke_grant,
)
from custom_components.courier_access.ledger.state.residents import Author
from tests.ledger.filled import NOON, residents
from tests.ledger.parts import ANNA, CLEO, GRANT, KEY, decide
from tests.support.rows import rows
from tests.support.verified import verified

BY_ANNA = Author("user-anna")


@pytest.fixture(autouse=True)
async def expected(ledger: Ledger) -> None:
    """Let two consenting units expect a delivery."""
    await ledger.write(residents)
    await ledger.write(partial(decide, resident=ANNA))
    await ledger.write(partial(decide, resident=CLEO))
    await put(ledger, GRANT)


async def put(ledger: Ledger, grant: Grant) -> None:
    await ledger.write(lambda transaction: put_grant(transaction, grant, NOON))


async def veto(
    ledger: Ledger,
    unit: str = "3b",
    key: GrantKey = KEY,
    at: datetime = NOON,
    author: Author = BY_ANNA,
) -> bool:
    return await ledger.write(
        lambda transaction: put_veto(transaction, key, unit, author, at)
    )


async def found(ledger: Ledger) -> Grant:
    grant = await ledger.read(lambda conn: find_grant(conn, KEY))
    assert grant is not None
    return grant


async def recorded(ledger: Ledger) -> list[dict[str, object]]:
    """Return the records of vetoes with their personal fields."""
    found = rows(
        ledger.path,
        """
        SELECT body, (
            SELECT json_group_object(field, value) FROM personal
            WHERE personal.seq = records.seq
        ) FROM records WHERE kind = 'grant.vetoed' ORDER BY seq
        """,
        tuple[str, Mapping[str, object]],
    )
    return [{**orjson.loads(body), **values} for body, values in found]


async def test_veto_removes_its_unit_and_records_the_author_once(
    ledger: Ledger,
) -> None:
    assert await veto(ledger)
    assert await veto(ledger)

    parts = {"3b": UnitPart.VETOED, "4a": UnitPart.ACCEPTED}
    assert (await found(ledger)).units == parts
    [record] = await recorded(ledger)
    assert (record["courier"], record["grant_id"]) == ("courier-1", "grant-1")
    assert record["revision"] == "1"
    assert (record["unit"], record["decided_by"]) == ("3b", "user-anna")
    assert (await verified(ledger)).intact


async def test_veto_by_a_personal_link_is_recorded_as_such(ledger: Ledger) -> None:
    await veto(ledger, author=Author(by_link=True))

    [record] = await recorded(ledger)
    assert record["decided_by"] == "link"


@pytest.mark.parametrize("part", [UnitPart.NOT_ACCEPTING, UnitPart.WITHDRAWN])
async def test_veto_applies_to_a_unit_that_does_not_accept(
    ledger: Ledger, part: UnitPart
) -> None:
    await put(ledger, replace(GRANT, revision=2, units={**GRANT.units, "3b": part}))

    assert await veto(ledger)
    assert (await found(ledger)).units["3b"] is UnitPart.VETOED


async def test_veto_outlives_a_revision_without_its_unit(ledger: Ledger) -> None:
    def announce(transaction: Transaction) -> None:
        seq = transaction.append("grant.accepted", NOON, {}).seq
        kind = NotificationKind.DELIVERY_ANNOUNCED
        enqueue_fan_out(
            transaction.conn, FanOut(kind, seq, 1, NOON, {"3b": "3B"}, key=KEY)
        )

    await ledger.write(announce)
    left_out = replace(
        GRANT, revision=2, units={"4a": UnitPart.ACCEPTED}, unit_labels={"4a": "4a"}
    )
    await put(ledger, left_out)

    assert await veto(ledger)
    assert (await found(ledger)).units == {
        "4a": UnitPart.ACCEPTED,
        "3b": UnitPart.VETOED,
    }
    assert (await found(ledger)).unit_labels == {"4a": "4a"}
    with pytest.raises(GrantConflict):
        await put(ledger, replace(GRANT, revision=3))


async def test_veto_of_nothing_is_reported_and_changes_nothing(
    ledger: Ledger,
) -> None:
    for key in (GrantKey("courier-1", "other"), GrantKey("courier-2", "grant-1")):
        assert not await veto(ledger, key=key)
    assert not await veto(ledger, "5c")
    assert not await veto(ledger, at=GRANT.ends_at)
    assert await found(ledger) == GRANT

    await ledger.write(partial(revoke_grant, key=KEY, at=NOON))
    assert not await veto(ledger)
    assert await found(ledger) == replace(GRANT, state=GrantState.REVOKED)
    assert await recorded(ledger) == []
