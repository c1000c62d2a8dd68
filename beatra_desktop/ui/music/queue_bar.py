"""Above the song list: which songs, which words, which order, and what is seldom needed."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.fields import SearchField, Segmented
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.music.queue_row import Show, Sort
from beatra_desktop.ui.styling import below
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

TYPING_MS: Final = 120
_FILTERS: Final[Mapping[Show, str]] = MappingProxyType(
    {
        Show.ALL: QT_TRANSLATE_NOOP("QueueBar", "All"),
        Show.ACTIVE: QT_TRANSLATE_NOOP("QueueBar", "Active"),
        Show.DONE: QT_TRANSLATE_NOOP("QueueBar", "Done"),
        Show.FAILED: QT_TRANSLATE_NOOP("QueueBar", "Failed"),
    }
)
_SORTS: Final[Mapping[Sort, str]] = MappingProxyType(
    {
        Sort.NEWEST: QT_TRANSLATE_NOOP("QueueBar", "Newest first"),
        Sort.OLDEST: QT_TRANSLATE_NOOP("QueueBar", "Oldest first"),
        Sort.TITLE: QT_TRANSLATE_NOOP("QueueBar", "By title"),
        Sort.STATE: QT_TRANSLATE_NOOP("QueueBar", "By state"),
        Sort.LONGEST: QT_TRANSLATE_NOOP("QueueBar", "Longest running first"),
    }
)


class QueueBar(QWidget):
    show_chosen = Signal(str)
    text_changed = Signal(str)
    sort_chosen = Signal(str)
    download_requested = Signal()
    export_requested = Signal()
    table_requested = Signal()
    """The songs are to be shown as a table."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = [(show.value, self.tr(text)) for show, text in _FILTERS.items()]
        self.filter = Segmented(self.tr("Which songs to show"), names)
        self.filter.choose(Show.ALL.value)
        self.search = SearchField(self.tr("Find songs"), placeholder=self.tr("Find songs"))
        self.sort_button = IconButton(Icon.SORT, self.tr("Order"))
        self.more = IconButton(Icon.MORE, self.tr("More"))
        self.sort_menu = QMenu(self)
        self.more_menu = QMenu(self)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._fill_menus()
        self._lay_out()
        self._connect()

    def show_counts(self, counts: Mapping[Show, int]) -> None:
        for show, text in _FILTERS.items():
            words, count = self.tr(text), counts.get(show, 0)
            self.filter.set_text(show.value, f"{words} {format.count(count)}" if count else words)

    def choose_sort(self, sort: Sort) -> None:
        """Mark an order without telling `sort_chosen`."""
        self._sorts[sort].setChecked(True)
        self.sort_button.set_name(self.tr("Order: {name}").format(name=self.tr(_SORTS[sort])))

    def clear(self) -> None:
        """Leave nothing out."""
        self.filter.choose(Show.ALL.value)
        self.search.clear()
        self._tell_text()

    def _fill_menus(self) -> None:
        group = QActionGroup(self)
        self._sorts = {}
        for sort, text in _SORTS.items():
            action = self.sort_menu.addAction(self.tr(text))
            action.setCheckable(True)
            action.triggered.connect(partial(self._on_sort, sort))
            group.addAction(action)
            self._sorts[sort] = action
        self.download = self.more_menu.addAction(self.tr("Download all that is not saved"))
        self.table = self.more_menu.addAction(self.tr("Open as table"))
        self.export = self.more_menu.addAction(self.tr("Export the list…"))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.GRID // 2)
        line.addWidget(self.search, stretch=1)
        line.addWidget(self.sort_button)
        line.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID)
        column.setSpacing(theme.GRID)
        column.addWidget(self.filter)
        column.addLayout(line)

    def _connect(self) -> None:
        self.filter.chosen.connect(self.show_chosen)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._tell_text)
        self._typing.timeout.connect(self._tell_text)
        self.sort_button.clicked.connect(lambda: self.sort_menu.popup(below(self.sort_button)))
        self.more.clicked.connect(lambda: self.more_menu.popup(below(self.more)))
        self.download.triggered.connect(lambda _checked: self.download_requested.emit())
        self.table.triggered.connect(lambda _checked: self.table_requested.emit())
        self.export.triggered.connect(lambda _checked: self.export_requested.emit())

    def _on_sort(self, sort: Sort, _checked: bool = True) -> None:
        self.choose_sort(sort)
        self.sort_chosen.emit(sort.value)

    def _tell_text(self) -> None:
        self._typing.stop()
        self.text_changed.emit(self.search.text())
