"""Grounds, sections and empty places."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import IconLabel, Text
from beatra_desktop.ui.styling import Ground, Tone

EMPTY_STATE_WIDTH_PX: Final = 320
EMPTY_ICON_PX: Final = 32


class Pane(QFrame):
    """A ground with things on it, one below the other or side by side."""

    def __init__(
        self,
        ground: Ground,
        *,
        horizontal: bool = False,
        margin_px: int = 2 * theme.GRID,
        spacing_px: int = theme.GRID,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", ground.value)
        self.box = QHBoxLayout(self) if horizontal else QVBoxLayout(self)
        self.box.setContentsMargins(margin_px, margin_px, margin_px, margin_px)
        self.box.setSpacing(spacing_px)

    def add(self, *items: QWidget | QLayout) -> None:
        for item in items:
            if isinstance(item, QWidget):
                self.box.addWidget(item)
            else:
                self.box.addLayout(item)


class Card(Pane):
    """A bordered, rounded ground; `name` is what a screen reader says of the group."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CARD, parent=parent)
        self.setAccessibleName(name)


class SectionHeader(QWidget):
    """The name of a section, with room for a badge or buttons at its end."""

    def __init__(self, text: str, *trailing: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Text(text, weight="strong")
        self._label.setWordWrap(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self._label)
        row.addStretch(1)
        for widget in trailing:
            row.addWidget(widget)

    def set_text(self, text: str) -> None:
        self._label.setText(text)


class EmptyState(QScrollArea):
    """What a place says while nothing is in it, and what could be done; scrolls if it must."""

    def __init__(
        self,
        icon: Icon,
        title: str,
        sentence: str,
        *actions: Button,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, widgetResizable=True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = Text(title, weight="strong")
        self.sentence = Text(sentence, tone=Tone.SECONDARY)
        inner = QWidget()
        self._inner = inner
        self._fit()
        theme.notifier().changed.connect(self._fit)
        column = QVBoxLayout(inner)
        column.setSpacing(theme.GRID)
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(IconLabel(icon, "", size_px=EMPTY_ICON_PX), alignment=centre)
        for label in (self.title, self.sentence):
            label.setAlignment(centre)
            column.addWidget(label)
        for action in actions:
            column.addWidget(action, alignment=centre)
        column.addStretch(1)
        page = QWidget()
        page.setProperty("plain", "true")
        row = QHBoxLayout(page)
        row.addStretch(1)
        row.addWidget(inner, stretch=EMPTY_STATE_WIDTH_PX)
        row.addStretch(1)
        self.setWidget(page)

    def _fit(self) -> None:
        self._inner.setMaximumWidth(theme.scaled(EMPTY_STATE_WIDTH_PX))
