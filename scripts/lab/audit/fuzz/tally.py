"""What was sent from where, what came back, and which promise an answer broke."""

from collections import Counter
from dataclasses import dataclass, field

from ...show import say

MOST_KEPT = 20


@dataclass(slots=True)
class Tally:
    """The figures of a run. Whatever stands in `wrong` broke a promise, or answered as the documents don't say."""

    requests: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: int = 0
    without_proof: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many requests were answered, from all sources."""
        return self.requests.total()

    def count(self, source: str, outcome: str) -> None:
        """Count a request and how it was answered."""
        self.requests[source] += 1
        self.outcomes[source, outcome] += 1

    def error(self, source: str, what: str) -> None:
        """Note an answer that no request may get."""
        self.errors += 1
        self._keep(f"{source}: {what}")

    def admitted(self, source: str, what: str) -> None:
        """Note that somebody was let in without proof."""
        self.without_proof += 1
        self._keep(f"{source}: admitted without proof: {what}")

    def _keep(self, what: str) -> None:
        if len(self.wrong) < MOST_KEPT:
            say(what)
            self.wrong.append(what)

    def lines(self) -> list[str]:
        """Return a line for each source: how many requests, and how many of each answer."""
        return [
            f"{source}: {count:,} ({self._outcomes(source)})"
            for source, count in sorted(self.requests.items())
        ]

    def _outcomes(self, source: str) -> str:
        found = {
            outcome: count
            for (of, outcome), count in self.outcomes.items()
            if of == source
        }
        by_count = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return ", ".join(f"{outcome} {count:,}" for outcome, count in by_count)


@dataclass(slots=True)
class Proofs:
    """What the fuzzer itself showed that may let somebody in."""

    signed: set[tuple[str, str]] = field(default_factory=set)
    """A courier's ID and a grant's, of which an authentic message asked for entry."""
    passes: set[str] = field(default_factory=set)
    """The IDs of passes whose PIN, code, or link was shown."""
    numbers: int = 0
    """How often a parcel's number or an address code was shown that is one."""
    answers: int = 0
    """How often a resident answered that a driver who rings may come in."""
