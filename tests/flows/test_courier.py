import base64
from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.http import ApiConfig
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.setup import async_setup_component
import pytest

from custom_components.courier_access.contract.signature import (
    Version,
    new_secret,
    parse_key,
)

from .front_end import LANGUAGES, Screen, translations
from .parts import OTHER_PUBLIC_KEY, PUBLIC_KEY, PartFlow, up_to_signing

pytestmark = pytest.mark.usefixtures("addresses")
LOW_ORDER_KEY = "whpk_" + base64.b64encode(bytes(32)).decode()
NO_POINT_KEY = "whpk_" + base64.b64encode(bytes([2, *bytes(31)])).decode()


async def test_courier_with_shared_secret_is_added(courier_flow: PartFlow) -> None:
    front, back = (
        courier_flow.add_door(),
        courier_flow.add_door(name="Back door", key="back"),
    )
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
    assert screen.options == ["unsigned", "secret", "public_key"]
    screen = await courier_flow.choose("secret")
    secret = screen.placeholders["secret"]
    address = screen.placeholders["addresses"].strip("`")
    assert screen.fields == {}
    assert parse_key(secret).version is Version.V1
    # Nothing is saved before the last step.
    assert not courier_flow.existing
    screen = await courier_flow.submit(screen)
    assert screen.type is FlowResultType.CREATE_ENTRY
    webhook_id = address.removeprefix("https://home.example.org/api/webhook/")
    assert len(webhook_id) == 64
    kept = {
        "doors": [back.subentry_id],
        "longest_grant_hours": 24,
        "rate_per_minute": 600,
        "enabled": True,
        "webhook_id": webhook_id,
        "keys": [{"key": secret, "ends_at": None}],
    }
    courier_flow.has_only("Parcels Ltd", kept, webhook_id)


async def test_key_and_address_are_text_to_copy(courier_flow: PartFlow) -> None:
    """Read-only fields are cut off and can't be copied on a phone."""
    courier = courier_flow.add_courier(
        name="Letters Ltd", doors=[courier_flow.add_door().subentry_id]
    )
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
    assert screen.fields.keys() <= {"public_key", "old_key"}
    assert screen.placeholders["addresses"].strip("`").startswith("https://")
    assert bool(screen.placeholders["secret"]) is ("secret" in texts)
    for language in LANGUAGES:
        steps = translations(language)["config_subentries"]["courier"]["step"]
        for text in texts:
            placeholder = f"`{{{text}}}`" if text == "secret" else f"{{{text}}}"
            assert f"\n\n{placeholder}" in steps[screen.step]["description"]


async def test_courier_with_public_key_is_added(courier_flow: PartFlow) -> None:
    courier_flow.add_door()
    await up_to_signing(courier_flow)
    screen = await courier_flow.choose("public_key")
    assert screen.fields.keys() == {"public_key"}
    await courier_flow.submit(screen, public_key=f" {PUBLIC_KEY}\n")
    assert courier_flow.only().data["keys"] == [{"key": PUBLIC_KEY, "ends_at": None}]


async def test_courier_without_messages_gets_no_key_until_it_needs_one(
    courier_flow: PartFlow,
) -> None:
    courier_flow.add_door()
    await up_to_signing(courier_flow)
    await courier_flow.choose("unsigned")
    courier = courier_flow.only()
    assert courier.data["keys"] == []

    screen = await courier_flow.change(courier.subentry_id)
    assert screen.shown["menu_options"] == ["details", "add_key"]
    await courier_flow.choose("add_key")
    screen = await courier_flow.choose("new_secret")
    assert "old_key" not in screen.fields
    secret = screen.placeholders["secret"]
    assert (await courier_flow.submit(screen)).reason == "reconfigure_successful"
    assert courier_flow.only().data["keys"] == [{"key": secret, "ends_at": None}]


async def test_secret_stays_the_same_while_form_is_open(courier_flow: PartFlow) -> None:
    courier_flow.add_door()
    await up_to_signing(courier_flow)
    screen = await courier_flow.choose("secret")
    assert await courier_flow.go_on(screen.shown["flow_id"]) == screen


async def test_each_courier_gets_its_own_secret_and_address(
    courier_flow: PartFlow,
) -> None:
    courier_flow.add_door()
    shown = set()
    for name in ("One", "Two"):
        await up_to_signing(courier_flow, name=name)
        screen = await courier_flow.choose("secret")
        shown |= {screen.placeholders["secret"], screen.placeholders["addresses"]}
    assert len(shown) == 4


async def test_abandoned_flow_saves_nothing(
    hass: HomeAssistant, courier_flow: PartFlow
) -> None:
    courier_flow.add_door()
    await up_to_signing(courier_flow)
    screen = await courier_flow.choose("secret")
    hass.config_entries.subentries.async_abort(screen.shown["flow_id"])
    assert not courier_flow.existing


async def test_limits_have_defaults_and_a_door_is_suggested_if_there_is_only_one(
    courier_flow: PartFlow,
) -> None:
    screen = await courier_flow.add()
    assert (screen.type, screen.reason) == (FlowResultType.ABORT, "no_doors")

    door = courier_flow.add_door()
    screen = await courier_flow.add()
    assert {name: screen.value(name) for name in screen.fields} == {
        "name": None,
        "doors": [door.subentry_id],
        "longest_grant_hours": 12,
        "rate_per_minute": 60,
    }
    courier_flow.add_door(name="Back door", key="back")
    assert (await courier_flow.add()).value("doors") is None


async def test_wrong_details_are_refused(courier_flow: PartFlow) -> None:
    courier_flow.add_door()
    courier_flow.add_courier()
    for field, value, error in (
        ("doors", [], "doors_none"),
        ("name", "  ", "name_blank"),
        ("name", "PARCELS ltd", "name_taken"),
        ("name", "parcels-ltd.", "name_taken"),
        ("name", "P\u0430rcels", "name_mixed"),
    ):
        screen = await up_to_signing(courier_flow, **{"name": "New"} | {field: value})
        assert screen.errors == {field: error}, value


async def test_limits_have_bounds(courier_flow: PartFlow) -> None:
    courier_flow.add_door()
    for field, least, most in (
        ("longest_grant_hours", 1, 72),
        ("rate_per_minute", 1, 6000),
    ):
        for value in (least, most):
            screen = await up_to_signing(courier_flow, **{field: value})
            assert screen.type is FlowResultType.MENU, (field, value)
        for value in (least - 1, most + 1):
            with pytest.raises(InvalidData):
                await up_to_signing(courier_flow, **{field: value})


async def shown_with_secret(flow: PartFlow) -> Screen:
    flow.add_door()
    await up_to_signing(flow)
    return await flow.choose("secret")


@pytest.mark.parametrize(
    ("external", "internal", "problem"),
    [
        ("http://home.example.org:8123", None, "address_not_https"),
        (None, "http://192.0.2.7:8123", "address_not_https"),
        # Home Assistant serves TLS itself, under an unknown name.
        (None, None, "address_path"),
    ],
    ids=["no https", "internal only", "no address"],
)
async def test_the_address_that_there_is_is_shown(
    hass: HomeAssistant,
    courier_flow: PartFlow,
    external: str | None,
    internal: str | None,
    problem: str,
) -> None:
    if internal is None:
        await async_setup_component(hass, "http", {})
        hass.config.api = ApiConfig("192.0.2.7", "192.0.2.7", 8123, use_ssl=True)
    await hass.config.async_update(external_url=external, internal_url=internal)
    screen = await shown_with_secret(courier_flow)
    assert screen.errors == {"base": problem}
    path = f"/api/webhook/{screen.placeholders['webhook_id']}"
    assert screen.placeholders["addresses"] == f"`{external or internal or ''}{path}`"
    screen = await courier_flow.submit(screen)
    assert screen.type is FlowResultType.CREATE_ENTRY


async def test_invalid_public_key_is_refused(courier_flow: PartFlow) -> None:
    courier_flow.add_door()
    await up_to_signing(courier_flow)
    screen = await courier_flow.choose("public_key")
    for text, error in (
        ("", "key_prefix"),
        (PUBLIC_KEY.removeprefix("whpk_"), "key_prefix"),
        (new_secret(), "key_prefix"),
        (PUBLIC_KEY.rstrip("="), "key_encoding"),
        ("whpk_" + base64.b64encode(bytes(31)).decode(), "key_length"),
        (LOW_ORDER_KEY, "key_low_order"),
        (NO_POINT_KEY, "key_not_a_point"),
    ):
        screen = await courier_flow.submit(screen, public_key=text)
        assert screen.errors == {"public_key": error}, text
    assert not courier_flow.existing
    screen = await courier_flow.submit(screen, public_key=PUBLIC_KEY)
    assert screen.type is FlowResultType.CREATE_ENTRY


NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class TestReconfigure:
    async def test_changing_details_keeps_other_data(
        self, courier_flow: PartFlow
    ) -> None:
        door = courier_flow.add_door()
        courier = courier_flow.add_courier(
            doors=[door.subentry_id, "a door that was removed"]
        )
        before = courier.data
        screen = await courier_flow.change(courier.subentry_id)
        assert screen.options == ["details", "rotate", "address"]
        screen = await courier_flow.choose("details")
        # Who changes a courier mostly renames or disables it; its limits come last.
        assert [(name, screen.value(name)) for name in screen.fields] == [
            ("name", "Parcels Ltd"),
            ("enabled", True),
            ("doors", [door.subentry_id]),
            ("longest_grant_hours", 12),
            ("rate_per_minute", 60),
        ]
        screen = await courier_flow.submit(screen, name="Parcels SA", enabled=False)
        assert screen.reason == "reconfigure_successful"
        changed = {**before, "doors": [door.subentry_id], "enabled": False}
        courier_flow.has_only("Parcels SA", changed, before["webhook_id"])

    async def test_changed_details_are_validated(self, courier_flow: PartFlow) -> None:
        door = courier_flow.add_door()
        courier_flow.add_courier(name="Letters Ltd", webhook_id="1" * 64)
        courier = courier_flow.add_courier(doors=[door.subentry_id])
        await courier_flow.change(courier.subentry_id)
        screen = await courier_flow.choose("details")
        screen = await courier_flow.submit(screen, name="letters ltd", doors=[])
        assert screen.errors == {"name": "name_taken", "doors": "doors_none"}
        assert screen.value("name") == "letters ltd"

    async def test_address_is_shown_again_but_key_is_not(
        self, courier_flow: PartFlow
    ) -> None:
        courier = courier_flow.add_courier(doors=[courier_flow.add_door().subentry_id])
        key = courier.data["keys"][0]["key"]
        menu = await courier_flow.change(courier.subentry_id)
        screen = await courier_flow.choose("address")
        assert screen.fields == {}
        assert (
            screen.placeholders["addresses"]
            == f"`https://home.example.org/api/webhook/{'0' * 64}`"
        )
        assert key not in str(menu.shown) + str(screen.shown)
        screen = await courier_flow.submit(screen)
        assert (screen.type, screen.reason) == (FlowResultType.ABORT, "address_shown")
        for option in ("details", "rotate"):
            await courier_flow.change(courier.subentry_id)
            assert key not in str((await courier_flow.choose(option)).shown)


class TestRotatingKeys:
    @pytest.fixture(autouse=True)
    def at_noon(self, freezer: FrozenDateTimeFactory) -> None:
        freezer.move_to(NOW)

    async def up_to(self, flow: PartFlow, courier_id: str, option: str) -> Screen:
        await flow.change(courier_id)
        assert (await flow.choose("rotate")).options == ["new_secret", "new_public_key"]
        return await flow.choose(option)

    async def test_old_key_is_valid_for_a_day(self, courier_flow: PartFlow) -> None:
        courier = courier_flow.add_courier()
        old = courier.data["keys"][0]["key"]
        screen = await self.up_to(courier_flow, courier.subentry_id, "new_secret")
        assert screen.fields.keys() == {"old_key"}
        assert "0" * 64 in screen.placeholders["addresses"]
        new = screen.placeholders["secret"]
        assert new != old
        assert courier_flow.only().data["keys"] == [{"key": old, "ends_at": None}]
        screen = await courier_flow.submit(screen)
        assert screen.reason == "reconfigure_successful"
        assert courier_flow.only().data["keys"] == [
            {"key": new, "ends_at": None},
            {"key": old, "ends_at": "2026-11-25T12:00:00+00:00"},
        ]

    async def test_leaked_key_can_end_at_once(self, courier_flow: PartFlow) -> None:
        courier = courier_flow.add_courier()
        screen = await self.up_to(courier_flow, courier.subentry_id, "new_secret")
        await courier_flow.submit(screen, old_key="end_now")
        assert courier_flow.only().data["keys"] == [
            {"key": screen.placeholders["secret"], "ends_at": None}
        ]

    async def test_courier_can_switch_to_public_key(
        self, courier_flow: PartFlow
    ) -> None:
        courier = courier_flow.add_courier()
        old = courier.data["keys"][0]["key"]
        screen = await self.up_to(courier_flow, courier.subentry_id, "new_public_key")
        screen = await courier_flow.submit(screen, public_key="whpk_")
        assert screen.errors == {"public_key": "key_length"}
        await courier_flow.submit(screen, public_key=PUBLIC_KEY)
        keys = courier_flow.only().data["keys"]
        assert [key["key"] for key in keys] == [PUBLIC_KEY, old]

    async def test_current_public_key_is_refused_as_new(
        self, courier_flow: PartFlow
    ) -> None:
        courier = courier_flow.add_courier(keys=[{"key": PUBLIC_KEY, "ends_at": None}])
        screen = await self.up_to(courier_flow, courier.subentry_id, "new_public_key")
        screen = await courier_flow.submit(screen, public_key=PUBLIC_KEY)
        assert screen.errors == {"public_key": "key_known"}

    async def test_rotating_again_ends_oldest_key(self, courier_flow: PartFlow) -> None:
        ends_at = (NOW + timedelta(hours=3)).isoformat()
        courier = courier_flow.add_courier(
            keys=[
                {"key": PUBLIC_KEY, "ends_at": None},
                {"key": "whsec_" + "A" * 32, "ends_at": ends_at},
            ]
        )
        await courier_flow.change(courier.subentry_id)
        screen = await courier_flow.choose("rotate")
        assert screen.step == "rotate_again"
        assert await courier_flow.go_on(screen.shown["flow_id"]) == screen
        screen = await courier_flow.choose("new_public_key")
        await courier_flow.submit(screen, public_key=OTHER_PUBLIC_KEY)
        assert courier_flow.only().data["keys"] == [
            {"key": OTHER_PUBLIC_KEY, "ends_at": None},
            {"key": PUBLIC_KEY, "ends_at": "2026-11-25T12:00:00+00:00"},
        ]

    async def test_expired_key_is_not_active(self, courier_flow: PartFlow) -> None:
        ended = {"key": OTHER_PUBLIC_KEY, "ends_at": NOW.isoformat()}
        courier = courier_flow.add_courier(
            keys=[{"key": PUBLIC_KEY, "ends_at": None}, ended]
        )
        assert (
            "end_old_key"
            not in (await courier_flow.change(courier.subentry_id)).options
        )
        assert (await courier_flow.choose("rotate")).step == "rotate"

    async def test_old_key_can_be_ended_early(self, courier_flow: PartFlow) -> None:
        ends_at = (NOW + timedelta(hours=3)).isoformat()
        keys = [
            {"key": PUBLIC_KEY, "ends_at": None},
            {"key": OTHER_PUBLIC_KEY, "ends_at": ends_at},
        ]
        courier = courier_flow.add_courier(keys=keys)
        screen = await courier_flow.change(courier.subentry_id)
        assert screen.options == ["details", "rotate", "end_old_key", "address"]
        screen = await courier_flow.choose("end_old_key")
        assert not screen.fields
        assert courier_flow.only().data["keys"] == keys
        await courier_flow.submit(screen)
        assert courier_flow.only().data["keys"] == keys[:1]
