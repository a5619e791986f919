"""Codes that drivers type: their form, and how many wrong ones a door takes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final
import unicodedata

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What short codes are made of: nothing that looks like something else."""

SHORT_CODE_LENGTH: Final = 8
ADDRESS_CODE_LENGTH: Final = 8
SHORTEST_PARCEL_NUMBER: Final = 6
"""Shorter references are too easily guessed to be a proof."""

MOST_WRONG: Final = 10
"""How many wrong codes within `WITHIN` block a door's codes."""
WITHIN: Final = timedelta(minutes=10)
SHORTEST_BLOCK: Final = timedelta(seconds=30)
LONGEST_BLOCK: Final = timedelta(hours=1)
MOST_IN_A_ROW: Final = 100
"""How many wrong codes in a row turn codes off at a door (NIST SP 800-63B, 5.2.2)."""

type Choose = Callable[[int], int]
"""Returns a random number below its argument."""


def normal_code(typed: str) -> str:
    """Return the form in which codes are compared: only letters and digits, folded."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    return "".join(each for each in folded if each.isalnum())


def pin_length(live: int) -> int:
    """Return how long a PIN is beside so many live ones: each is tried against all."""
    if live < 10:
        return 6
    return 7 if live < 100 else 8


def new_pin(length: int, choose: Choose) -> str:
    """Return a random PIN without an obvious pattern."""
    while has_pattern(pin := _digits(length, choose)):
        pass
    return pin


def new_address_code(choose: Choose) -> str:
    """Return a random address code without an obvious pattern."""
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
    """Wrong codes at a door: the latest ones, and the block that they led to."""

    in_a_row: int = 0
    recent: tuple[datetime, ...] = ()
    blocks: int = 0
    blocked_until: datetime | None = None

    @property
    def is_off(self) -> bool:
        """Return whether codes are off until somebody turns them on."""
        return self.in_a_row >= MOST_IN_A_ROW

    def is_blocked(self, now: datetime) -> bool:
        """Return whether no code is taken now."""
        # A clock that was set back must not prolong a block.
        until = self.blocked_until
        return self.is_off or (until is not None and now < until <= now + LONGEST_BLOCK)

    def after_wrong(self, now: datetime) -> Tries:
        """Return the tries after another wrong code."""
        recent = (*(at for at in self.recent if now - WITHIN < at <= now), now)
        tries = replace(self, in_a_row=self.in_a_row + 1, recent=recent)
        if len(recent) < MOST_WRONG:
            return tries
        lasts = min(SHORTEST_BLOCK * 2**self.blocks, LONGEST_BLOCK)
        return replace(
            tries, recent=(), blocks=self.blocks + 1, blocked_until=now + lasts
        )
