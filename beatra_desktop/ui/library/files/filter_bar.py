"""Search and filters above the table of files."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.profiles import Profile
from beatra_desktop.domain.uploads import Purpose
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.fields import SearchField, Segmented, Select
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.library.files import file_text
from beatra_desktop.ui.library.files.file_filter import FileFilter, Show
from beatra_desktop.ui.profile_name import profile_name
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

SEARCH_MS: Final = 120
_SHOWN: Final[Mapping[Show, str]] = MappingProxyType(
    {
        Show.ALL: QT_TRANSLATE_NOOP("FilterBar", "All"),
        Show.MISSING: QT_TRANSLATE_NOOP("FilterBar", "Missing"),
        Show.GONE: QT_TRANSLATE_NOOP("FilterBar", "Gone"),
        Show.UNUSED: QT_TRANSLATE_NOOP("FilterBar", "Unused"),
    }
)


class FilterBar(QWidget):
    changed = Signal()
    """Of `wanted`."""
    searched = Signal(str)
    columns_requested = Signal()
    check_requested = Signal()
    """Of all files."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(
            self.tr("Search the files"), placeholder=self.tr("Name, song, id or hash")
        )
        self.purpose = Select(self.tr("Purpose"))
        self.profile = Select(self.tr("Profile"))
        self.show_choice = Segmented(
            self.tr("Which files to show"),
            [(show.value, self.tr(words)) for show, words in _SHOWN.items()],
        )
        self.check = IconButton(Icon.CHECK_AGAIN, self.tr("Check all files"))
        self.columns = IconButton(Icon.COLUMNS, self.tr("Columns"))
        self._soon = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self.show_choice.choose(Show.ALL.value)
        self._fill_purposes()
        self._lay_out()
        self._connect()

    @property
    def wanted(self) -> FileFilter:
        return FileFilter(
            show=Show(self.show_choice.choice),
            purpose=str(self.purpose.currentData() or ""),
            profile_id=str(self.profile.currentData() or ""),
        )

    @property
    def is_narrowing(self) -> bool:
        return self.wanted != FileFilter() or bool(self.search.text().strip())

    def show_profiles(self, profiles: Sequence[Profile]) -> None:
        """Offer them; a choice of one is none."""
        chosen = self.profile.currentData()
        with QSignalBlocker(self.profile):
            self.profile.clear()
            self.profile.addItem(self.tr("All profiles"), "")
            for profile in profiles:
                self.profile.addItem(profile_name(profile), profile.id)
            self.profile.choose(chosen)
        self.profile.setVisible(len(profiles) > 1)

    def show_counts(self, counts: Mapping[Show, int]) -> None:
        for show, words in _SHOWN.items():
            number = counts.get(show, 0)
            text = self.tr(words)
            self.show_choice.set_text(
                show.value, f"{text} {format.count(number)}" if number else text
            )

    def clear(self) -> None:
        """Show everything again."""
        self.search.clear()
        self.show_choice.choose(Show.ALL.value)
        for select in (self.purpose, self.profile):
            select.setCurrentIndex(0)
        self.changed.emit()

    def _fill_purposes(self) -> None:
        self.purpose.addItem(self.tr("All purposes"), "")
        for purpose in Purpose:
            self.purpose.addItem(file_text.purpose(purpose), purpose.value)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.search, stretch=1)
        for select in (self.purpose, self.profile):
            first.addWidget(select)
        second.addWidget(self.show_choice)
        second.addStretch(1)
        for button in (self.check, self.columns):
            second.addWidget(button)
        column = QVBoxLayout(self)
        margin = 2 * theme.GRID
        column.setContentsMargins(margin, theme.GRID + theme.GRID // 2, margin, theme.GRID)
        for row in (first, second):
            row.setSpacing(theme.GRID)
            column.addLayout(row)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self._soon.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.show_choice.chosen.connect(lambda _choice: self.changed.emit())
        for select in (self.purpose, self.profile):
            select.currentIndexChanged.connect(lambda _row: self.changed.emit())
        self.check.clicked.connect(self.check_requested)
        self.columns.clicked.connect(self.columns_requested)
