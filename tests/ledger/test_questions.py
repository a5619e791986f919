"""Test stored questions: three per grant, first answer, used once."""

from collections.abc import Mapping
from copy import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import orjson
import pytest

from custom_components.courier_access.access.model import (
    Answer,
    Consent,
    GrantKey,
    Proof,
    Reason,
)
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state import entries, questions as asks
from custom_components.courier_access.ledger.state.entries import MessageKey
from custom_components.courier_access.ledger.state.questions import (
    ANSWER_VALID_FOR,
    KEPT_FOR,
    MAX_QUESTIONS,
    Answered,
    Ask,
    Asked,
)
from custom_components.courier_access.ledger.state.residents import (
    LoginState,
    put_residence,
)
from custom_components.courier_access.ledger.upkeep.own_records import own_records
from tests.ledger.claims_house import claimed, house, on_disk, refused, stop
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, KEY, attempt, claim, decide
from tests.support.rows import opened, row, rows
from tests.support.verified import verified

INSTANT = timedelta(microseconds=1)
ANNA_ASKED = Asked("anna", "3b")
TOKENS = {
    asks.hash_token("token of Anna"): ANNA_ASKED,
    asks.hash_token("token of Bo"): Asked("bo", "3b"),
    asks.hash_token("token of Cleo"): Asked("cleo", "4a"),
}


@pytest.fixture(autouse=True)
async def courier_may_enter(ledger: Ledger) -> None:
    await ledger.write(house)


async def begun(
    ledger: Ledger,
    at: datetime = NOON,
    key: GrantKey = KEY,
    tokens: Mapping[str, Asked] = TOKENS,
) -> int:
    ask_id = await ledger.write(
        lambda transaction: asks.begin(
            transaction, key, "door-1", Proof.SIGNED, tokens, at
        )
    )
    assert ask_id is not None
    return ask_id


async def answered(
    ledger: Ledger,
    ask_id: int,
    answer: Answer = Answer.APPROVED,
    asked: Asked = ANNA_ASKED,
    at: datetime = NOON,
) -> bool:
    given = Answered(asked, answer, at)
    return await ledger.write(
        lambda transaction: asks.answer(transaction, ask_id, KEY, given, "user of Anna")
    )


async def loaded(ledger: Ledger, at: datetime = NOON) -> list[Ask]:
    return await ledger.write(lambda transaction: asks.load(transaction, at))


async def test_questions_and_answers_survive_a_restart(ledger: Ledger) -> None:
    first = await begun(ledger)
    second = await begun(ledger, NOON + INSTANT, GrantKey("courier-1", "another"))
    await answered(ledger, first)

    [one, other] = await loaded(ledger)

    given = Answered(ANNA_ASKED, Answer.APPROVED, NOON)
    assert one == Ask(first, KEY, "door-1", Proof.SIGNED, NOON, TOKENS, (given,))
    assert (other.id, other.answers) == (second, ())


async def test_tokens_can_not_be_read_from_disk(ledger: Ledger) -> None:
    await begun(ledger)

    kept = row(ledger.path, "SELECT tokens FROM asks", str)

    assert set(orjson.loads(kept)) == set(TOKENS)
    assert "token of Anna" not in kept


async def test_fourth_question_is_refused_without_a_trace(ledger: Ledger) -> None:
    for _ in range(MAX_QUESTIONS):
        await begun(ledger)
    before = await loaded(ledger)

    fourth = await ledger.write(
        lambda transaction: asks.begin(
            transaction, KEY, "door-1", Proof.SIGNED, TOKENS, NOON
        )
    )

    assert fourth is None
    assert await loaded(ledger) == before
    assert [record["ask"] for record in await opened(ledger, "entry.asked")] == [*"123"]
    assert await begun(ledger, key=GrantKey("courier-1", "another")) > 0


async def test_question_is_withdrawn_unless_it_was_answered(ledger: Ledger) -> None:
    first, _, unheard = [await begun(ledger) for _ in range(MAX_QUESTIONS)]
    await answered(ledger, first)
    for ask_id in (first, unheard):
        await ledger.read(partial(asks.withdraw, ask_id=ask_id))

    assert not await answered(ledger, unheard)
    assert first in [ask.id for ask in await loaded(ledger)]
    # The one that reached nobody isn't counted.
    assert await begun(ledger) > 0


@pytest.mark.parametrize("answer", list(Answer))
async def test_first_answer_of_a_unit_is_final(ledger: Ledger, answer: Answer) -> None:
    ask_id = await begun(ledger)

    assert await answered(ledger, ask_id, answer)
    assert not await answered(ledger, ask_id, Answer.APPROVED, Asked("bo", "3b"))
    assert await answered(ledger, ask_id, Answer.DECLINED, Asked("cleo", "4a"))

    [ask] = await loaded(ledger)
    assert {given.asked.unit: given.answer for given in ask.answers} == {
        "3b": answer,
        "4a": Answer.DECLINED,
    }
    records = await opened(ledger, "entry.answered")
    assert [record["answer"] for record in records] == [answer, Answer.DECLINED]


async def test_answer_is_recorded_with_its_questions_number(ledger: Ledger) -> None:
    first, second = await begun(ledger), await begun(ledger)
    await answered(ledger, second)
    await answered(ledger, first)

    assert [record["ask"] for record in await opened(ledger, "entry.answered")] == [
        *"21"
    ]
    assert (await verified(ledger)).intact


async def test_ended_question_can_not_be_answered(ledger: Ledger) -> None:
    ask_id = await begun(ledger)
    await ledger.write(lambda transaction: asks.leave(transaction.conn, ask_id, {}))

    [ask] = await loaded(ledger)
    assert ask.tokens == {}


async def test_finished_questions_are_erased(ledger: Ledger) -> None:
    ask_id = await begun(ledger)
    await answered(ledger, ask_id)

    assert len(await loaded(ledger, NOON + KEPT_FOR - INSTANT)) == 1
    assert await loaded(ledger, NOON + KEPT_FOR) == []

    assert rows(ledger.path, "SELECT tokens FROM asks", str) == ["{}"]
    assert rows(ledger.path, "SELECT unit FROM answers", str) == []


def by_yes(ask_id: int, entry_id: str = "entry-1", **changes: Any) -> entries.Claim:
    """Return a claim for 3b by the answer to a question."""
    return claim(entry_id, approvals={"3b": ask_id}, units=("3b",), **changes)


class TestUsing:
    @pytest.fixture
    async def approved(self, ledger: Ledger) -> int:
        """Return a question that Anna approved."""
        ask_id = await begun(ledger)
        assert await answered(ledger, ask_id)
        return ask_id

    async def used(self, ledger: Ledger) -> list[bool]:
        return [given.is_used for ask in await loaded(ledger) for given in ask.answers]

    async def test_approval_admits_one_entry(
        self, ledger: Ledger, approved: int
    ) -> None:
        assert (await claimed(ledger, by_yes(approved))).units == ("3b",)
        before = await on_disk(ledger)
        again = by_yes(approved, "entry-2")
        assert await refused(ledger, again) is Reason.NO_ANSWER
        assert await on_disk(ledger) == before
        assert await self.used(ledger) == [True]

    @pytest.mark.parametrize("answer", list(Answer))
    async def test_every_approving_unit_admits_and_is_used(
        self, ledger: Ledger, approved: int, answer: Answer
    ) -> None:
        await answered(ledger, approved, answer, Asked("cleo", "4a"))
        asked = claim(approvals={"3b": approved, "4a": approved})
        units = ("3b", "4a") if answer is Answer.APPROVED else ("3b",)

        assert (await claimed(ledger, asked)).units == units
        assert sum(await self.used(ledger)) == len(units)

    async def test_entry_without_questions_uses_no_approval(
        self, ledger: Ledger, approved: int
    ) -> None:
        await claimed(ledger, claim())

        assert await self.used(ledger) == [False]

    async def test_approval_applies_for_five_minutes(
        self, ledger: Ledger, approved: int
    ) -> None:
        def at(entry_id: str, when: datetime) -> entries.Claim:
            tried = replace(attempt(entry_id), at=when)
            return by_yes(approved, entry_id, attempt=tried)

        end = NOON + ANSWER_VALID_FOR
        assert await refused(ledger, at("entry-1", end)) is Reason.NO_ANSWER
        late = await claimed(ledger, at("entry-2", end - INSTANT))
        assert late.units == ("3b",)

    async def test_approval_without_consent_admits_nobody(self, ledger: Ledger) -> None:
        ask_id = await begun(ledger)
        await answered(ledger, ask_id, asked=Asked("bo", "3b"))

        assert await refused(ledger, by_yes(ask_id)) is Reason.NO_ANSWER

    async def test_withdrawal_outweighs_an_approval(
        self, ledger: Ledger, approved: int
    ) -> None:
        withdraw = partial(decide, resident=ANNA, consent=Consent.WITHDRAWN)
        await ledger.write(withdraw)

        assert await refused(ledger, by_yes(approved)) is Reason.NOT_ACCEPTING

    @pytest.mark.parametrize("reason", [None, Reason.VETOED])
    async def test_stopped_claim_releases_its_approval(
        self, ledger: Ledger, approved: int, reason: Reason | None
    ) -> None:
        stopped = by_yes(approved)
        await stop(ledger, stopped, reason, NOON, "stopped")

        again = replace(
            stopped,
            attempt=attempt("entry-2"),
            message=MessageKey("courier-1", "another", b"body" * 8),
        )
        assert (await claimed(ledger, again)).units == ("3b",)


async def test_own_answers_are_read_as_records_have_or_had_them(ledger: Ledger) -> None:
    def answer_as_before(transaction: Transaction) -> None:
        transaction.append(
            "entry.answered",
            NOON,
            {"courier": KEY.courier_id, "ask": 1, "answer": Answer.DECLINED},
            {"unit": "3b", "decided_by": "user of Anna"},
        )

    def live_there(transaction: Transaction) -> None:
        put_residence(transaction.conn, ANNA, LoginState.LINKED, NOON, 1, {})

    await ledger.write(live_there)
    await ledger.write(answer_as_before)
    await answered(ledger, await begun(ledger))

    read = partial(
        own_records, resident_id=ANNA.id, user_id="user of Anna", unit=None, limit=9
    )
    records = await ledger.read(read)
    answers = [each.answer for each in records if each.kind == "entry.answered"]
    assert answers == [Answer.APPROVED, Answer.DECLINED]
