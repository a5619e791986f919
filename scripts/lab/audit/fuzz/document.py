"""Holds answers against the OpenAPI document of the couriers' API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from jsonschema_rs import Validator, validator_for
import yaml

from ...answers import Record, UnexpectedAnswerError, parsed, record
from ...places import ROOT
from .wire import Reply

PATH = ROOT / "docs" / "courier-api" / "openapi.yaml"
OPERATION = "/api/webhook/{webhook_id}"


def document() -> dict[str, object]:
    """Read the document."""
    return cast("dict[str, object]", yaml.safe_load(PATH.read_text()))


@dataclass(slots=True)
class Documented:
    """The answers that the document has, by their status."""

    _answers: dict[int, tuple[str, Validator] | None] = field(default_factory=dict)
    _must_have: dict[int, set[str]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Documented:
        """Read the document."""
        held, whole = cls(), document()
        paths = record(whole["paths"])
        responses = record(record(record(paths[OPERATION])["post"])["responses"])
        for status, response in responses.items():
            held._take(int(status), record(response), record(whole["components"]))
        return held

    def _take(self, status: int, response: Record, components: Record) -> None:
        # Home Assistant says 405 without a body.
        content = record(response.get("content") or {})
        self._answers[status] = None
        for kind, held in content.items():
            schema = {**record(record(held)["schema"]), "components": components}
            self._answers[status] = kind, validator_for(schema)
        named = record(response.get("headers") or {})
        self._must_have[status] = {name.lower() for name in named} - {
            "idempotency-replayed"
        }

    def fault(self, reply: Reply) -> str | None:
        """Return what the document doesn't say about an answer, None if it says all."""
        if reply.status not in self._answers:
            return f"status {reply.status} is not in the document"
        answer = self._answers[reply.status]
        if answer is None:
            return None
        kind, validator = answer
        if reply.kind != kind:
            return f"{reply.status} as {reply.kind!r}"
        if missing := self._must_have[reply.status] - reply.headers.keys():
            return f"{reply.status} without {missing}"
        try:
            body = parsed(reply.body)
        except UnexpectedAnswerError:
            return f"{reply.status} with {reply.body[:100]!r}"
        if not validator.is_valid(body):
            return f"{reply.status} with {reply.body[:300]!r}"
        return None


def content(reply: Reply) -> Mapping[str, object]:
    """Return the object in an answer; an empty one if there is none."""
    try:
        return record(parsed(reply.body))
    except UnexpectedAnswerError:
        return {}
