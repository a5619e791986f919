"""Show residents the text of their consent, and read to which text a yes is given."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
import re
from sqlite3 import Connection
from typing import Any, Final, NamedTuple

from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from ..access.model import Resident
from ..building.building import (
    Building,
    CourierAccessConfigEntry,
    running_building,
)
from ..const import CONF_TEXT
from ..ledger.errors import LedgerUnavailable
from ..ledger.state.consent_texts import (
    ConsentText,
    consent_given,
    find_text,
    kept_texts,
    put_text,
    text_code,
)
from ..notifications.consent import YES_WITHIN, async_consent_text
from .access_log import instant_view
from .lookup import LANGUAGE, invalid, translated_ledger_errors
from .permissions import Actor, Permission


@dataclass(frozen=True, slots=True)
class Agreed:
    """When a resident consented, and to which text.

    An earlier text has a `number`. Without both, it is on a paper that isn't known.
    """

    at: datetime
    number: int | None = None
    text: ConsentText | None = None


async def async_text_of(
    building: Building, resident: Resident, language: str | None
) -> ConsentText:
    """Return the text that a resident reads before a yes."""
    days = building.rulebook.erased_after(resident.id)
    return await async_consent_text(building.hass, building.entry, language, days)


READ_TEXT: Final[VolDictType] = {
    vol.Optional("text"): {
        vol.Required("hash"): str,
        vol.Required("language"): LANGUAGE,
    }
}
"""The text that a resident read before a yes."""


async def async_read_text(
    building: Building, resident: Resident, given: Mapping[str, Any]
) -> ConsentText | None:
    """Return the text that somebody read, as in `READ_TEXT`, or None.

    Raise an error if it is another one now.
    """
    if (named := given.get("text")) is None:
        return None
    text = await async_text_of(building, resident, named["language"])
    if text.hash != named["hash"]:
        raise invalid("consent_text_changed")
    return text


async def async_agreed(building: Building, resident: Resident) -> Agreed | None:
    """Return what a resident consented to, if they do."""

    def read(conn: Connection) -> Agreed | None:
        if (given := consent_given(conn, resident.id)) is None:
            return None
        text = None if given.hash is None else find_text(conn, given.hash)
        return Agreed(given.at, given.number, text)

    with translated_ledger_errors():
        return await building.ledger.read(read)


async def async_get_text(
    building: Building,
    actor: Actor,
    resident: Resident,
    language: str,
    hashed: str | None = None,
) -> JsonObjectType:
    """Return the text, and the one that a resident consented to, to that resident.

    The text that a notification names is in the language of that notification.
    """
    actor.check(Permission.READ_OWN, resident)
    if hashed is not None:
        with translated_ledger_errors():
            named = await building.ledger.read(lambda conn: find_text(conn, hashed))
        language = language if named is None else named.language
    text = await async_text_of(building, resident, language)
    agreed = await async_agreed(building, resident)
    return {
        "hash": text.hash,
        "language": text.language,
        "lines": [*text.lines],
        "agreed": None
        if agreed is None
        else {
            "at": instant_view(agreed.at),
            "number": agreed.number,
            "language": None if agreed.text is None else agreed.text.language,
            "lines": None if agreed.text is None else [*agreed.text.lines],
        },
    }


async def async_note_read(building: Building, actor: Actor, resident: Resident) -> None:
    """Note that a resident read the text, which their consent is older than."""
    actor.check(Permission.READ_OWN, resident)
    with translated_ledger_errors():
        await building.rulebook.note_text_read(resident, dt_util.utcnow())


_CODE_PARTS: Final = re.compile(r"\w+")
KEPT_PRINTED: Final = timedelta(days=365)
"""For how long the text of a form is kept, from when it was last opened to print."""


async def async_text_to_print(
    entry: CourierAccessConfigEntry, language: str
) -> ConsentText | None:
    """Return the text for a form, and keep it: a paper comes back later.

    Return None while it can't be kept.
    """
    if (building := running_building(entry)) is None:
        return None
    text = await async_consent_text(building.hass, entry, language)
    until = dt_util.utcnow() + KEPT_PRINTED
    try:
        await building.ledger.write(
            lambda transaction: put_text(transaction.conn, text, until)
        )
    except LedgerUnavailable:
        return None
    return text


class TextCodes(NamedTuple):
    """The hashes of texts that a paper can name, by code, and the code of the newest form."""

    hashes: Mapping[str, str]
    newest: str = ""

    def read(self, written: str) -> str | None:
        """Return the hash of the text with a code, empty without one; None if it is unknown."""
        code = "".join(_CODE_PARTS.findall(written)).lower()
        return self.hashes.get(f"{code[:4]} {code[4:]}") if code else ""


def code_on(paper: Mapping[str, Any] | None) -> str:
    """Return the code of the text that a recorded paper names, empty without one."""
    named: str = "" if paper is None else paper.get(CONF_TEXT, "")
    return text_code(named) if named else ""


async def async_text_codes(
    entry: CourierAccessConfigEntry, recorded: Mapping[str, Any] | None
) -> TextCodes:
    """Return the texts that a paper can name, also the one that the recorded paper names.

    While the building's ledger can't be read, there is no other.
    """
    kept: Sequence[tuple[str, datetime]] = []
    if (building := running_building(entry)) is not None:
        with suppress(LedgerUnavailable):
            kept = await building.ledger.read(kept_texts)
    # Texts of notifications aren't on paper, and are kept for a day.
    after = dt_util.utcnow() + YES_WITHIN
    printed = (text_code(hashed) for hashed, until in kept if until > after)
    hashes = {text_code(hashed): hashed for hashed, _ in kept}
    if recorded is not None and (code := code_on(recorded)):
        hashes[code] = recorded[CONF_TEXT]
    return TextCodes(hashes, next(printed, ""))
