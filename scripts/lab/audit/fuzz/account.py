"""What the house itself says at the end: its record, its opener, its log, its memory."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
import re
import sqlite3

from ...answers import UnexpectedAnswerError, record
from ...client import SECONDS
from .keeper import opened
from .passes import PREFIX
from .tally import Proofs, Tally
from .target import OWNER, Target

OURS = "custom_components/courier_access"
_STARTS = re.compile(r"(?m)^(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)")
_ENTRY = re.compile(r"\s(ERROR|CRITICAL) .*\[custom_components\.courier_access")


def tracebacks(log: str) -> tuple[Sequence[str], Sequence[str]]:
    """Return the faults in Home Assistant's log from or through the integration, and tracebacks of others.

    A fault of the integration is a traceback with one of its files, or what it says itself as an error.
    """
    own, others = [], []
    for entry in _STARTS.split(log):
        is_traceback = "Traceback (most recent call last)" in entry
        if (is_traceback and OURS in entry) or _ENTRY.search(entry.partition("\n")[0]):
            own.append(entry)
        elif is_traceback:
            others.append(entry)
    return own, others


def resident_bytes(pid: int) -> int:
    """Return the memory of a process that is in use."""
    status = Path(f"/proc/{pid}/status").read_text()
    [kilobytes] = re.findall(r"VmRSS:\s+(\d+) kB", status)
    return int(kilobytes) * 1024


async def verified(target: Target) -> str | None:
    """Return why the house's record doesn't verify; None if it does."""
    owner, resident = await opened(target)
    async with owner, resident:
        # Anyone who checks again and again has to wait.
        async with asyncio.timeout(10 * SECONDS):
            while True:
                try:
                    found = record(
                        await owner.command(
                            f"{PREFIX}/verify", building=target.building
                        )
                    )
                except UnexpectedAnswerError:
                    await asyncio.sleep(2)
                    continue
                return None if found["intact"] is True else f"the record: {found}"


async def locked(target: Target) -> str | None:
    """Return why the door isn't locked in the end; None if it is."""
    owner = target.users[OWNER]
    states: list[object] = []
    for _ in range(60):
        states = [
            (await owner.state(of))["state"] for of in (target.lock, target.opener)
        ]
        if states == ["locked", "locked"]:
            return None
        await asyncio.sleep(1)
    return f"the door in the end: {states}"


def compare(
    ledger: Path, unlocked: int, proofs: Proofs, tally: Tally, unit: str
) -> Counter[str]:
    """Hold each recorded entry against what was shown, and the opener's calls against the record.

    Returns how many were let in by each proof.
    """
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as file:
        rows = file.execute(
            "SELECT courier_id, grant_id, proof, pass_id FROM entries WHERE decision = 'admitted'"
        ).fetchall()
        foreign = file.execute(
            "SELECT grants.grant_id, unit FROM grants JOIN grant_units USING (courier_id, grant_id)"
            " WHERE issuer_kind = 'order' AND unit != ?",
            (unit.casefold(),),
        ).fetchall()
    by_proof = Counter[str](proof for _, _, proof, _ in rows)
    for courier_id, grant_id, proof, pass_id in rows:
        if proof == "signed" and (courier_id, grant_id) not in proofs.signed:
            tally.admitted("record", f"{courier_id} {grant_id}")
        if proof == "pass" and pass_id not in proofs.passes:
            tally.admitted("record", f"pass {pass_id}")
    numbers = by_proof["parcel_number"] + by_proof["address_code"]
    for proof, count, most in (
        ("numbers and codes", numbers, proofs.numbers + proofs.answers),
        ("rings", by_proof["ring"], proofs.answers),
        ("openings", unlocked, len(rows)),
    ):
        for _ in range(count - most):
            tally.admitted("record", f"{count} {proof}, of which {most} may be")
    for grant_id, named in foreign:
        tally.error("record", f"a feed announced {grant_id} to {named}")
    return by_proof
