"""Test that old records are sealed and deleted, and that the log verifies from the seal."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
import shutil
import sqlite3
from sqlite3 import Connection

from freezegun.api import FrozenDateTimeFactory
from homeassistant.util import dt as dt_util
import orjson
import pytest

from custom_components.courier_access.access.model import (
    Consent,
)
from custom_components.courier_access.ledger import migrations
from custom_components.courier_access.ledger.chain import (
    CLOCK_ACCEPTED,
    GENESIS,
    PERSONAL_ERASED,
    Recorded,
    canonical,
    head,
    link,
)
from custom_components.courier_access.ledger.files import Mark, is_damaged
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox.expand import expand_fanouts
from custom_components.courier_access.ledger.seals import SHORTEST, Original
from custom_components.courier_access.ledger.sql import EPOCH, MICROSECOND
from custom_components.courier_access.ledger.state.entries import (
    EntryFilter,
    latest_entries,
)
from custom_components.courier_access.ledger.state.grants import (
    load_orders,
    put_order,
)
from custom_components.courier_access.ledger.state.residents import (
    Author,
    load_rules,
)
from custom_components.courier_access.ledger.upkeep import export, purge, sealing
from custom_components.courier_access.ledger.upkeep.own_records import (
    OwnRecord,
    own_records,
)
from custom_components.courier_access.ledger.upkeep.restore import (
    RestoreCause,
    has_record,
    restore_cause,
)
from custom_components.courier_access.ledger.verification import (
    RecordStatus,
    check_codes,
)
from custom_components.courier_access.ledger.verify_record import Witness
from tests.ledger.filled import NOON, owed_entry, residents
from tests.ledger.parts import execute, note, opened
from tests.ledger.purging import DAY, run, said
from tests.ledger.sealed import BEGAN, ORDER, YEAR, keeping, live, seal, visit
from tests.support.rows import kinds, plant, row, rows
from tests.support.verified import verified


@pytest.fixture
async def lived_in(ledger: Ledger) -> list[Recorded]:
    return await live(ledger)


@pytest.fixture(autouse=True)
def set_clock(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to(NOON)


def numbers(path: Path) -> list[int]:
    return rows(path, "SELECT seq FROM records ORDER BY seq", int)


async def test_records_of_the_period_stay(
    ledger: Ledger, path: Path, lived_in: list[Recorded]
) -> None:
    before = await verified(ledger)

    assert await seal(ledger)

    kept = {visit.seq for visit in lived_in if visit.at > NOON - YEAR}
    assert {seq for seq in numbers(path) if seq <= before.records - 1} >= kept
    listed = await ledger.read(lambda conn: latest_entries(conn, EntryFilter(1000)))
    assert {found.seq for found in listed} == kept
    found = await verified(ledger)
    assert found.intact
    assert found.sealed == min(numbers(path)) - 1 > 70
    assert (await ledger.write(note)).seq == found.records + 1
    assert (await verified(ledger)).intact


async def test_consents_and_orders_in_effect_are_carried(
    ledger: Ledger,
    path: Path,
    lived_in: list[Recorded],
    freezer: FrozenDateTimeFactory,
) -> None:
    def values() -> list[tuple[str, str]]:
        query = """
            SELECT field, value FROM personal
            WHERE seq IN (SELECT seq FROM evidence UNION SELECT seq FROM orders)
            ORDER BY value
        """
        return rows(path, query, tuple[str, str])

    before, rules = values(), await ledger.read(load_rules)
    assert await seal(ledger)

    assert values() == before
    assert await ledger.read(load_rules) == rules
    assert await ledger.read(load_orders) == [ORDER]
    assert (await kinds(ledger)).count("log.carried") == 3
    assert (await verified(ledger)).intact
    # What was carried on is carried on again, as it was at first.
    later = NOON + 2 * YEAR
    freezer.move_to(later)
    for at in (NOON + DAY, later):
        await ledger.write(partial(visit, at=at))
    carried = rows(path, "SELECT seq FROM records WHERE kind = 'log.carried'", int)
    bodies = "SELECT body ->> 'body' FROM records WHERE kind = 'log.carried'"
    originals = rows(path, bodies, str)
    while await seal(ledger, later):
        pass
    assert numbers(path)[0] > carried[-1]
    assert rows(path, bodies, str) == originals
    assert values() == before
    assert (await verified(ledger)).intact


async def test_ended_consent_is_kept_for_its_proof_and_then_erased(
    ledger: Ledger,
    path: Path,
    lived_in: list[Recorded],
    freezer: FrozenDateTimeFactory,
) -> None:
    await ledger.write(partial(said, at=NOON, consent=Consent.WITHDRAWN))
    now = NOON + 29 * DAY
    freezer.move_to(now)
    assert await seal(ledger, now)
    assert row(path, "SELECT count(*) FROM evidence WHERE resident_id = 'anna'", int)
    assert (await verified(ledger)).intact

    await run(ledger, NOON + 30 * DAY, proof=30 * DAY)

    query = "SELECT count(*) FROM evidence WHERE resident_id = 'anna'"
    assert row(path, query, int) == 0
    assert (await verified(ledger)).intact


async def test_nothing_is_carried_of_what_was_erased(
    ledger: Ledger,
    path: Path,
    lived_in: list[Recorded],
    freezer: FrozenDateTimeFactory,
) -> None:
    """An early purge by a clock that was ahead may have left a row of no values."""
    await ledger.write(
        lambda transaction: transaction.append(
            PERSONAL_ERASED, NOON, {"up_to": (NOON - 30 * DAY).isoformat()}
        )
    )
    execute(path, "DELETE FROM personal WHERE seq IN (SELECT seq FROM orders)")
    assert (await verified(ledger)).intact
    assert await seal(ledger)
    assert (await kinds(ledger)).count("log.carried") == 2
    assert (await verified(ledger)).intact

    later = NOON + 2 * YEAR
    freezer.move_to(later)
    await ledger.write(partial(visit, at=later))
    assert await seal(ledger, later)
    assert (await verified(ledger)).intact


@pytest.mark.parametrize("kind", ["rules.changed", "order.given", "entry.admitted"])
@pytest.mark.parametrize(
    "body",
    [
        "replace(body, 'seq', 'other')",
        "replace(body, ':00', ':01')",
        "'no JSON'",
        "x'ff'",
    ],
)
async def test_no_record_stands_for_one_that_was_changed_by_hand(
    ledger: Ledger, path: Path, lived_in: list[Recorded], kind: str, body: str
) -> None:
    whole = numbers(path)
    plant(path, f"UPDATE records SET body = {body} WHERE kind = '{kind}'")
    assert not await seal(ledger)
    assert numbers(path) == whole
    assert not (await verified(ledger)).intact


async def test_no_record_is_carried_again_that_was_changed_by_hand(
    ledger: Ledger, path: Path, lived_in: list[Recorded]
) -> None:
    assert await seal(ledger)
    later = NOON + 2 * YEAR
    for at in (NOON + DAY, later):
        await ledger.write(partial(visit, at=at))
    whole = numbers(path)
    carried = (
        "UPDATE records SET body = replace(body, :was, :new) WHERE kind = 'log.carried'"
    )
    plant(path, carried, was="revision", new="version")
    assert not await seal(ledger, later)
    assert numbers(path) == whole


async def test_log_that_is_not_a_month_over_its_period_stays(
    ledger: Ledger, path: Path, lived_in: list[Recorded]
) -> None:
    whole = numbers(path)
    for period in (3 * YEAR, 3 * YEAR - sealing.EVERY + DAY):
        assert not await seal(ledger, period=period)
    assert numbers(path) == whole
    assert await seal(ledger, period=3 * YEAR - sealing.EVERY)


async def test_empty_log_is_not_sealed(ledger: Ledger) -> None:
    assert not await seal(ledger)


async def test_newest_record_stays(ledger: Ledger, path: Path) -> None:
    await ledger.write(partial(visit, at=BEGAN))
    assert not await seal(ledger)
    newest = await ledger.write(partial(visit, at=BEGAN + DAY))
    assert await seal(ledger)
    assert numbers(path)[0] == newest.seq
    async with opened(path) as again:
        assert await again.read(chain_fits)
    # There is nothing left but the seal and that record.
    assert await seal(ledger, NOON + 2 * YEAR)
    assert not await seal(ledger, NOON + 9 * YEAR)


def chain_fits(conn: Connection) -> bool:
    return restore_cause(conn, None, is_known=False) is None


async def test_one_transaction_deletes_a_limited_number(
    ledger: Ledger,
    path: Path,
    lived_in: list[Recorded],
    freezer: FrozenDateTimeFactory,
) -> None:
    for number in range(sealing.MOST_RECORDS):
        await ledger.write(partial(note, name=str(number)))
    later = NOON + 3 * YEAR
    freezer.move_to(later)
    await ledger.write(partial(visit, at=later))
    deleted = []
    while True:
        before = len(numbers(path))
        if not await seal(ledger, later):
            break
        deleted.append(before - len(numbers(path)))
        assert (await verified(ledger)).intact
    assert len(deleted) == 2
    assert max(deleted) <= sealing.MOST_RECORDS


async def test_more_carried_records_than_one_transaction_deletes_do_not_stop_it(
    ledger: Ledger, path: Path, freezer: FrozenDateTimeFactory
) -> None:
    def order_often(transaction: Transaction) -> None:
        visit(transaction, BEGAN)
        for number in range(sealing.MOST_RECORDS):
            order = replace(ORDER, id=f"order-{number}")
            put_order(transaction, order, "3b", Author(), BEGAN)
        visit(transaction, NOON)

    await ledger.write(order_often)
    while await seal(ledger):
        pass
    await ledger.write(partial(visit, at=NOON + DAY))
    later = NOON + 2 * YEAR
    freezer.move_to(later)
    newest = await ledger.write(partial(visit, at=later))
    while await seal(ledger, later):
        pass
    assert numbers(path)[0] == newest.seq
    assert len(await ledger.read(load_orders)) == sealing.MOST_RECORDS
    assert (await verified(ledger)).intact


async def test_record_dated_ahead_and_all_later_ones_stay(
    ledger: Ledger, path: Path
) -> None:
    """Even once the clock was accepted: a record of a wrong time may be a recent one."""
    await ledger.write(partial(visit, at=BEGAN))
    ahead = await ledger.write(partial(visit, at=NOON + YEAR))
    await ledger.write(
        lambda transaction: transaction.append(CLOCK_ACCEPTED, BEGAN + DAY, {})
    )
    await ledger.write(partial(visit, at=NOON))
    assert await seal(ledger)
    assert not await seal(ledger)
    assert numbers(path)[0] == ahead.seq
    assert (await verified(ledger)).intact


@pytest.mark.parametrize("is_expanded", [False, True])
async def test_pending_notification_keeps_its_record(
    ledger: Ledger, path: Path, is_expanded: bool
) -> None:
    await ledger.write(residents)
    await ledger.write(partial(visit, at=BEGAN))
    pending = await ledger.write(partial(owed_entry, at=BEGAN))
    if is_expanded:
        await ledger.write(lambda t: expand_fanouts(t.conn, BEGAN + DAY))
    await ledger.write(partial(visit, at=NOON))
    assert await seal(ledger)
    assert numbers(path)[0] == pending.seq


async def test_door_to_lock_again_keeps_its_record(ledger: Ledger, path: Path) -> None:
    await ledger.write(partial(visit, at=BEGAN))
    unlocked = await ledger.write(partial(visit, at=BEGAN + DAY))
    await ledger.write(partial(visit, at=NOON))
    plant(path, "UPDATE entries SET relock_by = 1 WHERE seq = :seq", seq=unlocked.seq)
    assert await seal(ledger)
    assert numbers(path)[0] == unlocked.seq


async def test_clock_that_is_behind_its_seal_does_not_damage_a_file(
    ledger: Ledger,
    path: Path,
    lived_in: list[Recorded],
    freezer: FrozenDateTimeFactory,
) -> None:
    assert await seal(ledger)
    await ledger.close()
    freezer.move_to(BEGAN)
    assert not is_damaged(path)


async def test_clock_that_is_behind_seals_nothing(
    ledger: Ledger, lived_in: list[Recorded]
) -> None:
    await ledger.write(partial(visit, at=NOON + YEAR))
    assert not await seal(ledger, NOON)


async def test_consent_without_a_record_is_a_reason_to_keep_all(
    ledger: Ledger, path: Path, lived_in: list[Recorded]
) -> None:
    plant(path, "DELETE FROM evidence WHERE resident_id = 'cleo'")
    assert not await seal(ledger)


async def test_receipt_below_the_seal_is_older_than_the_log(
    ledger: Ledger, path: Path, lived_in: list[Recorded]
) -> None:
    assert await seal(ledger)
    sealed = (await verified(ledger)).sealed
    hashes = {visit.seq: visit.hash.hex()[:20] for visit in lived_in}
    kept = next(seq for seq in hashes if seq > sealed)
    older = next(iter(hashes))
    given = rows(
        path,
        "SELECT body ->> 'number', body ->> 'hash' FROM records WHERE kind = 'log.carried'",
        tuple[int, str],
    )

    async def status(number: int, hashed: str) -> RecordStatus:
        witness = Witness(number, hashed)
        checked = await ledger.read(
            lambda conn: check_codes(conn, [witness], dt_util.utcnow())
        )
        return checked.standing[witness]

    assert await status(older, hashes[older]) is RecordStatus.OLDER
    assert await status(sealed, hashes[sealed]) is RecordStatus.UNCHANGED
    assert await status(sealed, hashes[older]) is RecordStatus.ANOTHER
    assert await status(kept, hashes[kept]) is RecordStatus.UNCHANGED
    assert await status(0, hashes[older]) is RecordStatus.MISSING
    for number, hashed in given:
        assert await status(number, hashed) is RecordStatus.UNCHANGED
        assert await status(number, "0" * 20) is RecordStatus.ANOTHER
    plant(path, "UPDATE records SET body = replace(body, 'Front', 'Back')")
    for number in (older, sealed):
        assert await status(number, hashes[number]) is RecordStatus.ALTERED


async def test_export_begins_after_the_seal(
    ledger: Ledger, lived_in: list[Recorded]
) -> None:
    read = partial(export.page, after=0, limit=5, readers=["anna"], units=["3b"])
    assert (await ledger.read(read)).sealed == 0
    assert await seal(ledger)
    page = await ledger.read(read)
    assert page.records[0].seq == page.sealed + 1


async def test_later_resident_does_not_read_what_an_earlier_one_decided(
    ledger: Ledger, path: Path, lived_in: list[Recorded]
) -> None:
    """A carried record is newer than they are, but what it says isn't theirs."""
    moved_in = lived_in[-1].seq
    plant(
        path,
        "INSERT INTO residences (resident_id, unit, login, is_confirmed, since, since_seq, addressed)"
        " VALUES ('anna', '3b', 'none', 1, :at, :seq, '{}')",
        at=NOON,
        seq=moved_in,
    )
    await ledger.write(Transaction.bind_all)
    assert await seal(ledger)

    def opened_to(reader: str) -> int:
        with closing(sqlite3.connect(path)) as conn:
            page = export.page(conn, moved_in, 500, [reader], [])
            return sum(bool(record.opened) for record in page.records)

    assert opened_to("anna") == 0
    own = partial(own_records, resident_id="anna", user_id=None, unit="3b", limit=9)
    assert await ledger.read(own) == []
    assert opened_to("cleo") == 1


async def test_resident_reads_what_was_carried_on_as_it_was_decided(
    ledger: Ledger, lived_in: list[Recorded]
) -> None:
    read = partial(own_records, resident_id="cleo", user_id=None, unit=None, limit=100)
    before = await ledger.read(read)
    assert await seal(ledger)

    def of_each(records: list[OwnRecord]) -> list[tuple[str, datetime]]:
        return [(each.kind, each.at) for each in records]

    assert (
        of_each(await ledger.read(read))
        == of_each(before)
        == [("rules.changed", BEGAN)]
    )


class TestForging:
    """Anyone who has the file can compute every hash, but the rules of a seal bind them, too."""

    @pytest.fixture(autouse=True)
    async def was_sealed(self, ledger: Ledger, lived_in: list[Recorded]) -> None:
        assert await seal(ledger)

    @staticmethod
    def forge(path: Path, change: Callable[[dict[str, object]], None]) -> None:
        """Change records, and compute all hashes again."""
        with closing(sqlite3.connect(path, isolation_level=None)) as conn:
            query = "SELECT seq, body FROM records ORDER BY seq"
            digest = b""
            for seq, raw in conn.execute(query).fetchall():
                body = orjson.loads(raw)
                change(body)
                if not digest:
                    newest = (
                        "SELECT body ->> 'hash' FROM records WHERE kind = 'log.sealed'"
                    )
                    digest = bytes.fromhex(conn.execute(newest).fetchone()[0])
                written = canonical(body)
                digest = link(digest, written)
                conn.execute(
                    "UPDATE records SET body = ?, hash = ?, at = ? WHERE seq = ?",
                    (
                        written.decode(),
                        digest,
                        (datetime.fromisoformat(str(body["at"])) - EPOCH)
                        // MICROSECOND,
                        seq,
                    ),
                )

    async def broken(self, ledger: Ledger) -> bool:
        return not (await verified(ledger)).intact

    async def test_forging_nothing_is_intact(self, ledger: Ledger, path: Path) -> None:
        self.forge(path, lambda _: None)
        assert not await self.broken(ledger)

    @pytest.mark.parametrize("field", ["hash", "before", "body", "number", "schema"])
    async def test_seal_without_its_record_is_altered(
        self, ledger: Ledger, path: Path, field: str
    ) -> None:
        execute(
            path,
            f"UPDATE records SET body = json_remove(body, '$.{field}') WHERE kind = 'log.sealed'",
        )
        assert await self.broken(ledger)

    @pytest.mark.parametrize(
        ("kind", "field", "value"),
        [
            ("log.sealed", "before", "00" * 32),
            ("log.sealed", "number", 7),
            ("log.sealed", "body", "{}"),
            ("log.sealed", "body", 5),
            ("log.carried", "before", "00" * 32),
            ("log.carried", "number", 5_000),
            ("log.carried", "personal", {}),
        ],
    )
    async def test_record_that_stands_for_another_must_give_its_hash(
        self, ledger: Ledger, path: Path, kind: str, field: str, value: object
    ) -> None:
        def change(body: dict[str, object]) -> None:
            if body["kind"] == kind:
                body[field] = value

        self.forge(path, change)
        assert await self.broken(ledger)

    async def test_carried_record_commits_to_the_values_of_its_original(
        self, ledger: Ledger, path: Path
    ) -> None:
        def change(body: dict[str, object]) -> None:
            if body["kind"] == "log.carried":
                assert isinstance(body["personal"], dict)
                body["personal"]["more"] = "00" * 32

        self.forge(path, change)
        [first, *_] = rows(
            path, "SELECT seq FROM records WHERE kind = 'log.carried'", int
        )
        assert (await verified(ledger)).broken_at == first

    async def test_carried_record_that_says_something_else_is_altered(
        self, ledger: Ledger, path: Path
    ) -> None:
        def change(body: dict[str, object]) -> None:
            if body["kind"] == "log.carried":
                body["body"] = str(body["body"]).replace("revision", "version")

        self.forge(path, change)
        assert await self.broken(ledger)

    @pytest.mark.parametrize(
        ("dated", "is_broken"),
        [
            (timedelta(hours=20), False),
            (timedelta(days=2), True),
            (timedelta(days=300), True),
        ],
    )
    async def test_seal_dated_ahead_is_altered(
        self,
        ledger: Ledger,
        path: Path,
        dated: timedelta,
        is_broken: bool,
        freezer: FrozenDateTimeFactory,
    ) -> None:
        await ledger.write(partial(visit, at=NOON + timedelta(minutes=1)))

        def change(body: dict[str, object]) -> None:
            if body["kind"] == "log.sealed":
                body["at"] = (NOON + dated).isoformat(timespec="microseconds")

        self.forge(path, change)
        assert await self.broken(ledger) is is_broken
        # Once that time has come, the visits that follow show it.
        freezer.move_to(NOON + 2 * YEAR)
        assert await self.broken(ledger) is is_broken

    async def test_seal_up_to_yesterday_is_altered(
        self, ledger: Ledger, path: Path
    ) -> None:
        """Hide all visits but the newest one: the seal's record is too young."""
        newest = await ledger.write(partial(visit, at=NOON + timedelta(hours=1)))
        raw = row(
            path, "SELECT body FROM records WHERE seq = :seq", str, seq=newest.seq
        )
        before = row(
            path, "SELECT hash FROM records WHERE seq = :seq", bytes, seq=newest.seq - 1
        )

        def forge(transaction: Transaction) -> None:
            transaction.append(
                "log.sealed",
                NOON + DAY,
                {
                    "number": newest.seq,
                    "hash": newest.hash.hex(),
                    "before": before.hex(),
                    "body": raw,
                },
            )
            for table in ("entries", "evidence", "personal", "records"):
                plant(
                    transaction.conn,
                    f"DELETE FROM {table} WHERE seq <= :seq",
                    seq=newest.seq,
                )

        await ledger.write(forge)
        assert await self.broken(ledger)

    async def test_dropped_consent_is_altered(self, ledger: Ledger, path: Path) -> None:
        """The record of a consent in effect is neither there nor carried on."""
        execute(path, "PRAGMA foreign_keys = OFF", "DELETE FROM evidence WHERE gives")
        found = await verified(ledger)
        assert not found.intact
        assert found.state_differs

    @pytest.mark.parametrize("seq", [-3, 0, 3])
    async def test_planted_record_below_the_seal_is_altered(
        self, ledger: Ledger, path: Path, seq: int
    ) -> None:
        execute(
            path,
            f"INSERT INTO records SELECT {seq}, at, kind, body, hash FROM records LIMIT 1",
        )
        assert await self.broken(ledger)

    async def test_planted_entry_below_the_seal_is_altered(
        self, ledger: Ledger, path: Path
    ) -> None:
        execute(
            path,
            "PRAGMA foreign_keys = OFF",
            "UPDATE entries SET seq = 3 WHERE seq = (SELECT max(seq) FROM entries)",
        )
        assert await self.broken(ledger)

    async def test_deleted_seal_is_altered(self, ledger: Ledger, path: Path) -> None:
        def change(body: dict[str, object]) -> None:
            if body["kind"] == "log.sealed":
                body["kind"] = "state.changed"

        self.forge(path, change)
        execute(
            path, "UPDATE records SET kind = 'state.changed' WHERE kind = 'log.sealed'"
        )
        assert await self.broken(ledger)

    async def test_file_that_calls_itself_older_than_its_seal_is_altered(
        self, ledger: Ledger, path: Path
    ) -> None:
        await ledger.close()
        execute(path, "PRAGMA user_version = 5")
        async with opened(path) as again:
            cause = await again.read(partial(restore_cause, mark=None, is_known=False))
        assert cause is RestoreCause.ALTERED


async def test_carried_record_without_a_seal_is_altered(ledger: Ledger) -> None:
    first = await ledger.write(partial(visit, at=BEGAN))

    def carry(transaction: Transaction) -> None:
        body = row(transaction.conn, "SELECT body FROM records WHERE seq = 1", str)
        transaction.append(
            "log.carried",
            BEGAN,
            Original(1, first.hash, GENESIS, body).fields,
            commitments=orjson.loads(body)["personal"],
        )

    await ledger.write(carry)
    assert (await verified(ledger)).broken_at == 2


async def test_deleted_value_of_a_carried_consent_is_found(
    ledger: Ledger, path: Path, lived_in: list[Recorded]
) -> None:
    await ledger.write(lambda transaction: purge.accept_clock(transaction, NOON, None))
    assert await seal(ledger)
    execute(path, "DELETE FROM personal WHERE seq IN (SELECT seq FROM evidence)")
    assert not (await verified(ledger)).intact


async def test_pause_by_a_clock_that_is_behind_does_not_disprove_a_seal(
    ledger: Ledger, lived_in: list[Recorded]
) -> None:
    assert await seal(ledger)
    await ledger.write(lambda transaction: transaction.append("test", BEGAN, {}))
    await ledger.write(lambda transaction: transaction.append(CLOCK_ACCEPTED, NOON, {}))
    await ledger.write(partial(visit, at=NOON - timedelta(hours=2)))
    assert (await verified(ledger)).intact


async def test_proof_of_an_ended_consent_is_carried_on_without_its_hours(
    ledger: Ledger,
    path: Path,
    lived_in: list[Recorded],
    freezer: FrozenDateTimeFactory,
) -> None:
    await ledger.write(partial(said, at=NOON, consent=Consent.WITHDRAWN))
    of_anna = "FROM evidence JOIN {} USING (seq) WHERE resident_id = 'anna' AND gives"
    for later in (NOON + 31 * DAY, NOON + 130 * DAY):
        freezer.move_to(later)
        await run(ledger, later)
        while await seal(ledger, later):
            assert (await verified(ledger)).intact
        assert rows(path, f"SELECT kind {of_anna.format('records')}", str) == [
            "log.carried"
        ]
        fields = rows(path, f"SELECT field {of_anna.format('personal')}", str)
        assert {*fields} > {"consent", "resident", "text"}
        assert {*fields}.isdisjoint({"rules", "unit"})

    await run(ledger, NOON + YEAR + 6 * DAY)
    query = "SELECT count(*) FROM evidence WHERE resident_id = 'anna'"
    assert row(path, query, int) == 0
    assert (await verified(ledger)).intact


async def test_kill_before_the_commit_leaves_all_records(
    ledger: Ledger, path: Path, tmp_path: Path, lived_in: list[Recorded]
) -> None:
    """A seal and what it deletes are one transaction: there is nothing in between."""
    whole, left = numbers(path), tmp_path / "left" / path.name
    left.parent.mkdir()

    def die(transaction: Transaction) -> None:
        transaction.conn.execute("PRAGMA cache_spill = 1")
        assert sealing.seal(transaction, NOON, keeping(YEAR))
        for file in path.parent.glob(f"{path.name}*"):
            shutil.copy(file, left.parent / file.name)

    await ledger.write(die)
    assert numbers(path) != whole
    async with opened(left) as killed:
        assert numbers(left) == whole
        assert (await verified(killed)).intact
        assert await seal(killed)
        assert (await verified(killed)).intact


async def test_older_copy_from_before_a_seal_is_a_restored_ledger(
    ledger: Ledger, path: Path, tmp_path: Path, lived_in: list[Recorded]
) -> None:
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(copy)) as to, closing(sqlite3.connect(path)) as conn:
        conn.backup(to)
    assert await seal(ledger)
    newest = await ledger.read(head)
    mark = Mark.of(newest)
    assert await ledger.read(lambda conn: has_record(conn, mark))
    async with opened(copy) as older:
        cause = partial(restore_cause, mark=mark, is_known=True)
        assert await older.read(cause) is RestoreCause.ANOTHER
        assert (await verified(older)).intact


async def test_shortest_period_is_accepted(
    ledger: Ledger, lived_in: list[Recorded]
) -> None:
    assert await seal(ledger, period=3 * sealing.MONTH)
    assert 3 * sealing.MONTH >= SHORTEST
    assert (await verified(ledger)).intact
    assert migrations.PRESENT.version >= 6


async def test_file_of_three_years_is_hardly_larger_than_that_of_one(
    tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    async def size(name: str, months: int) -> int:
        path = tmp_path / name
        async with opened(path) as log:
            await log.write(partial(said, at=BEGAN, consent=Consent.GIVEN))
            for month in range(months):
                begins = BEGAN + month * sealing.MONTH

                def live(transaction: Transaction, begins: datetime = begins) -> None:
                    for hours in range(0, 720, 6):
                        visit(transaction, begins + timedelta(hours=hours))

                await log.write(live)
                now = begins + sealing.MONTH
                while await seal(log, now):
                    pass
                await run(log, now)
            freezer.move_to(now)
            assert (await verified(log)).intact
        return path.stat().st_size

    assert await size("three.db", 36) <= 1.2 * await size("one.db", 12)
