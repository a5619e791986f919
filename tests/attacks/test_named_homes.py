"""A neighbor who searches an export for whose records the others are.

The neighbor knows the homes of all actions but one, and compares all that isn't personal in their records.
That the records of one action belong together remains: they follow each other.
"""

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
import json
from random import Random
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access.model import Answer, GrantKey, Proof
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.state import questions
from custom_components.courier_access.ledger.state.questions import Answered, Asked
from tests.support.house import House, Sender, ask, build, courier, do, door
from tests.support.people import People
from tests.support.rows import kept_rows
from tests.support.wires import connect

TENANTS = {
    "Ada": "1A",
    "Ben": "1B",
    "Cleo": "2A",
    "Dan": "2B",
    "Eve": "3A",
    "Finn": "3B",
    "Gil": "4A",
}
OTHERS = [name for name in TENANTS if name != "Gil"]
TIMES = 4
IN_CLEAR_BEFORE = {
    *("pause", "until", "pass", "ask", "answer", "terms", "revision", "why"),
    *("on_paper", "decided_on", "rules"),
}


@dataclass(slots=True)
class Street:
    """A house of homes with habits, whose records an attacker could tell apart by them."""

    house: House
    people: People
    sender: Sender
    number: int = 0

    async def announced(self, name: str) -> str:
        """Announce a delivery as the courier always does for this home."""
        self.number += 1
        habit = OTHERS.index(name) + 1 if name in OTHERS else 9
        grant_id = f"G-{self.number}"
        now = dt_util.utcnow()
        ends = now + timedelta(hours=habit, minutes=habit)
        answer = await self.sender.grant(
            grant_id,
            units=(TENANTS[name],),
            ends_at=ends.isoformat(),
            max_entries=habit,
            revision=habit,
        )
        assert answer.body["decision"] == "accepted"
        return grant_id

    async def visit(self, name: str) -> None:
        answer = await self.sender.enter(await self.announced(name))
        assert answer.body["decision"] == "admitted"
        await self.house.settle()

    async def veto(self, name: str) -> None:
        named = {
            "courier": "courier-parcel-post",
            "grant_id": await self.announced(name),
        }
        who = self.people.acting(name)
        await do(self.house, "veto_grant", who, unit=TENANTS[name], **named)
        answer = await self.sender.enter(named["grant_id"])
        assert answer.body["reason"] == "vetoed"

    async def pause(self, name: str) -> None:
        until = dt_util.utcnow() + timedelta(days=OTHERS.index(name) + 1)
        who, unit = self.people.acting(name), TENANTS[name]
        await do(self.house, "pause", who, unit=unit, until=until.isoformat())
        await do(self.house, "resume", who, unit=unit)

    async def rules(self, name: str) -> None:
        said = {"share_hours": bool(self.number % 2)}
        self.number += 1
        subject = f"resident-{name.lower()}"
        await ask(
            self.house, "set_rules", subject, self.people.acting(name), consent=False
        )
        await ask(
            self.house,
            "set_rules",
            subject,
            self.people.acting(name),
            consent=True,
            **said,
        )

    async def own_parcel(self, name: str) -> None:
        ends = dt_util.utcnow() + timedelta(hours=OTHERS.index(name) + 1)
        who = self.people.acting(name)
        issued = await ask(
            self.house,
            "issue_grant",
            "door-lobby",
            who,
            courier="courier-parcel-post",
            units=[TENANTS[name]],
            ends_at=ends.isoformat(),
        )
        await do(
            self.house,
            "revoke_grant",
            who,
            courier="courier-parcel-post",
            grant_id=issued["grant_id"],
        )

    async def answer(self, name: str) -> None:
        key = GrantKey("courier-parcel-post", await self.announced(name))
        asked = Asked(f"resident-{name.lower()}", TENANTS[name].lower())
        often = 1 + OTHERS.index(name) % 3
        said = [*Answer][OTHERS.index(name) % 2]

        def write(transaction: Transaction) -> None:
            now = dt_util.utcnow()
            for _ in range(often):
                ask_id = questions.begin(
                    transaction,
                    key,
                    "door-lobby",
                    Proof.PASS,
                    {f"token-{self.number}": asked},
                    now,
                )
            assert ask_id is not None
            given = Answered(asked, said, now)
            user_id = self.people[name].id
            assert questions.answer(transaction, ask_id, key, given, user_id)

        await self.house.building.ledger.write(write)

    @property
    def deeds(self) -> Sequence[Callable[[str], Awaitable[None]]]:
        return (
            *(self.visit, self.veto, self.pause),
            *(self.rules, self.own_parcel, self.answer),
        )


@pytest.fixture
async def street(
    hass: HomeAssistant, people: People, hass_client_no_auth: ClientSessionGenerator
) -> Street:
    house = await build(hass, door(), courier(), *await people.homes(**TENANTS))
    await people.consent(house, *TENANTS)
    for number, name in enumerate(OTHERS):
        for _ in range(2 * number * TIMES):
            await ask(
                house,
                "set_rules",
                f"resident-{name.lower()}",
                people.acting(name),
                share_hours=bool(_ % 2),
            )
    return Street(house, people, Sender(await hass_client_no_auth()))


type Marks = frozenset[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Deed:
    """What a home did, with what its records look like."""

    home: str
    marks: Marks


def marks(body: dict[str, Any], personal: dict[str, str]) -> Marks:
    """Return all by which a record might be recognized, with numbers that could go on."""
    own = {"at", "bound", "seq", "entry_id"}
    clear = {key: each for key, each in body.items() if key not in own}
    commitments = clear.pop("personal")
    found: set[tuple[str, Any]] = {(clear["kind"], "|".join(sorted(commitments)))}
    for key, value in {**clear, **personal}.items():
        found.add((key, json.dumps(value)))
        if key == "rules" or (isinstance(value, str) and value.isdecimal()):
            number = json.loads(value)["revision"] if key == "rules" else int(value)
            found |= {(f"next {key}", number), (f"next {key}", number + 1)}
        if isinstance(value, str) and value.startswith("{"):
            found |= {(f"{key}.{name}", str(each)) for name, each in _parts(value)}
    at = dt_util.parse_datetime(body["at"])
    assert at is not None
    for key, text in personal.items():
        if key == "until" and (until := dt_util.parse_datetime(text)) is not None:
            found.add(("lasts", round((until - at).total_seconds() / 3600)))
    return frozenset(found)


def _parts(value: str) -> list[tuple[str, Any]]:
    return [*json.loads(value).items()]


def guessed(deed: Deed, known: Sequence[Deed], rng: Random) -> str:
    """Return the home of the deed that has most in common, rare marks above all.

    How many deeds are alike doesn't count: all homes do everything equally often, so a
    home with one deed less would be the one to guess.
    """
    often = Counter(mark for one in known for mark in one.marks)
    score: dict[str, float] = defaultdict(float)
    for one in known:
        alike = sum(
            1 / often[mark] for mark in sorted(one.marks & deed.marks, key=repr)
        )
        score[one.home] = max(score[one.home], alike)
    best = max(score.values())
    return rng.choice([home for home in OTHERS if score[home] > best - 1e-9])


def share_guessed(deeds: Sequence[Deed]) -> float:
    """Return how many homes are guessed right by somebody who knows all the others."""
    rng = Random(7)
    right = sum(
        guessed(deed, [*deeds[:at], *deeds[at + 1 :]], rng) == deed.home
        for at, deed in enumerate(deeds)
    )
    return right / len(deeds)


async def test_neighbor_names_no_home_above_chance(
    street: Street, hass_ws_client: WebSocketGenerator, freezer: FrozenDateTimeFactory
) -> None:
    house = street.house
    rng = Random(26)
    plan = [(deed, name) for deed in street.deeds for name in OTHERS] * TIMES
    rng.shuffle(plan)
    spans: list[tuple[str, int, int]] = []

    async def newest() -> int:
        query = "SELECT max(seq) FROM records"
        [seq] = await kept_rows(house.building.ledger, query, int)
        return seq

    for deed, name in plan:
        # The neighbor's own visits give nothing away, either.
        if rng.random() < 0.05:
            await street.visit("Gil")
        freezer.tick(rng.uniform(60, 1200))
        before = await newest()
        await deed(name)
        spans.append((name, before, await newest()))

    gil = await connect(house.hass, house, hass_ws_client, street.people["Gil"])
    exported: dict[int, dict[str, Any]] = {}
    after: int | None = 0
    while after is not None:
        page = await gil.result("export", after=after, limit=500)
        exported |= {each["record"]: each for each in page["records"]}
        after = page["next"]
    kept = await kept_rows(
        house.building.ledger,
        """
        SELECT seq, json_group_object(field, value) FROM personal GROUP BY seq
        """,
        tuple[int, Mapping[str, str]],
    )
    secret = {
        seq: {key: each for key, each in said.items() if key in IN_CLEAR_BEFORE}
        for seq, said in kept
    }
    numbers = [(name, range(a + 1, b + 1)) for name, a, b in spans]
    assert sum(len(of_one) for _, of_one in numbers) > 300
    assert not any(exported[seq]["opened"] for _, own in numbers for seq in own)

    def as_read(read: Callable[[int], Marks]) -> list[Deed]:
        return [Deed(name, frozenset().union(*map(read, own))) for name, own in numbers]

    def body(seq: int) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(exported[seq]["body"])
        return said

    of_neighbor = as_read(lambda seq: marks(body(seq), {}))
    of_all = as_read(lambda seq: marks(body(seq), secret.get(seq, {})))

    chance = 1 / len(OTHERS)
    assert share_guessed(of_all) > 0.7, "the homes do have habits"
    # Three standard deviations of a guess at random.
    error = 3 * (chance * (1 - chance) / len(plan)) ** 0.5
    assert share_guessed(of_neighbor) <= chance + error


def test_guesser_finds_homes_by_one_value_alone() -> None:
    habits = [Deed(home, frozenset({("door", home)})) for home in OTHERS * 3]
    assert share_guessed(habits) == pytest.approx(1)
    alike = partial(Deed, marks=frozenset({("door", "lobby")}))
    assert share_guessed([*map(alike, OTHERS * 3)]) < 0.5
