"""Answers to questions about couriers at the door."""

from ..access.model import Answer
from ..building.building import Building
from .commands import finish
from .lookup import invalid
from .permissions import Actor, Permission


async def async_answer_question(
    building: Building, actor: Actor, question: str, *, admit: bool
) -> None:
    """Answer a question that the actor was asked: only they can, and only once."""
    asked = building.questions.open_to(building.residents)
    found = next((one for one in asked if one.id == question), None)
    if found is None:
        raise invalid("no_such_question")
    resident = building.residents[found.asked.resident_id]
    actor.check(Permission.ANSWER_QUESTION, resident)
    if admit and not found.may_admit:
        raise invalid("consent_first")
    answer = Answer.APPROVED if admit else Answer.DECLINED
    counts = actor.user_id is not None and await finish(
        building,
        building.questions.answer_open(answer, question, actor.user_id),
    )
    if not counts:
        raise invalid("no_such_question")
