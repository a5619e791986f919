"""Entries as CSV (RFC 4180), translated, in the building's time zone (promise 5).

No cell is a formula, even if a program splits cells at semicolons or tabs.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
import csv
from dataclasses import dataclass, replace
import io
import re
from typing import Final
from zoneinfo import ZoneInfo

from homeassistant.util.json import JsonObjectType

from ..access.details import DETAILS
from ..access.model import EntryDecision
from ..building.building import Building
from ..ledger.state.entries import EntryFilter
from ..notifications.text import texts
from .entries_view import MOST_ENTRIES, ReadEntry, async_read_entries
from .export import count_page
from .permissions import Actor

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
"""Marks a file as UTF-8 for spreadsheet programs."""

COLUMNS: Final = (
    "record",
    "at",
    "courier",
    "door",
    "proof",
    "decision",
    "reason",
    "outcome",
    "repeats",
    "units",
    *(name.removesuffix("_ref") for name in DETAILS),
)
_FORMULA: Final = re.compile(r"(^|[;,|])([\s\"']*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows as CSV, and the record to continue before; None if there are no more."""

    csv: str
    next: int | None


async def async_export_entries(
    building: Building,
    actor: Actor,
    limit: int,
    before: int | None,
    language: str | None,
) -> JsonObjectType:
    """Return a page of entries as CSV, counted against the actor's limit."""
    count_page(building, actor)
    translated = await texts(building.hass, language)
    wanted = EntryFilter(limit, before_seq=before)
    sheet = await async_sheet(building, actor, translated, wanted)
    return {"csv": sheet.csv, "next": sheet.next}


async def async_sheet(
    building: Building, actor: Actor, texts: Mapping[str, str], wanted: EntryFilter
) -> Sheet:
    """Write a page of entries, newest first; the first page starts with a header."""
    entries = await async_read_entries(building, actor, wanted)
    zone = building.zone()
    rows: list[Sequence[str]] = [_row(texts, zone, entry) for entry in entries]
    if wanted.before_seq is None:
        rows.insert(0, [texts[f"csv_{column}"] for column in COLUMNS])
    more = len(entries) == wanted.limit
    return Sheet(_csv(rows), entries[-1].row.seq if more else None)


async def async_sheets(
    building: Building, actor: Actor, texts: Mapping[str, str]
) -> AsyncGenerator[bytes]:
    """Write all entries as a file, page by page."""
    wanted = EntryFilter(MOST_ENTRIES)
    begin = BYTE_ORDER_MARK
    while True:
        sheet = await async_sheet(building, actor, texts, wanted)
        yield begin + sheet.csv.encode()
        if sheet.next is None:
            return
        begin, wanted = b"", replace(wanted, before_seq=sheet.next)


def _row(texts: Mapping[str, str], zone: ZoneInfo, entry: ReadEntry) -> list[str]:
    row = entry.row
    refused = row.decision is EntryDecision.REFUSED
    return [
        str(row.seq),
        row.at.astimezone(zone).isoformat(sep=" ", timespec="seconds"),
        row.courier_name,
        row.door_name,
        "" if row.proof is None else texts[f"csv_{row.proof}"],
        texts[f"csv_{row.decision}"],
        texts.get(f"notification_reason_{row.reason}", "") if refused else "",
        "" if row.outcome is None else texts[f"csv_{row.outcome}"],
        str(row.repeats or ""),
        ", ".join(entry.units),
        *(said or "" for said in entry.delivery.as_dict().values()),
    ]


def _csv(rows: Sequence[Sequence[str]]) -> str:
    table = io.StringIO()
    csv.writer(table, lineterminator="\r\n").writerows(
        [plain(cell) for cell in row] for row in rows
    )
    return table.getvalue()


def plain(cell: str) -> str:
    """Return a cell in one line that no spreadsheet reads as a formula."""
    return _FORMULA.sub(r"\1'\2", _CONTROLS.sub(" ", cell))
