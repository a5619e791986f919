"""When a resident is told of other people's deliveries together."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_digest(minute: int, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next instant after `now` at which the zone's clock shows that minute of the day.

    An hour that the clock repeats counts the first time; one that it skips counts as much later as it skips.
    """
    today = now.astimezone(zone).date()
    wall_clock = time(minute // 60, minute % 60)
    days = (today + timedelta(days=number) for number in range(3))
    instants = (datetime.combine(day, wall_clock, tzinfo=zone).astimezone(UTC) for day in days)
    return next(instant for instant in instants if instant > now)
