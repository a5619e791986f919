"""Issue, revise, and end grants from parcel feeds, under residents' standing orders.

A feed never opens a door. Its events can be forged by any app that is registered with
Home Assistant: a forged one makes a grant within the order's limit and the resident's
own hours, which is announced with a veto like any other.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import partial
import logging
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from homeassistant.core import Context, Event, HomeAssistant, State, callback
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..access.hours import Interval
from ..access.model import Consent, Courier, Door, Grant, Loosening, Resident, UnitPart
from ..access.standing_orders import (
    Parcel,
    ParcelStatus,
    Source,
    SourceKind,
    StandingOrder,
    grant_window,
)
from ..contract.messages import REFERENCE
from ..home_assistant.callbacks import FollowedEntity, Timer
from ..home_assistant.host import Host
from ..ledger.ledger import Ledger, LedgerUnavailable, Transaction
from ..ledger.state.grants import (
    OrderRefused,
    end_orders,
    grants_for_parcel,
    load_orders,
    put_order,
)
from ..ledger.state.residents import Author
from ..residents.directory import Directory
from ..residents.rulebook import Rulebook
from .by_residents import Delivery, LocalGrants, NotIssued
from .grants import Grants
from .issue import Ordered, issuer_under

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


MOST_ORDERS: Final = 10
"""How many standing orders a resident can have."""

MOST_REVISIONS: Final = 10
"""How often a feed can move a grant: each time, residents are notified."""

_MOST_WAITING: Final = 50
"""How many parcels wait to be handled; a flood of forged ones is dropped."""

_COUNT_EVERY: Final = 3_600.0
"""Seconds in which a warning that comes again is only counted."""

_LOGGER = logging.getLogger(__name__)


class TooManyOrders(Exception):
    """The resident has as many standing orders as they can have."""


class _Terms(NamedTuple):
    """An order that may issue something now, with what it issues for."""

    order: StandingOrder
    resident: Resident
    courier: Courier
    door: Door

    def delivery(self, parcel: Parcel, window: Interval) -> Delivery:
        units = (self.resident.unit_label,)
        return Delivery(units, window.start, window.end, parcel_ref=parcel.barcode)


class _Warnings:
    """Logs what an order can't issue: once an order and reason, then counted.

    Any registered app can forge a thousand parcels.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        self._timer = Timer(hass)
        self._repeats: dict[tuple[str, str], int] = {}

    def warn(self, order: StandingOrder, reason: str) -> None:
        """Log a reason, or count it if it was logged within an hour."""
        repeats = self._repeats.get((order.id, reason))
        self._repeats[order.id, reason] = 0 if repeats is None else repeats + 1
        if repeats is None:
            _LOGGER.warning("A standing order issues nothing: %s", reason)
        if not self._timer.runs:
            self._timer.start(_COUNT_EVERY, self.log_repeats)

    def log_repeats(self) -> None:
        """Log how often each reason came again, and start over."""
        self._timer.stop()
        repeats, self._repeats = self._repeats, {}
        for (_, reason), count in repeats.items():
            if count:
                _LOGGER.warning(
                    "A standing order issues nothing, %s more times: %s", count, reason
                )


class StandingOrders:
    """The standing orders in effect, and what their sources report.

    If the ledger can't be read or written, LedgerUnavailable is raised, and nothing has
    changed.
    """

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        directory: Directory,
        rulebook: Rulebook,
        grants: Grants,
        local_grants: LocalGrants,
    ) -> None:
        self._host = host
        self._ledger = ledger
        self._directory = directory
        self._rulebook = rulebook
        self._grants = grants
        self._local_grants = local_grants
        self._orders: dict[str, StandingOrder] = {}
        self._stops = ExitStack()
        self._is_started = False
        self.waiting: dict[tuple[str, str | None], Parcel] = {}
        self._is_working = False
        self.former: StandingOrders | None = None
        """The orders of the building whose place this one takes, until it has started."""
        self._warnings = _Warnings(host.hass)
        self._last: dict[Source, Parcel] = {}
        """What sensors reported last: most report it again and again."""
        rulebook.closed.add(self._forget_unit)

    async def load(self) -> None:
        """Read the orders, and end grants whose order has ended."""
        orders = await self._ledger.read(load_orders)
        self._orders = {order.id: order for order in orders}
        await self._call_off_orphans(Author())

    def start(self) -> None:
        """Begin to listen to the orders' sources, in place of the former building."""
        self._is_started = True
        if self.former is not None:
            self.waiting |= self.former.waiting
        self._listen()
        self._end_former()
        self._go_on()

    def stop(self) -> None:
        """Stop handling what sources report.

        What waits, and what is reported until then, is for the building that takes this
        one's place. If there is none, it is dropped.
        """
        self._is_started = False
        self._warnings.log_repeats()
        self._end_former()
        if not self._host.is_handing_over:
            self.end()

    def end(self) -> None:
        """Stop listening, and drop what waits."""
        self.waiting.clear()
        self._listen()

    def _end_former(self) -> None:
        former, self.former = self.former, None
        if former is not None:
            former.end()

    def all(self) -> tuple[StandingOrder, ...]:
        return tuple(self._orders.values())

    def find(self, order_id: str) -> StandingOrder | None:
        return self._orders.get(order_id)

    async def put(self, order: StandingOrder, author: Author) -> None:
        """Give an order, or change one; notify the resident unless it only restricts.

        Call this within the rulebook's `turn`.

        Raise TooManyOrders if the resident has enough of them.
        """
        now = dt_util.utcnow()
        earlier = self._orders.get(order.id)
        resident = self._rulebook.residents[order.resident_id]
        theirs = [each for each in self.all() if each.resident_id == resident.id]
        if earlier is None and len(theirs) >= MOST_ORDERS:
            raise TooManyOrders

        def write(transaction: Transaction) -> None:
            put_order(transaction, order, resident.unit, author, now)
            if earlier is None or not order.restricts(earlier):
                fan_out = self._rulebook.fan_out(transaction, now)
                fan_out.loosening(resident, [Loosening.ORDERS], author)

        await self._ledger.write(write)
        self._orders[order.id] = order
        self._listen()

    async def withdraw(self, order: StandingOrder, author: Author) -> None:
        """Withdraw an order and call off its open grants.

        Call this within the rulebook's `turn`.

        Raise LedgerUnavailable if it can't be written. What is left open of its grants
        then ends with the next start.
        """
        now = dt_util.utcnow()
        await self._ledger.write(
            lambda transaction: end_orders(
                transaction, "withdrawn", now, author, order_id=order.id
            )
        )
        self._forget(order)
        await self._call_off_orphans(author)

    def _forget_unit(self, _grants: object, unit: str) -> None:
        """Follow a withdrawn consent: the unit's orders have ended."""
        residents = self._rulebook.residents
        for order in self.all():
            if residents[order.resident_id].unit == unit:
                self._forget(order)

    def _forget(self, order: StandingOrder) -> None:
        self._orders.pop(order.id, None)
        self._listen()

    async def _call_off_orphans(self, author: Author) -> None:
        for grant in self._grants.ordered():
            assert grant.issuer is not None
            if grant.issuer.id not in self._orders:
                await self._grants.call_off(grant.key, author)

    def _listen(self) -> None:
        """Listen to what the orders name, and to nothing without orders."""
        self._stops.close()
        self._last.clear()
        if not self._is_started:
            return
        hass, sources = self._host.hass, {each.source for each in self.all()}
        if any(source.kind is SourceKind.DEVICE for source in sources):
            for kind in EVENTS:
                stop = hass.bus.async_listen(kind, self._on_event, self._is_source)
                self._stops.callback(stop)
        for source in sources:
            if source.kind is SourceKind.SENSOR:
                sensor = FollowedEntity(hass, source.reference)
                report = partial(self._on_report, source)
                self._stops.callback(sensor.listen(report))
                report(sensor.state)

    @callback
    def _is_source(self, data: Mapping[str, Any]) -> bool:
        device_id = data.get("device_id")
        return any(
            order.source == Source(SourceKind.DEVICE, device_id)
            for order in self._orders.values()
            if isinstance(device_id, str)
        )

    @callback
    def _on_event(self, event: Event[Any]) -> None:
        parcel = read_event(str(event.event_type), event.data, self._host.zone)
        if parcel is not None:
            self._take(Source(SourceKind.DEVICE, event.data["device_id"]), parcel)

    def _on_report(
        self, source: Source, state: State | None, _context: Context | None = None
    ) -> None:
        parcel = read_sensor(state, self._host.zone)
        if parcel is not None and parcel != self._last.get(source):
            self._last[source] = parcel
            self._take(source, parcel)

    def _take(self, source: Source, parcel: Parcel) -> None:
        """Let the newest report of a parcel wait for its turn."""
        for order in self.all():
            key = (order.id, parcel.barcode)
            has_place = key in self.waiting or len(self.waiting) < _MOST_WAITING
            if order.source == source and has_place:
                self.waiting[key] = parcel
        self._go_on()

    def _go_on(self) -> None:
        if self._is_started and self.waiting and not self._is_working:
            self._is_working = True
            self._host.spawn(self._work(), "courier_access standing orders")

    async def _work(self) -> None:
        """Handle what waits, one after the other: what is issued counts for the next."""
        try:
            while self._is_started and self.waiting:
                key = next(iter(self.waiting))
                parcel, order = self.waiting.pop(key), self.find(key[0])
                if order is None:
                    continue
                try:
                    await self._handle(order, parcel)
                except LedgerUnavailable as err:
                    _LOGGER.error("A standing order issues nothing: %s", err)
                except (NotIssued, OrderRefused) as err:
                    self._warnings.warn(order, str(err))
        finally:
            self._is_working = False

    async def _handle(self, order: StandingOrder, parcel: Parcel) -> None:
        now = dt_util.utcnow()
        issued = await self._ledger.read(
            lambda conn: grants_for_parcel(conn, order.id, parcel.barcode)
        )
        current = next((grant for grant in issued if not grant.is_over(now)), None)
        if parcel.comes_no_more:
            if current is not None and current.entries_left:
                await self._grants.call_off(current.key, Author())
        elif (terms := self._terms(order)) is None:
            return
        elif current is not None:
            await self._revise(terms, parcel, current, now)
        elif parcel.comes:
            await self._issue(terms, parcel, issued, now)

    def _terms(self, order: StandingOrder) -> _Terms | None:
        resident = self._rulebook.residents.get(order.resident_id)
        courier = self._directory.couriers.get(order.courier_id)
        door = self._directory.doors.get(order.door_id)
        if (
            order.is_paused
            or resident is None
            or courier is None
            or door is None
            or not resident.is_confirmed
            or self._rulebook.in_effect(resident).consent is not Consent.GIVEN
            or not courier.enabled
            or door.id not in courier.door_ids
        ):
            return None
        return _Terms(order, resident, courier, door)

    async def _issue(
        self, terms: _Terms, parcel: Parcel, issued: list[Grant], now: datetime
    ) -> None:
        window = self._window(terms, parcel, now)
        if window is None or self._is_done(parcel, issued, window):
            return
        today = now.astimezone(self._host.zone).date()
        await self._local_grants.issue(
            terms.courier,
            terms.door,
            terms.delivery(parcel, window),
            Ordered(terms.order, today),
        )

    async def _revise(
        self, terms: _Terms, parcel: Parcel, current: Grant, now: datetime
    ) -> None:
        if (
            UnitPart.VETOED in current.units.values()
            or not current.entries_left
            or current.revision > MOST_REVISIONS
        ):
            return
        window = self._window(terms, parcel, min(now, current.starts_at))
        if window is None or window.end <= now:
            await self._grants.call_off(current.key, Author())
        elif window != Interval(current.starts_at, current.ends_at):
            await self._local_grants.issue(
                terms.courier,
                terms.door,
                terms.delivery(parcel, window),
                issuer_under(terms.order),
                current,
            )

    def _window(
        self, terms: _Terms, parcel: Parcel, since: datetime
    ) -> Interval | None:
        hours = self._rulebook.of(terms.resident.id).hours
        longest = terms.courier.longest_grant
        return grant_window(parcel, hours, self._host.zone, since, longest)

    def _is_done(self, parcel: Parcel, issued: list[Grant], window: Interval) -> bool:
        """Return whether a parcel had its grant on that day, or was vetoed."""
        zone = self._host.zone
        day = window.start.astimezone(zone).date()
        return any(
            grant.starts_at.astimezone(zone).date() == day
            or (parcel.barcode is not None and UnitPart.VETOED in grant.units.values())
            for grant in issued
        )
