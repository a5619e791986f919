"""Test that the OpenAPI document and the code agree."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
import json
import re
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
import pytest
import yaml

from custom_components.courier_access.access.hours import Interval
from custom_components.courier_access.access.model import (
    Decision,
    Outcome,
    Proof,
    Reason,
)
from custom_components.courier_access.contract import messages, replies, signature
from custom_components.courier_access.contract.messages import (
    GRANT_ID_PATTERN,
    INSTANT_PATTERN,
    LONGEST_LOOK,
    MAX_ENTRIES,
    MAX_REASON_LENGTH,
    MAX_REFERENCE_LENGTH,
    MAX_REVISION,
    MAX_UNIT_LENGTH,
    MAX_UNITS,
    OLDEST_ENTRY,
    OLDEST_GRANT,
    TEXT_PATTERN,
    Fault,
    Malformed,
    MessageType,
    parse,
    read_json,
)
from custom_components.courier_access.contract.replies import Problem, Reply
from custom_components.courier_access.contract.signature import Version

from .documents import (
    grant_document,
    grant_ids,
    json_values,
    messages as sendable,
    nearly_messages,
)
from .test_messages import body_of
from .vectors import DOCS, VECTORS

DOCUMENT: dict[str, Any] = yaml.safe_load((DOCS / "openapi.yaml").read_text("utf-8"))
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATION: dict[str, Any] = DOCUMENT["paths"]["/api/webhook/{webhook_id}"]["post"]
RESPONSES: dict[str, Any] = OPERATION["responses"]

# What JSON Schema can't express: valid dates, windows that end after they start, 1.0 in
# place of 1.
BEYOND_SCHEMA = re.compile(
    "must be (a time with an offset|later than (starts_at|from)|at most 14 days after from|a whole number)"
)


def pattern(
    _validator: object, pattern: str, instance: object, _schema: object
) -> Iterator[ValidationError]:
    """Read a pattern like ECMA 262, where `$` never matches before a newline."""
    if isinstance(instance, str) and not re.search(
        re.sub(r"\$$", r"\\Z", pattern), instance
    ):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


# Its stubs give this function no types.
Ecma: Any = extend(Draft202012Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]


def validator(reference: str) -> Any:
    return Ecma(DOCUMENT | {"$ref": reference})


MESSAGE = validator("#/components/schemas/Message")
DECISION = validator("#/components/schemas/Decision")


def problem_schema(status: int) -> Any:
    place = f"#/paths/~1api~1webhook~1{{webhook_id}}/post/responses/{status}"
    return validator(f"{place}/content/application~1problem+json/schema")


def test_document_is_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    validate(DOCUMENT, cls=OpenAPIV31SpecValidator)


def test_every_closed_set_matches_the_code() -> None:
    assert SCHEMAS["Reason"]["enum"] == list(Reason)
    assert SCHEMAS["Outcome"]["enum"] == list(Outcome)
    for name in ("Message", "Decision"):
        assert list(SCHEMAS[name]["discriminator"]["mapping"]) == list(MessageType)
        for kind, place in SCHEMAS[name]["discriminator"]["mapping"].items():
            schema = SCHEMAS[place.removeprefix("#/components/schemas/")]
            assert schema["properties"]["type"] == {"const": kind}
            assert {"$ref": place} in SCHEMAS[name]["oneOf"]
    decisions = {
        decision
        for option in SCHEMAS["Decision"]["oneOf"]
        for decision in SCHEMAS[option["$ref"].rpartition("/")[2]]["properties"][
            "decision"
        ]["enum"]
    }
    assert decisions == set(Decision)


def test_every_problem_is_documented_under_its_status() -> None:
    documented = {
        (kind.removeprefix(replies.PROBLEM_TYPE_PREFIX), int(status))
        for status, response in RESPONSES.items()
        for media in response.get("content", {}).values()
        for part in media["schema"].get("allOf", [])
        for kind in part.get("properties", {}).get("type", {}).get("enum", [])
    }
    documented.add((Problem.METHOD, 405))
    assert "content" not in RESPONSES["405"], (
        "Home Assistant answers it, without a body"
    )
    assert documented == {(code, code.status) for code in Problem}
    for code in Problem:
        assert f"`{code}`" in RESPONSES[str(code.status)]["description"]


def test_limits_and_patterns_match_the_code() -> None:
    headers = {
        parameter["name"]: parameter["schema"]
        for parameter in OPERATION["parameters"]
        if parameter["in"] == "header"
    }
    grant, question, revocation = (
        SCHEMAS[name]["properties"]["data"]["properties"]
        for name in ("GrantIssued", "AvailabilityRequested", "GrantRevoked")
    )
    errors = SCHEMAS["Problem"]["properties"]["errors"]
    for schema, limit, value in (
        (headers["webhook-id"], "pattern", signature.ID_PATTERN),
        (headers["webhook-timestamp"], "pattern", signature.TIMESTAMP_PATTERN),
        (SCHEMAS["Instant"], "pattern", INSTANT_PATTERN),
        (SCHEMAS["GrantId"], "pattern", GRANT_ID_PATTERN),
        (SCHEMAS["Text"], "pattern", TEXT_PATTERN),
        (SCHEMAS["Revision"], "maximum", MAX_REVISION),
        (SCHEMAS["Unit"], "maxLength", MAX_UNIT_LENGTH),
        (SCHEMAS["Door"], "maxLength", MAX_REFERENCE_LENGTH),
        (SCHEMAS["Reference"], "maxLength", MAX_REFERENCE_LENGTH),
        (grant["units"], "maxItems", MAX_UNITS),
        (grant["max_entries"], "maximum", MAX_ENTRIES),
        (question["units"], "maxItems", MAX_UNITS),
        (revocation["reason"], "maxLength", MAX_REASON_LENGTH),
        (errors, "maxItems", messages.MAX_FAULTS),
    ):
        assert schema[limit] == value
    look = f"at most {LONGEST_LOOK.days} days"
    assert look in " ".join(question["until"]["description"].split())


def test_prose_has_the_numbers_and_vectors_of_the_code() -> None:
    prose = " ".join(DOCUMENT["info"]["description"].split())
    for text in (
        f"up to {signature.MAX_TOKENS} such tokens",
        f"more than {messages.MAX_DEPTH} levels of nesting",
        f"{signature.SECRET_BYTES[0]} to {signature.SECRET_BYTES[-1]} bytes",
        f"more than {OLDEST_ENTRY.seconds} s old",
        f"more than {OLDEST_GRANT.days} days old",
        f"more than {signature.TOLERANCE_SECONDS} s ahead",
    ):
        assert text in prose
    for vector in VECTORS["signatures"][:2]:
        headers = vector["headers"]
        for text in (
            vector["body"],
            vector["keys"][0]["key"],
            *chain(*headers.values()),
        ):
            assert f"`{text}`" in prose
    assert {vector["verified_by"] for vector in VECTORS["signatures"][:2]} == set(
        Version
    )


REQUESTS = OPERATION["requestBody"]["content"]["application/json"]["examples"]


def test_every_message_type_has_an_example_that_is_read() -> None:
    values = [example["value"] for example in REQUESTS.values()]
    for value in values:
        MESSAGE.validate(value)
        assert parse(read_json(json.dumps(value).encode())).type == value["type"]
    assert {value["type"] for value in values} == set(MessageType)


def interval(day: int, start: str, end: str) -> Interval:
    edges = (f"2026-11-{day}T{time}:00+01:00" for time in (start, end))
    return Interval(*map(datetime.fromisoformat, edges))


ADMITTED = replies.entry(
    Decision.ADMITTED,
    Reason.OK,
    "g-7f3a9c21e",
    "front",
    "01KAZ8Q4V3",
    Proof.SIGNED,
    Outcome.OPENED,
    lock_confirmed=True,
    unlocked_until=datetime.fromisoformat("2026-11-24T14:02:17+01:00"),
    entries_left=1,
)
DECISIONS = {
    "pong": replies.pong("Rue du Lac 1", ["front", "back"]),
    "accepted": replies.grant_issued(
        Decision.ACCEPTED,
        Reason.OK,
        "g-7f3a9c21e",
        2,
        ["3B"],
        usable=[interval(24, "14:00", "15:30")],
    ),
    "closed": replies.grant_issued(
        Decision.REFUSED,
        Reason.OUTSIDE_SCHEDULE,
        "g-b04d65f8a",
        1,
        [],
        next_windows=[interval(25, "08:00", "12:00")],
    ),
    "refused": replies.grant_issued(
        Decision.REFUSED, Reason.NOT_ACCEPTING, "g-19ce8072d", 1, []
    ),
    "revoked": replies.grant_revoked("g-7f3a9c21e", known=True),
    "unknown": replies.grant_revoked("g-7f3a9c2le", known=False),
    "admitted": ADMITTED,
    "replayed": replies.replayed(ADMITTED.body),
    "exhausted": replies.entry(
        Decision.REFUSED,
        Reason.ENTRIES_EXHAUSTED,
        "g-7f3a9c21e",
        "front",
        proof=Proof.SIGNED,
        entries_left=0,
    ),
    "availability": replies.availability(
        {
            "3B": [
                interval(24, "13:00", "18:00"),
                interval(25, "08:00", "12:00"),
            ],
            "4A": [],
        }
    ),
}
PROBLEMS = {
    "malformed": replies.problem(
        Problem.MALFORMED,
        [
            Fault("/data/ends_at", "must be later than starts_at"),
            Fault("/data/units/1", "must not be blank"),
        ],
    ),
    "unauthenticated": replies.problem(Problem.UNAUTHENTICATED),
    "rate_limited": replies.problem(Problem.RATE_LIMITED, retry_after=12),
    "door_busy": replies.problem(Problem.DOOR_BUSY),
}


def test_every_example_reply_matches_the_code() -> None:
    written = {
        name: (int(status), media_type, example["value"])
        for status, response in RESPONSES.items()
        for media_type, media in response.get("content", {}).items()
        for name, example in media.get("examples", {}).items()
    }
    replied = {
        name: (reply.status, reply.content_type, json.loads(reply.body))
        for name, reply in (DECISIONS | PROBLEMS).items()
    }
    assert written == replied


def test_reply_headers_are_documented() -> None:
    for reply in (DECISIONS | PROBLEMS).values():
        assert (
            reply.headers.keys()
            <= RESPONSES[str(reply.status)].get("headers", {}).keys()
        )
    assert RESPONSES["200"]["headers"].keys() == DECISIONS["replayed"].headers.keys()
    for status in ("429", "503"):
        assert RESPONSES[status]["headers"].keys() == {replies.RETRY_AFTER_HEADER}


instants = st.datetimes(timezones=st.timezones()).filter(
    lambda each: 2 < each.year < 9998
)
windows = st.none() | st.lists(st.builds(Interval, instants, instants), max_size=2)
decisions = st.one_of(
    st.builds(replies.pong, st.text(), st.lists(st.text(), max_size=3)),
    st.builds(
        replies.grant_issued,
        st.sampled_from([Decision.ACCEPTED, Decision.REFUSED]),
        st.sampled_from(Reason),
        grant_ids,
        st.integers(1, MAX_REVISION),
        st.lists(st.text(), max_size=3),
        windows,
        windows,
    ),
    st.builds(replies.grant_revoked, grant_ids, known=st.booleans()),
    st.builds(
        replies.entry,
        st.sampled_from([Decision.ADMITTED, Decision.REFUSED]),
        st.sampled_from(Reason),
        grant_ids,
        st.none() | st.text(),
        st.none() | st.text(),
        st.just(Proof.SIGNED),
        st.none() | st.sampled_from(Outcome),
        st.none() | st.booleans(),
        st.none() | instants,
        st.none() | st.integers(0, 10),
    ),
    st.builds(
        replies.availability,
        st.dictionaries(
            st.text(), st.lists(st.builds(Interval, instants, instants), max_size=2)
        ),
    ),
)


@given(decisions, st.booleans())
def test_every_decision_matches_the_schema(reply: Reply, again: bool) -> None:
    body = json.loads(replies.replayed(reply.body).body if again else reply.body)
    DECISION.validate(body)
    place = SCHEMAS["Decision"]["discriminator"]["mapping"][body["type"]]
    assert body.keys() <= SCHEMAS[place.rpartition("/")[2]]["properties"].keys()


def test_every_problem_matches_the_schema() -> None:
    for code in set(Problem) - {Problem.METHOD}:
        faults = [Fault("/data", "is required")] if code is Problem.MALFORMED else []
        body = json.loads(replies.problem(code, faults).body)
        problem_schema(code.status).validate(body)
        assert body.keys() <= SCHEMAS["Problem"]["properties"].keys(), code


@given(sendable)
def test_every_message_that_matches_the_schema_is_read(document: Any) -> None:
    MESSAGE.validate(document)
    assert parse(document)


def agree(document: Any) -> None:
    """Check that code and document agree, except on what the document can't express."""
    faults: tuple[Fault, ...] = ()
    try:
        parse(document)
    except Malformed as error:
        faults = error.faults
    if MESSAGE.is_valid(document):
        assert all(BEYOND_SCHEMA.match(fault.detail) for fault in faults)
    else:
        assert faults


@given(nearly_messages() | json_values)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_code_and_document_agree_on_mutated_messages(document: Any) -> None:
    agree(document)


@pytest.mark.parametrize("vector", VECTORS["bodies"], ids=lambda v: v["name"])
def test_code_and_document_agree_on_every_vector(vector: dict[str, Any]) -> None:
    try:
        document = read_json(body_of(vector))
    except Malformed:
        assert vector["faults"]
    else:
        agree(document)


@given(st.characters())
def test_code_and_document_agree_on_every_character(letter: str) -> None:
    for unit in (letter, letter * 2, f"a{letter}"):
        agree(grant_document(units=[unit]))
