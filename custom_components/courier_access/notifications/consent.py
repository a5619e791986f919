"""Write the text that residents consent to, and ask for a yes on their own phone.

There is one text for the panel, pages, notifications, and paper.
"""

from collections.abc import Iterator
from copy import replace
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..access.model import Consent, Resident
from ..home_assistant.host import Host
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.status import find_by_token
from ..ledger.queue import TEXT, NotificationKind
from ..ledger.state.consent_texts import ConsentText, put_text
from ..ledger.state.residents import Author, consented_at
from ..residents.directory import (
    Directory,
    is_user_of,
    log_months,
    may_log_in,
    proof_days,
    responsible_of,
    retention_days,
    visits_to,
)
from ..residents.rulebook import Rulebook
from .targets import has_own_app
from .text import Words, texts

YES_WITHIN: Final = timedelta(hours=24)
"""For how long a notification's yes counts."""

_DECIDED_AT: Final = "decided_at"
_ASKED_AT: Final = "at"


async def async_consent_text(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    language: str | None,
    days: int | None = None,
) -> ConsentText:
    """Return the text of a building in a language, by default Home Assistant's.

    Give the `days` after which a home's details are erased if it may have chosen them.
    """
    words = await texts(hass, language)
    kept = retention_days(entry.options) if days is None else days
    return ConsentText.of(words["page_lang"], list(_lines(words, entry, kept)))


def _lines(words: Words, entry: ConfigEntry[Any], days: int) -> Iterator[str]:
    written = words["consent_text"].format(
        building=entry.title,
        days=days,
        rules=retention_days(entry.options),
        months=log_months(entry.options),
        proof=proof_days(entry.options),
    )
    yield from written.split("\n")
    if (visits := visits_to(entry)) is not None:
        what = "consent_visits_asked" if visits.asks else "consent_visits"
        yield words[what].format(fleet=visits.fleet, days=visits.days)
    if (responsible := responsible_of(entry)) is None:
        return
    if responsible.lines:
        yield words["notification_responsible"].format(who=responsible.line)
    purpose = responsible.purpose or words["page_responsible_usual"]
    yield words["page_responsible_purpose"].format(purpose=purpose)
    yield words["page_responsible_rights"]
    if responsible.authority:
        yield words["page_responsible_authority"].format(
            authority=responsible.authority
        )


class Consents:
    """Ask a resident for a yes on their own phone, and take it (promise 1).

    A switch and an action show no text. So they change nothing by themselves: the
    notification leads to the text, and only its button gives the consent.
    """

    def __init__(
        self, host: Host, ledger: Ledger, directory: Directory, rulebook: Rulebook
    ) -> None:
        self._host = host
        self._ledger = ledger
        self._directory = directory
        self._rulebook = rulebook

    def can_ask(self, resident: Resident) -> bool:
        """Return whether a resident has an app of their own that can ask them."""
        addressee = self._directory.addressees.get(resident.id)
        return addressee is not None and has_own_app(self._host.hass, addressee)

    async def ask(self, resident: Resident, author: Author) -> None:
        """Ask a resident for their yes to the present text.

        Call this within a turn of the rulebook.
        """
        text, now = await self._text_for(resident), dt_util.utcnow()

        def write(transaction: Transaction) -> None:
            conn = transaction.conn
            put_text(conn, text, now + YES_WITHIN)
            personal = {"resident": resident.id, "unit": resident.unit}
            transaction.append(
                "consent.asked",
                now,
                {},
                {**personal, "decided_by": author.decided_by or "", TEXT: text.hash},
            )
            details = {
                "by": "login",
                TEXT: text.hash,
                _ASKED_AT: now.isoformat(),
                _DECIDED_AT: _written(consented_at(conn, resident.id)),
            }
            kind = NotificationKind.CONSENT_ASKED
            self._rulebook.fan_out(transaction, now).notify(
                kind, details, about=resident.id
            )

        await self._ledger.write(write)

    async def say_yes(self, token: str, user_id: str) -> None:
        """Give the consent that a notification asked for.

        It counts once, for a day, only from the app of the user who was asked, and only if
        they haven't decided since. If the text is another one by now, they are asked again.
        """
        if not await may_log_in(self._host.hass, user_id):
            return
        async with self._rulebook.turn:
            asked = await self._ledger.read(lambda conn: find_by_token(conn, token))
            if (
                asked is None
                or not asked.is_present
                or asked.kind is not NotificationKind.CONSENT_ASKED
            ):
                return
            resident = self._rulebook.residents.get(asked.resident_id)
            if resident is None or not is_user_of(self._host.hass, user_id, resident):
                return
            decided_at = await self._ledger.read(
                lambda conn: consented_at(conn, resident.id)
            )
            since = dt_util.utcnow() - datetime.fromisoformat(asked.details[_ASKED_AT])
            rules = self._rulebook.of(resident.id)
            if (
                rules.consent is Consent.GIVEN
                or _written(decided_at) != asked.details[_DECIDED_AT]
                or not timedelta() <= since < YES_WITHIN
            ):
                return
            author, text = Author(user_id=user_id), await self._text_for(resident)
            if text.hash != asked.details[TEXT]:
                await self.ask(resident, author)
                return
            new = replace(rules, consent=Consent.GIVEN)
            await self._rulebook.change(resident, new, author, text)

    async def _text_for(self, resident: Resident) -> ConsentText:
        language = self._directory.addressees[resident.id].language
        days = self._rulebook.erased_after(resident.id)
        return await async_consent_text(
            self._host.hass, self._host.entry, language, days
        )


def _written(at: datetime | None) -> str:
    return "" if at is None else at.isoformat()
