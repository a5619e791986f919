"""The tutorial's first driver on a phone: from the installed integration to an entry by PIN, with a demo door."""

from dataclasses import dataclass
from pathlib import Path
import re
import secrets
import sys

from playwright.async_api import Browser, Locator, Page, expect
import pytest

from scripts.lab.answers import records, text
from scripts.lab.browser import log_in, page_of
from scripts.lab.client import User
from scripts.lab.forking import Forks
from scripts.lab.people import Login, confirm_server, onboard
from scripts.lab.phone import Phone
from scripts.lab.places import ROOT
from scripts.lab.watch import DoorWatch

from .browser import AXE, PANEL, Panel, Screen
from .running import Installed, complaints, installed
from .walk import Walk, cut_off

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

MINUTES = 4
MOST_SCREENS = 10
MOST_PUSHES = 3
WIDTH = 360
TALL = 1000
OLIVE = "Olive"
UNIT = "3B"
DOOR = "Front door"
COURIER = "Parcel service"
FROM_BUTTON = "/_my_redirect/config_flow_start?domain=courier_access"
"""Where my.home-assistant.io sends on who taps the README's button."""


@dataclass(slots=True)
class Phoned:
    """What Olive sees on her phone, who owns the building and lives in it."""

    walk: Walk
    page: Page
    url: str

    @property
    def flow(self) -> Locator:
        """The dialog of a config flow."""
        return self.page.locator("dialog-data-entry-flow")

    @property
    def panel(self) -> Panel:
        """The panel Deliveries."""
        return Panel(self.page, self.url, PANEL)

    async def step(self, title: str) -> None:
        """Come to a flow's next step, of which nothing is cut off."""
        await self.walk.see(title, self.flow.get_by_text(title, exact=True))
        assert await cut_off(self.flow) == [], title

    async def fill(self, **fields: str) -> None:
        """Fill a step's fields in, by their labels."""
        for label, typed in fields.items():
            box = self.flow.get_by_role("textbox", name=re.compile(rf"^{label}\*?$"))
            await self.walk.type(label, box, typed)

    async def press(self, name: str) -> None:
        """Press a button of a flow."""
        button = self.flow.get_by_role("button", name=name, exact=True)
        await self.walk.tap(name, button)

    async def tap(self, name: str) -> None:
        """Tap a button outside flows."""
        button = self.page.get_by_role("button", name=name, exact=True)
        await self.walk.tap(name, button)

    async def view(self, link: str, name: str) -> Locator:
        """Go to one of the panel's views, which shuts nobody out."""
        await self.walk.tap(
            link, self.page.locator(PANEL).get_by_role("link", name=link)
        )
        shown = self.page.locator(f"courier-access-{name}")
        await self.walk.see(link, shown)
        await self.check(link)
        return shown

    async def check(self, name: str) -> None:
        """Look at the panel: nothing to scroll sideways, nothing that shuts somebody out."""
        assert await self.panel.violations() == [], name
        assert await self.panel.is_as_wide_as_the_screen(), name


def written_steps() -> str:
    """Return the steps of the tutorial, with the last one of the README's installation."""
    readme = (ROOT / "README.md").read_text("utf-8")
    [install] = re.findall(r"^3\. .*?(?= Or go to )", readme, re.MULTILINE)
    tutorial = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    steps, _, _after = tutorial.partition("\n## ")
    return f"{install}\n{steps}"


def names_in(steps: str) -> set[str]:
    """Return what the steps say to look for on the screen."""
    bold = re.findall(r"\*\*([^*]+)\*\*", steps)
    return {name for names in bold for name in re.split(r"\s+→\s+", names)}


async def move_in(new: Installed, login: Login) -> User:
    """Make Olive the administrator of Home Assistant, with its app on her phone."""
    owner = await onboard(new.http, new.home.url, OLIVE, login)
    await owner.running()
    await confirm_server(owner)
    await new.push.connect(Phone(OLIVE, owner, secrets.token_hex(16)))
    return owner


async def add_building(olive: Phoned) -> None:
    """Follow the README's button, and fill the forms in."""
    walk, page = olive.walk, olive.page
    walk.count("tap", "the button in the README")
    walk.elsewhere("My Home Assistant")
    walk.count("tap", "Open link")
    confirm = page.get_by_role("button", name="OK", exact=True)
    await walk.see("Set up Courier Access?", confirm)
    await walk.tap("OK", confirm)
    await olive.step("Add a building")
    await olive.fill(Name="12 Linden Court", Door=DOOR)
    await olive.press("Next")
    await olive.step("Couriers and residents")
    await olive.fill(Courier=COURIER)
    resident = olive.flow.get_by_text(OLIVE, exact=True)
    await walk.tap("Residents", resident)
    await olive.fill(Unit=UNIT)
    await olive.press("Submit")
    await olive.step("Name and assign")


async def decide(olive: Phoned) -> Locator:
    """Consent and set hours, both where the flow leads; return the view Home."""
    walk, page = olive.walk, olive.page
    panel = olive.flow.get_by_role("link", name="Deliveries")
    await walk.tap("Deliveries", panel)
    await olive.flow.wait_for(state="hidden")
    home = page.locator("courier-access-now")
    await walk.see("Deliveries", home)
    await home.locator("[data-decide=consent]").wait_for()
    await olive.check("consent")
    await olive.panel.picture("panel-home-consent")
    agreed = home.get_by_label("I have read this, and I consent.")
    await walk.tap("I have read this, and I consent.", agreed)
    # On a tall phone, the view that gets shorter stays scrolled by some lines.
    await page.set_viewport_size({"width": WIDTH, "height": TALL})
    consent = page.get_by_role("button", name="Give consent", exact=True)
    await consent.evaluate("button => button.scrollIntoView({block: 'end'})")
    await walk.tap("Give consent", consent)
    hours, asks = home.locator("[data-decide=hours]"), "When may couriers come?"
    question = hours.get_by_text(asks)
    await walk.find(asks, question)
    await olive.panel.settled()
    assert await is_on_top(question)
    await page.set_viewport_size({"width": WIDTH, "height": 800})
    always = hours.get_by_role("button", name="Always")
    assert await is_in_view(always)
    await olive.check("hours")
    await olive.panel.picture("panel-home-hours")
    await walk.tap("Always", always)
    await hours.wait_for(state="detached")
    return home


async def is_on_top(shown: Locator) -> bool:
    """Whether nothing covers it, such as the panel's header."""
    return bool(
        await shown.evaluate(
            """element => {
                const {left, top, width, height} = element.getBoundingClientRect();
                const at = [left + width / 2, top + height / 2];
                let found = document.elementFromPoint(...at);
                while (found?.shadowRoot && found !== element)
                    found = found.shadowRoot.elementFromPoint(...at);
                return found === element;
            }"""
        )
    )


async def is_in_view(shown: Locator) -> bool:
    """Whether nobody has to scroll to it."""
    return bool(
        await shown.evaluate(
            """element => {
                const {top, bottom} = element.getBoundingClientRect();
                return top >= 0 && bottom <= innerHeight;
            }"""
        )
    )


async def expect_parcel(olive: Phoned, home: Locator) -> tuple[Locator, str]:
    """Return what leads to the door's page, and the PIN of the pass."""
    walk, page = olive.walk, olive.page
    ready = home.get_by_role("link", name="Expect a parcel")
    await ready.wait_for()
    assert await is_in_view(ready)
    await expect(ready).to_be_focused()
    await olive.check("ready")
    await olive.panel.picture("panel-home-ready")
    await walk.tap("Expect a parcel", ready)
    deliveries = page.locator("courier-access-deliveries")
    form = deliveries.locator("courier-access-expect")
    mine = form.get_by_role("button", name="My open hours that day", pressed=True)
    await walk.see("Expect a parcel", mine)
    await walk.find("My open hours that day", mine)
    await olive.check("expect")
    await olive.tap("Save")
    pin = deliveries.locator("[data-pin]")
    await walk.see("Expected delivery with its pass", pin)
    heading = deliveries.get_by_role("heading", name="Pass for the driver")
    await walk.find("Pass for the driver", heading)
    await expect(heading).to_be_focused()
    trial = deliveries.get_by_role("link", name=f"Try it at {DOOR}")
    await trial.wait_for()
    assert await is_in_view(trial)
    await olive.check("pass")
    shown = await pin.inner_text()
    assert (await trial.get_attribute("href") or "").startswith("/api/")
    return trial, shown


async def come_in(olive: Phoned, trial: Locator, pin: str) -> None:
    """Type the PIN on the door's page, as a driver does."""
    walk = olive.walk
    async with olive.page.expect_popup() as opened:
        await walk.tap(f"Try it at {DOOR}", trial)
    page = await opened.value
    door = Screen(page, "", "html")
    field = page.get_by_label("PIN, code, or parcel number")
    await walk.see("Door", field)
    await check(door, "door")
    await walk.type("PIN", field, pin)
    button = page.get_by_role("button", name="Open the door")
    await walk.tap("Open the door", button)
    await walk.see("Open", page.get_by_text("The door is open. Please come in."))
    await check(door, "open")
    assert await page.context.cookies() == []


async def check(screen: Screen, name: str) -> None:
    """Look at a page: nothing to scroll sideways, nothing that shuts somebody out."""
    assert await screen.is_as_wide_as_the_screen(), name
    assert await screen.violations() == [], name


async def lock_of(owner: User) -> str:
    """Return the only lock that there is: the demo door."""
    states = records(await owner.get("/api/states"))
    entities = (text(state, "entity_id") for state in states)
    [lock] = (entity for entity in entities if entity.startswith("lock."))
    return lock


async def test_first_driver_comes_in_by_the_steps_in_the_tutorial(
    browser: Browser,
    forks: Forks,
    tmp_path_factory: pytest.TempPathFactory,
    released: Path,
    threads: None,
) -> None:
    login = Login("olive", secrets.token_urlsafe(9))
    walk = Walk("first-driver")
    folder = tmp_path_factory.mktemp("first")
    async with installed(forks, folder, released, my={}) as new:
        owner = await move_in(new, login)
        async with page_of(browser, WIDTH, phone=True) as page, owner.channel() as wire:
            await page.context.add_init_script(AXE.read_text("utf-8"))
            await log_in(page, new.home.url + FROM_BUTTON, login)
            olive = Phoned(walk, page, new.home.url)
            await add_building(olive)
            home = await decide(olive)
            trial, pin = await expect_parcel(olive, home)

            door = DoorWatch(await lock_of(owner))
            await door.begin(owner, wire)
            await come_in(olive, trial, pin)
            assert await door.until(lambda: door.opened == 1, 30)
            said = f"{COURIER} was let in at {DOOR}"
            assert await new.push.heard_by(OLIVE, said) is not None
            last = page.locator("courier-access-deliveries [data-last]")
            await walk.tap("Last visit", last)
            visits = page.locator("courier-access-entries")
            await walk.find("Visits", visits.get_by_text(COURIER))
            assert await door.until(lambda: door.shut, 30)
            assert len(new.push.notifications) <= MOST_PUSHES
        sys.stdout.write(walk.report())
        assert complaints(new.home.log.read_bytes()) == []
    assert names_in(written_steps()) <= walk.names
    assert walk.seconds <= MINUTES * 60
    assert walk.screens <= MOST_SCREENS
