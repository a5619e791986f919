"""A fleet's couriers: it restricts by itself, and an administrator confirms all else."""

from base64 import b64encode
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from typing import Any

from aiohttp.test_utils import TestClient
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.couriers.fleet import FleetCourier, read_couriers
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.support import fixing
from tests.support.broken_ledger import break_ledger
from tests.support.enqueued import enqueued
from tests.support.fleet import Fleet, connect, next_quarter, running_fleet
from tests.support.house import House, build, courier, door, pass_time, resident
from tests.support.people import access_token, user
from tests.support.rows import kinds
from tests.support.signing import PUBLIC

PROPOSES = "fleet_proposes"


def public_key(number: int) -> str:
    private = Ed25519PrivateKey.from_private_bytes(bytes([number] * 32))
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return "whpk_" + b64encode(raw).decode()


SECOND = public_key(2)


@pytest.fixture
async def fleet(socket_enabled: None) -> AsyncGenerator[Fleet]:
    async with running_fleet() as fleet:
        yield fleet


@pytest.fixture
async def house(hass: HomeAssistant, fleet: Fleet) -> House:
    """A building of a fleet, with a lobby and a garage, where Ada lives."""
    assert await async_setup_component(hass, "repairs", {})
    await hass.config.async_update(external_url="https://elm.example")
    house = await build(
        hass, door(), door("Garage", "garage"), courier(), resident("Ada")
    )
    await connect(house, fleet)
    house.told.clear()
    return house


type Fresh = Callable[[], Awaitable[TestClient[Any, Any]]]


@pytest.fixture
async def client(house: House, hass_client: ClientSessionGenerator) -> Fresh:
    """Return what logs an administrator in: time moves past the life of tokens."""
    owner = await user(house.hass, "Owner", admin=True)

    async def fresh() -> TestClient[Any, Any]:
        return await hass_client(await access_token(house.hass, owner))

    return fresh


def couriers(house: House) -> dict[str, ConfigSubentry]:
    return {part.title: part for part in house.entry.get_subentries_of_type("courier")}


def settings(house: House, name: str = "Swift") -> dict[str, Any]:
    """Return what a courier of the fleet may do at the building."""
    data = couriers(house)[name].data
    keys = [key["key"] for key in data["keys"]]
    return {"keys": keys, "doors": {*data["doors"]}, "enabled": data["enabled"]}


async def confirm(
    house: House,
    client: Fresh,
    choice: Mapping[str, list[str]] | None = None,
) -> dict[str, list[str]]:
    """Confirm the issue, by default with all that is proposed; return what was offered."""
    issue = fixing.shown(house.hass, PROPOSES)
    assert issue is not None
    form = await fixing.begin(await client(), issue.issue_id)
    offered = {field["name"]: field["default"] for field in form["data_schema"]}
    done = await fixing.answer(
        await client(), form, **(offered if choice is None else choice)
    )
    assert done["type"] == "create_entry"
    await house.settle()
    return offered


async def registered(
    house: House,
    fleet: Fleet,
    client: Fresh,
    freezer: FrozenDateTimeFactory,
    **more: Any,
) -> None:
    """Register the courier Swift in the fleet, and confirm it at the building."""
    fleet.register(**{"keys": [PUBLIC], "door_tags": ["lobby"], **more})
    await next_quarter(house, freezer)
    await confirm(house, client)
    house.told.clear()


async def test_new_courier_takes_effect_once_it_is_confirmed(
    house: House,
    fleet: Fleet,
    client: Fresh,
    freezer: FrozenDateTimeFactory,
) -> None:
    fleet.register(keys=[PUBLIC], door_tags=["lobby", "elsewhere"])
    await next_quarter(house, freezer)
    assert [*couriers(house)] == ["Parcel Post"]
    issue = fixing.shown(house.hass, PROPOSES)
    assert issue is not None
    form = await fixing.begin(await client(), issue.issue_id)
    [field] = form["data_schema"]
    [option] = field["selector"]["select"]["options"]
    assert (field["name"], option["label"]) == ("couriers", f"Swift · Lobby · {PUBLIC}")
    assert [*couriers(house)] == ["Parcel Post"]

    await confirm(house, client)
    expected = {"keys": [PUBLIC], "doors": {"door-lobby"}, "enabled": True}
    assert settings(house) == expected
    assert fixing.shown(house.hass, PROPOSES) is None
    found = await kinds(house.building.ledger)
    assert found.index("fleet.confirmed") < len(found) - 1
    assert found.count("courier.admitted") == 2
    assert any("Swift" in message for _, message in house.told)
    # The fleet learns where the courier's messages go, and the list isn't read again.
    await next_quarter(house, freezer)
    webhook_id = couriers(house)["Swift"].data["webhook_id"]
    address = f"https://elm.example/api/webhook/{webhook_id}"
    assert fleet.health["addresses"] == {"swift": address}
    assert fleet.lists == 1


async def test_restrictions_act_by_themselves_and_outlive_the_fleet(
    house: House,
    fleet: Fleet,
    client: Fresh,
    freezer: FrozenDateTimeFactory,
) -> None:
    await registered(house, fleet, client, freezer, keys=[PUBLIC, SECOND], door_tags=[])
    assert settings(house)["doors"] == {"door-lobby", "door-garage"}
    fleet.register(keys=[SECOND], door_tags=["garage"])
    await next_quarter(house, freezer)
    expected = {"keys": [SECOND], "doors": {"door-garage"}, "enabled": True}
    assert settings(house) == expected
    fleet.register(enabled=False)
    await next_quarter(house, freezer)
    assert settings(house) == {**expected, "enabled": False}
    assert fixing.shown(house.hass, PROPOSES) is None
    await fleet.server.close()
    await house.reload()
    assert settings(house) == {**expected, "enabled": False}


async def test_what_comes_back_must_be_confirmed_again(
    house: House,
    fleet: Fleet,
    client: Fresh,
    freezer: FrozenDateTimeFactory,
) -> None:
    await registered(house, fleet, client, freezer)
    fleet.register(keys=[], door_tags=["garage"], enabled=False)
    await next_quarter(house, freezer)
    restricted = {"keys": [], "doors": set(), "enabled": False}
    assert settings(house) == restricted
    fleet.register(keys=[PUBLIC, SECOND], door_tags=["lobby", "garage"], enabled=True)
    await next_quarter(house, freezer)
    assert settings(house) == restricted
    offered = await confirm(house, client)
    assert {kind: len(each) for kind, each in offered.items()} == {
        "keys": 2,
        "doors": 2,
        "enable": 1,
    }
    assert settings(house) == {
        "keys": [SECOND, PUBLIC],
        "doors": {"door-lobby", "door-garage"},
        "enabled": True,
    }
    told = " ".join(message for _, message in house.told)
    assert "the courier “Swift” has a new key" in told
    assert "the courier “Swift” was enabled again" in told
    enqueued_changes = str(
        await enqueued(house, NotificationKind.CONFIGURATION_CHANGED)
    )
    assert "courier_door" in enqueued_changes
    assert "Garage" in enqueued_changes


async def test_what_is_not_chosen_is_declined_until_it_changes(
    house: House,
    fleet: Fleet,
    client: Fresh,
    freezer: FrozenDateTimeFactory,
) -> None:
    fleet.register(keys=[PUBLIC])
    await next_quarter(house, freezer)
    await confirm(house, client, {"couriers": []})
    assert [*couriers(house)] == ["Parcel Post"]
    assert fixing.shown(house.hass, PROPOSES) is None
    fleet.register(id="other", name="Other", keys=[SECOND])
    await next_quarter(house, freezer)
    assert list(await confirm(house, client)) == ["couriers"]
    assert [*couriers(house)] == ["Parcel Post", "Other"]
    # The same courier with another key is another proposal.
    fleet.register(keys=[public_key(3)])
    await next_quarter(house, freezer)
    await confirm(house, client)
    assert settings(house)["keys"] == [public_key(3)]


async def test_only_what_was_shown_takes_effect(
    house: House,
    fleet: Fleet,
    client: Fresh,
    freezer: FrozenDateTimeFactory,
) -> None:
    fleet.register(keys=[PUBLIC])
    await next_quarter(house, freezer)
    issue = fixing.shown(house.hass, PROPOSES)
    assert issue is not None
    form = await fixing.begin(await client(), issue.issue_id)
    # Somebody who holds the database exchanges the key while the administrator reads.
    fleet.register(keys=[SECOND])
    await next_quarter(house, freezer)
    chosen = form["data_schema"][0]["default"]
    await fixing.answer(await client(), form, couriers=chosen)
    await house.settle()
    assert settings(house)["keys"] == [PUBLIC]
    await next_quarter(house, freezer)
    assert settings(house)["keys"] == [PUBLIC]


async def test_two_forms_add_a_courier_once(
    house: House,
    fleet: Fleet,
    client: Fresh,
    freezer: FrozenDateTimeFactory,
) -> None:
    fleet.register(keys=[PUBLIC])
    await next_quarter(house, freezer)
    issue = fixing.shown(house.hass, PROPOSES)
    assert issue is not None
    forms = [await fixing.begin(await client(), issue.issue_id) for _ in range(2)]
    for form in forms:
        chosen = form["data_schema"][0]["default"]
        done = await fixing.answer(await client(), form, couriers=chosen)
        assert done["type"] == "create_entry"
        await house.settle()
    assert [*couriers(house)] == ["Parcel Post", "Swift"]


async def test_courier_that_is_gone_from_the_list_is_shown_and_stays(
    house: House,
    fleet: Fleet,
    client: Fresh,
    freezer: FrozenDateTimeFactory,
) -> None:
    await registered(house, fleet, client, freezer)
    before = settings(house)
    fleet.couriers.clear()
    fleet.version += 1
    await next_quarter(house, freezer)
    assert settings(house) == before
    issue = fixing.shown(house.hass, "fleet_courier_gone")
    assert issue is not None
    assert (issue.translation_placeholders or {})["couriers"] == "Swift"
    fleet.register(keys=[PUBLIC], door_tags=["lobby"])
    await next_quarter(house, freezer)
    assert fixing.shown(house.hass, "fleet_courier_gone") is None
    assert settings(house) == before


async def test_who_holds_the_database_lets_nobody_in(
    house: House,
    fleet: Fleet,
    client: Fresh,
    freezer: FrozenDateTimeFactory,
) -> None:
    await registered(house, fleet, client, freezer)
    before = settings(house), dict(couriers(house)["Parcel Post"].data)
    secret = "whsec_" + b64encode(bytes(24)).decode()
    changes: list[dict[str, Any]] = [
        {"keys": [PUBLIC, SECOND]},
        {"door_tags": []},
        {"door_tags": ["lobby", "garage"]},
        {"keys": [PUBLIC, secret]},
        {"name": "Parcel Post"},
        {"id": "courier-parcel-post", "name": "Parcel Post", "keys": [SECOND]},
        {"id": "new", "name": "New", "keys": [SECOND]},
    ]
    for change in changes:
        fleet.register(**change)
        await next_quarter(house, freezer)
    await house.reload()
    await next_quarter(house, freezer)
    assert [*couriers(house)] == ["Parcel Post", "Swift"]
    assert before == (settings(house), dict(couriers(house)["Parcel Post"].data))
    issue = fixing.shown(house.hass, PROPOSES)
    assert issue is not None
    assert secret not in str(await fixing.begin(await client(), issue.issue_id))


async def test_list_that_can_not_be_read_changes_nothing(
    house: House,
    fleet: Fleet,
    client: Fresh,
    freezer: FrozenDateTimeFactory,
) -> None:
    await registered(house, fleet, client, freezer)
    before = settings(house)
    fleet.couriers = {"message": "no list"}  # type: ignore[assignment]
    fleet.version += 1
    await next_quarter(house, freezer)
    assert house.building.fleet.status.problem == "unreadable"
    assert settings(house) == before
    assert fixing.shown(house.hass, "fleet_courier_gone") is None


async def test_nothing_takes_effect_that_can_not_be_recorded(
    house: House,
    fleet: Fleet,
    client: Fresh,
    freezer: FrozenDateTimeFactory,
) -> None:
    fleet.register(keys=[PUBLIC])
    await next_quarter(house, freezer)
    issue = fixing.shown(house.hass, PROPOSES)
    assert issue is not None
    form = await fixing.begin(await client(), issue.issue_id)
    chosen = form["data_schema"][0]["default"]
    await break_ledger(house, "INSERT ON records")
    shown = await fixing.answer(await client(), form, couriers=chosen)
    assert shown["errors"] == {"base": "ledger_unavailable"}
    assert [*couriers(house)] == ["Parcel Post"]


async def test_disconnected_building_shows_no_proposals(
    house: House,
    fleet: Fleet,
    client: Fresh,
    freezer: FrozenDateTimeFactory,
) -> None:
    fleet.register(keys=[PUBLIC])
    await next_quarter(house, freezer)
    issue = fixing.shown(house.hass, PROPOSES)
    assert issue is not None
    form = await fixing.begin(await client(), issue.issue_id)
    options = {k: v for k, v in house.entry.options.items() if k != "fleet"}
    house.hass.config_entries.async_update_entry(house.entry, options=options)
    await house.settle()
    assert fixing.shown(house.hass, PROPOSES) is None
    await fixing.answer(
        await client(), form, couriers=form["data_schema"][0]["default"]
    )
    await house.settle()
    await pass_time(house.hass, freezer, 1)
    assert "fleet" not in house.entry.options


@pytest.mark.parametrize(
    "row",
    [
        "swift",
        {"id": "swift"},
        {"id": "Swift!", "name": "S", "keys": [], "door_tags": [], "enabled": True},
        {"id": "s", "name": " ", "keys": [], "door_tags": [], "enabled": True},
        {"id": "s", "name": "a\nb", "keys": [], "door_tags": [], "enabled": True},
        {"id": "s", "name": "\u0405wift", "keys": [], "door_tags": [], "enabled": True},
        {"id": "s", "name": "S", "keys": [], "door_tags": [], "enabled": 1},
    ],
)
def test_what_is_no_courier_is_ignored(row: object) -> None:
    assert FleetCourier.read(row) is None


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"null"])
def test_what_is_no_list_is_none(content: bytes) -> None:
    assert read_couriers(content) is None


def test_only_public_keys_are_read() -> None:
    keys = [PUBLIC, "whpk_AAAA", "whsec_" + "A" * 32, 7, "", SECOND]
    row = {"id": "s", "name": "S", "keys": keys, "door_tags": [3], "enabled": True}
    read = FleetCourier.read(row)
    assert read == FleetCourier("s", "S", (PUBLIC, SECOND), (), True)
