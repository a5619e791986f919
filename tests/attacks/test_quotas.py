"""A courier with a good key can neither fill the residents' days with deliveries nor the ledger with answers."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import WEEKDAYS
from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.access.policy import availability
from custom_components.courier_access.contract.replies import Reply
from custom_components.courier_access.couriers import inbox
from custom_components.courier_access.grants import grants as open_grants
from custom_components.courier_access.ledger import budgets as quotas
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.house import House, Sender, build, courier, door, pass_time, resident
from tests.support.rows import kept_rows

MOST = 5


async def house_of_two_couriers(hass: HomeAssistant) -> House:
    return await build(
        hass,
        door(),
        courier(rate_per_minute=6000),
        courier("Other Post", rate_per_minute=6000),
        resident(),
    )


async def test_a_courier_has_only_so_many_grants_open(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(open_grants, "MOST_OPEN_GRANTS", MOST)
    house = await house_of_two_couriers(hass)
    client = await hass_client_no_auth()
    sender, other = Sender(client), Sender(client, "webhook-of-other-post")
    answers = await asyncio.gather(
        *(sender.grant(f"G{number}") for number in range(3 * MOST))
    )

    refused = [answer for answer in answers if answer.status == 429]
    assert (len(answers) - len(refused), len(refused)) == (MOST, 2 * MOST)
    assert {answer.problem for answer in refused} == {"rate_limited"}
    assert {answer.body["retry_after"] for answer in refused} <= {
        open_grants.SHORTEST_WAIT,
        open_grants.LONGEST_WAIT,
    }
    assert len(house.building.grants.expected()) == MOST
    assert len(await announced(house)) == 1

    # What is open can be revised, used and revoked, and the others are not concerned.
    [first, *_] = sorted(
        grant.key.grant_id for grant in house.building.grants.expected()
    )
    assert (await sender.grant(first, revision=2, max_entries=2)).body[
        "decision"
    ] == "accepted"
    assert (await sender.grant("new")).status == 429
    assert (await other.grant("theirs")).body["decision"] == "accepted"
    assert (await sender.enter(first)).body["decision"] == "admitted"
    await sender.revoke(first)
    assert (await sender.grant("new")).body["decision"] == "accepted"
    assert (await sender.grant("newer")).status == 429
    await pass_time(hass, freezer, 2 * 3600 + 1)
    assert (await sender.grant("newer")).body["decision"] == "accepted"
    await house.settle()


async def announced(house: House) -> list[str]:
    await house.settle()
    return [text for _, text in house.announced]


async def test_answers_on_availability_do_not_fill_the_ledger(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(quotas, "ANSWERS_AT_ONCE", 20_000)
    freezer.move_to("2026-12-01T00:00:00Z")
    house = await house_of_two_couriers(hass)
    client = await hass_client_no_auth()
    sender, other = Sender(client), Sender(client, "webhook-of-other-post")
    building = house.building
    ada = building.residents["resident-ada"]
    shared = replace(building.rulebook.of(ada.id), share_hours=True)
    await building.rulebook.change(ada, shared, Author())
    question = {
        "units": ["3B"],
        "from": "2026-12-01T00:00:00Z",
        "until": "2026-12-08T00:00:00Z",
    }

    answers = [await sender.send("availability.requested", question) for _ in range(60)]
    query = "SELECT sum(length(reply)) FROM replies"
    [kept] = await kept_rows(building.ledger, query, int)

    assert {answer.status for answer in answers} == {200, 429}
    assert kept < 20_000
    wait = answers[-1].body["retry_after"]
    assert 0 < wait <= 60
    assert (await other.send("availability.requested", question)).status == 200
    assert (await sender.send("ping", {})).status == 200
    freezer.tick(wait)
    assert (await sender.send("availability.requested", question)).status == 200


async def test_who_may_have_no_more_answers_has_none_worked_out_and_a_large_one_is_made_up_for(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(quotas, "ANSWERS_AT_ONCE", 20_000)
    freezer.move_to("2026-12-01T00:00:00Z")
    half_hours = [
        {"from": f"{hour:02}:00", "to": f"{hour:02}:30"} for hour in range(24)
    ]
    house = await build(
        hass,
        door(),
        courier(rate_per_minute=6000),
        resident(windows=dict.fromkeys(WEEKDAYS, half_hours)),
    )
    ada = house.building.residents["resident-ada"]
    shared = replace(house.building.rulebook.of(ada.id), share_hours=True)
    await house.building.rulebook.change(ada, shared, Author())
    sender = Sender(await hass_client_no_auth())
    worked_out: list[Sequence[str]] = []

    def work_out(units: Sequence[str], *args: Any, **more: Any) -> Any:
        worked_out.append(units)
        return availability(units, *args, **more)

    monkeypatch.setattr(inbox, "availability", work_out)
    question = {
        "units": ["3B"],
        "from": "2026-12-01T00:00:00Z",
        "until": "2026-12-15T00:00:00Z",
    }
    large, *others = [
        await sender.send("availability.requested", question) for _ in range(5)
    ]

    size = quotas.reply_size(Reply(200, json.dumps(large.body, separators=(",", ":"))))
    assert size > 20_000
    assert {other.status for other in others} == {429}
    assert len(worked_out) == 1
    wait = others[-1].body["retry_after"]
    assert wait == pytest.approx((size - 20_000) * 3600 / quotas.ANSWERS_AN_HOUR, abs=2)
    freezer.tick(wait)
    assert (await sender.send("availability.requested", question)).status == 200


async def test_a_grant_takes_one_place_while_it_is_shown(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(open_grants, "MOST_OPEN_GRANTS", 2)
    house = await house_of_two_couriers(hass)
    grants = house.building.grants
    waits: list[int | None] = []

    def ask_for_one_more() -> None:
        with grants.one_more(GrantKey("courier-parcel-post", "G2")) as wait:
            waits.append(wait)

    grants.listeners.add(ask_for_one_more)
    sender = Sender(await hass_client_no_auth())
    assert (await sender.grant("G1")).body["decision"] == "accepted"

    assert waits == [None]


async def test_no_revision_gets_round_the_most_open_grants(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(open_grants, "MOST_OPEN_GRANTS", MOST)
    house = await house_of_two_couriers(hass)
    sender = Sender(await hass_client_no_auth())
    for number in range(3 * MOST):
        await sender.grant(f"G{number}")
        await sender.grant(f"G{number}", ("nobody",), revision=2)
    for number in range(3 * MOST):
        await sender.grant(f"G{number}", revision=3)
    await house.settle()

    assert len(house.building.grants.expected()) == MOST
