"""What a building has enqueued, as its ledger has it, and residents who move in and out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigSubentry,
    ConfigSubentryDataWithId,
)
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from custom_components.courier_access.building.building import HANDED_OVER, Building
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.support.house import House
from tests.support.rows import kept_rows


@dataclass(frozen=True, slots=True)
class Enqueued:
    """A fan-out: its kind and details, the resident or units it is for, and its targets if not the current ones."""

    kind: NotificationKind
    resident_id: str | None
    units: Mapping[str, str]
    details: Mapping[str, str]
    addressed: Mapping[str, Any] | None


async def enqueued(house: House, *kinds: NotificationKind) -> list[Enqueued]:
    """Return what is or was enqueued, of these kinds or all, the oldest first."""
    found = await kept_rows(
        house.building.ledger,
        """
        SELECT kind, resident_id, coalesce(units, '{}') AS units,
            coalesce(details, '{}') AS details, addressed
        FROM fanouts ORDER BY id
        """,
        Enqueued,
    )
    return [each for each in found if not kinds or each.kind in kinds]


async def members(house: House) -> dict[str, str]:
    """Return who is in the newest set of residents, with the units whose recipients they are."""
    query = "SELECT members FROM resident_sets ORDER BY revision DESC LIMIT 1"
    [newest] = await kept_rows(
        house.building.ledger, query, tuple[tuple[str, str], ...]
    )
    return dict(newest)


async def move_in(house: House, *residents: ConfigSubentryDataWithId) -> None:
    """Let the administrator add residents, in one go."""
    for data in residents:
        subentry = ConfigSubentry(
            data=data["data"],  # type: ignore[arg-type]  # it is a mapping that nobody changes
            subentry_id=data["subentry_id"],
            subentry_type=data["subentry_type"],
            title=data["title"],
            unique_id=None,
        )
        house.hass.config_entries.async_add_subentry(house.entry, subentry)
    await house.settle()


async def move_out(house: House, *resident_ids: str) -> None:
    """Let the administrator remove residents, in one go."""
    for resident_id in resident_ids:
        house.hass.config_entries.async_remove_subentry(house.entry, resident_id)
    await house.settle()


def count_loads(house: House) -> list[Building]:
    """Return a list that grows by the building each time it has been loaded or replaced from now on."""
    loads: list[Building] = []

    def look() -> None:
        if house.entry.state is ConfigEntryState.LOADED:
            loads.append(house.building)

    def handed_over(building: Building) -> None:
        if building.entry is house.entry:
            loads.append(building)

    house.entry.async_on_state_change(look)
    async_dispatcher_connect(house.hass, HANDED_OVER, handed_over)
    return loads


async def edit(house: House, resident_id: str, **changes: object) -> None:
    """Let the administrator change a resident."""
    subentry = house.entry.subentries[resident_id]
    house.hass.config_entries.async_update_subentry(
        house.entry, subentry, data={**subentry.data, **changes}
    )
    await house.settle()
