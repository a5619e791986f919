"""What residents do from a push to their phone's app: the buttons' names, and who acts on them."""

from collections.abc import Callable, Coroutine, Mapping
from enum import StrEnum
import logging
import re
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback

_LOGGER = logging.getLogger(__name__)

EVENT_ACTION: Final = "mobile_app_notification_action"
"""What an app fires for a button; the user of its registration is in the event's context."""

ATTR_ACTION: Final = "action"


class Verb(StrEnum):
    """What a button does."""

    VETO = "veto"
    APPROVE = "approve"
    DECLINE = "decline"
    CONFIRM = "confirm"


_ACTION: Final = re.compile(rf"courier_access_({'|'.join(Verb)})_([0-9A-Za-z-]{{16,64}})")

type Handler = Callable[[str, str], Coroutine[object, object, None]]


def action_of(verb: Verb, token: str) -> str:
    """Return what a button is called; the token can't be guessed and stands for one notice to one resident."""
    return f"courier_access_{verb}_{token}"


class PhoneActions:
    """Hears of the buttons that are pressed, and has a handler for each verb.

    Any app that is registered can fire any event, so that a handler, which is called with the token and the user
    of the app, has to see that the token was this user's and is still good.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        run: Callable[[Coroutine[object, object, None], str], object],
    ) -> None:
        """Prepare to act; `run` sees each handler to its end."""
        self._hass = hass
        self._run = run
        self._handlers: dict[Verb, Handler] = {}
        self._stop_listening: CALLBACK_TYPE | None = None

    @callback
    def on(self, verb: Verb, handler: Handler) -> None:
        """Let this handler act on a verb."""
        self._handlers[verb] = handler

    @callback
    def start(self) -> None:
        """Begin to listen."""
        self._stop_listening = self._hass.bus.async_listen(
            EVENT_ACTION, self._on_action, event_filter=_is_ours
        )

    @callback
    def stop(self) -> None:
        """Listen no more; what has begun goes on."""
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None

    @callback
    def _on_action(self, event: Event) -> None:
        named = _ACTION.fullmatch(event.data[ATTR_ACTION])
        user_id = event.context.user_id
        if named is None or user_id is None:
            return
        verb = Verb(named[1])
        if (handler := self._handlers.get(verb)) is not None:
            self._run(_logged(handler(named[2], user_id), verb), f"phone action {verb}")


@callback
def _is_ours(event_data: Mapping[str, Any]) -> bool:
    action = event_data.get(ATTR_ACTION)
    return isinstance(action, str) and action.startswith("courier_access_")


async def _logged(work: Coroutine[object, object, None], verb: Verb) -> None:
    try:
        await work
    except Exception:
        _LOGGER.exception("A phone's action %s failed", verb)
