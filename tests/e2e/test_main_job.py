"""The main job on a real Home Assistant: over its flows, its webhook and its people's own log-ins."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from scripts.lab import release
from scripts.lab.answers import UnexpectedAnswerError, record, records, text
from scripts.lab.building import DOMAIN
from scripts.lab.courier import Courier
from scripts.lab.main_job import new_grant_id
from scripts.lab.places import ROOT
from scripts.lab.signing import PrivateKey
from scripts.lab.site import CLOSED_UNIT, DOOR, ILSE, JONAS, MARA, OPEN_UNIT

from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

BEGINNINGS = ("delivery_announced", "courier_entered", "courier_refused")
RAN = "automation_ran"


async def grant(courier: Courier) -> str:
    """Have a grant for the unit that accepts; return its id."""
    now = datetime.now(UTC)
    grant_id = new_grant_id()
    answer = await courier.grant(grant_id, [OPEN_UNIT], now, now + timedelta(hours=1))
    assert answer.decision == "accepted", answer.source
    return grant_id


async def titles_on_the_owners_board(running: Running) -> list[object]:
    """Return the titles of Home Assistant's own notifications."""
    async with running.site.owner.channel() as channel:
        shown = records(await channel.command("persistent_notification/get"))
    return [notification["title"] for notification in shown]


@asynccontextmanager
async def automated(running: Running, *couriers: Courier) -> AsyncIterator[list[str]]:
    """Make automations of couriers and the door as the front end does; return which of them run."""
    owner, building = running.site.owner, running.site.building
    door = (await building.parts("door"))[DOOR]
    ran: list[str] = []
    async with owner.channel() as channel:
        await channel.subscribe(
            lambda event: ran.append(text(record(event["data"]), "name")),
            "subscribe_events",
            event_type=RAN,
        )
        for name in BEGINNINGS:
            await owner.post(
                f"/api/config/automation/config/{name}",
                {
                    "alias": name,
                    "mode": "queued",
                    "triggers": {
                        "trigger": f"{DOMAIN}.{name}",
                        "target": {"device_id": await building.device(door)},
                        "options": {"courier": [each.name for each in couriers]},
                    },
                    "conditions": {
                        "condition": "not",
                        "conditions": {
                            "condition": f"{DOMAIN}.is_courier_access_paused",
                            "target": {
                                "entity_id": await building.entity(None, "switch")
                            },
                        },
                    },
                    "actions": {"event": RAN, "event_data": {"name": name}},
                },
            )
        yield ran


async def test_a_signed_grant_opens_the_door_once_and_every_resident_is_notified(
    running: Running, courier: Courier
) -> None:
    another = await running.admit("Pigeon Carriers")
    async with (
        running.watched() as door,
        automated(running, courier, another) as ran,
    ):
        result = await running.main_job(door, courier, another).run()
    assert result.missing == []
    assert (
        str(result)
        == "door opened 1, observed 0, residents notified 3, abuses without effect 4"
    )

    entry = next(
        one for one in await running.site.entries() if one["decision"] == "admitted"
    )
    assert (entry["outcome"], entry["lock_confirmed"]) == ("opened", True)
    assert entry["completed_at"] is not None
    told = {
        text(notification, "resident"): notification["reached"]
        for notification in records(entry["notifications"])
    }
    assert told == {MARA: True, JONAS: True, ILSE: True}
    assert running.complaints() == []
    assert "Login attempt failed" not in await titles_on_the_owners_board(running)
    announced, entered, refused = BEGINNINGS
    assert ran == [announced, entered, refused, announced, refused, announced, refused]

    async with running.site.owner.channel() as channel:
        manifest = record(await channel.command("manifest/get", integration=DOMAIN))
    assert (manifest["version"], manifest["is_built_in"]) == (release.version(), False)


async def test_main_job_is_done_again_at_once_by_a_recipient_who_looks_into_the_panel(
    running: Running, courier: Courier
) -> None:
    """As the demo does it soon after an earlier one."""
    another = await running.admit("Night Pigeons")
    async with running.watched() as door:
        job = running.main_job(door, courier, another)
        job.panel = running.site
        result = await job.run()
    assert result.missing == []
    assert (result.residents_notified, result.abuses_without_effect) == (3, 4)


async def test_a_courier_with_a_key_pair_signs_for_one_building_only(
    running: Running,
) -> None:
    site = running.site
    key = PrivateKey.generate()
    doors = list((await site.building.parts("door")).values())
    account = await site.building.add_courier(
        {"name": "Pigeon Post", "doors": doors}, key.public
    )

    courier = Courier(running.http, account.name, account.webhook_url, key)
    assert (await courier.ping()).problem == "unauthenticated"
    courier.to = account.webhook_url.rpartition("/")[2]
    assert (await courier.ping()).decision == "ok"


async def test_withdrawn_consent_ends_a_grant_and_only_the_resident_gives_it_again(
    running: Running,
) -> None:
    site, courier = running.site, running.courier()
    grant_id = await grant(courier)

    await site.set_rules(site.owner, MARA, consent=False)
    assert (await courier.enter(grant_id)).decision == "refused"
    for somebody_else, resident in (
        (site.owner, MARA),
        (site.owner, ILSE),
        (site.resident, ILSE),
    ):
        with pytest.raises(UnexpectedAnswerError):
            await site.set_rules(somebody_else, resident, consent=True)

    await site.set_rules(site.resident, MARA, consent=True)
    assert (await courier.enter(grant_id)).decision == "refused"
    assert (await courier.enter(await grant(courier))).decision == "admitted"


async def test_the_courier_command_says_by_its_status_what_was_decided(
    running: Running,
) -> None:
    account = running.site.kept.couriers[0]

    async def command(*arguments: str, key: str = account.key) -> tuple[int, str]:
        process = await asyncio.create_subprocess_exec(
            ROOT / "scripts" / "courier",
            *arguments,
            "--url",
            account.webhook_url,
            env={"PATH": "/usr/bin:/bin", "COURIER_KEY": key},
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await process.communicate()
        assert process.returncode is not None
        return process.returncode, said.decode()

    status, said = await command("ping")
    assert (status, '"decision": "ok"' in said) == (0, True)
    assert account.key not in said
    status, said = await command("hours", "--units", OPEN_UNIT, CLOSED_UNIT)
    assert (status, f'"{OPEN_UNIT}": [' in said, f'"{CLOSED_UNIT}": [' in said) == (
        0,
        True,
        False,
    )
    status, said = await command("enter", "--grant-id", "never-issued")
    assert (status, '"reason": "unknown_grant"' in said) == (1, True)
    status, said = await command("ping", key="whsec_" + "A" * 43 + "=")
    assert (status, "unauthenticated" in said) == (2, True)
