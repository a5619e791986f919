"""The courier test: ping a courier's own address as the courier would."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
import json
import secrets
import time
from typing import Any, Final

from aiohttp import ClientError, ClientResponse, ClientSSLError, ClientTimeout, hdrs
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..access.rates import Rates
from ..building.building import Building
from ..const import CONF_CLOUDHOOK_URL, CONF_WEBHOOK_ID, DOMAIN
from ..contract.messages import MessageType
from ..contract.replies import DECISION_CONTENT_TYPE, Problem
from ..contract.signature import ID_HEADER, Version, sign
from ..couriers.addresses import Addresses, AddressProblem
from ..couriers.keys import CourierKeys, courier_activity
from .lookup import invalid, named_courier
from .permissions import Actor, Permission

TRIALS_PER_MINUTE: Final = 6
"""Tests that one person may run."""

SECONDS: Final = 20.0
"""How long the test waits for an answer."""

_MOST_BYTES: Final = 16_384
_MOST_REMEMBERED: Final = 256
_RATES: HassKey[Rates] = HassKey(f"{DOMAIN}_trials")


class Found(StrEnum):
    """The result of a test.

    GOOD: the ping arrived, and its signature was valid. ANSWERS: it arrived, but
    there is no secret to sign with. REFUSED: it arrived, and the building refused it.
    ELSEWHERE: something else answered, or changed the answer.
    """

    GOOD = "good"
    ANSWERS = "answers"
    REFUSED = "refused"
    ELSEWHERE = "elsewhere"
    NO_ANSWER = "no_answer"
    CERTIFICATE = "certificate"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class Tried:
    """The result of a test, and the problem code if the ping was refused."""

    found: Found
    why: str | None = None


async def async_test_courier(building: Building, actor: Actor, named: str) -> Tried:
    """Ping a courier's address, signed with its newest key if that is a secret.

    The ping doesn't count as a message from the courier: its last contact and the
    key it uses stay the same.
    """
    actor.check(Permission.TEST_COURIER)
    courier = named_courier(building, named)
    assert actor.user_id is not None  # an owner has a login
    rates = building.hass.data.setdefault(_RATES, Rates(_MOST_REMEMBERED))
    wait = rates.take(actor.user_id, TRIALS_PER_MINUTE, time.monotonic_ns())
    if wait is not None:
        raise invalid("tested_too_often", seconds=str(wait))
    subentry = building.entry.subentries.get(courier.id)
    if subentry is None:
        raise invalid("no_such_courier")
    url = await _address(building.hass, subentry.data)
    if url is None:
        return Tried(Found.NO_ADDRESS)
    return await _try(building.hass, url, subentry.data)


async def _address(hass: HomeAssistant, courier: Mapping[str, Any]) -> str | None:
    """Return the address shown to the courier; None if Home Assistant has none."""
    if CONF_CLOUDHOOK_URL in courier:
        given: str = courier[CONF_CLOUDHOOK_URL]
        return given
    first = (await Addresses.of_webhook(hass, courier[CONF_WEBHOOK_ID])).shown[0]
    return None if first.problem is AddressProblem.PATH else first.text


async def _start_of(response: ClientResponse) -> bytes:
    """Read an answer, up to the first piece beyond the longest of our answers."""
    body = b""
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > _MOST_BYTES:
            break
    return body


async def _try(hass: HomeAssistant, url: str, courier: Mapping[str, Any]) -> Tried:
    now = dt_util.utcnow()
    message_id = f"test_{secrets.token_hex(16)}"
    message = {"type": MessageType.PING, "timestamp": now.isoformat(), "data": {}}
    body = json.dumps(message).encode()
    newest = CourierKeys.read(courier).newest
    key = None if newest is None else newest.parse()
    headers = {hdrs.CONTENT_TYPE: DECISION_CONTENT_TYPE, ID_HEADER: message_id}
    secret = key if key is not None and key.version is Version.V1 else None
    if secret is not None:
        headers |= sign(secret, message_id, now, body)
    with courier_activity(hass).trying(message_id) as trial:
        try:
            async with async_get_clientsession(hass).post(
                url,
                data=body,
                headers=headers,
                allow_redirects=False,
                timeout=ClientTimeout(SECONDS),
            ) as response:
                status, text = response.status, await _start_of(response)
        except ClientSSLError:
            return Tried(Found.CERTIFICATE)
        except TimeoutError, ClientError:
            return Tried(Found.NO_ANSWER)
        reply = trial.reply
    if reply is None or (reply.status, reply.body.encode()) != (status, text):
        return Tried(Found.ELSEWHERE)
    if reply.refusal is None:
        return Tried(Found.GOOD)
    if secret is None and reply.refusal is Problem.UNAUTHENTICATED:
        return Tried(Found.ANSWERS)
    return Tried(Found.REFUSED, reply.refusal.value)
