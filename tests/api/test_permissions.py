"""Actors and their roles, with real users (promise 4)."""

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

AN_AUTOMATION = {
    Permission.RESTRICT_RULES,
    Permission.PAUSE,
    Permission.VETO_GRANT,
    Permission.NOTIFY_RECIPIENTS,
    Permission.REVOKE_GRANT,
}


@dataclass(frozen=True, slots=True)
class Callers:
    """The callers, and the residents of the building."""

    contexts: dict[str, Context]
    residents: dict[str, Resident]

    async def actor(self, hass: HomeAssistant, name: str) -> Actor:
        if name.startswith("link_of_"):
            return link_holder(self.residents[name.removeprefix("link_of_")])
        return await async_actor(hass, self.contexts[name], self.residents.values())


@pytest.fixture
async def callers(hass: HomeAssistant) -> Callers:
    owner = await user(hass, "Owner", admin=True)
    ada, flatmate, neighbor = [
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
            "neighbor": acting(neighbor),
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
            "cleo": lives("cleo", "4a", neighbor.id),
            "landlady": lives("landlady", "1a", landlady.id),
            "on_paper": lives("on_paper", "3b", None),
            "finn": lives("finn", "2a", asleep.id),
            "satellite": lives("satellite", "2a", satellite.id),
        },
    )


def test_automation_can_only_restrict() -> None:
    assert {
        permission for permission, roles in MAY.items() if Role.NOBODY in roles
    } == AN_AUTOMATION


def test_only_the_resident_loosens_rules() -> None:
    assert MAY[Permission.LOOSEN_RULES] == {Role.SELF}


async def test_actor_has_the_residents_of_its_user(
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
async def test_user_who_is_not_an_active_person_is_nobody(
    hass: HomeAssistant, callers: Callers, who: str
) -> None:
    actor = await callers.actor(hass, who)

    assert (actor.user_id, actor.is_owner, actor.residents) == (None, False, ())
    assert actor.roles(callers.residents["finn"]) == {Role.NOBODY}


async def test_actor_of_two_units_is_a_resident_of_both(
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


async def test_link_holder_acts_only_as_that_resident(
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


async def test_only_residents_of_a_unit_pause_it(
    hass: HomeAssistant, callers: Callers
) -> None:
    for who, may in (
        ("ada", True),
        ("neighbor", False),
        ("owner", False),
        ("automation", False),
    ):
        actor = await callers.actor(hass, who)
        assert actor.may(Permission.PAUSE_UNIT, unit="3b") is may
        assert actor.may(Permission.RESUME_UNIT, unit="3b") is may


async def test_issuer_may_revoke_a_grant(hass: HomeAssistant, callers: Callers) -> None:
    adas = callers.contexts["ada"].user_id
    for who, may in (
        ("ada", True),
        ("flatmate", False),
        ("neighbor", False),
        ("link_of_on_paper", False),
        ("owner", True),
        ("automation", True),
    ):
        actor = await callers.actor(hass, who)
        assert actor.may(Permission.REVOKE_GRANT, issuer=adas) is may
        assert actor.may(Permission.REVOKE_GRANT) is (may and who != "ada")
