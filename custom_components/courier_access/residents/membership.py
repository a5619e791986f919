"""Update the ledger to the current residents when a building starts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from zoneinfo import ZoneInfo

from ..access.model import Consent, GrantKey, Pause, Resident, Rules, UnitPart
from ..const import CONF_TARGETS
from ..ledger.ledger import Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.state.configured import (
    Configuration,
    ZoneChange,
    forget_couriers,
    record_configuration,
    record_zone,
    removed_couriers,
)
from ..ledger.state.grants import end_codes, end_orders, end_orphaned_codes, remove_unit
from ..ledger.state.residents import (
    NOT_KNOWN,
    Author,
    KeptRules,
    LoginState,
    Residence,
    enroll_residents,
    load_residences,
    load_rules,
    pauses_in_effect,
    put_residence,
    put_rules,
    remove_residence,
    remove_rules,
    renew_link,
    revoke_link,
)
from ..ledger.upkeep.restore import (
    Papers,
    end_consents,
    papers_in_effect,
    void_consents,
)
from .directory import USER_ID


class Arrival(Enum):
    """Compare a resident with the stored residence."""

    SAME = auto()
    NEW = auto()
    CHANGED = auto()


@dataclass(frozen=True, slots=True)
class Move:
    """Pair a resident with their arrival, confirmation, and last known login."""

    resident: Resident
    arrival: Arrival


def compare(
    residents: Iterable[Resident],
    stored: Mapping[str, Residence],
    unsure: Collection[str],
) -> dict[str, Move]:
    """Return each resident's arrival and whether they are confirmed.

    A pending resident stays pending until a confirmed resident of the unit confirms
    them. Residents who are new, or whose person, user, or unit changed, are pending if
    a confirmed resident of the unit has a login; otherwise, they're confirmed at once.
    A resident keeps their last known login if their person lost its user or is
    `unsure`.
    """
    moves = {
        resident.id: _move(resident, stored.get(resident.id), resident.id in unsure)
        for resident in residents
    }
    has_login = {
        move.resident.unit
        for move in moves.values()
        if move.resident.is_confirmed and _has_login(move.resident)
    }
    for resident_id, move in moves.items():
        unit = move.resident.unit
        if move.arrival is Arrival.SAME or unit in has_login:
            continue
        moves[resident_id] = replace(
            move, resident=replace(move.resident, is_confirmed=True)
        )
        if _has_login(move.resident):
            has_login.add(unit)
    return moves


def _move(resident: Resident, stored: Residence | None, is_unsure: bool) -> Move:
    last = replace(resident, user_id=_last_login(resident, stored, is_unsure))
    if stored is not None and _is_same(resident, stored):
        return Move(replace(last, is_confirmed=stored.is_confirmed), Arrival.SAME)
    return Move(
        replace(last, is_confirmed=False),
        Arrival.NEW if stored is None else Arrival.CHANGED,
    )


def _is_same(resident: Resident, stored: Residence) -> bool:
    return (resident.unit, resident.person) == (stored.unit, stored.person) and (
        resident.user_id in (None, stored.user_id) or stored.user_id == NOT_KNOWN
    )


def _last_login(
    resident: Resident, stored: Residence | None, is_unsure: bool
) -> str | None:
    """Return the user of a resident's person, or the last one the person had."""
    if resident.user_id is not None:
        return resident.user_id
    if stored is None or stored.person != resident.person:
        return NOT_KNOWN if is_unsure else None
    return None if stored.user_id == NOT_KNOWN and not is_unsure else stored.user_id


def _has_login(resident: Resident) -> bool:
    return resident.user_id not in (None, NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class Listed:
    """Hold what the owner configured, the residents, and who may log in.

    `zone` is the time zone that the owner chose, if any, and `default_zone` Home
    Assistant's. `addressed` is how each resident is notified. The persons of `unsure` ones have no
    state yet. `active` are the users who may log in.
    """

    configuration: Configuration
    zone: str | None
    default_zone: str
    residents: Mapping[str, Resident]
    addressed: Mapping[str, Mapping[str, object]]
    unsure: Collection[str]
    active: Collection[str]

    def updates(self, earlier: Mapping[str, Residence]) -> list[_Update]:
        """Compare the residents with their stored residences."""
        moves = compare(self.residents.values(), earlier, self.unsure)
        return [
            _Update(
                move,
                self._login_state(move, earlier.get(key)),
                earlier.get(key),
                # Apps are found by the last known login, even if the person has none.
                {**self.addressed[key], USER_ID: move.resident.user_id},
            )
            for key, move in moves.items()
        ]

    def _login_state(self, move: Move, earlier: Residence | None) -> LoginState:
        resident, is_unsure = move.resident, move.resident.id in self.unsure
        if is_unsure and move.arrival is Arrival.SAME and earlier is not None:
            return earlier.login
        if is_unsure or resident.user_id is None:
            return LoginState.NONE
        if resident.user_id not in self.active:
            return LoginState.CLOSED
        has_user_now = self.residents[resident.id].user_id is not None
        return LoginState.LINKED if has_user_now else LoginState.UNLINKED


@dataclass(frozen=True, slots=True)
class _Update:
    """A resident with their residence as of the building's last start, if any."""

    move: Move
    login: LoginState
    earlier: Residence | None
    addressed: Mapping[str, object]

    @property
    def resident(self) -> Resident:
        return self.move.resident

    @property
    def is_same(self) -> bool:
        return self.move.arrival is Arrival.SAME

    @property
    def targets_changed(self) -> bool:
        return self.earlier is not None and (
            self.addressed.get(CONF_TARGETS) != self.earlier.addressed.get(CONF_TARGETS)
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """Hold the residents, rules, and pauses in effect after the update.

    `removed_couriers` has the names of removed couriers that rules name.
    """

    set_revision: int
    zone: ZoneInfo
    residents: Mapping[str, Resident]
    rules: Mapping[str, Rules]
    pauses: tuple[Pause, ...]
    since: Mapping[str, datetime]
    removed_couriers: Mapping[str, str]


def bring_up_to_date(
    transaction: Transaction,
    listed: Listed,
    paper_consents: Papers,
    now: datetime,
) -> Loaded:
    """Update residences, rules, and links, and enqueue notifications of all changes.

    The rules of residents who left, or whose person, user, or unit changed, are erased,
    and consent is asked again. Open grants end for a unit if nobody who consented to
    them still consents: later residents weren't notified of them.
    """
    conn = transaction.conn
    zone, moved = _record_zone(transaction, listed, paper_consents, now)
    paper_consents = papers_in_effect(conn, paper_consents)
    earlier, stored = load_residences(conn), load_rules(conn)
    updates = listed.updates(earlier)
    present = {each.resident.id: each.resident for each in updates}
    removed = [each for key, each in earlier.items() if key not in present]
    _remove_outdated_rules(transaction, stored, present, now)
    first_seq = transaction.next_seq
    _store_all(transaction, updates, removed, now, first_seq)
    set_revision = enroll_residents(transaction, list(present.values()), now)
    fan_out = FanOutWriter(transaction, set_revision, now, present)
    valid = _record_configuration(fan_out, listed.configuration)
    _notify_of_removed(fan_out, removed)
    _record_paper_consents(fan_out, paper_consents, stored, valid)
    consented = _consented(valid, earlier)
    valid = load_rules(conn)
    accepting = _accepting(valid, present, consented)
    ended = {each.unit for each in stored.values()} - accepting
    close_units(transaction, ended, present, now)
    for update in updates:
        _notify(fan_out, update, first_seq, has_rules=update.resident.id in valid)
    _notify_of_confirmed(fan_out, updates)
    _notify_of_zone(fan_out, moved)
    return _loaded(transaction, set_revision, zone, present, valid, now)


def _loaded(
    transaction: Transaction,
    set_revision: int,
    zone: ZoneInfo,
    present: Mapping[str, Resident],
    valid: Mapping[str, KeptRules],
    now: datetime,
) -> Loaded:
    conn, rules = transaction.conn, {key: each.rules for key, each in valid.items()}
    forget_couriers(
        conn, {named for each in rules.values() for named in each.named_couriers}
    )
    return Loaded(
        set_revision,
        zone,
        present,
        rules,
        tuple(pauses_in_effect(conn, now)),
        {key: residence.since for key, residence in load_residences(conn).items()},
        removed_couriers(conn),
    )


def _record_zone(
    transaction: Transaction, listed: Listed, papers: Papers, now: datetime
) -> tuple[ZoneInfo, ZoneChange | None]:
    """Record the building's time zone; one that moves hours ends every consent."""
    recorded, moved = record_zone(transaction, listed.zone, listed.default_zone, now)
    if moved is not None:
        end_consents(transaction, now)
        void_consents(transaction, papers)
    return recorded, moved


def _notify_of_removed(fan_out: FanOutWriter, removed: Iterable[Residence]) -> None:
    """Notify who was removed through their former targets."""
    for residence in removed:
        fan_out.resident(
            NotificationKind.RESIDENT_REMOVED,
            residence.resident_id,
            addressed=residence.addressed,
        )


def _notify_of_zone(fan_out: FanOutWriter, moved: ZoneChange | None) -> None:
    """Notify everybody of a time zone that moves their hours."""
    if moved is not None:
        replace(fan_out, of=moved.seq).everybody(
            NotificationKind.ZONE_CHANGED,
            {"zone": moved.zone, "earlier_zone": moved.earlier},
        )


def _record_configuration(
    fan_out: FanOutWriter, present: Configuration
) -> dict[str, KeptRules]:
    """Record what the owner changed, and notify everybody before it takes effect.

    Return the residents' rules. A courier with the name or a key of another one is
    treated no better than that one: it may have been removed and added again.
    """
    transaction, now = fan_out.transaction, fan_out.at
    difference = record_configuration(transaction, present, now)
    for new in difference.new:
        replace(fan_out, of=new.seq).courier(new.id, new.name)
    if difference.changes:
        fan_out.configuration(difference.changes)
    for kept in load_rules(transaction.conn).values():
        rules = kept.rules
        for courier_id, namesakes in difference.namesakes.items():
            rules = rules.like_namesakes(courier_id, namesakes)
        if rules != kept.rules:
            rules = replace(rules, revision=rules.revision + 1)
            put_rules(transaction, kept.resident, rules, Author(), now)
    return load_rules(transaction.conn)


def close_units(
    transaction: Transaction,
    units: Collection[str],
    residents: Mapping[str, Resident],
    now: datetime,
) -> list[GrantKey]:
    """End units' part in open grants, and their residents' standing orders.

    Return the changed grants.
    """
    theirs = [each.id for each in residents.values() if each.unit in units]
    end_orders(transaction, "consent", now, residents=theirs)
    return remove_unit(transaction, units, now, UnitPart.WITHDRAWN)


def _remove_outdated_rules(
    transaction: Transaction,
    stored: Mapping[str, KeptRules],
    present: Mapping[str, Resident],
    now: datetime,
) -> None:
    """Erase the rules of residents who left or changed."""
    for resident_id, old in stored.items():
        if (resident := present.get(resident_id)) is None:
            why = "left"
        elif _is_outdated(old, resident):
            why = "changed"
        else:
            continue
        remove_rules(transaction, resident_id, why, now)
        end_codes(transaction.conn, resident_id)
        end_orders(transaction, why, now, residents=[resident_id])


def _store_all(
    transaction: Transaction,
    updates: Sequence[_Update],
    removed: Iterable[Residence],
    now: datetime,
    first_seq: int,
) -> None:
    """Store who lives where, and end the links and codes of those who moved."""
    for residence in removed:
        remove_residence(transaction.conn, residence.resident_id)
        revoke_link(transaction, residence.resident_id, now)
    for update in updates:
        _store(transaction, update, now, first_seq)
    end_orphaned_codes(transaction.conn)


def _store(
    transaction: Transaction, update: _Update, now: datetime, first_seq: int
) -> None:
    """Store a residence, and issue or revoke the personal link.

    New residents without a login get a link. Codes end with a change.
    """
    resident, since, since_seq = update.resident, now, first_seq
    if update.is_same and update.earlier is not None:
        since, since_seq = update.earlier.since, update.earlier.since_seq
    else:
        end_codes(transaction.conn, resident.id)
    put_residence(
        transaction.conn, resident, update.login, since, since_seq, update.addressed
    )
    if not update.is_same and resident.user_id is None:
        renew_link(transaction, resident.id, now)
    elif not update.is_same or resident.user_id is not None:
        revoke_link(transaction, resident.id, now)


def _record_paper_consents(
    fan_out: FanOutWriter,
    paper_consents: Mapping[str, tuple[Author, Rules]],
    stored: Mapping[str, KeptRules],
    valid: Mapping[str, KeptRules],
) -> None:
    """Record each new paper consent once, only for residents who never had a login."""
    for key, (author, decided) in paper_consents.items():
        resident = fan_out.residents[key]
        if _is_new_paper_consent(author, stored.get(key)) and resident.user_id is None:
            _record_paper_consent(fan_out, resident, valid.get(key), author, decided)


def _record_paper_consent(
    fan_out: FanOutWriter,
    resident: Resident,
    old: KeptRules | None,
    author: Author,
    decided: Rules,
) -> None:
    earlier = Rules() if old is None else old.rules
    # Paper names no couriers.
    new = replace(
        decided,
        couriers=earlier.couriers,
        proofs=earlier.proofs,
        revision=earlier.revision + 1,
    )
    if old is not None and old.by_link and new.consent is not Consent.WITHDRAWN:
        # Paper can change hours or withdraw, but not override the resident's answer.
        new = replace(new, consent=earlier.consent)
    put_rules(fan_out.transaction, resident, new, author, fan_out.at)
    fan_out.resident(
        NotificationKind.DECIDED_ON_PAPER,
        resident.id,
        {
            "decided_on": author.decided_on or "",
            "consent": new.consent,
            "on_paper": decided.consent,
        },
    )
    if (
        resident.is_confirmed
        and new.consent is Consent.WITHDRAWN is not earlier.consent
    ):
        fan_out.withdrawal(resident)


def _notify(
    fan_out: FanOutWriter, update: _Update, first_seq: int, *, has_rules: bool
) -> None:
    if not update.is_same:
        _notify_of_arrival(fan_out, update, first_seq, has_rules=has_rules)
    elif update.earlier is not None:
        _notify_of_targets(fan_out, update, update.earlier)
        _notify_of_login(fan_out, update, update.earlier)


def _notify_of_arrival(
    fan_out: FanOutWriter, update: _Update, first_seq: int, *, has_rules: bool
) -> None:
    resident, earlier = update.resident, update.earlier
    fan_out.transaction.append(
        "resident.enrolled",
        fan_out.at,
        {"changed": earlier is not None, "is_confirmed": resident.is_confirmed},
        {"resident": resident.id, "unit": resident.unit},
    )
    if earlier is not None:
        kind, what = (
            NotificationKind.RESIDENT_CHANGED,
            _what_changed(resident, earlier),
        )
        has_other_user = update.addressed[USER_ID] != earlier.addressed.get(USER_ID)
        if update.targets_changed or has_other_user:
            fan_out.resident(kind, resident.id, what)
        fan_out.resident(kind, resident.id, what, addressed=earlier.addressed)
    if not resident.is_confirmed:
        fan_out.pending(resident, first_seq)
    if not has_rules:
        fan_out.resident(NotificationKind.CONSENT_INVITED, resident.id)


def _notify_of_confirmed(fan_out: FanOutWriter, updates: Iterable[_Update]) -> None:
    by_unit: dict[str, list[Resident]] = {}
    for update in updates:
        if not update.is_same and update.resident.is_confirmed:
            by_unit.setdefault(update.resident.unit, []).append(update.resident)
    for residents in by_unit.values():
        fan_out.confirmed_at_once(residents)


def _notify_of_targets(
    fan_out: FanOutWriter, update: _Update, earlier: Residence
) -> None:
    """Notify the former targets of a change: the owner may redirect a new link."""
    if not update.targets_changed:
        return
    resident_id = earlier.resident_id
    fan_out.transaction.append(
        "resident.targets_changed", fan_out.at, {}, {"resident": resident_id}
    )
    fan_out.resident(
        NotificationKind.TARGETS_CHANGED, resident_id, addressed=earlier.addressed
    )


def _notify_of_login(
    fan_out: FanOutWriter, update: _Update, earlier: Residence
) -> None:
    login, resident_id = update.login, earlier.resident_id
    if LoginState.NONE in (earlier.login, login) or login is earlier.login:
        return
    fan_out.transaction.append(
        "resident.login_changed",
        fan_out.at,
        {},
        {"resident": resident_id, "login": login},
    )
    kind, what = NotificationKind.LOGIN_CHANGED, {"what": login.value}
    fan_out.resident(kind, resident_id, what)
    if update.targets_changed:
        fan_out.resident(kind, resident_id, what, addressed=earlier.addressed)
    if login is LoginState.CLOSED:
        fan_out.lost_login(update.resident)


def _what_changed(resident: Resident, earlier: Residence) -> Mapping[str, str]:
    """Return what changed: unit, person, or its user; nothing specific if several did."""
    if resident.unit == earlier.unit:
        is_same_person = resident.person == earlier.person
        return {"what": "login" if is_same_person else "person"}
    return {"what": "unit"} if resident.person == earlier.person else {}


def _consented(
    rules: Mapping[str, KeptRules], earlier: Mapping[str, Residence]
) -> set[str]:
    return {
        resident_id
        for resident_id, each in rules.items()
        if each.rules.consent is Consent.GIVEN
        and (was := earlier.get(resident_id)) is not None
        and was.is_confirmed
    }


def _accepting(
    rules: Mapping[str, KeptRules],
    present: Mapping[str, Resident],
    consented: Collection[str],
) -> set[str]:
    """Return the units that still accept: earlier consent stays, nobody withdrew."""
    units: dict[Consent, set[str]] = {consent: set() for consent in Consent}
    for resident_id, each in rules.items():
        consent = each.rules.consent
        if present[resident_id].is_confirmed and (
            consent is not Consent.GIVEN or resident_id in consented
        ):
            units[consent].add(each.unit)
    return units[Consent.GIVEN] - units[Consent.WITHDRAWN]


def _is_outdated(old: KeptRules, resident: Resident) -> bool:
    """Return whether another person, user, or unit made the rules.

    Rules belong to the user who made them, and end when a resident gets their first
    login. A withdrawal stays in effect for any user of that person.
    """
    if (old.unit, old.person) != (resident.unit, resident.person):
        return True
    is_their_login = resident.user_id in (None, old.user_id)
    return not is_their_login and old.rules.consent is not Consent.WITHDRAWN


def _is_new_paper_consent(paper_consent: Author, old: KeptRules | None) -> bool:
    """Return whether a paper consent is still to be recorded.

    It neither overrides a decision made with a login nor applies again after the
    resident was replaced.
    """
    return old is None or (
        old.user_id is None and old.paper_id != paper_consent.paper_id
    )
