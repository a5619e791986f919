"""The mark of a copy, and what says beside a ledger that it is its own."""

from pathlib import Path

from homeassistant.components.backup.const import EXCLUDE_FROM_BACKUP

from custom_components.courier_access.ledger.upkeep.restore import (
    forget_mark,
    marks_file,
    note_mark,
    noted_marks,
)


def test_what_is_put_down_is_its_own_until_it_is_forgotten(path: Path) -> None:
    note_mark(path, "first")
    note_mark(path, "second")
    assert noted_marks(path) == {"first", "second"}
    assert marks_file(path).stat().st_mode & 0o077 == 0

    forget_mark(path)
    forget_mark(path)
    assert noted_marks(path) == frozenset()


def test_what_can_not_be_read_is_no_mark_of_its_own(path: Path) -> None:
    marks_file(path).write_bytes(b"\xff\xfe")
    assert noted_marks(path) == frozenset()
    forget_mark(path)
    marks_file(path).mkdir()
    assert noted_marks(path) == frozenset()
    forget_mark(path)


def test_a_backup_leaves_it_out(path: Path) -> None:

    beside = Path("data") / marks_file(path).name
    ledger = Path("data") / path.name
    for file, is_left_out in (
        (beside, True),
        (ledger, False),
        (Path(f"{ledger}-wal"), False),
    ):
        assert (
            any(file.full_match(f"data/{each}") for each in EXCLUDE_FROM_BACKUP)
            is is_left_out
        )
