"""What the personal page's template shows besides the contents: how its forms are filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ...access.model import Attitude
from ...access.schedule import WEEKDAYS
from ...access.written_hours import FIELD_EVERY_DAY, write_hours
from ..html import PageTexts, render
from .contents import DeliveryItem, Draft, PageContents
from .forms import (
    COURIER,
    DAY,
    DOOR,
    FIXED,
    FROM,
    GRANT,
    HOURS,
    PARCEL,
    SHOWN_HOURS,
    TO,
    WEEK_PRESETS,
    Action,
    Choices,
    PauseLength,
    Preset,
)


@dataclass(frozen=True, slots=True)
class _Form:
    """A folded form as it is filled in; it's open, with messages by field, if it was refused."""

    values: Mapping[str, str]
    messages: Mapping[str, Sequence[str]]
    is_open: bool


def personal_page(texts: PageTexts, contents: PageContents) -> str:
    """Return the page."""
    rules, choices = contents.rules, contents.choices
    today = contents.now.astimezone(texts.zone).date()
    coming = [each for each in rules.exceptions if each.last >= today]
    return render(
        "personal.html.j2",
        texts=texts,
        page=contents,
        next=min(contents.expected, key=lambda each: each.starts_at, default=None),
        deliveries=[
            (each, _change(contents, each, texts.zone)) for each in contents.expected
        ],
        parcel=None if choices is None else _new(contents, choices),
        times=None if choices is None else _times(texts, choices),
        pause_lengths=PauseLength,
        weeks=[
            (preset, SHOWN_HOURS.get(preset), week == rules.schedule)
            for preset, week in WEEK_PRESETS.items()
        ],
        hours=_hours(contents),
        days_off=[texts.exception(each) for each in coming if not each.windows],
        other_hours=[texts.exception(each) for each in coming if each.windows],
        attitudes=_attitudes(texts, contents),
    )


def _form(values: Mapping[str, str], draft: Draft | None) -> _Form:
    """Return a form, filled in as it was if it was refused."""
    if draft is None:
        return _Form(values, {}, is_open=False)
    return _Form({**values, **draft.fields}, draft.messages, is_open=True)


def _new(contents: PageContents, choices: Choices) -> _Form:
    """Return the form for a parcel that isn't expected, or not anymore."""
    draft = contents.draft
    if draft is not None and (
        draft.action not in (Action.EXPECT, Action.REVISE)
        or any(_revises(draft, each) for each in contents.expected)
    ):
        draft = None
    values: dict[str, str] = {
        COURIER: next(iter(choices.couriers)),
        DOOR: "",
        DAY: choices.first.isoformat(),
        HOURS: choices.presets[0],
        FROM: "",
        TO: "",
        PARCEL: "",
    }
    return _form(values, draft)


def _change(contents: PageContents, delivery: DeliveryItem, zone: ZoneInfo) -> _Form:
    """Return the form to change an expected delivery."""
    start, end = delivery.starts_at.astimezone(zone), delivery.ends_at.astimezone(zone)
    values: dict[str, str] = {
        DOOR: delivery.door_id,
        DAY: start.date().isoformat(),
        HOURS: Preset.OTHER,
        FROM: f"{start:%H:%M}",
        TO: f"{end:%H:%M}",
        PARCEL: delivery.parcel_ref or "",
    }
    draft = contents.draft
    is_refused = draft is not None and _revises(draft, delivery)
    return _form(values, draft if is_refused else None)


def _revises(draft: Draft, delivery: DeliveryItem) -> bool:
    return draft.action is Action.REVISE and (
        draft.fields[COURIER],
        draft.fields[GRANT],
    ) == (delivery.key.courier_id, delivery.key.grant_id)


def _times(texts: PageTexts, choices: Choices) -> Mapping[str, str]:
    """Return the presets to choose, each with its name."""
    names = {
        Preset.MINE: texts.plain("page_my_hours"),
        Preset.ALL_DAY: texts.plain("page_all_day"),
        Preset.OTHER: texts.plain("page_other_times"),
    } | {
        preset: texts.plain("page_hours", start=f"{start:%H:%M}", end=f"{end:%H:%M}")
        for preset, (start, end) in FIXED.items()
        if preset is not Preset.ALL_DAY
    }
    return {preset: names[preset] for preset in choices.presets}


def _hours(contents: PageContents) -> _Form:
    """Return the form for weekly hours, a line a day."""
    written = write_hours(contents.rules.schedule)
    every_day = written.get(FIELD_EVERY_DAY, "")
    values = {day: written.get(day, every_day) for day in WEEKDAYS}
    draft = contents.draft
    is_refused = draft is not None and draft.action is Action.SET_HOURS
    return _form(values, draft if is_refused else None)


def _attitudes(texts: PageTexts, contents: PageContents) -> Mapping[str, Attitude]:
    """Return the default attitude, and those to couriers that differ from it, by name."""
    rules = contents.rules
    return {texts.plain("panel_by_default"): rules.default} | {
        contents.couriers[courier_id]: attitude
        for courier_id, attitude in rules.couriers.items()
        if attitude is not rules.default and courier_id in contents.couriers
    }
