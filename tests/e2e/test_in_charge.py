"""Residents in charge: they are notified before, asked and obeyed, over a real phone's registration."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from scripts.lab.answers import Record, record, records, text
from scripts.lab.building import DOMAIN, EVERY_DAY
from scripts.lab.client import Channel
from scripts.lab.courier import Answer, Courier
from scripts.lab.main_job import new_grant_id
from scripts.lab.phone import Notification
from scripts.lab.site import ILSE, MARA, OPEN_UNIT, RESIDENTS

from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

FORGED = f"{DOMAIN}_approve_{'0' * 32}"
ASKED = "asks to be let in"


@dataclass(frozen=True, slots=True)
class Mara:
    """The resident who logs in, without an administrator's rights, with her phone and her WebSocket."""

    running: Running
    channel: Channel

    async def does(self, what: str, **fields: object) -> object:
        """Give a command to her building."""
        building = self.running.site.building.entry_id
        return await self.channel.command(
            f"{DOMAIN}/{what}", building=building, **fields
        )

    async def sees(self) -> Record:
        """Return what she sees of her building."""
        overview = record(await self.channel.command(f"{DOMAIN}/overview"))
        (building,) = records(overview["buildings"])
        return building

    async def newcomers(self) -> list[object]:
        """Return the names of those who wait for her to confirm them."""
        return [
            one["name"] for one in records((await self.sees())["pending_residents"])
        ]

    async def wants_to_be_asked(self) -> None:
        """Set her rules so that she is asked before any courier comes in."""
        assert "ask" in str(await self.sets_rules(default="ask"))

    async def sets_rules(self, **rules: object) -> object:
        """Set her rules."""
        residents = records((await self.sees())["residents"])
        (me,) = (one for one in residents if one["is_me"])
        return await self.does("rules/set", resident=text(me, "resident"), **rules)

    async def heard(self, said: str, since: int) -> Notification:
        """Wait for a push to her phone."""
        notification = await self.running.push.heard_by(MARA, said, since=since)
        assert notification is not None, said
        return notification

    async def press(self, action: str) -> None:
        """Press a button on her phone."""
        await self.running.push.phone_of(MARA).press(action)


@asynccontextmanager
async def mara_at_home(running: Running) -> AsyncIterator[Mara]:
    """Connect the resident who logs in."""
    async with running.site.resident.channel() as channel:
        yield Mara(running, channel)


async def asked(courier: Courier) -> Answer:
    """Ask for a grant for her unit."""
    now = datetime.now(UTC)
    return await courier.grant(
        new_grant_id(), [OPEN_UNIT], now, now + timedelta(hours=1)
    )


async def grant(courier: Courier) -> str:
    """Have a grant for her unit; return its id."""
    answer = await asked(courier)
    assert answer.decision == "accepted", answer.source
    return text(answer.body, "grant_id")


def said(answer: Answer) -> tuple[str | None, str | None]:
    """Return what was decided, and why."""
    return answer.decision, answer.reason


async def test_a_veto_from_the_announcement_on_a_phone_keeps_the_door_shut(
    running: Running, courier: Courier
) -> None:
    async with running.watched() as door, mara_at_home(running) as mara:
        since = len(running.push.notifications)
        grant_id = await grant(courier)
        announced = await mara.heard(f"{courier.name} is expected at", since)
        await mara.press(announced.action("Veto"))
        await running.site.ended(grant_id)
        assert said(await courier.enter(grant_id)) == ("refused", "vetoed")
        assert (door.opened, door.shut) == (0, True)
    assert running.complaints() == []


@asynccontextmanager
async def without_a_user(mara: Mara) -> AsyncIterator[None]:
    """Have the administrator take the user of her person away, and give it back in the end."""
    since = len(mara.running.push.notifications)
    async with mara.running.site.owner.channel() as owner:
        persons = record(await owner.command("person/list"))
        (person,) = (one for one in records(persons["storage"]) if one["name"] == MARA)
        id_of = {"person_id": text(person, "id")}
        await owner.command("person/update", **id_of, user_id=None)
        try:
            await mara.heard("has no account anymore", since)
            yield
        finally:
            await owner.command(
                "person/update", **id_of, user_id=text(person, "user_id")
            )
    await mara.heard("has your account again", since)


async def test_a_resident_vetoes_from_their_phone_while_their_person_has_no_user(
    running: Running,
) -> None:
    # The announcements of a courier within five minutes are combined.
    courier = await running.admit("Unannounced Ltd")
    async with running.watched() as door, mara_at_home(running) as mara:
        since = len(running.push.notifications)
        grant_id = await grant(courier)
        announced = await mara.heard(f"{courier.name} is expected at", since)
        async with without_a_user(mara):
            await mara.press(announced.action("Veto"))
            await running.site.ended(grant_id)
            assert said(await courier.enter(grant_id)) == ("refused", "vetoed")
            assert (await mara.sees())["residents"] != []
        assert (door.opened, door.shut) == (0, True)
    assert running.complaints() == []


async def test_a_resident_vetoes_pauses_and_withdraws_while_their_person_has_no_user(
    running: Running,
) -> None:
    courier = running.courier(1)
    async with running.watched() as door, mara_at_home(running) as mara:
        async with without_a_user(mara):
            vetoed, paused = await grant(courier), await grant(courier)
            named = {"courier": courier.name, "grant_id": vetoed, "unit": OPEN_UNIT}
            await mara.does("veto_grant", **named)
            assert said(await courier.enter(vetoed)) == ("refused", "vetoed")

            await mara.does("pause", unit=OPEN_UNIT)
            assert said(await courier.enter(paused)) == ("refused", "paused")
            await mara.does("resume", unit=OPEN_UNIT)

            withdrawn = await grant(courier)
            await mara.sets_rules(consent=False)
            assert said(await courier.enter(withdrawn)) == ("refused", "not_accepting")
        await running.site.accept_at_every_hour()
        assert (door.opened, door.shut) == (0, True)
    assert running.complaints() == []


async def test_an_administrator_decides_nothing_while_a_residents_person_has_no_user(
    running: Running,
) -> None:
    courier, building, owner = (
        running.courier(1),
        running.site.building,
        running.site.owner,
    )
    async with running.watched() as door, mara_at_home(running) as mara:
        await mara.sets_rules(consent=False)
        async with without_a_user(mara):
            form = await owner.open_subentry_flow(
                building.entry_id, "resident", (await building.parts("resident"))[MARA]
            )
            targets = await owner.fill_subentry(form, {})
            ended = await owner.fill_subentry(targets, {})
            assert ended.content["reason"] == "reconfigure_successful", "no paper form"
            await building.loaded()
            await building.add_resident(
                {"name": "Mallory", "unit": OPEN_UNIT},
                {"notify_entities": [f"notify.{ILSE.lower()}"]},
                {
                    "decided_on": datetime.now(UTC).date().isoformat(),
                    "consent": "yes",
                    **dict.fromkeys(EVERY_DAY, "00:00-24:00"),
                },
            )
            try:
                assert await mara.newcomers() == ["Mallory"]
                assert said(await asked(courier)) == ("refused", "not_accepting")
            finally:
                await running.move_out("Mallory")
        await running.site.accept_at_every_hour()
        assert (door.opened, door.shut) == (0, True)
    assert running.complaints() == []


async def test_yes_with_a_residents_account_counts_only_by_their_own_phone_and_is_withdrawn_there(
    running: Running,
) -> None:
    courier, site = running.courier(1), running.site
    device_id = await site.building.device(
        (await site.building.parts("resident"))[MARA]
    )
    async with running.watched() as door, mara_at_home(running) as mara:
        await mara.sets_rules(consent=False)
        since = len(running.push.notifications)
        await site.resident.act("script.welcome", {"device_id": device_id})
        question = await mara.heard("says yes to couriers for you", since)
        # With the app's own access, a caller gets no further than the owner's script.
        data = {"device_id": device_id, "consent": True}
        call = {"domain": DOMAIN, "service": "set_rules", "service_data": data}
        await running.push.phone_of(MARA).send("call_service", call)
        assert said(await asked(courier)) == ("refused", "not_accepting")
        await running.push.phone_of(ILSE).press(question.action("Yes"))
        assert said(await asked(courier)) == ("refused", "not_accepting")

        await mara.press(question.action("Yes"))
        loosened = await mara.heard("Your rules for couriers were loosened", since)
        grant_id = await grant(courier)

        await mara.press(loosened.action("Withdraw"))
        await site.ended(grant_id)
        assert said(await courier.enter(grant_id)) == ("refused", "not_accepting")
        await site.accept_at_every_hour()
        assert (door.opened, door.shut) == (0, True)
    assert running.complaints() == []


async def test_a_resident_who_is_asked_decides_at_the_door_and_nobody_answers_for_her(
    running: Running, courier: Courier
) -> None:
    async with running.watched() as door, mara_at_home(running) as mara:
        await mara.wants_to_be_asked()

        since = len(running.push.notifications)
        entering = asyncio.create_task(courier.enter(await grant(courier)))
        question = await mara.heard(ASKED, since)
        await mara.press(FORGED)
        await running.push.phone_of(ILSE).press(question.action("Let in"))
        await mara.press(question.action("Keep out"))
        assert said(await entering) == ("refused", "declined")
        assert (door.opened, door.shut) == (0, True)

        since = len(running.push.notifications)
        entering = asyncio.create_task(courier.enter(await grant(courier)))
        question = await mara.heard(ASKED, since)
        assert not entering.done()
        await mara.press(question.action("Let in"))
        answer = await entering
        assert (answer.decision, answer.body["outcome"]) == ("admitted", "opened")
        assert await door.until(lambda: door.opened == 1, 10)
    assert running.complaints() == []


async def test_a_pause_by_a_resident_keeps_couriers_out_and_everybody_is_notified(
    running: Running, courier: Courier
) -> None:
    async with running.watched() as door, mara_at_home(running) as mara:
        grant_id = await grant(courier)
        await mara.does("pause")

        assert said(await courier.enter(grant_id)) == ("refused", "paused")
        assert (door.opened, door.shut) == (0, True)
        # Shortly after another module's pause, that one was notified.
        for name in RESIDENTS:
            paused = "building until"
            assert await running.push.heard_by(name, paused), name
        await mara.does("resume")
    assert running.complaints() == []


async def test_a_pending_resident_counts_once_a_resident_of_the_unit_confirms_by_the_push(
    running: Running,
) -> None:
    async with mara_at_home(running) as mara:
        assert await mara.newcomers() == []
        since = len(running.push.notifications)
        targets = {"notify_entities": [f"notify.{ILSE.lower()}"]}
        await running.site.building.add_resident(
            {"name": "Nils", "unit": OPEN_UNIT}, targets
        )
        added = await mara.heard("Nils was added to your home", since)
        assert await mara.newcomers() == ["Nils"]

        await mara.press(added.action("Confirm"))
        async with asyncio.timeout(10):
            while True:
                if await mara.newcomers() == []:
                    break
                await asyncio.sleep(0.05)
    await running.move_out("Nils")
    assert running.complaints() == []
