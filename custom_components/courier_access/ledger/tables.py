"""Define the ledger's tables for its statements; `schemas/` creates them.

`records` and `personal` are the durable log: only appended to, except that the purge
empties `personal`. The other tables hold current state.
"""

from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from .sql import instant, microseconds


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as microseconds since 1970 to sort and compare exactly."""

    impl = BigInteger
    cache_ok = True

    @staticmethod
    def to_microseconds(value: datetime) -> int:
        """Return an instant as it is stored."""
        return microseconds(value)

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> int | None:
        """Convert an instant to microseconds."""
        return None if value is None else self.to_microseconds(value)

    def process_result_value(
        self, value: int | None, dialect: Dialect
    ) -> datetime | None:
        """Convert microseconds to an instant in UTC."""
        return None if value is None else instant(value)


metadata = MetaData()


def _salt() -> Column[bytes]:
    """Return the salt column of a bound row (see `binding`)."""
    return Column(
        "salt", LargeBinary, nullable=False, server_default=text("(randomblob(16))")
    )


records = Table(
    "records",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Index(
        "records_of_accepted_clocks",
        "seq",
        sqlite_where=text("kind = 'clock.accepted'"),
    ),
    Index(
        "records_of_migrations",
        "seq",
        sqlite_where=text("kind = 'ledger.migrated'"),
    ),
    Index("records_of_purges", "seq", sqlite_where=text("kind = 'personal.erased'")),
)

personal = Table(
    "personal",
    metadata,
    Column("seq", ForeignKey("records.seq"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("value", Text, nullable=False),
    Column("salt", LargeBinary(32), nullable=False),
    # The latest time of a record so far, since the clock may have been behind.
    Column("since", Instant, nullable=False),
    sqlite_with_rowid=False,
)

grants = Table(
    "grants",
    metadata,
    Column("courier_id", String, primary_key=True),
    Column("grant_id", String, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("door_id", String, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("max_entries", Integer, nullable=False),
    Column("uses", Integer, nullable=False, default=0),
    Column("returned", Integer, nullable=False, default=0),
    Column("parcel_ref", String),
    Column("driver_ref", String),
    Column("content", String, nullable=False),
    Column("issuer_kind", String),
    Column("issuer_id", String),
    Column("keep_until", Instant, nullable=False, index=True),
    _salt(),
    Index("grants_by_order", "issuer_id", sqlite_where=text("issuer_kind = 'order'")),
    sqlite_with_rowid=False,
)

grant_units = Table(
    "grant_units",
    metadata,
    Column("courier_id", String, primary_key=True),
    Column("grant_id", String, primary_key=True),
    Column("unit", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("label", String),
    Column("part", String, nullable=False),
    _salt(),
    Index("grant_units_by_unit", "unit"),
    sqlite_with_rowid=False,
)

entries = Table(
    "entries",
    metadata,
    Column("seq", ForeignKey("records.seq"), primary_key=True, autoincrement=False),
    Column("entry_id", String, nullable=False, unique=True),
    Column("at", Instant, nullable=False),
    Column("courier_id", String, nullable=False),
    Column("courier_name", String, nullable=False),
    # Personal; erased with the entry's record.
    Column("grant_id", String),
    Column("door_id", String, nullable=False),
    Column("door_name", String, nullable=False),
    # Observed entries have no proof and no reason.
    Column("proof", String),
    Column("decision", String, nullable=False),
    Column("reason", String),
    Column("outcome", String),
    Column("lock_confirmed", Boolean),
    Column("unlocked_until", Instant),
    # When the door must be locked again, until it is.
    Column("relock_by", Instant),
    Column("use_returned", Boolean, nullable=False, default=False),
    Column("repeats", Integer, nullable=False, default=0),
    Column("last_at", Instant, nullable=False),
    Column("completed_at", Instant),
    Column("context_id", String),
    # The pass that was shown.
    Column("pass_id", String),
    # With the decision, visits are counted without reading the rows.
    Index("entries_by_time", "at", "decision"),
    Index("entries_by_pass", "pass_id", sqlite_where=text("pass_id IS NOT NULL")),
    Index("entries_to_relock", "relock_by", sqlite_where=text("relock_by IS NOT NULL")),
)

replies = Table(
    "replies",
    metadata,
    Column("courier_id", String, primary_key=True),
    Column("message_id", String, primary_key=True),
    Column("body_hash", LargeBinary(32), nullable=False),
    Column("reply", Text, nullable=False),
    Column("entry_id", String),
    Column("keep_until", Instant, nullable=False, index=True),
    sqlite_with_rowid=False,
)

rules = Table(
    "rules",
    metadata,
    Column("resident_id", String, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("unit", String, nullable=False, index=True),
    Column("person", String),
    Column("user_id", String),
    Column("consent", String, nullable=False),
    Column("consent_at", Instant, nullable=False),
    Column("schedule", JSON, nullable=False),
    Column("share_hours", Boolean, nullable=False),
    Column("default_attitude", String, nullable=False),
    Column("couriers", JSON, nullable=False),
    Column("default_proof", String, nullable=False),
    Column("proofs", JSON, nullable=False),
    Column("exceptions", JSON, nullable=False, default=list),
    Column("only_while", JSON, nullable=False, default=list),
    Column("never_while", JSON, nullable=False, default=list),
    Column("digest_at", Integer),
    Column("paper_id", String),
    Column("by_link", Boolean, nullable=False, default=False),
    _salt(),
)

evidence = Table(
    "evidence",
    metadata,
    Column("seq", ForeignKey("records.seq"), primary_key=True),
    Column("resident_id", String, nullable=False, index=True),
    Column("gives", Boolean, nullable=False),
    Column("ended_at", Instant),
)

residences = Table(
    "residences",
    metadata,
    Column("resident_id", String, primary_key=True),
    Column("unit", String, nullable=False),
    Column("person", String),
    Column("user_id", String),
    Column("login", String, nullable=False),
    Column("is_confirmed", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    # The first record of this person; earlier ones aren't theirs, whatever their time.
    Column("since_seq", Integer, nullable=False),
    Column("addressed", JSON, nullable=False),
    _salt(),
)

links = Table(
    "links",
    metadata,
    Column("resident_id", String, primary_key=True),
    Column("token", String, nullable=False, unique=True),
    Column("since", Instant, nullable=False),
)

asks = Table(
    "asks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("courier_id", String, nullable=False),
    Column("grant_id", String, nullable=False),
    Column("door_id", String, nullable=False),
    Column("proof", String, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("tokens", JSON, nullable=False),
    Index("asks_by_grant", "courier_id", "grant_id"),
)

answers = Table(
    "answers",
    metadata,
    Column("ask_id", ForeignKey("asks.id"), primary_key=True),
    Column("unit", String, primary_key=True),
    Column("resident_id", String, nullable=False),
    Column("answer", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("entry_id", String),
    _salt(),
)

passes = Table(
    "passes",
    metadata,
    Column("pass_id", String, primary_key=True),
    Column("courier_id", String, nullable=False),
    Column("grant_id", String, nullable=False),
    Column("resident_id", String, nullable=False),
    Column("pin", LargeBinary(32), nullable=False),
    Column("short_code", LargeBinary(32), nullable=False),
    Column("link", LargeBinary(32), nullable=False),
    Column("digits", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("keep_until", Instant, nullable=False, index=True),
    Column("is_used", Boolean, nullable=False, default=False),
    Column("is_revoked", Boolean, nullable=False, default=False),
    _salt(),
)

address_codes = Table(
    "address_codes",
    metadata,
    Column("unit", String, primary_key=True),
    Column("resident_id", String, nullable=False),
    Column("code", LargeBinary(32), nullable=False),
    Column("at", Instant, nullable=False),
    _salt(),
)

orders = Table(
    "orders",
    metadata,
    Column("order_id", String, primary_key=True),
    # The record of this revision; its values are kept as long as the order.
    Column("seq", Integer, nullable=False),
    Column("resident_id", String, nullable=False),
    Column("source_kind", String, nullable=False),
    Column("source", String, nullable=False),
    Column("courier_id", String, nullable=False),
    Column("door_id", String, nullable=False),
    Column("most_per_day", Integer, nullable=False),
    Column("is_paused", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    # How many grants it issued on the last day it issued any.
    Column("day", String),
    Column("issued", Integer, nullable=False, default=0),
    _salt(),
)

code_tries = Table(
    "code_tries",
    metadata,
    Column("door_id", String, primary_key=True),
    Column("hours", JSON, nullable=False),
    Column("notified_at", Instant),
)

# What the administrator configured, as the building acts on it.
configured = Table(
    "configured",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("value", Text, nullable=False),
    _salt(),
    sqlite_with_rowid=False,
)

about = Table(
    "about",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

resident_sets = Table(
    "resident_sets",
    metadata,
    Column("revision", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("members", JSON, nullable=False),
)

pauses = Table(
    "pauses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String),
    Column("by_unit", String),
    Column("at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("ended_at", Instant),
    _salt(),
    sqlite_autoincrement=True,  # records name pauses by their IDs
)

fanouts = Table(
    "fanouts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("seq", ForeignKey("records.seq"), nullable=False, index=True),
    Column("entry_id", String, index=True),
    Column("courier_id", String),
    Column("grant_id", String),
    Column("resident_id", String),
    Column("units", JSON(none_as_null=True)),
    Column("details", JSON(none_as_null=True)),
    Column("addressed", JSON(none_as_null=True)),
    Column("set_revision", ForeignKey("resident_sets.revision"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("ready_at", Instant),
    Column("expanded_at", Instant, index=True),
    Index("fanouts_by_kind", "kind", "at"),
    Index(
        "fanouts_by_grant",
        "courier_id",
        "grant_id",
        sqlite_where=text("courier_id IS NOT NULL"),
    ),
)

notifications = Table(
    "notifications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fanout_id", ForeignKey("fanouts.id"), nullable=False),
    Column("resident_id", String, nullable=False),
    Column("recipient", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("tag", String, nullable=False, unique=True),
    Column("token", String, unique=True),
    Column("courier_id", String),
    Column("held", Boolean, nullable=False),
    Column("led_by", Integer),
    Column("addressed", JSON(none_as_null=True)),
    Column("over", JSON, nullable=False, default=list),
    Column("attempts", Integer, nullable=False, default=0),
    Column("due_at", Instant, nullable=False),
    Column("next_at", Instant),
    Column("sent_at", Instant),
    Column("delivered_at", Instant),
    Index("notifications_by_fanout", "fanout_id", "resident_id", unique=True),
    Index("notifications_by_resident", "resident_id", "sent_at"),
    Index("notifications_by_state", "state"),
    # The cost of an outbox turn must not grow with the notifications that are done.
    Index("notifications_open", "next_at", sqlite_where=text("next_at IS NOT NULL")),
    Index("notifications_led", "led_by", sqlite_where=text("led_by IS NOT NULL")),
    Index(
        "notifications_held",
        "held",
        "led_by",
        "next_at",
        sqlite_where=text("held = 1 AND led_by IS NULL"),
    ),
    Index(
        "notifications_of_couriers",
        "courier_id",
        "resident_id",
        "due_at",
        "held",
        "led_by",
        sqlite_where=text("courier_id IS NOT NULL"),
    ),
)
