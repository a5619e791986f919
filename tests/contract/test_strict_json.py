"""Test that a body means the same to every reader, or is rejected."""

from contextlib import suppress
import json
import math
from typing import Any

from hypothesis import example, given, strategies as st
import pytest

from custom_components.courier_access.contract.messages import (
    Fault,
    Malformed,
    pointer,
    read_json,
)

plain_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**1023), 2**1023)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=8,
)


def faults_of(body: bytes) -> tuple[Fault, ...]:
    with pytest.raises(Malformed) as caught:
        read_json(body)
    return caught.value.faults


@given(plain_values, st.booleans())
def test_json_values_are_read(value: Any, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert read_json(text.encode()) == value


FRAGMENTS = st.sampled_from(
    [
        *(
            '{"a":',
            '"a":',
            "[",
            "]",
            "}",
            ",",
            '"',
            "\\",
            "\\\\",
            '\\"',
            "\\ud800",
            "\\u00e9",
        ),
        *("1e999", "-0", "NaN", "0", "9" * 5000, "true", "é", "\n", "\x00", "\ufeff"),
    ]
)


@given(
    st.binary()
    | st.lists(FRAGMENTS, max_size=40).map(lambda parts: "".join(parts).encode())
)
@example(b"[" * 20_000)
@example(b'"' + b'\\"' * 10_000)
@example(b'{"a":' * 4_000)
@example(b"9" * 20_000)
@example(b"\xff\xfe[\x00")
def test_only_malformed_is_raised_and_other_readers_agree(body: bytes) -> None:
    with suppress(Malformed):
        value = read_json(body)
        assert json.loads(body) == value
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


@given(st.text(st.characters()))
def test_pointer_can_be_sent_and_finds_its_key(key: str) -> None:
    text = pointer("data", 3, key)
    text.encode()
    if len(key) <= 100 and not any("\ud800" <= letter <= "\udfff" for letter in key):
        last = text.removeprefix("/data/3/")
        assert "/" not in last
        assert last.replace("~1", "/").replace("~0", "~") == key


@pytest.mark.parametrize("inside", ["[" * 30, '\\"' + "[" * 30, '{\\"\\\\', "\\\\"])
def test_brackets_in_strings_are_not_nesting(inside: str) -> None:
    text = f'["{inside}", ' + "[" * 15 + "]" * 15 + "]"
    assert read_json(text.encode()) == json.loads(text)
    deeper = f'["{inside}", ' + "[" * 16 + "]" * 16 + "]"
    assert faults_of(deeper.encode()) == (
        Fault("", "must not be nested deeper than 16"),
    )


def test_string_that_breaks_the_line_is_no_json_whatever_is_in_it() -> None:
    [fault] = faults_of(b'["\\\n' + b"[" * 30 + b'"]')
    assert fault.detail.startswith("must be JSON (line 1, column 3")


@pytest.mark.parametrize(
    "deep", [b"[" * 17 + b"]" * 17, b'{"a":' * 17 + b"1" + b"}" * 17]
)
def test_sixteen_levels_are_read_and_seventeen_refused(deep: bytes) -> None:
    assert faults_of(deep) == (Fault("", "must not be nested deeper than 16"),)
    assert read_json(b"[" * 16 + b"]" * 16)


@pytest.mark.parametrize("before", ["[], ", "{}, ", '"[", ', "[[[[]]], {}], "])
def test_brackets_that_are_closed_count_no_more(before: str) -> None:
    for levels in (1, 3):
        left = 16 - levels
        deep = "[" * levels + before * 20 + "[" * left + "]" * 16
        assert read_json(deep.encode()) == json.loads(deep)
        deeper = "[" * levels + before * 20 + "[" * (left + 1) + "]" * 17
        assert faults_of(deeper.encode()) == (
            Fault("", "must not be nested deeper than 16"),
        )


def test_largest_double_is_read_and_nothing_beyond() -> None:
    largest = math.nextafter(math.inf, 0)
    assert read_json(repr(largest).encode()) == largest
    assert read_json(str(int(largest)).encode()) == int(largest)
    assert faults_of(b'{"n": [1e309, -1e309, ' + b"9" * 5000 + b"]}") == tuple(
        Fault(f"/n/{index}", "must be a number that a double can hold")
        for index in range(3)
    )


def test_every_fault_is_located() -> None:
    body = rb'{"a": {"b": 1, "b": NaN, "\udc00": ["\ud800x", "\ud83d\ude00"]}, "a~/": -Infinity}'
    assert [(fault.pointer, fault.detail) for fault in faults_of(body)] == [
        ("/a/\\udc00", "must not contain half of a surrogate pair"),
        ("/a/\\udc00/0", "must not contain half of a surrogate pair"),
        ("/a/b", "must not be repeated"),
        ("/a/b", "must not be NaN"),
        ("/a~0~1", "must not be -Infinity"),
    ]


def test_invalid_json_is_located_by_line_and_column() -> None:
    assert faults_of(b'{\n  "a" 1}') == (
        Fault("", "must be JSON (line 2, column 7: Expecting ':' delimiter)"),
    )
    assert faults_of(b'{"a": "\xe9"}') == (Fault("", "must be UTF-8 (byte 7)"),)


def test_at_most_fifty_faults_are_reported() -> None:
    assert len(faults_of(b"[" + b",".join([b"NaN"] * 60) + b"]")) == 50


def test_fault_does_not_grow_with_a_senders_keys() -> None:
    body = b'{"' + b"k" * 10_000 + b'": {"' + b"l" * 9_000 + b'": NaN}}'
    (fault,) = faults_of(body)
    assert fault.pointer == "/" + "k" * 100 + "/" + "l" * 100
