"""A fleet that takes requests and never answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from ..instance import HOST
from ..show import say
from ..site import Site

TOKEN = "e30.e30.e30"  # noqa: S105 - it opens nothing
NOTHING_TAKEN = {
    "line": 0,
    "seq": None,
    "taken": False,
    "differs": False,
    "couriers": 0,
}


@asynccontextmanager
async def unanswered(site: Site) -> AsyncIterator[None]:
    """Connect the building to a fleet, and begin when its first report waits for an answer."""
    is_asked, is_over, answers = asyncio.Event(), asyncio.Event(), [NOTHING_TAKEN]

    async def answer(_request: web.Request) -> web.Response:
        if answers:  # The form asks once before it saves the address.
            return web.json_response(answers.pop())
        is_asked.set()
        await is_over.wait()
        return web.Response(status=503)

    app = web.Application()
    app.router.add_post("/rpc/report", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, 0).start()
        owner = site.owner
        menu = await owner.open_options_flow(site.kept.entry_id)
        form = await owner.choose_option(menu, "fleet")
        address = f"http://{HOST}:{runner.addresses[0][1]}"
        await owner.fill_options(form, {"address": address, "token": TOKEN})
        await site.building.loaded()
        say("waiting for the first report, at the next quarter hour")
        await is_asked.wait()
        yield
    finally:
        is_over.set()
        await runner.cleanup()
