"""Personal links of residents without a login: whose they are, how they are renewed and revoked."""

from dataclasses import replace
from functools import partial

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest
from sqlalchemy import Connection, select

from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.api.commands import (
    async_change_rules,
    async_renew_link,
    async_revoke_link,
)
from custom_components.courier_access.api.permissions import Actor, link_holder
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.tables import personal, records
from tests.support.house import ALWAYS, House, build, courier, door, resident
from tests.support.owing import edit, move_in, move_out, owed
from tests.support.people import People

BEN = "resident-ben"
OWNER = Actor("owner", is_owner=True, residents=())
AUTOMATION = Actor(None, is_owner=False, residents=())


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    return await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Ben", "5C"),
        resident("Cleo", "4A", None),
    )


def token_of(house: House, resident_id: str = BEN) -> str:
    token = house.building.links.link_of(resident_id)
    assert token is not None
    return token


def holder(house: House, resident_id: str = BEN) -> Actor:
    return link_holder(house.building.residents[resident_id])


async def test_who_has_no_login_has_a_link_from_the_start_and_nobody_else(
    house: House,
) -> None:
    links = house.building.links
    ben, cleo = token_of(house), token_of(house, "resident-cleo")

    assert len({ben, cleo}) == 2
    assert min(len(ben), len(cleo)) >= 43, "256 bits, which nobody guesses"
    assert links.resident_of(ben) == BEN
    assert links.resident_of(cleo) == "resident-cleo"
    assert links.link_of("resident-ada") is None
    for other in ("", "nobody's", ben[:-1], "\ud800"):
        assert links.resident_of(other) is None


async def test_a_link_stays_over_a_restart(hass: HomeAssistant, house: House) -> None:
    token = token_of(house)

    await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()

    assert house.building.links.resident_of(token) == BEN


async def test_a_renewed_link_is_another_and_its_holder_is_told(house: House) -> None:
    old = token_of(house)

    new = await async_renew_link(
        house.building, holder(house), house.building.residents[BEN]
    )

    assert new == token_of(house) != old
    assert house.building.links.resident_of(old) is None
    [told] = await owed(house, NotificationKind.LINK_RENEWED)
    assert (told.resident_id, told.details) == (BEN, {})


async def test_the_owner_renews_a_link_without_learning_it(house: House) -> None:
    old = token_of(house)

    assert (
        await async_renew_link(house.building, OWNER, house.building.residents[BEN])
        is None
    )
    assert token_of(house) != old


async def test_a_revoked_link_leads_nowhere_also_after_a_restart(
    hass: HomeAssistant, house: House
) -> None:
    old = token_of(house)
    await async_revoke_link(house.building, OWNER, house.building.residents[BEN])
    await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()

    assert house.building.links.resident_of(old) is None
    assert house.building.links.link_of(BEN) is None
    await async_renew_link(house.building, OWNER, house.building.residents[BEN])
    assert token_of(house) != old


async def test_others_neither_renew_nor_revoke_a_link(house: House) -> None:
    ben = house.building.residents[BEN]
    old = token_of(house)
    for someone in (AUTOMATION, holder(house, "resident-cleo")):
        with pytest.raises(ServiceValidationError):
            await async_renew_link(house.building, someone, ben)
        with pytest.raises(ServiceValidationError):
            await async_revoke_link(house.building, someone, ben)
    assert token_of(house) == old


async def test_who_has_a_login_gets_no_link(house: House) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await async_renew_link(
            house.building, OWNER, house.building.residents["resident-ada"]
        )
    assert refused.value.translation_key == "link_needs_no_login"


async def test_who_gets_a_login_loses_their_link(house: House, people: People) -> None:
    old = token_of(house)

    await edit(house, BEN, person=people.person("Ada"))

    assert house.building.links.resident_of(old) is None
    assert house.building.links.link_of(BEN) is None


async def test_who_becomes_somebody_else_or_leaves_takes_no_link_along(
    house: House,
) -> None:
    old, gone = token_of(house), token_of(house, "resident-cleo")

    await edit(house, BEN, unit="6D")
    await move_out(house, "resident-cleo")

    links = house.building.links
    assert links.resident_of(old) is None
    assert links.resident_of(gone) is None
    assert links.resident_of(token_of(house)) == BEN


async def test_a_person_who_cannot_be_asked_gets_no_link(
    hass: HomeAssistant, house: House
) -> None:
    hass.states.async_remove("person.ada")
    await move_out(house, "resident-ada")
    person = house.entry.subentries[BEN].data["person"]
    assert person is None

    ada = People(hass).person("Ada")
    await move_in(house, resident("Ann", "7E", None, person=ada))

    assert house.building.links.link_of("resident-ann") is None


async def test_no_token_stands_in_the_record(house: House) -> None:
    await async_renew_link(house.building, OWNER, house.building.residents[BEN])
    token = token_of(house)

    def written(conn: Connection) -> str:
        said = [
            *conn.execute(select(records.c.body)),
            *conn.execute(select(personal.c.value)),
        ]
        return str(said)

    text = await house.building.ledger.read(written)
    assert "link.renewed" in text
    assert token not in text


async def test_what_cannot_be_written_changes_no_link(house: House) -> None:
    old = token_of(house)
    ben = house.building.residents[BEN]
    await house.building.ledger.close()

    with pytest.raises(HomeAssistantError):
        await async_renew_link(house.building, OWNER, ben)
    with pytest.raises(HomeAssistantError):
        await async_revoke_link(house.building, OWNER, ben)
    assert token_of(house) == old


async def test_a_consent_withdrawn_by_link_no_later_paper_gives_again(
    house: House,
) -> None:
    withdrawn = await async_change_rules(
        house.building,
        holder(house),
        house.building.residents[BEN],
        lambda rules: replace(rules, consent=Consent.WITHDRAWN),
    )
    paper = {
        "id": "later",
        "decided_on": "2026-06-07",
        "consent": True,
        "windows": ALWAYS,
    }

    await edit(house, BEN, paper=paper)

    changed = house.building.rulebook.of(BEN)
    assert changed == replace(
        withdrawn, revision=withdrawn.revision + 1, schedule=changed.schedule
    )
    assert changed.consent is Consent.WITHDRAWN
    [_, told] = await owed(house, NotificationKind.DECIDED_ON_PAPER)
    assert told.details == {
        "decided_on": "2026-06-07",
        "consent": "withdrawn",
        "on_paper": "given",
    }
    with pytest.raises(ServiceValidationError):
        await async_change_rules(
            house.building,
            OWNER,
            house.building.residents[BEN],
            lambda rules: replace(rules, consent=Consent.GIVEN),
        )


async def test_after_a_yes_by_link_a_paper_changes_the_hours_and_can_withdraw(
    house: House,
) -> None:
    ben = house.building.residents[BEN]
    for consent in (Consent.WITHDRAWN, Consent.GIVEN):
        change = partial(replace, consent=consent)
        await async_change_rules(house.building, holder(house), ben, change)

    mornings = {"monday": [{"from": "08:00:00", "to": "10:00:00"}]}
    paper = {
        "id": "later",
        "decided_on": "2026-06-07",
        "consent": True,
        "windows": mornings,
    }
    await edit(house, BEN, paper=paper)
    rules = house.building.rulebook.of(BEN)
    assert rules.consent is Consent.GIVEN
    assert rules.schedule.to_mapping() == mornings

    await edit(house, BEN, paper=paper | {"id": "last", "consent": False})
    assert house.building.rulebook.of(BEN).consent is Consent.WITHDRAWN


async def test_the_holder_of_a_link_decides_as_the_resident(house: House) -> None:
    cleo = house.building.residents["resident-cleo"]

    def agree(rules: Rules) -> Rules:
        return replace(rules, consent=Consent.GIVEN)

    changed = await async_change_rules(house.building, link_holder(cleo), cleo, agree)
    assert changed.consent is Consent.GIVEN
    with pytest.raises(ServiceValidationError):
        await async_change_rules(
            house.building, link_holder(cleo), house.building.residents[BEN], agree_not
        )


def agree_not(rules: Rules) -> Rules:
    return replace(rules, consent=Consent.WITHDRAWN)
