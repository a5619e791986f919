"""Wrong codes block who types them, and a door takes only so many a day."""

import asyncio
from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import persistent_notification
from homeassistant.core import Context, HomeAssistant, callback
from markupsafe import escape
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access import codes
from custom_components.courier_access.access.codes import MOST_WRONG
from custom_components.courier_access.entries import unsigned
from custom_components.courier_access.grants.passes import TooManyCodes
from custom_components.courier_access.home_assistant.issues import IssueKind
from custom_components.courier_access.web.pages import visitor_of
from tests.ledger.claims_house import said as recorded
from tests.support.drivers import Driver, behind_a_proxy, said, without_tokens
from tests.support.expecting import Expecting, expecting_house
from tests.support.house import ask, pass_time

OPEN = "The door is open. Please come in."
USED = "This was already used. If you aren't inside, call the recipient."
UNKNOWN = "This code isn't valid here. Check it and try again."
AGAIN = "This didn't work. Please try again in a minute."
OFF = (
    "Too many wrong codes were typed here, so no code is accepted for now. "
    "The link of a pass and the door's bell still work."
)
WAIT = "Too many wrong codes. You can type one again at "
TEN = "192.0.2.10"
ELEVEN = "192.0.2.11"


@pytest.fixture
async def at(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> Expecting:
    """A building whose visitors come from networks of their own."""
    freezer.move_to("2026-11-28 12:00:20+00:00")
    await behind_a_proxy(hass)
    return await expecting_house(hass, hass_client_no_auth, hass_ws_client)


def of(at: Expecting, network: str) -> Driver:
    return replace(at.driver, network=network)


async def wrong(driver: Driver, times: int) -> None:
    for number in range(times):
        assert await driver.enter(f"0000000{number}") == UNKNOWN


async def reload(at: Expecting) -> None:
    assert await at.house.hass.config_entries.async_reload(at.house.entry.entry_id)
    await at.house.settle()


async def test_five_wrong_codes_block_their_network_for_ten_minutes(
    at: Expecting, freezer: FrozenDateTimeFactory
) -> None:
    made, guesser = await at.make_pass(max_entries=3), of(at, TEN)
    await wrong(guesser, MOST_WRONG)

    says = await guesser.enter(made["pin"])
    assert says.startswith(WAIT)
    assert says.endswith("4:11 AM. You can ring meanwhile.")
    assert await of(at, "192.0.2.11").enter("00000001") == UNKNOWN
    await reload(at)
    assert await guesser.enter(made["pin"]) == says

    await pass_time(at.house.hass, freezer, 600)
    assert await guesser.enter(made["pin"]) == OPEN


async def test_page_refuses_no_code_before_the_second_is_over(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The clock runs.
    await behind_a_proxy(hass)
    at = await expecting_house(hass, hass_client_no_auth, hass_ws_client)
    used, right = await at.make_pass(max_entries=3), await at.make_pass()
    assert await of(at, ELEVEN).enter(used["pin"]) == OPEN
    blocked = of(at, TEN)
    await wrong(blocked, MOST_WRONG)
    monkeypatch.setattr(unsigned, "REFUSED_EVERY", 0.4)

    loop = asyncio.get_running_loop()
    for driver, code, says in (
        (of(at, ELEVEN), "00000009", UNKNOWN),
        (of(at, ELEVEN), used["pin"], USED),
        (blocked, "00000009", WAIT),
        (blocked, right["pin"], WAIT),
    ):
        began = loop.time()
        assert (await driver.enter(code)).startswith(says)
        assert loop.time() - began >= 0.4, says


async def test_page_refuses_unknown_used_and_blocked_codes_with_one_look(
    at: Expecting,
) -> None:
    used, right = await at.make_pass(max_entries=3), await at.make_pass()
    assert await of(at, ELEVEN).enter(used["pin"]) == OPEN
    looks: dict[str, list[str]] = {}
    blocked = of(at, TEN)
    await wrong(blocked, MOST_WRONG)
    for driver, code in (
        (of(at, ELEVEN), "00000009"),
        (of(at, ELEVEN), used["pin"]),
        (blocked, "00000009"),
        (blocked, right["pin"]),
    ):
        sent = await driver.send({**await driver.form(), "code": code})
        shown = await driver.follow(sent)
        look = without_tokens(shown).replace(str(escape(said(shown))), "")
        look = look.replace(code, "")
        looks.setdefault(look, []).append(said(shown)[:10])
    assert list(looks.values()) == [[UNKNOWN[:10], USED[:10], WAIT[:10], WAIT[:10]]]


def test_page_refuses_codes_at_whole_seconds(prompt_refusals: float) -> None:
    assert prompt_refusals == 1


async def test_codes_of_a_blocked_network_cost_no_hash(
    at: Expecting, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesser, hashed = of(at, TEN), []
    await wrong(guesser, MOST_WRONG)
    passes = at.house.building.passes
    make = passes.hash

    async def counted(code: str, where: str, network: str | None) -> bytes:
        hashed.append(code)
        return await make(code, where, network)

    monkeypatch.setattr(passes, "hash", counted)
    assert (await guesser.enter("00000009")).startswith(WAIT)
    assert await of(at, ELEVEN).enter("00000009") == UNKNOWN
    assert hashed == ["00000009"]


async def test_driver_who_is_let_in_does_not_wait_for_the_second(
    at: Expecting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsigned, "REFUSED_EVERY", 3600)
    assert await of(at, TEN).enter((await at.make_pass())["pin"]) == OPEN


async def test_household_is_one_network_and_another_is_not_blocked(
    at: Expecting,
) -> None:
    made = await at.make_pass()
    for number in range(MOST_WRONG):
        await wrong(of(at, f"2001:db8:1:2::{number}"), 1)
    assert (await of(at, "2001:db8:1:2::99").enter(made["pin"])).startswith(WAIT)
    assert await of(at, "2001:db8:1:3::99").enter(made["pin"]) == OPEN


@pytest.mark.parametrize(
    ("remote", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("127.0.0.1", None),
        ("192.168.1.20", None),
        ("10.1.2.3", None),
        ("172.30.33.4", None),
        ("100.64.0.9", None),
        ("::1", None),
        ("fd00::1", None),
        ("fe80::1%eth0", None),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::ffff:10.1.2.3", None),
        ("/run/socket", None),
        (None, None),
    ],
)
async def test_proxys_or_private_address_is_no_network(
    hass: HomeAssistant, at: Expecting, remote: str | None, network: str | None
) -> None:
    assert visitor_of(hass, remote) == network


async def test_visitors_without_a_network_are_not_blocked_and_an_issue_says_so(
    at: Expecting,
) -> None:
    made, issues = await at.make_pass(), at.house.building.host.issues

    def shown() -> bool:
        kinds = {each.translation_key for each in issues.shown()}
        return IssueKind.VISITORS_ALIKE in kinds

    await wrong(at.driver, MOST_WRONG - 1)
    assert not shown()
    await wrong(at.driver, 1)
    assert shown()
    assert await at.driver.enter(made["pin"]) == OPEN
    # A visitor from a network of their own shows that visitors are distinguished.
    await wrong(of(at, TEN), 1)
    assert not shown()


class TestDaily:
    @pytest.fixture(autouse=True)
    def few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take nine wrong codes a day at pages, and one at keypads."""
        monkeypatch.setattr(codes, "MOST_A_DAY", 10)

    async def use_up(self, at: Expecting) -> None:
        for number in range(9):
            await wrong(of(at, f"203.0.113.{number}"), 1)

    async def test_beyond_it_links_and_bells_work_and_the_page_says_so(
        self, at: Expecting
    ) -> None:
        made, link = await at.make_pass(), at.with_link(await at.make_pass())
        driver = of(at, TEN)
        form = await driver.form()
        ring = await driver.form(1)
        await self.use_up(at)

        for sent in ({**form, "code": made["pin"]}, ring):
            # The page takes no rings either.
            shown = await driver.follow(await driver.send(sent))
            assert shown.lines[2:] == [OFF, "Back"]
        shown = await driver.look()
        assert (said(shown), shown.page.forms) == (OFF, [])
        assert await link.enter(at.sheet.sign, "sign") == OPEN
        bell = await ask(at.house, "request_entry", "door-lobby", Context(), ring=True)
        assert bell["reason"] != "rate_limited"

    async def test_keypads_have_a_tenth_of_their_own(self, at: Expecting) -> None:
        made = [await at.make_pass() for _ in range(2)]
        await self.use_up(at)

        async def typed(pin: str) -> str:
            answer = await ask(
                at.house, "request_entry", "door-lobby", Context(), pin=pin
            )
            return str(answer["reason"])

        assert await typed(made[0]["pin"]) == "ok"
        assert await typed("00000001") == "unknown_grant"
        assert await typed(made[1]["pin"]) == "rate_limited"

    async def test_administrator_is_notified_once_a_day_and_a_restart_is_no_way_around(
        self, at: Expecting, freezer: FrozenDateTimeFactory
    ) -> None:
        board: list[str] = []

        @callback
        def take(
            _: persistent_notification.UpdateType,
            changed: dict[str, persistent_notification.Notification],
        ) -> None:
            board.extend(each["message"] for each in changed.values())

        persistent_notification.async_register_callback(at.house.hass, take)
        made = await at.make_pass()
        await self.use_up(at)
        await at.house.settle()
        for _ in range(2):
            form = {"once": "A" * 22, "code": made["pin"]}
            driver = of(at, TEN)
            assert said(await driver.follow(await driver.send(form))) == OFF
            await reload(at)
        assert len(await recorded(at.house.building.ledger, "codes.off")) == 1
        assert sum("so many wrong codes" in each for each in board) == 1

        await pass_time(at.house.hass, freezer, 25 * 3600)
        assert await of(at, TEN).enter(await at.pin()) == OPEN

    async def test_somebody_turns_codes_on_again(self, at: Expecting) -> None:
        made, ledger = await at.make_pass(), at.house.building.ledger
        await at.ada.result("codes/turn_on", door="door-lobby")
        assert await recorded(ledger, "codes.on") == []
        await self.use_up(at)
        await at.ada.result("codes/turn_on", door="door-lobby")
        assert len(await recorded(ledger, "codes.on")) == 1
        assert await of(at, TEN).enter(made["pin"]) == OPEN

    async def test_many_at_once_get_no_more_guesses(self, at: Expecting) -> None:
        drivers = [of(at, f"203.0.113.{number}") for number in range(30)]
        forms = [await driver.form() for driver in drivers]
        sent = await asyncio.gather(
            *(
                driver.send({**form, "code": f"1000000{number}"})
                for number, (driver, form) in enumerate(
                    zip(drivers, forms, strict=True)
                )
            )
        )
        answers = [
            said(await driver.follow(each))
            for driver, each in zip(drivers, sent, strict=True)
        ]
        assert answers.count(UNKNOWN) == 9
        assert answers.count(OFF) == 21

    async def test_another_door_takes_its_own(self, at: Expecting) -> None:
        await self.use_up(at)
        building = at.house.building
        assert building.wrong_codes.are_off("door-lobby")
        assert not building.wrong_codes.are_off("door-garage")


async def test_one_code_of_a_network_waits_and_others_do_not_fill_the_queue(
    at: Expecting,
) -> None:
    made = await at.make_pass()
    guesser, driver = of(at, TEN), of(at, ELEVEN)
    guesses = [{"once": f"{number:A>22}", "code": "1"} for number in range(8)]
    sent = await asyncio.gather(
        *(guesser.send(form) for form in guesses),
        driver.send({"once": "B" * 22, "code": made["pin"]}),
    )
    answers = [said(await driver.follow(each)) for each in sent]
    assert answers[-1] == OPEN
    assert answers.count(UNKNOWN) >= 1
    assert answers.count(AGAIN) >= 1
    assert answers.count(UNKNOWN) + answers.count(AGAIN) == 8


async def test_pins_and_address_codes_of_expected_deliveries_are_live(
    at: Expecting, freezer: FrozenDateTimeFactory
) -> None:
    building = at.house.building
    assert building.passes.live_codes("door-lobby") == []
    await at.ada.result("address_code/renew", resident="resident-ada")
    assert building.passes.live_codes("door-lobby") == []
    made = await at.make_pass()
    assert building.passes.live_codes("door-lobby") == [8, 8]
    assert building.passes.live_codes("door-garage") == []
    await reload(at)
    assert at.house.building.passes.live_codes("door-lobby") == [8, 8]
    assert await at.driver.enter(made["pin"]) == OPEN
    await at.house.settle()
    assert at.house.building.passes.live_codes("door-lobby") == []


async def test_one_code_of_a_network_is_hashed_at_a_time(at: Expecting) -> None:
    passes = at.house.building.passes
    first = asyncio.create_task(passes.hash("11111111", "door-lobby", TEN))
    await asyncio.sleep(0)
    with pytest.raises(TooManyCodes):
        await passes.hash("22222222", "door-lobby", TEN)
    other = passes.hash("22222222", "door-lobby", ELEVEN)
    assert await first != await other
