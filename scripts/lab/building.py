"""Sets up a building through the integration's own flows, as its administrator does in the front end."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
import re

from .answers import (
    Record,
    UnexpectedAnswerError,
    items,
    record,
    records,
    shorten,
    text,
)
from .client import SECONDS, Form, User

DOMAIN = "courier_access"
EVERY_DAY = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


RESPONSIBLE = {"name": "The owners' association", "owner_contact": "house@example.org"}


@dataclass(frozen=True, slots=True)
class Account:
    """What the administrator hands to a courier company."""

    name: str
    webhook_url: str
    key: str


@dataclass(frozen=True, slots=True)
class Building:
    """A building of the integration, in its administrator's hands."""

    owner: User
    entry_id: str

    @classmethod
    async def open(
        cls, owner: User, name: str, household: str, door: Mapping[str, object]
    ) -> Building:
        """Add a building with its first door."""
        settings = dict(door)
        asked = await owner.open_flow(DOMAIN)
        first = {"door": settings["name"], "door_page": False}
        if opener := settings.pop("opener", None):
            first["opener"] = opener
        answers = {"name": name, "household": household, **first}
        people = await owner.fill(asked, answers)
        done = await owner.fill(people, {})
        building = cls(owner, text(record(_created(done)["result"]), "entry_id"))
        await building.loaded()
        await building._change_door("details" if opener else "demo", settings)
        if household == "several":
            await building.name_responsible(RESPONSIBLE)
        return building

    async def name_responsible(self, answers: Mapping[str, str]) -> None:
        """Say who is responsible for the data of a house of several homes."""
        menu = await self.owner.open_options_flow(self.entry_id)
        form = await self.owner.choose_option(menu, "responsible")
        _created(await self.owner.fill_options(form, answers))
        await self.loaded()

    async def _change_door(self, kind: str, settings: Mapping[str, object]) -> None:
        """Give the only door the settings that a new building doesn't ask for."""
        [door_id] = (await self.parts("door")).values()
        menu = await self.owner.open_subentry_flow(self.entry_id, "door", door_id)
        form = await self.owner.choose_subentry(menu, kind)
        await self.owner.fill_subentry(form, settings)
        await self.loaded()

    async def add_door(self, door: Mapping[str, object]) -> None:
        """Add a door: a real one where an `opener` is named, else a demo door."""
        menu = await self.owner.open_subentry_flow(self.entry_id, "door")
        settings = dict(door)
        if opener := settings.pop("opener", None):
            choose = await self.owner.choose_subentry(menu, "opener")
            form = await self.owner.fill_subentry(choose, {"opener": opener})
        else:
            form = await self.owner.choose_subentry(menu, "demo")
        _created(await self.owner.fill_subentry(form, settings))
        await self.loaded()

    async def add_courier(
        self, details: Mapping[str, object], public_key: str | None = None
    ) -> Account:
        """Add a courier; it gets a shared key, or uses the private one to the public key given."""
        asked = await self.owner.open_subentry_flow(self.entry_id, "courier")
        menu = await self.owner.fill_subentry(asked, details)
        kind = "secret" if public_key is None else "public_key"
        shown = await self.owner.choose_subentry(menu, kind)
        given = {} if public_key is None else {"public_key": public_key}
        _created(await self.owner.fill_subentry(shown, given))
        await self.loaded()
        return Account(
            str(details["name"]),
            *_credentials(shown),
        )

    async def replace_key(self, courier: str) -> str:
        """Give a courier a new shared key; the one before ends at once."""
        courier_id = (await self.parts("courier"))[courier]
        open_flow, choose = self.owner.open_subentry_flow, self.owner.choose_subentry
        menu = await open_flow(self.entry_id, "courier", courier_id)
        shown = await choose(await choose(menu, "rotate"), "new_secret")
        await self.owner.fill_subentry(shown, {})
        await self.loaded()
        menu = await open_flow(self.entry_id, "courier", courier_id)
        await self.owner.fill_subentry(await choose(menu, "end_old_key"), {})
        await self.loaded()
        return _credentials(shown)[1]

    async def add_courier_without_messages(self, details: Mapping[str, object]) -> None:
        """Add a courier whose drivers show something at the door."""
        asked = await self.owner.open_subentry_flow(self.entry_id, "courier")
        menu = await self.owner.fill_subentry(asked, details)
        _created(await self.owner.choose_subentry(menu, "unsigned"))
        await self.loaded()

    async def add_other_access(self, details: Mapping[str, object]) -> None:
        """Add a way in for couriers that isn't decided here."""
        menu = await self.owner.open_subentry_flow(self.entry_id, "observed")
        asked = await self.owner.choose_subentry(menu, "entity")
        _created(await self.owner.fill_subentry(asked, details))
        await self.loaded()

    async def hang_sheets(self, door_ids: list[str]) -> str:
        """Give doors a page, and return the address of the sheets to print."""
        menu = await self.owner.open_options_flow(self.entry_id)
        form = await self.owner.choose_option(menu, "door_pages")
        ready = await self.owner.fill_options(form, {"doors": door_ids})
        shown = record(ready.content["description_placeholders"])
        found = re.search(r'(?:href="|\()(/api/[^")\s]+)', str(shown))
        if found is None:
            raise UnexpectedAnswerError(f"no link to the sheets: {shorten(shown)}")
        await self.loaded()
        return self.owner.url + unescape(found[1])

    async def print_sheets(self, door_ids: list[str]) -> str:
        """Give doors a page, and return the sheets to print."""
        address = await self.hang_sheets(door_ids)
        async with self.owner.http.get(address) as answer:
            return await answer.text()

    async def add_resident(
        self,
        details: Mapping[str, object],
        targets: Mapping[str, object],
        paper: Mapping[str, object] | None = None,
    ) -> None:
        """Add a resident; one without a user may have decided on paper."""
        asked = await self.owner.open_subentry_flow(self.entry_id, "resident")
        shown = await self.owner.fill_subentry(asked, details)
        ended = await self.owner.fill_subentry(shown, targets)
        if ended.type == "menu":
            ended = await self.owner.choose_subentry(
                ended, "paper" if paper else "no_paper"
            )
        if paper is not None:
            ended = await self.owner.fill_subentry(ended, paper)
        _created(ended)
        await self.loaded()

    async def record_paper(self, resident_id: str, paper: Mapping[str, object]) -> None:
        """Record what a resident has decided on paper since."""
        form = await self.owner.open_subentry_flow(
            self.entry_id, "resident", resident_id
        )
        for _step in ("details", "targets"):
            form = await self.owner.fill_subentry(form, {})
        form = await self.owner.choose_subentry(form, "paper")
        done = await self.owner.fill_subentry(form, paper)
        if done.content.get("reason") != "reconfigure_successful":
            raise UnexpectedAnswerError(
                f"the decision was not kept: {shorten(done.content)}"
            )
        await self.loaded()

    async def loaded(self) -> None:
        """Wait until the building is in service with its present settings."""
        async with self.owner.channel() as channel, asyncio.timeout(SECONDS):
            while True:
                single = record(
                    await channel.command(
                        "config_entries/get_single", entry_id=self.entry_id
                    )
                )
                state = text(record(single["config_entry"]), "state")
                if state == "loaded":
                    # A command is answered once changed settings are in effect.
                    with suppress(UnexpectedAnswerError):
                        await channel.command(
                            f"{DOMAIN}/entries", building=self.entry_id, limit=1
                        )
                        return
                if state in {"setup_error", "migration_error", "failed_unload"}:
                    raise UnexpectedAnswerError(f"the building does not load: {state}")
                await asyncio.sleep(0.05)

    async def parts(self, kind: str) -> dict[str, str]:
        """Return the building's doors, couriers or residents: their ids by their titles."""
        async with self.owner.channel() as channel:
            listed = records(
                await channel.command(
                    "config_entries/subentries/list", entry_id=self.entry_id
                )
            )
        return {
            text(part, "title"): text(part, "subentry_id")
            for part in listed
            if part["subentry_type"] == kind
        }

    async def entities(self, part_id: str | None) -> list[str]:
        """Return the entity ids of a part, or of the building itself."""
        async with self.owner.channel() as channel:
            listed = records(await channel.command("config/entity_registry/list"))
        return [
            text(entity, "entity_id")
            for entity in listed
            if entity["config_entry_id"] == self.entry_id
            and entity["config_subentry_id"] == part_id
        ]

    async def entity(self, part_id: str | None, domain: str) -> str:
        """Return the first entity of a domain that a part has."""
        for entity_id in await self.entities(part_id):
            if entity_id.startswith(f"{domain}."):
                return entity_id
        raise UnexpectedAnswerError(f"no {domain} entity of {part_id}")

    async def device(self, part_id: str) -> str:
        """Return the device id of a part, by which actions address it."""
        async with self.owner.channel() as channel:
            for device in records(await channel.command("config/device_registry/list")):
                if [DOMAIN, part_id] in items(device["identifiers"]):
                    return text(device, "id")
        raise UnexpectedAnswerError(f"no device of {part_id}")


def _created(form: Form) -> Record:
    if form.type != "create_entry":
        raise UnexpectedAnswerError(f"the flow did not end: {shorten(form.content)}")
    return form.content


def _credentials(form: Form) -> tuple[str, str]:
    """Return the webhook's address and the secret, if any, that a step shows."""
    shown = record(form.content["description_placeholders"])
    address = text(shown, "addresses").strip("`").partition("`")[0]
    return address, text(shown, "secret")
