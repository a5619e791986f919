"""What the owner tries by taking a resident's login away for a while, which changes nobody (`moving`)."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.courier_access.residents import async_acting, async_renew_link
from tests.house import build, courier, door, resident
from tests.people import People, acting, user
from tests.phones import add_letters


async def test_who_has_lost_their_login_gets_no_link_by_which_another_could_decide_for_them(
    hass: HomeAssistant,
) -> None:
    people = People(hass)
    await people.move_in("Ada")
    owner = await user(hass, "Owner", admin=True)
    house = await build(
        hass, door(), courier(), resident("Ada", "3B", None, person=people.person("Ada"))
    )
    letters = add_letters(hass, "ada")
    hass.states.async_set("person.ada", "home", {})
    await house.settle()
    ada = house.building.residents["resident-ada"]
    assert ada.user_id is None

    with pytest.raises(ServiceValidationError) as refused:
        await async_renew_link(
            house.building, await async_acting(house.building, acting(owner)), ada
        )
    await house.settle()

    assert refused.value.translation_key == "link_needs_no_login"
    assert house.building.links.link_of("resident-ada") is None
    assert letters.received == []
