"""Asks what a playlist is to be called."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.ui import dialog_size, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import Field
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Variant

WIDTH_PX: Final = 380
NAME_CHARACTERS: Final = 80


class NameDialog(QDialog):
    """`named(name)` once there is a name; show it with `open()`. Enter accepts, Esc cancels."""

    named = Signal(str)

    def __init__(
        self, title: str, *, verb: str, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setFixedWidth(dialog_size.width_px(self, WIDTH_PX))
        label = self.tr("Name of the playlist")
        self.field = Field(label, placeholder=label)
        self.field.setMaxLength(NAME_CHARACTERS)
        self.field.setText(name)
        self.field.selectAll()
        self.cancel = Button(self.tr("Cancel"))
        self.verb = Button(verb, variant=Variant.PRIMARY)
        self.verb.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.verb)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        column.addWidget(Text(title, size="title"))
        column.addWidget(self.field)
        column.addSpacing(theme.GRID)
        column.addLayout(buttons)
        self.cancel.clicked.connect(self.reject)
        self.verb.clicked.connect(self._on_verb_clicked)
        self.field.textChanged.connect(self._refresh)
        self.finished.connect(self.deleteLater)
        self.field.setFocus()
        self._refresh()

    def _refresh(self) -> None:
        self.verb.setEnabled(bool(self.field.text().strip()))

    def _on_verb_clicked(self) -> None:
        self.accept()
        self.named.emit(self.field.text().strip())
