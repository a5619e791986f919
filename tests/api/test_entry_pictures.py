"""Test that recipients of an entry, and nobody else, read its picture."""

from typing import Any

from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.outbox.fanout import (
    MAX_MESSAGES_PER_ENTRY,
    Message,
    pass_on as pass_message_on,
)
from tests.support.enqueued import edit, move_in
from tests.support.house import House, Sender, ask, build, courier, do, door, resident
from tests.support.people import People, acting

PICTURE = "/media/local/lobby.jpg"


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """Return a building with Ada and Ben in 3B, and Cleo in 4A."""
    await people.move_in("Ada", "Ben", "Cleo", "Dora", "Eve")
    homes = (
        resident(name, unit, None, person=people.person(name))
        for name, unit in (("Ada", "3B"), ("Ben", "3B"), ("Cleo", "4A"))
    )
    house = await build(hass, door(), courier(), *homes)
    await people.consent(house, "Ada", "Cleo")
    await people.confirm(house, "Ben", "Ada")
    return house


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    return Sender(await hass_client_no_auth())


@pytest.fixture
async def entry_id(house: House, sender: Sender) -> str:
    """The entry of a courier with a delivery for 3B, already notified."""
    await sender.grant(max_entries=3)
    entered = await sender.enter()
    assert entered.body["decision"] == "admitted"
    await house.settle()
    return str(entered.body["entry_id"])


async def pass_on(house: House, entry_id: str, *images: str | None) -> None:
    for image in images:
        given = {} if image is None else {"image": image}
        message = {"entry_id": entry_id, "message": "Here."} | given
        await do(house, "notify_recipients", acting(None), **message)
        await house.settle()


async def read(house: House, who: Context) -> dict[str, Any]:
    """Return the newest entry as somebody reads it."""
    [entry] = (await ask(house, "get_entries", None, who, limit=1))["entries"]
    assert isinstance(entry, dict)
    return entry


async def test_only_recipients_read_the_picture(
    house: House, people: People, entry_id: str
) -> None:
    owner, cleo = await people.owner(), people.acting("Cleo")
    before = [await read(house, who) for who in (owner, cleo)]
    assert (await read(house, people.acting("Ada")))["picture"] is None

    await pass_on(house, entry_id, PICTURE)

    for name in ("Ada", "Ben"):
        assert (await read(house, people.acting(name)))["picture"] == PICTURE
    # Nothing shows that there is a picture.
    assert [await read(house, who) for who in (owner, cleo)] == before
    with pytest.raises(ServiceValidationError) as refused:
        await read(house, acting(None))
    assert refused.value.translation_key == "not_allowed_read_entries"


async def test_administrator_reads_a_picture_only_as_its_recipient(
    hass: HomeAssistant, house: House, people: People, entry_id: str
) -> None:
    await pass_on(house, entry_id, PICTURE)
    for name in ("Ada", "Cleo"):
        await hass.auth.async_update_user(people[name], group_ids=[GROUP_ID_ADMIN])

    recipient = await read(house, people.acting("Ada"))
    neighbor = await read(house, people.acting("Cleo"))

    assert len(recipient["notifications"]) == len(neighbor["notifications"]) == 3
    assert recipient["picture"] == PICTURE
    assert "picture" not in neighbor


async def test_later_residents_of_the_unit_read_no_picture(
    hass: HomeAssistant, house: House, people: People, entry_id: str
) -> None:
    await pass_on(house, entry_id, PICTURE)

    dora = resident("Dora", "3B", None, person=people.person("Dora"))
    await move_in(house, dora)
    await people.confirm(house, "Dora", "Ada")
    await edit(house, "resident-ben", name="Eve", person=people.person("Eve"))

    # Not even as the administrator, who reads the status of all notifications.
    await hass.auth.async_update_user(people["Dora"], group_ids=[GROUP_ID_ADMIN])
    for name in ("Dora", "Eve"):
        assert PICTURE not in str(await read(house, people.acting(name)))
    assert (await read(house, people.acting("Ada")))["picture"] == PICTURE


async def test_newest_file_is_the_picture(
    house: House, people: People, entry_id: str
) -> None:
    ada = people.acting("Ada")
    for images, newest in (
        (["/api/camera_proxy/camera.lobby"], None),
        (["/media/first.jpg", PICTURE], PICTURE),
        # Without a picture of the visit, or without any.
        (["/api/image_proxy/image.lobby", None], PICTURE),
    ):
        await pass_on(house, entry_id, *images)
        assert (await read(house, ada))["picture"] == newest

    with pytest.raises(ServiceValidationError):
        await pass_on(house, entry_id, "/media/sixth.jpg")
    assert MAX_MESSAGES_PER_ENTRY == 5


@pytest.mark.parametrize(
    "image", ["/local/a.jpg", "/media/\ud800.jpg", "/media/../x", "//x/y", 5]
)
async def test_what_is_no_image_of_this_home_assistant_is_no_picture(
    house: House, people: People, entry_id: str, image: Any
) -> None:
    """Whatever became of the ledger, an entry's recipients can read it."""
    message = Message("Here.", image=image)
    await house.building.ledger.write(
        lambda transaction: pass_message_on(
            transaction, entry_id, None, message, 1, dt_util.utcnow()
        )
    )
    await house.settle()

    read_by_ada = await read(house, people.acting("Ada"))

    assert (read_by_ada["entry_id"], read_by_ada["picture"]) == (entry_id, None)
