"""Who may do what with the actions: the whole table, called by real users, by an automation and by a system user."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.core import Context, HomeAssistant, SupportsResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN
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
from tests.support.people import People, acting

# Ada and Nia live together; Nia came last and nobody confirmed her. Ben has no login. Lea lives here and owns the
# house, Otto owns it only; Dan lives nowhere. `auto` is an automation, `system` a user that is no human.
PERSONS: Final = ("otto", "lea", "ada", "nia", "cleo", "dan", "auto", "system")

# y: done · n: not allowed
TABLE: Final = """
action            of          otto lea ada nia cleo dan auto system
set_rules:close   ada         y    y   y   n   n    n   y    y
set_rules:open    ada         n    n   y   n   n    n   n    n
get_rules         ada         n    n   y   n   n    n   n    n
get_rules         ben         y    y   n   n   n    n   n    n
check_access      building    y    y   y   y   y    n   n    n
get_entries       building    y    y   y   y   y    n   n    n
export_entries    building    y    y   y   y   y    n   n    n
export_entries    record      y    y   y   y   y    n   n    n
verify_ledger     building    y    y   y   y   y    n   n    n
get_grants        building    y    y   y   y   y    n   n    n
issue_grant       flat1       y    y   y   n   n    n   n    n
issue_grant       flat2       y    y   n   n   y    n   n    n
issue_grant       both        y    y   n   n   n    n   n    n
revoke_grant      couriers    y    y   n   n   n    n   y    y
revoke_grant      adas        y    y   y   n   n    n   y    y
revoke_grant      ottos       y    y   n   n   n    n   y    y
veto_grant        flat1       y    y   y   n   n    n   y    y
notify_recipients entry       y    y   n   n   n    n   y    y
pause             building    y    y   y   y   y    n   y    y
pause             flat1       n    n   y   n   n    n   n    n
resume            building    y    y   y   y   y    n   n    n
resume            flat1       n    n   y   n   n    n   n    n
renew_link        ben         y    y   n   n   n    n   n    n
revoke_link       ben         y    y   n   n   n    n   n    n
confirm_resident  nia         n    n   y   n   n    n   n    n
"""
COLUMNS, *ROWS = [line.split() for line in TABLE.strip().splitlines()]

TO: Final = {
    "ada": "resident-ada",
    "ben": "resident-ben",
    "nia": "resident-nia",
    "check_access": "door-lobby",
    "issue_grant": "door-lobby",
}
DATA: Final[Mapping[tuple[str, str], Mapping[str, Any]]] = {
    ("set_rules:close", "ada"): {"share_hours": False},
    ("set_rules:open", "ada"): {"share_hours": True},
    ("export_entries", "record"): {"format": "json"},
    ("issue_grant", "flat1"): {"units": ["Flat 1"]},
    ("issue_grant", "flat2"): {"units": ["Flat 2"]},
    ("issue_grant", "both"): {"units": ["Flat 1", "Flat 2"]},
    ("veto_grant", "flat1"): {"unit": "Flat 1"},
    ("notify_recipients", "entry"): {"message": "It is on the shelf."},
    ("pause", "flat1"): {"unit": "Flat 1"},
    ("resume", "flat1"): {"unit": "Flat 1"},
}


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Otto", "Lea", "Ada", "Nia", "Cleo", "Dan")
    for owner in ("Otto", "Lea"):
        await hass.auth.async_update_user(people[owner], group_ids=[GROUP_ID_ADMIN])
    people.users["System"] = await hass.auth.async_create_system_user(
        "Voice", group_ids=[GROUP_ID_ADMIN]
    )
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    def lives(name: str, unit: str) -> Any:
        return resident(name, unit, None, person=people.person(name))

    house = await build(
        hass,
        door(),
        courier(rate_per_minute=6000),
        lives("Ada", "Flat 1"),
        lives("Nia", "Flat 1"),
        lives("Cleo", "Flat 2"),
        resident("Ben", "Flat 3"),
        lives("Lea", "Flat 4"),
    )
    ada = acting(people["Ada"])
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    return house


class Caller:
    """Calls an action again and again, each time with something that it can be done to."""

    def __init__(self, house: House, people: People, sender: Sender) -> None:
        self._house = house
        self._people = people
        self._sender = sender
        self._grants = 0

    def who(self, name: str) -> Context:
        return acting(None if name == "auto" else self._people[name.title()])

    async def call(self, name: str, action: str, of: str) -> str:
        """Return whether it was done."""
        data = {
            **DATA.get((action, of), {}),
            **await self._needed(action.partition(":")[0], of),
        }
        action = action.partition(":")[0]
        try:
            await self._do(action, TO.get(of, TO.get(action)), self.who(name), data)
        except ServiceValidationError as refused:
            key = str(refused.translation_key)
            return "n" if key.startswith("not_allowed_") else key
        return "y"

    async def _do(
        self, action: str, subject: str | None, who: Context, data: Mapping[str, Any]
    ) -> Any:
        hass = self._house.hass
        return await hass.services.async_call(
            DOMAIN,
            action,
            {"device_id": self._house.device(subject).id, **data},
            blocking=True,
            return_response=hass.services.supports_response(DOMAIN, action)
            is not SupportsResponse.NONE,
            context=who,
        )

    async def _needed(self, action: str, of: str) -> dict[str, Any]:
        match action, of:
            case "issue_grant", _:
                return self._delivery()
            case "revoke_grant", ("adas" | "ottos"):
                whose = self.who(of.removesuffix("s"))
                needed = {**self._delivery(), "units": ["Flat 1"]}
                told = await self._do("issue_grant", "door-lobby", whose, needed)
                return {"courier": "Parcel Post", "grant_id": told["grant_id"]}
            case (("revoke_grant" | "veto_grant"), _):
                return {"courier": "Parcel Post", "grant_id": await self._grant()}
            case "notify_recipients", _:
                entered = await self._sender.enter(await self._grant())
                return {"entry_id": entered.body["entry_id"]}
            case _:
                return {}

    def _delivery(self) -> dict[str, Any]:
        ends_at = dt_util.utcnow() + timedelta(hours=1)
        return {"courier": "Parcel Post", "ends_at": ends_at.isoformat()}

    async def _grant(self) -> str:
        self._grants += 1
        grant_id = f"G{self._grants}"
        accepted = await self._sender.grant(grant_id, units=("Flat 1",))
        assert accepted.body["decision"] == "accepted"
        return grant_id


async def test_each_may_do_what_the_table_says(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    assert tuple(COLUMNS[2:]) == PERSONS
    caller = Caller(house, people, Sender(await hass_client_no_auth()))

    for action, of, *outcomes in ROWS:
        expected = dict(zip(PERSONS, outcomes, strict=True))
        # Who may comes last: what is done already may be asked for by more than may do it.
        in_turn = sorted(PERSONS, key=lambda name: expected[name] == "y")
        found = {name: await caller.call(name, action, of) for name in in_turn}
        assert found == expected, (action, of)
        if action == "pause" and of == "flat1":
            await caller.call("ada", "resume", of)
            await caller.call("ada", "resume", "building")
    await house.settle()


def test_every_action_is_in_the_table(hass: HomeAssistant, house: House) -> None:
    in_table = {action.partition(":")[0] for action, *_ in ROWS}
    assert in_table == hass.services.async_services_for_domain(DOMAIN).keys()
