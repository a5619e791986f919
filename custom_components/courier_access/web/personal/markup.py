"""The HTML of the personal page."""

from collections.abc import Iterator
from datetime import datetime

from ...access.model import Consent, EntryDecision, Proof, Rules
from ...access.schedule import WEEKDAYS
from ...access.written_hours import FIELD_EVERY_DAY, write_hours
from ...api.entries_view import ReadEntry
from ..html import (
    NOTHING,
    Html,
    button,
    choice,
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
from .contents import CheckResult, DoorItem, PageContents
from .forms import (
    ACTION,
    AGREE,
    CHECK,
    COURIER,
    LENGTH,
    NOTIFICATION,
    PRESET,
    Action,
    PauseLength,
)
from .parcels import expected, made_pass, next_delivery
from .week_presets import SHOWN_HOURS, WEEK_PRESETS

EXPORT = "export"
ENTRIES = "entries"
VERIFIER = "verifier"


def personal_page(texts: PageTexts, contents: PageContents) -> str:
    """Return the page."""
    html = texts.html
    is_undecided = contents.rules.consent is Consent.NOT_GIVEN
    consent = section(html("page_consent"), *_consent(texts, contents))
    deliveries = (
        _view(html("page_expected"), "deliveries", *expected(texts, contents))
        if contents.is_confirmed
        else NOTHING
    )
    return document(
        texts.language,
        texts.plain("page_title", building=contents.building),
        element("h1", text(contents.building)),
        _navigation(texts, contents),
        _result(texts, contents),
        NOTHING if contents.made is None else made_pass(texts, contents.made),
        _check_result(texts, contents.check),
        consent if is_undecided else NOTHING,
        *_home(texts, contents),
        _view(html("page_came"), "entries", *_entries(texts, contents)),
        deliveries,
        _view(html("panel_view_hours"), "hours", *_rules(texts, contents)),
        NOTHING if is_undecided else consent,
        section(html("page_check"), *_check(texts)),
        section(html("page_take"), *_downloads(texts, contents)),
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


def _view(heading: Html, name: str, *content: Html) -> Html:
    """Return a section that the navigation leads to."""
    return element("section", element("h2", heading), *content, attributes={"id": name})


def _navigation(texts: PageTexts, contents: PageContents) -> Html:
    views = ["entries", *(["deliveries"] if contents.is_confirmed else []), "hours"]
    return element(
        "nav",
        *(
            element(
                "a",
                texts.html(f"panel_view_{view}"),
                attributes={"href": f"#{view}"},
            )
            for view in views
        ),
    )


def _home(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    """Yield the sections of Home, in the panel's order."""
    html = texts.html
    if contents.is_confirmed:
        yield section(html("panel_next"), next_delivery(texts, contents))
    for door in contents.doors:
        yield section(text(door.name), *_door(texts, door))
    unit = html("panel_unit", unit=contents.unit)
    yield section(unit, *_now(texts, contents), *_unit_pause(texts, contents))
    building = contents.building_paused_until
    yield section(html("panel_whole"), *_pause(texts, "building", building))


def _door(texts: PageTexts, door: DoorItem) -> Iterator[Html]:
    yield texts.paragraph(f"panel_door_{door.state}", "now")
    if door.courier is not None and door.at is not None:
        time = texts.moment(door.at)
        yield texts.paragraph(
            "panel_last_visit", "soft", courier=door.courier, time=time
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


def _downloads(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    days = str(contents.retention_days)
    yield texts.paragraph("page_erased_after", "soft", days=days)
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
    else:
        yield texts.paragraph("page_shut", "now shut")
        yield texts.paragraph(f"page_shut_{contents.shut}")


def _unit_pause(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    if contents.is_confirmed:
        yield from _pause(texts, "unit", contents.unit_paused_until)


def _pause(texts: PageTexts, what: str, until: datetime | None) -> Iterator[Html]:
    if until is not None:
        paused_until = texts.moment(until)
        yield texts.paragraph(f"page_{what}_paused", "shut", until=paused_until)
        resume = f"resume_{what}"
        yield button(texts.html(f"page_{resume}"), {ACTION: resume})
        return
    pause = f"pause_{what}"
    lengths = {
        length.value: texts.html(f"panel_pause_{length}") for length in PauseLength
    }
    yield element(
        "details",
        element("summary", texts.html(f"page_{pause}")),
        texts.paragraph(f"panel_{pause}_asks"),
        choice({ACTION: pause}, LENGTH, lengths),
    )


def _consent(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    yield texts.paragraph(f"page_consent_{contents.rules.consent}", classes="now")
    yield texts.paragraph("page_consent_means")
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


def _rules(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    """Yield the resident's own rules, in the panel's order."""
    rules = contents.rules
    yield _heading(texts, "page_hours_heading")
    if lines := texts.week(rules.schedule):
        yield items(map(text, lines), classes="plain")
    else:
        yield texts.paragraph("page_hours_none")
    yield _presets(texts, rules)
    yield _set_hours(texts, contents)
    today = contents.now.astimezone(texts.zone).date()
    coming = [each for each in rules.exceptions if each.last >= today]
    for heading, has_hours in (("panel_days_off", False), ("panel_other_hours", True)):
        dates = [each for each in coming if bool(each.windows) is has_hours]
        if dates:
            yield _heading(texts, heading)
            yield items(map(text, map(texts.exception, dates)), classes="plain")
    yield _heading(texts, "panel_couriers")
    attitudes = {texts.plain("panel_by_default"): rules.default} | {
        contents.couriers[courier_id]: attitude
        for courier_id, attitude in rules.couriers.items()
        if attitude is not rules.default and courier_id in contents.couriers
    }
    yield items(
        (
            join([text(f"{name}: "), texts.html(f"panel_attitude_{attitude}")])
            for name, attitude in attitudes.items()
        ),
        classes="plain",
    )
    if contents.removed_couriers:
        yield _heading(texts, "panel_removed_couriers")
        yield texts.paragraph("panel_removed_couriers_says", "soft")
    for courier_id, name in contents.removed_couriers.items():
        lift = {ACTION: Action.LIFT_DENIAL, COURIER: courier_id}
        label = join([text(f"{name}: "), texts.html("panel_lift")])
        yield button(label, lift)
    if contents.conditions:
        yield _heading(texts, "panel_conditions")
        yield items(map(text, contents.conditions), classes="plain")


def _heading(texts: PageTexts, key: str) -> Html:
    return element("h3", texts.html(key))


def _presets(texts: PageTexts, rules: Rules) -> Html:
    """Return the weeks to choose with one tap."""
    options, chosen = {}, ""
    for preset, schedule in WEEK_PRESETS.items():
        label = texts.html(f"panel_week_{preset}")
        if preset in SHOWN_HOURS:
            start, end = map(str, SHOWN_HOURS[preset])
            hours = texts.plain("notification_window", start=start, end=end)
            label = join([label, Html(" "), text(hours)])
        options[preset.value] = label
        if schedule == rules.schedule:
            chosen = preset.value
    return choice({ACTION: Action.SET_WEEK}, PRESET, options, chosen)


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
        element("summary", texts.html("page_change")),
        texts.paragraph("page_hours_says", "soft"),
        form,
        attributes=None if draft is None else {"open": ""},
    )


def _entries(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    if contents.has_older_entries:
        count = str(len(contents.entries))
        yield texts.paragraph("page_came_newest", "soft", count=count)
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
