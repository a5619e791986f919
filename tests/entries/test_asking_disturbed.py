"""Test a question that is disturbed at every await, also those of the answer."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import override

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant, ServiceCall
import orjson
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.entries.request import WAITS, At
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.notifications.actions import EVENT_ACTION
from custom_components.courier_access.notifications.targets import CLEAR
from tests.support.asked_phones import ASK
from tests.support.disturbing import COURIER, Coming, Doorstep, SlowBolt
from tests.support.door_parts import install_bolt
from tests.support.house import (
    Sender,
    build,
    courier,
    door,
    entries_of,
    pass_time,
    resident,
)
from tests.support.people import People, acting
from tests.support.phones import register_phone

AWAITS = {"Let in": 19, "Keep out": 10, None: 6}
"""How many awaits there are at the least, by what is answered; but for a yes from when the question shows."""

TOLD = {"admitted": ("Ada", "Cleo"), "refused": ("Ada",)}

PATIENCE = 21 * 60
"""Seconds between two couriers, so that a unit is asked about no more than six in an hour."""


EXPECTED = {
    "Let in": ("admitted", "ok", "opened"),
    "Keep out": ("refused", "declined", None),
    None: ("refused", "no_answer", None),
}
LET_GO = ("refused", "no_answer", None)
"""What becomes of an entry that waits for an answer when its building is unloaded."""


@dataclass(slots=True)
class Phone:
    """Ada's phone, on which a question is answered as soon as it shows, or waited for in vain."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    user: User
    answer: str | None = None
    asked: int = 0
    showing: set[str] = field(default_factory=set)

    async def take(self, call: ServiceCall) -> None:
        """Take a push, as the app's own action does after some turns of the loop."""
        data = call.data["data"]
        await asyncio.sleep(0)
        if call.data["message"] == CLEAR:
            self.showing.discard(data["tag"])
            return
        buttons = {button["title"]: button["action"] for button in data["actions"]}
        if "Let in" not in buttons:
            return
        self.asked += 1
        self.showing.add(data["tag"])
        self.hass.loop.call_soon(self._answer, buttons)
        await asyncio.sleep(0)

    def _answer(self, buttons: dict[str, str]) -> None:
        if self.answer is not None:
            pressed = {"action": buttons[self.answer]}
            self.hass.bus.async_fire(EVENT_ACTION, pressed, context=acting(self.user))
        else:
            self.freezer.tick(WAITS[At.SENDER])
            async_fire_time_changed(self.hass)


@dataclass(slots=True)
class AskingDoorstep(Doorstep):
    """A doorstep where Ada is asked; what happens before is the same whatever she answers."""

    phone: Phone

    @override
    def counts(self) -> bool:
        return self.phone.answer == "Let in" or self.phone.asked > 0


@pytest.fixture
async def step(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    aioclient_mock: AiohttpClientMocker,
    monkeypatch: pytest.MonkeyPatch,
) -> AskingDoorstep:
    people, bolt = People(hass), SlowBolt()
    await people.move_in("Ada")
    await register_phone(hass, aioclient_mock, people["Ada"].id, "Ada")
    phone = Phone(hass, freezer, people["Ada"])
    hass.services.async_remove("notify", "mobile_app_ada")
    hass.services.async_register("notify", "mobile_app_ada", phone.take)
    over = [{"kind": "action", "value": "notify.ada"}, {"kind": "person_apps"}]
    house = await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        courier(rate_per_minute=6000),
        resident("Ada", "3B", None, person=people.person("Ada"), targets=over),
        resident("Cleo", "4A"),
    )
    ada = house.building.residents["resident-ada"]
    await house.building.rulebook.change(ada, ASK, Author(people["Ada"].id))
    await house.settle()
    sender = Sender(await hass_client_no_auth())
    return AskingDoorstep(house, bolt, sender, freezer, monkeypatch, phone)


async def grant(step: AskingDoorstep, number: int) -> str:
    """Let a courier have a grant to come on; return what it then sends."""
    await pass_time(step.house.hass, step.freezer, PATIENCE)
    await step.house.settle()
    assert step.phone.showing == set()
    await step.sender.grant(f"G{number}", max_entries=3)
    await step.house.settle()
    step.begin()
    step.phone.asked = 0
    return step.body("entry.requested", {"grant_id": f"G{number}"})


async def became(
    step: AskingDoorstep, number: int
) -> list[tuple[str, str | None, str | None]]:
    """Return what became of the entries on a grant."""
    return [
        (entry.decision, entry.reason, entry.outcome)
        for entry in await entries_of(step.house.building, 200)
        if entry.personal["grant_id"] == f"G{number}"
    ]


def told(of: Sequence[tuple[str, str | None, str | None]]) -> list[str]:
    """Return who must be notified of the results of entries, of which there is at most one."""
    return [name for decision, *_ in of for name in TOLD[decision]]


async def check(step: AskingDoorstep, number: int, body: str, *, let_go: bool) -> None:
    """Check what must hold whatever came between: it happened whole or not at all."""
    expected = EXPECTED[step.phone.answer]
    had_become, disk = await became(step, number), await step.on_disk(number)
    assert had_become in ([expected], *([[], [LET_GO]] if let_go else []))
    assert bool(disk.reply) == bool(had_become)
    assert step.bolt.names == (
        [] if EXPECTED["Let in"] not in had_become else ["unlock", "lock"]
    )
    assert step.told == told(had_become)
    assert step.phone.asked <= 1
    assert step.nothing_is_left()

    again = await step.again(number, body)

    has_become, disk = await became(step, number), await step.on_disk(number)
    assert has_become == (had_become or [expected])
    [(decision, reason, _)] = has_become
    assert (again["decision"], again["reason"]) == (decision, reason)
    assert again["replayed"] == bool(had_become)
    assert step.bolt.names == (["unlock", "lock"] if decision == "admitted" else [])
    assert step.told == told(has_become)
    assert disk.records["entry.asked"] <= (1 if had_become else 2)
    assert step.nothing_is_left()
    found = await step.house.building.grants.find(GrantKey(COURIER, f"G{number}"))
    assert found is not None
    assert found.uses == (decision == "admitted")
    if had_become and step.answer is not None:
        assert orjson.loads(step.answer.text or "") | {"replayed": True} == again


@pytest.mark.parametrize("coming", Coming)
@pytest.mark.parametrize("answer", EXPECTED)
async def test_asked_entry_disturbed_at_any_await_is_complete_or_absent(
    step: AskingDoorstep, answer: str | None, coming: Coming
) -> None:
    step.phone.answer = answer
    for number in count(1):
        body = await grant(step, number)
        disturbance = await step.disturb(number, body, coming)
        let_go = disturbance.done and coming is not Coming.CALLER_LEAVES
        await check(step, number, body, let_go=let_go)
        if not disturbance.done:
            assert disturbance.awaits >= AWAITS[answer]
            break


@pytest.mark.parametrize(
    ("answer", "at"),
    [
        pytest.param(answer, at, id=f"{answer}, {at}")
        for answer in EXPECTED
        for at in range(1, AWAITS[answer] + 1)
    ],
)
async def test_asked_entry_stopped_at_any_await_is_complete_or_absent(
    step: AskingDoorstep, answer: str | None, at: int
) -> None:
    step.phone.answer = answer
    body = await grant(step, 1)
    disturbance = await step.stop(1, body, at)

    assert disturbance.done
    assert step.answer is not None
    disk = await step.on_disk(1)
    if step.answer.status == 200:
        assert disk.reply == orjson.loads(step.answer.text or "")
        was_let_in = disk.reply["decision"] == "admitted"
        assert (disk.reply["decision"], disk.reply["reason"]) in (
            EXPECTED[answer][:2],
            LET_GO[:2],
        )
        assert disk.records["entry.admitted" if was_let_in else "entry.refused"] == 1
        assert step.told == list(TOLD[disk.reply["decision"]])
        assert bool(step.bolt.commands) == was_let_in
    else:
        assert step.answer.status == 503
        assert disk.reply == {}
        assert step.told == []
        assert step.bolt.commands == []
