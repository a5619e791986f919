"""A backup that a real Home Assistant makes while a courier comes, restored into another configuration."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
import sqlite3
import tarfile

import aiohttp
import pytest

from scripts.lab.answers import record, records
from scripts.lab.forking import Forks
from scripts.lab.instance import Instance
from scripts.lab.main_job import new_grant_id
from scripts.lab.site import OPEN_UNIT, configuration, find

from .running import Running, at_home

pytestmark = pytest.mark.timeout(300)


CONSENTS = "SELECT consent FROM rules"


async def back_up(running: Running) -> Path:
    """Have a backup made while a courier comes again and again; return where it lies."""
    courier = running.courier()
    now = datetime.now(UTC)
    grant_id = new_grant_id()
    accepted = await courier.grant(grant_id, [OPEN_UNIT], now, now + timedelta(hours=1))
    assert accepted.decision == "accepted", accepted.source
    is_made = asyncio.Event()

    async def come_again_and_again() -> None:
        while not is_made.is_set():
            assert (await courier.enter(grant_id)).decision is not None

    async with running.site.owner.channel() as channel:
        comes = asyncio.create_task(come_again_and_again())
        await channel.command(
            "backup/generate",
            agent_ids=["backup.local"],
            include_database=False,
            name="nightly",
        )
        while True:
            told = record(await channel.command("backup/info"))
            if records(told["backups"]) and told["state"] == "idle":
                break
        is_made.set()
        await comes
    [tar] = (running.home.folder / "backups").glob("*.tar")
    return tar


def extract(tar: Path, to: Path) -> Path:
    """Return the configuration that a backup holds."""
    with tarfile.open(tar) as outer:
        outer.extractall(to, filter="data")
    with tarfile.open(to / "homeassistant.tar.gz") as inner:
        inner.extractall(to, filter="tar")
    return to / "data"


def read(ledger: Path, query: str) -> list[str]:
    """Read the first column of what a ledger holds."""
    connection = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    try:
        return [str(row[0]) for row in connection.execute(query)]
    finally:
        connection.close()


async def test_a_restored_backup_lets_nobody_in_until_keys_and_consent_are_confirmed(
    forks: Forks, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    async with at_home(forks, first, backup={}) as running:
        # Home Assistant writes its own files a while after a change.
        await running.restart()
        tar = await back_up(running)
    account, home, push = running.site.kept, running.home, running.push
    assert running.complaints() == []
    name = f"courier_access_{account.entry_id}.db"
    mark = name.replace(".db", ".newest.log")
    assert (first / mark).exists()

    async with push.served(), aiohttp.ClientSession() as http:
        data = await asyncio.to_thread(extract, tar, second)
        assert not (data / mark).exists()
        assert sorted(read(data / name, CONSENTS)) == ["given", "given"]
        configured = {**configuration(push), "backup": {}}
        restored = Instance(data, home.port, configured, forks=forks)
        restored.start()
        try:
            await restored.ready()
            # Mara, who logs in, consents again; Jonas would have to on paper.
            running = Running(
                restored, http, push, await find(http, restored.url, data, push)
            )
            courier = running.courier()
            assert (
                await courier.send(courier.compose("ping", {}))
            ).problem == "not_ready"
            await running.confirm_keys("ledger_restored")
            assert (await courier.send(courier.compose("ping", {}))).decision == "ok"
            now = datetime.now(UTC)
            accepted = await courier.grant(
                new_grant_id(), [OPEN_UNIT], now, now + timedelta(hours=1)
            )
            assert accepted.decision == "accepted", accepted.source
        finally:
            await asyncio.to_thread(restored.stop)
    assert [line for line in running.complaints() if " ERROR " in line] == []
    assert (data / mark).exists()
    assert sorted(read(data / name, CONSENTS)) == ["given", "not_given"]
    assert (
        len(read(data / name, "SELECT seq FROM records WHERE kind = 'ledger.restored'"))
        == 1
    )
