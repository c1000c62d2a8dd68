"""Asks what a folder is to be called."""

from collections.abc import Set
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.chat import FOLDER_CHARACTERS, folder_name
from beatra_desktop.ui import dialog_size, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import Field, FieldError
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Tone, Variant

WIDTH_PX: Final = 380


class FolderDialog(QDialog):
    """`named(name)` once there is a name; show it with `open()`. Enter accepts, Esc cancels."""

    named = Signal(str)

    def __init__(
        self,
        title: str,
        *,
        verb: str,
        others: Set[str],
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`verb` is on the button; `others` are the names of the other folders."""
        super().__init__(parent)
        self._others = {other.casefold() for other in others}
        self.setWindowTitle(title)
        self._width_px = dialog_size.width_px(self, WIDTH_PX)
        self.setFixedWidth(self._width_px)
        self.field = Field(self.tr("Name of the folder"), placeholder=self.tr("Name of the folder"))
        self.field.setMaxLength(FOLDER_CHARACTERS)
        self.field.setText(name)
        self.field.selectAll()
        self.error = FieldError(self.field)
        self.hint = Text(tone=Tone.SECONDARY, size="small")
        self.hint.hide()
        self.cancel = Button(self.tr("Cancel"))
        self.accept_name = Button(verb, variant=Variant.PRIMARY)
        self.accept_name.setDefault(True)
        self._lay_out(title)
        self.cancel.clicked.connect(self.reject)
        self.accept_name.clicked.connect(self._on_accept_clicked)
        self.field.textChanged.connect(self._on_text_changed)
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self.field.setFocus()

    def _lay_out(self, title: str) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.accept_name)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        for widget in (Text(title, size="title"), self.field, self.error, self.hint):
            column.addWidget(widget)
        column.addSpacing(theme.GRID)
        column.addLayout(buttons)

    def _fit(self) -> None:
        """Only once it is shown the words have their size."""
        self._column.activate()
        self.setFixedHeight(self._column.totalHeightForWidth(self._width_px))

    def _on_text_changed(self, text: str) -> None:
        self.error.show_error("")
        is_known = folder_name(text).casefold() in self._others
        words = self.tr("There is a folder of this name. The chats will be together in it.")
        self.hint.setText(words if is_known else "")
        self.hint.setVisible(is_known)
        self._fit()

    def _on_accept_clicked(self) -> None:
        name = folder_name(self.field.text())
        if name:
            self.accept()
            self.named.emit(name)
        else:
            self.error.show_error(self.tr("A folder needs a name. Type one, or cancel."))
            self.field.setFocus()
            self._fit()
