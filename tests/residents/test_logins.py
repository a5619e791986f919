"""A resident keeps their last known login, whatever becomes of their person."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockUser

from tests.support.house import House, build, courier, door, resident
from tests.support.phones import add_person


async def lived_in_by_ada(hass: HomeAssistant) -> tuple[House, str]:
    login = MockUser(name="Ada").add_to_hass(hass)
    person = (await add_person(hass, {"Ada": login.id}))["Ada"]
    house = await build(
        hass, door(), courier(), resident("Ada", "3B", None, person=person)
    )
    assert house.building.residents["resident-ada"].user_id == login.id
    return house, login.id


def set_user(hass: HomeAssistant, entity_id: str, user_id: str | None) -> None:
    attributes = {} if user_id is None else {"user_id": user_id}
    hass.states.async_set(entity_id, "home", attributes)


async def test_a_login_that_a_person_loses_stays_the_residents(
    hass: HomeAssistant,
) -> None:
    house, login = await lived_in_by_ada(hass)

    set_user(hass, "person.ada", None)
    await house.settle()
    loaded = house.building
    assert loaded.residents["resident-ada"].user_id == login

    hass.states.async_set("person.ada", "not_home", {})
    await house.settle()
    assert house.building is loaded, "without a change of user, nothing is loaded again"


async def test_a_renamed_person_is_followed(hass: HomeAssistant) -> None:
    house, _ = await lived_in_by_ada(hass)
    er.async_get(hass).async_update_entity(
        "person.ada", new_entity_id="person.lovelace"
    )
    await house.settle()

    set_user(hass, "person.lovelace", "another user")
    await house.settle()

    assert house.building.residents["resident-ada"].user_id == "another user"


async def test_the_login_of_a_deleted_person_stays_the_residents(
    hass: HomeAssistant,
) -> None:
    house, login = await lived_in_by_ada(hass)

    er.async_get(hass).async_remove("person.ada")
    hass.states.async_remove("person.ada")
    await house.settle()

    assert house.building.residents["resident-ada"].user_id == login


async def test_a_person_that_is_only_loaded_anew_keeps_its_rights(
    hass: HomeAssistant,
) -> None:
    house, login = await lived_in_by_ada(hass)
    building = house.building

    hass.states.async_remove("person.ada")
    await house.settle()
    set_user(hass, "person.ada", login)
    await house.settle()

    assert house.building is building


async def test_other_changes_of_users_load_nothing_again(hass: HomeAssistant) -> None:
    house, login = await lived_in_by_ada(hass)
    building = house.building
    ada = await hass.auth.async_get_user(login)
    assert ada is not None

    await hass.auth.async_update_user(ada, name="Lovelace")
    guest = await hass.auth.async_create_user("Guest")
    await hass.auth.async_update_user(guest, is_active=False)
    await house.settle()
    assert house.building is building

    await hass.auth.async_update_user(ada, is_active=False)
    await house.settle()
    assert house.building is not building
