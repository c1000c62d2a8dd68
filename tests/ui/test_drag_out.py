"""What is given to other programs, and widgets to drag a song by."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from beatra_desktop.ui import drag_out
from beatra_desktop.ui.drag_out import DragHandle, Piece

HERE = Piece("t-0", "Night & day #1", Path("/songs/Night & day #1.mp3"))
AWAY = Piece("t-1", "Gone", None)


def test_files_addresses_and_text_are_of_what_is_here(qapp: object) -> None:
    data = drag_out.mime_data([HERE, AWAY])
    assert [url.toLocalFile() for url in data.urls()] == [str(HERE.path)]
    raw = data.data("text/uri-list").toStdString()
    assert raw.strip() == "file:///songs/Night%20&%20day%20%231.mp3"
    assert data.text() == HERE.title
    assert drag_out.clip_ids(data) == ["t-0", "t-1"]
    nothing = drag_out.mime_data([AWAY])
    assert not nothing.hasUrls()
    assert not nothing.hasText()


def test_copied_files_can_be_pasted(qapp: object) -> None:
    drag_out.copy_files([HERE])
    pasted = QGuiApplication.clipboard().mimeData()
    assert [url.toLocalFile() for url in pasted.urls()] == [str(HERE.path)]
    QGuiApplication.clipboard().clear()


def test_the_picture_names_the_first_and_counts_the_others(qapp: object) -> None:
    one, three = drag_out.picture([HERE]), drag_out.picture([HERE, AWAY, AWAY])
    assert not one.isNull()
    assert one.toImage() != three.toImage()


@pytest.mark.parametrize(
    ("piece", "distance", "starts"), [(HERE, 40, 1), (HERE, 2, 0), (AWAY, 40, 0), (None, 40, 0)]
)
def test_a_handle_starts_a_drag_once_it_is_pulled_far_enough(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch, piece: Piece | None, distance: int, starts: int
) -> None:
    started: list[list[Piece]] = []
    # Qt's own loop would wait for a drop that never comes
    monkeypatch.setattr(drag_out, "start", lambda _view, pieces: started.append(list(pieces)))
    label = QLabel("Night")
    qtbot.addWidget(label)
    label.resize(120, 30)
    DragHandle(label, lambda: piece)
    label.show()
    QTest.mousePress(label, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseMove(label, QPoint(5 + distance, 5))
    QTest.mouseMove(label, QPoint(6 + distance, 5))
    QTest.mouseRelease(label, Qt.MouseButton.LeftButton, pos=QPoint(5 + distance, 5))
    assert len([pieces for pieces in started if pieces]) == starts
