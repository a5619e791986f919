"""Lists of residents for tests: uploaded as the front end does, and taken in by the building's flow."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from aiohttp import FormData
from aiohttp.test_utils import TestClient
from homeassistant.components import file_upload
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .front_end import FrontEnd, Screen


@contextmanager
def own_uploads(folder: Path) -> Iterator[None]:
    """Keep what is uploaded in a folder of the test's own: Home Assistant empties the machine's one when it starts."""
    with patch.object(
        file_upload, "tempfile", SimpleNamespace(gettempdir=lambda: str(folder))
    ):
        yield


HEADINGS = "name,unit,notify_actions"


@dataclass(slots=True)
class Lists:
    """An owner with lists of a building's residents."""

    hass: HomeAssistant
    building: MockConfigEntry
    client: TestClient[Any, Any]

    async def upload(self, content: str | bytes) -> str:
        """Upload a file; return its id."""
        data = content.encode() if isinstance(content, str) else content
        form = FormData()
        form.add_field("file", data, filename="residents.csv")
        response = await self.client.post("/api/file_upload", data=form)
        assert response.status == 200
        file_id: str = (await response.json())["file_id"]
        return file_id

    async def begin(self) -> tuple[FrontEnd, Screen]:
        """Open the form that takes a list."""
        flow = FrontEnd(self.hass, None, "")
        await flow.configure(self.building)
        return flow, await flow.choose("residents")

    async def offer(self, content: str | bytes) -> tuple[FrontEnd, Screen]:
        """Choose a list; return what is shown of it."""
        flow, screen = await self.begin()
        return flow, await flow.submit(screen, list=await self.upload(content))

    async def take_in(self, content: str | bytes, **confirmed: bool) -> Screen:
        """Take a list in, to the end."""
        flow, screen = await self.offer(content)
        assert screen.step == "summary", screen.errors or self.faults(screen)
        screen = await flow.submit(screen, **confirmed)
        assert screen.type in (FlowResultType.CREATE_ENTRY, FlowResultType.ABORT)
        return screen

    def faults(self, screen: Screen) -> dict[str, str]:
        """Return the lines of each kind of fault that a screen shows."""
        assert screen.step == "faults"
        said: dict[str, str] = screen.shown["description_placeholders"]
        assert said.keys() == {"count", *screen.sections}
        return {problem: said[problem] for problem in screen.sections}

    async def faults_of(self, *lines: str, headings: str = HEADINGS) -> dict[str, str]:
        """Return what is wrong with a list of these lines."""
        _, screen = await self.offer("\n".join([headings, *lines]))
        return self.faults(screen)

    def residents(self) -> dict[str, dict[str, Any]]:
        """Return what is kept of the residents, by name."""
        return {
            resident.title: dict(resident.data)
            for resident in self.building.get_subentries_of_type("resident")
        }
