"""“Removed” with a way back."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Variant

UNDO_MS: Final = 12_000


class UndoStrip(Pane):
    """“Removed” with a way back, for as long as it takes to change one's mind."""

    undone = Signal(list)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.RAISED, horizontal=True, margin_px=theme.GRID, parent=parent)
        self._task_ids: list[str] = []
        self._words = ElidedLabel()
        self.undo = Button(self.tr("Undo"), variant=Variant.LINK, icon=Icon.UNDO)
        self.box.addWidget(self._words, stretch=1)
        self.add(self.undo)
        self._timer = QTimer(self, singleShot=True, interval=UNDO_MS)
        self._timer.timeout.connect(self.hide)
        self.undo.clicked.connect(self._on_undo_clicked)
        self.hide()

    def offer(self, task_ids: Sequence[str], name: str) -> None:
        """`name` is that of the first."""
        self._task_ids = list(task_ids)
        one = len(task_ids) == 1
        words = (
            self.tr("“{name}” was removed.").format(name=name)
            if one
            else self.tr("%n songs were removed.", "", len(task_ids))
        )
        self._words.setText(words)
        self.show()
        self._timer.start()

    def _on_undo_clicked(self) -> None:
        self._timer.stop()
        self.hide()
        self.undone.emit(self._task_ids)
