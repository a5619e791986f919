"""Test pending residents: confirmation, departure, changes, and notifications."""

from dataclasses import replace
import json
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import WeekSchedule
from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.api.commands import (
    async_confirm_resident,
)
from custom_components.courier_access.api.permissions import (
    Actor,
    Permission,
    async_acting,
    link_holder,
)
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.enqueued import edit, enqueued, members, move_in, move_out
from tests.support.house import ALWAYS, House, Sender, resident
from tests.support.people import People, acting

OPEN = Rules(consent=Consent.GIVEN, schedule=WeekSchedule.from_mapping(ALWAYS))
ADA, BEN, MIA = "resident-ada", "resident-ben", "resident-mia"


@pytest.fixture
def house(house_with_mia: House) -> House:
    return house_with_mia


async def decide(house: House, resident_id: str, rules: Rules = OPEN) -> None:
    someone = house.building.residents[resident_id]
    await house.building.rulebook.change(someone, rules, Author())


async def actor(house: House, people: People, name: str) -> Actor:
    return await async_acting(house.building, acting(people[name]))


async def confirm(house: House, people: People, name: str = "Ada") -> None:
    """Let somebody confirm Mia."""
    someone, mia = await actor(house, people, name), house.building.residents[MIA]
    await async_confirm_resident(house.building, someone, mia)


def is_confirmed(house: House, resident_id: str) -> bool:
    return house.building.residents[resident_id].is_confirmed


async def test_pending_resident_neither_loosens_nor_restricts(
    house: House, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await decide(house, MIA)
    assert (await sender.grant("loosened")).body["reason"] == "not_accepting"

    await decide(house, ADA)
    await sender.grant("ours")
    await decide(house, MIA, Rules(consent=Consent.WITHDRAWN))

    assert (await sender.grant("restricted")).body["decision"] == "accepted"
    assert (await sender.enter("ours")).body["decision"] == "admitted"


async def test_pending_resident_is_notified_like_everyone_but_is_no_recipient(
    house: House, people: People
) -> None:
    assert await members(house) == {ADA: "3b", MIA: "", "resident-cleo": "4a"}

    mia = await actor(house, people, "Mia")
    assert mia.units == ()
    for permission in (Permission.READ_ENTRIES, Permission.PAUSE, Permission.EXPORT):
        assert mia.may(permission)
    for permission in (
        Permission.VETO_GRANT,
        Permission.PAUSE_UNIT,
        Permission.RESUME_UNIT,
    ):
        assert not mia.may(permission, "3b")
    assert mia.may(Permission.LOOSEN_RULES, house.building.residents[MIA])


async def test_unit_is_notified_of_invited_pending_resident(house: House) -> None:
    [queued] = await enqueued(house, NotificationKind.RESIDENT_ADDED)
    assert dict(queued.units) == {"3b": "3B"}
    assert (queued.details["name"], queued.details["resident_id"]) == ("Mia", MIA)

    invited = [
        each.resident_id
        for each in await enqueued(house, NotificationKind.CONSENT_INVITED)
    ]
    assert invited == [ADA, "resident-cleo", MIA]


async def test_restart_notifies_nobody(hass: HomeAssistant, house: House) -> None:
    before = await enqueued(house)
    await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()

    assert await enqueued(house) == before
    assert not is_confirmed(house, MIA)


async def test_resident_with_account_confirms_pending_resident(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    sender = Sender(await hass_client_no_auth())
    await decide(house, MIA)
    seen: list[bool] = []
    house.building.rulebook.listeners.add(lambda: seen.append(is_confirmed(house, MIA)))

    await confirm(house, people)

    assert seen == [True]
    [queued] = await enqueued(house, NotificationKind.RESIDENT_CONFIRMED)
    assert queued.details["confirmed_by"] == "Ada"
    assert await members(house) == {ADA: "3b", MIA: "3b", "resident-cleo": "4a"}
    assert (await sender.grant()).body["decision"] == "accepted"
    assert (await sender.enter()).body["decision"] == "admitted"
    await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    assert is_confirmed(house, MIA)
    revision = house.building.rulebook.set_revision
    await confirm(house, people)
    assert house.building.rulebook.set_revision == revision, "it was confirmed before"


async def test_nobody_else_confirms_a_resident(house: House, people: People) -> None:
    ada, mia = house.building.residents[ADA], house.building.residents[MIA]
    for who, someone in (
        ("herself", await actor(house, people, "Mia")),
        ("another unit", await actor(house, people, "Cleo")),
        ("owner", Actor("owner", is_administrator=True, residents=())),
        ("automation", Actor(None, is_administrator=False, residents=())),
        ("link", link_holder(ada)),
    ):
        with pytest.raises(ServiceValidationError) as refused:
            await async_confirm_resident(house.building, someone, mia)
        assert refused.value.translation_key == "not_allowed_confirm_resident", who
        assert not is_confirmed(house, MIA), who


async def test_withdrawal_of_pending_resident_takes_effect_once_confirmed(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await decide(house, ADA)
    await sender.grant()
    await decide(house, MIA, Rules(consent=Consent.WITHDRAWN))
    assert await enqueued(house, NotificationKind.CONSENT_WITHDRAWN) == []

    await confirm(house, people)

    assert house.building.grants.expected("3b") == []
    assert (await sender.enter()).body["reason"] == "not_accepting"
    [queued] = await enqueued(house, NotificationKind.CONSENT_WITHDRAWN)
    assert queued.details["name"] == "Mia"


async def test_resident_stays_pending_if_nobody_can_confirm(house: House) -> None:
    await decide(house, ADA)
    await move_out(house, ADA)

    assert not is_confirmed(house, MIA)
    [queued] = await enqueued(house, NotificationKind.RESIDENT_REMOVED)
    assert queued.resident_id == ADA
    assert queued.addressed is not None
    assert queued.addressed["targets"] == [
        {"kind": "action", "value": "notify.ada", "app": None}
    ]


async def test_moved_resident_is_pending_and_notified_twice(house: House) -> None:
    await decide(house, "resident-cleo")
    new_target = {"kind": "action", "value": "notify.elsewhere"}
    await edit(house, "resident-cleo", unit="3B", targets=[new_target])

    assert not is_confirmed(house, "resident-cleo")
    assert house.building.rulebook.of("resident-cleo") == Rules()
    now, before = await enqueued(house, NotificationKind.RESIDENT_CHANGED)
    assert now.resident_id == before.resident_id == "resident-cleo"
    assert (now.addressed, now.details) == (None, {"what": "unit"})
    assert before.addressed is not None
    assert before.addressed["unit"] == "4A"
    assert before.addressed["targets"][0]["value"] == "notify.cleo"
    invited = [
        each.resident_id
        for each in await enqueued(house, NotificationKind.CONSENT_INVITED)
    ]
    assert invited[-1] == "resident-cleo"


async def test_another_account_of_the_same_person_is_pending_and_notified(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await confirm(house, people)
    await decide(house, MIA)

    hass.states.async_set("person.mia", "home", {"user_id": people["Cleo"].id})
    await house.settle()

    assert not is_confirmed(house, MIA)
    assert house.building.rulebook.of(MIA) == Rules()
    changes = await enqueued(house, NotificationKind.RESIDENT_CHANGED)
    assert [each.details for each in changes] == [{"what": "login"}] * 2


async def test_resident_whose_account_is_unknown_for_a_while_loses_nothing(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await decide(house, ADA)
    before = await enqueued(house)

    hass.states.async_remove("person.ada")
    await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    assert house.building.residents[ADA].user_id == people["Ada"].id
    assert is_confirmed(house, ADA)
    assert not is_confirmed(house, MIA), "Ada must still confirm her"

    hass.states.async_set("person.ada", "home", {"user_id": people["Ada"].id})
    await house.settle()
    assert house.building.residents[ADA].user_id == people["Ada"].id
    assert house.building.rulebook.of(ADA).consent is Consent.GIVEN
    assert await enqueued(house) == before


async def test_paper_consent_is_notified_once(paper_house: House) -> None:
    house = paper_house
    [queued] = await enqueued(house, NotificationKind.DECIDED_ON_PAPER)
    assert queued.resident_id == BEN
    assert queued.details == {
        "decided_on": "2026-01-02",
        "consent": "given",
        "on_paper": "given",
    }
    assert await enqueued(house, NotificationKind.CONSENT_INVITED) == []
    assert await enqueued(house, NotificationKind.CONSENT_WITHDRAWN) == []

    refused: dict[str, Any] = {
        "id": "paper-2",
        "decided_on": "2026-02-03",
        "consent": False,
        "windows": {},
    }
    await edit(house, BEN, paper=refused)
    latest = (await enqueued(house, NotificationKind.DECIDED_ON_PAPER))[1:]
    assert [each.details["consent"] for each in latest] == ["withdrawn"]
    [withdrawn] = await enqueued(house, NotificationKind.CONSENT_WITHDRAWN)
    assert dict(withdrawn.units) == {"5c": "5C"}


async def test_new_resident_is_notified_to_the_unit(paper_house: House) -> None:
    house = paper_house
    assert await enqueued(house, NotificationKind.RESIDENT_CONFIRMED) == []

    await move_in(house, resident("Eve", "5C"))

    assert is_confirmed(house, "resident-eve")
    [queued] = await enqueued(house, NotificationKind.RESIDENT_CONFIRMED)
    assert (queued.resident_id, dict(queued.units)) == ("resident-eve", {"5c": "5C"})
    said = "Eve was added to your home"
    assert [name for name, message in house.told if said in message] == ["Ben"]


async def test_residents_added_at_once_get_one_notification(paper_house: House) -> None:
    house = paper_house
    names = [f"R{number}" for number in range(10)]
    for name in names:
        house.listen(name)

    await move_in(house, *(resident(name, "5C", None) for name in names))

    [queued] = await enqueued(house, NotificationKind.RESIDENT_CONFIRMED)
    assert (queued.resident_id, dict(queued.units)) == (None, {"5c": "5C"})
    said = "were added to your home"
    heard = [name for name, message in house.told if said in message]
    assert sorted(heard) == sorted(["Ben", *names])
    [ben] = [message for name, message in house.told if name == "Ben"]
    assert f"R0, R1, R2, R3, R4, R5, R6, R7, and 2 more {said}" in ben


@pytest.mark.parametrize("change", ["unit", "first login"])
async def test_paper_consent_ends_when_the_resident_changes(
    paper_house: House, people: People, change: str
) -> None:
    house = paper_house
    assert house.building.rulebook.of(BEN).consent is Consent.GIVEN

    if change == "unit":
        await edit(house, BEN, unit="6D")
    else:
        await edit(house, BEN, person=people.person("Mia"))
        assert house.building.links.link_of(BEN) is None

    assert house.building.rulebook.of(BEN) == Rules()


async def test_stored_recipient_is_plain_data(house: House) -> None:
    for addressed in house.building.directory.addressed.values():
        assert json.loads(json.dumps(addressed)) == addressed
        assert addressed.keys() == {
            "name",
            "unit",
            "person",
            "user_id",
            "language",
            "targets",
            "private_notifications",
        }


async def test_equal_rules_are_no_change(house: House) -> None:
    await decide(house, ADA)
    revision = house.building.rulebook.of(ADA).revision

    await decide(house, ADA, replace(OPEN, revision=7))

    assert house.building.rulebook.of(ADA).revision == revision
