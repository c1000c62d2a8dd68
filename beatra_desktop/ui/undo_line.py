"""One line that says what was just done and takes it back."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Variant


class UndoLine(Pane):
    """Takes no room until there is something to take back."""

    def __init__(self, *, stays_ms: int | None = None, parent: QWidget | None = None) -> None:
        """It stays until it is used or dismissed, or for so long."""
        super().__init__(Ground.WINDOW, horizontal=True, margin_px=theme.GRID, parent=parent)
        self.setProperty("rounded", "true")
        self._undo: Callable[[], None] | None = None
        self._words = Text(size="small")
        self.button = Button(self.tr("Undo"), variant=Variant.LINK, icon=Icon.UNDO)
        self._close = IconButton(Icon.CLOSE, self.tr("Dismiss"))
        self.box.addWidget(self._words, stretch=1)
        self.add(self.button, self._close)
        self.button.clicked.connect(self._on_undo_clicked)
        self._close.clicked.connect(self.clear)
        self._stays_ms = stays_ms
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.clear)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def offer(self, words: str, undo: Callable[[], None]) -> None:
        """Say what was done; `undo` takes it back, once."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self._undo = undo
        self.show()
        if self._stays_ms is not None:
            self._timer.start(self._stays_ms)

    def clear(self) -> None:
        self._timer.stop()
        self._undo = None
        self._words.setText("")
        self.hide()

    def _on_undo_clicked(self) -> None:
        undo = self._undo
        self.clear()
        if undo is not None:
            undo()
