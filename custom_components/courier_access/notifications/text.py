"""Write notifications in the reader's language, from the translations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations
import orjson

from ..access.hours import Hours
from ..access.markup import in_markdown, plain
from ..access.model import Consent, Outcome, Proof, Reason
from ..const import DOMAIN, PANEL_URL_PATH
from ..ledger.outbox.due import EntryDetails, Notification
from ..ledger.queue import COUNT, Button, Family, NotificationKind
from .actions import action_of
from .deliveries import (
    announcement,
    delivery_text,
    joined,
    of_kind,
    parcel_sentence,
    window_of,
)
from .targets import Action, Text
from .times import (
    WallClock,
    write_date,
    write_hours_of_day,
    write_instant,
    write_time,
    write_weekday,
    write_window,
)

type Words = Mapping[str, str]
"""The texts of a language."""


def link_into_panel(entry_id: str, kind: NotificationKind) -> str:
    """Return the panel's path that shows what a notification is about."""
    return f"/{PANEL_URL_PATH}/{kind.traits.view}?building={entry_id}"


_MOST_OF_A_NAME: Final = 64
"""The most characters of a changed name: a push that is too long never arrives."""

_CODE_GROUP: Final = 4
"""The letters and digits of a verification code that stand together."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What a text needs to know of its reader.

    `link` leads to their personal page. `hours` are their own, if they consent. Times are
    on the wall clock of the building's `zone`.
    """

    link: str | None = None
    has_account: bool = False
    hours: Hours | None = None
    zone: ZoneInfo = ZoneInfo("UTC")


NOBODY: Final = Reader()
"""A reader without personal details: the owner, or former targets."""


async def words(hass: HomeAssistant, language: str | None) -> Words:
    """Return the notification texts of a language."""
    return await texts(hass, language, "notification_")


async def texts(hass: HomeAssistant, language: str | None, prefix: str = "") -> Words:
    """Return a language's texts with this prefix, without it; English fills gaps.

    The default language is Home Assistant's.
    """
    translations = await async_get_translations(
        hass, language or hass.config.language, "common", {DOMAIN}
    )
    return Prefixed(translations, f"component.{DOMAIN}.common.{prefix}")


@dataclass(frozen=True, slots=True, eq=False)
class Prefixed(Mapping[str, str]):
    """Texts by the rest of their keys. There are hundreds, and most pages need a few."""

    _texts: Mapping[str, str]
    _prefix: str

    def __getitem__(self, key: str) -> str:
        return self._texts[self._prefix + key]

    def __iter__(self) -> Iterator[str]:
        chosen = (key for key in self._texts if key.startswith(self._prefix))
        return (key.removeprefix(self._prefix) for key in chosen)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def write(
    texts: Words,
    notification: Notification,
    building: str,
    now: datetime,
    reader: Reader = NOBODY,
    *,
    on_board: bool = False,
) -> Text:
    """Write a notification; `on_board` renders Markdown and names the building.

    Everyone gets courier, door, time, and the receipt. Recipients also get their own
    unit, the parcel, and their personal link. Every user can read the owner's
    notifications. Residents' names stay within their unit, and the driver's is never
    shown.
    """
    title = _title(texts, notification)
    if on_board:
        title = f"{building}: {title}"
        notification = _for_board(notification)
    # What is read later than it was written names dates.
    is_fresh = not (on_board or notification.attempts or notification.others)
    today = now.astimezone(reader.zone).date() if is_fresh else None
    wall = WallClock(reader.zone, today)
    sentences = [
        *_content(texts, notification, wall, reader),
        *_own(texts, notification),
        _receipt(texts, notification),
    ]
    if reader.link is not None and notification.recipient:
        sentences.append(texts["link"].format(link=reader.link))
    traits = notification.kind.traits
    is_quiet = traits.family is Family.ANNOUNCEMENT and not of_kind(
        NotificationKind.DELIVERY_ANNOUNCED, notification
    )
    return Text(
        title=title,
        lock_screen_title=(
            title if traits.is_shown_on_lock_screen else texts["lock_screen_title"]
        ),
        message=" ".join(sentences),
        image=notification.details.get("image"),
        quiet_channel=texts["quiet_channel"] if is_quiet else None,
    )


_DESTRUCTIVE: Final = (Button.VETO, Button.WITHDRAW, Button.DENY)


def actions(texts: Words, notification: Notification) -> tuple[Action, ...]:
    """Return the push's buttons; confirming a resident needs an unlocked phone."""
    traits = notification.kind.traits
    by = notification.details.get("by", "").split()
    # Withdrawing needs a login, and doesn't work from former targets.
    if traits.to_all_targets and (
        notification.addressed is not None or "login" not in by
    ):
        return ()
    announced = of_kind(NotificationKind.DELIVERY_ANNOUNCED, notification)
    if traits.family is Family.ANNOUNCEMENT and not announced:
        return ()
    many = "_all" if len(announced) > 1 else ""
    return tuple(
        Action(
            action_of(button, notification.token),
            texts[f"action_{button}{many}"].format(count=len(announced)),
            destructive=button in _DESTRUCTIVE,
            protected=button is Button.CONFIRM,
        )
        for button in traits.buttons
    )


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


def _title(texts: Words, notification: Notification) -> str:
    """Return the event, without unit, parcel, and residents' names."""
    entry, details = notification.entry, notification.details
    courier = details.get("courier", "") if entry is None else entry.courier_name
    count = 1 + len(notification.others)
    what = str(notification.kind)
    match notification.kind:
        case NotificationKind.MESSAGE_PASSED_ON | NotificationKind.ENTRY_REFUSED:
            pass
        case _ if notification.others and entry is not None:
            what = "digest"
        case NotificationKind.ENTRY_ADMITTED if entry is not None:
            if entry.outcome in (Outcome.OPENED, Outcome.FAILED):
                what = f"entry_{entry.outcome}"
        case NotificationKind.DELIVERY_ANNOUNCED | NotificationKind.DELIVERY_CALLED_OFF:
            announced = of_kind(NotificationKind.DELIVERY_ANNOUNCED, notification)
            called_off = of_kind(NotificationKind.DELIVERY_CALLED_OFF, notification)
            what = "announced" if announced else "called_off"
            count = len(announced or called_off)
            if count > 1:
                what += "_many"
    return texts[f"title_{what}"].format(
        courier=courier, door=details.get("door", ""), count=count
    )


def _content(
    texts: Words, notification: Notification, wall: WallClock, reader: Reader
) -> Iterator[str]:
    """Yield what happened, what it means for the reader, and what they can do."""
    kind, details = notification.kind, notification.details
    match kind:
        case NotificationKind.MESSAGE_PASSED_ON:
            yield _passed_on(texts, notification, wall)
        case _ if notification.entry is not None:
            yield from _entries(texts, notification, wall, reader)
        case NotificationKind.DELIVERY_ANNOUNCED | NotificationKind.DELIVERY_CALLED_OFF:
            yield from announcement(texts, notification, wall)
        case NotificationKind.GRANT_REFUSED:
            yield from _grant_refused(texts, notification, wall, reader)
        case NotificationKind.CONSENT_INVITED | NotificationKind.ZONE_CHANGED:
            yield from _invitation(texts, kind, details, reader)
        case NotificationKind.CONSENT_GIVEN | NotificationKind.RULES_LOOSENED:
            yield _loosened(texts, kind, details, wall)
        case NotificationKind.CONFIGURATION_CHANGED:
            yield _changes(texts, details)
        case NotificationKind.RESIDENT_ADDED | NotificationKind.RESIDENT_CONFIRMED:
            yield from _residents_added(texts, notification)
        case NotificationKind.RESIDENT_CHANGED:
            yield from _resident_changed(texts, details.get("what"))
        case NotificationKind.LEDGER_RESTORED:
            yield texts[f"{kind}_{details['cause']}"]
        case NotificationKind.DECIDED_ON_PAPER:
            yield _on_paper(texts, details)
        case NotificationKind.UNLOCKED_LATE | NotificationKind.LEFT_UNLOCKED:
            yield _unlocked(texts, kind, details, wall)
        case NotificationKind.LINK_RENEWED if COUNT in details:
            yield texts["link_renewed_many"].format(count=details[COUNT])
        case NotificationKind.CONSENT_WITHDRAWN:
            yield texts[_for_reader(kind, notification)]
        case NotificationKind.LOGIN_CHANGED:
            yield texts[f"login_{details['what']}"]
        case _ if "until" in details:
            until = write_instant(texts, details["until"], wall)
            what = f"{kind}_by_you" if notification.is_own else kind
            yield texts[what].format_map({**details, "time": until})
        case _:
            # Each other kind is one text, with its details by their names.
            name = plain(details.get("name", ""))
            yield texts[kind].format_map({**details, "name": name})
    then = kind.traits.then
    if then is not None and details.get("what") != "linked":
        yield texts[then]


def _changes(texts: Words, details: Mapping[str, str]) -> str:
    changes = [
        texts[f"changed_{each['what']}"].format_map(
            {name: _shorten(value) for name, value in each.items()}
        )
        for each in orjson.loads(details["changes"])
    ]
    return texts["configuration_changed"].format(changes=joined(texts, changes))


def _shorten(name: str) -> str:
    return name if len(name) <= _MOST_OF_A_NAME else f"{name[:_MOST_OF_A_NAME]}…"


def _resident_changed(texts: Words, what: str | None) -> Iterator[str]:
    kind = NotificationKind.RESIDENT_CHANGED
    yield texts[kind if what is None else f"{kind}_{what}"]
    yield texts["resident_changed_then"]
    if what == "login":
        yield texts["resident_changed_still"]


def _for_reader(what: str, notification: Notification) -> str:
    """Return the key of a text that its author and the owner read in other versions."""
    if notification.is_own:
        return f"{what}_by_you"
    return what if notification.recipient else f"{what}_owner"


def _grant_refused(
    texts: Words, notification: Notification, wall: WallClock, reader: Reader
) -> Iterator[str]:
    """Yield which grant was refused, why, and what the reader can change."""
    details = notification.details
    yield delivery_text(texts, "grant_refused", notification, wall)
    starts_at, ends_at = window_of(details)
    yield _reason(
        texts, notification, Reason(details["reason"]), starts_at, ends_at, reader
    )


def _reason(
    texts: Words,
    notification: Notification,
    reason: Reason,
    starts_at: datetime,
    ends_at: datetime,
    reader: Reader,
) -> str:
    """Return why; to a recipient, what they can change. Neighbors learn nothing more."""
    if not notification.recipient:
        return texts[f"reason_{reason}"]
    hours, zone = reader.hours, reader.zone
    match reason:
        case Reason.OUTSIDE_SCHEDULE | Reason.NOT_ACCEPTING if (
            hours is not None and not hours.windows(starts_at, ends_at, zone)
        ):
            if (own := write_hours_of_day(texts, hours, starts_at, zone)) is not None:
                return texts["your_hours"].format(hours=own)
            day = write_weekday(texts, starts_at, zone)
            return texts["your_no_hours"].format(day=day)
        case Reason.NOT_ACCEPTING | Reason.PAUSED:
            return texts[f"your_{reason}"]
        case Reason.VETOED if notification.kind is NotificationKind.GRANT_REFUSED:
            return texts["your_vetoed"]
    return texts[f"reason_{reason}"]


def _invitation(
    texts: Words, kind: NotificationKind, details: Mapping[str, str], reader: Reader
) -> Iterator[str]:
    """Yield an invitation to decide about consent, and where to do that."""
    is_invited = kind is NotificationKind.CONSENT_INVITED
    is_first = is_invited and "cause" not in details
    what = kind if is_first or not is_invited else "consent_invited_again"
    yield texts[what].format_map(details)
    where = (
        "account" if reader.has_account else "paper" if reader.link is None else "link"
    )
    yield texts[f"consent_invited_{where}"]
    if is_first:
        yield texts["consent_invited_receipt"]


def _own(texts: Words, notification: Notification) -> Iterator[str]:
    """Yield what concerns the reader alone: their unit and parcel."""
    if notification.kind is NotificationKind.MESSAGE_PASSED_ON:
        return
    if notification.unit is not None:
        yield texts["unit"].format(unit=notification.unit)
    if not notification.others:
        yield from parcel_sentence(texts, notification)


def _passed_on(texts: Words, notification: Notification, wall: WallClock) -> str:
    """Return a passed-on message, marked so it can't pass for ours or a command."""
    details, entry = notification.details, notification.entry
    assert entry is not None
    whose = _entry_text(texts, notification.kind, entry, wall)
    return "\n".join(
        part for part in (details.get("title"), details["message"], whose) if part
    )


def _unlocked(
    texts: Words,
    kind: NotificationKind,
    details: Mapping[str, str],
    wall: WallClock,
) -> str:
    """Return when a door unlocked late, or may have stayed unlocked."""
    return texts[kind].format(
        courier=details["courier"],
        door=details["door"],
        entered=write_instant(texts, details["entered_at"], wall),
        time=write_instant(texts, details["at"], wall),
    )


def _loosened(
    texts: Words,
    kind: NotificationKind,
    details: Mapping[str, str],
    wall: WallClock,
) -> str:
    """Return what was loosened, when, and how."""
    at = datetime.fromisoformat(details["at"])
    if "since" in details:
        since = datetime.fromisoformat(details["since"])
        time = write_window(texts, since, at, wall)
    else:
        time = write_time(texts, at, wall)
    what = [texts[f"loosened_{each}"] for each in details["loosened"].split()]
    if kind is NotificationKind.CONSENT_GIVEN:
        what.insert(0, texts["loosened_consent"])
    return texts["rules_loosened"].format(
        time=time,
        what=", ".join(what),
        by=", ".join(texts[f"loosened_by_{each}"] for each in details["by"].split()),
    )


def _residents_added(texts: Words, notification: Notification) -> Iterator[str]:
    kind, details = notification.kind, notification.details
    names = plain(details["name"])
    if "confirmed_by" in details:
        by = plain(details["confirmed_by"])
        what = f"{kind}_by_you" if notification.is_own else f"{kind}_by"
        yield texts[what].format(name=names, by=by)
    elif "more" not in details:
        yield texts[kind].format(name=names)
    else:
        if details["more"] != "0":
            names = f"{names}, {texts['digest_more'].format(count=details['more'])}"
        yield texts["residents_counted"].format(names=names)
    if kind is NotificationKind.RESIDENT_CONFIRMED:
        yield texts["resident_confirmed_then"]


def _entries(
    texts: Words, notification: Notification, wall: WallClock, reader: Reader
) -> Iterator[str]:
    kind, entry = notification.kind, notification.entry
    assert entry is not None
    if notification.others:
        yield _digest_text(texts, [notification, *notification.others], wall)
        return
    if kind is NotificationKind.ENTRY_REFUSED:
        what = "refused"
    elif kind is NotificationKind.ENTRY_OBSERVED:
        what = "observed"
    else:
        what = "admitted" if entry.outcome is None else f"admitted_{entry.outcome}"
    yield _entry_text(texts, what, entry, wall)
    if entry.proof not in (None, Proof.SIGNED):
        yield texts[f"proof_{entry.proof}"]
    if kind is NotificationKind.ENTRY_REFUSED and entry.reason is not None:
        ends_at = entry.at + timedelta(seconds=1)
        yield _reason(texts, notification, entry.reason, entry.at, ends_at, reader)


def _on_paper(texts: Words, details: Mapping[str, str]) -> str:
    """Return what was decided on paper, which can't restore withdrawn consent."""
    if details["consent"] == Consent.GIVEN:
        what = "given"
    else:
        what = "hours" if details.get("on_paper") == Consent.GIVEN else "withdrawn"
    decided_on = write_date(texts, date.fromisoformat(details["decided_on"]))
    return texts[f"decided_on_paper_{what}"].format(date=decided_on)


def _digest_text(
    texts: Words, notifications: list[Notification], wall: WallClock
) -> str:
    """Return one text for several entries."""
    entries = [
        _entry_text(
            texts,
            _in_digest(notification.kind, notification.entry),
            notification.entry,
            wall,
        )
        for notification in notifications
        if notification.entry is not None
    ]
    return texts["digest"].format(count=len(entries), entries=joined(texts, entries))


def _in_digest(kind: NotificationKind, entry: EntryDetails) -> str:
    if kind is NotificationKind.ENTRY_OBSERVED:
        return "digest_observed"
    return f"digest_{entry.outcome or 'unknown'}"


def _entry_text(texts: Words, what: str, entry: EntryDetails, wall: WallClock) -> str:
    """Return an entry's text; a refusal of an unknown grant has no door."""
    return texts[what if entry.door_name else f"{what}_nowhere"].format(
        courier=entry.courier_name,
        door=entry.door_name,
        time=write_time(texts, entry.at, wall),
    )


def _receipt(texts: Words, notification: Notification) -> str:
    """Return the numbers and verification codes of the notification's records."""
    if not notification.others:
        return texts["receipt"].format(
            seq=notification.seq, code=_grouped(notification.witness)
        )
    last = notification.others[-1]
    return texts["receipts"].format(
        seq=notification.seq,
        code=_grouped(notification.witness),
        last=last.seq,
        last_code=_grouped(last.witness),
    )


def _grouped(code: str) -> str:
    """Write a verification code in groups, as people copy it."""
    starts = range(0, len(code), _CODE_GROUP)
    return " ".join(code[start : start + _CODE_GROUP] for start in starts)
