"""Test that messages are handled completely or not at all, whatever disturbs them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State
from homeassistant.util import dt as dt_util
import orjson
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.queue import BATCH_INTERVAL
from tests.support.disturbing import Coming, Doorstep
from tests.support.door_parts import Bolt
from tests.support.house import (
    NEVER,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    watch,
)

REFUSAL_INTERVAL = 11 * 60
"""Seconds after which a refusal is notified again."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A message and its expected reply, record, notifications, and event.

    `begins_in` is the hours until its grant starts; `awaits` is how often it waits.
    """

    kind: str
    reply: tuple[str, str | None]
    record: str
    notified: tuple[str, ...]
    event: str | None
    awaits: int
    unit: str = "3B"
    begins_in: float = 0

    @property
    def issues(self) -> bool:
        return self.kind == "grant.issued"

    def data(self, number: int) -> dict[str, object]:
        if not self.issues:
            return {"grant_id": f"G{number}"}
        begin = dt_util.utcnow() + timedelta(hours=self.begins_in)
        return {
            "grant_id": f"G{number}",
            "units": [self.unit],
            "starts_at": begin.isoformat(),
            "ends_at": (begin + timedelta(minutes=10)).isoformat(),
        }


ISSUED = Deed(
    "grant.issued",
    ("accepted", "ok"),
    "grant.accepted",
    ("Ada",),
    "delivery_announced",
    5,
)
DEEDS = {
    "a grant": ISSUED,
    "a grant that is refused": Deed(
        "grant.issued",
        ("refused", "not_accepting"),
        "grant.refused",
        ("Cleo",),
        None,
        5,
        unit="4A",
    ),
    "a revocation": Deed(
        "grant.revoked", ("revoked", "ok"), "grant.revoked", ("Ada",), None, 4
    ),
    "an entry that is refused": Deed(
        "entry.requested",
        ("refused", "not_yet_valid"),
        "entry.refused",
        ("Ada",),
        "entry_refused",
        5,
        begins_in=1,
    ),
}


@dataclass(slots=True)
class Seen:
    """Count the door entity's events since a moment."""

    states: list[State]
    since: datetime

    def of(self, kind: str | None) -> int:
        """Return how often an event of one kind fired; restored ones don't count."""
        events = {
            state.state
            for state in self.states
            if kind is not None
            and state.attributes.get("event_type") == kind
            and datetime.fromisoformat(state.state) >= self.since
        }
        return len(events)


@pytest.fixture
async def step(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Doorstep:
    house = await build(
        hass,
        door(),
        courier(rate_per_minute=6000),
        resident("Ada", "3B"),
        resident("Cleo", "4A", NEVER),
    )
    return Doorstep(
        house, Bolt(), Sender(await hass_client_no_auth()), freezer, monkeypatch
    )


async def prepare(step: Doorstep, number: int, deed: Deed) -> str:
    """Create the grant that the message is about; return the message."""
    await pass_time(step.house.hass, step.freezer, REFUSAL_INTERVAL)
    if not deed.issues:
        about = replace(ISSUED, begins_in=deed.begins_in)
        await step.sender.send(about.kind, about.data(number))
        await step.house.settle()
        await pass_time(step.house.hass, step.freezer, BATCH_INTERVAL.total_seconds())
    await step.house.settle()
    step.begin()
    return step.body(deed.kind, deed.data(number))


async def check(step: Doorstep, number: int, body: str, deed: Deed, seen: Seen) -> None:
    """Check that the message was handled completely or not at all, and is replayed."""
    disk = await step.on_disk(number)
    happened = disk.records[deed.record]
    assert happened in (0, 1)
    assert bool(disk.reply) == happened
    assert step.told == (list(deed.notified) if happened else [])
    assert seen.of(deed.event) == (happened if deed.event else 0)
    assert step.nothing_is_left()

    again = await step.again(number, body)

    assert (again["decision"], again.get("reason")) == deed.reply
    assert again["replayed"] == happened
    disk = await step.on_disk(number)
    assert disk.records[deed.record] == 1
    assert step.told == list(deed.notified)
    assert seen.of(deed.event) == (1 if deed.event else 0)
    if happened and step.answer is not None:
        assert orjson.loads(step.answer.text or "") | {"replayed": True} == again


@pytest.mark.parametrize("coming", Coming)
@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
async def test_message_disturbed_at_any_await_is_handled_completely_or_not_at_all(
    step: Doorstep, deed: Deed, coming: Coming
) -> None:
    states = watch(step.house.hass, "event.lobby_courier")
    for number in count(1):
        body = await prepare(step, number, deed)
        # Event entities have millisecond times.
        now = dt_util.utcnow()
        seen = Seen(states, now - timedelta(microseconds=now.microsecond % 1000))
        disturbance = await step.disturb(number, body, coming)
        await check(step, number, body, deed, seen)
        if not disturbance.done:
            assert disturbance.awaits == deed.awaits
            break


@pytest.mark.parametrize(
    ("deed", "at"),
    [
        pytest.param(deed, at, id=f"{name}, {at}")
        for name, deed in DEEDS.items()
        for at in range(1, deed.awaits + 1)
    ],
)
async def test_message_is_handled_completely_or_not_at_all_if_home_assistant_stops(
    step: Doorstep, deed: Deed, at: int
) -> None:
    body = await prepare(step, 1, deed)
    disturbance = await step.stop(1, body, at)

    assert disturbance.done
    assert step.answer is not None
    disk = await step.on_disk(1)
    if step.answer.status == 200:
        assert orjson.loads(step.answer.text or "") == disk.reply
        assert disk.records[deed.record] == 1
        assert step.told == list(deed.notified)
    else:
        assert step.answer.status == 503
        assert (disk.reply, disk.records[deed.record]) == ({}, 0)
        assert step.told == []
