"""What was charged, by the sandbox's own figures, and the cap that is held against it."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from beatra_desktop.domain.activity import ChargesBy, ChargeSum
from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.domain.music import MusicPrompt, MusicTask

pytestmark = pytest.mark.asyncio
EVER = datetime(2020, 1, 1, tzinfo=UTC)
SANDBOX = "sandbox"


def _prompt(model: str) -> MusicPrompt:
    return MusicPrompt(prompt="a", instrumental=True, model=model)


def _sing(bench: Any, model: str = "suno-5.5") -> MusicTask:
    task = bench.services.music.create(_prompt(model))
    assert isinstance(task, MusicTask)
    return task


async def _ask(bench: Any) -> None:
    chat = bench.services.chat
    conversation = chat.new_conversation()
    chat.send(conversation.id, "Hi")
    shown = chat.open(conversation.id)
    await bench.until(lambda: shown[-1].status is MessageStatus.COMPLETE)


async def _sums(bench: Any, by: ChargesBy) -> list[ChargeSum]:
    charges, heard = bench.services.charges, []
    charges.found.connect(lambda *answer: heard.append(answer))
    charges.per(by, EVER)
    await bench.until(lambda: heard)
    assert heard[-1][:2] == (by, EVER)
    sums: list[ChargeSum] = heard[-1][2]
    return sums


def _net(bench: Any) -> Decimal:
    net: Decimal = bench.services.charges.today.value.of(SANDBOX).net
    return net


async def test_songs_are_summed_and_answers_without_a_price_counted(open_bench: Any) -> None:
    async with open_bench() as bench:
        _sing(bench)
        _sing(bench, "minimax-music-2.6")
        await _ask(bench)
        await bench.until(lambda: bench.services.charges.today.value.of(SANDBOX).priced == 2)
        [of_sandbox] = await _sums(bench, ChargesBy.PROFILE)
        by_model = {each.name: each for each in await _sums(bench, ChargesBy.MODEL)}
        [today] = await _sums(bench, ChargesBy.DAY)
        assert of_sandbox.name == SANDBOX
        assert by_model["suno-5.5"].net == Decimal(80)
        assert of_sandbox.net == today.net == sum(each.net for each in by_model.values())
        assert (of_sandbox.priced, of_sandbox.unpriced) == (2, 1)
        assert today.name == datetime.now().astimezone().date().isoformat()


async def test_a_refund_is_told_and_lowers_what_remains(open_bench: Any) -> None:
    async with open_bench(speed=1.0) as bench:
        task = _sing(bench)
        await bench.until(lambda: _net(bench) == Decimal(80))
        bench.services.music.cancel(task.id)
        await bench.until(lambda: _net(bench) == 0)
        refunded = bench.services.charges.today.value.of(SANDBOX)
        assert (refunded.charged, refunded.refunded) == (Decimal(80), Decimal(80))


async def test_the_newest_question_wins(open_bench: Any) -> None:
    async with open_bench() as bench:
        heard: list[Any] = []
        charges = bench.services.charges
        charges.found.connect(lambda by, *_rest: heard.append(by))
        charges.per(ChargesBy.DAY, EVER)
        charges.per(ChargesBy.MODEL, EVER)
        await bench.until(lambda: heard)
        assert heard == [ChargesBy.MODEL]


async def test_the_cap_asks_before_it_is_passed(open_bench: Any) -> None:
    async with open_bench() as bench:
        charges, settings = bench.services.charges, bench.services.settings
        price = charges.estimate("suno-5.5")
        assert price == Decimal(80)
        assert charges.estimate("suno-5.5", copies=2) == Decimal(160)
        assert charges.estimate("nobody's") is None
        assert charges.would_pass(price) is None, "there is no cap"
        settings.change(daily_cap_credits="100")
        assert charges.would_pass(price) is None
        _sing(bench)
        await bench.until(lambda: _net(bench) == Decimal(80))
        question = charges.would_pass(price)
        assert question is not None
        assert (question.cap, question.spent, question.estimated) == (100, 80, 80)
        assert charges.would_pass(Decimal(20)) is None
        assert charges.would_pass(None) is None
        settings.change(daily_cap_credits="80")
        assert charges.would_pass(None) is not None


async def test_what_waits_for_its_turn_counts_towards_the_cap(open_bench: Any) -> None:
    async with open_bench(speed=0.1) as bench:
        bench.services.settings.change(daily_cap_credits="1000", parallel_songs=1)
        bench.services.music.create_batch(_prompt("suno-5.5"), copies=4)
        await bench.until(lambda: _net(bench) == Decimal(80))
        question = bench.services.charges.would_pass(Decimal(681))
        assert question is not None
        assert question.spent == 4 * 80
        assert bench.services.charges.would_pass(Decimal(680)) is None


async def test_auto_is_taken_for_the_dearest(open_bench: Any) -> None:
    async with open_bench() as bench:
        charges = bench.services.charges
        assert charges.estimate("auto") == max(
            charges.estimate(model.id)
            for model in bench.services.profiles.catalog.value.music_models
        )


async def test_each_profile_has_a_day_of_its_own(open_bench: Any) -> None:
    async with open_bench() as bench:
        bench.services.settings.change(daily_cap_credits="80")
        _sing(bench)
        await bench.until(lambda: _net(bench) == Decimal(80))
        assert bench.services.charges.would_pass(Decimal(1)) is not None
        bench.services.profiles.select("beatra")
        assert bench.services.charges.would_pass(Decimal(1)) is None
