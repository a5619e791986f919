"""What residents have decided, in memory as it is on the disk: rules and consent, with their `pauses`."""

import asyncio
from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..access.model import (
    Consent,
    Courier,
    GrantKey,
    Resident,
    Rules,
    UnitPart,
)
from ..access.policy import Facts
from ..hass.accounts import Accounts
from ..hass.host import Host
from ..hass.listeners import Listeners
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.outbox.status import find_by_token
from ..ledger.queue import WITHDRAWABLE, NotificationKind
from ..ledger.state.grants import remove_unit
from ..ledger.state.residents import confirm_resident
from ..ledger.state.rules import Author, enroll_residents, put_rules
from .directory import Directory
from .linked_entities import states_of
from .membership import Loaded, bring_up_to_date
from .pauses import Pauses
from .recipients import is_user_of, may_log_in


def next_digest(minute: int, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next instant after `now` at which the zone's clock shows that minute of the day.

    An hour that the clock repeats counts the first time; one that it skips counts as much later as it skips.
    """
    today = now.astimezone(zone).date()
    wall_clock = time(minute // 60, minute % 60)
    days = (today + timedelta(days=number) for number in range(3))
    instants = (
        datetime.combine(day, wall_clock, tzinfo=zone).astimezone(UTC) for day in days
    )
    return next(instant for instant in instants if instant > now)


class Rulebook:
    """The residents' rules, and their pauses.

    Each change is on the disk, recorded and owed to be told, before it counts here; from then on the next decision
    goes by it. Residents who don't count in their unit yet have rules that nobody goes by.
    """

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        directory: Directory,
        accounts: Accounts,
    ) -> None:
        """Prepare the rules of the directory's residents; `load` reads them."""
        self._host = host
        self._ledger = ledger
        self._directory = directory
        self._accounts = accounts
        self._rules: dict[str, Rules] = {}
        self._by_unit: dict[str, tuple[Rules, ...]] = {}
        self._linked: tuple[str, ...] = ()
        self._listeners = Listeners[[]]()
        self.pauses = Pauses(ledger, self._teller, self._listeners.tell)
        self._parted = Listeners[Sequence[GrantKey], str, UnitPart]()
        self._residents = directory.residents
        self._since: Mapping[str, datetime] = {}
        self.set_revision = 0
        self.turn = asyncio.Lock()
        """Held from before rules are read to be changed until the change is on the disk."""
        accounts.listen(self._follow_logins)

    @property
    def residents(self) -> Mapping[str, Resident]:
        """The enrolled residents, each with whether they count in their unit."""
        return self._residents

    async def load(self, papers: Mapping[str, tuple[Author, Rules]]) -> None:
        """Bring what was decided up to date with the directory, and read it (see `membership`).

        Raises:
            LedgerUnavailable: it can't be read or written.

        """
        now, residents, directory = dt_util.utcnow(), self._residents, self._directory
        addressed, active = directory.addressed, self._accounts.active
        couriers = {courier.id: courier.name for courier in directory.couriers.values()}

        def work(transaction: Transaction) -> Loaded:
            return bring_up_to_date(
                transaction,
                residents,
                papers,
                addressed,
                directory.unsure,
                active,
                couriers,
                now,
            )

        loaded = await self._ledger.write(work)
        self.set_revision = loaded.set_revision
        self._residents = dict(loaded.residents)
        directory.set_logins(self._residents)
        self._rules = dict(loaded.rules)
        self.pauses.load(loaded.pauses)
        self._since = loaded.since
        self._changed()

    def of(self, resident_id: str) -> Rules:
        """Return a resident's rules; without any, the ones that open nothing."""
        return self._rules.get(resident_id, Rules())

    def in_effect(self, resident: Resident) -> Rules:
        """Return the rules that decisions go by: without the consent of a resident whose login is disabled or deleted.

        Such a resident couldn't withdraw it. What they refuse still binds their unit.
        """
        rules = self.of(resident.id)
        if rules.consent is not Consent.GIVEN or resident.user_id is None:
            return rules
        return (
            rules
            if resident.user_id in self._accounts.active
            else replace(rules, consent=Consent.NOT_GIVEN)
        )

    @callback
    def _follow_logins(self, _users: AbstractSet[str]) -> None:
        self._changed()

    @property
    def undecided(self) -> Mapping[str, datetime]:
        """The residents who count and have neither given consent nor withdrawn it, each with since when they are asked."""
        return {
            each.id: self._since[each.id]
            for each in self._residents.values()
            if each.is_confirmed and self.of(each.id).consent is Consent.NOT_GIVEN
        }

    @property
    def has_consent(self) -> bool:
        """Whether any resident who counts consents."""
        return any(
            each.is_confirmed and self.in_effect(each).consent is Consent.GIVEN
            for each in self._residents.values()
        )

    def enrolled(self, units: Mapping[str, str]) -> Mapping[str, str]:
        """Return these units as their first resident is enrolled; one without residents as it was written."""
        labels = {
            each.unit: each.unit_label for each in reversed(self._residents.values())
        }
        return {unit: labels.get(unit, written) for unit, written in units.items()}

    def of_unit(self, unit: str) -> tuple[Rules, ...]:
        """Return the rules of all residents who count in a unit."""
        return self._by_unit.get(unit, ())

    def facts(self, courier: Courier) -> Facts:
        """Return what a decision about this courier looks at now."""
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
        """Return, by resident, when those who asked for it are next told of other people's deliveries together."""
        zone = self._host.zone
        return {
            resident_id: next_digest(rules.digest_at, now, zone)
            for resident_id, rules in self._rules.items()
            if rules.digest_at is not None
        }

    async def change(self, resident: Resident, new: Rules, author: Author) -> Rules:
        """Write down a resident's new rules and go by them; return them with their revision.

        Rules that say the same as before are no change. A withdrawal ends the unit's part in the grants that are open,
        at once (promise 1), and is told to the unit and to the owner. The resident is notified of whatever is loosened
        (promise 4).

        Raises:
            LedgerUnavailable: it can't be written; the old rules stay.

        """
        now = dt_util.utcnow()
        resident = self._residents[resident.id]
        old = self.of(resident.id)
        new = replace(new, revision=old.revision)
        if new == old:
            return old
        new = replace(new, revision=old.revision + 1)
        withdraws = new.consent is Consent.WITHDRAWN is not old.consent
        loosened = new.loosened(old)

        def write(transaction: Transaction) -> list[GrantKey]:
            parted = (
                remove_unit(transaction, [resident.unit], now, UnitPart.WITHDRAWN)
                if resident.is_confirmed and new.consent is Consent.WITHDRAWN
                else []
            )
            put_rules(transaction, resident, new, author, now)
            if loosened:
                self._teller(transaction, now).loosening(resident, loosened, author)
            if resident.is_confirmed and withdraws:
                self._teller(transaction, now).withdrawal(resident)
            return parted

        parted = await self._ledger.write(write)
        self._rules[resident.id] = new
        self._part(parted, resident.unit)
        self._changed()
        return new

    async def invite_anew(self) -> None:
        """Owe those who have not decided, once more, to be asked for their consent.

        Raises:
            LedgerUnavailable: it can't be written; nobody is asked.

        """
        now = dt_util.utcnow()
        undecided = self.undecided

        def write(transaction: Transaction) -> None:
            teller = FanOutWriter(transaction, self.set_revision, now, self._residents)
            for resident_id in undecided:
                teller.resident(NotificationKind.CONSENT_INVITED, resident_id)

        await self._ledger.write(write)

    async def confirm(
        self, resident: Resident, by: Author, since_seq: int | None = None
    ) -> None:
        """Let a newcomer count in their unit, as a resident of it confirms; what they decided so far counts now.

        Where `since_seq` is given, only the one is meant who came with that record. The unit's confirmed residents
        are notified, also the one whose login it was: a script that they started may have done it. To be called in a
        `turn`.

        Raises:
            LedgerUnavailable: it can't be written; nothing changed.

        """
        now = dt_util.utcnow()
        residents = {
            **self._residents,
            resident.id: replace(self._residents[resident.id], is_confirmed=True),
        }
        has_withdrawn = self.of(resident.id).consent is Consent.WITHDRAWN
        confirmer = next(
            each
            for each in self._residents.values()
            if (each.unit, each.user_id) == (resident.unit, by.user_id)
        )

        def write(transaction: Transaction) -> tuple[int, list[GrantKey]] | None:
            if not confirm_resident(
                transaction, resident, now, by=by.decided_by, since_seq=since_seq
            ):
                return None
            parted = (
                remove_unit(transaction, [resident.unit], now, UnitPart.WITHDRAWN)
                if has_withdrawn
                else []
            )
            revision = enroll_residents(transaction, list(residents.values()), now)
            teller = FanOutWriter(transaction, revision, now, residents)
            teller.confirmed(resident, confirmer)
            if has_withdrawn:
                teller.withdrawal(resident)
            return revision, parted

        if (confirmed := await self._ledger.write(write)) is None:
            return
        self.set_revision, parted = confirmed
        self._residents[resident.id] = residents[resident.id]
        self._part(parted, resident.unit)
        self._changed()

    @callback
    def listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `listener` after each change, until the returned function is called."""
        return self._listeners.add(listener)

    @callback
    def listen_parted(
        self, listener: Callable[[Sequence[GrantKey], str, UnitPart], None]
    ) -> CALLBACK_TYPE:
        """Call `listener` with the grants that a unit left, until the returned function is called."""
        return self._parted.add(listener)

    def _teller(self, transaction: Transaction, now: datetime) -> FanOutWriter:
        return FanOutWriter(transaction, self.set_revision, now, self._residents)

    def _part(self, parted: Sequence[GrantKey], unit: str) -> None:
        self._parted.tell(parted, unit, UnitPart.WITHDRAWN)

    def _changed(self) -> None:
        by_unit: dict[str, tuple[Rules, ...]] = {}
        for resident in self._residents.values():
            if resident.is_confirmed:
                by_unit[resident.unit] = (
                    *by_unit.get(resident.unit, ()),
                    self.in_effect(resident),
                )
        self._by_unit = by_unit
        self._linked = tuple(
            dict.fromkeys(
                reference
                for rules in by_unit.values()
                for each in rules
                for reference in each.linked
            )
        )
        self._listeners.tell()


class Confirmations:
    """Confirms whom a resident was told of, for as long as both live where they did then.

    Any app that is registered can fire any event: a token is good only in the hands of the resident to whom its
    notice was written, while they may log in, and only for the newcomer of whom it told, not for whom the owner has
    put in their place since.
    """

    def __init__(self, hass: HomeAssistant, ledger: Ledger, rulebook: Rulebook) -> None:
        """Prepare for what residents press."""
        self._hass = hass
        self._ledger = ledger
        self._rulebook = rulebook

    async def press(self, token: str, user_id: str) -> None:
        """Let the newcomer of whom the notice of this token told count in their unit; anything else does nothing.

        Raises:
            LedgerUnavailable: that can't be read or written, and nothing changed.

        """
        if not await may_log_in(self._hass, user_id):
            return
        told = await self._ledger.read(lambda conn: find_by_token(conn, token))
        if told is None or told.kind is not NotificationKind.RESIDENT_ADDED:
            return
        reader = self._rulebook.residents.get(told.resident_id)
        newcomer = self._rulebook.residents.get(told.details["resident_id"])
        if reader is None or newcomer is None or not reader.is_confirmed:
            return
        if not is_user_of(self._hass, user_id, reader):
            return
        if not told.unit == reader.unit == newcomer.unit:
            return
        since_seq = int(told.details["since_seq"])
        async with self._rulebook.turn:
            await self._rulebook.confirm(newcomer, Author(user_id=user_id), since_seq)


class Withdrawals:
    """Withdraws the consent of a resident whose rules were loosened, or in whose unit somebody was confirmed.

    Any registered app can fire any event, so a token works only for the resident who got its notification, and only
    while they are who they were then.
    """

    def __init__(self, ledger: Ledger, rulebook: Rulebook) -> None:
        """Prepare for what residents press."""
        self._ledger = ledger
        self._rulebook = rulebook

    async def press(self, token: str, user_id: str) -> None:
        """Withdraw the consent of the resident who got this token's notification; ignore anything else.

        Raises:
            LedgerUnavailable: it can't be read or written, and nothing changed.

        """
        told = await self._ledger.read(lambda conn: find_by_token(conn, token))
        if told is None or told.kind not in WITHDRAWABLE or not told.is_present:
            return
        resident = self._rulebook.residents.get(told.resident_id)
        if resident is None or resident.user_id != user_id:
            return
        async with self._rulebook.turn:
            withdrawn = replace(
                self._rulebook.of(resident.id), consent=Consent.WITHDRAWN
            )
            await self._rulebook.change(resident, withdrawn, Author(user_id=user_id))
