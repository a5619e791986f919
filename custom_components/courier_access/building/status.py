"""Show why couriers can't be admitted, and follow the clock."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from zoneinfo import ZoneInfo

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, Platform
from homeassistant.core import CALLBACK_TYPE, Event, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.issue_registry import IssueSeverity
from homeassistant.helpers.recorder import DATA_INSTANCE
from homeassistant.util import dt as dt_util

from ..access.hours import same_offsets
from ..access.model import Door
from ..const import DOMAIN
from ..home_assistant.callbacks import entity_id_of
from ..home_assistant.clock import TOLERANCE, ClockDoubt, home_assistants_zone
from ..home_assistant.issues import Fix, IssueKind, Issues
from ..notifications.times import write_for_issue
from .building import Building
from .ledger_health import ISSUES


def watch_clock(building: Building, stops: ExitStack) -> None:
    """Show a doubtful clock, and hand the building over when the clock is set.

    Then all timers wait for the right times.
    """
    watch, issues = building.clock_watch, building.host.issues

    def clear() -> None:
        issues.clear(IssueKind.CLOCK_NOT_SET)
        issues.clear(IssueKind.CLOCK_UNTRUSTED)

    def look() -> None:
        match watch.doubt:
            case None:
                clear()
            case ClockDoubt.NOT_SET:
                issues.clear(IssueKind.CLOCK_UNTRUSTED)
                issues.show(IssueKind.CLOCK_NOT_SET, severity=IssueSeverity.ERROR)
            case ClockDoubt.BEHIND_RECORDS:
                issues.clear(IssueKind.CLOCK_NOT_SET)
                newest = building.ledger.newest_at
                assert newest is not None
                issues.show(
                    IssueKind.CLOCK_UNTRUSTED,
                    placeholders={"newest": write_for_issue(newest, building.zone())},
                    fix=Fix.ACCEPT_CLOCK,
                    severity=IssueSeverity.ERROR,
                )

    def stepped(step: timedelta) -> None:
        # Move pauses before anything is decided by the new time.
        if building.fault is None:
            building.move_pauses(step)
        if abs(step) > TOLERANCE:
            building.host.hand_over()

    stops.callback(clear)
    stops.callback(watch.changes.add(look))
    stops.callback(watch.steps.add(stepped))
    look()


def watch_zone(issues: Issues, zone: ZoneInfo, stops: ExitStack) -> None:
    """Show that Home Assistant's clock shows other times than the building's."""

    @callback
    def look(_event: Event | None = None) -> None:
        other = home_assistants_zone(issues.hass)
        if same_offsets(zone, other, dt_util.utcnow()):
            issues.clear(IssueKind.ZONE_DIFFERS)
            return
        zones = {"zone": zone.key, "other_zone": other.key}
        issues.show(IssueKind.ZONE_DIFFERS, placeholders=zones)

    stops.callback(issues.hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, look))
    look()


def lock_of(building: Building, door: Door) -> str | None:
    """Return the current entity ID of the door's lock."""
    registry = er.async_get(building.hass)
    return registry.async_get_entity_id(Platform.LOCK, DOMAIN, f"{door.id}_door")


def show_recorded(building: Building) -> None:
    """Show which entities let Home Assistant record when residents come and go.

    A household on its own may want that.
    """
    recorder, issues = building.hass.data.get(DATA_INSTANCE), building.host.issues
    recorded: set[str] = set()
    if not building.directory.is_one_home and recorder is not None:
        is_recorded = recorder.entity_filter or bool
        for driver in building.drivers.values():
            opener, contact = driver.settings.opener, driver.settings.contact
            if opener is None:
                continue  # Nobody passes a demo door.
            followed = {entity_id_of(building.hass, each) for each in (opener, contact)}
            shown = followed | {lock_of(building, driver.door)}
            recorded |= {each for each in shown if each and is_recorded(each)}
    if not recorded:
        issues.clear(IssueKind.DOORS_RECORDED)
        return
    entities = "".join(f"\n          - {each}" for each in sorted(recorded))
    lines = f"    recorder:\n      exclude:\n        entities:{entities}"
    issues.show(IssueKind.DOORS_RECORDED, placeholders={"lines": lines})


def kept_out_by(building: Building) -> IssueKind | None:
    """Return the issue that keeps couriers out, if any."""
    if building.health.fault is not None:
        return ISSUES[building.health.fault]
    if building.host.couriers_wait:
        return IssueKind.LEDGER_RESTORED
    match building.clock_watch.doubt:
        case ClockDoubt.NOT_SET:
            return IssueKind.CLOCK_NOT_SET
        case ClockDoubt.BEHIND_RECORDS:
            return IssueKind.CLOCK_UNTRUSTED
        case None:
            return None


def follow_kept_out(
    building: Building, listener: Callable[[], None]
) -> Iterator[CALLBACK_TYPE]:
    """Call `listener` when that may have changed; yield functions to stop."""
    yield building.health.changes.add(listener)
    yield building.restore.keys_confirmed.add(listener)
    yield building.clock_watch.changes.add(listener)
