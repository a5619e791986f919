"""What an administrator tries with time zones: to move residents' hours to now."""

from dataclasses import replace
from typing import Any, Final

from homeassistant.core import HomeAssistant
import orjson
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.residents import Author
from tests.support import fixing
from tests.support.enqueued import edit, enqueued
from tests.support.house import (
    House,
    Sender,
    ask,
    build,
    courier,
    door,
    resident,
    utc,
)
from tests.support.people import People
from tests.support.rows import bodies

# A Tuesday evening in Berlin.
pytestmark = pytest.mark.freeze_time(utc(2026, 11, 24, 20))
MORNING: Final = [{"from": "08:00:00", "to": "12:00:00"}]
MORNINGS: Final = {"tuesday": MORNING, "wednesday": MORNING}
WHERE_IT_IS_MORNING: Final = "Pacific/Honolulu"
REFUSED: Final = ("refused", "not_accepting")
ADA = "resident-ada"


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """Return a building in Berlin: Ada decided by her account, Ben on paper, Cleo not."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    people = People(hass)
    await people.move_in("Ada")
    house = await build(
        hass,
        door(),
        courier(longest_grant_hours=24),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Ben", "4A", MORNINGS),
        resident("Cleo", "5C", None),
    )
    ada = people.acting("Ada")
    await ask(house, "set_rules", ADA, ada, consent=True, windows=MORNINGS)
    await house.settle()
    house.told.clear()
    return house


@pytest.fixture
async def sender(hass_client_no_auth: ClientSessionGenerator, house: House) -> Sender:
    """Return a courier with grants for two homes that reach into Wednesday morning."""
    sender = Sender(await hass_client_no_auth())
    until = utc(2026, 11, 25, 12).isoformat()
    for grant_id, unit in (("G1", "3B"), ("G2", "4A")):
        answer = await sender.grant(grant_id, (unit,), ends_at=until, max_entries=5)
        assert answer.body["decision"] == "accepted"
    return sender


async def answers(sender: Sender) -> list[tuple[str, str]]:
    found = [(await sender.enter(grant_id)).body for grant_id in ("G1", "G2")]
    return [(each["decision"], each["reason"]) for each in found]


async def recorded(house: House, *kinds: str) -> list[dict[str, Any]]:
    """Return the fields of the records of these kinds."""
    return [orjson.loads(body) for body in await bodies(house.building.ledger, *kinds)]


async def choose(house: House, zone: str) -> None:
    """Write a zone into the config entry, as its form does, or somebody by hand."""
    house.hass.config_entries.async_update_entry(
        house.entry, options={**house.entry.options, "time_zone": zone}
    )
    await house.settle()


async def test_home_assistants_time_zone_does_not_move_residents_hours(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    assert await answers(sender) == [REFUSED] * 2

    await hass.config.async_update(time_zone=WHERE_IT_IS_MORNING)
    await house.settle()
    assert await answers(sender) == [REFUSED] * 2
    await house.reload()
    assert await answers(sender) == [REFUSED] * 2

    assert house.door_state() == "locked"
    assert house.building.zone().key == "Europe/Berlin"
    assert len(await recorded(house, "zone.recorded")) == 1
    assert await recorded(house, "zone.changed") == []
    issue = fixing.shown(hass, "zone_differs")
    assert issue is not None
    placeholders = issue.translation_placeholders or {}
    assert placeholders["zone"] == "Europe/Berlin"
    assert placeholders["other_zone"] == WHERE_IT_IS_MORNING
    await hass.config.async_update(time_zone="Europe/Paris")
    await house.settle()
    assert fixing.shown(hass, "zone_differs") is None


async def test_a_building_that_never_recorded_its_zone_takes_home_assistants(
    house: House,
) -> None:
    [fields] = await recorded(house, "zone.recorded")
    assert fields["zone"] == "Europe/Berlin"
    assert await enqueued(house, NotificationKind.ZONE_CHANGED) == []


async def test_another_zone_of_the_building_ends_all_consent_first(
    house: House, sender: Sender
) -> None:
    assert house.building.rulebook.consents == 2

    await choose(house, WHERE_IT_IS_MORNING)

    assert await answers(sender) == [REFUSED] * 2, "they were let in by moved hours"
    rulebook = house.building.rulebook
    assert rulebook.consents == 0
    assert rulebook.of(ADA).schedule.to_mapping() == MORNINGS, "hours are kept"
    [change] = await recorded(house, "zone.changed")
    assert change["ends_consent"] is True
    assert change["earlier_zone"] == "Europe/Berlin"
    told_all = [(name, text) for name, text in house.told if "time zone" in text]
    assert sorted(name for name, _ in told_all) == ["Ada", "Ben", "Cleo"]
    for _, text in told_all:
        assert "changed from Europe/Berlin to Pacific/Honolulu" in text
        assert "all consent has ended" in text
    [told] = await enqueued(house, NotificationKind.ZONE_CHANGED)
    assert told.details == {
        "zone": WHERE_IT_IS_MORNING,
        "earlier_zone": "Europe/Berlin",
    }

    await house.reload()
    assert house.building.rulebook.consents == 0, "the same paper doesn't count again"
    assert len(await recorded(house, "zone.changed")) == 1
    ada = house.building.residents[ADA]
    rules = replace(rulebook.of(ADA), consent=Consent.GIVEN)
    author = Author(user_id=ada.user_id)
    await house.building.rulebook.change(ada, rules, author)
    answer = await sender.grant("G3", ("3B",))
    assert answer.body["decision"] == "accepted"
    assert (await sender.enter("G3")).body["decision"] == "admitted"


async def test_changing_the_zone_back_brings_no_consent_back(
    hass: HomeAssistant, house: House
) -> None:
    """A paper that comes with the first change isn't a yes to the hours of any later one."""
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    later = {"id": "later", "decided_on": "2026-11-24", "consent": True}
    await edit(house, "resident-ben", paper={**later, "windows": MORNINGS})
    await choose(house, WHERE_IT_IS_MORNING)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    assert house.building.rulebook.consents == 0

    for zone in ("Europe/Berlin", WHERE_IT_IS_MORNING):
        await choose(house, zone)
        await house.reload()
        assert house.building.rulebook.consents == 0, zone
    assert len(await recorded(house, "zone.changed")) == 3


async def test_zone_with_the_same_offsets_ends_no_consent(
    house: House, sender: Sender
) -> None:
    await choose(house, "Europe/Paris")

    assert house.building.zone().key == "Europe/Paris"
    assert house.building.rulebook.consents == 2
    [change] = await recorded(house, "zone.changed")
    assert change["ends_consent"] is False
    assert await enqueued(house, NotificationKind.ZONE_CHANGED) == []
    assert house.told == []


async def test_unknown_zone_in_the_config_entry_changes_nothing(house: House) -> None:
    for zone in ("Europe/Atlantis", "../../etc/passwd", "", "Europe"):
        await choose(house, zone)
        assert house.building.zone().key == "Europe/Berlin", zone
    assert house.building.rulebook.consents == 2
    assert await recorded(house, "zone.changed") == []
