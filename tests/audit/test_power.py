"""Test that no power cut loses a record or a notification: the audit's part `power`, in small."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
import sqlite3

import pytest

from scripts.lab.audit.kills.campaign import campaign
from scripts.lab.audit.power import Powered
from scripts.lab.audit.power.supply import Supply
from scripts.lab.forking import Forks

pytestmark = pytest.mark.timeout(300)

CUTS = 2
ROWS = 20


@pytest.fixture
def supply(tmp_path: Path) -> Iterator[Supply]:
    with closing(Supply(tmp_path)) as supply:
        yield supply


def left_of(supply: Supply, seed: str | None, synchronous: str) -> int:
    """Return how many of the rows that were committed are there after a power cut."""
    path = supply.mounted / f"{synchronous}-{seed}.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute(f"PRAGMA synchronous = {synchronous}")
        writer.execute("CREATE TABLE rows (number)")
        for number in range(ROWS):
            writer.execute("INSERT INTO rows VALUES (?)", (number,))
        supply.cut(seed)
    supply.restore()
    with closing(sqlite3.connect(path)) as reader:
        try:
            [left] = reader.execute("SELECT count(*) FROM rows").fetchone()
        except sqlite3.OperationalError:
            return 0
    return int(left)


@pytest.mark.parametrize("seed", [None, "1", "2"])
def test_power_cut_keeps_what_was_synced_and_nothing_else(
    supply: Supply, seed: str | None
) -> None:
    assert left_of(supply, seed, "OFF") < ROWS
    assert left_of(supply, seed, "FULL") == ROWS


async def test_power_cut_loses_no_record_or_notification(
    socket_enabled: None, forks: Forks, tmp_path: Path
) -> None:
    result = await campaign(tmp_path, forks, CUTS, seed=184, kind=Powered)
    assert result.findings.wrong == []
    assert result.findings.entries > 0
    assert result.findings.line("cuts", CUTS) == (
        f"cuts {CUTS}, entries {result.findings.entries}, unrecorded 0, unnotified 0, opened twice 0, "
        "chain ok, left unlocked 0"
    )
