"""Test a damaged or missing ledger: quarantined, re-created, and nobody admitted."""

from collections.abc import Callable
from contextlib import closing
import shutil
import sqlite3
from sqlite3 import Connection
from typing import Any

import orjson
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building.ledger_health import ledger_memory
from custom_components.courier_access.ledger.errors import Cause, LedgerUnavailable
from custom_components.courier_access.ledger.files import version_of_file
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.residents.rulebook import Rulebook
from tests.disk.faulty import Faulty
from tests.ledger.parts import execute
from tests.support import fixing
from tests.support.house import House, spoil_ledger
from tests.support.rows import kept_rows
from tests.support.verified import verified


async def first_record(house: House) -> tuple[str, dict[str, object]]:
    """Return the kind of the ledger's first record, and its fields."""
    query = "SELECT kind, body FROM records WHERE seq = 1"
    [(kind, body)] = await kept_rows(house.building.ledger, query, tuple[str, str])
    fields = orjson.loads(body)
    hidden = {"at", "bound", "kind", "personal", "seq"}
    return kind, {name: fields[name] for name in fields.keys() - hidden}


def quarantined(faulty: Faulty) -> list[str]:
    return sorted(file.name for file in faulty.path.parent.glob("*.set-aside-*.db"))


async def is_recreated(faulty: Faulty, issue: str) -> None:
    """Assert that the lost ledger has no effect, and everybody is notified."""
    assert faulty.issues() == [issue]
    entered = await faulty.sender.enter()
    assert (entered.status, entered.problem) == (503, "not_ready")
    await faulty.house.settle()
    read = " ".join(text for name, text in faulty.house.told if name == "Ada")
    assert "You may have missed visits" in read
    assert "May couriers with a delivery" in read
    await faulty.opens_by_hand()
    await faulty.unload()
    faulty.house.told.clear()
    await faulty.load()
    assert not any("may have missed" in message for _, message in faulty.house.told)
    assert faulty.issues() == [issue]
    await faulty.house.building.restore.confirm_keys(Author())
    by_hand = list(faulty.bolt.names)
    assert (await faulty.sender.enter("G3")).body["reason"] == "unknown_grant"
    await faulty.sender.grant("G2")
    assert (await faulty.sender.enter("G2")).body["reason"] == "not_accepting"
    assert faulty.bolt.names == by_hand
    assert (await verified(faulty.house.building.ledger)).intact


def no_database(faulty: Faulty) -> None:
    faulty.path.write_bytes(b"this is no database" * 1000)


def no_schema(faulty: Faulty) -> None:
    with faulty.path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 200)


def no_json(faulty: Faulty) -> None:
    execute(faulty.path, "UPDATE residences SET addressed = '{no JSON'")


@pytest.mark.parametrize("damage", [no_database, no_schema, no_json])
async def test_file_damaged_at_the_start_is_quarantined(
    faulty: Faulty, damage: Callable[[Faulty], None]
) -> None:
    await faulty.unload()
    await faulty.do(lambda: damage(faulty))
    damaged_bytes = await faulty.hass.async_add_executor_job(faulty.path.read_bytes)

    await faulty.load()

    (name,) = quarantined(faulty)
    kept = faulty.path.with_name(name)
    content = await faulty.hass.async_add_executor_job(kept.read_bytes)
    assert content == damaged_bytes or b"{no JSON" in content
    assert kept.stat().st_mode & 0o777 == 0o600
    assert await first_record(faulty.house) == (
        "ledger.set_aside",
        {"file": name, "cause": "damaged"},
    )
    await is_recreated(faulty, "ledger_set_aside")


async def test_whole_file_with_another_schema_is_never_quarantined(
    faulty: Faulty,
) -> None:
    await faulty.unload()
    await faulty.execute("ALTER TABLE pauses RENAME TO elsewhere")
    await faulty.load()

    assert faulty.issues() == ["ledger_altered"]
    assert quarantined(faulty) == []
    assert (await faulty.sender.enter()).problem == "not_ready"
    await faulty.opens_by_hand()


async def test_file_that_is_not_understood_is_examined_once_and_not_tried_again(
    faulty: Faulty, caplog: pytest.LogCaptureFixture
) -> None:
    await faulty.unload()

    def put_another() -> None:
        for file in faulty.path.parent.glob(f"{faulty.path.name}*"):
            file.rename(file.with_name(f"kept-{file.name}"))
        with closing(sqlite3.connect(faulty.path)) as songs:
            songs.execute("CREATE TABLE songs (name)")

    await faulty.do(put_another)
    await faulty.load()
    loaded = faulty.house.building

    issue = fixing.shown(faulty.hass, "ledger_unfit")
    assert issue is not None
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["error"] == "the file is no ledger"
    assert caplog.text.count("the file is no ledger") == 1
    await faulty.stays_shut()
    await faulty.opens_by_hand()
    await faulty.pass_time(3 * 3600, 3600)
    assert faulty.house.building is loaded
    assert quarantined(faulty) == []
    version = await faulty.hass.async_add_executor_job(version_of_file, faulty.path)
    memory = ledger_memory(faulty.hass, faulty.house.entry.entry_id)
    assert version == memory.found_whole

    def bring_back() -> None:
        faulty.path.unlink()
        for file in faulty.path.parent.glob("kept-*"):
            file.rename(file.with_name(file.name.removeprefix("kept-")))

    await faulty.do(bring_back)
    await faulty.unload()
    await faulty.load()
    assert faulty.issues() == []
    assert faulty.house.building.host.answers_couriers


async def test_damage_to_an_open_file_is_quarantined_once_noticed(
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
        await verified(ledger)
    await faulty.house.settle()

    assert len(quarantined(faulty)) == 1
    assert (await first_record(faulty.house))[0] == "ledger.set_aside"
    await is_recreated(faulty, "ledger_set_aside")


async def test_false_alarm_changes_nothing(faulty: Faulty) -> None:
    def fail(conn: Connection) -> None:
        raise damaged

    damaged = sqlite3.DatabaseError("database disk image is malformed")
    damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    for _ in range(2):
        with pytest.raises(LedgerUnavailable):
            await faulty.house.building.ledger.read(fail)
        await faulty.house.settle()

    assert quarantined(faulty) == []
    assert faulty.issues() == []
    await faulty.lets_in()


async def test_file_missing_at_the_start_is_reported_and_its_log_kept(
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
    await is_recreated(faulty, "ledger_missing")


async def test_file_deleted_while_open_admits_nobody(faulty: Faulty) -> None:
    # The first ledger of a building isn't reported as lost.
    assert (await first_record(faulty.house))[0] != "ledger.missing"
    assert faulty.issues() == []
    await faulty.do(faulty.path.unlink)

    await faulty.stays_shut()
    await faulty.house.settle()

    assert await first_record(faulty.house) == ("ledger.missing", {})
    await is_recreated(faulty, "ledger_missing")


async def test_deleted_file_is_noticed_without_a_courier(
    faulty: Faulty,
) -> None:
    await faulty.do(faulty.path.unlink)

    await faulty.pass_time(60)
    await faulty.pass_time(1)

    assert faulty.issues() == ["ledger_missing"]
    assert faulty.path.exists()


async def test_rest_of_an_entry_is_not_written_to_the_next_ledger(
    faulty: Faulty,
) -> None:
    entered = await faulty.sender.enter()
    await faulty.do(faulty.path.unlink)
    faulty.bolt.move(locked=True)
    await faulty.pass_time(60, 60, 300)

    assert faulty.issues() == ["ledger_missing"]
    building = faulty.house.building
    entry_id = entered.body["entry_id"]
    recorded = await kept_rows(building.ledger, "SELECT body FROM records", str)
    assert recorded
    assert [body for body in recorded if entry_id in body] == []
    assert (await verified(building.ledger)).intact


async def test_older_file_in_its_place_is_treated_as_a_restore(
    faulty: Faulty,
) -> None:
    older = faulty.path.with_name("older")
    assert await faulty.house.building.ledger.checkpoint()
    await faulty.do(lambda: shutil.copy(faulty.path, older))
    await faulty.sender.grant("later")
    # Otherwise the announcement may find the file gone first, and hand the building over.
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


async def test_only_the_administrator_can_confirm_the_issue(
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
    assert len(quarantined(faulty)) == 1


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
    shown = "ledger_full" if fails_midway else "ledger_set_aside"
    assert shown in faulty.issues()
    await faulty.pass_time(60, 1)
    assert faulty.issues() == ["ledger_set_aside"]
    assert faulty.bolt.names == ["unlock", "lock"]
    faulty.bolt.move(locked=False)
    await faulty.unload()
    await faulty.load()
    await faulty.pass_time(600)
    assert faulty.bolt.names == ["unlock", "lock"]


async def test_quarantined_file_is_removed_with_the_building(faulty: Faulty) -> None:
    await faulty.unload()
    await faulty.do(lambda: no_database(faulty))
    await faulty.load()
    assert len(quarantined(faulty)) == 1

    await faulty.hass.config_entries.async_remove(faulty.house.entry.entry_id)

    assert list(faulty.path.parent.glob("courier_access_*")) == []
    assert faulty.issues() == []
