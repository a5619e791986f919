"""Test that vetoes survive a restart before they are committed (promise 3)."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import Context, CoreState, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store
from homeassistant.util.file import WriteError
import pytest

from custom_components.courier_access.ledger import sql
from custom_components.courier_access.ledger.errors import Cause
from custom_components.courier_access.ledger.queue import Button
from custom_components.courier_access.notifications.actions import (
    EVENT_ACTION,
    action_of,
)
from tests.attacks.test_hanging_ledger import hanging
from tests.notifications.test_presses_reloaded import (
    announced,
    be_impatient,
    foreign,
    load,
    unload,
)
from tests.promises import test_3_told_before
from tests.promises.test_3_told_before import Neighbourhood
from tests.support.house import House, pass_time, until
from tests.support.rows import bodies

elm = test_3_told_before.elm

TOKEN = "0123456789abcdef" * 2


def stored(house: House, storage: dict[str, Any]) -> list[dict[str, str]]:
    """Return the presses in a building's file."""
    file: dict[str, Any] = storage.get(
        f"courier_access.{house.entry.entry_id}.pressed", {}
    )
    presses: list[dict[str, str]] = file.get("data", [])
    return presses


async def tokens(house: House, storage: dict[str, Any]) -> list[str]:
    await house.settle()
    return [
        action_of(Button(each["verb"]), each["token"])
        for each in stored(house, storage)
    ]


async def end(house: House) -> None:
    """Stop Home Assistant and drop its memory."""
    house.hass.set_state(CoreState.stopping)
    await unload(house)
    house.hass.bus.async_fire_internal(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await house.settle()
    crash(house)
    house.hass.set_state(CoreState.running)


def crash(house: House) -> None:
    """Drop Home Assistant's memory."""
    for name in ("presses", "left_to_write", "reports"):
        house.hass.data.pop(f"courier_access_{name}", None)


async def vetoes_recorded(house: House) -> int:
    return len(await bodies(house.building.ledger, "grant.vetoed"))


async def test_veto_with_locked_ledger_survives_a_restart(
    elm: Neighbourhood, hass_storage: dict[str, Any]
) -> None:
    house = await announced(elm)
    await be_impatient(house)
    with foreign(house, "BEGIN IMMEDIATE"):
        await elm.press("Ada", elm.veto_of("Ada"))
        assert await tokens(house, hass_storage) == [elm.veto_of("Ada")]
        await end(house)
    await load(house)

    assert await elm.enter() == "vetoed"
    assert elm.bolt.names == []
    assert await tokens(house, hass_storage) == []
    assert await vetoes_recorded(house) == 1


async def test_veto_without_ledger_survives_a_restart(
    elm: Neighbourhood, hass_storage: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await announced(elm)
    await unload(house)
    monkeypatch.setattr(sql, "BUSY_SECONDS", 0.05)
    with foreign(house, "BEGIN EXCLUSIVE"):
        await load(house)
        assert house.building.fault is Cause.LOCKED
        await elm.press("Ada", elm.veto_of("Ada"))
        await end(house)
        await load(house)
        # A press now must not displace earlier ones.
        await elm.press("Ben", elm.veto_of("Ben"))
        assert await tokens(house, hass_storage) == [
            elm.veto_of("Ada"),
            elm.veto_of("Ben"),
        ]
        await end(house)
    await load(house)

    assert await elm.enter() == "vetoed"
    assert elm.bolt.names == []
    assert await tokens(house, hass_storage) == []


async def test_veto_during_shutdown_survives_a_restart(
    elm: Neighbourhood, hass_storage: dict[str, Any]
) -> None:
    house = await announced(elm)
    house.hass.set_state(CoreState.stopping)
    await unload(house)
    house.hass.bus.async_fire(
        EVENT_ACTION,
        {"action": elm.veto_of("Ada")},
        context=Context(user_id=elm.people["Ada"].id),
    )
    await house.settle()
    assert await tokens(house, hass_storage) == []
    house.hass.bus.async_fire_internal(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await house.settle()
    crash(house)
    house.hass.set_state(CoreState.running)
    assert await tokens(house, hass_storage) == [elm.veto_of("Ada")]
    await load(house)

    assert await elm.enter() == "vetoed"


async def test_veto_is_stored_soon_if_the_ledger_hangs(
    elm: Neighbourhood, hass_storage: dict[str, Any], freezer: FrozenDateTimeFactory
) -> None:
    house = await announced(elm)
    with hanging(house) as busy:
        await elm.phones["Ada"].press(elm.veto_of("Ada"))
        assert stored(house, hass_storage) == []
        freezer.tick(2)
        await until(lambda: bool(stored(house, hass_storage)))
        assert [press["verb"] for press in stored(house, hass_storage)] == ["veto"]
    await busy
    await house.settle()

    assert await elm.enter() == "vetoed"
    assert await tokens(house, hass_storage) == []


async def test_committed_veto_still_in_the_file_is_not_recorded_again(
    elm: Neighbourhood, hass_storage: dict[str, Any]
) -> None:
    house = await announced(elm)
    await unload(house)
    await elm.press("Ada", elm.veto_of("Ada"))
    [press] = stored(house, hass_storage)
    await load(house)
    assert await tokens(house, hass_storage) == []
    await end(house)
    key = f"courier_access.{house.entry.entry_id}.pressed"
    hass_storage[key]["data"] = [press]
    await load(house)

    assert await vetoes_recorded(house) == 1
    assert await tokens(house, hass_storage) == []
    assert await elm.enter() == "vetoed"


async def test_refusal_survives_a_restart_and_approval_is_not_stored(
    elm: Neighbourhood, hass_storage: dict[str, Any]
) -> None:
    house = await announced(elm)
    await unload(house)
    for verb in Button:
        await elm.press("Ada", action_of(verb, TOKEN))

    assert stored(house, hass_storage) == [
        {"verb": verb, "token": TOKEN, "user_id": elm.people["Ada"].id}
        for verb in (
            "veto",
            "decline",
            "confirm",
            "withdraw",
            "deny",
            "ask",
            "let_in",
            "open_day",
            "consent",
            "object",
        )
    ]
    await load(house)
    assert await tokens(house, hass_storage) == []


async def test_veto_takes_effect_without_disk_and_is_stored_later(
    elm: Neighbourhood,
    hass_storage: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    house = await announced(elm)
    await be_impatient(house)
    with foreign(house, "BEGIN IMMEDIATE"):
        for error in (WriteError(OSError(28, "full")), OSError(28, "no folder")):

            async def full(*_: object, error: Exception = error) -> None:
                raise error

            with monkeypatch.context() as patched:
                patched.setattr(Store, "_async_write_data", full)
                await elm.press("Ada", elm.veto_of("Ada"))
                assert "full" in caplog.text
                assert (await elm.sender.enter()).status == 503
        assert stored(house, hass_storage) == []
        await pass_time(house.hass, freezer, 60)
        assert await tokens(house, hass_storage) == [elm.veto_of("Ada")]
    await pass_time(house.hass, freezer, 60)
    assert await tokens(house, hass_storage) == []
    assert await elm.enter() == "vetoed"
    assert elm.bolt.names == []


def pressed(
    token: object, user_id: object = "ada", verb: str = "veto"
) -> dict[str, object]:
    return {"verb": verb, "token": token, "user_id": user_id}


def write(
    house: House, storage: dict[str, Any], data: object, version: int = 1
) -> None:
    """Replace a building's file of presses."""
    key = f"courier_access.{house.entry.entry_id}.pressed"
    storage[key] = {"version": version, "minor_version": 1, "key": key, "data": data}


INVALID: list[tuple[object, int]] = [
    ([{"verb": "open"}], 1),
    ([{"token": TOKEN}], 1),
    ([7], 1),
    (7, 1),
    ({"veto": TOKEN}, 1),
    ([pressed([TOKEN])], 1),
    ([pressed({TOKEN: TOKEN})], 1),
    ([pressed(None)], 1),
    ([pressed(7)], 1),
    ([pressed(TOKEN, ["ada"])], 1),
    ([pressed(TOKEN, verb="approve")], 1),
    ([pressed(TOKEN)], 0),
    ([pressed(TOKEN)], 2),
]


async def test_invalid_file_does_not_block_setup(
    elm: Neighbourhood, hass_storage: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    house = await announced(elm)
    for data, version in INVALID:
        await end(house)
        write(house, hass_storage, data, version)
        caplog.clear()
        await load(house)
        assert house.building.fault is None, data
        assert "Stored button presses can't be read" in caplog.text, data

    await elm.press("Ada", elm.veto_of("Ada"))
    assert await elm.enter() == "vetoed"


async def test_invalid_press_in_the_file_loses_no_veto(
    elm: Neighbourhood, hass_storage: dict[str, Any]
) -> None:
    house = await announced(elm)
    await unload(house)
    await elm.press("Ada", elm.veto_of("Ada"))
    [good] = stored(house, hass_storage)
    crash(house)
    write(house, hass_storage, [7, good, pressed([TOKEN])])
    await load(house)

    assert await elm.enter() == "vetoed"
    assert await tokens(house, hass_storage) == []


async def test_unreadable_file_does_not_block_setup(
    elm: Neighbourhood,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = await announced(elm)
    await end(house)
    loaded = Store.async_load

    async def away(store: Store[Any]) -> Any:
        if store.key.endswith(".pressed"):
            raise HomeAssistantError("no such disk")
        return await loaded(store)

    monkeypatch.setattr(Store, "async_load", away)
    await load(house)

    assert "Stored button presses can't be read" in caplog.text
    assert await elm.enter() == "ok"


async def test_file_is_removed_with_its_building(
    hass: HomeAssistant, elm: Neighbourhood, hass_storage: dict[str, Any]
) -> None:
    house = await announced(elm)
    await unload(house)
    await elm.press("Ada", elm.veto_of("Ada"))
    assert len(stored(house, hass_storage)) == 1
    assert await hass.config_entries.async_remove(house.entry.entry_id)
    await elm.press("Ben", elm.veto_of("Ben"))

    assert not [key for key in hass_storage if house.entry.entry_id in key]
