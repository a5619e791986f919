"""The audit of times finds a difference that is there, finds none that isn't, and times the real answers."""

import asyncio
from random import Random

from homeassistant.core import HomeAssistant
import numpy as np
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from scripts.lab.audit.timing import codes, refusals, report
from scripts.lab.audit.timing.codes import Codes, Page
from scripts.lab.audit.timing.difference import Difference, difference
from scripts.lab.audit.timing.refusals import Keys, sample
from scripts.lab.signing import PrivateKey
from tests.support.drivers import behind_a_proxy
from tests.support.expecting import expecting_house
from tests.support.house import KEY, build, courier, door, resident

ENDED = "whsec_" + "ZW5kZWQga2V5" * 3
SIZE = 4_000


def samples(apart: float) -> tuple[list[float], list[float]]:
    """Return two samples as they come, in microseconds: with a long tail, by chance or apart."""
    chance = np.random.default_rng(1)
    first, second = (
        1_000 + chance.lognormal(4, 1, SIZE) + chance.normal(0, 20, SIZE)
        for _ in range(2)
    )
    return list(first), list(second + apart)


def test_planted_difference_of_20_microseconds_is_found_and_none_is_not() -> None:
    assert difference(*samples(20), seed=1).is_distinguished
    assert not difference(*samples(0), seed=1).is_distinguished


@pytest.mark.parametrize(
    ("ps", "told"), [((0.5, 0.005, 0.01), False), ((0.009, 0.5, 0.001), True)]
)
def test_pair_is_distinguished_only_if_that_is_no_chance(
    ps: tuple[float, ...], *, told: bool
) -> None:
    pair = refusals.WRONG, refusals.STALE_TIME
    runs = [
        {
            pair: Difference(SIZE, (1_000, 1_001), p, 3),
            refusals.TOLD: Difference(SIZE, (1_000, 2_000), 0.0005, 3),
        }
        for p in ps
    ]

    said = report({"401": runs})

    assert said.wrong == (
        [f"{pair[0]} and {pair[1]} can be distinguished by their time"] if told else []
    )
    assert said.lines[-1].startswith(f"pairs 1, p < 0.01 in {1 + told} of 3 tests")


async def test_each_401_is_timed_over_http(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    own = PrivateKey.generate()
    public = [{"key": own.public, "ends_at": None}]
    await build(hass, door(), courier(), courier("Own Key", keys=public), resident())
    client = await hass_client_no_auth()
    paths = [f"/api/webhook/webhook-of-{name}" for name in ("parcel-post", "own-key")]
    keys = Keys(paths[0], KEY, ENDED, paths[1], own)

    taken = await asyncio.to_thread(
        sample, str(client.make_url("/")), keys, 3, Random(1)
    )

    kinds = {kind for pair in (*refusals.PAIRS, refusals.TOLD) for kind in pair}
    assert {kind: len(took) for kind, took in taken.items()} == dict.fromkeys(kinds, 3)


async def test_each_refusal_of_a_code_is_timed_over_http(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await behind_a_proxy(hass)
    at = await expecting_house(hass, hass_client_no_auth, hass_ws_client)
    used, right = [(await at.make_pass())["pin"] for _ in range(2)]
    await at.driver.enter(used)
    page, url = Page(at.driver.path, used, right), str(at.client.make_url("/"))

    with Codes(url, page, 1, Random(1)) as typist:
        taken = await asyncio.to_thread(typist.sample, 2)

    kinds = {kind for pair in codes.PAIRS for kind in pair}
    assert {kind: len(took) for kind, took in taken.items()} == dict.fromkeys(kinds, 2)
    assert at.house.door_state() == "unlocked"  # by the pass that was used
