"""What the platform tells of a drag, for tests."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

Kind = type[QDragEnterEvent] | type[QDragMoveEvent] | type[QDropEvent]
HOVER: tuple[Kind, ...] = (QDragEnterEvent, QDragMoveEvent)
DROP: tuple[Kind, ...] = (*HOVER, QDropEvent)


def data_of(*what: Path | str) -> QMimeData:
    """Files by their paths, anything else by its address."""
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(each)) if isinstance(each, Path) else QUrl(each) for each in what]
    )
    return data


def drag(window: QWidget, place: QPoint, data: QMimeData, kinds: tuple[Kind, ...]) -> bool:
    """Drag over a window; Qt finds what lies below. Gives whether the last event was accepted."""
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    accepted = False
    for kind in kinds:
        event = kind(place, action, data, button, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(window.windowHandle(), event)
        accepted = event.isAccepted()
    return accepted


def leave(window: QWidget) -> None:
    QApplication.sendEvent(window.windowHandle(), QDragLeaveEvent())


def middle_of(window: QWidget, target: QWidget) -> QPoint:
    return target.mapTo(window, target.rect().center())
