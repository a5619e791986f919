"""The entries as a table for people: CSV (RFC 4180) in the reader's words, on the building's clock (promise 5).

No cell is a formula, whatever couriers write into their references, also where a program takes semicolons or tabs
for the ends of cells.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
import csv
from dataclasses import dataclass, replace
from datetime import datetime
import io
import re
from typing import Final, cast
from zoneinfo import ZoneInfo

from homeassistant.util.json import JsonValueType

from ..access.model import Decision
from ..building.building import Building
from .entries_view import MOST_ENTRIES, EntryFilter, async_entries_view
from .permissions import Actor

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
"""By which spreadsheets know that a file is UTF-8."""

COLUMNS: Final = (
    "record",
    "at",
    "courier",
    "door",
    "decision",
    "reason",
    "outcome",
    "repeats",
    "units",
    "parcel",
    "driver",
)
_FORMULA: Final = re.compile(r"(^|[;,|])([\s\"']*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

type Told = Mapping[str, JsonValueType]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some rows, and the record before which the next ones are; None where there are none."""

    written: str
    next: int | None


async def async_sheet(
    building: Building, actor: Actor, texts: Mapping[str, str], wanted: EntryFilter
) -> Sheet:
    """Write entries as the actor may know them, newest first; above the newest of all stands what each column is.

    Raises:
        ServiceValidationError: the actor may read none.
        HomeAssistantError: the ledger can't be read.

    """
    told = await async_entries_view(building, actor, wanted)
    zone = building.zone()
    rows: list[Sequence[str]] = [_row(texts, zone, entry) for entry in told]
    if wanted.before_record is None:
        rows.insert(0, [texts[f"csv_{column}"] for column in COLUMNS])
    more = len(told) == wanted.limit
    return Sheet(_written(rows), cast("int", told[-1]["record"]) if more else None)


async def async_sheets(
    building: Building, actor: Actor, texts: Mapping[str, str]
) -> AsyncGenerator[bytes]:
    """Write all entries as a file, piece by piece; nothing comes before the first ones could be read.

    Raises:
        HomeAssistantError: the ledger can't be read.

    """
    wanted = EntryFilter(MOST_ENTRIES)
    begin = BYTE_ORDER_MARK
    while True:
        sheet = await async_sheet(building, actor, texts, wanted)
        yield begin + sheet.written.encode()
        if sheet.next is None:
            return
        begin, wanted = b"", replace(wanted, before_record=sheet.next)


def _row(texts: Mapping[str, str], zone: ZoneInfo, entry: Told) -> list[str]:
    at = datetime.fromisoformat(str(entry["at"])).astimezone(zone)
    refused = entry["decision"] == Decision.REFUSED
    outcome = entry["outcome"]
    return [
        str(entry["record"]),
        at.isoformat(sep=" ", timespec="seconds"),
        str(entry["courier"]),
        str(entry["door"]),
        texts[f"csv_{entry['decision']}"],
        texts.get(f"notice_reason_{entry['reason']}", "") if refused else "",
        "" if outcome is None else texts[f"csv_{outcome}"],
        str(entry["repeats"] or ""),
        ", ".join(cast("Sequence[str]", entry.get("units") or ())),
        str(entry.get("parcel_ref") or ""),
        str(entry.get("driver_ref") or ""),
    ]


def _written(rows: Sequence[Sequence[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(
        [plain(cell) for cell in row] for row in rows
    )
    return written.getvalue()


def plain(cell: str) -> str:
    """Return a cell in one line that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'\2", _CONTROLS.sub(" ", cell))
