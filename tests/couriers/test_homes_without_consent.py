"""Nothing is kept of homes without consent, and couriers notice nothing of it.

Another courier sends the same messages for a home that consents and denies couriers: of its refusals all is kept.
"""

from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
import json
from random import Random
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.courier_access.access.model import Attitude, Consent
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.house import (
    Answer,
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
)
from tests.support.people import user
from tests.support.rows import bodies, kept_rows
from tests.support.verified import verified
from tests.support.wires import connect

BEGIN = datetime(2026, 11, 24, 12, tzinfo=UTC)
END = BEGIN + timedelta(hours=2)
SILENT, DENYING = "Attic 77", "Attic 78"
PARCEL, DRIVER, GRANT_ID = "PKT-SECRET-7", "driver-secret-8", "grant-secret-9"
OTHER_KEY = "whsec_" + b64encode(b"another courier's own secret, 32").decode()


@dataclass(slots=True)
class Home:
    """A home, with a courier's back end that sends to it."""

    house: House
    sender: Sender
    unit: str
    resident_id: str

    async def decide(
        self, consent: Consent, default: Attitude = Attitude.ALLOW
    ) -> None:
        """Let the home's resident decide, if it has any."""
        residents = self.house.building.residents
        if (who := residents.get(self.resident_id)) is not None:
            rulebook = self.house.building.rulebook
            rules = replace(rulebook.of(who.id), consent=consent, default=default)
            await rulebook.change(who, rules, Author())

    async def issue(
        self, grant_id: str, revision: int, units: tuple[str, ...], **more: Any
    ) -> Answer:
        named = tuple(self.unit if unit == "own" else unit for unit in units)
        said = {
            "starts_at": BEGIN.isoformat(),
            "ends_at": END.isoformat(),
            "parcel_ref": PARCEL,
            "driver_ref": DRIVER,
            "revision": revision,
        }
        return await self.sender.grant(grant_id, named, **said | more)


type Step = Callable[[Home, str], Awaitable[Answer | None]]


def issues(revision: int, *units: str, **more: Any) -> Step:
    return lambda home, grant_id: home.issue(
        grant_id, revision, units or ("own",), **more
    )


def enters(**more: Any) -> Step:
    return lambda home, grant_id: home.sender.enter(grant_id, **more)


def revokes() -> Step:
    return lambda home, grant_id: home.sender.revoke(grant_id, reason="for the attic")


async def consents(home: Home, _: str) -> None:
    await home.decide(Consent.GIVEN)


REVISIONS: list[Step] = [
    *(issues(2), issues(1), issues(2), issues(2, max_entries=2), issues(2, "3B")),
    *(enters(driver_ref=DRIVER), enters(driver_ref=DRIVER), enters(door="cellar")),
]
THEN_CONSENT: list[Step] = [
    *(consents, issues(1), issues(2), enters(), issues(3, max_entries=2), enters()),
    *(enters(), issues(3, max_entries=2), issues(4)),
]
SEQUENCES: dict[str, list[Step]] = {
    "revisions 2, 1, and 2 again": REVISIONS,
    "then consent": [*REVISIONS, *THEN_CONSENT],
    "then revoked": [*REVISIONS, revokes(), revokes(), issues(3), enters(), revokes()],
    "revoked at once": [revokes(), issues(1), revokes(), enters()],
    "with a neighbor": [
        *(issues(2, "own", "3B"), issues(1, "own", "3B"), issues(2, "3B", "own")),
        *(issues(2, "3B"), issues(2), enters(), issues(3), enters()),
        *(consents, issues(4, "own", "3B"), enters()),
    ],
}


@dataclass(slots=True)
class Pair:
    """Two couriers who send the same, to a home without consent and to one that denies."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    silent: Home
    denying: Home

    async def compare(self, steps: list[Step], grant_id: str = GRANT_ID) -> None:
        """Do the same in both homes: all answers are the same, but for what is random."""
        names: list[dict[str, str]] = [{}, {}]
        for number, step in enumerate(steps):
            answered = []
            for home, known in zip((self.silent, self.denying), names, strict=True):
                answer = await step(home, grant_id)
                await home.house.settle()
                if answer is not None:
                    answered.append(_without_ids(answer, known, home.unit))
            assert answered[:1] == answered[1:], number
            await pass_time(self.hass, self.freezer, 30)


def _without_ids(
    answer: Answer, known: dict[str, str], unit: str
) -> tuple[int, dict[str, Any]]:
    """Return an answer with equal names for equal IDs."""
    body = json.loads(json.dumps(answer.body).replace(unit, "own"))
    if (entry_id := body.get("entry_id")) is not None:
        body["entry_id"] = known.setdefault(entry_id, f"entry {len(known)}")
    return answer.status, body


@pytest.fixture(params=["unknown", "not_given", "opted_out", "withdrawn"])
async def pair(
    request: pytest.FixtureRequest,
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    sender: Sender,
) -> Pair:
    freezer.move_to(BEGIN)
    lives = [] if request.param == "unknown" else [resident("Uma", SILENT)]
    house = await build(
        hass,
        door(),
        courier(rate_per_minute=6000),
        courier(
            "Swift Parcels",
            webhook_id="webhook-of-swift",
            keys=[{"key": OTHER_KEY, "ends_at": None}],
            rate_per_minute=6000,
        ),
        resident("Ada"),
        resident("Vic", DENYING),
        *lives,
    )
    silent = Home(house, sender, SILENT, "resident-uma")
    swift = Sender(sender.client, "webhook-of-swift", OTHER_KEY)
    denying = Home(house, swift, DENYING, "resident-vic")
    if lives:
        await silent.decide(Consent(request.param))
    else:
        # Nobody lives there who could consent later, so the other one doesn't, either.
        silent.resident_id = denying.resident_id = "resident-nobody"
        vic = replace(denying, resident_id="resident-vic")
        await vic.decide(Consent.GIVEN, Attitude.DENY)
        return Pair(hass, freezer, silent, denying)
    await denying.decide(Consent.GIVEN, Attitude.DENY)
    return Pair(hass, freezer, silent, denying)


@pytest.mark.parametrize("steps", SEQUENCES.values(), ids=SEQUENCES)
async def test_courier_is_answered_as_for_a_home_that_denies(
    pair: Pair, steps: list[Step]
) -> None:
    await pair.compare(steps)
    assert (await verified(pair.silent.house.building.ledger)).intact


async def test_any_messages_are_answered_as_for_a_home_that_denies(pair: Pair) -> None:
    rng = Random(26)
    for example in range(12):
        steps: list[Step] = []
        for _ in range(10):
            revision, most = rng.randint(1, 3), rng.randint(1, 2)
            named = rng.choice((("own",), ("own", "3B"), ("3B",), ("own", "9Z")))
            steps.append(
                rng.choice(
                    (
                        issues(revision, *named, max_entries=most),
                        issues(revision, *named, max_entries=most),
                        enters(),
                        enters(driver_ref=DRIVER),
                        revokes() if rng.random() < 0.3 else enters(),
                    )
                )
            )
        await pair.compare(steps, f"{GRANT_ID}-{example}")


async def test_replayed_messages_are_answered_as_before(pair: Pair) -> None:
    home = pair.silent
    window = {"starts_at": BEGIN.isoformat(), "ends_at": END.isoformat()}
    data = {"grant_id": GRANT_ID, "units": [SILENT], **window}
    message = json.dumps(
        {"type": "grant.issued", "timestamp": BEGIN.isoformat(), "data": data}
    )
    first = await home.sender.post(message, message_id="m-1")
    again = await home.sender.post(message, message_id="m-1")
    assert (first.body["decision"], first.body["reason"]) == (
        "refused",
        "not_accepting",
    )
    assert again.body == first.body | {"replayed": True}


OWN_DECISION = "kind LIKE 'consent_%'"
"""What the home's residents are notified of that they decided themselves."""


async def kept(house: House) -> str:
    """Return all that the ledger has of messages and visits, but for the replies."""
    tables = {
        "grants": "courier_id, grant_id, parcel_ref, driver_ref, content",
        "grant_units": "courier_id, grant_id, unit, label",
        "fanouts": "kind, courier_id, grant_id, units, details",
        "notifications": "tag, token, addressed, courier_id",
        "entries": "courier_id, grant_id",
        "records": "body",
    }
    found = [
        await kept_rows(
            house.building.ledger,
            f"SELECT json_array({columns}) FROM {table} WHERE NOT {OWN_DECISION}"
            if table == "fanouts"
            else f"SELECT json_array({columns}) FROM {table}",
            str,
        )
        for table, columns in tables.items()
    ]
    said = await kept_rows(
        house.building.ledger,
        """
        SELECT value FROM personal JOIN records USING (seq)
        WHERE kind LIKE 'grant.%' OR kind LIKE 'entry.%'
        """,
        str,
    )
    return json.dumps([found, said])


async def test_nothing_is_kept_of_a_home_without_consent(
    pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    home = pair.silent
    await home.house.settle()
    home.house.told.clear()
    home.house.announced.clear()
    for step in REVISIONS[:4] + REVISIONS[5:]:
        await step(home, GRANT_ID)
        await home.house.settle()

    secrets = (SILENT, SILENT.lower(), PARCEL, DRIVER, GRANT_ID)
    everything = await kept(home.house)
    assert [each for each in secrets if each in everything] == []
    assert [each for each in secrets if each in caplog.text] == []
    assert home.house.told == home.house.announced == []
    refused = await bodies(home.house.building.ledger, "grant.refused", "entry.refused")
    assert all(json.loads(each)["without_consent"] for each in refused)
    assert (await verified(home.house.building.ledger)).intact

    await revokes()(home, GRANT_ID)
    everything = await kept(home.house)
    assert [each for each in secrets if each in everything] == []
    assert "for the attic" not in everything


async def test_neighbor_who_accepts_is_kept_without_the_other_home(pair: Pair) -> None:
    home = pair.silent
    home.house.told.clear()
    answer = await home.issue(GRANT_ID, 1, ("own", "3B"))
    assert answer.body["units"] == ["3B"]
    assert (await home.sender.enter(GRANT_ID)).body["decision"] == "admitted"
    await home.house.settle()

    everything = await kept(home.house)
    assert GRANT_ID in everything
    assert "3B" in everything
    assert SILENT not in everything
    assert SILENT.lower() not in everything
    assert "Uma" not in [name for name, _ in home.house.announced]


async def test_administrator_sees_a_number_for_each_courier_and_day(
    pair: Pair, hass_ws_client: WebSocketGenerator, freezer: FrozenDateTimeFactory
) -> None:
    home, house = pair.silent, pair.silent.house
    for step in (issues(1), issues(2), enters(), enters()):
        await step(home, GRANT_ID)
    await pass_time(pair.hass, freezer, 24 * 3600)
    day = {
        "starts_at": (BEGIN + timedelta(days=1)).isoformat(),
        "ends_at": (END + timedelta(days=1)).isoformat(),
    }
    answer = await home.issue("later", 1, ("own",), **day)
    assert answer.body["reason"] == "not_accepting"
    await house.settle()

    owner = await user(pair.hass, "Otto", admin=True)
    view = await (await connect(pair.hass, house, hass_ws_client, owner)).result(
        "building"
    )
    assert view["without_consent"] == {
        "courier-parcel-post": [
            {"day": "2026-11-25", "count": 1},
            {"day": "2026-11-24", "count": 3},
        ],
        "courier-swift-parcels": [],
    }
