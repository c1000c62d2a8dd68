from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.chat.frame_clock import FRAME_MS, REST_MS, FrameClock


def test_frames_are_never_more_than_sixty_a_second(qtbot: QtBot) -> None:
    parent = QObject()
    drawn: list[float] = []

    def draw() -> None:
        drawn.append(perf_counter() * 1000)
        clock.request()

    clock = FrameClock(draw, parent)
    clock.request()
    qtbot.waitUntil(lambda: len(drawn) > 20)
    assert drawn[20] - drawn[0] >= 19.5 * FRAME_MS
    parent.deleteLater()


def test_many_requests_are_one_frame(qtbot: QtBot) -> None:
    parent = QObject()
    drawn: list[None] = []
    clock = FrameClock(lambda: drawn.append(None), parent)
    for _ in range(100):
        clock.request()
    qtbot.waitUntil(lambda: not clock.is_waiting)
    assert len(drawn) == 1
    parent.deleteLater()


def frames_of_changes(qtbot: QtBot, *, every_ms: int, count: int) -> int:
    """The frames it takes for changes of a word each."""
    parent = QObject()
    drawn: list[None] = []
    clock = FrameClock(lambda: drawn.append(None), parent)
    timer = QTimer(parent, interval=every_ms, timerType=Qt.TimerType.PreciseTimer)
    changes: list[None] = []

    def change() -> None:
        changes.append(None)
        if not clock.takes_along():
            clock.request_for_change(of_a_word=True)

    timer.timeout.connect(change)
    timer.start()
    qtbot.waitUntil(lambda: len(changes) >= count)
    parent.deleteLater()
    return len(drawn)


def test_changes_slower_than_frames_share_them_by_twos(qtbot: QtBot) -> None:
    assert frames_of_changes(qtbot, every_ms=20, count=12) <= 9


def test_changes_quicker_than_frames_share_none(qtbot: QtBot) -> None:
    assert frames_of_changes(qtbot, every_ms=5, count=60) >= 13, "by twos it would be nine"


def test_a_change_after_a_rest_is_drawn_at_once(qtbot: QtBot) -> None:
    assert frames_of_changes(qtbot, every_ms=60, count=6) >= 5


def test_what_can_wait_leaves_a_frame_to_painting(qtbot: QtBot) -> None:
    parent = QObject()
    drawn: list[float] = []
    clock = FrameClock(lambda: drawn.append(perf_counter() * 1000), parent)
    asked = perf_counter() * 1000
    clock.request_later()
    qtbot.waitUntil(lambda: len(drawn) > 0)
    assert drawn[0] - asked >= FRAME_MS
    parent.deleteLater()


def test_dear_frames_leave_two_thirds_of_the_thread_to_others(qtbot: QtBot) -> None:
    parent = QObject()
    drawn: list[float] = []

    def draw() -> None:
        drawn.append(perf_counter() * 1000)
        clock.add_cost(30)
        clock.request()

    clock = FrameClock(draw, parent)
    clock.request()
    qtbot.waitUntil(lambda: len(drawn) > 2)
    assert drawn[2] - drawn[0] >= 2 * 3 * 30
    parent.deleteLater()


def test_a_frame_that_waits_for_a_rest_is_put_off_by_each_request(qtbot: QtBot) -> None:
    parent = QObject()
    drawn: list[float] = []
    clock = FrameClock(lambda: drawn.append(perf_counter() * 1000), parent)
    clock.request()
    clock.request_after_rest()
    last = perf_counter() * 1000
    clock.request_after_rest()
    clock.request()
    qtbot.waitUntil(lambda: not clock.is_waiting)
    assert len(drawn) == 1
    assert drawn[0] - last >= REST_MS
    parent.deleteLater()
