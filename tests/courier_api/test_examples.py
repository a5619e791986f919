"""The published examples work against a building that listens, in each language and with either kind of key."""

from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from enum import Enum, auto
import re

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.contract import replies
from custom_components.courier_access.contract.replies import Problem
from tests.support.house import KEY, House, build, courier, door, resident, watch
from tests.support.signing import OWN, PUBLIC

from .languages import LANGUAGES, Language, Said

each_language = pytest.mark.parametrize(
    "language", LANGUAGES, ids=lambda each: each.name
)

SHARED = ("webhook-of-parcel-post", KEY)
OF_ITS_OWN = (
    "webhook-of-pigeon-post",
    "whsk_" + b64encode(OWN.private_bytes_raw()).decode(),
)


@pytest.fixture(autouse=True)
def local_sockets(socket_enabled: None) -> None:
    """Let something stand between the examples and the building."""


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """A building that admits a courier of each kind of key."""
    pigeons = courier("Pigeon Post", keys=[{"key": PUBLIC, "ends_at": None}])
    return await build(hass, door(), courier(), pigeons, resident())


@pytest.fixture
async def address(house: House, hass_client_no_auth: ClientSessionGenerator) -> str:
    """What precedes the webhook id in a courier's address."""
    client = await hass_client_no_auth()
    return str(client.make_url("/api/webhook/"))


class Mishap(Enum):
    """What can happen to a message, or to its answer, on the way."""

    NOBODY_KNOWS_THE_ADDRESS = auto()
    """Home Assistant's empty 200."""
    NOT_SET_UP_YET = auto()
    """Home Assistant's 404, while it starts."""
    ANSWER_LOST = auto()
    """The building has answered, and the connection breaks."""
    DOOR_BUSY = auto()
    NOT_FOR_A_WHILE = auto()
    """The building asks to be left alone for longer than an entry makes sense."""
    NONE = auto()


@dataclass(slots=True)
class Between:
    """Stands between a courier and the building as Home Assistant Cloud does, at an address of its own.

    It lets something happen to each request in turn.
    """

    address: str
    mishaps: Sequence[Mishap]
    came: list[tuple[str, bytes]] = field(default_factory=list)
    """The id and body of each request."""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Let happen what is next."""
        body = await request.read()
        self.came.append((request.headers["webhook-id"], body))
        mishap = self.mishaps[len(self.came) - 1]
        if mishap is Mishap.NOBODY_KNOWS_THE_ADDRESS:
            return web.Response()
        if mishap is Mishap.NOT_SET_UP_YET:
            return web.Response(status=404, text="404: Not Found")
        if mishap in (Mishap.DOOR_BUSY, Mishap.NOT_FOR_A_WHILE):
            seconds = 1 if mishap is Mishap.DOOR_BUSY else 100
            problem = replies.problem(Problem.DOOR_BUSY, retry_after=seconds)
            return web.Response(
                status=problem.status,
                body=problem.body,
                content_type=problem.content_type,
            )
        passed_on = {
            name: value
            for name, value in request.headers.items()
            if name.lower().startswith(("webhook-", "content-type"))
        }
        async with (
            aiohttp.ClientSession() as http,
            http.post(self.address, data=body, headers=passed_on) as answer,
        ):
            said = await answer.read()
        if mishap is Mishap.ANSWER_LOST:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(
            status=answer.status, body=said, content_type=answer.content_type
        )

    @asynccontextmanager
    async def standing(self) -> AsyncIterator[str]:
        """Stand there; gives the address at which to send."""
        app = web.Application()
        app.router.add_post("/gate", self.handle)
        async with TestServer(app) as server:
            yield str(server.make_url("/gate"))


@each_language
@pytest.mark.parametrize("account", [SHARED, OF_ITS_OWN], ids=["v1", "v1a"])
async def test_a_delivery_from_the_first_ping_to_the_last_no(
    house: House, address: str, language: Language, account: tuple[str, str]
) -> None:
    webhook_id, key = account

    async with Between(address + webhook_id, [Mishap.NONE] * 2).standing() as way:
        said = await language.run(way, key, "ping", to=webhook_id)
        unsaid = await language.run(way, key, "ping")
    assert said.status == 0, said.complained
    # What is signed with a key for many buildings has to name this one.
    assert unsaid.status == (0 if account is SHARED else 2)

    async def run(*arguments: str) -> Said:
        return await language.run(address + webhook_id, key, *arguments)

    pong = await run("ping")
    assert (pong.status, pong.answer["building"]) == (0, "12 Elm Street"), (
        pong.complained
    )
    assert pong.answer["doors"] == ["lobby"]
    hours = await run("hours", "3B", "4A")
    assert (hours.status, hours.answer["windows"]) == (0, {})

    nobody = await run("grant", "parcel-1", "4A")
    assert (nobody.status, nobody.answer["reason"]) == (1, "not_accepting")
    assert nobody.complained == "refused, not_accepting: deliver another way\n"
    accepted = await run("grant", "parcel-2", "4A", "3B")
    assert (accepted.status, accepted.answer["units"]) == (0, ["3B"]), (
        accepted.complained
    )

    states = watch(house.hass, "lock.lobby")
    admitted = await run("enter", "parcel-2")
    assert (admitted.status, admitted.answer["outcome"]) == (0, "opened"), (
        admitted.complained
    )
    assert [state.state for state in states] == ["unlocked"]
    again = await run("enter", "parcel-2")
    assert (again.status, again.answer["reason"]) == (1, "entries_exhausted")
    revoked = await run("revoke", "parcel-2")
    assert (revoked.status, revoked.answer["decision"], revoked.complained) == (
        0,
        "revoked",
        "",
    )
    mistyped = await run("revoke", "parcel-3")
    assert (mistyped.status, mistyped.answer["known"]) == (0, False)
    assert "check the spelling" in mistyped.complained


@each_language
async def test_courier_of_several_doors_names_the_door_of_its_grant(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    language: Language,
) -> None:
    doors = ("door-front", "door-back")
    await build(
        hass,
        door("Front", "front"),
        door("Back", "back"),
        courier(doors=doors),
        resident(),
    )
    webhook_id, key = SHARED
    url = str((await hass_client_no_auth()).make_url(f"/api/webhook/{webhook_id}"))

    unnamed = await language.run(url, key, "grant", "parcel-1", "3B")
    named = await language.run(url, key, "grant", "parcel-1", "3B", door="back")
    entered = await language.run(url, key, "enter", "parcel-1")

    assert (unnamed.status, named.status) == (2, 0), named.complained
    assert "/data/door" in unnamed.complained
    assert entered.answer["door"] == "back"


@each_language
async def test_grant_that_is_announced_again_as_another_is_told_to_be_another(
    house: House, address: str, language: Language
) -> None:
    webhook_id, key = SHARED
    first = await language.run(address + webhook_id, key, "grant", "parcel-1", "3B")
    again = await language.run(address + webhook_id, key, "grant", "parcel-1", "4A")

    assert (first.status, again.status) == (0, 1)
    assert again.complained == (
        "refused, stale_revision: you announced this grant with other content before: "
        "raise revision, or choose another grant_id\n"
    )


@each_language
async def test_a_message_is_sent_under_its_id_until_it_is_answered_and_does_its_work_once(
    house: House, address: str, language: Language
) -> None:
    webhook_id, key = SHARED
    url = address + webhook_id
    assert (await language.run(url, key, "grant", "parcel-1", "3B")).status == 0
    states = watch(house.hass, "lock.lobby")
    between = Between(
        url,
        [
            Mishap.NOT_SET_UP_YET,
            Mishap.NOBODY_KNOWS_THE_ADDRESS,
            Mishap.ANSWER_LOST,
            Mishap.DOOR_BUSY,
            Mishap.NONE,
        ],
    )

    async with between.standing() as way:
        entered = await language.run(way, key, "enter", "parcel-1")

    assert (entered.status, entered.answer["decision"]) == (0, "admitted"), (
        entered.complained
    )
    assert entered.answer["replayed"] is True
    retries = [
        line
        for line in entered.complained.splitlines()
        if line.startswith("no decision")
    ]
    assert [
        status for line in retries for status in re.findall(r"yet: (\d+)", line)
    ] == [
        "404",
        "200",
        "000" if language.name == "sh" else "0",
        "503",
    ]
    assert "door_busy" in retries[-1]
    assert re.search(r"sending again in 1(\.0)? s$", retries[-1])
    assert len(between.came) == 5
    assert len(set(between.came)) == 1
    assert [state.state for state in states].count("unlocked") == 1


@each_language
@pytest.mark.parametrize(
    ("mistyped", "status"),
    [("webhook-of-parcel-pots", 200), ("webhook-of-parcel-post/", 404)],
)
async def test_an_address_that_nobody_knows_is_given_up_after_five_answers(
    house: House, address: str, language: Language, mistyped: str, status: int
) -> None:
    said = await language.run(address + mistyped, KEY, "ping")

    assert (said.status, said.told) == (2, "")
    assert said.complained.count(f"no decision yet: {status}") == 4
    assert "COURIER_URL is probably wrong" in said.complained


@each_language
@pytest.mark.parametrize(
    ("url", "key", "told"),
    [
        (
            "building.example/api/webhook/1",
            KEY,
            "COURIER_URL must be the whole address",
        ),
        (
            "https://building.example/api/webhook/\u2026",
            KEY,
            "COURIER_URL must be the whole address",
        ),
        ("https://building.example/", PUBLIC, "COURIER_KEY is a public key"),
        (
            "https://building.example/",
            KEY.removeprefix("whsec_"),
            "COURIER_KEY must begin with",
        ),
        ("https://building.example/", KEY[:-1], "COURIER_KEY is not a whole key"),
        ("https://building.example/", KEY[:26], "COURIER_KEY is not a whole key"),
        ("https://building.example/", f"{KEY}\n", "COURIER_KEY is not a whole key"),
        (
            "https://building.example/",
            OF_ITS_OWN[1][:-4],
            "COURIER_KEY is not a whole key",
        ),
    ],
    ids=[
        "no scheme",
        "a placeholder",
        "a public key",
        "no prefix",
        "a truncated secret",
        "much of a secret truncated",
        "a line break after the secret",
        "a truncated key of one's own",
    ],
)
async def test_wrong_address_or_key_is_reported_before_anything_is_sent(
    language: Language, url: str, key: str, told: str
) -> None:
    said = await language.run(url, key, "ping")

    assert (said.status, said.told) == (2, "")
    assert said.complained.startswith(told)
    assert len(said.complained.splitlines()) == 1


async def test_pause_that_the_shell_cannot_count_is_reported() -> None:
    shell = next(each for each in LANGUAGES if each.name == "sh")
    for pause in ("0.1", "a[$(id)]", ""):
        said = await shell.run("https://building.example/", KEY, "ping", pause=pause)

        assert (said.status, said.told) == (2, "")
        assert said.complained == "COURIER_PAUSE must be whole seconds, such as 1\n"


async def test_a_key_pair_without_its_package_is_not_taken_for_a_refusal() -> None:
    python, *_ = LANGUAGES

    said = await replace(python, command=python.command_v1).run(
        "https://building.example/", OF_ITS_OWN[1], "ping"
    )

    assert (said.status, said.told) == (2, "")
    assert "needs the package cryptography" in said.complained
    assert len(said.complained.splitlines()) == 1


@each_language
def test_the_administrator_is_who_gives_addresses_and_switches_off(
    language: Language,
) -> None:
    source = language.file.read_text("utf-8")

    assert "the administrator has switched you off" in source
    assert "owner" not in source


@each_language
async def test_request_that_a_second_try_would_not_fix_is_sent_once_and_shown(
    house: House, address: str, language: Language
) -> None:
    webhook_id, key = SHARED
    between = Between(
        address + webhook_id, [Mishap.NONE, Mishap.NONE, Mishap.NOT_FOR_A_WHILE]
    )

    async with between.standing() as way:
        wrong_key = await language.run(
            way, "whsec_" + b64encode(bytes(32)).decode(), "ping"
        )
        malformed = await language.run(way, key, "enter", "no/such/id")
        too_late = await language.run(way, key, "enter", "parcel-1")

    assert len(between.came) == 3
    assert (wrong_key.status, wrong_key.told) == (2, "")
    assert "401" in wrong_key.complained
    assert (malformed.status, malformed.told) == (2, "")
    assert "/data/grant_id" in malformed.complained
    assert (too_late.status, too_late.told) == (2, "")
    assert "door_busy" in too_late.complained


@each_language
@pytest.mark.parametrize("arguments", [(), ("ping",), ("grant",), ("enter",)])
async def test_who_has_set_nothing_yet_reads_what_to_set(
    language: Language, arguments: tuple[str, ...]
) -> None:
    said = await language.run_without_address(*arguments)
    assert said.status == 2
    words = said.told + said.complained
    assert "COURIER_URL" in words
    assert "COURIER_KEY" in words
    assert "Traceback" not in words


@each_language
@pytest.mark.parametrize(
    "arguments", [(), ("open",), ("grant", "parcel-1"), ("enter",)]
)
async def test_who_asks_for_nothing_that_there_is_reads_what_there_is(
    language: Language, arguments: tuple[str, ...]
) -> None:
    said = await language.run("http://127.0.0.1:9/", KEY, *arguments)
    assert said.status == 2
    words = said.told + said.complained
    assert "ping" in words
    assert "revoke" in words
    assert "Traceback" not in words


@each_language
def test_every_refusal_is_read(language: Language) -> None:
    source = language.file.read_text("utf-8")
    begin = source.lower().index("what_now")
    table = source[begin : source.index("stale_request", begin) + len("stale_request")]
    read = re.findall(
        r"^\s+[\[\"]?([a-z_]+)[\]\"]?[:=]|(stale_request)$", table, re.MULTILINE
    )
    assert ["".join(found) for found in read] == [
        reason for reason in Reason if reason != "ok"
    ]
