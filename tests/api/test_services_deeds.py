"""The actions that change something: pauses, vetoes, confirmations, and links."""

from datetime import timedelta
from typing import Any

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
import voluptuous as vol

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
from tests.support.people import People, acting, user


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Abe", "Cleo")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    def lives(name: str, unit: str) -> Any:
        return resident(name, unit, None, person=people.person(name))

    house = await build(
        hass,
        door(),
        courier(),
        lives("Ada", "Flat 1"),
        lives("Abe", "Flat 1"),
        lives("Cleo", "Flat 2"),
        resident("Ben", "Flat 3"),
    )
    ada = acting(people["Ada"])
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    return house


async def do(
    house: House, action: str, context: Context, subject: str | None = None, **data: Any
) -> None:
    await house.hass.services.async_call(
        "courier_access",
        action,
        {"device_id": house.device(subject).id} | data,
        blocking=True,
        context=context,
    )


async def refusal(
    house: House, action: str, context: Context, subject: str | None = None, **data: Any
) -> str | None:
    with pytest.raises(ServiceValidationError) as refused:
        await do(house, action, context, subject, **data)
    return refused.value.translation_key


async def test_residents_pause_and_resume_their_unit(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    sender = Sender(await hass_client_no_auth())
    ada, cleo = acting(people["Ada"]), acting(people["Cleo"])
    await sender.grant(units=("Flat 1",), max_entries=3)
    until = dt_util.utcnow() + timedelta(hours=1)

    await do(house, "pause", ada, unit=" flat 1", until=until.isoformat())
    assert [pause.until for pause in house.building.rulebook.pauses.over("flat 1")] == [
        until
    ]
    assert house.building.rulebook.pauses.over("flat 2") == []
    assert (await sender.enter()).body["reason"] == "paused"
    for unit in ("Flat 1", "Flat 9"):
        assert (
            await refusal(house, "resume", cleo, unit=unit) == "not_allowed_resume_unit"
        )
        assert (
            await refusal(house, "pause", cleo, unit=unit) == "not_allowed_pause_unit"
        )

    await do(house, "resume", ada, unit="Flat 1")
    assert (await sender.enter()).body["reason"] == "ok"
    await house.settle()


async def test_automation_pauses_and_resident_resumes_the_building(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await do(house, "pause", acting(None))
    assert house.building.rulebook.pauses.of_building() is not None
    assert await refusal(house, "resume", acting(None)) == "not_allowed_resume"

    await do(house, "resume", acting(people["Cleo"]))
    assert house.building.rulebook.pauses.of_building() is None


@pytest.mark.parametrize(
    ("hours", "key"), [(-1, "pause_in_the_past"), (24 * 367, "pause_too_long")]
)
async def test_pause_ends_within_a_year(
    hass: HomeAssistant, house: House, people: People, hours: int, key: str
) -> None:
    until = dt_util.utcnow() + timedelta(hours=hours)

    found = await refusal(
        house, "pause", acting(people["Ada"]), until=until.isoformat()
    )

    assert found == key
    assert house.building.rulebook.pauses.of_building() is None


async def test_delivery_is_vetoed_by_its_unit_but_no_neighbor(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    sender = Sender(await hass_client_no_auth())
    await sender.grant(units=("Flat 1",))
    of_ours = {"courier": "Parcel Post", "grant_id": "G1", "unit": "Flat 1"}
    ada = acting(people["Ada"])

    cleo = acting(people["Cleo"])
    assert (
        await refusal(house, "veto_grant", cleo, **of_ours) == "not_allowed_veto_grant"
    )
    unknown = of_ours | {"courier": "Nobody"}
    assert (
        await refusal(house, "veto_grant", cleo, **unknown) == "not_allowed_veto_grant"
    )
    assert await refusal(house, "veto_grant", ada, **unknown) == "no_such_courier"
    nothing = of_ours | {"grant_id": "G2"}
    assert await refusal(house, "veto_grant", ada, **nothing) == "nothing_to_veto"

    await do(house, "veto_grant", ada, **of_ours | {"courier": "courier-parcel-post"})

    assert (await sender.enter()).body["reason"] == "vetoed"
    await house.settle()


async def test_pending_resident_is_confirmed_by_a_flatmate(
    hass: HomeAssistant, house: House, people: People
) -> None:
    owner = acting(await user(hass, "Owner", admin=True))
    assert not house.building.residents["resident-abe"].is_confirmed
    for other in (owner, acting(people["Abe"]), acting(people["Cleo"]), acting(None)):
        found = await refusal(house, "confirm_resident", other, "resident-abe")
        assert found == "not_allowed_confirm_resident"

    await do(house, "confirm_resident", acting(people["Ada"]), "resident-abe")

    assert house.building.residents["resident-abe"].is_confirmed


async def test_owner_renews_and_revokes_a_link_without_learning_it(
    hass: HomeAssistant, house: House, people: People
) -> None:
    owner = acting(await user(hass, "Owner", admin=True))
    links = house.building.links
    first = links.link_of("resident-ben")
    assert first is not None
    with pytest.raises(ServiceValidationError):
        await ask(house, "renew_link", "resident-ben", owner)

    await do(house, "renew_link", owner, "resident-ben")
    second = links.link_of("resident-ben")
    assert second not in (None, first)
    await do(house, "revoke_link", owner, "resident-ben")
    assert links.link_of("resident-ben") is None

    for action in ("renew_link", "revoke_link"):
        cleo = acting(people["Cleo"])
        assert (
            await refusal(house, action, cleo, "resident-ben")
            == f"not_allowed_{action}"
        )
    found = await refusal(house, "renew_link", owner, "resident-ada")
    assert found == "link_needs_no_login"


async def test_action_takes_only_its_kind_of_device(
    hass: HomeAssistant, house: House, people: People
) -> None:
    ada = acting(people["Ada"])
    for action in ("pause", "resume"):
        for subject in ("resident-ada", "door-lobby"):
            assert await refusal(house, action, ada, subject) == "no_pause_switch"
    delivery = {"courier": "c", "grant_id": "g", "unit": "u"}
    found = await refusal(house, "veto_grant", ada, "resident-ada", **delivery)
    assert found == "no_building_device"
    for action in ("confirm_resident", "renew_link", "revoke_link"):
        assert await refusal(house, action, ada) == "no_resident_device"
        with pytest.raises(vol.Invalid):
            await do(house, action, ada, "resident-ada", unit="Flat 1")
