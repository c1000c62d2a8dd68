"""The help: topics with a search at the left, the page at the right; may stay open."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from beatra_desktop.ui import dialog_size, theme
from beatra_desktop.ui.fields import SearchField
from beatra_desktop.ui.help.page_view import PageView
from beatra_desktop.ui.help.topics import Topic, find, topics
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone
from beatra_desktop.ui.title_list import TitleList

WIDTH_PX: Final = 880
HEIGHT_PX: Final = 640
TOPICS_PX: Final = 272
TOPICS_SHARE: Final = 0.42
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class HelpWindow(QDialog):
    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        dialog_size.fit(self, width=WIDTH_PX, height=HEIGHT_PX)
        self.search = SearchField(
            self.tr("Search the help"), placeholder=self.tr("Search the help")
        )
        self.search.textChanged.connect(self._on_search)
        self.search.installEventFilter(self)
        self.list = TitleList(self.tr("Topics"))
        self.list.chosen.connect(self._on_topic_chosen)
        self.page = PageView(self.tr("Help page"))
        self.page.topic_requested.connect(self.show_topic)
        self._nothing = Text(self.tr("No page holds all these words."), tone=Tone.SECONDARY)
        self._nothing.hide()
        self._found: list[Topic] = []
        self._lay_out()
        self._on_search("")

    def show_topic(self, name: str) -> None:
        """Open the page with that file name; unknown names are left alone."""
        if name in (topic.name for topic in topics()):
            self.search.clear()
            self.list.choose([topic.name for topic in self._found].index(name))

    def come_forward(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus()
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down in the search walk through what was found."""
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in _STEPS:
            self.list.step(_STEPS[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        navigation = Pane(Ground.WINDOW, margin_px=0, spacing_px=theme.GRID)
        self._navigation = navigation
        theme.notifier().changed.connect(self._fit)
        head = Pane(Ground.WINDOW, margin_px=theme.GRID, spacing_px=theme.GRID)
        head.add(self.search, self._nothing)
        navigation.add(head)
        navigation.box.addWidget(self.list, stretch=1)
        ground = Pane(Ground.SURFACE, margin_px=0)
        ground.add(self.page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(navigation)
        row.addWidget(ground, stretch=1)

    def _fit(self) -> None:
        """The page keeps most of the window."""
        most = round(self.width() * TOPICS_SHARE)
        self._navigation.setFixedWidth(min(theme.scaled(TOPICS_PX), most))

    def _on_search(self, search: str) -> None:
        self._found = find(search)
        self._nothing.setVisible(not self._found)
        self.list.show_titles([(topic.title, "") for topic in self._found])

    def _on_topic_chosen(self, row: int) -> None:
        self.page.show_topic(self._found[row])
