"""Show questions on residents' phones, and clear them (docs/explanation/mechanisms.md#the-path-of-a-question)."""

import asyncio
from dataclasses import dataclass
from typing import Final

from homeassistant.core import HomeAssistant

from ..ledger.state.questions import Asked
from ..residents.directory import Directory
from ..residents.recipients import USER_ID
from .actions import Verb, action_of
from .targets import SEND_WITHIN, Action, Route, RouteKind, Text, clear, routes, send
from .text import words

TAG_LENGTH: Final = 24


@dataclass(frozen=True, slots=True)
class Question:
    """What one resident is asked: the token comes back with the answer."""

    asked: Asked
    token: str
    may_approve: bool
    courier_name: str
    door_name: str


class QuestionPushes:
    """Puts questions to a building's residents."""

    def __init__(self, hass: HomeAssistant, directory: Directory) -> None:
        """Ask the residents in this directory."""
        self._hass = hass
        self._directory = directory

    def phones(self, resident_id: str) -> list[Route]:
        """Return a resident's own phones that can be reached now; another's phone could not answer for them."""
        addressee = self._directory.addressees.get(resident_id)
        if addressee is None or addressee.resident.user_id is None:
            return []
        return [
            route
            for route in routes(self._hass, addressee)
            if route.kind is RouteKind.APP
            and self._user_of(route) == addressee.resident.user_id
        ]

    async def put(self, question: Question, digest: str) -> bool:
        """Put a question to all phones of a resident; whether one of them took it, or may have.

        It shows courier and door, since a neighbour may read it on the lock screen. `digest` is the token's.
        """
        addressee = self._directory.addressees[question.asked.resident_id]
        said = await words(self._hass, addressee.language)
        message = said["ask"].format(
            courier=question.courier_name, door=question.door_name
        )
        title = said["lock_screen_title"]
        text = Text(title=title, lock_screen_title=title, message=message)
        actions = [
            Action(
                action_of(Verb.DECLINE, question.token),
                said["action_decline"],
                destructive=True,
            )
        ]
        if question.may_approve:
            approve = action_of(Verb.APPROVE, question.token)
            actions.insert(0, Action(approve, said["action_approve"], protected=True))
        given_up_at = self._hass.loop.time() + SEND_WITHIN
        taken = await asyncio.gather(
            *(
                send(self._hass, route, text, _tag(digest), actions)
                for route in self.phones(question.asked.resident_id)
            )
        )
        # A service that was too slow to say so may have shown it all the same.
        return any(taken) or self._hass.loop.time() >= given_up_at

    async def take_back(self, resident_id: str, digest: str) -> None:
        """Take a question back from the resident's phones, where it still shows."""
        await asyncio.gather(
            *(
                clear(self._hass, route, _tag(digest))
                for route in self.phones(resident_id)
            )
        )

    def _user_of(self, route: Route) -> str | None:
        app = self._hass.config_entries.async_get_entry(route.app or "")
        return None if app is None else app.data.get(USER_ID)


def _tag(digest: str) -> str:
    # Not the tag of a notice, whose receipts are written down; and found again after a restart.
    return f"courier-access-ask-{digest[:TAG_LENGTH]}"
