"""Write notifications in the reader's language, from the translations."""

from collections.abc import Iterator, Mapping, Sequence
from copy import replace
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations
import orjson

from ..access.hours import ALWAYS, EPOCH, Hours, WeekSchedule
from ..access.model import Consent, Outcome, Proof, Reason
from ..access.names import in_markdown, plain
from ..const import BRITISH, DOMAIN, ONLY_DRIVERS_LANGUAGES, PANEL_URL_PATH
from ..ledger.outbox.due import EntryDetails, Notification
from ..ledger.queue import (
    COUNT,
    FIRST,
    FOUND_AT,
    LIFTED,
    LOOSENING,
    UNLOCKED,
    Button,
    Family,
    NotificationKind,
    Rank,
    View,
)
from ..ledger.state.configured import Change
from ..residents.directory import Responsible
from .actions import action_of
from .targets import Action, Text, button
from .times import Times

type Words = Mapping[str, str]

MAX_LISTED: Final = 8
"""The most entries or deliveries that one message lists; a push is short."""

_MOST_OF_A_NAME: Final = 64
"""The most characters of a changed name: a push that is too long never arrives."""

_REFUSALS: Final = (
    NotificationKind.CONSENT_WITHDRAWN,
    NotificationKind.CONSENT_OPTED_OUT,
)
ON_A_PAGE: Final = frozenset(
    {
        "configuration_changed_then",
        "fleet_visits_asked_then",
        "fleet_visits_then",
        "resident_confirmed_then",
        "rules_loosened_then",
        "said_yes_then",
    }
)
"""What to do in texts that have another one for a personal page, with its button."""

_CODE_GROUP: Final = 4
"""The letters and digits of a verification code that stand together."""


class Reader(NamedTuple):
    """What a text needs to know of its reader.

    If `is_private`, the text names neither a unit nor the parcel. `link` leads to
    their personal page. `responsible` is who answers for their data. `hours` are their
    own, if they consent. `denied` are the names of couriers that somebody in their home
    denies, and `paused_until` ends their home's own pause. Times are on the wall clock of
    the building's `zone`. Without an account or a page, they `can_act` on nothing by
    themselves.
    """

    link: str | None = None
    has_account: bool = False
    can_act: bool = True
    responsible: Responsible | None = None
    hours: Hours | None = None
    denied: frozenset[str] = frozenset()
    paused_until: datetime | None = None
    zone: ZoneInfo = ZoneInfo("UTC")
    is_private: bool = False


NOBODY: Final = Reader()
"""A reader without personal details: the administrator, or former targets."""


def link_into_panel(entry_id: str, view: View) -> str:
    return f"/{PANEL_URL_PATH}/{view}?building={entry_id}"


async def words(hass: HomeAssistant, language: str | None) -> Words:
    return await texts(hass, language, "notification_")


async def texts(hass: HomeAssistant, language: str | None, prefix: str = "") -> Words:
    """Return a language's texts with this prefix, without it; English fills gaps.

    The default language is Home Assistant's. If that is British English, so is
    English: it has the same texts, with other dates and times.
    """
    own = hass.config.language
    if language is None or (language == "en" and own == BRITISH):
        language = own
    translations = await async_get_translations(hass, language, "common", {DOMAIN})
    return Prefixed(translations, f"component.{DOMAIN}.common.{prefix}")


async def drivers_texts(hass: HomeAssistant, language: str | None) -> Words:
    """Return the texts for drivers in a language, by default Home Assistant's.

    A language that only drivers have has no other texts.
    """
    language = language or hass.config.language
    if language not in ONLY_DRIVERS_LANGUAGES:
        return await texts(hass, language)
    return await hass.async_add_executor_job(_read_drivers_texts, language)


@cache
def _read_drivers_texts(language: str) -> Words:
    path = Path(__file__).parents[1] / "translations" / "drivers" / f"{language}.json"
    read: Words = orjson.loads(path.read_bytes())
    return read


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
    unit, the parcel, and their personal link. Every user can read the administrator's
    notifications. Residents' names stay within their unit, and the driver's is never
    shown.
    """
    title = _title(texts, notification)
    if on_board:
        title = f"{building}: {title}"
        notification = _for_board(notification)
    # What is read later than it was written names dates.
    is_fresh = not (on_board or notification.attempts or notification.others)
    today = now.astimezone(reader.zone).date()
    writer = _Writer(texts, reader, Times(texts, reader.zone, today, is_fresh))
    traits = notification.kind.traits
    is_quiet = traits.family is Family.ANNOUNCEMENT and not _announced(notification)
    return Text(
        title=title,
        lock_screen_title=(
            title if traits.is_shown_on_lock_screen else texts["lock_screen_title"]
        ),
        message=" ".join(writer.sentences(notification)),
        image=notification.details.get("image"),
        quiet_channel=texts["quiet_channel"] if is_quiet else None,
    )


_DESTRUCTIVE: Final = (Button.VETO, Button.WITHDRAW, Button.DENY, Button.OBJECT)


def actions(texts: Words, notification: Notification) -> tuple[Action, ...]:
    """Return the push's buttons; what loosens needs an unlocked phone."""
    traits = notification.kind.traits
    by = notification.details.get("by", "").split()
    # Withdrawing needs an account, and doesn't work from former targets.
    if traits.to_all_targets and (
        notification.addressed is not None or "login" not in by
    ):
        return ()
    announced = _announced(notification)
    if traits.family is Family.ANNOUNCEMENT and not announced:
        return ()
    if (token := notification.token) is None:
        return ()
    count = len(announced) or int(notification.details.get(COUNT, "1"))
    many = "_all" if count > 1 and Button.OPEN_DAY not in traits.buttons else ""
    return tuple(
        button(
            action_of(verb, token),
            texts[f"action_{verb}{many}"].format(count=count),
            destructive=verb in _DESTRUCTIVE,
            protected=verb in LOOSENING,
        )
        for verb in traits.buttons
    )


def _of_kind(kind: NotificationKind, notification: Notification) -> list[Notification]:
    return [one for one in (notification, *notification.others) if one.kind is kind]


_announced = partial(_of_kind, NotificationKind.DELIVERY_ANNOUNCED)
_called_off = partial(_of_kind, NotificationKind.DELIVERY_CALLED_OFF)


def announced_by_name(notification: Notification) -> list[Notification]:
    return _announced(notification)[:MAX_LISTED]


def _for_board(notification: Notification) -> Notification:
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
    courier = _courier(notification)
    count = 1 + len(notification.others)
    what = str(notification.kind)
    match notification.kind:
        case NotificationKind.MESSAGE_PASSED_ON | NotificationKind.ENTRY_REFUSED:
            pass
        case _ if notification.others and entry is not None:
            what = "digest"
        case _ if FIRST in details:
            what = "said_yes"
        case _ if LIFTED in details:
            what = "consent_lifted"
        case _ if FOUND_AT in details:
            what = str(NotificationKind.LEDGER_RESTORED)
        case NotificationKind.ENTRY_ADMITTED if entry is not None:
            if entry.outcome in (Outcome.OPENED, Outcome.FAILED):
                what = f"entry_{entry.outcome}"
        case NotificationKind.DELIVERY_ANNOUNCED | NotificationKind.DELIVERY_CALLED_OFF:
            announced = _announced(notification)
            count = len(announced or _called_off(notification))
            what = _news_of(announced[0]) if announced else "called_off"
            if count > 1:
                what = "announced_many" if announced else "called_off_many"
    return texts[f"title_{what}"].format(
        courier=courier, door=details.get("door", ""), count=count
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """What the sentences of one message have in common."""

    texts: Words
    reader: Reader
    times: Times

    def sentences(self, notification: Notification) -> Iterator[str]:
        yield from self._content(notification)
        # What concerns the reader alone: their unit and parcel.
        if notification.kind is not NotificationKind.MESSAGE_PASSED_ON:
            yield from self._unit(notification)
            if not notification.others:
                yield from self._parcel(notification)
        yield self._receipt(notification)
        is_for_page = notification.kind is NotificationKind.LOG_SHORTENED
        if self.reader.link is not None and (notification.recipient or is_for_page):
            yield self.texts["link"].format(link=self.reader.link)

    def _content(self, notification: Notification) -> Iterator[str]:
        texts, kind, details = self.texts, notification.kind, notification.details
        match kind:
            case NotificationKind.MESSAGE_PASSED_ON:
                yield self._passed_on(notification)
            case _ if notification.entry is not None:
                yield from self._entries(notification, notification.entry)
            case _ if kind.traits.family is Family.ANNOUNCEMENT:
                yield from self._announcement(notification)
            case NotificationKind.GRANT_REFUSED:
                yield self._delivery("grant_refused", notification)
                reason = Reason(details["reason"])
                yield self._reason(notification, reason, *_window_of(details))
            case NotificationKind.CONSENT_INVITED | NotificationKind.ZONE_CHANGED:
                yield from self._invitation(kind, details)
            case NotificationKind.CONSENT_GIVEN | NotificationKind.RULES_LOOSENED:
                yield from self._loosened(kind, details)
            case NotificationKind.CONFIGURATION_CHANGED:
                yield self._changes(details)
            case NotificationKind.RESIDENT_ADDED | NotificationKind.RESIDENT_CONFIRMED:
                yield from self._residents_added(notification)
            case NotificationKind.RESIDENT_CHANGED:
                yield from self._resident_changed(details.get("what"))
            case NotificationKind.LEDGER_RESTORED:
                yield texts[f"{kind}_{details['cause']}"]
            case NotificationKind.DECIDED_ON_PAPER:
                yield self._on_paper(details)
            case NotificationKind.UNLOCKED_LATE | NotificationKind.LEFT_UNLOCKED:
                at, entered = map(self._instant, (details["at"], details["entered_at"]))
                yield self._say(kind, **details, time=at, entered=entered)
            case NotificationKind.LIMIT_REACHED | NotificationKind.DAY_CLOSED:
                yield self._of_day(kind, details)
            case NotificationKind.LINK_RENEWED:
                many = "_many" if COUNT in details else ""
                yield self._say(f"{kind}{many}", **details)
                if not self.reader.can_act:
                    yield texts["link_renewed_nowhere"]
            case _ if kind in _REFUSALS:
                yield self._refusal(notification)
            case NotificationKind.LOGIN_CHANGED:
                yield texts[f"login_{details['what']}"]
            case _ if "until" in details:
                yield from self._until(notification)
            case _:
                yield from self._in_one(kind, details)
        then = "said_yes_then" if FIRST in details else kind.traits.then
        if then is not None and details.get("what") != "linked":
            owns = "account" if self.reader.link is None else "page"
            yield self._then(then).format(secure=texts[f"secure_{owns}"])

    def _until(self, notification: Notification) -> Iterator[str]:
        """Yield what is so until a time, and that its reader can end a pause before."""
        kind, details = notification.kind, notification.details
        what = f"{kind}_by_you" if notification.is_own else kind
        yield self._say(what, **{**details, "time": self._instant(details["until"])})
        is_pause = kind.traits.family in (Family.BUILDING_PAUSE, Family.UNIT_PAUSE)
        if is_pause and self.reader.can_act and not notification.is_own:
            yield self.texts["paused_then"]

    def _then(self, then: str) -> str:
        """Return what to do then, by the buttons of their page if they have one."""
        has_page = self.reader.link is not None and then in ON_A_PAGE
        return self.texts[f"{then}_page" if has_page else then]

    def _refusal(self, notification: Notification) -> str:
        is_lifted = LIFTED in notification.details
        what = "consent_lifted" if is_lifted else notification.kind
        to = "" if notification.recipient else "_owner"
        return self.texts[f"{what}_by_you" if notification.is_own else f"{what}{to}"]

    def _say(self, key: str, /, **values: object) -> str:
        return self.texts[key].format_map(values)

    def _instant(self, instant: str) -> str:
        return self.times.moment(datetime.fromisoformat(instant))

    def _hours_of_day(self, hours: Hours, at: datetime) -> str | None:
        local = at.astimezone(self.reader.zone)
        windows = hours.of_day(local.date().toordinal() - EPOCH.toordinal())
        return ", ".join(map(self.times.hours, windows)) or None

    def _of_day(self, kind: NotificationKind, details: Mapping[str, str]) -> str:
        day = self.times.full_date(date.fromisoformat(details["day"]))
        return self._say(kind, **{**details, "day": day})

    def _changes(self, details: Mapping[str, str]) -> str:
        changes = [self._change(each) for each in orjson.loads(details["changes"])]
        return self._say("configuration_changed", changes=self._joined(changes))

    def _change(self, change: Mapping[str, str]) -> str:
        names_home = change["what"] == Change.HOME_REPLACED
        private = "_private" if names_home and self.reader.is_private else ""
        names = {name: _shorten(value) for name, value in change.items()}
        return self._say(f"changed_{change['what']}{private}", **names)

    def _in_one(
        self, kind: NotificationKind, details: Mapping[str, str]
    ) -> Iterator[str]:
        """Yield a kind's text with its details by their names, and the doors left unlocked."""
        name, fleet = plain(details.get("name", "")), details.get("fleet", "")
        what = f"{kind}_{details['what']}" if fleet and "what" in details else kind
        yield self._say(what, **{**details, "name": name, "fleet": _shorten(fleet)})
        if UNLOCKED in details:
            yield self._say("not_locked_yet", door=details[UNLOCKED])

    def _resident_changed(self, what: str | None) -> Iterator[str]:
        kind = NotificationKind.RESIDENT_CHANGED
        yield self.texts[kind if what is None else f"{kind}_{what}"]
        # A no stays in effect if only the account is another one.
        of_login = "_login" if what in ("login", "first_login") else ""
        yield self.texts[f"{kind}_then{of_login}"]
        if what == "login":
            yield self.texts["resident_changed_still"]

    def _reason(
        self,
        notification: Notification,
        reason: Reason,
        starts_at: datetime,
        ends_at: datetime,
    ) -> str:
        """Return why; to a recipient, what they can change. Neighbors learn nothing more."""
        texts, hours, zone = self.texts, self.reader.hours, self.reader.zone
        if not notification.recipient:
            return texts[f"reason_{reason}"]
        paused_until = self.reader.paused_until
        match reason:
            case Reason.NOT_ACCEPTING if _courier(notification) in self.reader.denied:
                return texts["your_denied"]
            case Reason.PAUSED if paused_until is not None and starts_at < paused_until:
                what = "your_home_paused" if self.reader.can_act else "unit_paused"
                return self._say(what, time=self.times.moment(paused_until))
            case Reason.PAUSED if not self.reader.can_act:
                return texts[f"reason_{reason}"]
            case Reason.OUTSIDE_SCHEDULE | Reason.NOT_ACCEPTING if (
                hours is not None and not hours.windows(starts_at, ends_at, zone)
            ):
                day = self.times.weekday(starts_at)
                if (own := self._hours_of_day(hours, starts_at)) is None:
                    return self._say("your_no_hours", day=day)
                return self._say("your_hours", hours=f"{day} {own}")
            case Reason.NOT_ACCEPTING | Reason.PAUSED:
                return texts[f"your_{reason}"]
            case Reason.VETOED if notification.kind is NotificationKind.GRANT_REFUSED:
                return texts["your_vetoed"]
        return texts[f"reason_{reason}"]

    def _invitation(
        self, kind: NotificationKind, details: Mapping[str, str]
    ) -> Iterator[str]:
        is_invited = kind is NotificationKind.CONSENT_INVITED
        is_first = is_invited and details.keys().isdisjoint({"cause", FOUND_AT})
        if FOUND_AT in details:
            found = datetime.fromisoformat(details[FOUND_AT])
            day = found.astimezone(self.reader.zone).date()
            yield self._say("consent_altered", date=self.times.full_date(day))
        else:
            what = kind if is_first or not is_invited else "consent_invited_again"
            yield self._say(what, **details)
        if self.reader.has_account:
            where = "account"
        else:
            where = "paper" if self.reader.link is None else "link"
        yield self.texts[f"consent_invited_{where}"]
        responsible = self.reader.responsible
        if responsible is not None and responsible.lines:
            yield self._say("responsible", who=responsible.line)
        if is_first:
            yield self.texts["consent_invited_receipt"]

    def _passed_on(self, notification: Notification) -> str:
        """Return a passed-on message, marked so it can't pass for ours or a command."""
        details, entry = notification.details, notification.entry
        assert entry is not None
        whose = self._entry(notification.kind, entry)
        return "\n".join(
            part for part in (details.get("title"), details["message"], whose) if part
        )

    def _first_yes(self) -> Iterator[str]:
        """Yield what the reader decided, with their hours as they are now."""
        yield self.texts["said_yes"]
        if (hours := self.reader.hours) is None:
            return
        if hours.is_empty:
            yield self.texts["said_yes_no_hours"]
        elif not hours.week.is_empty:
            yield self._say("said_yes_hours", hours=self._week(hours.week))

    def _week(self, schedule: WeekSchedule) -> str:
        """Return the open hours of a week, those of days that are alike once."""
        if schedule == ALWAYS:
            return self.texts["always"]
        names = self.texts["weekdays"].split()
        alike = groupby(range(len(names)), key=lambda day: schedule.days[day])
        spans = [(windows, [names[day] for day in days]) for windows, days in alike]
        return "; ".join(
            f"{self._days(days)} {', '.join(map(self.times.hours, windows))}"
            for windows, days in spans
            if windows
        )

    def _days(self, names: Sequence[str]) -> str:
        first, last = names[0], names[-1]
        return first if first == last else self._say("window", start=first, end=last)

    def _loosened(
        self, kind: NotificationKind, details: Mapping[str, str]
    ) -> Iterator[str]:
        if FIRST in details:
            yield from self._first_yes()
            return
        texts, at = self.texts, datetime.fromisoformat(details["at"])
        if "since" in details:
            since = datetime.fromisoformat(details["since"])
            time = self.times.span(since, at)
        else:
            time = self.times.moment(at)
        what = [texts[f"loosened_{each}"] for each in details["loosened"].split()]
        if kind is NotificationKind.CONSENT_GIVEN:
            what.insert(0, texts["loosened_consent"])
        by = [texts[f"loosened_by_{each}"] for each in details["by"].split()]
        yield self._say(
            "rules_loosened", time=time, what=", ".join(what), by=", ".join(by)
        )

    def _residents_added(self, notification: Notification) -> Iterator[str]:
        kind, details = notification.kind, notification.details
        names = plain(details["name"])
        if "confirmed_by" in details:
            what = f"{kind}_by_you" if notification.is_own else f"{kind}_by"
            yield self._say(what, name=names, by=plain(details["confirmed_by"]))
        elif "more" not in details:
            yield self._say(kind, name=names)
        else:
            if details["more"] != "0":
                names = f"{names}, {self._say('digest_more', count=details['more'])}"
            yield self._say("residents_counted", names=names)
        if kind is NotificationKind.RESIDENT_CONFIRMED:
            yield self._then("resident_confirmed_then")

    def _on_paper(self, details: Mapping[str, str]) -> str:
        """Return what was decided on paper, which can't restore withdrawn consent."""
        if details["consent"] == Consent.GIVEN:
            what = "given"
        else:
            what = "hours" if details.get("on_paper") == Consent.GIVEN else "withdrawn"
        decided_on = date.fromisoformat(details["decided_on"])
        return self._say(
            f"decided_on_paper_{what}", date=self.times.full_date(decided_on)
        )

    def _entries(
        self, notification: Notification, entry: EntryDetails
    ) -> Iterator[str]:
        kind = notification.kind
        if notification.others:
            yield self._digest(notification)
            return
        if kind is NotificationKind.ENTRY_REFUSED:
            what = "refused"
        elif kind is NotificationKind.ENTRY_OBSERVED:
            what = "observed"
        else:
            what = "admitted" if entry.outcome is None else f"admitted_{entry.outcome}"
        yield self._entry(what, entry)
        if entry.proof not in (None, Proof.SIGNED):
            yield self.texts[f"proof_{entry.proof}"]
        if kind is NotificationKind.ENTRY_REFUSED and entry.reason is not None:
            ends_at = entry.at + timedelta(seconds=1)
            yield self._reason(notification, entry.reason, entry.at, ends_at)

    def _digest(self, notification: Notification) -> str:
        entries = [
            self._entry(
                "digest_observed"
                if one.kind is NotificationKind.ENTRY_OBSERVED
                else f"digest_{one.entry.outcome or 'unknown'}",
                one.entry,
            )
            for one in (notification, *notification.others)
            if one.entry is not None
        ]
        return self._say("digest", count=len(entries), entries=self._joined(entries))

    def _entry(self, what: str, entry: EntryDetails) -> str:
        """Return an entry's text; a refusal of an unknown grant has no door."""
        return self._say(
            what if entry.door_name else f"{what}_nowhere",
            courier=entry.courier_name,
            door=entry.door_name,
            time=self.times.moment(entry.at),
        )

    def _announcement(self, notification: Notification) -> Iterator[str]:
        is_combined = bool(notification.others)
        announced, called_off = _announced(notification), _called_off(notification)
        yield from self._deliveries("announced", announced, is_combined=is_combined)
        if announced:
            ask = "" if self.reader.can_act else "_ask"
            yield self.texts[f"announced_then{ask}"]
        yield from self._deliveries("called_off", called_off, is_combined=is_combined)

    def _deliveries(
        self, what: str, notifications: Sequence[Notification], *, is_combined: bool
    ) -> Iterator[str]:
        match notifications:
            case [notification]:
                yield self._delivery(_news_of(notification), notification)
                for more in self._entries_and_issuer(notification):
                    yield f"{more[0].upper()}{more[1:]}."
                if is_combined:
                    yield from self._parcel(notification)
            case [*_, last]:
                yield self._say(
                    f"{what}_many",
                    count=len(notifications),
                    courier=last.details["courier"],
                    deliveries=self._joined([*map(self._in_list, notifications)]),
                )

    def _in_list(self, notification: Notification) -> str:
        details = notification.details
        parts = [details["door"], self.times.span(*_window_of(details))]
        if (news := _news_of(notification)) in ("announced_moved", "announced_again"):
            parts.append(self._say(f"many_{news}", earlier=self._earlier(notification)))
        if parcel := self._parcel_ref(notification):
            parts.append(self._say("many_parcel", parcel=parcel))
        parts += self._entries_and_issuer(notification)
        return ", ".join(part for part in parts if part)

    def _entries_and_issuer(self, notification: Notification) -> Iterator[str]:
        details = notification.details
        if (entries := details.get("max_entries", "1")) != "1":
            yield self._say("many_entries", entries=entries)
        if (issued_by := details.get("issued_by")) is not None:
            yield self.texts[f"many_by_{issued_by}"]

    def _delivery(self, what: str, notification: Notification) -> str:
        """Return a grant's text; an unknown door is left out."""
        details = notification.details
        return self._say(
            what if details["door"] else f"{what}_nowhere",
            courier=details["courier"],
            door=details["door"],
            window=self.times.span(*_window_of(details)),
            earlier=self._earlier(notification),
        )

    def _earlier(self, notification: Notification) -> str:
        """Return the window that a delivery had before; without the day if that stays."""
        if (earlier := notification.earlier) is None:
            return ""
        start, _ = _window_of(notification.details)
        day = start.astimezone(self.reader.zone).date()
        return self.times.span(*_window_of(earlier.details), named=day)

    def _unit(self, notification: Notification) -> Iterator[str]:
        if notification.unit is None:
            return
        if not self.reader.is_private:
            yield self._say("unit", unit=notification.unit)
        elif notification.kind.traits.rank is Rank.ENTRY:
            # Everybody is notified of an entry; other texts say whose home it is about.
            yield self.texts["for_your_home"]

    def _parcel(self, notification: Notification) -> Iterator[str]:
        if parcel := self._parcel_ref(notification):
            yield self._say("parcel", parcel=parcel)

    def _parcel_ref(self, notification: Notification) -> str:
        return "" if self.reader.is_private else _parcel_ref(notification)

    def _joined(self, entries: Sequence[str]) -> str:
        first = [*entries[:MAX_LISTED]]
        if left := len(entries) - len(first):
            first.append(self._say("digest_more", count=left))
        return "; ".join(first)

    def _receipt(self, notification: Notification) -> str:
        seq, code = notification.seq, _grouped(notification.witness)
        if not notification.others:
            return self._say("receipt", seq=seq, code=code)
        last = notification.others[-1]
        return self._say(
            "receipts",
            seq=seq,
            code=code,
            last=last.seq,
            last_code=_grouped(last.witness),
        )


def _shorten(name: str) -> str:
    return name if len(name) <= _MOST_OF_A_NAME else f"{name[:_MOST_OF_A_NAME]}…"


def _window_of(details: Mapping[str, str]) -> tuple[datetime, datetime]:
    return (
        datetime.fromisoformat(details["starts_at"]),
        datetime.fromisoformat(details["ends_at"]),
    )


def _news_of(notification: Notification) -> str:
    if notification.kind is NotificationKind.DELIVERY_CALLED_OFF:
        return "called_off"
    if (earlier := notification.earlier) is None:
        return "announced"
    if earlier.kind is NotificationKind.DELIVERY_CALLED_OFF:
        return "announced_again"
    has_moved = _window_of(earlier.details) != _window_of(notification.details)
    return "announced_moved" if has_moved else "announced_changed"


def _courier(notification: Notification) -> str:
    entry = notification.entry
    if entry is None:
        return notification.details.get("courier", "")
    return entry.courier_name


def _parcel_ref(notification: Notification) -> str:
    """Return the parcel; a canceled delivery has it in its details."""
    return plain(
        notification.delivery.parcel_ref or notification.details.get("parcel_ref", "")
    )


def write_receipt(seq: int, code: str) -> str:
    """Write a record's number and verification code, as they stand alone."""
    return f"{seq} · {_grouped(code)}"


def _grouped(code: str) -> str:
    """Write a verification code in groups, as people copy it."""
    starts = range(0, len(code), _CODE_GROUP)
    return " ".join(code[start : start + _CODE_GROUP] for start in starts)
