"""Test personal links: their holders, renewal, and revocation."""

from dataclasses import replace
from functools import partial

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.api.commands import (
    async_renew_link,
    async_revoke_link,
)
from custom_components.courier_access.api.permissions import Actor, link_holder
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.support.enqueued import edit, enqueued, move_in, move_out
from tests.support.house import (
    ALWAYS,
    House,
    build,
    courier,
    decide,
    door,
    pass_time,
    resident,
)
from tests.support.people import People
from tests.support.rows import kept_rows

BEN = "resident-ben"
OWNER = Actor("owner", is_administrator=True, residents=())
AUTOMATION = Actor(None, is_administrator=False, residents=())


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


async def renew(house: House, actor: Actor = OWNER, of: str = BEN) -> str | None:
    building = house.building
    return await async_renew_link(building, actor, building.residents[of])


async def reload(house: House) -> None:
    await house.hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()


def later_paper(**changes: object) -> dict[str, object]:
    """Return consent on paper that is newer than the first."""
    paper = {"id": "later", "decided_on": "2026-06-07", "consent": True}
    return paper | {"windows": ALWAYS} | changes


async def test_only_residents_without_account_get_a_link(house: House) -> None:
    links = house.building.links
    ben, cleo = token_of(house), token_of(house, "resident-cleo")

    assert len({ben, cleo}) == 2
    assert min(len(ben), len(cleo)) >= 43, "256 bits, which nobody guesses"
    assert links.resident_of(ben) == BEN
    assert links.resident_of(cleo) == "resident-cleo"
    assert links.link_of("resident-ada") is None
    for other in ("", "nobody's", ben[:-1], "\ud800"):
        assert links.resident_of(other) is None


async def test_link_survives_a_reload(house: House) -> None:
    token = token_of(house)
    await reload(house)
    assert house.building.links.resident_of(token) == BEN


async def test_renewed_link_is_new_and_its_holder_is_notified(house: House) -> None:
    old = token_of(house)

    new = await renew(house, holder(house))

    assert new == token_of(house) != old
    assert house.building.links.resident_of(old) is None
    [queued] = await enqueued(house, NotificationKind.LINK_RENEWED)
    assert (queued.resident_id, queued.details) == (BEN, {})
    assert await renew(house, OWNER) is None, "the owner never sees a link"
    assert token_of(house) not in (old, new)


@pytest.mark.parametrize("external_url", [None, "https://elm.example"])
async def test_renewed_link_that_can_not_be_sent_says_what_to_do(
    house: House, external_url: str | None
) -> None:
    await house.hass.config.async_update(external_url=external_url)
    house.told.clear()

    await renew(house, OWNER)
    await house.settle()

    [text] = [text for _, text in house.told if "has a new link" in text]
    assert (token_of(house) in text) == (external_url is not None)
    advice = "Ask the administrator to set one and to send you a new link."
    assert (advice in text) == (external_url is None)


async def test_links_renewed_again_and_again_are_notified_once_then_counted(
    house: House, freezer: FrozenDateTimeFactory
) -> None:
    def told() -> list[str]:
        return [text for name, text in house.told if name == "Ben" and "link" in text]

    await house.settle()
    house.told.clear()
    for _ in range(60):
        await renew(house, OWNER)
    await house.settle()
    assert len(told()) == 1
    await pass_time(house.hass, freezer, 5 * 60)
    first, rest = told()
    assert "has a new link" in first
    assert "got 59 more new links" in rest

    await pass_time(house.hass, freezer, 5 * 60)
    await renew(house, OWNER)
    await house.settle()
    assert len(told()) == 3
    assert "has a new link" in told()[-1]


async def test_revoked_link_stays_revoked_after_a_reload(house: House) -> None:
    old = token_of(house)
    await async_revoke_link(house.building, OWNER, house.building.residents[BEN])
    await reload(house)

    assert house.building.links.resident_of(old) is None
    assert house.building.links.link_of(BEN) is None
    await renew(house)
    assert token_of(house) != old


async def test_others_can_neither_renew_nor_revoke_a_link(house: House) -> None:
    ben = house.building.residents[BEN]
    old = token_of(house)
    for someone in (AUTOMATION, holder(house, "resident-cleo")):
        for command in (async_renew_link, async_revoke_link):
            with pytest.raises(ServiceValidationError):
                await command(house.building, someone, ben)
    assert token_of(house) == old


async def test_resident_with_account_gets_no_link(house: House) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await renew(house, of="resident-ada")
    assert refused.value.translation_key == "link_needs_no_login"


async def test_changed_or_removed_resident_loses_the_link(
    house: House, people: People
) -> None:
    old, gone = token_of(house), token_of(house, "resident-cleo")

    await edit(house, BEN, unit="6D")
    await move_out(house, "resident-cleo")

    links = house.building.links
    assert links.resident_of(old) is None
    assert links.resident_of(gone) not in house.building.residents
    assert links.resident_of(token_of(house)) == BEN

    last = token_of(house)
    await edit(house, BEN, person=people.person("Eve"))  # the first account
    assert house.building.links.resident_of(last) is None
    assert house.building.links.link_of(BEN) is None


async def test_resident_with_their_first_account_is_notified_of_that(
    hass: HomeAssistant, people: People
) -> None:
    hass.states.async_set("person.eve", "home", {"user_id": None})
    eve = resident("Eve", "5C", person=people.person("Eve"))
    house = await build(hass, door(), courier(), eve)
    assert house.building.links.link_of("resident-eve") is not None

    hass.states.async_set("person.eve", "home", {"user_id": people.users["Eve"].id})
    await house.settle()

    changes = await enqueued(house, NotificationKind.RESIDENT_CHANGED)
    assert [each.details for each in changes] == [{"what": "first_login"}] * 2


async def test_resident_with_unknown_account_gets_no_link(
    hass: HomeAssistant, house: House
) -> None:
    hass.states.async_remove("person.ada")
    await move_out(house, "resident-ada")
    person = house.entry.subentries[BEN].data["person"]
    assert person is None

    ada = People(hass).person("Ada")
    await move_in(house, resident("Ann", "7E", None, person=ada))

    assert house.building.links.link_of("resident-ann") is None


async def test_ledger_records_contain_no_token(house: House) -> None:
    await renew(house)

    query = "SELECT body FROM records UNION ALL SELECT value FROM personal"
    text = str(await kept_rows(house.building.ledger, query, str))
    assert "link.renewed" in text
    assert token_of(house) not in text


async def test_link_stays_if_the_ledger_is_unavailable(house: House) -> None:
    old = token_of(house)
    await house.building.ledger.close()

    for command in (async_renew_link, async_revoke_link):
        with pytest.raises(HomeAssistantError):
            await command(house.building, OWNER, house.building.residents[BEN])
    assert token_of(house) == old


@pytest.mark.parametrize("refusal", [Consent.OPTED_OUT, Consent.WITHDRAWN])
async def test_paper_takes_back_no_refusal_by_link(
    house: House, refusal: Consent
) -> None:
    ben = house.building.residents[BEN]
    refused = await decide(
        house.building,
        holder(house),
        ben,
        lambda rules: replace(rules, consent=refusal),
    )

    await edit(house, BEN, paper=later_paper())

    changed = house.building.rulebook.of(BEN)
    assert changed == replace(
        refused, revision=refused.revision + 1, schedule=changed.schedule
    )
    assert changed.consent is refusal
    [_, queued] = await enqueued(house, NotificationKind.DECIDED_ON_PAPER)
    assert queued.details == {
        "decided_on": "2026-06-07",
        "consent": refusal,
        "on_paper": "given",
    }
    with pytest.raises(ServiceValidationError):
        await decide(
            house.building,
            OWNER,
            house.building.residents[BEN],
            lambda rules: replace(rules, consent=Consent.GIVEN),
        )


async def test_paper_changes_hours_after_consent_by_link(house: House) -> None:
    ben = house.building.residents[BEN]
    for consent in (Consent.WITHDRAWN, Consent.GIVEN):
        change = partial(replace, consent=consent)
        await decide(house.building, holder(house), ben, change)

    mornings = {"monday": [{"from": "08:00:00", "to": "10:00:00"}]}
    await edit(house, BEN, paper=later_paper(windows=mornings))
    rules = house.building.rulebook.of(BEN)
    assert rules.consent is Consent.GIVEN
    assert rules.schedule.to_mapping() == mornings

    last = later_paper(windows=mornings, id="last", consent=False)
    await edit(house, BEN, paper=last)
    assert house.building.rulebook.of(BEN).consent is Consent.WITHDRAWN


async def test_link_holder_acts_as_the_resident(house: House) -> None:
    cleo = house.building.residents["resident-cleo"]
    agree = partial(replace, consent=Consent.GIVEN)

    changed = await decide(house.building, link_holder(cleo), cleo, agree)
    assert changed.consent is Consent.GIVEN
    with pytest.raises(ServiceValidationError):
        await decide(
            house.building,
            link_holder(cleo),
            house.building.residents[BEN],
            partial(replace, consent=Consent.WITHDRAWN),
        )
