"""Test the repair issue of a courier that doesn't use its new key."""

from base64 import b64encode
from datetime import timedelta
import json
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.support import fixing
from tests.support.house import (
    KEY,
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    utc,
)
from tests.support.people import access_token, user

NEW_KEY = "whsec_" + b64encode(b"the key that comes after it, too").decode()
HOUR = 3600
COURIER = "courier-parcel-post"


@pytest.fixture
async def house(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> House:
    """A building whose courier's key was just replaced."""
    freezer.move_to(utc(2026, 11, 24, 12))
    assert await async_setup_component(hass, "repairs", {})
    ends_at = utc(2026, 11, 25, 12).isoformat()
    keys = [{"key": NEW_KEY, "ends_at": None}, {"key": KEY, "ends_at": ends_at}]
    return await build(hass, door(), courier(keys=keys), resident())


def is_shown(hass: HomeAssistant) -> bool:
    return fixing.shown(hass, "key_ending") is not None


def issue_id(hass: HomeAssistant) -> str:
    """Return the id of the issue, which is shown."""
    issue = fixing.shown(hass, "key_ending")
    assert issue is not None
    return issue.issue_id


async def open_fix(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, issue: str
) -> tuple[TestClient[Any, Any], dict[str, Any]]:
    """Log an administrator in, as time was moved, and press *Fix*."""
    owner = await user(hass, "Owner", admin=True)
    client = await hass_client(await access_token(hass, owner))
    return client, await fixing.begin(client, issue)


def keys(house: House) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = house.entry.subentries[COURIER].data["keys"]
    return kept


async def test_ending_key_is_shown_from_12_hours_before_until_new_one_is_used(
    hass: HomeAssistant,
    house: House,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    old = Sender(await hass_client_no_auth())
    await pass_time(hass, freezer, 12 * HOUR - 1)
    assert not is_shown(hass)
    await pass_time(hass, freezer, 1)

    issue = fixing.shown(hass, "key_ending")
    assert issue is not None
    # The time is local.
    ends_at = f"{dt_util.as_local(utc(2026, 11, 25, 12)):%Y-%m-%d %H:%M}"
    assert issue.translation_placeholders == {
        "building": "12 Elm Street",
        "courier": "Parcel Post",
        "ends_at": ends_at,
    }
    assert (await old.send("ping", {})).status == 200
    assert is_shown(hass)
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert is_shown(hass)

    # Once the old key has ended, the courier is refused, and the issue says why.
    await pass_time(hass, freezer, 13 * HOUR)
    assert (await old.send("ping", {})).status == 401
    assert is_shown(hass)

    new = Sender(old.client, key=NEW_KEY)
    for _ in range(2):
        assert (await new.send("ping", {})).status == 200
        assert not is_shown(hass)
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []
    await house.settle()

    # A reload remembers it.
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await pass_time(hass, freezer, HOUR)
    assert not is_shown(hass)


async def restart(house: House) -> None:
    """Stop Home Assistant, which stores what is left to store, and start it again."""
    hass = house.hass
    await house.go_down()
    hass.bus.async_fire_internal(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await house.settle()
    hass.data.pop("courier_access_couriers_heard", None)
    hass.data.pop("courier_access_used_keys", None)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()


async def test_courier_that_changed_keys_before_a_restart_is_not_shown_after_it(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    house: House,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    new = Sender(await hass_client_no_auth(), key=NEW_KEY)
    assert (await new.send("ping", {})).status == 200
    await restart(house)
    await pass_time(hass, freezer, 13 * HOUR)
    assert not is_shown(hass)

    await pass_time(hass, freezer, 24 * HOUR)
    await restart(house)
    assert not is_shown(hass)

    # The next new key isn't used yet.
    part = house.entry.subentries[COURIER]
    ends_at = (dt_util.utcnow() + timedelta(hours=1)).isoformat()
    next_keys = [{"key": KEY, "ends_at": None}, {"key": NEW_KEY, "ends_at": ends_at}]
    data = {**part.data, "keys": next_keys}
    hass.config_entries.async_update_subentry(house.entry, part, data=data)
    await house.settle()
    assert is_shown(hass)
    await restart(house)
    assert is_shown(hass)

    stored = f"courier_access.{house.entry.entry_id}.used_keys"
    assert stored in hass_storage
    assert await hass.config_entries.async_remove(house.entry.entry_id)
    assert stored not in hass_storage


@pytest.mark.parametrize("by_both", [False, True])
async def test_courier_that_uses_its_new_key_early_is_never_shown(
    hass: HomeAssistant,
    house: House,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    by_both: bool,
) -> None:
    sender = Sender(await hass_client_no_auth(), key=NEW_KEY)
    now = dt_util.utcnow().isoformat()
    body = json.dumps({"type": "ping", "timestamp": now, "data": {}})
    headers = sender.headers(body, message_id="both")
    if by_both:
        sender.key = KEY
        by_old = sender.headers(body, message_id="both")["webhook-signature"]
        headers["webhook-signature"] = f"{by_old} {headers['webhook-signature']}"

    assert (await sender.raw(body.encode(), headers)).status == 200
    await house.settle()
    await pass_time(hass, freezer, 13 * HOUR)

    assert not is_shown(hass)


async def test_courier_with_one_key_and_disabled_courier_are_not_shown(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    soon = (dt_util.utcnow() + timedelta(hours=1)).isoformat()
    both = [{"key": NEW_KEY, "ends_at": None}, {"key": KEY, "ends_at": soon}]
    await build(
        hass,
        door(),
        courier(),
        courier("Old Post", keys=both, enabled=False),
        courier("New Post", keys=both),
        resident(),
    )

    shown = [
        (issue.translation_placeholders or {})["courier"]
        for issue in ir.async_get(hass).issues.values()
        if issue.translation_key == "key_ending"
    ]
    assert shown == ["New Post"]


async def test_administrator_can_extend_the_old_key(
    hass: HomeAssistant,
    house: House,
    freezer: FrozenDateTimeFactory,
    hass_client: ClientSessionGenerator,
) -> None:
    await pass_time(hass, freezer, 25 * HOUR)
    client, menu = await open_fix(hass, hass_client, issue_id(hass))
    old = Sender(client)
    assert (await old.send("ping", {})).status == 401
    assert menu["menu_options"] == ["prolong", "end"]
    assert menu["description_placeholders"]["courier"] == "Parcel Post"

    done = await fixing.answer(client, menu, next_step_id="prolong")

    assert done["type"] == "create_entry"
    await house.settle()
    extended = dt_util.utcnow() + timedelta(hours=24)
    assert keys(house)[1]["ends_at"] == extended.isoformat()
    assert not is_shown(hass)
    assert (await old.send("ping", {})).status == 200
    await pass_time(hass, freezer, 12 * HOUR)
    assert is_shown(hass)


async def test_courier_that_gets_a_new_only_key_is_no_longer_shown(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory
) -> None:
    await pass_time(hass, freezer, 12 * HOUR)
    assert is_shown(hass)

    part = house.entry.subentries[COURIER]
    only = {**part.data, "keys": [{"key": KEY, "ends_at": None}]}
    hass.config_entries.async_update_subentry(house.entry, part, data=only)
    await house.settle()

    assert not is_shown(hass)


async def test_administrator_can_end_the_old_key_at_once(
    hass: HomeAssistant,
    house: House,
    freezer: FrozenDateTimeFactory,
    hass_client: ClientSessionGenerator,
) -> None:
    await pass_time(hass, freezer, 12 * HOUR)
    client, menu = await open_fix(hass, hass_client, issue_id(hass))
    other = await fixing.begin(client, issue_id(hass))

    done = await fixing.answer(client, menu, next_step_id="end")
    assert done["type"] == "create_entry"
    await house.settle()

    assert [key["key"] for key in keys(house)] == [NEW_KEY]
    assert not is_shown(hass)
    assert (await Sender(client).send("ping", {})).status == 401
    late = await fixing.answer(client, other, next_step_id="prolong")
    assert (late["type"], late["reason"]) == ("abort", "not_there")


async def test_no_key_is_changed_while_the_building_is_not_loaded(
    hass: HomeAssistant,
    house: House,
    freezer: FrozenDateTimeFactory,
    hass_client: ClientSessionGenerator,
) -> None:
    await pass_time(hass, freezer, 12 * HOUR)
    issue = issue_id(hass)
    await hass.config_entries.async_set_disabled_by(
        house.entry.entry_id, ConfigEntryDisabler.USER
    )

    _, begun = await open_fix(hass, hass_client, issue)

    assert (begun["type"], begun["reason"]) == ("abort", "not_loaded")
    assert len(keys(house)) == 2
