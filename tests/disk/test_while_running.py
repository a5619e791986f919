"""Test a disk that fails while a building runs: doors still work by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
import resource
import sqlite3

import pytest

from custom_components.courier_access.api.overview import resident_view
from custom_components.courier_access.api.permissions import link_holder
from custom_components.courier_access.ledger import sql
from custom_components.courier_access.ledger.ledger import _Errand
from tests.disk.faulty import AWAY, BACK, Faulty
from tests.disk.small_disk import SmallDisk
from tests.support.rows import plant


def shown_shut(faulty: Faulty) -> object:
    """Return what the resident reads of why no courier can come in, if so."""
    building = faulty.house.building
    ada = building.residents["resident-ada"]
    return resident_view(building, link_holder(ada), ada)["shut"]


async def held_shut(faulty: Faulty, issue: str) -> None:
    """Assert what holds while writes fail, and that an issue and the resident's view say why."""
    await faulty.stays_shut()
    await faulty.stays_shut()
    assert faulty.issues() == [issue]
    await faulty.opens_by_hand()
    await faulty.pass_time(5, 30, 60, 120)
    assert faulty.issues() == [issue]
    assert shown_shut(faulty) == "problem"


async def over(faulty: Faulty) -> None:
    """Assert that a removed fault ends by itself, and earlier grants still work."""
    await faulty.pass_time(300)
    assert faulty.issues() == []
    assert shown_shut(faulty) is None
    await faulty.lets_in()


async def test_full_disk(faulty: Faulty, disk: SmallDisk) -> None:
    await faulty.do(disk.fill)
    await held_shut(faulty, "ledger_full")

    await faulty.do(disk.make_room)
    await over(faulty)


async def test_disk_with_room_for_a_few_bytes_is_still_full(
    faulty: Faulty, disk: SmallDisk
) -> None:
    await faulty.do(disk.fill)
    await held_shut(faulty, "ledger_full")

    def make_little_room() -> None:
        filler = disk.place / "filler"
        with filler.open("r+b") as file:
            file.truncate(filler.stat().st_size - 8192)

    await faulty.do(make_little_room)
    await faulty.pass_time(300)
    assert faulty.issues() == ["ledger_full"]
    await faulty.do(disk.make_room)
    await over(faulty)


async def set_read_only(faulty: Faulty, value: str) -> None:
    """Let SQLite refuse writes; the system can't while a file is open for writing."""
    query_only = f"PRAGMA query_only = {value}"
    await faulty.house.building.ledger._done(
        _Errand(lambda conn: conn.execute(query_only).fetchall())
    )


async def test_file_that_turns_read_only(faulty: Faulty) -> None:
    await set_read_only(faulty, "ON")
    await held_shut(faulty, "ledger_read_only")

    await set_read_only(faulty, "OFF")
    await over(faulty)


@contextmanager
def refused_writes(size: int) -> Iterator[None]:
    """Refuse writes beyond this size, even by root; SQLite calls it an I/O error."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


async def test_input_output_errors(faulty: Faulty) -> None:
    log = faulty.path.with_name(faulty.path.name + "-wal")
    size = log.stat().st_size
    with refused_writes(size):
        await held_shut(faulty, "ledger_io_error")

    await over(faulty)


async def test_file_locked_by_another_program_is_logged_once_and_once_when_back(
    faulty: Faulty, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await faulty.house.building.ledger.read(
        lambda conn: plant(conn, "PRAGMA busy_timeout = 50")
    )
    monkeypatch.setattr(sql, "BUSY_SECONDS", 0.05)
    foreign = sqlite3.connect(faulty.path, isolation_level=None)
    foreign.execute("BEGIN EXCLUSIVE")
    await held_shut(faulty, "ledger_locked")
    assert faulty.logged(caplog) == [AWAY]

    foreign.execute("ROLLBACK")
    foreign.close()
    await over(faulty)
    assert faulty.logged(caplog) == [AWAY, BACK]


async def test_one_short_failure_raises_no_issue(faulty: Faulty) -> None:
    await set_read_only(faulty, "ON")
    await faulty.stays_shut()
    await set_read_only(faulty, "OFF")

    await faulty.pass_time(5)

    assert faulty.issues() == []
    await faulty.lets_in()
