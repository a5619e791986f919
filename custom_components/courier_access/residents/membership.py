"""What a building's start makes of the residents' rules: brought up to date with who lives here."""

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
    """What a resident is compared with what was kept of them."""

    SAME = auto()
    NEW = auto()
    CHANGED = auto()


@dataclass(frozen=True, slots=True)
class Move:
    """A resident as they count from now on, with their last known login."""

    resident: Resident
    arrival: Arrival


def compare(
    residents: Iterable[Resident],
    kept: Mapping[str, Residence],
    unsure: Collection[str],
) -> dict[str, Move]:
    """Return each resident's arrival and whether they are confirmed.

    A pending resident stays pending: only a confirmed resident of their unit confirms them, never anybody's absence.
    Residents who are new, or have another person, user, or unit, are pending in a unit with a confirmed resident who
    has a login, and otherwise count at once. A resident whose person has lost its user keeps it as their last known
    login, and so does a resident who is `unsure`: one whose person can't be asked for a user now.
    """
    moves = {
        resident.id: _move(resident, kept.get(resident.id), resident.id in unsure)
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


def _move(resident: Resident, kept: Residence | None, is_unsure: bool) -> Move:
    last = replace(resident, user_id=_last_login(resident, kept, is_unsure))
    if kept is not None and _is_same(resident, kept):
        return Move(replace(last, is_confirmed=kept.is_confirmed), Arrival.SAME)
    return Move(
        replace(last, is_confirmed=False),
        Arrival.NEW if kept is None else Arrival.CHANGED,
    )


def _is_same(resident: Resident, kept: Residence) -> bool:
    return (resident.unit, resident.person) == (kept.unit, kept.person) and (
        resident.user_id in (None, kept.user_id) or kept.user_id == NOT_KNOWN
    )


def _last_login(
    resident: Resident, kept: Residence | None, is_unsure: bool
) -> str | None:
    """Return the user of a resident's person, or the last one that this person had."""
    if resident.user_id is not None:
        return resident.user_id
    if kept is None or kept.person != resident.person:
        return NOT_KNOWN if is_unsure else None
    return None if kept.user_id == NOT_KNOWN and not is_unsure else kept.user_id


def _has_login(resident: Resident) -> bool:
    """Whether a resident has a login, with which they could confirm somebody."""
    return resident.user_id not in (None, NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the building goes by from now on."""

    set_revision: int
    residents: Mapping[str, Resident]
    rules: Mapping[str, Rules]
    pauses: tuple[Pause, ...]
    since: Mapping[str, datetime]


def bring_up_to_date(
    transaction: Transaction,
    residents: Mapping[str, Resident],
    papers: Mapping[str, tuple[Author, Rules]],
    addressed: Mapping[str, Mapping[str, object]],
    unsure: Collection[str],
    active: Collection[str],
    couriers: Mapping[str, str],
    now: datetime,
) -> Loaded:
    """Compare who lives here with who did, follow it in rules and links, and owe it to be told, and who may deliver.

    The rules of a resident who left, or whose person, user or unit is another than when they were made, are erased:
    consent is asked anew, and open grants end for a unit in which nobody who consented to them still does: who has
    come since was never told of them. A decision on paper that is new is written down once, and only for a resident
    who never had a login. `active` are the users of Home Assistant who may log in.
    """
    conn = transaction.conn
    earlier, kept = load_residences(conn), load_rules(conn)
    moves = compare(residents.values(), earlier, unsure)
    living = {resident_id: move.resident for resident_id, move in moves.items()}
    logins = {
        key: _login_state(
            move,
            residents[key].user_id,
            earlier.get(key),
            active,
            is_unsure=key in unsure,
        )
        for key, move in moves.items()
    }
    # Their apps are found by the last known login, also when the person has another user or none.
    addressed = {
        key: {**each, USER_ID: living[key].user_id} for key, each in addressed.items()
    }
    gone = [
        residence
        for residence in earlier.values()
        if residence.resident_id not in living
    ]
    standing = _without_rules_of_others(transaction, kept, living, now)
    came_with = transaction.next_seq
    _keep_residences(
        transaction, moves, logins, earlier, addressed, gone, now, came_with
    )
    _keep_links(transaction, moves, gone, now)
    teller = FanOutWriter(
        transaction,
        enroll_residents(transaction, list(living.values()), now),
        now,
        living,
    )
    for name in record_couriers(transaction, couriers, now):
        teller.courier(name)
    for residence in gone:
        teller.resident(
            NotificationKind.RESIDENT_REMOVED,
            residence.resident_id,
            addressed=residence.addressed,
        )
    for resident_id, (author, decided) in papers.items():
        resident = living[resident_id]
        if resident.user_id is None and _is_newer_paper(author, kept.get(resident_id)):
            _put_paper(teller, resident, standing.get(resident_id), author, decided)
    consented = _consented(standing, earlier)
    standing = load_rules(conn)
    ended = {each.unit for each in kept.values()} - _accepting(
        standing, living, consented
    )
    remove_unit(transaction, ended, now, UnitPart.WITHDRAWN)
    for resident_id, move in moves.items():
        if move.arrival is not Arrival.SAME:
            _tell_of_arrival(
                teller,
                move,
                earlier.get(resident_id),
                came_with,
                has_rules=resident_id in standing,
            )
        else:
            _tell_of_targets(teller, earlier[resident_id], addressed[resident_id])
            _tell_of_login(
                teller,
                earlier[resident_id],
                addressed[resident_id],
                logins[resident_id],
            )
    _tell_who_counts(teller, moves)
    return Loaded(
        teller.set_revision,
        living,
        {resident_id: each.rules for resident_id, each in standing.items()},
        tuple(pauses_in_effect(conn, now)),
        {key: residence.since for key, residence in load_residences(conn).items()},
    )


def _without_rules_of_others(
    transaction: Transaction,
    kept: Mapping[str, KeptRules],
    living: Mapping[str, Resident],
    now: datetime,
) -> dict[str, KeptRules]:
    """Erase the rules of those who left or are somebody else; return the others'."""
    standing = dict(kept)
    for resident_id, old in kept.items():
        if (resident := living.get(resident_id)) is None:
            remove_rules(transaction, resident_id, "left", now)
        elif _of_somebody_else(old, resident):
            remove_rules(transaction, resident_id, "changed", now)
        else:
            continue
        del standing[resident_id]
    return standing


def _keep_residences(
    transaction: Transaction,
    moves: Mapping[str, Move],
    logins: Mapping[str, LoginState],
    earlier: Mapping[str, Residence],
    addressed: Mapping[str, Mapping[str, object]],
    gone: Sequence[Residence],
    now: datetime,
    came_with: int,
) -> None:
    for residence in gone:
        remove_residence(transaction.conn, residence.resident_id)
    for resident_id, move in moves.items():
        since, since_seq = now, came_with
        if move.arrival is Arrival.SAME:
            since, since_seq = (
                earlier[resident_id].since,
                earlier[resident_id].since_seq,
            )
        put_residence(
            transaction.conn,
            move.resident,
            logins[resident_id],
            since,
            since_seq,
            addressed[resident_id],
        )


def _keep_links(
    transaction: Transaction,
    moves: Mapping[str, Move],
    gone: Sequence[Residence],
    now: datetime,
) -> None:
    """Give residents who come without a login a link; revoke the links of others who come or have one."""
    for residence in gone:
        revoke_link(transaction, residence.resident_id, now)
    for resident_id, move in moves.items():
        has_come = move.arrival is not Arrival.SAME
        if has_come and move.resident.user_id is None:
            renew_link(transaction, resident_id, now)
        elif has_come or move.resident.user_id is not None:
            revoke_link(transaction, resident_id, now)


def _put_paper(
    teller: FanOutWriter,
    resident: Resident,
    old: KeptRules | None,
    author: Author,
    decided: Rules,
) -> None:
    earlier = Rules() if old is None else old.rules
    new = replace(decided, revision=earlier.revision + 1)
    if old is not None and old.by_link and new.consent is not Consent.WITHDRAWN:
        # A yes or no that they said themself stands; on paper they can change their hours, or withdraw.
        new = replace(new, consent=earlier.consent)
    put_rules(teller.transaction, resident, new, author, teller.at)
    teller.resident(
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
        teller.withdrawal(resident)


def _tell_of_arrival(
    teller: FanOutWriter,
    move: Move,
    earlier: Residence | None,
    came_with: int,
    *,
    has_rules: bool,
) -> None:
    resident = move.resident
    teller.transaction.append(
        "resident.enrolled",
        teller.at,
        {
            "changed": move.arrival is Arrival.CHANGED,
            "is_confirmed": resident.is_confirmed,
        },
        {"resident": resident.id, "unit": resident.unit},
    )
    if earlier is not None:
        what = _what_changed(resident, earlier)
        teller.resident(NotificationKind.RESIDENT_CHANGED, resident.id, what)
        teller.resident(
            NotificationKind.RESIDENT_CHANGED,
            resident.id,
            what,
            addressed=earlier.addressed,
        )
    if not resident.is_confirmed:
        teller.waiting(resident, came_with)
    if not has_rules:
        teller.resident(NotificationKind.CONSENT_INVITED, resident.id)


def _tell_who_counts(teller: FanOutWriter, moves: Mapping[str, Move]) -> None:
    """Notify units of residents who have come and are confirmed at once."""
    by_unit: dict[str, list[Resident]] = {}
    for move in moves.values():
        if move.arrival is not Arrival.SAME and move.resident.is_confirmed:
            by_unit.setdefault(move.resident.unit, []).append(move.resident)
    for residents in by_unit.values():
        teller.counted(residents)


def _tell_of_targets(
    teller: FanOutWriter, earlier: Residence, addressed: Mapping[str, object]
) -> None:
    """Tell of other targets over the old ones: a new personal link, for one, now goes to wherever the owner likes."""
    if addressed.get(CONF_TARGETS) == earlier.addressed.get(CONF_TARGETS):
        return
    resident_id = earlier.resident_id
    teller.transaction.append(
        "resident.targets_changed", teller.at, {}, {"resident": resident_id}
    )
    teller.resident(
        NotificationKind.TARGETS_CHANGED, resident_id, addressed=earlier.addressed
    )


def _tell_of_login(
    teller: FanOutWriter,
    earlier: Residence,
    addressed: Mapping[str, object],
    login: LoginState,
) -> None:
    """Notify a resident whose login was unlinked, linked again, disabled, deleted, or enabled again."""
    if LoginState.NONE in (earlier.login, login) or login is earlier.login:
        return
    resident_id = earlier.resident_id
    teller.transaction.append(
        "resident.login_changed",
        teller.at,
        {},
        {"resident": resident_id, "login": login},
    )
    what = {"what": login.value}
    teller.resident(NotificationKind.LOGIN_CHANGED, resident_id, what)
    if addressed.get(CONF_TARGETS) != earlier.addressed.get(CONF_TARGETS):
        teller.resident(
            NotificationKind.LOGIN_CHANGED,
            resident_id,
            what,
            addressed=earlier.addressed,
        )


def _login_state(
    move: Move,
    user_id: str | None,
    earlier: Residence | None,
    active: Collection[str],
    *,
    is_unsure: bool,
) -> LoginState:
    """Return the state of a resident's last known login; `user_id` is their person's user now."""
    if is_unsure and move.arrival is Arrival.SAME and earlier is not None:
        return earlier.login
    if is_unsure or move.resident.user_id is None:
        return LoginState.NONE
    if move.resident.user_id not in active:
        return LoginState.CLOSED
    return LoginState.UNLINKED if user_id is None else LoginState.LINKED


def _what_changed(resident: Resident, earlier: Residence) -> Mapping[str, str]:
    """Name the one thing that changed; a person's user is who they are."""
    if resident.unit == earlier.unit:
        return {"what": "person"}
    return {"what": "unit"} if resident.person == earlier.person else {}


def _consented(
    rules: Mapping[str, KeptRules], earlier: Mapping[str, Residence]
) -> set[str]:
    """Return who has consented and counted when grants were accepted."""
    return {
        resident_id
        for resident_id, each in rules.items()
        if each.rules.consent is Consent.GIVEN
        and (was := earlier.get(resident_id)) is not None
        and was.is_confirmed
    }


def _accepting(
    rules: Mapping[str, KeptRules],
    living: Mapping[str, Resident],
    consented: Collection[str],
) -> set[str]:
    """Return the units in which one of those who had consented still does, and nobody who counts has withdrawn."""
    said: dict[Consent, set[str]] = {consent: set() for consent in Consent}
    for resident_id, each in rules.items():
        consent = each.rules.consent
        if living[resident_id].is_confirmed and (
            consent is not Consent.GIVEN or resident_id in consented
        ):
            said[consent].add(each.unit)
    return said[Consent.GIVEN] - said[Consent.WITHDRAWN]


def _of_somebody_else(old: KeptRules, resident: Resident) -> bool:
    """Whether rules were made by another person, login or for another unit than the resident's now.

    Rules belong to the user who made them, and end when a resident gets their first one; only a withdrawal stands
    whoever logs in as the person now.
    """
    if (old.unit, old.person) != (resident.unit, resident.person):
        return True
    is_their_login = resident.user_id in (None, old.user_id)
    return not is_their_login and old.rules.consent is not Consent.WITHDRAWN


def _is_newer_paper(paper: Author, old: KeptRules | None) -> bool:
    """Whether a paper is still to be written down.

    It does not override what the resident decided by a login, nor does it count again for whom the resident has
    become since.
    """
    return old is None or (old.user_id is None and old.paper_id != paper.paper_id)
