"""Announce the parcels that feeds list, under residents' standing orders.

What the sources list now is compared with the grants that stand, and grants are issued,
revised, or called off. Nothing waits in between: whatever can't be done now, the next
look does. A feed never opens a door, and a grant that strangers could have caused needs
a resident's yes, a pass, or a signed message.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from copy import replace
from datetime import date, datetime, timedelta
from itertools import takewhile
import logging
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from homeassistant.core import CoreState
from homeassistant.util import dt as dt_util

from ..access.hours import Interval
from ..access.model import (
    Attitude,
    Consent,
    Courier,
    Decision,
    Door,
    Grant,
    GrantState,
    Loosening,
    Resident,
)
from ..access.names import couriers_by_carrier
from ..access.parcels import (
    LONGEST_WINDOW,
    MOST_DAYS,
    MOST_VISITS,
    Parcel,
    Progress,
    day_end,
    day_of,
    day_start,
    fits_into,
    is_refused,
    may_come_back,
    moved_window,
    wanted,
    window,
)
from ..access.policy import decide_grant
from ..access.standing_orders import Fate, Prospect, StandingOrder
from ..home_assistant.callbacks import FollowedEntity, Timer
from ..home_assistant.clock import ClockWatch
from ..home_assistant.host import Host
from ..ledger.ledger import Ledger, LedgerUnavailable, Transaction
from ..ledger.queue import NotificationKind
from ..ledger.state.entries import last_uses
from ..ledger.state.grants import (
    FULL_TODAY,
    LimitReached,
    OrderRefused,
    end_orders,
    full_orders,
    grants_by_orders,
    keep_listed,
    load_orders,
    put_order,
)
from ..ledger.state.residents import Author
from ..residents.directory import Directory
from ..residents.rulebook import Rulebook
from .by_residents import Delivery, LocalGrants, NotIssued
from .grants import Grants
from .issue import Ordered, issuer_under
from .left_out import LeftOut, Parcels
from .parcel_sources import Absences, Reader, SourceReport, list_of

MOST_ORDERS: Final = 10
"""How many standing orders a resident can have."""

MOST_REVISIONS: Final = 10
"""From this revision on, a grant isn't opened again after it was called off.

The first is revision 1, so a parcel that comes and goes is announced ten times a day.
"""

MOST_IN_A_ROW: Final = 20
"""How many looks reports cause in a row; then they wait for the next regular look."""

_LOOK_EVERY: Final = timedelta(minutes=4)

_LOGGER = logging.getLogger(__name__)


class TooManyOrders(Exception):
    """The resident has as many standing orders as they can have."""


class _Listed(NamedTuple):
    """A parcel that a source of an order lists, and for which courier."""

    order: StandingOrder
    parcel: Parcel
    courier_id: str
    reader: Reader
    is_named: bool
    """Whether a courier has the carrier's name."""

    @property
    def is_forgeable(self) -> bool:
        return self.reader.strangers_write

    @property
    def says_whose(self) -> bool:
        """Whether it says which courier brings the parcel, as a carrier's own list does."""
        return self.is_named or not self.is_forgeable

    def is_forgeable_for(self, courier_id: str) -> bool:
        """Return whether strangers could have caused a courier's grant for the parcel.

        A list that names another courier doesn't speak for it.
        """
        return self.is_forgeable or self.courier_id != courier_id

    def courier_after(self, earlier: Grant | None) -> str:
        """Return for which courier it is announced: a grant of today keeps its courier."""
        return self.courier_id if earlier is None else earlier.key.courier_id


class _Terms(NamedTuple):
    """An order that may issue something now, with what it issues for."""

    order: StandingOrder
    resident: Resident
    courier: Courier
    door: Door


type _Place = tuple[str, str | None]
"""A unit, and the number of a parcel to it, or None for what is only counted."""


class _Look(NamedTuple):
    """What one look knows: its time, what sources report and list, and what was issued."""

    now: datetime
    zone: ZoneInfo
    reports: Mapping[str, SourceReport]
    listed: Mapping[_Place, Sequence[_Listed]]
    issued: defaultdict[_Place, list[Grant]]

    @property
    def today(self) -> date:
        return day_of(self.now, self.zone)

    def has_read(self, order: StandingOrder) -> bool:
        """Return whether it has read the sources of an order.

        It hasn't if the order was given or changed meanwhile; the next look follows at
        once.
        """
        return self.reports.keys() >= {*order.sources}

    def of_today(self, order: StandingOrder, place: _Place) -> Grant | None:
        """Return the newest grant there that an order issued for today."""
        issued = (
            grant
            for grant in reversed(self.issued[place])
            if grant.issuer == issuer_under(order)
            and day_of(grant.starts_at, self.zone) == self.today
        )
        return next(issued, None)

    def may_come(self, coming: Iterable[_Listed], place: _Place) -> bool:
        """Return whether what comes may be announced today, by its earlier grants."""
        # An email names a parcel again on later days, whether or not it came.
        is_again = all(each.reader.lists_again for each in coming)
        most_days = 1 if is_again else MOST_DAYS
        return may_come_back(self.issued[place], self.today, self.zone, most_days)


class StandingOrders:
    """The standing orders in effect, and what their sources list."""

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        directory: Directory,
        rulebook: Rulebook,
        grants: Grants,
        local_grants: LocalGrants,
        clock_watch: ClockWatch,
    ) -> None:
        self._host = host
        self._ledger = ledger
        self._directory = directory
        self._rulebook = rulebook
        self._grants = grants
        self._local_grants = local_grants
        self._clock_watch = clock_watch
        self._orders: dict[str, StandingOrder] = {}
        self._stops = ExitStack()
        self._timer = Timer(host.hass)
        self._is_started = False
        self._is_due = False
        self._is_working = False
        self._is_unavailable = False
        """Whether an error of the ledger was logged since something was issued."""
        self._in_a_row = 0
        """How many looks reports have caused since the last one for another reason."""
        self._spent: set[str] = set()
        """The orders that issue nothing more in this look."""
        self._full: dict[str, Parcels] = {}
        """What orders that have issued enough today leave out, in this look."""
        self._closed: dict[str, Parcels] = {}
        """What orders leave out whose resident's hours are closed today, in this look."""
        self._refused: dict[str, str] = {}
        """Why an order issues nothing, as it was logged last."""
        self._has_failed = False
        """Whether a part of this look failed."""
        self._had_failed = False
        """Whether a part of the last look failed, which was logged."""
        self._kept_on: date | None = None
        self._kept = frozenset[str]()
        """The parcels in the last look, whose grants were kept on that day."""
        self._out_on: dict[_Place, date] = {}
        """When parcels of units were last out; at the start, the day of their grants."""
        self._absences = Absences()
        self.left_out = LeftOut(host, ledger, rulebook, self.find, self.look)
        rulebook.listeners.add(self._follow_consents)
        rulebook.listeners.add(self.look)
        clock_watch.changes.add(self.look)

    async def load(self) -> None:
        """Read the orders, and end grants whose order has ended."""
        since = dt_util.utcnow() - LONGEST_WINDOW
        orders, grants = await self._ledger.read(
            lambda conn: (load_orders(conn), grants_by_orders(conn, (), since))
        )
        self._orders = {order.id: order for order in orders}
        self._out_on = {
            (unit, grant.delivery.parcel_ref): day_of(grant.starts_at, self._host.zone)
            for grant in grants
            for unit in grant.units
            if grant.delivery.parcel_ref is not None
        }
        await self._call_off_orphans(Author())

    def start(self) -> None:
        """Begin to follow the orders' sources."""
        self._is_started = True
        self._listen()

    def stop(self) -> None:
        """Stop following sources. May be called again."""
        self._is_started = False
        self._listen()

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

    def _follow_consents(self) -> None:
        """Follow consents that ended: the orders that rest on them have ended."""
        residents = self._rulebook.residents
        ended = [
            order
            for order in self.all()
            if not self._rulebook.keeps_orders(residents[order.resident_id])
        ]
        for order in ended:
            self._forget(order)
        if ended:
            self._host.spawn(
                self._call_off_orphans(Author()), "courier_access ended consent"
            )

    def _forget(self, order: StandingOrder) -> None:
        self._orders.pop(order.id, None)
        self._listen()

    async def _call_off_orphans(self, author: Author) -> None:
        for grant in self._grants.ordered():
            assert grant.issuer is not None
            if grant.issuer.id not in self._orders:
                # Another order may announce the same parcel.
                await self._grants.call_off(grant.key, author, GrantState.CALLED_OFF)

    def _listen(self) -> None:
        """Follow what the orders name, and nothing without orders."""
        self._stops.close()
        self._timer.stop()
        if not self._is_started:
            return
        for reference in self._sources():
            source = FollowedEntity(self._host.hass, reference)
            self._stops.callback(source.listen(lambda _state, _context: self._hear()))
        self.look()

    def _sources(self) -> list[str]:
        sources = (reference for each in self.all() for reference in each.sources)
        return list(dict.fromkeys(sources))

    def look(self) -> None:
        """Compare what the sources list with what stands, now and whenever it may differ."""
        self._in_a_row = 0
        self._begin()

    def _hear(self) -> None:
        """Look after a report, of which there can be any number."""
        is_coming = self._is_working and self._is_due
        if not is_coming and self._in_a_row < MOST_IN_A_ROW:
            self._in_a_row += 1
            self._begin()

    def _begin(self) -> None:
        self._is_due = True
        if self._is_started and self._orders and not self._is_working:
            self._is_working = True
            self._host.spawn(self._work(), "courier_access standing orders")

    async def _work(self) -> None:
        """Look as long as something changed meanwhile, one look at a time."""
        try:
            while self._is_started and self._is_due:
                self._is_due = False
                try:
                    await self._look()
                except LedgerUnavailable as err:
                    if not self._is_unavailable:
                        _LOGGER.error(
                            "An automatic announcement issues nothing: %s", err
                        )
                    self._is_unavailable = True
        finally:
            self._is_working = False
            if self._is_started and self._orders:
                now = dt_util.utcnow()
                midnight = day_end(now, self._host.zone)
                self._timer.start_at(min(now + _LOOK_EVERY, midnight), self.look)

    async def _look(self) -> None:
        if not self._clock_watch.is_trusted:
            return
        self._spent.clear()
        self._closed.clear()
        self._has_failed = False
        await self._adopt()
        now = dt_util.utcnow()
        reports = self._reports(now)
        self._absences.note(reports)
        look = await self._knowing(reports, now)
        await self._keep(look)
        full = await self._ledger.read(lambda conn: full_orders(conn, look.today))
        self._full = {order_id: {} for order_id in full}
        for place in takewhile(self._goes_on, [*look.issued]):
            if place[1] is not None and place not in look.listed:
                with self._apart():
                    await self._miss(place, look)
        for place in takewhile(self._goes_on, look.listed):
            with self._apart():
                await self._compare(place, look)
        await self._count_all(look)
        limit, closed = NotificationKind.LIMIT_REACHED, NotificationKind.DAY_CLOSED
        await self.left_out.notify(
            [
                (kind, order, left_out.get(order.id, {}))
                for order in takewhile(self._goes_on, self.all())
                for kind, left_out in ((limit, self._full), (closed, self._closed))
            ]
        )
        self._had_failed = self._has_failed

    def _goes_on(self, _part: object) -> bool:
        """Return whether a look does a part: not if the building stops meanwhile."""
        return self._is_started

    @contextmanager
    def _apart(self) -> Iterator[None]:
        """Let a part of a look that fails stop no other part; log it once."""
        try:
            yield
        except LedgerUnavailable:
            raise
        except Exception:
            if not self._had_failed:
                _LOGGER.exception("An automatic announcement failed")
            self._had_failed = self._has_failed = True

    def _reports(self, now: datetime) -> dict[str, SourceReport]:
        return {
            reference: SourceReport.read(self._host, reference, now)
            for reference in self._sources()
        }

    async def _knowing(
        self, reports: Mapping[str, SourceReport], now: datetime
    ) -> _Look:
        listed = self._listed(reports)
        barcodes = list({barcode for _, barcode in listed if barcode is not None})
        since = min(day_start(now, self._host.zone), now - LONGEST_WINDOW)
        grants = await self._ledger.read(
            lambda conn: grants_by_orders(conn, barcodes, since)
        )
        issued = defaultdict[_Place, list[Grant]](list)
        for grant in grants:
            for unit in grant.units:
                issued[unit, grant.delivery.parcel_ref].append(grant)
        return _Look(now, self._host.zone, reports, listed, issued)

    async def prospects(self, orders: Collection[StandingOrder]) -> list[Prospect]:
        """Return what becomes of what the sources of these orders list now."""
        now = dt_util.utcnow()
        look = await self._knowing(self._reports(now), now)
        found: list[Prospect] = []
        for place, theirs in look.listed.items():
            if own := [each for each in theirs if each.order in orders]:
                found.append(self._prospect(place, own, look))
        for order in orders:
            unit = self._rulebook.residents[order.resident_id].unit
            read = (look.reports[each] for each in order.sources)
            counting = [report for report in read if report.visits]
            if counting:
                # One order of a home announces what a source counts.
                sharing = [
                    each
                    for each in (order, *self.all())
                    if not {*each.sources}.isdisjoint(order.sources)
                ]
                found_today = (look.of_today(each, (unit, None)) for each in sharing)
                grant = next((each for each in found_today if each is not None), None)
                courier_id = order.courier_id
                fate = self._fate(order, courier_id, None, grant, now)
                is_forgeable = any(each.strangers_write for each in counting)
                found.append(
                    Prospect(order, fate, None, courier_id, grant, is_forgeable)
                )
        return found

    def _prospect(self, place: _Place, own: Sequence[_Listed], look: _Look) -> Prospect:
        listed = look.listed[place]
        grant, coming = self._judge(place, look)
        kept_out = self._kept_out(coming, grant, place, look)
        mine = next((each for each in coming if each in own), None)
        shown = mine or own[0]
        order, parcel = shown.order, shown.parcel
        courier_id = shown.courier_after(grant or look.of_today(order, place))
        if any(each.parcel.is_for_pickup for each in listed):
            fate = Fate.FOR_PICKUP
        elif any(each.parcel.progress is Progress.OVER for each in listed):
            fate = Fate.OVER
        elif grant is None and mine is None:
            fate = Fate.NOT_TODAY
        elif grant is None and not look.may_come(coming, place):
            fate = Fate.NOT_AGAIN
        elif grant is None and mine in kept_out:
            fate = Fate.UNAVAILABLE
        else:
            fate = self._fate(order, courier_id, parcel, grant, look.now)
        is_forgeable = all(
            each.is_forgeable_for(courier_id) for each in coming or listed
        )
        return Prospect(
            order,
            fate,
            parcel.barcode,
            courier_id,
            grant,
            is_forgeable,
            unregistered=None if shown.is_named else parcel.carrier,
        )

    def _fate(
        self,
        order: StandingOrder,
        courier_id: str,
        parcel: Parcel | None,
        grant: Grant | None,
        now: datetime,
    ) -> Fate:
        """Return what becomes of what comes, by its grant or why it has none."""
        if grant is not None and is_refused([grant]):
            return Fate.NOT_AGAIN
        if grant is not None and not grant.is_over(now):
            if not grant.entries_left:
                return Fate.NOT_AGAIN
            return Fate.ANNOUNCED if grant.accepted_units else Fate.NOT_ACCEPTED
        if order.is_paused:
            return Fate.PAUSED
        if (terms := self._terms(order, courier_id)) is None:
            return Fate.UNAVAILABLE
        if self._window(terms, parcel, now) is None:
            return Fate.HOURS_CLOSED
        barcode = None if parcel is None else parcel.barcode
        is_full = barcode in self._full.get(order.id, ())
        return Fate.LIMIT_REACHED if is_full else Fate.NOT_ANNOUNCED

    def _listed(
        self, reports: Mapping[str, SourceReport]
    ) -> dict[_Place, list[_Listed]]:
        """Return what is listed by unit and number, over all orders of the unit.

        The courier that a list names counts even if it is disabled or doesn't come to the
        door: its parcels don't come in as another one's.
        """
        meant = couriers_by_carrier(self._directory.couriers.values())
        found: dict[_Place, list[_Listed]] = {}
        for order in self.all():
            unit = self._rulebook.residents[order.resident_id].unit
            for reference in order.sources:
                report = reports[reference]
                if report.listing is None or report.is_silent:
                    continue
                reader = report.reader
                assert reader is not None
                for parcel in report.listing.parcels:
                    named = meant(parcel.carrier or "")
                    courier_id = order.courier_id if named is None else named.id
                    is_named = named is not None
                    listed = _Listed(order, parcel, courier_id, reader, is_named)
                    found.setdefault((unit, parcel.barcode), []).append(listed)
        return found

    async def _keep(self, look: _Look) -> None:
        """Remember the grants of listed parcels for one more day, once a day.

        A list that was silent may name more of them later on.
        """
        if self._kept_on != look.today:
            self._kept_on, self._kept = look.today, frozenset()
            yesterday = look.today - timedelta(days=1)
            self._out_on = {
                key: on
                for key, on in self._out_on.items()
                if key in look.listed or on >= yesterday
            }
        barcodes = frozenset(each for _, each in look.listed if each is not None)
        if new := [*barcodes - self._kept]:
            await self._ledger.write(
                lambda transaction: keep_listed(transaction, new, look.now)
            )
        self._kept = barcodes

    async def _miss(self, place: _Place, look: _Look) -> None:
        for grant in look.issued[place]:
            assert grant.issuer is not None
            order = self._orders.get(grant.issuer.id)
            if grant.is_over(look.now) or order is None or not look.has_read(order):
                self._absences.forget(grant)
                continue
            reports = [look.reports[each] for each in order.sources]
            if self._absences.is_gone(grant, reports):
                await self._grants.call_off_unlisted(grant.key)

    async def _compare(self, place: _Place, look: _Look) -> None:
        """Issue, revise, or call off the grant of one parcel."""
        for each in look.issued[place]:
            self._absences.forget(each)
        standing, coming = self._judge(place, look)
        if any(each.parcel.progress is Progress.OUT for each in coming):
            self._out_on[place] = look.today
        kept_out = self._kept_out(coming, standing, place, look)
        coming = [each for each in coming if each not in kept_out]
        if standing is None:
            await self._announce(coming, place, look)
            return
        if coming:
            await self._revise(coming, standing, look.now)
        else:
            await self._grants.call_off_unlisted(standing.key)

    def _judge(self, place: _Place, look: _Look) -> tuple[Grant | None, list[_Listed]]:
        """Return a parcel's open grant, and what says that it comes today."""
        now, listed = look.now, look.listed[place]
        issued = look.issued[place]
        standing = next((each for each in issued if self._stands(each, now)), None)
        ends = any(
            each.parcel.is_for_pickup or each.parcel.progress is Progress.OVER
            for each in listed
        )
        # Without a list that can say so, nothing shows that an attempt has failed.
        is_said = any(each.reader.tells_out_for_delivery for each in listed)
        out_on = self._out_on.get(place) if is_said else None
        is_announced = standing is not None
        coming = [
            each
            for each in listed
            if not ends
            and wanted(each.parcel, now, look.zone, out_on, is_announced=is_announced)
        ]
        # Strangers can list a parcel, but not take from what somebody else lists.
        coming.sort(key=lambda each: each.is_forgeable)
        return standing, coming

    def _kept_out(
        self, coming: list[_Listed], standing: Grant | None, place: _Place, look: _Look
    ) -> list[_Listed]:
        """Return what isn't announced: another list says that a denied courier brings it.

        The same applies to a disabled courier. A parcel that was announced before is
        called off. A list that strangers write says nothing about a carrier's own.
        """
        rules = self._rulebook.of_unit(place[0])
        closing = [
            each
            for each in coming
            if each.says_whose
            and (courier := self._directory.couriers.get(each.courier_id)) is not None
            and (
                not courier.enabled
                or any(own.attitude(courier.id) is Attitude.DENY for own in rules)
            )
        ]
        return [
            each
            for each in coming
            if any(
                one.courier_id
                != each.courier_after(standing or look.of_today(each.order, place))
                and one.is_forgeable <= each.is_forgeable
                for one in closing
            )
        ]

    def _stands(self, grant: Grant, now: datetime) -> bool:
        """Return whether a grant is open, and not left over from a withdrawn consent."""
        assert grant.issuer is not None
        has_order = grant.issuer.id in self._orders
        return not grant.is_over(now) and (has_order or bool(grant.accepted_units))

    async def _revise(
        self, coming: Sequence[_Listed], standing: Grant, now: datetime
    ) -> None:
        """Follow another time; let the order that issued a grant revise it."""
        assert standing.issuer is not None
        own = [each for each in coming if each.order.id == standing.issuer.id]
        courier_id = standing.key.courier_id
        terms = self._terms(own[0].order, courier_id) if own else None
        if terms is None or standing.uses or is_refused([standing]):
            return
        new = self._window(terms, own[0].parcel, now)
        if new is None:
            return
        new = moved_window(standing, new, self._host.zone)
        is_forgeable = standing.is_forgeable and all(
            each.is_forgeable_for(courier_id) for each in own
        )
        if (
            not fits_into(new, standing)
            or is_forgeable != standing.is_forgeable
            or self._is_accepted_by_now(terms, standing, now)
        ):
            await self._issue(terms, own[0].parcel.barcode, new, is_forgeable, standing)

    def _is_accepted_by_now(self, terms: _Terms, grant: Grant, now: datetime) -> bool:
        again = replace(grant, revision=grant.revision + 1)
        facts = self._rulebook.facts(terms.courier)
        verdict = decide_grant(again, grant, facts, now)
        return not grant.accepted_units and verdict.decision is Decision.ACCEPTED

    async def _announce(
        self, coming: Sequence[_Listed], place: _Place, look: _Look
    ) -> None:
        if not look.may_come(coming, place):
            return
        now = look.now
        for listed in coming:
            order, parcel = listed.order, listed.parcel
            earlier = look.of_today(order, place)
            courier_id = listed.courier_after(earlier)
            terms = self._terms(order, courier_id)
            new = None if terms is None else self._window(terms, parcel, now)
            if terms is None:
                continue
            if new is None:
                self._note_closed(terms, parcel.barcode, now)
                continue
            if earlier is not None:
                new = moved_window(earlier, new, self._host.zone)
                if new.end <= now or earlier.revision >= MOST_REVISIONS:
                    continue
            is_forgeable = listed.is_forgeable_for(courier_id)
            if await self._issue(terms, parcel.barcode, new, is_forgeable, earlier):
                for each in coming:
                    for left_out in (self._full, self._closed):
                        left_out.get(each.order.id, {}).pop(parcel.barcode, None)
                return

    async def _count_all(self, look: _Look) -> None:
        """Let the first order of a unit that can announce what a source counts do so.

        It goes on doing so that day, even if a resident vetoes it.
        """
        orders: list[tuple[StandingOrder, str, Grant | None]] = []
        for order in self.all():
            if look.has_read(order):
                unit = self._rulebook.residents[order.resident_id].unit
                orders.append((order, unit, look.of_today(order, (unit, None))))
        orders.sort(key=lambda each: each[-1] is None)
        counted: set[tuple[str, str]] = set()
        for order, unit, earlier in takewhile(self._goes_on, orders):
            own = {each for each in order.sources if (unit, each) not in counted}
            has_counted = earlier is not None
            with self._apart():
                read = [look.reports[each] for each in own]
                has_counted |= await self._count(order, earlier, read, look.now)
            if has_counted:
                counted |= {(unit, each) for each in own}

    async def _count(
        self,
        order: StandingOrder,
        earlier: Grant | None,
        reports: Iterable[SourceReport],
        now: datetime,
    ) -> bool:
        """Let a driver in for each delivery that a source only counts, up to the limit.

        The entries of a day never become fewer, since a count falls with each delivery.
        Return whether this issued or revised a grant.
        """
        counting = [report for report in reports if report.visits]
        if counting and earlier is not None:
            last_use = await self._last_use(earlier, now)
            counting = [each for each in counting if each.is_after(last_use)]
        visits = sum(each.visits for each in counting)
        terms = self._terms(order, order.courier_id)
        if not visits or terms is None or (earlier and is_refused([earlier])):
            return False
        had = 0 if earlier is None else earlier.max_entries
        used = 0 if earlier is None else earlier.uses
        most = max(had, min(MOST_VISITS, order.most_per_day, used + visits))
        new = self._window(terms, None, now)
        if new is None and earlier is None:
            self._note_closed(terms, None, now)
        if new is None or (earlier is not None and most == had):
            return False
        is_forgeable = any(each.strangers_write for each in counting) or (
            earlier is not None and earlier.is_forgeable
        )
        return await self._issue(terms, None, new, is_forgeable, earlier, most)

    async def _last_use(self, grant: Grant, now: datetime) -> datetime | None:
        since = day_start(now, self._host.zone)
        uses = await self._ledger.read(lambda conn: last_uses(conn, since))
        return uses.get(grant.key)

    def _terms(self, order: StandingOrder, courier_id: str) -> _Terms | None:
        resident = self._rulebook.residents.get(order.resident_id)
        courier = self._directory.couriers.get(courier_id)
        door = self._directory.doors.get(order.door_id)
        if (
            order.is_paused
            or order.id in self._spent
            or self.find(order.id) != order
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

    def _window(
        self, terms: _Terms, parcel: Parcel | None, now: datetime
    ) -> Interval | None:
        hours = self._rulebook.of(terms.resident.id).hours
        return window(parcel, hours, self._host.zone, now)

    def _note_closed(self, terms: _Terms, barcode: str | None, now: datetime) -> None:
        """Note what is left out because its resident's hours are closed all day."""
        hours = self._rulebook.of(terms.resident.id).hours
        if hours.with_open_day(day_of(now, self._host.zone)) != hours:
            left_out = self._closed.setdefault(terms.order.id, {})
            left_out[barcode] = terms.courier.name

    async def _issue(
        self,
        terms: _Terms,
        barcode: str | None,
        new: Interval,
        is_forgeable: bool,
        earlier: Grant | None,
        max_entries: int = 1,
    ) -> bool:
        """Issue or revise a grant; return whether that was done, and log why it wasn't."""
        now = dt_util.utcnow()
        if earlier is None and (left_out := self._full.get(terms.order.id)) is not None:
            left_out[barcode] = terms.courier.name
            self._log_once(terms.order, FULL_TODAY)
            return False
        if earlier is not None and fits_into(new, earlier):
            # Residents read the same as before, so they aren't notified again.
            new = Interval(earlier.starts_at, earlier.ends_at)
        delivery = Delivery(
            (terms.resident.unit_label,), new.start, new.end, max_entries, barcode
        )
        issuer = replace(issuer_under(terms.order), is_forgeable=is_forgeable)
        today = day_of(now, self._host.zone)
        origin = Ordered(terms.order, issuer, today, is_new=earlier is None)
        try:
            await self._local_grants.issue(
                terms.courier, terms.door, delivery, origin, earlier
            )
        except (NotIssued, OrderRefused) as err:
            if isinstance(err, LimitReached):
                # What it has issued already can still be revised.
                self._full[terms.order.id] = {barcode: terms.courier.name}
            else:
                self._spent.add(terms.order.id)
            self._log_once(terms.order, str(err))
            return False
        self._refused.pop(terms.order.id, None)
        self._is_unavailable = False
        return True

    def _log_once(self, order: StandingOrder, why: str) -> None:
        if self._refused.get(order.id) != why:
            self._refused[order.id] = why
            _LOGGER.warning("An automatic announcement issues nothing: %s", why)

    async def _adopt(self) -> None:
        """Let lists take the place of what orders named in an earlier version.

        A resident whose account has no list, or several, is asked to choose a source,
        once.
        """
        if self._host.hass.state is not CoreState.running:
            return
        for order in self.all():
            if order.account is not None:
                with self._apart():
                    async with self._rulebook.turn:
                        await self._adopt_lists(order, order.account)

    async def _adopt_lists(self, order: StandingOrder, account: str) -> None:
        now = dt_util.utcnow()
        sources = list_of(self._host.hass, account)
        if sources is None or self.find(order.id) != order:
            return
        resident = self._rulebook.residents[order.resident_id]
        changed = order.changed(sources=sources)

        def write(transaction: Transaction) -> None:
            put_order(transaction, changed, resident.unit, Author(), now)
            if not changed.sources:
                fan_out = self._rulebook.fan_out(transaction, now)
                fan_out.notify(NotificationKind.SOURCE_NEEDED, about=resident.id)

        await self._ledger.write(write)
        self._orders[order.id] = changed
        self._listen()
