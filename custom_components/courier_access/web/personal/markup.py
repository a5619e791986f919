"""The HTML and the forms of the personal page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from ...access.model import Attitude, Consent, Decision, GrantKey
from ..html import (
    NOTHING,
    Html,
    button,
    document,
    element,
    items,
    join,
    paragraph,
    section,
    text,
)
from ..texts import PageTexts
from .contents import Action, CheckResult, DeliveryItem, EntryItem, PageContents

ACTION = "do"
AGREE = "agree"
COURIER = "courier"
GRANT = "grant"
CHECK = "check_record"
NOTIFICATION = "notification"
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
        paragraph(html("page_unit", unit=contents.unit), classes="soft"),
        _result(texts, contents),
        *_check_result(texts, contents.check),
        section(html("page_now"), *_now(texts, contents)),
        section(html("page_expected"), _expected(texts, contents))
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
            paragraph(html("page_link_says")),
            element(
                "details",
                element("summary", html("page_link_replace")),
                paragraph(html("page_link_replace_says")),
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
        paragraph(texts.html(f"page_{reason}_says")),
    )


def _result(texts: PageTexts, contents: PageContents) -> Html:
    if contents.result is None:
        return NOTHING
    return element(
        "p",
        texts.html(f"page_said_{contents.result}"),
        classes="said",
        attributes={"role": "status"},
    )


def _check_result(texts: PageTexts, check: CheckResult | None) -> Iterator[Html]:
    """Yield the result of a check, and of each record that a notification names."""
    if check is None:
        return
    count = str(check.records)
    lines = []
    if check.broken_at is not None:
        broken = str(check.broken_at)
        lines.append(
            paragraph(
                texts.html("page_checked_broken", record=broken), classes="now shut"
            )
        )
    # Next to a mismatch, this would look like an all-clear.
    elif all(standing == "unchanged" for _, standing in check.notifications):
        lines.append(
            paragraph(
                texts.html("page_checked_intact", count=count), classes="now open"
            )
        )
    for record, standing in check.notifications:
        lines.append(
            paragraph(
                texts.html(f"page_standing_{standing}", record=str(record)),
                classes="open" if standing == "unchanged" else "shut",
            )
        )
    if not check.is_read:
        lines.append(paragraph(texts.html("page_checked_unread"), classes="shut"))
    elif not check.notifications:
        lines.append(paragraph(texts.html("page_checked_alone"), classes="soft"))
    yield element("div", *lines, classes="said", attributes={"role": "status"})


def _check(texts: PageTexts) -> Iterator[Html]:
    yield paragraph(texts.html("page_check_says"))
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
        yield paragraph(texts.html(f"{says}_says"))
        yield element(
            "a",
            texts.html(f"{says}_link"),
            classes="button",
            attributes={"href": f"?{what}", "download": name},
        )


def _now(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    if contents.shut is None:
        yield paragraph(texts.html("page_open"), classes="now open")
        yield paragraph(texts.html("page_open_says"), classes="soft")
    else:
        yield paragraph(texts.html("page_shut"), classes="now shut")
        yield paragraph(texts.html(f"page_shut_{contents.shut}"))


def _expected(texts: PageTexts, contents: PageContents) -> Html:
    if not contents.expected:
        return paragraph(texts.html("page_expected_none"))
    return items(
        _delivery(texts, delivery, f"d{number}")
        for number, delivery in enumerate(contents.expected, start=1)
    )


def _delivery(texts: PageTexts, delivery: DeliveryItem, name: str) -> Html:
    lines = [
        paragraph(
            element(
                "strong",
                texts.html("page_at", courier=delivery.courier, door=delivery.door),
            )
        ),
        paragraph(text(texts.span(delivery.starts_at, delivery.ends_at))),
    ]
    if delivery.parcel_ref is not None:
        lines.append(
            paragraph(texts.html("notification_parcel", parcel=delivery.parcel_ref))
        )
    return join(
        [
            element("div", *lines, attributes={"id": name}),
            button(
                texts.html("page_veto"),
                {
                    ACTION: Action.VETO,
                    COURIER: delivery.key.courier_id,
                    GRANT: delivery.key.grant_id,
                },
                classes="no",
                described_by=name,
            ),
        ]
    )


def _stop(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    if not contents.is_confirmed:
        pass
    elif contents.unit_paused_until is None:
        yield paragraph(texts.html("page_stop_unit_says"))
        yield button(
            texts.html("page_pause_unit"), {ACTION: Action.PAUSE_UNIT}, classes="no"
        )
    else:
        yield paragraph(
            texts.html(
                "page_unit_paused", until=texts.moment(contents.unit_paused_until)
            ),
            classes="shut",
        )
        yield button(texts.html("page_resume_unit"), {ACTION: Action.RESUME_UNIT})
    if contents.building_paused_until is None:
        yield paragraph(texts.html("page_stop_building_says"))
        yield button(
            texts.html("page_pause_building"),
            {ACTION: Action.PAUSE_BUILDING},
            classes="no",
        )
    else:
        until = texts.moment(contents.building_paused_until)
        yield paragraph(texts.html("page_building_paused", until=until), classes="shut")
        yield button(
            texts.html("page_resume_building"), {ACTION: Action.RESUME_BUILDING}
        )


def _consent(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    yield paragraph(texts.html(f"page_consent_{contents.rules.consent}"), classes="now")
    yield paragraph(texts.html("page_consent_means"))
    yield paragraph(texts.html("page_consent_hours"))
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
        yield paragraph(texts.html("page_hours_none"))
    if coming:
        yield paragraph(texts.html("page_exceptions"))
        yield items(map(text, coming), classes="plain")
    if rules.default is not Attitude.ALLOW:
        yield paragraph(texts.html(f"page_default_{rules.default}"))
    for courier_id, attitude in rules.couriers.items():
        if attitude is not rules.default and courier_id in contents.couriers:
            yield paragraph(
                texts.html(
                    f"page_courier_{attitude}", courier=contents.couriers[courier_id]
                )
            )
    if rules.linked:
        yield paragraph(texts.html("page_conditions"))
    yield paragraph(texts.html("page_hours_says"), classes="soft")


def _entries(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    yield paragraph(texts.html("page_came_says"), classes="soft")
    yield paragraph(
        texts.html("page_erased_after", days=str(contents.retention_days)),
        classes="soft",
    )
    if contents.entries:
        yield items(_entry(texts, entry) for entry in contents.entries)
    else:
        yield paragraph(texts.html("page_came_none"))


def _entry(texts: PageTexts, entry: EntryItem) -> Html:
    refused = entry.decision == Decision.REFUSED
    if refused:
        what = "notification_refused" if entry.door else "notification_refused_nowhere"
    else:
        what = (
            "notification_admitted"
            if entry.outcome is None
            else f"notification_admitted_{entry.outcome}"
        )
    lines = [
        paragraph(
            texts.html(
                what,
                courier=entry.courier,
                door=entry.door,
                time=texts.moment(entry.at),
            )
        )
    ]
    if refused:
        lines.append(
            paragraph(texts.html(f"notification_reason_{entry.reason}"), classes="soft")
        )
    if entry.repeats:
        lines.append(
            paragraph(
                texts.html("page_repeats", count=str(entry.repeats)), classes="soft"
            )
        )
    details = [texts.html("notification_unit", unit=unit) for unit in entry.units]
    if entry.parcel_ref is not None:
        details.append(texts.html("notification_parcel", parcel=entry.parcel_ref))
    if entry.is_erased:
        details.append(texts.html("page_erased"))
    if details:
        lines.append(paragraph(*_spaced(details), classes="soft"))
    return join(lines)


def _spaced(parts: list[Html]) -> Iterator[Html]:
    for number, part in enumerate(parts):
        if number:
            yield Html(" ")
        yield part


_MOST_FIELDS: Final = 4
_VETO_FIELDS: Final = frozenset({ACTION, COURIER, GRANT})


class InvalidForm(Exception):
    """Raised if no form of the page sends this."""


@dataclass(frozen=True, slots=True)
class ActionForm:
    """A submitted action, with the grant to veto, and whether the box was checked."""

    action: Action
    key: GrantKey | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class CheckForm:
    """A submitted check of the ledger, with the text of a notification."""

    notification: str


def read_form(body: bytes) -> ActionForm | CheckForm:
    """Parse a submitted form; raise InvalidForm if no form of the page sends this."""
    fields = _fields(body)
    if fields.get(ACTION) == CHECK:
        if fields.keys() != {ACTION, NOTIFICATION}:
            raise InvalidForm
        return CheckForm(fields[NOTIFICATION])
    try:
        action = Action(fields.get(ACTION, ""))
    except ValueError:
        raise InvalidForm from None
    if action is Action.VETO:
        if fields.keys() != _VETO_FIELDS:
            raise InvalidForm
        return ActionForm(action, key=GrantKey(fields[COURIER], fields[GRANT]))
    if not fields.keys() <= (
        {ACTION, AGREE} if action is Action.GIVE_CONSENT else {ACTION}
    ):
        raise InvalidForm
    return ActionForm(action, agreed=fields.get(AGREE) == "yes")


def _fields(body: bytes) -> Mapping[str, str]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise InvalidForm from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise InvalidForm
    return fields
