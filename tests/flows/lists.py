"""Upload and import lists of residents."""

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
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .front_end import FrontEnd, Screen
from .parts import add_resident


@contextmanager
def own_uploads(folder: Path) -> Iterator[None]:
    """Use an upload folder per test: Home Assistant empties the shared one at start."""
    with patch.object(
        file_upload, "tempfile", SimpleNamespace(gettempdir=lambda: str(folder))
    ):
        yield


HEADINGS = "name,unit,notify_actions"


@dataclass(slots=True)
class Lists:
    """Uploads lists in a building's options flow."""

    hass: HomeAssistant
    building: MockConfigEntry
    client: TestClient[Any, Any]

    def add_resident(self, **data: Any) -> ConfigSubentry:
        """Add a resident without a list."""
        return add_resident(self.hass, self.building, **data)

    async def upload(self, content: str | bytes) -> str:
        """Upload a file and return its id."""
        data = content.encode() if isinstance(content, str) else content
        form = FormData()
        form.add_field("file", data, filename="residents.csv")
        response = await self.client.post("/api/file_upload", data=form)
        assert response.status == 200
        file_id: str = (await response.json())["file_id"]
        return file_id

    async def begin(self) -> tuple[FrontEnd, Screen]:
        """Open the import form."""
        flow = FrontEnd(self.hass, None, "")
        await flow.configure(self.building)
        return flow, await flow.choose("residents")

    async def offer(self, content: str | bytes) -> tuple[FrontEnd, Screen]:
        """Submit a list and return the next screen."""
        flow, screen = await self.begin()
        return flow, await flow.submit(screen, list=await self.upload(content))

    async def take_in(self, content: str | bytes, **confirmed: bool) -> Screen:
        """Import a list."""
        flow, screen = await self.offer(content)
        assert screen.step == "summary", screen.errors or self.problems(screen)
        screen = await flow.submit(screen, **confirmed)
        assert screen.type in (FlowResultType.CREATE_ENTRY, FlowResultType.ABORT)
        return screen

    def problems(self, screen: Screen) -> dict[str, str]:
        """Return the lines of each problem on a screen."""
        assert screen.step == "faults"
        placeholders: dict[str, str] = screen.shown["description_placeholders"]
        assert placeholders.keys() == {"count", *screen.sections}
        return {problem: placeholders[problem] for problem in screen.sections}

    async def problems_of(
        self, *lines: str, headings: str = HEADINGS
    ) -> dict[str, str]:
        """Return the problems with these rows."""
        _, screen = await self.offer("\n".join([headings, *lines]))
        return self.problems(screen)

    def residents(self) -> dict[str, dict[str, Any]]:
        """Return the residents' data by name."""
        return {
            resident.title: dict(resident.data)
            for resident in self.building.get_subentries_of_type("resident")
        }
