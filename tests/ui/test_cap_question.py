from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.activity import CapQuestion
from beatra_desktop.domain.profiles import SANDBOX_PROFILE_ID
from beatra_desktop.ui.cap_question import ask_if_needed, words
from beatra_desktop.ui.question import Question

RunOnQt = Callable[[Callable[[], Any]], None]


def _question(estimated: Decimal | None) -> CapQuestion:
    return CapQuestion(
        profile_id=SANDBOX_PROFILE_ID,
        cap=Decimal("500.0000"),
        spent=Decimal("480.0000"),
        estimated=estimated,
    )


def test_it_says_what_is_spent_and_what_comes_on_top() -> None:
    assert words(_question(Decimal("160.0000"))).startswith(
        "Of your 500 credits for today, 480 credits are spent or on their way, and this is "
        "expected to cost 160 credits."
    )
    assert "names no price" in words(_question(None))
    assert "With this, 480 credits" in words(_question(Decimal(0)))


def test_without_a_limit_in_the_way_it_is_done_at_once(run_on_qt: RunOnQt, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            done: list[bool] = []
            window = QWidget()
            asked = ask_if_needed(
                bench.services, Decimal(80), then=lambda: done.append(True), parent=window
            )
            assert (asked, done) == (None, [True])
            window.deleteLater()

    run_on_qt(work)


def test_over_the_limit_it_is_done_only_when_the_user_agrees(
    run_on_qt: RunOnQt, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            bench.services.settings.change(daily_cap_credits="50")
            done: list[bool] = []
            window = QWidget()
            for agrees in (False, True):
                question = ask_if_needed(
                    bench.services, Decimal(80), then=lambda: done.append(True), parent=window
                )
                assert isinstance(question, Question)
                assert not question.isModal()
                assert done == []
                (question.verb if agrees else question.cancel).click()
            assert done == [True]
            window.deleteLater()

    run_on_qt(work)
