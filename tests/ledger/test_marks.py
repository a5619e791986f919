"""The mark of a copy, and what says beside a ledger that it is its own."""

from pathlib import Path

from homeassistant.components.backup.const import EXCLUDE_FROM_BACKUP

from custom_components.courier_access.ledger.upkeep import marks


def test_what_is_put_down_is_its_own_until_it_is_forgotten(path: Path) -> None:
    marks.note(path, "first")
    marks.note(path, "second")
    assert marks.noted(path) == {"first", "second"}
    assert marks.aside(path).stat().st_mode & 0o077 == 0

    marks.forget(path)
    marks.forget(path)
    assert marks.noted(path) == frozenset()


def test_what_can_not_be_read_is_no_mark_of_its_own(path: Path) -> None:
    marks.aside(path).write_bytes(b"\xff\xfe")
    assert marks.noted(path) == frozenset()
    marks.forget(path)
    marks.aside(path).mkdir()
    assert marks.noted(path) == frozenset()
    marks.forget(path)


def test_a_backup_leaves_it_out(path: Path) -> None:

    beside = Path("data") / marks.aside(path).name
    ledger = Path("data") / path.name
    for file, is_left_out in ((beside, True), (ledger, False), (Path(f"{ledger}-wal"), False)):
        assert any(file.full_match(f"data/{each}") for each in EXCLUDE_FROM_BACKUP) is is_left_out
