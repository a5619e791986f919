"""The addresses that were given out: they answer as long as their courier is there, whatever the building does."""

import asyncio
from collections.abc import AsyncIterator
import json
from types import MappingProxyType

from homeassistant.config_entries import ConfigEntryDisabler, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.building.building import ledger_path
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import (
    Answer,
    House,
    Sender,
    across_the_street,
    build,
    courier,
    door,
    resident,
    until,
)

PING = json.dumps({"type": "ping", "timestamp": "2026-11-24T12:00:00Z", "data": {}})
NOT_READY = (503, "not_ready")
NO_LEDGER = (503, "ledger_unavailable")
EMPTY: tuple[int, dict[str, object]] = (200, {})


def told(answer: Answer) -> tuple[int, str]:
    if answer.status == 503:
        assert answer.headers["Retry-After"] == str(answer.body["retry_after"])
    return answer.status, answer.problem


def add_courier(house: House, name: str) -> None:
    described = courier(name)
    house.hass.config_entries.async_add_subentry(
        house.entry,
        ConfigSubentry(
            data=MappingProxyType(dict(described["data"])),
            subentry_type="courier",
            title=name,
            unique_id=described["unique_id"],
        ),
    )


async def without_a_ledger(
    hass: HomeAssistant, *, disabled: bool = False
) -> MockConfigEntry:
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
    return entry


async def test_an_address_nobody_was_given_says_nothing(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await build(hass)
    nobody = Sender(await hass_client_no_auth(), "of-nobody")

    answer = await nobody.post(PING)

    assert (answer.status, answer.body) == EMPTY


async def test_a_building_without_its_ledger_says_so_until_it_has_one(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    entry = await without_a_ledger(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    sender = Sender(await hass_client_no_auth())

    assert told(await sender.post(PING)) == NO_LEDGER
    forged = sender.headers(PING) | {"webhook-signature": "v1,YQ=="}
    assert told(await sender.raw(PING.encode(), forged)) == (401, "unauthenticated")

    ledger_path(hass, entry.entry_id).rmdir()
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert (await sender.post(PING)).body["decision"] == "ok"


async def test_a_building_that_is_unloaded_is_not_ready(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())

    assert await hass.config_entries.async_unload(house.entry.entry_id)
    assert told(await sender.post(PING)) == NOT_READY
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    assert (await sender.post(PING)).status == 200


async def test_a_disabled_building_is_not_ready_until_it_is_enabled(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())

    await hass.config_entries.async_set_disabled_by(
        house.entry.entry_id, ConfigEntryDisabler.USER
    )
    assert told(await sender.post(PING)) == NOT_READY
    add_courier(house, "New Post")
    assert (
        told(await Sender(sender.client, "webhook-of-new-post").post(PING)) == NOT_READY
    )

    await hass.config_entries.async_set_disabled_by(house.entry.entry_id, None)
    await house.settle()
    assert (await sender.post(PING)).status == 200
    assert (await Sender(sender.client, "webhook-of-new-post").post(PING)).status == 200


async def test_a_disabled_building_beside_another_is_not_ready_from_the_start(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await without_a_ledger(hass, disabled=True)
    await build(hass, *across_the_street(), title="14 Elm Street")

    assert told(await Sender(await hass_client_no_auth()).post(PING)) == NOT_READY


async def test_while_a_building_reloads_it_is_not_ready_and_entries_come_to_their_end(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    bolt = Bolt()
    house = await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    bolt.obeys = False
    entering = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))

    reloading = asyncio.create_task(
        hass.config_entries.async_reload(house.entry.entry_id)
    )
    await until(lambda: not house.building.is_open)
    assert told(await sender.post(PING)) == NOT_READY
    bolt.move(locked=False)

    assert (await entering).body["outcome"] == "opened"
    assert await reloading
    await house.settle()
    assert (await sender.post(PING)).status == 200


async def test_a_courier_is_reachable_from_the_moment_it_is_added(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    new = Sender(await hass_client_no_auth(), "webhook-of-new-post")
    assert (await new.post(PING)).body == {}

    add_courier(house, "New Post")
    answer = await new.post(PING)
    assert (answer.status, answer.problem) in ((200, ""), NOT_READY)
    assert answer.body

    await house.settle()
    assert (await new.post(PING)).body["decision"] == "ok"


async def test_a_courier_that_is_added_to_a_building_without_its_ledger_is_told_so(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    entry = await without_a_ledger(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    house = House(hass, entry)

    add_courier(house, "New Post")
    new = Sender(await hass_client_no_auth(), "webhook-of-new-post")
    assert told(await new.post(PING)) in (NOT_READY, NO_LEDGER)

    await house.settle()
    assert told(await new.post(PING)) == NO_LEDGER


async def test_a_courier_that_is_removed_has_no_address_any_more(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), courier("Other Post"), resident())
    client = await hass_client_no_auth()
    await Sender(client).grant()

    hass.config_entries.async_remove_subentry(house.entry, "courier-parcel-post")

    gone = await Sender(client).enter()
    assert (gone.status, gone.body) == EMPTY
    await house.settle()
    assert (await Sender(client).post(PING)).body == {}
    assert (await Sender(client, "webhook-of-other-post").post(PING)).body[
        "decision"
    ] == "ok"
    assert house.door_state() == "locked"


async def test_a_courier_that_is_removed_while_its_message_comes_is_let_in_no_more(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
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
    hass.config_entries.async_remove_subentry(house.entry, "courier-parcel-post")
    go_on.set()

    assert told(await asking) == NOT_READY
    assert "Traceback" not in caplog.text
    await house.settle()


async def test_with_its_building_every_address_goes(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), courier("Other Post"), resident())
    client = await hass_client_no_auth()

    await hass.config_entries.async_remove(house.entry.entry_id)

    for webhook_id in ("webhook-of-parcel-post", "webhook-of-other-post"):
        answer = await Sender(client, webhook_id).post(PING)
        assert (answer.status, answer.body) == EMPTY


async def test_a_building_that_is_added_later_is_reachable_too(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await build(hass)
    await build(hass, *across_the_street(), title="14 Elm Street")

    answer = await Sender(await hass_client_no_auth(), "webhook-of-other-post").post(
        PING
    )

    assert answer.body["building"] == "14 Elm Street"


async def test_the_owner_finds_addresses_under_the_names_of_building_and_courier(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    house = await build(hass)
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


async def test_other_integrations_entries_are_none_of_its_business(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await build(hass)
    other = MockConfigEntry(domain="other", subentries_data=[courier("Other Post")])
    other.add_to_hass(hass)
    hass.config_entries.async_update_entry(other, title="Other")
    await hass.config_entries.async_remove(other.entry_id)

    client = await hass_client_no_auth()
    assert (await Sender(client, "webhook-of-other-post").post(PING)).body == {}
    assert (await Sender(client).post(PING)).body["decision"] == "ok"


async def test_a_ledger_of_a_newer_version_keeps_couriers_outside(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    await house.building.ledger.write(
        lambda transaction: transaction.conn.exec_driver_sql("PRAGMA user_version = 99")
    )

    await hass.config_entries.async_reload(house.entry.entry_id)

    assert told(await sender.post(PING)) == NO_LEDGER
