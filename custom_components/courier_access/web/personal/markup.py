"""The personal page itself, and the short pages that stand in its place."""

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
from ..texts import Words
from .view import Came, Checked, Delivery, Do, Shown

DO = "do"
AGREE = "agree"
COURIER = "courier"
GRANT = "grant"
CHECK = "check_record"
NOTICE = "notice"
EXPORT = "export"
ENTRIES = "entries"
VERIFIER = "verifier"


def personal_page(words: Words, shown: Shown) -> str:
    """Write the page."""
    say = words.say
    return document(
        words.language,
        words.plain("page_title", building=shown.building),
        element("h1", text(shown.building)),
        paragraph(say("page_unit", unit=shown.unit), classes="soft"),
        _said(words, shown),
        *_checked(words, shown.checked),
        section(say("page_now"), *_now(words, shown)),
        section(say("page_expected"), _expected(words, shown))
        if shown.is_confirmed
        else NOTHING,
        section(say("page_stop"), *_stop(words, shown)),
        section(say("page_consent"), *_consent(words, shown)),
        section(say("page_hours_heading"), *_hours(words, shown)),
        section(say("page_came"), *_came(words, shown)),
        section(say("page_check"), *_check(words)),
        section(say("page_take"), *_take(words)),
        section(
            say("page_link"),
            paragraph(say("page_link_says")),
            element(
                "details",
                element("summary", say("page_link_replace")),
                paragraph(say("page_link_replace_says")),
                button(say("page_renew_link"), {DO: Do.RENEW_LINK}),
            ),
        ),
    )


def notice_page(words: Words, what: str) -> str:
    """Write the short page that says why the personal page is not there."""
    return document(
        words.language,
        words.plain(f"page_{what}_title"),
        element("h1", words.say(f"page_{what}_title")),
        paragraph(words.say(f"page_{what}_says")),
    )


def _said(words: Words, shown: Shown) -> Html:
    if shown.said is None:
        return NOTHING
    return element(
        "p",
        words.say(f"page_said_{shown.said}"),
        classes="said",
        attributes={"role": "status"},
    )


def _checked(words: Words, checked: Checked | None) -> Iterator[Html]:
    """Say what a check of the record came to, and of each record that a notice was of."""
    if checked is None:
        return
    count = str(checked.records)
    lines = []
    if checked.broken_at is not None:
        broken = str(checked.broken_at)
        lines.append(
            paragraph(
                words.say("page_checked_broken", record=broken), classes="now shut"
            )
        )
    # Next to a notification that doesn't match, it would read as an all-clear.
    elif all(standing == "unchanged" for _, standing in checked.notices):
        lines.append(
            paragraph(words.say("page_checked_intact", count=count), classes="now open")
        )
    for record, standing in checked.notices:
        lines.append(
            paragraph(
                words.say(f"page_standing_{standing}", record=str(record)),
                classes="open" if standing == "unchanged" else "shut",
            )
        )
    if not checked.is_read:
        lines.append(paragraph(words.say("page_checked_unread"), classes="shut"))
    elif not checked.notices:
        lines.append(paragraph(words.say("page_checked_alone"), classes="soft"))
    yield element("div", *lines, classes="said", attributes={"role": "status"})


def _check(words: Words) -> Iterator[Html]:
    yield paragraph(words.say("page_check_says"))
    field = element(
        "p",
        element("label", words.say("page_check_notice"), attributes={"for": NOTICE}),
        Html(
            f'<textarea id="{NOTICE}" name="{NOTICE}" rows="3" autocomplete="off"></textarea>'
        ),
    )
    yield button(words.say("page_check_button"), {DO: CHECK}, field)


def _take(words: Words) -> Iterator[Html]:
    for what, says, name in (
        (ENTRIES, "page_take_entries", "courier-access.csv"),
        (EXPORT, "page_take", "courier-access.json"),
        (VERIFIER, "page_take_verifier", "verify_record.py"),
    ):
        yield paragraph(words.say(f"{says}_says"))
        yield element(
            "a",
            words.say(f"{says}_link"),
            classes="button",
            attributes={"href": f"?{what}", "download": name},
        )


def _now(words: Words, shown: Shown) -> Iterator[Html]:
    if shown.shut is None:
        yield paragraph(words.say("page_open"), classes="now open")
        yield paragraph(words.say("page_open_says"), classes="soft")
    else:
        yield paragraph(words.say("page_shut"), classes="now shut")
        yield paragraph(words.say(f"page_shut_{shown.shut}"))


def _expected(words: Words, shown: Shown) -> Html:
    if not shown.expected:
        return paragraph(words.say("page_expected_none"))
    return items(
        _delivery(words, delivery, f"d{number}")
        for number, delivery in enumerate(shown.expected, start=1)
    )


def _delivery(words: Words, delivery: Delivery, name: str) -> Html:
    said = [
        paragraph(
            element(
                "strong",
                words.say("page_at", courier=delivery.courier, door=delivery.door),
            )
        ),
        paragraph(text(words.span(delivery.starts_at, delivery.ends_at))),
    ]
    if delivery.parcel_ref is not None:
        said.append(paragraph(words.say("notice_parcel", parcel=delivery.parcel_ref)))
    return join(
        [
            element("div", *said, attributes={"id": name}),
            button(
                words.say("page_veto"),
                {
                    DO: Do.VETO,
                    COURIER: delivery.key.courier_id,
                    GRANT: delivery.key.grant_id,
                },
                classes="no",
                described_by=name,
            ),
        ]
    )


def _stop(words: Words, shown: Shown) -> Iterator[Html]:
    if not shown.is_confirmed:
        pass
    elif shown.unit_paused_until is None:
        yield paragraph(words.say("page_stop_unit_says"))
        yield button(words.say("page_pause_unit"), {DO: Do.PAUSE_UNIT}, classes="no")
    else:
        yield paragraph(
            words.say("page_unit_paused", until=words.moment(shown.unit_paused_until)),
            classes="shut",
        )
        yield button(words.say("page_resume_unit"), {DO: Do.RESUME_UNIT})
    if shown.building_paused_until is None:
        yield paragraph(words.say("page_stop_building_says"))
        yield button(
            words.say("page_pause_building"), {DO: Do.PAUSE_BUILDING}, classes="no"
        )
    else:
        until = words.moment(shown.building_paused_until)
        yield paragraph(words.say("page_building_paused", until=until), classes="shut")
        yield button(words.say("page_resume_building"), {DO: Do.RESUME_BUILDING})


def _consent(words: Words, shown: Shown) -> Iterator[Html]:
    yield paragraph(words.say(f"page_consent_{shown.rules.consent}"), classes="now")
    yield paragraph(words.say("page_consent_means"))
    yield paragraph(words.say("page_consent_hours"))
    if shown.rules.consent is Consent.GIVEN:
        yield button(
            words.say("page_withdraw_consent"), {DO: Do.WITHDRAW_CONSENT}, classes="no"
        )
        return
    box = element(
        "label",
        Html(f'<input type="checkbox" name="{AGREE}" value="yes" required>'),
        element("span", words.say("page_agree")),
    )
    yield button(
        words.say("page_give_consent"), {DO: Do.GIVE_CONSENT}, box, classes="yes"
    )


def _hours(words: Words, shown: Shown) -> Iterator[Html]:
    rules = shown.rules
    lines = words.week(rules.schedule)
    today = shown.now.astimezone(words.zone).date()
    coming = [words.exception(each) for each in rules.exceptions if each.last >= today]
    if lines:
        yield items(map(text, lines), classes="plain")
    else:
        yield paragraph(words.say("page_hours_none"))
    if coming:
        yield paragraph(words.say("page_exceptions"))
        yield items(map(text, coming), classes="plain")
    if rules.default is not Attitude.ALLOW:
        yield paragraph(words.say(f"page_default_{rules.default}"))
    for courier_id, attitude in rules.couriers.items():
        if attitude is not rules.default and courier_id in shown.couriers:
            yield paragraph(
                words.say(
                    f"page_courier_{attitude}", courier=shown.couriers[courier_id]
                )
            )
    if rules.linked:
        yield paragraph(words.say("page_conditions"))
    yield paragraph(words.say("page_hours_says"), classes="soft")


def _came(words: Words, shown: Shown) -> Iterator[Html]:
    yield paragraph(words.say("page_came_says"), classes="soft")
    yield paragraph(
        words.say("page_erased_after", days=str(shown.retention_days)), classes="soft"
    )
    if shown.came:
        yield items(_entry(words, came) for came in shown.came)
    else:
        yield paragraph(words.say("page_came_none"))


def _entry(words: Words, came: Came) -> Html:
    refused = came.decision == Decision.REFUSED
    if refused:
        what = "notice_refused" if came.door else "notice_refused_nowhere"
    else:
        what = (
            "notice_admitted"
            if came.outcome is None
            else f"notice_admitted_{came.outcome}"
        )
    lines = [
        paragraph(
            words.say(
                what, courier=came.courier, door=came.door, time=words.moment(came.at)
            )
        )
    ]
    if refused:
        lines.append(
            paragraph(words.say(f"notice_reason_{came.reason}"), classes="soft")
        )
    if came.repeats:
        lines.append(
            paragraph(
                words.say("page_repeats", count=str(came.repeats)), classes="soft"
            )
        )
    details = [words.say("notice_unit", unit=unit) for unit in came.units]
    if came.parcel_ref is not None:
        details.append(words.say("notice_parcel", parcel=came.parcel_ref))
    if came.is_erased:
        details.append(words.say("page_erased"))
    if details:
        lines.append(paragraph(*_spaced(details), classes="soft"))
    return join(lines)


def _spaced(parts: list[Html]) -> Iterator[Html]:
    for number, part in enumerate(parts):
        if number:
            yield Html(" ")
        yield part


_MOST_FIELDS: Final = 4
_VETO_FIELDS: Final = frozenset({DO, COURIER, GRANT})


class NotOurs(Exception):
    """No form of the page sends this."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants done; `key` is the grant of a veto, `agreed` whether the box was ticked."""

    do: Do
    key: GrantKey | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """The reader wants the record checked, and what was entered of an earlier notice."""

    notice: str


def read_form(body: bytes) -> Asked | Check:
    """Read a form that was sent.

    Raises:
        NotOurs: no form of the page sends this.

    """
    fields = _fields(body)
    if fields.get(DO) == CHECK:
        if fields.keys() != {DO, NOTICE}:
            raise NotOurs
        return Check(fields[NOTICE])
    try:
        do = Do(fields.get(DO, ""))
    except ValueError:
        raise NotOurs from None
    if do is Do.VETO:
        if fields.keys() != _VETO_FIELDS:
            raise NotOurs
        return Asked(do, key=GrantKey(fields[COURIER], fields[GRANT]))
    if not fields.keys() <= ({DO, AGREE} if do is Do.GIVE_CONSENT else {DO}):
        raise NotOurs
    return Asked(do, agreed=fields.get(AGREE) == "yes")


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
        raise NotOurs from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise NotOurs
    return fields
