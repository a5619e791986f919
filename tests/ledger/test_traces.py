"""What SQLite leaves of erased rows is found and removed (promise 7)."""

from collections.abc import Callable, Iterable
import json
from pathlib import Path
from random import Random
from sqlite3 import Connection

import pytest

from custom_components.courier_access.ledger.ledger import Ledger, LedgerUnavailable
from custom_components.courier_access.ledger.sql import (
    run_checkpoint,
    transaction,
    writer,
)
from custom_components.courier_access.ledger.upkeep.purge import (
    erasable_values,
    has_traces,
)
from tests.ledger.parts import note, opened
from tests.support.rows import plant, row

ENQUEUE = """
    INSERT INTO fanouts (kind, seq, courier_id, grant_id, units, set_revision, at)
    VALUES ('grant_announced', 1, :courier_id, :grant_id, :units, 1, 0)
"""


ENROLL = "INSERT INTO resident_sets VALUES (:day, :day, :members)"


def within(path: Path, what: frozenset[bytes]) -> frozenset[bytes]:
    """Return which of this is in a file."""
    data = path.read_bytes()
    return frozenset(each for each in what if each in data)


def come_and_go(conn: Connection) -> frozenset[bytes]:
    """Write fan-outs and delete them 33 days later, for some months; return what is gone."""
    chance = Random(3)
    live: list[tuple[int, str]] = []
    gone = set()
    plant(conn, "INSERT INTO resident_sets VALUES (1, 0, '[]')")
    for day in range(150):
        with transaction(conn):
            for _ in range(chance.randrange(5, 30)):
                grant_id = f"gr-{chance.getrandbits(48):012x}"
                for _ in range(chance.randrange(1, 4)):
                    plant(
                        conn,
                        ENQUEUE,
                        courier_id=chance.choice(["swift-parcels", "green-bike"]),
                        grant_id=grant_id,
                        units="u" * chance.randrange(10, 300),
                    )
                live.append((day + chance.randrange(9), grant_id))
            live.sort()
            while live[0][0] < day - 33:
                _, grant_id = live.pop(0)
                plant(conn, "DELETE FROM fanouts WHERE grant_id = :g", g=grant_id)
                gone.add(grant_id.encode())
    return frozenset(gone)


RECORD = """
    INSERT INTO records (at, kind, body, hash) VALUES (0, 'test', '', '') RETURNING seq
"""
KEEP = "INSERT INTO personal VALUES (:seq, :field, :value, :salt, 0)"


def keep_and_erase(conn: Connection) -> dict[bytes, bytes]:
    """Erase the values of most records 30 days later; return parcels that are gone, with their salts."""
    chance = Random(2)
    live: list[tuple[int, int, str, bytes]] = []
    gone = {}
    for day in range(150):
        with transaction(conn):
            for _ in range(chance.randrange(5, 20)):
                seq = row(conn, RECORD, int)
                parcel, salt = f"JD-{chance.getrandbits(48):012x}", chance.randbytes(16)
                units, other = "u" * chance.randrange(1, 90), chance.randbytes(16)
                plant(conn, KEEP, seq=seq, field="parcel_ref", value=parcel, salt=salt)
                plant(conn, KEEP, seq=seq, field="units", value=units, salt=other)
                if chance.random() > 0.1:
                    live.append((day, seq, parcel, salt))
            while live and live[0][0] < day - 30:
                _, seq, parcel, salt = live.pop(0)
                plant(conn, "DELETE FROM personal WHERE seq = :seq", seq=seq)
                gone[parcel.encode()] = salt
    return gone


async def test_traces_of_erased_rows_are_found_and_removed(path: Path) -> None:
    async with opened(path) as ledger:
        await ledger.write(note)
    conn = writer(path)
    gone = come_and_go(conn)
    kept = erasable_values(path)
    assert not gone & kept
    run_checkpoint(conn)
    conn.close()
    left = within(path, gone)

    # If SQLite leaves none one day, this module can go.
    assert left
    for each in left:
        assert has_traces(path, frozenset({each}), kept)
        assert not has_traces(path, frozenset({each}), kept | {each})

    async with opened(path) as ledger:
        assert await ledger.rewrite()
        assert await ledger.checkpoint()
        assert not has_traces(path, gone, kept)
        assert not within(path, gone)
        # The structure is still the known one.
        await ledger.write(note)


@pytest.mark.parametrize("erase", [come_and_go, keep_and_erase])
async def test_traces_go_without_writing_the_whole_file(
    path: Path, erase: Callable[[Connection], Iterable[bytes]]
) -> None:
    async with opened(path) as ledger:
        await ledger.write(note)
    conn = writer(path)
    gone = frozenset(erase(conn))
    kept = erasable_values(path)
    run_checkpoint(conn)
    conn.close()
    assert has_traces(path, gone, kept)

    async with opened(path) as ledger:
        assert await ledger.rebuild()
        assert await ledger.checkpoint()
        assert not has_traces(path, gone, kept)
        await ledger.read(lambda _: None)  # The structure is still the known one.
    assert row(path, "PRAGMA integrity_check", str) == "ok"
    assert erasable_values(path) == kept


async def test_value_is_found_whose_salt_was_overwritten(path: Path) -> None:
    async with opened(path) as ledger:
        await ledger.write(note)
    conn = writer(path)
    gone = keep_and_erase(conn)
    run_checkpoint(conn)
    conn.close()

    left = within(path, frozenset(gone))
    assert left
    for parcel in left:
        assert not within(path, frozenset({gone[parcel]}))
        assert has_traces(path, frozenset({parcel}), erasable_values(path))


def residents_come_and_go(path: Path) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Replace a resident each day, and delete a list of them once nothing names it.

    Stop when some are left in the file, and return these, with the values that were
    erased that day.
    """
    chance = Random(6)
    conn = writer(path)
    plant(conn, "INSERT INTO resident_sets VALUES (0, 0, '[]')")
    live: list[tuple[int, int, list[str]]] = []
    residents: list[str] = []
    for day in range(1, 2_000):
        if len(residents) == 8 or (residents and chance.random() < 0.5):
            residents.pop(chance.randrange(len(residents)))
        else:
            residents.append(f"{chance.getrandbits(104):026x}")
        members = json.dumps([[each, "3b"] for each in sorted(residents)])
        plant(conn, ENROLL, day=day, members=members)
        live.append((day + 30 + chance.randrange(60), day, [*residents]))
        run_checkpoint(conn)
        before = erasable_values(path)
        for old in [each for each in live if each[0] <= day]:
            live.remove(old)
            plant(conn, "DELETE FROM resident_sets WHERE revision = :r", r=old[1])
            stay = {*residents}.union(*(each for _, _, each in live))
            run_checkpoint(conn)
            gone = frozenset(each.encode() for each in {*old[2]} - stay)
            if left := within(path, gone):
                conn.close()
                return left, before - erasable_values(path)
    raise AssertionError("SQLite left none")


async def test_traces_of_earlier_lists_of_residents_are_found_and_removed(
    path: Path,
) -> None:
    async with opened(path) as ledger:
        await ledger.write(note)
    left, erased = residents_come_and_go(path)

    kept = erasable_values(path)
    assert has_traces(path, erased, kept)
    async with opened(path) as ledger:
        assert await ledger.rewrite()
        assert await ledger.checkpoint()
    assert not has_traces(path, erased, kept)
    assert not within(path, left)


async def test_nothing_is_rewritten_while_a_backup_copies_the_file(
    ledger: Ledger,
) -> None:
    await ledger.hold_checkpoints()
    assert not await ledger.rebuild()
    assert not await ledger.rewrite()

    await ledger.release_checkpoints()
    assert await ledger.rebuild()
    assert await ledger.rewrite()


async def test_structure_changed_beside_a_rewriting_is_noticed(
    ledger: Ledger, path: Path
) -> None:
    await ledger.write(note)
    plant(path, "CREATE INDEX planted ON records (body)")

    for write_again in (ledger.rebuild, ledger.rewrite):
        with pytest.raises(LedgerUnavailable, match="structure"):
            await write_again()


def test_pages_without_rows_have_no_traces(tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    conn = writer(path)
    plant(conn, "PRAGMA page_size = 65536")
    plant(conn, "CREATE TABLE long (value BLOB)")
    plant(conn, "INSERT INTO long VALUES (:value)", value=b"\2overflow" * 900)
    run_checkpoint(conn)
    conn.close()

    assert not has_traces(path, frozenset({b"overflow"}), frozenset())


def test_values_of_a_damaged_file_can_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    path.write_bytes(b"no database" * 900)

    with pytest.raises(LedgerUnavailable):
        erasable_values(path)
