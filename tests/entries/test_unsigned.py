"""Drivers whose companies send nothing come in by what they show at the door."""

import asyncio
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import (
    WebSocketGenerator,
)
import voluptuous as vol

from custom_components.courier_access.access.model import Proof
from custom_components.courier_access.api.passes import (
    async_make_pass,
    async_request_entry,
)
from custom_components.courier_access.api.permissions import async_acting
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.entries.unsigned import Shown
from custom_components.courier_access.grants.passes import PATH
from custom_components.courier_access.ledger.files import mark_of
from custom_components.courier_access.ledger.state.residents import Author
from tests.support import administrator
from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.expecting import two_flats
from tests.support.house import (
    House,
    ask,
    courier,
    entries_of,
    told_of,
    until,
)
from tests.support.people import People, acting, user
from tests.support.wires import Wire, connect

NOBODY = Context()
"""A keypad's automation: it has no user."""


@pytest.fixture
async def people(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> People:
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """A building where Ada of 3B and Cleo of 4A take deliveries at any time."""
    return await two_flats(hass, people)


@pytest.fixture
async def ada(house: House, people: People, hass_ws_client: WebSocketGenerator) -> Wire:
    return await connect(house.hass, house, hass_ws_client, people["Ada"])


async def expect(house: House, someone: Context, **more: Any) -> dict[str, str]:
    """Expect a parcel to 3B within two hours; return how it is named."""
    delivery = {
        "courier": "Parcel Post",
        "units": ["3B"],
        "ends_at": (dt_util.utcnow() + timedelta(hours=2)).isoformat(),
    }
    issued = await ask(house, "issue_grant", "door-lobby", someone, **delivery | more)
    assert issued["decision"] == "accepted", issued
    return {"courier": issued["courier_id"], "grant_id": issued["grant_id"]}


@pytest.fixture
async def grant(house: House, people: People) -> dict[str, str]:
    return await expect(house, acting(people["Ada"]), parcel_ref="JD 0146-71")


async def show(house: House, at: str = "door-lobby", **what: Any) -> dict[str, Any]:
    """Show something at a door, as a keypad's automation does."""
    answer = await ask(house, "request_entry", at, NOBODY, **what)
    await house.settle()
    return answer


async def test_driver_comes_in_once_with_the_pin_of_a_pass(
    house: House, ada: Wire, grant: dict[str, str]
) -> None:
    made = await ada.result("passes/make", **grant)
    assert len(made["pin"]) == 8
    assert made["link"] is None or PATH in made["link"]

    answer = await show(house, pin=made["pin"])
    assert (answer["decision"], answer["reason"]) == ("admitted", "ok")
    assert answer["say"] == "The door is open. Please come in."
    assert house.door_state() == "unlocked"
    [entry] = await entries_of(house.building, 5)
    assert (entry.entry_id, entry.proof) == (answer["entry_id"], Proof.PASS)
    assert entry.personal["units"] == '["3b"]'
    # Every resident is notified, as of any entry.
    told = (await told_of(house.building, [entry.entry_id]))[entry.entry_id]
    assert {each.resident_id for each in told} == {"resident-ada", "resident-cleo"}
    assert all("Shown: a one-time pass." in text for _, text in house.told[-2:])

    again = await show(house, pin=made["short_code"].lower())
    assert (again["decision"], again["reason"]) == ("refused", "entries_exhausted")
    assert (
        again["say"]
        == "This was already used. If you aren't inside, call the recipient."
    )


async def test_keypad_says_it_in_home_assistants_language_or_another(
    house: House,
) -> None:
    house.hass.config.language = "tr"
    unknown = (await show(house, pin="00000009"))["say"]
    assert unknown == "Bu kod burada geçerli değil. Kontrol edip tekrar deneyin."
    unknown = (await show(house, pin="00000009", language="uk"))["say"]
    assert unknown == "Цей код тут не діє. Перевірте його та спробуйте ще раз."


async def test_pass_is_used_up_even_if_its_delivery_has_entries_left(
    house: House, ada: Wire, people: People
) -> None:
    several = await expect(house, acting(people["Ada"]), max_entries=3)
    first = await ada.result("passes/make", **several)
    assert (await show(house, pin=first["pin"]))["decision"] == "admitted"
    assert (await show(house, pin=first["pin"]))["reason"] == "entries_exhausted"
    second = await ada.result("passes/make", **several)
    assert not second["ends_earlier"]
    assert (await show(house, pin=second["short_code"]))["decision"] == "admitted"


async def test_new_pass_ends_the_earlier_one_of_its_delivery_alone(
    house: House, ada: Wire, people: People, grant: dict[str, str]
) -> None:
    several = await expect(house, acting(people["Ada"]), max_entries=3)
    earlier = await ada.result("passes/make", **several)
    others = await ada.result("passes/make", **grant)
    made = await ada.result("passes/make", **several)
    ends = [each["ends_earlier"] for each in (earlier, others, made)]
    assert ends == [False, False, True]
    left = [each["pass"] for each in (await ada.result("passes"))["passes"]]
    assert left == [others["pass"], made["pass"]]

    for code in (earlier["pin"], earlier["short_code"]):
        assert (await show(house, pin=code))["reason"] == "unknown_grant"
    await house.reload()
    assert (await show(house, pin=earlier["pin"]))["reason"] == "unknown_grant"
    assert (await show(house, pin=made["pin"]))["decision"] == "admitted"
    assert (await show(house, pin=others["pin"]))["decision"] == "admitted"


async def test_new_pass_of_a_home_leaves_a_neighbors_of_the_same_delivery(
    house: House, ada: Wire, people: People, hass_ws_client: WebSocketGenerator
) -> None:
    owner = acting(await user(house.hass, "Owner", admin=True))
    shared = await expect(house, owner, units=["3B", "4A"], max_entries=2)
    cleo = await connect(house.hass, house, hass_ws_client, people["Cleo"])
    adas = await ada.result("passes/make", **shared)

    cleos = await cleo.result("passes/make", **shared)

    assert not cleos["ends_earlier"]
    for made in (adas, cleos):
        assert (await show(house, pin=made["pin"]))["decision"] == "admitted"


async def test_pass_that_cannot_be_written_leaves_the_earlier_one(
    house: House, ada: Wire, grant: dict[str, str]
) -> None:
    earlier = await ada.result("passes/make", **grant)
    await break_ledger(house, "INSERT ON passes")
    try:
        assert (await ada.ask("passes/make", **grant))["error"]
    finally:
        await repair_ledger(house)
    assert (await show(house, pin=earlier["pin"]))["decision"] == "admitted"


async def test_revoked_and_foreign_passes_read_like_unknown_ones(
    house: House, ada: Wire, grant: dict[str, str], hass_ws_client: WebSocketGenerator
) -> None:
    made = await ada.result("passes/make", **grant)
    unknown = await show(house, pin="000001")
    assert (unknown["reason"], unknown["entry_id"]) == ("unknown_grant", None)
    assert await show(house, "door-garage", pin=made["pin"]) == unknown

    [listed] = (await ada.result("passes"))["passes"]
    assert listed["pass"] == made["pass"]
    assert not {"pin", "short_code", "link"} & listed.keys()
    await ada.result("passes/revoke", **{"pass": made["pass"]})
    await ada.result("passes/revoke", **{"pass": made["pass"]})
    assert (await ada.result("passes"))["passes"] == []
    assert await show(house, pin=made["pin"]) == unknown
    assert house.door_state() == "locked"


async def test_passes_are_for_consenting_residents_of_the_deliverys_home(
    house: House,
    ada: Wire,
    people: People,
    grant: dict[str, str],
    hass_ws_client: WebSocketGenerator,
) -> None:
    cleo = await connect(house.hass, house, hass_ws_client, people["Cleo"])
    assert await cleo.refusal("passes/make", **grant) == (
        "not_found",
        "no_grant_for_pass",
    )
    made = await ada.result("passes/make", **grant)
    assert (await cleo.result("passes"))["passes"] == []
    assert await cleo.refusal("passes/revoke", **{"pass": made["pass"]}) == (
        "unauthorized",
        "not_allowed_revoke_pass",
    )

    await ask(house, "set_rules", "resident-ada", acting(people["Ada"]), consent=False)
    await house.settle()
    assert (await ada.refusal("passes/make", **grant))[1] == "no_grant_for_pass"
    assert (await ada.refusal("address_code/renew", resident="resident-ada"))[
        1
    ] == "consent_first"
    assert (await show(house, pin=made["pin"]))["reason"] == "unknown_grant"


async def test_pass_of_another_courier_reads_like_an_unknown_one(
    house: House, ada: Wire, grant: dict[str, str]
) -> None:
    made = await ada.result("passes/make", **grant)
    await administrator.add(house, courier("Other Post"), "courier-other-post")
    shown = await show(house, pin=made["pin"], courier="Other Post")
    assert (shown["reason"], shown["entry_id"]) == ("unknown_grant", None)
    shown = await show(house, pin=made["pin"], courier="Parcel Post")
    assert shown["decision"] == "admitted"


async def test_address_code_works_only_while_a_delivery_is_expected(
    house: House, ada: Wire, people: People
) -> None:
    await ask(
        house,
        "set_rules",
        "resident-ada",
        acting(people["Ada"]),
        default_proof="address_code",
    )
    renew = {"resident": "resident-ada"}
    code = (await ada.result("address_code/renew", **renew))["address_code"]
    assert len(code) == 8
    assert (await show(house, address_code=code))["reason"] == "unknown_grant"

    await expect(house, acting(people["Ada"]), max_entries=2)
    assert (await show(house, address_code=f"{code[:4]} {code[4:]}"))["decision"] == (
        "admitted"
    )
    newer = (await ada.result("address_code/renew", **renew))["address_code"]
    assert (await show(house, address_code=code))["reason"] == "unknown_grant"
    assert (await show(house, address_code=newer))["decision"] == "admitted"
    assert (await show(house, address_code=newer))["reason"] == "unknown_grant"


async def test_parcel_number_asks_unless_the_resident_lets_it_in(
    house: House, people: People, grant: dict[str, str]
) -> None:
    refused = await show(house, parcel_number="jd014671")
    assert (refused["reason"], refused["say"]) == (
        "no_answer",
        "Nobody answered. Please ring or come back later.",
    )
    await ask(
        house,
        "set_rules",
        "resident-ada",
        acting(people["Ada"]),
        proofs={"Parcel Post": "parcel_number"},
    )
    assert (await show(house, parcel_number="71"))["reason"] == "unknown_grant"
    answer = await show(house, parcel_number="jd014671", courier="Parcel Post")
    assert answer["decision"] == "admitted"


async def test_codes_survive_a_reload_and_end_with_their_pepper(
    hass: HomeAssistant, house: House, ada: Wire, grant: dict[str, str]
) -> None:
    made = await ada.result("passes/make", **grant)
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    assert (
        made["pin"].encode() not in ledger_path(hass, house.entry.entry_id).read_bytes()
    )
    house.building.passes._pepper = b"another"
    assert (await show(house, pin=made["pin"]))["reason"] == "unknown_grant"

    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    assert (await show(house, pin=made["pin"]))["decision"] == "admitted"


async def test_nothing_is_answered_while_the_building_closes_or_the_clock_is_wrong(
    house: House, ada: Wire, grant: dict[str, str], freezer: FrozenDateTimeFactory
) -> None:
    made = await ada.result("passes/make", **grant)
    house.building.host.is_open = False
    answer = await show(house, pin=made["pin"])
    assert (answer["reason"], answer["say"]) == (
        "not_ready",
        "This didn't work. Please try again in a minute.",
    )
    house.building.host.is_open = True
    freezer.tick(-timedelta(hours=3))
    assert (await show(house, pin=made["pin"]))["reason"] == "clock_untrusted"
    assert house.door_state() == "locked"


async def test_unforeseen_error_is_logged_and_opens_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise ArithmeticError("unforeseen")

    monkeypatch.setattr(house.building.passes, "hash", fail)
    answer = await show(house, pin="000001")
    assert (answer["decision"], answer["reason"]) == ("refused", "not_ready")
    assert "unforeseen" in caplog.text
    assert house.door_state() == "locked"


async def test_restored_ledger_ends_passes_and_address_codes(
    hass: HomeAssistant, house: House, ada: Wire, grant: dict[str, str]
) -> None:
    made = await ada.result("passes/make", **grant)
    code = await ada.result("address_code/renew", resident="resident-ada")
    path = ledger_path(hass, house.entry.entry_id)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    # Backups leave the mark out.
    await hass.async_add_executor_job(mark_of(path).unlink)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    # Nobody is let in until the administrator has checked who is registered.
    assert (await show(house, pin=made["pin"]))["reason"] == "not_ready"
    house.building.host.couriers_wait = False
    for shown in ({"pin": made["pin"]}, code):
        assert (await show(house, **shown))["reason"] == "unknown_grant"


async def test_caller_that_is_canceled_leaves_a_complete_entry(
    hass: HomeAssistant, house: House, ada: Wire, grant: dict[str, str]
) -> None:
    made = await ada.result("passes/make", **grant)
    driver = house.building.drivers["door-lobby"]
    opening = asyncio.Event()
    await driver.turn.acquire("another", 3)
    showing = asyncio.create_task(show(house, pin=made["pin"]))
    await until(lambda: bool(driver.turn._waiting) or opening.is_set())
    showing.cancel()
    await asyncio.gather(showing, return_exceptions=True)
    driver.turn.release()
    await house.settle()

    [entry] = await entries_of(house.building, 5)
    assert (entry.decision, entry.outcome) == ("admitted", "opened")
    assert (await told_of(house.building, [entry.entry_id]))[entry.entry_id]


async def test_used_pass_is_no_wrong_code(
    house: House, ada: Wire, people: People
) -> None:
    several = await expect(house, acting(people["Ada"]), max_entries=5)
    first = await ada.result("passes/make", **several)
    assert (await show(house, pin=first["pin"]))["decision"] == "admitted"
    assert (await ada.result("passes"))["passes"] == []

    before = house.building.wrong_codes.of("door-lobby")
    assert (await show(house, pin=first["pin"]))["reason"] == "entries_exhausted"
    assert house.building.wrong_codes.of("door-lobby") == before


async def test_one_of_the_passes_that_are_made_at_once_is_left(
    house: House, people: People, ada: Wire, grant: dict[str, str]
) -> None:
    actor = await async_acting(house.building, acting(people["Ada"]))
    made = await asyncio.gather(
        *(
            async_make_pass(house.building, actor, "Parcel Post", grant["grant_id"])
            for _ in range(5)
        ),
    )
    [left] = (await ada.result("passes"))["passes"]
    assert [each.new.ends_earlier for each in made] == [False, *[True] * 4]
    assert left["pass"] == made[-1].new.id


async def test_pass_revoked_while_the_door_is_awaited_opens_nothing(
    house: House,
    ada: Wire,
    people: People,
    grant: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = await ada.result("passes/make", **grant)
    passes, driver = house.building.passes, house.building.drivers["door-lobby"]
    idle = driver.relock.idle

    async def revoked_meanwhile() -> None:
        await passes.revoke(made["pass"], Author())
        await idle()

    monkeypatch.setattr(driver.relock, "idle", revoked_meanwhile)
    answer = await show(house, pin=made["pin"])
    assert (answer["decision"], answer["reason"]) == ("refused", "revoked")
    assert house.door_state() == "locked"


async def test_nothing_opens_if_the_answer_can_not_be_said(
    house: House, ada: Wire, grant: dict[str, str]
) -> None:
    made = await ada.result("passes/make", **grant)
    with pytest.raises(vol.Invalid):
        await show(house, pin=made["pin"], language="e\0n")
    assert house.door_state() == "locked"


async def test_action_takes_exactly_one_thing_that_is_shown(house: House) -> None:
    for shown in ({}, {"pin": "1", "ring": True}, {"ring": False}, {"pin": ""}):
        with pytest.raises((vol.Invalid, HomeAssistantError)):
            await show(house, **shown)
    with pytest.raises(HomeAssistantError):
        await ask(house, "request_entry", None, NOBODY, ring=True)


async def test_too_many_codes_at_once_are_turned_away(house: House) -> None:
    lobby = house.building.directory.doors["door-lobby"]
    answers = await asyncio.gather(
        *(
            async_request_entry(house.building, lobby, Shown(f"00000{number}"))
            for number in range(20)
        )
    )
    reasons = [answer["reason"] for answer in answers]
    assert reasons.count("rate_limited") == 14
    assert reasons.count("unknown_grant") == 6


class TestOneUnits:
    """A pass or an address code admits only by the rules of its own unit."""

    async def test_address_code_doesnt_open_on_a_neighbors_rule(
        self, house: House, ada: Wire, people: People
    ) -> None:
        await ask(
            house, "set_rules", "resident-ada", acting(people["Ada"]), default="ask"
        )
        await ask(
            house,
            "set_rules",
            "resident-cleo",
            acting(people["Cleo"]),
            default_proof="address_code",
        )
        made = await ada.result("address_code/renew", resident="resident-ada")
        owner = acting(await user(house.hass, "Owner", admin=True))
        await expect(house, owner, units=["3B", "4A"])
        answer = await show(house, address_code=made["address_code"])
        assert answer["reason"] == "no_answer"

    async def test_pass_of_a_paused_unit_opens_on_no_neighbors_rule(
        self, house: House, ada: Wire, people: People
    ) -> None:
        owner = acting(await user(house.hass, "Owner", admin=True))
        made = await ada.result(
            "passes/make", **await expect(house, owner, units=["3B", "4A"])
        )
        author = Author(people["Ada"].id)
        await house.building.rulebook.pauses.pause(author, unit="3b")
        await house.settle()
        assert (await show(house, pin=made["pin"]))["reason"] == "paused"


async def test_revocation_that_failed_is_written_once_the_log_can_be_used(
    house: House, ada: Wire, grant: dict[str, str]
) -> None:
    made = await ada.result("passes/make", **grant)
    await break_ledger(house, "INSERT ON records")
    try:
        assert (await ada.ask("passes/revoke", **{"pass": made["pass"]}))["error"]
    finally:
        await repair_ledger(house)
    await house.reload()
    assert (await show(house, pin=made["pin"]))["reason"] == "unknown_grant"
    assert (await ada.result("passes"))["passes"] == []


async def test_revocation_that_failed_is_written_when_it_is_repeated(
    hass: HomeAssistant,
    house: House,
    ada: Wire,
    grant: dict[str, str],
) -> None:
    made = await ada.result("passes/make", **grant)
    await break_ledger(house, "INSERT ON records")
    try:
        assert (await ada.ask("passes/revoke", **{"pass": made["pass"]}))["error"]
        assert (await ada.result("passes"))["passes"] == []
    finally:
        await repair_ledger(house)
    await ada.result("passes/revoke", **{"pass": made["pass"]})
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    assert (await show(house, pin=made["pin"]))["reason"] == "unknown_grant"


@pytest.mark.parametrize("is_administrator", [False, True])
async def test_weaker_proof_behind_ask_first_is_no_restriction(
    house: House, people: People, is_administrator: bool
) -> None:
    await ask(house, "set_rules", "resident-ada", acting(people["Ada"]), default="ask")
    owner = await user(house.hass, "Owner", admin=True)
    actor = acting(owner) if is_administrator else Context()
    with pytest.raises(Exception, match="Others can only restrict"):
        await ask(
            house, "set_rules", "resident-ada", actor, default_proof="parcel_number"
        )
    rules = house.building.rulebook.of("resident-ada")
    assert rules.default_proof is Proof.PASS
