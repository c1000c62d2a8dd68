"""What all pages of the settings share: groups, and rows of words beside a control."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Card, Pane
from beatra_desktop.ui.styling import Ground, Tone

WORDS_PX: Final = 180
"""Words that would have less than this beside their control stand above it."""


class SettingsPage(QScrollArea):
    """Scrolls when it is higher than the window; `body` takes the groups."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body = Pane(Ground.SURFACE, margin_px=3 * theme.GRID, spacing_px=theme.GRID)
        self.setWidget(self.body)

    def add_group(self, name: str) -> Card:
        card = Card(name)
        self.add_heading(name)
        self.body.add(card)
        return card

    def add_heading(self, text: str) -> None:
        if self.body.box.count():
            self.body.box.addSpacing(theme.GRID)
        self.body.add(Text(text, tone=Tone.SECONDARY, size="small"))

    def finish(self) -> None:
        """Keep the groups together at the top."""
        self.body.box.addStretch(1)


class SettingRow(QWidget):
    """A setting: its name and what it does, and the control beside it, or below in little room."""

    def __init__(
        self, title: str, sentence: str, control: QWidget, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._control = control
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(title, weight="strong"))
        if sentence:
            words.addWidget(Text(sentence, tone=Tone.SECONDARY, size="small"))
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2 * theme.GRID)
        self._box.addLayout(words, stretch=1)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self._box.addWidget(control, alignment=middle)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the control alone."""
        width = self._control.minimumSizeHint().width()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self._control.sizeHint().width() + self._box.spacing()
        is_beside = self.width() - beside >= theme.scaled(WORDS_PX)
        way = QBoxLayout.Direction
        self._box.setDirection(way.LeftToRight if is_beside else way.TopToBottom)
