"""The whole window as a place to drop files on; says what will happen where the pointer is."""

import mimetypes
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import icons, theme
from beatra_desktop.ui.icons import Icon

INSET_PX: Final = 12
RADIUS_PX: Final = 16
ICON_PX: Final = 32


class Place(StrEnum):
    CHAT = "chat"
    STUDIO = "studio"


def dropped_paths(data: QMimeData) -> list[Path]:
    """The files and folders of this machine in what is being dragged; web addresses are none."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropOverlay(QWidget):
    """Lies over its parent while files are dragged above it; `dropped(place, paths)`."""

    dropped = Signal(str, list)

    def __init__(
        self,
        *,
        place_at: Callable[[QPoint], Place],
        area_of: Callable[[Place], QRect],
        parent: QWidget,
    ) -> None:
        """`place_at` and `area_of` are in the parent's coordinates."""
        super().__init__(parent)
        self._window = parent
        self._place_at = place_at
        self._area_of = area_of
        self._paths: list[Path] = []
        self._place = Place.CHAT
        self.setAcceptDrops(True)
        self.hide()

    @property
    def sentence(self) -> str:
        """What a drop would do now."""
        return self._sentence(self._place, self._paths)

    def cover(self, paths: Sequence[Path], position: QPoint) -> None:
        """Lie over the parent; `position` is where the pointer is in it."""
        self._paths = list(paths)
        self._place = self._place_at(position)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place is not self._place:
            self._place = place
            self.update()
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.hide()
        event.acceptProposedAction()
        place = self._place_at(event.position().toPoint())
        self.dropped.emit(place.value, dropped_paths(event.mimeData()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        shades = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), shades.scrim)
        area = self._area_of(self._place).adjusted(INSET_PX, INSET_PX, -INSET_PX, -INSET_PX)
        painter.setBrush(shades.accent_soft)
        painter.setPen(QPen(shades.accent, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(area, RADIUS_PX, RADIUS_PX)
        self._paint_words(painter, area)

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        shades = theme.current()
        centre = area.center()
        icon = icons.pixmap(Icon.UPLOAD, shades.accent, size_px=ICON_PX)
        painter.drawPixmap(centre.x() - ICON_PX // 2, centre.y() - ICON_PX - theme.GRID, icon)
        painter.setFont(theme.title_font())
        painter.setPen(shades.text)
        words = QRect(
            area.left() + INSET_PX, centre.y(), area.width() - 2 * INSET_PX, area.height()
        )
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(words, wrap, self.sentence)

    def _sentence(self, place: Place, paths: Sequence[Path]) -> str:
        """What dropping will do here, as far as the names tell."""
        if len(paths) > 1:
            return self._sentence_for_many(place).format(n=len(paths))
        kind = (mimetypes.guess_type(paths[0].name)[0] or "").partition("/")[0]
        if place is Place.STUDIO and kind == "audio":
            text = self.tr("Use “{name}” as reference audio")
        elif place is Place.CHAT and kind == "text":
            text = self.tr("Put the text of “{name}” into the message")
        else:
            text = self.tr("Upload “{name}”")
        return text.format(name=paths[0].name)

    def _sentence_for_many(self, place: Place) -> str:
        if place is Place.STUDIO:
            return self.tr("Upload {n} files, recordings as reference audio")
        return self.tr("Add {n} files: text to the message, the others as uploads")
