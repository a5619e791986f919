"""Test couriers' addresses through Home Assistant Cloud."""

from collections.abc import AsyncGenerator
import json

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.home_assistant.issues import IssueKind
from tests.flows.front_end import FrontEnd, Screen
from tests.support.clouds import HomeCloud
from tests.support.house import (
    House,
    Sender,
    across_the_street,
    build,
    courier,
    door,
    pass_time,
    resident,
)

COURIER, HOOK = "courier-parcel-post", "webhook-of-parcel-post"
OWN = "https://elm.example"


@pytest.fixture
async def cloud(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[HomeCloud]:
    home = await HomeCloud.set_up(hass, monkeypatch)
    await home.log_in()
    yield home
    await home.disconnect()


@pytest.fixture
async def house(hass: HomeAssistant, cloud: HomeCloud) -> House:
    await hass.config.async_update(internal_url="http://192.0.2.7:8123")
    return await build(hass)


def issues(hass: HomeAssistant) -> list[str]:
    """Return the couriers with a repair issue."""
    return sorted(
        str((issue.translation_placeholders or {})["courier"])
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN
        and issue.translation_key == IssueKind.CLOUD_ADDRESS_GONE
    )


def stored_address(house: House) -> str | None:
    """Return the address stored as the courier's only one."""
    kept: str | None = house.entry.subentries[COURIER].data.get("cloudhook_url")
    return kept


def flow_of(house: House) -> FrontEnd:
    return FrontEnd(house.hass, house.entry, "courier")


async def show_again(house: House) -> Screen:
    flow = flow_of(house)
    await flow.change(COURIER)
    screen = await flow.choose("address")
    done = await flow.submit(screen)
    assert (done.type, done.reason) == (FlowResultType.ABORT, "address_shown")
    await house.settle()
    return screen


def address_on(screen: Screen) -> str:
    """Return the only address that a screen shows."""
    return screen.placeholders["addresses"].strip("`")


async def add(house: House) -> tuple[FrontEnd, Screen]:
    """Open a new courier's flow up to the step with its address."""
    flow = flow_of(house)
    await flow.submit(await flow.add(), name="Letters Ltd", doors=["door-lobby"])
    return flow, await flow.choose("secret")


class TestOffered:
    async def test_new_courier_gets_it_without_another_external_address(
        self, house: House, cloud: HomeCloud
    ) -> None:
        flow, screen = await add(house)

        assert screen.errors == {}
        shown = screen.shown["description_placeholders"]
        assert shown["addresses"] == f"`{cloud.made[0]}`"
        assert (await flow.submit(screen)).type is FlowResultType.CREATE_ENTRY
        await house.settle()
        new = next(
            each
            for each in house.entry.subentries.values()
            if each.title == "Letters Ltd"
        )
        assert new.data["cloudhook_url"] == cloud.made[0]
        assert cloud.hooks == {new.data["webhook_id"]: cloud.made[0]}
        assert shown["webhook_id"] == new.data["webhook_id"]
        assert issues(house.hass) == []

    async def test_own_https_address_and_cloud_address_are_both_shown(
        self, house: House, cloud: HomeCloud
    ) -> None:
        await house.hass.config.async_update(external_url=OWN)

        screen = await show_again(house)

        assert screen.shown["description_placeholders"]["addresses"] == (
            f"`{OWN}/api/webhook/{HOOK}`\n\n`{cloud.made[0]}`"
        )
        assert stored_address(house) is None

    async def test_cloud_address_is_kept(self, house: House, cloud: HomeCloud) -> None:
        first, again = await show_again(house), await show_again(house)

        assert address_on(first) == address_on(again)
        assert len(cloud.made) == 1
        assert stored_address(house) == cloud.made[0]

    async def test_own_address_is_shown_without_cloud(
        self, house: House, cloud: HomeCloud
    ) -> None:
        for why in ("logged out", "disconnected", "not paid", "at fault"):
            await cloud.log_in(
                until="2020-01-01" if why == "not paid" else "2099-01-01"
            )
            cloud.fault = TimeoutError() if why == "at fault" else None
            if why == "logged out":
                await cloud.log_out()
            elif why == "disconnected":
                await cloud.disconnect()

            screen = await show_again(house)

            assert screen.errors == {"base": "address_not_https"}, why
            assert cloud.made == [], why

    async def test_only_a_canceled_courier_takes_its_cloud_address_along(
        self, house: House, cloud: HomeCloud
    ) -> None:
        await show_again(house)
        flow = flow_of(house)
        await flow.change(COURIER)
        viewed = await flow.choose("address")
        _, added = await add(house)
        assert len(cloud.hooks) == 2

        for screen in (viewed, added):
            house.hass.config_entries.subentries.async_abort(screen.shown["flow_id"])
            await house.settle()

        assert cloud.hooks == {HOOK: cloud.made[0]}


class TestUsed:
    async def test_cloud_request_works_like_a_plain_one_with_all_in_the_body(
        self,
        house: House,
        cloud: HomeCloud,
        hass_client_no_auth: ClientSessionGenerator,
    ) -> None:
        plain = Sender(await hass_client_no_auth())
        address = address_on(await show_again(house))
        await plain.grant()

        def letter(message_id: str, **data: object) -> tuple[str, dict[str, str]]:
            kind = str(data.pop("kind", "entry.requested"))
            body = json.dumps(
                {"type": kind, "timestamp": dt_util.utcnow().isoformat(), "data": data}
            )
            return body, plain.headers(body, message_id=message_id)

        entering = letter("msg_1", grant_id="G1")
        entered = await cloud.deliver(address, *entering)
        again = await cloud.deliver(address, *entering)
        assert (entered.status, entered.body["decision"]) == (200, "admitted")
        assert again.body == entered.body | {"replayed": True}
        house.hass.config_entries.async_update_subentry(
            house.entry,
            house.entry.subentries[COURIER],
            data={**house.entry.subentries[COURIER].data, "rate_per_minute": 1},
        )
        await house.settle()
        pings = [
            await cloud.deliver(address, *letter(f"p{n}", kind="ping"))
            for n in range(60)
        ]
        limited = pings[-1]
        assert (limited.status, limited.problem) == (429, "rate_limited")
        assert limited.body["retry_after"] > 0
        # No other headers of the reply are passed on.
        assert limited.headers.keys() == {"Content-Type"}

    async def test_former_address_decides_nothing(
        self, house: House, cloud: HomeCloud
    ) -> None:
        address = address_on(await show_again(house))
        house.hass.config_entries.async_remove_subentry(house.entry, COURIER)
        await house.settle()

        assert (await cloud.deliver(address, "{}", {})).body == {}


class TestDeleted:
    @pytest.mark.parametrize("state", ["connected", "disconnected", "logged out"])
    async def test_cloud_address_is_deleted_with_the_courier(
        self, house: House, cloud: HomeCloud, state: str
    ) -> None:
        await show_again(house)
        if state != "connected":
            await (cloud.disconnect() if state == "disconnected" else cloud.log_out())
        assert HOOK in cloud.hooks

        house.hass.config_entries.async_remove_subentry(house.entry, COURIER)
        await house.settle()

        assert cloud.hooks == {}
        assert issues(house.hass) == []

    async def test_cloud_addresses_are_deleted_with_their_building_only(
        self, hass: HomeAssistant, house: House, cloud: HomeCloud
    ) -> None:
        await show_again(house)
        street = await build(hass, *across_the_street(), title="Across")
        flow = flow_of(street)
        await flow.change("courier-other-post")
        await flow.submit(await flow.choose("address"))
        await street.settle()
        assert len(cloud.hooks) == 2

        await hass.config_entries.async_remove(house.entry.entry_id)
        await street.settle()

        assert cloud.hooks.keys() == {"webhook-of-other-post"}

    async def test_courier_is_removed_without_cloud(self, hass: HomeAssistant) -> None:
        house = await build(hass)
        hass.config_entries.async_remove_subentry(house.entry, COURIER)
        await house.settle()
        assert COURIER not in house.entry.subentries


class TestRepairIssue:
    async def test_lost_connection_is_not_shown(
        self, house: House, cloud: HomeCloud, freezer: FrozenDateTimeFactory
    ) -> None:
        await show_again(house)
        await cloud.disconnect()
        await pass_time(house.hass, freezer, 3601)
        assert issues(house.hass) == []

        await cloud.connect()
        assert issues(house.hass) == []
        assert cloud.hooks == {HOOK: stored_address(house)}

    async def test_cloud_logout_is_shown_until_login(
        self, house: House, cloud: HomeCloud
    ) -> None:
        await show_again(house)

        await cloud.log_out()
        assert issues(house.hass) == ["Parcel Post"]
        # A reloaded building checks again.
        assert await house.hass.config_entries.async_reload(house.entry.entry_id)
        await house.settle()
        assert issues(house.hass) == ["Parcel Post"]

        await cloud.log_in()
        assert issues(house.hass) == []

    async def test_ended_subscription_is_found_within_an_hour(
        self, house: House, cloud: HomeCloud, freezer: FrozenDateTimeFactory
    ) -> None:
        await show_again(house)
        await cloud.log_in(until="2020-01-01")
        await pass_time(house.hass, freezer, 3601)

        assert issues(house.hass) == ["Parcel Post"]

    async def test_replaced_address_is_shown_until_the_new_one_was_viewed(
        self, house: House, cloud: HomeCloud
    ) -> None:
        await show_again(house)
        # Another account logged in, so the first one's address is gone.
        await cloud.cloud.client.async_cloudhooks_update({})
        await cloud.connect()
        assert issues(house.hass) == ["Parcel Post"]

        screen = await show_again(house)

        assert address_on(screen) == cloud.made[1] == stored_address(house)
        assert issues(house.hass) == []

    async def test_viewing_own_address_instead_clears_the_issue(
        self, house: House, cloud: HomeCloud
    ) -> None:
        await show_again(house)
        await cloud.log_out()
        await show_again(house)
        assert issues(house.hass) == ["Parcel Post"]

        await house.hass.config.async_update(external_url=OWN)
        await show_again(house)

        assert (issues(house.hass), stored_address(house)) == ([], None)

    async def test_nothing_is_shown_during_startup(self, hass: HomeAssistant) -> None:
        hass.set_state(CoreState.starting)
        through_cloud = courier(cloudhook_url="https://hooks.example/hook-1")
        house = await build(hass, door(), through_cloud, resident())
        assert issues(hass) == []

        hass.set_state(CoreState.running)
        hass.bus.async_fire("homeassistant_started")
        await house.settle()

        # The cloud integration is missing.
        assert issues(hass) == ["Parcel Post"]
