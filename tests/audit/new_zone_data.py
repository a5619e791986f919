"""A building that starts again with other data about its time zone."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
import shutil
from typing import Final
from zoneinfo import ZoneInfo

from tests.audit.written_changes import ALWAYS, LIVES, Hours, Night
from tests.audit.zones import Zones
from tests.properties.tz_database import seconds, zone_file
from tests.properties.written_schedules import DAYS
from tests.support.house import utc

TOWN: Final = "Audit/Town"
"""A zone that only this test knows."""
RULES: Final = (
    ("Europe/Berlin", "Africa/Algiers"),
    ("Europe/Berlin", "Europe/Kaliningrad"),
    ("America/New_York", "America/Panama"),
    ("America/New_York", "America/Puerto_Rico"),
    ("Australia/Lord_Howe", "Australia/Sydney"),
    ("America/Panama", "America/New_York"),
)
"""What the clock went by, and goes by later: most abolish what they call summer time, one introduces it."""
DAMAGES: Final = (None, b"TZif2 and no more", b"", b"TZif2" + b"\0" * 600)
"""What is left of a zone's file; None for nothing."""
MORNINGS: Final = {day: [{"from": "08:00", "to": "12:00"}] for day in DAYS}
EVENINGS: Final = {day: [{"from": "22:30", "to": "01:30"}] for day in DAYS}
NIGHT: Final = Night(
    {
        "Ada": Hours(MORNINGS),
        "Ben": Hours(EVENINGS),
        "Cleo": Hours(MORNINGS, [{"from": "2027-07-06"}]),
    },
    Hours(ALWAYS),
)


@dataclass(slots=True)
class NewData:
    """The building, and the folder of the zone that only it is in."""

    zones: Zones
    folder: Path

    async def follow(self, earlier: str, later: str) -> None:
        """Give the zone other rules between two starts; hours follow them, and consent stays."""
        await self._begin(earlier)
        await self._compare()
        await self._start_with(later)
        await self._compare()
        self.zones.counts["zones with other rules"] += 1
        if told := self._told():
            self.zones.wrong.append(f"residents were told of other rules: {told}")

    async def lose(self, zone: str, damage: bytes | None) -> None:
        """Remove or damage the zone's file between two starts: nobody is let in until residents consent again."""
        await self._begin(zone)
        await self._compare()
        await self._start_with(None, damage)
        await self._see_it_closed()
        if len(self._told()) < len(NIGHT.hours):
            self.zones.wrong.append(f"{zone} is gone, and only {self._told()} was told")
        # Data that comes back brings no consent back.
        await self._start_with(zone)
        await self._see_it_closed()
        self.zones.counts["zones that vanished"] += 1

    async def rename(self, zone: str, name: str) -> None:
        """Leave a zone only under another name: an administrator has to choose it, and residents consent again."""
        await self._begin(zone)
        self._put(zone, name)
        await self._start_with(None)
        await self._see_it_closed()
        self.zones.zone = ""
        await self.zones.move(name, NIGHT)
        await self._see_it_closed()
        await self.zones.consent(NIGHT)
        await self._compare()
        self.zones.counts["zones with another name"] += 1

    async def _begin(self, zone: str) -> None:
        await self._start_with(zone)
        self.zones.zone = ""
        await self.zones.move(TOWN, NIGHT)
        await self.zones.consent(NIGHT)
        await self.zones.house.settle()
        self.zones.house.told.clear()

    async def _start_with(self, zone: str | None, damage: bytes | None = None) -> None:
        await self.zones.house.go_down()
        self._put(zone)
        if damage is not None:
            (self.folder / TOWN).write_bytes(damage)
        entry = self.zones.house.entry
        assert await self.zones.hass.config_entries.async_setup(entry.entry_id)
        await self.zones.clocks.pass_time(timedelta(minutes=6))
        await self.zones.house.settle()

    def _put(self, zone: str | None, name: str = TOWN) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        if zone is not None:
            shutil.copy(zone_file(zone), path)
        ZoneInfo.clear_cache()

    def _told(self) -> list[str]:
        return sorted(
            {name for name, text in self.zones.house.told if "time zone" in text}
        )

    def _moments(self) -> list[int]:
        """Return seconds of two days in winter and two in summer."""
        days = utc(2027, 1, 11), utc(2027, 1, 12), utc(2027, 7, 5), utc(2027, 7, 6)
        return [
            seconds(day) + minute * 60 for day in days for minute in range(0, 1440, 15)
        ]

    async def _compare(self) -> None:
        await self.zones.ask(NIGHT, self._moments())

    async def _see_it_closed(self) -> None:
        """See that nobody is let in at any time of the day."""
        for unit, names in LIVES.items():
            who = self.zones.people.acting(names[0])
            for second in self._moments():
                reason, _ = await self.zones.check(unit, second, who)
                self.zones.counts["minutes closed"] += 1
                if reason != "not_accepting":
                    self.zones.wrong.append(f"{unit} says {reason} without its zone")
        number = self.zones.counts["minutes closed"]
        answer = await self.zones.sender.grant(f"closed-{number}", ("3B",))
        if answer.body["decision"] != "refused":
            self.zones.wrong.append(f"a courier without a zone: {answer.body}")
