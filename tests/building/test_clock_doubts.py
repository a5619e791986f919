"""Test that an untrusted clock refuses couriers until it is right or accepted."""

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.api.commands import (
    async_accept_clock,
    async_pause,
    async_resume,
)
from custom_components.courier_access.api.permissions import Actor, async_acting
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.home_assistant.clock import CHECK_EVERY
from tests.support import fixing
from tests.support.clocks import Clocks
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    resident,
    until,
    utc,
)
from tests.support.people import access_token, acting, user
from tests.support.rows import kept_rows
from tests.support.verified import verified

SECOND, MINUTE, HOUR, DAY = (
    timedelta(**{part: 1}) for part in ("seconds", "minutes", "hours", "days")
)
YEARS = 1800 * DAY


@pytest.fixture
def clocks(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> Clocks:
    """Take the machine's clocks over."""
    freezer.move_to(utc(2026, 11, 24, 12))
    return Clocks.take_over(hass, freezer, monkeypatch)


@pytest.fixture
def bolt() -> Bolt:
    """What opens the door."""
    return Bolt()


@pytest.fixture
async def house(
    hass: HomeAssistant, clocks: Clocks, bolt: Bolt
) -> AsyncGenerator[House]:
    """A building whose door is opened by the bolt, where repairs can be done."""
    assert await async_setup_component(hass, "repairs", {})
    house = await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )
    yield house
    # A clock step hands the building over: let that finish.
    await notice(house, clocks)


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    """Return a courier who has a grant for ten entries in the next two hours."""
    sender = Sender(await hass_client_no_auth())
    assert (await sender.grant(max_entries=10)).body["decision"] == "accepted"
    return sender


async def owner(house: House) -> Actor:
    someone = await user(house.hass, "Otto", admin=True)
    return await async_acting(house.building, acting(someone))


async def notice(house: House, clocks: Clocks) -> None:
    """Let the building look at its clock."""
    await clocks.pass_time(CHECK_EVERY)
    await house.settle()


@pytest.fixture
async def issue(hass: HomeAssistant, house: House, clocks: Clocks) -> ir.IssueEntry:
    """The repair issue of a clock that was set back by an hour."""
    await clocks.step(-HOUR)
    house.building.clock_watch.check()
    await house.settle()
    shown = fixing.shown(hass, "clock_untrusted")
    assert shown is not None
    return shown


async def test_clock_set_back_by_less_than_a_minute_changes_nothing(
    hass: HomeAssistant, house: House, sender: Sender, clocks: Clocks
) -> None:
    await clocks.step(-59 * SECOND)
    loaded = house.building
    await clocks.pass_time(CHECK_EVERY)

    assert (await sender.enter()).body["outcome"] == "opened"
    assert fixing.shown(hass, "clock_untrusted") is None
    assert house.building is loaded


async def test_clock_set_back_by_an_hour_refuses_couriers_only_until_it_is_right(
    hass: HomeAssistant, house: House, sender: Sender, clocks: Clocks, bolt: Bolt
) -> None:
    await clocks.step(-HOUR)
    entered = await sender.enter()

    assert (entered.status, entered.problem) == (503, "clock_untrusted")
    assert bolt.names == []
    # The step hands the building over; meanwhile nothing is known of its clock.
    await house.settle()
    issue = fixing.shown(hass, "clock_untrusted")
    assert issue is not None
    assert issue.is_fixable
    assert issue.severity is ir.IssueSeverity.ERROR
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["building"] == "12 Elm Street"

    for command in ("unlock", "lock"):
        await hass.services.async_call(
            "lock", command, {"entity_id": "lock.lobby"}, blocking=True
        )
    assert bolt.names == ["unlock", "lock"]

    await clocks.step(HOUR)
    await notice(house, clocks)
    assert fixing.shown(hass, "clock_untrusted") is None
    assert (await sender.enter()).body["outcome"] == "opened"


async def test_wrong_clock_is_noticed_without_a_courier_and_at_startup(
    hass: HomeAssistant, house: House, clocks: Clocks
) -> None:
    await clocks.step(-HOUR)
    await notice(house, clocks)
    assert fixing.shown(hass, "clock_untrusted") is not None

    assert await hass.config_entries.async_unload(house.entry.entry_id)
    assert fixing.shown(hass, "clock_untrusted") is None
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    assert fixing.shown(hass, "clock_untrusted") is not None


async def test_what_residents_do_does_not_make_a_wrong_clock_trusted(
    hass: HomeAssistant, house: House, sender: Sender, clocks: Clocks
) -> None:
    await clocks.step(-HOUR)
    actor = await owner(house)
    await async_pause(house.building, actor)
    await async_resume(house.building, actor)
    assert (await sender.enter()).problem == "clock_untrusted"

    assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert (await sender.enter()).problem == "clock_untrusted"


async def test_administrator_accepts_a_clock_that_was_ahead(
    hass: HomeAssistant,
    house: House,
    clocks: Clocks,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    otto = await user(hass, "Otto", admin=True)
    sender = Sender(await hass_client_no_auth())
    await clocks.step(YEARS)
    await sender.grant("ahead")
    await house.settle()  # the building is replaced
    assert (await sender.enter("ahead")).body["outcome"] == "opened"
    await clocks.step(-YEARS)
    await notice(house, clocks)
    assert (await sender.grant()).problem == "clock_untrusted"
    issue = fixing.shown(hass, "clock_untrusted")
    assert issue is not None

    client = await hass_client(await access_token(hass, otto))
    form = await fixing.begin(client, issue.issue_id)
    assert form["step_id"] == "confirm"
    placeholders = form["description_placeholders"]
    assert placeholders["building"] == "12 Elm Street"
    assert placeholders["now"] == f"{dt_util.now():%Y-%m-%d %H:%M}"
    assert placeholders["newest"].startswith("2031-")
    assert (await fixing.confirm(client, form))["type"] == "create_entry"

    assert fixing.shown(hass, "clock_untrusted") is None
    await sender.grant()
    assert (await sender.enter()).body["outcome"] == "opened"
    await house.settle()
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert (await sender.send("ping", {})).body["decision"] == "ok"
    [(at, body, by)] = await kept_rows(
        house.building.ledger,
        """
        SELECT at, body, value FROM records JOIN personal USING (seq)
        WHERE kind = 'clock.accepted'
        """,
        tuple[datetime, str, str],
    )
    assert at < utc(2026, 11, 25)
    assert '"latest":"2031-' in body
    assert otto.id in by
    assert (await verified(house.building.ledger)).intact

    # To accept one wrong clock isn't to accept the next.
    await clocks.step(-HOUR)
    assert (await sender.send("ping", {})).problem == "clock_untrusted"


async def test_only_an_admin_accepts_a_clock(
    hass: HomeAssistant,
    house: House,
    issue: ir.IssueEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    dan = await user(hass, "Dan")
    client = await hass_client(await access_token(hass, dan))
    asked = {"handler": DOMAIN, "issue_id": issue.issue_id}
    assert (await client.post(fixing.FIX, json=asked)).status == 401

    flow = hass.data["repairs"]["flow_manager"]
    refused = await flow.async_init(DOMAIN, context={"issue_id": issue.issue_id})
    assert (refused["type"], refused["reason"]) == ("abort", "not_allowed")

    with pytest.raises(ServiceValidationError) as caught:
        await async_accept_clock(
            house.building, await async_acting(house.building, acting(dan))
        )
    assert caught.value.translation_key == "not_allowed_repair"
    assert not house.building.clock_watch.is_trusted


async def test_fix_says_why_it_cannot_be_done(
    hass: HomeAssistant,
    house: House,
    issue: ir.IssueEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    otto = await user(hass, "Otto", admin=True)
    client = await hass_client(await access_token(hass, otto))
    form = await fixing.begin(client, issue.issue_id)

    await house.building.ledger.close()
    failed = await fixing.confirm(client, form)
    assert failed["errors"] == {"base": "ledger_unavailable"}

    assert await hass.config_entries.async_unload(house.entry.entry_id)
    gone = await fixing.confirm(client, failed)
    assert (gone["type"], gone["reason"]) == ("abort", "not_loaded")


async def test_clock_that_was_never_set_cannot_be_accepted(
    hass: HomeAssistant, clocks: Clocks, hass_client_no_auth: ClientSessionGenerator
) -> None:
    right = dt_util.utcnow()
    clocks.set_wall(utc(1970, 1, 1, 0, 1) - right)
    house = await build(hass)
    assert house.building.ledger.newest_at == dt_util.utcnow()
    sender = Sender(await hass_client_no_auth())
    assert (await sender.send("ping", {})).problem == "clock_untrusted"
    issue = fixing.shown(hass, "clock_not_set")
    assert issue is not None
    assert not issue.is_fixable
    with pytest.raises(ServiceValidationError) as caught:
        await async_accept_clock(house.building, await owner(house))
    assert caught.value.translation_key == "clock_not_set"

    await clocks.step(right - dt_util.utcnow())
    await notice(house, clocks)

    assert fixing.shown(hass, "clock_not_set") is None
    assert (await sender.send("ping", {})).body["decision"] == "ok"


async def test_accepting_a_correct_clock_changes_nothing(house: House) -> None:
    before = house.building.ledger.newest_at
    await async_accept_clock(house.building, await owner(house))
    assert house.building.ledger.newest_at == before


@pytest.mark.parametrize("by", [-HOUR, HOUR, -YEARS, YEARS])
@pytest.mark.parametrize("is_handed_over", [False, True])
async def test_door_is_locked_again_whatever_the_clock_is_set_to(
    house: House,
    sender: Sender,
    clocks: Clocks,
    bolt: Bolt,
    by: timedelta,
    is_handed_over: bool,
) -> None:
    assert (await sender.enter()).body["outcome"] == "opened"
    await house.settle()
    loaded = house.building
    await clocks.step(by)
    if is_handed_over:
        loaded.clock_watch.check()
        await house.settle()
        assert house.entry.state is ConfigEntryState.LOADED
        assert house.building is not loaded
        # The longest unlock time counts from the hand-over.
        await clocks.pass_time(16 * SECOND)
    else:
        await clocks.pass_time(4 * SECOND)
        assert bolt.names == ["unlock"]

    await clocks.pass_time((5 if is_handed_over else 1) * SECOND)
    await house.settle()

    assert bolt.names == ["unlock", "lock"]


@pytest.mark.parametrize("by", [-HOUR, HOUR])
async def test_entry_finishes_while_the_clock_is_set(
    hass: HomeAssistant,
    house: House,
    sender: Sender,
    clocks: Clocks,
    bolt: Bolt,
    by: timedelta,
) -> None:
    bolt.obeys = False
    entering = hass.async_create_task(sender.enter(message_id="once"))
    await until(lambda: bolt.names == ["unlock"])
    clocks.set_wall(by)
    bolt.move(locked=False)
    entered = await entering

    assert entered.body["outcome"] == "opened"
    bolt.obeys = True
    await clocks.pass_time(5 * SECOND)
    await house.settle()
    assert bolt.names == ["unlock", "lock"]
    assert [
        message
        for _, message in house.told
        if "opened" in message or "let in" in message
    ]


async def test_overlapping_entries_have_their_unlock_time_after_a_clock_step(
    house: House, sender: Sender, clocks: Clocks, bolt: Bolt
) -> None:
    await sender.enter()
    await clocks.pass_time(3 * SECOND)
    await clocks.step(-50 * SECOND)
    assert (await sender.enter()).body["outcome"] == "opened"
    await clocks.pass_time(4 * SECOND)
    assert "lock" not in bolt.names

    await clocks.pass_time(SECOND)
    await house.settle()
    assert bolt.names[-1] == "lock"
