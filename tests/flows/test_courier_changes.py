from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.data_entry_flow import FlowResultType
import pytest

from .front_end import Screen
from .parts import OTHER_PUBLIC_KEY, PUBLIC_KEY, PartFlow

pytestmark = pytest.mark.usefixtures("addresses")
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
        assert {name: screen.value(name) for name in screen.fields} == {
            "name": "Parcels Ltd",
            "doors": [door.subentry_id],
            "longest_grant_hours": 12,
            "rate_per_minute": 60,
            "enabled": True,
        }
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
