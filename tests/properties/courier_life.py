"""A life of a building: what couriers, residents, and time do, beside what the reference says of it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import permutations
from typing import ClassVar

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.properties.deeds import (
    Beginning,
    Change,
    Happening,
    Pause,
    Veto,
    beginnings,
    deeds,
)
from tests.properties.reference import WAITS, Reference
from tests.properties.reference_parts import Asked, Decided, Hours, Press, Question
from tests.properties.whole_building import LIVES, MadePass, WholeBuilding, begin
from tests.support.people import People
from tests.support.phone_app import PhoneApp

MOST_UNKNOWN = 9
"""After one more unknown code in a row, the door takes none for a while."""
PATIENCE = 120.0
"""Seconds of real time for one deed: who waits longer waits for what never comes."""


class CourierLife(RuleBasedStateMachine):
    """A building's life, step by step, beside the reference's."""

    hass: ClassVar[HomeAssistant]
    freezer: ClassVar[FrozenDateTimeFactory]
    people: ClassVar[People]
    phones: ClassVar[Mapping[str, PhoneApp]]
    moved_in: ClassVar[WholeBuilding]
    lived: ClassVar[Counter[str]] = Counter()
    """How many lives saw what."""

    def __init__(self) -> None:
        super().__init__()
        self.house = WholeBuilding(
            self.hass, self.freezer, self.people, self.phones, self.moved_in
        )
        self.reference = begin(self.now)
        self.on_phones: dict[str, int] = {}
        """The question that came last to each phone."""
        self.is_open = False
        self.newest = "G0"
        self.ordered: str | None = None
        """The newest grant that a standing order issued."""
        self.passes: list[MadePass] = []
        self.unknown_in_a_row = 0
        self.seen: set[str] = set()

    def run[T](self, work: Coroutine[object, object, T]) -> T:
        """Run something in Home Assistant's loop; this is Hypothesis' own thread."""
        return asyncio.run_coroutine_threadsafe(work, self.hass.loop).result(PATIENCE)

    @property
    def now(self) -> datetime:
        return dt_util.utcnow()

    def known(self, grant_id: str) -> str:
        """Return which grant is meant."""
        if grant_id == "ordered":
            return self.ordered or self.newest
        return self.newest if grant_id == "newest" else grant_id

    def send(self, kind: str, data: dict[str, object]) -> tuple[object, object]:
        return _said(self.run(self.house.send(kind, data)))

    @initialize(beginning=beginnings, is_told=st.sampled_from([*[False] * 7, True]))
    def let_couriers_in(self, beginning: Beginning, is_told: bool) -> None:
        self.run(self.house.move_in())
        self.is_open = True
        if not is_told:
            self.hass.loop.call_soon_threadsafe(self.house.tell_nobody)
        self.begin(beginning)

    def begin(self, beginning: Beginning) -> None:
        for name, decided in zip(LIVES, beginning.decided, strict=True):
            if self.reference.pauses:
                self.resume(name, whole=True)
            self.decide(name, decided)
        self.newest = f"G{int(self.newest[1:]) + 1}"
        self.issue(self.newest, 1, beginning.units, 0, 10, beginning.most)

    @rule(deed=deeds)
    def do(self, deed: tuple[str, dict[str, object]]) -> None:
        what, how = deed
        getattr(self, what)(**how)

    @property
    def is_over(self) -> bool:
        """Whether no courier can come anymore, whatever the answer."""
        reason, _ = self.reference.may_enter(self.newest)
        return reason in (
            "revoked",
            "expired",
            "entries_exhausted",
            "not_accepting",
            "vetoed",
        )

    def begin_anew(self, beginning: Beginning) -> None:
        if self.is_over:
            self.begin(beginning)

    def decide(self, name: str, decided: Decided) -> None:
        self.run(self.house.decide(name, decided))
        self.reference.decide(name, decided)

    def accept_everything(self, attitude: str) -> None:
        for name in LIVES:
            self.decide(name, Decided("given", Hours.ALWAYS, attitude))

    def issue(
        self,
        grant_id: str,
        revision: int,
        units: tuple[str, ...],
        start: int,
        length: int,
        most: int,
    ) -> None:
        grant_id = self.known(grant_id)
        begins = self.now.replace(minute=0, second=0, microsecond=0) + timedelta(
            hours=start
        )
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
        if answer[0] == "accepted":
            self.seen.add("a grant accepted")

    def revoke(self, grant_id: str) -> None:
        grant_id = self.known(grant_id)
        assert self.send("grant.revoked", {"grant_id": grant_id}) == ("revoked", "ok")
        self.reference.revoke(grant_id)

    def enter(self, grant_id: str, meanwhile: list[Happening]) -> None:
        grant_id = self.known(grant_id)
        entering, _ = self.come(grant_id)
        self.let_happen(grant_id, meanwhile)
        [answer] = self.answered(entering)
        assert answer == self.reference.enter(grant_id)
        self.note(answer)

    def two_enter_at_once(self, grant_id: str, meanwhile: list[Happening]) -> None:
        grant_id = self.known(grant_id)
        after_one = self.reference.copy()
        after_one.enter(grant_id)
        uses_an_answer = after_one.may_enter(grant_id)[0] == "no_answer"
        if uses_an_answer and self.reference.may_enter(grant_id)[0] == "ok":
            self.enter(grant_id, [])
            self.enter(grant_id, meanwhile)
            return
        entering, _ = self.come(grant_id, couriers=2)
        self.let_happen(grant_id, meanwhile)
        answers = self.answered(entering)
        expected = [self.reference.enter(grant_id), self.reference.enter(grant_id)]
        assert sorted(answers) == sorted(expected)
        self.note(*answers)

    def enter_while_two_answer_at_once(
        self, grant_id: str, pressed: tuple[Press, Press]
    ) -> None:
        grant_id = self.known(grant_id)
        entering, questions = self.come(grant_id)
        if not questions:
            [answer] = self.answered(entering)
            assert answer == self.reference.enter(grant_id)
            self.note(answer)
            return
        self.run(self.house.press(*pressed))
        waits, at_the_door = self.house.is_waiting, self.reference.copy()
        if waits:
            self.pass_time_at_the_door()
        [answer] = self.answered(entering)
        happened = answer, self.run(self.house.stands(grant_id))
        possible = [
            ((said, after.stands(grant_id)), after)
            for said, after in self.after_both(
                at_the_door, grant_id, pressed, waits=waits
            )
        ]
        agreeing = [after for what, after in possible if what == happened]
        assert agreeing, f"{happened} is none of {[what for what, _ in possible]}"
        self.reference = agreeing[0]
        self.note(answer)

    def come(
        self, grant_id: str, couriers: int = 1
    ) -> tuple[list[asyncio.Task[dict[str, object]]], list[Question]]:
        """Let couriers come on a grant."""
        questions = self.reference.ask(grant_id)
        enter = partial(self.house.send, "entry.requested", {"grant_id": grant_id})
        return self.come_to_the_door(questions, *[enter] * couriers), questions

    def come_to_the_door(
        self,
        questions: list[Question],
        *comes: Callable[[], Coroutine[object, object, dict[str, object]]],
    ) -> list[asyncio.Task[dict[str, object]]]:
        """Let couriers come, and see that those are asked who must be, and nobody else."""
        asked = {
            name: {"approve", "decline"}
            if self.reference.decided[name].consent == "given"
            else {"decline"}
            for question in questions
            for name in question.names
        }
        entering = self.run(self.house.come(asked, *comes))
        assert self.house.asked() == asked
        for question in questions:
            number = self.reference.questions.index(question)
            self.on_phones |= dict.fromkeys(question.names, number)
        return entering

    def let_happen(self, grant_id: str, meanwhile: list[Happening]) -> None:
        """Let things happen as long as a courier waits for an answer, and then the time run out."""
        for what in meanwhile:
            if not self.reference.under_way:
                return
            match what:
                case Press():
                    self.press(what)
                case Change(name, decided):
                    self.decide(name, decided)
                case Veto(name):
                    self.veto(name, grant_id)
                case Pause(name, whole):
                    self.pause(name, whole, 90)
            self.seen.add(f"a question met by: {type(what).__name__.lower()}")
        if self.reference.under_way:
            self.pass_time_at_the_door()

    def pass_time_at_the_door(self) -> None:
        waiting = [self.reference.questions[one] for one in self.reference.under_way]
        seconds = max(WAITS[question.proof] for question in waiting)
        self.hass.loop.call_soon_threadsafe(self.house.pass_time, seconds)

    def answered(
        self, entering: list[asyncio.Task[dict[str, object]]]
    ) -> list[tuple[object, object]]:
        async def all_of_them() -> list[dict[str, object]]:
            answers = list(await asyncio.gather(*entering))
            if self.house.asked():
                await self.house.settle()
            return answers

        answers = self.run(all_of_them())
        self.reference.now = self.now
        return [_said(answer) for answer in answers]

    def after_both(
        self,
        before: Reference,
        grant_id: str,
        pressed: tuple[Press, Press],
        *,
        waits: bool,
    ) -> Iterator[tuple[tuple[object, object], Reference]]:
        """What a courier may be answered, and what be so then, whose question two residents answer at once."""
        for one, other in permutations(self.numbered(*pressed)):
            first = before.copy()
            first.answer(one)
            late = first.copy()
            known = list(late.grants[grant_id].answers)
            first.answer(other)
            both = before.copy()
            both.answer(one, other)
            held = both.grants[grant_id].answers
            for after in (first, late, both):
                if waits == bool(after.under_way):
                    after.now = self.now
                    answer = after.enter(grant_id)
                    if after is late:
                        # The other one's came when the courier was on the way to the door.
                        after.grants[grant_id].answers += [
                            new for new in held if new not in known
                        ]
                    yield answer, after

    def numbered(self, *pressed: Press) -> list[tuple[int | None, Press]]:
        """Return to which question each of these says something, None for who was never asked any."""
        return [(self.on_phones.get(one.holder), one) for one in pressed]

    def note(self, *answers: tuple[object, object]) -> None:
        """Keep for the count what couriers were answered."""
        self.seen |= {f"an entry {decision}: {reason}" for decision, reason in answers}

    def press(self, what: Press) -> None:
        self.run(self.house.press(what))
        before = self.reference.copy()
        self.reference.answer(*self.numbered(what))
        if self.reference.grants != before.grants:
            self.seen.add(f"a question answered: {'yes' if what.is_yes else 'no'}")
            self.seen.add("an answer in time" if before.under_way else "a late answer")
        elif what.by != what.holder:
            self.seen.add("a foreign phone's answer")

    def veto(self, name: str, grant_id: str) -> None:
        grant_id = self.known(grant_id)
        self.run(self.house.veto(name, grant_id))
        self.reference.veto(name, grant_id)

    def veto_while_one_enters(self, name: str, grant_id: str) -> None:
        grant_id = self.known(grant_id)
        vetoed = self.reference.copy()
        vetoed.veto(name, grant_id)
        without = self.reference.may_enter(grant_id)[0]
        if "no_answer" in (without, vetoed.may_enter(grant_id)[0]):
            self.enter(grant_id, [Veto(name)])
            return

        async def both() -> dict[str, object]:
            answer, _ = await asyncio.gather(
                self.house.send("entry.requested", {"grant_id": grant_id}),
                self.house.veto(name, grant_id),
            )
            return answer

        answer = _said(self.run(both()))
        if answer == vetoed.enter(grant_id):
            self.reference = vetoed
            if answer[0] == "refused" and without == "ok":
                self.seen.add("a veto that won over an entry on its way")
            return
        assert answer == self.reference.enter(grant_id)
        self.reference.veto(name, grant_id)

    def make_pass(self, name: str, grant_id: str, shown: int) -> None:
        grant_id = self.known(grant_id)
        made = self.run(self.house.make_pass(name, grant_id))
        assert (made is not None) == self.reference.make_pass(name, grant_id)
        self.seen.add("a pass made" if made else "a pass that nobody may make")
        if made is None:
            return
        self.passes.append(made)
        for _ in range(shown):
            self.show_pass(0)

    def show_pass(self, which: int) -> None:
        """Show a pass, unless somebody would have to be asked."""
        if which >= len(self.passes) or self.unknown_in_a_row >= MOST_UNKNOWN:
            return
        shown = self.reference.passes[-1 - which]
        unit = self.reference.lives[shown.name]
        if self.reference.may_enter(shown.grant_id, "pass", unit)[0] == "no_answer":
            return
        expected = {self.reference.show_pass(shown)}
        if expected & {("refused", "expired"), ("refused", "revoked")}:
            # What is over is forgotten some time.
            expected.add(("refused", "unknown_grant"))
        answer = self.run(self.house.show_pass(self.passes[-1 - which].pin))
        assert answer in expected
        unknown = answer == ("refused", "unknown_grant")
        if unknown or answer[0] == "admitted":
            self.unknown_in_a_row = self.unknown_in_a_row + 1 if unknown else 0
        self.seen.add(f"a pass {answer[0]}: {answer[1]}")

    def revoke_pass(self, which: int) -> None:
        if which < len(self.passes):
            self.run(self.house.revoke_pass(self.passes[-1 - which].id))
            self.reference.passes[-1 - which].is_revoked = True

    def pause(self, name: str, whole: bool, seconds: int) -> None:
        until = self.now + timedelta(seconds=seconds)
        self.run(self.house.pause(name, None if whole else LIVES[name], until))
        self.reference.pause(name, whole=whole, until=until)

    def resume(self, name: str, whole: bool) -> None:
        self.run(self.house.resume(name, None if whole else LIVES[name]))
        self.reference.resume(name, whole=whole)

    def confirm(self) -> None:
        self.run(self.house.confirm("Ada", "Ben"))
        self.reference.confirm("Ben")

    def repeat(self) -> None:
        if (answers := self.run(self.house.replay())) is not None:
            first, again = answers
            assert again == first | {"replayed": True}

    def wait(self, seconds: int) -> None:
        self.run(self.house.wait(seconds))
        self.reference.now = self.now


def _said(answer: dict[str, object]) -> tuple[object, object]:
    """Return the decision and the reason of an answer."""
    return answer["decision"], answer.get("reason", "ok")
