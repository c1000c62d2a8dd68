"""Where a message is written."""

from typing import Final

from PySide6.QtCore import QDeadlineTimer, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from beatra_desktop.domain.catalog import Catalog
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.chat.model_picker import ModelPicker
from beatra_desktop.ui.chat.text_area import TextArea
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.styling import Tone, Variant

COUNTED_FROM_CHARACTERS: Final = 500


class Composer(Card):
    """Emits what the user wants; whoever takes the text empties it with `set_text`."""

    submitted = Signal(str)
    stop_requested = Signal()
    edited = Signal()
    files_given = Signal(list)
    attach_requested = Signal()
    model_picked = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("New message"), parent=parent)
        self._is_answering = False
        self._is_loading = False
        self._double_click = QDeadlineTimer(0)
        self.text_area = TextArea(self.tr("Message"), placeholder=self.tr("Write a message"))
        self.model_picker = ModelPicker()
        self._counter = Text(tone=Tone.SECONDARY, size="small")
        self._counter.setWordWrap(False)
        self._send = Button(self.tr("Send"), variant=Variant.PRIMARY, icon=Icon.SEND)
        self._attach = IconButton(Icon.ADD, self.tr("Add files"), shortcut="Ctrl+O")
        self._lay_out()
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.text_area)
        self._show_button()
        self._show_count()

    @property
    def text(self) -> str:
        return self.text_area.toPlainText()

    @property
    def has_words(self) -> bool:
        return self.text_area.has_words

    def set_text(self, text: str) -> None:
        """Show another draft; `edited` is not told."""
        self._is_loading = True
        self.text_area.setPlainText(text)
        self._is_loading = False
        self.text_area.moveCursor(QTextCursor.MoveOperation.End)

    def insert(self, text: str) -> None:
        self.text_area.insertPlainText(text)
        self.text_area.ensureCursorVisible()
        self.text_area.setFocus()

    def set_enter_sends(self, *, enter_sends: bool) -> None:
        self.text_area.enter_sends = enter_sends
        self._show_button()

    def set_answering(self, *, answering: bool) -> None:
        if answering != self._is_answering:
            self._is_answering = answering
            self._show_button()

    def set_catalog(self, catalog: Catalog) -> None:
        self.model_picker.set_catalog(catalog)

    def set_model(self, model_id: str) -> None:
        self.model_picker.set_model(model_id)

    def open_models(self) -> None:
        self.model_picker.open_menu()

    def _lay_out(self) -> None:
        margin = theme.GRID + theme.GRID // 2
        self.box.setContentsMargins(margin, margin, theme.GRID, theme.GRID)
        self.box.setSpacing(theme.GRID // 2)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID // 2)
        row.addWidget(self._attach)
        row.addWidget(self.model_picker)
        row.addStretch(1)
        row.addWidget(self._counter)
        row.addSpacing(theme.GRID // 2)
        row.addWidget(self._send)
        self.add(self.text_area, row)

    def _connect(self) -> None:
        self.text_area.textChanged.connect(self._on_text_changed)
        self.text_area.submitted.connect(self._on_submitted)
        self.text_area.escaped.connect(self.stop_requested)
        self.text_area.files_pasted.connect(self.files_given)
        self._send.clicked.connect(self._on_send_clicked)
        self._attach.clicked.connect(self.attach_requested)
        self.model_picker.picked.connect(self.model_picked)

    def _on_text_changed(self) -> None:
        self._show_count()
        if not self._is_loading:
            self.edited.emit()

    def _on_submitted(self) -> None:
        if not self._is_answering and self.has_words:
            self.submitted.emit(self.text)

    def _on_send_clicked(self) -> None:
        """The second half of a double click on Send does not stop what the first began."""
        if not self._is_answering:
            self._double_click.setRemainingTime(QApplication.doubleClickInterval())
            self._on_submitted()
        elif self._double_click.hasExpired():
            self.stop_requested.emit()

    def _show_count(self) -> None:
        characters = self.text_area.document().characterCount() - 1
        words = self.tr("{number} characters").format(number=format.count(characters))
        self._counter.setText(words if characters >= COUNTED_FROM_CHARACTERS else "")
        self._send.setEnabled(self._is_answering or self.has_words)

    def _show_button(self) -> None:
        """One button: it sends, and while an answer comes it stops that."""
        stop = self._is_answering
        self._send.setText(self.tr("Stop") if stop else self.tr("Send"))
        name = self.tr("Stop the answer") if stop else self.tr("Send message")
        self._send.setAccessibleName(name)
        self._send.setToolTip(f"{name} ({self._keys()})")
        self._send.set_icon(Icon.STOP if stop else Icon.SEND)
        self._send.set_variant(Variant.NORMAL if stop else Variant.PRIMARY)
        self._send.setEnabled(stop or self.has_words)

    def _keys(self) -> str:
        if self._is_answering:
            return self.tr("Esc")
        return self.tr("Enter") if self.text_area.enter_sends else self.tr("Ctrl+Enter")
