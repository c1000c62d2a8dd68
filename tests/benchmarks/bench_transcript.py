"""Streaming into the transcript and opening long conversations (goals, sections 1 and 2).

Every function returns rows: a name, a value and its unit. Ratios compare within one run.
"""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from beatra_desktop.domain.chat import Message, MessageStatus, Role
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.domain.observable import Records
from beatra_desktop.ui import theme
from beatra_desktop.ui.chat.transcript import Transcript
from beatra_desktop.ui.error_text import describe
from tests.benchmarks.rows import Row

VIEW_SIZE: Final = (1000, 900)
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
WORDS: Final = [
    "stream",
    "token",
    "widget",
    "queue",
    "latency",
    "model",
    "answer",
    "music",
    "clip",
    "the",
    "of",
    "and",
    "a",
    "to",
]
TICK_MS: Final = 4


@dataclass(frozen=True)
class Run:
    """CPU in seconds of this process; lateness of a 4 ms timer in milliseconds."""

    cpu_s: float
    late_p99_ms: float
    late_max_ms: float
    frames_per_s: float


def markdown(tokens: int, *, seed: int = 1, kind: str = "mixed") -> str:
    """About `tokens` tokens (4 characters each) of Markdown."""
    chooser = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < tokens * 4:
        parts.append(_PARTS[kind if kind != "mixed" else chooser.choice(_MIXED)](chooser))
        length += len(parts[-1])
    return "".join(parts)[: tokens * 4]


def streaming(
    tokens: int, *, rate: int, seconds: float = 8.0, kind: str = "mixed"
) -> tuple[Run, Run]:
    """Stream the last `seconds` of an answer into the transcript and into plain text."""
    text = markdown(tokens, kind=kind)
    return _stream(text, _TranscriptSink, rate, seconds), _stream(text, _PlainSink, rate, seconds)


def rows() -> list[Row]:
    """Opening 100 and 10,000 messages, and streaming short and long answers."""
    application = QApplication([])
    theme.install(application)
    small, large = opening(100), opening(10_000)
    ratio = Row("open 10,000 ÷ 100 messages", large[0].value / small[0].value, "×")
    streamed = streaming_rows()
    application.processEvents()
    return [*small, *large, ratio, *streamed]


def opening(count: int) -> list[Row]:
    """Open a conversation of `count` messages at its end, scroll, resize and jump."""
    records = Records(_conversation(count))
    transcript = _shown_transcript()
    before = _memory_mb()
    first = _timed(partial(transcript.show_messages, records))
    memory = _memory_mb() - before
    bar = transcript.verticalScrollBar()
    scrolls = [_timed(partial(transcript.scroll_by, -60)) for _ in range(150)]
    places = range(0, bar.maximum(), bar.maximum() // 9)
    jumps = [_timed(partial(bar.setValue, place)) for place in places]
    widths = [VIEW_SIZE[0] - 20 * step for step in range(1, 20)]
    resizes = [_timed(partial(transcript.resize, width, VIEW_SIZE[1])) for width in widths]
    transcript.deleteLater()
    return [
        Row(f"open {count} messages", first, "ms"),
        Row(f"memory for {count} messages", memory, "MB"),
        Row(f"scroll frame p99, {count} messages", _percentile(scrolls, 99), "ms"),
        Row(f"jump, {count} messages", _percentile(jumps, 50), "ms"),
        Row(f"resize, {count} messages", _percentile(resizes, 50), "ms"),
    ]


def streaming_rows(lengths: tuple[int, ...] = (500, 32_000), rate: int = 1_000) -> list[Row]:
    rows: list[Row] = []
    for length in lengths:
        shown, plain = streaming(length, rate=rate)
        rows += [
            Row(f"CPU per token, {length} tokens at {rate}/s", shown.cpu_s * 1e6, "µs"),
            Row(f"CPU ÷ plain text, {length} tokens at {rate}/s", shown.cpu_s / plain.cpu_s, "×"),
            Row(f"lateness p99, {length} tokens at {rate}/s", shown.late_p99_ms, "ms"),
            Row(f"longest stall, {length} tokens at {rate}/s", shown.late_max_ms, "ms"),
            Row(f"frames, {length} tokens at {rate}/s", shown.frames_per_s, "1/s"),
        ]
    return rows


class _Sink:
    widget: QWidget
    viewport: QWidget

    def show(self, text: str, delta: str) -> None:
        raise NotImplementedError


class _TranscriptSink(_Sink):
    def __init__(self) -> None:
        transcript = _shown_transcript()
        self.widget, self.viewport = transcript, transcript.viewport()
        self._message = _message(1, Role.ASSISTANT, "", MessageStatus.STREAMING)
        self._records = Records([_message(0, Role.USER, "Go on"), self._message])
        transcript.show_messages(self._records)

    def show(self, text: str, delta: str) -> None:
        self._records.replace(replace(self._message, text=text))


class _PlainSink(_Sink):
    """The least any view can do: append plain text, once per frame."""

    def __init__(self) -> None:
        edit = QPlainTextEdit()
        edit.setUndoRedoEnabled(False)
        edit.resize(*VIEW_SIZE)
        edit.show()
        self.widget, self.viewport, self._edit = edit, edit.viewport(), edit
        self._pending: list[str] = []
        self._timer = QTimer(edit, singleShot=True, interval=16)
        self._timer.timeout.connect(self._flush)

    def show(self, text: str, delta: str) -> None:
        self._pending.append(delta)
        if not self._timer.isActive():
            self._timer.start()

    def _flush(self) -> None:
        cursor = self._edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        cursor.insertText("".join(self._pending))
        self._pending.clear()
        bar = self._edit.verticalScrollBar()
        bar.setValue(bar.maximum())


class _Paints(QObject):
    """Counts paint events."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def _stream(text: str, make: Callable[[], _Sink], rate: int, seconds: float) -> Run:
    sink = make()
    per_second = rate * 4
    start = max(0, len(text) - int(seconds * per_second))
    sink.show(text[:start], text[:start])
    _process(1.0)
    paints = _Paints()
    sink.viewport.installEventFilter(paints)
    late, began, cpu = [], perf_counter(), process_time()
    shown, due = start, perf_counter()
    while shown < len(text):
        due += TICK_MS / 1000
        _wait_until(due)
        late.append((perf_counter() - due) * 1000)
        due = max(due, perf_counter() - 0.05)
        upto = min(len(text), start + int((perf_counter() - began) * per_second))
        if upto > shown:
            sink.show(text[:upto], text[shown:upto])
            shown = upto
    spent, took = process_time() - cpu, perf_counter() - began
    sink.widget.deleteLater()
    tokens = max(1.0, (len(text) - start) / 4)
    return Run(spent / tokens, _percentile(late, 99), max(late), paints.count / took)


def _wait_until(due: float) -> None:
    while (left := due - perf_counter()) > 0:
        loop = QEventLoop()
        QTimer.singleShot(max(1, int(left * 1000)), loop.quit)
        loop.exec()


def _process(seconds: float) -> None:
    _wait_until(perf_counter() + seconds)


def _shown_transcript() -> Transcript:
    transcript = Transcript(describe=describe)
    transcript.resize(*VIEW_SIZE)
    transcript.show()
    transcript.show_messages(Records(_conversation(4)))
    _process(0.5)
    return transcript


def _timed(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    QCoreApplication.processEvents()
    return (perf_counter() - started) * 1000


def _conversation(count: int) -> Iterator[Message]:
    answers = [markdown(random.Random(i).choice((60, 120, 250, 400)), seed=i) for i in range(50)]
    for number in range(count):
        is_prompt = number % 2 == 0
        text = f"Please explain the queue, part {number}" if is_prompt else answers[number % 50]
        yield _message(number, Role.USER if is_prompt else Role.ASSISTANT, text)


def _message(
    number: int, role: Role, text: str, status: MessageStatus = MessageStatus.COMPLETE
) -> Message:
    return Message(
        id=MessageId(f"m{number:06}"),
        conversation_id=ConversationId("bench"),
        parent_id=None,
        role=role,
        text=text,
        status=status,
        created_at=NOW,
    )


def _percentile(values: list[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _sentence(chooser: random.Random) -> str:
    words = [chooser.choice(WORDS) for _ in range(chooser.randint(6, 16))]
    words[2] = chooser.choice((f"**{words[2]}**", f"`{words[2]}`", words[2]))
    return " ".join(words).capitalize() + ". "


def _paragraph(chooser: random.Random) -> str:
    return "".join(_sentence(chooser) for _ in range(4)) + "\n\n"


def _heading(chooser: random.Random) -> str:
    return f"## {_sentence(chooser)}\n\n"


def _item(chooser: random.Random) -> str:
    return f"- {_sentence(chooser)}\n"


def _items(chooser: random.Random) -> str:
    return "".join(_item(chooser) for _ in range(5)) + "\n"


def _code_line(chooser: random.Random) -> str:
    name, word = chooser.choice(WORDS), chooser.choice(WORDS)
    return f"    {name} = compute({chooser.randint(0, 99)})  # {word}\n"


def _code(chooser: random.Random) -> str:
    lines = "".join(_code_line(chooser) for _ in range(8))
    return f"```python\ndef run():\n{lines}```\n\n"


def _table(chooser: random.Random) -> str:
    rows = "".join(_row(chooser) for _ in range(6))
    return f"| name | value | note |\n|---|---:|---|\n{rows}\n"


def _row(chooser: random.Random) -> str:
    return f"| {chooser.choice(WORDS)} | {chooser.randint(0, 999)} | {chooser.choice(WORDS)} |\n"


_MIXED: Final = ("paragraph", "paragraph", "heading", "items", "code", "table")
_PARTS: Final[dict[str, Callable[[random.Random], str]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "items": _items,
    "code": _code,
    "table": _table,
    "one list": _item,
    "one code": _code_line,
    "one paragraph": _sentence,
    "one table": _row,
}
