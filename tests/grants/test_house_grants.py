"""Grants that people of the building issue in a courier's name: decided and vetoed like the courier's own."""

from datetime import timedelta
from typing import Any

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.grants import grants as open_grants
from custom_components.courier_access.home_assistant.clock import ClockWatch
from tests.support.house import (
    House,
    Sender,
    ask,
    build,
    courier,
    do,
    door,
    refusal,
    resident,
)
from tests.support.people import People, acting
from tests.support.rows import kept_rows, opened, personal


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """Return a building where Ada of 3B and on paper Ben of 5C consented, but not Cleo of 4A."""
    homes = await people.homes(Ada="3B", Cleo="4A")
    doors = door(), door("Garage", "garage")
    house = await build(hass, *doors, courier(), *homes, resident("Ben", "5C"))
    await people.consent(house, "Ada")
    return house


@pytest.fixture
async def owner(people: People) -> Context:
    return await people.owner()


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
    return await kept_rows(
        house.building.ledger,
        """
        SELECT body, value FROM records
        LEFT JOIN personal ON personal.seq = records.seq AND field = 'decided_by'
        WHERE kind = :kind ORDER BY records.seq
        """,
        tuple[str, str | None],
        kind=kind,
    )


async def test_a_resident_issues_one_for_their_unit_and_the_courier_enters(
    house: House, people: People, sender: Sender
) -> None:
    told = await issue(house, people.acting("Ada"), " 3b ", parcel_ref="PKT-7")

    assert (told["decision"], told["reason"], told["units"]) == (
        "accepted",
        "ok",
        ["3B"],
    )
    assert told["courier"] == "Parcel Post"
    [(name, announced)] = house.announced
    assert name == "Ada"
    assert "Parcel Post is expected at Lobby, " in announced
    assert "Announced by your home, not the courier." in announced
    [record] = await opened(house.building.ledger, "grant.accepted")
    assert '"issued_by":"resident"' in str(record["terms"])
    assert record["decided_by"] == people["Ada"].id
    [(body, _)] = await recorded(house, "grant.accepted")
    assert people["Ada"].id not in body
    assert "resident" not in body

    entered = await sender.enter(told["grant_id"])
    again = await sender.enter(told["grant_id"])
    await house.settle()
    assert entered.body["decision"] == "admitted"
    assert again.body["reason"] == "entries_exhausted"


async def test_the_administrator_opens_nothing_that_the_residents_rules_keep_shut(
    house: House, owner: Context, sender: Sender
) -> None:
    told = await issue(house, owner, "3B", "4A", "9Z")
    assert (told["decision"], told["units"]) == ("accepted", ["3B"])
    assert [name for name, _ in house.announced] == ["Ada"]
    assert "Announced by the administrator, not the courier." in house.announced[0][1]

    told = await issue(house, owner, "4A")
    assert (told["decision"], told["reason"], told["units"]) == (
        "refused",
        "not_accepting",
        [],
    )
    assert (await sender.enter(told["grant_id"])).body["decision"] == "refused"
    [terms] = await personal(house.building.ledger, "terms", "grant.accepted")
    assert '"issued_by":"owner"' in terms
    # Nothing is kept of a home without consent.
    assert await personal(house.building.ledger, "terms", "grant.refused") == []
    await house.settle()


async def test_hours_are_returned_to_the_issuer_only_if_they_are_shared(
    house: House, people: People, owner: Context
) -> None:
    async def set_rules(**rules: object) -> None:
        await do(house, "set_rules", people.acting("Ada"), "resident-ada", **rules)

    assert "usable" not in await issue(house, owner, "3B")
    await set_rules(share_hours=True)
    assert len((await issue(house, owner, "3B"))["usable"]) == 1

    await set_rules(windows={})
    told = await issue(house, owner, "3B")
    assert (told["reason"], told["next_windows"]) == ("outside_schedule", [])


async def test_nobody_issues_for_a_unit_that_is_not_theirs(
    house: House, people: People
) -> None:
    ada = people.acting("Ada")
    for who, units in (
        *((ada, ["4A"]), (ada, ["3B", "4A"]), (ada, ["9Z"])),
        *((await people.stranger(), ["3B"]), (acting(None), ["3B"])),
    ):
        assert await is_refused(house, who, *units) == "not_allowed_issue_grant"
    assert house.building.grants.expected() == []
    assert await recorded(house, "grant.refused") == []


async def test_the_courier_can_call_it_off_but_not_make_another_of_it(
    house: House, people: People, sender: Sender
) -> None:
    told = await issue(house, people.acting("Ada"))
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


async def test_only_its_issuer_among_residents_revokes_a_grant_even_after_a_restart(
    hass: HomeAssistant, house: House, people: People, sender: Sender
) -> None:
    ada, cleo = people.acting("Ada"), people.acting("Cleo")
    ours = named(await issue(house, ada, max_entries=3))
    await sender.grant("theirs")
    theirs = ours | {"grant_id": "theirs"}
    await house.reload()

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


async def test_administrator_and_automations_revoke_any_grant_for_good(
    house: House, owner: Context, sender: Sender
) -> None:
    for who, grant_id in ((owner, "G1"), (acting(None), "G2")):
        await sender.grant(grant_id)
        which = {"courier": "Parcel Post", "grant_id": grant_id}
        await do(house, "revoke_grant", who, **which)

        assert (await sender.enter(grant_id)).body["reason"] == "revoked"
        assert (await sender.grant(grant_id, revision=2)).body["reason"] == "revoked"
        assert await refusal(house, "revoke_grant", who, **which) == "nothing_to_revoke"
    nobodys = {"courier": "Nobody", "grant_id": "G1"}
    assert await refusal(house, "revoke_grant", owner, **nobodys) == "no_such_courier"
    await house.settle()


async def test_a_window_that_cannot_be_is_refused_before_anything_is_written(
    house: House, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = people.acting("Ada")
    month = (dt_util.utcnow() + timedelta(days=30)).isoformat()
    windows: tuple[tuple[dict[str, Any], str], ...] = (
        ({"hours": -1}, "grant_ends_before_it_starts"),
        ({"hours": -1, "starts_at": "2020-01-01T12:00:00Z"}, "grant_is_over"),
        ({"hours": 12.01}, "grant_too_long"),
        ({"hours": 24 * 30 + 1, "starts_at": month}, "grant_too_far_ahead"),
    )
    for more, key in windows:
        assert await is_refused(house, ada, **more) == key
    monkeypatch.setattr(ClockWatch, "is_trusted", False)
    assert await is_refused(house, ada) == "grant_clock_untrusted"
    assert await recorded(house, "grant.refused") == []


async def test_each_issuer_has_a_limit_apart_from_the_couriers(
    house: House,
    people: People,
    owner: Context,
    sender: Sender,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(open_grants, "MOST_OF_AN_ISSUER", 2)
    monkeypatch.setattr(open_grants, "MOST_OPEN_GRANTS", 1)
    ada = people.acting("Ada")
    first, _ = [await issue(house, ada) for _ in range(2)]

    assert await is_refused(house, ada) == "grant_too_many"
    assert (await issue(house, owner))["decision"] == "accepted"
    assert (await sender.grant("theirs")).status == 200

    await do(house, "revoke_grant", ada, **named(first))
    assert (await issue(house, ada))["decision"] == "accepted"


async def test_a_refusal_without_a_response_is_an_error(
    house: House, owner: Context
) -> None:
    await do(house, "issue_grant", owner, "door-lobby", **delivery("3B"))
    assert len(house.building.grants.expected()) == 1

    with pytest.raises(ServiceValidationError) as refused:
        await do(house, "issue_grant", owner, "door-garage", **delivery("3B"))
    assert refused.value.translation_key == "grant_refused"
    assert refused.value.translation_placeholders == {"reason": "Door not allowed"}


async def test_grants_are_read_of_ones_own_unit_and_by_the_administrator_without_units(
    house: House, people: People, owner: Context, sender: Sender
) -> None:
    issued = await issue(house, people.acting("Ada"), parcel_ref="PKT-7")
    await sender.grant("theirs", units=("5C",))

    async def grants(who: Context, at: str | None = None) -> list[dict[str, Any]]:
        answer = await ask(house, "get_grants", at, who)
        assert answer["more"] is False
        return sorted(answer["grants"], key=lambda grant: str(grant["issued_by"]))

    [own] = await grants(people.acting("Ada"))
    expected = {
        "grant_id": issued["grant_id"],
        "courier_id": "courier-parcel-post",
        "issued_by": "resident",
        "units": ["3B"],
        "parcel_ref": "PKT-7",
        "entries_left": 1,
    }
    assert own | expected == own
    both = await grants(owner)
    assert [(grant["issued_by"], grant["grant_id"]) for grant in both] == [
        ("courier", "theirs"),
        ("resident", issued["grant_id"]),
    ]
    for grant in both:
        assert not grant.keys() & {"units", "parcel_ref", "driver_ref"}
    assert await grants(people.acting("Cleo")) == []
    assert len(await grants(owner, "door-lobby")) == 2
    assert await grants(owner, "door-garage") == []
