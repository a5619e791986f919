"""What couriers' developers copy from the page works, and the page leaves no answer out."""

from datetime import UTC, datetime
import json
from pathlib import Path
import re
import subprocess
from typing import Any

import pytest

from custom_components.courier_access.access.model import Decision, Outcome, Reason
from custom_components.courier_access.contract.messages import (
    MessageType,
    parse,
    read_json,
)
from custom_components.courier_access.contract.replies import Problem
from custom_components.courier_access.contract.signature import (
    Version,
    authenticate,
    new_secret,
    parse_key,
)
from scripts.lab.signing import PrivateKey

from .languages import EXAMPLES

PAGE = (EXAMPLES.parent / "README.md").read_text("utf-8")
MESSAGES = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)


def test_the_first_message_is_authentic_and_read() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    key = new_secret()
    names: dict[str, Any] = {}
    exec(example.replace("whsec_…", key), names)
    headers, body = names["headers"], names["body"].encode()
    signed = authenticate(
        [headers["webhook-id"]],
        [headers["webhook-timestamp"]],
        [headers["webhook-signature"]],
        body,
        [parse_key(key)],
        datetime.now(UTC),
    )
    assert signed.message_id == names["message_id"]
    assert parse(read_json(body)).type is MessageType.PING


@pytest.mark.parametrize(
    "message", MESSAGES, ids=lambda message: json.loads(message)["type"]
)
def test_every_message_that_is_shown_is_one(message: str) -> None:
    assert parse(read_json(message.encode())).type == json.loads(message)["type"]


def test_the_message_shown_to_a_courier_company_is_one() -> None:
    asked = (EXAMPLES.parents[1] / "ask-your-courier.md").read_text("utf-8")
    [message] = re.findall(r"```json\n(.*?)```", asked, re.DOTALL)
    assert parse(read_json(message.encode())).type is MessageType.ENTRY_REQUESTED


def test_every_type_of_message_is_shown() -> None:
    assert {json.loads(message)["type"] for message in MESSAGES} == {
        kind for kind in MessageType if kind is not MessageType.PING
    }


def test_the_key_pair_that_is_made_as_shown_is_one_that_buildings_take(
    tmp_path: Path,
) -> None:
    (making,) = (
        block
        for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
        if "-out" in block
    )
    made = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", making],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
    )
    private, public = made.stdout.split()
    assert parse_key(public).version is Version.V1A
    assert PrivateKey(private).public == public


def test_every_answer_is_documented() -> None:
    told = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert set(Decision) | set(Outcome) | set(Reason) <= told
    statuses = {int(status) for status in re.findall(r"\b[45]\d\d\b", PAGE)} | {503}
    assert {problem.status for problem in Problem} <= statuses
    assert "5xx" in PAGE
