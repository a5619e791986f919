"""What an administrator does, and what becomes of the disk: backups, a restore, exports, a full or locked file."""

import asyncio
from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime, timedelta
import json
from pathlib import Path
import sqlite3
import subprocess
import sys
import tarfile

from homeassistant.components.backup import async_get_manager

from ...answers import record, records, text
from . import events
from .home import DOMAIN, ENTRY, LEDGER
from .house import House
from .oracle import Consent, Wishes
from .people import Resident
from .visits import able, command, until


async def fill_disk(house: House, at: datetime) -> None:
    """Let the disk be full for some minutes."""
    await until(house, at)
    if house.is_faulty or not house.is_up:
        return
    house.disturb(3600)
    house.watch.counted.is_full = True
    house.counts["disk full for a time"] += 1
    await asyncio.sleep(house.random.choice((60, 600, 1500)))
    house.watch.counted.is_full = False
    await asyncio.sleep(900)
    house.faulty_until = house.now


async def lock_file(house: House, at: datetime) -> None:
    """Let another program lock the file for a minute."""
    await until(house, at)
    if house.is_faulty or not house.is_up:
        return
    house.disturb(1500)
    conn = sqlite3.connect(house.home.ledger, isolation_level=None)
    conn.execute("BEGIN IMMEDIATE")
    house.counts["file locked for a time"] += 1
    await asyncio.sleep(60)
    conn.execute("ROLLBACK")
    conn.close()


async def back_up(house: House, at: datetime, *, restores: bool) -> None:
    """Let Home Assistant make a backup at night, and perhaps restore the ledger from it some hours later."""
    await until(house, at)
    if not house.is_up:
        return
    folder = Path(house.home.running.config.path("backups"))
    wishes = {each.name: deepcopy(each.wishes) for each in house.residents}
    pauses = dict(house.pauses)
    await async_get_manager(house.home.running).async_create_backup(
        agent_ids=["backup.local"],
        include_addons=None,
        include_all_addons=False,
        include_database=False,
        include_folders=None,
        include_homeassistant=True,
        name="monthly",
        password=None,
    )
    house.counts["backups"] += 1
    files = unpacked(folder)
    see_copy(house, files)
    if restores:
        await asyncio.sleep(5400)
        await restore(house, files, wishes)
        house.pauses = pauses


def unpacked(folder: Path) -> dict[str, bytes]:
    """Return the ledger's files of the only backup, and delete it."""
    [made] = folder.glob("*.tar")
    with tarfile.open(made) as outer:
        inside = outer.extractfile("homeassistant.tar.gz")
        assert inside is not None
        with tarfile.open(fileobj=inside, mode="r:gz") as inner:
            found = {}
            for member in inner.getmembers():
                name = Path(member.name).name
                if (
                    name.startswith(LEDGER)
                    and (file := inner.extractfile(member)) is not None
                ):
                    found[name] = file.read()
    made.unlink()
    return found


def see_copy(house: House, files: dict[str, bytes]) -> None:
    """See that a backup holds a whole ledger."""
    place = house.home.folder / "copied"
    place.mkdir(exist_ok=True)
    for name, content in files.items():
        (place / name).write_bytes(content)
    conn = sqlite3.connect(place / LEDGER)
    [(found,)] = conn.execute("PRAGMA integrity_check").fetchall()
    [(newest,)] = conn.execute("SELECT max(seq) FROM records").fetchall()
    conn.close()
    for file in place.iterdir():
        file.unlink()
    if found != "ok" or newest is None:
        house.fault(f"a backup holds no whole ledger: {found}")


async def restore(
    house: House, files: dict[str, bytes], wishes: Mapping[str, Wishes]
) -> None:
    """Put a backup's ledger in place; residents consent again, and the administrator confirms couriers' keys."""
    await house.calm()
    await events.go_down(house, kills=False)
    for file in house.home.folder.glob(f"{LEDGER.removesuffix('.db')}*"):
        file.unlink()
    for name, content in files.items():
        (house.home.folder / name).write_bytes(content)
    house.watch.restored()
    for delivery in house.deliveries:
        delivery.is_over = True
    for resident in house.living():
        kept = wishes[resident.name]
        resident.wishes = deepcopy(kept)
        # Those on paper, too: the file may be older than what they signed last.
        if resident.wishes.consent is Consent.GIVEN:
            resident.wishes.consent = Consent.NOT_GIVEN
    await events.come_up(house)
    house.disturb(7200)
    house.counts["restores"] += 1
    await asyncio.sleep(600)
    courier = next(iter(house.couriers.values()))
    waiting = await courier.ping()
    if waiting.problem != "not_ready":
        house.fault(f"a courier got {waiting.source} after a restore")
    await confirm_keys(house)
    for resident in house.living():
        if resident.counts and resident.wishes.consent is Consent.NOT_GIVEN:
            await events.consent(house, resident)
    house.faulty_until = house.now + timedelta(minutes=3)


async def confirm_keys(house: House) -> None:
    """Let the administrator confirm couriers' keys in the repair that Home Assistant shows."""
    fix = "/api/repairs/issues/fix"
    form = record(
        await house.owner.post(
            fix, {"handler": DOMAIN, "issue_id": f"ledger_restored_{ENTRY}"}
        )
    )
    done = record(await house.owner.post(f"{fix}/{text(form, 'flow_id')}", {}))
    if done["type"] != "create_entry":
        house.fault(f"the repair of a restore ended as {done['type']}")


# Exports


async def see_exports(house: House) -> None:
    """Let a resident export and verify the log, and see that it is what the file holds."""
    resident = able(house)
    if resident is None:
        return
    exported = await _export(house, resident)
    place = house.home.folder / "export.json"
    place.write_text(json.dumps(exported))
    program = house.home.folder / "verify_record.py"
    given = await command(house, resident, "export/verifier")
    program.write_text(text(given, "program"))
    told = resident.received[-1] if resident.received else None
    shown = ["--notification", told.message] if told is not None else []
    checked = verified_elsewhere(program, place, shown)
    house.counts["exports verified"] += 1
    if checked.returncode != 0:
        house.fault(
            f"an export does not verify: {checked.stdout[-300:]} {checked.stderr[-300:]}"
        )
    hashes = [
        digest.hex()
        for (digest,) in house.home.rows("SELECT hash FROM records ORDER BY seq")
        if isinstance(digest, bytes)
    ]
    lines = [text(each, "hash") for each in records(exported["records"])]
    if lines != hashes[: len(lines)] or len(hashes) - len(lines) > 5:
        house.fault(f"an export has {len(lines)} records, the file {len(hashes)}")
    await _see_view(house, resident)
    verified = await command(house, resident, "verify")
    if not verified["intact"]:
        house.fault(f"the log is not intact: {verified}")


def verified_elsewhere(
    program: Path, exported: Path, more: list[str]
) -> subprocess.CompletedProcess[str]:
    """Run the verifier that a resident downloaded; no time passes while it runs."""
    return subprocess.run(
        [sys.executable, str(program), str(exported), *more],
        capture_output=True,
        text=True,
        check=False,
    )


async def _export(house: House, resident: Resident) -> dict[str, object]:
    pages: list[object] = []
    after: object = 0
    page: dict[str, object] = {}
    while after is not None:
        page = dict(await command(house, resident, "export", after=after, limit=500))
        listed = page["records"]
        assert isinstance(listed, list)
        pages += listed
        after = page["next"]
    return {**page, "records": pages}


async def _see_view(house: House, resident: Resident) -> None:
    """See that a resident's list of visits has each entry of the last days, and no other home's details."""
    listed = records((await command(house, resident, "entries", limit=200))["entries"])
    shown = {text(each, "entry_id") for each in listed}
    oldest = house.now - timedelta(days=2)
    for visit in house.watch.visits:
        if visit.at > oldest and visit.entry_id not in shown:
            house.fault(f"{resident.name} can't see the entry {visit.entry_id}")
    for each in listed:
        units = each.get("units")
        if isinstance(units, list) and units and resident.unit not in units:
            house.fault(f"{resident.name} of {resident.unit} sees a visit to {units}")
