"""What keeps couriers out of the whole building, whatever its residents decided: the fault is ours or the owner's to see to."""

from collections.abc import Callable

from homeassistant.core import CALLBACK_TYPE, callback

from ..hass.clock import ClockDoubt
from ..hass.issues import IssueKind
from .building import Building
from .ledger_health import ISSUES


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
