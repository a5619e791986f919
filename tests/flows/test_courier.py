import base64
from unittest.mock import ANY

from homeassistant.components.http import ApiConfig
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.contract.signature import (
    Version,
    new_secret,
    parse_key,
)

from .conftest import AddSubentry
from .couriers import PUBLIC_KEY, only_courier, up_to_signing
from .front_end import LANGUAGES, FrontEnd, Screen, translations

pytestmark = pytest.mark.usefixtures("addresses")
LOW_ORDER_KEY = "whpk_" + base64.b64encode(bytes(32)).decode()
NO_POINT_KEY = "whpk_" + base64.b64encode(bytes([2, *bytes(31)])).decode()


async def test_courier_with_shared_secret_is_added(
    building: MockConfigEntry, courier_flow: FrontEnd, add_door: AddSubentry
) -> None:
    front, back = add_door(), add_door(name="Back door", key="back")
    screen = await courier_flow.add()
    assert screen.fields["doors"]["selector"]["select"]["options"] == [
        {"value": front.subentry_id, "label": "Front door"},
        {"value": back.subentry_id, "label": "Back door"},
    ]
    screen = await courier_flow.submit(
        screen,
        name=" Parcels Ltd ",
        doors=[back.subentry_id],
        longest_grant_hours=24,
        rate_per_minute=600,
    )
    assert screen.options == ["secret", "public_key"]
    screen = await courier_flow.choose("secret")
    secret, address = screen.value("secret"), screen.value("webhook_url")
    assert screen.is_read_only("secret")
    assert screen.is_read_only("webhook_url")
    assert parse_key(secret).version is Version.V1
    # Nothing is saved before the last step.
    assert not building.get_subentries_of_type("courier")
    screen = await courier_flow.submit(screen)
    assert screen.type is FlowResultType.CREATE_ENTRY
    title, unique_id, data = only_courier(building)
    assert (title, unique_id) == ("Parcels Ltd", data["webhook_id"])
    assert len(data["webhook_id"]) == 64
    assert address == f"https://home.example.org/api/webhook/{data['webhook_id']}"
    assert data == {
        "doors": [back.subentry_id],
        "longest_grant_hours": 24,
        "rate_per_minute": 600,
        "enabled": True,
        "webhook_id": data["webhook_id"],
        "keys": [{"key": secret, "ends_at": None}],
    }


async def test_text_repeats_values_to_copy(
    courier_flow: FrontEnd, add_door: AddSubentry, add_courier: AddSubentry
) -> None:
    """Read-only fields are cut off and can't be copied on a phone."""
    courier = add_courier(name="Letters Ltd", doors=[add_door().subentry_id])
    await up_to_signing(courier_flow)
    assert_can_be_copied(await courier_flow.choose("secret"), "addresses", "secret")
    await up_to_signing(courier_flow)
    assert_can_be_copied(await courier_flow.choose("public_key"), "addresses")
    for way, texts in (
        ("new_secret", ("addresses", "secret")),
        ("new_public_key", ("addresses",)),
    ):
        await courier_flow.change(courier.subentry_id)
        await courier_flow.choose("rotate")
        assert_can_be_copied(await courier_flow.choose(way), *texts)
    await courier_flow.change(courier.subentry_id)
    assert_can_be_copied(await courier_flow.choose("address"), "addresses")


def assert_can_be_copied(screen: Screen, *texts: str) -> None:
    shown = {"addresses": f"`{screen.value('webhook_url')}`", "webhook_id": ANY}
    if "secret" in texts:
        shown["secret"] = screen.value("secret")
    assert screen.shown["description_placeholders"] == shown
    for language in LANGUAGES:
        steps = translations(language)["config_subentries"]["courier"]["step"]
        for text in texts:
            placeholder = f"`{{{text}}}`" if text == "secret" else f"{{{text}}}"
            assert f"\n\n{placeholder}" in steps[screen.step]["description"]


async def test_courier_with_public_key_is_added(
    building: MockConfigEntry, courier_flow: FrontEnd, add_door: AddSubentry
) -> None:
    add_door()
    await up_to_signing(courier_flow)
    screen = await courier_flow.choose("public_key")
    assert screen.fields.keys() == {"webhook_url", "public_key"}
    await courier_flow.submit(screen, public_key=f" {PUBLIC_KEY}\n")
    assert only_courier(building)[2]["keys"] == [{"key": PUBLIC_KEY, "ends_at": None}]


async def test_secret_stays_the_same_while_form_is_open(
    building: MockConfigEntry, courier_flow: FrontEnd, add_door: AddSubentry
) -> None:
    add_door()
    await up_to_signing(courier_flow)
    screen = await courier_flow.choose("secret")
    assert await courier_flow.go_on(screen.shown["flow_id"]) == screen


async def test_each_courier_gets_its_own_secret_and_address(
    hass: HomeAssistant,
    building: MockConfigEntry,
    add_door: AddSubentry,
) -> None:
    add_door()
    shown = set()
    for name in ("One", "Two"):
        flow = FrontEnd(hass, building, "courier")
        await up_to_signing(flow, name=name)
        screen = await flow.choose("secret")
        shown |= {screen.value("secret"), screen.value("webhook_url")}
    assert len(shown) == 4


async def test_abandoned_flow_saves_nothing(
    hass: HomeAssistant,
    building: MockConfigEntry,
    courier_flow: FrontEnd,
    add_door: AddSubentry,
) -> None:
    add_door()
    await up_to_signing(courier_flow)
    screen = await courier_flow.choose("secret")
    hass.config_entries.subentries.async_abort(screen.shown["flow_id"])
    assert not building.get_subentries_of_type("courier")


class TestDetails:
    async def test_only_door_is_suggested_and_limits_have_defaults(
        self, courier_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        door = add_door()
        screen = await courier_flow.add()
        assert screen.fields.keys() == {
            "name",
            "doors",
            "longest_grant_hours",
            "rate_per_minute",
        }
        assert screen.value("doors") == [door.subentry_id]
        assert screen.value("longest_grant_hours") == 12
        assert screen.value("rate_per_minute") == 60

    async def test_no_door_is_suggested_among_several(
        self, courier_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        add_door()
        add_door(name="Back door", key="back")
        assert (await courier_flow.add()).value("doors") is None

    async def test_building_without_doors_aborts(self, courier_flow: FrontEnd) -> None:
        screen = await courier_flow.add()
        assert (screen.type, screen.reason) == (FlowResultType.ABORT, "no_doors")

    async def test_at_least_one_door_is_required(
        self, courier_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        add_door()
        assert (await up_to_signing(courier_flow, doors=[])).errors == {
            "doors": "doors_none"
        }

    async def test_blank_name_is_refused(
        self, courier_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        add_door()
        screen = await up_to_signing(courier_flow, name="  ")
        assert screen.errors == {"name": "name_blank"}

    async def test_courier_names_are_unique(
        self, courier_flow: FrontEnd, add_door: AddSubentry, add_courier: AddSubentry
    ) -> None:
        add_door()
        add_courier()
        screen = await up_to_signing(courier_flow, name="PARCELS ltd")
        assert screen.errors == {"name": "name_taken"}

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("longest_grant_hours", 0),
            ("longest_grant_hours", 73),
            ("rate_per_minute", 0),
            ("rate_per_minute", 6001),
        ],
    )
    async def test_limits_beyond_bounds_are_refused(
        self, courier_flow: FrontEnd, add_door: AddSubentry, field: str, value: int
    ) -> None:
        add_door()
        with pytest.raises(InvalidData):
            await up_to_signing(courier_flow, **{field: value})

    @pytest.mark.parametrize(("hours", "rate"), [(1, 1), (72, 6000)])
    async def test_limits_at_bounds_are_accepted(
        self, courier_flow: FrontEnd, add_door: AddSubentry, hours: int, rate: int
    ) -> None:
        add_door()
        screen = await up_to_signing(
            courier_flow, longest_grant_hours=hours, rate_per_minute=rate
        )
        assert screen.type is FlowResultType.MENU


class TestAddress:
    async def shown(self, flow: FrontEnd, add_door: AddSubentry) -> Screen:
        add_door()
        await up_to_signing(flow)
        return await flow.choose("secret")

    async def test_address_without_https_shows_warning(
        self, hass: HomeAssistant, courier_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        await hass.config.async_update(external_url="http://home.example.org:8123")
        screen = await self.shown(courier_flow, add_door)
        assert screen.fields.keys() == {"webhook_url_not_https", "secret"}
        address = screen.value("webhook_url_not_https")
        assert address.startswith("http://home.example.org:8123/api/webhook/")

    async def test_internal_address_is_shown_without_external_url(
        self, hass: HomeAssistant, courier_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        await hass.config.async_update(external_url=None)
        screen = await self.shown(courier_flow, add_door)
        assert screen.value("webhook_url_not_https").startswith(
            "http://192.0.2.7:8123/"
        )

    async def test_path_is_shown_without_any_url(
        self, hass: HomeAssistant, courier_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        # Home Assistant serves TLS itself, under an unknown name.
        await async_setup_component(hass, "http", {})
        hass.config.api = ApiConfig("192.0.2.7", "192.0.2.7", 8123, use_ssl=True)
        await hass.config.async_update(external_url=None, internal_url=None)
        screen = await self.shown(courier_flow, add_door)
        assert screen.fields.keys() == {"webhook_path", "secret"}
        assert screen.value("webhook_path").startswith("/api/webhook/")


class TestPublicKeys:
    @pytest.mark.parametrize(
        ("text", "error"),
        [
            ("", "key_prefix"),
            ("1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", "key_prefix"),
            (new_secret(), "key_prefix"),
            ("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4", "key_encoding"),
            ("whpk_" + base64.b64encode(bytes(31)).decode(), "key_length"),
            (LOW_ORDER_KEY, "key_low_order"),
            (NO_POINT_KEY, "key_not_a_point"),
        ],
        ids=[
            "nothing",
            "no prefix",
            "a secret",
            "no padding",
            "too short",
            "low order",
            "no point",
        ],
    )
    async def test_invalid_public_key_is_refused(
        self,
        building: MockConfigEntry,
        courier_flow: FrontEnd,
        add_door: AddSubentry,
        text: str,
        error: str,
    ) -> None:
        add_door()
        await up_to_signing(courier_flow)
        screen = await courier_flow.submit(
            await courier_flow.choose("public_key"), public_key=text
        )
        assert screen.errors == {"public_key": error}
        assert not building.get_subentries_of_type("courier")
        screen = await courier_flow.submit(screen, public_key=PUBLIC_KEY)
        assert screen.type is FlowResultType.CREATE_ENTRY
