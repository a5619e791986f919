"""What must be true of a door's other ways in: which reports of a source are entries.

The rules are those of docs/how-to/other-courier-access.md.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

COOL_DOWN = timedelta(seconds=30)
READER = "reader"
RELAY = "relay"
WANTED = "granted"


@dataclass(frozen=True)
class Shown:
    """What a source shows: a relay's state, or the time and the type of a reader's last event."""

    value: str
    type: str | None = None

    def is_known(self, source: str) -> bool:
        """Whether it says anything about the source."""
        if source == RELAY:
            return self.value in ("on", "off")
        return self.value != "unavailable"

    def is_use(self, source: str) -> bool:
        """Whether somebody may have come in."""
        return self.value == "on" if source == RELAY else self.type == WANTED


@dataclass
class OtherAccess:
    """What the sources showed, and the entries through them."""

    shown: dict[str, Shown] = field(
        default_factory=lambda: {RELAY: Shown("off"), READER: Shown("unknown")}
    )
    read: dict[str, Shown] = field(default_factory=dict)
    """What was read last of each source; before the first there is no use."""
    counted: dict[str, datetime] = field(default_factory=dict)
    entries: list[tuple[str, datetime]] = field(default_factory=list)

    def start(self, now: datetime, *, forgets: bool) -> None:
        """Begin to watch; a reload remembers what was read before, a restart does not."""
        if forgets:
            self.read, self.counted = {}, {}
        for source, shown in self.shown.items():
            self.show(source, shown, now)

    def show(self, source: str, shown: Shown, now: datetime) -> None:
        """Read what a source shows: each use is an entry, or belongs to one just before."""
        self.shown[source] = shown
        if not shown.is_known(source):
            return
        before, self.read[source] = self.read.get(source), shown
        if before is None or before.value == shown.value or not shown.is_use(source):
            return
        counted = self.counted.get(source)
        if counted is None or now - counted >= COOL_DOWN:
            self.counted[source] = now
            self.entries.append((source, now))
