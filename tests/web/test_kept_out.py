"""What residents read while the building can't let in any courier, whatever they decided."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import ALWAYS, WeekSchedule
from custom_components.courier_access.access.model import Consent, Decision, Rules
from custom_components.courier_access.api.commands import async_issue_grant
from custom_components.courier_access.api.overview import resident_view
from custom_components.courier_access.api.permissions import link_holder
from custom_components.courier_access.grants.by_residents import Delivery
from custom_components.courier_access.home_assistant.clock import CHECK_EVERY
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.web.websocket import DELAY
from tests.building.test_restore import confirm_keys, restore
from tests.support.clocks import Clocks
from tests.support.house import House, ask, build, courier, door, resident, utc
from tests.support.pages import Visitor, token_of
from tests.support.people import People
from tests.support.wires import Wire

HOUR = timedelta(hours=1)
OPEN = "Couriers with an announced delivery may come in now, within your home's rules."
PROBLEM = (
    "The building has a problem with its clock, its access log, or the couriers' keys."
    " Ask an administrator about it."
)

pytestmark = pytest.mark.freeze_time(utc(2026, 11, 24, 12, 0))

type Solves = Callable[[], Awaitable[None]]


@pytest.fixture
async def house(hass: HomeAssistant, people: People, clocks: Clocks) -> House:
    await hass.config.async_set_time_zone("UTC")
    homes = await people.homes(Ada="3B")
    dora = resident("Dora", "5C", None)
    house = await build(hass, door(), courier(), *homes, dora)
    await consent(house, people)
    return house


async def consent(house: House, people: People) -> None:
    """Let Ada, who has an account, and Dora, who has a personal link, accept couriers."""
    await people.consent(house, "Ada")
    building = house.building
    rules = Rules(consent=Consent.GIVEN, schedule=ALWAYS)
    await building.rulebook.change(building.residents["resident-dora"], rules, Author())


async def announce(house: House) -> None:
    building = house.building
    lobby = building.directory.doors["door-lobby"]
    for name, unit in (("ada", "3B"), ("dora", "5C")):
        actor = link_holder(building.residents[f"resident-{name}"])
        window = (utc(2026, 11, 24, 11), utc(2026, 11, 24, 15))
        delivery = Delivery((unit,), *window)
        issued = await async_issue_grant(
            building, actor, "Parcel Post", lobby, delivery
        )
        assert issued.verdict.decision is Decision.ACCEPTED


@pytest.fixture(params=["clock", "keys"])
async def solve(
    request: pytest.FixtureRequest,
    hass: HomeAssistant,
    house: House,
    people: People,
    clocks: Clocks,
    tmp_path: Path,
) -> Solves:
    """Let a problem keep couriers out of a building where a delivery is expected.

    Return what solves it.
    """
    if request.param == "clock":
        await announce(house)

    async def step(by: timedelta) -> None:
        await clocks.step(by)
        await clocks.pass_time(CHECK_EVERY)
        await house.settle()

    async def set_right() -> None:
        await step(HOUR)

    async def confirm() -> None:
        await confirm_keys(house)
        await house.settle()

    if request.param == "clock":
        await step(-HOUR)
        return set_right
    await restore(hass, house, tmp_path / "copy")
    await consent(house, people)
    await announce(house)
    return confirm


def seen(house: House) -> tuple[object, object]:
    """Return why Ada's home is shut, and whether her home is asked first."""
    ada = house.building.residents["resident-ada"]
    view = resident_view(house.building, link_holder(ada), ada)
    return view["shut"], view["asks"]


async def expected(wire: Wire) -> dict[str, Any]:
    [building] = (await wire.ask_anywhere("overview"))["result"]["buildings"]
    [own] = [each for each in building["expected"] if each.get("units") == ["3B"]]
    return dict(own)


async def test_residents_read_that_the_building_has_a_problem(
    house: House, solve: Solves, hass_client_no_auth: ClientSessionGenerator
) -> None:
    client = await hass_client_no_auth()

    async def lines() -> list[str]:
        return (await Visitor(client, token_of(house, "Dora")).ask()).lines

    assert seen(house) == ("problem", False)
    read = await lines()
    assert OPEN not in read
    assert PROBLEM in read
    refused = "For your home, this delivery would be refused now:"
    assert f"{refused} {PROBLEM}" in read

    await solve()

    assert seen(house) == (None, False)
    read = await lines()
    assert OPEN in read
    assert PROBLEM not in str(read)


async def test_pass_asks_nobody_while_no_courier_can_come_in(
    house: House, people: People, solve: Solves, ada: Wire
) -> None:
    asking = {"default": "ask"}
    await ask(house, "set_rules", "resident-ada", people.acting("Ada"), **asking)
    assert seen(house) == ("problem", False)
    assert (await expected(ada))["asks"] is False

    await solve()

    assert seen(house) == (None, True)
    assert (await expected(ada))["asks"] is True


async def test_expected_delivery_is_refused_as_it_stands(
    house: House, solve: Solves, ada: Wire
) -> None:
    assert (await expected(ada))["refused"] == {"layer": "problem", "until": None}

    await solve()

    assert "refused" not in await expected(ada)


async def test_check_admits_no_courier_and_names_the_problem_to_everyone(
    house: House, people: People, solve: Solves, ada: Wire, owner: Wire
) -> None:
    async def checked(wire: Wire) -> dict[str, Any]:
        result = await wire.result("check_access", door="door-lobby", unit="3B")
        [check] = result["checks"]
        return dict(check)

    problem = {"layer": "problem", "says": "no"}
    for wire in (ada, owner):
        check = await checked(wire)
        assert (check["admitted"], check["reason"]) == (False, "not_accepting")
        assert check["because"][0] == problem

    await solve()

    for wire in (ada, owner):
        check = await checked(wire)
        assert check["admitted"] is True
        assert problem not in check["because"]


async def test_refused_announcement_names_the_rule_and_not_the_problem(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
    tmp_path: Path,
) -> None:
    """While keys aren't confirmed, residents can announce; their hours refuse this one."""
    await restore(hass, house, tmp_path / "copy")
    building = house.building
    rules = Rules(consent=Consent.GIVEN, schedule=WeekSchedule())
    await building.rulebook.change(building.residents["resident-dora"], rules, Author())
    visitor = Visitor(await hass_client_no_auth(), token_of(house, "Dora"))

    today = dt_util.utcnow().date().isoformat()
    form = (await visitor.ask()).form("expect")
    answer = await visitor.send({**form, "day": today, "hours": "evening"})

    assert "It's outside your home's hours." in answer.lines
    assert answer.lines.count(PROBLEM) == 1  # of the home, not of the parcel


async def test_end_of_a_problem_is_sent_to_residents(
    hass: HomeAssistant,
    house: House,
    people: People,
    ada: Wire,
    clocks: Clocks,
    tmp_path: Path,
) -> None:
    await restore(hass, house, tmp_path / "copy")
    await people.consent(house, "Ada")
    await ada.ask_anywhere("subscribe")
    [building] = (await ada.event())["buildings"]
    assert building["residents"][0]["shut"] == "problem"

    await confirm_keys(house)
    await clocks.pass_time(timedelta(seconds=DELAY))

    [building] = (await ada.event())["buildings"]
    assert building["residents"][0]["shut"] is None
