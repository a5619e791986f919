"""The lock entity."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.lock.const import LockEntityFeature
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest

from tests.support.door_parts import BOLT, Bolt, install_bolt
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    pass_time,
    resident,
    watch,
)
from tests.support.people import acting, user

LOBBY = "lock.lobby"


@pytest.fixture
async def house(hass: HomeAssistant, bolt: Bolt) -> House:
    return await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )


def lobby(hass: HomeAssistant) -> State:
    state = hass.states.get(LOBBY)
    assert state is not None
    return state


async def call(
    hass: HomeAssistant, action: str, context: Context | None = None
) -> None:
    await hass.services.async_call(
        "lock", action, {"entity_id": LOBBY}, blocking=True, context=context
    )
    await hass.async_block_till_done()


async def test_lock_mirrors_opener(
    hass: HomeAssistant, house: House, bolt: Bolt
) -> None:
    assert lobby(hass).state == "locked"
    moves: tuple[tuple[str, dict[str, Any]], ...] = (
        ("unlocking", {"locked": False, "unlocking": True}),
        ("unlocked", {"locked": False}),
        ("open", {"locked": False, "opened": True}),
        ("jammed", {"jammed": True}),
        ("unknown", {"locked": None}),
    )
    for state, move in moves:
        bolt.move(**move)
        assert lobby(hass).state == state
    for attribute in ("is_locking", "is_opening"):
        setattr(bolt, f"_attr_{attribute}", True)
        bolt.report()
        assert lobby(hass).state == attribute.removeprefix("is_")
        setattr(bolt, f"_attr_{attribute}", False)


async def test_lock_is_unavailable_while_opener_is(
    hass: HomeAssistant, house: House, bolt: Bolt
) -> None:
    bolt.reachable(False)
    assert lobby(hass).state == "unavailable"
    bolt.reachable(True)
    assert lobby(hass).state == "locked"

    er.async_get(hass).async_remove(BOLT)
    await hass.async_block_till_done()
    assert lobby(hass).state == "unavailable"


async def test_open_is_supported_if_opener_supports_it(
    hass: HomeAssistant, house: House, bolt: Bolt
) -> None:
    assert lobby(hass).attributes["supported_features"] == LockEntityFeature.OPEN
    bolt._attr_supported_features = LockEntityFeature(0)
    bolt.report()
    assert lobby(hass).attributes["supported_features"] == LockEntityFeature(0)


async def test_manual_use_passes_through_unrecorded(
    hass: HomeAssistant, house: House, bolt: Bolt
) -> None:
    newest = house.building.ledger.newest_at
    for who in (acting(await user(hass, "Ada")), acting(None)):
        for action, becomes in (("unlock", "unlocked"), ("open", "open")):
            bolt.commands.clear()
            await call(hass, action, who)
            assert lobby(hass).state == becomes
            await call(hass, "lock", who)
            assert lobby(hass).state == "locked"

            commands = [(name, used and used.id) for name, used in bolt.commands]
            assert commands == [(action, who.id), ("lock", who.id)]
            assert lobby(hass).attributes.get("changed_by") is None
            assert lobby(hass).context.user_id == who.user_id
    assert house.building.ledger.newest_at == newest
    assert await entries_of(house.building, 10) == []


async def test_changed_by_names_courier_until_manual_use(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> None:
    await sender.grant()

    await sender.enter()
    assert lobby(hass).attributes["changed_by"] == "Parcel Post"
    await pass_time(hass, freezer, 6)
    assert lobby(hass).state == "locked"

    await call(hass, "unlock")
    assert lobby(hass).attributes.get("changed_by") is None
    await house.settle()


async def test_user_who_locks_a_locked_door_is_shown_in_place_of_the_courier(
    hass: HomeAssistant,
    house: House,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> None:
    await sender.grant()
    await sender.enter()
    await pass_time(hass, freezer, 6)
    assert lobby(hass).attributes["changed_by"] == "Parcel Post"

    ada = acting(await user(hass, "Ada"))
    await call(hass, "lock", ada)

    assert lobby(hass).attributes.get("changed_by") is None
    assert lobby(hass).context.user_id == ada.user_id


async def test_entry_has_one_context(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> None:
    await sender.grant(max_entries=2)
    seen = watch(hass, LOBBY, "event.lobby_courier", BOLT)

    await sender.enter()
    await house.settle()
    await pass_time(hass, freezer, 6)
    await house.settle()

    first = [(state.entity_id, state.state) for state in seen if state.domain == "lock"]
    assert first == [
        (BOLT, "unlocked"),
        (LOBBY, "unlocked"),
        (BOLT, "locked"),
        (LOBBY, "locked"),
    ]
    events = [
        state.attributes["event_type"] for state in seen if state.domain == "event"
    ]
    assert events == ["entry_admitted", "entry_completed"]
    assert len({state.context.id for state in seen}) == 1
    assert seen[0].context.user_id is None

    seen_first = len(seen)
    await sender.enter()
    await house.settle()
    second = {state.context.id for state in seen[seen_first:]}
    assert len(second) == 1
    assert second.isdisjoint({seen[0].context.id})
    await pass_time(hass, freezer, 6)
    await house.settle()


async def test_opener_error_reaches_caller(
    hass: HomeAssistant, house: House, bolt: Bolt
) -> None:
    bolt.raises = HomeAssistantError("no current")

    with pytest.raises(HomeAssistantError, match="no current"):
        await call(hass, "unlock")

    assert lobby(hass).state == "locked"


async def test_lock_action_raises_if_opener_cannot_lock(hass: HomeAssistant) -> None:
    buzzer = {"button": {"name": "Buzzer", "unique_id": "buzzer", "press": []}}
    assert await async_setup_component(hass, "template", {"template": [buzzer]})
    await hass.async_block_till_done()
    await build(hass, door(opener="button.buzzer"), courier(), resident())

    with pytest.raises(HomeAssistantError) as failed:
        await call(hass, "lock")

    assert failed.value.translation_key == "cannot_lock"
