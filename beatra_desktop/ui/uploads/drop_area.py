"""A quiet place to drop files on, with a button for everybody else."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.drop_overlay import dropped_paths
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Tone

RADIUS_PX: Final = 12


class DropArea(QWidget):
    """`files_chosen(paths)`, dropped here or picked in the system's dialog."""

    files_chosen = Signal(list)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_aimed_at = False
        self.setAcceptDrops(True)
        self.button = Button(self.tr("Add files…"), icon=Icon.UPLOAD)
        self.button.clicked.connect(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[2 * theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        centre = Qt.AlignmentFlag.AlignHCenter
        for text, tone in (
            (self.tr("Drop files here or choose"), Tone.NEUTRAL),
            (self.tr("Up to 100 MB each. References: MP3, WAV or FLAC."), Tone.SECONDARY),
        ):
            label = Text(text, tone=tone, size="body" if tone is Tone.NEUTRAL else "small")
            label.setAlignment(centre)
            column.addWidget(label)
        column.addWidget(self.button, alignment=centre)
        theme.notifier().changed.connect(self.update)

    def choose(self) -> None:
        """Ask for files in the system's dialog."""
        dialog = QFileDialog(self, self.tr("Add files"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self._aim(aimed=True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._aim(aimed=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(aimed=False)
        event.acceptProposedAction()
        self.files_chosen.emit(dropped_paths(event.mimeData()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        shades = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = shades.accent if self._is_aimed_at else shades.text_disabled
        painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(shades.accent_soft if self._is_aimed_at else Qt.BrushStyle.NoBrush)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, RADIUS_PX, RADIUS_PX)

    def _aim(self, *, aimed: bool) -> None:
        self._is_aimed_at = aimed
        self.update()

    def _on_files_selected(self, files: list[str]) -> None:
        self.files_chosen.emit([Path(file) for file in files])
