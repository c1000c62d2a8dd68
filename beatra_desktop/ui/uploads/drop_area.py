"""A quiet place that says how files come in, with buttons for whoever does not drag."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Tone

RADIUS_PX: Final = 12


class DropArea(QWidget):
    """`files_chosen(paths)` from the system's dialogs; drops are the whole window's matter."""

    files_chosen = Signal(list)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(self.tr("Add files…"), icon=Icon.UPLOAD)
        self.button.clicked.connect(self.choose)
        self.folder = Button(self.tr("Add a folder…"), icon=Icon.FOLDER)
        self.folder.clicked.connect(self.choose_folder)
        self._buttons = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._buttons)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GRID)
        self._row.addStretch(1)
        self._row.addWidget(self.button)
        self._row.addWidget(self.folder)
        self._row.addStretch(1)
        self._labels: list[Text] = []
        self._column = column = QVBoxLayout(self)
        column.setSpacing(theme.GRID)
        for text, tone in (
            (self.tr("Drop files or folders anywhere, or choose"), Tone.NEUTRAL),
            (self.tr("Up to 100\u00a0MB each. References: MP3, WAV or FLAC."), Tone.SECONDARY),
        ):
            label = Text(text, tone=tone, size="body" if tone is Tone.NEUTRAL else "small")
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
            self._labels.append(label)
        column.addWidget(self._buttons)
        self.set_compact(compact=False)
        theme.notifier().changed.connect(self._on_theme_changed)

    def set_compact(self, *, compact: bool) -> None:
        """Only the buttons, where what was brought in needs the room."""
        self._is_compact = compact
        for label in self._labels:
            label.setHidden(compact)
        margin = 0 if compact else 2 * theme.GRID
        self._column.setContentsMargins(margin, margin, margin, margin)
        self.update()

    def choose(self) -> None:
        """Ask for files in the system's dialog."""
        self._ask(self.tr("Add files"), QFileDialog.FileMode.ExistingFiles)

    def choose_folder(self) -> None:
        """Ask for a folder, whose files are taken with those of the folders in it."""
        self._ask(self.tr("Add a folder"), QFileDialog.FileMode.Directory)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text puts the buttons below each other."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._is_compact:
            return
        shades = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(shades.outline, 1.2, Qt.PenStyle.DashLine))
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, RADIUS_PX, RADIUS_PX)

    def _on_theme_changed(self) -> None:
        self._fit()
        self.update()

    def _fit(self) -> None:
        wanted = self.button.sizeHint().width() + self.folder.sizeHint().width() + theme.GRID
        room = self.contentsRect().width() - self._column.contentsMargins().left() * 2
        side_by_side = QBoxLayout.Direction.LeftToRight
        stacked = QBoxLayout.Direction.TopToBottom
        self._row.setDirection(side_by_side if wanted <= room else stacked)

    def _ask(self, title: str, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.Directory:
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.open()

    def _on_files_selected(self, files: list[str]) -> None:
        self.files_chosen.emit([Path(file) for file in files])
