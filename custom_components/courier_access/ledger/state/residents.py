"""Store residents as of the last start, and what they decide: rules with consent, pauses."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import replace
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
import logging
import secrets
from sqlite3 import Connection
from typing import Final, NamedTuple

import orjson

from ...access.model import Attitude, Consent, Pause, Resident, Rules
from ..chain import Recorded, Value
from ..ledger import Transaction
from ..queue import NotificationKind
from ..sql import EPOCH, MICROSECOND, Command, Query, fields_of
from .configured import load_configured, put_configured, remove_configured
from .consent_texts import ConsentText, forget_shown, put_text

_LOGGER = logging.getLogger(__name__)

_TOKEN_BYTES: Final = 32

_LINKS: Final = Query("SELECT resident_id, token FROM links", tuple[str, str])
_PUT_LINK: Final = Command("""
    INSERT INTO links (resident_id, token, since) VALUES (:resident_id, :token, :since)
    ON CONFLICT (resident_id) DO UPDATE SET token = excluded.token, since = excluded.since
""")
_REVOKE_LINK: Final = Command("DELETE FROM links WHERE resident_id = :resident_id")


def load_links(conn: Connection) -> Mapping[str, str]:
    return dict(_LINKS.each(conn))


def renew_link(
    transaction: Transaction, resident_id: str, at: datetime, *, by: str | None = None
) -> str:
    """Create or replace a resident's personal link; return its token."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    _PUT_LINK.run(transaction.conn, resident_id=resident_id, token=token, since=at)
    transaction.append(
        "link.renewed", at, {}, {"resident": resident_id, "decided_by": by or ""}
    )
    return token


def revoke_link(
    transaction: Transaction, resident_id: str, at: datetime, *, by: str | None = None
) -> None:
    if _REVOKE_LINK.run(transaction.conn, resident_id=resident_id):
        transaction.append(
            "link.revoked", at, {}, {"resident": resident_id, "decided_by": by or ""}
        )


LINKS_STAY: Final = timedelta(days=30)
"""How long someone who left can read their own page."""

_HAS_LINK: Final = Query(
    "SELECT EXISTS (SELECT * FROM links WHERE resident_id = :resident_id)", bool
)
SINCE_SEQ: Final = "since_seq"
"""The detail with the first record of who came or left: a later resident may have their ID."""


class Leaver(NamedTuple):
    """Someone who left at that time, as they were addressed then.

    Records before `since_seq` are about an earlier resident with the same ID.
    """

    resident_id: str
    addressed: Mapping[str, object]
    at: datetime
    since_seq: int


_LEFT: Final = Query(
    f"""
    SELECT resident_id, addressed, at, CAST(details ->> '{SINCE_SEQ}' AS INTEGER)
        AS since_seq
    FROM fanouts
    WHERE kind = :kind AND at > :since AND addressed IS NOT NULL
        AND details ->> '{SINCE_SEQ}' IS NOT NULL
    ORDER BY id
    """,
    Leaver,
)
_END_LINKS: Final = Command("""
    DELETE FROM links WHERE NOT EXISTS (
        SELECT * FROM residences WHERE residences.resident_id = links.resident_id
    ) AND NOT EXISTS (
        SELECT * FROM fanouts
        WHERE kind = :kind AND at > :since
            AND fanouts.resident_id = links.resident_id AND addressed IS NOT NULL
    )
""")


def retire_link(transaction: Transaction, resident_id: str, at: datetime) -> None:
    """Record that the link of someone who left decides nothing anymore.

    With it, they can still read their own page for a while (`leavers`).
    """
    if _HAS_LINK.one(transaction.conn, resident_id=resident_id):
        transaction.append(
            "link.revoked", at, {}, {"resident": resident_id, "decided_by": ""}
        )


def leavers(conn: Connection, now: datetime) -> dict[str, Leaver]:
    """Return who left lately, by resident."""
    kind, since = NotificationKind.RESIDENT_REMOVED, now - LINKS_STAY
    return {each.resident_id: each for each in _LEFT.each(conn, kind=kind, since=since)}


def end_links_of_leavers(conn: Connection, now: datetime) -> None:
    """Delete the links of those who can't read their page anymore."""
    kind, since = NotificationKind.RESIDENT_REMOVED, now - LINKS_STAY
    _END_LINKS.run(conn, kind=kind, since=since)


_NOTE: Final = "note"
"""The kind under which the table of what is configured has homes' notes for drivers."""


def load_notes(conn: Connection) -> dict[str, str]:
    """Return the notes for drivers by unit."""
    return load_configured(conn, _NOTE)


def put_note(
    transaction: Transaction,
    resident: Resident,
    note: str,
    at: datetime,
    *,
    by: str | None = None,
) -> None:
    """Store what a resident lets drivers read for their unit; remove it if it's empty."""
    if note:
        put_configured(transaction.conn, _NOTE, resident.unit, note)
    else:
        remove_configured(transaction.conn, _NOTE, resident.unit)
    personal = {"resident": resident.id, "unit": resident.unit, "decided_by": by or ""}
    transaction.append("note.changed", at, {}, {**personal, "note": note})


def erase_notes(
    transaction: Transaction, at: datetime, *, but: Collection[str]
) -> None:
    """Erase the notes of all units but those where somebody who lived there still does."""
    for unit in load_notes(transaction.conn).keys() - {*but}:
        remove_configured(transaction.conn, _NOTE, unit)
        transaction.append("note.erased", at, {}, {"unit": unit})


ERASE_AFTER: Final = "erase_after"
"""The kind under which the table of what is configured has how long homes keep details."""


class ErasureWish(NamedTuple):
    """After how many days a resident wants the details of their home's visits erased.

    It is about the records from `from_seq` on, and of someone who left, up to `left`.
    """

    unit: str
    days: int
    from_seq: int
    left: int | None = None
    """In microseconds since 1970, as the purge compares it."""


def load_erasure_wishes(conn: Connection) -> dict[str, ErasureWish]:
    """Return the wishes by resident; those of residents who left have other keys."""
    wishes = load_configured(conn, ERASE_AFTER)
    return {key: ErasureWish(**value) for key, value in wishes.items()}


def days_of_home(wishes: Mapping[str, ErasureWish], unit: str | None) -> int | None:
    """Return the shortest wish of those who live in a unit, or None if there is none."""
    theirs = (each for each in wishes.values() if each.unit == unit)
    return min((each.days for each in theirs if each.left is None), default=None)


_SINCE_SEQ: Final = Query(
    "SELECT since_seq FROM residences WHERE resident_id = :resident_id", int
)


def put_erasure_wish(
    transaction: Transaction,
    resident: Resident,
    days: int | None,
    at: datetime,
    *,
    by: str | None = None,
) -> None:
    """Store after how many days a resident wants details erased; None is the building's."""
    conn = transaction.conn
    if days is None:
        remove_configured(conn, ERASE_AFTER, resident.id)
    else:
        since_seq = _SINCE_SEQ.one(conn, resident_id=resident.id)
        wish = ErasureWish(resident.unit, days, since_seq)
        put_configured(conn, ERASE_AFTER, resident.id, wish._asdict())
    personal = {"resident": resident.id, "unit": resident.unit, "decided_by": by}
    chosen = "" if days is None else str(days)
    transaction.append("erasure.chosen", at, {}, {**personal, "days": chosen})


def end_erasure_wishes(
    transaction: Transaction, at: datetime, *, but: Collection[str], usual: int
) -> dict[str, str]:
    """End the wishes of all but these residents; return whose ended, with their units.

    What a home had while they lived there is still erased as early as they chose, if that
    is earlier than the building's `usual` number of days.
    """
    conn, ended = transaction.conn, dict[str, str]()
    for key, wish in load_erasure_wishes(conn).items():
        if wish.left is not None or key in but:
            continue
        remove_configured(conn, ERASE_AFTER, key)
        if wish.days < usual:
            kept = wish._replace(left=(at - EPOCH) // MICROSECOND)
            put_configured(
                conn, ERASE_AFTER, f"{key} {transaction.next_seq}", kept._asdict()
            )
        transaction.append(
            "erasure.ended", at, {}, {"resident": key, "unit": wish.unit}
        )
        ended[key] = wish.unit
    return ended


NOT_KNOWN: Final = ""
"""The account of a resident whose person has never had a state to read it from."""


class LoginState(StrEnum):
    """State of a resident's last known account when the building last started."""

    NONE = "none"
    """The person never had a user, as far as is known."""
    LINKED = "linked"
    UNLINKED = "unlinked"
    """The person lost this user or was deleted."""
    CLOSED = "closed"
    """The user is disabled or deleted."""


class Residence(NamedTuple):
    """A resident as of the building's last start, with their targets then (`addressed`).

    `user_id` is their last known account, or `NOT_KNOWN`. `since_seq` is their first
    record.
    """

    resident_id: str
    unit: str
    person: str | None
    user_id: str | None
    login: LoginState
    is_confirmed: bool
    since: datetime
    since_seq: int
    addressed: Mapping[str, object]

    @property
    def resident(self) -> Resident:
        return Resident(
            self.resident_id, "", self.unit, self.unit, self.person, self.user_id
        )


_RESIDENCES: Final = Query(
    """
    SELECT resident_id, unit, person, user_id, login, is_confirmed, since, since_seq,
        addressed
    FROM residences ORDER BY since_seq
    """,
    Residence,
)
# Unchanged rows must keep their salt, or each start would be a change.
_PUT: Final = Command("""
    INSERT INTO residences (
        resident_id, unit, person, user_id, login, is_confirmed, since, since_seq,
        addressed
    ) VALUES (
        :resident_id, :unit, :person, :user_id, :login, :is_confirmed, :since,
        :since_seq, :addressed
    )
    ON CONFLICT (resident_id) DO UPDATE
    SET unit = excluded.unit, person = excluded.person, user_id = excluded.user_id,
        login = excluded.login, is_confirmed = excluded.is_confirmed,
        since = excluded.since, since_seq = excluded.since_seq,
        addressed = excluded.addressed
""")
_CONFIRM: Final = Command("""
    UPDATE residences SET is_confirmed = 1
    WHERE resident_id = :resident_id AND unit = :unit AND NOT is_confirmed
        AND since_seq = coalesce(:since_seq, since_seq)
""")
_REMOVE: Final = Command("DELETE FROM residences WHERE resident_id = :resident_id")


def load_residences(conn: Connection) -> dict[str, Residence]:
    """Return all residences by resident, in order of arrival."""
    return {each.resident_id: each for each in _RESIDENCES.each(conn)}


def put_residence(
    conn: Connection,
    resident: Resident,
    login: LoginState,
    since: datetime,
    since_seq: int,
    addressed: Mapping[str, object],
) -> None:
    _PUT.run(
        conn,
        resident_id=resident.id,
        unit=resident.unit,
        person=resident.person,
        user_id=resident.user_id,
        login=login,
        is_confirmed=resident.is_confirmed,
        since=since,
        since_seq=since_seq,
        addressed=addressed,
    )


def confirm_resident(
    transaction: Transaction,
    resident: Resident,
    at: datetime,
    *,
    by: str | None,
    since_seq: int | None = None,
) -> bool:
    """Confirm a pending resident and record who did; return whether they were pending.

    With `since_seq`, confirm only the person who came with that record.
    """
    if not _CONFIRM.run(
        transaction.conn,
        resident_id=resident.id,
        unit=resident.unit,
        since_seq=since_seq,
    ):
        return False
    transaction.append(
        "resident.confirmed",
        at,
        {},
        {"resident": resident.id, "unit": resident.unit, "decided_by": by or ""},
    )
    return True


def remove_residence(conn: Connection, resident_id: str) -> None:
    _REMOVE.run(conn, resident_id=resident_id)


IS_PROOF: Final = """(gives OR NOT EXISTS (
    SELECT * FROM personal AS consents
    WHERE consents.seq = evidence.seq
        AND consents.field = 'consent' AND consents.value = 'given'
))"""
"""Whether a row of `evidence` is of a consent or its end, and not of other rules."""

IS_KEPT: Final = f"""(
    ended_at IS NULL OR ended_at > :cutoff
    OR {IS_PROOF} AND ended_at > :proof_since
)"""
"""Whether a row of `evidence` is in effect, or within the time for which it is kept.

That is the retention time after the rules were replaced, and a longer one for the proof
that, when, and to which text a resident consented.
"""

_END_EVIDENCE: Final = Command("""
    UPDATE evidence SET ended_at = :at
    WHERE resident_id = :resident_id AND ended_at IS NULL AND (:with_consent OR NOT gives)
""")
_ADD_EVIDENCE: Final = Command("""
    INSERT INTO evidence (seq, resident_id, gives, ended_at)
    VALUES (:seq, :resident_id, :gives, :ended_at)
""")


def add_evidence(
    conn: Connection, record: Recorded, resident_id: str, *, is_new: bool
) -> None:
    """Keep a record as evidence of consent; a new consent ends earlier evidence."""
    who, at = resident_id, record.latest
    _END_EVIDENCE.run(conn, resident_id=who, at=at, with_consent=is_new)
    _ADD_EVIDENCE.run(
        conn, seq=record.seq, resident_id=who, gives=is_new, ended_at=None
    )


def end_evidence(conn: Connection, record: Recorded, resident_id: str) -> None:
    """End a resident's consent; the ending record is kept as long as the evidence."""
    who, at = resident_id, record.latest
    if _END_EVIDENCE.run(conn, resident_id=who, at=at, with_consent=True):
        _ADD_EVIDENCE.run(
            conn, seq=record.seq, resident_id=who, gives=False, ended_at=at
        )


_IN_EFFECT: Final = Query(
    """
    SELECT id, until, unit, by_unit, at FROM pauses
    WHERE ended_at IS NULL AND until > :now
    """,
    Pause,
)
_MOVE_PAUSE: Final = Command(
    "UPDATE pauses SET at = :at, until = :until WHERE id = :id"
)
_PUT_PAUSE: Final = Command("""
    INSERT INTO pauses (id, unit, by_unit, at, until)
    VALUES (:id, :unit, :by_unit, :at, :until)
""")
_END_PAUSE: Final = Command("UPDATE pauses SET ended_at = :at WHERE id = :id")


def pauses_in_effect(conn: Connection, now: datetime) -> list[Pause]:
    return _IN_EFFECT.all(conn, now=now)


def move_pauses(transaction: Transaction, moved: Iterable[Pause], at: datetime) -> None:
    """Move pauses after the clock was set."""
    for each in moved:
        _MOVE_PAUSE.run(transaction.conn, id=each.id, at=each.at, until=each.until)
        content, personal = _said_of(each, until=each.until)
        transaction.append("access.pause_moved", at, content, personal)


def _said_of(
    pause: Pause, *, until: datetime | None = None
) -> tuple[dict[str, Value], dict[str, str | None]]:
    """Return what is recorded of a pause, with its end if it has one so far.

    Neighbors must not learn from when to when a home is away.
    """
    said = {} if until is None else {"until": until.isoformat()}
    if pause.unit is None:
        return {"building": True, "pause": pause.id, **said}, {}
    return {"building": False}, {"unit": pause.unit, "pause": str(pause.id), **said}


def put_pause(
    transaction: Transaction,
    at: datetime,
    until: datetime,
    *,
    unit: str | None = None,
    by_unit: str | None = None,
    by: str | None = None,
) -> Pause:
    """Pause courier access to the building or one unit (promise 4)."""
    # Not SQLite's counter, which anyone could set to its end: no pause would fit in.
    number, until = transaction.next_seq, until.astimezone(UTC)
    pause = Pause(number, until, unit, by_unit, at.astimezone(UTC))
    _PUT_PAUSE.run(transaction.conn, **fields_of(pause))
    content, personal = _said_of(pause, until=until)
    transaction.append(
        "access.paused", at, content, {**personal, "decided_by": by or ""}
    )
    return pause


def end_pauses(
    transaction: Transaction,
    ended: Sequence[Pause],
    at: datetime,
    *,
    by: str | None = None,
) -> None:
    for pause in ended:
        _END_PAUSE.run(transaction.conn, id=pause.id, at=at)
        content, personal = _said_of(pause)
        transaction.append(
            "access.resumed", at, content, {**personal, "decided_by": by or ""}
        )


IS_PAUSED: Final = """EXISTS (
    SELECT * FROM pauses
    WHERE pauses.ended_at IS NULL AND pauses.until > :now
        AND (pauses.unit IS NULL OR pauses.unit = grant_units.unit)
)"""
"""The condition that a pause applies to the unit of a row of `grant_units`."""

_DECIDED: Final = """EXISTS (
    SELECT * FROM rules JOIN residences USING (resident_id)
    WHERE rules.unit = grant_units.unit AND rules.consent = '{}'
        AND residences.is_confirmed
)"""
HAS_CONSENTED: Final = (
    f"({_DECIDED.format('given')} AND NOT {_DECIDED.format('withdrawn')})"
)
"""The condition that the unit of a row of `grant_units` consents, and nobody withdrew.

Pending residents are ignored.
"""


@dataclass(frozen=True, slots=True)
class KeptRules:
    """A resident's stored rules, with the unit, person, and account they were made for.

    `by_link` is true if the resident ever used their personal link to decide.
    """

    resident_id: str
    unit: str
    person: str | None
    user_id: str | None
    paper_id: str | None
    by_link: bool = False
    _: KW_ONLY
    rules: Rules = Rules()

    @property
    def resident(self) -> Resident:
        return Resident(
            self.resident_id, "", self.unit, self.unit, self.person, self.user_id
        )


class Author(NamedTuple):
    """Who made a change: a user, a link's holder, or a resident on dated paper.

    `resident_id` is the link's, and isn't recorded. `text` is the hash of the text that
    the paper names.
    """

    user_id: str | None = None
    paper_id: str | None = None
    decided_on: str | None = None
    by_link: bool = False
    resident_id: str | None = None
    text: str = ""

    @property
    def decided_by(self) -> str | None:
        """Return the author's name in a record."""
        return "link" if self.by_link else self.user_id


class _Columns(NamedTuple):
    """Stored rules, as text where what is invalid must affect only that resident."""

    consent: str
    revision: int
    schedule: str
    share_hours: bool
    default: str
    couriers: str
    default_proof: str
    proofs: str
    exceptions: str
    only_while: str
    never_while: str
    digest_at: int | None


_IN_JSON: Final = (
    "schedule",
    "couriers",
    "proofs",
    "exceptions",
    "only_while",
    "never_while",
)


_RULES: Final = Query(
    """
    SELECT resident_id, unit, person, user_id, paper_id, by_link, consent, revision,
        schedule, share_hours, default_attitude AS "default", couriers, default_proof,
        proofs, exceptions, only_while, never_while, digest_at
    FROM rules ORDER BY resident_id
    """,
    tuple[KeptRules, _Columns],
)


class _Earlier(NamedTuple):
    """What a resident's next rules take over, perhaps of none."""

    revision: int | None = None
    consent: str = ""
    consent_at: int = 0
    unit: str = ""
    user_id: str | None = None
    paper_id: str | None = None
    by_link: bool = False


_REPLACED: Final = Query(
    """
    DELETE FROM rules WHERE resident_id = :resident_id
    RETURNING revision, consent, consent_at, unit, user_id, paper_id, by_link
    """,
    _Earlier,
)
_PUT_RULES: Final = Command("""
    INSERT INTO rules (
        resident_id, revision, unit, person, user_id, consent, consent_at, schedule,
        share_hours, default_attitude, couriers, default_proof, proofs, exceptions,
        only_while, never_while, digest_at, paper_id, by_link
    ) VALUES (
        :resident_id, :revision, :unit, :person, :user_id, :consent, :consent_at,
        :schedule, :share_hours, :default, :couriers, :default_proof, :proofs,
        :exceptions, :only_while, :never_while, :digest_at, :paper_id, :by_link
    )
""")
_ERASE: Final = Command("DELETE FROM rules WHERE resident_id = :resident_id")


_DECIDED_AT: Final = Query(
    "SELECT consent_at FROM rules WHERE resident_id = :resident_id", datetime
)


def consented_at(conn: Connection, resident_id: str) -> datetime | None:
    """Return when a resident decided about consent, if they did."""
    return _DECIDED_AT.first(conn, resident_id=resident_id)


def load_rules(conn: Connection) -> dict[str, KeptRules]:
    """Return all rules by resident; unreadable ones deny every courier (promise 8)."""
    return {
        kept.resident_id: replace(kept, rules=_rules(columns))
        for kept, columns in _RULES.each(conn)
    }


def _rules(columns: _Columns) -> Rules:
    written: dict[str, object] = columns._asdict()
    try:
        for name in _IN_JSON:
            written[name] = orjson.loads(getattr(columns, name))
        return Rules.from_dict(written)
    except AttributeError, TypeError, ValueError:
        _LOGGER.error("A resident's rules can't be read, so they let nobody in")
        return Rules(default=Attitude.DENY, revision=columns.revision)


def put_rules(
    transaction: Transaction,
    resident: Resident,
    new: Rules,
    author: Author,
    at: datetime,
    *,
    text: ConsentText | None = None,
) -> None:
    """Write a resident's rules and record who changed them (promise 1).

    The text that a new consent is given to is kept, and the record names its hash.
    """
    conn, written = transaction.conn, new.to_dict()
    earlier = _REPLACED.first(conn, resident_id=resident.id) or _Earlier()
    is_same = author.paper_id is None and (
        (earlier.consent, earlier.unit) == (new.consent, resident.unit)
    )
    _PUT_RULES.run(
        conn,
        resident_id=resident.id,
        unit=resident.unit,
        person=resident.person,
        user_id=resident.user_id or earlier.user_id,
        # Consent is evidenced from when it was given, not from later changes.
        consent_at=earlier.consent_at if is_same else at,
        paper_id=earlier.paper_id if author.paper_id is None else author.paper_id,
        by_link=author.by_link or earlier.by_link,
        **written,
    )
    if text is not None:
        put_text(conn, text, at)
    personal = _decision(resident, new, author, text)
    recorded = transaction.append("rules.changed", at, {}, personal)
    if new.consent is Consent.GIVEN:
        add_evidence(conn, recorded, resident.id, is_new=not is_same)
    else:
        end_evidence(conn, recorded, resident.id)


def _decision(
    resident: Resident, new: Rules, author: Author, text: ConsentText | None
) -> dict[str, str | None]:
    """Return what a record says: others can read what isn't personal, and which fields there are."""
    written = new.to_dict()
    del written["consent"]
    return {
        "resident": resident.id,
        "unit": resident.unit,
        "consent": new.consent,
        "decided_by": author.decided_by or "",
        "on_paper": _json(author.paper_id is not None),
        "decided_on": author.decided_on or "",
        "rules": _json(written),
        # Its language may show whose it is.
        "text": "" if text is None else text.hash,
    }


def remove_rules(
    transaction: Transaction, resident_id: str, why: str, at: datetime
) -> None:
    """Erase the rules of a resident who left or changed person or unit."""
    _ERASE.run(transaction.conn, resident_id=resident_id)
    forget_shown(transaction.conn, resident_id)
    recorded = transaction.append(
        "rules.erased", at, {}, {"resident": resident_id, "why": why}
    )
    end_evidence(transaction.conn, recorded, resident_id)


_NEWEST_SET: Final = Query(
    "SELECT revision, members FROM resident_sets ORDER BY revision DESC LIMIT 1",
    tuple[int, list[list[str]]],
)
_NEWEST_REVISION: Final = Query("SELECT max(revision) FROM resident_sets", int | None)
_PUT_SET: Final = Command("""
    INSERT INTO resident_sets (revision, at, members) VALUES (:revision, :at, :members)
""")


def enroll_residents(
    transaction: Transaction, residents: Sequence[Resident], at: datetime
) -> int:
    """Return the revision of the set of residents, a new one if it changed.

    Pending residents are in it without a unit, so they are never recipients.
    """
    members = sorted(
        [resident.id, resident.unit if resident.is_confirmed else ""]
        for resident in residents
    )
    newest, known = _NEWEST_SET.first(transaction.conn) or (0, None)
    if known == members:
        return newest
    revision = newest + 1
    transaction.append(
        "residents.changed",
        at,
        {"revision": revision},
        {"residents": _json({member[0]: member[1] for member in members})},
    )
    _PUT_SET.run(transaction.conn, revision=revision, at=at, members=members)
    return revision


def newest_set(conn: Connection) -> int | None:
    """Return the revision of the newest set of residents, if there ever were any."""
    return _NEWEST_REVISION.one(conn)


_UNITS_THEN: Final = Query(
    """
    SELECT revision, members FROM resident_sets
    WHERE revision IN (SELECT value FROM json_each(:revisions))
    """,
    tuple[int, list[list[str]]],
)


def units_then(
    conn: Connection, revisions: Collection[int]
) -> Mapping[tuple[int, str], str]:
    """Return the unit in which each resident was confirmed, by revision and resident."""
    return {
        (revision, resident_id): unit
        for revision, members in _UNITS_THEN.each(conn, revisions=revisions)
        for resident_id, unit in members
    }


def _json(value: Mapping[str, object] | bool) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
