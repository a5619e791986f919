"""The HTML of the personal page."""

from collections.abc import Iterator
from datetime import datetime

from ...access.model import Attitude, Consent, EntryDecision, Proof
from ...access.schedule import WEEKDAYS
from ...access.written_hours import FIELD_EVERY_DAY, write_hours
from ...api.entries_view import ReadEntry
from ..html import (
    NOTHING,
    Html,
    button,
    document,
    element,
    field,
    items,
    join,
    paragraph,
    section,
    text,
)
from ..texts import PageTexts
from .contents import CheckResult, PageContents
from .forms import ACTION, AGREE, CHECK, NOTIFICATION, Action
from .parcels import expected, made_pass

EXPORT = "export"
ENTRIES = "entries"
VERIFIER = "verifier"


def personal_page(texts: PageTexts, contents: PageContents) -> str:
    """Return the page."""
    html = texts.html
    return document(
        texts.language,
        texts.plain("page_title", building=contents.building),
        element("h1", text(contents.building)),
        texts.paragraph("page_unit", unit=contents.unit, classes="soft"),
        _result(texts, contents),
        NOTHING if contents.made is None else made_pass(texts, contents.made),
        _check_result(texts, contents.check),
        section(html("page_now"), *_now(texts, contents)),
        section(html("page_expected"), *expected(texts, contents))
        if contents.is_confirmed
        else NOTHING,
        section(html("page_stop"), *_stop(texts, contents)),
        section(html("page_consent"), *_consent(texts, contents)),
        section(html("page_hours_heading"), *_hours(texts, contents)),
        section(html("page_came"), *_entries(texts, contents)),
        section(html("page_check"), *_check(texts)),
        section(html("page_take"), *_downloads(texts)),
        section(
            html("page_link"),
            texts.paragraph("page_link_says"),
            element(
                "details",
                element("summary", html("page_link_replace")),
                texts.paragraph("page_link_replace_says"),
                button(html("page_renew_link"), {ACTION: Action.RENEW_LINK}),
            ),
        ),
    )


def message_page(texts: PageTexts, reason: str) -> str:
    """Return the short page that says why there is no page."""
    return document(
        texts.language,
        texts.plain(f"page_{reason}_title"),
        element("h1", texts.html(f"page_{reason}_title")),
        texts.paragraph(f"page_{reason}_says"),
    )


def _result(texts: PageTexts, contents: PageContents) -> Html:
    lines = []
    if contents.result is not None:
        lines.append(paragraph(texts.html(f"page_said_{contents.result}")))
    if contents.draft is not None:
        lines += (
            paragraph(text(each), classes="shut")
            for each in contents.draft.messages.get("", ())
        )
    if not lines:
        return NOTHING
    return element("div", *lines, classes="said", attributes={"role": "status"})


def _check_result(texts: PageTexts, check: CheckResult | None) -> Html:
    """Return the result of a check, and of each record that a notification names."""
    if check is None:
        return NOTHING
    lines = _check_lines(texts, check)
    return element("div", *lines, classes="said", attributes={"role": "status"})


def _check_lines(texts: PageTexts, check: CheckResult) -> Iterator[Html]:
    count, broken = str(check.records), str(check.broken_at)
    if check.broken_at is not None:
        yield texts.paragraph("page_checked_broken", "now shut", record=broken)
    # Next to a mismatch, this would look like an all-clear.
    elif all(standing == "unchanged" for _, standing in check.notifications):
        yield texts.paragraph("page_checked_intact", "now open", count=count)
    for record, standing in check.notifications:
        classes = "open" if standing == "unchanged" else "shut"
        key = f"page_standing_{standing}"
        yield texts.paragraph(key, classes, record=str(record))
    if not check.is_read:
        yield texts.paragraph("page_checked_unread", "shut")
    elif not check.notifications:
        yield texts.paragraph("page_checked_alone", "soft")


def _check(texts: PageTexts) -> Iterator[Html]:
    yield texts.paragraph("page_check_says")
    field = element(
        "p",
        element(
            "label",
            texts.html("page_check_notification"),
            attributes={"for": NOTIFICATION},
        ),
        Html(
            f'<textarea id="{NOTIFICATION}" name="{NOTIFICATION}" rows="3" autocomplete="off"></textarea>'
        ),
    )
    yield button(texts.html("page_check_button"), {ACTION: CHECK}, field)


def _downloads(texts: PageTexts) -> Iterator[Html]:
    for what, says, name in (
        (ENTRIES, "page_take_entries", "courier-access.csv"),
        (EXPORT, "page_take", "courier-access.json"),
        (VERIFIER, "page_take_verifier", "verify_record.py"),
    ):
        yield texts.paragraph(f"{says}_says")
        yield element(
            "a",
            texts.html(f"{says}_link"),
            classes="button",
            attributes={"href": f"?{what}", "download": name},
        )


def _now(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    if contents.shut is None:
        yield texts.paragraph("page_open", "now open")
        yield texts.paragraph("page_open_says", "soft")
    else:
        yield texts.paragraph("page_shut", "now shut")
        yield texts.paragraph(f"page_shut_{contents.shut}")


def _stop(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    if contents.is_confirmed:
        until = contents.unit_paused_until
        yield from _pause(texts, "unit", until, Action.PAUSE_UNIT, Action.RESUME_UNIT)
    until = contents.building_paused_until
    pause, resume = Action.PAUSE_BUILDING, Action.RESUME_BUILDING
    yield from _pause(texts, "building", until, pause, resume)


def _pause(
    texts: PageTexts, what: str, until: datetime | None, pause: Action, resume: Action
) -> Iterator[Html]:
    if until is None:
        yield texts.paragraph(f"page_stop_{what}_says")
        yield button(texts.html(f"page_{pause}"), {ACTION: pause}, classes="no")
    else:
        paused_until = texts.moment(until)
        yield texts.paragraph(f"page_{what}_paused", "shut", until=paused_until)
        yield button(texts.html(f"page_{resume}"), {ACTION: resume})


def _consent(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    yield texts.paragraph(f"page_consent_{contents.rules.consent}", classes="now")
    yield texts.paragraph("page_consent_means")
    yield texts.paragraph("page_consent_hours")
    if contents.rules.consent is Consent.GIVEN:
        yield button(
            texts.html("page_withdraw_consent"),
            {ACTION: Action.WITHDRAW_CONSENT},
            classes="no",
        )
        return
    box = element(
        "label",
        Html(f'<input type="checkbox" name="{AGREE}" value="yes" required>'),
        element("span", texts.html("page_agree")),
    )
    yield button(
        texts.html("page_give_consent"),
        {ACTION: Action.GIVE_CONSENT},
        box,
        classes="yes",
    )


def _hours(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    rules = contents.rules
    lines = texts.week(rules.schedule)
    today = contents.now.astimezone(texts.zone).date()
    coming = [texts.exception(each) for each in rules.exceptions if each.last >= today]
    if lines:
        yield items(map(text, lines), classes="plain")
    else:
        yield texts.paragraph("page_hours_none")
    if coming:
        yield texts.paragraph("page_exceptions")
        yield items(map(text, coming), classes="plain")
    if rules.default is not Attitude.ALLOW:
        yield texts.paragraph(f"page_default_{rules.default}")
    for courier_id, attitude in rules.couriers.items():
        if attitude is not rules.default and courier_id in contents.couriers:
            yield texts.paragraph(
                f"page_courier_{attitude}", courier=contents.couriers[courier_id]
            )
    if rules.linked:
        yield texts.paragraph("page_conditions")
    yield _set_hours(texts, contents)


def _set_hours(texts: PageTexts, contents: PageContents) -> Html:
    """Return the form for weekly hours, a line a day."""
    draft = contents.draft
    if draft is not None and draft.action is not Action.SET_HOURS:
        draft = None
    values = write_hours(contents.rules.schedule) if draft is None else draft.fields
    every_day = values.get(FIELD_EVERY_DAY, "")
    lines = []
    for day in WEEKDAYS:
        messages = () if draft is None else draft.messages.get(day, ())
        lines.append(
            field(
                texts.html(f"page_{day}"),
                day,
                "text",
                values.get(day, every_day),
                {"autocomplete": "off"},
                described_by=f"wrong-{day}" if messages else "",
            )
        )
        if messages:
            lines.append(
                element(
                    "p",
                    *_spaced([text(each) for each in messages]),
                    classes="shut",
                    attributes={"id": f"wrong-{day}", "role": "alert"},
                )
            )
    form = button(
        texts.html("panel_save"), {ACTION: Action.SET_HOURS}, *lines, classes="yes"
    )
    return element(
        "details",
        element("summary", texts.html("page_hours_change")),
        texts.paragraph("page_hours_says", "soft"),
        form,
        attributes=None if draft is None else {"open": ""},
    )


def _entries(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    yield texts.paragraph("page_came_says", "soft")
    yield texts.paragraph(
        "page_erased_after", days=str(contents.retention_days), classes="soft"
    )
    if contents.entries:
        yield items(join(_entry(texts, entry)) for entry in contents.entries)
    else:
        yield texts.paragraph("page_came_none")


def _entry(texts: PageTexts, entry: ReadEntry) -> Iterator[Html]:
    row = entry.row
    if refused := row.decision is EntryDecision.REFUSED:
        what = "refused" if row.door_name else "refused_nowhere"
    elif row.decision is EntryDecision.OBSERVED:
        what = "observed"
    else:
        what = "admitted" if row.outcome is None else f"admitted_{row.outcome}"
    yield texts.paragraph(
        f"notification_{what}",
        courier=row.courier_name,
        door=row.door_name,
        time=texts.moment(row.at),
    )
    if refused:
        yield texts.paragraph(f"notification_reason_{row.reason}", "soft")
    if row.repeats:
        yield texts.paragraph("page_repeats", "soft", count=str(row.repeats))
    if row.proof not in (None, Proof.SIGNED):
        proof = texts.plain(f"csv_{row.proof}")
        yield texts.paragraph("page_proof", "soft", proof=proof)
    details = [texts.html("notification_unit", unit=unit) for unit in entry.units]
    if entry.parcel_ref is not None:
        details.append(texts.html("notification_parcel", parcel=entry.parcel_ref))
    if row.is_erased:
        details.append(texts.html("page_erased"))
    if details:
        yield paragraph(*_spaced(details), classes="soft")


def _spaced(parts: list[Html]) -> Iterator[Html]:
    for number, part in enumerate(parts):
        if number:
            yield Html(" ")
        yield part
