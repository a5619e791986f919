"""Test that a switch and an action only ask for a yes, and that the resident's own phone gives it (promise 1)."""

from datetime import timedelta
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.ledger.state.consent_texts import (
    ConsentText,
    consent_given,
    find_text,
)
from custom_components.courier_access.notifications.actions import EVENT_ACTION
from tests.support.asked_phones import AskedPhone, PushService
from tests.support.house import House, build, courier, door, pass_time, refusal
from tests.support.people import People
from tests.support.verified import verified

ADA, ABE = "resident-ada", "resident-abe"


@pytest.fixture
async def homes(people: People) -> list[ConfigSubentryDataWithId]:
    return await people.homes(Ada="3B", Abe="3B")


@pytest.fixture
async def client(
    homes: list[ConfigSubentryDataWithId],
    socket_enabled: None,
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
) -> TestClient[Any, Any]:
    """Return a connection to a Home Assistant that takes registrations of apps."""
    for domain in ("switch", "mobile_app", DOMAIN):
        assert await async_setup_component(hass, domain, {})
    await hass.async_block_till_done()
    return await hass_client_no_auth()


@pytest.fixture
async def house(
    hass: HomeAssistant,
    homes: list[ConfigSubentryDataWithId],
    client: TestClient[Any, Any],
) -> House:
    return await build(hass, door(), courier(), *homes, household="one")


@pytest.fixture
async def phones(
    hass: HomeAssistant,
    house: House,
    people: People,
    service: PushService,
    client: TestClient[Any, Any],
) -> dict[str, AskedPhone]:
    return {
        name: await service.register(hass, client, people[name], name.lower())
        for name in ("Ada", "Abe")
    }


async def act(house: House, people: People, name: str = "Ada", **rules: Any) -> Any:
    """Say yes for somebody with an action, as an automation does that they started."""
    data = {"device_id": house.device(f"resident-{name.lower()}").id}
    response = await house.hass.services.async_call(
        DOMAIN,
        "set_rules",
        {**data, "consent": True, **rules},
        blocking=True,
        return_response=True,
        context=people.acting(name),
    )
    await house.settle()
    return response


def asked(phone: AskedPhone) -> list[dict[str, Any]]:
    """Return the pushes that ask for a yes."""
    return [each for each in phone.pushes if "says yes" in each["message"]]


def yes(phone: AskedPhone) -> str:
    [button] = asked(phone)[-1]["data"]["actions"]
    assert (button["title"], button["authenticationRequired"]) == ("Yes", True)
    return str(button["action"])


def consent(house: House, resident: str = ADA) -> Consent:
    return house.building.rulebook.of(resident).consent


async def press(house: House, phone: AskedPhone, button: str) -> None:
    await phone.press(button)
    await house.settle()


async def text_of(house: House, resident: str = ADA) -> ConsentText | None:
    """Return the text that a resident consented to."""
    read = house.building.ledger.read
    given = await read(lambda conn: consent_given(conn, resident))
    if given is None or given.hash is None:
        return None
    hashed = given.hash
    return await read(lambda conn: find_text(conn, hashed))


async def test_switch_stays_off_until_the_own_phone_says_yes(
    house: House, people: People, phones: dict[str, AskedPhone]
) -> None:
    await house.hass.services.async_call(
        "switch",
        "turn_on",
        {"entity_id": "switch.ada_deliveries"},
        blocking=True,
        context=people.acting("Ada"),
    )
    await house.settle()
    assert consent(house) is Consent.NOT_GIVEN
    assert asked(phones["Abe"]) == []
    [push] = asked(phones["Ada"])
    hashed = push["data"]["url"].partition("&text=")[2]
    assert len(hashed) == 64

    await press(house, phones["Ada"], yes(phones["Ada"]))
    assert consent(house) is Consent.GIVEN
    assert consent(house, ABE) is Consent.NOT_GIVEN
    text = await text_of(house)
    assert text is not None
    assert text.hash == hashed
    assert text.lines[0].startswith("Your yes lets couriers open the door of")
    assert (await verified(house.building.ledger)).intact


async def test_other_rules_of_the_action_are_kept(
    house: House, people: People, phones: dict[str, AskedPhone]
) -> None:
    response = await act(house, people, share_hours=True)
    assert response["consent_asked"] is True
    assert (response["share_hours"], response["consent"]) == (True, "not_given")

    await press(house, phones["Ada"], yes(phones["Ada"]))
    rules = house.building.rulebook.of(ADA)
    assert (rules.share_hours, rules.consent) == (True, Consent.GIVEN)


async def test_without_an_own_app_the_error_says_what_was_kept(
    house: House, people: People
) -> None:
    ada = people.acting("Ada")
    call = {"device_id": house.device(ADA).id, "consent": True}
    for more, key in (
        ({}, "consent_needs_app"),
        ({"share_hours": True}, "consent_needs_app_rest"),
        ({"share_hours": True}, "consent_needs_app"),
    ):
        with pytest.raises(Exception, match="A yes needs its text") as raised:
            await house.hass.services.async_call(
                DOMAIN, "set_rules", {**call, **more}, blocking=True, context=ada
            )
        assert getattr(raised.value, "translation_key", None) == key
    assert house.building.rulebook.of(ADA).share_hours
    assert consent(house) is Consent.NOT_GIVEN


async def test_nobody_else_can_ask_or_answer(
    house: House, people: People, phones: dict[str, AskedPhone]
) -> None:
    for who in (people.acting("Abe"), await people.owner()):
        found = await refusal(house, "set_rules", who, ADA, consent=True)
        assert found in ("not_allowed_loosen_rules", "not_allowed_restrict_rules")
    await act(house, people)
    button = yes(phones["Ada"])
    # A flatmate's app fires the event, and one that names no user.
    await press(house, phones["Abe"], button)
    house.hass.bus.async_fire(EVENT_ACTION, {"action": button})
    await house.settle()
    assert consent(house) is Consent.NOT_GIVEN
    # A made-up token, from the right app.
    await press(house, phones["Ada"], button[:-4] + "0000")
    assert consent(house) is Consent.NOT_GIVEN


async def test_yes_counts_once_and_only_until_another_decision(
    house: House, people: People, phones: dict[str, AskedPhone]
) -> None:
    await act(house, people)
    first = yes(phones["Ada"])
    await press(house, phones["Ada"], first)
    assert consent(house) is Consent.GIVEN
    await act(house, people, consent=False)
    assert consent(house) is Consent.WITHDRAWN
    await press(house, phones["Ada"], first)
    assert consent(house) is Consent.WITHDRAWN


async def test_yes_after_a_day_does_not_count(
    hass: HomeAssistant,
    house: House,
    people: People,
    phones: dict[str, AskedPhone],
    freezer: FrozenDateTimeFactory,
) -> None:
    await act(house, people)
    await pass_time(hass, freezer, timedelta(hours=24).total_seconds())
    await press(house, phones["Ada"], yes(phones["Ada"]))
    assert consent(house) is Consent.NOT_GIVEN


async def test_yes_to_a_text_that_changed_asks_again(
    hass: HomeAssistant,
    house: House,
    people: People,
    phones: dict[str, AskedPhone],
    freezer: FrozenDateTimeFactory,
) -> None:
    await act(house, people)
    options = {**house.entry.options, "retention_days": 45}
    hass.config_entries.async_update_entry(house.entry, options=options)
    await house.settle()
    await pass_time(hass, freezer, 600)
    await press(house, phones["Ada"], yes(phones["Ada"]))
    assert consent(house) is Consent.NOT_GIVEN
    await house.settle()
    assert len(asked(phones["Ada"])) == 2

    await press(house, phones["Ada"], yes(phones["Ada"]))
    assert consent(house) is Consent.GIVEN
    text = await text_of(house)
    assert text is not None
    assert "erased after 45 days" in text.text


async def test_yes_counts_after_a_restart(
    hass: HomeAssistant,
    house: House,
    people: People,
    phones: dict[str, AskedPhone],
) -> None:
    await act(house, people)
    button = yes(phones["Ada"])
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    # Pressed while the building isn't loaded.
    await phones["Ada"].press(button)
    await hass.async_block_till_done()
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    assert consent(house) is Consent.GIVEN


async def test_removed_resident_gives_no_consent(
    hass: HomeAssistant,
    house: House,
    people: People,
    phones: dict[str, AskedPhone],
) -> None:
    await act(house, people)
    button = yes(phones["Ada"])
    hass.config_entries.async_remove_subentry(house.entry, ADA)
    await house.settle()
    await press(house, phones["Ada"], button)
    assert consent(house) is Consent.NOT_GIVEN
    assert await text_of(house) is None
