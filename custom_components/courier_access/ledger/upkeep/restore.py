"""Bring a restored ledger into a safe state (docs/explanation/reliability.md#backup-and-restore).

Everything after the backup is lost, so in doubt the door stays closed: since then, a
grant may have been revoked or vetoed, a consent withdrawn, a link renewed because
someone else had it, or a stolen courier key replaced.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
import os
from pathlib import Path
from typing import Final

import orjson
from sqlalchemy import Connection, delete, select, true

from ...access.model import Consent, GrantKey, GrantState, Resident, Rules
from .. import binding, chain, metadata as about
from ..chain import Verification
from ..ledger import Transaction
from ..state.grants import revoke_grant
from ..state.orders import end_orders
from ..state.residents import load_links, renew_link
from ..state.rules import Author, load_rules, put_rules
from ..tables import address_codes, answers, asks, grants, passes, records

_MARK: Final = "mark"


def marks_file(path: Path) -> Path:
    """Return the file beside a ledger that lists its own markers.

    Backups of Home Assistant and the Supervisor leave `*.log` out.
    """
    return path.with_name(f"{path.stem}.marks.log")


def note_mark(path: Path, mark: str) -> None:
    """Durably note a marker as this file's own, before the ledger gets it."""
    target = os.open(marks_file(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(target, "w") as file:
        file.write(f"{mark}\n")
        file.flush()
        os.fsync(file.fileno())


def noted_marks(path: Path) -> frozenset[str]:
    """Return the file's own markers; an unreadable file has none."""
    try:
        return frozenset(marks_file(path).read_text().splitlines())
    except OSError, UnicodeDecodeError:
        return frozenset()


def forget_mark(path: Path) -> None:
    """Forget all markers of this file; a leftover one matches no other file."""
    with suppress(OSError):
        marks_file(path).unlink(missing_ok=True)


def read_mark(conn: Connection) -> str | None:
    """Return the ledger's marker, if any."""
    return about.read(conn, _MARK)


def put_mark(transaction: Transaction, mark: str) -> None:
    """Mark a ledger, so that any copy from now on is recognized."""
    about.put(transaction.conn, _MARK, mark)


def remove_mark(transaction: Transaction) -> None:
    """Remove the marker."""
    about.remove(transaction.conn, _MARK)


_RESTORED_AT: Final = "restored_at"
_KEYS: Final = "keys_unconfirmed"
_PAPERS: Final = "papers_before"
_UNANNOUNCED: Final = "restore_untold"
_BROKEN: Final = "broken_at"
_BROKEN_FOUND: Final = "broken_found"


type Papers = Mapping[str, tuple[Author, Rules]]
"""Decisions recorded on paper, by resident."""


class RestoreCause(StrEnum):
    """Why a ledger is treated as restored."""

    BACKUP = "backup"
    """It carries the marker of a copy."""
    ALTERED = "altered"
    """A record, or the bound state, was changed by hand."""
    ANOTHER = "another"
    """It isn't the file that Home Assistant saw last."""


@dataclass(frozen=True, slots=True)
class LastRecord:
    """The newest record that was seen in a ledger."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class UnannouncedRestore:
    """A restore that nobody was notified of, with the residents whose consent it ended."""

    seq: int
    cause: RestoreCause
    consents_ended: tuple[str, ...]


def restore_cause(
    conn: Connection, own_marks: Collection[str], seen: LastRecord | None
) -> RestoreCause | None:
    """Return why this ledger must be treated as restored, or None if it isn't."""
    was_found = about.read(conn, _BROKEN_FOUND) is not None
    if was_found or not (chain.newest_fits(conn) and binding.fits(conn)):
        return RestoreCause.ALTERED
    mark = read_mark(conn)
    if mark is not None and mark not in own_marks:
        return RestoreCause.BACKUP
    if seen is None:
        return None
    found = conn.execute(
        select(records.c.hash).where(records.c.seq == seen.seq)
    ).scalar_one_or_none()
    return None if found == seen.hash else RestoreCause.ANOTHER


def note_broken(transaction: Transaction, found: Verification) -> bool:
    """Note what a check found broken, for the next start; return whether it wasn't noted before."""
    conn, broken_at = transaction.conn, str(found.broken_at)
    if not found.state_differs and about.read(conn, _BROKEN) == broken_at:
        return False
    about.put(conn, _BROKEN, broken_at)
    about.put(conn, _BROKEN_FOUND, broken_at)
    return True


def restore_ledger(
    transaction: Transaction, cause: RestoreCause, papers: Papers, now: datetime
) -> None:
    """Record a restore, and end everything that may have ended since the backup.

    Grants are revoked, links renewed, passes and address codes deleted, and standing
    orders and consents ended, even those on `papers`.
    Couriers wait until the owner confirms their keys.
    """
    conn, before = transaction.conn, transaction.head
    at = now if before is None else max(now, before.at)
    if before is not None and not chain.newest_fits(conn):
        about.put(conn, _BROKEN, str(before.seq))
    about.remove(conn, _BROKEN_FOUND)
    transaction.bind_all()
    seq = transaction.append(
        "ledger.restored",
        at,
        {"cause": cause, "newest": None if before is None else before.seq},
    ).seq
    _revoke_all(transaction, at)
    conn.execute(delete(answers))
    conn.execute(delete(asks))
    conn.execute(delete(passes))
    conn.execute(delete(address_codes))
    for resident_id in load_links(conn):
        renew_link(transaction, resident_id, at)
    end_orders(transaction, true(), "restored", at)
    consents_ended = _end_consents(transaction, at)
    remove_mark(transaction)
    refuse_before(transaction, at)
    await_keys(transaction, cause)
    void_consents(transaction, papers)
    about.put(
        conn,
        _UNANNOUNCED,
        orjson.dumps(
            {"seq": seq, "cause": cause, "consents_ended": consents_ended}
        ).decode(),
    )


def refuse_before(transaction: Transaction, at: datetime) -> None:
    """Refuse messages from before this time, since their effects are unknown."""
    about.put(transaction.conn, _RESTORED_AT, at.isoformat())


def void_consents(transaction: Transaction, papers: Papers) -> None:
    """Void consents on these papers, which may have been withdrawn since."""
    ids = sorted(
        author.paper_id for author, _ in papers.values() if author.paper_id is not None
    )
    about.put(transaction.conn, _PAPERS, orjson.dumps(ids).decode())


def await_keys(transaction: Transaction, cause: RestoreCause | None = None) -> None:
    """Make couriers wait until the owner confirms their keys."""
    about.put(transaction.conn, _KEYS, cause or "")


def restored_at(conn: Connection) -> datetime | None:
    """Return the time of the last restore; earlier messages are refused."""
    written = about.read(conn, _RESTORED_AT)
    return None if written is None else datetime.fromisoformat(written)


def papers_in_effect(conn: Connection, papers: Papers) -> Papers:
    """Return the papers in effect: withdrawals, and consents that aren't void."""
    written = about.read(conn, _PAPERS)
    void = () if written is None else orjson.loads(written)
    return {
        resident_id: (author, rules)
        for resident_id, (author, rules) in papers.items()
        if author.paper_id not in void or rules.consent is Consent.WITHDRAWN
    }


def keys_unconfirmed(conn: Connection) -> bool:
    """Return whether the owner must still confirm the couriers' keys."""
    return about.read(conn, _KEYS) is not None


def is_altered(conn: Connection) -> bool:
    """Return whether the keys need confirmation because of a change by hand."""
    return about.read(conn, _KEYS) == RestoreCause.ALTERED


def record_keys_confirmed(
    transaction: Transaction, at: datetime, *, by: str | None
) -> None:
    """Record that the owner confirms the couriers' keys."""
    transaction.append("keys.confirmed", at, {}, {"decided_by": by})
    about.remove(transaction.conn, _KEYS)


def unannounced_restore(conn: Connection) -> UnannouncedRestore | None:
    """Return the restore that nobody was notified of."""
    if (written := about.read(conn, _UNANNOUNCED)) is None:
        return None
    read = orjson.loads(written)
    return UnannouncedRestore(
        read["seq"], RestoreCause(read["cause"]), tuple(read["consents_ended"])
    )


def note_restore_announced(transaction: Transaction) -> None:
    """Note that notifications of the restore are enqueued."""
    about.remove(transaction.conn, _UNANNOUNCED)


def _revoke_all(transaction: Transaction, at: datetime) -> None:
    """Revoke open grants: a later revision could bring back a vetoed one."""
    usable = select(grants.c.courier_id, grants.c.grant_id).where(
        grants.c.ends_at > at, grants.c.state == GrantState.OPEN
    )
    for row in transaction.conn.execute(usable).all():
        revoke_grant(transaction, GrantKey(row.courier_id, row.grant_id), at)


def _end_consents(transaction: Transaction, at: datetime) -> list[str]:
    """End every consent; return the residents concerned."""
    ended = []
    for resident_id, kept in load_rules(transaction.conn).items():
        if kept.rules.consent is not Consent.GIVEN:
            continue
        resident = Resident(
            resident_id,
            "",
            kept.unit,
            kept.unit,
            person=kept.person,
            user_id=kept.user_id,
        )
        changed = replace(
            kept.rules, consent=Consent.NOT_GIVEN, revision=kept.rules.revision + 1
        )
        put_rules(transaction, resident, changed, Author(), at)
        ended.append(resident_id)
    return ended
