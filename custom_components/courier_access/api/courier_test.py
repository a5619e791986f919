"""A ping that the owner has sent to a courier's own address, as the courier would send it, and what came of it."""

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

from ..access.model import Courier
from ..access.rates import Rates
from ..building.building import Building
from ..const import CONF_CLOUDHOOK_URL, CONF_KEY, CONF_KEYS, CONF_WEBHOOK_ID, DOMAIN
from ..contract.messages import MessageType
from ..contract.replies import DECISION_CONTENT_TYPE, Problem
from ..contract.signature import ID_HEADER, Version, parse_key, sign
from ..couriers.activity import courier_activity
from ..couriers.addresses import FIELD_PATH, Addresses
from .commands import check, invalid
from .permissions import Actor, Permission

TRIALS_PER_MINUTE: Final = 6
"""How often one person may have it tried."""

SECONDS: Final = 20.0
"""How long an answer is waited for."""

_MOST_BYTES: Final = 16_384
_MOST_REMEMBERED: Final = 256
_RATES: HassKey[Rates] = HassKey(f"{DOMAIN}_trials")


class Found(StrEnum):
    """What a trial has shown.

    GOOD: it came here, and the signature held. ANSWERS: it came here, and a signature can't be tried. REFUSED: it came
    here, and was not done for a reason of the building's. ELSEWHERE: something else answered, or changed the answer.
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
    """What a trial has shown, and where it was refused the code of the problem."""

    found: Found
    why: str | None = None


async def async_try_courier(
    building: Building, actor: Actor, courier: Courier
) -> Tried:
    """Send a ping to where the courier sends its messages, signed with the courier's newest key where that is a secret.

    The courier is not heard by it: whether it uses its key, and when it came last, stay as they were.

    Raises:
        ServiceValidationError: the actor may not, or has to wait, or the courier is just being removed.

    """
    check(actor, Permission.TEST_COURIER)
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
    """Return the one that the courier was given, or would be; None where Home Assistant knows of none."""
    if CONF_CLOUDHOOK_URL in courier:
        given: str = courier[CONF_CLOUDHOOK_URL]
        return given
    first = (await Addresses.of_webhook(hass, courier[CONF_WEBHOOK_ID])).shown[0]
    return None if first.field_name == FIELD_PATH else first.text


async def _start_of(response: ClientResponse) -> bytes:
    """Read an answer; of one that is longer than any of ours only as much as shows that."""
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
    key = parse_key(courier[CONF_KEYS][0][CONF_KEY])
    is_signed = key.version is Version.V1
    headers = {hdrs.CONTENT_TYPE: DECISION_CONTENT_TYPE, ID_HEADER: message_id}
    if is_signed:
        headers |= sign(key, message_id, now, body)
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
    if not is_signed and reply.refusal is Problem.UNAUTHENTICATED:
        return Tried(Found.ANSWERS)
    return Tried(Found.REFUSED, reply.refusal.value)
