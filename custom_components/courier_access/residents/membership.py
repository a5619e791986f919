"""Update the ledger to the current residents when a building starts."""

from collections.abc import Collection, Iterable, Mapping
from copy import replace
from datetime import datetime
import json
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ..access.model import (
    REFUSALS,
    Consent,
    GrantKey,
    Pause,
    Resident,
    Rules,
    UnitPart,
)
from ..const import CONF_PRIVATE, CONF_TARGETS, CONF_UNIT
from ..ledger.ledger import Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import AUTHORS, NotificationKind
from ..ledger.state.configured import (
    Change,
    ZoneChange,
    forget_couriers,
    record_configuration,
    record_zone,
    removed_couriers,
)
from ..ledger.state.consent_texts import find_text, not_shown
from ..ledger.state.grants import end_codes, end_orders, end_orphaned_codes, remove_unit
from ..ledger.state.residents import (
    NOT_KNOWN,
    SINCE_SEQ,
    Author,
    ErasureWish,
    KeptRules,
    LoginState,
    Residence,
    days_of_home,
    end_erasure_wishes,
    enroll_residents,
    erase_notes,
    load_erasure_wishes,
    load_notes,
    load_residences,
    load_rules,
    pauses_in_effect,
    put_residence,
    put_rules,
    remove_residence,
    remove_rules,
    renew_link,
    retire_link,
    revoke_link,
)
from ..ledger.upkeep.restore import (
    Papers,
    consents_ended_by_change,
    end_consents,
    papers_in_effect,
    void_consents,
)
from .directory import USER_ID, Directory
from .fleet_visits import StoredVisits, follow_visits


class Move(NamedTuple):
    """A resident, with their residence as of the building's last start, if any.

    `is_same` if their person, user, and unit are those of then. `addressed` is how they
    are notified now.
    """

    resident: Resident
    earlier: Residence | None
    is_same: bool
    login: LoginState = LoginState.NONE
    addressed: Mapping[str, object] = MappingProxyType({})

    @property
    def targets_changed(self) -> bool:
        """Whether the resident is notified through others, or with other details."""
        if self.earlier is None:
            return False
        now, then = self.addressed, self.earlier.addressed
        return now.get(CONF_TARGETS) != then.get(CONF_TARGETS) or (
            now.get(CONF_PRIVATE, False) != then.get(CONF_PRIVATE, False)
        )


def compare(
    residents: Iterable[Resident],
    stored: Mapping[str, Residence],
    unsure: Collection[str],
) -> dict[str, Move]:
    """Return who is the same as before, confirmed, and with their last known account.

    A pending resident stays pending until a confirmed resident of the unit confirms
    them. Residents who are new, or whose person, user, or unit changed, are pending if
    a confirmed resident of the unit has an account; otherwise, they're confirmed at
    once. A resident keeps their last known account if their person lost its user or is
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
        if move.is_same or unit in has_login:
            continue
        moves[resident_id] = replace(
            move, resident=replace(move.resident, is_confirmed=True)
        )
        if _has_login(move.resident):
            has_login.add(unit)
    return moves


def _move(resident: Resident, stored: Residence | None, is_unsure: bool) -> Move:
    is_same = stored is not None and _is_same(resident, stored)
    now = replace(
        resident,
        user_id=_last_login(resident, stored, is_unsure),
        is_confirmed=is_same and stored is not None and stored.is_confirmed,
    )
    return Move(now, stored, is_same)


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


def _moves(
    directory: Directory, earlier: Mapping[str, Residence], active: Collection[str]
) -> list[Move]:
    residents, addressed = directory.residents, directory.addressed
    return [
        replace(
            move,
            login=_login_state(move, residents[key], directory.unsure, active),
            # Apps are found by the last known account, even if the person has none.
            addressed={**addressed[key], USER_ID: move.resident.user_id},
        )
        for key, move in compare(residents.values(), earlier, directory.unsure).items()
    ]


def _login_state(
    move: Move, listed: Resident, unsure: Collection[str], active: Collection[str]
) -> LoginState:
    is_unsure, user_id = listed.id in unsure, move.resident.user_id
    if is_unsure and move.is_same and move.earlier is not None:
        return move.earlier.login
    if is_unsure or user_id is None:
        return LoginState.NONE
    if user_id not in active:
        return LoginState.CLOSED
    return LoginState.UNLINKED if listed.user_id is None else LoginState.LINKED


class Loaded(NamedTuple):
    """Hold the residents, rules, and pauses in effect after the update.

    `removed_couriers` has the names of removed couriers that rules name, and `notes`
    what drivers read, by unit. `erasure_wishes` has how long residents want details of
    visits kept. `altered` has whose consent a change of the log by hand
    ended, and when it was found. `unshown` wasn't shown the text that is newer than
    their consent.
    """

    set_revision: int
    zone: ZoneInfo
    residents: Mapping[str, Resident]
    rules: Mapping[str, Rules]
    pauses: tuple[Pause, ...]
    since: Mapping[str, datetime]
    removed_couriers: Mapping[str, str]
    notes: Mapping[str, str]
    erasure_wishes: Mapping[str, ErasureWish]
    visits: StoredVisits
    altered: Mapping[str, datetime]
    unshown: Collection[str]


def bring_up_to_date(
    transaction: Transaction,
    directory: Directory,
    paper_consents: Papers,
    zone_name: str | None,
    default_zone: str,
    active: Collection[str],
    now: datetime,
    paused_at: datetime,
) -> Loaded:
    """Update residences, rules, and links, and enqueue notifications of all changes.

    The rules of residents who left, or whose person, user, or unit changed, are erased,
    and consent is asked again. Open grants end for a unit if nobody who consented to
    them still consents: later residents weren't notified of them. The administrator
    chose the zone of that name, if any; `active` are the users who may log in.
    """
    zone, moved = record_zone(transaction, zone_name, default_zone, now)
    if moved is not None:
        end_consents(transaction, now)
        void_consents(transaction, paper_consents)
    paper_consents = papers_in_effect(transaction.conn, paper_consents)
    earlier, stored = load_residences(transaction.conn), load_rules(transaction.conn)
    moves = _moves(directory, earlier, active)
    present = {each.resident.id: each.resident for each in moves}
    removed = [each for key, each in earlier.items() if key not in present]
    _remove_outdated_rules(transaction, stored, present, now)
    first_seq = transaction.next_seq
    for each in removed:
        remove_residence(transaction.conn, each.resident_id)
        retire_link(transaction, each.resident_id, now)
    for move in moves:
        _store(transaction, move, now, first_seq)
    _end_what_was_left(transaction, moves, now)
    set_revision = enroll_residents(transaction, list(present.values()), now)
    fan_out = FanOutWriter(transaction, set_revision, now, present)
    _end_erasure_wishes(fan_out, moves, directory.retention_days)
    replaced = _record_replaced_homes(fan_out, earlier, stored, moves)
    valid = _record_configuration(fan_out, directory, replaced)
    visits = _follow_visits(fan_out, moves, directory)
    _notify_of_removed(fan_out, removed)
    _record_paper_consents(fan_out, paper_consents, stored, valid)
    consented = _consented(valid, earlier)
    valid = load_rules(transaction.conn)
    accepting = _accepting(valid, present, consented)
    ended = {each.unit for each in stored.values()} - accepting
    close_units(transaction, ended, present, now)
    _notify_of_moves(fan_out, moves, first_seq, valid, directory.added_by)
    _notify_of_zone(fan_out, moved)
    return _loaded(transaction, set_revision, zone, present, valid, visits, paused_at)


def _loaded(
    transaction: Transaction,
    set_revision: int,
    zone: ZoneInfo,
    present: Mapping[str, Resident],
    valid: Mapping[str, KeptRules],
    visits: StoredVisits,
    paused_at: datetime,
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
        tuple(pauses_in_effect(conn, paused_at)),
        {key: residence.since for key, residence in load_residences(conn).items()},
        removed_couriers(conn),
        load_notes(conn),
        load_erasure_wishes(conn),
        visits,
        consents_ended_by_change(conn),
        not_shown(conn),
    )


def _end_what_was_left(
    transaction: Transaction, moves: Iterable[Move], now: datetime
) -> None:
    """End codes of those who left, and notes where nobody stayed."""
    end_orphaned_codes(transaction.conn)
    stayed = (each.resident for each in moves if each.is_same)
    erase_notes(
        transaction, now, but={each.unit for each in stayed if each.is_confirmed}
    )


def _end_erasure_wishes(
    fan_out: FanOutWriter, moves: Iterable[Move], usual: int
) -> None:
    """End the wishes of those who left, and notify their former homes of a change."""
    conn = fan_out.transaction.conn
    before = load_erasure_wishes(conn)
    stayed = {each.resident.id for each in moves if each.is_same}
    ended = end_erasure_wishes(fan_out.transaction, fan_out.at, but=stayed, usual=usual)
    after = load_erasure_wishes(conn)
    for unit, resident_id in {unit: key for key, unit in ended.items()}.items():
        earlier, days = (
            days_of_home(wishes, unit) or usual for wishes in (before, after)
        )
        fan_out.erasure(unit, resident_id, earlier, days)


def _follow_visits(
    fan_out: FanOutWriter, moves: Iterable[Move], directory: Directory
) -> StoredVisits:
    stayed = [each.resident.id for each in moves if each.is_same]
    return follow_visits(fan_out, directory.visits_wanted, stayed)


def _notify_of_removed(fan_out: FanOutWriter, removed: Iterable[Residence]) -> None:
    kind = NotificationKind.RESIDENT_REMOVED
    for each in removed:
        details = {SINCE_SEQ: str(each.since_seq)}
        fan_out.notify(kind, details, about=each.resident_id, addressed=each.addressed)


def _notify_of_zone(fan_out: FanOutWriter, moved: ZoneChange | None) -> None:
    if moved is not None:
        replace(fan_out, of=moved.seq).notify(
            NotificationKind.ZONE_CHANGED,
            {"zone": moved.zone, "earlier_zone": moved.earlier},
        )


def _record_replaced_homes(
    fan_out: FanOutWriter,
    earlier: Mapping[str, Residence],
    stored: Mapping[str, KeptRules],
    moves: Iterable[Move],
) -> list[Mapping[str, str]]:
    """Record the homes that lost a resident who decided; return them as changes.

    Someone new could turn a no into a yes. A home where somebody stays who came no
    later is left out, and one without neighbors, who could notice it.
    """
    homes = {each.unit for each in fan_out.residents.values()}
    stay = {
        each.resident.id: each.earlier
        for each in moves
        if each.earlier and each.is_same and each.resident.is_confirmed
    }
    left = [
        was
        for key, was in earlier.items()
        if key in stored and was.is_confirmed and key not in stay
    ]
    labels = {
        was.unit: str(was.addressed[CONF_UNIT])
        for was in left
        if homes - {was.unit}
        and not any(
            each.unit == was.unit and each.since_seq <= was.since_seq
            for each in stay.values()
        )
    }
    for unit in labels:
        fan_out.transaction.append("home.replaced", fan_out.at, {}, {"unit": unit})
    return [{"what": Change.HOME_REPLACED, "name": each} for each in labels.values()]


def _record_configuration(
    fan_out: FanOutWriter,
    directory: Directory,
    replaced: Collection[Mapping[str, str]],
) -> dict[str, KeptRules]:
    """Record what an administrator changed, and notify everybody before it applies.

    The notification names the `replaced` homes, too. A new courier isn't notified to the
    residents who added it themselves. Return the residents' rules. A courier with the
    name or a key of another one is treated no better than that one: it may have been
    removed and added again.
    """
    transaction, now = fan_out.transaction, fan_out.at
    present = directory.configuration
    difference = record_configuration(transaction, present, now)
    for courier_id, seq in difference.new.items():
        name = present.couriers[courier_id].name
        authors = _with_user(fan_out, directory.added_by.get(courier_id))
        replace(fan_out, of=seq).notify(
            NotificationKind.COURIER_ADMITTED,
            {
                "courier": name,
                "courier_id": courier_id,
                AUTHORS: " ".join(authors),
            },
        )
    if changes := [*replaced, *difference.changes]:
        fan_out.notify(
            NotificationKind.CONFIGURATION_CHANGED, {"changes": json.dumps(changes)}
        )
    for kept in load_rules(transaction.conn).values():
        rules = kept.rules
        for courier_id, namesakes in difference.namesakes.items():
            rules = rules.like_namesakes(courier_id, namesakes)
        if rules != kept.rules:
            rules = replace(rules, revision=rules.revision + 1)
            put_rules(transaction, kept.resident, rules, Author(), now)
    return load_rules(transaction.conn)


def _with_user(fan_out: FanOutWriter, user_id: str | None) -> list[str]:
    """Return the IDs of the residents who have that user."""
    return [
        each.id
        for each in fan_out.residents.values()
        if user_id is not None and each.user_id == user_id
    ]


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


def _store(transaction: Transaction, move: Move, now: datetime, first_seq: int) -> None:
    """Store a residence, and issue or revoke the personal link.

    New residents without an account get a link. Codes end with a change.
    """
    resident, since, since_seq = move.resident, now, first_seq
    if move.is_same and move.earlier is not None:
        since, since_seq = move.earlier.since, move.earlier.since_seq
    else:
        end_codes(transaction.conn, resident.id)
    put_residence(
        transaction.conn, resident, move.login, since, since_seq, move.addressed
    )
    if move.is_same:
        return
    if resident.user_id is None:
        renew_link(transaction, resident.id, now)
    else:
        revoke_link(transaction, resident.id, now)


def _record_paper_consents(
    fan_out: FanOutWriter,
    paper_consents: Papers,
    stored: Mapping[str, KeptRules],
    valid: Mapping[str, KeptRules],
) -> None:
    """Record each new paper consent once, for residents who never had an account."""
    for key, (author, decided) in paper_consents.items():
        resident, old = fan_out.residents[key], valid.get(key)
        if resident.user_id or not _is_new_paper_consent(author, stored.get(key)):
            continue
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
        transaction, text = fan_out.transaction, None
        if new.consent is Consent.GIVEN:
            text = find_text(transaction.conn, author.text)
        put_rules(transaction, resident, new, author, fan_out.at, text=text)
        fan_out.notify(
            NotificationKind.DECIDED_ON_PAPER,
            {
                "decided_on": author.decided_on or "",
                "consent": new.consent,
                "on_paper": decided.consent,
            },
            about=resident.id,
        )
        if (
            resident.is_confirmed
            and new.consent is Consent.WITHDRAWN is not earlier.consent
        ):
            fan_out.refusal(resident, new.consent)


def _notify_of_arrival(
    fan_out: FanOutWriter, move: Move, first_seq: int, *, is_invited: bool
) -> None:
    resident, earlier = move.resident, move.earlier
    fan_out.transaction.append(
        "resident.enrolled",
        fan_out.at,
        {},
        {
            "resident": resident.id,
            "unit": resident.unit,
            "changed": str(earlier is not None).lower(),
            "is_confirmed": str(resident.is_confirmed).lower(),
        },
    )
    if earlier is not None:
        kind = NotificationKind.RESIDENT_CHANGED
        what = _what_changed(resident, earlier)
        has_other_user = move.addressed[USER_ID] != earlier.addressed.get(USER_ID)
        if move.targets_changed or has_other_user:
            fan_out.notify(kind, what, about=resident.id)
        fan_out.notify(kind, what, about=resident.id, addressed=earlier.addressed)
    if not resident.is_confirmed:
        details = {"resident_id": resident.id, SINCE_SEQ: str(first_seq)}
        fan_out.unit_about(NotificationKind.RESIDENT_ADDED, resident, details)
    if is_invited:
        fan_out.notify(NotificationKind.CONSENT_INVITED, about=resident.id)


def _notify_of_moves(
    fan_out: FanOutWriter,
    moves: Iterable[Move],
    first_seq: int,
    rules: Collection[str],
    added_by: Mapping[str, str],
) -> None:
    confirmed: dict[str, list[Resident]] = {}
    for move in moves:
        resident = move.resident
        if not move.is_same:
            adder = added_by.get(resident.id)
            is_own = adder is not None and adder == resident.user_id
            is_invited = resident.id not in rules and not is_own
            _notify_of_arrival(fan_out, move, first_seq, is_invited=is_invited)
            if resident.is_confirmed:
                confirmed.setdefault(resident.unit, []).append(resident)
        elif move.earlier is not None:
            _notify_of_targets(fan_out, move, move.earlier)
            _notify_of_login(fan_out, move, move.earlier)
    for residents in confirmed.values():
        fan_out.confirmed_at_once(residents)


def _notify_of_targets(fan_out: FanOutWriter, move: Move, earlier: Residence) -> None:
    """Notify the former targets of a change: somebody may redirect a new link."""
    if not move.targets_changed:
        return
    resident_id = earlier.resident_id
    fan_out.transaction.append(
        "resident.targets_changed", fan_out.at, {}, {"resident": resident_id}
    )
    fan_out.notify(
        NotificationKind.TARGETS_CHANGED, about=resident_id, addressed=earlier.addressed
    )


def _notify_of_login(fan_out: FanOutWriter, move: Move, earlier: Residence) -> None:
    login, resident_id = move.login, earlier.resident_id
    if LoginState.NONE in (earlier.login, login) or login is earlier.login:
        return
    fan_out.transaction.append(
        "resident.login_changed",
        fan_out.at,
        {},
        {"resident": resident_id, "login": login},
    )
    kind, what = NotificationKind.LOGIN_CHANGED, {"what": login.value}
    fan_out.notify(kind, what, about=resident_id)
    if move.targets_changed:
        fan_out.notify(kind, what, about=resident_id, addressed=earlier.addressed)
    if login is LoginState.CLOSED:
        # A deleted user takes the phone's app along, so the resident may not hear of it.
        fan_out.unit_about(NotificationKind.LOGIN_LOST, move.resident)


def _what_changed(resident: Resident, earlier: Residence) -> Mapping[str, str]:
    """Return what changed: unit, person, or its user; nothing specific if several did."""
    if resident.unit == earlier.unit:
        if resident.person != earlier.person:
            return {"what": "person"}
        return {"what": "first_login" if earlier.user_id is None else "login"}
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
    account. A refusal stays in effect for any user of that person.
    """
    if (old.unit, old.person) != (resident.unit, resident.person):
        return True
    is_their_login = resident.user_id in (None, old.user_id)
    return not is_their_login and old.rules.consent not in REFUSALS


def _is_new_paper_consent(paper_consent: Author, old: KeptRules | None) -> bool:
    """Return whether a paper consent is still to be recorded.

    It neither overrides a decision made with an account nor applies again after the
    resident was replaced.
    """
    return old is None or (
        old.user_id is None and old.paper_id != paper_consent.paper_id
    )
