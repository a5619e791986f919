"""Bring a restored ledger into a safe state (docs/explanation/reliability.md#backup-and-restore).

Everything after the backup is lost, so in doubt the door stays closed: since then, a
grant may have been revoked or vetoed, a consent withdrawn, a link renewed because
someone else had it, or a stolen courier key replaced.
"""

from collections.abc import Mapping
from copy import replace
from datetime import datetime
from enum import StrEnum
from sqlite3 import Connection
from typing import Final

import orjson

from ...access.model import Consent, GrantKey, Rules
from .. import chain
from ..chain import Verification
from ..files import Mark
from ..ledger import Transaction, put_value, read_value, remove_value
from ..migrations import BROKEN_FOUND
from ..sql import Command, Query
from ..state.fleet_visits import forget_visits_setting
from ..state.grants import end_orders, revoke_grant
from ..state.residents import (
    Author,
    load_links,
    load_residences,
    load_rules,
    put_rules,
    remove_rules,
    renew_link,
)

_RESTORED_AT: Final = "restored_at"
_KEYS: Final = "keys_unconfirmed"
_PAPERS: Final = "papers_before"
_UNANNOUNCED: Final = "restore_untold"
_BROKEN: Final = "broken_at"


type Papers = Mapping[str, tuple[Author, Rules]]
"""Decisions recorded on paper, by resident."""


class RestoreCause(StrEnum):
    """Why a ledger is treated as restored."""

    BACKUP = "backup"
    """It has no mark, as a copy from a backup."""
    ALTERED = "altered"
    """A record, or the bound state, was changed by hand."""
    ANOTHER = "another"
    """It lacks the newest record that it had, as an older copy."""


def restore_cause(
    conn: Connection, mark: Mark | None, *, is_known: bool
) -> RestoreCause | None:
    """Return why this ledger must be treated as restored, or None if it isn't.

    `mark` is its newest record when it was last known as the original. A ledger that
    isn't known yet may have none.
    """
    was_found = read_value(conn, BROKEN_FOUND) is not None
    if was_found or not (chain.newest_fits(conn) and chain.state_fits(conn)):
        return RestoreCause.ALTERED
    if mark is None:
        is_copy = is_known and chain.head(conn) is not None
        return RestoreCause.BACKUP if is_copy else None
    return None if has_record(conn, mark) else RestoreCause.ANOTHER


def has_record(conn: Connection, mark: Mark) -> bool:
    return mark.seq == 0 or chain.RECORD_HASH.first(conn, seq=mark.seq) == mark.hash


def note_broken(transaction: Transaction, found: Verification) -> bool:
    """Note what a check found broken, for the next start; return whether it is new."""
    conn, broken_at = transaction.conn, str(found.broken_at)
    if not found.state_differs and read_value(conn, _BROKEN) == broken_at:
        return False
    put_value(conn, _BROKEN, broken_at)
    put_value(conn, BROKEN_FOUND, broken_at)
    return True


_USABLE: Final = Query(
    "SELECT courier_id, grant_id FROM grants WHERE ends_at > :at AND state = 'open'",
    GrantKey,
)
_ANSWERS: Final = Command("DELETE FROM answers")
_QUESTIONS: Final = Command("DELETE FROM asks")
_PASSES: Final = Command("DELETE FROM passes")
_ADDRESS_CODES: Final = Command("DELETE FROM address_codes")


def restore_ledger(
    transaction: Transaction, cause: RestoreCause, papers: Papers, now: datetime
) -> None:
    """Record a restore, and end everything that may have ended since the backup.

    Grants are revoked, links renewed, passes and address codes deleted, and standing
    orders and consents ended, even those on `papers`. Couriers wait until the
    administrator confirms their keys.
    """
    conn, before = transaction.conn, transaction.head
    at = now if before is None else max(now, before.at)
    if before is not None and not chain.newest_fits(conn):
        put_value(conn, _BROKEN, str(before.seq))
    remove_value(conn, BROKEN_FOUND)
    transaction.bind_all()
    seq = transaction.append(
        "ledger.restored",
        at,
        {"cause": cause, "newest": None if before is None else before.seq},
    ).seq
    for key in _USABLE.all(conn, at=at):
        # Without this, a later revision could bring back a vetoed grant.
        revoke_grant(transaction, key, at)
    for delete in (_ANSWERS, _QUESTIONS, _PASSES, _ADDRESS_CODES):
        delete.run(conn)
    for resident_id in load_links(conn):
        renew_link(transaction, resident_id, at)
    end_orders(transaction, "restored", at)
    # Objections may be lost.
    forget_visits_setting(transaction)
    consents_ended = [
        *end_consents(transaction, at),
        *_end_undone_consents(transaction, at),
    ]
    refuse_before(transaction, at)
    await_keys(transaction, cause)
    void_consents(transaction, papers)
    unannounced = {"seq": seq, "cause": cause, "consents_ended": consents_ended}
    put_value(conn, _UNANNOUNCED, orjson.dumps(unannounced).decode())


def refuse_before(transaction: Transaction, at: datetime) -> None:
    """Refuse messages from before this time, since their effects are unknown."""
    put_value(transaction.conn, _RESTORED_AT, at.isoformat())


def void_consents(transaction: Transaction, papers: Papers) -> None:
    """Void consents on these papers too, which may have been withdrawn since."""
    ids = {
        author.paper_id for author, _ in papers.values() if author.paper_id is not None
    }
    ids |= _void_papers(transaction.conn)
    put_value(transaction.conn, _PAPERS, orjson.dumps(sorted(ids)).decode())


def _void_papers(conn: Connection) -> set[str]:
    written = read_value(conn, _PAPERS)
    return set() if written is None else {*orjson.loads(written)}


def await_keys(transaction: Transaction, cause: RestoreCause | None = None) -> None:
    put_value(transaction.conn, _KEYS, cause or "")


def restored_at(conn: Connection) -> datetime | None:
    """Return the time of the last restore; earlier messages are refused."""
    written = read_value(conn, _RESTORED_AT)
    return None if written is None else datetime.fromisoformat(written)


def papers_in_effect(conn: Connection, papers: Papers) -> Papers:
    """Return the papers in effect: withdrawals, and consents that aren't void."""
    void = _void_papers(conn)
    return {
        resident_id: (author, rules)
        for resident_id, (author, rules) in papers.items()
        if author.paper_id not in void or rules.consent is Consent.WITHDRAWN
    }


def keys_unconfirmed(conn: Connection) -> bool:
    return read_value(conn, _KEYS) is not None


def is_altered(conn: Connection) -> bool:
    """Return whether the keys need confirmation because of a change by hand."""
    return read_value(conn, _KEYS) == RestoreCause.ALTERED


_ENDED_BY_CHANGE: Final = Query(
    """
    SELECT rules.resident_id, records.at
    FROM rules JOIN records ON records.at = rules.consent_at
    WHERE rules.consent = 'not_given' AND records.kind = 'ledger.restored'
        AND instr(records.body, '"cause":"altered"')
    """,
    tuple[str, datetime],
)


def consents_ended_by_change(conn: Connection) -> Mapping[str, datetime]:
    """Return whose consent a change by hand ended, and when it was found.

    They haven't decided since.
    """
    return dict(_ENDED_BY_CHANGE.each(conn))


def record_keys_confirmed(
    transaction: Transaction, at: datetime, *, by: str | None
) -> None:
    """Record that the administrator confirms the couriers' keys."""
    transaction.append("keys.confirmed", at, {}, {"decided_by": by})
    remove_value(transaction.conn, _KEYS)


def unannounced_restore(conn: Connection) -> tuple[int, str, list[str]] | None:
    """Return the restore that nobody was notified of.

    It is its record, its cause, and the residents whose consent it ended.
    """
    if (written := read_value(conn, _UNANNOUNCED)) is None:
        return None
    read = orjson.loads(written)
    return read["seq"], read["cause"], read["consents_ended"]


def note_restore_announced(transaction: Transaction) -> None:
    remove_value(transaction.conn, _UNANNOUNCED)


def end_consents(transaction: Transaction, at: datetime) -> list[str]:
    """End every consent; return the residents concerned."""
    ended = []
    for resident_id, kept in load_rules(transaction.conn).items():
        if kept.rules.consent is not Consent.GIVEN:
            continue
        changed = replace(
            kept.rules, consent=Consent.NOT_GIVEN, revision=kept.rules.revision + 1
        )
        put_rules(transaction, kept.resident, changed, Author(), at)
        ended.append(resident_id)
    return ended


_CONSENTED: Final = Query(
    "SELECT DISTINCT resident_id FROM evidence WHERE gives AND ended_at IS NULL", str
)


def _end_undone_consents(transaction: Transaction, at: datetime) -> list[str]:
    """End consents that were changed or deleted by hand; return the residents concerned.

    Otherwise, these residents would read that they never decided.
    """
    conn, ended = transaction.conn, []
    rules, residences = load_rules(conn), load_residences(conn)
    for resident_id in _CONSENTED.all(conn):
        kept, residence = rules.get(resident_id), residences.get(resident_id)
        if residence is None or (
            kept is not None and kept.rules.consent is not Consent.NOT_GIVEN
        ):
            continue
        changed = Rules() if kept is None else kept.rules
        changed = replace(changed, revision=changed.revision + 1)
        remove_rules(transaction, resident_id, RestoreCause.ALTERED, at)
        put_rules(transaction, residence.resident, changed, Author(), at)
        ended.append(resident_id)
    return ended
