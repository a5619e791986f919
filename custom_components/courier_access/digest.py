"""When a resident is told of other people's deliveries together."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_digest(minute: int, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next instant after `now` at which the zone's clock shows that minute of the day.

    An hour that the clock repeats counts the first time; one that it skips counts as much later as it skips.
    """
    today = now.astimezone(zone).date()
    wall_clock = time(minute // 60, minute % 60)
    for day in (today, today + timedelta(days=1), today + timedelta(days=2)):
        instant = datetime.combine(day, wall_clock, tzinfo=zone).astimezone(UTC)
        if instant > now:
            return instant
    raise AssertionError("a clock shows every minute within two days")
