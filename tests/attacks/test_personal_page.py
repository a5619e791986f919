"""What somebody tries at the personal pages who wants in: without the address, with an old one, or with a neighbor's."""

from collections.abc import Callable
from urllib.parse import quote

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.rates import Rates
from custom_components.courier_access.web import pages as public_pages
from custom_components.courier_access.web.html import HEADERS
from custom_components.courier_access.web.pages import (
    FORMS_PER_MINUTE,
    MISSES_PER_MINUTE,
    network_of,
)
from custom_components.courier_access.web.personal.page import (
    EXPORTS_PER_MINUTE,
    PersonalPage,
)
from tests.attacks.test_raw_requests import arrive, wire
from tests.support.house import House, Sender, build, courier, door, pass_time, resident
from tests.support.pages import FORM, PATH, Answer, Visitor, token_of

PAUSE = {"do": "pause_building"}


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    return await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Bob", "4C")
    )


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    return Sender(await hass_client_no_auth())


@pytest.fixture
def ada(house: House, sender: Sender) -> Visitor:
    return Visitor(sender.client, token_of(house, "Ada"))


def is_turned_away(answer: Answer) -> bool:
    """Whether an answer is the one for every address that is no page's."""
    return answer.status == 404 and answer.lines[0] == "This page doesn't exist"


def is_untouched(house: House) -> bool:
    return house.building.rulebook.pauses.until() is None


GUESSES: list[Callable[[str], str]] = [
    lambda token: token[:-1],
    lambda token: token + "A",
    lambda token: token.swapcase(),
    lambda token: token + "%00",
    lambda token: "%20" + token,
    lambda token: token + "%2Fexport",
    lambda _: "resident-ada",
    lambda _: quote("Ünïcödé-Ада-\U0001f511"),
    lambda _: "%FF%FE",
    lambda _: "%ED%A0%80",
    lambda _: "A" * 4000,
    lambda _: "A" * 43,
]


async def test_no_guess_is_answered_otherwise_than_any_other(
    house: House, ada: Visitor, freezer: FrozenDateTimeFactory
) -> None:
    for number, guess in enumerate(GUESSES):
        freezer.tick(60)
        plainly = await Visitor(ada.client, "wrong").ask()
        guesser = Visitor(ada.client, guess(ada.token))

        shown, sent = await guesser.ask(), await guesser.send(PAUSE)

        assert is_turned_away(shown), number
        assert shown.body == sent.body == plainly.body, number
        assert shown.headers.keys() == plainly.headers.keys(), number
    assert is_untouched(house)


async def test_without_a_token_there_is_nothing(house: House, ada: Visitor) -> None:
    for path in (PATH, PATH.rstrip("/")):
        response = await ada.client.post(path, data=PAUSE)
        assert response.status == 404, path
    assert is_untouched(house)


async def test_who_guesses_is_slowed_down_and_nobody_who_has_an_address_is(
    hass: HomeAssistant, ada: Visitor, freezer: FrozenDateTimeFactory
) -> None:
    guesser = Visitor(ada.client, "wrong")
    statuses = [(await guesser.ask()).status for _ in range(MISSES_PER_MINUTE + 1)]
    assert statuses == [404] * MISSES_PER_MINUTE + [429]
    slowed = await guesser.send(PAUSE)
    assert (slowed.status, slowed.headers["Retry-After"]) == (429, "3")
    assert (await ada.ask()).status == 200

    freezer.tick(3)
    assert (await guesser.ask()).status == 404


async def test_many_who_guess_are_slowed_down_together(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
    freezer: FrozenDateTimeFactory,
) -> None:
    proxied = {"use_x_forwarded_for": True, "trusted_proxies": ["127.0.0.1"]}
    assert await async_setup_component(hass, "http", {"http": proxied})
    monkeypatch.setattr(public_pages, "MISSES_PER_MINUTE", 2)
    monkeypatch.setattr(public_pages, "ALL_MISSES_PER_MINUTE", 6)
    house = await build(hass)
    ada = Visitor(await hass_client_no_auth(), token_of(house))
    guesser = Visitor(ada.client, "wrong")

    async def guess(remote: str) -> int:
        return (await guesser.ask(headers={"X-Forwarded-For": remote})).status

    # One household's addresses are one.
    assert [await guess(f"2001:db8:1:2::{number}") for number in range(3)] == [
        404,
        404,
        429,
    ]
    assert [await guess(f"2001:db8:1:{number}::1") for number in range(3, 7)] == [
        404
    ] * 4
    assert await guess("192.0.2.1") == 429
    assert (await ada.ask(headers={"X-Forwarded-For": "192.0.2.1"})).status == 200


@pytest.mark.parametrize(
    ("remote", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        # As some proxies pass an IPv4 address on.
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("/run/socket", ""),
        (None, ""),
    ],
)
def test_visitors_are_distinguished_by_their_network(
    remote: str | None, network: str
) -> None:
    assert network_of(remote) == network


def test_only_so_many_who_ask_are_remembered() -> None:
    rates = Rates(most=3)
    for number in range(10):
        rates.take(str(number), per_minute=1, now=0)
    assert len(rates) == 3
    assert rates.take("9", per_minute=1, now=0) == 60
    assert rates.take("0", per_minute=1, now=0) is None


async def test_visitor_with_an_address_is_slowed_down_only_there(
    house: House, ada: Visitor, freezer: FrozenDateTimeFactory
) -> None:
    statuses = [
        (await ada.ask()).status for _ in range(PersonalPage.pages_per_minute + 1)
    ]
    assert statuses == [200] * PersonalPage.pages_per_minute + [429]
    assert (await ada.send(PAUSE)).status == 429
    assert is_untouched(house)
    assert (await Visitor(ada.client, token_of(house, "Bob")).ask()).status == 200


async def test_nobody_is_worn_out_with_changes(
    house: House, ada: Visitor, freezer: FrozenDateTimeFactory
) -> None:
    sent = [
        (await ada.send({"do": "unheard-of"})).status for _ in range(FORMS_PER_MINUTE)
    ]
    assert sent == [400] * FORMS_PER_MINUTE
    assert (await ada.send(PAUSE)).status == 429
    assert is_untouched(house)
    assert (await ada.ask()).status == 200


async def test_the_record_is_not_read_over_and_over(
    ada: Visitor, freezer: FrozenDateTimeFactory
) -> None:
    taken = [
        (await ada.ask(query="?export")).status for _ in range(EXPORTS_PER_MINUTE + 1)
    ]
    assert taken == [200] * EXPORTS_PER_MINUTE + [429]


async def test_another_site_that_found_the_address_out_can_not_use_a_browser_for_it(
    house: House, ada: Visitor
) -> None:
    from_there = {"Content-Type": FORM, "Origin": "https://evil.example"}
    for site in ("cross-site", "same-site"):
        headers = {**from_there, "Sec-Fetch-Site": site}
        answer = await ada.ask("POST", data="do=pause_building", headers=headers)
        assert answer.status == 403, site
    assert is_untouched(house)


async def test_nothing_but_a_post_changes_anything(house: House, ada: Visitor) -> None:
    override = {"X-HTTP-Method-Override": "POST", "Content-Type": FORM}
    for method in ("PUT", "PATCH", "DELETE"):
        answer = await ada.ask(method, data="do=pause_building", headers=override)
        assert answer.status == 405, method
        assert answer.headers["Allow"] == "GET, HEAD, POST"
    told = await ada.ask(query="?do=pause_building&_method=POST", headers=override)
    assert told.status == 200
    assert is_untouched(house)


async def test_a_foreign_site_gets_no_permission_to_read(ada: Visitor) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for method in ("OPTIONS", "GET"):
        answer = await ada.ask(method, headers=asked)
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_every_answer_is_kept_from_caches_frames_scripts_and_search(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    answers = [
        await ada.ask(),
        await ada.ask("HEAD"),
        await ada.ask("HEAD", query="?export"),
        await ada.ask("PUT"),
        await ada.ask(query="?export"),
        await ada.send({"do": "unheard-of"}),
        await ada.send({"do": "resume_building"}),
        await Visitor(ada.client, "wrong").ask(),
        await Visitor(ada.client, "wrong").ask("HEAD"),
    ]
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    answers.append(await ada.ask())

    assert [answer.status for answer in answers] == [
        200,
        200,
        200,
        405,
        200,
        400,
        303,
        404,
        404,
        503,
    ]
    for answer in answers:
        assert HEADERS.items() <= dict(answer.headers).items()
        assert "Set-Cookie" not in answer.headers
    assert [len(answers[number].body) for number in (1, 2, 8)] == [0, 0, 0]


NO_FORMS = [
    "",
    "do=",
    "do=unheard-of",
    "do=pause_building&do=resume_building",
    "do=pause_building&unit=4C",
    "do=pause_building&agree=yes",
    "do=veto",
    "do=veto&courier=c",
    "do=veto&courier=c&grant=g&unit=4c",
    "do=give_consent&agree=yes&a=1&b=2&c=3",
    "do=pause_building&%FF=1",
    "do=%FFpause_building",
    "do=pause_building;do=pause_building",
    "pause_building",
    "do=pause_building&",
    "do=pause_b\u00fcilding",
    '{"do": "pause_building"}',
]


async def test_what_no_form_of_the_page_sends_does_nothing(
    house: House, ada: Visitor, freezer: FrozenDateTimeFactory
) -> None:
    for body in NO_FORMS:
        freezer.tick(60)
        headers = {"Content-Type": FORM}
        answer = await ada.ask("POST", data=body.encode(), headers=headers)
        assert (answer.status, answer.lines[0]) == (400, "Not understood"), body
    assert is_untouched(house)


KINDS = [
    ({"Content-Type": "text/plain"}, 415),
    ({"Content-Type": "application/json"}, 415),
    ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
    ({"Content-Type": FORM, "Content-Encoding": "identity"}, 415),
    ({"Content-Type": f"{FORM}; charset=utf-8"}, 303),
]


async def test_a_body_of_another_kind_does_nothing(house: House, ada: Visitor) -> None:
    for headers, status in KINDS:
        answer = await ada.ask("POST", data=b"do=pause_building", headers=headers)
        assert answer.status == status, headers
        assert is_untouched(house) == (status != 303), headers


async def test_a_body_too_long_is_not_read_whether_or_not_it_says_so(
    house: House, sender: Sender, ada: Visitor
) -> None:
    body = "do=pause_building&pad=" + "x" * PersonalPage.most_bytes
    said = await ada.ask("POST", data=body, headers={"Content-Type": FORM})
    line = await wire(sender)
    await line.send(
        f"{head(ada)}Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n{body}\r\n0\r\n\r\n"
    )
    unsaid, _ = await line.answer()
    await line.close()

    assert (said.status, unsaid) == (413, 413)
    assert is_untouched(house)


async def test_a_body_that_does_not_come_is_not_waited_for(
    hass: HomeAssistant,
    house: House,
    sender: Sender,
    ada: Visitor,
    freezer: FrozenDateTimeFactory,
) -> None:
    line = await wire(sender)
    await line.send(f"{head(ada)}Content-Length: 17\r\n\r\ndo=pause_")
    await arrive()
    await pass_time(hass, freezer, 5.1)

    assert (await line.answer())[0] == 408

    await line.close()
    assert is_untouched(house)


async def test_a_link_that_is_replaced_while_a_body_comes_does_nothing_more(
    house: House, sender: Sender, ada: Visitor
) -> None:
    line = await wire(sender)
    await line.send(f"{head(ada)}Content-Length: 17\r\n\r\ndo=pause_")
    await arrive()
    await Visitor(ada.client, ada.token).do("renew_link")
    await line.send("building")

    assert (await line.answer())[0] == 404
    await line.close()
    assert is_untouched(house)


QUERIES = [
    "?said=%0d%0aSet-Cookie:%20a=b",
    "?said=<b>",
    "?said=unheard-of",
    "?export%0d%0a=1",
]


async def test_nothing_of_an_address_comes_back(ada: Visitor) -> None:
    for query in QUERIES:
        answer = await ada.ask(query=query)
        assert answer.status in (200, 400), query
        assert "Set-Cookie" not in answer.headers, query
        roles = [value for name, value in answer.page.attributes if name == "role"]
        assert not roles, query


def head(visitor: Visitor) -> str:
    """Return the head of a form sent by hand, without a length."""
    return (
        f"POST {PATH}{visitor.token} HTTP/1.1\r\nHost: building.example\r\n"
        f"Connection: close\r\nContent-Type: {FORM}\r\n"
    )
