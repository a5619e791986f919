"""Detect a restore as version 1 did, when a building is first loaded after it."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from ..ledger.files import Mark
from ..ledger.ledger import read_value, remove_value
from ..ledger.upkeep.restore import RestoreCause, has_record

_VERSION: Final = 1
_NAME: Final = "mark"
"""The value about a ledger that each backup had changed before it copied the file."""


@dataclass(frozen=True, slots=True)
class EarlierMarks:
    """The newest record in Home Assistant's storage, and the original's own markers."""

    seen: Mark | None
    own: frozenset[str]

    def restore_cause(self, conn: Connection) -> RestoreCause | None:
        """Return why a ledger must be treated as restored, or None if it isn't."""
        marker = read_value(conn, _NAME)
        remove_value(conn, _NAME)
        if marker is not None and marker not in self.own:
            return RestoreCause.BACKUP
        if self.seen is not None and not has_record(conn, self.seen):
            return RestoreCause.ANOTHER
        return None


async def async_read(hass: HomeAssistant, entry_id: str, path: Path) -> EarlierMarks:
    """Return the marks of the ledger at this path; an unreadable file has none."""
    kept = await _store(hass, entry_id).async_load()
    seen = None if kept is None else Mark(kept["seq"], bytes.fromhex(kept["hash"]))

    def read() -> frozenset[str]:
        with suppress(OSError, UnicodeDecodeError):
            return frozenset(_file(path).read_text().splitlines())
        return frozenset()

    return EarlierMarks(seen, await hass.async_add_executor_job(read))


async def async_forget(hass: HomeAssistant, entry_id: str, path: Path) -> None:
    """Delete what version 1 stored."""

    def delete() -> None:
        with suppress(OSError):
            _file(path).unlink(missing_ok=True)

    await _store(hass, entry_id).async_remove()
    await hass.async_add_executor_job(delete)


def _store(hass: HomeAssistant, entry_id: str) -> Store[dict[str, Any]]:
    return Store[dict[str, Any]](hass, _VERSION, f"{DOMAIN}.{entry_id}", private=True)


def _file(path: Path) -> Path:
    return path.with_name(f"{path.stem}.marks.log")
