"""An administrator tries to get a courier in whom residents keep out, over Home Assistant's forms."""

from base64 import b64encode
from dataclasses import replace
import json
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import Attitude, Consent, Rules
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.administrator import add, change, remove, rename
from tests.support.asked_phones import AskedHouse, PushService, asked_house
from tests.support.enqueued import enqueued, move_out
from tests.support.house import KEY, Answer, Sender, courier, door
from tests.support.rows import bodies

OPEN = Rules(consent=Consent.GIVEN, schedule=ALWAYS)
POST = "courier-parcel-post"
NEW_KEY = "whsec_" + b64encode(b"another courier's secret of 32 b").decode()
CHANGED = NotificationKind.CONFIGURATION_CHANGED


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> AskedHouse:
    """Return a building where Ada and Cleo consent, and Ada denies Parcel Post."""
    lives = {"Ada": "3B", "Cleo": "4A"}
    asked = await asked_house(hass, hass_client_no_auth, service, lives)
    await asked.decide("Ada", replace(OPEN, couriers={POST: Attitude.DENY}))
    await asked.decide("Cleo", OPEN)
    await asked.settle()
    return asked


async def come(
    asked: AskedHouse, webhook_id: str, key: str = KEY, parcel: str = "for-ada"
) -> Answer:
    """Let a courier come with a parcel for Ada."""
    sender = Sender(asked.sender.client, webhook_id, key)
    granted = await sender.grant(parcel, door="lobby")
    if granted.body.get("decision") != "accepted":
        return granted
    return await sender.enter(parcel, door="lobby")


async def register(
    asked: AskedHouse, name: str, part_id: str = "new", key: str = NEW_KEY
) -> None:
    """Register a courier with its own address, for the lobby."""
    part = courier(
        name, webhook_id=f"webhook-{part_id}", keys=[{"key": key, "ends_at": None}]
    )
    await add(asked.house, part, part_id)


async def last(asked: AskedHouse, kind: str) -> dict[str, Any]:
    """Return the newest record of a kind."""
    found = await bodies(asked.house.building.ledger, kind)
    newest: dict[str, Any] = json.loads(found[-1])
    return newest


def pushed(asked: AskedHouse, words: str) -> list[str]:
    """Return whose phones got a notification with these words."""
    return [
        name
        for name, phone in asked.phones.items()
        for push in phone.pushes
        if words in push["message"]
    ]


@pytest.mark.parametrize(
    "name", ["Parcel Post", "PARCEL-POST", "P\u0430rcel post", "Parcel+Post\u00ae"]
)
async def test_denied_courier_that_is_removed_and_added_again_stays_denied(
    asked: AskedHouse, name: str
) -> None:
    await remove(asked.house, POST)
    await register(asked, name)

    assert asked.house.building.rulebook.of("resident-ada").couriers == {
        POST: Attitude.DENY,
        "new": Attitude.DENY,
    }
    assert (await come(asked, "webhook-new", NEW_KEY)).body["decision"] != "accepted"
    # Cleo didn't deny it.
    cleo = Sender(asked.sender.client, "webhook-new", NEW_KEY)
    await cleo.grant("for-cleo", units=("4A",), door="lobby")
    assert (await cleo.enter("for-cleo", door="lobby")).body["outcome"] == "opened"


async def test_denied_courier_that_comes_back_with_its_key_stays_denied(
    asked: AskedHouse,
) -> None:
    await change(asked.house, POST, keys=[{"key": NEW_KEY, "ends_at": None}])
    await rename(asked.house, POST, "Zebra")
    await remove(asked.house, POST)
    await register(asked, "Fresh Fruit", key=KEY)

    assert (await come(asked, "webhook-new")).body["decision"] != "accepted"


async def test_denied_courier_that_returns_under_an_earlier_name_stays_denied(
    asked: AskedHouse,
) -> None:
    await rename(asked.house, POST, "Zebra")
    await remove(asked.house, POST)
    await register(asked, "Parcel Post")

    assert (await come(asked, "webhook-new", NEW_KEY)).body["decision"] != "accepted"


async def test_denial_outlives_its_courier_while_other_rules_are_saved(
    asked: AskedHouse,
) -> None:
    await remove(asked.house, POST)
    await asked.house.reload()
    await asked.decide(
        "Ada", replace(asked.house.building.rulebook.of("resident-ada"), digest_at=60)
    )
    await asked.house.reload()
    await register(asked, "Parcel Post")

    assert (await come(asked, "webhook-new", NEW_KEY)).body["decision"] != "accepted"


async def test_courier_that_asked_still_asks_when_it_is_added_again(
    asked: AskedHouse,
) -> None:
    await asked.decide("Ada", replace(OPEN, couriers={POST: Attitude.ASK}))
    await remove(asked.house, POST)
    await register(asked, "Parcel Post")

    rules = asked.house.building.rulebook.of("resident-ada")
    assert rules.attitude("new") is Attitude.ASK


async def test_allowed_courier_with_the_name_or_key_of_a_denied_one_is_denied(
    asked: AskedHouse,
) -> None:
    await register(asked, "Fresh Fruit")
    assert (await come(asked, "webhook-new", NEW_KEY)).body["outcome"] == "opened"

    # A message with the new key is answered once the change is recorded.
    part = asked.house.entry.subentries["new"]
    keys = [{"key": KEY, "ends_at": None}]
    asked.hass.config_entries.async_update_subentry(
        asked.house.entry, part, data={**part.data, "keys": keys}
    )
    assert (await come(asked, "webhook-new")).body["decision"] != "accepted"
    await asked.settle()
    assert (await come(asked, "webhook-new")).body["decision"] != "accepted"

    third_key = "whsec_" + b64encode(b"a third courier.s secret, 32 byt").decode()
    await register(asked, "Dry Goods", "dry", third_key)
    assert (await come(asked, "webhook-dry", third_key)).body["decision"] == "admitted"
    await rename(asked.house, "dry", "Parcel Post")
    assert (await come(asked, "webhook-dry", third_key)).body["decision"] != "admitted"


async def test_resident_allows_a_namesake_again_until_it_has_another_name(
    asked: AskedHouse,
) -> None:
    await register(asked, "parcel post")
    allowed = {POST: Attitude.DENY, "new": Attitude.ALLOW}
    await asked.decide("Ada", replace(OPEN, couriers=allowed))

    await change(asked.house, "new", rate_per_minute=7)
    await change(asked.house, "new", doors=["door-lobby", "door-garage"])
    assert asked.house.building.rulebook.of("resident-ada").couriers == allowed

    await rename(asked.house, "new", "Parcel-Post")
    rules = asked.house.building.rulebook.of("resident-ada")
    assert rules.couriers["new"] is Attitude.DENY


async def test_denial_ends_with_its_resident_and_its_courier_is_forgotten(
    asked: AskedHouse,
) -> None:
    await remove(asked.house, POST)
    assert asked.house.building.rulebook.removed_couriers == {POST: "Parcel Post"}

    await move_out(asked.house, "resident-ada")

    assert asked.house.building.rulebook.removed_couriers == {}


async def test_courier_renamed_to_a_trusted_name_is_recorded_and_notified_before_it_enters(
    asked: AskedHouse,
) -> None:
    await asked.decide("Ada", replace(OPEN, default=Attitude.DENY))
    await register(asked, "Fresh Fruit")
    assert (await come(asked, "webhook-new", NEW_KEY)).body["decision"] != "accepted"

    await rename(asked.house, "new", "Parcel Post")

    assert (await last(asked, "courier.renamed"))["courier_name"] == "Parcel Post"
    words = "“Fresh Fruit” is now called “Parcel Post”"
    assert pushed(asked, words) == ["Ada", "Cleo"]
    # The new name opens nothing that the old one didn't.
    assert (await come(asked, "webhook-new", NEW_KEY)).body["decision"] != "accepted"


async def test_swapped_opener_is_recorded_and_notified_before_it_opens(
    asked: AskedHouse, hass: HomeAssistant
) -> None:
    opener, opened = "switch.gate", async_mock_service(hass, "switch", "turn_on")
    hass.states.async_set(opener, "off")
    await asked.decide("Ada", OPEN)
    part = asked.house.entry.subentries["door-lobby"]
    data = {**part.data, "opener_kind": "entity", "opener": opener}
    hass.config_entries.async_update_subentry(asked.house.entry, part, data=data)
    await asked.settle()

    assert (await last(asked, "door.opener_changed"))["opener"] == opener
    [fan_out] = await enqueued(asked.house, CHANGED)
    assert json.loads(fan_out.details["changes"]) == [
        {"what": "door_opener", "name": "Lobby"}
    ]
    assert pushed(asked, "another device opens the door “Lobby”") == ["Ada", "Cleo"]
    assert opened == []
    assert (await come(asked, "webhook-of-parcel-post")).body["decision"] == "admitted"
    assert [call.data["entity_id"] for call in opened] == [opener]


async def test_new_door_is_recorded_and_notified_before_it_opens(
    asked: AskedHouse,
) -> None:
    await asked.decide("Ada", OPEN)
    await add(asked.house, door("Cellar", "cellar"), "door-cellar")
    sender = asked.sender
    granted = await sender.grant("cellar", door="cellar")
    assert granted.body.get("decision") != "accepted"

    doors = ["door-lobby", "door-cellar"]
    await change(asked.house, POST, doors=doors)

    assert (await last(asked, "door.added"))["door_name"] == "Cellar"
    assert (await last(asked, "courier.doors_changed"))["doors"] == sorted(doors)
    assert pushed(asked, "the door “Cellar” is new") == ["Ada", "Cleo"]
    changes = [
        json.loads(each.details["changes"])
        for each in await enqueued(asked.house, CHANGED)
    ]
    courier_door = {"what": "courier_door", "name": "Parcel Post", "door": "Cellar"}
    assert changes[-1] == [courier_door]
    assert (await sender.grant("later", door="cellar")).body["decision"] == "accepted"


async def test_button_of_a_change_withdraws_consent(asked: AskedHouse) -> None:
    await rename(asked.house, "door-lobby", "Cellar")

    await asked.phones["Cleo"].press(asked.phones["Cleo"].buttons["Withdraw"])
    await asked.settle()

    rules = asked.house.building.rulebook.of("resident-cleo")
    assert rules.consent is Consent.WITHDRAWN


@pytest.mark.parametrize(
    ("title", "attitude"), [("Deny", Attitude.DENY), ("Ask", Attitude.ASK)]
)
async def test_buttons_of_a_new_courier_deny_it_or_ask(
    asked: AskedHouse, title: str, attitude: Attitude
) -> None:
    await register(asked, "Fresh Fruit")

    await asked.phones["Cleo"].press(asked.phones["Cleo"].buttons[title])
    await asked.settle()

    rules = asked.house.building.rulebook.of("resident-cleo")
    assert rules.couriers == {"new": attitude}


async def test_buttons_of_a_new_courier_loosen_nothing(asked: AskedHouse) -> None:
    await register(asked, "Fresh Fruit")
    cleo = asked.phones["Cleo"]
    for title in ("Deny", "Ask"):
        await cleo.press(cleo.buttons[title])
        await asked.settle()
    # Someone else's button does nothing, nor one of another notification.
    await asked.phones["Ada"].press(cleo.buttons["Deny"])
    await cleo.press("courier_access_deny_0123456789abcdef")
    await asked.settle()

    rulebook = asked.house.building.rulebook
    assert rulebook.of("resident-cleo").couriers == {"new": Attitude.DENY}
    assert rulebook.of("resident-ada").couriers == {POST: Attitude.DENY}


async def test_new_paper_keeps_what_a_resident_denies(asked: AskedHouse) -> None:
    part: dict[str, Any] = {
        "unit": "5C",
        "person": None,
        "language": "en",
        "targets": [],
    }
    paper = {
        "decided_on": "2026-01-02",
        "consent": True,
        "windows": ALWAYS.to_mapping(),
    }
    ben: Any = {"subentry_type": "resident", "title": "Ben"}
    ben["data"] = {**part, "paper": {"id": "one", **paper}}
    await add(asked.house, ben, "resident-ben")
    building = asked.house.building
    old = building.rulebook.of("resident-ben")
    assert old.consent is Consent.GIVEN
    denied = replace(old, couriers={POST: Attitude.DENY})
    await building.rulebook.change(
        building.residents["resident-ben"], denied, Author(user_id="owner")
    )

    await change(asked.house, "resident-ben", paper={"id": "two", **paper})

    rules = asked.house.building.rulebook.of("resident-ben")
    assert rules.couriers == {POST: Attitude.DENY}


SWAPS = {
    "a new ID": {"ids": True},
    "names swapped": {"names": True},
    "keys swapped": {"keys": True},
    "names and keys swapped": {"names": True, "keys": True},
}


@pytest.mark.parametrize("swap", SWAPS.values(), ids=SWAPS.keys())
async def test_file_edited_while_home_assistant_is_stopped_lets_no_denied_courier_in(
    asked: AskedHouse, hass: HomeAssistant, swap: dict[str, bool]
) -> None:
    await register(asked, "Fresh Fruit")
    assert (await come(asked, "webhook-new", NEW_KEY)).body["outcome"] == "opened"
    entry, entries = asked.house.entry, hass.config_entries
    assert await entries.async_unload(entry.entry_id)

    denied, other = entry.subentries[POST], entry.subentries["new"]
    if swap.get("ids"):
        entries.async_remove_subentry(entry, POST)
        again = ConfigSubentry(
            data=denied.data,
            subentry_id="again",
            subentry_type=denied.subentry_type,
            title=denied.title,
            unique_id="again",
        )
        entries.async_add_subentry(entry, again)
    else:
        names = [denied.title, other.title][:: -1 if swap.get("names") else 1]
        keys = [KEY, NEW_KEY][:: -1 if swap.get("keys") else 1]
        for one, name, key in zip((denied, other), names, keys, strict=True):
            data = {**one.data, "keys": [{"key": key, "ends_at": None}]}
            entries.async_update_subentry(entry, one, title=name, data=data)
    assert await entries.async_setup(entry.entry_id)
    await asked.settle()

    for webhook_id in ("webhook-of-parcel-post", "webhook-new"):
        for key in (KEY, NEW_KEY):
            answer = await come(asked, webhook_id, key, "another")
            may = swap.get("ids") and (webhook_id, key) == ("webhook-new", NEW_KEY)
            assert (answer.body.get("decision") == "admitted") is bool(may)
