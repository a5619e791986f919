"""A ledger that is damaged or gone: set aside, never deleted, and a new one begins that says so and lets nobody in."""

from collections.abc import Callable
import shutil
import sqlite3
from typing import Any

import orjson
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from sqlalchemy import Connection, select

from custom_components.courier_access.ledger.errors import Cause, LedgerUnavailable
from custom_components.courier_access.ledger.state.rules import Author
from custom_components.courier_access.ledger.tables import records
from custom_components.courier_access.residents.rulebook import Rulebook
from tests.disk.faulty import Faulty
from tests.support.house import House, spoil_ledger


async def first_record(house: House) -> tuple[str, dict[str, object]]:
    """Return the kind of the ledger's first record, and what it says."""
    row = await house.building.ledger.read(
        lambda conn: conn.execute(select(records.c.kind, records.c.body).limit(1)).one()
    )
    said = orjson.loads(row.body)
    hidden = {"at", "bound", "kind", "personal", "seq"}
    return row.kind, {name: said[name] for name in said.keys() - hidden}


def aside(faulty: Faulty) -> list[str]:
    return sorted(file.name for file in faulty.path.parent.glob("*.set-aside-*.db"))


async def begins_anew(faulty: Faulty, issue: str) -> None:
    """See that nothing of the lost ledger counts, and that everybody is told."""
    assert faulty.issues() == [issue]
    entered = await faulty.sender.enter()
    assert (entered.status, entered.problem) == (503, "not_ready")
    await faulty.house.settle()
    told = [message for name, message in faulty.house.told if name == "Ada"]
    assert any("may not have been notified of some" in message for message in told)
    assert any("asked whether couriers may" in message for message in told)
    await faulty.opens_by_hand()
    await faulty.unload()
    faulty.house.told.clear()
    await faulty.load()
    assert not any("may not have been" in message for _, message in faulty.house.told)
    assert faulty.issues() == [issue]
    await faulty.house.building.restore.confirm_keys(Author())
    by_hand = list(faulty.bolt.names)
    assert (await faulty.sender.enter("G3")).body["reason"] == "unknown_grant"
    await faulty.sender.grant("G2")
    assert (await faulty.sender.enter("G2")).body["reason"] == "not_accepting"
    assert faulty.bolt.names == by_hand
    assert (await faulty.house.building.ledger.verify()).intact


def no_database(faulty: Faulty) -> None:
    faulty.path.write_bytes(b"this is no database" * 1000)


def no_schema(faulty: Faulty) -> None:
    with faulty.path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 200)


def no_json(faulty: Faulty) -> None:
    spoiler = sqlite3.connect(faulty.path, isolation_level=None)
    spoiler.execute("UPDATE residences SET addressed = '{no JSON'")
    spoiler.close()


@pytest.mark.parametrize("damage", [no_database, no_schema, no_json])
async def test_a_file_that_is_damaged_at_start_is_set_aside(
    faulty: Faulty, damage: Callable[[Faulty], None]
) -> None:
    await faulty.unload()
    await faulty.do(lambda: damage(faulty))
    spoilt = await faulty.hass.async_add_executor_job(faulty.path.read_bytes)

    await faulty.load()

    (name,) = aside(faulty)
    kept = faulty.path.with_name(name)
    content = await faulty.hass.async_add_executor_job(kept.read_bytes)
    assert content == spoilt or b"{no JSON" in content
    assert kept.stat().st_mode & 0o777 == 0o600
    assert await first_record(faulty.house) == (
        "ledger.set_aside",
        {"file": name, "cause": "damaged"},
    )
    await begins_anew(faulty, "ledger_set_aside")


async def test_a_file_that_makes_no_sense_but_is_whole_is_never_set_aside(
    faulty: Faulty,
) -> None:
    await faulty.unload()

    def rename(table: str, name: str) -> None:
        spoiler = sqlite3.connect(faulty.path, isolation_level=None)
        spoiler.execute(f"ALTER TABLE {table} RENAME TO {name}")
        spoiler.close()

    await faulty.do(lambda: rename("pauses", "elsewhere"))
    await faulty.load()

    assert faulty.issues() == ["ledger_other"]
    assert aside(faulty) == []
    await faulty.stays_shut()
    await faulty.opens_by_hand()
    await faulty.do(lambda: rename("elsewhere", "pauses"))
    await faulty.pass_time(300, 1)
    assert faulty.issues() == []
    await faulty.lets_in()


async def test_a_file_that_is_damaged_while_it_is_open_is_set_aside_once_it_is_noticed(
    faulty: Faulty,
) -> None:
    ledger = faulty.house.building.ledger
    assert await ledger.checkpoint()

    def damage() -> None:
        with faulty.path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * (faulty.path.stat().st_size - 4096))

    await faulty.do(damage)
    with pytest.raises(LedgerUnavailable):
        await ledger.verify()
    await faulty.house.settle()

    assert len(aside(faulty)) == 1
    assert (await first_record(faulty.house))[0] == "ledger.set_aside"
    await begins_anew(faulty, "ledger_set_aside")


async def test_a_suspicion_that_proves_wrong_costs_nothing(faulty: Faulty) -> None:
    def stumbles(conn: Connection) -> None:
        raise damaged

    damaged = sqlite3.DatabaseError("database disk image is malformed")
    damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    for _ in range(2):
        with pytest.raises(LedgerUnavailable):
            await faulty.house.building.ledger.read(stumbles)
        await faulty.house.settle()

    assert aside(faulty) == []
    assert faulty.issues() == []
    await faulty.lets_in()


async def test_a_file_that_is_gone_at_start_is_said_to_be_gone_and_its_log_is_kept(
    faulty: Faulty,
) -> None:
    await faulty.unload()

    def take_away() -> None:
        faulty.path.unlink()
        faulty.path.with_name(f"{faulty.path.name}-wal").write_bytes(
            b"the last that was written"
        )

    await faulty.do(take_away)
    await faulty.load()

    (log,) = faulty.path.parent.glob("*.set-aside-*")
    assert log.read_bytes() == b"the last that was written"
    assert await first_record(faulty.house) == ("ledger.missing", {})
    await begins_anew(faulty, "ledger_missing")


async def test_the_first_ledger_of_a_building_is_not_said_to_have_been_lost(
    faulty: Faulty,
) -> None:
    assert (await first_record(faulty.house))[0] != "ledger.missing"
    assert faulty.issues() == []


async def test_a_file_that_is_deleted_while_it_is_open_lets_nobody_in(
    faulty: Faulty,
) -> None:
    await faulty.do(faulty.path.unlink)

    await faulty.stays_shut()
    await faulty.house.settle()

    assert await first_record(faulty.house) == ("ledger.missing", {})
    await begins_anew(faulty, "ledger_missing")


async def test_a_file_that_is_deleted_is_missed_also_when_nobody_comes(
    faulty: Faulty,
) -> None:
    await faulty.do(faulty.path.unlink)

    await faulty.pass_time(60)
    await faulty.pass_time(1)

    assert faulty.issues() == ["ledger_missing"]
    assert faulty.path.exists()


async def test_an_older_file_that_is_put_in_its_place_is_what_the_building_goes_by(
    faulty: Faulty,
) -> None:
    older = faulty.path.with_name("older")
    assert await faulty.house.building.ledger.checkpoint()
    await faulty.do(lambda: shutil.copy(faulty.path, older))
    await faulty.sender.grant("later")
    # Else it may be the grant's announcement that finds the file gone, and the building be loading anew already.
    await faulty.house.settle()

    def put_back() -> None:
        faulty.path.with_name(f"{faulty.path.name}-wal").unlink()
        faulty.path.with_name(f"{faulty.path.name}-shm").unlink()
        older.replace(faulty.path)

    await faulty.do(put_back)

    await faulty.stays_shut()
    await faulty.house.settle()

    assert faulty.issues() == ["ledger_restored"]
    assert (await faulty.sender.enter("later")).problem == "not_ready"
    assert faulty.bolt.names == []
    await faulty.opens_by_hand()


async def test_the_owner_and_nobody_else_confirms_that_they_have_read_of_it(
    faulty: Faulty,
    hass_client: ClientSessionGenerator,
    hass_read_only_access_token: str,
) -> None:
    await faulty.unload()
    await faulty.do(lambda: no_database(faulty))
    await faulty.load()
    issue = f"ledger_set_aside_{faulty.house.entry.entry_id}"
    for token, issues in (
        (hass_read_only_access_token, ["ledger_set_aside"]),
        (None, []),
    ):
        client = await (hass_client() if token is None else hass_client(token))
        begun = await client.post(
            "/api/repairs/issues/fix",
            json={"handler": "courier_access", "issue_id": issue},
        )
        if token is None:
            flow = (await begun.json())["flow_id"]
            done = await client.post(f"/api/repairs/issues/fix/{flow}", json={})
            assert (await done.json())["type"] == "create_entry"
        else:
            assert begun.status == 401
        assert faulty.issues() == issues

    await faulty.unload()
    await faulty.load()

    assert faulty.issues() == []
    assert len(aside(faulty)) == 1


@pytest.mark.parametrize("fails_midway", [False, True])
async def test_recreated_ledger_locks_the_door_exactly_once(
    faulty: Faulty, monkeypatch: pytest.MonkeyPatch, *, fails_midway: bool
) -> None:
    await faulty.sender.enter()
    await faulty.unload()
    await spoil_ledger(faulty.house)
    load, failures = Rulebook.load, [LedgerUnavailable("no room", Cause.FULL)]

    async def fail_once(self: Rulebook, *given: Any) -> None:
        if failures:
            raise failures.pop()
        await load(self, *given)

    if fails_midway:
        monkeypatch.setattr(Rulebook, "load", fail_once)
    await faulty.pass_time(600)
    assert faulty.bolt.names == ["unlock"]
    await faulty.load()
    assert faulty.issues() == ["ledger_full" if fails_midway else "ledger_set_aside"]
    await faulty.pass_time(60, 1)
    assert faulty.issues() == ["ledger_set_aside"]
    assert faulty.bolt.names == ["unlock", "lock"]
    faulty.bolt.move(locked=False)
    await faulty.unload()
    await faulty.load()
    await faulty.pass_time(600)
    assert faulty.bolt.names == ["unlock", "lock"]


async def test_what_was_set_aside_goes_with_the_building(faulty: Faulty) -> None:
    await faulty.unload()
    await faulty.do(lambda: no_database(faulty))
    await faulty.load()
    assert len(aside(faulty)) == 1

    await faulty.hass.config_entries.async_remove(faulty.house.entry.entry_id)

    assert list(faulty.path.parent.glob("courier_access_*")) == []
    assert faulty.issues() == []
