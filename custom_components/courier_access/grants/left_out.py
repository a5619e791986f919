"""Parcels that standing orders leave out, and what their residents say to that.

A resident is notified once a day, order, and reason. Without a press of theirs, nothing changes.
"""

from collections.abc import Awaitable, Callable, Sequence
from copy import replace
from datetime import date

from homeassistant.util import dt as dt_util

from ..access.model import Loosening, Resident
from ..access.parcels import day_of
from ..access.standing_orders import StandingOrder
from ..home_assistant.host import Host
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.status import NotificationContext, find_by_token, use_up_token
from ..ledger.queue import COUNT, NotificationKind, was_notified_of_day
from ..ledger.state.grants import let_in_more, note_left_out
from ..ledger.state.residents import Author
from ..residents.directory import is_user_of, may_log_in
from ..residents.rulebook import Rulebook

type Parcels = dict[str | None, str]
"""The names of parcels' couriers by number; deliveries without one count as one."""

type _LeftOut = tuple[NotificationKind, StandingOrder, Parcels]
"""What an order leaves out, and why."""


class LeftOut:
    """Notify residents of what their orders leave out, and handle the buttons.

    `find` returns an order in effect.
    """

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        rulebook: Rulebook,
        find: Callable[[str], StandingOrder | None],
        changed: Callable[[], None],
    ) -> None:
        self._host = host
        self._ledger = ledger
        self._rulebook = rulebook
        self._find = find
        self._changed = changed
        self._notified: dict[tuple[NotificationKind, str], date] = {}
        """The last day of which a resident was notified, by reason and order."""
        self._of_homes: dict[date, set[tuple[str, str]]] = {}
        """What homes' residents were notified of on the last day, by what it is known."""

    async def notify(
        self,
        left_out: Sequence[_LeftOut],
    ) -> None:
        """Notify residents of the parcels that their orders leave out.

        What several orders of a home leave out counts
        for the first of them that can still notify its resident that day. Deliveries
        without a number are the same if the orders' sources are.
        """
        day = day_of(dt_util.utcnow(), self._host.zone)
        if day not in self._of_homes:
            self._of_homes = {day: await self._notified_before(left_out, day)}
        for kind, order, parcels in left_out:
            if self._notified.get((kind, order.id)) == day:
                continue
            couriers: list[str] = []
            counted = self._of_homes[day].copy()
            for barcode, courier in parcels.items():
                new = self._known_by(order, barcode) - counted
                if new:
                    couriers.append(courier)
                counted |= new
            if couriers and await self._notify(kind, order, couriers, day):
                self._of_homes[day] = counted

    async def _notified_before(
        self, left_out: Sequence[_LeftOut], day: date
    ) -> set[tuple[str, str]]:
        """Return what homes' residents were notified of on that day before a restart.

        That is what those orders leave out whose residents were notified.
        """
        notified = await self._ledger.read(
            lambda conn: [
                each
                for each in left_out
                if was_notified_of_day(conn, each[0], each[1].id, day)
            ]
        )
        self._notified |= {(kind, order.id): day for kind, order, _ in notified}
        return {
            known
            for _, order, parcels in notified
            for barcode in parcels
            for known in self._known_by(order, barcode)
        }

    def _known_by(
        self, order: StandingOrder, barcode: str | None
    ) -> set[tuple[str, str]]:
        unit = self._rulebook.residents[order.resident_id].unit
        return {
            (unit, each) for each in (order.sources if barcode is None else (barcode,))
        }

    async def _notify(
        self,
        kind: NotificationKind,
        order: StandingOrder,
        couriers: Sequence[str],
        day: date,
    ) -> bool:
        """Notify the resident of what an order leaves out; return whether that was done.

        `couriers` has the name of the courier of each parcel.
        """
        now = dt_util.utcnow()
        details = {
            "order": order.id,
            "day": day.isoformat(),
            "courier": ", ".join(sorted({*couriers})),
            "most": str(order.most_per_day),
            COUNT: str(len(couriers)),
        }
        async with self._rulebook.turn:
            if self._find(order.id) != order:
                return False
            resident = self._rulebook.residents[order.resident_id]

            def write(transaction: Transaction) -> None:
                note_left_out(transaction, order, resident.unit, kind, now)
                fan_out = self._rulebook.fan_out(transaction, now)
                fan_out.notify(kind, details, about=resident.id)

            await self._ledger.write(write)
        self._notified[kind, order.id] = day
        return True

    async def let_in(self, token: str, user_id: str) -> None:
        """Let an order announce what its notification counts, too, on that day."""

        async def let_in(
            acted: NotificationContext, resident: Resident, day: date
        ) -> None:
            order_id, count = acted.details["order"], int(acted.details[COUNT])
            now, author = dt_util.utcnow(), Author(user_id=user_id)

            def write(transaction: Transaction) -> None:
                if use_up_token(transaction.conn, token) and let_in_more(
                    transaction, order_id, resident, count, day, author, now
                ):
                    fan_out = self._rulebook.fan_out(transaction, now)
                    fan_out.loosening(resident, [Loosening.ORDERS], author)

            await self._ledger.write(write)

        if await self._act(NotificationKind.LIMIT_REACHED, token, user_id, let_in):
            self._changed()

    async def open_day(self, token: str, user_id: str) -> None:
        """Open the presser's hours on the day of a notification, as that day usually is."""

        async def open_day(
            _acted: NotificationContext, resident: Resident, day: date
        ) -> None:
            rules = self._rulebook.of(resident.id)
            new = replace(rules, exceptions=rules.hours.with_open_day(day).exceptions)
            await self._rulebook.change(resident, new, Author(user_id=user_id))
            await self._ledger.write(
                lambda transaction: use_up_token(transaction.conn, token)
            )

        await self._act(NotificationKind.DAY_CLOSED, token, user_id, open_day)

    async def _act(
        self,
        kind: NotificationKind,
        token: str,
        user_id: str,
        act: Callable[[NotificationContext, Resident, date], Awaitable[None]],
    ) -> bool:
        """Act by a button's notification while its token acts; return whether it does.

        A token works once, only on its day and for the resident who got the notification,
        and only while they are who they were then.
        """
        if not await may_log_in(self._host.hass, user_id):
            return False
        acted = await self._ledger.read(lambda conn: find_by_token(conn, token))
        if acted is None or acted.kind is not kind or not acted.is_present:
            return False
        async with self._rulebook.turn:
            resident = self._rulebook.residents.get(acted.resident_id)
            today = day_of(dt_util.utcnow(), self._host.zone)
            if (
                resident is None
                or not is_user_of(self._host.hass, user_id, resident)
                or acted.details.get("day") != today.isoformat()
            ):
                return False
            await act(acted, resident, today)
        return True
