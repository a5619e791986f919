"""Pages to read and to print: everything about a resident, and one visit."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from copy import replace
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Final, NamedTuple, override

from aiohttp.web import Request, Response
from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.http import HomeAssistantView
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType

from ..access.model import Answer, Consent, Rules
from ..api.about_me import (
    DAYS_AFTER,
    MOST_LISTED,
    AboutMe,
    Left,
    async_about_me,
    async_left_by,
)
from ..api.access_log import PrintedVisit, async_visit
from ..api.consent import Agreed, async_agreed, async_text_of
from ..api.lookup import invalid, loaded_building, named_resident
from ..api.overview import note_of
from ..api.permissions import Actor, async_acting
from ..building.building import Building
from ..const import DOMAIN, TargetKind
from ..home_assistant.callbacks import name_of
from ..home_assistant.host import settings_in_effect
from ..ledger.outbox.due import Notification, NotificationState
from ..ledger.state.consent_texts import ConsentText
from ..ledger.upkeep.own_records import OwnRecord
from ..notifications.text import Prefixed, Reader, write, write_receipt
from ..residents.directory import Addressee, Responsible
from ..residents.fleet_visits import ResidentVisits
from .html import (
    HEADERS,
    PageTexts,
    drivers_page_texts,
    headers,
    page_texts,
    render,
)
from .pages import async_signed_path, page

PATH: Final = f"/api/{DOMAIN}/about_me"
VISIT_PATH: Final = f"/api/{DOMAIN}/visit"
ABOUT_HEADERS: Final = headers("paper.css", "about_me.css")

_NOT_THEIRS: Final = (
    *("no_such_building", "no_such_resident", "no_such_visit"),
    *("not_allowed_read_own", "not_allowed_read_entries"),
)

DEEDS: Final[Mapping[str, str]] = {
    "rules.changed": "rules",
    "consent.asked": "asked",
    "grant.accepted": "announced",
    "grant.refused": "refused",
    "grant.revoked": "canceled",
    "grant.vetoed": "vetoed",
    "access.paused": "paused",
    "access.resumed": "resumed",
    "pass.made": "pass_made",
    "pass.revoked": "pass_revoked",
    "address_code.renewed": "address_code",
    "order.given": "order",
    "order.changed": "order",
    "order.withdrawn": "order",
    "order.limit_raised": "order",
    "note.changed": "note",
    "erasure.chosen": "erasure",
    "fleet.visits_chosen": "visits",
    "fleet.choice_ended": "visits_ended",
    "link.renewed": "link",
    "link.revoked": "link",
    "resident.enrolled": "enrolled",
    "resident.confirmed": "confirmed",
}
"""What a record of a kind says, by the end of the text's key."""


class Deed(NamedTuple):
    """A record in words: the end of the text's key, and what the text names."""

    record: OwnRecord
    what: str
    by: str | None
    courier: str
    until: str


class Sent(NamedTuple):
    """A notification as it was written, without its text if that is erased."""

    notification: Notification
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of the page; `names` are those of couriers, by ID.

    A target is None if it is the resident's own apps.
    """

    about: AboutMe
    building: str
    now: datetime
    rules: Rules
    retention_days: int
    rules_days: int
    log_months: int
    proof_days: int
    text: ConsentText
    agreed: Agreed | None = None
    responsible: Responsible | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    targets: Sequence[str | None] = ()
    conditions: Sequence[str] = ()
    note: str = ""
    unit_paused_until: datetime | None = None
    building_paused_until: datetime | None = None
    has_link: bool = False
    left_at: datetime | None = None
    visits: ResidentVisits | None = None
    """What goes to the fleet of visits, if any does."""
    is_one_home: bool = False
    is_own_page: bool = False
    """Whether the reader came from their own page, and can go back to it."""
    is_private: bool = False
    """Whether notifications name neither the home nor the parcel."""


async def async_about_page(
    building: Building, actor: Actor, resident_id: str
) -> Response:
    """Return the page of a resident; raise HomeAssistantError for anybody else."""
    resident = named_resident(building, resident_id)
    about = await async_about_me(building, actor, resident)
    addressee = building.directory.addressees[resident_id]
    rules, pauses = building.rulebook.of(resident_id), building.rulebook.pauses
    contents = replace(
        await _contents(building, about, addressee),
        agreed=await async_agreed(building, resident),
        rules=rules,
        conditions=[name_of(building.hass, each) for each in rules.linked],
        note=note_of(building, actor, resident) or "",
        unit_paused_until=pauses.until(resident.unit)
        if resident.is_confirmed
        else None,
        building_paused_until=pauses.until(),
        is_own_page=actor.user_id is None,
        has_link=building.links.link_of(resident_id) is not None,
        visits=building.rulebook.fleet_visits.of(resident),
    )
    return await _written(building, addressee, contents)


async def async_page_of_leaver(
    building: Building, actor: Actor, left: Left
) -> Response:
    """Return the page of somebody who left: nothing of what came after."""
    resident = left.addressee.resident
    about = await async_about_me(building, actor, resident, left.since_seq)
    contents = await _contents(building, about, left.addressee)
    is_by_link = actor.user_id is None
    contents = replace(contents, left_at=left.at, has_link=is_by_link)
    return await _written(building, left.addressee, contents)


async def async_pages_left(hass: HomeAssistant, context: Context) -> JsonObjectType:
    """Return where the pages of a user open who left buildings lately."""
    pages: list[JsonValueType] = []
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        with suppress(HomeAssistantError):
            building = loaded_building(hass, entry.entry_id)
            actor = await async_acting(building, context)
            for _, left in await async_left_by(building, actor):
                of = f"{entry.entry_id}/{left.addressee.resident.id}"
                path = async_signed_path(hass, PATH, of)
                pages.append({"name": entry.title, "path": path})
    return {"pages": pages}


async def _contents(
    building: Building, about: AboutMe, addressee: Addressee
) -> Contents:
    text = await async_text_of(building, about.resident, addressee.language)
    directory = building.directory
    couriers = {each.id: each.name for each in directory.couriers.values()}
    return Contents(
        about=about,
        building=building.entry.title,
        now=dt_util.utcnow(),
        rules=Rules(),
        retention_days=building.rulebook.erased_after(about.resident.id),
        rules_days=directory.retention_days,
        log_months=directory.log_months,
        proof_days=directory.proof_days,
        text=text,
        responsible=directory.responsible,
        names={**building.rulebook.removed_couriers, **couriers},
        targets=[
            None if each.kind is TargetKind.PERSON_APPS else each.value
            for each in addressee.targets
        ],
        is_one_home=directory.is_one_home,
        is_private=addressee.is_private,
    )


async def _written(
    building: Building, addressee: Addressee, contents: Contents
) -> Response:
    texts = await page_texts(building.hass, addressee.language, building.zone())
    return page(about_page(texts, contents), ABOUT_HEADERS)


def about_page(texts: PageTexts, contents: Contents) -> str:
    """Return the page."""
    rules, names, about = contents.rules, contents.names, contents.about
    named, digest = sorted(rules.named_couriers & names.keys()), rules.digest_at
    return render(
        "about_me.html.j2",
        texts=texts,
        page=contents,
        about=about,
        is_own_page=contents.is_own_page,
        rules=rules,
        most=MOST_LISTED,
        # The notification that they left ends the page, too, and is erased in time.
        days_left=min(DAYS_AFTER, contents.retention_days),
        decided_at=None if rules.consent is Consent.NOT_GIVEN else about.decided_at,
        days_off=[
            texts.exception(each) for each in rules.exceptions if not each.windows
        ],
        other_hours=[
            texts.exception(each) for each in rules.exceptions if each.windows
        ],
        couriers=[
            (
                names[courier_id],
                rules.couriers.get(courier_id, rules.default),
                rules.proofs.get(courier_id, rules.default_proof),
            )
            for courier_id in named
        ],
        digest=None if digest is None else texts.times.of_day(digest * 60),
        deeds=[_deed(texts, contents, each) for each in about.records],
        sent=[_sent(texts, contents, each) for each in about.notifications],
    )


def _deed(texts: PageTexts, contents: Contents, record: OwnRecord) -> Deed:
    what = DEEDS.get(record.kind, "other")
    if record.kind == "entry.answered":
        what = "approved" if record.answer == Answer.APPROVED else "declined"
    until = dt_util.parse_datetime(record.until or "")
    resident = contents.about.resident
    match record.decided_by:
        case None:
            by = None
        case "link":
            by = "link"
        case decided_by:
            is_own = decided_by in (resident.id, resident.user_id)
            by = "me" if is_own else "other"
    return Deed(
        record,
        what,
        by,
        contents.names.get(record.courier_id or "", "…"),
        "…" if until is None else texts.moment(until),
    )


def _sent(texts: PageTexts, contents: Contents, notification: Notification) -> Sent:
    words = Prefixed(texts.texts, "notification_")
    if (
        notification.state is NotificationState.UNDELIVERABLE
        and notification.entry is None
        and not notification.details
    ):
        # The purge may have emptied it, and kept the row for the administrator.
        return Sent(notification, words["lock_screen_title"], "")
    # It is read later than it was sent, so it names dates.
    notification = replace(notification, attempts=notification.attempts + 1)
    if contents.is_one_home:
        notification = replace(notification, unit=None)
    reader = Reader(
        has_account=contents.about.resident.user_id is not None,
        responsible=contents.responsible,
        is_private=contents.is_private,
        zone=texts.zone,
    )
    text = write(words, notification, contents.building, contents.now, reader)
    return Sent(notification, text.title, text.message)


async def async_visit_page(
    building: Building, actor: Actor, record: int, language: str | None
) -> Response:
    """Return the page of a visit; raise HomeAssistantError if the actor can't read it."""
    visit = await async_visit(building, actor, record)
    texts = await page_texts(building.hass, language, building.zone())
    is_own_page = actor.user_id is None
    return page(visit_page(texts, visit, is_own_page=is_own_page), ABOUT_HEADERS)


def visit_page(
    texts: PageTexts, shown: PrintedVisit, *, is_own_page: bool = False
) -> str:
    """Return the page; from `is_own_page`, its reader can go back to it."""
    at = shown.entry.row.at.astimezone(texts.zone)
    return render(
        "visit.html.j2",
        texts=texts,
        page=shown,
        is_own_page=is_own_page,
        day=texts.day(at.date()),
        receipt=write_receipt(shown.entry.row.seq, shown.code),
    )


class _ReadersPage(HomeAssistantView):
    """A page of a building that its path names: for some readers, with their account."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass

    async def get(self, request: Request, entry_id: str, named: str) -> Response:
        """Return the page to those who may read it."""
        context = Context(user_id=request[KEY_HASS_USER].id)
        try:
            await settings_in_effect(self._hass, entry_id)
            building = loaded_building(self._hass, entry_id)
            actor = await async_acting(building, context)
            return await self._page(building, actor, named)
        except HomeAssistantError as err:
            # Nobody learns which residents there are.
            is_ready = err.translation_key in _NOT_THEIRS
            reason = "gone" if is_ready else "not_ready"
            texts = await drivers_page_texts(self._hass, None)
            return Response(
                status=HTTPStatus.NOT_FOUND
                if is_ready
                else HTTPStatus.SERVICE_UNAVAILABLE,
                text=render("message.html.j2", texts=texts, reason=reason),
                content_type="text/html",
                headers=HEADERS,
            )

    @abstractmethod
    async def _page(self, building: Building, actor: Actor, named: str) -> Response:
        """Return the page of what is named; raise HomeAssistantError if there is none."""


class AboutMePage(_ReadersPage):
    """The pages of residents with an account, also of those who left lately."""

    url = f"{PATH}/{{entry_id}}/{{named}}"
    name = "api:courier_access:about_me"

    @override
    async def _page(self, building: Building, actor: Actor, named: str) -> Response:
        if named in building.residents:
            return await async_about_page(building, actor, named)
        for leaver, left in await async_left_by(building, actor):
            if left.addressee.resident.id == named:
                return await async_page_of_leaver(building, leaver, left)
        raise invalid("no_such_resident")


class VisitPage(_ReadersPage):
    """The pages of visits, by their record."""

    url = f"{VISIT_PATH}/{{entry_id}}/{{named}}"
    name = "api:courier_access:visit"

    @override
    async def _page(self, building: Building, actor: Actor, named: str) -> Response:
        own = next(iter(actor.residents), None)
        addressees = building.directory.addressees
        language = None if own is None else addressees[own.id].language
        return await async_visit_page(building, actor, record_of(named), language)


def record_of(named: str) -> int:
    """Return the number of a record, or one that none has."""
    return int(named) if named.isascii() and named.isdigit() and len(named) < 16 else 0
