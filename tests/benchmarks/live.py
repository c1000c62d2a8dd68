"""Measures a view while text arrives: CPU of this process, lateness of its loop, frames."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter, process_time, thread_time
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer

from beatra_desktop.domain.chat import Message, MessageStatus, Role
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from tests.benchmarks.texts import CHARACTERS_PER_TOKEN
from tests.benchmarks.views import Messages, View

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
BEAT_MS: Final = 5
READ_MS: Final = 4
SINGLE_READ_MS: Final = 1
SETTLING_MS: Final = 400

MakeView = Callable[[Messages], View]


@dataclass(frozen=True)
class Run:
    """`cpu_us` is per token that got through."""

    cpu_us: float
    late_p99_ms: float
    late_max_ms: float
    frames_per_s: float
    tokens_per_s: float


class Beat(QObject):
    """A timer on the GUI thread that notes how late it comes, and counts paint events."""

    def __init__(self, painted: QObject) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self.paints = 0
        self._last = perf_counter()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()
        painted.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.paints += event.type() is QEvent.Type.Paint
        return False

    def corrected(self) -> list[float]:
        """Lateness of every beat, those a stall has swallowed included."""
        found: list[float] = []
        for late in self.late_ms:
            found.append(late)
            found += [late - missed for missed in range(BEAT_MS, int(late) + 1, BEAT_MS)]
        return found

    def _on_beat(self) -> None:
        now = perf_counter()
        self.late_ms.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now


def stream(text: str, make: MakeView, *, start: int, rate: int, seconds: float) -> Run:
    """Let `text` grow from `start` tokens on in a view, at `rate` tokens a second."""
    message = made(1, Role.ASSISTANT, text[: start * CHARACTERS_PER_TOKEN], is_live=True)
    records = Records([made(0, Role.USER, "Go on"), message])
    view = make(records)
    records.replace(message)
    settle(view)
    feeder = _Feeder(records, text, start=start, rate=rate, is_single=view.is_fed_singly)
    beat, cpu, began = Beat(view.painted), process_time(), perf_counter()
    feeder.run(seconds)
    took, spent = perf_counter() - began, process_time() - cpu
    late = beat.corrected()
    beat.deleteLater()
    view.widget.deleteLater()
    tokens = max(1, feeder.shown - start)
    frames = beat.paints / took
    return Run(spent / tokens * 1e6, percentile(late, 99), max(late), frames, tokens / took)


class _Feeder(QObject):
    def __init__(
        self, records: Records[Message], text: str, *, start: int, rate: int, is_single: bool
    ) -> None:
        super().__init__()
        self.shown = start
        self._records, self._message = records, records[len(records) - 1]
        self._text, self._start, self._rate, self._is_single = text, start, rate, is_single
        self._loop = QEventLoop()
        interval = SINGLE_READ_MS if is_single else READ_MS
        self._timer = QTimer(self, interval=interval, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_read)

    def run(self, seconds: float) -> None:
        self._began = perf_counter()
        self._timer.start()
        QTimer.singleShot(int(seconds * 1000), self._loop.quit)
        self._loop.exec()
        self._timer.stop()

    def _on_read(self) -> None:
        due = self._start + int((perf_counter() - self._began) * self._rate)
        due = min(due, len(self._text) // CHARACTERS_PER_TOKEN)
        if self._is_single:
            due = min(due, self.shown + 1)
        if due > self.shown:
            self.shown = due
            text = self._text[: due * CHARACTERS_PER_TOKEN]
            self._records.replace(replace(self._message, text=text))


def settle(view: View) -> None:
    """Wait until what is there has been drawn."""
    wait(SETTLING_MS)
    while not view.is_settled():
        wait(READ_MS)


@dataclass(frozen=True)
class Turns:
    """Of the GUI thread: all of a work's turns, and the longest, in milliseconds of CPU."""

    whole_ms: float
    longest_ms: float


def in_turns(act: Callable[[], object], goes_on: Callable[[], bool]) -> Turns:
    """Do something that is done a little at a time, and paint what came of it.

    What the thread itself takes: how late others make it says nothing of the work.
    """
    turns = [_turn_ms(act)]
    while goes_on():
        turns.append(_turn_ms(QCoreApplication.processEvents))
    turns.append(_turn_ms(QCoreApplication.processEvents))
    return Turns(sum(turns), max(turns))


def _turn_ms(act: Callable[[], object]) -> float:
    began = thread_time()
    act()
    return (thread_time() - began) * 1000


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def made(number: int, role: Role, text: str, *, is_live: bool = False) -> Message:
    """A message of the one conversation there is."""
    return Message(
        id=MessageId(f"m{number:06}"),
        conversation_id=ConversationId("bench"),
        parent_id=None,
        role=role,
        text=text,
        status=MessageStatus.STREAMING if is_live else MessageStatus.COMPLETE,
        created_at=NOW,
    )


def percentile(values: list[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
