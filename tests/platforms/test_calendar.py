"""The calendar of expected deliveries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State
import pytest

from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.house import (
    House,
    Sender,
    across_the_street,
    build,
    courier,
    door,
    pass_time,
    resident,
    two_doors,
    utc,
)
from tests.support.people import access_token, user

CALENDAR = "calendar.12_elm_street_delivery_calendar"
EIGHT = utc(2026, 11, 24, 8)
DAY_STARTS, DAY_ENDS = utc(2026, 11, 24), utc(2026, 11, 25)

pytestmark = pytest.mark.freeze_time(utc(2026, 11, 24, 7))


def read(hass: HomeAssistant) -> State:
    state = hass.states.get(CALENDAR)
    assert state is not None
    return state


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    await hass.config.async_set_time_zone("Europe/Brussels")
    return await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )


async def expect(
    sender: Sender, grant_id: str, starts_at: datetime, hours: float = 2, **more: Any
) -> None:
    answer = await sender.grant(
        grant_id,
        starts_at=starts_at.isoformat(),
        ends_at=(starts_at + timedelta(hours=hours)).isoformat(),
        **more,
    )
    assert answer.body["decision"] == "accepted"


@dataclass(slots=True)
class Reader:
    """Reads the calendar as a user who isn't an administrator."""

    client: Any
    token: str

    async def __call__(
        self, start: datetime = DAY_STARTS, end: datetime = DAY_ENDS
    ) -> list[dict[str, Any]]:
        response = await self.client.request(
            "GET",
            f"/api/calendars/{CALENDAR}",
            params={"start": start.isoformat(), "end": end.isoformat()},
            headers={"Authorization": f"Bearer {self.token}"},
        )
        assert response.status == 200
        shown: list[dict[str, Any]] = await response.json()
        return shown


@pytest.fixture
async def events(hass: HomeAssistant, sender: Sender) -> Reader:
    token = await access_token(hass, await user(hass, "Somebody"))
    return Reader(sender.client, token)


@pytest.mark.usefixtures("house")
async def test_event_only_shows_courier_and_window(
    hass: HomeAssistant, sender: Sender, events: Reader
) -> None:
    secrets: dict[str, Any] = {
        "units": ("3B",),
        "parcel_ref": "PKT-7",
        "driver_ref": "D-1",
    }
    await expect(sender, "secret-grant", EIGHT, **secrets)

    [event] = await events()
    assert len(event.pop("uid")) == 32
    assert {name: value for name, value in event.items() if value is not None} == {
        "start": {"dateTime": "2026-11-24T09:00:00+01:00"},
        "end": {"dateTime": "2026-11-24T11:00:00+01:00"},
        "summary": "Parcel Post",
    }
    state = read(hass)
    assert state.state == "off"
    assert {name: value for name, value in state.attributes.items() if value} == {
        "message": "Parcel Post",
        "start_time": "2026-11-24 09:00:00",
        "end_time": "2026-11-24 11:00:00",
        "friendly_name": "12 Elm Street Delivery calendar",
    }


async def test_event_keeps_its_id_and_shows_no_grant(
    hass: HomeAssistant, house: House, sender: Sender, events: Reader
) -> None:
    await expect(sender, "G1", EIGHT)
    await expect(sender, "G2", EIGHT + timedelta(hours=4))
    ids = [event["uid"] for event in await events()]
    assert len(set(ids)) == 2

    await expect(sender, "G1", EIGHT + timedelta(hours=1), revision=2)
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    assert [event["uid"] for event in await events()] == ids

    # Another building has another key, so that nobody can recognize a grant by its id.
    other = await build(hass, *across_the_street(), title="2 Oak Street")
    for grant in house.building.grants.expected():
        assert other.building.passes.public_id(grant.key) not in ids


async def test_door_is_named_if_there_are_several(
    hass: HomeAssistant, sender: Sender, events: Reader
) -> None:
    await build(hass, *two_doors(), resident())
    for grant_id, at_door in (("G1", "lobby"), ("G2", "garage")):
        await expect(sender, grant_id, EIGHT, door=at_door)

    summaries = [event["summary"] for event in await events()]
    assert summaries == ["Parcel Post · Garage", "Parcel Post · Lobby"]


@pytest.mark.usefixtures("house")
async def test_state_follows_windows(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    await expect(sender, "later", EIGHT + timedelta(hours=4), 1)
    await expect(sender, "sooner", EIGHT, 1)
    assert read(hass).attributes["start_time"] == "2026-11-24 09:00:00"

    turns = []
    for seconds in (3599, 1, 3599, 1, 3 * 3600, 3600):
        await pass_time(hass, freezer, seconds)
        turns.append((read(hass).state, read(hass).attributes.get("start_time")))

    assert turns == [
        ("off", "2026-11-24 09:00:00"),
        ("on", "2026-11-24 09:00:00"),
        ("on", "2026-11-24 09:00:00"),
        ("off", "2026-11-24 13:00:00"),
        ("on", "2026-11-24 13:00:00"),
        ("off", None),
    ]


@pytest.mark.usefixtures("house")
async def test_range_returns_overlapping_events_in_order(
    sender: Sender, events: Reader
) -> None:
    hour = timedelta(hours=1)
    for hours in (2, 1, 0):
        await expect(sender, f"G{hours}", EIGHT + hours * hour, 1)

    async def starts(start: datetime, end: datetime) -> list[str]:
        return [each["start"]["dateTime"][11:16] for each in await events(start, end)]

    assert await starts(EIGHT, EIGHT + 3 * hour) == ["09:00", "10:00", "11:00"]
    assert await starts(EIGHT + hour, EIGHT + 2 * hour) == ["10:00"]
    assert await starts(EIGHT + hour / 2, EIGHT + hour) == ["09:00"]
    assert await starts(EIGHT + 3 * hour, EIGHT + 4 * hour) == []


async def test_unusable_grant_disappears(
    hass: HomeAssistant, house: House, sender: Sender, events: Reader
) -> None:
    async def shown() -> tuple[str, int]:
        await house.settle()
        return read(hass).state, len(await events())

    await sender.grant("used", max_entries=2)
    await sender.enter("used")
    assert await shown() == ("on", 1)
    await sender.enter("used")
    assert await shown() == ("off", 0)

    await sender.grant("revoked")
    assert await shown() == ("on", 1)
    await sender.revoke("revoked")
    assert await shown() == ("off", 0)

    await sender.grant("withdrawn")
    assert await shown() == ("on", 1)
    rulebook, ada = house.building.rulebook, house.building.residents["resident-ada"]
    await rulebook.change(ada, Rules(Consent.WITHDRAWN), Author())
    assert await shown() == ("off", 0)


@pytest.mark.freeze_time(utc(2026, 10, 25, 0))
@pytest.mark.parametrize("length", [timedelta(minutes=45), timedelta(milliseconds=1)])
@pytest.mark.usefixtures("house")
async def test_window_across_clock_change_is_shown(
    hass: HomeAssistant,
    sender: Sender,
    events: Reader,
    freezer: FrozenDateTimeFactory,
    length: timedelta,
) -> None:
    """In Brussels, 2:30 is followed by 2:15 that night."""
    starts_at = utc(2026, 10, 25, 0, 30)
    await expect(sender, "G1", starts_at, length / timedelta(hours=1))
    [event] = await events(starts_at, starts_at + timedelta(hours=2))

    assert event["start"]["dateTime"] == "2026-10-25T02:30:00+02:00"
    await pass_time(hass, freezer, 1800)
    assert read(hass).state == "on"
    await pass_time(hass, freezer, 2 * 3600)
    assert read(hass).state == "off"


@pytest.mark.freeze_time(utc(2026, 10, 25, 0))
@pytest.mark.usefixtures("house")
async def test_hour_that_is_repeated_is_followed_by_instants(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    """A window begins at 2:30; at 2:15 for the second time, it is half over."""
    await expect(sender, "G1", utc(2026, 10, 25, 0, 30), 1)
    shown = []
    for minutes in (29, 1, 45, 14, 1):
        await pass_time(hass, freezer, 60 * minutes)
        if minutes == 45:
            await expect(sender, "G2", utc(2026, 10, 25, 4))
        shown.append((read(hass).state, read(hass).attributes["start_time"][11:16]))

    assert shown == [
        ("off", "02:30"),
        ("on", "02:30"),
        ("on", "02:30"),
        ("on", "02:30"),
        ("off", "05:00"),
    ]
