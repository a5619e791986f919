"""The HTML of expected parcels and passes on the personal page."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from ...access.model import Consent
from ..html import (
    Html,
    button,
    element,
    field,
    items,
    join,
    paragraph,
    select,
    text,
)
from ..texts import PageTexts
from .contents import DeliveryItem, Draft, MadePass, PageContents
from .expecting import FIXED, Choices, Preset
from .forms import (
    ACTION,
    COURIER,
    DAY,
    DOOR,
    FROM,
    GRANT,
    HOURS,
    PARCEL,
    PASS,
    TO,
    Action,
)

_MOST_NOTE: Final = "64"


def made_pass(texts: PageTexts, made: MadePass) -> Html:
    """Return a pass with its codes, which are shown once."""
    window = texts.span(made.starts_at, made.ends_at)
    lines = [
        element("h2", texts.html("page_pass")),
        paragraph(texts.html("page_pass_pin"), Html(" "), _code(made.pin)),
        paragraph(texts.html("page_pass_code"), Html(" "), _code(made.short_code)),
    ]
    if made.link is not None:
        lines.append(
            paragraph(texts.html("page_pass_link"), Html(" "), text(made.link))
        )
    if made.qr is not None:
        drawing = made.qr.drawing(texts.plain("page_pass_qr"))
        lines.append(element("div", drawing, classes="qr"))
    lines += [
        paragraph(text(window)),
        paragraph(texts.html("page_pass_says")),
        paragraph(texts.html("page_said_make_pass"), classes="soft"),
    ]
    return element("div", *lines, classes="said", attributes={"role": "status"})


def expected(texts: PageTexts, contents: PageContents) -> Iterator[Html]:
    """Yield the expected deliveries, and the form to expect a parcel."""
    if contents.expected:
        yield items(
            _delivery(texts, contents, delivery, f"d{number}")
            for number, delivery in enumerate(contents.expected, start=1)
        )
    else:
        yield paragraph(texts.html("page_expected_none"))
    if contents.choices is not None:
        draft = _unlisted_draft(contents)
        yield _folded(
            texts.html("page_expect"),
            paragraph(texts.html("page_expect_says"), classes="soft"),
            _form(texts, contents.choices, _new(contents.choices, draft)),
            is_open=draft is not None,
        )


def next_delivery(texts: PageTexts, contents: PageContents) -> Html:
    """Return the next delivery with its veto, as the panel shows it."""
    delivery = min(contents.expected, key=lambda each: each.starts_at, default=None)
    if delivery is None:
        return paragraph(texts.html("page_expected_none"))
    return join([_about(texts, delivery, "next"), _refusal(texts, delivery, "next")])


def _about(texts: PageTexts, delivery: DeliveryItem, name: str) -> Html:
    about = texts.html("page_at", courier=delivery.courier, door=delivery.door)
    lines = [
        paragraph(element("strong", about)),
        paragraph(text(texts.span(delivery.starts_at, delivery.ends_at))),
    ]
    if delivery.parcel_ref is not None:
        lines.append(
            paragraph(texts.html("notification_parcel", parcel=delivery.parcel_ref))
        )
    return element("div", *lines, attributes={"id": name})


def _refusal(texts: PageTexts, delivery: DeliveryItem, name: str) -> Html:
    """Return the button to veto a delivery, or to cancel one's own."""
    what, says = (
        (Action.CANCEL, "page_cancel")
        if delivery.is_mine
        else (Action.VETO, "page_veto")
    )
    fields = {ACTION: what, **_key_fields(delivery)}
    return button(texts.html(says), fields, classes="no", described_by=name)


def _key_fields(delivery: DeliveryItem) -> Mapping[str, str]:
    return {COURIER: delivery.key.courier_id, GRANT: delivery.key.grant_id}


def _delivery(
    texts: PageTexts, contents: PageContents, delivery: DeliveryItem, name: str
) -> Html:
    deeds = [
        button(
            texts.html("page_revoke_pass", time=texts.moment(each.at)),
            {ACTION: Action.REVOKE_PASS, PASS: each.id},
            classes="no",
            described_by=name,
        )
        for each in delivery.passes
    ]
    if contents.rules.consent is Consent.GIVEN:
        deeds.insert(
            0,
            button(
                texts.html("page_pass"),
                {ACTION: Action.MAKE_PASS, **_key_fields(delivery)},
                described_by=name,
            ),
        )
    if delivery.is_mine and contents.choices is not None:
        deeds.append(_change(texts, contents, contents.choices, delivery))
    deeds.append(_refusal(texts, delivery, name))
    return join([_about(texts, delivery, name), *deeds])


def _change(
    texts: PageTexts, contents: PageContents, choices: Choices, delivery: DeliveryItem
) -> Html:
    draft = contents.draft
    is_open = draft is not None and _revises(draft, delivery)
    values = draft.fields if draft and is_open else _as_it_is(delivery, texts.zone)
    return _folded(
        texts.html("page_change"), _form(texts, choices, values), is_open=is_open
    )


def _form(texts: PageTexts, choices: Choices, values: Mapping[str, str]) -> Html:
    """Return the form for a parcel; the courier of one that is there stays."""
    hidden: dict[str, str] = {
        ACTION: Action.REVISE if GRANT in values else Action.EXPECT
    }
    if GRANT in values:
        hidden |= {COURIER: values[COURIER], GRANT: values[GRANT]}
        fields = []
    else:
        fields = [
            select(
                texts.html("csv_courier"), COURIER, choices.couriers, values[COURIER]
            )
        ]
    if len(choices.doors) > 1:
        fields.append(
            select(texts.html("csv_door"), DOOR, choices.doors, values.get(DOOR, ""))
        )
    days = {
        "min": choices.first.isoformat(),
        "max": choices.last.isoformat(),
        "required": "",
    }
    presets = {preset.value: _preset(texts, preset) for preset in choices.presets}
    fields += [
        field(texts.html("page_day"), DAY, "date", values[DAY], days),
        select(texts.html("page_time"), HOURS, presets, values[HOURS]),
        element(
            "fieldset",
            element("legend", texts.html("page_other_times")),
            field(texts.html("panel_from"), FROM, "time", values[FROM]),
            field(texts.html("panel_to"), TO, "time", values[TO]),
        ),
        field(
            texts.html("page_note"),
            PARCEL,
            "text",
            values[PARCEL],
            {"maxlength": _MOST_NOTE, "autocomplete": "off"},
        ),
        paragraph(texts.html("page_note_says"), classes="soft"),
    ]
    return button(texts.html("panel_save"), hidden, *fields, classes="yes")


def _preset(texts: PageTexts, preset: Preset) -> str:
    match preset:
        case Preset.DAY | Preset.EVENING:
            start, end = FIXED[preset]
            return texts.plain("page_hours", start=f"{start:%H:%M}", end=f"{end:%H:%M}")
        case Preset.MINE:
            return texts.plain("page_my_hours")
        case Preset.ALL_DAY:
            return texts.plain("page_all_day")
    return texts.plain("page_other_times")


def _new(choices: Choices, draft: Draft | None) -> Mapping[str, str]:
    return {
        COURIER: next(iter(choices.couriers)),
        DAY: choices.first.isoformat(),
        HOURS: choices.presets[0],
        FROM: "",
        TO: "",
        PARCEL: "",
        **{
            name: value
            for name, value in ({} if draft is None else draft.fields).items()
            if name != GRANT
        },
    }


def _as_it_is(delivery: DeliveryItem, zone: ZoneInfo) -> Mapping[str, str]:
    start, end = delivery.starts_at.astimezone(zone), delivery.ends_at.astimezone(zone)
    return {
        COURIER: delivery.key.courier_id,
        GRANT: delivery.key.grant_id,
        DOOR: delivery.door_id,
        DAY: start.date().isoformat(),
        HOURS: Preset.OTHER,
        FROM: f"{start:%H:%M}",
        TO: f"{end:%H:%M}",
        PARCEL: delivery.parcel_ref or "",
    }


def _revises(draft: Draft, delivery: DeliveryItem) -> bool:
    return draft.action is Action.REVISE and (
        draft.fields[COURIER],
        draft.fields[GRANT],
    ) == (delivery.key.courier_id, delivery.key.grant_id)


def _unlisted_draft(contents: PageContents) -> Draft | None:
    """Return a refused form for a parcel that isn't expected, or not anymore."""
    draft = contents.draft
    if draft is None or draft.action not in (Action.EXPECT, Action.REVISE):
        return None
    return None if any(_revises(draft, each) for each in contents.expected) else draft


def _folded(summary: Html, *content: Html, is_open: bool) -> Html:
    attributes = {"open": ""} if is_open else None
    return element(
        "details", element("summary", summary), *content, attributes=attributes
    )


def _code(code: str) -> Html:
    return Html(f'<strong class="code">{escape(code)}</strong>')
