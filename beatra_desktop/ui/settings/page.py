"""What all pages of the settings share: groups, and rows of words beside a control."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Card, Pane
from beatra_desktop.ui.styling import Ground, Tone


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


def setting_row(title: str, sentence: str, control: QWidget) -> QHBoxLayout:
    """A setting: its name and what it does at the left, the control at the right."""
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Text(title, weight="strong"))
    if sentence:
        words.addWidget(Text(sentence, tone=Tone.SECONDARY, size="small"))
    row = QHBoxLayout()
    row.setSpacing(2 * theme.GRID)
    row.addLayout(words, stretch=1)
    row.addWidget(control, alignment=Qt.AlignmentFlag.AlignVCenter)
    return row
