"""What a courier finds out by trying: under a pause, or by how long it has to wait, not more of a unit than it may know."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import WeekSchedule
from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.ledger import budgets as quotas
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.house import (
    Answer,
    House,
    Sender,
    build,
    courier,
    door,
    resident,
    utc,
)

NOON = utc(2026, 11, 24, 20)  # noon where tests live, on a Tuesday
UNITS = ("3B", "4A", "5C", "99")


@pytest.fixture
async def house(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> House:
    """One who is open around noon, one who is always, one who never agreed; nobody lives in 99."""
    freezer.move_to(NOON)
    noon = {"tuesday": [{"from": "11:00", "to": "12:30"}]}
    return await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", noon),
        resident("Cleo", "4A"),
        resident("Ben", "5C", consent=False),
    )


async def reasons(sender: Sender, minutes: int) -> list[str]:
    """Ask for a grant of each unit for so long, and return why it is refused."""
    end = (dt_util.utcnow() + timedelta(minutes=minutes)).isoformat()
    issued = [
        await sender.grant(f"{unit}-{minutes}", (unit,), ends_at=end) for unit in UNITS
    ]
    return [answer.body["reason"] for answer in issued]


async def test_a_pause_of_the_building_does_not_reveal_who_would_accept(
    house: House, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await house.building.rulebook.pauses.pause(
        Author(), until=NOON + timedelta(minutes=45)
    )

    assert await reasons(sender, 40) == ["paused"] * 4
    # All hours of 3B are in the pause: it reads like who never agreed.
    assert await reasons(sender, 60) == [
        "not_accepting",
        "ok",
        "not_accepting",
        "not_accepting",
    ]


async def test_a_units_own_pause_reads_like_any_other_no_to_a_grant(
    house: House, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await house.building.rulebook.pauses.pause(Author(), ["4a"])
    await house.building.rulebook.pauses.resume(Author(), [])

    assert await reasons(sender, 60) == ["ok", *["not_accepting"] * 3]


async def test_at_the_door_a_pause_does_not_reveal_who_withdrew_or_closed(
    house: House, hass_client_no_auth: ClientSessionGenerator
) -> None:
    rulebook, residents = house.building.rulebook, house.building.residents
    sender = Sender(await hass_client_no_auth())
    assert await reasons(sender, 60) == ["ok", "ok", "not_accepting", "not_accepting"]
    await sender.grant("both", ("3B", "4A"))
    ada, cleo = residents["resident-ada"], residents["resident-cleo"]
    withdrawn = replace(rulebook.of(ada.id), consent=Consent.WITHDRAWN)
    closed = replace(rulebook.of(cleo.id), schedule=WeekSchedule())
    await rulebook.change(ada, withdrawn, Author())
    await rulebook.change(cleo, closed, Author())

    async def refused() -> list[str]:
        tried = [
            await sender.enter(grant) for grant in (*(f"{u}-60" for u in UNITS), "both")
        ]
        return [answer.body["reason"] for answer in tried]

    assert await refused() == ["not_accepting"] * 5
    await rulebook.pauses.pause(Author())
    assert await refused() == ["paused"] * 5
    await house.settle()


PROBES: Mapping[str, Callable[[Sender, str, int], Awaitable[Answer]]] = {
    "grants": lambda sender, unit, number: sender.grant(f"G{number}", (unit,)),
    "revisions": lambda sender, unit, number: sender.grant(
        "G", (unit,), revision=number + 2
    ),
    "revocations": lambda sender, unit, number: sender.revoke("G"),
    "entries": lambda sender, unit, number: sender.enter("G"),
}


@pytest.mark.parametrize("probe", PROBES)
async def test_how_long_a_courier_must_wait_does_not_reveal_who_lives_in_a_unit(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    probe: str,
) -> None:
    freezer.move_to(NOON)
    monkeypatch.setattr(quotas, "MESSAGES_AT_ONCE", 100_000)
    monkeypatch.setattr(quotas, "REFUSALS_AT_ONCE", 100_000)
    await build(
        hass,
        door(),
        *(courier(f"Post {unit}", rate_per_minute=6000) for unit in UNITS),
        resident("Ada", "3B", {}),
        *(resident(name, "4A", {}) for name in ("Cleo", "Dan", "Eva", "Finn")),
        resident("Ben", "5C", consent=False),
    )
    client = await hass_client_no_auth()

    async def used_up_after(unit: str) -> tuple[int, int]:
        sender = Sender(client, f"webhook-of-post-{unit.lower()}")
        assert (await sender.grant("G", (unit,))).body["reason"] == "not_accepting"
        for number in range(200):
            answer = await PROBES[probe](sender, unit, number)
            if answer.problem == "rate_limited":
                return number, answer.body["retry_after"]
        raise AssertionError("nothing was ever refused")

    [in_3b, *others] = [await used_up_after(unit) for unit in UNITS]
    assert others == [in_3b] * 3
