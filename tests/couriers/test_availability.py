"""Test the availability that couriers get, of units that share their hours only."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import (
    WEEKDAYS,
    HoursException,
    WeekSchedule,
)
from custom_components.courier_access.access.model import Attitude, Consent, Rules
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.house import ALWAYS, House, Sender, build, courier, door, resident

EARLY = {"from": "01:00", "to": "04:00"}
EVERY_NIGHT = WeekSchedule.from_mapping({day: [EARLY] for day in WEEKDAYS})
SHARED = Rules(consent=Consent.GIVEN, schedule=EVERY_NIGHT, share_hours=True)


@pytest.fixture
async def house(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> House:
    await hass.config.async_set_time_zone("Europe/Paris")
    freezer.move_to(
        "2026-03-27T12:00:00Z"
    )  # a Friday; the clocks change on Sunday at 01:00 UTC
    return await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(),
        courier("Slow Post", enabled=False),
        *(
            resident(name, unit, ALWAYS)
            for name, unit in (
                ("Ada", "3B"),
                ("Bea", "4A"),
                ("Cem", "5C"),
                ("Dan", "6D"),
            )
        ),
    )


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    return Sender(await hass_client_no_auth())


async def decide(house: House, name: str, rules: Rules) -> None:
    building = house.building
    await building.rulebook.change(
        building.residents[f"resident-{name}"], rules, Author()
    )


async def ask(sender: Sender, *units: str, **more: str) -> dict[str, Any]:
    data: Mapping[str, Any] = {
        "units": units,
        "from": "2026-03-28T00:00:00+01:00",
        "until": "2026-03-30T00:00:00+02:00",
    }
    answer = await sender.send("availability.requested", {**data, **more})
    assert answer.status == 200
    head = {key: answer.body[key] for key in ("type", "decision", "reason", "replayed")}
    assert head == {
        "type": "availability.requested",
        "decision": "ok",
        "reason": "ok",
        "replayed": False,
    }
    windows = answer.body["windows"]
    assert isinstance(windows, dict)
    return windows


def as_windows(*windows: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {"from": f"2026-03-{start}:00Z", "until": f"2026-03-{end}:00Z"}
        for start, end in windows
    ]


NIGHTS = as_windows(("28T00:00", "28T03:00"), ("29T00:00", "29T02:00"))


async def test_shared_hours_follow_clock_changes(house: House, sender: Sender) -> None:
    await decide(house, "ada", SHARED)

    # The clock skips 02:00 to 03:00 on Sunday.
    assert await ask(sender, "3B", door="lobby") == {"3B": NIGHTS}


async def test_exceptions_replace_the_week(house: House, sender: Sender) -> None:
    sunday = HoursException(
        date(2026, 3, 29), date(2026, 3, 29), ((2 * 3600, 5 * 3600),)
    )
    saturday = HoursException(date(2026, 3, 28), date(2026, 3, 28))
    await decide(house, "ada", replace(SHARED, exceptions=(saturday, sunday)))

    assert await ask(sender, "3B") == {"3B": as_windows(("29T01:00", "29T03:00"))}


async def test_units_are_named_as_written(house: House, sender: Sender) -> None:
    await decide(house, "ada", SHARED)

    assert list(await ask(sender, " 3b ", "3B")) == [" 3b "]


async def test_refusing_and_private_units_look_like_unknown_ones(
    house: House, sender: Sender
) -> None:
    await decide(house, "ada", SHARED)
    await decide(house, "bea", replace(SHARED, share_hours=False))
    await decide(house, "cem", replace(SHARED, consent=Consent.WITHDRAWN))
    await decide(
        house, "dan", replace(SHARED, couriers={"courier-parcel-post": Attitude.DENY})
    )

    assert await ask(sender, "3B", "4A", "5C", "6D", "9Z") == {"3B": NIGHTS}
    assert await ask(sender, "4A", "5C", "6D", "9Z") == {}


async def test_unit_that_asks_first_is_available(house: House, sender: Sender) -> None:
    await decide(house, "ada", replace(SHARED, default=Attitude.ASK))

    assert await ask(sender, "3B") == {"3B": NIGHTS}


async def test_past_and_paused_hours_are_left_out(
    house: House, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    await decide(house, "ada", SHARED)
    freezer.move_to("2026-03-28T01:00:00Z")
    assert await ask(sender, "3B") == {
        "3B": as_windows(("28T01:00", "28T03:00"), ("29T00:00", "29T02:00"))
    }

    until = datetime.fromisoformat("2026-03-29T01:30:00Z")
    await house.building.rulebook.pauses.pause(Author(), until=until)
    assert await ask(sender, "3B") == {"3B": as_windows(("29T01:30", "29T02:00"))}
    assert await ask(sender, "3B", until="2026-03-29T00:00:00Z") == {"3B": []}


async def test_forbidden_door_is_never_available(house: House, sender: Sender) -> None:
    await decide(house, "ada", SHARED)

    for name in ("garage", "nowhere"):
        assert await ask(sender, "3B", door=name) == {}
    assert await ask(replace(sender, webhook_id="webhook-of-slow-post"), "3B") == {}


async def test_repeated_request_is_replayed(house: House, sender: Sender) -> None:
    await decide(house, "ada", SHARED)
    data = {
        "units": ["3B"],
        "from": "2026-03-28T00:00:00+01:00",
        "until": "2026-03-29T00:00:00+01:00",
    }
    at = datetime.fromisoformat("2026-03-27T12:00:00Z")
    first = await sender.send("availability.requested", data, message_id="msg_1", at=at)
    await decide(house, "ada", replace(SHARED, share_hours=False))

    again = await sender.send("availability.requested", data, message_id="msg_1", at=at)
    assert again.body == first.body | {"replayed": True}
    assert await ask(sender, "3B") == {}


async def test_too_long_interval_is_malformed(sender: Sender) -> None:
    answer = await sender.send(
        "availability.requested",
        {
            "units": ["3B"],
            "from": "2026-03-28T00:00:00Z",
            "until": "2026-04-11T00:00:01Z",
        },
    )
    assert (answer.status, answer.problem) == (400, "malformed")
    assert answer.body["errors"] == [
        {"pointer": "/data/until", "detail": "must be at most 14 days after from"}
    ]
