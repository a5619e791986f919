"""Test the whole table of permissions with real users (promise 4)."""

from dataclasses import dataclass

from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.core import Context, HomeAssistant
import pytest

from custom_components.courier_access.access.model import Resident
from custom_components.courier_access.api.permissions import (
    MAY,
    Actor,
    Permission,
    Role,
    async_actor,
    link_holder,
)
from tests.support.people import acting, user

LOOSEN, RESTRICT, READ_RULES = (
    Permission.LOOSEN_RULES,
    Permission.RESTRICT_RULES,
    Permission.READ_RULES,
)
CHECK, ENTRIES, NOTICES = (
    Permission.CHECK_ACCESS,
    Permission.READ_ENTRIES,
    Permission.READ_NOTICES,
)
GRANTS, EXPORT, PAUSE, RESUME = (
    Permission.READ_GRANTS,
    Permission.EXPORT,
    Permission.PAUSE,
    Permission.RESUME,
)
PAUSE_UNIT, RESUME_UNIT, VETO = (
    Permission.PAUSE_UNIT,
    Permission.RESUME_UNIT,
    Permission.VETO_GRANT,
)
RENEW, REVOKE, CONFIRM = (
    Permission.RENEW_LINK,
    Permission.REVOKE_LINK,
    Permission.CONFIRM_RESIDENT,
)
NOTIFY, ISSUE, CALL_OFF = (
    Permission.NOTIFY_RECIPIENTS,
    Permission.ISSUE_GRANT,
    Permission.REVOKE_GRANT,
)
KEYS, CLOCK, SEE_LOST = (
    Permission.CONFIRM_KEYS,
    Permission.ACCEPT_CLOCK,
    Permission.SEE_LEDGER_LOST,
)
REPAIR, READ_BUILDING, TEST, HOURS = (
    Permission.REPAIR,
    Permission.READ_BUILDING,
    Permission.TEST_COURIER,
    Permission.SET_HOURS,
)

READING = {CHECK, ENTRIES, GRANTS, EXPORT}
OVER_THE_HOUSE = {NOTIFY, ISSUE, CALL_OFF, KEYS, CLOCK, SEE_LOST, REPAIR, TEST, HOURS}
OWNERS_READING = {NOTICES, READ_BUILDING}
AN_OWNER = {
    RESTRICT,
    *READING,
    *OWNERS_READING,
    PAUSE,
    RESUME,
    VETO,
    RENEW,
    REVOKE,
    *OVER_THE_HOUSE,
}
A_RESIDENT = {*READING, PAUSE, RESUME}
OF_THE_UNIT = {PAUSE_UNIT, RESUME_UNIT, VETO}
A_FLATMATE = A_RESIDENT | OF_THE_UNIT | {CONFIRM, ISSUE}
ONESELF = {LOOSEN, RESTRICT, READ_RULES, RENEW, REVOKE}
AN_AUTOMATION = {RESTRICT, PAUSE, VETO, NOTIFY, CALL_OFF}


@dataclass(frozen=True, slots=True)
class Callers:
    """Everybody who may call, and the residents of the building."""

    contexts: dict[str, Context]
    residents: dict[str, Resident]

    async def actor(self, hass: HomeAssistant, name: str) -> Actor:
        if name.startswith("link_of_"):
            return link_holder(self.residents[name.removeprefix("link_of_")])
        return await async_actor(hass, self.contexts[name], self.residents.values())


@pytest.fixture
async def callers(hass: HomeAssistant) -> Callers:
    owner = await user(hass, "Owner", admin=True)
    ada, flatmate, neighbour = [
        await user(hass, name) for name in ("Ada", "Bob", "Cleo")
    ]
    stranger, moved_out, asleep = [
        await user(hass, name) for name in ("Dan", "Eve", "Finn")
    ]
    landlady = await user(hass, "Landlady", admin=True)
    satellite = await hass.auth.async_create_system_user(
        "Voice", group_ids=[GROUP_ID_ADMIN]
    )
    await hass.auth.async_deactivate_user(asleep)
    await hass.auth.async_remove_user(moved_out)

    def lives(name: str, unit: str, user_id: str | None) -> Resident:
        return Resident(name, name, unit, unit.upper(), f"person.{name}", user_id)

    return Callers(
        {
            "owner": acting(owner),
            "ada": acting(ada),
            "flatmate": acting(flatmate),
            "neighbour": acting(neighbour),
            "stranger": acting(stranger),
            "landlady": acting(landlady),
            "automation": acting(None),
            "satellite": acting(satellite),
            "deactivated": acting(asleep),
            "removed": acting(moved_out),
        },
        {
            "ada": lives("ada", "3b", ada.id),
            "bob": lives("bob", "3b", flatmate.id),
            "cleo": lives("cleo", "4a", neighbour.id),
            "landlady": lives("landlady", "1a", landlady.id),
            "on_paper": lives("on_paper", "3b", None),
            "finn": lives("finn", "2a", asleep.id),
            "satellite": lives("satellite", "2a", satellite.id),
        },
    )


# Towards: the building, Ada (who has a user), a flatmate of hers without one, the landlady.
TABLE = {
    "owner": (AN_OWNER, AN_OWNER, AN_OWNER | {READ_RULES}, AN_OWNER),
    "ada": (A_RESIDENT, A_FLATMATE | ONESELF, A_FLATMATE, A_RESIDENT),
    "flatmate": (A_RESIDENT, A_FLATMATE, A_FLATMATE, A_RESIDENT),
    "neighbour": (A_RESIDENT, A_RESIDENT, A_RESIDENT, A_RESIDENT),
    "stranger": (set[Permission](),) * 4,
    "landlady": (
        AN_OWNER,
        AN_OWNER,
        AN_OWNER | {READ_RULES},
        AN_OWNER | ONESELF | OF_THE_UNIT | {CONFIRM},
    ),
    "link_of_on_paper": (
        A_RESIDENT,
        A_RESIDENT | OF_THE_UNIT,
        A_RESIDENT | OF_THE_UNIT | ONESELF,
        A_RESIDENT,
    ),
    "automation": (AN_AUTOMATION,) * 4,
    "satellite": (AN_AUTOMATION,) * 4,
    "deactivated": (AN_AUTOMATION,) * 4,
    "removed": (AN_AUTOMATION,) * 4,
}


@pytest.mark.parametrize("towards", [None, "ada", "on_paper", "landlady"])
@pytest.mark.parametrize("who", TABLE)
async def test_everybody_may_do_what_the_design_says_and_nothing_else(
    hass: HomeAssistant, callers: Callers, who: str, towards: str | None
) -> None:
    actor = await callers.actor(hass, who)
    resident = None if towards is None else callers.residents[towards]

    may = {permission for permission in Permission if actor.may(permission, resident)}

    assert may == TABLE[who][[None, "ada", "on_paper", "landlady"].index(towards)]


def test_every_deed_is_in_the_table() -> None:
    assert set(MAY) == set(Permission)


def test_whoever_is_no_human_can_loosen_nothing() -> None:
    assert {
        permission for permission, roles in MAY.items() if Role.NOBODY in roles
    } == AN_AUTOMATION


def test_the_owner_loosens_nobodys_rules() -> None:
    assert MAY[Permission.LOOSEN_RULES] == {Role.SELF}


async def test_a_caller_is_known_by_their_user_alone(
    hass: HomeAssistant, callers: Callers
) -> None:
    ada = await callers.actor(hass, "ada")
    landlady = await callers.actor(hass, "landlady")
    stranger = await callers.actor(hass, "stranger")

    assert [resident.id for resident in ada.residents] == ["ada"]
    assert (ada.user_id, ada.is_owner) == (callers.contexts["ada"].user_id, False)
    assert ada.units == ("3b",)
    assert landlady.is_owner
    assert landlady.units == ("1a",)
    assert stranger.residents == ()


@pytest.mark.parametrize("who", ["automation", "satellite", "deactivated", "removed"])
async def test_a_user_who_is_no_active_human_is_nobody(
    hass: HomeAssistant, callers: Callers, who: str
) -> None:
    actor = await callers.actor(hass, who)

    assert (actor.user_id, actor.is_owner, actor.residents) == (None, False, ())
    assert actor.roles(callers.residents["finn"]) == {Role.NOBODY}


async def test_somebody_who_lives_in_two_units_lives_in_both(
    hass: HomeAssistant, callers: Callers
) -> None:
    both = [
        Resident("a", "Ada", "3b", "3B", None, callers.contexts["ada"].user_id),
        Resident("b", "Ada", "4a", "4A", None, callers.contexts["ada"].user_id),
        Resident("c", "Ada", "3b", "3B", None, callers.contexts["ada"].user_id),
    ]

    actor = await async_actor(hass, callers.contexts["ada"], both)

    assert actor.units == ("3b", "4a")
    assert all(actor.may(Permission.LOOSEN_RULES, resident) for resident in both)


async def test_a_links_holder_is_that_resident_and_nobody_else(
    callers: Callers,
) -> None:
    on_paper = callers.residents["on_paper"]

    holder = link_holder(on_paper)

    assert (holder.user_id, holder.is_owner, holder.residents) == (
        None,
        False,
        (on_paper,),
    )
    assert holder.author.by_link
    assert holder.roles() == {Role.RESIDENT}
    assert holder.roles(callers.residents["cleo"]) == {Role.RESIDENT}
    assert holder.roles(unit="3b") == {Role.RESIDENT, Role.UNIT}


async def test_what_concerns_a_unit_is_for_who_lives_there(
    hass: HomeAssistant, callers: Callers
) -> None:
    for who, may in (
        ("ada", True),
        ("neighbour", False),
        ("owner", False),
        ("automation", False),
    ):
        actor = await callers.actor(hass, who)
        assert actor.may(PAUSE_UNIT, unit="3b") is may
        assert actor.may(RESUME_UNIT, unit="3b") is may


async def test_who_issued_a_grant_may_revoke_it(
    hass: HomeAssistant, callers: Callers
) -> None:
    adas = callers.contexts["ada"].user_id
    for who, may in (
        ("ada", True),
        ("flatmate", False),
        ("neighbour", False),
        ("link_of_on_paper", False),
        ("owner", True),
        ("automation", True),
    ):
        actor = await callers.actor(hass, who)
        assert actor.may(CALL_OFF, issuer=adas) is may
        assert actor.may(CALL_OFF) is (may and who != "ada")
