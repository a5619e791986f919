"""Test messages and pictures from automations to an entry's unknown recipients."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
import voluptuous as vol

from custom_components.courier_access.ledger.outbox.fanout import MAX_MESSAGES_PER_ENTRY
from tests.support.house import (
    House,
    Sender,
    ask,
    build,
    courier,
    do,
    door,
    entries_of,
    resident,
)
from tests.support.people import People, acting
from tests.support.phones import Phone, register_phone

WORDS = "It is on the shelf."


@pytest.fixture
async def phone(
    hass: HomeAssistant, people: People, aioclient_mock: AiohttpClientMocker
) -> Phone:
    await people.move_in("Ada")
    return await register_phone(hass, aioclient_mock, people["Ada"].id, "Ada's phone")


@pytest.fixture
async def house(hass: HomeAssistant, people: People, phone: Phone) -> House:
    """Return a building with Ben, who has no account, and Ada with a phone in 3B, and Cleo in 4A."""
    apps = [{"kind": "person_apps"}]
    ada = resident("Ada", "3B", None, person=people.person("Ada"), targets=apps)
    ben, cleo = resident("Ben", "3B"), resident("Cleo", "4A")
    doors = door(), door("Garage", "garage")
    return await build(hass, *doors, courier(), ben, ada, cleo)


@pytest.fixture
async def entry_id(house: House, hass_client_no_auth: ClientSessionGenerator) -> str:
    """The entry of a courier with a delivery for 3B, already notified."""
    sender = Sender(await hass_client_no_auth())
    await sender.grant(parcel_ref="PKT-7", max_entries=3)
    entered = await sender.enter()
    assert entered.body["decision"] == "admitted"
    await house.settle()
    house.told.clear()
    return str(entered.body["entry_id"])


async def notify(
    house: House, who: Context | None = None, *, at: str | None = None, **data: Any
) -> None:
    given = {"message": WORDS} | data
    await do(house, "notify_recipients", who or acting(None), at, **given)
    await house.settle()


async def refusal(house: House, **data: Any) -> str | None:
    with pytest.raises(ServiceValidationError) as refused:
        await notify(house, **data)
    return refused.value.translation_key


async def test_only_recipients_get_the_message_and_on_phones_the_picture(
    house: House, phone: Phone, aioclient_mock: AiohttpClientMocker, entry_id: str
) -> None:
    before = len(phone.pushes(aioclient_mock))

    await notify(
        house, entry_id=entry_id, title="Delivered", image="/media/local/lobby.jpg"
    )

    [entry] = await entries_of(house.building, 1)
    at = entry.at.astimezone(house.building.zone())
    text = (
        f"Delivered\n{WORDS}\n"
        f"Passed on by your building, about Parcel Post at Lobby, today {at:%-I:%M %p}. Receipt {entry.seq} · "
    )
    [(name, letter)] = house.told
    assert name == "Ben"
    assert letter.startswith(text)
    [push] = phone.pushes(aioclient_mock)[before:]
    assert push["title"] == "Message about Parcel Post"
    assert push["message"].startswith(text)
    assert push["data"]["image"] == "/media/local/lobby.jpg"
    for text in (letter, push["message"]):
        assert "3B" not in text
        assert "PKT-7" not in text


async def test_phone_command_in_a_message_is_only_text(
    house: House, phone: Phone, aioclient_mock: AiohttpClientMocker, entry_id: str
) -> None:
    await notify(
        house, entry_id=entry_id, message="clear_notification", title="", image=""
    )

    push = phone.pushes(aioclient_mock)[-1]
    assert push["message"].startswith("clear_notification\nPassed on by ")
    assert "image" not in push["data"]


async def test_action_targets_the_building_or_the_door_of_a_recent_entry(
    house: House, entry_id: str, freezer: FrozenDateTimeFactory
) -> None:
    await notify(house, at="door-lobby", entry_id=entry_id)
    assert len(house.told) == 1

    for subject, key in (
        ("door-garage", "no_such_entry"),
        ("resident-ben", "no_building_device"),
    ):
        assert await refusal(house, at=subject, entry_id=entry_id) == key
    assert await refusal(house, entry_id="somebody else's") == "no_such_entry"
    assert len(house.told) == 1
    freezer.tick(timedelta(hours=24, seconds=1))
    assert await refusal(house, entry_id=entry_id) == "entry_too_old"


async def test_caller_cannot_learn_whether_there_are_recipients(
    house: House, people: People, entry_id: str, sender: Sender
) -> None:
    await sender.grant("G9", units=("9Z",))
    refused = await sender.enter("G9")
    assert refused.body["decision"] == "refused"
    nobodys = str(refused.body["entry_id"])
    await house.settle()
    house.told.clear()

    answers = {}
    for each in (entry_id, nobodys):
        for _ in range(MAX_MESSAGES_PER_ENTRY):
            await notify(house, entry_id=each)
        answers[each] = await refusal(house, entry_id=each)

    assert answers == {entry_id: "too_many_messages", nobodys: "too_many_messages"}
    assert [name for name, _ in house.told] == ["Ben"] * MAX_MESSAGES_PER_ENTRY
    owner = await people.owner()
    entries = await ask(house, "get_entries", None, owner)
    states = {
        entry["entry_id"]: [
            notification["resident"] for notification in entry["notifications"]
        ]
        for entry in entries["entries"]
    }
    assert sorted(states[entry_id]) == ["Ada", "Ben", "Cleo"]
    assert states[nobodys] == []


async def test_picture_url_that_would_reveal_readers_is_refused(
    house: House, entry_id: str
) -> None:
    for image in (
        "https://elsewhere.example/pixel.png",
        "//elsewhere.example/pixel.png",
        "/media\\..\\pixel.png",
        "/media/../api/courier_access/pixel.png",
        "/media/%2e%2E/api/courier_access/pixel.png",
        "/local/pixel.png",
        "/media/.%2e/pixel.png",
        "/media/%2e%2e%2Fapi/webhook/pixel",
        "/media/%252e%252e/pixel.png",
        "/media/..%5cpixel.png",
        "/media/\ud800.jpg",
        "/media/local/a b.png",
        "/other/pixel.png",
        "/api/",
        "media/local/pixel.png",
        "/media/" + "a" * 2001,
    ):
        found = await refusal(house, entry_id=entry_id, image=image)
        assert found == "image_elsewhere", image
    assert house.told == []


async def test_empty_or_too_long_message_is_refused(
    house: House, entry_id: str
) -> None:
    wrong: tuple[dict[str, Any], ...] = (
        *({"message": " "}, {"message": "a" * 501}),
        *({"title": "a" * 101}, {"unit": "3B"}),
    )
    for data in wrong:
        with pytest.raises(vol.Invalid):
            await notify(house, entry_id=entry_id, **data)
    await notify(house, entry_id=entry_id, message=" " + "a" * 500)
    assert len(house.told) == 1
