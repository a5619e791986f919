#!/usr/bin/env python3
"""A courier's back end in one file: signs messages, sends them until they are answered, reads the answers.

    export COURIER_URL=https://building.example/api/webhook/… COURIER_KEY=whsec_…
    ./courier.py ping
    ./courier.py hours 3B 4A
    ./courier.py grant g-7f3a9c21e 3B
    ./courier.py enter g-7f3a9c21e
    ./courier.py revoke g-7f3a9c21e

With a key pair of your own (whsk_…) and an address of Home Assistant Cloud, COURIER_TO is what the administrator
gave you with it. If you may use several doors, COURIER_DOOR is the door of a grant, as the answer to a ping names it.
Python 3.9 or newer and its standard library; with a key pair the package `cryptography` too.
Each retry is printed to standard error. COURIER_PAUSE is the first pause before a retry in seconds, 1 by default.
Exit status: 0 ok, accepted, admitted or revoked; 1 refused; 2 no decision.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
import hmac
from http.client import HTTPException
from importlib.util import find_spec
import json
import os
import random
import re
import sys
import time
from typing import Any
import urllib.error
import urllib.request
import uuid

SECONDS_FOR_AN_ANSWER = 35  # every request is answered within 30
SECONDS_FOR_AN_ENTRY = 90  # after 120 it is refused: nobody stands at the door anymore
SECONDS_FOR_THE_REST = 3600
MOST_EMPTY_ANSWERS = 5

LIKELY_WRONG = """
Five answers without a decision: COURIER_URL is probably wrong, since Home Assistant answers an empty 200 or a 404 for
every address that it doesn't know. Or it is just starting: then try again in a few minutes."""

KEY_BYTES = {"whsec": range(24, 65), "whsk": (32, 64)}

LEAST_ARGUMENTS = {"ping": 0, "hours": 1, "grant": 2, "enter": 1, "revoke": 1}

WHAT_NOW = {
    "courier_disabled": "the administrator has switched you off: ask them",
    "door_not_allowed": "not your door: see the answer to a ping",
    "paused": "all couriers are kept out for a while: come later, or deliver another way",
    "not_accepting": "deliver another way",
    "outside_building_hours": "come within the building's hours",
    "outside_schedule": "come within next_windows",
    "unknown_grant": "announce the delivery first",
    "not_yet_valid": "come when the grant's window has begun",
    "expired": "announce the delivery again, under another grant_id",
    "revoked": "it was taken back, or the building ended it: announce it under another grant_id",
    "vetoed": "the residents don't want this delivery: deliver another way",
    "declined": "a resident said no at the door: deliver another way",
    "no_answer": "nobody answered: ask once more within five minutes, or deliver another way",
    "entries_exhausted": "its entries are used up: announce the next delivery under another grant_id",
    "stale_revision": "you announced this grant with other content before: raise revision, or choose another grant_id",
    "stale_request": "it took too long: ask again if the driver is still there; every time? check your clock",
}


@dataclass(frozen=True)
class Message:
    """What is sent again as it is. Keep both in your database before the first try."""

    id: str
    body: bytes


class NoDecision(Exception):
    """The message was not decided; its argument is the last thing that came back."""


def compose(kind: str, data: dict[str, Any], to: str | None = None) -> Message:
    """Write a message. `to` is its audience, required with a key pair of your own."""
    now = datetime.now(timezone.utc)
    content = {"type": kind, "timestamp": now.isoformat(), "data": data}
    if to is not None:
        content["to"] = to
    return Message(f"msg_{uuid.uuid4().hex}", json.dumps(content).encode())


def signature(key: str, message: Message, timestamp: int) -> str:
    """Sign a message as it is sent at this second."""
    kind, _, encoded = key.partition("_")
    secret = base64.b64decode(encoded, validate=True)
    content = f"{message.id}.{timestamp}.".encode() + message.body
    if kind == "whsec":
        version, signed = "v1", hmac.digest(secret, content, "sha256")
    else:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        version, signed = (
            "v1a",
            Ed25519PrivateKey.from_private_bytes(secret[:32]).sign(content),
        )
    return f"{version},{base64.b64encode(signed).decode()}"


def send_once(url: str, key: str, message: Message) -> tuple[int, dict[str, Any]]:
    """Send a message, signed now; return the status, 0 where nothing came back, and the body."""
    now = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": str(now),
        "webhook-signature": signature(key, message, now),
    }
    request = urllib.request.Request(url, message.body, headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=SECONDS_FOR_AN_ANSWER) as answer:
            status, content = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            status, content = error.code, error.read()
    except (OSError, HTTPException) as error:
        return 0, {"title": str(error)}
    try:
        body = json.loads(content)
    except ValueError:
        body = {}
    return status, body if isinstance(body, dict) else {}


def send(url: str, key: str, message: Message, patience: float) -> dict[str, Any]:
    """Send a message, under its one id, until it is decided; raise NoDecision where that makes no sense anymore."""
    ends, pause, empty = (
        time.monotonic() + patience,
        float(os.environ.get("COURIER_PAUSE", "1")),
        0,
    )
    while True:
        status, body = send_once(url, key, message)
        if status == 200 and "decision" in body:
            return body
        # As long as Home Assistant starts, it doesn't know the address.
        empty = empty + 1 if status in (200, 404) else 0
        if empty == MOST_EMPTY_ANSWERS:
            raise NoDecision(status, body, LIKELY_WRONG)
        # No answer, a 200 that decides nothing, busy, too fast, or broken: later it may be decided.
        again = status in (0, 200, 404, 408, 409, 429) or status >= 500
        wait = body.get("retry_after", pause * random.uniform(0.75, 1.25))
        if not again or time.monotonic() + wait > ends:
            raise NoDecision(status, body)
        print(
            f"no decision yet: {status} {body}; sending again in {wait:.1f} s",
            file=sys.stderr,
        )
        time.sleep(wait)
        pause = min(pause * 2, 60)


def wrong_setting(url: str, key: str) -> str | None:
    """Return the error in the administrator's values, as far as it shows without sending."""
    if not re.fullmatch(r"https?://[!-~]+", url):
        return "COURIER_URL must be the whole address, beginning with https:// (or http://)"
    if key.startswith("whpk_"):
        return "COURIER_KEY is a public key (whpk_...), which is for the administrator: sign with your private key, whsk_..."
    if not key.startswith(("whsec_", "whsk_")):
        return "COURIER_KEY must begin with whsec_ (the secret from the administrator) or whsk_ (your own private key)"
    kind, _, encoded = key.partition("_")
    try:
        size = len(base64.b64decode(encoded, validate=True))
    except ValueError:
        size = 0
    if size not in KEY_BYTES[kind]:
        return "COURIER_KEY is not a whole key: copy it again, to its last character"
    if kind == "whsk" and find_spec("cryptography") is None:
        return "COURIER_KEY is of a key pair, which needs the package cryptography: install it"
    return None


def main(command: str, *arguments: str) -> int:
    """Send the message that the command line asks for and say what was decided."""
    url, key = os.environ.get("COURIER_URL"), os.environ.get("COURIER_KEY")
    if not (
        url and key and len(arguments) >= LEAST_ARGUMENTS.get(command, sys.maxsize)
    ):
        print(__doc__, file=sys.stderr)
        return 2
    if (wrong := wrong_setting(url, key)) is not None:
        print(wrong, file=sys.stderr)
        return 2
    now = datetime.now(timezone.utc)
    if command == "ping":
        kind, data = "ping", {}
    elif command == "hours":
        until = now + timedelta(days=7)
        kind = "availability.requested"
        data = {"units": arguments, "from": now.isoformat(), "until": until.isoformat()}
    elif command == "grant":
        grant_id, *units = arguments
        until = now + timedelta(hours=2)
        kind, data = "grant.issued", {"grant_id": grant_id, "units": units}
        data |= {"starts_at": now.isoformat(), "ends_at": until.isoformat()}
        if door := os.environ.get("COURIER_DOOR"):
            data["door"] = door
    elif command == "enter":
        kind, data = "entry.requested", {"grant_id": arguments[0]}
    else:
        kind, data = "grant.revoked", {"grant_id": arguments[0]}

    to = os.environ.get("COURIER_TO")
    if to is None and key.startswith("whsk_"):
        to = url.rpartition("/")[2]
    patience = (
        SECONDS_FOR_AN_ENTRY if kind == "entry.requested" else SECONDS_FOR_THE_REST
    )
    try:
        answer = send(url, key, compose(kind, data, to), patience)
    except NoDecision as nothing:
        print("no decision:", *nothing.args, file=sys.stderr)
        return 2
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    if answer.get("known") is False:
        print(
            "the building has no grant with this id: check the spelling",
            file=sys.stderr,
        )
    if answer["decision"] != "refused":
        return 0
    reason = answer["reason"]
    # Reasons may be added: what is not known is a refusal all the same.
    print(
        f"refused, {reason}: {WHAT_NOW.get(reason, 'deliver another way')}",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:] or ["help"]))
