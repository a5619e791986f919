"""Keep residents' rules and consent, and confirm or withdraw by button press."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from copy import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from homeassistant.const import (
    STATE_HOME,
    STATE_NOT_HOME,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.util import dt as dt_util

from ..access.model import (
    PAUSE_LASTS,
    REFUSALS,
    Attitude,
    Consent,
    Courier,
    EntityState,
    GrantKey,
    Loosening,
    Pause,
    Resident,
    Rules,
    is_first_yes,
)
from ..access.policy import Facts
from ..const import CONF_TIME_ZONE
from ..home_assistant.callbacks import FollowedEntity, Listeners, state_of
from ..home_assistant.host import Host
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.outbox.status import NotificationContext, find_by_token
from ..ledger.queue import AUTHORS, FOUND_AT, Button, NotificationKind
from ..ledger.state.consent_texts import ConsentText, note_shown
from ..ledger.state.grants import end_codes, end_orders
from ..ledger.state.residents import (
    SINCE_SEQ,
    Author,
    ErasureWish,
    confirm_resident,
    days_of_home,
    end_pauses,
    enroll_residents,
    load_erasure_wishes,
    put_erasure_wish,
    put_note,
    put_pause,
    put_rules,
)
from .directory import Accounts, Directory, is_user_of, may_log_in
from .fleet_visits import FleetVisits
from .membership import bring_up_to_date, close_units

LONGEST_PAUSE: Final = timedelta(days=366)


class Pauses:
    """Hold the pauses of one building, in memory as in the ledger.

    A change is committed with its record and notifications before it takes effect, but
    for a later end because the clock was set.
    """

    def __init__(
        self,
        ledger: Ledger,
        fan_out: Callable[[Transaction, datetime], FanOutWriter],
        changed: Callable[[], None],
    ) -> None:
        self._ledger = ledger
        self._fan_out = fan_out
        self._changed = changed
        self.all: Sequence[Pause] = ()
        """All pauses, including some that have ended."""

    def until(self, unit: str | None = None) -> datetime | None:
        """Return when the last pause of the building, or of a unit, ends; None without one."""
        now = dt_util.utcnow()
        return max(
            (each.until for each in self.all if each.unit == unit and each.until > now),
            default=None,
        )

    def over(self, unit: str) -> list[Pause]:
        """Return the current pauses that cover a unit."""
        now = dt_util.utcnow()
        return [pause for pause in self.all if pause.covers(unit, now)]

    async def pause(
        self,
        by: Author,
        by_units: Sequence[str] = (),
        until: datetime | None = None,
        *,
        unit: str | None = None,
    ) -> None:
        """Pause the building or one unit, and notify its residents (promise 4).

        It lasts 24 hours by default. If others resume, the building's pause stays for
        each of `by_units`, the units of the resident who paused.
        """
        now = dt_util.utcnow()
        ends = until or now + PAUSE_LASTS
        whose = (by_units or (None,)) if unit is None else (unit,)

        def write(transaction: Transaction) -> list[Pause]:
            made = [
                put_pause(
                    transaction, now, ends, unit=unit, by_unit=each, by=by.decided_by
                )
                for each in whose
            ]
            self._fan_out(transaction, now).pause(unit, made, by)
            return made

        made = await self._ledger.write(write)
        # Another change may have taken effect meanwhile.
        self.all = [*self.all, *made]
        self._changed()

    def clock_set(self, step: timedelta) -> Sequence[Pause]:
        """Return the current pauses with the ends that they get from a clock that was set.

        A later end takes effect at once: before anything is decided by the new time. An
        earlier one waits for `move`, after the ends are written.
        """
        before = dt_util.utcnow() - step
        moved = [
            each.moved(step)
            for each in self.all
            if each.until > before and each.has_default_length
        ]
        if step > timedelta():
            self.move(moved)
        return moved

    def move(self, moved: Sequence[Pause]) -> None:
        """Give pauses their new ends."""
        ends = {each.id: each for each in moved}
        self.all = [ends.get(each.id, each) for each in self.all]
        self._changed()

    async def resume(
        self, by: Author, units: Sequence[str] = (), *, unit: str | None = None
    ) -> None:
        """End a unit's own pauses, or those of the building and of the caller's `units`.

        Notify the residents. If others resume, the pause of the building that a resident
        started stays for that resident's own unit (promise 4).
        """
        of = (None, *units) if unit is None else (unit,)
        now = dt_util.utcnow()
        ended = [pause for pause in self.all if pause.until > now and pause.unit in of]

        def write(transaction: Transaction) -> list[Pause]:
            end_pauses(transaction, ended, now, by=by.decided_by)
            remaining = [
                put_pause(
                    transaction,
                    now,
                    pause.until,
                    unit=pause.by_unit,
                    by_unit=pause.by_unit,
                    by=by.decided_by,
                )
                for pause in ended
                if pause.by_unit not in (None, *of)
            ]
            fan_out = self._fan_out(transaction, now)
            for changed in dict.fromkeys(each.unit for each in (*ended, *remaining)):
                fan_out.pause(changed)
            return remaining

        remaining = await self._ledger.write(write)
        left = (pause for pause in self.all if pause not in ended)
        self.all = [*left, *remaining]
        self._changed()


_SWITCHES: Final = MappingProxyType(
    {STATE_ON: EntityState.ON, STATE_OFF: EntityState.OFF}
)
_UNDECIDED: Final = Rules()
_PRESENCES: Final = ("person", "device_tracker")

LINKABLE: Final = frozenset(
    {
        "binary_sensor",
        "calendar",
        "group",
        "input_boolean",
        "schedule",
        "switch",
        *_PRESENCES,
    }
)
"""Domains of entities that are on or off, or home or away."""


def states_of(
    hass: HomeAssistant, references: Iterable[str]
) -> Mapping[str, EntityState]:
    """Return each entity's state; UNKNOWN refuses couriers (promise 8)."""
    return {reference: _state(hass, reference) for reference in references}


class LinkedEntities:
    """Calls a listener when the state of a followed entity changes."""

    def __init__(self, hass: HomeAssistant, listener: Callable[[], None]) -> None:
        self._hass = hass
        self._listener = listener
        self._states: Mapping[str, EntityState] = {}
        self._stops = ExitStack()

    def follow(self, references: Iterable[str]) -> None:
        """Follow these entities in place of the previous ones."""
        before, self._states = self._states, states_of(self._hass, references)
        if self._states.keys() == before.keys():
            return
        self._stops.close()
        for reference in self._states:
            entity = FollowedEntity(self._hass, reference)
            self._stops.callback(entity.listen(self._reported))

    def stop(self) -> None:
        """Follow none anymore."""
        self._stops.close()
        self._states = {}

    def _reported(self, _state: State | None, _context: Context) -> None:
        states = states_of(self._hass, self._states)
        if states != self._states:
            self._states = states
            self._listener()


def _state(hass: HomeAssistant, reference: str) -> EntityState:
    state = state_of(hass, reference)
    if state is None or state.domain not in LINKABLE:
        return EntityState.UNKNOWN
    is_presence = state.domain in _PRESENCES or (
        state.domain == "group" and state.state in (STATE_HOME, STATE_NOT_HOME)
    )
    if not is_presence:
        return _SWITCHES.get(state.state, EntityState.UNKNOWN)
    if state.state in (STATE_UNKNOWN, STATE_UNAVAILABLE, ""):
        return EntityState.UNKNOWN
    return EntityState.ON if state.state == STATE_HOME else EntityState.OFF


def next_digest(minute: int, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next instant after `now` at that minute of the day in the zone.

    A repeated hour is used once; a skipped one moves by as much as the clock skips.
    """
    today = now.astimezone(zone).date()
    wall_clock = time(minute // 60, minute % 60)
    days = (today + timedelta(days=number) for number in range(3))
    instants = (
        datetime.combine(day, wall_clock, tzinfo=zone).astimezone(UTC) for day in days
    )
    return next(instant for instant in instants if instant > now)


class Rulebook:
    """Hold the rules and pauses of a building's residents.

    A change is committed with its record and notifications before it takes effect. The
    rules of pending residents are never in effect.
    """

    def __init__(
        self, host: Host, ledger: Ledger, directory: Directory, accounts: Accounts
    ) -> None:
        self._host = host
        self._ledger = ledger
        self._directory = directory
        self._accounts = accounts
        self._rules: dict[str, Rules] = {}
        self._by_unit: dict[str, tuple[Rules, ...]] = {}
        self._living_in: dict[str, list[Resident]] = {}
        self._linked: tuple[str, ...] = ()
        self.listeners = Listeners[[]]()
        self.pauses = Pauses(ledger, self.fan_out, self.listeners.call)
        self.fleet_visits = FleetVisits(ledger, self.fan_out, self.listeners.call)
        self.closed = Listeners[Sequence[GrantKey], str]()
        """Called with a unit and its former grants when it doesn't accept anymore."""
        self.refused = Listeners[str]()
        """Called with a resident whose own passes and address code ended with a no."""
        self.residents = directory.residents
        self._since: Mapping[str, datetime] = {}
        self._labels: Mapping[str, str] = {}
        self._altered: Mapping[str, datetime] = {}
        self.removed_couriers: Mapping[str, str] = {}
        """The names of removed couriers that residents' rules name."""
        self.notes: dict[str, str] = {}
        """What drivers read once they were let in for a home, by unit."""
        self.erasure_wishes: Mapping[str, ErasureWish] = {}
        """After how many days residents want details of visits erased."""
        self.unshown: set[str] = set()
        """Who consented before texts were kept, and wasn't shown the present one."""
        self.set_revision = 0
        self.most_in_a_unit = 0
        """How many residents are enrolled in the unit with the most."""
        self.turn = asyncio.Lock()
        """Held from reading rules until their change is committed."""
        accounts.listeners.add(lambda _users: self._changed())

    async def load(
        self, paper_consents: Mapping[str, tuple[Author, Rules]], paused_at: datetime
    ) -> None:
        """Update the ledger to the directory's residents, and read their rules.

        Pauses that weren't over at `paused_at` are read: a clock that was set moves them.
        """
        directory = self._directory
        work = partial(
            bring_up_to_date,
            directory=directory,
            paper_consents=paper_consents,
            zone_name=self._host.entry.options.get(CONF_TIME_ZONE),
            default_zone=self._host.zone.key,
            active=self._accounts.active,
            now=dt_util.utcnow(),
            paused_at=paused_at,
        )
        loaded = await self._ledger.write(work)
        self.set_revision = loaded.set_revision
        self._host.zone = loaded.zone
        self.residents = dict(loaded.residents)
        directory.set_logins(self.residents)
        self._rules = dict(loaded.rules)
        self.pauses.all = loaded.pauses
        self._since = loaded.since
        self.removed_couriers = loaded.removed_couriers
        self.notes = dict(loaded.notes)
        self.erasure_wishes = loaded.erasure_wishes
        self.fleet_visits.stored = loaded.visits
        self._altered = loaded.altered
        self.unshown = set(loaded.unshown)
        self._changed()

    def of(self, resident_id: str) -> Rules:
        return self._rules.get(resident_id, _UNDECIDED)

    def removed_and_denied(self, rules: Rules) -> Mapping[str, str]:
        return {
            courier_id: name
            for courier_id, name in self.removed_couriers.items()
            if rules.couriers.get(courier_id) is Attitude.DENY
        }

    def in_effect(self, resident: Resident) -> Rules:
        """Return a resident's rules, without consent if their account can't be used.

        Such a resident couldn't withdraw it. Their refusals stay in effect.
        """
        rules, user_id = self.of(resident.id), resident.user_id
        can_withdraw = user_id is None or user_id in self._accounts.active
        if can_withdraw or rules.consent is not Consent.GIVEN:
            return rules
        return replace(rules, consent=Consent.NOT_GIVEN)

    def altered_at(self, resident_id: str) -> datetime | None:
        """Return when a change of the log by hand was found that ended their consent.

        It is None once the resident has decided again.
        """
        is_undecided = self.of(resident_id).consent is Consent.NOT_GIVEN
        return self._altered.get(resident_id) if is_undecided else None

    def invitation(self, resident_id: str) -> Mapping[str, str]:
        """Return the details of an invitation to consent again."""
        at = self.altered_at(resident_id)
        return {} if at is None else {FOUND_AT: at.isoformat()}

    def consenting_unit(self, resident_id: str) -> str | None:
        """Return the unit of a confirmed resident who consents, or None."""
        resident = self.residents.get(resident_id)
        if resident is None or not resident.is_confirmed:
            return None
        consents = self.in_effect(resident).consent is Consent.GIVEN
        return resident.unit if consents else None

    def keeps_orders(self, resident: Resident) -> bool:
        """Return whether a resident's consent, on which their orders rest, hasn't ended."""
        return self.of(resident.id).consent is Consent.GIVEN and all(
            rules.consent is not Consent.WITHDRAWN
            for rules in self.of_unit(resident.unit)
        )

    def since(self, resident_id: str) -> datetime | None:
        """Return since when a resident is enrolled as the same person."""
        return self._since.get(resident_id)

    @property
    def undecided(self) -> Mapping[str, datetime]:
        """Return confirmed residents without a decision, with the time asked."""
        return {
            each.id: self._since[each.id]
            for each in self.residents.values()
            if each.is_confirmed and self.of(each.id).consent is Consent.NOT_GIVEN
        }

    @property
    def consents(self) -> int:
        return sum(self.of(each).consent is Consent.GIVEN for each in self.residents)

    @property
    def has_consent(self) -> bool:
        return any(self.consenting_unit(each) is not None for each in self.residents)

    def enrolled(self, units: Mapping[str, str]) -> Mapping[str, str]:
        """Return the enrolled labels of units; others stay as written."""
        return {
            unit: self._labels.get(unit, written) for unit, written in units.items()
        }

    def residents_of(self, unit: str) -> Sequence[Resident]:
        return self._living_in.get(unit, ())

    def of_unit(self, unit: str) -> tuple[Rules, ...]:
        return self._by_unit.get(unit, ())

    def facts(self, courier: Courier) -> Facts:
        return Facts(
            courier,
            self._directory.doors,
            self._by_unit,
            self.pauses.all,
            self._host.zone,
            self._directory.building_hours,
            states_of(self._host.hass, self._linked),
        )

    def digests(self, now: datetime) -> Mapping[str, datetime]:
        """Return when each resident with a digest gets the next one."""
        zone = self._host.zone
        return {
            resident_id: next_digest(rules.digest_at, now, zone)
            for resident_id, rules in self._rules.items()
            if rules.digest_at is not None
        }

    async def change(
        self,
        resident: Resident,
        new: Rules,
        author: Author,
        text: ConsentText | None = None,
    ) -> Rules:
        """Store a resident's new rules; return them with their revision.

        A new consent is given to a `text`. Rules equal to the old ones are no change. The unit is removed from open grants
        at once if it doesn't accept couriers anymore (promise 1). A refusal notifies
        the unit and the administrator, and the resident is notified of anything
        loosened (promise 4).
        """
        now, resident = dt_util.utcnow(), self.residents[resident.id]
        old = self.of(resident.id)
        if replace(new, revision=old.revision) == old:
            return old
        new = replace(new, revision=old.revision + 1)
        refuses = new.consent in REFUSALS and new.consent is not old.consent
        loosened = new.loosened(old)
        closes = self.closes(resident, new.consent)
        closed = [resident.unit] if closes else []
        opted_out = [resident.id] if new.consent is Consent.OPTED_OUT else []

        def write(transaction: Transaction) -> list[GrantKey]:
            removed = close_units(transaction, closed, self.residents, now)
            end_orders(transaction, "consent", now, residents=opted_out)
            put_rules(transaction, resident, new, author, now, text=text)
            if refuses:
                end_codes(transaction.conn, resident.id)
            fan_out = self.fan_out(transaction, now)
            if loosened:
                is_first = is_first_yes(new, old)
                fan_out.loosening(resident, loosened, author, is_first=is_first)
            if resident.is_confirmed and refuses:
                is_lifting = old.consent is Consent.WITHDRAWN
                fan_out.refusal(resident, new.consent, is_lifting=is_lifting)
            return removed

        removed = await self._ledger.write(write)
        self._rules[resident.id] = new
        if Loosening.CONSENT in loosened or refuses:
            self.unshown.discard(resident.id)
        if refuses:
            self.refused.call(resident.id)
        if closes:
            self.closed.call(removed, resident.unit)
        self._changed()
        return new

    async def note_text_read(self, resident: Resident, at: datetime) -> None:
        """Note that a resident read the text that is newer than their consent."""
        await self._ledger.write(
            lambda transaction: note_shown(transaction.conn, resident.id, at)
        )
        self.unshown.discard(resident.id)
        self.listeners.call()

    async def set_note(self, resident: Resident, note: str, author: Author) -> None:
        """Set what drivers read for a resident's home, and notify the others there.

        Call this within a `turn`. An empty note removes it.
        """
        unit, now = resident.unit, dt_util.utcnow()
        if note == self.notes.get(unit, ""):
            return

        def write(transaction: Transaction) -> None:
            put_note(transaction, resident, note, now, by=author.decided_by)
            kind = NotificationKind.NOTE_CHANGED
            self.fan_out(transaction, now).unit_about(kind, resident)

        await self._ledger.write(write)
        self.notes[unit] = note
        self.listeners.call()

    def erased_after(self, resident_id: str) -> int:
        """Return after how many days the details of visits to a resident's home are erased.

        Of several wishes in a home, the shortest counts; without one, the building's.
        """
        resident = self.residents.get(resident_id)
        is_pending = resident is None or not resident.is_confirmed
        unit = None if is_pending else self.residents[resident_id].unit
        return self._erased_after(self.erasure_wishes, unit)

    def _erased_after(self, wishes: Mapping[str, ErasureWish], unit: str | None) -> int:
        return days_of_home(wishes, unit) or self._directory.retention_days

    async def choose_erasure(
        self, resident: Resident, days: int | None, author: Author
    ) -> None:
        """Set after how many days a resident wants details of visits to their home erased.

        Call this within a `turn`. None leaves it to the building. The whole home is
        notified of a change: what is erased earlier is gone as evidence, and what is
        erased later can be read for longer.
        """
        own = self.erasure_wishes.get(resident.id)
        if days == (None if own is None else own.days):
            return
        now, before = dt_util.utcnow(), self.erased_after(resident.id)

        def write(transaction: Transaction) -> Mapping[str, ErasureWish]:
            put_erasure_wish(transaction, resident, days, now, by=author.decided_by)
            wishes = load_erasure_wishes(transaction.conn)
            self.fan_out(transaction, now).erasure(
                resident.unit,
                resident.id,
                before,
                self._erased_after(wishes, resident.unit),
            )
            return wishes

        self.erasure_wishes = await self._ledger.write(write)
        self.listeners.call()

    def closes(self, resident: Resident, consent: Consent) -> bool:
        """Return whether a confirmed resident's decision leaves the unit without consent."""
        others = (each for each in self.residents_of(resident.unit) if each != resident)
        consents = {consent, *(self.of(each.id).consent for each in others)}
        is_refused = Consent.WITHDRAWN in consents or Consent.GIVEN not in consents
        return resident.is_confirmed and consent in REFUSALS and is_refused

    async def invite_again(self) -> None:
        """Invite undecided residents to consent again."""
        now = dt_util.utcnow()
        undecided = self.undecided

        def write(transaction: Transaction) -> None:
            fan_out = self.fan_out(transaction, now)
            for resident_id in undecided:
                details = self.invitation(resident_id)
                kind = NotificationKind.CONSENT_INVITED
                fan_out.notify(kind, details, about=resident_id)

        await self._ledger.write(write)

    async def confirm(
        self, resident: Resident, by: Author, since_seq: int | None = None
    ) -> None:
        """Confirm a pending resident; their earlier decisions take effect now.

        Call this within a `turn`. With `since_seq`, confirm only the resident who came
        with that record. All confirmed residents of the unit are notified, even the one
        who confirmed: a script that they started may have done it.
        """
        now = dt_util.utcnow()
        residents = {
            **self.residents,
            resident.id: replace(self.residents[resident.id], is_confirmed=True),
        }
        consent = self.of(resident.id).consent
        has_withdrawn = consent is Consent.WITHDRAWN
        closed = [resident.unit] if has_withdrawn else []
        confirmer = next(
            each
            for each in self.residents.values()
            if (each.unit, each.user_id) == (resident.unit, by.user_id)
        )

        def write(transaction: Transaction) -> tuple[int, list[GrantKey]] | None:
            if not confirm_resident(
                transaction, resident, now, by=by.decided_by, since_seq=since_seq
            ):
                return None
            removed = close_units(transaction, closed, residents, now)
            revision = enroll_residents(transaction, list(residents.values()), now)
            fan_out = FanOutWriter(transaction, revision, now, residents)
            fan_out.unit_about(
                NotificationKind.RESIDENT_CONFIRMED,
                resident,
                {"by": "login", "confirmed_by": confirmer.name, AUTHORS: confirmer.id},
            )
            if consent in REFUSALS:
                fan_out.refusal(resident, consent)
            return revision, removed

        if (confirmed := await self._ledger.write(write)) is None:
            return
        self.set_revision, removed = confirmed
        self.residents[resident.id] = residents[resident.id]
        if has_withdrawn:
            self.closed.call(removed, resident.unit)
        self._changed()

    def fan_out(self, transaction: Transaction, now: datetime) -> FanOutWriter:
        return FanOutWriter(transaction, self.set_revision, now, self.residents)

    def _changed(self) -> None:
        enrolled = Counter(each.unit for each in self.residents.values())
        self.most_in_a_unit = max(enrolled.values(), default=0)
        self._labels = {
            each.unit: each.unit_label for each in reversed(self.residents.values())
        }
        living_in: dict[str, list[Resident]] = {}
        for resident in self.residents.values():
            if resident.is_confirmed:
                living_in.setdefault(resident.unit, []).append(resident)
        self._living_in = living_in
        self._by_unit = by_unit = {
            unit: tuple(map(self.in_effect, residents))
            for unit, residents in living_in.items()
        }
        self._linked = tuple(
            dict.fromkeys(
                reference
                for rules in by_unit.values()
                for each in rules
                for reference in each.linked
            )
        )
        self.listeners.call()


class RulesButtons:
    """Confirm residents and restrict rules by the buttons of notifications.

    A token works only for the resident who got the notification, and only while they are
    who they were then.
    """

    def __init__(self, hass: HomeAssistant, ledger: Ledger, rulebook: Rulebook) -> None:
        self._hass = hass
        self._ledger = ledger
        self._rulebook = rulebook

    async def confirm(self, token: str, user_id: str) -> None:
        """Confirm the pending resident that the notification names, while both live there."""
        if not await may_log_in(self._hass, user_id):
            return
        acted = await self._ledger.read(lambda conn: find_by_token(conn, token))
        if acted is None or acted.kind is not NotificationKind.RESIDENT_ADDED:
            return
        reader = self._rulebook.residents.get(acted.resident_id)
        pending = self._rulebook.residents.get(acted.details["resident_id"])
        if reader is None or pending is None or not reader.is_confirmed:
            return
        if not is_user_of(self._hass, user_id, reader):
            return
        if not acted.unit == reader.unit == pending.unit:
            return
        since_seq = int(acted.details[SINCE_SEQ])
        async with self._rulebook.turn:
            await self._rulebook.confirm(pending, Author(user_id=user_id), since_seq)

    async def withdraw(self, token: str, user_id: str) -> None:
        """Withdraw the reader's consent, by a notification that offers it."""

        def withdrawn(acted: NotificationContext, rules: Rules) -> Rules:
            if Button.WITHDRAW not in acted.kind.traits.buttons:
                return rules
            return replace(rules, consent=Consent.WITHDRAWN)

        await self._restrict(token, user_id, withdrawn)

    async def object(self, token: str, user_id: str) -> None:
        """Object to sending visits to the fleet, by a notification that offers it."""
        if (pressed := await self._pressed(token, user_id)) is None:
            return
        acted, resident = pressed
        if not resident.is_confirmed or Button.OBJECT not in acted.kind.traits.buttons:
            return
        async with self._rulebook.turn:
            visits = self._rulebook.fleet_visits
            await visits.choose(resident, Author(user_id=user_id), objects=True)

    async def choose(self, attitude: Attitude, token: str, user_id: str) -> None:
        """Set the reader's attitude to a new courier if that only restricts."""

        def chosen(acted: NotificationContext, rules: Rules) -> Rules:
            if acted.kind is not NotificationKind.COURIER_ADMITTED:
                return rules
            # Notifications from earlier versions don't name it, and have no such button.
            courier_id = acted.details.get("courier_id", "")
            new = replace(rules, couriers={**rules.couriers, courier_id: attitude})
            return new if new.restricts(rules) else rules

        await self._restrict(token, user_id, chosen)

    async def _restrict(
        self,
        token: str,
        user_id: str,
        change: Callable[[NotificationContext, Rules], Rules],
    ) -> None:
        if (pressed := await self._pressed(token, user_id)) is None:
            return
        acted, resident = pressed
        async with self._rulebook.turn:
            new = change(acted, self._rulebook.of(resident.id))
            await self._rulebook.change(resident, new, Author(user_id=user_id))

    async def _pressed(
        self, token: str, user_id: str
    ) -> tuple[NotificationContext, Resident] | None:
        """Return a notification with its reader, if it's the user who pressed its button."""
        acted = await self._ledger.read(lambda conn: find_by_token(conn, token))
        if acted is None or not acted.is_present:
            return None
        resident = self._rulebook.residents.get(acted.resident_id)
        if resident is None or resident.user_id != user_id:
            return None
        return acted, resident
