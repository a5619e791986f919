"""Clocks that change, that are set, and whose zone gets other rules: the part `clock` of the audit, in small."""

from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.building.building import ledger_path
from tests.audit.clock_life import ClockLife, WatchedBolt
from tests.audit.extent import Extent
from tests.audit.new_zone_data import DAMAGES, RULES, NewData
from tests.audit.zones import DECADE, DECADES, changes, moving_house
from tests.properties.tz_database import clocks_of_all_zones, seconds
from tests.support.asked_phones import PushService, asked_house
from tests.support.clocks import Clocks
from tests.support.door_parts import install_bolt
from tests.support.house import ALWAYS, ask, utc
from tests.support.parcel_feed import parcel_account
from tests.support.people import access_token
from tests.support.wires import connect
from tests.support.zone_files import zone_data


@pytest.fixture
def extent() -> Extent:
    """Return how much is tried: little, unless the audit says otherwise."""
    return Extent.chosen()


@pytest.fixture
def clocks(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> Clocks:
    """Take the machine's clocks over."""
    freezer.move_to(utc(2026, 11, 28, 12))
    return Clocks.take_over(hass, freezer, monkeypatch)


async def test_decisions_about_changes_of_clocks_are_the_oracles(
    hass: HomeAssistant,
    clocks: Clocks,
    hass_client_no_auth: ClientSessionGenerator,
    extent: Extent,
) -> None:
    chance = Random(extent.seed)
    start, end = DECADES
    visited = [*clocks_of_all_zones(seconds(start), seconds(end)).items()]
    chance.shuffle(visited)
    lived = changes(*DECADE)
    if not extent.is_whole:
        visited = [one for one in visited if one[0].changes][:2]
        lived = sorted(chance.sample(lived, 3), key=lambda change: change.at)
    async with moving_house(hass, clocks, hass_client_no_auth, chance) as zones:
        for clock, names in visited:
            if extent.is_over(0.5):
                break
            await zones.visit(clock, names if extent.is_whole else names[:2])
            extent.note(zones.counts)
        for change in lived:
            if extent.is_over():
                break
            await zones.compare(change, chance.choice(change.zones), live=True)
            extent.note(zones.counts)
    extent.report(
        "zones",
        zones.counts,
        (
            "zones",
            "transitions",
            "different changes",
            "changes lived through",
            "minutes",
            "next changes",
            "entries",
            "disagreements",
        ),
        zones.wrong,
    )
    assert zones.wrong == []
    assert zones.counts["said ok"] > 0


async def test_clock_that_is_set_breaks_no_promise(
    socket_enabled: None,
    hass: HomeAssistant,
    clocks: Clocks,
    service: PushService,
    hass_client_no_auth: ClientSessionGenerator,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    extent: Extent,
) -> None:
    # What adds views comes before the first client.
    for component in ("repairs", "websocket_api", "calendar"):
        assert await async_setup_component(hass, component, {})
    bolt = WatchedBolt()
    opener = await install_bolt(hass, bolt)
    lives = {"Ada": "3B", "Ben": "4A"}
    asked = await asked_house(hass, hass_client_no_auth, service, lives, opener)
    await ask(
        asked.house,
        "set_rules",
        "resident-ada",
        asked.people.acting("Ada"),
        consent=True,
        windows=ALWAYS,
        default="allow",
    )
    await asked.people.owner()

    async def admin() -> TestClient[Any, Any]:
        return await hass_client(await access_token(hass, asked.people["Owner"]))

    life = ClockLife(
        asked,
        clocks,
        bolt,
        Random(extent.seed),
        admin,
        partial(connect, hass, asked.house, hass_ws_client, asked.people["Ada"]),
        await parcel_account(hass),
        ledger_path(hass, asked.house.entry.entry_id),
    )
    for _ in range(100 if extent.is_whole else 1):
        if not extent.is_over():
            await life.live(80)
            extent.note(life.counts)
    extent.report(
        "clock set",
        life.counts,
        (
            "steps",
            "steps while a door was open",
            "steps while somebody waited",
            "restarts",
            "clocks accepted",
            "messages",
            "refused by an untrusted clock",
            "entries",
            "notifications",
        ),
        life.wrong,
    )
    assert life.wrong == []
    assert life.counts["entries"] > 0
    assert life.counts["refused by an untrusted clock"] > 0


async def test_new_data_about_a_zone_is_followed_and_a_lost_zone_closes(
    hass: HomeAssistant,
    clocks: Clocks,
    hass_client_no_auth: ClientSessionGenerator,
    tmp_path: Path,
    extent: Extent,
) -> None:
    folder = tmp_path / "zoneinfo"
    folder.mkdir()
    await hass.config.async_set_time_zone("Europe/Berlin")
    rules = RULES if extent.is_whole else RULES[:1]
    damages = DAMAGES if extent.is_whole else DAMAGES[:2]
    chance = Random(extent.seed)
    with zone_data(folder):
        async with moving_house(hass, clocks, hass_client_no_auth, chance) as zones:
            new = NewData(zones, folder)
            for earlier, later in rules:
                await new.follow(earlier, later)
            for damage in damages:
                await new.lose("Europe/Berlin", damage)
            await new.rename("Europe/Berlin", "Audit/Other")
    extent.report(
        "new zone data",
        zones.counts,
        (
            "zones with other rules",
            "zones that vanished",
            "zones with another name",
            "minutes",
            "minutes closed",
            "disagreements",
        ),
        zones.wrong,
    )
    assert zones.wrong == []
