"""The help: topics with a search at the left, the page at the right; may stay open."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from beatra_desktop.ui import theme
from beatra_desktop.ui.fields import SearchField
from beatra_desktop.ui.help.page_view import PageView
from beatra_desktop.ui.help.topics import Topic, find, topics
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.long_list import LongList
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.row_list import draw_line, paint_ground, row_rect
from beatra_desktop.ui.styling import Ground, Tone

WIDTH_PX: Final = 880
HEIGHT_PX: Final = 640
TOPICS_PX: Final = 272
PADDING_PX: Final = 7
INSET_PX: Final = 10
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class TopicDelegate(QStyledItemDelegate):
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option)
        painter.setFont(theme.body_font())
        painter.setPen(theme.current().text)
        words = row_rect(option.rect).adjusted(INSET_PX, 0, -INSET_PX, 0)
        draw_line(painter, words, index.data())
        painter.restore()


class HelpWindow(QDialog):
    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.search = SearchField(
            self.tr("Search the help"), placeholder=self.tr("Search the help")
        )
        self.search.textChanged.connect(self._on_search)
        self.search.installEventFilter(self)
        self.list = self._make_list()
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
            self._select([topic.name for topic in self._found].index(name))

    def come_forward(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus()
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down in the search walk through what was found."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step and self._found:
                row = self.list.currentIndex().row() + step
                self._select(max(0, min(len(self._found) - 1, row)))
                return True
        return super().eventFilter(watched, event)

    def _make_list(self) -> LongList:
        topics_list = LongList(self.tr("Topics"), padding_px=PADDING_PX)
        self._titles = QStringListModel(topics_list)
        topics_list.setModel(self._titles)
        topics_list.setItemDelegate(TopicDelegate(topics_list))
        topics_list.selectionModel().currentChanged.connect(self._on_topic_chosen)
        return topics_list

    def _lay_out(self) -> None:
        navigation = Pane(Ground.WINDOW, margin_px=0, spacing_px=theme.GRID)
        navigation.setFixedWidth(TOPICS_PX)
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

    def _select(self, row: int) -> None:
        self.list.setCurrentIndex(self._titles.index(row, 0))

    def _on_search(self, search: str) -> None:
        self._found = find(search)
        self._titles.setStringList([topic.title for topic in self._found])
        self._nothing.setVisible(not self._found)
        if self._found:
            self._select(0)

    def _on_topic_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.page.show_topic(self._found[index.row()])
