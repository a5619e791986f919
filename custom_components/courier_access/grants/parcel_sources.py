"""Read the parcels that other integrations list as the state of their sensors.

Nothing here knows carriers: a sensor is read if it has a shape of the table below. Each
shape was read in the code of the integration that makes it, and run
(`tests/grants/parcels`). What a sensor says can be wrong or made up: a value that can't
be read never raises, and never hides the other parcels of its list. What isn't listed
anymore is gone only after its sources have missed it twice.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import replace
from datetime import UTC, datetime, timedelta
import logging
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from homeassistant.components.sensor import DOMAIN as SENSOR
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity import entity_sources
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..access.model import Grant
from ..access.parcels import (
    LONGEST_CARRIER,
    MOST_LIST_BYTES,
    MOST_PARCELS,
    MOST_VISITS,
    Listing,
    Parcel,
    Progress,
)
from ..const import DOMAIN
from ..contract.messages import REFERENCE
from ..home_assistant.callbacks import entity_id_of, reference_of
from ..home_assistant.host import Host

_LOGGER = logging.getLogger(__name__)

_NEVER: Final = frozenset({DOMAIN, "mobile_app"})
"""Ourselves, and phones: each app writes what it likes into its sensors."""

_SILENT_AFTER: Final = timedelta(days=1)
"""A list that wasn't reported for longer than this says nothing of today.

That isn't so if a source reports only changes.
"""

_GONE_AFTER: Final = timedelta(minutes=10)
"""How far apart two reports without a parcel are after which it is gone."""

_YEARS: Final = range(2000, 2100)
"""Times outside of them are no plan, and can't be calculated with at their ends."""


class Facts(NamedTuple):
    """What a sensor's shape is recognized by.

    `platform` is the integration's domain, or empty. `attributes` is None while the
    sensor is unavailable or unknown: it then has the attributes of neither.
    """

    platform: str
    unique_id: str
    attributes: Mapping[str, object] | None

    def lists(self, name: str) -> bool:
        """Return whether an attribute is a list, as far as it can be seen now."""
        return self.attributes is None or isinstance(self.attributes.get(name), list)


class Reader(NamedTuple):
    """How sensors of one shape are read.

    `read` returns None if a state can't be read. With `strangers_write`, others than the
    carrier can put a parcel into the list, such as by an email. One that
    `lists_again` names a parcel on later days too, whether or not it came. A source
    that can't tell *out for delivery* announces a parcel only by its planned time. If
    one `reports_only_changes`, its last report still holds, however old it is.
    """

    name: str
    fits: Callable[[Facts], bool]
    read: Callable[[State, ZoneInfo], Listing | None]
    strangers_write: bool = True
    lists_again: bool = False
    tells_out_for_delivery: bool = True
    reports_only_changes: bool = False


def reader_of(hass: HomeAssistant, entity_id: str) -> Reader | None:
    """Return the reader that a sensor's shape fits, or None if no reader does.

    It can be asked for while a sensor is unavailable, if the sensor is registered.
    """
    state = hass.states.get(entity_id)
    entry = er.async_get(hass).async_get(entity_id)
    if not entity_id.startswith(f"{SENSOR}.") or (state is None and entry is None):
        return None
    source = entity_sources(hass).get(entity_id)
    platform = entry.platform if entry else source["domain"] if source else ""
    if platform in _NEVER:
        return None
    attributes = None if state is None or _is_silent(state) else state.attributes
    # Some integrations register numbers.
    facts = Facts(platform, str(entry.unique_id) if entry else "", attributes)
    reader = next((reader for reader in READERS if reader.fits(facts)), None)
    if reader is not None and (reader.name, platform) in _BY_CARRIERS:
        return replace(reader, strangers_write=False)
    return reader


def list_of(hass: HomeAssistant, account: str) -> tuple[str, ...] | None:
    """Return the list of the account that a device or sensor belongs to.

    A sensor's account is its device: one entry can have the devices of several homes.
    Return nothing unless there is exactly one list, and None while its integration
    isn't loaded.
    """
    entities, devices = er.async_get(hass), dr.async_get(hass)
    entity_id = entity_id_of(hass, account)
    if entity_id is not None and reader_of(hass, entity_id) is not None:
        return (reference_of(hass, entity_id),)
    sensor = entities.async_get(account)
    device_id = account if sensor is None else sensor.device_id
    device = None if device_id is None else devices.async_get(device_id)
    if device is None:
        return ()
    entry_id = device.config_entry_id
    entry = None if entry_id is None else hass.config_entries.async_get_entry(entry_id)
    if entry is None:
        return ()
    if entry.state is not ConfigEntryState.LOADED:
        return None
    lists = [
        each.id
        for each in er.async_entries_for_device(entities, device.id)
        if reader_of(hass, each.entity_id) is not None
    ]
    return tuple(lists) if len(lists) == 1 else ()


def _is_silent(state: State) -> bool:
    return state.state in {STATE_UNAVAILABLE, STATE_UNKNOWN}


type _ReadEntry = Callable[[object], Parcel | None]


def _read_list(
    state: State, name: str, texts: tuple[str, ...], read: _ReadEntry
) -> Listing | None:
    """Return the parcels of an attribute up to the limits, or None if it is no list.

    Only the size of what is read counts, which are an entry's `texts`, or the entry
    itself: many integrations add the carrier's whole reply to each parcel.
    """
    entries = state.attributes.get(name)
    if _is_silent(state) or not isinstance(entries, list):
        return None
    parcels: list[Parcel] = []
    size = 0
    for position, entry in enumerate(entries):
        size += sum(map(_length, _values(entry, texts) if texts else (entry,)))
        if position == MOST_PARCELS or size > MOST_LIST_BYTES:
            return Listing(tuple(parcels), left_out=len(entries) - position)
        if (parcel := read(entry)) is not None:
            parcels.append(parcel)
    return Listing(tuple(parcels))


def _values(entry: object, names: tuple[str, ...]) -> tuple[object, ...]:
    if not isinstance(entry, Mapping):
        return (None,) * len(names)
    return tuple(entry.get(name) for name in names)


def _length(value: object) -> int:
    return len(value) if isinstance(value, str) else 0


def _number(value: object) -> str | None:
    """Return a parcel's number: carrier and shop write the same one differently."""
    if not isinstance(value, str) or not value.isascii():
        return None
    try:
        return REFERENCE("".join(value.split()).upper()) or None
    except vol.Invalid:
        return None


def _carrier(value: object) -> str | None:
    """Return a carrier's name or code, whatever it is; a longer one isn't a name."""
    if isinstance(value, str) and len(value) <= LONGEST_CARRIER:
        return value
    return None


def _instant(value: object, zone: ZoneInfo) -> datetime | None:
    """Return a time, in the building's zone if it has none of its own."""
    read: datetime | None = None
    try:
        match value:
            case datetime():
                read = value
            # The parser of Home Assistant takes the process down with a lone surrogate.
            case str() if value.isascii():
                read = dt_util.parse_datetime(value)
            case int() | float():
                read = datetime.fromtimestamp(value, UTC)
    except ValueError, OverflowError, OSError:  # a day or an hour that doesn't exist
        return None
    if read is None or read.year not in _YEARS:
        return None
    return read.replace(tzinfo=zone) if read.utcoffset() is None else read


def _out(entry: object) -> Parcel | None:
    number = _number(entry)
    return None if number is None else Parcel(number, Progress.OUT)


def _is_set(value: object) -> bool:
    return value is not None and value is not False and value != ""


def _progress(value: object, of: Mapping[str, Progress]) -> Progress | None:
    return of.get(value) if isinstance(value, str) else None


# The family of parcel integrations at github.com/ha-parcel-integrations, one for each
# carrier. All list the same fields.

_FAMILY: Final = {
    "registered": Progress.EXPECTED,
    "in_transit": Progress.EXPECTED,
    "unknown": Progress.EXPECTED,
    "out_for_delivery": Progress.OUT,
    "at_pickup_point": Progress.OVER,
    "delivered": Progress.OVER,
    "returning": Progress.OVER,
    "problem": Progress.OVER,
}
_FAMILY_TEXTS: Final = ("barcode", "status", "planned_from", "planned_to", "carrier")
_FAMILY_FLAGS: Final = ("delivered", "pickup", "pickup_point")


def _is_family(facts: Facts) -> bool:
    return facts.unique_id.endswith("_incoming_parcels") and facts.lists("parcels")


def _read_family(state: State, zone: ZoneInfo) -> Listing | None:
    def read(entry: object) -> Parcel | None:
        barcode, status, start, end, carrier = _values(entry, _FAMILY_TEXTS)
        # On its way, some carriers set only one of the last two.
        delivered, pickup, pickup_point = _values(entry, _FAMILY_FLAGS)
        number, progress = _number(barcode), _progress(status, _FAMILY)
        if number is None or progress is None:
            return None
        return Parcel(
            number,
            Progress.OVER if delivered is True else progress,
            _instant(start, zone),
            _instant(end, zone),
            is_for_pickup=_is_set(pickup) or _is_set(pickup_point),
            carrier=_carrier(carrier),
        )

    return _read_list(state, "parcels", _FAMILY_TEXTS, read)


# The family's aggregator merges the carriers' lists whenever one of them changes.


def _is_aggregator(facts: Facts) -> bool:
    return facts.unique_id == "parcel_aggregator_incoming" and facts.lists("parcels")


def _read_aggregator(state: State, zone: ZoneInfo) -> Listing | None:
    # It is never unavailable: without any carrier, its list is empty.
    if state.attributes.get("by_carrier") == {}:
        return None
    return _read_family(state, zone)


# Mail and Packages counts the emails of a carrier, and lists the numbers in them.


def _is_mail(facts: Facts) -> bool:
    # Until 0.5.0 the unique ID has the sensor's name, then its key. The total of all
    # carriers is no carrier's.
    return facts.platform == "mail_and_packages" and (
        " Delivering_" in facts.unique_id
        or (
            "_delivering_" in facts.unique_id
            and "_zpackages_delivering_" not in facts.unique_id
        )
    )


def _read_mail(state: State, zone: ZoneInfo) -> Listing | None:
    if not state.state.isdecimal():
        return None
    count = int(state.state)
    # Until 0.5.0, delivered ones stay listed while the count falls.
    numbers = _read_list(state, "tracking_#", (), _out) if count else None
    listing = numbers or Listing()
    nameless = count - len(listing.parcels) - listing.left_out
    return replace(listing, visits=min(max(0, nameless), MOST_VISITS))


# Parcel (parcelapp.net): the raw answer of its API, which names carriers by codes.

_PARCEL_APP: Final = {
    0: Progress.OVER,  # delivered
    1: Progress.EXPECTED,  # no news for a long time
    2: Progress.EXPECTED,  # in transit
    3: Progress.OVER,  # to be picked up
    4: Progress.OUT,
    5: Progress.EXPECTED,  # not found
    6: Progress.OVER,  # failed attempt
    7: Progress.OVER,  # exception
    8: Progress.EXPECTED,  # announced
}
_PARCEL_APP_TEXTS: Final = (
    "tracking_number",
    "date_expected",
    "date_expected_end",
    "carrier_code",
)
_PARCEL_APP_NUMBERS: Final = (
    "status_code",
    "timestamp_expected",
    "timestamp_expected_end",
)


def _is_parcel_app(facts: Facts) -> bool:
    return facts.unique_id.endswith("_raw_shipment_data") and facts.lists("deliveries")


def _read_parcel_app(state: State, zone: ZoneInfo) -> Listing | None:
    def read(entry: object) -> Parcel | None:
        tracking, start, end, carrier = _values(entry, _PARCEL_APP_TEXTS)
        code, start_at, end_at = _values(entry, _PARCEL_APP_NUMBERS)
        number = _number(tracking)
        progress = _PARCEL_APP.get(code) if type(code) is int else None
        if number is None or progress is None:
            return None
        return Parcel(
            number,
            progress,
            _instant(start if start_at is None else start_at, zone),
            _instant(end if end_at is None else end_at, zone),
            is_for_pickup=code == 3,
            carrier=_carrier(carrier),
        )

    # Its state is when the answer came. While the API fails, it is shown again.
    answered_at = _instant(state.state, zone)
    if answered_at is None or state.last_reported - answered_at > _SILENT_AFTER:
        return None
    return _read_list(state, "deliveries", _PARCEL_APP_TEXTS, read)


# AfterShip: the trackings of an account.

_AFTERSHIP: Final = {
    "InfoReceived": Progress.EXPECTED,
    "InTransit": Progress.EXPECTED,
    "Pending": Progress.EXPECTED,
    "OutForDelivery": Progress.OUT,
    "AttemptFail": Progress.OVER,
    "AvailableForPickup": Progress.OVER,
    "Delivered": Progress.OVER,
    "Exception": Progress.OVER,
    "Expired": Progress.OVER,
}
_AFTERSHIP_TEXTS: Final = ("tracking_number", "status", "expected_delivery", "slug")


def _is_aftership(facts: Facts) -> bool:
    return facts.attributes is not None and facts.lists("trackings")


def _read_aftership(state: State, zone: ZoneInfo) -> Listing | None:
    def read(entry: object) -> Parcel | None:
        tracking, tag, expected, slug = _values(entry, _AFTERSHIP_TEXTS)
        number, progress = _number(tracking), _progress(tag, _AFTERSHIP)
        if number is None or progress is None:
            return None
        return Parcel(
            number,
            progress,
            _instant(expected, zone),
            is_for_pickup=tag == "AvailableForPickup",
            carrier=_carrier(slug),
        )

    return _read_list(state, "trackings", _AFTERSHIP_TEXTS, read)


# PostNL (github.com/arjenbos/ha-postnl): only sentences in Dutch, and planned times.

_POSTNL_TEXTS: Final = ("key", "planned_from", "planned_to", "delivery_address_type")


def _is_postnl(facts: Facts) -> bool:
    # The family's PostNL has the same domain, and a `_next_delivery`.
    return facts.platform == "postnl" and (
        facts.unique_id.endswith("_delivery")
        and not facts.unique_id.endswith("_next_delivery")
        and facts.lists("enroute")
    )


def _read_postnl(state: State, zone: ZoneInfo) -> Listing | None:
    def read(entry: object) -> Parcel | None:
        key, start, end, goes_to = _values(entry, _POSTNL_TEXTS)
        # The number with country and postal code, such as 3SABCD0123456-NL-1234AB.
        number = _number(key.split("-")[0]) if isinstance(key, str) else None
        if number is None:
            return None
        return Parcel(
            number,
            Progress.EXPECTED,
            _instant(start, zone),
            _instant(end, zone),
            is_for_pickup=goes_to == "ServicePoint",
        )

    return _read_list(state, "enroute", _POSTNL_TEXTS, read)


READERS: Final = (
    Reader("parcel_list", _is_family, _read_family),
    Reader(
        "parcel_aggregator", _is_aggregator, _read_aggregator, reports_only_changes=True
    ),
    Reader("mail_and_packages", _is_mail, _read_mail, lists_again=True),
    Reader("parcelapp", _is_parcel_app, _read_parcel_app),
    Reader("aftership", _is_aftership, _read_aftership),
    Reader("postnl", _is_postnl, _read_postnl, tells_out_for_delivery=False),
)
"""The shapes that are read. The first that fits counts."""

_BY_CARRIERS: Final = frozenset(
    {
        ("parcel_list", "dhl_nl"),
        ("parcel_list", "dpd"),
        ("parcel_list", "postnl"),
        ("parcel_list", "vinted_go"),
        ("postnl", "postnl"),
    }
)
"""Readers and integrations whose lists only a carrier fills, for its account's owner.

As far as their code was read, they have an account, and no way to add a number. Most
integrations have an action that adds one, often by an automation that reads emails.
"""


class SourceReport(NamedTuple):
    """What a source says now. Without a listing, it says nothing."""

    state: State | None
    reader: Reader | None
    listing: Listing | None
    is_old: bool

    @classmethod
    def read(cls, host: Host, reference: str, now: datetime) -> SourceReport:
        """Read the state of a source by its shape."""
        entity_id = entity_id_of(host.hass, reference)
        state = None if entity_id is None else host.hass.states.get(entity_id)
        if entity_id is None or state is None:
            return cls(None, None, None, is_old=False)
        reader = reader_of(host.hass, entity_id)
        listing = None
        if reader is not None:
            try:
                listing = reader.read(state, host.zone)
            except Exception:
                # One source that can't be read must not hide the others.
                _LOGGER.debug("The list %s can't be read", entity_id, exc_info=True)
        can_be_old = reader is None or not reader.reports_only_changes
        is_old = can_be_old and now - state.last_reported > _SILENT_AFTER
        return cls(state, reader, listing, is_old)

    @property
    def is_silent(self) -> bool:
        return self.listing is None or self.is_old

    @property
    def visits(self) -> int:
        """Return how many deliveries of today it only counts; 0 if it is silent."""
        if self.listing is None or self.is_silent:
            return 0
        return self.listing.visits or 0

    def is_after(self, at: datetime | None) -> bool:
        return at is None or (self.state is not None and self.state.last_reported > at)

    @property
    def strangers_write(self) -> bool:
        return self.reader is not None and self.reader.strangers_write

    @property
    def silent_since(self) -> datetime | None:
        """Return since when a source that is there says nothing, or None if it speaks."""
        if self.state is None or not self.is_silent:
            return None
        return self.state.last_reported if self.is_old else self.state.last_changed

    @property
    def last_parcel(self) -> str | None:
        """Return the number of the listed parcel that is nearest to the door."""
        listed = () if self.listing is None else self.listing.parcels
        nearest = (Progress.OUT, Progress.EXPECTED, Progress.OVER)
        first = min(listed, key=lambda each: nearest.index(each.progress), default=None)
        return None if first is None else first.barcode


class Absences:
    """Since when parcels with a grant aren't listed, from their sources' reports.

    An integration's first report after its start often lists nothing yet.
    """

    def __init__(self) -> None:
        self._speaks_since: dict[str, datetime] = {}
        self._missed: dict[object, datetime] = {}

    def note(self, reports: Mapping[str, SourceReport]) -> None:
        """Note which sources speak, and since which report."""
        speaking = {
            report.state.entity_id: report.state.last_reported
            for report in reports.values()
            if report.state is not None and not report.is_silent
        }
        self._speaks_since = speaking | {
            entity_id: since
            for entity_id, since in self._speaks_since.items()
            if entity_id in speaking
        }

    def is_gone(self, grant: Grant, reports: Iterable[SourceReport]) -> bool:
        """Return whether all sources have missed a parcel twice, far enough apart."""
        reported = []
        for report in reports:
            state = report.state
            if state is None or report.is_silent:
                self.forget(grant)
                return False
            if state.last_reported <= self._speaks_since[state.entity_id]:
                return False
            reported.append(state.last_reported)
        if not reported:
            return False
        oldest = min(reported)
        return oldest - self._missed.setdefault(grant.key, oldest) >= _GONE_AFTER

    def forget(self, grant: Grant) -> None:
        """Let a parcel be missed twice again."""
        self._missed.pop(grant.key, None)
