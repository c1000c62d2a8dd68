"""Where a message is written."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.catalog import Catalog
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.chat.model_picker import ModelPicker
from beatra_desktop.ui.chat.text_area import TextArea
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.styling import Tone, Variant

COUNTED_FROM_CHARACTERS: Final = 500


class Composer(Card):
    """Emits what the user wants; the text stays until `clear` says it arrived."""

    submitted = Signal(str)
    stop_requested = Signal()
    edited = Signal(str)
    files_given = Signal(list)
    attach_requested = Signal()
    model_picked = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("New message"), parent=parent)
        self._is_answering = False
        self._is_loading = False
        self.text_area = TextArea(self.tr("Message"), placeholder=self.tr("Write a message"))
        self._picker = ModelPicker()
        self._counter = Text(tone=Tone.SECONDARY, size="small")
        self._send = Button(
            self.tr("Send"), variant=Variant.PRIMARY, icon=Icon.SEND, name=self.tr("Send message")
        )
        self._attach = IconButton(Icon.ADD, self.tr("Add files"), shortcut="Ctrl+O")
        self._lay_out()
        self.text_area.textChanged.connect(self._on_text_changed)
        self.text_area.submitted.connect(self._on_submitted)
        self.text_area.escaped.connect(self.stop_requested)
        self.text_area.files_pasted.connect(self.files_given)
        self._send.clicked.connect(self._on_send_clicked)
        self._attach.clicked.connect(self.attach_requested)
        self._picker.picked.connect(self.model_picked)
        self.setFocusProxy(self.text_area)
        self._refresh()

    @property
    def text(self) -> str:
        return self.text_area.toPlainText()

    def set_text(self, text: str) -> None:
        """Show another draft; `edited` is not told."""
        self._is_loading = True
        self.text_area.setPlainText(text)
        self._is_loading = False
        self.text_area.moveCursor(QTextCursor.MoveOperation.End)

    def insert(self, text: str) -> None:
        self.text_area.insertPlainText(text)
        self.text_area.setFocus()

    def set_enter_sends(self, enter_sends: bool) -> None:  # mirrors the setting
        self.text_area.enter_sends = enter_sends

    def set_answering(self, *, answering: bool) -> None:
        self._is_answering = answering
        self._refresh()

    def set_catalog(self, catalog: Catalog) -> None:
        self._picker.set_catalog(catalog)

    def set_model(self, model_id: str) -> None:
        self._picker.set_model(model_id)

    def open_models(self) -> None:
        self._picker.open_menu()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.text_area.setFocus()

    def _lay_out(self) -> None:
        margin = theme.GRID + theme.GRID // 2
        self.box.setContentsMargins(margin, margin, theme.GRID, theme.GRID)
        self.box.setSpacing(theme.GRID // 2)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID // 2)
        row.addWidget(self._attach)
        row.addWidget(self._picker)
        row.addStretch(1)
        row.addWidget(self._counter)
        row.addWidget(self._send)
        self.add(self.text_area, row)

    def _on_text_changed(self) -> None:
        self._refresh()
        if not self._is_loading:
            self.edited.emit(self.text)

    def _on_submitted(self) -> None:
        if not self._is_answering and self.text.strip():
            self.submitted.emit(self.text)

    def _on_send_clicked(self) -> None:
        if self._is_answering:
            self.stop_requested.emit()
        else:
            self._on_submitted()

    def _refresh(self) -> None:
        characters = len(self.text)
        counted = characters >= COUNTED_FROM_CHARACTERS
        self._counter.setText(f"{characters:,}" if counted else "")
        stop = self._is_answering
        self._send.setText(self.tr("Stop") if stop else self.tr("Send"))
        self._send.setAccessibleName(
            self.tr("Stop the answer") if stop else self.tr("Send message")
        )
        self._send.set_icon(Icon.STOP if stop else Icon.SEND)
        self._send.set_variant(Variant.NORMAL if stop else Variant.PRIMARY)
        self._send.setEnabled(stop or bool(self.text.strip()))
