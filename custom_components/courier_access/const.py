"""Constants for the integration."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

DOMAIN: Final = "courier_access"
PANEL_URL_PATH: Final = "courier-access"


class Household(StrEnum):
    """Whether one or several households live behind the building's doors."""

    ONE = "one"
    SEVERAL = "several"


VERSION: Final = 1
MINOR_VERSION: Final = 7
"""The version of a building's config entry, and of its ledger's schema."""


class SubentryType(StrEnum):
    """The subentries of a building."""

    DOOR = "door"
    OBSERVED = "observed"
    COURIER = "courier"
    RESIDENT = "resident"


class OpenerKind(StrEnum):
    """Whether an entity opens a door, or it is a demo door."""

    DEMO = "demo"
    ENTITY = "entity"


class Operation(StrEnum):
    """How a courier's entry operates a lock."""

    UNLOCK = "unlock"
    OPEN = "open"


class TargetKind(StrEnum):
    """How a resident is notified."""

    PERSON_APPS = "person_apps"
    ENTITY = "entity"
    ACTION = "action"


RESIDENT_LANGUAGES: Final = (
    "en",
    "de",
    "es",
    "fr",
    "it",
    "nl",
    "pl",
    "pt",
    "pt-BR",
    "sv",
)
"""Languages of notifications and pages; the first is the fallback."""

ONLY_DRIVERS_LANGUAGES: Final = ("ar", "bg", "cs", "hu", "ro", "ru", "tr", "uk")
"""Languages in which only the texts for drivers are available."""

DRIVERS_LANGUAGES: Final = (*RESIDENT_LANGUAGES, *ONLY_DRIVERS_LANGUAGES)

BRITISH: Final = "en-GB"
"""British English: the file of this language has only its dates and times."""

CONF_HOUSEHOLD: Final = "household"
CONF_NAME: Final = "name"

CONF_KEY: Final = "key"
CONF_OPENER_KIND: Final = "opener_kind"
CONF_OPENER: Final = "opener"
CONF_UNLOCK_SECONDS: Final = "unlock_seconds"
CONF_OPERATION: Final = "operation"
CONF_CONTACT: Final = "contact"
CONF_CLOSE_COVER: Final = "close_cover"
CONF_DOORBELLS: Final = "doorbells"
CONF_ENTITY: Final = "entity"
CONF_UNITS: Final = "units"
CONF_DRIVER_NOTE: Final = "driver_note"

CONF_DOOR: Final = "door"
CONF_SOURCE: Final = "source"
CONF_EVENT_TYPES: Final = "event_types"
CONF_DEVICE: Final = "device"
CONF_TRIGGER: Final = "trigger"
CONF_COOL_DOWN: Final = "cool_down"

CONF_CLOUDHOOK_URL: Final = "cloudhook_url"
CONF_DOORS: Final = "doors"
CONF_LONGEST_GRANT_HOURS: Final = "longest_grant_hours"
CONF_RATE_PER_MINUTE: Final = "rate_per_minute"
CONF_ENABLED: Final = "enabled"
CONF_KEYS: Final = "keys"
CONF_WEBHOOK_ID: Final = "webhook_id"

CONF_UNIT: Final = "unit"
CONF_PERSON: Final = "person"
CONF_LANGUAGE: Final = "language"
CONF_TARGETS: Final = "targets"
CONF_PRIVATE: Final = "private_notifications"
CONF_KIND: Final = "kind"
CONF_VALUE: Final = "value"
CONF_APP: Final = "app"
CONF_PAPER: Final = "paper"
CONF_ID: Final = "id"
CONF_DECIDED_ON: Final = "decided_on"
CONF_TEXT: Final = "text"
CONF_CONSENT: Final = "consent"
CONF_WINDOWS: Final = "windows"
CONF_BUILDING_HOURS: Final = "building_hours"
CONF_RETENTION_DAYS: Final = "retention_days"
CONF_LOG_MONTHS: Final = "log_months"
CONF_PROOF_DAYS: Final = "proof_days"
CONF_TIME_ZONE: Final = "time_zone"
CONF_LOBBY: Final = "lobby"
CONF_RESPONSIBLE: Final = "responsible"
CONF_OWNER_CONTACT: Final = "owner_contact"
CONF_AUTHORITY: Final = "authority"
CONF_PURPOSE: Final = "purpose"
CONF_PAGE: Final = "page"
CONF_DOOR_PAGES: Final = "door_pages"
CONF_SIGN: Final = "sign"
CONF_FLEET: Final = "fleet"
CONF_VISITS_DAYS: Final = "visits_days"

DEFAULT_UNLOCK_SECONDS: Final = 5
MIN_UNLOCK_SECONDS: Final = 3
MAX_UNLOCK_SECONDS: Final = 60
DEFAULT_COOL_DOWN: Final = 30
MIN_COOL_DOWN: Final = 5
MAX_COOL_DOWN: Final = 3600
DEFAULT_LONGEST_GRANT_HOURS: Final = 12
DEFAULT_RATE_PER_MINUTE: Final = 60
DEFAULT_RETENTION_DAYS: Final = 30
MIN_RETENTION_DAYS: Final = 7
"""Grants and replies must be kept this long (docs/courier-api/README.md#send-again)."""
MAX_RETENTION_DAYS: Final = 90

DEFAULT_LOG_MONTHS: Final = 12
MIN_LOG_MONTHS: Final = 3
MAX_LOG_MONTHS: Final = 36

DEFAULT_PROOF_DAYS: Final = 365
MIN_PROOF_DAYS: Final = 30
MAX_PROOF_DAYS: Final = 1095
DEFAULT_VISITS_DAYS: Final = 90
MAX_VISITS_DAYS: Final = 1100
"""How long a fleet keeps visits, at most (docs/reference/fleet-protocol.md)."""

MAX_NOTE_LENGTH: Final = 120
"""Characters of a note for drivers: they read it on the way in."""
KEY_OVERLAP: Final = timedelta(hours=24)
