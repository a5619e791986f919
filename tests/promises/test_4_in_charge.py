"""Promise 4, *In charge*: nobody but a resident loosens their rules, and any resident can halt it all."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from hypothesis import given, strategies as st
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import WeekSchedule
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    EntityState,
    Resident,
    Rules,
)
from custom_components.courier_access.api.commands import (
    async_pause,
    async_resume,
    async_veto_grant,
)
from custom_components.courier_access.api.permissions import (
    Actor,
    Permission,
    Role,
    async_acting,
    link_holder,
)
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.support.enqueued import enqueued
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    build,
    courier,
    decide,
    door,
    pass_time,
    resident,
)
from tests.support.people import People, acting, user

ADA, BEN = "resident-ada", "resident-ben"
OPEN = Rules(consent=Consent.GIVEN, schedule=WeekSchedule.from_mapping(ALWAYS))
WINDOW = {"tuesday": [{"from": "10:00", "to": "11:00"}]}


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    people.users["Owner"] = await user(hass, "Owner", admin=True)
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """Return a house of Ada, who has an account, Cleo next door, and Ben, who decided on paper."""
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Cleo", "4A", None, person=people.person("Cleo")),
        resident("Ben", "5C"),
    )
    await change(house, await actor(house, people, "Ada"), OPEN)
    return house


async def actor(house: House, people: People, name: str | None) -> Actor:
    return await async_acting(
        house.building, acting(None if name is None else people[name])
    )


async def change(house: House, someone: Actor, new: Rules, of: str = ADA) -> Rules:
    return await decide(
        house.building, someone, house.building.residents[of], lambda _: new
    )


LOOSER = {
    "consent": (replace(OPEN, consent=Consent.WITHDRAWN), OPEN),
    "hours": (replace(OPEN, schedule=WeekSchedule.from_mapping(WINDOW)), OPEN),
    "sharing": (OPEN, replace(OPEN, share_hours=True)),
    "default": (replace(OPEN, default=Attitude.ASK), OPEN),
    "one courier": (replace(OPEN, couriers={"slow": Attitude.DENY}), OPEN),
    "only while": (replace(OPEN, only_while=("schedule.porter",)), OPEN),
    "never while": (replace(OPEN, never_while=("binary_sensor.alarm",)), OPEN),
    "digest": (OPEN, replace(OPEN, digest_at=600)),
}


async def test_only_the_resident_loosens_their_rules(
    house: House, people: People
) -> None:
    ada = await actor(house, people, "Ada")
    for what, (strict, loose) in LOOSER.items():
        kept = await change(house, ada, strict)

        for name in ("Owner", "Cleo", None):
            # What others list is added to the resident's list, so less of it isn't less.
            with suppress(ServiceValidationError):
                await change(house, await actor(house, people, name), loose)
            assert house.building.rulebook.of(ADA) == kept, (what, name)
        loosened = await change(house, ada, loose)
        assert replace(loosened, revision=0) == loose, what


async def test_administrator_and_automations_may_restrict(
    house: House, people: People
) -> None:
    narrower = replace(OPEN, schedule=WeekSchedule.from_mapping(WINDOW))
    await change(house, await actor(house, people, "Owner"), narrower)
    await change(
        house, await actor(house, people, None), replace(OPEN, schedule=WeekSchedule())
    )

    assert house.building.rulebook.of(ADA).schedule.is_empty


async def test_not_even_a_neighbor_restricts_anothers_rules(
    house: House, people: People
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await change(
            house,
            await actor(house, people, "Cleo"),
            replace(OPEN, consent=Consent.WITHDRAWN),
        )

    assert refused.value.translation_key == "not_allowed_restrict_rules"


async def test_the_holder_of_a_personal_link_decides_for_that_resident_alone(
    house: House,
) -> None:
    ben = link_holder(house.building.residents[BEN])

    await change(house, ben, replace(OPEN, default=Attitude.ASK), of=BEN)

    assert house.building.rulebook.of(BEN).default is Attitude.ASK
    with pytest.raises(ServiceValidationError):
        await change(house, ben, replace(OPEN, share_hours=True), of=ADA)


CALLERS = ("resident", "link", "owner", "neighbor", "automation", "stranger")
attitudes = st.sampled_from(Attitude)
weeks = st.sampled_from([{}, WINDOW, ALWAYS]).map(WeekSchedule.from_mapping)
references = st.lists(
    st.sampled_from(["schedule.porter", "switch.bell"]), unique=True
).map(tuple)
some_rules = st.builds(
    Rules,
    consent=st.sampled_from(Consent),
    schedule=weeks,
    share_hours=st.booleans(),
    default=attitudes,
    couriers=st.dictionaries(st.sampled_from(["swift", "slow"]), attitudes),
    only_while=references,
    never_while=references,
    digest_at=st.sampled_from([None, 600]),
)
said_by_entities = st.fixed_dictionaries(
    {name: st.sampled_from(EntityState) for name in ("schedule.porter", "switch.bell")}
)


def who(caller: str, ada: Resident) -> Actor:
    cleo = replace(ada, id="cleo", unit="4a", user_id="user-cleo")
    match caller:
        case "resident":
            return Actor("user-ada", is_administrator=False, residents=(ada,))
        case "link":
            return link_holder(ada)
        case "neighbor":
            return Actor("user-cleo", is_administrator=False, residents=(cleo,))
        case "automation":
            return Actor(None, is_administrator=False, residents=())
        case _:
            return Actor(caller, is_administrator=caller == "owner", residents=())


@given(
    caller=st.sampled_from(CALLERS),
    old=some_rules,
    new=some_rules,
    courier_id=st.sampled_from(["swift", "slow", "third"]),
    entities=said_by_entities,
)
def test_others_who_change_rules_let_nobody_in(
    caller: str,
    old: Rules,
    new: Rules,
    courier_id: str,
    entities: Mapping[str, EntityState],
) -> None:
    ada = Resident("ada", "Ada", "3b", "3B", None, "user-ada")
    permission = (
        Permission.RESTRICT_RULES if new.restricts(old) else Permission.LOOSEN_RULES
    )
    if caller in ("resident", "link") or not who(caller, ada).may(permission, ada):
        return

    def lets_in(rules: Rules) -> set[str]:
        """Say at which of some moments of a week the courier gets in without being asked for."""
        if (
            rules.consent is not Consent.GIVEN
            or rules.attitude(courier_id) is not Attitude.ALLOW
            or rules.forbidding(entities)
        ):
            return set()
        mapping = rules.schedule.to_mapping()
        return {
            f"{day} {hour}"
            for day, windows in mapping.items()
            for window in windows
            for hour in range(24)
            if window["from"] <= f"{hour:02}:30:00" < window["to"]
        }

    assert lets_in(new) <= lets_in(old)
    assert old.share_hours or not new.share_hours
    assert new.digest_at == old.digest_at


def test_nobody_but_the_resident_is_ever_allowed_to_loosen() -> None:
    assert Permission.LOOSEN_RULES.roles == {Role.SELF}


async def test_a_courier_cannot_loosen_anything_by_what_it_sends(
    house: House, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    before = dict.fromkeys((ADA, BEN))
    before = {each: house.building.rulebook.of(each) for each in before}

    await sender.grant("G1", units=("3B", "4A"))
    await sender.grant("G1", units=("4A",), revision=2)
    await sender.enter("G1")
    await sender.revoke("G1")

    assert {each: house.building.rulebook.of(each) for each in before} == before


async def test_any_resident_the_administrator_and_automations_can_pause_all_courier_access(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=10)
    ada = await actor(house, people, "Ada")
    by_link = link_holder(house.building.residents[BEN])
    for name in ("Ada", "Cleo", "Owner", None, "by link"):
        someone = by_link if name == "by link" else await actor(house, people, name)
        await async_pause(house.building, someone)
        assert (await sender.enter()).body["reason"] == "paused", name
        for each in (ada, await actor(house, people, "Cleo"), by_link):
            await async_resume(house.building, each)
        assert (await sender.enter()).body["decision"] == "admitted", name


async def test_a_pause_ends_by_itself(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    sender = Sender(await hass_client_no_auth())
    await async_pause(house.building, await actor(house, people, "Cleo"))
    await pass_time(hass, freezer, 24 * 3600)
    await sender.grant()

    assert (await sender.enter()).body["decision"] == "admitted"


async def test_pausing_and_resuming_are_announced_to_everybody(
    house: House, people: People
) -> None:
    ada = await actor(house, people, "Ada")
    await async_pause(house.building, ada)
    await house.settle()
    await async_resume(house.building, ada)

    told = await enqueued(
        house, NotificationKind.ACCESS_PAUSED, NotificationKind.ACCESS_RESUMED
    )
    assert [each.kind for each in told] == [
        NotificationKind.ACCESS_PAUSED,
        NotificationKind.ACCESS_RESUMED,
    ]
    assert {name for name, message in house.told if " building until " in message} == {
        "Ada",
        "Ben",
        "Cleo",
    }


async def test_the_administrator_cannot_lift_a_residents_pause_for_that_residents_unit(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await sender.grant("adas")
    await sender.grant("bens", units=("5C",))
    await async_pause(house.building, await actor(house, people, "Ada"))

    await async_resume(house.building, await actor(house, people, "Owner"))

    assert (await sender.enter("adas")).body["reason"] == "paused"
    assert (await sender.enter("bens")).body["decision"] == "admitted"


async def test_the_administrator_cannot_lift_a_units_own_pause(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    ada, owner = await actor(house, people, "Ada"), await actor(house, people, "Owner")
    await async_pause(house.building, ada, "3b")

    await async_resume(house.building, owner)
    with pytest.raises(ServiceValidationError):
        await async_resume(house.building, owner, "3b")

    assert (await sender.enter()).body["reason"] == "paused"
    await async_resume(house.building, ada, "3b")
    assert (await sender.enter()).body["decision"] == "admitted"


async def test_an_automation_cannot_resume(house: House, people: People) -> None:
    await async_pause(house.building, await actor(house, people, "Ada"))

    with pytest.raises(ServiceValidationError):
        await async_resume(house.building, await actor(house, people, None))


async def test_a_veto_is_the_units_own_and_nobody_takes_it_back(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    post = "courier-parcel-post"
    ada, cleo = await actor(house, people, "Ada"), await actor(house, people, "Cleo")

    with pytest.raises(ServiceValidationError) as refused:
        await async_veto_grant(house.building, cleo, post, "G1", "3b")
    assert refused.value.translation_key == "not_allowed_veto_grant"
    await async_veto_grant(house.building, ada, post, "G1", "3b")
    await sender.grant(revision=2)

    assert (await sender.enter()).body["reason"] == "vetoed"
    with pytest.raises(ServiceValidationError) as nothing:
        await async_veto_grant(house.building, ada, post, "none", "3b")
    assert nothing.value.translation_key == "nothing_to_veto"
