"""A courier's back end that makes residents' phones ring: the grants are its own to invent, to change and to revoke."""

import asyncio
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.entries.questions import (
    MOST_QUESTIONS,
    WITHIN,
)
from custom_components.courier_access.grants import grants as open_grants
from tests.support.asked_phones import AskedHouse, PushService, asked_house
from tests.support.house import pass_time, until

MADE_UP = 2 * MOST_QUESTIONS


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> AskedHouse:
    """Set up a building where Ada lives in 3B and Cleo in 4A."""
    return await asked_house(
        hass, hass_client_no_auth, service, {"Ada": "3B", "Cleo": "4A"}
    )


async def make_up(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, name: str, *units: str
) -> set[str]:
    """Let a courier come with many grants at once, whom nobody answers; return why it was refused."""
    grants = [f"{name}{number}" for number in range(MADE_UP)]
    for grant_id in grants:
        await asked.sender.grant(grant_id, units, door="lobby")
    entering = [
        asyncio.create_task(asked.sender.enter(grant_id)) for grant_id in grants
    ]
    building = asked.house.building
    await until(
        lambda: (
            asked.waiting + sum(task.done() for task in entering) == MADE_UP
            and not building.questions._sending
        )
    )
    await asked.wait(freezer, 12)
    reasons = {(await each).body["reason"] for each in entering}
    await asked.settle()
    return reasons


async def silence(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, grant_id: str
) -> None:
    """Let a courier come on a grant whom Ada does not answer in time."""
    entering = await asked.come("Ada", grant_id=grant_id)
    await asked.wait(freezer, 12)
    assert (await entering).body["reason"] == "no_answer"
    await asked.settle()


async def test_a_courier_who_makes_up_grants_does_not_have_residents_asked_at_will(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    assert await make_up(asked, freezer, "A", "3B") == {"no_answer"}
    assert len(asked.phones["Ada"].questions) == MOST_QUESTIONS

    # Not by naming others beside them either, who are asked all the same.
    await make_up(asked, freezer, "B", "3B", "4A")
    assert len(asked.phones["Ada"].questions) == MOST_QUESTIONS
    assert len(asked.phones["Cleo"].questions) == MOST_QUESTIONS

    freezer.tick(WITHIN + timedelta(seconds=1))
    await asked.sender.grant("C", door="lobby")
    await silence(asked, freezer, "C")
    assert len(asked.phones["Ada"].questions) == MOST_QUESTIONS + 1


async def test_questions_that_were_never_put_wear_nobody_out(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.sender.grant("A", door="lobby", max_entries=10)
    for _ in range(3):
        await silence(asked, freezer, "A")
    for _ in range(MADE_UP):
        assert (await asked.sender.enter("A")).body["reason"] == "no_answer"
    await asked.settle()

    await asked.sender.grant("B", door="lobby")
    await silence(asked, freezer, "B")
    assert len(asked.phones["Ada"].questions) == 4


MANY = 40
WINDOW = 600
"""Seconds for which a courier does as much as it may."""


class Flood:
    """Ten minutes of a courier's back end, and what reaches a phone of it."""

    def __init__(self, asked: AskedHouse, freezer: FrozenDateTimeFactory) -> None:
        self._asked = asked
        self._freezer = freezer
        self.begins = dt_util.utcnow() + timedelta(hours=1)
        self._phone = asked.phones["Ada"]

    @property
    def pushes(self) -> list[dict[str, Any]]:
        """Return what the phone was shown; a command that clears a push is silent."""
        return [
            push
            for push in self._phone.pushes
            if push["message"] != "clear_notification"
        ]

    async def grant(self, grant_id: str, **more: Any) -> None:
        """Issue a grant or revise one."""
        window = {
            "starts_at": self.begins.isoformat(),
            "ends_at": (self.begins + timedelta(hours=2)).isoformat(),
        }
        answer = await self._asked.sender.grant(
            grant_id, **{"door": "lobby", **window, **more}
        )
        assert answer.body["decision"] == "accepted"

    async def wait(self, seconds: float) -> None:
        """Let time pass, with what was waiting for it."""
        # A push of the last grant that is still being sent would run out of time.
        for _ in range(4):
            await self._asked.house.building.ledger.read(lambda conn: None)
            await self._asked.settle()
        await pass_time(self._asked.hass, self._freezer, seconds)
        await self._asked.settle()


@pytest.fixture
async def flood(asked: AskedHouse, freezer: FrozenDateTimeFactory) -> Flood:
    """Begin when the phone has received everything of before."""
    await pass_time(asked.hass, freezer, 3600)
    await asked.settle()
    asked.phones["Ada"].pushes.clear()
    return Flood(asked, freezer)


async def test_who_revises_a_grant_every_few_seconds_pushes_every_five_minutes(
    flood: Flood,
) -> None:
    every = 10
    for revision in range(1, WINDOW // every + 1):
        await flood.grant("G", revision=revision, parcel_ref=f"P-{revision}")
        await flood.wait(every)

    await flood.wait(300)
    assert len(flood.pushes) == 3
    assert "Parcel P-60." in flood.pushes[-1]["message"]


async def test_who_issues_all_grants_that_may_be_open_pushes_twice(
    asked: AskedHouse, flood: Flood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_grants, "MOST_OPEN_GRANTS", MANY)
    await asyncio.gather(*(flood.grant(f"G{number}") for number in range(MANY)))
    await asked.settle()
    for _ in range(2):
        await flood.wait(WINDOW // 2)

    assert len(flood.pushes) == 2
    assert f"{MANY - 1} parcels from Parcel Post" in flood.pushes[-1]["message"]
    grants = asked.house.building.grants
    assert len(grants.expected("3b")) == MANY

    await asked.phones["Ada"].press(flood.pushes[-1]["data"]["actions"][0]["action"])
    await asked.settle()
    assert len(grants.expected("3b")) == 1


async def test_who_issues_and_revokes_pushes_no_more_than_who_issues(
    asked: AskedHouse, flood: Flood
) -> None:
    for number in range(WINDOW // 20):
        await flood.grant(f"G{number}")
        await asked.sender.revoke(f"G{number}")
        await flood.wait(20)

    assert len(flood.pushes) <= 3


async def test_who_comes_too_early_with_each_grant_pushes_no_more_than_who_issues(
    asked: AskedHouse, flood: Flood
) -> None:
    for number in range(WINDOW // 20):
        await flood.grant(f"G{number}")
        answer = await asked.sender.enter(f"G{number}")
        assert answer.body["reason"] == "not_yet_valid"
        await flood.wait(20)

    announced = [push for push in flood.pushes if "was refused" not in push["message"]]
    assert len(announced) <= 3
    assert len(flood.pushes) - len(announced) <= 2


async def test_windows_that_begin_at_once_push_once_a_minute_at_the_most(
    flood: Flood,
) -> None:
    """What waits is sent when its window begins; but that is the courier's to choose."""
    for number in range(WINDOW // 20):
        flood.begins = dt_util.utcnow() + timedelta(seconds=1)
        await flood.grant(f"G{number}")
        await flood.wait(20)

    assert len(flood.pushes) <= 1 + WINDOW // 60
