"""The command `scripts/bench panel`: times the panel in a real browser, over a record of ten thousand entries.

A building with a month behind it runs in a Home Assistant of its own, and a resident looks at it in Chromium, on a
phone's width. Timed are the WebSocket command that reads a page of entries; what the browser does from the panel's
script being there to the first picture of it; and a list of entries that is read to its end, page by page.
"""

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

import aiohttp
from playwright.async_api import Page

from ..answers import (
    Record,
    UnexpectedAnswerError,
    items,
    number,
    record,
    records,
    text,
)
from ..browser import chromium, log_in, page_of
from ..client import Channel
from ..instance import Instance, free_port
from ..past import give_past
from ..phone import PushService
from ..show import say
from ..site import COURIERS, OPEN_UNIT, Site, configuration, find, set_up
from .figures import print_line

PAGE: Final = 50
WIDTH: Final = 360
SERVED: Final = "/courier_access_frontend/"
_ENTRIES: Final = "courier-access-entries"

# Marks when the panel's element is there, and when something of it has been painted.
_WATCH_PAINT: Final = """
customElements.whenDefined("courier-access-panel").then(() => (window.definedAt = performance.now()));
const look = () => {
    const inside = (element, selector) => element?.shadowRoot?.querySelector(selector);
    let at = document.querySelector("home-assistant");
    for (const next of ["home-assistant-main", "ha-panel-custom"]) at = inside(at, next) ?? at;
    const panel = at?.querySelector?.("courier-access-panel");
    if (inside(inside(panel, "courier-access-now"), "section"))
        setTimeout(() => (window.paintedAt ??= performance.now()));
    else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""

# From the panel's script being asked for, to the first picture.
_SINCE_ASKED_FOR: Final = """() => {
    const script = performance.getEntriesByType("resource").find(({name}) => name.includes("/panel.js"));
    return window.paintedAt - script.startTime;
}"""

# Has the list read one more page, and says how long that took, from the wish to the painted rows.
_MORE: Final = """list => new Promise(done => {
    const rows = () => list.shadowRoot.querySelectorAll("li").length;
    const before = rows(), began = performance.now();
    const look = () => rows() > before ? setTimeout(() => done(performance.now() - began)) : requestAnimationFrame(look);
    list.shadowRoot.querySelector("#more").click();
    requestAnimationFrame(look);
})"""

# Says how long the browser is busy when the front end hands over another state of the house.
_STATE: Final = """list => new Promise(done => {
    const panel = list.getRootNode().host, began = performance.now();
    panel.hass = {...panel.hass, states: {...panel.hass.states}};
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""

# Scrolls from the top to the end a screen a frame, and says how long each frame took.
_SCROLL: Final = """list => new Promise(done => {
    let at = list;
    while (at && !(at.scrollHeight > at.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(at).overflowY)))
        at = at.parentNode instanceof ShadowRoot ? at.parentNode.host : at.assignedSlot ?? at.parentNode;
    const box = at instanceof Element ? at : document.scrollingElement;
    box.scrollTop = 0;
    const frames = [];
    let last = performance.now();
    const step = now => {
        frames.push(now - last);
        last = now;
        box.scrollTop += innerHeight;
        if (frames.length < 300 && box.scrollTop + box.clientHeight < box.scrollHeight - 1) requestAnimationFrame(step);
        else done(frames.slice(1));
    };
    requestAnimationFrame(step);
})"""


@asynccontextmanager
async def long_record(entries: int) -> AsyncIterator[tuple[Instance, Site]]:
    """Run a building with so many entries behind it."""
    push = PushService()
    with TemporaryDirectory(prefix="courier-bench-") as folder:
        async with push.served(), aiohttp.ClientSession() as http:
            home = Instance(Path(folder), free_port(), configuration(push))
            home.start()
            try:
                await home.ready()
                site = await set_up(http, home.url, home.folder, push)
                name = COURIERS[0][0]
                courier = ((await site.building.parts("courier"))[name], name)
                await asyncio.to_thread(home.stop)
                began = perf_counter()
                await give_past(
                    home.folder / f"courier_access_{site.kept.entry_id}.db",
                    entries,
                    courier,
                    {OPEN_UNIT.lower(): OPEN_UNIT},
                )
                say(f"{entries} entries were written in {perf_counter() - began:.1f} s")
                home.start()
                await home.ready()
                yield home, await find(http, home.url, home.folder, push)
            finally:
                await asyncio.to_thread(home.stop)


async def bench(chosen: argparse.Namespace) -> None:
    """Set everything up, time it and print what came of it."""
    entries: int = chosen.entries
    rounds: int = chosen.rounds
    async with long_record(entries) as (home, site):
        say(f"Home Assistant {site.version}: {rounds} rounds")
        async with site.resident.channel() as channel:
            await time_command(channel, site.kept.entry_id, rounds)
        async with chromium() as browser, page_of(browser, WIDTH, phone=True) as page:
            await page.add_init_script(_WATCH_PAINT)
            await log_in(
                page, f"{home.url}/courier-access/now", site.kept.logins["resident"]
            )
            await page.locator("courier-access-now").wait_for()
            await time_first_picture(
                page, f"{home.url}/courier-access/now", min(rounds, 20)
            )
            await time_list(page, f"{home.url}/courier-access/entries", entries)


async def time_command(channel: Channel, building: str, rounds: int) -> None:
    """Time the command for the newest page, for the oldest, and for the oldest of one kind."""
    oldest = await _oldest(channel, building)
    for name, fields in (
        ("entries, first page", {}),
        ("entries, last page", {"before": oldest + PAGE}),
        ("entries, refused", {"before": oldest + 4 * PAGE, "decision": "refused"}),
    ):
        taken = []
        for _ in range(rounds):
            began = perf_counter()
            await channel.command(
                "courier_access/entries", building=building, limit=PAGE, **fields
            )
            taken.append((perf_counter() - began) * 1000)
        print_line(name, taken)


async def _oldest(channel: Channel, building: str) -> int:
    """Return the record's number of the first entry of all."""
    before: dict[str, object] = {}
    while True:
        told = record(
            await channel.command(
                "courier_access/entries", building=building, limit=500, **before
            )
        )
        if told["next"] is None:
            return int(number(records(told["entries"])[-1], "record"))
        before = {"before": told["next"]}


async def time_first_picture(page: Page, url: str, rounds: int) -> None:
    """Time what the panel's scripts do until it is seen, with all files in the browser's cache."""
    session = await page.context.new_cdp_session(page)
    await session.send("Profiler.enable")
    await session.send("Profiler.setSamplingInterval", {"interval": 100})
    whole, painted, busy = [], [], []
    for _ in range(rounds):
        await page.goto("about:blank")
        await session.send("Profiler.start")
        await page.goto(url)
        await page.wait_for_function("() => window.paintedAt")
        profile = (await session.send("Profiler.stop"))["profile"]
        busy.append(_spent(profile))
        whole.append(await page.evaluate(_SINCE_ASKED_FOR))
        painted.append(await page.evaluate("() => window.paintedAt - window.definedAt"))
    print_line("asked for to seen", whole)
    print_line("defined to seen", painted)
    print_line("in our scripts", busy)


def _spent(profile: Record) -> float:
    """Return for how many milliseconds a sampled profile was in the panel's own scripts."""
    ours = {
        number(node, "id")
        for node in records(profile["nodes"])
        if SERVED in text(record(node["callFrame"]), "url")
    }
    pairs = zip(items(profile["samples"]), items(profile["timeDeltas"]), strict=True)
    return (
        sum(
            delta
            for sample, delta in pairs
            if sample in ours and isinstance(delta, int)
        )
        / 1000
    )


async def time_list(page: Page, url: str, entries: int) -> None:
    """Time a list that is read to its end, and what is done with it then."""
    await page.goto(url)
    shown = page.locator(_ENTRIES)
    began = perf_counter()
    await shown.locator("li").first.wait_for()
    say(f"the first page was there after {(perf_counter() - began) * 1000:.0f} ms")
    taken: list[float] = []
    while await shown.locator("#more").count():
        taken.append(await shown.evaluate(_MORE))
    rows = await shown.locator("li").count()
    say(f"{rows} rows after {len(taken)} more pages")
    print_line("next page, first 10", taken[:10])
    print_line("next page, last 10", taken[-10:])
    print_line("a state changes", [await shown.evaluate(_STATE) for _ in range(10)])
    print_line("frames, scrolling", await shown.evaluate(_SCROLL))
    if rows < entries:
        raise UnexpectedAnswerError(f"{rows} of {entries} entries were shown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--entries", type=int, default=10_000, help="default: 10000")
    parser.add_argument(
        "--rounds", type=int, default=100, help="of each command (default: 100)"
    )
