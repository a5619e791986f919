"""Whatever couriers, residents and time do, a building is what the reference says: the promises hold."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from functools import partial
import logging
import os
from typing import ClassVar

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.util import dt as dt_util
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
import pytest

from tests.people import People
from tests.properties.reference import Asked, Decided, Hours
from tests.properties.whole_building import LIVES, WholeBuilding, begin

EXAMPLES = int(os.environ.get("COURIER_ACCESS_LIVES", "500"))
"""How many buildings live through it; docs/reliability.md says how many once were."""

names = st.sampled_from(list(LIVES))
grant_ids = st.sampled_from(["G1", "G2"])
deciding = st.builds(
    Decided,
    st.sampled_from(["given", "given", "given", "withdrawn"]),
    st.sampled_from([Hours.ALWAYS, *Hours]),
    st.sampled_from(["allow", "allow", "ask", "deny"]),
    st.booleans(),
)
units = st.sampled_from([("3b",), ("4a",), ("3b", "4a"), ("4a", "3b"), ("9z",), ("3b", "9z")])
hours = st.integers(1, 10)
steps = st.sampled_from([1, 6, 90, 30 * 60, 5 * 60 * 60])


class Life(RuleBasedStateMachine):
    """A building's life, step by step, beside the reference's."""

    hass: ClassVar[HomeAssistant]
    freezer: ClassVar[FrozenDateTimeFactory]
    people: ClassVar[People]
    moved_in: ClassVar[WholeBuilding]

    def __init__(self) -> None:
        super().__init__()
        self.house = WholeBuilding(self.hass, self.freezer, self.people, self.moved_in)
        self.run(self.house.open())
        self.reference = begin(self.now)

    def run[T](self, work: Coroutine[object, object, T]) -> T:
        """Run something in Home Assistant's loop; this is Hypothesis' own thread."""
        return asyncio.run_coroutine_threadsafe(work, self.hass.loop).result()

    @property
    def now(self) -> datetime:
        return dt_util.utcnow()

    def send(self, kind: str, data: dict[str, object]) -> tuple[object, object]:
        answer = self.run(self.house.send(kind, data))
        return answer["decision"], answer.get("reason", "ok")

    @rule(name=names, decided=deciding)
    def decide(self, name: str, decided: Decided) -> None:
        self.run(self.house.decide(name, decided))
        self.reference.decide(name, decided)

    @rule()
    def accept_everything(self) -> None:
        for name in LIVES:
            self.decide(name, Decided("given", Hours.ALWAYS))

    @rule(
        grant_id=grant_ids,
        revision=st.integers(1, 3),
        units=units,
        start=st.sampled_from([-1, 0, 0, 2]),
        length=hours,
        most=st.integers(1, 2),
    )
    def issue(
        self,
        grant_id: str,
        revision: int,
        units: tuple[str, ...],
        start: int,
        length: int,
        most: int,
    ) -> None:
        begins = self.now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=start)
        asked = Asked(revision, units, begins, begins + timedelta(hours=length), most)
        answer = self.send(
            "grant.issued",
            {
                "grant_id": grant_id,
                "revision": revision,
                "units": list(units),
                "starts_at": asked.start.isoformat(),
                "ends_at": asked.end.isoformat(),
                "max_entries": most,
            },
        )
        assert answer == self.reference.issue(grant_id, asked)

    @rule(grant_id=grant_ids)
    def revoke(self, grant_id: str) -> None:
        assert self.send("grant.revoked", {"grant_id": grant_id}) == ("revoked", "ok")
        self.reference.revoke(grant_id)

    @rule(grant_id=grant_ids)
    def enter(self, grant_id: str) -> None:
        answer = self.send("entry.requested", {"grant_id": grant_id})
        assert answer == self.reference.enter(grant_id)

    @rule(grant_id=grant_ids)
    def two_enter_at_once(self, grant_id: str) -> None:
        ask = partial(self.house.send, "entry.requested", {"grant_id": grant_id})

        async def both() -> list[dict[str, object]]:
            return list(await asyncio.gather(ask(), ask()))

        answers = [(answer["decision"], answer["reason"]) for answer in self.run(both())]
        expected = [self.reference.enter(grant_id), self.reference.enter(grant_id)]
        assert sorted(answers) == sorted(expected)

    @rule(name=names, grant_id=grant_ids)
    def veto(self, name: str, grant_id: str) -> None:
        self.run(self.house.veto(name, grant_id))
        self.reference.veto(name, grant_id)

    @rule(name=names, grant_id=grant_ids)
    def veto_while_one_enters(self, name: str, grant_id: str) -> None:
        async def both() -> dict[str, object]:
            answer, _ = await asyncio.gather(
                self.house.send("entry.requested", {"grant_id": grant_id}),
                self.house.veto(name, grant_id),
            )
            return answer

        answer = self.run(both())
        vetoed = self.reference.copy()
        vetoed.veto(name, grant_id)
        after = vetoed.enter(grant_id)
        if (answer["decision"], answer["reason"]) == after:
            self.reference = vetoed
            return
        assert (answer["decision"], answer["reason"]) == self.reference.enter(grant_id)
        self.reference.veto(name, grant_id)

    @rule(name=names, whole=st.booleans(), seconds=steps)
    def pause(self, name: str, whole: bool, seconds: int) -> None:
        until = self.now + timedelta(seconds=seconds)
        self.run(self.house.pause(name, None if whole else LIVES[name], until))
        self.reference.pause(name, whole=whole, until=until)

    @rule(name=names, whole=st.booleans())
    def resume(self, name: str, whole: bool) -> None:
        self.run(self.house.resume(name, None if whole else LIVES[name]))
        self.reference.resume(name, whole=whole)

    @rule()
    def confirm(self) -> None:
        self.run(self.house.confirm("Ada", "Ben"))
        self.reference.counts.add("Ben")

    @rule()
    def repeat(self) -> None:
        if (answers := self.run(self.house.replay())) is not None:
            first, again = answers
            assert again == first | {"replayed": True}

    @rule(seconds=steps)
    def wait(self, seconds: int) -> None:
        self.run(self.house.wait(seconds))
        self.reference.now = self.now

    @rule()
    def restart(self) -> None:
        self.run(self.house.restart())

    def teardown(self) -> None:
        self.run(self.house.end(self.reference))


async def test_whatever_happens_a_building_keeps_its_promises(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    hass.config.time_zone = "UTC"
    Life.hass, Life.freezer, Life.people = hass, freezer, People(hass)
    await Life.people.move_in(*LIVES)
    for name in LIVES:
        hass.services.async_register("notify", name.lower(), _take)
    Life.moved_in = WholeBuilding(hass, freezer, Life.people)
    await Life.moved_in.open()
    await Life.moved_in.settle()
    await Life.moved_in.building.async_stop()
    hass.loop.set_debug(False)  # it would take a third of the time
    # In a thread that Home Assistant does not wait for: it waits for Home Assistant.
    await asyncio.to_thread(
        run_state_machine_as_test,
        Life,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
        ),
    )


async def _take(_call: ServiceCall) -> None:
    """Take a notice, as a service does that always works."""
