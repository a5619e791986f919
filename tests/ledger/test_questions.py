"""Test stored questions: three per grant, first answer, used once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from custom_components.courier_access.access.model import (
    Answer,
    Consent,
    GrantKey,
    Reason,
)
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.state import claims, questions as asks
from custom_components.courier_access.ledger.state.questions import (
    ANSWER_VALID_FOR,
    KEPT_FOR,
    MAX_QUESTIONS,
    Answered,
    Ask,
    Asked,
)
from custom_components.courier_access.ledger.tables import (
    answers as answers_table,
    asks as asks_table,
)
from tests.ledger.claims_house import claimed, house, on_disk, refused, said
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, KEY, attempt, claim, decide

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
        lambda transaction: asks.begin(transaction, key, "door-1", tokens, at)
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
        lambda transaction: asks.answer(transaction, ask_id, given, "user of Anna")
    )


async def loaded(ledger: Ledger, at: datetime = NOON) -> list[Ask]:
    return await ledger.write(lambda transaction: asks.load(transaction, at))


async def test_questions_and_answers_survive_a_restart(ledger: Ledger) -> None:
    first = await begun(ledger)
    second = await begun(ledger, NOON + INSTANT, GrantKey("courier-1", "another"))
    await answered(ledger, first)

    [one, other] = await loaded(ledger)

    given = Answered(ANNA_ASKED, Answer.APPROVED, NOON)
    assert one == Ask(first, KEY, "door-1", NOON, TOKENS, (given,))
    assert (other.id, other.answers) == (second, ())


async def test_tokens_can_not_be_read_from_disk(ledger: Ledger) -> None:
    await begun(ledger)

    kept = await ledger.read(
        lambda conn: conn.execute(select(asks_table.c.tokens)).scalar_one()
    )

    assert set(kept) == set(TOKENS)
    assert "token of Anna" not in str(kept)


async def test_fourth_question_is_refused_without_a_trace(ledger: Ledger) -> None:
    for _ in range(MAX_QUESTIONS):
        await begun(ledger)
    before = await loaded(ledger)

    fourth = await ledger.write(
        lambda transaction: asks.begin(transaction, KEY, "door-1", TOKENS, NOON)
    )

    assert fourth is None
    assert await loaded(ledger) == before
    assert [record["ask"] for record in await said(ledger, "entry.asked")] == [1, 2, 3]
    assert await begun(ledger, key=GrantKey("courier-1", "another")) > 0


async def test_question_that_reached_nobody_is_not_counted(ledger: Ledger) -> None:
    for _ in range(MAX_QUESTIONS - 1):
        await begun(ledger)
    unheard = await begun(ledger)
    await ledger.write(lambda transaction: asks.withdraw(transaction.conn, unheard))

    assert not await answered(ledger, unheard)
    assert await begun(ledger) > 0


async def test_answered_question_is_counted(ledger: Ledger) -> None:
    ask_id = await begun(ledger)
    await answered(ledger, ask_id)
    await ledger.write(lambda transaction: asks.withdraw(transaction.conn, ask_id))

    assert [ask.id for ask in await loaded(ledger)] == [ask_id]


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
    records = await said(ledger, "entry.answered")
    assert [record["answer"] for record in records] == [answer, Answer.DECLINED]


async def test_answer_is_recorded_with_its_questions_number(ledger: Ledger) -> None:
    first, second = await begun(ledger), await begun(ledger)
    await answered(ledger, second)
    await answered(ledger, first)

    assert [record["ask"] for record in await said(ledger, "entry.answered")] == [2, 1]
    assert (await ledger.verify()).intact


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

    def left(conn: Connection) -> tuple[list[object], list[object]]:
        tokens = list(conn.execute(select(asks_table.c.tokens)).scalars())
        return tokens, list(conn.execute(select(answers_table.c.unit)).scalars())

    assert await ledger.read(left) == ([{}], [])


class TestUsing:
    async def test_approval_admits_one_entry(self, ledger: Ledger) -> None:
        ask_id = await begun(ledger)
        await answered(ledger, ask_id)
        by_yes = {"approvals": {"3b": ask_id}, "units": ("3b",)}

        assert (await claimed(ledger, claim("entry-1", **by_yes))).units == ("3b",)
        before = await on_disk(ledger)
        assert await refused(ledger, claim("entry-2", **by_yes)) is Reason.NO_ANSWER
        assert await on_disk(ledger) == before
        [ask] = await loaded(ledger)
        assert [given.is_used for given in ask.answers] == [True]

    async def test_every_approval_of_an_entry_is_used(self, ledger: Ledger) -> None:
        ask_id = await begun(ledger)
        await answered(ledger, ask_id)
        await answered(ledger, ask_id, asked=Asked("cleo", "4a"))

        both = await claimed(ledger, claim(approvals={"3b": ask_id, "4a": ask_id}))

        assert both.units == ("3b", "4a")
        assert all(
            given.is_used for ask in await loaded(ledger) for given in ask.answers
        )

    async def test_only_approving_units_admit(self, ledger: Ledger) -> None:
        ask_id = await begun(ledger)
        await answered(ledger, ask_id)
        await answered(ledger, ask_id, Answer.DECLINED, Asked("cleo", "4a"))

        entered = await claimed(ledger, claim(approvals={"3b": ask_id, "4a": ask_id}))

        assert entered.units == ("3b",)

    async def test_entry_without_questions_uses_no_approval(
        self, ledger: Ledger
    ) -> None:
        ask_id = await begun(ledger)
        await answered(ledger, ask_id)

        await claimed(ledger, claim())

        [ask] = await loaded(ledger)
        assert [given.is_used for given in ask.answers] == [False]

    async def test_approval_applies_for_five_minutes(self, ledger: Ledger) -> None:
        ask_id = await begun(ledger)
        given_at = NOON + timedelta(minutes=2)
        await answered(ledger, ask_id, at=given_at)

        def at(entry_id: str, when: datetime) -> claims.Claim:
            tried = replace(attempt(entry_id), at=when)
            return claim(
                entry_id, attempt=tried, approvals={"3b": ask_id}, units=("3b",)
            )

        assert (
            await refused(ledger, at("entry-1", given_at + ANSWER_VALID_FOR))
            is Reason.NO_ANSWER
        )
        late = await claimed(
            ledger, at("entry-2", given_at + ANSWER_VALID_FOR - INSTANT)
        )
        assert late.units == ("3b",)

    async def test_approval_without_consent_admits_nobody(self, ledger: Ledger) -> None:
        ask_id = await begun(ledger)
        await answered(ledger, ask_id, asked=Asked("bo", "3b"))

        by_yes = claim(approvals={"3b": ask_id}, units=("3b",))

        assert await refused(ledger, by_yes) is Reason.NO_ANSWER

    async def test_withdrawal_outweighs_an_approval(self, ledger: Ledger) -> None:
        ask_id = await begun(ledger)
        await answered(ledger, ask_id)
        await ledger.write(
            lambda transaction: decide(transaction, ANNA, Consent.WITHDRAWN)
        )

        by_yes = claim(approvals={"3b": ask_id}, units=("3b",))

        assert await refused(ledger, by_yes) is Reason.NOT_ACCEPTING

    @pytest.mark.parametrize("reason", [None, Reason.VETOED])
    async def test_stopped_claim_releases_its_approval(
        self, ledger: Ledger, reason: Reason | None
    ) -> None:
        ask_id = await begun(ledger)
        await answered(ledger, ask_id)
        by_yes = claim(approvals={"3b": ask_id}, units=("3b",))
        entered = await claimed(ledger, by_yes)

        await ledger.write(
            lambda transaction: claims.stop(
                transaction, by_yes, entered.record, reason, "stopped", NOON
            )
        )

        again = replace(by_yes, attempt=attempt("entry-2"))
        assert (await claimed(ledger, again)).units == ("3b",)
