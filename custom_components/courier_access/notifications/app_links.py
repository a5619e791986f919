"""Where a tap on a push leads: the view of the panel at which a resident with an account reads or decides more."""

from enum import StrEnum
from typing import Final

from ..const import PANEL_URL_PATH
from ..ledger.queue import ANNOUNCEMENTS, FanoutKind


class View(StrEnum):
    """A view of the panel, by its path."""

    NOW = "now"
    HOURS = "hours"
    ENTRIES = "entries"
    DELIVERIES = "deliveries"


_HOURS: Final = frozenset(
    {
        FanoutKind.CONSENT_GIVEN,
        FanoutKind.CONSENT_INVITED,
        FanoutKind.CONSENT_WITHDRAWN,
        FanoutKind.COURIER_ADMITTED,
        FanoutKind.DECIDED_ON_PAPER,
        FanoutKind.GRANT_REFUSED,
        FanoutKind.LEDGER_BEGUN_ANEW,
        FanoutKind.LEDGER_RESTORED,
        FanoutKind.RESIDENT_CHANGED,
        FanoutKind.RULES_LOOSENED,
    }
)
_ENTRIES: Final = frozenset(
    {
        FanoutKind.ENTRY_ADMITTED,
        FanoutKind.ENTRY_CARRIED_OVER,
        FanoutKind.ENTRY_REFUSED,
        FanoutKind.MESSAGE_PASSED_ON,
        FanoutKind.UNLOCKED_LATE,
    }
)


def link_into_panel(entry_id: str, kind: FanoutKind) -> str:
    """Return the path of the front end that shows what such a notice of this building is about."""
    if kind in _HOURS:
        view = View.HOURS
    elif kind in _ENTRIES:
        view = View.ENTRIES
    elif kind in ANNOUNCEMENTS:
        view = View.DELIVERIES
    else:
        view = View.NOW
    return f"/{PANEL_URL_PATH}/{view}?building={entry_id}"
