"""Rings that nobody is asked about, since too many before them went unanswered, as residents and the administrator see them."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.entries.test_doorbells import (
    asked_times,
    change_title,
    let_pass,
    rest,
    ring,
)
from tests.support.asked_phones import AskedHouse
from tests.support.doorbells import Ding, Visitor, choose, hang
from tests.support.house import ask, until
from tests.support.people import user
from tests.support.wires import connect


async def shown(
    asked: AskedHouse, clients: WebSocketGenerator, name: str
) -> list[dict[str, Any]]:
    """Return the unasked rings that a resident's panel shows at the lobby."""
    wire = await connect(asked.hass, asked.house, clients, asked.people[name])
    [building] = (await wire.ask_anywhere("overview"))["result"]["buildings"]
    [lobby] = [each for each in building["doors"] if each["name"] == "Lobby"]
    rings: list[dict[str, Any]] = lobby["unasked_rings"]
    return rings


async def owned(asked: AskedHouse, clients: WebSocketGenerator) -> dict[str, Any]:
    """Return the lobby's doorbell as the administrator sees it."""
    owner = await user(asked.hass, "Owner", admin=True)
    wire = await connect(asked.hass, asked.house, clients, owner)
    doors = (await wire.ask("building"))["result"]["doors"]
    [bell] = next(each for each in doors if each["name"] == "Lobby")["doorbells"]
    return dict(bell)


async def test_fourth_unanswered_ring_is_shown_to_the_homes_it_was_for_until_the_bell_asks_again(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
    asked: AskedHouse,
) -> None:
    await asked.sender.grant("of-4A", units=("4A",), door="lobby")
    bell = await hang(hass, Ding())
    await choose(asked.house, bell, units=("3B",))
    first = dt_util.utcnow()
    for _ in range(3):
        await ring(asked, bell)
        assert await shown(asked, hass_ws_client, "Ada") == []
        await let_pass(asked, freezer, 60)
    assert (await owned(asked, hass_ws_client))["became"] == "asked"
    ledger = asked.house.building.ledger
    before = ledger.newest

    rang_at = dt_util.utcnow()
    await ring(asked, bell)
    assert asked_times(asked) == 3
    assert ledger.newest == before
    for name in ("Ada", "Ben"):
        [unasked] = await shown(asked, hass_ws_client, name)
        assert abs(datetime.fromisoformat(unasked["rang_at"]) - rang_at).seconds < 1
        again = datetime.fromisoformat(unasked["asks_again_at"])
        assert 3600 <= (again - first).total_seconds() < 3610
    assert await shown(asked, hass_ws_client, "Cleo") == []
    line = await owned(asked, hass_ws_client)
    assert (line["became"], line["asks_again_at"]) == (
        "too_many",
        unasked["asks_again_at"],
    )

    former = asked.house.building
    change_title(asked)
    await until(lambda: asked.house.building is not former)
    assert await shown(asked, hass_ws_client, "Ada") == [unasked]

    await let_pass(asked, freezer, 3600)
    assert await shown(asked, hass_ws_client, "Ada") == []
    assert (await owned(asked, hass_ws_client))["asks_again_at"] is None


async def test_administrator_sees_that_a_ring_came_while_nothing_was_expected(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    asked: AskedHouse,
) -> None:
    await asked.sender.revoke()
    bell = await hang(hass, Ding())
    await choose(asked.house, bell)
    assert (await owned(asked, hass_ws_client))["became"] is None
    bell.ring()
    await rest(asked)
    assert (await owned(asked, hass_ws_client))["became"] == "not_expected"
    assert await shown(asked, hass_ws_client, "Ada") == []


async def test_ring_that_a_delivery_has_no_question_left_for_is_shown_to_its_home(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
    asked: AskedHouse,
) -> None:
    bell = await hang(hass, Ding())
    await choose(asked.house, bell)
    for _ in range(3):
        ringing = asyncio.create_task(
            ask(asked.house, "request_entry", "door-lobby", Context(), ring=True)
        )
        await rest(asked)
        await let_pass(asked, freezer, 60)
        assert (await ringing)["reason"] == "no_answer"
    for _ in range(3):
        await ring(asked, bell)
        assert asked_times(asked) == 3
        line = await owned(asked, hass_ws_client)
        assert (line["became"], line["asks_again_at"]) == ("asked_enough", None)
        [unasked] = await shown(asked, hass_ws_client, "Ada")
        assert unasked == {"rang_at": line["rang_at"], "asks_again_at": None}
        await let_pass(asked, freezer, 60)


async def test_ring_asks_for_the_next_delivery_once_the_first_has_no_question_left(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
    asked: AskedHouse,
) -> None:
    await asked.sender.revoke()
    ends_at = (dt_util.utcnow() + timedelta(hours=3)).isoformat()
    for grant_id in ("first", "next"):
        await asked.sender.grant(grant_id, door="lobby", ends_at=ends_at)
    bell = await hang(hass, Ding())
    await choose(asked.house, bell)
    for times in range(1, 7):
        await ring(asked, bell)
        assert asked_times(asked) == times
        assert await shown(asked, hass_ws_client, "Ada") == []
        await let_pass(asked, freezer, 1200)
    await ring(asked, bell)
    assert asked_times(asked) == 6
    assert (await owned(asked, hass_ws_client))["became"] == "asked_enough"


async def test_ring_that_asks_only_other_homes_is_shown_to_the_one_with_no_question_left(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
    asked: AskedHouse,
) -> None:
    await asked.sender.revoke()
    for unit in ("3B", "4A"):
        await asked.sender.grant(f"of-{unit}", units=(unit,), door="lobby")
    bell = await hang(hass, Ding())
    await choose(asked.house, bell, units=("3B",))
    for _ in range(3):
        await ring(asked, bell)
        await let_pass(asked, freezer, 60)
    visitor = await hang(hass, Visitor())
    await choose(asked.house, visitor)
    await ring(asked, visitor)
    assert [asked_times(asked, name) for name in ("Ada", "Cleo")] == [3, 1]
    assert (await owned(asked, hass_ws_client))["became"] == "asked"
    [unasked] = await shown(asked, hass_ws_client, "Ada")
    assert unasked["asks_again_at"] is None
    assert await shown(asked, hass_ws_client, "Cleo") == []
