"""Couriers' addresses answer as long as their courier exists, whatever the building does."""

import asyncio
from collections.abc import AsyncIterator
import json

from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.courier_access.building.building import ledger_path
from tests.support.administrator import add_courier
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import (
    House,
    Sender,
    across_the_street,
    build,
    courier,
    door,
    resident,
    until,
)
from tests.support.rows import plant

PING = json.dumps({"type": "ping", "timestamp": "2026-11-24T12:00:00Z", "data": {}})
OK = (200, "ok")
EMPTY = (200, "")
NOT_READY = (503, "not_ready")
NO_LEDGER = (503, "ledger_unavailable")


async def ping(sender: Sender, courier: str = "parcel-post") -> tuple[int, str]:
    """Return the status of a ping to a courier's address, with its decision or problem."""
    answer = await Sender(sender.client, f"webhook-of-{courier}").post(PING)
    if answer.status == 503:
        assert answer.headers["Retry-After"] == str(answer.body["retry_after"])
    return answer.status, answer.body.get("decision", answer.problem)


async def without_a_ledger(hass: HomeAssistant, *, disabled: bool = False) -> House:
    """Add a building whose ledger can't be opened."""
    assert await async_setup_component(hass, "http", {})
    entry = MockConfigEntry(
        domain="courier_access",
        title="12 Elm Street",
        data={"household": "several"},
        subentries_data=[door(), courier(), resident()],
        disabled_by=ConfigEntryDisabler.USER if disabled else None,
    )
    ledger_path(hass, entry.entry_id).mkdir()
    entry.add_to_hass(hass)
    if not disabled:
        await hass.config_entries.async_setup(entry.entry_id)
    return House(hass, entry)


async def test_a_building_without_its_ledger_says_so_until_it_has_one(
    hass: HomeAssistant, sender: Sender
) -> None:
    house = await without_a_ledger(hass)

    assert await ping(sender) == NO_LEDGER
    forged = sender.headers(PING) | {"webhook-signature": "v1,YQ=="}
    assert (await sender.raw(PING.encode(), forged)).problem == "unauthenticated"
    add_courier(house)
    assert await ping(sender, "new-post") in (NOT_READY, NO_LEDGER)
    await house.settle()
    assert await ping(sender, "new-post") == NO_LEDGER

    ledger_path(hass, house.entry.entry_id).rmdir()
    await house.reload()
    assert await ping(sender) == OK


async def test_an_unloaded_building_is_not_ready_and_a_disabled_one_has_no_address(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    entry_id = house.entry.entry_id
    assert await hass.config_entries.async_unload(entry_id)
    assert await ping(sender) == NOT_READY
    assert await hass.config_entries.async_setup(entry_id)
    assert await ping(sender) == OK

    disable = hass.config_entries.async_set_disabled_by
    await disable(entry_id, ConfigEntryDisabler.USER)
    assert await ping(sender) == EMPTY
    add_courier(house)
    assert await ping(sender, "new-post") == EMPTY
    await disable(entry_id, None)
    await house.settle()
    assert await ping(sender) == await ping(sender, "new-post") == OK


async def test_a_disabled_building_next_to_another_has_no_address_from_the_start(
    hass: HomeAssistant, sender: Sender
) -> None:
    await without_a_ledger(hass, disabled=True)
    await build(hass, *across_the_street(), title="14 Elm Street")

    assert await ping(sender) == EMPTY
    assert await ping(sender, "other-post") == OK


async def test_a_reloading_building_is_not_ready_and_completes_its_entries(
    hass: HomeAssistant, sender: Sender
) -> None:
    bolt = Bolt()
    opener = await install_bolt(hass, bolt)
    house = await build(hass, door(opener=opener), courier(), resident())
    await sender.grant()
    bolt.obeys = False
    entering = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))

    reloading = asyncio.create_task(
        hass.config_entries.async_reload(house.entry.entry_id)
    )
    await until(lambda: not house.building.host.is_open)
    assert await ping(sender) == NOT_READY
    bolt.move(locked=False)

    assert (await entering).body["outcome"] == "opened"
    assert await reloading
    await house.settle()
    assert await ping(sender) == OK


async def test_an_address_exists_as_long_as_its_courier(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    assert await ping(sender, "new-post") == EMPTY
    add_courier(house)
    assert await ping(sender, "new-post") in (OK, NOT_READY)
    await house.settle()
    assert await ping(sender, "new-post") == OK

    await sender.grant()
    hass.config_entries.async_remove_subentry(house.entry, "courier-parcel-post")
    gone = await sender.enter()
    assert (gone.status, gone.body) == (200, {})
    await house.settle()
    assert await ping(sender) == EMPTY
    assert await ping(sender, "new-post") == OK
    assert house.door_state() == "locked"

    await hass.config_entries.async_remove(house.entry.entry_id)
    assert await ping(sender, "new-post") == EMPTY


async def test_a_courier_removed_while_its_message_arrives_is_not_admitted(
    house: House, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def in_two_pieces() -> AsyncIterator[bytes]:
        yield PING[:10].encode()
        begun.set()
        await go_on.wait()
        yield PING[10:].encode()

    asking = asyncio.create_task(sender.raw(in_two_pieces(), sender.headers(PING)))
    await begun.wait()
    for _ in range(100):
        await asyncio.sleep(0)
    house.hass.config_entries.async_remove_subentry(house.entry, "courier-parcel-post")
    go_on.set()

    assert (await asking).problem == "not_ready"
    assert "Traceback" not in caplog.text
    await house.settle()


async def test_addresses_are_listed_under_the_names_of_building_and_courier(
    hass: HomeAssistant, house: House, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)

    async def names() -> list[str]:
        await client.send_json_auto_id({"type": "webhook/list"})
        return [hook["name"] for hook in (await client.receive_json())["result"]]

    assert await names() == ["12 Elm Street: Parcel Post"]
    parcel_post = house.entry.subentries["courier-parcel-post"]
    hass.config_entries.async_update_subentry(house.entry, parcel_post, title="Parcels")
    hass.config_entries.async_update_entry(house.entry, title="12 Elm")
    await house.settle()
    assert await names() == ["12 Elm: Parcels"]

    await build(hass, *across_the_street(), title="14 Elm Street")
    assert await names() == ["12 Elm: Parcels", "14 Elm Street: Other Post"]


async def test_entries_of_other_integrations_are_ignored(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    other = MockConfigEntry(domain="other", subentries_data=[courier("Other Post")])
    other.add_to_hass(hass)
    hass.config_entries.async_update_entry(other, title="Other")
    await hass.config_entries.async_remove(other.entry_id)

    assert await ping(sender, "other-post") == EMPTY
    assert await ping(sender) == OK


async def test_a_ledger_of_a_newer_version_keeps_couriers_outside(
    house: House, sender: Sender
) -> None:
    await house.building.ledger.write(
        lambda transaction: plant(transaction.conn, "PRAGMA user_version = 99")
    )

    await house.reload()

    assert await ping(sender) == NO_LEDGER
