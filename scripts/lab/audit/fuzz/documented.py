"""Schemathesis: messages made from the OpenAPI document, each signed on its way, their answers compared with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, override

from hypothesis import strategies as st
import requests
from requests.auth import AuthBase
import schemathesis
from schemathesis import APIOperation, GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ...answers import UnexpectedAnswerError, parsed, record
from .couriers import enters, outcome
from .document import OPERATION, document
from .hostile import Values, drawn
from .tally import Proofs, Tally
from .target import Account, Target

SOURCE = "schemathesis"
SECONDS = 40
TYPE = "application/json"
CHECKED = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
"""503 is in the document, so that not each status from 500 on is an error of its own."""


def operation() -> APIOperation[Any, Any, Any, Any]:
    """Return the only operation of the document."""
    return schemathesis.openapi.from_dict(document())[OPERATION]["POST"]


def bodies(chosen: int, count: int) -> Sequence[Any]:
    """Return bodies that schemathesis makes from a seed: as the document has them, and as it doesn't."""
    sends = operation()
    cases = st.one_of(
        sends.as_strategy(generation_mode=GenerationMode.POSITIVE),
        sends.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )
    return [
        case.body
        for case in drawn(cases, chosen, count)
        if isinstance(case.body, dict | list | str | int | float | bool | None)
    ]


class Signing(AuthBase):
    """Signs what goes out, byte by byte as it does."""

    def __init__(self, account: Account, proofs: Proofs, message_id: str) -> None:
        self._account = account
        self._proofs = proofs
        self._id = message_id

    @override
    def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
        written = r.body or b""
        if isinstance(written, str):
            written = written.encode()
        assert isinstance(written, bytes)
        r.headers.update(self._account.signed(self._id, written))
        if (grant := enters(written)) is not None:
            self._proofs.signed.add((self._account.courier_id, grant))
        return r


@dataclass(slots=True)
class FromDocument:
    """A courier that sends what schemathesis made."""

    target: Target
    values: Values
    tally: Tally
    proofs: Proofs
    sends: APIOperation[Any, Any, Any, Any] = field(default_factory=operation)
    session: requests.Session = field(default_factory=requests.Session)

    def send(self, body: Any) -> None:
        """Send a body, and hold its answer against the document; it blocks."""
        random = self.values.random
        account = random.choice(self.target.accounts)
        if random.random() < 0.75:
            body = _current(body, account)
        case = self.sends.Case(
            body=body,
            media_type=TYPE,
            path_parameters={"webhook_id": account.webhook_id},
        )
        signing = Signing(account, self.proofs, f"s{random.getrandbits(80):x}")
        response = case.call(
            base_url=f"http://{self.target.host}",
            session=self.session,
            auth=signing,
            timeout=SECONDS,
        )
        self.tally.count(SOURCE, _outcome(response))
        what = f"{response.status_code} {response.content[:200]!r} to {body!r:.300}"
        try:
            case.validate_response(response, checks=CHECKED)
        except AssertionError as failed:
            self.tally.error(SOURCE, f"{failed}; {what}")
        except BaseExceptionGroup as failed:
            said = "; ".join(str(each) for each in failed.exceptions)
            self.tally.error(SOURCE, f"{said}; {what}")


def _current(body: Any, account: Account) -> Any:
    """Move a message's times to where they are decided about, and address it."""
    if not isinstance(body, dict):
        return body
    now, new = datetime.now(UTC), dict(body)
    if isinstance(new.get("timestamp"), str):
        new["timestamp"] = now.isoformat()
    if isinstance(new.get("to"), str) or account.needs_audience:
        new["to"] = account.webhook_id
    if not isinstance(data := new.get("data"), dict):
        return new
    new["data"] = data = dict(data)
    for name, hours in (("starts_at", 0), ("ends_at", 4), ("from", 0), ("until", 9)):
        if isinstance(data.get(name), str):
            data[name] = (now + timedelta(hours=hours)).isoformat()
    if isinstance(units := data.get("units"), list):
        data["units"] = [*units[:3], "3B"]
    if isinstance(data.get("door"), str):
        data["door"] = "front"
    return new


def _outcome(response: schemathesis.Response) -> str:
    try:
        said = record(parsed(response.content))
    except UnexpectedAnswerError:
        return str(response.status_code)
    return outcome(response.status_code, said)
