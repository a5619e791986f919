"""The example that couriers' developers copy works."""

from datetime import UTC, datetime
import re
from typing import Any

from custom_components.courier_access.contract.messages import MessageType, parse, read_json
from custom_components.courier_access.contract.signature import authenticate, new_secret, parse_key

from .vectors import DOCS


def test_the_readmes_first_message_is_authentic_and_read() -> None:
    (example,) = re.findall(
        r"```python\n(.*?)```", (DOCS / "README.md").read_text("utf-8"), re.DOTALL
    )
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
