"""Test the hash chain: commitments, and detection of any change (promise 5)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
import hashlib
import json
from pathlib import Path
from sqlite3 import Connection
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings, strategies as st
import pytest
import rfc8785

from custom_components.courier_access.ledger import chain, structure
from custom_components.courier_access.ledger.chain import (
    GENESIS,
    Recorded,
    Value,
    Verification,
    append,
    canonical,
    commitment,
    head,
    link,
    verify,
)
from custom_components.courier_access.ledger.migrations import PRESENT
from custom_components.courier_access.ledger.sql import writer
from tests.ledger.filled import NOON
from tests.support.rows import plant, row, rows

UNITS = ("3B", "4A", "5C", "6D")


@contextmanager
def memory() -> Iterator[Connection]:
    conn = writer(Path(":memory:"))
    structure.create(conn, PRESENT.sql(PRESENT.version))
    plant(conn, "PRAGMA foreign_keys = OFF")
    try:
        yield conn
    finally:
        conn.close()


BODIES = "SELECT body FROM records"
"""What all records say."""


@pytest.fixture
def conn() -> Iterator[Connection]:
    with memory() as connection:
        yield connection


@pytest.fixture
def chained(conn: Connection) -> list[Recorded]:
    """Write four records, each with two personal values."""
    made: list[Recorded] = []
    for number, unit in enumerate(UNITS, 1):
        fields: dict[str, Value] = {"name": f"entry {number}", "number": number}
        kept = {"unit": unit, "parcel_ref": f"PKT-{number}"}
        at = NOON + timedelta(minutes=number)
        made.append(append(conn, made[-1] if made else None, "test", at, fields, kept))
    return made


plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.text(),
    # Characters that JSON must escape, and some that only other writers escape.
    st.text(
        st.sampled_from('\x00\x01\b\t\n\x0b\f\r\x1f\x20"\\/<>&\x7f\x80\u2028\u2029é€😀')
    ),
)
field_names = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz_"), min_size=1)
bodies = st.dictionaries(
    field_names,
    st.one_of(plain, st.lists(st.text()), st.dictionaries(field_names, st.text())),
)


class TestCanonicalForm:
    @given(bodies)
    @settings(deadline=None)
    def test_canonical_form_matches_rfc_8785(self, body: dict[str, object]) -> None:
        assert canonical(body) == rfc8785.dumps(body)  # type: ignore[arg-type]

    def test_enum_member_is_written_as_its_text(self) -> None:
        class Word(StrEnum):
            OPENED = "opened"

        assert canonical({"outcome": Word.OPENED}) == b'{"outcome":"opened"}'

    def test_times_of_any_class_and_sets_are_written(self) -> None:
        class FrozenTime(datetime):
            """Like the time of a test whose clock is set."""

        at = FrozenTime(2026, 11, 24, 12, 0, 0, 5, tzinfo=UTC)
        assert canonical({"at": at, "ids": frozenset({"a"})}) == (
            b'{"at":"2026-11-24T12:00:00.000005+00:00","ids":["a"]}'
        )


class TestAppending:
    def test_chain_can_be_computed_from_the_rows_alone(
        self, conn: Connection, chained: list[Recorded]
    ) -> None:
        previous = bytes(32)
        written = rows(
            conn, "SELECT seq, body, hash FROM records", tuple[int, str, bytes]
        )
        for recorded, (seq, text, digest) in zip(chained, written, strict=True):
            body = json.loads(text)
            previous = hashlib.sha256(b"\x00" + previous + rfc8785.dumps(body)).digest()
            assert digest == recorded.hash == previous
            assert seq == recorded.seq == body["seq"]
            kept = "SELECT field, value, salt FROM personal WHERE seq = :seq"
            for name, value, salt in rows(conn, kept, tuple[str, str, bytes], seq=seq):
                computed = hashlib.sha256(salt + value.encode()).hexdigest()
                assert body["personal"][name] == computed

    def test_record_holds_fields_and_commitments_of_personal_ones(
        self, conn: Connection
    ) -> None:
        append(
            conn,
            None,
            "entry.admitted",
            datetime(2026, 11, 24, 13, 0, 0, 5, tzinfo=timezone(timedelta(hours=1))),
            {
                "door": "lobby",
                "ids": ["b", "a"],
                "used": True,
                "left": 0,
                "until": None,
            },
            {"unit": "3B", "driver_ref": None},
        )

        body = json.loads(row(conn, BODIES, str))
        kept = "SELECT seq, field, value, salt FROM personal"
        seq, name, value, salt = row(conn, kept, tuple[int, str, str, bytes])
        assert (seq, name, value, len(salt)) == (1, "unit", "3B", 32)
        assert body == {
            "at": "2026-11-24T12:00:00.000005+00:00",
            "bound": "0" * 64,
            "door": "lobby",
            "ids": ["b", "a"],
            "kind": "entry.admitted",
            "left": 0,
            "personal": {"unit": commitment("3B", salt)},
            "seq": 1,
            "until": None,
            "used": True,
        }
        assert "3B" not in row(conn, BODIES, str)

    @given(st.dictionaries(field_names, st.text(), min_size=1))
    @settings(deadline=None)
    @example({"unit": "a\x00b", "label": '"\\u0041\n', "number": "1e3", "none": "null"})
    def test_personal_values_are_kept_as_they_are(self, values: dict[str, str]) -> None:
        with memory() as conn:
            recorded = append(conn, None, "test", NOON, {}, values)

            kept = rows(conn, "SELECT field, value FROM personal", tuple[str, str])
            assert dict(kept) == values
            assert verify(conn) == Verification(1, recorded.hash)

    def test_fields_can_not_replace_those_of_the_chain(self, conn: Connection) -> None:
        forged: dict[str, Value] = {
            "seq": 77,
            "kind": "other",
            "at": "then",
            "personal": "none",
        }
        recorded = append(conn, None, "test", NOON, forged, {})

        body = json.loads(row(conn, BODIES, str))
        assert (body["seq"], body["kind"], body["personal"]) == (1, "test", {})
        assert verify(conn) == Verification(1, recorded.hash)

    def test_equal_values_have_different_commitments(self, conn: Connection) -> None:
        first = append(conn, None, "test", NOON, {}, {"unit": "3B"})
        append(conn, first, "test", NOON, {}, {"unit": "3B"})

        seen = {
            json.loads(body)["personal"]["unit"] for body in rows(conn, BODIES, str)
        }
        assert len(seen) == 2

    def test_time_is_stored_as_an_instant(self, conn: Connection) -> None:
        # The hour that Paris repeats, the second time.
        at = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Paris"))
        append(conn, None, "test", at, {}, {})

        newest = head(conn)
        assert newest is not None
        assert newest.at == at.astimezone(UTC)
        assert verify(conn).intact

    def test_head_is_the_newest_record(
        self, conn: Connection, chained: list[Recorded]
    ) -> None:
        assert head(conn) == chained[-1]

    def test_empty_ledger_has_no_head(self, conn: Connection) -> None:
        assert head(conn) is None


class TestVerifying:
    def test_untouched_chain_is_intact(
        self, conn: Connection, chained: list[Recorded]
    ) -> None:
        assert verify(conn) == Verification(4, chained[-1].hash)
        assert verify(conn).intact

    def test_empty_chain_is_intact(self, conn: Connection) -> None:
        assert verify(conn) == Verification(0, GENESIS)

    def test_change_is_found_at_its_record(
        self, conn: Connection, chained: list[Recorded]
    ) -> None:
        of_unit = "WHERE seq = 2 AND field = 'unit'"
        forged = "INSERT INTO records SELECT 5, at, kind, body, hash FROM records"
        for change, broken_at in (
            *(
                (f"UPDATE records SET {column} WHERE seq = 2", 2)
                for column in (
                    "body = replace(body, 'entry 2', 'entry 9')",
                    "body = body || ' '",
                    "body = ''",
                    "body = x'ff'",
                    "body = CAST(x'ff' AS TEXT)",
                    "hash = zeroblob(32)",
                    "hash = 'no hash'",
                    "hash = 1e300",
                    "kind = 'other'",
                    "kind = CAST(x'ff' AS TEXT)",
                    "at = at + 1",
                    "at = 'yesterday'",
                    "at = x'00'",
                )
            ),
            ("DELETE FROM records WHERE seq = 1", 2),
            ("DELETE FROM records WHERE seq = 2", 3),
            ("UPDATE records SET seq = 9 WHERE seq = 2", 3),
            ("UPDATE records SET seq = -1 WHERE seq = 1", -1),
            ("UPDATE records SET seq = 9 WHERE seq = 4", 9),
            (f"{forged} WHERE seq = 4", 5),
            *(
                (f"UPDATE personal SET {column} {of_unit}", 2)
                for column in (
                    "value = '9Z'",
                    "value = ''",
                    "value = x'ff'",
                    "salt = zeroblob(32)",
                    "salt = 5",
                    "field = 'flat'",
                    "field = x'ff'",
                )
            ),
            ("INSERT INTO personal VALUES (2, 'more', 'than', zeroblob(32), 0)", 2),
        ):
            plant(conn, "BEGIN")
            plant(conn, change)
            found = verify(conn)
            plant(conn, "ROLLBACK")
            assert not found.intact, change
            assert found.broken_at == broken_at, change

    def test_records_before_a_change_are_intact(
        self, conn: Connection, chained: list[Recorded]
    ) -> None:
        plant(conn, "UPDATE records SET kind = 'other' WHERE seq = 3")

        assert verify(conn) == Verification(2, chained[1].hash, broken_at=3)

    def test_first_of_two_changes_is_reported(
        self, conn: Connection, chained: list[Recorded]
    ) -> None:
        plant(conn, "UPDATE personal SET value = '9Z' WHERE seq = 1")
        plant(conn, "UPDATE records SET kind = 'other' WHERE seq = 3")

        assert verify(conn).broken_at == 1

    @given(st.data())
    @settings(deadline=None, max_examples=60)
    def test_any_changed_character_is_found(self, data: st.DataObject) -> None:
        with memory() as conn:
            first = append(conn, None, "test", NOON, {"name": "naïve"}, {"unit": "3B"})
            append(conn, first, "test", NOON, {"name": "last"}, {"unit": "4A"})
            seq = data.draw(st.sampled_from([1, 2]))
            table, column = data.draw(
                st.sampled_from([("records", "body"), ("personal", "value")])
            )
            query = f"SELECT {column} FROM {table} WHERE seq = :seq"
            before = row(conn, query, str, seq=seq)
            place = data.draw(st.integers(0, len(before) - 1))
            other = data.draw(
                st.characters(codec="utf-8").filter(lambda c: c != before[place])
            )
            after = before[:place] + other + before[place + 1 :]
            change = f"UPDATE {table} SET {column} = :after WHERE seq = :seq"
            plant(conn, change, after=after, seq=seq)

            assert verify(conn).broken_at == seq

    def test_swapped_records_are_found(
        self, conn: Connection, chained: list[Recorded]
    ) -> None:
        for old, new in ((2, -2), (3, 2), (-2, 3)):
            move = "UPDATE records SET seq = :new WHERE seq = :old"
            plant(conn, move, new=new, old=old)

        assert verify(conn).broken_at == 2

    def test_closed_gap_is_found(
        self, conn: Connection, chained: list[Recorded]
    ) -> None:
        plant(conn, "DELETE FROM records WHERE seq = 2")
        plant(conn, "UPDATE records SET seq = seq - 1 WHERE seq > 2")

        assert verify(conn).broken_at == 2

    def test_rewritten_record_breaks_the_next(
        self, conn: Connection, chained: list[Recorded]
    ) -> None:
        before = row(conn, "SELECT body FROM records WHERE seq = 2", str)
        body = before.replace("entry 2", "entry 9")
        forged = link(chained[0].hash, body.encode())
        change = "UPDATE records SET body = :body, hash = :hash WHERE seq = 2"
        plant(conn, change, body=body, hash=forged)

        assert verify(conn).broken_at == 3

    def test_bad_record_with_a_matching_hash_is_found(self, conn: Connection) -> None:
        body = {
            "at": "2026-11-24T12:00:00.000000+00:00",
            "kind": "test",
            "personal": {"unit": commitment("3B", bytes(32))},
            "seq": 1,
        }
        self.put(conn, canonical(body))
        assert verify(conn).intact
        changes: list[dict[str, object]] = [
            {"seq": 2},
            {"kind": "other"},
            {"kind": 1},
            {"at": "2026-11-24T12:00:00.000001+00:00"},
            {"at": "2026-11-24T12:00:00"},
            {"at": "noon"},
            {"at": None},
            {"personal": []},
            {"personal": {}},
            {"personal": {"unit": None}},
        ]
        changed = [canonical({**body, **change}) for change in changes]
        for bad in (*changed, b"", b"nonsense", b"[]", b"{}", b"7", b"null"):
            self.put(conn, bad)
            assert verify(conn) == Verification(0, GENESIS, broken_at=1), bad

    @staticmethod
    def put(conn: Connection, body: bytes) -> None:
        """Write the only record, with a recomputed hash."""
        record = """
            REPLACE INTO records (seq, at, kind, body, hash)
            VALUES (1, :noon, 'test', :body, :hash)
        """
        plant(conn, record, noon=NOON, body=body.decode(), hash=link(GENESIS, body))
        value = """
            REPLACE INTO personal (seq, field, value, salt, since)
            VALUES (1, 'unit', '3B', zeroblob(32), :noon)
        """
        plant(conn, value, noon=NOON)

    @pytest.mark.parametrize(
        "erased",
        ["WHERE seq = 2", "WHERE field = 'unit'", ""],
        ids=["one record", "one field", "all"],
    )
    def test_personal_values_may_be_missing_only_after_a_recorded_purge(
        self, conn: Connection, chained: list[Recorded], erased: str
    ) -> None:
        plant(conn, f"DELETE FROM personal {erased}")
        found = verify(conn)
        assert (found.records, found.head) == (4, chained[-1].hash)
        assert found.broken_at == (2 if "seq" in erased else 1)

        last = chained[-1].at
        purged = append(
            conn,
            chained[-1],
            chain.PERSONAL_ERASED,
            last + timedelta(days=7),
            {"up_to": last.isoformat()},
            {},
        )
        assert verify(conn) == Verification(5, purged.hash)

    def test_erased_value_can_not_be_recovered(
        self, conn: Connection, chained: list[Recorded]
    ) -> None:
        plant(conn, "DELETE FROM personal")

        dump = " ".join(rows(conn, BODIES, str))
        assert not any(unit in dump for unit in UNITS)
        guesses = {hashlib.sha256(unit.encode()).hexdigest() for unit in UNITS}
        assert not any(guess in dump for guess in guesses)

    def test_only_verification_codes_show_a_cut_off_end(
        self, conn: Connection, chained: list[Recorded]
    ) -> None:
        plant(conn, "DELETE FROM personal WHERE seq = 4")
        plant(conn, "DELETE FROM records WHERE seq = 4")

        found = verify(conn)
        assert found.intact
        assert found.records == 3
        bits = chain.WITNESS_BYTES
        assert found.head[:bits] != chained[-1].hash[:bits]
