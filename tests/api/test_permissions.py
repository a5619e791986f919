"""Actors and their roles, with real users (promise 4)."""

from dataclasses import replace

from homeassistant.core import HomeAssistant

from custom_components.courier_access.access.model import Issuer, IssuerKind, Resident
from custom_components.courier_access.api.permissions import (
    Actor,
    Permission,
    Role,
    async_actor,
    link_holder,
)
from tests.support.people import acting, user


def lives(name: str, unit: str, user_id: str | None) -> Resident:
    return Resident(name, name, unit, unit.upper(), f"person.{name}", user_id)


def test_automation_can_only_restrict() -> None:
    assert {each for each in Permission if Role.NOBODY in each.roles} == {
        Permission.RESTRICT_RULES,
        Permission.PAUSE,
        Permission.VETO_GRANT,
        Permission.NOTIFY_RECIPIENTS,
        Permission.REVOKE_GRANT,
        Permission.REVOKE_PASS,
    }


async def test_actor_has_the_residents_of_its_user(hass: HomeAssistant) -> None:
    ada, dan = await user(hass, "Ada"), await user(hass, "Dan")
    owner = await user(hass, "Lea", admin=True)
    residents = [
        lives("ada", "3b", ada.id),
        lives("adas_other", "4a", ada.id),
        lives("adas_third", "3b", ada.id),
        lives("lea", "1a", owner.id),
        lives("ben", "3b", None),
    ]

    actor = await async_actor(hass, acting(ada), residents)
    assert (actor.user_id, actor.is_administrator) == (ada.id, False)
    assert actor.residents == tuple(residents[:3])
    assert actor.units == ("3b", "4a")
    assert all(actor.may(Permission.LOOSEN_RULES, own) for own in actor.residents)

    actor = await async_actor(hass, acting(owner), residents)
    assert (actor.is_administrator, actor.units) == (True, ("1a",))
    assert (await async_actor(hass, acting(dan), residents)).residents == ()


def test_link_holder_acts_only_as_that_resident() -> None:
    ben = lives("ben", "3b", None)

    holder = link_holder(ben)

    assert (holder.user_id, holder.is_administrator, holder.residents) == (
        None,
        False,
        (ben,),
    )
    assert holder.author.by_link
    assert holder.roles() == {Role.RESIDENT}
    assert holder.roles(lives("cleo", "4a", None)) == {Role.RESIDENT}
    assert holder.roles("3b") == {Role.RESIDENT, Role.UNIT}


def test_link_holder_stays_the_issuer_once_they_have_an_account() -> None:
    issued = Issuer(IssuerKind.RESIDENT, "ben")
    ben = lives("ben", "3b", None)

    assert link_holder(ben).roles(issued) == {Role.RESIDENT, Role.ISSUER}
    with_login = Actor(
        "user", is_administrator=False, residents=(replace(ben, user_id="user"),)
    )
    assert Role.ISSUER in with_login.roles(issued)
    for other in (
        link_holder(lives("cleo", "3b", None)),
        Actor("user", is_administrator=True, residents=()),
        Actor(None, is_administrator=False, residents=()),
    ):
        assert Role.ISSUER not in other.roles(issued)
        assert Role.ISSUER not in other.roles(None)
