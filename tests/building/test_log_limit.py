"""Test the limit of the log: older records are deleted, but not before residents know (promise 5)."""

from datetime import timedelta
from functools import partial
import json

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.upkeep import sealing
from custom_components.courier_access.ledger.verify_record import check_all
from custom_components.courier_access.notifications.dispatcher import (
    GIVE_UP_AFTER,
    RETRY_DELAYS,
)
from custom_components.courier_access.web.personal.page import (
    RecordsDeleted,
    export_pieces,
)
from tests.flows.front_end import FrontEnd
from tests.ledger.sealed import keeping
from tests.support.clocks import Clocks
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    resident,
)
from tests.support.pages import Visitor, token_of
from tests.support.rows import bodies, kept_rows, kinds, plant
from tests.support.verified import verified

DAY = timedelta(days=1)


@pytest.fixture
async def house(hass: HomeAssistant, clocks: Clocks) -> House:
    assert await async_setup_component(hass, "websocket_api", {})
    return await build(hass, door(), courier(), resident("Ada", "3B"))


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    """A courier who came once."""
    sender = Sender(await hass_client_no_auth())
    await come(house, sender, "first")
    return sender


async def come(house: House, sender: Sender, grant_id: str) -> None:
    await sender.grant(grant_id)
    assert (await sender.enter(grant_id)).body["outcome"] == "opened"
    await house.settle()


async def limit(hass: HomeAssistant, house: House, months: int) -> None:
    flow = FrontEnd(hass, None, "")
    await flow.configure(house.entry)
    await flow.submit(await flow.choose("retention"), log_months=months)
    await house.settle()


async def notified(house: House) -> list[str]:
    query = "SELECT kind FROM fanouts WHERE kind LIKE 'log_%' ORDER BY id"
    return await kept_rows(house.building.ledger, query, str)


async def is_sealed(house: House) -> bool:
    return "log.sealed" in await kinds(house.building.ledger)


async def test_old_visits_are_deleted_and_the_rest_still_verifies(
    hass: HomeAssistant, house: House, sender: Sender, clocks: Clocks
) -> None:
    await limit(hass, house, 3)
    await clocks.pass_time(31 * DAY)
    await come(house, sender, "second")
    await clocks.pass_time(80 * DAY)
    assert not await is_sealed(house)
    await clocks.pass_time(11 * DAY)

    assert await is_sealed(house)
    assert len(await entries_of(house.building, 10)) == 1
    assert (await verified(house.building.ledger)).intact
    ada = Visitor(sender.client, token_of(house, "Ada"))
    export = json.loads((await ada.ask(query="?export")).body)
    assert "The log begins after record" in check_all({"export.json": export})
    # The consent was carried on, also over a restart.
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    await come(house, sender, "third")
    assert (await verified(house.building.ledger)).intact


async def test_check_by_a_clock_that_is_behind_its_seal_ends_no_consent(
    hass: HomeAssistant, house: House, sender: Sender, clocks: Clocks
) -> None:
    """Without a battery, a clock shows the time of the last stop until it is set."""
    await limit(hass, house, 3)
    await clocks.pass_time(31 * DAY)
    await come(house, sender, "second")
    await clocks.pass_time(91 * DAY)
    assert await is_sealed(house)

    await clocks.step(-3 * DAY)
    found, _ = await house.building.verifications.check("Ada", ())
    assert not found.intact
    await house.settle()
    await clocks.step(3 * DAY)
    await house.settle()

    await come(house, sender, "third")
    assert (await verified(house.building.ledger)).intact


async def test_new_building_notifies_nobody_of_its_limit(house: House) -> None:
    assert await notified(house) == []
    assert await bodies(house.building.ledger, "log.limited") == []


async def test_residents_are_notified_of_the_limit_after_the_upgrade(
    hass: HomeAssistant, house: House, clocks: Clocks
) -> None:
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    plant(
        ledger_path(hass, house.entry.entry_id),
        "DELETE FROM about WHERE name = 'log_months'",
    )
    await clocks.pass_time(2 * DAY)
    for _ in range(2):
        await hass.config_entries.async_reload(house.entry.entry_id)
        await house.settle()

    assert await notified(house) == ["log_shortened"]
    [body] = await bodies(house.building.ledger, "log.limited")
    assert json.loads(body)["months"] == 12
    assert json.loads(body)["earlier_months"] is None


async def test_residents_are_notified_of_each_change_with_their_page(
    hass: HomeAssistant, house: House
) -> None:
    await hass.config.async_update(external_url="https://elm.example")
    pushes = async_mock_service(hass, "notify", "ada")
    for months in (6, 24):
        await limit(hass, house, months)
    shorter, longer = [push.data["message"] for push in pushes]
    assert "goes back 6 months" in shorter
    assert token_of(house, "Ada") in shorter
    assert "goes back 24 months" in longer
    assert await notified(house) == ["log_shortened", "log_lengthened"]
    changes = map(json.loads, await bodies(house.building.ledger, "log.limited"))
    assert [(each["earlier_months"], each["months"]) for each in changes] == [
        (12, 6),
        (6, 24),
    ]
    assert house.building.directory.log_months == 24


async def test_nothing_is_deleted_for_thirty_days_after_residents_were_notified(
    hass: HomeAssistant, house: House, sender: Sender, clocks: Clocks
) -> None:
    """A notification can be retried for a day, and the next try can be an hour later."""
    await clocks.pass_time(40 * DAY)
    await clocks.pass_time(160 * DAY)
    await limit(hass, house, 3)
    last_try = GIVE_UP_AFTER + max(RETRY_DELAYS)
    await clocks.pass_time(last_try + 30 * DAY)
    assert not await is_sealed(house)
    await clocks.pass_time(2 * DAY)
    assert await is_sealed(house)


@pytest.mark.parametrize("is_ahead", [True, False])
async def test_nothing_is_deleted_by_a_clock_that_jumped(
    hass: HomeAssistant, house: House, sender: Sender, clocks: Clocks, is_ahead: bool
) -> None:
    await limit(hass, house, 3)
    await clocks.pass_time(31 * DAY)
    if is_ahead:
        await clocks.step(400 * DAY)
        for _ in range(5):
            await clocks.pass_time(5 * DAY)
    else:
        await clocks.step(-20 * DAY)
        await clocks.pass_time(19 * DAY)
    assert not await is_sealed(house)
    if is_ahead:
        for _ in range(3):
            await clocks.pass_time(5 * DAY)
        assert await is_sealed(house)


async def test_download_breaks_off_if_records_are_deleted_meanwhile(
    house: House, sender: Sender, clocks: Clocks
) -> None:
    await clocks.pass_time(200 * DAY)
    await come(house, sender, "second")
    ada = house.building.residents["resident-ada"]
    pieces = export_pieces(house.building, ada, "")
    await anext(pieces)
    now = dt_util.utcnow()
    delete = partial(sealing.seal, now=now, kept=keeping(3 * sealing.MONTH))
    assert await house.building.ledger.write(delete)

    with pytest.raises(RecordsDeleted):
        async for _ in pieces:
            pass
    again = b"".join([piece async for piece in export_pieces(house.building, ada, "")])
    assert "none altered" in check_all({"export.json": json.loads(again)})
