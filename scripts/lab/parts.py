"""Adds couriers and residents to a building that is stopped, in Home Assistant's own file of its entries.

In the administrator's flows, each of them builds the building again, which is too slow for hundreds.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
import json
from pathlib import Path
import secrets
from typing import Any, cast

from .building import EVERY_DAY
from .signing import SHARED

STORE = Path(".storage") / "core.config_entries"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a building, and the key or unit by which it is known."""

    id: str
    title: str
    data: Mapping[str, Any]


def add_couriers(
    folder: Path, entry_id: str, count: int, per_minute: int
) -> list[Part]:
    """Add so many couriers that may come to every door; their webhook's ID and key are in their data."""
    doors = [part.id for part in parts(folder, entry_id, "door")]
    couriers = [
        Part(
            secrets.token_hex(13),
            f"Courier {number + 1}",
            {
                "doors": doors,
                "longest_grant_hours": 72,
                "rate_per_minute": per_minute,
                "enabled": True,
                "webhook_id": secrets.token_hex(32),
                "keys": [{"key": _key(), "ends_at": None}],
            },
        )
        for number in range(count)
    ]
    _add(folder, entry_id, "courier", couriers)
    return couriers


def add_residents(
    folder: Path, entry_id: str, count: int, notify_action: str
) -> list[Part]:
    """Add so many residents, each with a unit of their own, who consented on paper at every hour."""
    at = datetime.now(UTC)
    residents = [
        Part(
            secrets.token_hex(13),
            f"Resident {number + 1}",
            {
                "unit": f"H{number + 1}",
                "person": None,
                "language": "en",
                "targets": [{"kind": "action", "value": notify_action, "app": None}],
                "paper": {
                    "id": secrets.token_hex(16),
                    "decided_on": at.date().isoformat(),
                    "consent": True,
                    "windows": {
                        day: [{"from": "00:00:00", "to": "24:00:00"}]
                        for day in EVERY_DAY
                    },
                },
            },
        )
        for number in range(count)
    ]
    _add(folder, entry_id, "resident", residents)
    return residents


def parts(folder: Path, entry_id: str, kind: str) -> list[Part]:
    """Return a building's doors, couriers, or residents."""
    entry = _entry(_read(folder), entry_id)
    return [
        Part(part["subentry_id"], part["title"], part["data"])
        for part in entry["subentries"]
        if part["subentry_type"] == kind
    ]


def _add(folder: Path, entry_id: str, kind: str, added: Iterable[Part]) -> None:
    store = _read(folder)
    _entry(store, entry_id)["subentries"] += [
        {
            "data": part.data,
            "subentry_id": part.id,
            "subentry_type": kind,
            "title": part.title,
            "unique_id": part.data.get("webhook_id"),
        }
        for part in added
    ]
    (folder / STORE).write_text(json.dumps(store))


def _read(folder: Path) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads((folder / STORE).read_text()))


def _entry(store: Mapping[str, Any], entry_id: str) -> dict[str, Any]:
    return next(
        entry for entry in store["data"]["entries"] if entry["entry_id"] == entry_id
    )


def _key() -> str:
    return SHARED + b64encode(secrets.token_bytes(32)).decode()
