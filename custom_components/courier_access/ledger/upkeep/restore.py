"""Bring a restored ledger into a safe state (docs/reliability.md#backup-and-restore).

What happened after the copy was made is lost, so in doubt the door stays closed: a grant may have been revoked or
vetoed since, a consent withdrawn, a link renewed because somebody else had it, or a stolen courier's key replaced.
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
from sqlalchemy import Connection, delete, select

from ...access.model import Consent, GrantKey, GrantState, Resident, Rules
from .. import binding, metadata as about
from ..ledger import Transaction
from ..state.grants import revoke_grant
from ..state.residents import load_links, renew_link
from ..state.rules import Author, load_rules, put_rules
from ..tables import answers, asks, grants, records

_MARK: Final = "mark"


def marks_file(path: Path) -> Path:
    """Return the file beside a ledger that says which marks are its own.

    Backups of Home Assistant and of the Supervisor leave `*.log` out.
    """
    return path.with_name(f"{path.stem}.marks.log")


def note_mark(path: Path, mark: str) -> None:
    """Put a mark down as this file's own, on the disk before the ledger gets it."""
    target = os.open(marks_file(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(target, "w") as file:
        file.write(f"{mark}\n")
        file.flush()
        os.fsync(file.fileno())


def noted_marks(path: Path) -> frozenset[str]:
    """Return the marks that are this file's own; what can't be read is none."""
    try:
        return frozenset(marks_file(path).read_text().splitlines())
    except OSError, UnicodeDecodeError:
        return frozenset()


def forget_mark(path: Path) -> None:
    """Forget all marks of this file; one that stays would be that of no other."""
    with suppress(OSError):
        marks_file(path).unlink(missing_ok=True)


def read_mark(conn: Connection) -> str | None:
    """Return the mark that a ledger carries."""
    return about.read(conn, _MARK)


def put_mark(transaction: Transaction, mark: str) -> None:
    """Mark a ledger: whatever is copied of it from now on is known to be a copy."""
    about.put(transaction.conn, _MARK, mark)


def remove_mark(transaction: Transaction) -> None:
    """Take the mark off."""
    about.remove(transaction.conn, _MARK)


_AT: Final = "restored_at"
_KEYS: Final = "keys_unconfirmed"
_PAPERS: Final = "papers_before"
_UNTOLD: Final = "restore_untold"


type Papers = Mapping[str, tuple[Author, Rules]]
"""What residents decided on paper, by their ids."""


class RestoreCause(StrEnum):
    """Why a ledger is taken for a restored one."""

    BACKUP = "backup"
    """It carries the mark of a copy."""
    ALTERED = "altered"
    """What it goes by is not what its records say: somebody changed it by hand."""
    ANOTHER = "another"
    """It is not the file that Home Assistant saw last, but an older copy of it or another one."""


@dataclass(frozen=True, slots=True)
class LastRecord:
    """The newest record that was seen in a ledger."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class UnannouncedRestore:
    """A restore of which nobody has been told yet; `consents_ended` are the residents whose consent ended by it."""

    seq: int
    cause: RestoreCause
    consents_ended: tuple[str, ...]


def restore_cause(
    conn: Connection, own_marks: Collection[str], seen: LastRecord | None
) -> RestoreCause | None:
    """Say why this ledger is to be taken for a restored one; None where it is the one that was used last."""
    if not binding.fits(conn):
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


def restore_ledger(
    transaction: Transaction, cause: RestoreCause, papers: Papers, now: datetime
) -> None:
    """Record a restore, and end all that what is not known any more may have ended.

    Open grants are revoked, questions forgotten, personal links renewed; consents have to be given again, also those
    on the `papers` that the owner has recorded so far. Couriers wait until their keys are confirmed.
    """
    conn, before = transaction.conn, transaction.head
    at = now if before is None else max(now, before.at)
    transaction.bind_all()
    seq = transaction.append(
        "ledger.restored",
        at,
        {"cause": cause, "newest": None if before is None else before.seq},
    ).seq
    _revoke_all(transaction, at)
    conn.execute(delete(answers))
    conn.execute(delete(asks))
    for resident_id in load_links(conn):
        renew_link(transaction, resident_id, at)
    consents_ended = _end_consents(transaction, at)
    remove_mark(transaction)
    refuse_before(transaction, at)
    await_keys(transaction, cause)
    void_consents(transaction, papers)
    about.put(
        conn,
        _UNTOLD,
        orjson.dumps(
            {"seq": seq, "cause": cause, "consents_ended": consents_ended}
        ).decode(),
    )


def refuse_before(transaction: Transaction, at: datetime) -> None:
    """Have messages refused that couriers sent before: what came of them is not known any more."""
    about.put(transaction.conn, _AT, at.isoformat())


def void_consents(transaction: Transaction, papers: Papers) -> None:
    """Let a yes on these papers count no more: it may have been withdrawn since."""
    ids = sorted(
        author.paper_id for author, _ in papers.values() if author.paper_id is not None
    )
    about.put(transaction.conn, _PAPERS, orjson.dumps(ids).decode())


def await_keys(transaction: Transaction, cause: RestoreCause | None = None) -> None:
    """Let couriers wait until the owner has confirmed their keys, for that cause."""
    about.put(transaction.conn, _KEYS, cause or "")


def restored_at(conn: Connection) -> datetime | None:
    """Return when this ledger was restored last; what couriers sent before is refused for good."""
    written = about.read(conn, _AT)
    return None if written is None else datetime.fromisoformat(written)


def papers_in_effect(conn: Connection, papers: Papers) -> Papers:
    """Return the papers that count: a no on one stands, a yes from before has to be given again."""
    written = about.read(conn, _PAPERS)
    void = () if written is None else orjson.loads(written)
    return {
        resident_id: (author, rules)
        for resident_id, (author, rules) in papers.items()
        if author.paper_id not in void or rules.consent is Consent.WITHDRAWN
    }


def keys_unconfirmed(conn: Connection) -> bool:
    """Whether the owner has yet to confirm the couriers' keys."""
    return about.read(conn, _KEYS) is not None


def is_altered(conn: Connection) -> bool:
    """Whether the keys are to be confirmed since somebody changed the ledger by hand."""
    return about.read(conn, _KEYS) == RestoreCause.ALTERED


def record_keys_confirmed(
    transaction: Transaction, at: datetime, *, by: str | None
) -> None:
    """Record that the owner confirms the couriers' keys."""
    transaction.append("keys.confirmed", at, {}, {"decided_by": by})
    about.remove(transaction.conn, _KEYS)


def unannounced_restore(conn: Connection) -> UnannouncedRestore | None:
    """Return the restore of which nobody has been told."""
    if (written := about.read(conn, _UNTOLD)) is None:
        return None
    read = orjson.loads(written)
    return UnannouncedRestore(
        read["seq"], RestoreCause(read["cause"]), tuple(read["consents_ended"])
    )


def note_restore_announced(transaction: Transaction) -> None:
    """Note that everybody is owed to be told of the restore."""
    about.remove(transaction.conn, _UNTOLD)


def _revoke_all(transaction: Transaction, at: datetime) -> None:
    """Revoke what is open: a later revision could bring a grant back that had been vetoed."""
    usable = select(grants.c.courier_id, grants.c.grant_id).where(
        grants.c.ends_at > at, grants.c.state == GrantState.OPEN
    )
    for row in transaction.conn.execute(usable).all():
        revoke_grant(transaction, GrantKey(row.courier_id, row.grant_id), at)


def _end_consents(transaction: Transaction, at: datetime) -> list[str]:
    """Let nobody's consent count until it is given again; return whose it was."""
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
        anew = replace(
            kept.rules, consent=Consent.NOT_GIVEN, revision=kept.rules.revision + 1
        )
        put_rules(transaction, resident, anew, Author(), at)
        ended.append(resident_id)
    return ended
