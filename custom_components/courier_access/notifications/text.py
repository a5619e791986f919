"""Write notifications in the reader's language, from the translations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final, assert_never

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..access.markup import in_markdown, plain
from ..access.model import Consent, Reason
from ..const import DOMAIN, PANEL_URL_PATH
from ..ledger.outbox.due import EntryDetails, Notice
from ..ledger.queue import ANNOUNCEMENTS, NotificationKind
from .actions import Verb, action_of
from .targets import Action, Text
from .times import Words, write_date, write_instant, write_time, write_window


class View(StrEnum):
    """A view of the panel, by its path."""

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
        NotificationKind.LEDGER_BEGUN_ANEW,
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
        NotificationKind.MESSAGE_PASSED_ON,
        NotificationKind.UNLOCKED_LATE,
    }
)


def link_into_panel(entry_id: str, kind: NotificationKind) -> str:
    """Return the path of the front end that shows what such a notice of this building is about."""
    if kind in _HOURS:
        view = View.HOURS
    elif kind in _ENTRIES:
        view = View.ENTRIES
    elif kind in ANNOUNCEMENTS:
        view = View.DELIVERIES
    else:
        view = View.NOW
    return f"/{PANEL_URL_PATH}/{view}?building={entry_id}"


MOST_ONE_BY_ONE: Final = 8
"""How many entries or deliveries a message that tells many tells one by one; a push has room for some more."""

_OWN_RULES: Final = frozenset({Reason.NOT_ACCEPTING, Reason.OUTSIDE_SCHEDULE})
"""Reasons for which readers can change what they decided."""


async def words(hass: HomeAssistant, language: str | None) -> Words:
    """Return the words of notices in a language, as `texts` does."""
    return await texts(hass, language, "notice_")


async def texts(hass: HomeAssistant, language: str | None, prefix: str = "") -> Words:
    """Return the texts of a language, Home Assistant's where none is given; what it lacks is in English.

    Of their keys the prefix is left out, and all that have another.
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
    said: Words,
    notice: Notice,
    building: str,
    now: datetime,
    *,
    link: str | None = None,
    has_account: bool = False,
    on_board: bool = False,
) -> Text:
    """Write a notice; `on_board` is where Home Assistant renders Markdown.

    Everyone is told courier, door, time and the record's place in the ledger; a recipient also their own unit and
    the parcel, and last the personal `link` where there is one. The owner's notices can be read by everybody who
    logs in. Only a unit's own residents read the name of one of them, and nobody that of the driver.
    """
    if on_board:
        notice = _for_board(notice)
    sentences = [
        *_told(said, notice, now, link, has_account=has_account),
        *_own(said, notice),
        _record(said, notice),
    ]
    if link is not None and notice.recipient:
        sentences.append(said["link"].format(link=link))
    is_quiet = notice.kind in ANNOUNCEMENTS and not _of(
        NotificationKind.DELIVERY_ANNOUNCED, notice
    )
    return Text(
        title=said[_title(notice)].format(building=building),
        lock_screen_title=said["lock_screen_title"],
        message=" ".join(sentences),
        image=notice.details.get("image"),
        quiet_channel=said["quiet_channel"] if is_quiet else None,
    )


def actions(said: Words, notice: Notice) -> tuple[Action, ...]:
    """Return what a recipient can do from a push; confirming lets more in, and is for an unlocked phone."""
    match notice.kind:
        case NotificationKind.DELIVERY_ANNOUNCED | NotificationKind.DELIVERY_CALLED_OFF:
            count = len(_of(NotificationKind.DELIVERY_ANNOUNCED, notice))
            if count == 0:
                return ()
            title = said["action_veto" if count == 1 else "action_veto_all"].format(
                count=count
            )
            return (
                Action(action_of(Verb.VETO, notice.token), title, destructive=True),
            )
        case NotificationKind.RESIDENT_ADDED:
            confirm = action_of(Verb.CONFIRM, notice.token)
            return (Action(confirm, said["action_confirm"], protected=True),)
        case (
            NotificationKind.CONSENT_GIVEN
            | NotificationKind.RULES_LOOSENED
            | NotificationKind.RESIDENT_CONFIRMED
        ):
            # It works with a login, and through the targets of whoever is the resident now.
            if (
                notice.addressed is not None
                or "login" not in notice.details.get("by", "").split()
            ):
                return ()
            withdraw = action_of(Verb.WITHDRAW, notice.token)
            return (Action(withdraw, said["action_withdraw"], destructive=True),)
        case _:
            return ()


def _for_board(notice: Notice) -> Notice:
    """Return a notice whose names read on Home Assistant's board as they were written."""
    entry = notice.entry
    if entry is not None:
        entry = replace(
            entry,
            courier_name=in_markdown(entry.courier_name),
            door_name=in_markdown(entry.door_name),
        )
    details = {
        name: in_markdown(value) if name in ("courier", "door") else value
        for name, value in notice.details.items()
    }
    others = tuple(_for_board(other) for other in notice.others)
    return replace(notice, entry=entry, details=details, others=others)


def _title(notice: Notice) -> str:
    if notice.kind is NotificationKind.MESSAGE_PASSED_ON:
        return "title_message"
    if notice.entry is not None:
        return "title"
    if notice.kind not in ANNOUNCEMENTS:
        return "title_other"
    if not (announced := _of(NotificationKind.DELIVERY_ANNOUNCED, notice)):
        return "title_called_off"
    return "title_announced" if len(announced) == 1 else "title_announced_many"


def _told(
    said: Words, notice: Notice, now: datetime, link: str | None, *, has_account: bool
) -> Iterator[str]:
    """Yield what happened, what it means for the reader and what they can do."""
    details = notice.details
    match notice.kind:
        case NotificationKind.ENTRY_ADMITTED | NotificationKind.ENTRY_REFUSED:
            assert notice.entry is not None
            if notice.others:
                yield _digest(said, [notice, *notice.others], now)
            else:
                yield from _entry(said, notice.kind, notice.entry, now)
        case NotificationKind.DELIVERY_ANNOUNCED | NotificationKind.DELIVERY_CALLED_OFF:
            announced = _of(NotificationKind.DELIVERY_ANNOUNCED, notice)
            called_off = _of(NotificationKind.DELIVERY_CALLED_OFF, notice)
            yield from _deliveries(
                said, "announced", announced, now, among=notice.others
            )
            if announced:
                yield said[
                    "announced_then" if len(announced) == 1 else "announced_many_then"
                ]
            yield from _deliveries(
                said, "called_off", called_off, now, among=notice.others
            )
        case NotificationKind.GRANT_REFUSED:
            yield _delivery(
                said,
                "grant_refused" if notice.recipient else "grant_refused_owner",
                notice,
                now,
            )
            yield said[f"reason_{details['reason']}"]
            if notice.recipient and details["reason"] in _OWN_RULES:
                yield said["grant_refused_then"]
        case NotificationKind.MESSAGE_PASSED_ON:
            assert notice.entry is not None
            yield _passed_on(said, details, notice.entry, now)
        case NotificationKind.ACCESS_PAUSED | NotificationKind.UNIT_PAUSED:
            yield said[notice.kind].format(
                time=write_instant(said, details["until"], now)
            )
        case NotificationKind.UNLOCKED_LATE:
            yield _unlocked_late(said, details, now)
        case NotificationKind.COURIER_ADMITTED:
            yield said["courier_admitted"].format(courier=details["courier"])
        case NotificationKind.RETENTION_LENGTHENED:
            yield said["retention_lengthened"].format(days=details["days"])
        case NotificationKind.CONSENT_INVITED:
            if "cause" in details:
                yield said["consent_invited_anew"]
            yield said["consent_invited"]
            if has_account:
                yield said["consent_invited_account"]
            else:
                yield said[
                    "consent_invited_paper" if link is None else "consent_invited_link"
                ]
        case NotificationKind.LEDGER_RESTORED:
            yield said[f"ledger_restored_{details['cause']}"]
            yield said["ledger_restored_then"]
        case NotificationKind.CONSENT_GIVEN | NotificationKind.RULES_LOOSENED:
            yield _loosened(said, notice.kind, details, now)
            yield said["rules_loosened_then"]
        case NotificationKind.CONSENT_WITHDRAWN:
            yield said[
                "consent_withdrawn" if notice.recipient else "consent_withdrawn_owner"
            ]
        case NotificationKind.RESIDENT_ADDED | NotificationKind.RESIDENT_CONFIRMED:
            yield _newcomers(said, notice.kind, details)
        case NotificationKind.RESIDENT_CHANGED:
            what = details.get("what")
            yield said[
                "resident_changed" if what is None else f"resident_changed_{what}"
            ]
            yield said["resident_changed_then"]
        case NotificationKind.LOGIN_CHANGED:
            yield said[f"login_{details['what']}"]
        case NotificationKind.DECIDED_ON_PAPER:
            yield said[_on_paper(details)].format(
                date=write_date(said, details["decided_on"])
            )
        case (
            NotificationKind.ACCESS_RESUMED
            | NotificationKind.UNIT_RESUMED
            | NotificationKind.RESIDENT_REMOVED
            | NotificationKind.TARGETS_CHANGED
            | NotificationKind.LINK_RENEWED
            | NotificationKind.LEDGER_BEGUN_ANEW
        ):
            yield said[notice.kind]
        case _ as unknown:
            assert_never(unknown)


def _own(said: Words, notice: Notice) -> Iterator[str]:
    """Yield what is the reader's own; what is passed on about an entry came with the notice of that."""
    if notice.kind is NotificationKind.MESSAGE_PASSED_ON:
        return
    if notice.unit is not None:
        yield said["unit"].format(unit=notice.unit)
    if not notice.others:
        yield from _parcel(said, notice)


def _passed_on(
    said: Words, details: Mapping[str, str], entry: EntryDetails, now: datetime
) -> str:
    """Tell what is passed on, and that it is: so no words of others read like ours, or like a command to a phone."""
    whose = _filled(said, "message_passed_on", entry, now)
    return "\n".join(
        part for part in (details.get("title"), details["message"], whose) if part
    )


def _unlocked_late(said: Words, details: Mapping[str, str], now: datetime) -> str:
    return said["unlocked_late"].format(
        courier=details["courier"],
        door=details["door"],
        entered=write_instant(said, details["entered_at"], now),
        time=write_instant(said, details["at"], now),
    )


def _loosened(
    said: Words, kind: NotificationKind, details: Mapping[str, str], now: datetime
) -> str:
    """Name what was loosened, when, and through what."""
    by = " ".join(said[f"loosened_by_{each}"] for each in details["by"].split())
    time = write_instant(said, details["at"], now)
    if "since" in details:
        time = said["window"].format(
            start=write_instant(said, details["since"], now), end=time
        )
    what = [said[f"loosened_{each}"] for each in details["loosened"].split()]
    if kind is NotificationKind.CONSENT_GIVEN:
        what.insert(0, said["loosened_consent"])
    return f"{said['rules_loosened'].format(time=time, what=', '.join(what))} {by}"


def _newcomers(said: Words, kind: NotificationKind, details: Mapping[str, str]) -> str:
    names = plain(details["name"])
    if "confirmed_by" in details:
        by = plain(details["confirmed_by"])
        return said["resident_confirmed_by"].format(name=names, by=by)
    if "more" not in details:
        return said[kind].format(name=names)
    if details["more"] != "0":
        names = f"{names}, {said['digest_more'].format(count=details['more'])}"
    return said["residents_counted"].format(names=names)


def _entry(
    said: Words, kind: NotificationKind, entry: EntryDetails, now: datetime
) -> Iterator[str]:
    if kind is NotificationKind.ENTRY_REFUSED:
        what = "refused"
    else:
        what = "admitted" if entry.outcome is None else f"admitted_{entry.outcome}"
    yield _filled(said, what, entry, now)
    if kind is NotificationKind.ENTRY_REFUSED:
        yield said[f"reason_{entry.reason}"]


def _on_paper(details: Mapping[str, str]) -> str:
    """Name what a paper came to; a yes on it gives no consent again that was withdrawn on the resident's page."""
    if details["consent"] == Consent.GIVEN:
        return "decided_on_paper_given"
    if details.get("on_paper") == Consent.GIVEN:
        return "decided_on_paper_hours"
    return "decided_on_paper_withdrawn"


def _digest(said: Words, notices: list[Notice], now: datetime) -> str:
    """Tell some entries together."""
    told = [
        _filled(said, f"digest_{notice.entry.outcome or 'unknown'}", notice.entry, now)
        for notice in notices
        if notice.entry is not None
    ]
    return said["digest"].format(count=len(told), entries=_listed(said, told))


def _filled(said: Words, what: str, entry: EntryDetails, now: datetime) -> str:
    """Tell of an entry; of one that was refused on a grant that nobody knows, no door is known."""
    return said[what if entry.door_name else f"{what}_nowhere"].format(
        courier=entry.courier_name,
        door=entry.door_name,
        time=write_time(said, entry.at, now),
    )


def _of(kind: NotificationKind, notice: Notice) -> list[Notice]:
    """Return what a notice tells of that kind."""
    return [one for one in (notice, *notice.others) if one.kind is kind]


def _deliveries(
    said: Words,
    what: str,
    notices: Sequence[Notice],
    now: datetime,
    among: Sequence[Notice],
) -> Iterator[str]:
    """Tell of deliveries of one kind, of which there may be none or a single one `among` others."""
    match notices:
        case []:
            pass
        case [notice]:
            yield _delivery(said, what, notice, now)
            if (entries := notice.details.get("max_entries", "1")) != "1":
                yield said["announced_entries"].format(entries=entries)
            if (issued_by := notice.details.get("issued_by")) is not None:
                yield said[f"announced_by_{issued_by}"]
            if among:
                yield from _parcel(said, notice)
        case _:
            yield said[f"{what}_many"].format(
                count=len(notices),
                courier=notices[-1].details["courier"],
                deliveries=_listed(
                    said, [_in_list(said, notice, now) for notice in notices]
                ),
            )


def _in_list(said: Words, notice: Notice, now: datetime) -> str:
    parts = [notice.details["door"], write_window(said, notice.details, now)]
    if parcel := _parcel_text(notice):
        parts.append(said["many_parcel"].format(parcel=parcel))
    if (entries := notice.details.get("max_entries", "1")) != "1":
        parts.append(said["many_entries"].format(entries=entries))
    if (issued_by := notice.details.get("issued_by")) is not None:
        parts.append(said[f"many_by_{issued_by}"])
    return ", ".join(part for part in parts if part)


def _listed(said: Words, told: Sequence[str]) -> str:
    """List the first of what is told, and how many more there are."""
    first = [*told[:MOST_ONE_BY_ONE]]
    if left := len(told) - len(first):
        first.append(said["digest_more"].format(count=left))
    return "; ".join(first)


def _delivery(said: Words, what: str, notice: Notice, now: datetime) -> str:
    """Tell of a grant; where it names no door of the building, of none."""
    details = notice.details
    has_door = bool(details["door"])
    return said[what if has_door else f"{what}_nowhere"].format(
        courier=details["courier"],
        door=details["door"],
        window=write_window(said, details, now),
    )


def _parcel(said: Words, notice: Notice) -> Iterator[str]:
    if parcel := _parcel_text(notice):
        yield said["parcel"].format(parcel=parcel)


def _parcel_text(notice: Notice) -> str:
    """Write the parcel, if any; of a delivery that was called off it is no part of the record of that."""
    return plain(notice.parcel_ref or notice.details.get("parcel_ref", ""))


def _record(said: Words, notice: Notice) -> str:
    """Say where in the ledger it stands; each record's hash holds all that was written before it."""
    if not notice.others:
        return said["record"].format(seq=notice.seq, witness=notice.witness)
    last = notice.others[-1]
    return said["records"].format(
        seq=notice.seq, witness=notice.witness, last=last.seq, last_witness=last.witness
    )
