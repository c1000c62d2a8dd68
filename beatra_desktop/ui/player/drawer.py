"""What opens above the player: the play queue, lyrics, or two songs side by side."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.player.compare_panel import ComparePanel
from beatra_desktop.ui.player.lyrics_panel import LyricsPanel
from beatra_desktop.ui.player.player import Player
from beatra_desktop.ui.player.queue_panel import QueuePanel
from beatra_desktop.ui.subscriptions import subscribe

COMPARE_PX: Final = 148
"""At least, so that nothing moves when a winner is told."""
LIST_PX: Final = range(120, 233)
LIST_SHARE: Final = 0.25
"""Of the window's height, for what scrolls; within the limits above."""


class Panel(StrEnum):
    QUEUE = "queue"
    LYRICS = "lyrics"
    COMPARE = "compare"


class Drawer(QWidget):
    """Shut at first; one panel is open at a time. `buttons` open and shut them."""

    toggled = Signal()

    def __init__(
        self, services: Services, player: Player, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._player = player
        self.queue = QueuePanel(player)
        self.lyrics = LyricsPanel(player)
        self.compare = ComparePanel(services, player)
        self.buttons = {
            Panel.COMPARE: IconButton(Icon.COMPARE, self.tr("Compare two songs")),
            Panel.LYRICS: IconButton(Icon.LYRICS, self.tr("Lyrics")),
            Panel.QUEUE: IconButton(Icon.PLAYLIST, self.tr("Play queue")),
        }
        self._panels: dict[Panel, Pane] = {
            Panel.QUEUE: self.queue, Panel.LYRICS: self.lyrics, Panel.COMPARE: self.compare,
        }  # fmt: skip
        self._stack = QStackedWidget()
        for pane in self._panels.values():
            self._stack.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, 0)
        column.addWidget(self._stack)
        for panel, button in self.buttons.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, panel=panel: self._on_clicked(panel))
        self.compare.finished.connect(self.shut)
        theme.notifier().changed.connect(self.fit)
        subscribe(self, player.comparing.comparison.changed, self.fit)
        self.hide()

    @property
    def open_panel(self) -> Panel | None:
        return next((each for each, button in self.buttons.items() if button.isChecked()), None)

    def show_panel(self, panel: Panel | None) -> None:
        """Open one, or shut what is open; leaving the comparison ends it."""
        for each, button in self.buttons.items():
            button.setChecked(each is panel)
        if panel is not Panel.COMPARE:
            self._player.finish_comparing()
        if panel is not None:
            self._stack.setCurrentWidget(self._panels[panel])
        self.fit()
        self.setVisible(panel is not None)
        if panel is Panel.COMPARE:
            self.compare.start()
        self.toggled.emit()

    def fit(self, *_news: object) -> None:
        """Take no more of the window than it can spare."""
        wanted = round(self.window().height() * LIST_SHARE)
        listed = max(LIST_PX.start, min(theme.scaled(LIST_PX.stop - 1), wanted))
        compared = max(COMPARE_PX, self.compare.sizeHint().height() + theme.GRID)
        self.setFixedHeight(compared if self.open_panel is Panel.COMPARE else listed)

    def shut(self) -> None:
        self.show_panel(None)

    def _on_clicked(self, panel: Panel) -> None:
        self.show_panel(panel if self.buttons[panel].isChecked() else None)
