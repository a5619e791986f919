"""Compares what a fleet has with the ledgers of its buildings, in SQL."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
import sqlite3
from typing import NamedTuple

from ...answers import Record, number, text
from ..server import Fleet

NOTICE = timedelta(days=14)
"""How long residents know of it before their visits are sent."""

_FLEET = """
CREATE TABLE fleet_visits (building, seq, hash, courier, door, result);
CREATE TABLE fleet_heads (building, seq, hash);
CREATE TABLE ledger (building, state, seq, at, kind, hash, result, entry);
CREATE TABLE listed (building, list);
"""
_VISITS = "select building, seq, encode(hash, 'hex') as hash, courier, door, result from fleet.visits"
_HEADS = "select id as building, seq, encode(hash, 'hex') as hash from fleet.buildings"
_LISTED = {
    "differs": "select id as building from api.differs",
    "silent": "select id as building from api.silent",
}
_READ = """
    INSERT INTO ledger SELECT :building, :state, seq, at, kind, lower(hex(hash)),
        CASE kind
            WHEN 'entry.outcome' THEN body ->> 'outcome'
            ELSE replace(kind, 'entry.', '')
        END,
        body ->> 'entry_id'
    FROM file.records
"""
# A visit is sent once, under the number of the record that ends it, if that is after visits began.
_COMPARED = """
    WITH begun AS (
        SELECT building, max(begun.seq) AS seq
        FROM ledger AS begun JOIN ledger AS announced USING (building, state)
        WHERE state = 'before' AND begun.kind = 'fleet.visits_begun'
            AND announced.kind = 'fleet.visits_announced'
            AND begun.at - announced.at >= :notice
        GROUP BY building
    ), visits AS (
        SELECT ledger.* FROM ledger JOIN begun USING (building)
        WHERE state = 'before' AND ledger.seq > begun.seq AND kind IN (
            'entry.refused', 'entry.stopped', 'entry.outcome', 'entry.observed'
        )
    ), copied AS (
        SELECT visits.building, entry, count(fleet_visits.seq) AS copies
        FROM visits LEFT JOIN fleet_visits USING (building, seq, hash, result)
        GROUP BY visits.building, entry
    ), altered AS (
        SELECT DISTINCT building FROM fleet_heads
        JOIN ledger USING (building, seq) JOIN listed USING (building)
        WHERE state = 'after' AND list = 'differs' AND ledger.hash <> fleet_heads.hash
    )
    SELECT
        (SELECT count(DISTINCT building) FROM ledger),
        (SELECT count(*) FROM copied),
        (SELECT count(*) FROM copied WHERE copies > 0),
        (SELECT count(*) FROM copied WHERE copies = 0),
        (SELECT count(*) FROM fleet_visits) - (SELECT count(*) FROM copied WHERE copies > 0),
        (SELECT count(*) FROM altered),
        (SELECT count(*) FROM listed WHERE list = 'silent')
"""


class Found(NamedTuple):
    """How often what was found; `double` also counts copies of what was no visit."""

    buildings: int
    visits: int
    copied: int
    lost: int
    double: int
    altered: int
    silent: int

    def is_ok(self, least: int) -> bool:
        """Whether it's as it must be, and there were so many visits at least."""
        expected = (2, self.visits, self.visits, 0, 0, 1, 1)
        return self == expected and self.visits >= least

    def __str__(self) -> str:
        """Give the line that is printed."""
        return (
            f"buildings {self.buildings}, visits {self.visits}, copied {self.copied}, lost {self.lost}, "
            f"double {self.double}, altered found {self.altered}, silent found {self.silent}"
        )


def compare(
    fleet: Fleet,
    before: Mapping[str, Path],
    after: Mapping[str, Path],
) -> Found:
    """Compare with the ledgers as they were before one was altered, and as they are, by the buildings' IDs."""
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.executescript(_FLEET)
        for row in _of(before, fleet.rows(_VISITS)):
            values = [
                row[name]
                for name in ("building", "seq", "hash", "courier", "door", "result")
            ]
            conn.execute("INSERT INTO fleet_visits VALUES (?, ?, ?, ?, ?, ?)", values)
        for row in _of(before, fleet.rows(_HEADS)):
            values = [text(row, "building"), number(row, "seq"), text(row, "hash")]
            conn.execute("INSERT INTO fleet_heads VALUES (?, ?, ?)", values)
        for name, query in _LISTED.items():
            for row in _of(before, fleet.rows(query)):
                conn.execute(
                    "INSERT INTO listed VALUES (?, ?)", (row["building"], name)
                )
        for state, ledgers in (("before", before), ("after", after)):
            for building, path in ledgers.items():
                _read(conn, building, state, path)
        return Found(
            *conn.execute(
                _COMPARED, {"notice": NOTICE // timedelta(microseconds=1)}
            ).fetchone()
        )


def _of(ledgers: Mapping[str, Path], rows: Iterable[Record]) -> Iterable[Record]:
    """Leave out what isn't about these buildings, such as the job that deletes what is old."""
    return (row for row in rows if row["building"] in ledgers)


def _read(conn: sqlite3.Connection, building: str, state: str, path: Path) -> None:
    conn.execute("ATTACH ? AS file", (str(path),))
    conn.execute(_READ, {"building": building, "state": state})
    conn.commit()
    conn.execute("DETACH file")
