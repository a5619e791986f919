"""Test who pauses and resumes, for how long, and the notifications (promise 4)."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.api.commands import (
    async_pause,
    async_resume,
)
from custom_components.courier_access.api.permissions import Actor, link_holder
from custom_components.courier_access.ledger.queue import AUTHORS, NotificationKind
from tests.support.enqueued import Enqueued, enqueued, move_in
from tests.support.house import House, Sender, decide, pass_time, resident
from tests.support.rows import kept_rows

OPEN = Rules(consent=Consent.GIVEN, schedule=ALWAYS)
NOW = "2026-11-24 12:00:00+00:00"
DAY = timedelta(days=1)
BUILDING = (NotificationKind.ACCESS_PAUSED, NotificationKind.ACCESS_RESUMED)
UNIT = (NotificationKind.UNIT_PAUSED, NotificationKind.UNIT_RESUMED)


@pytest.fixture(autouse=True)
def noon(freezer: FrozenDateTimeFactory) -> None:
    """Stop the clock before the building is set up."""
    freezer.move_to(NOW)


@pytest.fixture
def ada(house: House) -> Actor:
    return acts_as(house, "resident-ada")


@pytest.fixture
def cleo(house: House) -> Actor:
    return acts_as(house, "resident-cleo")


def acts_as(house: House, resident_id: str, *, owner: bool = False) -> Actor:
    resident = house.building.residents[resident_id]
    return Actor(resident.user_id, is_administrator=owner, residents=(resident,))


OWNER = Actor("owner", is_administrator=True, residents=())
AUTOMATION = Actor(None, is_administrator=False, residents=())


def paused(house: House) -> list[bool]:
    """Return whether Ada's unit and Cleo's unit are paused."""
    return [bool(house.building.rulebook.pauses.over(unit)) for unit in ("3b", "4a")]


def without_authors(details: Mapping[str, str]) -> Mapping[str, str]:
    return {name: value for name, value in details.items() if name != AUTHORS}


def summaries(notifications: list[Enqueued]) -> list[tuple[Any, ...]]:
    return [
        (each.kind, *each.units, *without_authors(each.details).values())
        for each in notifications
    ]


async def test_pause_lasts_a_day_by_default(house: House, ada: Actor) -> None:
    await async_pause(house.building, ada)
    assert house.building.rulebook.pauses.until() == dt_util.utcnow() + DAY

    await async_pause(house.building, ada, "3b", dt_util.utcnow() + 3 * DAY)
    assert max(each.until for each in house.building.rulebook.pauses.over("3b")) == (
        dt_util.utcnow() + 3 * DAY
    )


async def test_who_paused_reads_you_and_the_others_do_not(
    house: House, ada: Actor
) -> None:
    house.listen("Dora")
    await move_in(house, resident("Dora", "6D"))
    by_link = link_holder(house.building.residents["resident-dora"])
    for actor, unit, name, others in (
        (ada, None, "Ada", {"Cleo", "Dora"}),
        (by_link, "6d", "Dora", set()),
    ):
        house.told.clear()
        await async_pause(house.building, actor, unit)
        await house.settle()
        told = {who: message.startswith("You paused ") for who, message in house.told}
        assert told == {name: True, **dict.fromkeys(others, False)}


async def told_you(house: House) -> set[str]:
    """Return who reads since the last time that they paused."""
    await house.settle()
    who = {name for name, message in house.told if message.startswith("You paused ")}
    house.told.clear()
    return who


async def test_waiting_longer_pause_stays_its_authors(
    house: House, ada: Actor, cleo: Actor, freezer: FrozenDateTimeFactory
) -> None:
    await async_pause(house.building, ada)
    assert await told_you(house) == {"Ada"}
    await async_pause(house.building, ada, until=dt_util.utcnow() + 3 * DAY)
    await async_pause(house.building, cleo)
    assert await told_you(house) == set()

    await pass_time(house.hass, freezer, 301)

    assert await told_you(house) == {"Ada"}


async def test_nobody_reads_that_they_made_the_longer_pause_of_another(
    house: House, ada: Actor, cleo: Actor, freezer: FrozenDateTimeFactory
) -> None:
    await async_pause(house.building, ada)
    assert await told_you(house) == {"Ada"}
    # Its new end is notified with the next pause.
    house.building.move_pauses(timedelta(hours=1))
    await house.settle()
    await async_pause(house.building, cleo, until=dt_util.utcnow() + DAY / 2)

    await pass_time(house.hass, freezer, 301)

    assert {name for name, _ in house.told} == {"Ada", "Cleo"}
    assert await told_you(house) == set()


async def test_pause_must_end_in_the_future_and_within_a_year(
    house: House, ada: Actor
) -> None:
    for unit in (None, "3b"):
        for away, fault in (
            (timedelta(), "pause_in_the_past"),
            (-DAY, "pause_in_the_past"),
            (366 * DAY + timedelta(seconds=1), "pause_too_long"),
        ):
            with pytest.raises(ServiceValidationError) as refused:
                await async_pause(house.building, ada, unit, dt_util.utcnow() + away)
            assert refused.value.translation_key == fault, (unit, away)
    assert paused(house) == [False, False]
    for unit in (None, "3b"):
        await async_pause(house.building, ada, unit, dt_util.utcnow() + 366 * DAY)


async def test_only_its_residents_pause_and_resume_a_unit(
    house: House, ada: Actor, cleo: Actor
) -> None:
    for someone in (cleo, OWNER, AUTOMATION):
        with pytest.raises(ServiceValidationError) as refused:
            await async_pause(house.building, someone, "3b")
        assert refused.value.translation_key == "not_allowed_pause_unit"
    await async_pause(house.building, ada, "3b")
    assert paused(house) == [True, False]

    for someone in (cleo, OWNER, AUTOMATION):
        with pytest.raises(ServiceValidationError) as refused:
            await async_resume(house.building, someone, "3b")
        assert refused.value.translation_key == "not_allowed_resume_unit"
    for someone in (cleo, OWNER):
        await async_resume(house.building, someone)
    assert paused(house) == [True, False]

    await async_resume(house.building, ada, "3b")
    assert paused(house) == [False, False]


async def test_resumed_unit_keeps_building_paused(house: House, ada: Actor) -> None:
    await async_pause(house.building, ada)
    await async_pause(house.building, ada, "3b")

    await async_resume(house.building, ada, "3b")

    assert paused(house) == [True, True]


async def test_pause_counts_even_if_another_unit_resumes_at_the_same_time(
    house: House, ada: Actor, cleo: Actor
) -> None:
    await async_pause(house.building, cleo, "4a")

    await asyncio.gather(
        async_resume(house.building, cleo, "4a"), async_pause(house.building, ada, "3b")
    )

    assert paused(house) == [True, False]


async def test_administrator_resumes_for_all_but_the_unit_that_paused(
    house: House, ada: Actor
) -> None:
    await async_pause(house.building, ada, until=dt_util.utcnow() + 3 * DAY)
    await async_resume(house.building, OWNER)

    assert paused(house) == [True, False]
    [standing] = house.building.rulebook.pauses.over("3b")
    assert standing.until == dt_util.utcnow() + 3 * DAY
    await async_resume(house.building, ada)
    assert paused(house) == [False, False]


async def test_resident_administrator_pauses_as_a_resident(
    house: House, ada: Actor
) -> None:
    landlady = acts_as(house, "resident-cleo", owner=True)
    await async_pause(house.building, landlady)
    await async_resume(house.building, ada)
    assert paused(house) == [False, True]

    await async_resume(house.building, OWNER)
    assert paused(house) == [False, True]
    await async_resume(house.building, landlady)
    assert paused(house) == [False, False]


async def test_automation_can_pause_but_not_resume(house: House) -> None:
    await async_pause(house.building, AUTOMATION)

    with pytest.raises(ServiceValidationError):
        await async_resume(house.building, AUTOMATION)
    assert paused(house) == [True, True]


async def test_resident_of_two_homes_pauses_and_resumes_only_one(
    house: House, ada: Actor, cleo: Actor
) -> None:
    homes = (*ada.residents, *cleo.residents)
    both = Actor(ada.user_id, is_administrator=False, residents=homes)
    await async_pause(house.building, both, "3b")
    assert paused(house) == [True, False]

    await async_resume(house.building, both, "3b")
    assert paused(house) == [False, False]


async def test_records_name_who_paused_and_resumed(house: House, ada: Actor) -> None:
    for unit in (None, "3b"):
        await async_pause(house.building, ada, unit)
        await async_resume(house.building, ada, unit)

    deciders = await kept_rows(
        house.building.ledger,
        """
        SELECT kind, value FROM personal JOIN records USING (seq)
        WHERE kind LIKE 'access.%' AND field = 'decided_by' ORDER BY seq
        """,
        tuple[str, str | None],
    )
    assert deciders == 2 * [
        ("access.paused", ada.user_id),
        ("access.resumed", ada.user_id),
    ]


async def test_pauses_notify_the_unit_or_the_building(house: House, ada: Actor) -> None:
    tomorrow = (dt_util.utcnow() + DAY).isoformat()

    await async_pause(house.building, ada, "3b")
    await async_resume(house.building, ada, "3b")
    assert summaries(await enqueued(house, *UNIT)) == [
        (NotificationKind.UNIT_PAUSED, "3b", tomorrow),
        (NotificationKind.UNIT_RESUMED, "3b"),
    ]
    assert await enqueued(house, *BUILDING) == []

    await async_pause(house.building, ada)
    assert summaries(await enqueued(house, *BUILDING)) == [
        (NotificationKind.ACCESS_PAUSED, tomorrow)
    ]


async def test_unit_that_stays_paused_is_notified(house: House, ada: Actor) -> None:
    await async_pause(house.building, ada)
    await house.settle()
    await async_resume(house.building, OWNER)

    tomorrow = (dt_util.utcnow() + DAY).isoformat()
    assert summaries(await enqueued(house, *UNIT)) == [
        (NotificationKind.UNIT_PAUSED, "3b", tomorrow)
    ]
    assert summaries(await enqueued(house, *BUILDING))[-1] == (
        NotificationKind.ACCESS_RESUMED,
    )


async def test_notification_names_the_pause_that_ends_last(
    house: House, ada: Actor, cleo: Actor
) -> None:
    last = dt_util.utcnow() + 5 * DAY
    await async_pause(house.building, ada, until=last)
    await async_pause(house.building, cleo)

    assert summaries(await enqueued(house, *BUILDING))[-1] == (
        NotificationKind.ACCESS_PAUSED,
        last.isoformat(),
    )


async def test_resuming_without_pause_notifies_nobody(house: House, ada: Actor) -> None:
    await async_resume(house.building, ada)
    await async_resume(house.building, ada, "3b")

    assert await enqueued(house, *BUILDING, *UNIT) == []


async def test_pause_refuses_couriers_with_its_reason(
    house: House, ada: Actor, cleo: Actor, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await decide(house.building, cleo, cleo.residents[0], lambda _: OPEN)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(units=("4A",))
    await async_pause(house.building, ada)

    assert (await sender.enter()).body["reason"] == "paused"
