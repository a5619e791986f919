"""Each home chooses when details of its visits are erased: panel, page, and action."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.web.websocket import DELAY
from tests.support.enqueued import enqueued
from tests.support.expecting import Expecting, expecting_house, move_mia_in
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    do,
    door,
    pass_time,
    resident,
)
from tests.support.pages import Visitor, token_of
from tests.support.people import acting, user
from tests.support.wires import Wire, connect

ADA = "resident-ada"
CHANGED = NotificationKind.ERASURE_CHANGED


@pytest.fixture
async def at(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> Expecting:
    return await expecting_house(hass, hass_client_no_auth, hass_ws_client)


async def choose(wire: Wire, days: int | None, who: str = ADA) -> None:
    given = {} if days is None else {"days": days}
    await wire.result("erasure/choose", resident=who, **given)


async def erasure_of(wire: Wire, who: str = ADA) -> Any:
    """Return what somebody's panel shows of when a resident's details are erased."""
    overview = await wire.ask_anywhere("overview")
    [building] = overview["result"]["buildings"]
    shown = {each["resident"]: each["erasure"] for each in building["residents"]}
    return shown.get(who)


class TestPanel:
    async def test_resident_chooses_and_leaves_it_to_the_building_again(
        self, at: Expecting
    ) -> None:
        assert await erasure_of(at.ada) == {"days": 30, "chosen": None}
        await choose(at.ada, 90)
        assert await erasure_of(at.ada) == {"days": 90, "chosen": 90}
        await at.house.reload()
        assert await erasure_of(at.ada) == {"days": 90, "chosen": 90}
        await choose(at.ada, None)
        assert await erasure_of(at.ada) == {"days": 30, "chosen": None}

    async def test_choices_soon_after_each_other_are_combined(
        self, at: Expecting, hass: HomeAssistant, freezer: FrozenDateTimeFactory
    ) -> None:
        for days in (60, 50, 40):
            await choose(at.ada, days)
            await at.house.settle()
        at.house.told.clear()

        await pass_time(hass, freezer, 301)
        await at.house.settle()

        [(name, text)] = at.house.told
        assert name == "Ada"
        assert "erased after 40 days, before that after 60." in text

    @pytest.mark.parametrize("days", [6, 91, 0, -7, "many"])
    async def test_other_numbers_of_days_are_refused(
        self, at: Expecting, days: object
    ) -> None:
        answer = await at.ada.ask("erasure/choose", resident=ADA, days=days)
        assert answer["error"]["code"] == "invalid_format"
        assert await erasure_of(at.ada) == {"days": 30, "chosen": None}

    async def test_shortest_wish_in_a_home_counts_and_the_home_is_notified(
        self,
        at: Expecting,
        hass: HomeAssistant,
        hass_ws_client: WebSocketGenerator,
        freezer: FrozenDateTimeFactory,
    ) -> None:
        mia = await move_mia_in(at, hass, hass_ws_client)
        await at.people.confirm(at.house, "Mia", "Ada")
        await at.house.settle()
        at.house.told.clear()

        await choose(at.ada, 60)
        await at.house.settle()
        said = "Details of visits to your home are now erased after 60 days, before that after 30."
        told = {name: text for name, text in at.house.told if text.startswith(said)}
        assert set(told) >= {"Mia"}
        assert await erasure_of(mia, "resident-mia") == {"days": 60, "chosen": None}

        # A longer wish changes nothing, so nobody is notified.
        await choose(mia, 90, "resident-mia")
        assert await erasure_of(at.ada) == {"days": 60, "chosen": 60}
        assert len(await enqueued(at.house, CHANGED)) == 1
        await choose(mia, 7, "resident-mia")
        assert await erasure_of(at.ada) == {"days": 7, "chosen": 60}
        details = [each.details for each in await enqueued(at.house, CHANGED)]
        assert details == [
            {"days": "60", "earlier_days": "30"},
            {"days": "7", "earlier_days": "60"},
        ]
        await pass_time(hass, freezer, DELAY)

    async def test_nobody_chooses_for_others_and_a_pending_resident_chooses_nothing(
        self, at: Expecting, hass: HomeAssistant, hass_ws_client: WebSocketGenerator
    ) -> None:
        mia = await move_mia_in(at, hass, hass_ws_client)
        refused = ("unauthorized", "not_allowed_choose_erasure")
        asked = {"resident": "resident-mia", "days": 7}
        assert await mia.refusal("erasure/choose", **asked) == refused
        admin = await user(hass, "Lea", admin=True)
        for someone in (admin, at.people["Mia"], at.people["Cleo"]):
            wire = await connect(hass, at.house, hass_ws_client, someone)
            asked = {"resident": ADA, "days": 7}
            assert await wire.refusal("erasure/choose", **asked) == refused
            assert await erasure_of(wire) is None
        assert at.house.building.rulebook.erasure_wishes == {}

    async def test_action_chooses_for_its_caller_only(self, at: Expecting) -> None:
        ada = acting(at.people["Ada"])
        await do(at.house, "choose_erasure", ada, ADA, days=14)
        assert await erasure_of(at.ada) == {"days": 14, "chosen": 14}
        for context in (acting(at.people["Cleo"]), acting(None)):
            with pytest.raises(ServiceValidationError) as refused:
                await do(at.house, "choose_erasure", context, ADA, days=7)
            assert refused.value.translation_key == "not_allowed_choose_erasure"
        await do(at.house, "choose_erasure", ada, ADA)
        assert await erasure_of(at.ada) == {"days": 30, "chosen": None}


class TestPersonalPage:
    @pytest.fixture
    async def house(self, hass: HomeAssistant) -> House:
        residents = resident("Ada", "3B"), resident("Bob", "4C")
        return await build(hass, door(), courier(), *residents)

    @pytest.fixture
    def ada(self, house: House, sender: Sender) -> Visitor:
        return Visitor(sender.client, token_of(house, "Ada"))

    @pytest.fixture
    def bob(self, house: House, sender: Sender) -> Visitor:
        return Visitor(sender.client, token_of(house, "Bob"))

    async def test_days_of_ones_own_home_are_chosen_and_stated_everywhere(
        self, house: House, ada: Visitor, bob: Visitor
    ) -> None:
        said = await ada.do("choose_erasure", at="?data", days="7")
        assert said.form("choose_erasure")["days"] == "7"
        for shown in (said, await ada.ask(query="?about")):
            lines = " ".join(shown.lines)
            assert "who decided are erased after 7 days" in lines
            assert "while they're in effect and for 30 days after that" in lines
        about = " ".join((await ada.ask(query="?about")).lines)
        assert "The home, parcel, and driver are erased after 7 days." in about
        assert "Your rules are erased 30 days after you change them." in about
        assert "Chosen when details of visits are erased." in about
        bobs = " ".join((await bob.ask(query="?data")).lines)
        assert "who decided are erased after 30 days" in bobs

        said = await ada.do("choose_erasure", at="?data", days="")
        assert said.form("choose_erasure")["days"] == ""
        assert house.building.rulebook.erasure_wishes == {}

    @pytest.mark.parametrize("days", ["6", "91", "7.5", "many", "-7"])
    async def test_other_values_are_no_form_of_the_page(
        self, house: House, ada: Visitor, days: str
    ) -> None:
        answer = await ada.send({"do": "choose_erasure", "days": days})
        assert answer.status == 400
        assert house.building.rulebook.erasure_wishes == {}
