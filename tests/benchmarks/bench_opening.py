"""Opening long conversations, scrolling, resizing and jumping in them (goals, section 2)."""

import os
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.domain.observable import Records
from beatra_desktop.ui.chat.transcript import Transcript
from tests.benchmarks import views
from tests.benchmarks.live import made, percentile, settle, wait
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Row
from tests.benchmarks.texts import markdown

SMALL: Final = 100
LARGE: Final = 10_000
SCROLLS: Final = 150
SCROLL_PX: Final = 60
JUMPS: Final = 20
RESIZES: Final = 20


def rows(options: Options) -> Iterator[Row]:
    """Small and large by turns; the first of each is for warming up."""
    yield from _moving_rows()
    opened = [(_opening_ms(SMALL), _opening_ms(LARGE)) for _ in range(options.rounds + 1)][1:]
    small, large = (median(times) for times in zip(*opened, strict=True))
    yield Row(f"open {SMALL:,} messages", small, "ms")
    yield Row(f"open {LARGE:,} messages", large, "ms")
    ratio = median(after / before for before, after in opened)
    yield Row(f"open {LARGE:,} ÷ {SMALL:,} messages", ratio, "×", "≤ 1.5")


def _opening_ms(count: int) -> float:
    transcript, records = _transcript(), Records(_conversation(count))
    took = _timed_ms(partial(transcript.show_messages, records))
    transcript.deleteLater()
    return took


def _moving_rows() -> Iterator[Row]:
    transcript, records = _transcript(), Records(_conversation(LARGE))
    before = _memory_mb()
    transcript.show_messages(records)
    QCoreApplication.processEvents()
    yield Row(f"memory for {LARGE:,} messages", _memory_mb() - before, "MB", "≤ 10")
    bar = transcript.verticalScrollBar()
    scrolls = []
    for _ in range(SCROLLS):
        scrolls.append(_timed_ms(partial(bar.setValue, bar.value() - SCROLL_PX)))
        wait(views.FRAME_MS)
    yield Row("scroll frame p99", percentile(scrolls, 99), "ms", "≤ 8")
    places = [bar.maximum() * number // JUMPS for number in range(JUMPS)]
    jumps = [_timed_ms(partial(bar.setValue, place)) for place in places]
    yield Row("jump to any message", median(jumps), "ms", "≤ 10")
    width, height = views.VIEW_SIZE
    sizes = [(width - 20 * step, height) for step in range(1, RESIZES)]
    resizes = [_timed_ms(partial(transcript.resize, *size)) for size in sizes]
    yield Row("resize with re-layout", median(resizes), "ms", "≤ 8")
    transcript.deleteLater()


def _transcript() -> Transcript:
    """On show with a few messages, so that fonts and icons are loaded."""
    view = views.ours(Records(_conversation(4)))
    settle(view)
    assert isinstance(view.widget, Transcript)
    return view.widget


def _timed_ms(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    QCoreApplication.processEvents()
    return (perf_counter() - started) * 1000


def _conversation(count: int) -> Iterator[Message]:
    answers = [markdown(random.Random(i).choice((60, 120, 250, 400)), seed=i) for i in range(50)]
    for number in range(count):
        is_prompt = number % 2 == 0
        text = f"Please explain the queue, part {number}" if is_prompt else answers[number % 50]
        yield made(number, Role.USER if is_prompt else Role.ASSISTANT, text)


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
