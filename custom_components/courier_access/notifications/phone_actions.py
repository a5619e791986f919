"""What residents do from a push to their phone's app: the buttons' names, and who acts on them.

They are listened to for as long as Home Assistant runs.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
import logging
import re
from typing import Any, Final

from homeassistant.core import Event, HomeAssistant, callback

from ..const import DOMAIN
from ..ledger.errors import LedgerUnavailable
from .actions import Press, Verb, presses_of

_LOGGER = logging.getLogger(__name__)

EVENT_ACTION: Final = "mobile_app_notification_action"
"""What an app fires for a button; the user of its registration is in the event's context."""

ATTR_ACTION: Final = "action"

SOON: Final = 1.0
"""Seconds after which a press on which nobody has acted is written down: Home Assistant may end before it is."""

_ACTION: Final = re.compile(rf"courier_access_({'|'.join(Verb)})_([0-9A-Za-z-]{{16,64}})")

type Handler = Callable[[str, str], Coroutine[object, object, None]]


def action_of(verb: Verb, token: str) -> str:
    """Return what a button is called; the token can't be guessed and stands for one notice to one resident."""
    return f"courier_access_{verb}_{token}"


@callback
def async_listen_to_phones(hass: HomeAssistant) -> None:
    """Hear of the buttons that are pressed, whether or not their building is loaded.

    None says of which building it is: each keeps it, and whoever finds that it is not theirs does nothing.
    """

    @callback
    def on_action(event: Event) -> None:
        named = _ACTION.fullmatch(event.data[ATTR_ACTION])
        user_id = event.context.user_id
        if named is None or user_id is None:
            return
        press = Press(Verb(named[1]), named[2], user_id)
        for entry in hass.config_entries.async_entries(DOMAIN):
            presses = presses_of(hass, entry.entry_id)
            presses.keep(press)
            if presses.take is None:
                hass.async_create_task(presses.save(), f"{DOMAIN} presses")
            else:
                presses.take()

    hass.bus.async_listen(EVENT_ACTION, on_action, event_filter=_is_ours)


class PhoneActions:
    """Has a handler for each verb act on what is pressed.

    Any app that is registered can fire any event, so that a handler, which is called with the token and the user
    of the app, has to see that the token was this user's and is still good. A press on which it can't act for want of
    the ledger stays.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        run: Callable[[Coroutine[object, object, None], str], asyncio.Task[None]],
    ) -> None:
        """Prepare to act in the building with that config entry; `run` sees each handler to its end."""
        self._presses = presses_of(hass, entry_id)
        self._run = run
        self._handlers: dict[Verb, Handler] = {}
        self._under_way: dict[Press, asyncio.Task[None]] = {}
        self._waits = False
        """Whether what was pressed waits for the ledger, and that is logged."""

    @callback
    def on(self, verb: Verb, handler: Handler) -> None:
        """Let this handler act on a verb."""
        self._handlers[verb] = handler

    async def load(self) -> None:
        """Take up what was pressed before Home Assistant was restarted."""
        await self._presses.load()

    @callback
    def start(self, take: Callable[[], object]) -> None:
        """Have `take` called when something is pressed; it is to `work_off`."""
        self._presses.take = take

    @callback
    def stop(self) -> None:
        """Only keep what is pressed from now on; what has begun goes on."""
        self._presses.take = None

    @property
    def may_hold_a_no(self) -> bool:
        """Whether something was pressed that may be a no, and on which nobody has acted yet."""
        return any(
            press.verb in (Verb.VETO, Verb.DECLINE, Verb.WITHDRAW) for press in self._presses
        )

    async def work_off(self) -> None:
        """Act on all that was pressed, once started: at once, since a no counts from when it is known whose it is.

        Raises:
            LedgerUnavailable: on some that can't be done, and they stay.

        """
        if self._presses.take is None:
            return
        tasks = [self._act(press) for press in self._presses]
        if tasks:
            _, waiting = await asyncio.wait(tasks, timeout=SOON)
            if waiting:
                await self._presses.save()
                await asyncio.wait(waiting)
            await self._presses.save()
        if failed := [err for task in tasks if (err := task.exception()) is not None]:
            raise failed[0]
        self._waits = False

    def _act(self, press: Press) -> asyncio.Task[None]:
        """Return the one task that acts on a press."""
        if (task := self._under_way.get(press)) is None:
            task = self._run(self._handle(press), f"phone action {press.verb}")
            if not task.done():
                self._under_way[press] = task
                task.add_done_callback(lambda _: self._under_way.pop(press))
        return task

    async def _handle(self, press: Press) -> None:
        try:
            if (handler := self._handlers.get(press.verb)) is not None:
                await handler(press.token, press.user_id)
        except Exception as err:
            if isinstance(err, LedgerUnavailable) and err.cause is not None:
                if not self._waits:
                    _LOGGER.error("A phone's action %s waits for the ledger: %s", press.verb, err)
                self._waits = True
                raise
            # Again it would come to the same, and meanwhile no courier would be answered.
            _LOGGER.exception("A phone's action %s failed", press.verb)
        self._presses.drop(press)


@callback
def _is_ours(event_data: Mapping[str, Any]) -> bool:
    action = event_data.get(ATTR_ACTION)
    return isinstance(action, str) and action.startswith("courier_access_")
