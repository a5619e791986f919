"""Read a building's doors, couriers, and residents from its config entry."""

from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Mapping,
    Sequence,
    Set as AbstractSet,
)
from contextlib import ExitStack
from copy import replace
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final, NamedTuple, Self

from homeassistant.auth import EVENT_USER_ADDED, EVENT_USER_REMOVED, EVENT_USER_UPDATED
from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_ADDRESS
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    HomeAssistant,
    valid_entity_id,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.util.hass_dict import HassKey

from ..access.hours import ALWAYS_OPEN, Hours, WeekSchedule
from ..access.model import Consent, Courier, Door, Resident, Rules, normal_unit
from ..const import (
    CONF_APP,
    CONF_AUTHORITY,
    CONF_BUILDING_HOURS,
    CONF_CONSENT,
    CONF_DECIDED_ON,
    CONF_DOORS,
    CONF_DRIVER_NOTE,
    CONF_ENABLED,
    CONF_FLEET,
    CONF_HOUSEHOLD,
    CONF_ID,
    CONF_KEY,
    CONF_KEYS,
    CONF_KIND,
    CONF_LANGUAGE,
    CONF_LOG_MONTHS,
    CONF_LONGEST_GRANT_HOURS,
    CONF_NAME,
    CONF_OWNER_CONTACT,
    CONF_PAPER,
    CONF_PERSON,
    CONF_PRIVATE,
    CONF_PROOF_DAYS,
    CONF_PURPOSE,
    CONF_RESPONSIBLE,
    CONF_RETENTION_DAYS,
    CONF_TARGETS,
    CONF_TEXT,
    CONF_UNIT,
    CONF_VALUE,
    CONF_VISITS_DAYS,
    CONF_WINDOWS,
    DEFAULT_LOG_MONTHS,
    DEFAULT_PROOF_DAYS,
    DEFAULT_RETENTION_DAYS,
    DOMAIN,
    MAX_LOG_MONTHS,
    MAX_PROOF_DAYS,
    MAX_RETENTION_DAYS,
    MAX_VISITS_DAYS,
    MIN_LOG_MONTHS,
    MIN_PROOF_DAYS,
    MIN_RETENTION_DAYS,
    Household,
    SubentryType,
    TargetKind,
)
from ..contract.signature import fingerprint
from ..doors.bells import Doorbell, doorbells_of
from ..doors.observed import Source
from ..doors.openers import DoorSettings
from ..home_assistant.callbacks import (
    FollowedEntity,
    Listeners,
    is_registered,
    state_of,
)
from ..home_assistant.host import requesting_user
from ..ledger.state.configured import (
    Configuration,
    ConfiguredCourier,
    ConfiguredDoor,
    ConfiguredOpener,
    ConfiguredSource,
)
from ..ledger.state.fleet_visits import VisitsWanted
from ..ledger.state.residents import Author

USER_ID: Final = "user_id"

_ADDED: Final[HassKey[dict[str, str]]] = HassKey(f"{DOMAIN}_added")
"""Who just added a part in a form, by the courier's unique ID or resident's person."""


class Target(NamedTuple):
    """Name a target as the administrator chose it; `value` is the entity or action.

    `app` is the config entry of the phone app that had the action when it was chosen:
    an action is named after its phone, and another phone can take that name later.
    """

    kind: TargetKind
    value: str | None = None
    app: str | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """Hold a resident as a recipient; the default language is Home Assistant's.

    If `is_private`, notifications name neither the unit nor the parcel.
    """

    resident: Resident
    language: str | None
    targets: tuple[Target, ...]
    is_private: bool = False

    @classmethod
    def from_subentry(cls, hass: HomeAssistant, subentry: ConfigSubentry) -> Self:
        """Read a resident's subentry."""
        user_id = user_of(hass, subentry.data[CONF_PERSON])
        data = {**subentry.data, CONF_NAME: subentry.title, USER_ID: user_id}
        return cls.from_data(subentry.subentry_id, data)

    @classmethod
    def from_data(cls, resident_id: str, data: Mapping[str, Any]) -> Self:
        return cls(
            Resident(
                id=resident_id,
                name=data[CONF_NAME],
                unit=normal_unit(data[CONF_UNIT]),
                unit_label=data[CONF_UNIT],
                person=data[CONF_PERSON],
                user_id=data[USER_ID],
            ),
            language=data[CONF_LANGUAGE],
            targets=tuple(
                Target(
                    TargetKind(target[CONF_KIND]),
                    target.get(CONF_VALUE),
                    target.get(CONF_APP),
                )
                for target in data[CONF_TARGETS]
            ),
            # Residents from an earlier version keep their notifications.
            is_private=data.get(CONF_PRIVATE, False),
        )

    def to_data(self) -> dict[str, object]:
        """Return the data to store, so former targets can still be notified."""
        return {
            CONF_NAME: self.resident.name,
            CONF_UNIT: self.resident.unit_label,
            CONF_PERSON: self.resident.person,
            USER_ID: self.resident.user_id,
            CONF_LANGUAGE: self.language,
            CONF_TARGETS: [target._asdict() for target in self.targets],
            CONF_PRIVATE: self.is_private,
        }


def user_of(hass: HomeAssistant, person: str | None) -> str | None:
    """Return the user of a person entity."""
    state = state_of(hass, person)
    return None if state is None else state.attributes.get(USER_ID)


async def may_log_in(hass: HomeAssistant, user_id: str) -> bool:
    """Return whether a user is active: apps outlive the user they belong to."""
    user = await hass.auth.async_get_user(user_id)
    return user is not None and user.is_active


def is_user_of(hass: HomeAssistant, user_id: str, resident: Resident) -> bool:
    """Return whether a user is the resident's last known account and still theirs."""
    # The person's user may have changed since the building was set up.
    now = user_of(hass, resident.person)
    return user_id == resident.user_id and now in (None, user_id)


def may_have_user(hass: HomeAssistant, person: str | None) -> bool:
    """Return whether a person has a user, or can't be asked now."""
    if person is None:
        return False
    return state_of(hass, person) is None or user_of(hass, person) is not None


def _is_unsure(hass: HomeAssistant, subentry: ConfigSubentry) -> bool:
    """Return whether a person exists but has no state yet, so its user is unknown."""
    person = subentry.data[CONF_PERSON]
    if person is None or state_of(hass, person) is not None:
        return False
    return valid_entity_id(person) or is_registered(hass, person)


def hours_of(options: Mapping[str, Any]) -> WeekSchedule:
    """Return the building's hours; an empty week means that it has none."""
    return WeekSchedule.from_mapping(options.get(CONF_BUILDING_HOURS, {}))


def with_hours(options: Mapping[str, Any], week: WeekSchedule) -> dict[str, Any]:
    """Return the options with this week; an empty week removes the building's hours."""
    changed = {**options, CONF_BUILDING_HOURS: week.to_mapping()}
    if week.is_empty:
        del changed[CONF_BUILDING_HOURS]
    return changed


class Responsible(NamedTuple):
    """Who answers for the data of a house of several homes, as the administrator wrote it.

    Without a purpose, texts say the usual one.
    """

    name: str = ""
    contact: str = ""
    authority: str = ""
    purpose: str = ""

    @property
    def is_named(self) -> bool:
        return bool(self.name and self.contact)

    @property
    def lines(self) -> Sequence[str]:
        return [line for line in (self.name, *self.contact.splitlines()) if line]

    @property
    def line(self) -> str:
        return ", ".join(self.lines)


@dataclass(slots=True)
class Directory:
    """Hold a building's doors, sources, couriers, and residents, by subentry ID.

    `users` maps residents to their persons' users. The users of `unsure` residents
    can't be read yet. `added_by` maps parts that were just added in a form to the user
    who did that.
    """

    household: Household
    configuration: Configuration
    building_hours: Hours
    retention_days: int
    log_months: int
    proof_days: int
    responsible: Responsible | None
    doors: Mapping[str, Door]
    door_settings: Mapping[str, DoorSettings]
    doorbells: Collection[Doorbell]
    sources: Mapping[str, Source]
    couriers: Mapping[str, Courier]
    addressees: Mapping[str, Addressee]
    paper_consents: Mapping[str, tuple[Author, Rules]]
    unsure: frozenset[str]
    users: Mapping[str, str | None]
    added_by: Mapping[str, str]
    visits_wanted: VisitsWanted | None
    """Where visits go, and how long they are kept there; None if they aren't sent."""
    is_one_home: bool
    """Whether only one household lives here, so units tell nobody apart."""

    @property
    def residents(self) -> dict[str, Resident]:
        return {key: addressee.resident for key, addressee in self.addressees.items()}

    @property
    def homes(self) -> set[str]:
        return {each.unit_label for each in self.residents.values()}

    @property
    def addressed(self) -> dict[str, Mapping[str, object]]:
        return {key: addressee.to_data() for key, addressee in self.addressees.items()}

    @classmethod
    def read(cls, hass: HomeAssistant, entry: ConfigEntry[Any]) -> Self:
        """Read what is configured, and the users of the residents' persons."""

        def each[T](
            kind: SubentryType, read: Callable[[ConfigSubentry], T]
        ) -> dict[str, T]:
            return {
                subentry.subentry_id: read(subentry)
                for subentry in entry.get_subentries_of_type(kind)
            }

        doors = each(SubentryType.DOOR, _door)
        sources = each(SubentryType.OBSERVED, Source.from_subentry)
        addressees = each(SubentryType.RESIDENT, partial(Addressee.from_subentry, hass))
        papers = each(SubentryType.RESIDENT, partial(_paper_consent, hass))
        is_unsure = each(SubentryType.RESIDENT, partial(_is_unsure, hass))
        return cls(
            household=Household(entry.data[CONF_HOUSEHOLD]),
            configuration=Configuration(
                each(SubentryType.COURIER, partial(_configured_courier, doors)),
                each(SubentryType.DOOR, partial(_configured_door, hass)),
                {key: _configured_source(source) for key, source in sources.items()},
                entry.options.get(CONF_FLEET, {}).get(CONF_ADDRESS),
            ),
            building_hours=Hours(hours_of(entry.options))
            if CONF_BUILDING_HOURS in entry.options
            else ALWAYS_OPEN,
            retention_days=retention_days(entry.options),
            log_months=log_months(entry.options),
            proof_days=proof_days(entry.options),
            responsible=responsible_of(entry),
            doors=doors,
            door_settings=each(SubentryType.DOOR, DoorSettings.from_subentry),
            doorbells=[
                bell
                for bells in each(SubentryType.DOOR, doorbells_of).values()
                for bell in bells
            ],
            sources=sources,
            couriers=each(SubentryType.COURIER, _courier),
            addressees=addressees,
            paper_consents={key: paper for key, paper in papers.items() if paper},
            unsure=frozenset(key for key, unsure in is_unsure.items() if unsure),
            users={
                key: addressee.resident.user_id for key, addressee in addressees.items()
            },
            added_by=_take_added(hass, entry),
            visits_wanted=visits_to(entry),
            is_one_home=is_one_household(entry),
        )

    def set_logins(self, residents: Mapping[str, Resident]) -> None:
        self.addressees = {
            key: replace(
                addressee,
                resident=replace(addressee.resident, user_id=residents[key].user_id),
            )
            for key, addressee in self.addressees.items()
        }


def retention_days(options: Mapping[str, Any]) -> int:
    """Return for how many days personal data is kept, within the promised limits."""
    days = int(options.get(CONF_RETENTION_DAYS, DEFAULT_RETENTION_DAYS))
    return max(MIN_RETENTION_DAYS, min(days, MAX_RETENTION_DAYS))


def visits_days(options: Mapping[str, Any]) -> int | None:
    """Return for how many days the fleet keeps visits; None if they aren't sent."""
    days = options.get(CONF_FLEET, {}).get(CONF_VISITS_DAYS)
    return None if days is None else max(1, min(int(days), MAX_VISITS_DAYS))


def homes_of(residents: Iterable[ConfigSubentry]) -> set[str]:
    """Return the units of the residents in their normal form."""
    return {normal_unit(each.data[CONF_UNIT]) for each in residents}


def is_one_household(entry: ConfigEntry[Any]) -> bool:
    """Return whether one household lives here, which needs no unit.

    Residents of two units aren't one household, whatever an administrator chose.
    """
    homes = homes_of(entry.get_subentries_of_type(SubentryType.RESIDENT))
    return entry.data[CONF_HOUSEHOLD] == Household.ONE and len(homes) <= 1


def visits_to(entry: ConfigEntry[Any]) -> VisitsWanted | None:
    """Return where visits go, whether they began or not; None if they are off."""
    days = visits_days(entry.options)
    if days is None:
        return None
    address = entry.options[CONF_FLEET][CONF_ADDRESS]
    return VisitsWanted(address, days, asks=is_one_household(entry))


def responsible_of(entry: ConfigEntry[Any]) -> Responsible | None:
    """Return who is responsible for a building's data.

    One household is for itself: nobody is named, and nothing is shown.
    """
    if is_one_household(entry):
        return None
    stored = entry.options.get(CONF_RESPONSIBLE, {})
    keys = (CONF_NAME, CONF_OWNER_CONTACT, CONF_AUTHORITY, CONF_PURPOSE)
    return Responsible(*(stored.get(key, "") for key in keys))


def log_months(options: Mapping[str, Any]) -> int:
    """Return for how many months the log is kept, within the promised limits."""
    months = int(options.get(CONF_LOG_MONTHS, DEFAULT_LOG_MONTHS))
    return max(MIN_LOG_MONTHS, min(months, MAX_LOG_MONTHS))


def proof_days(options: Mapping[str, Any]) -> int:
    """Return for how many days it is kept that somebody consented, after that ended."""
    days = int(options.get(CONF_PROOF_DAYS, DEFAULT_PROOF_DAYS))
    return max(MIN_PROOF_DAYS, min(days, MAX_PROOF_DAYS))


def _door(subentry: ConfigSubentry) -> Door:
    data = subentry.data
    note = data.get(CONF_DRIVER_NOTE, "")
    return Door(subentry.subentry_id, data[CONF_KEY], subentry.title, note)


def note_added(hass: HomeAssistant, *identities: str) -> None:
    """Note that the current request's user adds these parts.

    Residents aren't notified of what they just did themselves. After a restart it isn't
    known anymore, and they are notified like everybody else.
    """
    if user_id := requesting_user():
        added = hass.data.setdefault(_ADDED, {})
        added.update(dict.fromkeys(identities, user_id))


def _take_added(hass: HomeAssistant, entry: ConfigEntry[Any]) -> dict[str, str]:
    added = hass.data.get(_ADDED, {})
    return {
        key: added.pop(identity)
        for key, part in entry.subentries.items()
        if (identity := part.unique_id or part.data.get(CONF_PERSON)) in added
    }


def _courier(subentry: ConfigSubentry) -> Courier:
    data = subentry.data
    return Courier(
        id=subentry.subentry_id,
        name=subentry.title,
        door_ids=frozenset(data[CONF_DOORS]),
        longest_grant=timedelta(hours=data[CONF_LONGEST_GRANT_HOURS]),
        enabled=data[CONF_ENABLED],
    )


def _configured_courier(
    doors: Collection[str], subentry: ConfigSubentry
) -> ConfiguredCourier:
    data = subentry.data
    return ConfiguredCourier(
        subentry.title,
        tuple(sorted(door for door in data[CONF_DOORS] if door in doors)),
        tuple(sorted(fingerprint(each[CONF_KEY]) for each in data[CONF_KEYS])),
    )


def _configured_door(hass: HomeAssistant, subentry: ConfigSubentry) -> ConfiguredDoor:
    settings = DoorSettings.from_subentry(subentry)
    reference = settings.opener
    opener = ConfiguredOpener(reference)
    registry = er.async_get(hass)
    if (entity := registry.async_get(reference or "")) and entity.device_id:
        domain = entity.domain
        on_device = er.async_entries_for_device(
            registry, entity.device_id, include_disabled_entities=True
        )
        # Of several, another one can open another door.
        if [each.domain for each in on_device].count(domain) == 1:
            opener = ConfiguredOpener(reference, entity.device_id, domain)
    return ConfiguredDoor(subentry.title, opener, settings.operation)


def _configured_source(source: Source) -> ConfiguredSource:
    reporter = source.reporter
    wanted = " ".join(sorted(source.event_types))
    reference = reporter if isinstance(reporter, str) else reporter.key
    return ConfiguredSource(
        source.name,
        source.door_id,
        f"{reference} {wanted}".rstrip(),
        int(source.cool_down),
    )


def _paper_consent(
    hass: HomeAssistant, subentry: ConfigSubentry
) -> tuple[Author, Rules] | None:
    data: Mapping[str, Any] | None = subentry.data.get(CONF_PAPER)
    if not data or may_have_user(hass, subentry.data[CONF_PERSON]):
        return None
    rules = Rules(
        consent=Consent.GIVEN if data[CONF_CONSENT] else Consent.WITHDRAWN,
        schedule=WeekSchedule.from_mapping(data[CONF_WINDOWS]),
    )
    author = Author(
        paper_id=data[CONF_ID],
        decided_on=data[CONF_DECIDED_ON],
        text=data.get(CONF_TEXT, ""),
    )
    return author, rules


class Accounts:
    """Tracks the users who exist and are active."""

    active: frozenset[str] = frozenset()
    """The ids of the users who can log in."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self.listeners = Listeners[[AbstractSet[str]]]()
        self._stop = ExitStack()

    async def async_start(self) -> None:
        """Read the users and follow changes."""
        for event_type in (EVENT_USER_ADDED, EVENT_USER_UPDATED, EVENT_USER_REMOVED):
            self._stop.callback(self._hass.bus.async_listen(event_type, self._read))
        await self._read()

    def async_stop(self) -> None:
        self._stop.close()

    async def _read(self, _event: Event | None = None) -> None:
        # Home Assistant answers from memory, so this completes within the dispatch.
        users = await self._hass.auth.async_get_users()
        active = frozenset(user.id for user in users if user.is_active)
        changed = active ^ self.active
        self.active = active
        if changed:
            self.listeners.call(changed)


def async_follow_logins(
    hass: HomeAssistant,
    directory: Directory,
    accounts: Accounts,
    changed: Callable[[], None],
) -> CALLBACK_TYPE:
    """Call `changed` when a resident's person or account changes.

    A person can get, change, or lose its user, or be deleted. An account can be
    disabled, enabled, or deleted.
    """

    def look_at_accounts(users: AbstractSet[str]) -> None:
        if any(resident.user_id in users for resident in directory.residents.values()):
            changed()

    def follow(resident: Resident, person: str) -> CALLBACK_TYPE:
        def look(state: object, _context: object = None) -> None:
            # A registered person without a state is only being reloaded.
            if state is None and is_registered(hass, person):
                return
            if user_of(hass, person) != directory.users[resident.id]:
                changed()

        entity = FollowedEntity(hass, person)
        stop = entity.listen(look)
        look(entity.state)
        return stop

    stops = ExitStack()
    stops.callback(accounts.listeners.add(look_at_accounts))
    for resident in directory.residents.values():
        if resident.person is not None:
            stops.callback(follow(resident, resident.person))
    return stops.close
