"""How much the ledger's file really grows under a courier's flood of each kind: no more than its budget promises."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from sqlite3 import Connection
from uuid import uuid4

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.grants import grants as open_grants
from custom_components.courier_access.ledger import budgets as quotas
from tests.support.house import (
    NEVER,
    Answer,
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
)
from tests.support.rows import row

AT_ONCE = 600_000
BESIDE = 32_768
"""What the file may grow by beside: pages that are begun, and what the building writes by itself."""

FLATMATES = tuple(f"Flatmate {number}" for number in range(8))
LONG_UNITS = tuple(f"{number:032}" for number in range(49))
WIDE_UNITS = tuple(f"{number:02}" + "\ufdfa" * 30 for number in range(50))
"""Of each letter the form in which units are compared has 33 bytes."""

EMOJI = "\U0001f600"


@dataclass(frozen=True, slots=True)
class Courier:
    """A courier that writes as much as it may into whatever it sends."""

    sender: Sender

    async def ping(self, _number: int) -> Answer:
        return await self.sender.send("ping", {}, message_id=_id())

    async def announce(self, number: int) -> Answer:
        return await self._grant(f"A{number}", ("10",), parcel_ref=EMOJI * 64)

    async def announce_to_one(self, number: int) -> Answer:
        return await self._grant(f"A{number}", ("3B",))

    async def name_many_units(self, number: int) -> Answer:
        return await self._grant(f"N{number}", ("3B", *LONG_UNITS))

    async def name_wide_units(self, number: int) -> Answer:
        return await self._grant(f"W{number}", WIDE_UNITS)

    async def ask_for_nobody(self, number: int) -> Answer:
        return await self._grant(f"X{number}", ("nobody",), driver_ref="d" * 64)

    async def revise(self, number: int) -> Answer:
        units = ("3B", "10") if number % 2 else ("3B",)
        return await self._grant(
            "R", units, revision=number + 1, max_entries=1 + number % 2
        )

    async def revise_too_late(self, number: int) -> Answer:
        return await self._grant("R", ("3B",), revision=1 if number else 2)

    async def revoke_the_unseen(self, number: int) -> Answer:
        return await self._revoke(f"V{number}")

    async def revoke_again(self, _number: int) -> Answer:
        return await self._revoke("V")

    async def come_unknown(self, _number: int) -> Answer:
        return await self._come("nothing")

    async def come_to_nobody(self, number: int) -> Answer:
        return await self._come(f"X{number}")

    async def come_to_flatmates(self, number: int) -> Answer:
        return await self._come(f"A{number}", door="back")

    async def come_to_wide_units(self, number: int) -> Answer:
        return await self._come(f"W{number}")

    async def _grant(self, name: str, units: tuple[str, ...], **more: object) -> Answer:
        return await self.sender.grant(_long(name), units, message_id=_id(), **more)

    async def _revoke(self, name: str) -> Answer:
        return await self.sender.revoke(
            _long(name), message_id=_id(), reason=EMOJI * 200
        )

    async def _come(self, name: str, **more: object) -> Answer:
        return await self.sender.enter(
            _long(name), message_id=_id(), driver_ref=EMOJI * 64, **more
        )


type Deed = Callable[[Courier, int], Awaitable[Answer]]


def _long(name: str) -> str:
    return name.ljust(64, "-")


def _id() -> str:
    return uuid4().hex + uuid4().hex


def in_use(conn: Connection) -> int:
    """Return how many bytes of the file hold something."""
    pages, free, size = (
        row(conn, f"PRAGMA {count}", int)
        for count in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


async def live_in(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(open_grants, "MOST_OPEN_GRANTS", 1_000_000)
    residents = (
        resident(),
        *(resident(name, "10") for name in FLATMATES),
        # They consent, so that their homes are named, and keep everybody out.
        *(resident(f"N{unit}", unit, NEVER) for unit in (*LONG_UNITS, *WIDE_UNITS)),
    )
    return await build(hass, door(), courier(rate_per_minute=6_000_000), *residents)


async def flood(
    house: House,
    freezer: FrozenDateTimeFactory,
    do: Callable[[int], Awaitable[Answer]],
) -> int:
    """Have something done until the budget is used up and a bit longer; return what the file grew by."""
    await pass_time(house.hass, freezer, 900)
    before = await house.building.ledger.read(in_use)
    done = refused = 0
    while refused < 20:
        answer = await do(done)
        assert answer.status in (200, 429), answer.body
        done, refused = done + (answer.status == 200), refused + (answer.status == 429)
    await house.settle()
    for _ in range(3):
        await pass_time(house.hass, freezer, 301)
        await house.settle()
    return await house.building.ledger.read(in_use) - before


def is_as_promised(grown: int) -> None:
    # Not so little either that honest couriers would be kept waiting for nothing.
    assert AT_ONCE / 40 < grown <= AT_ONCE + BESIDE


@pytest.mark.parametrize(
    "deed",
    [
        Courier.ping,
        Courier.announce,
        Courier.announce_to_one,
        Courier.name_many_units,
        Courier.name_wide_units,
        Courier.ask_for_nobody,
        Courier.revise,
        Courier.revise_too_late,
        Courier.revoke_the_unseen,
        Courier.revoke_again,
    ],
)
async def test_what_lets_nobody_in_makes_the_file_grow_by_its_budget_at_the_most(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    deed: Deed,
) -> None:
    monkeypatch.setattr(quotas, "MESSAGES_AT_ONCE", AT_ONCE)
    house = await live_in(hass, monkeypatch)
    post = Courier(Sender(await hass_client_no_auth()))

    is_as_promised(await flood(house, freezer, lambda number: deed(post, number)))


@pytest.mark.parametrize(
    ("deed", "first"),
    [
        (Courier.come_unknown, None),
        (Courier.come_to_nobody, Courier.ask_for_nobody),
        (Courier.come_to_flatmates, Courier.announce),
        (Courier.come_to_wide_units, Courier.name_wide_units),
    ],
)
async def test_refused_entries_make_the_file_grow_by_their_budget_at_the_most(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    deed: Deed,
    first: Deed | None,
) -> None:
    monkeypatch.setattr(quotas, "REFUSALS_AT_ONCE", AT_ONCE)
    house = await live_in(hass, monkeypatch)
    post = Courier(Sender(await hass_client_no_auth()))
    if first is not None:
        for number in range(200):
            await first(post, number)

    is_as_promised(await flood(house, freezer, lambda number: deed(post, number)))
