"""Grants that people of the building issue in a courier's name: decided, told and vetoed like the courier's own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from sqlalchemy import select

from custom_components.courier_access.grants import limits
from custom_components.courier_access.hass.clock import ClockWatch
from custom_components.courier_access.ledger.tables import personal, records
from tests.api.test_services_deeds import do, refusal
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    door,
    resident,
)
from tests.support.people import People, acting, user


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """A building where Ada of 3B has consented, Ben of 5C has on paper, and Cleo of 4A has not."""
    house = await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Cleo", "4A", None, person=people.person("Cleo")),
        resident("Ben", "5C"),
    )
    ada = acting(people["Ada"])
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    return house


@pytest.fixture
async def owner(hass: HomeAssistant) -> Context:
    return acting(await user(hass, "Owner", admin=True))


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    return Sender(await hass_client_no_auth())


def delivery(*units: str, hours: float = 2, **more: Any) -> dict[str, Any]:
    """Return what is issued, by default for 3B and the next two hours."""
    ends_at = dt_util.utcnow() + timedelta(hours=hours)
    wanted = {"courier": "Parcel Post", "units": [*units] or ["3B"]}
    return wanted | {"ends_at": ends_at.isoformat()} | more


async def issue(house: House, who: Context, *units: str, **more: Any) -> dict[str, Any]:
    told = await ask(
        house, "issue_grant", "door-lobby", who, **delivery(*units, **more)
    )
    await house.settle()
    return told


async def is_refused(
    house: House, who: Context, *units: str, **more: Any
) -> str | None:
    return await refusal(
        house, "issue_grant", who, "door-lobby", **delivery(*units, **more)
    )


def named(told: dict[str, Any]) -> dict[str, str]:
    """Return how a grant is named in other actions."""
    return {"courier": told["courier_id"], "grant_id": told["grant_id"]}


async def recorded(house: House, kind: str) -> list[tuple[str, str | None]]:
    """Return the bodies of a kind of records, with who decided them."""
    query = (
        select(records.c.body, personal.c.value)
        .outerjoin(
            personal,
            (personal.c.seq == records.c.seq) & (personal.c.field == "decided_by"),
        )
        .where(records.c.kind == kind)
        .order_by(records.c.seq)
    )
    rows = await house.building.ledger.read(lambda conn: conn.execute(query).all())
    return [(row.body, row.value) for row in rows]


async def test_a_resident_issues_one_for_their_unit_and_the_courier_only_asks_to_enter(
    house: House, people: People, sender: Sender
) -> None:
    told = await issue(house, acting(people["Ada"]), " 3b ", parcel_ref="PKT-7")

    assert (told["decision"], told["reason"], told["units"]) == (
        "accepted",
        "ok",
        ["3B"],
    )
    assert told["courier"] == "Parcel Post"
    [(name, announced)] = house.announced
    assert name == "Ada"
    assert "Parcel Post is expected at Lobby, " in announced
    assert "announced by a resident of your home" in announced
    [(body, by)] = await recorded(house, "grant.accepted")
    assert '"issued_by":"resident"' in body
    assert people["Ada"].id not in body
    assert by == people["Ada"].id

    entered = await sender.enter(told["grant_id"])
    again = await sender.enter(told["grant_id"])
    await house.settle()
    assert entered.body["decision"] == "admitted"
    assert again.body["reason"] == "entries_exhausted"


async def test_the_owner_opens_nothing_that_the_residents_rules_keep_shut(
    house: House, owner: Context, sender: Sender
) -> None:
    told = await issue(house, owner, "3B", "4A", "9Z")
    assert (told["decision"], told["units"]) == ("accepted", ["3B"])
    assert [name for name, _ in house.announced] == ["Ada"]
    assert "was announced by the building's owner" in house.announced[0][1]

    told = await issue(house, owner, "4A")
    assert (told["decision"], told["reason"], told["units"]) == (
        "refused",
        "not_accepting",
        [],
    )
    assert (await sender.enter(told["grant_id"])).body["decision"] == "refused"
    [(accepted, _)] = await recorded(house, "grant.accepted")
    [(refused, _)] = await recorded(house, "grant.refused")
    for body in (accepted, refused):
        assert '"issued_by":"owner"' in body
    await house.settle()


async def test_who_issues_is_told_hours_as_the_courier_is(
    house: House, people: People, owner: Context
) -> None:
    assert "usable" not in await issue(house, owner, "3B")
    await ask(
        house, "set_rules", "resident-ada", acting(people["Ada"]), share_hours=True
    )
    assert len((await issue(house, owner, "3B"))["usable"]) == 1

    await ask(house, "set_rules", "resident-ada", acting(people["Ada"]), windows={})
    told = await issue(house, owner, "3B")
    assert (told["reason"], told["next_windows"]) == ("outside_schedule", [])


async def test_nobody_issues_for_a_unit_that_is_not_theirs(
    hass: HomeAssistant, house: House, people: People
) -> None:
    ada, cleo = acting(people["Ada"]), acting(people["Cleo"])
    dan = acting(await user(hass, "Dan"))
    for who, units in (
        (ada, ["4A"]),
        (ada, ["3B", "4A"]),
        (ada, ["9Z"]),
        (cleo, ["3B"]),
        (dan, ["3B"]),
        (acting(None), ["3B"]),
    ):
        assert await is_refused(house, who, *units) == "not_allowed_issue_grant"
    assert house.building.grants.expected() == []
    assert await recorded(house, "grant.refused") == []


async def test_the_courier_can_call_it_off_but_not_make_another_of_it(
    house: House, people: People, sender: Sender
) -> None:
    told = await issue(house, acting(people["Ada"]))
    grant_id = told["grant_id"]
    window = {"starts_at": told["starts_at"], "ends_at": told["ends_at"]}
    for more in (
        {"revision": 2},
        {"revision": 2**53 - 1, "units": ("5C",)},
        {},
        window,
    ):
        revised = await sender.grant(grant_id, **more)
        assert (revised.body["decision"], revised.body["reason"]) == (
            "refused",
            "stale_revision",
        )
    [grant] = house.building.grants.expected()
    assert (grant.revision, grant.accepted_units, grant.entries_left) == (1, ("3b",), 1)

    assert (await sender.revoke(grant_id)).body["decision"] == "revoked"
    assert (await sender.enter(grant_id)).body["reason"] == "revoked"
    await house.settle()


async def test_a_unit_vetoes_what_the_owner_issued(
    house: House, people: People, owner: Context, sender: Sender
) -> None:
    told = await issue(house, owner)

    await do(house, "veto_grant", acting(people["Ada"]), unit="3B", **named(told))

    assert (await sender.enter(told["grant_id"])).body["reason"] == "vetoed"
    await house.settle()


async def test_who_issued_it_revokes_it_also_after_a_restart_and_no_other_resident(
    hass: HomeAssistant, house: House, people: People, sender: Sender
) -> None:
    ada, cleo = acting(people["Ada"]), acting(people["Cleo"])
    ours = named(await issue(house, ada, max_entries=3))
    await sender.grant("theirs")
    theirs = ours | {"grant_id": "theirs"}
    assert await hass.config_entries.async_reload(house.entry.entry_id)

    for who, which in ((cleo, ours), (ada, theirs), (ada, ours | {"grant_id": "none"})):
        assert (
            await refusal(house, "revoke_grant", who, **which)
            == "not_allowed_revoke_grant"
        )
    assert (await sender.enter(ours["grant_id"])).body["decision"] == "admitted"
    await house.settle()
    await do(house, "revoke_grant", ada, **ours)

    assert (await sender.enter(ours["grant_id"])).body["reason"] == "revoked"
    assert await refusal(house, "revoke_grant", ada, **ours) == "nothing_to_revoke"
    [(body, by)] = await recorded(house, "grant.revoked")
    assert '"by_courier":false' in body
    assert by == people["Ada"].id
    await house.settle()


async def test_owner_and_automations_revoke_any_grant_for_good(
    house: House, owner: Context, sender: Sender
) -> None:
    for who, grant_id in ((owner, "G1"), (acting(None), "G2")):
        await sender.grant(grant_id)
        which = {"courier": "Parcel Post", "grant_id": grant_id}
        await do(house, "revoke_grant", who, **which)

        assert (await sender.enter(grant_id)).body["reason"] == "revoked"
        assert (await sender.grant(grant_id, revision=2)).body["reason"] == "revoked"
        assert await refusal(house, "revoke_grant", who, **which) == "nothing_to_revoke"
    for which in (
        {"courier": "Parcel Post", "grant_id": "never seen"},
        {"courier": "Nobody", "grant_id": "G1"},
    ):
        found = await refusal(house, "revoke_grant", owner, **which)
        assert found == (
            "no_such_courier" if which["courier"] == "Nobody" else "nothing_to_revoke"
        )
    await house.settle()


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"hours": -1}, "grant_ends_before_it_starts"),
        ({"hours": -1, "starts_at": "2020-01-01T12:00:00Z"}, "grant_is_over"),
        ({"hours": 12.01}, "grant_too_long"),
        ({"hours": 24 * 30 + 1, "later": True}, "grant_too_far_ahead"),
    ],
)
async def test_a_window_that_cannot_be_is_told_in_words_before_anything_is_written(
    house: House, people: People, more: dict[str, Any], key: str
) -> None:
    if more.pop("later", False):
        more["starts_at"] = (dt_util.utcnow() + timedelta(days=30)).isoformat()

    assert await is_refused(house, acting(people["Ada"]), **more) == key

    assert await recorded(house, "grant.refused") == []


async def test_while_the_clock_cannot_be_trusted_nothing_is_issued(
    house: House, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ClockWatch, "is_trusted", False)

    assert await is_refused(house, acting(people["Ada"])) == "grant_clock_untrusted"


async def test_each_has_so_many_open_and_takes_nothing_of_the_couriers(
    house: House,
    people: People,
    owner: Context,
    sender: Sender,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MOST_OF_AN_ISSUER", 2)
    monkeypatch.setattr(limits, "MOST_OPEN_GRANTS", 1)
    ada = acting(people["Ada"])
    first, _ = [await issue(house, ada) for _ in range(2)]

    assert await is_refused(house, ada) == "grant_too_many"
    assert (await issue(house, owner))["decision"] == "accepted"
    assert (await sender.grant("theirs")).status == 200

    await do(house, "revoke_grant", ada, **named(first))
    assert (await issue(house, ada))["decision"] == "accepted"


async def test_where_nobody_reads_the_response_a_refusal_is_an_error(
    house: House, owner: Context
) -> None:
    await do(house, "issue_grant", owner, "door-lobby", **delivery("3B"))
    assert len(house.building.grants.expected()) == 1

    with pytest.raises(ServiceValidationError) as refused:
        await do(house, "issue_grant", owner, "door-garage", **delivery("3B"))
    assert refused.value.translation_key == "grant_refused"
    assert refused.value.translation_placeholders == {"reason": "door_not_allowed"}


async def test_each_is_told_of_grants_what_they_may_know(
    house: House, people: People, owner: Context, sender: Sender
) -> None:
    told = await issue(house, acting(people["Ada"]), parcel_ref="PKT-7")
    await sender.grant("theirs", units=("5C",))

    async def grants(who: Context, at: str | None = None) -> list[dict[str, Any]]:
        answer = await ask(house, "get_grants", at, who)
        assert answer["more"] is False
        found: list[dict[str, Any]] = answer["grants"]
        return sorted(found, key=lambda each: str(each.get("grant_id")), reverse=True)

    def shown(key: str) -> Callable[[dict[str, Any]], Any]:
        return lambda grant: grant.get(key)

    [own] = await grants(acting(people["Ada"]))
    assert (
        own.items()
        >= {
            "grant_id": told["grant_id"],
            "courier_id": "courier-parcel-post",
            "issued_by": "resident",
            "units": ["3B"],
            "parcel_ref": "PKT-7",
            "entries_left": 1,
        }.items()
    )
    both = await grants(owner)
    assert [*map(shown("grant_id"), both)] == ["theirs", told["grant_id"]]
    assert [*map(shown("issued_by"), both)] == ["courier", "resident"]
    assert not any(each.keys() & {"units", "parcel_ref", "driver_ref"} for each in both)
    assert await grants(acting(people["Cleo"])) == []
    assert len(await grants(owner, "door-lobby")) == 2
    assert await grants(owner, "door-garage") == []
    for who in (acting(None), acting(await user(house.hass, "Dan"))):
        with pytest.raises(ServiceValidationError) as refused:
            await grants(who)
        assert refused.value.translation_key == "not_allowed_read_grants"
