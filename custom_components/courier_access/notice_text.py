"""Notices in words, from the translations, in the resident's language (design, *Notices*)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .ledger.due import Notice
from .ledger.owed import FanoutKind
from .targets import Text

type Words = Mapping[str, str]

IN_REFERENCES: Final = frozenset("-_.,#+/ ")
"""What a parcel's reference may hold beside letters and digits."""


async def words(hass: HomeAssistant, language: str | None) -> Words:
    """Return the words of a language, Home Assistant's where none is given; what it lacks is in English."""
    prefix = f"component.{DOMAIN}.common.notice_"
    translations = await async_get_translations(
        hass, language or hass.config.language, "common", {DOMAIN}
    )
    return {
        key.removeprefix(prefix): text
        for key, text in translations.items()
        if key.startswith(prefix)
    }


def write(said: Words, notice: Notice, building: str, now: datetime) -> Text:
    """Write a notice.

    Everyone is told courier, door, time and the record's place in the ledger; a recipient also their own unit and
    the parcel. Nobody's name stands in it, nor the driver's.
    """
    sentences = [
        said[_what(notice)].format(
            courier=notice.courier_name,
            door=notice.door_name,
            time=_time(said, notice.at, now),
        )
    ]
    if notice.kind is FanoutKind.ENTRY_REFUSED:
        sentences.append(said[f"reason_{notice.reason}"])
    if notice.unit is not None:
        sentences.append(said["unit"].format(unit=notice.unit))
    if notice.parcel_ref is not None:
        sentences.append(said["parcel"].format(parcel=_plain(notice.parcel_ref)))
    sentences.append(said["record"].format(seq=notice.seq, witness=notice.witness))
    return Text(
        title=said["title"].format(building=building),
        lock_screen_title=said["lock_screen_title"],
        message=" ".join(sentences),
    )


def _what(notice: Notice) -> str:
    if notice.kind is not FanoutKind.ENTRY_ADMITTED:
        return "refused"
    return "admitted" if notice.outcome is None else f"admitted_{notice.outcome}"


def _time(said: Words, at: datetime, now: datetime) -> str:
    local = dt_util.as_local(at)
    form = "time" if local.date() == dt_util.as_local(now).date() else "date_and_time"
    return said[form].format(
        year=f"{local:%Y}",
        month=f"{local:%m}",
        day=f"{local:%d}",
        hour=f"{local:%H}",
        minute=f"{local:%M}",
    )


def _plain(reference: str) -> str:
    """Keep a courier's own words from becoming a link, a picture or markup where a service renders such."""
    return "".join(
        character for character in reference if character.isalnum() or character in IN_REFERENCES
    )
