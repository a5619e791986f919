"""Write the ledger of a new version of the schema (`scripts/stored`), once.

Files of earlier versions are never changed: installations have them.
"""

from pathlib import Path
import sqlite3

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import Consent, GrantKey, Rules
from custom_components.courier_access.access.standing_orders import StandingOrder
from custom_components.courier_access.api.commands import (
    async_pause,
    async_renew_link,
    async_resume,
    async_veto_grant,
)
from custom_components.courier_access.api.permissions import link_holder
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.entries.unsigned import Shown
from custom_components.courier_access.home_assistant.callbacks import reference_of
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.state.consent_texts import (
    ConsentText,
    note_shown,
    put_text,
)
from custom_components.courier_access.ledger.state.entries import (
    Observation,
    record_observed,
)
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.ledger.structure import SCHEMA_VERSION
from tests.support.asked_phones import ASK, AskedHouse, PushService, asked_house
from tests.support.house import pass_time
from tests.support.pages import Visitor, token_of
from tests.support.parcel_feed import parcel_account
from tests.support.verified import verified

STORED = Path(__file__).parent / f"v{SCHEMA_VERSION}.sql"
LIVES = {"Ada": "3B", "Ben": "3B", "Cleo": "4A", "Dora": "5C"}


async def test_renewal(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    freezer.move_to("2026-11-24T12:00:00+00:00")
    asked = await asked_house(
        hass, hass_client_no_auth, service, LIVES, without_login=("Dora",)
    )
    await _live(hass, freezer, asked)
    await asked.settle()
    assert (await verified(asked.house.building.ledger)).intact
    assert await hass.config_entries.async_unload(asked.house.entry.entry_id)
    path = ledger_path(hass, asked.house.entry.entry_id)
    await hass.async_add_executor_job(_store, path)


async def _show_text(asked: AskedHouse) -> None:
    """Show Dora a text."""
    text = ConsentText.of("en", ["Couriers may open the door for you."])
    now = dt_util.utcnow()

    def show(transaction: Transaction) -> None:
        put_text(transaction.conn, text, now)
        note_shown(transaction.conn, "resident-dora", now)

    await asked.house.building.ledger.write(show)


async def _show_codes(asked: AskedHouse) -> None:
    """Make a pass and an address code, and type a wrong one."""
    building = asked.house.building
    ada, lobby = (
        building.residents["resident-ada"],
        building.directory.doors["door-lobby"],
    )
    grant = building.grants.live(GrantKey("courier-parcel-post", "asked"))
    assert grant is not None
    author = Author(asked.people["Ada"].id)
    await building.passes.make(grant, ada, author)
    await building.passes.renew_address_code(ada, author)
    await building.unsigned.request(lobby, Shown("000001"))


async def _live(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, asked: AskedHouse
) -> None:
    """Let everything happen that leaves something in the ledger."""
    sender, building = asked.sender, asked.house.building
    dora = building.residents["resident-dora"]
    visitor = Visitor(sender.client, token_of(asked.house, "Dora"))
    await visitor.do("give_consent", agree="yes")
    await sender.grant(
        "asked", units=("3B", "4A"), max_entries=5, door="lobby", parcel_ref="P-1"
    )
    entering = await asked.come(
        "Ada", "Ben", "Cleo", grant_id="asked", driver_ref="D-1"
    )
    await asked.phones["Ada"].answer("Let in")
    assert (await entering).body["outcome"] == "opened"
    await pass_time(hass, freezer, 30)

    await _show_text(asked)
    await _show_codes(asked)
    await _give_order(asked)
    await sender.grant("vetoed", units=("3B", "4A"), door="lobby")
    await async_veto_grant(
        building,
        link_holder(building.residents["resident-cleo"]),
        "courier-parcel-post",
        "vetoed",
        "4a",
    )
    await sender.grant("revoked", units=("3B",), door="garage")
    await sender.revoke("revoked")
    await asked.decide(
        "Cleo", Rules(consent=Consent.GIVEN, schedule=ALWAYS, digest_at=19 * 60)
    )
    await sender.grant(
        "open", units=("4A",), door="lobby", max_entries=3, parcel_ref="P-2"
    )
    assert (await sender.enter("open", driver_ref="D-2")).body["outcome"] == "opened"
    await pass_time(hass, freezer, 60)
    for _ in range(3):
        await sender.enter("made-up", door="lobby")

    await async_pause(building, link_holder(dora))
    assert (await sender.enter("open")).body["reason"] == "paused"
    await async_resume(building, link_holder(dora))
    await async_pause(building, link_holder(dora), "5c")
    await async_renew_link(building, link_holder(dora), dora)
    await building.rulebook.change(
        building.residents["resident-ben"],
        Rules(consent=Consent.WITHDRAWN, schedule=ASK.schedule),
        Author(asked.people["Ben"].id),
    )
    for revision in (1, 2):  # the second one is held
        await sender.grant(
            "changed",
            units=("4A",),
            door="lobby",
            revision=revision,
            max_entries=revision,
        )
    await pass_time(hass, freezer, 180)
    amazon = Observation(
        "observed-1",
        dt_util.utcnow(),
        "observed-key",
        "Amazon Key",
        "door-lobby",
        "Lobby",
    )
    await building.ledger.write(
        lambda transaction: record_observed(transaction, amazon, (), amazon.at)
    )
    # The last entry ends like a crash: neither announced nor locked again.
    assert (await sender.enter("open")).body["outcome"] == "opened"


async def _give_order(asked: AskedHouse) -> None:
    """Let Cleo give a standing order, a parcel go out for delivery, and another one come back."""
    building = asked.house.building
    account = await parcel_account(asked.house.hass, "Cleo")
    source = reference_of(asked.house.hass, account.sensor.entity_id)
    order = StandingOrder(
        "order-1", "resident-cleo", (source,), "courier-parcel-post", "door-lobby"
    )
    await building.standing_orders.put(order, Author(asked.people["Cleo"].id))
    for barcode in ("P-3", "P-4"):
        account.report(barcode, "out_for_delivery")
    await asked.settle()
    assert len(building.grants.ordered()) == 2
    account.report("P-4", "in_transit")
    await asked.settle()
    [grant] = building.grants.ordered()
    assert grant.delivery.parcel_ref == "P-3"


def _store(path: Path) -> None:
    conn = sqlite3.connect(path)
    lines = [*conn.iterdump(), f"PRAGMA user_version = {SCHEMA_VERSION};"]
    conn.close()
    STORED.write_text("\n".join(lines) + "\n", "utf-8")
