"""Track when couriers were last heard and how they were answered, since startup."""

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
    """Hold when a request was refused, and the problem code or reason."""

    at: datetime
    why: str


@dataclass(slots=True)
class Heard:
    """Hold a courier's last signed message and the HTTP statuses of its answers."""

    at: datetime | None = None
    answers: Counter[int] = field(default_factory=Counter)
    refusals: int = 0
    last_refusal: Refusal | None = None


@dataclass(slots=True)
class Trial:
    """Hold a test message of our own and its reply; None until it arrives."""

    reply: Reply | None = None


class CourierActivity:
    """Track requests by courier; outlives reloads of the building."""

    def __init__(self) -> None:
        self._heard: dict[str, Heard] = {}
        self._listeners = Listeners[str, bool]()
        self._answered = Listeners[str]()
        self._trials: dict[str, Trial] = {}
        self.newest_keys: dict[str, str] = {}
        """The fingerprint of the newest used key, by courier with a replaced key."""

    def of(self, courier_id: str) -> Heard:
        """Return the activity of a courier."""
        return self._heard.get(courier_id) or Heard()

    @callback
    def take(self, courier_id: str, at: datetime, *, by_newest_key: bool) -> None:
        """Record a signed message, and whether it was signed with the newest key."""
        self._heard.setdefault(courier_id, Heard()).at = at
        self._listeners.tell(courier_id, by_newest_key)

    @callback
    def answered(
        self, courier_id: str, status: int, refusal: str | None, at: datetime
    ) -> None:
        """Record the answer to any request at the courier's address."""
        heard = self._heard.setdefault(courier_id, Heard())
        heard.answers[status] += 1
        if refusal is not None:
            heard.refusals += 1
            heard.last_refusal = Refusal(at, refusal)
        self._answered.tell(courier_id)

    @contextmanager
    def trying(self, message_id: str) -> Iterator[Trial]:
        """Treat a message with this secret ID as our own test, not the courier's."""
        trial = self._trials[message_id] = Trial()
        try:
            yield trial
        finally:
            del self._trials[message_id]

    @callback
    def trial(self, message_id: str) -> Trial | None:
        """Return our own test message with this ID; None for any other."""
        return self._trials.get(message_id)

    @callback
    def forget(self, courier_id: str) -> None:
        """Forget a courier that was removed."""
        self._heard.pop(courier_id, None)
        self.newest_keys.pop(courier_id, None)

    @callback
    def listen(self, listener: Callable[[str, bool], None]) -> CALLBACK_TYPE:
        """Call `listener` with the courier, and whether its newest key signed."""
        return self._listeners.add(listener)

    @callback
    def listen_answered(self, listener: Callable[[str], None]) -> CALLBACK_TYPE:
        """Call `listener` with the courier after each answer at its address."""
        return self._answered.add(listener)


_HEARD: HassKey[CourierActivity] = HassKey(f"{DOMAIN}_couriers_heard")


@callback
def courier_activity(hass: HomeAssistant) -> CourierActivity:
    """Return the couriers' activity in this Home Assistant."""
    return hass.data.setdefault(_HEARD, CourierActivity())
