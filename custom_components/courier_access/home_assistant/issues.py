"""Show a building's repair issues; every user can read them, so they name no people."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from ..access.names import without_markup
from ..const import DOMAIN

ENTRY_ID: Final = "entry_id"
FIX: Final = "fix"
SUBJECT: Final = "subject"
_NAMES: Final = frozenset({"courier", "door", "other"})
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_PEOPLE: Final = "residents-and-couriers"
_PROBLEMS: Final = (
    "https://github.com/courier-access/courier-access/blob/main/docs/how-to/problems.md"
)


class IssueKind(StrEnum):
    """The issues of a building: translation keys, and the section that says how to fix them."""

    section: str

    def __new__(cls, key: str, section: str = "the-access-log") -> Self:
        kind = str.__new__(cls, key)
        kind._value_ = key
        kind.section = section
        return kind

    RESIDENT_UNREACHABLE = "resident_unreachable", _PEOPLE
    NO_RESIDENTS = "no_residents", _PEOPLE
    NO_CONSENT = "no_consent", _PEOPLE
    NO_RESPONSIBLE = "no_responsible", _PEOPLE
    HOMES_ALIKE = "homes_alike", _PEOPLE
    KEY_ENDING = "key_ending", _PEOPLE
    CLOUD_ADDRESS_GONE = "cloud_address_gone", _PEOPLE
    COURIER_NAMES_ALIKE = "courier_names_alike", _PEOPLE
    NO_EXTERNAL_URL = "no_external_url", _PEOPLE
    OPENER_OFFLINE = "opener_offline", "doors"
    OPENER_REMOVED = "opener_removed", "doors"
    DOOR_NOT_LOCKED = "door_not_locked", "doors"
    DOORBELL_LOST = "doorbell_lost", "doors"
    DOORBELL_STRAY = "doorbell_stray", "doors"
    DOORS_RECORDED = "doors_recorded", "doors"
    OBSERVED_LOST = "observed_lost", _PEOPLE
    VISITORS_ALIKE = "visitors_alike", "doors"
    LEDGER_RESTORED = "ledger_restored", "restore-a-backup"
    LEDGER_ALTERED = "ledger_altered"
    FLEET_DIFFERS = "fleet_differs", "the-fleet"
    FLEET_SILENT = "fleet_silent", "the-fleet"
    FLEET_PROPOSES = "fleet_proposes", "the-fleet"
    FLEET_COURIER_GONE = "fleet_courier_gone", "the-fleet"
    CLOCK_UNTRUSTED = "clock_untrusted", "the-clock"
    CLOCK_NOT_SET = "clock_not_set", "the-clock"
    ZONE_DIFFERS = "zone_differs", "the-clock"
    LEDGER_FULL = "ledger_full"
    LEDGER_READ_ONLY = "ledger_read_only"
    LEDGER_LOCKED = "ledger_locked"
    LEDGER_IO_ERROR = "ledger_io_error"
    LEDGER_DAMAGED = "ledger_damaged"
    LEDGER_TOO_NEW = "ledger_too_new"
    LEDGER_UNFIT = "ledger_unfit"
    LEDGER_OTHER = "ledger_other"
    LEDGER_SET_ASIDE = "ledger_set_aside"
    LEDGER_MISSING = "ledger_missing"


def learn_more_url(kind: IssueKind) -> str:
    return f"{_PROBLEMS}#{kind.section}"


class Fix(StrEnum):
    """The fixes that an issue offers; `repairs` implements them."""

    CONFIRM_KEYS = "confirm_keys"
    ACCEPT_CLOCK = "accept_clock"
    SEE_LEDGER_LOST = "see_ledger_lost"
    RETRY_NOTIFICATIONS = "retry_notifications"
    RESEND_INVITATIONS = "resend_invitations"
    CHOOSE_OPENER = "choose_opener"
    CHOOSE_DOORBELL = "choose_doorbell"
    CHOOSE_SOURCE = "choose_source"
    MANAGE_OLD_KEY = "manage_old_key"
    CONFIRM_COURIERS = "confirm_couriers"


class Issues:
    """The issues of one building, identified by kind and subject."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        self.hass = hass
        self._entry_id = entry_id

    def show(
        self,
        kind: IssueKind,
        subject: str | None = None,
        placeholders: Mapping[str, str] = _NOTHING,
        *,
        fix: Fix | None = None,
        severity: ir.IssueSeverity = ir.IssueSeverity.WARNING,
    ) -> None:
        """Show an issue of the building, or of the part with the id `subject`.

        The `building` placeholder is added unless its config entry was removed. The
        frontend renders the description as Markdown; `data` has the plain names.
        """
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
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
            self.hass,
            DOMAIN,
            self._issue_id(kind, subject),
            data=data,
            is_fixable=fix is not None,
            learn_more_url=learn_more_url(kind),
            severity=severity,
            translation_key=kind,
            translation_placeholders={
                **placeholders,
                **{name: without_markup(text) for name, text in names.items()},
            },
        )

    def clear_except(self, kind: IssueKind, subjects: Iterable[str]) -> None:
        """Clear the issues of this kind, except those of the subjects."""
        kept_ids = {self._issue_id(kind, subject) for subject in subjects}
        for issue in self.shown():
            if issue.translation_key == kind and issue.issue_id not in kept_ids:
                self._delete(issue.issue_id)

    def clear(self, kind: IssueKind, subject: str | None = None) -> None:
        self._delete(self._issue_id(kind, subject))

    def clear_all(self) -> None:
        for issue in self.shown():
            self._delete(issue.issue_id)

    def shown(self) -> Iterable[ir.IssueEntry]:
        return [
            issue
            for issue in ir.async_get(self.hass).issues.values()
            if issue.domain == DOMAIN
            and (issue.data or {}).get(ENTRY_ID) == self._entry_id
        ]

    def _issue_id(self, kind: IssueKind, subject: str | None) -> str:
        return f"{kind}_{subject or self._entry_id}"

    def _delete(self, issue_id: str) -> None:
        ir.async_delete_issue(self.hass, DOMAIN, issue_id)
