"""A fleet's couriers: it restricts by itself, and an administrator confirms all else."""

from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
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

from custom_components.courier_access.couriers.fleet import (
    FleetCourier,
    Proposal,
    ProposalKind,
    read_couriers,
)
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.support import fixing
from tests.support.broken_ledger import break_ledger
from tests.support.enqueued import enqueued
from tests.support.fleet import Fleet, connect, next_quarter
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


type Fresh = Callable[[], Awaitable[TestClient[Any, Any]]]


@dataclass(frozen=True, slots=True)
class Elm:
    """A building of a fleet, with a lobby and a garage, where Ada lives, and its administrator."""

    house: House
    fleet: Fleet
    client: Fresh
    freezer: FrozenDateTimeFactory

    async def quarter(self) -> None:
        """Let the next quarter hour pass, and its report."""
        await next_quarter(self.house, self.freezer)

    async def register(self, **changes: Any) -> None:
        """Register the courier Swift in the fleet, or change it, and report."""
        self.fleet.register(**changes)
        await self.quarter()

    async def register_confirmed(self, **more: Any) -> None:
        """Register the courier, and confirm it at the building."""
        await self.register(**{"keys": [PUBLIC], "door_tags": ["lobby"], **more})
        await self.confirm()
        self.house.told.clear()

    async def form(self) -> dict[str, Any]:
        """Open the form of what the fleet proposes."""
        issue = fixing.shown(self.house.hass, PROPOSES)
        assert issue is not None
        return await fixing.begin(await self.client(), issue.issue_id)

    async def answer(self, form: dict[str, Any], **chosen: Any) -> dict[str, Any]:
        """Submit the form."""
        done = await fixing.answer(await self.client(), form, **chosen)
        await self.house.settle()
        return done

    async def confirm(
        self, choice: Mapping[str, list[str]] | None = None
    ) -> dict[str, list[str]]:
        """Confirm what is proposed, by default all of it; return what was offered."""
        form = await self.form()
        offered = {field["name"]: field["default"] for field in form["data_schema"]}
        done = await self.answer(form, **(offered if choice is None else choice))
        assert done["type"] == "create_entry"
        return offered

    @property
    def proposes(self) -> bool:
        return fixing.shown(self.house.hass, PROPOSES) is not None

    @property
    def couriers(self) -> dict[str, ConfigSubentry]:
        parts = self.house.entry.get_subentries_of_type("courier")
        return {part.title: part for part in parts}

    def settings(self, name: str = "Swift") -> dict[str, Any]:
        """Return what a courier of the fleet may do at the building."""
        data = self.couriers[name].data
        keys = [key["key"] for key in data["keys"]]
        return {"keys": keys, "doors": {*data["doors"]}, "enabled": data["enabled"]}


@pytest.fixture
async def elm(
    hass: HomeAssistant,
    fleet: Fleet,
    hass_client: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> Elm:
    """Connect the building to the fleet."""
    assert await async_setup_component(hass, "repairs", {})
    await hass.config.async_update(external_url="https://elm.example")
    house = await build(
        hass, door(), door("Garage", "garage"), courier(), resident("Ada")
    )
    await connect(house, fleet)
    house.told.clear()
    owner = await user(hass, "Owner", admin=True)

    async def fresh() -> TestClient[Any, Any]:
        """Log in again: time moves past the life of tokens."""
        return await hass_client(await access_token(hass, owner))

    return Elm(house, fleet, fresh, freezer)


async def test_new_courier_takes_effect_once_it_is_confirmed(elm: Elm) -> None:
    await elm.register(keys=[PUBLIC], door_tags=["lobby", "elsewhere"])
    assert [*elm.couriers] == ["Parcel Post"]
    form = await elm.form()
    [field] = form["data_schema"]
    [option] = field["selector"]["select"]["options"]
    assert (field["name"], option["label"]) == ("couriers", f"Swift · Lobby · {PUBLIC}")
    assert [*elm.couriers] == ["Parcel Post"]

    await elm.confirm()
    expected = {"keys": [PUBLIC], "doors": {"door-lobby"}, "enabled": True}
    assert elm.settings() == expected
    assert not elm.proposes
    found = await kinds(elm.house.building.ledger)
    assert found.index("fleet.confirmed") < len(found) - 1
    assert found.count("courier.admitted") == 2
    assert any("Swift" in message for _, message in elm.house.told)
    # The fleet learns where the courier's messages go, and the list isn't read again.
    await elm.quarter()
    webhook_id = elm.couriers["Swift"].data["webhook_id"]
    address = f"https://elm.example/api/webhook/{webhook_id}"
    assert elm.fleet.health["addresses"] == {"swift": address}
    assert elm.fleet.lists == 1


async def test_restrictions_act_by_themselves_and_outlive_the_fleet(elm: Elm) -> None:
    await elm.register_confirmed(keys=[PUBLIC, SECOND], door_tags=[])
    assert elm.settings()["doors"] == {"door-lobby", "door-garage"}
    await elm.register(keys=[SECOND], door_tags=["garage"])
    expected = {"keys": [SECOND], "doors": {"door-garage"}, "enabled": True}
    assert elm.settings() == expected
    await elm.register(enabled=False)
    assert elm.settings() == {**expected, "enabled": False}
    assert not elm.proposes
    await elm.fleet.server.close()
    await elm.house.reload()
    assert elm.settings() == {**expected, "enabled": False}


async def test_what_comes_back_must_be_confirmed_again(elm: Elm) -> None:
    await elm.register_confirmed()
    await elm.register(keys=[], door_tags=["garage"], enabled=False)
    restricted = {"keys": [], "doors": set(), "enabled": False}
    assert elm.settings() == restricted
    await elm.register(
        keys=[PUBLIC, SECOND], door_tags=["lobby", "garage"], enabled=True
    )
    assert elm.settings() == restricted
    offered = await elm.confirm()
    assert {kind: len(each) for kind, each in offered.items()} == {
        "keys": 2,
        "doors": 2,
        "enable": 1,
    }
    assert elm.settings() == {
        "keys": [SECOND, PUBLIC],
        "doors": {"door-lobby", "door-garage"},
        "enabled": True,
    }
    told = " ".join(message for _, message in elm.house.told)
    assert "the courier “Swift” has a new key" in told
    assert "the courier “Swift” was enabled again" in told
    enqueued_changes = str(
        await enqueued(elm.house, NotificationKind.CONFIGURATION_CHANGED)
    )
    assert "courier_door" in enqueued_changes
    assert "Garage" in enqueued_changes


async def test_what_is_not_chosen_is_declined_until_it_changes(elm: Elm) -> None:
    await elm.register(keys=[PUBLIC])
    await elm.confirm({"couriers": []})
    assert [*elm.couriers] == ["Parcel Post"]
    assert not elm.proposes
    await elm.register(id="other", name="Other", keys=[SECOND])
    assert list(await elm.confirm()) == ["couriers"]
    assert [*elm.couriers] == ["Parcel Post", "Other"]
    # The same courier with another key is another proposal.
    await elm.register(keys=[public_key(3)])
    await elm.confirm()
    assert elm.settings()["keys"] == [public_key(3)]


async def test_only_what_was_shown_takes_effect(elm: Elm) -> None:
    await elm.register(keys=[PUBLIC])
    form = await elm.form()
    # Somebody who holds the database exchanges the key while the administrator reads.
    await elm.register(keys=[SECOND])
    chosen = form["data_schema"][0]["default"]
    await elm.answer(form, couriers=chosen)
    assert elm.settings()["keys"] == [PUBLIC]
    await elm.quarter()
    assert elm.settings()["keys"] == [PUBLIC]


async def test_two_forms_add_a_courier_once(elm: Elm) -> None:
    await elm.register(keys=[PUBLIC])
    forms = [await elm.form() for _ in range(2)]
    for form in forms:
        chosen = form["data_schema"][0]["default"]
        done = await elm.answer(form, couriers=chosen)
        assert done["type"] == "create_entry"
    assert [*elm.couriers] == ["Parcel Post", "Swift"]


async def test_courier_that_is_gone_from_the_list_is_shown_and_stays(elm: Elm) -> None:
    await elm.register_confirmed()
    before = elm.settings()
    elm.fleet.couriers.clear()
    elm.fleet.version += 1
    await elm.quarter()
    assert elm.settings() == before
    issue = fixing.shown(elm.house.hass, "fleet_courier_gone")
    assert issue is not None
    assert (issue.translation_placeholders or {})["couriers"] == "Swift"
    await elm.register(keys=[PUBLIC], door_tags=["lobby"])
    assert fixing.shown(elm.house.hass, "fleet_courier_gone") is None
    assert elm.settings() == before


async def test_who_holds_the_database_lets_nobody_in(elm: Elm) -> None:
    await elm.register_confirmed()
    before = elm.settings(), dict(elm.couriers["Parcel Post"].data)
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
        await elm.register(**change)
    await elm.house.reload()
    await elm.quarter()
    assert [*elm.couriers] == ["Parcel Post", "Swift"]
    assert before == (elm.settings(), dict(elm.couriers["Parcel Post"].data))
    assert secret not in str(await elm.form())


@pytest.mark.parametrize("name", [" ", "a\nb", "\u0405wift", "A · B", "x" * 101])
async def test_misleading_name_is_not_proposed_and_still_restricts(
    elm: Elm, name: str
) -> None:
    await elm.register(name=name, keys=[PUBLIC])
    assert not elm.proposes
    await elm.register(name="Swift")
    await elm.confirm()
    await elm.register(name=name, enabled=False)
    assert not elm.settings()["enabled"]
    assert not elm.proposes


async def test_courier_that_is_listed_twice_gets_no_door_that_was_not_shown(
    elm: Elm,
) -> None:
    # Both have the same words, and only the first one's are the tags of both doors.
    for tags in (["lobby", "garage", "q r"], ["lobby", "garage q", "r"]):
        row = {"id": "swift", "name": "Swift", "keys": [PUBLIC], "enabled": True}
        elm.fleet.couriers.append(row | {"door_tags": tags})
    elm.fleet.version += 1
    await elm.quarter()

    assert elm.house.building.fleet.status.problem == "unreadable"
    assert not elm.proposes
    assert [*elm.couriers] == ["Parcel Post"]


def test_proposals_of_different_words_have_different_tokens() -> None:
    def token(*tags: str) -> str:
        swift = FleetCourier("swift", "Swift", (PUBLIC,), tags, enabled=True)
        return Proposal(ProposalKind.COURIER, swift).token

    assert token("a b", "c") != token("a", "b c")


async def test_courier_is_proposed_by_the_name_that_its_building_knows(
    elm: Elm,
) -> None:
    await elm.register_confirmed()
    await elm.register(name="Parcel Post", keys=[PUBLIC, SECOND], door_tags=[])
    labels = [
        option["label"]
        for field in (await elm.form())["data_schema"]
        for option in field["selector"]["select"]["options"]
    ]
    assert labels == [f"Swift · {SECOND}", "Swift · Garage"]


async def test_list_that_can_not_be_read_changes_nothing(elm: Elm) -> None:
    await elm.register_confirmed()
    before = elm.settings()
    elm.fleet.couriers = {"message": "no list"}  # type: ignore[assignment]
    elm.fleet.version += 1
    await elm.quarter()
    assert elm.house.building.fleet.status.problem == "unreadable"
    assert elm.settings() == before
    assert fixing.shown(elm.house.hass, "fleet_courier_gone") is None


async def test_nothing_takes_effect_that_can_not_be_recorded(elm: Elm) -> None:
    await elm.register(keys=[PUBLIC])
    form = await elm.form()
    chosen = form["data_schema"][0]["default"]
    await break_ledger(elm.house, "INSERT ON records")
    shown = await elm.answer(form, couriers=chosen)
    assert shown["errors"] == {"base": "ledger_unavailable"}
    assert [*elm.couriers] == ["Parcel Post"]


async def test_disconnected_building_shows_no_proposals(elm: Elm) -> None:
    await elm.register(keys=[PUBLIC])
    form = await elm.form()
    options = {k: v for k, v in elm.house.entry.options.items() if k != "fleet"}
    elm.house.hass.config_entries.async_update_entry(elm.house.entry, options=options)
    await elm.house.settle()
    assert not elm.proposes
    await elm.answer(form, couriers=form["data_schema"][0]["default"])
    await pass_time(elm.house.hass, elm.freezer, 1)
    assert "fleet" not in elm.house.entry.options


@pytest.mark.parametrize(
    "row",
    [
        "swift",
        {"id": "swift"},
        {"id": "Swift!", "name": "S", "keys": [], "door_tags": [], "enabled": True},
        {"id": "s", "name": "S", "keys": [], "door_tags": [], "enabled": 1},
        # Without the tag, it would be for all doors.
        {"id": "s", "name": "S", "keys": [], "door_tags": [3], "enabled": True},
        {"id": "s", "name": "S", "keys": [], "door_tags": [""], "enabled": True},
        {"id": "s", "name": "S", "keys": [], "door_tags": ["t" * 101], "enabled": True},
        {"id": "s", "name": "S", "keys": [], "door_tags": ["t"] * 33, "enabled": True},
    ],
)
def test_what_is_no_courier_is_ignored(row: object) -> None:
    assert FleetCourier.read(row) is None


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"null"])
def test_what_is_no_list_is_none(content: bytes) -> None:
    assert read_couriers(content) is None


def test_only_public_keys_are_read() -> None:
    keys = [PUBLIC, "whpk_AAAA", "whsec_" + "A" * 32, 7, "", SECOND]
    row = {"id": "s", "name": "S", "keys": keys, "door_tags": [], "enabled": True}
    read = FleetCourier.read(row)
    assert read == FleetCourier("s", "S", (PUBLIC, SECOND), (), True)
