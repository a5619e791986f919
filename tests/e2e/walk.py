"""Somebody who follows written steps on a phone, with a log of what that takes by hand."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Locator

from .browser import SCREENSHOTS

# Seconds by hand, without hurry: to take in a new screen, to tap, and to type a field.
READ = 8.0
TAP = 1.5
TYPE = 3.0

_SETTLED = 600
"""Milliseconds until a dialog of the front end has slid in, for pictures only."""

_CUT_OFF = """part => {
    const found = [];
    const look = root => root.querySelectorAll("*").forEach(each => {
        if (getComputedStyle(each).textOverflow === "ellipsis" && each.scrollWidth > each.clientWidth)
            found.push(each.outerHTML);
        if (each.shadowRoot) look(each.shadowRoot);
    });
    look(part.shadowRoot);
    return found;
}"""


async def cut_off(part: Locator) -> list[str]:
    """Return what ends in an ellipsis within a custom element."""
    found: list[str] = await part.evaluate(_CUT_OFF)
    return found


@dataclass(slots=True)
class Walk:
    """A way through the front end: each screen, tap, and typed field, in order."""

    name: str
    lines: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """The names of all that was tapped or looked for."""
    screens: int = 0
    taps: int = 0
    fields: int = 0

    @property
    def seconds(self) -> float:
        """How long the walk takes by hand."""
        return self.screens * READ + self.taps * TAP + self.fields * TYPE

    async def see(self, title: str, shown: Locator) -> None:
        """Wait for a new screen and take a picture of it, where pictures are wanted."""
        await shown.first.wait_for()
        self.screens += 1
        self.lines.append(f"screen  {title}")
        if SCREENSHOTS is not None:
            await shown.page.wait_for_timeout(_SETTLED)
            picture = f"{self.name}-{self.screens:02}-{_file_name(title)}.png"
            _keep(picture, await shown.page.screenshot())

    def elsewhere(self, title: str) -> None:
        """Count a screen of another site, which isn't visited here."""
        self.screens += 1
        self.lines.append(f"screen  {title}")

    async def tap(self, name: str, target: Locator) -> None:
        """Tap something that goes by this name."""
        await target.click()
        self.taps += 1
        self._note("tap", name)

    async def type(self, name: str, target: Locator, typed: str) -> None:
        """Fill a field in."""
        await target.fill(typed)
        self.fields += 1
        self._note("type", name)

    async def find(self, name: str, target: Locator) -> None:
        """Wait for something on the screen that the steps name."""
        await target.first.wait_for()
        self._note("find", name)

    def count(self, kind: str, name: str) -> None:
        """Count what was done with a finger, though not through this walk."""
        self.taps += 1
        self._note(kind, name)

    def report(self) -> str:
        """Return the log, and keep it beside the pictures."""
        minutes, seconds = divmod(round(self.seconds), 60)
        said = (
            f"{self.screens} screens, {self.taps} taps, {self.fields} typed fields: {minutes} min {seconds} s by hand"
            f" ({READ} s a screen, {TAP} s a tap, {TYPE} s a field)"
        )
        log = "\n".join([*self.lines, "", said, ""])
        if SCREENSHOTS is not None:
            _keep(f"{self.name}.txt", log.encode())
        return log

    def _note(self, kind: str, name: str) -> None:
        self.names.add(name)
        self.lines.append(f"  {kind:<6}{name}")


def _keep(name: str, content: bytes) -> None:
    """Write a file beside the pictures, without a thread that would outlive the test."""
    assert SCREENSHOTS is not None
    (Path(SCREENSHOTS) / name).write_bytes(content)


def _file_name(title: str) -> str:
    kept = "".join(each if each.isalnum() else " " for each in title.lower())
    return "-".join(kept.split())
