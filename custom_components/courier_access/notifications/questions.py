"""Show questions on residents' phones, and clear them."""

import asyncio
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from ..access.model import GrantKey
from ..home_assistant.host import Host
from ..ledger.queue import Button, View
from ..ledger.state.questions import Asked
from ..residents.directory import USER_ID, Directory
from .actions import action_of
from .targets import (
    SEND_WITHIN,
    Action,
    Route,
    RouteKind,
    Text,
    Urgency,
    button,
    clear,
    routes,
    send,
)
from .text import Words, link_into_panel, words

TAG_LENGTH: Final = 24

MOST_CHOICES: Final = 2
"""The most couriers with a button each: Android shows three actions, with the no."""

_CHOICE: Final = "-"
"""Between the token of a button and the courier that it names; no token contains it."""


class Waits(StrEnum):
    """Whether somebody waits for the answer to a question."""

    NOW = "now"
    MAY_RETURN = "may_return"
    """The driver has stopped waiting; their page may ring again."""
    NOBODY = "nobody"


class Question(NamedTuple):
    """A question to one resident; the token returns with the answer."""

    asked: Asked
    token: str
    may_approve: bool
    couriers: Mapping[GrantKey, str]
    """The names of the couriers that it may be, each with the grant that a yes uses."""
    door_name: str
    image: str | None
    rings: bool
    waits: Waits = Waits.NOW

    @property
    def is_chosen_at_home(self) -> bool:
        """Whether a yes needs the panel, because it may be more couriers than buttons."""
        can_admit = self.may_approve and self.waits is not Waits.NOBODY
        return can_admit and len(self.couriers) > MOST_CHOICES


class QuestionPushes:
    """Show questions to a building's residents."""

    def __init__(self, host: Host, directory: Directory) -> None:
        self._hass = host.hass
        self._path = link_into_panel(host.entry_id, View.NOW)
        self._directory = directory

    def phones(self, resident_id: str) -> list[Route]:
        """Return the resident's own reachable phones; only they can answer."""
        addressee = self._directory.addressees.get(resident_id)
        if addressee is None or addressee.resident.user_id is None:
            return []
        return [
            route
            for route in routes(self._hass, addressee)
            if route.kind is RouteKind.APP
            and self._user_of(route) == addressee.resident.user_id
        ]

    async def show(self, question: Question, digest: str) -> bool:
        """Show a question on a resident's phones; return whether one may have shown it.

        It names courier and door only, because neighbors may read the lock screen.
        `digest` is the token's.
        """
        resident_id, tag = question.asked.resident_id, _tag(digest)
        addressee = self._directory.addressees[resident_id]
        texts = await words(self._hass, addressee.language)
        is_awaited = question.waits is Waits.NOW
        what = "ask"
        if question.rings:
            what = "ask_ring" if is_awaited else "ask_rang"
        couriers = ", ".join(question.couriers.values())
        named = {"courier": couriers, "door": question.door_name}
        title = texts[f"title_{what}"].format_map(named)
        if is_awaited and len(question.couriers) > 1:
            what = "ask_ring_several"
        says = [texts[what]] if is_awaited or question.rings else []
        if not is_awaited:
            says.append(texts[f"ask_{question.waits}"])
        if question.is_chosen_at_home:
            says.append(texts["ask_which"])
        text = Text(
            title=title,
            lock_screen_title=title,
            message=" ".join(says).format_map(named),
            path=self._path,
            image=question.image,
            urgency=Urgency.NOW if is_awaited else Urgency.QUIET,
        )
        given_up_at = self._hass.loop.time() + SEND_WITHIN
        buttons = _buttons(texts, question)
        shown = await asyncio.gather(
            *(
                send(self._hass, route, text, tag, buttons)
                for route in self.phones(resident_id)
            )
        )
        # A slow service may have shown it after the timeout.
        return any(shown) or self._hass.loop.time() >= given_up_at

    async def clear(self, resident_id: str, digest: str) -> None:
        """Clear a question from the resident's phones."""
        tag, phones = _tag(digest), self.phones(resident_id)
        await asyncio.gather(*(clear(self._hass, phone, tag) for phone in phones))

    def _user_of(self, route: Route) -> str | None:
        assert route.app is not None
        app = self._hass.config_entries.async_get_known_entry(route.app)
        user_id: str | None = app.data.get(USER_ID)
        return user_id


def _buttons(texts: Words, question: Question) -> list[Action]:
    if question.waits is Waits.NOBODY:
        return []
    decline = button(
        action_of(Button.DECLINE, question.token),
        texts["action_decline"],
        destructive=True,
    )
    if not question.may_approve or question.is_chosen_at_home:
        return [decline]
    approve = action_of(Button.APPROVE, question.token)
    if len(question.couriers) == 1:
        return [button(approve, texts["action_approve"], protected=True), decline]
    let_in = texts["action_approve_courier"]
    choices = [
        button(
            f"{approve}{_CHOICE}{key.courier_id}",
            let_in.format_map({"courier": name}),
            protected=True,
        )
        for key, name in question.couriers.items()
    ]
    return [*choices, decline]


def read_choice(token: str) -> tuple[str, str | None]:
    """Return the token of a button, and the courier that the button names, if any."""
    token, _, courier_id = token.partition(_CHOICE)
    return token, courier_id or None


def _tag(digest: str) -> str:
    # Differs from notification tags, whose receipts are stored; stable over restarts.
    return f"courier-access-ask-{digest[:TAG_LENGTH]}"
