"""Store what residents decide: rules with their consent, pauses, and enrollment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import json
import logging
from typing import Any, Final

import orjson
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Row,
    Text,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from ...access.hours import exceptions_from_list, exceptions_to_list
from ...access.model import Attitude, Consent, Pause, Proof, Resident, Rules
from ...access.schedule import WeekSchedule
from ..chain import Recorded
from ..connections import raw
from ..ledger import Transaction
from ..statements import Statement, microseconds
from ..tables import evidence, pauses, residences, resident_sets, rules

EVIDENCE_STAYS: Final = timedelta(days=30)
"""How long evidence is kept after consent ended or rules were replaced."""


def add_evidence(
    conn: Connection, record: Recorded, resident_id: str, *, is_new: bool
) -> None:
    """Keep a record as evidence of consent; a new consent ends earlier evidence."""
    open_evidence = (
        evidence.c.resident_id == resident_id,
        evidence.c.ended_at.is_(None),
    )
    superseded = update(evidence).where(*open_evidence).values(ended_at=record.latest)
    conn.execute(superseded if is_new else superseded.where(~evidence.c.gives))
    conn.execute(
        insert(evidence),
        {"seq": record.seq, "resident_id": resident_id, "gives": is_new},
    )


def end_evidence(conn: Connection, record: Recorded, resident_id: str) -> None:
    """End a resident's consent; the ending record is kept as long as the evidence."""
    over = conn.execute(
        update(evidence)
        .where(evidence.c.resident_id == resident_id, evidence.c.ended_at.is_(None))
        .values(ended_at=record.latest)
    )
    if over.rowcount > 0:
        conn.execute(
            insert(evidence),
            {
                "seq": record.seq,
                "resident_id": resident_id,
                "gives": False,
                "ended_at": record.latest,
            },
        )


def pauses_in_effect(conn: Connection, now: datetime) -> list[Pause]:
    """Return the pauses in effect."""
    rows = conn.execute(
        select(pauses).where(pauses.c.ended_at.is_(None), pauses.c.until > now)
    )
    return [Pause(row.id, row.until, row.unit, row.by_unit, row.at) for row in rows]


def move_pauses(transaction: Transaction, moved: Iterable[Pause], at: datetime) -> None:
    """Move pauses after the clock was set."""
    for each in moved:
        transaction.conn.execute(
            update(pauses)
            .where(pauses.c.id == each.id)
            .values(at=each.at, until=each.until)
        )
        transaction.append(
            "access.pause_moved",
            at,
            {"pause": each.id, "until": each.until.isoformat()},
        )


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
    until = until.astimezone(UTC)
    # Not SQLite's counter, which anyone could set to its end: no pause would fit in.
    number = transaction.next_seq
    transaction.conn.execute(
        insert(pauses),
        {"id": number, "unit": unit, "by_unit": by_unit, "at": at, "until": until},
    )
    transaction.append(
        "access.paused",
        at,
        {"pause": number, "until": until.isoformat(), "building": unit is None},
        {"unit": unit, "decided_by": by},
    )
    return Pause(number, until, unit, by_unit, at.astimezone(UTC))


def end_pauses(
    transaction: Transaction,
    ended: Sequence[Pause],
    at: datetime,
    *,
    by: str | None = None,
) -> None:
    """End these pauses."""
    transaction.conn.execute(
        update(pauses)
        .where(pauses.c.id.in_([pause.id for pause in ended]))
        .values(ended_at=at)
    )
    for pause in ended:
        transaction.append(
            "access.resumed", at, {"pause": pause.id}, {"decided_by": by}
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

_LOGGER = logging.getLogger(__name__)

# Read as text, so invalid JSON affects only that resident.
_AS_WRITTEN: Final = select(
    *(
        type_coerce(column, Text).label(column.name)
        if isinstance(column.type, JSON)
        else column
        for column in rules.c
    )
)

POLICY_VERSION: Final = 3
"""The version of the consent's wording, recorded with each consent."""


@dataclass(frozen=True, slots=True)
class KeptRules:
    """A resident's stored rules, with the unit, person, and login they were made for.

    `by_link` is true if the resident ever used their personal link to decide.
    """

    resident_id: str
    unit: str
    person: str | None
    user_id: str | None
    rules: Rules
    paper_id: str | None
    by_link: bool = False

    @property
    def resident(self) -> Resident:
        """The resident who has the rules, as far as they are stored."""
        return Resident(
            self.resident_id, "", self.unit, self.unit, self.person, self.user_id
        )


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a change: a user, a link's holder, or a resident on dated paper.

    `resident_id` is the link's, and isn't recorded.
    """

    user_id: str | None = None
    paper_id: str | None = None
    decided_on: str | None = None
    by_link: bool = False
    resident_id: str | None = None

    @property
    def decided_by(self) -> str | None:
        """Return the author's name in a record."""
        return "link" if self.by_link else self.user_id


def load_rules(conn: Connection) -> dict[str, KeptRules]:
    """Return all rules by resident; unreadable ones deny every courier (promise 8)."""
    return {row.resident_id: _kept(row) for row in conn.execute(_AS_WRITTEN)}


def put_rules(
    transaction: Transaction,
    resident: Resident,
    new: Rules,
    author: Author,
    at: datetime,
) -> None:
    """Write a resident's rules and record who changed them (promise 1)."""
    earlier = transaction.conn.execute(
        select(rules.c.revision, rules.c.consent, rules.c.unit).where(
            rules.c.resident_id == resident.id
        )
    ).one_or_none()
    _store(transaction.conn, resident, new, author, at)
    recorded = transaction.append(
        "rules.changed",
        at,
        {
            "revision": new.revision,
            "earlier_revision": None if earlier is None else earlier.revision,
            "policy": POLICY_VERSION,
            "on_paper": author.paper_id is not None,
            "decided_on": author.decided_on,
        },
        # Neighbors can export whatever isn't personal.
        {
            "resident": resident.id,
            "unit": resident.unit,
            "consent": new.consent,
            "decided_by": author.decided_by,
            "rules": _json(_written(new)),
        },
    )
    if new.consent is Consent.GIVEN:
        gave_before = earlier is not None and (earlier.consent, earlier.unit) == (
            Consent.GIVEN,
            resident.unit,
        )
        is_new = not gave_before or author.paper_id is not None
        add_evidence(transaction.conn, recorded, resident.id, is_new=is_new)
    else:
        end_evidence(transaction.conn, recorded, resident.id)


_UPSERT: Final = upsert(rules)
_GIVEN: Final = _UPSERT.excluded
_COLUMNS: Final = tuple(each.name for each in rules.c if each.name != "salt")
# Consent is evidenced from when it was given, not from later changes.
_IS_UNCHANGED: Final = and_(
    rules.c.consent == _GIVEN.consent,
    rules.c.unit == _GIVEN.unit,
    _GIVEN.paper_id.is_(None),
)
_PUT: Final = Statement.of(
    _UPSERT.on_conflict_do_update(
        index_elements=["resident_id"],
        set_={
            **{
                each.name: _GIVEN[each.name] for each in rules.c if not each.primary_key
            },
            "consent_at": case(
                (_IS_UNCHANGED, rules.c.consent_at), else_=_GIVEN.consent_at
            ),
            "user_id": func.coalesce(_GIVEN.user_id, rules.c.user_id),
            "paper_id": func.coalesce(_GIVEN.paper_id, rules.c.paper_id),
            "by_link": or_(_GIVEN.by_link, rules.c.by_link),
        },
    ),
    *_COLUMNS,
)


def _store(
    conn: Connection, resident: Resident, new: Rules, author: Author, at: datetime
) -> None:
    """Store rules over the earlier ones, which keep the evidence for their consent."""
    written = {
        name: json.dumps(value) if isinstance(value, dict | list) else value
        for name, value in _written(new).items()
    }
    _PUT.run(
        raw(conn),
        resident_id=resident.id,
        revision=new.revision,
        unit=resident.unit,
        person=resident.person,
        user_id=resident.user_id or None,
        consent=new.consent,
        consent_at=microseconds(at),
        default_attitude=written.pop("default"),
        paper_id=author.paper_id,
        by_link=author.by_link,
        **written,
    )


def remove_rules(
    transaction: Transaction, resident_id: str, why: str, at: datetime
) -> None:
    """Erase the rules of a resident who left or changed person or unit."""
    transaction.conn.execute(delete(rules).where(rules.c.resident_id == resident_id))
    recorded = transaction.append(
        "rules.erased", at, {"why": why}, {"resident": resident_id}
    )
    end_evidence(transaction.conn, recorded, resident_id)


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
    newest = transaction.conn.execute(
        select(resident_sets).order_by(resident_sets.c.revision.desc()).limit(1)
    ).one_or_none()
    if newest is not None and newest.members == members:
        return int(newest.revision)
    revision = 1 if newest is None else newest.revision + 1
    transaction.append(
        "residents.changed",
        at,
        {"revision": revision, "residents": [member[0] for member in members]},
        {"units": _json({member[0]: member[1] for member in members})},
    )
    transaction.conn.execute(
        insert(resident_sets), {"revision": revision, "at": at, "members": members}
    )
    return int(revision)


def has_consented(unit: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the SQL condition that a unit consents and nobody in it withdrew.

    Pending residents are ignored.
    """

    def someone(consent: Consent) -> ColumnElement[bool]:
        return (
            select(rules.c.resident_id)
            .join(residences, residences.c.resident_id == rules.c.resident_id)
            .where(
                rules.c.unit == unit,
                rules.c.consent == consent,
                residences.c.is_confirmed,
            )
            .exists()
        )

    return someone(Consent.GIVEN) & ~someone(Consent.WITHDRAWN)


def _kept(row: Row[Any]) -> KeptRules:
    try:
        found = Rules(
            consent=Consent(row.consent),
            schedule=WeekSchedule.from_mapping(orjson.loads(row.schedule)),
            share_hours=row.share_hours,
            default=Attitude(row.default_attitude),
            couriers={
                courier: Attitude(attitude)
                for courier, attitude in orjson.loads(row.couriers).items()
            },
            default_proof=Proof(row.default_proof),
            proofs={
                courier: Proof(proof)
                for courier, proof in orjson.loads(row.proofs).items()
            },
            revision=row.revision,
            exceptions=exceptions_from_list(orjson.loads(row.exceptions)),
            only_while=_references(row.only_while),
            never_while=_references(row.never_while),
            digest_at=row.digest_at,
        )
    except ValueError, TypeError, AttributeError:
        _LOGGER.error("A resident's rules can't be read, so they let nobody in")
        found = Rules(default=Attitude.DENY, revision=row.revision)
    return KeptRules(
        row.resident_id,
        row.unit,
        row.person,
        row.user_id,
        found,
        row.paper_id,
        row.by_link,
    )


def _references(written: str) -> tuple[str, ...]:
    found = orjson.loads(written)
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise TypeError("references to entities are a list of texts")
    return tuple(found)


def _written(new: Rules) -> dict[str, Any]:
    return {
        "schedule": new.schedule.to_mapping(),
        "share_hours": new.share_hours,
        "default": new.default,
        "couriers": {
            courier: attitude.value for courier, attitude in new.couriers.items()
        },
        "default_proof": new.default_proof,
        "proofs": {courier: proof.value for courier, proof in new.proofs.items()},
        "exceptions": exceptions_to_list(new.exceptions),
        "only_while": list(new.only_while),
        "never_while": list(new.never_while),
        "digest_at": new.digest_at,
    }


def _json(value: Mapping[str, object]) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
