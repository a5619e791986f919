"""Test the status of a notification's record in the current chain."""

from functools import partial
from pathlib import Path

from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.ledger.chain import GENESIS, WITNESS_BYTES, link
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.verification import (
    Checked,
    RecordStatus,
    check_codes,
)
from custom_components.courier_access.ledger.verify_record import Witness
from tests.ledger.parts import execute, note
from tests.support.rows import plant, rows

TABLES = ("records", "personal")
U, L, A, M = (
    RecordStatus.UNCHANGED,
    RecordStatus.ALTERED,
    RecordStatus.ANOTHER,
    RecordStatus.MISSING,
)


@pytest.fixture
async def notifications(ledger: Ledger) -> list[Witness]:
    """Return the verification codes of five records."""
    recorded = [
        await ledger.write(partial(note, name=str(number))) for number in range(5)
    ]
    return [Witness(each.seq, each.hash[:WITNESS_BYTES].hex()) for each in recorded]


async def check(ledger: Ledger, notifications: list[Witness]) -> Checked:
    return await ledger.read_apart(
        lambda conn: check_codes(conn, notifications, dt_util.utcnow())
    )


async def test_untouched_record_is_unchanged(
    ledger: Ledger, notifications: list[Witness]
) -> None:
    checked = await check(ledger, notifications)

    assert checked.found.intact
    assert checked.standing == dict.fromkeys(notifications, U)
    assert await check(ledger, []) == Checked(checked.found, {})


async def test_change_of_a_record_or_before_it_is_found(
    ledger: Ledger, path: Path, notifications: list[Witness]
) -> None:
    aside = f"ATTACH '{path}.aside' AS aside"
    execute(
        path,
        aside,
        *(f"CREATE TABLE aside.{name} AS SELECT * FROM main.{name}" for name in TABLES),
    )
    body = "body = replace(body, '2', '7')"
    for statement, standing, broken_at in (
        (f"UPDATE records SET {body} WHERE seq = 3", [U, U, L, L, L], 3),
        ("UPDATE records SET at = at + 1 WHERE seq = 2", [U, L, L, L, L], 2),
        ("UPDATE records SET hash = zeroblob(32) WHERE seq = 4", [U, U, U, A, L], 4),
        ("UPDATE records SET hash = 'text' WHERE seq = 4", [U, U, U, A, L], 4),
        ("DELETE FROM personal", [U, U, U, U, U], None),
        ("DELETE FROM records WHERE seq = 3", [U, U, M, L, L], 4),
        ("DELETE FROM records WHERE seq > 3", [U, U, U, M, M], None),
        ("DELETE FROM records", [M, M, M, M, M], None),
    ):
        execute(path, statement)
        checked = await check(ledger, notifications)
        assert list(checked.standing.values()) == standing, statement
        assert checked.found.broken_at == broken_at, statement
        for name in TABLES:
            execute(path, aside, f"REPLACE INTO main.{name} SELECT * FROM aside.{name}")


@pytest.mark.parametrize("changed", [1, 2, 3, 4, 5])
async def test_rewritten_log_is_found_only_by_verification_codes(
    ledger: Ledger, notifications: list[Witness], changed: int
) -> None:
    digest = GENESIS
    records = rows(ledger.path, "SELECT seq, body FROM records", tuple[int, str])
    for seq, body in records:
        kind = "best" if seq == changed else "test"
        written = body.replace('"test"', f'"{kind}"')
        digest = link(digest, written.encode())
        plant(
            ledger.path,
            "UPDATE records SET body = :body, hash = :hash, kind = :kind WHERE seq = :seq",
            body=written,
            hash=digest,
            kind=kind,
            seq=seq,
        )

    checked = await check(ledger, notifications)

    assert checked.found.intact
    assert list(checked.standing.values()) == [U] * (changed - 1) + [A] * (6 - changed)


async def test_changed_entries_do_not_affect_records(
    ledger: Ledger, path: Path, notifications: list[Witness]
) -> None:
    execute(
        path,
        "INSERT INTO entries SELECT 2, 'made up', at, 'c', 'n', 'g', 'd', 'n', 'signed', 'admitted', 'ok',"
        " NULL, NULL, NULL, NULL, 0, 0, at, NULL, NULL, NULL FROM records WHERE seq = 2",
    )

    checked = await check(ledger, notifications)

    assert checked.found.broken_at == 2
    assert checked.standing == dict.fromkeys(notifications, U)


async def test_unknown_record_is_missing(
    ledger: Ledger, notifications: list[Witness]
) -> None:
    far = [Witness(0, "0" * 20), Witness(10**15 - 1, "0" * 20)]
    assert list((await check(ledger, far)).standing.values()) == [M, M]
