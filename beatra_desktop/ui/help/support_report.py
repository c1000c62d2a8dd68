"""The support report: everything that would be passed on is on show before it is copied."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from beatra_desktop.ui import dialog_size, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Tone, Variant

WIDTH_PX: Final = 640
HEIGHT_PX: Final = 520
MARGIN_PX: Final = 3 * theme.GRID


class SupportReport(QDialog):
    """Show it with `open()`; it closes and forgets itself."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Support report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog_size.fit(self, width=WIDTH_PX, height=HEIGHT_PX)
        self.text = QPlainTextEdit(text, readOnly=True)
        self.text.setAccessibleName(self.tr("The report"))
        self.text.setFont(theme.mono_font())
        self.text.setTabChangesFocus(True)
        self._copied = Text("", tone=Tone.SUCCESS, size="small")
        self.copy = Button(self.tr("Copy"), variant=Variant.PRIMARY)
        self.copy.clicked.connect(self._on_copy)
        self._lay_out()
        self.copy.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(Text(self.tr("Support report"), size="title"))
        column.addWidget(
            Text(
                self.tr(
                    "Paste it where you ask for help. It holds versions, states and the end of "
                    "the log; no key and nothing you wrote. Nothing is sent by itself."
                ),
                tone=Tone.SECONDARY,
            )
        )
        column.addWidget(self.text, stretch=1)
        close = Button(self.tr("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self._copied, stretch=1)
        row.addWidget(close)
        row.addWidget(self.copy)
        column.addLayout(row)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._copied.setText(self.tr("Copied"))
