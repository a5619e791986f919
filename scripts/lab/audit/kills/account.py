"""Holds the building's record against what the door, the phones, the couriers, and the drivers saw."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
import json
from pathlib import Path
import sqlite3
from time import monotonic

from ...answers import Record, number, parsed, record, records, text
from ...building import DOMAIN
from ...mqtt_lock import MqttLock, Seen
from ...places import ROOT
from .neighbours import Neighbour
from .office import Letter, Office
from .place import RESIDENTS, Place
from .sink import Told

COMMAND_WITHIN = timedelta(seconds=20)
QUIET_SECONDS = 240
_OWED = {
    # What is held for later on purpose, such as a resumption or a change of what was announced, concerns no entry.
    "fan-outs to expand": "SELECT count(*) FROM fanouts WHERE expanded_at IS NULL AND ready_at IS NULL",
    "notifications pending": "SELECT count(*) FROM notifications WHERE state = 'pending' AND NOT held",
    "outcomes open": "SELECT count(*) FROM entries WHERE decision = 'admitted' AND outcome IS NULL",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that the record has as admitted or observed, with what an export shows to recipients only."""

    entry_id: str
    seq: int
    at: datetime
    proof: str | None
    grant_id: str = ""
    number: str = ""
    is_returned: bool = False
    """Whether the door stayed locked, so that the same may be shown again."""


@dataclass(slots=True)
class Findings:
    """What was compared, and each difference in words."""

    entries: int = 0
    unrecorded: int = 0
    unnotified: int = 0
    opened_twice: int = 0
    is_chain_ok: bool = True
    left_unlocked: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Findings) -> None:
        """Add those of another building."""
        self.entries += other.entries
        self.unrecorded += other.unrecorded
        self.unnotified += other.unnotified
        self.opened_twice += other.opened_twice
        self.is_chain_ok = self.is_chain_ok and other.is_chain_ok
        self.left_unlocked += other.left_unlocked
        self.wrong += other.wrong

    def line(self, what: str, count: int) -> str:
        """Return the campaign's last line."""
        chain = "ok" if self.is_chain_ok else "BROKEN"
        return (
            f"{what} {count}, entries {self.entries}, unrecorded {self.unrecorded}, "
            f"unnotified {self.unnotified}, opened twice {self.opened_twice}, chain {chain}, "
            f"left unlocked {self.left_unlocked}"
        )


async def quiet(ledger: Path) -> Mapping[str, int]:
    """Wait until nothing is pending anymore; return what still is after the time for it."""
    left: Mapping[str, int] = {}
    until = monotonic() + QUIET_SECONDS
    while monotonic() < until:
        left = await asyncio.to_thread(_left, ledger)
        if not any(left.values()):
            break
        await asyncio.sleep(0.1)
    return {what: count for what, count in left.items() if count}


def _left(ledger: Path) -> Mapping[str, int]:
    # At one moment: an outcome that is written between two looks would be open in neither, and its fan-out be in neither.
    at_once = ", ".join(f"({query})" for query in _OWED.values())
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as kept:
        counts = kept.execute(f"SELECT {at_once}").fetchone()
    return dict(zip(_OWED, map(int, counts), strict=True))


async def export_of(place: Place) -> list[Record]:
    """Return all records, as the administrator exports them."""
    exported: list[Record] = []
    after: float | None = 0
    async with place.owner.channel() as channel:
        while after is not None:
            page = record(
                await channel.command(
                    f"{DOMAIN}/export",
                    building=place.building.entry_id,
                    after=int(after),
                )
            )
            exported += records(page["records"])
            after = None if page["next"] is None else number(page, "next")
    return exported


def entries_of(exported: Iterable[Record], ledger: Path) -> list[Entry]:
    """Return the entries that the records have as admitted or observed."""
    bodies = [record(parsed(text(one, "body"))) for one in exported]
    stopped = {body["entry_id"] for body in bodies if body["kind"] == "entry.stopped"}
    returned = {body["entry_id"] for body in bodies if body.get("use_returned") is True}
    grant_ids = _personal(ledger, "grant_id")
    numbers = _personal(ledger, "parcel_ref")
    entries = []
    for body in bodies:
        if body["kind"] not in ("entry.admitted", "entry.observed"):
            continue
        if body["entry_id"] in stopped:
            continue
        seq, proof = int(number(body, "seq")), body["proof"]
        entries.append(
            Entry(
                text(body, "entry_id"),
                seq,
                datetime.fromisoformat(text(body, "at")),
                None if proof is None else str(proof),
                grant_ids.get(seq, ""),
                numbers.get(seq, ""),
                body["entry_id"] in returned,
            )
        )
    return entries


def _personal(ledger: Path, name: str) -> Mapping[int, str]:
    """Return a personal field by record."""
    query = "SELECT seq, value FROM personal WHERE field = ?"
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as kept:
        return {int(seq): str(value) for seq, value in kept.execute(query, (name,))}


async def chain_holds(
    place: Place, exported: list[Record], told: Iterable[Told], found: Findings
) -> None:
    """Have the ledger verify itself, and its export verified with the receipts that came outside."""
    async with place.owner.channel() as channel:
        verified = record(
            await channel.command(f"{DOMAIN}/verify", building=place.building.entry_id)
        )
    if verified["intact"] is not True:
        found.is_chain_ok = False
        found.wrong.append(f"the ledger finds its record altered: {verified}")
    export = place.home.log.with_name("export.json")
    await asyncio.to_thread(export.write_text, json.dumps({"records": exported}))
    witnesses = sorted({(each.seq, each.witness) for each in told})
    notifications = [f"--notification={seq}:{witness}" for seq, witness in witnesses]
    process = await asyncio.create_subprocess_exec(
        ROOT / "scripts" / "verify",
        export,
        *notifications,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    if process.returncode != 0:
        found.is_chain_ok = False
        found.wrong.append(f"the export does not verify: {said.decode().strip()}")


def everybody_notified(
    entries: Iterable[Entry], told: Iterable[Told], found: Findings
) -> None:
    """Each resident got a notification of each entry."""
    seen = {(each.to, each.seq) for each in told}
    for entry in entries:
        for name in RESIDENTS:
            if (name, entry.seq) not in seen:
                found.unnotified += 1
                found.wrong.append(
                    f"{name} got no notification of entry {entry.entry_id} ({entry.seq})"
                )


def door_agrees(entries: Iterable[Entry], lock: MqttLock, found: Findings) -> None:
    """Give each unlock command to an entry that was recorded shortly before it; each entry has at most one."""
    commands = [each.at for each in lock.log if each.seen is Seen.TOLD_TO_UNLOCK]
    waiting = sorted(entry.at for entry in entries if entry.proof is not None)
    for at in sorted(commands):
        while waiting and waiting[0] < at - COMMAND_WITHIN:
            waiting.pop(0)
        if waiting and waiting[0] <= at:
            waiting.pop(0)
        else:
            found.unrecorded += 1
            found.wrong.append(f"the door was told to unlock at {at} without a record")
    if not lock.locked:
        found.left_unlocked += 1
        found.wrong.append("the door stands unlocked")


def letters_agree(entries: Iterable[Entry], office: Office, found: Findings) -> None:
    """Each signed entry is one message's answer, and each such answer an entry."""
    found.wrong += office.faults
    recorded = {entry.entry_id: entry for entry in entries if entry.proof == "signed"}
    told: dict[str, Letter] = {}
    for letter in office.letters:
        if not letter.is_admitted:
            continue
        entry_id = letter.entry_id or ""
        if entry_id not in recorded:
            found.unrecorded += 1
            found.wrong.append(
                f"{letter.message.id} was answered admitted without a record"
            )
        elif recorded[entry_id].grant_id != letter.grant_id or entry_id in told:
            found.wrong.append(f"{letter.message.id} was answered with another's entry")
        told[entry_id] = letter
    for entry_id in recorded.keys() - told.keys():
        found.opened_twice += 1
        found.wrong.append(f"entry {entry_id} is no request's answer")


def noes_held(
    entries: Iterable[Entry],
    office: Office,
    neighbours: Sequence[Neighbour],
    found: Findings,
) -> None:
    """Nobody came in on a grant whose end was confirmed before."""
    ended = {
        letter.grant_id: letter.answered_at
        for letter in office.letters
        if letter.kind == "grant.revoked" and letter.answered_at is not None
    }
    shared = {letter.grant_id for letter in office.letters if len(letter.units) > 1}
    for neighbour in neighbours:
        ended |= {
            grant: at for grant, at in neighbour.vetoed.items() if grant not in shared
        }
    for entry in entries:
        if entry.grant_id in ended and entry.at > ended[entry.grant_id]:
            found.wrong.append(
                f"entry {entry.entry_id} came in after a no to {entry.grant_id}"
            )


async def replay(
    office: Office, lock: MqttLock, found: Findings, most: int = 50
) -> None:
    """Send admitted requests again: the same answers, and no door moves for them."""
    before = lock.count(Seen.TOLD_TO_UNLOCK)
    for letter in [each for each in office.letters if each.is_admitted][-most:]:
        again = await letter.courier.send(letter.message)
        assert letter.answer is not None
        if not again.replayed or again.body.get("entry_id") != letter.entry_id:
            found.wrong.append(
                f"{letter.message.id} got another answer later: {again.source}"
            )
    if opened := lock.count(Seen.TOLD_TO_UNLOCK) - before:
        found.opened_twice += opened
        found.wrong.append(f"{opened} commands to unlock for requests that came again")
