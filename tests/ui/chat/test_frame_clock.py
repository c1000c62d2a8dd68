from time import perf_counter

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.chat.frame_clock import FRAME_MS, FrameClock


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
