"""Read what parcel integrations report: events of an account, or a status sensor.

Any registered app can fire such an event, so its values may be anything.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from homeassistant.core import State
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..access.standing_orders import Parcel, ParcelStatus
from ..contract.messages import REFERENCE

_PREFIX: Final = "parcel_aggregator_parcel_"
_DELIVERED: Final = f"{_PREFIX}delivered"
EVENTS: Final = (
    f"{_PREFIX}registered",
    f"{_PREFIX}status_changed",
    f"{_PREFIX}delivery_time_changed",
    _DELIVERED,
)
"""The events that the parcel aggregator fires for all parcel integrations."""

FEED_DOMAINS: Final = frozenset(
    {
        *("ampere", "an_post", "australia_post", "better_trucks", "bpost", "budbee"),
        *("cainiao", "canpar", "ceska_posta", "correos", "delhivery", "dhl", "dhl_nl"),
        *("dpd", "dragonfly", "dynalogic", "evri", "fourpx", "gls", "helthjem"),
        *("hermes", "inpost", "laposte", "mondial_relay", "nova_post"),
        *("oesterreichische_post", "ontrac", "orlen_paczka", "packeta", "parcel"),
        *("parcel_aggregator", "planzer", "post_at", "postnl", "postnord", "ppl_cz"),
        *("purolator", "quickpac", "royal_mail", "sameday", "shopee_xpress", "speedx"),
        *("sunyou", "swiss_post", "trunkrs", "uniuni", "ups", "vinted_go"),
    }
)
"""Parcel integrations whose accounts are offered as sources."""


def is_feed(domain: str) -> bool:
    """Return whether an integration is one of parcels, by its domain."""
    return domain in FEED_DOMAINS or domain.endswith(
        tuple(f"_{each}" for each in FEED_DOMAINS)
    )


def read_event(
    event_type: str, data: Mapping[str, object], zone: ZoneInfo
) -> Parcel | None:
    """Return the parcel of an event, or None if it can't be read."""
    if (barcode := _barcode(data)) is None:
        return None
    status = (
        ParcelStatus.DELIVERED
        if event_type == _DELIVERED
        else _status(data.get("status"))
    )
    return None if status is None else _parcel(status, barcode, data, zone)


def read_sensor(state: State | None, zone: ZoneInfo) -> Parcel | None:
    """Return the parcel of a status sensor, or None if its state is no status."""
    if state is None or (status := _status(state.state)) is None:
        return None
    return _parcel(status, _barcode(state.attributes), state.attributes, zone)


def _parcel(
    status: ParcelStatus,
    barcode: str | None,
    data: Mapping[str, object],
    zone: ZoneInfo,
) -> Parcel | None:
    parcel = Parcel(
        status,
        barcode,
        _instant(data.get("planned_from"), zone),
        _instant(data.get("planned_to"), zone),
        is_for_pickup=data.get("pickup") is True,
    )
    # Otherwise, a sensor without a state would move its grant to the rest of the day.
    return None if parcel.says_nothing else parcel


def _status(value: object) -> ParcelStatus | None:
    # Home Assistant's own `unknown` says the same.
    if not isinstance(value, str) or value not in {*ParcelStatus}:
        return None
    return ParcelStatus(value)


def _barcode(data: Mapping[str, object]) -> str | None:
    try:
        return REFERENCE(data.get("barcode")).strip() or None
    except vol.Invalid:
        return None


def _instant(value: object, zone: ZoneInfo) -> datetime | None:
    try:
        read = dt_util.parse_datetime(value) if isinstance(value, str) else value
    except ValueError:  # a day or an hour that doesn't exist
        return None
    if not isinstance(read, datetime):
        return None
    return read if read.tzinfo is not None else read.replace(tzinfo=zone)
