"""A courier's key that was replaced because it leaked, and that an older configuration brings back."""

from pathlib import Path

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building.building import ledger_path
from tests.building.test_restore import back_up, bring_back
from tests.support.house import ALWAYS, Sender, ask, build, courier, door, resident
from tests.support.people import People, acting


def delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


async def test_couriers_wait_for_the_administrator_also_where_the_restored_ledger_is_lost(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator, tmp_path: Path
) -> None:
    people = People(hass)
    await people.move_in("Ada")
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
    )
    thief = Sender(await hass_client_no_auth())
    await back_up(hass, house, tmp_path / "copy")
    await bring_back(hass, house, tmp_path / "copy")
    assert (await thief.send("ping", {})).status == 503
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    path = ledger_path(hass, house.entry.entry_id)
    await hass.async_add_executor_job(delete, path)
    assert await hass.config_entries.async_setup(house.entry.entry_id)

    ada = acting(people["Ada"])
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    await thief.grant()
    assert (await thief.enter()).status == 503
