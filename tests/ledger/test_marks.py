"""Test backup markers, and the list of a ledger's own ones."""

from pathlib import Path

from homeassistant.components.backup.const import EXCLUDE_FROM_BACKUP

from custom_components.courier_access.ledger.upkeep.restore import (
    forget_mark,
    marks_file,
    note_mark,
    noted_marks,
)


def test_noted_marker_is_its_own_until_forgotten(path: Path) -> None:
    note_mark(path, "first")
    note_mark(path, "second")
    assert noted_marks(path) == {"first", "second"}
    assert marks_file(path).stat().st_mode & 0o077 == 0

    forget_mark(path)
    forget_mark(path)
    assert noted_marks(path) == frozenset()


def test_unreadable_list_has_no_markers(path: Path) -> None:
    marks_file(path).write_bytes(b"\xff\xfe")
    assert noted_marks(path) == frozenset()
    forget_mark(path)
    marks_file(path).mkdir()
    assert noted_marks(path) == frozenset()
    forget_mark(path)


def test_backups_leave_the_list_out(path: Path) -> None:

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
