"""Write notifications in the reader's language, from the translations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from ..access.markup import in_markdown, plain
from ..access.model import Consent, Proof, Reason
from ..const import DOMAIN, PANEL_URL_PATH
from ..ledger.outbox.due import EntryDetails, Notification
from ..ledger.queue import ANNOUNCEMENTS, NotificationKind
from .actions import Button, action_of
from .targets import Action, Text

type Words = Mapping[str, str]
"""The texts of a language."""


class View(StrEnum):
    """List the panel's views by path."""

    NOW = "now"
    HOURS = "hours"
    ENTRIES = "entries"
    DELIVERIES = "deliveries"


_HOURS: Final = frozenset(
    {
        NotificationKind.CONSENT_GIVEN,
        NotificationKind.CONSENT_INVITED,
        NotificationKind.CONSENT_WITHDRAWN,
        NotificationKind.COURIER_ADMITTED,
        NotificationKind.DECIDED_ON_PAPER,
        NotificationKind.GRANT_REFUSED,
        NotificationKind.LEDGER_RECREATED,
        NotificationKind.LEDGER_RESTORED,
        NotificationKind.RESIDENT_CHANGED,
        NotificationKind.RESIDENT_CONFIRMED,
        NotificationKind.RULES_LOOSENED,
    }
)
_ENTRIES: Final = frozenset(
    {
        NotificationKind.ENTRY_ADMITTED,
        NotificationKind.ENTRY_REFUSED,
        NotificationKind.ENTRY_OBSERVED,
        NotificationKind.MESSAGE_PASSED_ON,
        NotificationKind.UNLOCKED_LATE,
    }
)


def link_into_panel(entry_id: str, kind: NotificationKind) -> str:
    """Return the panel's path that shows what a notification is about."""
    if kind in _HOURS:
        view = View.HOURS
    elif kind in _ENTRIES:
        view = View.ENTRIES
    elif kind in ANNOUNCEMENTS:
        view = View.DELIVERIES
    else:
        view = View.NOW
    return f"/{PANEL_URL_PATH}/{view}?building={entry_id}"


MAX_LISTED: Final = 8
"""The most entries or deliveries that one message lists; a push is short."""

_OWN_RULES: Final = frozenset({Reason.NOT_ACCEPTING, Reason.OUTSIDE_SCHEDULE})
"""Reasons that a resident can resolve by changing their rules."""


async def words(hass: HomeAssistant, language: str | None) -> Words:
    """Return the notification texts of a language."""
    return await texts(hass, language, "notification_")


async def texts(hass: HomeAssistant, language: str | None, prefix: str = "") -> Words:
    """Return a language's texts with this prefix, without it; English fills gaps.

    The default language is Home Assistant's.
    """
    prefix = f"component.{DOMAIN}.common.{prefix}"
    translations = await async_get_translations(
        hass, language or hass.config.language, "common", {DOMAIN}
    )
    return {
        key.removeprefix(prefix): text
        for key, text in translations.items()
        if key.startswith(prefix)
    }


def write(
    texts: Words,
    notification: Notification,
    building: str,
    now: datetime,
    *,
    link: str | None = None,
    has_account: bool = False,
    on_board: bool = False,
) -> Text:
    """Write a notification; `on_board` renders Markdown.

    Everyone gets courier, door, time, and the record. Recipients also get their own
    unit, the parcel, and their personal `link`. Every user can read the owner's
    notifications. Residents' names stay within their unit, and the driver's is never
    shown.
    """
    if on_board:
        notification = _for_board(notification)
    sentences = [
        *_content(texts, notification, now, link, has_account=has_account),
        *_own(texts, notification),
        _record_text(texts, notification),
    ]
    if link is not None and notification.recipient:
        sentences.append(texts["link"].format(link=link))
    is_quiet = notification.kind in ANNOUNCEMENTS and not _of_kind(
        NotificationKind.DELIVERY_ANNOUNCED, notification
    )
    return Text(
        title=texts[_title(notification)].format(building=building),
        lock_screen_title=texts["lock_screen_title"],
        message=" ".join(sentences),
        image=notification.details.get("image"),
        quiet_channel=texts["quiet_channel"] if is_quiet else None,
    )


def actions(texts: Words, notification: Notification) -> tuple[Action, ...]:
    """Return the push's buttons; confirming a resident needs an unlocked phone."""
    match notification.kind:
        case NotificationKind.DELIVERY_ANNOUNCED | NotificationKind.DELIVERY_CALLED_OFF:
            count = len(_of_kind(NotificationKind.DELIVERY_ANNOUNCED, notification))
            if count == 0:
                return ()
            title = texts["action_veto" if count == 1 else "action_veto_all"].format(
                count=count
            )
            return (
                Action(
                    action_of(Button.VETO, notification.token), title, destructive=True
                ),
            )
        case NotificationKind.RESIDENT_ADDED:
            confirm = action_of(Button.CONFIRM, notification.token)
            return (Action(confirm, texts["action_confirm"], protected=True),)
        case (
            NotificationKind.CONSENT_GIVEN
            | NotificationKind.RULES_LOOSENED
            | NotificationKind.RESIDENT_CONFIRMED
        ):
            # The button needs a login, and doesn't work from former targets.
            if (
                notification.addressed is not None
                or "login" not in notification.details.get("by", "").split()
            ):
                return ()
            withdraw = action_of(Button.WITHDRAW, notification.token)
            return (Action(withdraw, texts["action_withdraw"], destructive=True),)
        case _:
            return ()


def _for_board(notification: Notification) -> Notification:
    """Return a notification with its names escaped for Markdown."""
    entry = notification.entry
    if entry is not None:
        entry = replace(
            entry,
            courier_name=in_markdown(entry.courier_name),
            door_name=in_markdown(entry.door_name),
        )
    details = {
        name: in_markdown(value) if name in ("courier", "door") else value
        for name, value in notification.details.items()
    }
    others = tuple(_for_board(other) for other in notification.others)
    return replace(notification, entry=entry, details=details, others=others)


def _title(notification: Notification) -> str:
    if notification.kind is NotificationKind.MESSAGE_PASSED_ON:
        return "title_message"
    if notification.kind is NotificationKind.ENTRY_OBSERVED and not notification.others:
        return "title_observed"
    if notification.entry is not None:
        return "title"
    if notification.kind not in ANNOUNCEMENTS:
        return "title_other"
    if not (announced := _of_kind(NotificationKind.DELIVERY_ANNOUNCED, notification)):
        return "title_called_off"
    return "title_announced" if len(announced) == 1 else "title_announced_many"


def _content(
    texts: Words,
    notification: Notification,
    now: datetime,
    link: str | None,
    *,
    has_account: bool,
) -> Iterator[str]:
    """Yield what happened, what it means for the reader, and what they can do."""
    kind, details = notification.kind, notification.details
    match kind:
        case NotificationKind.MESSAGE_PASSED_ON:
            yield _passed_on(texts, notification, now)
        case _ if notification.entry is not None:
            yield from _entries(texts, notification, now)
        case NotificationKind.DELIVERY_ANNOUNCED | NotificationKind.DELIVERY_CALLED_OFF:
            yield from _announcement(texts, notification, now)
        case NotificationKind.GRANT_REFUSED:
            yield from _grant_refused(texts, notification, now)
        case NotificationKind.CONSENT_INVITED:
            yield from _invitation(texts, details, link, has_account=has_account)
        case NotificationKind.CONSENT_GIVEN | NotificationKind.RULES_LOOSENED:
            yield _loosened(texts, kind, details, now)
            yield texts["rules_loosened_then"]
        case NotificationKind.RESIDENT_ADDED | NotificationKind.RESIDENT_CONFIRMED:
            yield _residents_added(texts, kind, details)
        case NotificationKind.RESIDENT_CHANGED:
            what = details.get("what")
            yield texts[kind if what is None else f"{kind}_{what}"]
            yield texts["resident_changed_then"]
        case NotificationKind.LEDGER_RESTORED:
            yield texts[f"{kind}_{details['cause']}"]
            yield texts["ledger_restored_then"]
        case NotificationKind.DECIDED_ON_PAPER:
            yield _on_paper(texts, details)
        case NotificationKind.UNLOCKED_LATE:
            yield _unlocked_late(texts, details, now)
        case NotificationKind.CONSENT_WITHDRAWN:
            yield texts[_for_reader(kind, notification)]
        case NotificationKind.LOGIN_CHANGED:
            yield texts[f"login_{details['what']}"]
        case _ if "until" in details:
            until = write_instant(texts, details["until"], now)
            yield texts[kind].format_map({**details, "time": until})
        case _:
            # Each other kind is one text, with its details by their names.
            yield texts[kind].format_map(details)


def _for_reader(what: str, notification: Notification) -> str:
    """Return the key of a text that the owner reads in another version."""
    return what if notification.recipient else f"{what}_owner"


def _grant_refused(
    texts: Words, notification: Notification, now: datetime
) -> Iterator[str]:
    """Yield which grant was refused, why, and whether the reader can change that."""
    what, reason = notification.kind, notification.details["reason"]
    yield _delivery_text(texts, _for_reader(what, notification), notification, now)
    yield texts[f"reason_{reason}"]
    if notification.recipient and reason in _OWN_RULES:
        yield texts["grant_refused_then"]


def _invitation(
    texts: Words, details: Mapping[str, str], link: str | None, *, has_account: bool
) -> Iterator[str]:
    """Yield an invitation to decide about consent, and where to do that."""
    if "cause" in details:
        yield texts["consent_invited_again"]
    yield texts["consent_invited"]
    where = "account" if has_account else "paper" if link is None else "link"
    yield texts[f"consent_invited_{where}"]


def _own(texts: Words, notification: Notification) -> Iterator[str]:
    """Yield what concerns the reader alone: their unit and parcel."""
    if notification.kind is NotificationKind.MESSAGE_PASSED_ON:
        return
    if notification.unit is not None:
        yield texts["unit"].format(unit=notification.unit)
    if not notification.others:
        yield from _parcel(texts, notification)


def _passed_on(texts: Words, notification: Notification, now: datetime) -> str:
    """Return a passed-on message, marked so it can't pass for ours or a command."""
    details, entry = notification.details, notification.entry
    assert entry is not None
    whose = _entry_text(texts, notification.kind, entry, now)
    return "\n".join(
        part for part in (details.get("title"), details["message"], whose) if part
    )


def _unlocked_late(texts: Words, details: Mapping[str, str], now: datetime) -> str:
    return texts["unlocked_late"].format(
        courier=details["courier"],
        door=details["door"],
        entered=write_instant(texts, details["entered_at"], now),
        time=write_instant(texts, details["at"], now),
    )


def _loosened(
    texts: Words, kind: NotificationKind, details: Mapping[str, str], now: datetime
) -> str:
    """Return what was loosened, when, and how."""
    by = " ".join(texts[f"loosened_by_{each}"] for each in details["by"].split())
    time = write_instant(texts, details["at"], now)
    if "since" in details:
        time = texts["window"].format(
            start=write_instant(texts, details["since"], now), end=time
        )
    what = [texts[f"loosened_{each}"] for each in details["loosened"].split()]
    if kind is NotificationKind.CONSENT_GIVEN:
        what.insert(0, texts["loosened_consent"])
    return f"{texts['rules_loosened'].format(time=time, what=', '.join(what))} {by}"


def _residents_added(
    texts: Words, kind: NotificationKind, details: Mapping[str, str]
) -> str:
    names = plain(details["name"])
    if "confirmed_by" in details:
        by = plain(details["confirmed_by"])
        return texts["resident_confirmed_by"].format(name=names, by=by)
    if "more" not in details:
        return texts[kind].format(name=names)
    if details["more"] != "0":
        names = f"{names}, {texts['digest_more'].format(count=details['more'])}"
    return texts["residents_counted"].format(names=names)


def _entries(texts: Words, notification: Notification, now: datetime) -> Iterator[str]:
    kind, entry = notification.kind, notification.entry
    assert entry is not None
    if notification.others:
        yield _digest_text(texts, [notification, *notification.others], now)
        return
    if kind is NotificationKind.ENTRY_REFUSED:
        what = "refused"
    elif kind is NotificationKind.ENTRY_OBSERVED:
        what = "observed"
    else:
        what = "admitted" if entry.outcome is None else f"admitted_{entry.outcome}"
    yield _entry_text(texts, what, entry, now)
    if entry.proof not in (None, Proof.SIGNED):
        yield texts[f"proof_{entry.proof}"]
    if kind is NotificationKind.ENTRY_REFUSED:
        yield texts[f"reason_{entry.reason}"]


def _on_paper(texts: Words, details: Mapping[str, str]) -> str:
    """Return what was decided on paper, which can't restore withdrawn consent."""
    if details["consent"] == Consent.GIVEN:
        what = "given"
    else:
        what = "hours" if details.get("on_paper") == Consent.GIVEN else "withdrawn"
    date = write_date(texts, details["decided_on"])
    return texts[f"decided_on_paper_{what}"].format(date=date)


def _digest_text(texts: Words, notifications: list[Notification], now: datetime) -> str:
    """Return one text for several entries."""
    entries = [
        _entry_text(
            texts,
            _in_digest(notification.kind, notification.entry),
            notification.entry,
            now,
        )
        for notification in notifications
        if notification.entry is not None
    ]
    return texts["digest"].format(count=len(entries), entries=_joined(texts, entries))


def _in_digest(kind: NotificationKind, entry: EntryDetails) -> str:
    if kind is NotificationKind.ENTRY_OBSERVED:
        return "digest_observed"
    return f"digest_{entry.outcome or 'unknown'}"


def _entry_text(texts: Words, what: str, entry: EntryDetails, now: datetime) -> str:
    """Return an entry's text; a refusal of an unknown grant has no door."""
    return texts[what if entry.door_name else f"{what}_nowhere"].format(
        courier=entry.courier_name,
        door=entry.door_name,
        time=write_time(texts, entry.at, now),
    )


def _of_kind(kind: NotificationKind, notification: Notification) -> list[Notification]:
    """Return the notifications of one kind in a digest."""
    return [one for one in (notification, *notification.others) if one.kind is kind]


def _announcement(
    texts: Words, notification: Notification, now: datetime
) -> Iterator[str]:
    """Yield which deliveries were announced, which were canceled, and what to do."""
    others = notification.others
    announced = _of_kind(NotificationKind.DELIVERY_ANNOUNCED, notification)
    called_off = _of_kind(NotificationKind.DELIVERY_CALLED_OFF, notification)
    yield from _deliveries(texts, "announced", announced, now, among=others)
    if announced:
        yield texts["announced_then" if len(announced) == 1 else "announced_many_then"]
    yield from _deliveries(texts, "called_off", called_off, now, among=others)


def _deliveries(
    texts: Words,
    what: str,
    notifications: Sequence[Notification],
    now: datetime,
    among: Sequence[Notification],
) -> Iterator[str]:
    """Yield the text for deliveries of one kind, if any."""
    match notifications:
        case []:
            pass
        case [notification]:
            yield _delivery_text(texts, what, notification, now)
            if (entries := notification.details.get("max_entries", "1")) != "1":
                yield texts["announced_entries"].format(entries=entries)
            if (issued_by := notification.details.get("issued_by")) is not None:
                yield texts[f"announced_by_{issued_by}"]
            if among:
                yield from _parcel(texts, notification)
        case _:
            yield texts[f"{what}_many"].format(
                count=len(notifications),
                courier=notifications[-1].details["courier"],
                deliveries=_joined(
                    texts,
                    [
                        _in_list(texts, notification, now)
                        for notification in notifications
                    ],
                ),
            )


def _in_list(texts: Words, notification: Notification, now: datetime) -> str:
    parts = [
        notification.details["door"],
        write_window(texts, notification.details, now),
    ]
    if parcel := _parcel_text(notification):
        parts.append(texts["many_parcel"].format(parcel=parcel))
    if (entries := notification.details.get("max_entries", "1")) != "1":
        parts.append(texts["many_entries"].format(entries=entries))
    if (issued_by := notification.details.get("issued_by")) is not None:
        parts.append(texts[f"many_by_{issued_by}"])
    return ", ".join(part for part in parts if part)


def _joined(texts: Words, entries: Sequence[str]) -> str:
    """Return the first texts as a list, and how many are left."""
    first = [*entries[:MAX_LISTED]]
    if left := len(entries) - len(first):
        first.append(texts["digest_more"].format(count=left))
    return "; ".join(first)


def _delivery_text(
    texts: Words, what: str, notification: Notification, now: datetime
) -> str:
    """Return a grant's text; an unknown door is left out."""
    details = notification.details
    has_door = bool(details["door"])
    return texts[what if has_door else f"{what}_nowhere"].format(
        courier=details["courier"],
        door=details["door"],
        window=write_window(texts, details, now),
    )


def _parcel(texts: Words, notification: Notification) -> Iterator[str]:
    if parcel := _parcel_text(notification):
        yield texts["parcel"].format(parcel=parcel)


def _parcel_text(notification: Notification) -> str:
    """Return the parcel; a canceled delivery has it in its details."""
    return plain(notification.parcel_ref or notification.details.get("parcel_ref", ""))


def _record_text(texts: Words, notification: Notification) -> str:
    """Return the verification codes of the notification's records."""
    if not notification.others:
        return texts["record"].format(
            seq=notification.seq, witness=notification.witness
        )
    last = notification.others[-1]
    return texts["records"].format(
        seq=notification.seq,
        witness=notification.witness,
        last=last.seq,
        last_witness=last.witness,
    )


def write_window(texts: Words, details: Mapping[str, str], now: datetime) -> str:
    """Write a window, with the dates that aren't today."""
    start, end = (
        datetime.fromisoformat(details[name]) for name in ("starts_at", "ends_at")
    )
    same_day = dt_util.as_local(start).date() == dt_util.as_local(end).date()
    return texts["window"].format(
        start=write_time(texts, start, now),
        end=write_time(texts, end, start if same_day else now),
    )


def write_instant(texts: Words, instant: str, now: datetime) -> str:
    """Write an instant that is stored as text."""
    return write_time(texts, datetime.fromisoformat(instant), now)


def write_time(texts: Words, at: datetime, now: datetime) -> str:
    """Write a local time, with its date if that isn't today."""
    local = dt_util.as_local(at)
    form = "time" if local.date() == dt_util.as_local(now).date() else "date_and_time"
    return texts[form].format(
        year=f"{local:%Y}",
        month=f"{local:%m}",
        day=f"{local:%d}",
        hour=f"{local:%H}",
        minute=f"{local:%M}",
    )


def write_date(texts: Words, written: str) -> str:
    """Write a date that is stored as text."""
    year, month, day = written.split("-")
    return texts["date"].format(year=year, month=month, day=day)
