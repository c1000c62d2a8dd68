"""The one question before something is lost for good."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.ui import dialog_size, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Tone, Variant

WIDTH_PX: Final = 380


class Question(QDialog):
    """`confirmed` when the user wants it; show it with `open()`. Enter and Esc cancel."""

    confirmed = Signal()

    def __init__(
        self,
        question: str,
        *,
        lost: str,
        verb: str,
        variant: Variant = Variant.DANGER,
        parent: QWidget | None = None,
    ) -> None:
        """`lost` says what nothing brings back, `verb` is on the button that does it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question)
        self.setAccessibleDescription(lost)
        self._width_px = dialog_size.width_px(self, WIDTH_PX)
        self.setFixedWidth(self._width_px)
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.verb = Button(verb, variant=variant)
        self.verb.clicked.connect(self._on_verb_clicked)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.verb)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        column.addWidget(Text(question, size="title"))
        column.addWidget(Text(lost, tone=Tone.SECONDARY))
        column.addSpacing(theme.GRID)
        column.addLayout(buttons)
        self.cancel.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now the words have the size they are shown in.
        self.setFixedHeight(self._column.totalHeightForWidth(self._width_px))

    def _on_verb_clicked(self) -> None:
        self.accept()
        self.confirmed.emit()
