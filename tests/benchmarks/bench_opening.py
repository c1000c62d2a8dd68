"""Opening long conversations, scrolling, resizing and jumping in them (goals, section 2)."""

import ctypes
import gc
import os
import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.domain.observable import Records
from beatra_desktop.ui.chat.transcript import Transcript
from tests.benchmarks import views
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.live import SETTLING_MS, made, percentile, settle, wait
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Peer, Row
from tests.benchmarks.texts import markdown

SMALL: Final = 100
MIDDLE: Final = 500
LARGE: Final = 10_000
SCROLLS: Final = 150
SCROLL_PX: Final = 60
JUMPS: Final = 20
RESIZES: Final = 20


def rows(options: Options) -> Iterator[Row]:
    """Small and large by turns; the first of each is for warming up."""
    yield _memory_row(options)
    yield from _moving_rows()
    opened = [(_opening_ms(SMALL), _opening_ms(LARGE)) for _ in range(options.rounds + 1)][1:]
    yield Row(
        name=f"open {LARGE:,} messages",
        unit="ms",
        ours=[large for _, large in opened],
        limit=Peer(f"{SMALL:,}", [small for small, _ in opened]),
        goal=Goal(at_most=1.5, of_ratio=True),
    )
    if options.peers:
        yield from _middle_rows(options)


def _middle_rows(options: Options) -> Iterator[Row]:
    """Beside a label for each message, which 10,000 would take half a minute for."""
    opened = [_opening_ms(MIDDLE) for _ in range(options.rounds)]
    area, column = _label_area()
    before = _kept_mb()
    labels = _timed_ms(partial(_fill_with_labels, column, list(_conversation(MIDDLE))))
    width, height = views.VIEW_SIZE
    resized = _timed_ms(partial(area.resize, width - 20, height))
    taken = _kept_mb() - before
    area.deleteLater()
    way = "a label each"
    yield Row(name=f"open {MIDDLE:,} messages", unit="ms", ours=opened, naive=Peer(way, [labels]))
    yield Row(name=f"resize {MIDDLE:,} messages, {way}", unit="ms", ours=[resized])
    yield Row(name=f"memory for {MIDDLE:,} messages, {way}", unit="MB", ours=[taken])


def _label_area() -> tuple[QScrollArea, QVBoxLayout]:
    area, inside = QScrollArea(widgetResizable=True), QWidget()
    column = QVBoxLayout(inside)
    area.setWidget(inside)
    area.resize(*views.VIEW_SIZE)
    area.show()
    return area, column


def _fill_with_labels(column: QVBoxLayout, messages: Sequence[Message]) -> None:
    for message in messages:
        label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.MarkdownText)
        label.setText(message.text)
        column.addWidget(label)


def _opening_ms(count: int) -> float:
    transcript, records = _transcript(), Records(_conversation(count))
    took = _timed_ms(partial(transcript.show_messages, records))
    transcript.deleteLater()
    return took


def _memory_row(options: Options) -> Row:
    """What each of several transcripts adds, all of which stay; the first is for warming up."""
    records = Records(_conversation(LARGE))
    transcripts = [_transcript() for _ in range(options.rounds + 1)]
    added = [_added_mb(partial(_open, each, records)) for each in transcripts][1:]
    for transcript in transcripts:
        transcript.deleteLater()
    name = f"memory for {LARGE:,} messages"
    return Row(name=name, unit="MB", ours=added, goal=Goal(at_most=10))


def _open(transcript: Transcript, records: Records[Message]) -> None:
    transcript.show_messages(records)
    wait(SETTLING_MS)


def _added_mb(act: Callable[[], object]) -> float:
    before = _kept_mb()
    act()
    return _kept_mb() - before


def _kept_mb() -> float:
    """Without what was given back to the C library, which else would be taken up unseen."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return _memory_mb()


def _moving_rows() -> Iterator[Row]:
    transcript, records = _transcript(), Records(_conversation(LARGE))
    transcript.show_messages(records)
    QCoreApplication.processEvents()
    bar = transcript.verticalScrollBar()
    scrolls = []
    for _ in range(SCROLLS):
        scrolls.append(_timed_ms(partial(bar.setValue, bar.value() - SCROLL_PX)))
        wait(views.FRAME_MS)
    yield _moving("scroll frame p99", [percentile(scrolls, 99)], at_most_ms=8)
    places = [bar.maximum() * number // JUMPS for number in range(JUMPS)]
    jumps = [_timed_ms(partial(bar.setValue, place)) for place in places]
    yield _moving("jump to any message", jumps, at_most_ms=10)
    width, height = views.VIEW_SIZE
    sizes = [(width - 20 * step, height) for step in range(1, RESIZES)]
    resizes = [_timed_ms(partial(transcript.resize, *size)) for size in sizes]
    yield _moving("resize with re-layout", resizes, at_most_ms=8)
    transcript.deleteLater()


def _moving(name: str, ours: list[float], *, at_most_ms: float) -> Row:
    return Row(name=name, unit="ms", ours=ours, goal=Goal(at_most=at_most_ms), needs_quiet=True)


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


BENCHES: Final = (Bench(name="opening", section=Section.CONVERSATIONS, budget_s=30, rows=rows),)
