"""Runs beside Courier Access in a bench: a bare handler, a target for notifications, and figures.

It wraps a few functions by name: a function that was renamed must be renamed here,
too, and until then Home Assistant doesn't start. Nothing of it is in what is released.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
import gc
from importlib import import_module
from pathlib import Path
from threading import Thread, enumerate as running_threads, main_thread
from time import perf_counter, time
from typing import Any, Final

from aiohttp import web
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView
from homeassistant.helpers.typing import ConfigType
from homeassistant.util.hass_dict import HassKey

DOMAIN: Final = "courier_probe"
BARE: Final = "/api/courier_probe/bare"
FIGURES: Final = "/api/courier_probe/figures"
TARGET: Final = "courier_probe"
"""The notify action that takes every notification at once."""

_WATCHED: Final = "courier_access"
_PACKAGE: Final = f"custom_components.{_WATCHED}"


@dataclass(slots=True)
class Figures:
    """What happened since the start; times are the machine's clock."""

    commits: int = 0
    jobs: int = 0
    set_up_seconds: float = 0
    notified: int = 0
    notified_at: float = 0


FIGURES_KEY: HassKey[Figures] = HassKey(DOMAIN)


class Bare(HomeAssistantView):
    """Reads a request and answers 200."""

    url = BARE
    name = "api:courier_probe:bare"
    requires_auth = False

    async def post(self, request: web.Request) -> web.Response:
        """Answer."""
        await request.read()
        return web.Response()


class Read(HomeAssistantView):
    """Return the figures, the threads' CPU time, and the memory."""

    url = FIGURES
    name = "api:courier_probe:figures"
    requires_auth = False

    async def get(self, request: web.Request) -> web.Response:
        """Answer, after garbage was collected if that is asked for."""
        hass = request.app[KEY_HASS]
        if "collect" in request.query:
            gc.collect()
        figures = asdict(hass.data[FIGURES_KEY])
        measured = await hass.async_add_executor_job(_measured)
        return self.json({**figures, **measured})


def _role(thread: Thread) -> str | None:
    if thread is main_thread():
        return "loop"
    return "ledger" if thread.name.startswith("courier_access ") else None


def _measured() -> dict[str, float]:
    status = dict(
        line.split(":", 1)
        for line in Path("/proc/self/status").read_text().splitlines()
    )
    seconds = {
        f"{role}_cpu_seconds": _cpu_seconds(thread)
        for thread in running_threads()
        if (role := _role(thread))
    }
    return {
        "resident_kilobytes": float(status["VmRSS"].split()[0]),
        "at": time(),
        **seconds,
    }


def _cpu_seconds(thread: Thread) -> float:
    """Return a thread's CPU time, as Linux knows it to a nanosecond."""
    figures = Path(f"/proc/self/task/{thread.native_id}/schedstat").read_text()
    return int(figures.split()[0]) / 1e9


def _wrap(name: str, around: Callable[[Any], Any]) -> None:
    """Replace a function of the integration by one around it."""
    place, _, path = name.partition(":")
    owner: Any = import_module(f"{_PACKAGE}{place}")
    *parents, last = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    setattr(owner, last, around(getattr(owner, last)))


def _wrap_all(figures: Figures) -> None:
    def committing(function: Any) -> Any:
        @wraps(function)
        def commit(ledger: object, conn: object, batch: list[object]) -> Any:
            figures.commits += 1
            figures.jobs += len(batch)
            return function(ledger, conn, batch)

        return commit

    _wrap(".ledger.ledger:Ledger._commit", committing)


@callback
def _time_set_up(hass: HomeAssistant, figures: Figures) -> None:
    began = perf_counter()

    @callback
    def changed(change: ConfigEntryChange, entry: ConfigEntry[Any]) -> None:
        nonlocal began
        if entry.domain != _WATCHED:
            return
        if entry.state is ConfigEntryState.SETUP_IN_PROGRESS:
            began = perf_counter()
        elif entry.state is ConfigEntryState.LOADED:
            figures.set_up_seconds = perf_counter() - began

    async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, changed)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Wrap the functions before any building is loaded, and take notifications."""
    figures = hass.data[FIGURES_KEY] = Figures()
    _time_set_up(hass, figures)
    await hass.async_add_executor_job(_wrap_all, figures)

    async def take(_call: ServiceCall) -> None:
        figures.notified += 1
        figures.notified_at = time()

    hass.services.async_register("notify", TARGET, take)
    for view in (Bare, Read):
        hass.http.register_view(view)
    return True
