"""Text that is kept as it is typed."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import format
from beatra_desktop.ui.music.form_field import FormField
from beatra_desktop.ui.music.text_box import TextBox

KEEP_MS: Final = 400


class KeptText(FormField):
    """`kept(text)` soon after a change, and at once when the field is left or hidden."""

    kept = Signal(str)

    def __init__(
        self, label: str, *, placeholder: str, lines: range, parent: QWidget | None = None
    ) -> None:
        self.box = TextBox(label, placeholder=placeholder, lines=lines)
        super().__init__(label, self.box, parent=parent)
        self.box.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._is_loading = False
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self._keep)
        self.box.textChanged.connect(self._on_text_changed)
        self.box.installEventFilter(self)
        self._show_count()

    @property
    def text(self) -> str:
        return self.box.toPlainText()

    @property
    def is_pending(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._timer.isActive()

    def set_text(self, text: str) -> None:
        """Show another text; `kept` is not told. Cursor and undo stay where nothing changes."""
        if text != self.text:
            self._is_loading = True
            self.box.setPlainText(text)
            self._is_loading = False

    def flush(self) -> None:
        """Keep what was typed now, not a moment later."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.flush()
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        self.kept.emit(self.text)

    def _on_text_changed(self) -> None:
        self._show_count()
        # Not started again by each key: who types without a pause is to be safe too.
        if not self._is_loading and not self._timer.isActive():
            self._timer.start()

    def _show_count(self) -> None:
        number = self.box.document().characterCount() - 1
        self.counter.setText(self.tr("{n} characters").format(n=format.count(number)))
        self.counter.setVisible(number > 0)
