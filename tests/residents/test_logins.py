"""Test that residents keep their last known account."""

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.administrator import rename
from tests.support.enqueued import edit
from tests.support.house import House, Sender, build, courier, door, resident
from tests.support.phones import add_person
from tests.support.rows import kept_rows

ADA = "resident-ada"


@pytest.fixture
async def login(hass: HomeAssistant) -> str:
    """Ada's user."""
    return MockUser(name="Ada").add_to_hass(hass).id


@pytest.fixture
async def house(hass: HomeAssistant, login: str) -> House:
    """A building where Ada lives with an account."""
    person = (await add_person(hass, {"Ada": login}))["Ada"]
    house = await build(
        hass, door(), courier(), resident("Ada", "3B", None, person=person)
    )
    assert house.building.residents[ADA].user_id == login
    return house


def set_user(hass: HomeAssistant, entity_id: str, user_id: str | None) -> None:
    attributes = {} if user_id is None else {"user_id": user_id}
    hass.states.async_set(entity_id, "home", attributes)


async def test_resident_keeps_account_that_the_person_lost(
    hass: HomeAssistant, house: House, login: str
) -> None:
    loaded = house.building
    hass.states.async_remove("person.ada")
    await house.settle()
    set_user(hass, "person.ada", login)
    await house.settle()
    assert house.building is loaded, "the person was only reloaded"

    set_user(hass, "person.ada", None)
    await house.settle()
    loaded = house.building
    assert loaded.residents[ADA].user_id == login

    hass.states.async_set("person.ada", "not_home", {})
    await house.settle()
    assert house.building is loaded, "nothing is reloaded without a change of user"


async def test_renamed_person_is_followed(hass: HomeAssistant, house: House) -> None:
    er.async_get(hass).async_update_entity(
        "person.ada", new_entity_id="person.lovelace"
    )
    await house.settle()

    set_user(hass, "person.lovelace", "another user")
    await house.settle()

    assert house.building.residents[ADA].user_id == "another user"


async def test_resident_keeps_account_of_deleted_person(
    hass: HomeAssistant, house: House, login: str
) -> None:
    er.async_get(hass).async_remove("person.ada")
    hass.states.async_remove("person.ada")
    await house.settle()

    assert house.building.residents[ADA].user_id == login


async def test_account_that_changes_while_the_building_starts_is_followed(
    hass: HomeAssistant, house: House
) -> None:
    @callback
    def device_is_renamed(_: Event[dr.EventDeviceRegistryUpdatedData]) -> None:
        set_user(hass, "person.ada", "another user")

    hass.bus.async_listen_once(dr.EVENT_DEVICE_REGISTRY_UPDATED, device_is_renamed)
    await rename(house, "door-lobby", "Entrance")

    assert house.building.residents[ADA].user_id == "another user"


async def test_account_that_is_disabled_while_the_building_starts_accepts_nobody(
    hass: HomeAssistant,
    house: House,
    login: str,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    sender = Sender(await hass_client_no_auth())
    rulebook, residents = house.building.rulebook, house.building.residents
    rules = Rules(consent=Consent.GIVEN, schedule=ALWAYS)
    await rulebook.change(residents[ADA], rules, Author(user_id=login))
    assert (await sender.grant("before")).body["decision"] == "accepted"
    ada = await hass.auth.async_get_user(login)
    assert ada is not None

    @callback
    def device_is_renamed(_: Event[dr.EventDeviceRegistryUpdatedData]) -> None:
        hass.async_create_task(hass.auth.async_update_user(ada, is_active=False))

    hass.bus.async_listen_once(dr.EVENT_DEVICE_REGISTRY_UPDATED, device_is_renamed)
    await rename(house, "door-lobby", "Entrance")

    assert not house.building.rulebook.has_consent
    assert (await sender.grant("after")).body["reason"] == "not_accepting"


async def test_records_of_changes_name_the_resident(
    hass: HomeAssistant, house: House
) -> None:
    await edit(house, ADA, targets=[])
    set_user(hass, "person.ada", None)
    await house.settle()

    named = await kept_rows(
        house.building.ledger,
        """
        SELECT kind, value FROM personal JOIN records USING (seq)
        WHERE kind LIKE 'resident.%' AND field = 'resident' ORDER BY seq
        """,
        tuple[str, str],
    )
    assert named == [
        ("resident.enrolled", ADA),
        ("resident.targets_changed", ADA),
        ("resident.login_changed", ADA),
    ]


async def test_unrelated_user_changes_reload_nothing(
    hass: HomeAssistant, house: House, login: str
) -> None:
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
