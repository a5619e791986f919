"""When each courier was heard from and how it was answered, since Home Assistant started."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..contract.replies import Reply
from ..hass.listeners import Listeners


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that nothing was done on: when, and the code of the problem or the reason that it was answered."""

    at: datetime
    why: str


@dataclass(slots=True)
class Heard:
    """What is known of one courier: when it last proved who it is, and the HTTP statuses it was answered."""

    at: datetime | None = None
    answers: Counter[int] = field(default_factory=Counter)
    refusals: int = 0
    last_refusal: Refusal | None = None


@dataclass(slots=True)
class Trial:
    """A message that we send to a courier's address ourselves, and how it was answered; None until it has come."""

    reply: Reply | None = None


class CourierActivity:
    """What couriers' requests came to, each courier known by the id of its subentry.

    It outlives its buildings, which are loaded anew whenever something of them is changed.
    """

    def __init__(self) -> None:
        """Begin with nobody heard."""
        self._heard: dict[str, Heard] = {}
        self._listeners = Listeners[str, bool]()
        self._answered = Listeners[str]()
        self._trials: dict[str, Trial] = {}
        self.newest_keys: dict[str, str] = {}
        """By courier whose key was replaced, the fingerprint of the newest key that it used."""

    def of(self, courier_id: str) -> Heard:
        """Return what is known of a courier."""
        return self._heard.get(courier_id) or Heard()

    @callback
    def take(self, courier_id: str, at: datetime, *, by_newest_key: bool) -> None:
        """Note that a message came that the courier signed, with its newest key or with the one before."""
        self._heard.setdefault(courier_id, Heard()).at = at
        self._listeners.tell(courier_id, by_newest_key)

    @callback
    def answered(
        self, courier_id: str, status: int, refusal: str | None, at: datetime
    ) -> None:
        """Note what a request to the courier's address was answered, whoever made it, and why nothing was done on it."""
        heard = self._heard.setdefault(courier_id, Heard())
        heard.answers[status] += 1
        if refusal is not None:
            heard.refusals += 1
            heard.last_refusal = Refusal(at, refusal)
        self._answered.tell(courier_id)

    @contextmanager
    def trying(self, message_id: str) -> Iterator[Trial]:
        """Know a message of that id, which nobody can guess, for one of ours until it is over: no courier is heard by it."""
        trial = self._trials[message_id] = Trial()
        try:
            yield trial
        finally:
            del self._trials[message_id]

    @callback
    def trial(self, message_id: str) -> Trial | None:
        """Return what is known of a message that we sent ourselves; None for any other."""
        return self._trials.get(message_id)

    @callback
    def forget(self, courier_id: str) -> None:
        """Know nothing of a courier who is removed."""
        self._heard.pop(courier_id, None)
        self.newest_keys.pop(courier_id, None)

    @callback
    def listen(self, listener: Callable[[str, bool], None]) -> CALLBACK_TYPE:
        """Call `listener` for each signed message, until the returned function is called.

        It is handed the courier, and whether they signed with their newest key.
        """
        return self._listeners.add(listener)

    @callback
    def listen_answered(self, listener: Callable[[str], None]) -> CALLBACK_TYPE:
        """Call `listener` with the courier after each answer at its address, until the returned function is called."""
        return self._answered.add(listener)


_HEARD: HassKey[CourierActivity] = HassKey(f"{DOMAIN}_couriers_heard")


@callback
def courier_activity(hass: HomeAssistant) -> CourierActivity:
    """Return what couriers' requests to this Home Assistant came to."""
    return hass.data.setdefault(_HEARD, CourierActivity())
