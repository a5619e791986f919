"""Values that nobody sends in good faith, and documents that were tampered with."""

from collections.abc import Mapping, Sequence
import json
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings, strategies as st

MARK = "<b9f onload=x>"
"""Markup that no page may contain as it is."""

TEXTS: Sequence[str] = (
    *(
        "",
        " ",
        "\0",
        "3B\0",
        "\ud800",
        "\udfff\ud800",
        "\ufeff3B",
        "\uff13\uff22",
        "3b\u200b",
    ),
    *("\u202e3B", "\u2066", "İ", "ß" * 64, "a" * 33, "a" * 65, "a" * 300, "a" * 9_000),
    *("'", '"', "\\", "'; DROP TABLE entries;--", "' OR 1=1 --", "../../etc/passwd"),
    *("..%2f..%2f", "%00", "%s%n%x", "{0.__class__}", "{message}", "{}", "${jndi:x}"),
    *(MARK, f"</title>{MARK}", f'">{MARK}', "javascript:alert(1)", "\r\nX-Evil: 1"),
    *("null", "true", "0", "-0", "1e400", "NaN", "Infinity", "9" * 5_000, "٣", "①"),
    *("unknown", "unavailable", "None", "allow", "admin", "owner", "*", "?", "#", "\n"),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-02-30T00:00:00Z"),
    *("2026-06-30T23:59:60Z", "2026-11-28", "2026-11-28T12:00", "12:00", "24:00:00"),
    *("1970-01-01T00:00:00Z", "+275760-09-13T00:00:00Z", "2026-W48-6", "now", "-1"),
    *("👩‍👩‍👧‍👦" * 8, "\U0010ffff", "Z\u0301" * 40, "\x7f\x85\x9f", "\u2028\u2029"),
)
NUMBERS: Sequence[object] = (
    *(0, -1, 1, 2, 11, 2**31, 2**53, 2**53 + 1, 2**63, 2**64, 10**30, -(10**30)),
    *(0.5, -0.0, 1.0, 1e308, 5e-324, 1e22, True, False),
)
SHAPES: Sequence[object] = (
    *(None, [], {}, [[]], [None], {"": ""}, [{}], ["3B"] * 51, ["3B", "3b", "\uff13B"]),
    *({"$ref": "#"}, {"__proto__": {}}, {"type": "ping"}, [[[[[[[[]]]]]]]]),
    *([{"from": "24:00", "to": "00:00"}], {"monday": [{"from": "08:00"}]}),
    *({"from": "9999-12-31", "to": "0001-01-01"}, {"monday": None}, {"everyday": []}),
)
TOKENS: Sequence[bytes] = (
    *(b"NaN", b"-Infinity", b"1e999", b"01", b"1.", b"+1", b"0x10", b"'x'", b"//x\n"),
    *(
        b'"\\ud800"',
        b'"\\u0000"',
        b'"\\x41"',
        b"\xff\xfe",
        b"\xc0\x80",
        b"\xed\xa0\x80",
    ),
    *(b"[" * 40, b"]" * 3, b'{"a":' * 20, b",,", b"\x00", b"\xef\xbb\xbf", b"\n\t\r "),
    *(b"9" * 400, b"-0", b"true", b"null", b'""', b"{}", b"1e-9999", b'"\\u202e"'),
)


class Values:
    """A seeded supply of values: those above, and others that Hypothesis made."""

    def __init__(self, random: Random, made: Sequence[object]) -> None:
        self.random = random
        self._made = made

    def any(self) -> object:
        """Return a value of any type."""
        match self.random.randrange(5):
            case 0 | 1:
                return self.random.choice(TEXTS)
            case 2:
                return self.random.choice(NUMBERS)
            case 3:
                return self.random.choice(SHAPES)
            case _:
                return self.random.choice(self._made)

    def text(self) -> str:
        """Return a text."""
        value = self.random.choice((self.random.choice(TEXTS), self.any()))
        return value if isinstance(value, str) else json.dumps(value)

    def altered(self, document: object) -> object:
        """Return a JSON document with one place replaced, left out, or added."""
        if not isinstance(document, dict) or (document and self.random.random() < 0.02):
            return self.any()
        new = dict(document)
        if not new or self.random.random() < 0.1:
            new[self.text()] = self.any()
            return new
        key = self.random.choice(list(new))
        match new[key]:
            case dict() as inner if self.random.random() < 0.8:
                new[key] = self.altered(inner)
            case list() as inner if inner and self.random.random() < 0.5:
                place = self.random.randrange(len(inner))
                new[key] = [*inner[:place], self.any(), *inner[place + 1 :]]
            case _ if self.random.random() < 0.15:
                del new[key]
            case _:
                new[key] = self.any()
        return new

    def garbled(self, written: bytes) -> bytes:
        """Return a text with something in its bytes inserted, cut, doubled, or changed."""
        place = self.random.randrange(len(written) + 1)
        before, after = written[:place], written[place:]
        match self.random.randrange(9):
            case 0:
                return before
            case 1:
                return before + self.random.choice(TOKENS) + after
            case 2:
                return before + bytes([self.random.randrange(256)]) + after[1:]
            case 3:
                return before + after[self.random.randrange(1, 9) :]
            case 4:
                return written + self.random.choice((written, b" ", b"\0", b"x"))
            case 5:
                end = self.random.randrange(place, len(written) + 1)
                return written[:end] + written[place:]
            case 6:
                # A repeated key: a reader of the first one sees another document.
                return written.replace(b'"data"', b'"data": {}, "data"', 1)
            case 7:
                encodings = ("utf-16", "utf-32", "utf-8-sig", "utf-16-be")
                text = written.decode("utf-8", "replace")
                return text.encode(self.random.choice(encodings), "surrogatepass")
            case _:
                return written.replace(b":", b": " + self.random.choice(TOKENS), 1)


def made_by_hypothesis(chosen: int, count: int) -> Sequence[object]:
    """Return JSON values that Hypothesis makes from a seed."""
    leaves = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text()
        | st.datetimes().map(lambda at: at.isoformat() + "Z")
        | st.dates().map(str)
        | st.times().map(str)
    )
    return drawn(
        st.recursive(
            leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
        ),
        chosen,
        count,
    )


def drawn[T](values: st.SearchStrategy[T], chosen: int, count: int) -> Sequence[T]:
    """Return what Hypothesis makes of a strategy from a seed.

    It holds the process's random numbers meanwhile, so that nothing else may run beside it.
    """
    made: list[T] = []

    @seed(chosen)
    @settings(
        max_examples=count,
        database=None,
        derandomize=False,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(values)
    def take(value: T) -> None:
        made.append(value)

    take()
    return made


def as_json(document: object) -> bytes:
    """Write a document as JSON, lone surrogates as escapes."""
    try:
        return json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(document).encode()


type Document = Mapping[str, object]
