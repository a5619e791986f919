"""Fan-outs about deliveries: which units are notified of a grant, with what, and not again without news."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.access.model import Attitude, Consent, GrantKey
from custom_components.courier_access.ledger.queue import (
    BATCH_INTERVAL,
    NotificationKind,
)
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.house import House, Sender, build, courier, door, pass_time, resident
from tests.support.rows import kept_rows

ANNOUNCED, REFUSED = NotificationKind.DELIVERY_ANNOUNCED, NotificationKind.GRANT_REFUSED
KEY = GrantKey("courier-parcel-post", "G1")


@dataclass(frozen=True, slots=True)
class FannedOut:
    """A fan-out about a grant; `record` is the kind of its record."""

    units: Mapping[str, str]
    details: Mapping[str, str]
    key: GrantKey
    record: str


async def fanned_out(house: House, kind: NotificationKind) -> list[FannedOut]:
    """Return the fan-outs of a kind, the oldest first."""
    return await kept_rows(
        house.building.ledger,
        """
        SELECT units, details, courier_id, grant_id, records.kind AS record
        FROM fanouts JOIN records USING (seq) WHERE fanouts.kind = :kind
        ORDER BY fanouts.id
        """,
        FannedOut,
        kind=kind,
    )


async def units(
    house: House, kind: NotificationKind = ANNOUNCED, grant_id: str = "G1"
) -> list[list[str]]:
    """Return the units of each fan-out about a grant."""
    found = await fanned_out(house, kind)
    return [sorted(each.units) for each in found if each.key.grant_id == grant_id]


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    doors = door(), door("Garage", "garage")
    post = courier(doors=("door-lobby", "door-garage"))
    return await build(hass, *doors, post, resident("Ada"), resident("Cleo", "4A"))


@pytest.fixture
def window() -> dict[str, Any]:
    """Return two hours that don't move with the clock, at the lobby."""
    now = dt_util.utcnow()
    return {
        "starts_at": now.isoformat(),
        "ends_at": (now + timedelta(hours=2)).isoformat(),
        "door": "lobby",
    }


async def consent(house: House, name: str, consent: Consent) -> None:
    someone = house.building.residents[f"resident-{name.lower()}"]
    rulebook = house.building.rulebook
    rules = replace(rulebook.of(someone.id), consent=consent)
    await rulebook.change(someone, rules, Author())


async def deny(house: House, name: str, default: Attitude = Attitude.DENY) -> None:
    """Let a resident who consents keep all couriers out, or let them in again."""
    someone = house.building.residents[f"resident-{name.lower()}"]
    rulebook = house.building.rulebook
    rules = replace(rulebook.of(someone.id), default=default)
    await rulebook.change(someone, rules, Author())


async def test_an_accepted_grant_is_announced_to_its_units_with_what_they_need(
    house: House, sender: Sender, window: dict[str, Any]
) -> None:
    await sender.grant(units=("3b ", "9Z"), max_entries=3, **window)

    [announced] = await fanned_out(house, ANNOUNCED)
    assert (announced.units, announced.key) == ({"3b": "3B"}, KEY)
    assert announced.record == "grant.accepted"
    details = dict(announced.details)
    for name in ("starts_at", "ends_at"):
        instant = datetime.fromisoformat(window[name])
        assert datetime.fromisoformat(details[name]) == instant
    expected = {"courier": "Parcel Post", "door": "Lobby", "max_entries": "3"}
    assert details | expected == details
    # Nobody lives in 9Z, and the administrator has nothing to do about it.
    assert await fanned_out(house, REFUSED) == []


async def test_a_revision_is_announced_again_only_with_news(
    house: House, sender: Sender, freezer: FrozenDateTimeFactory, window: dict[str, Any]
) -> None:
    asked = {"units": ("3B", "4A"), "parcel_ref": "P-1", **window}
    now = dt_util.utcnow()
    revisions: tuple[tuple[dict[str, Any], bool], ...] = (
        ({}, False),
        ({"driver_ref": "D-9"}, False),
        ({"units": ("4a", "3b")}, False),
        ({"starts_at": (now + timedelta(minutes=5)).isoformat()}, True),
        ({"ends_at": (now + timedelta(hours=3)).isoformat()}, True),
        ({"door": "garage"}, True),
        ({"parcel_ref": "P-2"}, True),
        ({"max_entries": 2}, True),
    )
    for number, (revision, is_news) in enumerate(revisions):
        grant_id = f"G{number}"
        await sender.grant(grant_id, **asked)
        # A revision of a pending announcement would only replace it.
        await pass_time(house.hass, freezer, BATCH_INTERVAL.total_seconds())
        await sender.grant(grant_id, **asked)
        answer = await sender.grant(grant_id, **asked | revision, revision=2)

        assert answer.body["decision"] == "accepted"
        announced = await units(house, grant_id=grant_id)
        assert announced == [["3b", "4a"]] * (1 + is_news), revision


async def test_a_unit_added_by_a_revision_is_notified_and_the_others_are_not(
    house: House, sender: Sender, window: dict[str, Any]
) -> None:
    await sender.grant(units=("3B",), **window)

    await sender.grant(units=("3B", "4A"), revision=2, **window)

    assert await units(house) == [["3b"], ["4a"]]


async def test_an_announcement_before_a_restart_counts(
    house: House, sender: Sender, window: dict[str, Any]
) -> None:
    await sender.grant(units=("3B",), **window)

    await house.reload()
    await sender.grant(units=("3B",), revision=2, **window)
    assert await units(house) == [["3b"]]
    await sender.grant(units=("3B",), revision=3, **window | {"door": "garage"})
    assert await units(house) == [["3b"], ["3b"]]


async def test_a_grant_accepted_after_a_refusal_is_announced_then(
    house: House, sender: Sender, window: dict[str, Any]
) -> None:
    await deny(house, "Ada")
    await sender.grant(**window)
    assert await units(house) == []

    await deny(house, "Ada", Attitude.ALLOW)
    await sender.grant(**window)

    assert await units(house, REFUSED) == await units(house) == [["3b"]]


async def test_a_refused_grant_is_notified_to_its_residents_once_in_ten_minutes(
    house: House, sender: Sender, freezer: FrozenDateTimeFactory, window: dict[str, Any]
) -> None:
    await deny(house, "Ada")

    async def ask(revision: int) -> None:
        # Each time with news, as a courier that tries to get through.
        news = window | {"parcel_ref": f"P-{revision}"}
        await sender.grant(units=("3B", "9Z"), revision=revision, **news)

    for revision in (1, 1, 2):
        await ask(revision)
    [refused] = await fanned_out(house, REFUSED)
    assert (refused.units, refused.record) == ({"3b": "3B"}, "grant.refused")
    details = dict(refused.details)
    expected = {"courier": "Parcel Post", "door": "Lobby", "reason": "not_accepting"}
    assert details | expected == details
    assert {"starts_at", "ends_at"} < details.keys()

    freezer.tick(timedelta(minutes=10, seconds=1))
    await ask(3)
    assert await units(house, REFUSED) == [["3b"], ["3b"]]


async def test_administrator_is_notified_of_a_refusal_for_another_reason_than_consent(
    house: House, sender: Sender, window: dict[str, Any]
) -> None:
    await sender.grant(units=("9Z",), **window)
    assert await fanned_out(house, REFUSED) == []

    await sender.grant(units=("9Z",), revision=2, **window | {"door": "cellar"})
    [refused] = await fanned_out(house, REFUSED)
    assert (refused.units, refused.details["reason"]) == ({}, "door_not_allowed")
    assert refused.key.grant_id != "G1"


async def test_each_unit_of_a_partly_accepted_grant_is_notified_of_its_own_result(
    house: House, sender: Sender, window: dict[str, Any]
) -> None:
    await deny(house, "Cleo")

    await sender.grant(units=("3B", "4A"), **window)

    assert await units(house) == [["3b"]]
    [refused] = await fanned_out(house, REFUSED)
    assert (refused.units, refused.details["reason"]) == ({"4a": "4A"}, "not_accepting")


async def test_notified_refusal_does_not_reveal_a_neighbors_veto(
    house: House, sender: Sender, window: dict[str, Any]
) -> None:
    await sender.grant(units=("3B",), **window)
    await house.building.grants.veto(KEY, "3b", Author())
    await deny(house, "Cleo")

    answer = await sender.grant(units=("3B", "4A"), revision=2, **window)

    assert answer.body["reason"] == "vetoed"
    [refused] = await fanned_out(house, REFUSED)
    # 3B knows already.
    assert (refused.units, refused.details["reason"]) == ({"4a": "4A"}, "not_accepting")


async def test_a_unit_is_notified_if_a_courier_tries_to_get_around_its_veto(
    house: House, sender: Sender, window: dict[str, Any]
) -> None:
    await sender.grant(units=("3B", "4A"), **window)
    await house.building.grants.veto(KEY, "3b", Author())

    await sender.grant(units=("3B", "4A"), revision=2, max_entries=2, **window)

    assert await units(house) == [["3b", "4a"], ["4a"]]
    [refused] = await fanned_out(house, REFUSED)
    assert (refused.units, refused.details["reason"]) == ({"3b": "3B"}, "vetoed")


async def test_refusals_for_reasons_of_the_courier_are_notified_to_nobody(
    house: House, sender: Sender, window: dict[str, Any]
) -> None:
    await sender.grant(revision=5, **window)
    await sender.revoke("gone")

    long_ago = dt_util.utcnow() - timedelta(days=31)
    stale = await sender.grant(revision=4, **window)
    old = await sender.grant("old", body_at=long_ago, **window)
    revoked = await sender.grant("gone", **window)
    subentry = house.entry.subentries["courier-parcel-post"]
    house.hass.config_entries.async_update_subentry(
        house.entry, subentry, data={**subentry.data, "enabled": False}
    )
    await house.settle()
    disabled = await sender.grant("late", **window)

    reasons = [answer.body["reason"] for answer in (stale, old, revoked, disabled)]
    assert reasons == ["stale_revision", "stale_request", "revoked", "courier_disabled"]
    assert await fanned_out(house, REFUSED) == []
    assert await units(house) == [["3b"]]
