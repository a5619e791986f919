"""A phone's action goes by the phone's name, which anybody may give to theirs: notifications follow the phone, not the name."""

from collections.abc import Mapping
from typing import Any

from aiohttp.test_utils import TestClient
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.outbox.due import NotificationState
from custom_components.courier_access.ledger.outbox.status import (
    NotificationStatus,
    notification_status,
)
from tests.flows.front_end import FrontEnd
from tests.support.house import House, Sender, build, courier, door, resident
from tests.support.people import People
from tests.support.phones import Phone, register_phone

ACTION = "notify.mobile_app_adas_phone"


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    moved_in = People(hass)
    await moved_in.move_in("Ada", "Cleo")
    return moved_in


async def phone_of(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, people: People, name: str
) -> Phone:
    return await register_phone(hass, aioclient_mock, people[name].id, "Adas phone")


async def house_of_ada(hass: HomeAssistant, **target: str) -> House:
    targets = [{"kind": "action", "value": ACTION, **target}]
    return await build(hass, door(), courier(), resident("Ada", "3B", targets=targets))


async def let_in(house: House, client: TestClient[Any, Any]) -> str:
    """Let a courier in and return the entry's id."""
    sender = Sender(client)
    await sender.grant(parcel_ref="P-77")
    admitted = (await sender.enter()).body
    assert admitted["decision"] == "admitted"
    await house.settle()
    return str(admitted["entry_id"])


async def adas_notification(house: House, entry_id: str) -> NotificationStatus:
    by_entry: Mapping[
        str, tuple[NotificationStatus, ...]
    ] = await house.building.ledger.read(
        lambda conn: notification_status(conn, [entry_id])
    )
    (notification,) = by_entry[entry_id]
    return notification


async def test_a_neighbors_phone_of_the_same_name_gets_no_notification_and_the_residents_does(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    aioclient_mock: AiohttpClientMocker,
    people: People,
) -> None:
    adas = await phone_of(hass, aioclient_mock, people, "Ada")
    house = await house_of_ada(hass, app=adas.entry_id)
    cleos = await phone_of(hass, aioclient_mock, people, "Cleo")

    entry_id = await let_in(house, await hass_client_no_auth())

    assert cleos.pushes(aioclient_mock) == []
    [*_, push] = adas.pushes(aioclient_mock)  # the delivery was announced before
    assert "P-77" in push["message"]
    assert (await adas_notification(house, entry_id)).state is NotificationState.SENT


async def test_a_neighbor_whose_phone_took_the_name_confirms_no_notification_of_the_residents(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    aioclient_mock: AiohttpClientMocker,
    people: People,
) -> None:
    adas = await phone_of(hass, aioclient_mock, people, "Ada")
    house = await house_of_ada(hass, app=adas.entry_id)
    client = await hass_client_no_auth()
    entry_id = await let_in(house, client)
    [*_, push] = adas.pushes(aioclient_mock)  # the delivery was announced before
    cleos = await phone_of(hass, aioclient_mock, people, "Cleo")

    await cleos.confirm(client, push)
    await house.settle()
    assert (await adas_notification(house, entry_id)).state is NotificationState.SENT

    await adas.confirm(client, push)
    await house.settle()
    assert (
        await adas_notification(house, entry_id)
    ).state is NotificationState.DELIVERED


async def test_an_action_recorded_only_by_its_name_notifies_no_neighbor_who_took_the_name(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    aioclient_mock: AiohttpClientMocker,
    people: People,
) -> None:
    await phone_of(hass, aioclient_mock, people, "Ada")
    house = await house_of_ada(hass)
    cleos = await phone_of(hass, aioclient_mock, people, "Cleo")

    entry_id = await let_in(house, await hass_client_no_auth())

    assert cleos.pushes(aioclient_mock) == []
    assert (await adas_notification(house, entry_id)).state is NotificationState.PENDING


async def test_changing_a_resident_sends_no_notifications_to_a_person_who_took_the_name(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, people: People
) -> None:
    adas = await phone_of(hass, aioclient_mock, people, "Ada")
    house = await build(hass, door(), courier())
    flow = FrontEnd(hass, house.entry, "resident")
    screen = await flow.submit(await flow.add(), name="Ada", unit="3B")
    await flow.submit(screen, notify_actions=[ACTION])
    await flow.choose("no_paper")
    await house.settle()
    target = {"kind": "action", "value": ACTION, "app": adas.entry_id}
    (ada,) = house.entry.get_subentries_of_type("resident")
    assert ada.data["targets"] == [target]
    cleos = await phone_of(hass, aioclient_mock, people, "Cleo")

    await flow.submit(await flow.change(ada.subentry_id), name="Ada B.")
    await flow.submit(await flow.choose("same_resident"))
    await flow.choose("no_paper")
    await house.settle()
    assert house.entry.subentries[ada.subentry_id].data["targets"] == [target]

    # Chosen again, the name could be anyone's.
    screen = await flow.submit(await flow.add(), name="Ann", unit="3C")
    screen = await flow.submit(screen, notify_actions=[ACTION])
    assert screen.errors == {"notify_actions": "notify_action_ambiguous"}

    # Once the phone is gone, so is the choice, whoever has the name.
    await hass.config_entries.async_remove(adas.entry_id)
    await hass.async_block_till_done()
    screen = await flow.submit(await flow.change(ada.subentry_id))
    assert screen.value("notify_actions") == []
    await flow.submit(screen, notify_actions=[ACTION])
    await flow.choose("no_paper")
    await house.settle()
    assert house.entry.subentries[ada.subentry_id].data["targets"] == [
        target | {"app": cleos.entry_id}
    ]
