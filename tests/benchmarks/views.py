"""The ways of showing an answer that grows: ours, the limits, and what most programs do.

Each is given the records a service writes, and shows the last message of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from beatra_desktop.domain.chat import Message
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui.chat.frame_clock import FrameClock
from beatra_desktop.ui.chat.transcript import Transcript
from beatra_desktop.ui.error_text import describe

VIEW_SIZE: Final = (1000, 900)
FRAME_MS: Final = 16

Messages = ReadOnlyRecords[Message]


@dataclass
class View:
    """`widget` is on show; `painted` is the part of it whose paint events count."""

    widget: QWidget
    painted: QWidget
    is_settled: Callable[[], bool] = field(default=lambda: True)
    is_fed_singly: bool = False
    """Given one token at a time, each shown before the next, as from a loop over a stream."""


def nothing(_messages: Messages) -> View:
    """The limit of the source: nobody looks."""
    widget = QWidget()
    return _shown(View(widget, widget))


def ours(messages: Messages) -> View:
    transcript = Transcript(describe=describe)
    view = _shown(View(transcript, transcript.viewport(), lambda: transcript.is_settled))
    transcript.show_messages(messages)
    return view


def plain_text(messages: Messages) -> View:
    """The limit of any view: append plain text, in as many frames as ours draws.

    A timer of 16 ms that begins with a change comes 50 times a second, not 60.
    """
    edit = QPlainTextEdit()
    edit.setUndoRedoEnabled(False)
    length = 0

    def append() -> None:
        nonlocal length
        text = messages[len(messages) - 1].text
        cursor = edit.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text[length:])
        length = len(text)
        bar = edit.verticalScrollBar()
        bar.setValue(bar.maximum())

    clock = FrameClock(append, edit)
    messages.changed.connect(lambda _row: clock.request())
    return _shown(View(edit, edit.viewport(), lambda: not clock.is_waiting))


def whole_per_token(messages: Messages) -> View:
    """The naive way: the whole answer is set anew with each token."""
    browser, show = _browser(messages)
    messages.changed.connect(lambda _row: show())
    return _shown(View(browser, browser.viewport(), is_fed_singly=True))


def whole_per_frame(messages: Messages) -> View:
    """The whole answer is set anew, at most once per frame."""
    browser, show = _browser(messages)
    timer = _on_change(messages, show, browser, interval_ms=FRAME_MS)
    return _shown(View(browser, browser.viewport(), lambda: not timer.isActive()))


def label_per_block(messages: Messages) -> View:
    """One label for each paragraph; the last one is set anew once per frame."""
    area, inside = QScrollArea(), QWidget()
    column = QVBoxLayout(inside)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    labels: list[QLabel] = []

    def show() -> None:
        parts = messages[len(messages) - 1].text.split("\n\n")
        for part in parts[max(0, len(labels) - 1) :]:
            label = labels[-1] if len(labels) == len(parts) else QLabel(wordWrap=True)
            label.setText(part)
            if label not in labels[-1:]:
                labels.append(label)
                column.addWidget(label)
        bar = area.verticalScrollBar()
        bar.setValue(bar.maximum())

    timer = _on_change(messages, show, area, interval_ms=FRAME_MS)
    return _shown(View(area, area.viewport(), lambda: not timer.isActive()))


def _browser(messages: Messages) -> tuple[QTextBrowser, Callable[[], None]]:
    browser = QTextBrowser()

    def show() -> None:
        browser.setMarkdown(messages[len(messages) - 1].text)
        browser.moveCursor(QTextCursor.MoveOperation.End)

    return browser, show


def _on_change(
    messages: Messages, show: Callable[[], None], parent: QWidget, *, interval_ms: int
) -> QTimer:
    timer = QTimer(parent, singleShot=True, interval=interval_ms)
    timer.timeout.connect(show)

    def on_changed(_row: int) -> None:
        if not timer.isActive():
            timer.start()

    messages.changed.connect(on_changed)
    return timer


def _shown(view: View) -> View:
    view.widget.resize(*VIEW_SIZE)
    view.widget.show()
    return view
