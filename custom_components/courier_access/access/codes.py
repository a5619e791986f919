"""Codes that drivers type: their form, and how many wrong ones a door takes."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final
import unicodedata

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What short codes are made of: nothing that looks like something else."""

SHORT_CODE_LENGTH: Final = 8
ADDRESS_CODE_LENGTH: Final = 8

MOST_WRONG: Final = 5
"""How many wrong codes of a network `WITHIN` block it for as long."""
WITHIN: Final = timedelta(minutes=10)

CHANCE: Final = Fraction(5, 1000)
"""The greatest chance to guess any of a door's codes within a day."""
MOST_A_DAY: Final = 20_000
"""How many wrong codes a door takes at most in a day."""
LEAST_A_DAY: Final = 10_000
"""How many wrong codes a door should take a day: PINs are as long as that takes."""
KEYPADS_SHARE: Final = Fraction(1, 10)
"""The part of a day's wrong codes that is the keypads' own."""
SHORTEST_PIN: Final = 8
_DAY: Final = timedelta(days=1)
_HOUR: Final = 3600

type Choose = Callable[[int], int]
"""Returns a random number below its argument."""


def normal_code(typed: str) -> str:
    """Return the form in which codes are compared: only letters and digits, folded.

    Digits are those of ASCII, in whatever script a phone's keyboard types them.
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    return "".join(
        str(unicodedata.decimal(each, each)) for each in folded if each.isalnum()
    )


def pin_length(live: int) -> int:
    """Return how long a PIN is beside so many live codes: each is tried against all."""
    length = SHORTEST_PIN
    while (live + 1) * LEAST_A_DAY > CHANCE * 10**length:
        length += 1
    return length


def most_wrong(lengths: Iterable[int], *, at_keypad: bool) -> int:
    """Return how many wrong codes a door with codes of these lengths takes a day."""
    hit = sum(Fraction(1, 10**length) for length in lengths)
    most = min(Fraction(MOST_A_DAY), CHANCE / hit) if hit else Fraction(MOST_A_DAY)
    return int(most * (KEYPADS_SHARE if at_keypad else 1 - KEYPADS_SHARE))


def new_pin(length: int, choose: Choose) -> str:
    """Return a random PIN without an obvious pattern."""
    while has_pattern(pin := _digits(length, choose)):
        pass
    return pin


def new_address_code(choose: Choose) -> str:
    return new_pin(ADDRESS_CODE_LENGTH, choose)


def new_short_code(choose: Choose) -> str:
    """Return a random short code, such as 7K4M-Q2XD."""
    code = "".join(LETTERS[choose(len(LETTERS))] for _ in range(SHORT_CODE_LENGTH))
    # Without a letter it could be the same as an address code.
    return new_short_code(choose) if code.isdigit() else code


def in_groups(code: str) -> str:
    """Return a short code as people read it."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def has_pattern(pin: str) -> bool:
    """Return whether people would guess a PIN: steps, few digits, or a repetition."""
    steps = {(int(later) - int(earlier)) % 10 for earlier, later in pairwise(pin)}
    return (
        len(steps) == 1
        or len(set(pin)) < 3
        or pin == pin[::-1]
        or any(
            pin == (pin[:part] * len(pin))[: len(pin)]
            for part in range(1, len(pin) // 2 + 1)
        )
    )


def _digits(length: int, choose: Choose) -> str:
    return "".join(str(choose(10)) for _ in range(length))


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong codes at a door within a day, by the hour, at pages and at keypads.

    An hour counts for the day after it. What lies in the future, before a clock was set
    back, counts like the past.
    """

    hours: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    notified_at: datetime | None = None

    def wrong(self, now: datetime, *, at_keypad: bool) -> int:
        return sum(hour[at_keypad] for hour in self._lately(now).values())

    def after_wrong(self, now: datetime, *, at_keypad: bool) -> Tries:
        """Return the tries after another wrong code."""
        hours = self._lately(now)
        pages, keypads = hours.get(_hour(now), (0, 0))
        hours[_hour(now)] = pages + (not at_keypad), keypads + at_keypad
        return replace(self, hours=hours)

    def is_notified(self, now: datetime) -> bool:
        return self.notified_at is not None and abs(now - self.notified_at) < _DAY

    def _lately(self, now: datetime) -> dict[int, tuple[int, int]]:
        return {
            hour: wrong
            for hour, wrong in self.hours.items()
            if abs(_hour(now) - hour) <= _DAY // timedelta(hours=1)
        }


def _hour(now: datetime) -> int:
    return int(now.timestamp()) // _HOUR


class WrongLately:
    """Who typed something wrong in the last ten minutes, for the most recent ones."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._at: OrderedDict[str, tuple[datetime, ...]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._at)

    def blocked_until(self, who: str, now: datetime) -> datetime | None:
        """Return until when somebody is blocked, if they are."""
        at = self._at.get(who, ())
        if len(at) < MOST_WRONG:
            return None
        # A clock that was set back must not prolong it.
        return at[-1] + WITHIN if at[-1] <= now < at[-1] + WITHIN else None

    def count(self, who: str, now: datetime) -> None:
        """Count something wrong."""
        before = self._at.pop(who, ())
        recent = [at for at in before if now - WITHIN < at <= now]
        self._at[who] = (*recent, now)[-MOST_WRONG:]
        if len(self._at) > self._most:
            self._at.popitem(last=False)
