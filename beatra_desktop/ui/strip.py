"""A calm line across the window, or a pane of it, for as long as something is so."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import IconLabel, Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone


class Strip(Pane):
    """Takes no room while it says nothing; buttons are added behind its words."""

    said = Signal()
    """It says something else, or nothing."""

    def __init__(
        self, icon: Icon, *, tone: Tone = Tone.SECONDARY, parent: QWidget | None = None
    ) -> None:
        super().__init__(Ground.RAISED, horizontal=True, margin_px=theme.GRID, parent=parent)
        self._words = Text(size="small")
        self.add(IconLabel(icon, "", tone=tone))
        self.box.addWidget(self._words, stretch=1)
        self.say("")

    @property
    def words(self) -> str:
        return self._words.text()

    def say(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.said.emit()
