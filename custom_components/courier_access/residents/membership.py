"""Update the ledger to the current residents when a building is set up."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from ..access.model import Consent, Pause, Resident, Rules, UnitPart
from ..const import CONF_TARGETS
from ..ledger.ledger import Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.state.couriers import record_couriers
from ..ledger.state.grants import remove_unit
from ..ledger.state.passes import end_codes
from ..ledger.state.residents import (
    NOT_KNOWN,
    LoginState,
    Residence,
    load_residences,
    put_residence,
    remove_residence,
    renew_link,
    revoke_link,
)
from ..ledger.state.rules import (
    Author,
    KeptRules,
    enroll_residents,
    load_rules,
    pauses_in_effect,
    put_rules,
    remove_rules,
)
from .recipients import USER_ID


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
    """Return whether a resident has a login to confirm others with."""
    return resident.user_id not in (None, NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Hold the residents, rules, and pauses in effect after the update."""

    set_revision: int
    residents: Mapping[str, Resident]
    rules: Mapping[str, Rules]
    pauses: tuple[Pause, ...]
    since: Mapping[str, datetime]


def bring_up_to_date(
    transaction: Transaction,
    residents: Mapping[str, Resident],
    paper_consents: Mapping[str, tuple[Author, Rules]],
    addressed: Mapping[str, Mapping[str, object]],
    unsure: Collection[str],
    active: Collection[str],
    couriers: Mapping[str, str],
    now: datetime,
) -> Loaded:
    """Update residences, rules, and links, and enqueue notifications of all changes.

    The rules of residents who left, or whose person, user, or unit changed, are erased,
    and consent is asked again. Open grants end for a unit if nobody who consented to
    them still consents: later residents weren't notified of them. A new paper consent
    is recorded once, only for a resident who never had a login. `active` are the users
    who may log in.
    """
    conn = transaction.conn
    earlier, stored = load_residences(conn), load_rules(conn)
    moves = compare(residents.values(), earlier, unsure)
    present = {resident_id: move.resident for resident_id, move in moves.items()}
    logins = {
        key: _login_state(move, residents[key], earlier.get(key), active, unsure)
        for key, move in moves.items()
    }
    # Apps are found by the last known login, even if the person has no user now.
    addressed = {
        key: {**each, USER_ID: present[key].user_id} for key, each in addressed.items()
    }
    removed = [each for key, each in earlier.items() if key not in present]
    valid = _remove_outdated_rules(transaction, stored, present, now)
    first_seq = transaction.next_seq
    _store_residences(
        transaction, moves, logins, earlier, addressed, removed, now, first_seq
    )
    _update_links(transaction, moves, removed, now)
    fan_out = FanOutWriter(
        transaction,
        enroll_residents(transaction, list(present.values()), now),
        now,
        present,
    )
    for name in record_couriers(transaction, couriers, now):
        fan_out.courier(name)
    _notify_of_removals(fan_out, removed)
    for key, (author, decided) in paper_consents.items():
        is_new = _is_new_paper_consent(author, stored.get(key))
        if is_new and present[key].user_id is None:
            _record_paper_consent(
                fan_out, present[key], valid.get(key), author, decided
            )
    consented = _consented(valid, earlier)
    valid = load_rules(conn)
    ended = {each.unit for each in stored.values()} - _accepting(
        valid, present, consented
    )
    remove_unit(transaction, ended, now, UnitPart.WITHDRAWN)
    _notify_of_moves(fan_out, moves, logins, earlier, addressed, valid, first_seq)
    return Loaded(
        fan_out.set_revision,
        present,
        {resident_id: each.rules for resident_id, each in valid.items()},
        tuple(pauses_in_effect(conn, now)),
        {key: residence.since for key, residence in load_residences(conn).items()},
    )


def _notify_of_removals(fan_out: FanOutWriter, removed: Sequence[Residence]) -> None:
    for each in removed:
        fan_out.resident(
            NotificationKind.RESIDENT_REMOVED,
            each.resident_id,
            addressed=each.addressed,
        )


def _notify_of_moves(
    fan_out: FanOutWriter,
    moves: Mapping[str, Move],
    logins: Mapping[str, LoginState],
    earlier: Mapping[str, Residence],
    addressed: Mapping[str, Mapping[str, object]],
    rules: Collection[str],
    first_seq: int,
) -> None:
    for key, move in moves.items():
        if move.arrival is not Arrival.SAME:
            has_rules = key in rules
            _notify_of_arrival(
                fan_out,
                move,
                earlier.get(key),
                addressed[key],
                first_seq,
                has_rules=has_rules,
            )
        else:
            _notify_of_targets(fan_out, earlier[key], addressed[key])
            _notify_of_login(fan_out, earlier[key], addressed[key], logins[key])
    _notify_of_confirmed(fan_out, moves)


def _remove_outdated_rules(
    transaction: Transaction,
    stored: Mapping[str, KeptRules],
    present: Mapping[str, Resident],
    now: datetime,
) -> dict[str, KeptRules]:
    """Erase the rules of residents who left or changed; return the others."""
    valid = dict(stored)
    for resident_id, old in stored.items():
        if (resident := present.get(resident_id)) is None:
            remove_rules(transaction, resident_id, "left", now)
        elif _is_outdated(old, resident):
            remove_rules(transaction, resident_id, "changed", now)
        else:
            continue
        end_codes(transaction.conn, resident_id)
        del valid[resident_id]
    return valid


def _store_residences(
    transaction: Transaction,
    moves: Mapping[str, Move],
    logins: Mapping[str, LoginState],
    earlier: Mapping[str, Residence],
    addressed: Mapping[str, Mapping[str, object]],
    removed: Sequence[Residence],
    now: datetime,
    first_seq: int,
) -> None:
    for residence in removed:
        remove_residence(transaction.conn, residence.resident_id)
    for resident_id, move in moves.items():
        since, since_seq = now, first_seq
        if move.arrival is Arrival.SAME:
            old = earlier[resident_id]
            since, since_seq = old.since, old.since_seq
        put_residence(
            transaction.conn,
            move.resident,
            logins[resident_id],
            since,
            since_seq,
            addressed[resident_id],
        )


def _update_links(
    transaction: Transaction,
    moves: Mapping[str, Move],
    removed: Sequence[Residence],
    now: datetime,
) -> None:
    """Issue links to new residents without a login; revoke those no longer needed."""
    for residence in removed:
        revoke_link(transaction, residence.resident_id, now)
    for resident_id, move in moves.items():
        is_new = move.arrival is not Arrival.SAME
        if is_new and move.resident.user_id is None:
            renew_link(transaction, resident_id, now)
        elif is_new or move.resident.user_id is not None:
            revoke_link(transaction, resident_id, now)


def _record_paper_consent(
    fan_out: FanOutWriter,
    resident: Resident,
    old: KeptRules | None,
    author: Author,
    decided: Rules,
) -> None:
    earlier = Rules() if old is None else old.rules
    new = replace(decided, revision=earlier.revision + 1)
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


def _notify_of_arrival(
    fan_out: FanOutWriter,
    move: Move,
    earlier: Residence | None,
    addressed: Mapping[str, object],
    first_seq: int,
    *,
    has_rules: bool,
) -> None:
    resident = move.resident
    fan_out.transaction.append(
        "resident.enrolled",
        fan_out.at,
        {
            "changed": move.arrival is Arrival.CHANGED,
            "is_confirmed": resident.is_confirmed,
        },
        {"resident": resident.id, "unit": resident.unit},
    )
    if earlier is not None:
        what = _what_changed(resident, earlier)
        if any(
            addressed[part] != earlier.addressed.get(part)
            for part in (CONF_TARGETS, USER_ID)
        ):
            fan_out.resident(NotificationKind.RESIDENT_CHANGED, resident.id, what)
        fan_out.resident(
            NotificationKind.RESIDENT_CHANGED,
            resident.id,
            what,
            addressed=earlier.addressed,
        )
    if not resident.is_confirmed:
        fan_out.waiting(resident, first_seq)
    if not has_rules:
        fan_out.resident(NotificationKind.CONSENT_INVITED, resident.id)


def _notify_of_confirmed(fan_out: FanOutWriter, moves: Mapping[str, Move]) -> None:
    """Notify units of residents who are newly confirmed."""
    by_unit: dict[str, list[Resident]] = {}
    for move in moves.values():
        if move.arrival is not Arrival.SAME and move.resident.is_confirmed:
            by_unit.setdefault(move.resident.unit, []).append(move.resident)
    for residents in by_unit.values():
        fan_out.counted(residents)


def _notify_of_targets(
    fan_out: FanOutWriter, earlier: Residence, addressed: Mapping[str, object]
) -> None:
    """Notify the former targets of a change: the owner may redirect a new link."""
    if addressed.get(CONF_TARGETS) == earlier.addressed.get(CONF_TARGETS):
        return
    resident_id = earlier.resident_id
    fan_out.transaction.append(
        "resident.targets_changed", fan_out.at, {}, {"resident": resident_id}
    )
    fan_out.resident(
        NotificationKind.TARGETS_CHANGED, resident_id, addressed=earlier.addressed
    )


def _notify_of_login(
    fan_out: FanOutWriter,
    earlier: Residence,
    addressed: Mapping[str, object],
    login: LoginState,
) -> None:
    """Notify a resident that their login was linked, unlinked, or changed state."""
    if LoginState.NONE in (earlier.login, login) or login is earlier.login:
        return
    resident_id = earlier.resident_id
    fan_out.transaction.append(
        "resident.login_changed",
        fan_out.at,
        {},
        {"resident": resident_id, "login": login},
    )
    what = {"what": login.value}
    fan_out.resident(NotificationKind.LOGIN_CHANGED, resident_id, what)
    if addressed.get(CONF_TARGETS) != earlier.addressed.get(CONF_TARGETS):
        fan_out.resident(
            NotificationKind.LOGIN_CHANGED,
            resident_id,
            what,
            addressed=earlier.addressed,
        )


def _login_state(
    move: Move,
    resident: Resident,
    earlier: Residence | None,
    active: Collection[str],
    unsure: Collection[str],
) -> LoginState:
    """Return the state of the last known login; `user_id` is the person's user now."""
    is_unsure = resident.id in unsure
    if is_unsure and move.arrival is Arrival.SAME and earlier is not None:
        return earlier.login
    if is_unsure or move.resident.user_id is None:
        return LoginState.NONE
    if move.resident.user_id not in active:
        return LoginState.CLOSED
    return LoginState.UNLINKED if resident.user_id is None else LoginState.LINKED


def _what_changed(resident: Resident, earlier: Residence) -> Mapping[str, str]:
    """Return what changed: the unit, the person, or, if both, nothing specific."""
    if resident.unit == earlier.unit:
        return {"what": "person"}
    return {"what": "unit"} if resident.person == earlier.person else {}


def _consented(
    rules: Mapping[str, KeptRules], earlier: Mapping[str, Residence]
) -> set[str]:
    """Return the confirmed residents who consented before this update."""
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
