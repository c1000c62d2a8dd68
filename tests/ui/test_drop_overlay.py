from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.drop_overlay import DropOverlay, Place, dropped_paths

DragKind = type[QDragEnterEvent] | type[QDragMoveEvent] | type[QDropEvent]
DRAG = (Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


class Window(QWidget):
    """Its right half is the studio; it lays the overlay over itself as the main window does."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.overlay = DropOverlay(
            place_at=lambda position: Place.STUDIO if position.x() > 400 else Place.CHAT,
            area_of=lambda _place: QRect(0, 0, 400, 600),
            parent=self,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()
        self.overlay.cover(dropped_paths(event.mimeData()), event.position().toPoint())

    def drag(self, kind: DragKind, place: QPoint, data: QMimeData) -> None:
        """What the platform tells of a drag; Qt finds the widget below the pointer itself."""
        action, button, keys = DRAG
        QApplication.sendEvent(self.windowHandle(), kind(place, action, data, button, keys))


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def _data(*urls: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return data


def test_only_files_of_this_machine_count() -> None:
    data = _data("file:///tmp/a%20b.mp3", "https://example.com/c.mp3")
    assert dropped_paths(data) == [Path("/tmp/a b.mp3")]


def test_it_says_what_a_drop_would_do_where_the_pointer_is(window: Window) -> None:
    two = _data("file:///a.mp3", "file:///b.mp3")
    window.drag(QDragEnterEvent, QPoint(10, 10), two)
    assert window.overlay.isVisible()
    assert window.overlay.sentence == "Add 2 files: text to the message, the others as uploads"
    window.drag(QDragMoveEvent, QPoint(700, 10), two)
    assert window.overlay.sentence == "Upload 2 files, recordings as reference audio"


def test_one_file_is_named(window: Window) -> None:
    window.drag(QDragEnterEvent, QPoint(10, 10), _data("file:///a.mp3"))
    assert window.overlay.sentence == "Upload “a.mp3”"


def test_a_drop_goes_to_the_place_it_fell_on(window: Window, qtbot: QtBot) -> None:
    one = _data("file:///tmp/a.mp3")
    window.drag(QDragEnterEvent, QPoint(10, 10), one)
    window.drag(QDragMoveEvent, QPoint(700, 10), one)
    with qtbot.waitSignal(window.overlay.dropped) as told:
        window.drag(QDropEvent, QPoint(700, 10), one)
    assert told.args == [Place.STUDIO.value, [Path("/tmp/a.mp3")]]
    assert window.overlay.isHidden()


def test_a_drag_that_leaves_takes_the_overlay_with_it(window: Window) -> None:
    one = _data("file:///tmp/a.mp3")
    window.drag(QDragEnterEvent, QPoint(10, 10), one)
    window.drag(QDragMoveEvent, QPoint(20, 10), one)
    QApplication.sendEvent(window.windowHandle(), QDragLeaveEvent())
    assert window.overlay.isHidden()
