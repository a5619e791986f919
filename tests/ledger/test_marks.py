"""Test the mark of a ledger's newest record."""

from functools import partial
from pathlib import Path

from homeassistant.components.backup.const import EXCLUDE_FROM_BACKUP
import pytest

from custom_components.courier_access.ledger.errors import Cause
from custom_components.courier_access.ledger.files import Mark, mark_of
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from tests.ledger.filled import NOON
from tests.ledger.parts import note, opened


def record(transaction: Transaction, kind: str) -> None:
    transaction.append(kind, NOON, {})


def test_last_whole_mark_counts(path: Path) -> None:
    assert Mark.read(path) is None
    marks = [Mark(number, bytes([number] * 32)) for number in range(1, 4)]
    for each in marks:
        each.add(path)
    assert Mark.read(path) == marks[-1]
    assert mark_of(path).stat().st_mode & 0o077 == 0

    # As a power cut leaves it.
    mark_of(path).write_bytes(mark_of(path).read_bytes()[:-3])
    assert Mark.read(path) == marks[-2]
    marks[0].put(path)
    assert Mark.read(path) == marks[0]


def test_line_that_a_full_disk_cut_off_spoils_no_other(path: Path) -> None:
    marks = [Mark(number, bytes([number] * 32)) for number in (12, 13, 14)]
    marks[0].put(path)
    before = mark_of(path).read_bytes()
    marks[1].add(path)
    whole = mark_of(path).read_bytes()
    for length in range(len(before), len(whole)):
        mark_of(path).write_bytes(whole[:length])
        assert Mark.read(path) == marks[0]
        marks[2].add(path)
        assert Mark.read(path) == marks[2]
        # The next one is cut off, too.
        mark_of(path).write_bytes(whole[:length] + b"\n14 0e")
        assert Mark.read(path) in marks[: 1 + (length == len(whole) - 1)]


@pytest.mark.parametrize(
    "written",
    [b"", b"\xff\xfe\n", b"1\n", b"one 00\n", b"1 no\n", b"1 00\n", b"\n"],
)
def test_unreadable_mark_is_none(path: Path, written: bytes) -> None:
    mark_of(path).write_bytes(written)
    assert Mark.read(path) is None


def test_backups_leave_the_mark_out(path: Path) -> None:
    beside = Path("data") / mark_of(path).name
    ledger = Path("data") / path.name
    for file, is_left_out in (
        (beside, True),
        (beside.with_suffix(".new.log"), True),
        (ledger, False),
        (Path(f"{ledger}-wal"), False),
    ):
        assert (
            any(file.full_match(f"data/{each}") for each in EXCLUDE_FROM_BACKUP)
            is is_left_out
        )


async def test_new_ledger_is_the_original(path: Path) -> None:
    async with opened(path) as ledger:
        assert ledger.mark == Mark.of(None)


@pytest.mark.parametrize(
    ("kind", "is_marked"),
    [
        ("rules.changed", True),
        ("access.paused", True),
        ("grant.vetoed", True),
        ("residents.changed", True),
        ("anything.new", True),
        ("entry.asked", False),
        ("grant.accepted", False),
    ],
)
async def test_record_that_restricts_is_marked_before_its_result_is_returned(
    ledger: Ledger, path: Path, kind: str, is_marked: bool
) -> None:
    await ledger.write(partial(record, kind=kind))
    assert (Mark.read(path) == Mark.of(ledger.newest)) is is_marked


async def test_closed_ledger_is_marked(path: Path) -> None:
    async with opened(path) as ledger:
        await ledger.write(partial(record, kind="entry.asked"))
        newest = ledger.newest
    assert Mark.read(path) == Mark.of(newest)


async def test_file_that_was_never_accepted_is_not_marked(path: Path) -> None:
    async with opened(path) as ledger:
        await ledger.write(note)
        first = ledger.newest
    async with opened(path) as again:
        await again.write(note)
        assert Mark.read(path) == Mark.of(first)
    assert Mark.read(path) == Mark.of(first)
    async with opened(path) as again:
        await again.accept()
        assert Mark.read(path) == Mark.of(again.newest)


async def test_mark_that_cannot_be_written_is_written_after_the_next_commit(
    path: Path,
) -> None:
    causes: list[Cause] = []
    ledger = Ledger(path, causes.append)
    await ledger.open()
    mark_of(path).unlink()
    mark_of(path).mkdir()
    recorded = await ledger.write(note)
    assert ledger.newest == recorded
    assert causes == [Cause.OTHER]

    mark_of(path).rmdir()
    await ledger.write(partial(record, kind="entry.asked"))
    assert Mark.read(path) == Mark.of(ledger.newest)
    written = ledger.newest
    await ledger.write(partial(record, kind="entry.asked"))
    assert Mark.read(path) == Mark.of(written)
    await ledger.close()
