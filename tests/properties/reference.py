"""What must be true of a building, said as simply as can be: the reference for the state machine.

It knows no ledger, no memory beside it, no notifications and no doors; only who decided what, and what follows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.properties.reference_parts import (
    Answered,
    Asked,
    Decided,
    Granted,
    Pass,
    Paused,
    Press,
    Question,
)

MINUTE = timedelta(minutes=1)
MOST_QUESTIONS = 3
"""How often residents are asked about a grant; rings have as many again."""
MOST_IN_AN_HOUR = 6
"""How often a unit is asked in an hour; rings have as many again."""
WAITS = {"signed": 12, "ring": 45}
"""For how many seconds somebody waits at the door; a bell has no later yes."""
PROOFS = ("signed", "pass", "ring")
"""What is shown at the door, strongest first."""
ANSWERABLE = ANSWER_VALID_FOR = timedelta(minutes=5)


@dataclass
class Reference:
    """A building: who lives where, what they decided, and what couriers were granted."""

    now: datetime
    lives: Mapping[str, str]
    confirmed: set[str]
    decided: dict[str, Decided]
    grants: dict[str, Granted] = field(default_factory=dict)
    pauses: list[Paused] = field(default_factory=list)
    admitted: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """What each courier showed and the units that let it in, in the order of the entries."""
    questions: list[Question] = field(default_factory=list)
    passes: list[Pass] = field(default_factory=list)
    under_way: tuple[int, ...] = ()
    """The questions for whose answers a courier waits."""
    rung_for: list[str] = field(default_factory=list)
    """The grants on which the last one who rang may have come."""
    forgotten: int = 0
    """How many questions were put before the last restart, after which nobody was asked lately."""

    def of(self, unit: str) -> list[Decided]:
        """What those decided who count in a unit."""
        return [
            self.decided[name]
            for name, where in self.lives.items()
            if where == unit and name in self.confirmed
        ]

    def says(
        self, unit: str, instants: Iterator[datetime], proof: str = "signed"
    ) -> str:
        """What a unit says to a courier who comes at any of these instants: yes, ask, closed or no."""
        there = self.of(unit)
        consenting = [one for one in there if one.consent == "given"]
        if not consenting or any(one.consent == "withdrawn" for one in there):
            return "no"
        if any(one.attitude == "deny" for one in there):
            return "no"
        times = list(instants)
        willing = {
            one.attitude
            for one in consenting
            if any(one.hours.is_open(at) for at in times)
        }
        if "allow" in willing:
            # A ring never opens without somebody's yes.
            return "ask" if proof == "ring" else "yes"
        if "ask" in willing:
            return "ask"
        sharing = [one for one in consenting if one.shares]
        return "closed" if sharing else "no"

    def decide(self, name: str, decided: Decided) -> None:
        """Let a resident decide; a withdrawal, or the last no, ends the unit's part in open grants."""
        before, self.decided[name] = self.decided[name], decided
        consents = {one.consent for one in self.of(self.lives[name])}
        is_last = decided.consent == "opted_out" and "given" not in consents
        closes = is_last or decided.consent == "withdrawn"
        if name in self.confirmed and closes and before.consent != decided.consent:
            self._withdrawn(self.lives[name])
        self._reconsider()

    def confirm(self, name: str) -> None:
        """Let a pending resident count in their unit, and what they decided so far."""
        if name not in self.confirmed and self.decided[name].consent == "withdrawn":
            self._withdrawn(self.lives[name])
        self.confirmed.add(name)
        self._reconsider()

    def _withdrawn(self, unit: str) -> None:
        for grant in self.grants.values():
            is_open = grant.asked and self.now < grant.asked.end and not grant.revoked
            if is_open and grant.parts.get(unit) == "accepted":
                grant.parts[unit] = "withdrawn"

    def veto(self, name: str, grant_id: str) -> None:
        """Take a resident's unit out of a grant for good, also where it does not accept, or no longer takes part."""
        grant, unit = self.grants.get(grant_id), self.own(name)
        if (
            grant is None
            or grant.revoked
            or grant.asked is None
            or self.now >= grant.asked.end
        ):
            return
        if unit is not None and (unit in grant.parts or unit in grant.announced):
            grant.parts[unit] = "vetoed"
        self._reconsider()

    def pause(self, name: str, *, whole: bool, until: datetime) -> None:
        """Halt everything, or what concerns the unit in which a resident is confirmed."""
        own = self.own(name)
        if whole or own is not None:
            self.pauses.append(Paused(until, None if whole else own, own))
        self._reconsider()

    def resume(self, name: str, *, whole: bool) -> None:
        """End the pauses of one's own unit; or also the building's, but for the units of others who paused it."""
        own = self.own(name)
        left = [one for one in self.pauses if one.unit is None or one.unit != own]
        if whole:
            foreign = [
                replace(one, unit=one.by)
                for one in left
                if one.unit is None and one.by not in (None, own)
            ]
            left = [one for one in left if one.unit is not None] + foreign
        self.pauses = left

    def own(self, name: str) -> str | None:
        """The unit in which a resident is confirmed."""
        return self.lives[name] if name in self.confirmed else None

    def revoke(self, grant_id: str) -> None:
        """End a grant for good, also one that was never seen."""
        self.grants.setdefault(grant_id, Granted(None)).revoked = True

    def issue(
        self, grant_id: str, asked: Asked, order: str | None = None
    ) -> tuple[str, str]:
        """Grant what a courier or a standing order asks for, or not: decision and reason."""
        grant = self.grants.get(grant_id)
        if grant is not None and grant.revoked:
            return "refused", "revoked"
        if grant is not None and grant.order != order:
            return "refused", "stale_revision"
        earlier = None if grant is None else grant.asked
        is_same = earlier is not None and asked.is_same(earlier)
        if earlier is not None and asked.revision <= earlier.revision and not is_same:
            return "refused", "stale_revision"
        if grant is not None and is_same and grant.accepted and self.now < asked.end:
            return "accepted", "ok"
        vetoed = (
            []
            if grant is None
            else [unit for unit, part in grant.parts.items() if part == "vetoed"]
        )
        start = max(self.now, asked.start)
        accepting: list[str] = []
        if self.now < asked.end:
            accepting = [
                unit
                for unit in asked.units
                if unit not in vetoed
                and self.says(unit, minutes(self._resumes(unit, start), asked.end))
                in ("yes", "ask")
            ]
        parts = {
            unit: "accepted" if unit in accepting else "not_accepting"
            for unit in asked.units
        }
        earlier_grant = Granted(None, order=order) if grant is None else grant
        self.grants[grant_id] = replace(
            earlier_grant,
            asked=asked,
            parts=parts | dict.fromkeys(vetoed, "vetoed"),
            announced=earlier_grant.announced | set(accepting),
        )
        self._reconsider()
        if accepting:
            return "accepted", "ok"
        if self.now >= asked.end:
            return "refused", "expired"
        if self._resumes(None, start) >= asked.end:
            return "refused", "paused"
        if any(unit in vetoed for unit in asked.units):
            return "refused", "vetoed"
        said = [self.says(unit, minutes(start, asked.end)) for unit in asked.units]
        return "refused", "outside_schedule" if "closed" in said else "not_accepting"

    def enter(
        self, grant_id: str, proof: str = "signed", pass_of: str | None = None
    ) -> tuple[str, str]:
        """Let a courier in, or not: decision and reason."""
        self.under_way = ()
        reason, units = self.may_enter(grant_id, proof, pass_of)
        if reason != "ok":
            return "refused", reason
        grant = self.grants[grant_id]
        grant.uses += 1
        standing = self.answers(grant, proof)
        used = [
            standing[unit]
            for unit in units
            if self.says(unit, iter([self.now]), proof) == "ask"
        ]
        grant.answers = [one for one in grant.answers if one not in used]
        self.admitted.append((proof, units))
        return "admitted", "ok"

    def ring(self) -> tuple[str, str]:
        """Let in somebody who rings, or not: decision and reason."""
        self.under_way = ()
        if not self.rung_for:
            return "refused", "unknown_grant"
        said = [self.may_enter(grant_id, "ring")[0] for grant_id in self.rung_for]
        answer = None
        if "ok" in said:
            answer = self.enter(self.rung_for[said.index("ok")], "ring")
        for grant in self.grants.values():
            # Nobody else is at the bell.
            grant.answers = [
                one for one in grant.answers if one.proof != "ring" or not one.is_yes
            ]
        if answer is not None:
            return answer
        return "refused", "no_answer" if "no_answer" in said else said[0]

    def _expected(self) -> list[str]:
        """Which grants somebody may come on now, the one that ends first at first."""
        current = [
            (grant.asked.end, grant.asked.start, grant_id)
            for grant_id, grant in self.grants.items()
            if grant.asked is not None
            and not grant.revoked
            and grant.asked.start <= self.now < grant.asked.end
            and grant.uses < grant.asked.most
            and grant.accepted
        ]
        return [grant_id for _, _, grant_id in sorted(current)]

    def make_pass(self, name: str, grant_id: str) -> bool:
        """Let a resident make a pass, where they consent and their unit takes part."""
        grant = self.grants.get(grant_id)
        unused = [one for one in self.passes if one.grant_id == grant_id]
        unused = [one for one in unused if not one.is_used and not one.is_revoked]
        unused = [one for one in unused if self.own(one.name) == self.own(name)]
        if (
            grant is None
            or grant.asked is None
            or grant.revoked
            or self.now >= grant.asked.end
            or grant.uses >= grant.asked.most
            or self.own(name) not in grant.accepted
            or self.decided[name].consent != "given"
        ):
            return False
        for one in unused:
            one.is_revoked = True
        self.passes.append(Pass(name, grant_id))
        return True

    def show_pass(self, which: Pass) -> tuple[str, str]:
        """Let a driver in who shows a pass, or not: decision and reason."""
        grant, unit = self.grants[which.grant_id], self.lives[which.name]
        consents = self.decided[which.name].consent == "given"
        if which.is_revoked or not consents or unit not in grant.accepted:
            return "refused", "unknown_grant"
        reason, _ = self.may_enter(which.grant_id, "pass", unit)
        if reason == "ok" and which.is_used:
            return "refused", "entries_exhausted"
        answer = self.enter(which.grant_id, "pass", unit)
        which.is_used = which.is_used or answer[0] == "admitted"
        return answer

    def ask(self, grant_id: str) -> list[Question]:
        """Put a courier's question to those who decide, if somebody must be asked."""
        self._put("signed", self._asking("signed", [grant_id]))
        return [self.questions[number] for number in self.under_way]

    def ask_by_ring(self) -> list[Question]:
        """Put the question of somebody who rings; a unit that expects several is asked about one."""
        self.rung_for = self._expected()
        asking = self._asking("ring", self.rung_for)
        about: dict[str, list[str]] = {}
        for grant_id, units in asking.items():
            others = {unit for asked in about.values() for unit in asked}
            about[grant_id] = [unit for unit in units if unit not in others]
        self._put("ring", about)
        return [self.questions[number] for number in self.under_way]

    def _asking(self, proof: str, grant_ids: list[str]) -> Mapping[str, list[str]]:
        """Which units must be asked about which of these grants, unless one lets in without."""
        said = {grant_id: self.may_enter(grant_id, proof) for grant_id in grant_ids}
        if any(reason == "ok" for reason, _ in said.values()):
            return {}
        return {
            grant_id: list(units)
            for grant_id, (reason, units) in said.items()
            if reason == "no_answer"
        }

    def _put(self, proof: str, asking: Mapping[str, list[str]]) -> None:
        """Ask those of these units who were not asked too often before."""
        numbers = []
        for grant_id, units in asking.items():
            alike = [one for one in self.questions if one.proof == proof]
            if sum(one.grant_id == grant_id for one in alike) >= MOST_QUESTIONS:
                continue
            lately = [
                unit
                for one in self.questions[self.forgotten :]
                if one.proof == proof and self.now - one.at < timedelta(hours=1)
                for unit in {self.lives[name] for name in one.names}
            ]
            patient = [unit for unit in units if lately.count(unit) < MOST_IN_AN_HOUR]
            names = [name for name, unit in self.lives.items() if unit in patient]
            names = [name for name in names if name in self.confirmed]
            if names:
                numbers.append(len(self.questions))
                self.questions.append(
                    Question(grant_id, proof, self.now, tuple(names), set(patient))
                )
        self.under_way = tuple(numbers)

    def answer(self, *pressed: tuple[int | None, Press]) -> None:
        """Take in what somebody says to a question; of several at once none knows of another."""
        could = [
            (self._counts(question, press), question, press)
            for question, press in pressed
        ]
        for counts, number, press in could:
            if number is None or not counts:
                continue
            question, unit = self.questions[number], self.lives[press.holder]
            if unit not in question.open_to:
                continue
            rests_on = {
                name: self.decided[name]
                for name, lives in self.lives.items()
                if lives == unit and name in self.confirmed
            }
            answered = Answered(
                press.holder, unit, press.is_yes, self.now, question.proof, rests_on
            )
            self.grants[question.grant_id].answers.append(answered)
            question.open_to.discard(unit)
            if press.is_yes and number not in self.under_way:
                question.open_to.clear()
        self._reconsider()

    def answers(self, grant: Granted, proof: str) -> dict[str, Answered]:
        """What units say who were asked; a yes stands only as long as the resident who gave it consents.

        It is for nobody who shows less than the one it was asked about. A no is for all.
        """
        standing: dict[str, Answered] = {}
        for one in grant.answers:
            is_enough = PROOFS.index(proof) <= PROOFS.index(one.proof)
            consents = self.decided[one.name].consent == "given"
            stands = not one.is_yes or (consents and is_enough)
            if stands and self.now - one.at < ANSWER_VALID_FOR:
                standing.setdefault(one.unit, one)
        return standing

    def stands(self, grant_id: str) -> tuple[object, dict[str, bool]]:
        """What became of the last entry and of the answers: who let the courier in, and what units still say."""
        held = self.answers(self.grants[grant_id], "signed")
        last = self.admitted[-1] if self.admitted else None
        return last, {unit: answered.is_yes for unit, answered in held.items()}

    def _counts(self, number: int | None, press: Press) -> bool:
        if number is None:
            return False
        question, holder = self.questions[number], press.holder
        return (
            press.by == holder
            and (question.proof != "ring" or number in self.under_way)
            and holder in question.names
            and self.lives[holder] in question.open_to
            and self.now - question.at < ANSWERABLE
            and (not press.is_yes or self.decided[holder].consent == "given")
            and self.lives[holder]
            not in self.answers(self.grants[question.grant_id], question.proof)
        )

    def _is_over(self, grant: Granted, yes: Answered) -> bool:
        """Whether a pause, a no, or narrower rules have ended a yes for good."""
        return (
            yes.unit not in grant.accepted
            or grant.revoked
            or self._resumes(yes.unit, self.now) > self.now
            or any(
                decided.is_narrowed_by(self.decided[name])
                for name, decided in yes.rests_on.items()
            )
        )

    def _reconsider(self) -> None:
        """Let a courier wait no longer than an answer matters, and ask nobody whose answer does not."""
        for grant in self.grants.values():
            grant.answers = [
                one
                for one in grant.answers
                if not one.is_yes or not self._is_over(grant, one)
            ]
        if not self.under_way:
            return
        waiting = [self.questions[number] for number in self.under_way]
        proof = waiting[0].proof
        about = self.rung_for if proof == "ring" else [waiting[0].grant_id]
        asking = self._asking(proof, about)
        for question in waiting:
            question.open_to &= set(asking.get(question.grant_id, ()))
        self.under_way = tuple(
            number for number in self.under_way if self.questions[number].open_to
        )

    def restart(self) -> None:
        """Forget who was asked lately, as a restart does; the questions stay."""
        self.forgotten = len(self.questions)

    def may_enter(
        self, grant_id: str, proof: str = "signed", pass_of: str | None = None
    ) -> tuple[str, tuple[str, ...]]:
        """Why a courier may enter or not, and the units that let them in or must be asked.

        A pass is one unit's.
        """
        grant = self.grants.get(grant_id)
        if grant is None:
            return "unknown_grant", ()
        if grant.revoked or grant.asked is None:
            return "revoked", ()
        if self.now < grant.asked.start:
            return "not_yet_valid", ()
        if self.now >= grant.asked.end:
            return "expired", ()
        if grant.uses >= grant.asked.most:
            return "entries_exhausted", ()
        if self._resumes(None, self.now) > self.now:
            return "paused", ()
        if not grant.accepted:
            return (
                "vetoed" if "vetoed" in grant.parts.values() else "not_accepting"
            ), ()
        units = [
            unit
            for unit in grant.accepted
            if pass_of in (None, unit) and self._resumes(unit, self.now) <= self.now
        ]
        if not units:
            return "paused", ()
        said = {unit: self.says(unit, iter([self.now]), proof) for unit in units}
        if yes := tuple(unit for unit in units if said[unit] == "yes"):
            return "ok", yes
        answers = self.answers(grant, proof)
        asked = [unit for unit in units if said[unit] == "ask"]
        if let_in := tuple(
            unit for unit in asked if unit in answers and answers[unit].is_yes
        ):
            return "ok", let_in
        if unanswered := tuple(unit for unit in asked if unit not in answers):
            return "no_answer", unanswered
        if asked:
            return "declined", ()
        return (
            "outside_schedule" if "closed" in said.values() else "not_accepting"
        ), ()

    def copy(self) -> Reference:
        """Return a building of its own in the same state."""
        return replace(
            self,
            confirmed=set(self.confirmed),
            decided=dict(self.decided),
            grants={
                key: replace(
                    grant, parts=dict(grant.parts), answers=list(grant.answers)
                )
                for key, grant in self.grants.items()
            },
            pauses=list(self.pauses),
            admitted=list(self.admitted),
            passes=[replace(one) for one in self.passes],
            questions=[
                replace(one, open_to=set(one.open_to)) for one in self.questions
            ],
        )

    def _resumes(self, unit: str | None, start: datetime) -> datetime:
        return max(
            [start, *(one.until for one in self.pauses if one.unit in (None, unit))]
        )


def minutes(start: datetime, end: datetime) -> Iterator[datetime]:
    """Every instant at which something may be open between two: the first, and each full minute."""
    if start >= end:
        return
    yield start
    at = start.replace(second=0, microsecond=0) + MINUTE
    while at < end:
        yield at
        at += MINUTE
