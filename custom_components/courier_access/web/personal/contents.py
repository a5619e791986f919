"""What the holder of a personal link reads: gathered for their page."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonValueType

from ...access.model import Grant, Resident
from ...api.acceptance import why_shut
from ...api.entries_view import EntryFilter, async_entries_view
from ...api.export import async_verify_records
from ...api.permissions import link_holder
from ...building.building import Building
from ...ledger.verify_record import witnesses_in
from .view import MOST_ENTRIES, Came, Checked, Delivery, Said, Shown

type Json = dict[str, JsonValueType]


async def async_shown(
    building: Building,
    resident: Resident,
    said: Said | None = None,
    checked: Checked | None = None,
) -> Shown:
    """Gather what a resident's page shows now, with what came of what they did last.

    Raises:
        HomeAssistantError: the ledger can't be read.

    """
    told = await async_entries_view(
        building, link_holder(resident), EntryFilter(MOST_ENTRIES)
    )
    now = dt_util.utcnow()
    rulebook = building.rulebook
    unit_pause, building_pause = (
        rulebook.pauses.of_unit(resident.unit),
        rulebook.pauses.of_building(),
    )
    return Shown(
        building=building.entry.title,
        unit=resident.unit_label,
        now=now,
        rules=rulebook.of(resident.id),
        couriers={
            courier.id: courier.name for courier in building.directory.couriers.values()
        },
        is_confirmed=resident.is_confirmed,
        shut=why_shut(building, resident, now),
        unit_paused_until=None if unit_pause is None else unit_pause.until,
        building_paused_until=None if building_pause is None else building_pause.until,
        expected=[
            _delivery(building, grant)
            for grant in building.grants.expected(resident.unit)
            if resident.is_confirmed
        ],
        came=[_came(entry) for entry in told],
        retention_days=building.directory.retention_days,
        said=said,
        checked=checked,
    )


async def async_check(building: Building, resident: Resident, notice: str) -> Checked:
    """Check the record, and what a resident's earlier notice was of, if any is given.

    Raises:
        AskedTooOften: the resident has to wait.
        HomeAssistantError: the ledger can't be read.

    """
    given = notice.strip()
    witnessed = bool(witnesses_in(given))
    found, standing = await async_verify_records(
        building, link_holder(resident), given if witnessed else None
    )
    return Checked(
        records=found.records,
        broken_at=found.broken_at,
        notices=[(witness.record, each.value) for witness, each in standing.items()],
        is_read=witnessed or not given,
    )


def _delivery(building: Building, grant: Grant) -> Delivery:
    directory = building.directory
    return Delivery(
        key=grant.key,
        courier=directory.couriers[grant.key.courier_id].name,
        door=directory.doors[grant.door_id].name,
        starts_at=grant.starts_at,
        ends_at=grant.ends_at,
        parcel_ref=grant.parcel_ref,
    )


def _came(entry: Json) -> Came:
    units = cast("Sequence[str]", entry.get("units", ()))
    return Came(
        courier=str(entry["courier"]),
        door=str(entry["door"]),
        at=datetime.fromisoformat(str(entry["at"])),
        decision=str(entry["decision"]),
        reason=str(entry["reason"]),
        outcome=cast("str | None", entry["outcome"]),
        repeats=cast("int", entry["repeats"]),
        units=tuple(units),
        parcel_ref=cast("str | None", entry.get("parcel_ref")),
        is_erased=cast("bool", entry["details_erased"]),
    )
