"""What somebody tries at the pages of doors and passes who wants in without a delivery, or wants to know who lives there."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
import hashlib
from unittest.mock import patch
from urllib.parse import quote

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access.codes import Tries
from custom_components.courier_access.doors.doors import Sheet
from custom_components.courier_access.web.building_pages import (
    DRIVER_HEADERS,
    DoorPage,
)
from custom_components.courier_access.web.html import HEADERS
from custom_components.courier_access.web.pages import (
    FORMS_PER_MINUTE,
    MISSES_PER_MINUTE,
)
from tests.attacks.test_raw_requests import arrive, wire
from tests.support.drivers import DOOR_PATH, Driver, hang_sheets, said, without_tokens
from tests.support.expecting import SECRETS, Expecting, expecting_house
from tests.support.house import Sender, entries_of, pass_time
from tests.support.pages import FORM, Answer

OPEN = "The door is open. Please come in."
UNKNOWN = "This code isn't valid here. Check it and try again."
ONCE = "A" * 22
KINDS = pytest.mark.parametrize("kind", ["door", "pass"])


@pytest.fixture
async def at(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> Expecting:
    return await expecting_house(hass, hass_client_no_auth, hass_ws_client)


async def page_of(at: Expecting, kind: str) -> tuple[Driver, dict[str, str]]:
    """Return a page, and what would open the door on it."""
    made = await at.make_pass()
    if kind == "door":
        return at.driver, {"once": ONCE, "code": made["pin"]}
    return at.with_link(made), {"once": ONCE, "sign": at.sheet.sign}


async def is_untouched(at: Expecting) -> bool:
    await at.house.settle()
    return (
        at.house.door_state() == "locked"
        and await entries_of(at.house.building, 1) == []
        and at.house.building.wrong_codes.of("door-lobby") == Tries()
    )


GUESSES: list[Callable[[str], str]] = [
    lambda token: token[:-1],
    lambda token: token + "A",
    lambda token: token.swapcase(),
    lambda token: token + "%00",
    lambda token: "%20" + token,
    lambda token: token + "%2F..",
    lambda _: "door-lobby",
    lambda _: quote("Ünïcödé-\U0001f511"),
    lambda _: "%FF%FE",
    lambda _: "%ED%A0%80",
    lambda _: "A" * 4000,
    lambda _: "A" * 22,
]


@KINDS
async def test_no_guess_of_an_address_is_answered_otherwise_than_any_other(
    at: Expecting, kind: str, freezer: FrozenDateTimeFactory
) -> None:
    driver, opens = await page_of(at, kind)
    path, _, token = driver.path.rpartition("/")
    plainly = await Driver(at.client, f"{path}/wrong").look()
    what = {"door": "page doesn't exist", "pass": "pass link doesn't work"}[kind]
    assert (plainly.status, plainly.lines[0]) == (404, f"This {what}")
    for guess in GUESSES:
        guesser = Driver(at.client, f"{path}/{guess(token)}")
        for answer in (await guesser.look(), await guesser.send(opens)):
            assert (answer.status, answer.body) == (404, plainly.body), guess(token)
            assert answer.headers.keys() == plainly.headers.keys()
        await pass_time(at.house.hass, freezer, 10)
    assert await is_untouched(at)


@KINDS
async def test_who_guesses_addresses_is_slowed_down_and_no_driver_is(
    at: Expecting, kind: str
) -> None:
    driver, opens = await page_of(at, kind)
    guesser = Driver(at.client, f"{driver.path}x")
    statuses = [(await guesser.look()).status for _ in range(MISSES_PER_MINUTE + 1)]
    assert statuses == [404] * MISSES_PER_MINUTE + [429]
    assert (await guesser.send(opens)).status == 429
    assert said(await driver.follow(await driver.send(opens))) == OPEN


async def test_addresses_and_characters_are_random_and_hold_128_bits() -> None:
    sheets = [Sheet.new() for _ in range(200)]
    assert len({sheet.page for sheet in sheets}) == 200
    assert {len(sheet.page) for sheet in sheets} == {22}
    assert len({sheet.sign for sheet in sheets}) > 100
    assert {len(sheet.sign) for sheet in sheets} == {2}
    assert not set("".join(sheet.sign for sheet in sheets)) & set("01OIL")


async def answer_to(at: Expecting, code: str) -> Answer:
    form = await at.driver.form()
    return await at.driver.follow(await at.driver.send({**form, "code": code}))


async def test_every_code_costs_one_hash_whether_or_not_anybody_has_it(
    at: Expecting, freezer: FrozenDateTimeFactory
) -> None:
    """A hash takes 16 MiB, and as long as to fill and to read them in an order that nobody knows before."""
    await at.expect(parcel_ref="JD014671")
    with patch.object(hashlib, "scrypt", wraps=hashlib.scrypt) as hashed:
        codes = ("000001", "1", "JD014672", "K" * 64, "é" * 64, " ", "23456789")
        for number, code in enumerate(codes, start=1):
            assert said(await answer_to(at, code)) == UNKNOWN
            assert hashed.call_count == number
            given = hashed.call_args.kwargs
            assert (given["n"], given["r"], given["p"]) == (2**14, 8, 1)


@KINDS
async def test_previews_scanners_and_heads_open_nothing(
    at: Expecting, kind: str
) -> None:
    driver, opens = await page_of(at, kind)
    queries = "&".join(f"{name}={value}" for name, value in opens.items())
    for purpose in ({}, {"Purpose": "prefetch", "Sec-Purpose": "prefetch"}):
        for query in ("", f"?{queries}", f"?once={ONCE}", f"?{queries}&ring=yes"):
            for method in ("GET", "HEAD"):
                answer = await driver.look(query, method, purpose)
                assert answer.status == 200
                assert answer.page.text == "" or len(answer.page.forms) > 0
    # A scanner that submits the form as it is types nothing that opens.
    for form in (await driver.look()).page.forms:
        if "ring" not in form:
            assert (await driver.send(form)).status == 400
    assert await is_untouched(at)


@KINDS
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_site_can_not_use_a_drivers_browser(
    at: Expecting, kind: str, site: str
) -> None:
    driver, opens = await page_of(at, kind)
    headers = {"Sec-Fetch-Site": site, "Origin": "https://evil.example"}
    assert (await driver.send(opens, headers)).status == 403
    assert await is_untouched(at)


@KINDS
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
async def test_nothing_but_a_post_asks_for_entry(
    at: Expecting, kind: str, method: str
) -> None:
    driver, opens = await page_of(at, kind)
    override = {"X-HTTP-Method-Override": "POST", "Content-Type": FORM}
    body = "&".join(f"{name}={value}" for name, value in opens.items())
    answer = await driver.look(method=method, headers=override, data=body)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert await is_untouched(at)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "once=",
        f"once={ONCE}",
        "code=%PIN",
        "once=short&code=%PIN",
        f"once={ONCE}A&code=%PIN",
        f"once={ONCE[1:]}%2F&code=%PIN",
        f"once={ONCE[1:]}%C3%A9&code=%PIN",
        f"once={ONCE}&once={ONCE}&code=%PIN",
        f"once={ONCE}&code=%PIN&code=%PIN",
        f"once={ONCE}&code=%PIN&ring=yes",
        f"once={ONCE}&sign=K7",
        f"once={ONCE}&CODE=%PIN",
        f"once={ONCE}&code=%FF%PIN",
        f"once={ONCE}&code=%ED%A0%80",
        f"once={ONCE};code=%PIN",
        f"once={ONCE}&code={'1' * 65}",
        f"once={ONCE}&code",
        '{"once": "AAAAAAAAAAAAAAAAAAAAAA", "code": "%PIN"}',
    ],
)
async def test_what_no_form_of_the_page_sends_does_nothing(
    at: Expecting, body: str
) -> None:
    made = await at.make_pass()
    data = body.replace("%PIN", made["pin"]).encode()
    answer = await at.driver.look(
        method="POST", data=data, headers={"Content-Type": FORM}
    )
    assert (answer.status, answer.lines[0]) == (400, "Not understood")
    assert await is_untouched(at)


@KINDS
async def test_body_of_another_kind_or_size_does_nothing(
    at: Expecting, kind: str
) -> None:
    driver, opens = await page_of(at, kind)
    body = "&".join(f"{name}={value}" for name, value in opens.items())
    for headers in (
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": FORM, "Content-Encoding": "identity"},
    ):
        answer = await driver.look(method="POST", data=body, headers=headers)
        assert answer.status == 415
    padded = body + "1" * DoorPage.most_bytes
    answer = await driver.look(
        method="POST", data=padded, headers={"Content-Type": FORM}
    )
    assert answer.status == 413
    line = await wire(Sender(at.client))
    head = f"POST {driver.path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {FORM}\r\n"
    await line.send(
        f"{head}Transfer-Encoding: chunked\r\n\r\n{len(padded):x}\r\n{padded}\r\n0\r\n\r\n"
    )
    assert (await line.answer())[0] == 413
    await line.close()
    assert await is_untouched(at)


async def test_body_that_does_not_come_is_not_waited_for(
    at: Expecting, freezer: FrozenDateTimeFactory
) -> None:
    driver = at.driver
    line = await wire(Sender(at.client))
    await line.send(
        f"POST {driver.path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        f"Content-Type: {FORM}\r\nContent-Length: 40\r\n\r\nonce="
    )
    await arrive()
    await pass_time(at.house.hass, freezer, 5.1)
    assert (await line.answer())[0] == 408
    await line.close()


async def test_address_that_is_replaced_while_a_body_comes_opens_nothing(
    at: Expecting,
) -> None:
    driver, opens = await page_of(at, "door")
    body = "&".join(f"{name}={value}" for name, value in opens.items())
    line = await wire(Sender(at.client))
    await line.send(
        f"POST {driver.path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n\r\n{body[:-1]}"
    )
    await arrive()
    await hang_sheets(at.house)
    await line.send(body[-1])
    assert (await line.answer())[0] == 404
    await line.close()
    assert at.house.door_state() == "locked"


async def test_answer_to_one_driver_is_not_found_by_another(at: Expecting) -> None:
    made = await at.make_pass()
    form = await at.driver.form()
    sent = await at.driver.send({**form, "code": made["pin"]})
    assert said(await at.driver.follow(sent)) == OPEN
    sheets = await hang_sheets(at.house, "door-lobby", "door-garage")
    garage = Driver(at.client, DOOR_PATH + sheets["door-garage"].page)
    once = form["once"]
    for other in (once.swapcase(), once[:-1], once + "A", "", "%00", "A" * 4000):
        shown = await at.driver.look(f"?once={other}")
        assert len(shown.page.forms) == 2
        assert OPEN not in shown.lines
    assert len((await garage.look(f"?once={once}")).page.forms) == 2


async def test_nothing_of_an_address_comes_back(at: Expecting) -> None:
    for query in (
        "?once=%0d%0aSet-Cookie:%20a=b",
        "?once=<b>",
        "?again=<b>",
        "?again%0d%0aRefresh:%200",
    ):
        answer = await at.driver.look(query)
        assert answer.status in (200, 400)
        assert "Set-Cookie" not in answer.headers
        assert "Refresh" not in answer.headers
        assert "b" not in answer.page.tags


@KINDS
async def test_every_answer_is_kept_from_caches_frames_scripts_and_search(
    at: Expecting, kind: str
) -> None:
    driver, opens = await page_of(at, kind)
    sent = await driver.send(opens)
    answers = [
        sent,
        await driver.follow(sent),
        await driver.look(),
        await driver.look(method="HEAD"),
        await driver.look(method="PUT"),
        await driver.send({"once": "x"}),
        await Driver(at.client, f"{driver.path}x").look(),
    ]
    assert await at.house.hass.config_entries.async_unload(at.house.entry.entry_id)
    answers.append(await driver.look())
    statuses = [answer.status for answer in answers]
    assert statuses == [303, 200, 200, 200, 405, 400, 404, 503]
    for answer in answers:
        shows_no_pass = (kind, answer.status) == ("pass", 404)
        own = DRIVER_HEADERS if answer.status == 200 or shows_no_pass else HEADERS
        assert own.items() <= dict(answer.headers).items()
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in answer.headers


@KINDS
async def test_no_answer_names_a_unit_a_resident_or_a_parcel(
    at: Expecting, kind: str, freezer: FrozenDateTimeFactory
) -> None:
    driver, opens = await page_of(at, kind)
    await at.expect(parcel_ref="JD014671")
    later = await at.make_pass(dt_util.utcnow() + timedelta(hours=3))
    answers = [await driver.look(), await driver.follow(await driver.send(opens))]
    for field, typed in (
        ("code", "JD014671"),
        ("code", later["pin"]),
        ("code", "000001"),
        ("sign", "22"),
    ):
        if (field == "sign") != (kind == "pass"):
            continue
        form = {"once": f"{len(answers):A>22}", field: typed}
        answers.append(await driver.follow(await driver.send(form)))
    answers.append(await at.with_link(later).look())
    # The style's hash may have any letters.
    policy = DRIVER_HEADERS["Content-Security-Policy"]
    for answer in answers:
        headers = str(answer.headers).replace(policy, "")
        for secret in (*SECRETS, "JD014671"):
            assert secret not in without_tokens(answer)
            assert secret not in headers


@KINDS
async def test_pages_and_requests_are_limited_per_network(
    at: Expecting, kind: str, freezer: FrozenDateTimeFactory
) -> None:
    driver, opens = await page_of(at, kind)
    forms = [{"once": f"{number:A>22}", "ring": "no"} for number in range(50)]
    bad = [(await driver.send({"once": form["once"]})).status for form in forms]
    assert bad[: FORMS_PER_MINUTE + 1] == [400] * FORMS_PER_MINUTE + [429]
    assert (await driver.send(opens)).status == 429
    shown = [(await driver.look()).status for _ in range(DoorPage.pages_per_minute)]
    assert shown[-1] == 429
    assert await is_untouched(at)
    await pass_time(at.house.hass, freezer, 60)
    assert said(await driver.follow(await driver.send(opens))) == OPEN


async def test_double_submit_of_a_pass_while_the_first_is_under_way_opens_once(
    at: Expecting,
) -> None:
    driver, opens = await page_of(at, "pass")
    others = [{**opens, "once": f"{number:A>22}"} for number in range(4)]
    sent = await asyncio.gather(*(driver.send(form) for form in others))
    answers = [said(await driver.follow(each)) for each in sent]
    assert sorted(answers) == [
        OPEN,
        *["This was already used. If you aren't inside, call the recipient."] * 3,
    ]
    await at.house.settle()
    admitted = [
        entry
        for entry in await entries_of(at.house.building, 9)
        if entry.decision == "admitted"
    ]
    assert len(admitted) == 1
