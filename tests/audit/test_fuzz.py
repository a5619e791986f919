"""Test that hostile input at every edge opens nothing and breaks nothing, and that the fuzzer sees what does."""

import asyncio
from base64 import b64decode, b64encode
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
import logging
from typing import Any

import aiohttp
from aiohttp.test_utils import TestClient
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant
from homeassistant.helpers.service import async_get_all_descriptions
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.const import DOMAIN
from scripts.lab.audit.fuzz.account import OURS, compare, tracebacks
from scripts.lab.audit.fuzz.campaign import SHARES, Campaign
from scripts.lab.audit.fuzz.commands import ACTIONS, COMMANDS, is_target
from scripts.lab.audit.fuzz.couriers import SOURCE as COURIERS
from scripts.lab.audit.fuzz.document import Documented
from scripts.lab.audit.fuzz.documented import bodies
from scripts.lab.audit.fuzz.hostile import made_by_hypothesis
from scripts.lab.audit.fuzz.place import public_text
from scripts.lab.audit.fuzz.tally import Proofs, Tally
from scripts.lab.audit.fuzz.target import (
    LINK,
    OWNER,
    RESIDENT,
    STRANGER,
    Account,
    Person,
    Target,
)
from scripts.lab.audit.fuzz.wire import Reply
from scripts.lab.client import User as Client
from tests.support.door_parts import BOLT, Bolt, install_bolt
from tests.support.drivers import hang_sheets
from tests.support.house import KEY, House, Sender, build, courier, door, resident
from tests.support.people import People, access_token
from tests.support.verified import verified

SEED = 20_261_128
ENOUGH, OF_EACH = 400, 8
NAMES = [f"Courier {number}" for number in range(3)]
OTHER = b"another courier's secret, 32 byte"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
async def house(hass: HomeAssistant, people: People, bolt: Bolt) -> House:
    await install_bolt(hass, bolt)
    assert await async_setup_component(hass, "api", {})
    await hass.config.async_update(external_url="https://127.0.0.1:9")
    [ada] = await people.homes(Ada="3B")
    keys = (KEY, f"whsec_{b64encode(OTHER).decode()}", public_text(PRIVATE))
    return await build(
        hass,
        door("Front", "front", BOLT, unlock_seconds=3),
        *(
            courier(
                name,
                ("door-front",),
                rate_per_minute=6000,
                keys=[{"key": key, "ends_at": None}],
            )
            for name, key in zip(NAMES, keys, strict=True)
        ),
        courier("Any courier", ("door-front",), keys=[]),
        ada,
        resident("Ben", "1A", {}, consent=False),
        resident("Eve", "1A", {}, consent=False),
    )


@asynccontextmanager
async def target_of(
    house: House, people: People, client: TestClient[Any, Any]
) -> AsyncGenerator[Target]:
    """Describe the house to the fuzzer, which then knows of it what couriers, drivers, and residents know."""
    hass, port = house.hass, client.server.port
    assert port is not None
    await people.owner()
    await people.stranger()
    sheets = await hang_sheets(house, "door-front")
    people_of = {
        name: Person(f"resident-{name}", house.device(f"resident-{name}").id, unit)
        for name, unit in (("ada", "3B"), ("ben", "1A"), ("eve", "1A"))
    }
    keys: Sequence[bytes | Ed25519PrivateKey] = (
        b64decode(KEY.removeprefix("whsec_")),
        OTHER,
        PRIVATE,
    )
    accounts = [
        Account(f"courier-{slug}", f"webhook-of-{slug}", key)
        for slug, key in zip(
            [name.lower().replace(" ", "-") for name in NAMES], keys, strict=True
        )
    ]
    async with aiohttp.ClientSession() as http:

        async def logged_in(user: User) -> Client:
            token = await access_token(hass, user)
            return Client(http, f"http://127.0.0.1:{port}", token)

        target = Target(
            http,
            port,
            house.entry.entry_id,
            {
                OWNER: await logged_in(people["Owner"]),
                RESIDENT: await logged_in(people["Ada"]),
                STRANGER: await logged_in(people["Dan"]),
            },
            accounts,
            "courier-any-courier",
            "door-front",
            house.device("door-front").id,
            sheets["door-front"].page,
            sheets["door-front"].sign,
            BOLT,
            "lock.front",
            "switch.12_elm_street_courier_access",
            people_of["ada"],
            [people_of["ben"], people_of["eve"]],
        )
        assert hass.states.get(target.lock)
        assert hass.states.get(target.switch)
        async with target.users[OWNER].channel() as channel:
            for person in target.others:
                await channel.command(
                    "courier_access/link/renew",
                    building=target.building,
                    resident=person.resident_id,
                )
        await house.settle()
        for name, message in house.told:
            if (found := LINK.search(message)) is not None:
                target.links[f"resident-{name.lower()}"] = found[1]
        yield target


async def test_hostile_input_admits_nobody_and_breaks_nothing(
    house: House,
    people: People,
    bolt: Bolt,
    hass_client_no_auth: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # Home Assistant would log each message as it comes and goes.
    caplog.set_level(logging.WARNING)
    hass = house.hass
    made, messages = made_by_hypothesis(SEED, 40), bodies(SEED, 10)

    async def documented(_seed: int) -> Sequence[object]:
        return messages

    async with target_of(house, people, await hass_client_no_auth()) as target:
        campaign = Campaign(target, SEED, made, documented, OF_EACH)
        tally = campaign.tally

        def is_enough() -> bool:
            least = min(tally.requests[source] for source in (*SHARES, COURIERS))
            return tally.total >= ENOUGH and least >= OF_EACH

        await campaign.run(is_enough)
    await house.settle()
    path = ledger_path(hass, house.entry.entry_id)
    unlocked = bolt.names.count("unlock")
    await asyncio.to_thread(compare, path, unlocked, campaign.proofs, tally, "3b")

    assert tally.wrong == []
    assert tally.errors == tally.without_proof == 0
    assert campaign.keeper.commands["unlock"] == unlocked
    assert set(target.links) == {"resident-ben", "resident-eve"}
    for source, outcome in (
        (COURIERS, "401 unauthenticated"),
        (COURIERS, "400 malformed"),
        (COURIERS, "accepted"),
        ("commands", "success"),
        ("door page", "303"),
    ):
        assert tally.outcomes[source, outcome], (source, outcome)
    formatted = [caplog.handler.format(record) for record in caplog.records]
    assert [each for each in formatted if "Traceback" in each and OURS in each] == []
    assert (await verified(house.building.ledger)).intact


async def test_all_commands_and_actions_are_fuzzed(
    house: House, hass: HomeAssistant
) -> None:
    commands = {
        name.removeprefix(f"{DOMAIN}/")
        for name in hass.data["websocket_api"]
        if name.startswith(f"{DOMAIN}/")
    }
    assert set(COMMANDS) == commands
    described = (await async_get_all_descriptions(hass))[DOMAIN]
    assert set(ACTIONS) == set(described)
    for name, fields in ACTIONS.items():
        named = {field.rstrip("?") for field in fields} - {"device_id", "entity_id"}
        assert named == set(described[name]["fields"]) - {"device_id"}, name


@pytest.mark.parametrize(
    ("value", "can_judge"),
    [
        ("switch.courier_access", True),
        (["not an entity"], True),
        (None, True),
        (1e22, False),
        (2**63, False),
    ],
)
def test_fuzzer_sends_only_targets_that_home_assistant_itself_can_judge(
    value: object, can_judge: bool
) -> None:
    assert is_target(value) is can_judge


async def test_fuzzer_sees_an_entry_without_proof(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await people.consent(house, "Ada")
    sender = Sender(await hass_client_no_auth(), "webhook-of-courier-0")
    assert (await sender.grant()).body["decision"] == "accepted"
    assert (await sender.enter()).body["decision"] == "admitted"
    path = ledger_path(house.hass, house.entry.entry_id)

    def faults(proofs: Proofs, unlocked: int) -> int:
        tally = Tally()
        by_proof = compare(path, unlocked, proofs, tally, "3b")
        assert by_proof == {"signed": 1}
        return tally.without_proof

    shown = Proofs(signed={("courier-courier-0", "G1")})
    assert await asyncio.to_thread(faults, shown, 1) == 0
    assert await asyncio.to_thread(faults, Proofs(), 1) == 1
    assert await asyncio.to_thread(faults, shown, 2) == 1, "an opening without a record"


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (Reply(500), "status 500 is not in the document"),
        (Reply(401, {"content-type": "text/plain"}), "401 as 'text/plain'"),
        (Reply(429, {"content-type": "application/problem+json"}), "429 without"),
        (Reply(200, {"content-type": "application/json"}, b"{}"), "200 with b'{}'"),
        (Reply(200, {"content-type": "application/json"}, b""), "200 with b''"),
    ],
)
def test_fuzzer_sees_an_answer_that_is_not_in_the_document(
    reply: Reply, fault: str
) -> None:
    assert fault in (Documented.read().fault(reply) or "")


def test_fuzzer_sees_tracebacks_in_the_log() -> None:
    at = "2026-11-28 22:53:52.620+00:00"
    trace = f'Traceback (most recent call last):\n  File "/x/{OURS}/home_assistant/clock.py"\n'
    theirs = 'Traceback (most recent call last):\n  File "/x/aiohttp/web.py"\n'
    log = (
        f"{at} ERROR (MainThread) [homeassistant.helpers.event] Error\n{trace}"
        f"{at} ERROR (MainThread) [aiohttp.server] Error handling request\n{theirs}"
        f"{at} ERROR (MainThread) [custom_components.courier_access.web.pages] No\n"
        f"{at} WARNING (MainThread) [custom_components.courier_access.x] Careful\n"
    )
    own, others = tracebacks(log)
    assert (len(own), len(others)) == (2, 1)
