"""What is owed to be told of a delivery before it comes: when, to whom, and not again without news."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from sqlalchemy import select

from custom_components.courier_access.access.model import Consent, GrantKey
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.rules import Author
from custom_components.courier_access.ledger.tables import fanouts, records
from tests.support.house import House, Sender, build, courier, door, resident

ANNOUNCED, REFUSED = NotificationKind.DELIVERY_ANNOUNCED, NotificationKind.GRANT_REFUSED


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed to be told of a grant; `record` is the kind of the record that it points at."""

    units: Mapping[str, str]
    details: Mapping[str, str]
    key: GrantKey
    record: str


async def owed(house: House, kind: NotificationKind) -> list[Owed]:
    """Return what was owed so far, in order."""
    query = (
        select(fanouts, records.c.kind.label("record"))
        .join(records, records.c.seq == fanouts.c.seq)
        .where(fanouts.c.kind == kind)
        .order_by(fanouts.c.id)
    )
    rows = await house.building.ledger.read(lambda conn: conn.execute(query).all())
    return [
        Owed(row.units, row.details, GrantKey(row.courier_id, row.grant_id), row.record)
        for row in rows
    ]


async def units_told(
    house: House, kind: NotificationKind = ANNOUNCED
) -> list[list[str]]:
    """Return the units that were owed to be told, each time."""
    return [sorted(told.units) for told in await owed(house, kind)]


async def of_two_units(hass: HomeAssistant) -> House:
    return await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(doors=("door-lobby", "door-garage")),
        resident("Ada", "3B"),
        resident("Cleo", "4A"),
    )


@pytest.fixture
def window() -> dict[str, Any]:
    """Two hours that do not move with the clock."""
    now = dt_util.utcnow()
    return {
        "starts_at": now.isoformat(),
        "ends_at": (now + timedelta(hours=2)).isoformat(),
        "door": "lobby",
    }


async def consent(house: House, name: str, said: Consent) -> None:
    someone = house.building.residents[f"resident-{name.lower()}"]
    rulebook = house.building.rulebook
    rules = replace(rulebook.of(someone.id), consent=said)
    await rulebook.change(someone, rules, Author())


async def test_an_accepted_grant_is_owed_to_its_units_with_what_they_need(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    window: dict[str, Any],
) -> None:
    house = await of_two_units(hass)
    sender = Sender(await hass_client_no_auth())

    await sender.grant(units=("3b ", "9Z"), max_entries=3, **window)

    [told] = await owed(house, ANNOUNCED)
    assert told.units == {"3b": "3B"}
    assert told.key == GrantKey("courier-parcel-post", "G1")
    assert told.record == "grant.accepted"
    start, end = (
        datetime.fromisoformat(window[name]) for name in ("starts_at", "ends_at")
    )
    assert datetime.fromisoformat(told.details["starts_at"]) == start
    assert datetime.fromisoformat(told.details["ends_at"]) == end
    assert {
        name: told.details[name] for name in ("courier", "door", "max_entries")
    } == {
        "courier": "Parcel Post",
        "door": "Lobby",
        "max_entries": "3",
    }
    # Nobody lives in 9Z, and the owner has nothing to do about it.
    assert await owed(house, REFUSED) == []


@pytest.mark.parametrize(
    "revision",
    [{}, {"driver_ref": "D-9"}, {"units": ("4a", "3b")}],
    ids=["nothing", "the driver", "the units' spelling"],
)
async def test_a_revision_that_changes_nothing_for_the_reader_is_not_told_again(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    window: dict[str, Any],
    revision: dict[str, Any],
) -> None:
    house = await of_two_units(hass)
    sender = Sender(await hass_client_no_auth())
    asked = {"units": ("3B", "4A"), "parcel_ref": "P-1", **window}
    await sender.grant(**asked)

    await sender.grant(**asked)
    answer = await sender.grant(**asked | revision, revision=2)

    assert answer.body["decision"] == "accepted"
    assert await units_told(house) == [["3b", "4a"]]


@pytest.mark.parametrize(
    "what", ["starts_at", "ends_at", "door", "parcel_ref", "max_entries"]
)
async def test_a_revision_that_changes_what_was_read_is_told_to_all(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    window: dict[str, Any],
    what: str,
) -> None:
    house = await of_two_units(hass)
    sender = Sender(await hass_client_no_auth())
    now = dt_util.utcnow()
    asked = {"units": ("3B", "4A"), "parcel_ref": "P-1", **window}
    news = {
        "starts_at": (now + timedelta(minutes=5)).isoformat(),
        "ends_at": (now + timedelta(hours=3)).isoformat(),
        "door": "garage",
        "parcel_ref": "P-2",
        "max_entries": 2,
    }
    await sender.grant(**asked)

    await sender.grant(**asked | {what: news[what]}, revision=2)

    assert await units_told(house) == [["3b", "4a"]] * 2


async def test_a_unit_that_comes_in_by_a_revision_is_told_and_the_others_not(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    window: dict[str, Any],
) -> None:
    house = await of_two_units(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(units=("3B",), **window)

    await sender.grant(units=("3B", "4A"), revision=2, **window)

    assert await units_told(house) == [["3b"], ["4a"]]


async def test_what_was_told_before_a_restart_counts(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    window: dict[str, Any],
) -> None:
    house = await of_two_units(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(units=("3B",), **window)

    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    await sender.grant(units=("3B",), revision=2, **window)
    same = await units_told(house)
    await sender.grant(units=("3B",), revision=3, **window | {"door": "garage"})

    assert same == [["3b"]]
    assert await units_told(house) == [["3b"], ["3b"]]


async def test_who_agreed_only_after_a_refusal_is_told_then(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    window: dict[str, Any],
) -> None:
    house = await of_two_units(hass)
    sender = Sender(await hass_client_no_auth())
    await consent(house, "Ada", Consent.WITHDRAWN)
    await sender.grant(**window)
    assert await units_told(house) == []

    await consent(house, "Ada", Consent.GIVEN)
    await sender.grant(**window)

    assert await units_told(house, REFUSED) == [["3b"]]
    assert await units_told(house) == [["3b"]]


async def test_a_refused_grant_is_owed_to_those_who_live_there_once_in_ten_minutes(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    window: dict[str, Any],
) -> None:
    house = await of_two_units(hass)
    sender = Sender(await hass_client_no_auth())
    await consent(house, "Ada", Consent.WITHDRAWN)

    async def ask(revision: int) -> None:
        # Each time with news, as one who tries to get through.
        await sender.grant(
            units=("3B", "9Z"),
            revision=revision,
            **window | {"parcel_ref": f"P-{revision}"},
        )

    await ask(1)
    await ask(1)
    await ask(2)
    [told] = await owed(house, REFUSED)
    assert (told.units, told.record) == ({"3b": "3B"}, "grant.refused")
    assert {name: told.details[name] for name in ("courier", "door", "reason")} == {
        "courier": "Parcel Post",
        "door": "Lobby",
        "reason": "not_accepting",
    }
    assert {"starts_at", "ends_at"} < told.details.keys()

    freezer.tick(timedelta(minutes=10, seconds=1))
    await ask(3)
    assert await units_told(house, REFUSED) == [["3b"], ["3b"]]


async def test_a_grant_for_units_where_nobody_lives_is_owed_to_the_owner_alone(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    window: dict[str, Any],
) -> None:
    house = await of_two_units(hass)
    sender = Sender(await hass_client_no_auth())

    await sender.grant(units=("9Z",), **window)

    assert await units_told(house, REFUSED) == [[]]


async def test_in_a_partly_accepted_grant_each_unit_is_told_what_became_of_its_part(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    window: dict[str, Any],
) -> None:
    house = await of_two_units(hass)
    sender = Sender(await hass_client_no_auth())
    await consent(house, "Cleo", Consent.WITHDRAWN)

    await sender.grant(units=("3B", "4A"), **window)

    assert await units_told(house) == [["3b"]]
    [refused] = await owed(house, REFUSED)
    assert (refused.units, refused.details["reason"]) == ({"4a": "4A"}, "not_accepting")


async def test_who_is_told_of_a_refusal_does_not_learn_of_a_neighbours_veto(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    window: dict[str, Any],
) -> None:
    house = await of_two_units(hass)
    sender = Sender(await hass_client_no_auth())
    key = GrantKey("courier-parcel-post", "G1")
    await sender.grant(units=("3B",), **window)
    await house.building.grants.veto(key, "3b", Author())
    await consent(house, "Cleo", Consent.WITHDRAWN)

    answer = await sender.grant(units=("3B", "4A"), revision=2, **window)

    assert answer.body["reason"] == "vetoed"
    [refused] = await owed(house, REFUSED)
    # 3B knows already.
    assert (refused.units, refused.details["reason"]) == ({"4a": "4A"}, "not_accepting")


async def test_a_unit_whose_veto_a_courier_tries_to_get_round_is_told_so(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    window: dict[str, Any],
) -> None:
    house = await of_two_units(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(units=("3B", "4A"), **window)
    await house.building.grants.veto(
        GrantKey("courier-parcel-post", "G1"), "3b", Author()
    )

    await sender.grant(units=("3B", "4A"), revision=2, max_entries=2, **window)

    assert await units_told(house) == [["3b", "4a"], ["4a"]]
    [refused] = await owed(house, REFUSED)
    assert (refused.units, refused.details["reason"]) == ({"3b": "3B"}, "vetoed")


async def test_what_says_something_of_the_courier_alone_is_told_to_nobody(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    window: dict[str, Any],
) -> None:
    house = await of_two_units(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(revision=5, **window)
    await sender.revoke("gone")

    stale = await sender.grant(revision=4, **window)
    old = await sender.grant(
        "old", body_at=dt_util.utcnow() - timedelta(days=31), **window
    )
    revoked = await sender.grant("gone", **window)
    subentry = house.entry.subentries["courier-parcel-post"]
    hass.config_entries.async_update_subentry(
        house.entry, subentry, data={**subentry.data, "enabled": False}
    )
    await house.settle()
    disabled = await sender.grant("late", **window)

    reasons = [answer.body["reason"] for answer in (stale, old, revoked, disabled)]
    assert reasons == ["stale_revision", "stale_request", "revoked", "courier_disabled"]
    assert await owed(house, REFUSED) == []
    assert await units_told(house) == [["3b"]]
