"""What an attacker sends to wear the building down: its loop, its memory, its record."""

from collections.abc import Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import MOST_WINDOWS, WeekSchedule
from custom_components.courier_access.access.model import GrantKey
from tests.support.house import Sender, ask, build, courier, door, entries_of, resident
from tests.support.people import People, acting
from tests.support.rows import bodies


class Second(int):
    """A second of a day; `compared` counts the comparisons of all of them."""

    compared = 0

    def _count(self, compare: Callable[[int, int], bool], other: int) -> bool:
        Second.compared += 1
        return compare(int(self), int(other))

    def __lt__(self, other: int) -> bool:
        return self._count(int.__lt__, other)

    def __le__(self, other: int) -> bool:
        return self._count(int.__le__, other)

    def __gt__(self, other: int) -> bool:
        return self._count(int.__gt__, other)

    def __ge__(self, other: int) -> bool:
        return self._count(int.__ge__, other)


def test_two_weeks_are_compared_in_one_walk() -> None:
    many = 2000
    day = tuple(
        (Second(40 * number), Second(40 * number + 20)) for number in range(many)
    )
    inner = tuple((Second(start + 5), Second(end - 5)) for start, end in day)
    week, part = WeekSchedule((day,) * 7), WeekSchedule((inner,) * 7)

    Second.compared = 0
    assert week.contains(part)
    assert Second.compared <= 7 * many * 5


async def test_a_resident_can_not_set_more_windows_than_are_quick_to_look_at(
    hass: HomeAssistant,
) -> None:
    people = People(hass)
    await people.move_in("Ada")
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
    )
    ada = acting(people["Ada"])
    many: list[dict[str, Any]] = [
        {"from": f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}", "to": "24:00:00"}
        for n in range(0, 86_400, 2)
    ]

    with pytest.raises(ServiceValidationError) as refused:
        await ask(house, "set_rules", "resident-ada", ada, windows={"monday": many})
    assert refused.value.translation_key == "schedule_too_many"
    told = await ask(
        house, "set_rules", "resident-ada", ada, windows={"monday": many[:MOST_WINDOWS]}
    )
    assert told["windows"] == {"monday": [{"from": "00:00:00", "to": "24:00:00"}]}


async def test_invented_grants_leave_one_record(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(rate_per_minute=6000), resident())
    sender = Sender(await hass_client_no_auth())

    answers = [
        await sender.enter(f"X{number}", driver_ref="d" * 64) for number in range(30)
    ]
    await house.settle()

    assert {answer.body["reason"] for answer in answers} == {"unknown_grant"}
    assert [answer.body["grant_id"] for answer in answers] == [
        f"X{n}" for n in range(30)
    ]
    assert len(await bodies(house.building.ledger, "entry.refused")) == 1
    [entry] = await entries_of(house.building, 10)
    assert entry.repeats == 29


async def test_grants_that_nobody_accepts_take_no_memory(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(
        hass,
        door(),
        courier(rate_per_minute=6000),
        resident("Ada", "3B", consent=False),
        resident("Cleo", "4A"),
    )
    sender = Sender(await hass_client_no_auth())
    for number in range(10):
        await sender.grant(f"R{number}", ("3B", "no such unit"))
    await sender.grant("A", ("3B", "4A"))

    def in_memory() -> set[str]:
        grants = house.building.grants
        keys = [GrantKey("courier-parcel-post", f"R{number}") for number in range(10)]
        keys.append(GrantKey("courier-parcel-post", "A"))
        return {key.grant_id for key in keys if grants.live(key) is not None}

    assert in_memory() == {"A"}
    assert [
        grant.key.grant_id for grant in house.building.grants.expected_at("door-lobby")
    ] == ["A"]
    # They are known all the same.
    assert (await sender.enter("R7")).body["reason"] == "not_accepting"
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert in_memory() == {"A"}
    assert (await sender.enter("R7")).body["reason"] == "not_accepting"
    assert (await sender.enter("A")).body["decision"] == "admitted"
    await house.settle()
