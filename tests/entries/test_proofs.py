"""What is shown counts until the command, and by whose account it was made."""

import asyncio
from dataclasses import replace
from functools import partial

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import (
    Attitude,
    Grant,
    GrantKey,
    Proof,
)
from custom_components.courier_access.ledger.state.residents import Author
from tests.entries.test_unsigned import NOBODY, show
from tests.support.asked_phones import ASK, AskedPhone, PushService, asked_house
from tests.support.door_parts import Bolt
from tests.support.house import House, Sender, ask, until

KEY = GrantKey("courier-parcel-post", "G1")
LOBBY = "door-lobby"


def live(house: House) -> Grant:
    found = house.building.grants.live(KEY)
    assert found is not None
    return found


class TestRevokedWhileWaiting:
    """A no between the claim and the command wins."""

    async def entering(
        self, house: House, bolt: Bolt, freezer: FrozenDateTimeFactory, **shown: str
    ) -> asyncio.Task[dict[str, object]]:
        """Enter while an earlier lock command is under way."""
        bolt.hangs = asyncio.Event()
        freezer.tick(6)
        async_fire_time_changed(house.hass)
        await until(lambda: "lock" in bolt.names)
        entering = asyncio.create_task(
            ask(house, "request_entry", LOBBY, NOBODY, **shown)
        )
        await until(lambda: live(house).uses == 2)
        return entering

    async def refused(
        self, house: House, bolt: Bolt, entering: asyncio.Task[dict[str, object]]
    ) -> object:
        assert bolt.hangs is not None
        bolt.hangs.set()
        answer = await entering
        await house.settle()
        assert bolt.names.count("unlock") == 1
        return answer["reason"]

    @pytest.mark.parametrize("how", ["revoked", "vetoed"])
    async def test_pass(
        self,
        house: House,
        bolt: Bolt,
        sender: Sender,
        freezer: FrozenDateTimeFactory,
        how: str,
    ) -> None:
        building = house.building
        await sender.grant(units=("3B", "4A"), max_entries=3)
        ada = building.residents["resident-ada"]
        first = await building.passes.make(live(house), ada, Author())
        assert (await show(house, pin=first.pin))["decision"] == "admitted"
        made = await building.passes.make(live(house), ada, Author())
        entering = await self.entering(house, bolt, freezer, pin=made.pin)
        if how == "revoked":
            await building.passes.revoke(made.id, Author())
        else:
            await building.grants.veto(KEY, "3b", Author())
        assert await self.refused(house, bolt, entering) == how

    async def test_address_code(
        self,
        house: House,
        bolt: Bolt,
        sender: Sender,
        freezer: FrozenDateTimeFactory,
    ) -> None:
        building = house.building
        resident = building.residents["resident-ada"]
        rules = replace(
            building.rulebook.of(resident.id), default_proof=Proof.ADDRESS_CODE
        )
        await building.rulebook.change(resident, rules, Author())
        await sender.grant(max_entries=3)
        code = await building.passes.renew_address_code(resident, Author())
        assert (await show(house, address_code=code))["decision"] == "admitted"
        entering = await self.entering(house, bolt, freezer, address_code=code)
        await building.passes.renew_address_code(resident, Author())
        assert await self.refused(house, bolt, entering) == "revoked"


async def test_codes_of_a_disabled_account_open_nothing(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    asked = await asked_house(
        hass, hass_client_no_auth, service, {"Ada": "3B", "Ben": "3B"}
    )
    await asked.decide("Ada", replace(ASK, default=Attitude.ALLOW))
    weak = replace(ASK, default=Attitude.ALLOW, default_proof=Proof.ADDRESS_CODE)
    await asked.decide("Ben", weak)
    await asked.sender.grant("G1", max_entries=3, door="lobby")
    building = asked.house.building
    resident = building.residents["resident-ada"]
    author = Author(resident.user_id)
    made = await building.passes.make(live(asked.house), resident, author)
    code = await building.passes.renew_address_code(resident, author)
    await hass.auth.async_update_user(asked.people["Ada"], is_active=False)
    await asked.settle()
    for shown in ({"pin": made.pin}, {"address_code": code}):
        answer = await ask(asked.house, "request_entry", LOBBY, NOBODY, **shown)
        assert (answer["reason"], shown) == ("unknown_grant", shown)


def _was_asked(phone: AskedPhone, times: int) -> bool:
    return len(phone.questions) == times


def messages(phone: AskedPhone) -> list[str]:
    return [push["message"] for push in phone.pushes]


async def test_late_yes_to_a_signed_courier_opens_for_nobody_who_rings(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
    freezer: FrozenDateTimeFactory,
) -> None:
    asked = await asked_house(hass, hass_client_no_auth, service)
    await asked.sender.grant("G1", max_entries=5, door="lobby")
    phone = asked.phones["Ada"]
    assert (await asked.silence(freezer, "Ada")).body["reason"] == "no_answer"
    assert "Parcel Post is at Lobby and asks to be let in." in messages(phone)
    await phone.answer("Let in")
    await asked.settle()
    ringing = asyncio.create_task(
        ask(asked.house, "request_entry", LOBBY, NOBODY, ring=True)
    )
    await until(lambda: len(phone.questions) == 2)
    assert (
        messages(phone)[-1] == "Somebody is ringing at Lobby. Parcel Post is expected."
    )
    await phone.answer("Keep out")
    assert (await ringing)["reason"] == "declined"


async def test_rings_leave_couriers_their_questions(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
    freezer: FrozenDateTimeFactory,
) -> None:
    asked = await asked_house(hass, hass_client_no_auth, service)
    await asked.sender.grant("G1", max_entries=5, door="lobby")
    phone = asked.phones["Ada"]
    for number in range(3):
        ringing = asyncio.create_task(
            ask(asked.house, "request_entry", LOBBY, NOBODY, ring=True)
        )
        await until(partial(_was_asked, phone, number + 1))
        await phone.answer("Keep out")
        assert (await ringing)["reason"] == "declined"
        freezer.tick(600)
        async_fire_time_changed(hass)
        await asked.settle()
    assert (await asked.silence(freezer, "Ada")).body["reason"] == "no_answer"
    assert len(phone.questions) == 4
