"""The time zone of the machine changes nothing in messages and replies."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
import json

import pytest

from custom_components.courier_access.access.hours import Interval
from custom_components.courier_access.access.model import Decision, Reason
from custom_components.courier_access.contract.messages import (
    GrantIssued,
    content_digest,
    parse,
)
from custom_components.courier_access.contract.replies import entry, grant_issued
from custom_components.courier_access.contract.signature import (
    authenticate,
    new_secret,
    parse_key,
    sign,
)
from tests.support.clocks import machine_in

from . import test_messages
from .documents import grant_document
from .test_messages import GRANT

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True, params=["America/St_Johns", "Pacific/Kiritimati"])
def elsewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    with machine_in(request.param):
        yield


def test_times_are_read_as_instants_in_utc() -> None:
    message = parse(grant_document(starts_at="2026-11-24T10:30:00+01:00"))
    assert isinstance(message.data, GrantIssued)
    for read in (message.sent_at, message.data.starts_at):
        assert read == NOW
        assert read.tzinfo is UTC


def test_times_are_written_in_utc() -> None:
    reply = entry(Decision.ADMITTED, Reason.OK, "g", unlocked_until=NOW)
    assert json.loads(reply.body)["unlocked_until"] == "2026-11-24T09:30:00Z"
    usable = [Interval(NOW, NOW + timedelta(hours=1))]
    reply = grant_issued(Decision.ACCEPTED, Reason.OK, "g", 1, ["3B"], usable)
    assert json.loads(reply.body)["usable"] == [
        {"from": "2026-11-24T09:30:00Z", "until": "2026-11-24T10:30:00Z"}
    ]


def test_digest_of_a_grants_content_is_the_same_everywhere() -> None:
    test_messages.test_digest_is_stable_between_releases()
    local = replace(
        GRANT,
        starts_at=GRANT.starts_at.astimezone(),
        ends_at=GRANT.ends_at.astimezone(),
    )
    assert content_digest(local) == content_digest(GRANT)


def test_signed_time_is_an_instant_in_utc() -> None:
    key = parse_key(new_secret())
    message_id, timestamp, signature = sign(key, "msg", NOW, b"{}").values()
    signed = authenticate([message_id], [timestamp], [signature], b"{}", [key], NOW)
    assert (signed.sent_at, signed.sent_at.tzinfo) == (NOW, UTC)
