"""The owner is told for as long as the building's clock can't be trusted; once it was set, all begins anew."""

from collections.abc import Callable
from datetime import timedelta

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.issue_registry import IssueSeverity
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..hass.clock import TOLERANCE, ClockDoubt
from ..hass.issues import Fix, IssueKind, Issues
from ..hass.reload import async_load_anew
from .building import Building
from .ledger_health import ISSUES


@callback
def async_follow_clock(hass: HomeAssistant, building: Building) -> CALLBACK_TYPE:
    """Show what is wrong with the clock, and load the building anew when the clock was set by more than a minute.

    Whatever waits for a time of the wall clock then waits for the right one, as after a start.
    """
    issues, watch = Issues(hass, building.entry.entry_id), building.clock_watch

    @callback
    def clear() -> None:
        issues.clear(IssueKind.CLOCK_NOT_SET)
        issues.clear(IssueKind.CLOCK_UNTRUSTED)

    @callback
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
                    placeholders={"newest": f"{dt_util.as_local(newest):%Y-%m-%d %H:%M}"},
                    fix=Fix.ACCEPT_CLOCK,
                    severity=IssueSeverity.ERROR,
                )

    @callback
    def stepped(step: timedelta) -> None:
        # Before anything else is decided by the time that is shown now.
        rulebook = building.rulebook
        if building.fault is None and (moved := rulebook.pauses.clock_set(step)):
            building.run(rulebook.pauses.keep_moved(moved), f"{DOMAIN} pauses")
        if abs(step) > TOLERANCE:
            async_load_anew(hass, building.entry.entry_id)

    stop_looking = watch.listen(look)
    stop_following = watch.listen_stepped(stepped)
    look()

    @callback
    def stop() -> None:
        stop_looking()
        stop_following()
        clear()

    return stop


def kept_out_by(building: Building) -> IssueKind | None:
    """Return which fault keeps couriers out, by the issue that tells of it; None where they are answered."""
    if building.health.fault is not None:
        return ISSUES[building.health.fault]
    if building.restore.couriers_wait:
        return IssueKind.LEDGER_RESTORED
    match building.clock_watch.doubt:
        case ClockDoubt.NOT_SET:
            return IssueKind.CLOCK_NOT_SET
        case ClockDoubt.BEHIND_RECORDS:
            return IssueKind.CLOCK_UNTRUSTED
        case None:
            return None


@callback
def follow_kept_out(building: Building, listener: Callable[[], None]) -> CALLBACK_TYPE:
    """Call `listener` whenever that may have changed, until the returned function is called."""
    stops = [
        building.health.listen(listener),
        building.restore.listen(listener),
        building.clock_watch.listen(listener),
    ]

    @callback
    def stop() -> None:
        for each in stops:
            each()

    return stop
