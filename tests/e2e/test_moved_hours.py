"""An administrator moves the time zone of a real Home Assistant, and of the building, to let a courier in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scripts.lab.answers import Record, record, records, text
from scripts.lab.building import DOMAIN, EVERY_DAY
from scripts.lab.courier import Courier
from scripts.lab.main_job import new_grant_id
from scripts.lab.site import MARA, OPEN_UNIT

from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

HOURS_AWAY = 6
REFUSED = ("refused", "outside_schedule")


async def overview(running: Running) -> Record:
    """Return what the resident who logs in sees of her building."""
    async with running.site.resident.channel() as channel:
        seen = record(await channel.command(f"{DOMAIN}/overview"))
    (building,) = records(seen["buildings"])
    return building


def windows_later(now: datetime) -> dict[str, list[dict[str, str]]]:
    """Return hours that begin, every day, six hours from now on this clock."""
    hours = [(now.hour + HOURS_AWAY + number) % 24 for number in range(2)]
    day = [{"from": f"{hour:02}:00", "to": f"{hour + 1:02}:00"} for hour in hours]
    return dict.fromkeys(EVERY_DAY, day)


async def set_zone(running: Running, zone: str) -> None:
    async with running.site.owner.channel() as owner:
        await owner.command("config/core/update", time_zone=zone)


async def configure_zone(running: Running, zone: str) -> Record:
    """Change the building's zone in its form; return what the form says that it ends."""
    owner, building = running.site.owner, running.site.building
    menu = await owner.open_options_flow(building.entry_id)
    form = await owner.choose_option(menu, "time_zone")
    confirm = await owner.fill_options(form, {"time_zone": zone})
    assert confirm.step == "time_zone_confirm"
    await owner.fill_options(confirm, {})
    await building.loaded()
    return record(confirm.content["description_placeholders"])


async def grant(courier: Courier) -> str:
    now = datetime.now(UTC)
    grant_id = new_grant_id()
    until = now + timedelta(hours=HOURS_AWAY + 2)
    answer = await courier.grant(grant_id, [OPEN_UNIT], now, until)
    assert answer.decision == "accepted", answer.source
    return grant_id


async def enters(courier: Courier, grant_id: str) -> tuple[str | None, str | None]:
    answer = await courier.enter(grant_id)
    return answer.decision, answer.reason


async def test_no_time_zone_lets_a_courier_in_who_was_not_let_in_before(
    alone: Running,
) -> None:
    await alone.begin()
    courier = await alone.admit("Blue Van")
    before = ZoneInfo(text(await overview(alone), "time_zone"))
    now = datetime.now(before)
    offset = now.utcoffset()
    assert offset is not None
    # The signs of these zones' names are the other way around.
    moved = f"Etc/GMT{-(offset // timedelta(hours=1) + HOURS_AWAY):+d}"
    await alone.site.set_rules(
        alone.site.resident, MARA, consent=True, windows=windows_later(now)
    )
    grant_id = await grant(courier)
    async with alone.watched() as door:
        assert await enters(courier, grant_id) == REFUSED

        await set_zone(alone, moved)
        assert await enters(courier, grant_id) == REFUSED
        assert text(await overview(alone), "time_zone") == before.key

        since = len(alone.push.notifications)
        said = await configure_zone(alone, moved)
        assert int(text(said, "count")) >= 1
        told = await alone.push.heard_by(MARA, "time zone was changed", since=since)
        assert told is not None
        assert "all consent has ended" in told.message
        decision, _ = await enters(courier, grant_id)
        assert decision == "refused"
        assert text(await overview(alone), "time_zone") == moved
        assert (door.opened, door.shut) == (0, True)
    assert alone.complaints() == []
