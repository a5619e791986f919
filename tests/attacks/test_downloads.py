"""What is taken home from a personal page comes in pieces: however long, slow or cut off it may be."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building.verification import CHECKS_PER_MINUTE
from custom_components.courier_access.ledger.ledger import LedgerUnavailable
from custom_components.courier_access.web.personal import page as personal_page
from custom_components.courier_access.web.personal.page import SLOWEST
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    until,
)
from tests.support.pages import PATH, Visitor, token_of

EACH = pytest.mark.parametrize("query", ["?export", "?entries"])


@pytest.fixture
async def house(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> House:
    """A building on a clock that stands still from the start."""
    return await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Bob", "4C")
    )


@pytest.fixture
async def ada(house: House, hass_client_no_auth: ClientSessionGenerator) -> Visitor:
    client = await hass_client_no_auth()
    sender = Sender(client)
    await sender.grant(parcel_ref="PP-77")
    await sender.enter()
    await house.settle()
    return Visitor(client, token_of(house, "Ada"))


@pytest.fixture
def held(house: House, monkeypatch: pytest.MonkeyPatch) -> list[asyncio.Future[None]]:
    """Hold each read of the record that comes after the first of a download."""
    waiting: list[asyncio.Future[None]] = []
    really = house.building.ledger.read_apart
    reads = 0

    async def read_apart(work: Callable[[Any], Any]) -> Any:
        nonlocal reads
        reads += 1
        if reads > 1:
            waiting.append(asyncio.get_running_loop().create_future())
            await waiting[-1]
        return await really(work)

    monkeypatch.setattr(house.building.ledger, "read_apart", read_apart)
    return waiting


@EACH
async def test_a_record_that_can_not_be_read_is_no_empty_file(
    house: House, ada: Visitor, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    async def fail(_: object) -> None:
        raise LedgerUnavailable("the disk is gone")

    monkeypatch.setattr(house.building.ledger, "read_apart", fail)
    answer = await ada.ask(query=query)

    assert answer.status == 503
    assert "Content-Disposition" not in answer.headers


async def test_what_breaks_off_is_not_taken_for_the_whole(
    ada: Visitor, held: list[asyncio.Future[None]]
) -> None:
    asking = asyncio.create_task(ada.ask(query="?export"))
    await until(lambda: len(held) == 1)
    held[0].set_exception(LedgerUnavailable("the disk is gone"))

    with pytest.raises(aiohttp.ClientError):
        await asking


async def test_the_first_piece_comes_before_the_last_is_read(
    ada: Visitor, held: list[asyncio.Future[None]]
) -> None:
    response = await ada.client.get(f"{PATH}{ada.token}?export")
    begun = await response.content.readany()
    assert begun.startswith(b'{"about":')
    assert b'"records"' not in begun
    while not response.content.at_eof():
        for waiting in held:
            if not waiting.done():
                waiting.set_result(None)
        begun += await response.content.readany()

    assert begun.endswith(b"}\n")


async def test_so_many_at_once_and_no_more(
    ada: Visitor, held: list[asyncio.Future[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(personal_page, "AT_ONCE", 1)
    asking = asyncio.create_task(ada.ask(query="?export"))
    await until(lambda: len(held) == 1)

    assert (await ada.ask(query="?entries")).status == 429
    held[0].set_exception(LedgerUnavailable("enough"))
    await asyncio.gather(asking, return_exceptions=True)
    asking = asyncio.create_task(ada.ask(query="?entries"))
    await until(lambda: len(held) == 2)
    held[1].set_result(None)
    assert (await asking).status == 200


async def test_who_takes_nothing_is_waited_for_a_minute_only(
    hass: HomeAssistant,
    house: House,
    ada: Visitor,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[bytes] = []

    async def endless(*_: object) -> Any:
        while True:
            begun.append(b"x" * 1_000_000)
            yield begun[-1]

    monkeypatch.setattr(personal_page, "export_pieces", endless)
    response = await ada.client.get(f"{PATH}{ada.token}?export")
    taken = 0
    while len(begun) != taken:
        taken = len(begun)
        for _ in range(100):
            await asyncio.sleep(0)
    await pass_time(hass, freezer, SLOWEST + 1)

    with pytest.raises(aiohttp.ClientError):
        await response.read()
    assert len(begun) == taken
    assert (await ada.ask(query="?entries")).status == 200


async def test_the_page_checks_the_record_and_a_message(
    house: House, ada: Visitor
) -> None:
    [message] = [said for name, said in house.told if name == "Bob"]
    assert (await ada.ask()).form("check_record") == {"do": "check_record"}
    plain = await check(ada, "")
    assert any("records match" in line for line in plain.lines)
    assert any(line.startswith("Only a receipt shows") for line in plain.lines)

    found = await check(ada, message)
    assert any(
        line.endswith("and all before it are unchanged.") for line in found.lines
    )
    other = await check(ada, "Receipt 1 \u00b7 " + "0" * 20)
    mistyped = (
        "This code doesn't match record 1: it was mistyped, or the record was replaced."
    )
    assert mistyped in other.lines
    assert not any("records match" in line for line in other.lines)
    unread = await check(ada, "who came yesterday?")
    assert any(line.startswith("No receipt was found") for line in unread.lines)
    assert any("records match" in line for line in unread.lines)


async def test_who_has_the_record_checked_over_and_over_has_to_wait(
    ada: Visitor,
) -> None:
    statuses = [(await check(ada, "")).status for _ in range(CHECKS_PER_MINUTE + 1)]
    assert statuses == [200] * CHECKS_PER_MINUTE + [429]
    assert (await ada.ask()).status == 200


async def check(visitor: Visitor, notification: str) -> Any:
    return await visitor.send({"do": "check_record", "notification": notification})
