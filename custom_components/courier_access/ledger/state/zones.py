"""Record the time zone of the building's wall clock."""

from dataclasses import dataclass
from datetime import datetime
import struct
from typing import Final
from zoneinfo import ZoneInfo

from ...access.wall_clock import same_offsets
from ..chain import Value
from ..ledger import Transaction
from .configured import ConfiguredKind, load_configured, put_configured

_OF_BUILDING: Final = ""
"""The ID of the building's row."""


@dataclass(frozen=True, slots=True)
class ZoneChange:
    """A change that moves residents' hours; `seq` is its record."""

    seq: int
    earlier: str
    zone: str


def zone_named(name: str | None) -> ZoneInfo | None:
    """Return the zone of that name, or None if there is none that can be read."""
    try:
        return None if name is None else ZoneInfo(name)
    except KeyError, OSError, ValueError, AssertionError, struct.error:
        # The last two are how Python fails to read a damaged file.
        return None


def record_zone(
    transaction: Transaction, chosen: str | None, default: str, at: datetime
) -> tuple[ZoneInfo, ZoneChange | None]:
    """Record the building's zone; return it, and a change that moves residents' hours.

    The zone is the `chosen` one, else the recorded one, else the `default`. A change to
    the same offsets for two years ahead moves nothing.
    """
    conn = transaction.conn
    recorded: str | None = load_configured(conn, ConfiguredKind.ZONE).get(_OF_BUILDING)
    earlier = zone_named(recorded)
    zone = zone_named(chosen) or earlier or ZoneInfo(default)
    if recorded == zone.key:
        return zone, None
    put_configured(conn, ConfiguredKind.ZONE, _OF_BUILDING, zone.key)
    if recorded is None:
        transaction.append("zone.recorded", at, {"zone": zone.key})
        return zone, None
    moves = earlier is None or not same_offsets(earlier, zone, at)
    fields: dict[str, Value] = {
        "zone": zone.key,
        "earlier_zone": recorded,
        "ends_consent": moves,
    }
    seq = transaction.append("zone.changed", at, fields).seq
    return zone, ZoneChange(seq, recorded, zone.key) if moves else None
