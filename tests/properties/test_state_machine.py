"""Whatever couriers, residents and time do, a building is what the reference says: the promises hold."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
import logging
import os

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.notifications.actions import (
    async_listen_to_phones,
)
from tests.properties.courier_life import CourierLife
from tests.properties.deeds import Beginning, Giving, Happening, Said
from tests.properties.reference_observed import READER, OtherAccess, Shown
from tests.properties.reference_orders import Order, Orders, Report
from tests.properties.reference_parts import Decided, Hours
from tests.properties.whole_building import LIVES, WholeBuilding, let_rest
from tests.support.people import People
from tests.support.phone_app import push_service

EXAMPLES = int(os.environ.get("COURIER_ACCESS_LIVES", "50"))
"""How many examples are lived through, and nearly as many that Hypothesis cuts short (docs/explanation/reliability.md)."""
SEED = os.environ.get("COURIER_ACCESS_SEED")
"""Which lives; always the same where none is given."""
STEPS = 26


class Life(CourierLife):
    """A life with standing orders, rings, and entries that others let in, too."""

    def __init__(self) -> None:
        super().__init__()
        self.orders = Orders()
        self.given: list[tuple[str, str]] = []
        """Who gave which orders, the oldest first."""
        self.others = OtherAccess()
        self.others.start(self.now, forgets=True)
        self.events = 0

    # Standing orders

    def begin(self, beginning: Beginning) -> None:
        super().begin(beginning)
        if beginning.giving is not None:
            self.give_order(beginning.giving)

    def give_order(self, giving: Giving) -> None:
        name, source, most = giving.name, giving.source, giving.most
        may = self.orders.may_give(self.reference, name, source)
        order_id = self.run(self.house.give_order(name, source, most))
        assert (order_id is not None) == may
        self.seen.add("an order given" if may else "an order that nobody may give")
        if order_id is None:
            return
        self.given.append((name, order_id))
        self.orders.in_effect[order_id] = Order(name, source, most)
        self.follow_orders()
        for each in giving.reports:
            self.report(source, each)

    def change_order(self, which: int, most: int, is_paused: bool, said: Said) -> None:
        if which >= len(self.given):
            return
        name, order_id = self.given[-1 - which]
        changed = self.run(
            self.house.change_order(name, order_id, most, is_paused=is_paused)
        )
        assert changed == (order_id in self.orders.in_effect)
        if changed:
            self.orders.change(order_id, most, is_paused=is_paused)
            self.follow_orders()
            self.report(self.orders.in_effect[order_id].source, said)

    def withdraw_order(self, which: int) -> None:
        if which >= len(self.given):
            return
        name, order_id = self.given[-1 - which]
        self.run(self.house.withdraw_order(name, order_id))
        if self.orders.in_effect.pop(order_id, None) is not None:
            self.seen.add("an order withdrawn")

    def report(self, source: str, said: Said) -> None:
        report = None
        if said.status != "unavailable":
            hours = said.estimated
            at = None if hours is None else self.now + timedelta(hours=hours)
            report = Report(said.status, said.barcode, at)
        self.orders.hear(source, report)
        self.run(self.house.report(source, report))
        self.follow_orders()
        self.orders.must(self.reference, self.run(self.house.asked_about()))

    def decide(self, name: str, decided: Decided) -> None:
        super().decide(name, decided)
        self.follow_orders()

    def withdraw_consent(self, name: str) -> None:
        self.decide(name, Decided("withdrawn", Hours.ALWAYS))

    @invariant()
    def follow_orders(self) -> None:
        """See that nothing was issued but what an order may, and take it as it is."""
        if not self.is_open:
            return
        self.orders.follow_consent(self.reference)
        self.run(self.house.rest())
        assert self.run(self.house.orders()) == {
            order_id: (each.most, each.is_paused)
            for order_id, each in self.orders.in_effect.items()
        }
        ordered = self.run(self.house.ordered())
        if new := ordered.keys() - self.reference.grants.keys():
            [*_, self.ordered] = sorted(new)
        self.orders.follow(self.reference, ordered)
        assert ordered.keys() == {
            grant_id
            for grant_id, each in self.reference.grants.items()
            if each.order is not None
        }
        for grant_id, grant in ordered.items():
            known = self.reference.grants[grant_id]
            parts = {unit: part.value for unit, part in grant.units.items()}
            assert (grant.state.value != "open") == known.revoked
            assert known.revoked or parts == known.parts

    # Rings

    def ring(
        self, grant_id: str, meanwhile: list[Happening], again_after: int | None
    ) -> None:
        """Let somebody ring, perhaps again; residents who veto meanwhile veto this grant."""
        questions = self.reference.ask_by_ring()
        [entering] = self.come_to_the_door(questions, self.house.ring)
        self.let_happen(self.known(grant_id), meanwhile)
        [answer] = self.answered([entering])
        assert answer == self.reference.ring()
        self.seen.add(f"a ring {answer[0]}: {answer[1]}")
        if len(questions) > 1:
            self.seen.add("a ring about several grants")
        if again_after is not None:
            self.wait(again_after)
            self.ring(grant_id, [], None)

    # Entries of others

    def observe(self, shows: list[tuple[str, str]]) -> None:
        before = len(self.others.entries)
        for source, shown in self.shown(shows):
            self.hass.loop.call_soon_threadsafe(self.house.show, source, shown)
            self.others.show(source, shown, self.now)
        if len(self.others.entries) > before:
            self.seen.add("an entry observed")

    def shown(self, shows: list[tuple[str, str]]) -> Sequence[tuple[str, Shown]]:
        """Return what sources show: each event of the reader has another time."""
        shown = []
        for source, value in shows:
            if source != READER or value == "unavailable":
                shown.append((source, Shown(value)))
                continue
            self.events += 1
            at = self.now + timedelta(milliseconds=self.events)
            shown.append((source, Shown(at.isoformat(timespec="milliseconds"), value)))
        return shown

    def restart(self, meanwhile: list[tuple[str, str]], forgets: bool) -> None:
        shown = self.shown(meanwhile)
        self.run(self.house.restart(shown, forgets=forgets))
        self.others.shown |= dict(shown)
        before = len(self.others.entries)
        self.others.start(self.now, forgets=forgets)
        if len(self.others.entries) > before:
            self.seen.add("an entry observed after a reload")
        self.reference.restart()
        self.follow_orders()

    def teardown(self) -> None:
        if not self.is_open:
            return
        try:
            self.follow_orders()
        finally:
            self.run(self.house.end(self.reference, self.others))
        if any(each.order and each.uses for each in self.reference.grants.values()):
            self.seen.add("an entry on an order's grant")
        self.lived.update(["a life", *self.seen, *self.orders.seen])


@pytest.mark.timeout(900)
async def test_whatever_happens_a_building_keeps_its_promises(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.CRITICAL)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    hass.config.time_zone = "UTC"
    async_listen_to_phones(hass)
    Life.hass, Life.freezer, Life.people = hass, freezer, People(hass)
    await Life.people.move_in(*LIVES)
    for name in LIVES:
        hass.services.async_register("notify", name.lower(), _take)
    async with push_service(hass, hass_client_no_auth) as service:
        Life.phones = {
            name: await service.register(Life.people[name], f"phone of {name}")
            for name in LIVES
        }
        Life.moved_in = WholeBuilding(hass, freezer, Life.people, Life.phones)
        await Life.moved_in.move_in()
        await Life.moved_in.settle()
        await Life.moved_in.building.async_stop()
        hass.loop.set_debug(False)  # it would take a third of the time
        # In a thread that Home Assistant does not wait for: it waits for Home Assistant.
        await asyncio.to_thread(
            run_state_machine_as_test,
            Life if SEED is None else seed(int(SEED))(Life),
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.explicit, Phase.generate, Phase.shrink],
            ),
        )
    await let_rest(hass, freezer)
    print(f"Seed {SEED}. How many lives saw:")  # noqa: T201
    for what, how_many in sorted(Life.lived.items()):
        print(f"{how_many:7} {what}")  # noqa: T201


async def _take(_call: ServiceCall) -> None:
    """Take a notification, as a service does that always works."""
