"""Deliver the outbox: every resident is notified of every entry (promise 2)."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from copy import replace
from datetime import datetime, timedelta
from functools import partial
import logging
from sqlite3 import Connection
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from homeassistant.core import Context, CoreState, Event, HomeAssistant, callback
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..access.model import Attitude, Consent, GrantKey
from ..const import DOMAIN
from ..home_assistant.callbacks import Listeners, Timer
from ..home_assistant.host import Host
from ..home_assistant.issues import Fix, IssueKind
from ..ledger.ledger import Ledger, LedgerUnavailable, Transaction
from ..ledger.outbox.due import (
    MAX_SENDS_PER_RESIDENT,
    Notification,
    abandon_notifications,
    due,
    hasten_notifications,
    next_due,
    note_attempt,
    note_delivered,
    readdress,
    supersede,
)
from ..ledger.outbox.expand import (
    TAG_PREFIX,
    combine_waiting,
    expand_fanouts,
    send_waiting,
)
from ..ledger.outbox.status import count_pending, unreachable_residents
from ..ledger.queue import OWNER, TEXT, NotificationKind
from ..residents.directory import Addressee, Directory
from ..residents.personal_links import Links
from ..residents.rulebook import Rulebook
from .targets import (
    BOARD,
    Route,
    RouteKind,
    Text,
    all_routes,
    clear,
    may_confirm,
    routes,
    send,
)
from .text import (
    NOBODY,
    Words,
    actions,
    announced_by_name,
    link_into_panel,
    words,
    write,
)

_LOGGER = logging.getLogger(__name__)

EVENT_RECEIVED: Final = "mobile_app_notification_received"
"""Fired by an app for a push with `confirmation`, repeating its tag."""

CONFIRM_WITHIN: Final = timedelta(minutes=2)
GIVE_UP_AFTER: Final = timedelta(hours=24)
RETRY_DELAYS: Final = tuple(
    timedelta(seconds=seconds) for seconds in (10, 30, 60, 120, 300, 600, 1800, 3600)
)
"""Delays after failed attempts; the last one repeats."""

LEDGER_RETRY_DELAY: Final = timedelta(seconds=30)
STOP_WITHIN: Final = 5.0


MAX_SENDS: Final = 16
"""The number of places for sends.

They are few, so that many notifications overwhelm neither Home Assistant nor a service.
`MAX_SENDS_PER_RESIDENT` limits the sends to each resident, with or without a place.
"""

PLACE_SECONDS: Final = 1.0
"""Seconds a send keeps its place; a hanging one goes on without a place."""


class _Note(NamedTuple):
    """A result to store; its notification isn't sent again before that."""

    write: Callable[[Connection], object]
    about: int | None = None


class _Turn(NamedTuple):
    """What to send now, and when to look again."""

    due: Sequence[Notification]
    is_more: bool
    next_at: datetime | None
    unreachable: Mapping[str, datetime]
    pending: int


class Dispatcher:
    """Send a building's notifications.

    Their status is in the ledger. Each turn stores the results of the last sends and
    reads what is due. After a crash in between, a notification is sent again under the
    same tag, so a phone shows it once.
    """

    pending = 0
    """The number of notifications that no target had accepted at the last turn."""
    unreachable: Mapping[str, datetime] = MappingProxyType({})
    """Residents that no target reached at the last turn, and since when."""

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        directory: Directory,
        rulebook: Rulebook,
        links: Links,
    ) -> None:
        self._host = host
        self._hass = host.hass
        self._ledger = ledger
        self._directory = directory
        self._rulebook = rulebook
        self._links = links
        self._former_by_tag: dict[str, tuple[Addressee, datetime]] = {}
        self._notes: list[_Note] = []
        self._sends: dict[int, tuple[str, asyncio.Task[None]]] = {}
        """The residents and tasks of running sends, by notification ID."""
        self._with_place: set[int] = set()
        self._worker: asyncio.Task[None] | None = None
        self._writing: asyncio.Task[_Turn] | None = None
        self._is_wanted = False
        self._is_started = False
        self._is_ledger_away = False
        self._stops = ExitStack()
        self._timer = Timer(host.hass)
        self.listeners = Listeners[[]]()
        """Called when `pending` or `unreachable` changes."""
        ledger.on_pending = self.wake

    async def async_start(self) -> None:
        """Retry at once, and again when Home Assistant has started.

        Notify services may load late, and delays grow with each start without them.
        """
        self.pending = await self._ledger.read(count_pending)
        self._is_started = True
        self._stops.callback(
            self._hass.bus.async_listen(
                EVENT_RECEIVED, self._on_receipt, event_filter=_is_ours
            )
        )
        self._hasten(self._hass)
        self._stops.callback(async_at_started(self._hass, self._hasten))

    @callback
    def _hasten(self, _hass: HomeAssistant) -> None:
        hasten = partial(hasten_notifications, now=dt_util.utcnow())
        self._note(hasten, is_awaited=True)

    async def async_stop(self) -> None:
        """Send what is due for a few seconds, then stop and store the results."""
        self._timer.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_WITHIN):
                while under_way := self._under_way():
                    await asyncio.wait(under_way)
        self._is_started = False
        self._stops.close()
        self._timer.stop()
        for task in self._under_way():
            task.cancel()
        if self._writing is not None:
            # Results that it can't store are stored below.
            with suppress(LedgerUnavailable):
                await self._writing
        if not self._notes:
            return
        notes, self._notes = self._notes, []
        try:
            await self._ledger.write(partial(_write_down, notes))
        except LedgerUnavailable as err:
            _LOGGER.warning("The last results could not be stored: %s", err)

    def _under_way(self) -> list[asyncio.Task[None]]:
        tasks = [task for _, task in self._sends.values()]
        if self._worker is not None and not self._worker.done():
            tasks.append(self._worker)
        return tasks

    def forget(self, now: datetime) -> None:
        """Forget former targets once their receipts can't arrive anymore."""
        self._former_by_tag = {
            tag: (former, due_at)
            for tag, (former, due_at) in self._former_by_tag.items()
            if now - due_at < 2 * GIVE_UP_AFTER
        }

    def wake(self) -> None:
        """Run a turn soon; call after each commit that enqueues or ends an entry."""
        self._is_wanted = True
        if self._is_started and (self._worker is None or self._worker.done()):
            self._worker = self._hass.async_create_background_task(
                self._work(), f"{DOMAIN} notifications", eager_start=False
            )

    def send_waiting(self, key: GrantKey) -> None:
        """Send what waits of a grant: its entry was admitted or asked about."""
        send_now = partial(send_waiting, key=key, now=dt_util.utcnow())
        self._note(send_now, is_awaited=True)

    def _note(
        self,
        write: Callable[[Connection], object],
        about: int | None = None,
        *,
        is_awaited: bool = False,
    ) -> None:
        """Store it together with the results of the sends that keep their place.

        That takes a second at most, and isn't done if something waits for it.
        """
        self._notes.append(_Note(write, about))
        if is_awaited or not self._with_place:
            self.wake()

    def _is_awaited(self, resident_id: str) -> bool:
        """Return whether something due may wait for a send to this resident to end."""
        to_them = [each for each, _ in self._sends.values() if each == resident_id]
        is_busy = len(to_them) >= MAX_SENDS_PER_RESIDENT
        return is_busy or len(self._with_place) >= MAX_SENDS

    async def _work(self) -> None:
        while self._is_wanted and self._is_started:
            self._is_wanted = False
            addressees = self._directory.addressees
            try:
                turn = await self._turn(addressees)
            except LedgerUnavailable as err:
                if not self._is_ledger_away:
                    _LOGGER.warning("Notifications wait for the ledger: %s", err)
                self._is_ledger_away = True
                self._timer.start_at(dt_util.utcnow() + LEDGER_RETRY_DELAY, self.wake)
                return
            self._is_ledger_away = False
            if self._is_started:
                self._begin(turn, addressees)

    async def _turn(self, addressees: Mapping[str, Addressee]) -> _Turn:
        """Store results and return what to send, except what is under way."""
        notes, self._notes = self._notes, []
        now, limit = dt_util.utcnow(), MAX_SENDS - len(self._with_place)
        digests, readers = self._rulebook.digests(now), frozenset(addressees)
        under_way = frozenset(self._sends)
        busy = Counter(resident_id for resident_id, _ in self._sends.values())

        def work(transaction: Transaction) -> _Turn:
            conn = transaction.conn
            _write_down(notes, transaction)
            noted = {each.about for each in notes if each.about is not None}
            is_more = expand_fanouts(conn, now, digests)
            readdress(conn)
            supersede(conn, under_way)
            abandon_notifications(conn, readers)
            is_more |= combine_waiting(conn, now)
            return _Turn(
                due=due(conn, now, limit, noted | under_way, busy),
                is_more=is_more,
                next_at=next_due(conn, now),
                unreachable=unreachable_residents(conn, now),
                pending=count_pending(conn),
            )

        async def write() -> _Turn:
            try:
                return await self._ledger.write(work)
            except LedgerUnavailable:
                self._notes = [*notes, *self._notes]
                raise

        # Start at once and don't cancel: results must be stored even during a shutdown.
        self._writing = asyncio.Task(write(), eager_start=True)
        await asyncio.wait([self._writing])
        return self._writing.result()

    def _begin(self, turn: _Turn, addressees: Mapping[str, Addressee]) -> None:
        for one in turn.due:
            task = self._hass.async_create_background_task(
                self._deliver(one, addressees),
                f"{DOMAIN} notification",
                eager_start=False,
            )
            self._sends[one.id] = (one.resident_id, task)
            self._with_place.add(one.id)
        if turn.is_more or (turn.due and self._notes):
            # Sends that ended during the turn leave more room than it counted.
            self._is_wanted = True
        before = (self.pending, self.unreachable)
        self.pending, self.unreachable = turn.pending, turn.unreachable
        issues, kind = self._host.issues, IssueKind.RESIDENT_UNREACHABLE
        shown = self.unreachable.keys() & addressees.keys()
        issues.clear_except(kind, shown)
        for resident_id in shown:
            issues.show(kind, resident_id, fix=Fix.RETRY_NOTIFICATIONS)
        if (self.pending, self.unreachable) != before:
            self.listeners.call()
        self._timer.start_at(turn.next_at, self.wake)

    def _free_place(self, notification_id: int) -> None:
        self._with_place.discard(notification_id)
        self.wake()

    async def _deliver(
        self, notification: Notification, addressees: Mapping[str, Addressee]
    ) -> None:
        one = notification.id
        timer = self._hass.loop.call_later(PLACE_SECONDS, self._free_place, one)
        try:
            addressee = self._recipient(notification, addressees)
            note = await self._send(notification, addressee)
        except Exception:
            _LOGGER.exception("A notification could not be sent")
            note = _result(notification, [], _retry_delay(notification))
        finally:
            timer.cancel()
        is_awaited = self._is_awaited(notification.resident_id)
        del self._sends[one]
        self._with_place.discard(one)
        self._note(note, one, is_awaited=is_awaited)

    def _recipient(
        self, notification: Notification, addressees: Mapping[str, Addressee]
    ) -> Addressee | None:
        if notification.resident_id == OWNER:
            return None
        if notification.addressed is None:
            return addressees[notification.resident_id]
        former = Addressee.from_data(notification.resident_id, notification.addressed)
        self._former_by_tag[notification.tag] = (former, notification.due_at)
        return former

    async def _send(
        self, notification: Notification, addressee: Addressee | None
    ) -> Callable[[Connection], object]:
        """Try the targets that don't have the notification yet; return the result."""
        is_to_all = notification.kind.traits.to_all_targets
        find = all_routes if is_to_all else routes
        candidates = [BOARD] if addressee is None else find(self._hass, addressee)
        remaining = [
            route for route in candidates if route.name not in notification.over
        ]
        if notification.over and not remaining:
            return _result(notification, [], None)
        texts = await words(
            self._hass, None if addressee is None else addressee.language
        )
        text = self._write(texts, notification, addressee)
        buttons = actions(texts, notification)
        context = _context(notification)

        async def is_sent_through(route: Route) -> bool:
            return await send(
                self._hass, route, text, notification.tag, buttons, context
            )

        if is_to_all:
            results = await asyncio.gather(
                *(is_sent_through(route) for route in remaining)
            )
            sent = [
                route.name
                for route, was_sent in zip(remaining, results, strict=True)
                if was_sent
            ]
            if not sent or len(sent) < len(remaining):
                return _result(notification, sent, _retry_delay(notification))
            # A phone's action may appear late during startup.
            is_started = self._hass.state is CoreState.running
            return _result(notification, sent, None if is_started else CONFIRM_WITHIN)
        for route in remaining:
            if await is_sent_through(route):
                is_app = route.kind is RouteKind.APP
                await self._clear_earlier(route, notification)
                return _result(
                    notification, [route.name], CONFIRM_WITHIN if is_app else None
                )
        return _result(notification, [], _retry_delay(notification))

    async def _clear_earlier(self, route: Route, notification: Notification) -> None:
        """Clear what a phone shows of the same deliveries, which isn't true anymore.

        What a long message leaves out stays: couriers must not hide a delivery in it.
        """
        for one in announced_by_name(notification):
            if one.earlier is not None and one.earlier.tag is not None:
                await clear(self._hass, route, one.earlier.tag)

    def _denied(self, unit: str) -> frozenset[str]:
        residents = self._rulebook.of_unit(unit)
        return frozenset(
            courier.name
            for courier in self._directory.couriers.values()
            if any(each.attitude(courier.id) is Attitude.DENY for each in residents)
        )

    def _write(
        self, texts: Words, notification: Notification, addressee: Addressee | None
    ) -> Text:
        """Write a notification with a link, unless it goes to former targets."""
        now = dt_util.utcnow()
        building, reader = self._host.title, replace(NOBODY, zone=self._host.zone)
        if addressee is None:
            return write(texts, notification, building, now, reader, on_board=True)
        resident, is_present = addressee.resident, notification.addressed is None
        has_account = resident.user_id is not None
        if is_present:
            rules = self._rulebook.of(resident.id)
            reader = replace(
                reader,
                link=None if has_account else self._links.url_of(resident.id),
                hours=rules.hours if rules.consent is Consent.GIVEN else None,
            )
        if is_present and resident.is_confirmed:
            reader = replace(
                reader,
                denied=self._denied(resident.unit),
                paused_until=self._rulebook.pauses.until(resident.unit),
            )
        reader = replace(
            reader,
            has_account=has_account,
            can_act=has_account or reader.link is not None,
            responsible=self._directory.responsible,
            is_private=addressee.is_private,
        )
        if self._directory.is_one_home:
            notification = replace(notification, unit=None)
        text = write(texts, notification, building, now, reader)
        if not (is_present and has_account):
            return text
        path = link_into_panel(self._host.entry_id, notification.kind.traits.view)
        if (hashed := notification.details.get(TEXT)) is not None:
            path = f"{path}&{TEXT}={hashed}"
        return replace(text, path=path)

    @callback
    def _on_receipt(self, event: Event) -> None:
        """Accept a receipt from the recipient only: any app can fire any event."""
        user_id, tag = event.context.user_id, event.data["tag"]
        if user_id is None:
            return
        residents = [
            resident_id
            for resident_id, addressee in self._directory.addressees.items()
            if may_confirm(self._hass, addressee, user_id)
        ]
        former, _ = self._former_by_tag.get(tag, (None, None))
        if former is not None and may_confirm(self._hass, former, user_id):
            del self._former_by_tag[tag]
            residents.append(former.resident.id)
        if residents:
            now = dt_util.utcnow()
            note = partial(note_delivered, tag=tag, residents=residents, at=now)
            self._note(note)


def _write_down(notes: Sequence[_Note], transaction: Transaction) -> None:
    for note in notes:
        note.write(transaction.conn)


@callback
def _is_ours(event_data: Mapping[str, Any]) -> bool:
    tag = event_data.get("tag")
    return isinstance(tag, str) and tag.startswith(TAG_PREFIX)


def _context(notification: Notification) -> Context | None:
    """Return the context of a single admitted entry; others would expose recipients."""
    entry, is_single = notification.entry, not notification.others
    is_admitted = notification.kind is NotificationKind.ENTRY_ADMITTED
    if entry is None or not (is_admitted and is_single):
        return None
    return Context(id=entry.context_id)


def _retry_delay(notification: Notification) -> timedelta | None:
    """Return the delay after a failed attempt; None to give up."""
    # Also require the attempts: the clock may have been set forward.
    if (
        dt_util.utcnow() - notification.due_at >= GIVE_UP_AFTER
        and notification.attempts >= len(RETRY_DELAYS)
    ):
        return None
    return RETRY_DELAYS[min(notification.attempts, len(RETRY_DELAYS) - 1)]


def _result(
    notification: Notification, over: Sequence[str], delay: timedelta | None
) -> Callable[[Connection], object]:
    now = dt_util.utcnow()
    next_at = None if delay is None else now + delay
    return partial(
        note_attempt,
        notification_id=notification.id,
        over=over,
        at=now,
        next_at=next_at,
    )
