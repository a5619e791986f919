"""What somebody changes in the ledger by hand lets nobody in, found at a start or by a check."""

import asyncio
from contextlib import closing
from datetime import UTC, datetime, timedelta
import sqlite3

import pytest

from scripts.lab.answers import Record, record, records
from scripts.lab.building import DOMAIN
from scripts.lab.client import SECONDS
from scripts.lab.courier import Answer, Courier
from scripts.lab.main_job import new_grant_id
from scripts.lab.site import CLOSED_UNIT, ILSE, OPEN_UNIT

from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

UNDONE_VETO = "UPDATE grant_units SET part = 'accepted' WHERE part = 'vetoed';"
ERASED_VALUES = "DELETE FROM personal WHERE field != 'grant_id';"
FORGED_CONSENT = """
    CREATE TEMP TABLE forged AS SELECT * FROM rules WHERE consent = 'given' LIMIT 1;
    UPDATE forged SET resident_id = '{resident}', unit = '{unit}';
    INSERT OR REPLACE INTO rules SELECT * FROM forged;
"""


async def by_hand(running: Running, script: str) -> None:
    """Change the ledger's file as another program can."""
    path = running.home.folder / f"{DOMAIN}_{running.site.kept.entry_id}.db"

    def change() -> None:
        with closing(sqlite3.connect(path)) as ledger:
            ledger.executescript(script)
            assert ledger.total_changes > 0

    await asyncio.to_thread(change)


async def grant(courier: Courier, unit: str) -> Answer:
    """Ask for a grant for a unit."""
    now = datetime.now(UTC)
    return await courier.grant(new_grant_id(), [unit], now, now + timedelta(hours=1))


async def accepted(courier: Courier) -> str:
    """Have a grant for the open unit; return its ID."""
    answer = await grant(courier, OPEN_UNIT)
    assert answer.decision == "accepted", answer.source
    return str(answer.body["grant_id"])


async def residents(running: Running, what: str, **fields: object) -> Record:
    """Give a command to the building as the resident who logs in."""
    async with running.site.resident.channel() as channel:
        building = running.site.kept.entry_id
        found = await channel.command(f"{DOMAIN}/{what}", building=building, **fields)
    return record(found or {})


async def is_closed_until_confirmed(
    running: Running, courier: Courier, grant_id: str
) -> None:
    """See that no courier is answered, and that what they held is over once the administrator has looked."""
    issue = f"ledger_altered_{running.site.kept.entry_id}"
    async with running.site.owner.channel() as owner, asyncio.timeout(SECONDS):
        while True:
            listed = record(await owner.command("repairs/list_issues"))
            if issue in [each["issue_id"] for each in records(listed["issues"])]:
                break
            await asyncio.sleep(0.05)
    assert (await courier.enter(grant_id)).problem == "not_ready"
    await running.confirm_keys("ledger_altered")
    assert (await courier.ping()).decision == "ok"
    assert (await courier.enter(grant_id)).reason == "revoked"


async def test_a_veto_undone_while_home_assistant_is_off_lets_nobody_in(
    alone: Running,
) -> None:
    courier = alone.courier(1)
    grant_id = await accepted(courier)
    named = {"courier": courier.name, "grant_id": grant_id, "unit": OPEN_UNIT}
    await residents(alone, "veto_grant", **named)
    assert (await courier.enter(grant_id)).reason == "vetoed"

    await alone.restart(lambda: by_hand(alone, UNDONE_VETO))

    async with alone.watched() as door:
        await is_closed_until_confirmed(alone, alone.courier(1), grant_id)
        assert (door.opened, door.shut) == (0, True)


@pytest.mark.parametrize(
    "script", [FORGED_CONSENT, ERASED_VALUES], ids=["consent", "erased"]
)
async def test_a_check_of_what_was_changed_by_hand_keeps_couriers_out(
    alone: Running, script: str
) -> None:
    await alone.site.accept_at_every_hour()
    courier = alone.courier(1)
    async with alone.watched() as door:
        grant_id = await accepted(courier)
        assert (await residents(alone, "verify"))["intact"] is True
        ilse = (await alone.site.building.parts("resident"))[ILSE]
        await by_hand(alone, script.format(resident=ilse, unit=CLOSED_UNIT.lower()))

        assert (await residents(alone, "verify"))["intact"] is False
        await is_closed_until_confirmed(alone, courier, grant_id)
        assert (await grant(courier, CLOSED_UNIT)).decision == "refused"
        assert (door.opened, door.shut) == (0, True)
