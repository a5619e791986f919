"""Show why couriers can't be admitted, and follow the clock."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.issue_registry import IssueSeverity
from homeassistant.util import dt as dt_util

from ..access.hours import same_offsets
from ..home_assistant.clock import TOLERANCE, ClockDoubt, home_assistants_zone
from ..home_assistant.issues import Fix, IssueKind, Issues, RepairWatch
from ..notifications.text import write_for_issue
from .building import Building
from .ledger_health import ISSUES


class ClockRepairs(RepairWatch):
    """Show a doubtful clock, and hand the building over when the clock is set.

    Then all timers wait for the right times.
    """

    def __init__(self, hass: HomeAssistant, issues: Issues, building: Building) -> None:
        super().__init__(hass, issues)
        self._building = building

    @callback
    def start(self) -> None:
        """Show what is wrong with the clock now, and follow it."""
        watch = self._building.clock_watch
        self.until_stopped(
            watch.listen(self._look), watch.listen_stepped(self._stepped), self._clear
        )
        self._look()

    @callback
    def _clear(self) -> None:
        self.issues.clear(IssueKind.CLOCK_NOT_SET)
        self.issues.clear(IssueKind.CLOCK_UNTRUSTED)

    @callback
    def _look(self) -> None:
        match self._building.clock_watch.doubt:
            case None:
                self._clear()
            case ClockDoubt.NOT_SET:
                self.issues.clear(IssueKind.CLOCK_UNTRUSTED)
                self.issues.show(IssueKind.CLOCK_NOT_SET, severity=IssueSeverity.ERROR)
            case ClockDoubt.BEHIND_RECORDS:
                self.issues.clear(IssueKind.CLOCK_NOT_SET)
                newest = self._building.ledger.newest_at
                assert newest is not None
                self.issues.show(
                    IssueKind.CLOCK_UNTRUSTED,
                    placeholders={
                        "newest": write_for_issue(newest, self._building.zone())
                    },
                    fix=Fix.ACCEPT_CLOCK,
                    severity=IssueSeverity.ERROR,
                )

    @callback
    def _stepped(self, step: timedelta) -> None:
        # Move pauses before anything is decided by the new time.
        building = self._building
        if building.fault is None:
            building.move_pauses(step)
        if abs(step) > TOLERANCE:
            building.host.hand_over()


class ZoneRepairs(RepairWatch):
    """Show that Home Assistant's clock shows other times than the building's."""

    def __init__(self, hass: HomeAssistant, issues: Issues, zone: ZoneInfo) -> None:
        super().__init__(hass, issues)
        self._zone = zone

    @callback
    def start(self) -> None:
        """Compare the zones now, and when Home Assistant's settings change."""
        self.until_stopped(
            self.hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, self._look)
        )
        self._look()

    @callback
    def _look(self, _event: Event | None = None) -> None:
        other = home_assistants_zone(self.hass)
        if same_offsets(self._zone, other, dt_util.utcnow()):
            self.issues.clear(IssueKind.ZONE_DIFFERS)
            return
        zones = {"zone": self._zone.key, "other_zone": other.key}
        self.issues.show(IssueKind.ZONE_DIFFERS, placeholders=zones)


def kept_out_by(building: Building) -> IssueKind | None:
    """Return the issue that keeps couriers out, if any."""
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


def follow_kept_out(
    building: Building, listener: Callable[[], None]
) -> Iterator[CALLBACK_TYPE]:
    """Call `listener` when that may have changed; yield functions to stop."""
    yield building.health.listen(listener)
    yield building.restore.listen(listener)
    yield building.clock_watch.listen(listener)
