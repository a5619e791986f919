"""A building's entries in Home Assistant's repairs, which every user can read: they name no people."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..access.markup import without_markup
from ..const import DOMAIN

ENTRY_ID: Final = "entry_id"
FIX: Final = "fix"
SUBJECT: Final = "subject"
_NAMES: Final = frozenset({"courier", "door"})
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class IssueKind(StrEnum):
    """What can be wrong with a building that its owner has to see to; the keys of their texts."""

    RESIDENT_UNREACHABLE = "resident_unreachable"
    NO_RESIDENTS = "no_residents"
    NO_CONSENT = "no_consent"
    KEY_ENDING = "key_ending"
    CLOUD_ADDRESS_GONE = "cloud_address_gone"
    NO_EXTERNAL_URL = "no_external_url"
    OPENER_OFFLINE = "opener_offline"
    OPENER_REMOVED = "opener_removed"
    DOOR_NOT_LOCKED = "door_not_locked"
    LEDGER_RESTORED = "ledger_restored"
    LEDGER_ALTERED = "ledger_altered"
    CLOCK_UNTRUSTED = "clock_untrusted"
    CLOCK_NOT_SET = "clock_not_set"
    LEDGER_FULL = "ledger_full"
    LEDGER_READ_ONLY = "ledger_read_only"
    LEDGER_LOCKED = "ledger_locked"
    LEDGER_IO_ERROR = "ledger_io_error"
    LEDGER_DAMAGED = "ledger_damaged"
    LEDGER_TOO_NEW = "ledger_too_new"
    LEDGER_OTHER = "ledger_other"
    LEDGER_SET_ASIDE = "ledger_set_aside"
    LEDGER_MISSING = "ledger_missing"


class Fix(StrEnum):
    """What an issue offers its owner to have done about it; what each does stands in `repairs`."""

    CONFIRM_KEYS = "confirm_keys"
    ACCEPT_CLOCK = "accept_clock"
    SEE_LEDGER_LOST = "see_ledger_lost"
    RETRY_NOTIFICATIONS = "retry_notifications"
    RESEND_INVITATIONS = "resend_invitations"
    CHOOSE_OPENER = "choose_opener"
    MANAGE_OLD_KEY = "manage_old_key"


class Issues:
    """The issues of one building, each known by its kind and by what of the building it is about."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """See to the issues of the building with that config entry."""
        self._hass = hass
        self._entry_id = entry_id

    @callback
    def show(
        self,
        kind: IssueKind,
        subject: str | None = None,
        placeholders: Mapping[str, str] = _NOTHING,
        *,
        fix: Fix | None = None,
        severity: ir.IssueSeverity = ir.IssueSeverity.WARNING,
    ) -> None:
        """Show an issue of the building, or of the part of it that has the id `subject`, until it is cleared.

        Its text may name the `building` without being handed its name, unless it is removed. The front end renders the
        description as Markdown; `data` has the names as they are.
        """
        entry = self._hass.config_entries.async_get_entry(self._entry_id)
        names = {} if entry is None else {"building": entry.title}
        names |= {name: text for name, text in placeholders.items() if name in _NAMES}
        data: dict[str, str | int | float | None] = {
            ENTRY_ID: self._entry_id,
            SUBJECT: subject,
            **names,
        }
        if fix is not None:
            data[FIX] = fix.value
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            self._issue_id(kind, subject),
            data=data,
            is_fixable=fix is not None,
            severity=severity,
            translation_key=kind,
            translation_placeholders={
                **placeholders,
                **{name: without_markup(text) for name, text in names.items()},
            },
        )

    @callback
    def show_only(
        self, kind: IssueKind, subjects: Iterable[str], fix: Fix | None = None
    ) -> None:
        """Show an issue of each of these subjects, and of this kind no other."""
        self.keep(kind, subjects)
        for subject in subjects:
            self.show(kind, subject, fix=fix)

    @callback
    def keep(self, kind: IssueKind, subjects: Iterable[str]) -> None:
        """Show no issue of this kind any longer but those of these subjects, where they are shown."""
        kept = {self._issue_id(kind, subject) for subject in subjects}
        for issue in self.shown():
            if issue.translation_key == kind and issue.issue_id not in kept:
                self._delete(issue.issue_id)

    @callback
    def clear(self, kind: IssueKind, subject: str | None = None) -> None:
        """Show an issue no longer, if it is shown."""
        self._delete(self._issue_id(kind, subject))

    @callback
    def clear_all(self) -> None:
        """Show nothing of the building any longer."""
        for issue in self.shown():
            self._delete(issue.issue_id)

    def shown(self) -> Iterable[ir.IssueEntry]:
        """Return what is shown of the building."""
        return [
            issue
            for issue in ir.async_get(self._hass).issues.values()
            if issue.domain == DOMAIN
            and (issue.data or {}).get(ENTRY_ID) == self._entry_id
        ]

    def _issue_id(self, kind: IssueKind, subject: str | None) -> str:
        return f"{kind}_{subject or self._entry_id}"

    def _delete(self, issue_id: str) -> None:
        ir.async_delete_issue(self._hass, DOMAIN, issue_id)


class RepairWatch(ABC):
    """Shows the repair issues of one concern while a building is loaded."""

    def __init__(self, hass: HomeAssistant, issues: Issues) -> None:
        """Prepare; `start` begins."""
        self.hass = hass
        self.issues = issues
        self._stops: list[CALLBACK_TYPE] = []

    @abstractmethod
    def start(self) -> None:
        """Show what is wrong now, and follow it."""

    @callback
    def stop(self) -> None:
        """End all subscriptions. Issues stay as they are."""
        stops, self._stops = self._stops, []
        for stop in stops:
            stop()

    def until_stopped(self, *stops: CALLBACK_TYPE) -> None:
        """Call these functions when the watch stops."""
        self._stops += stops
