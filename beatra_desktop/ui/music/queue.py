"""All songs asked for: where they stand, their clips, and what can be done with them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from beatra_desktop.domain.ids import TaskId
from beatra_desktop.services import Services
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import Segmented
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.music import task_text
from beatra_desktop.ui.music.queue_rows import QueueRows, Show
from beatra_desktop.ui.music.row_panel import RowPanel
from beatra_desktop.ui.music.song_list import SongList
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.styling import Ground, Variant
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

UNDO_MS: Final = 12_000
_FILTERS: Final[Mapping[Show, str]] = MappingProxyType(
    {
        Show.ALL: QT_TRANSLATE_NOOP("Queue", "All"),
        Show.ACTIVE: QT_TRANSLATE_NOOP("Queue", "Active"),
        Show.DONE: QT_TRANSLATE_NOOP("Queue", "Done"),
        Show.FAILED: QT_TRANSLATE_NOOP("Queue", "Failed"),
    }
)


class UndoStrip(Pane):
    """“Removed” with a way back, for as long as it takes to change one's mind."""

    undone = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.RAISED, horizontal=True, margin_px=theme.GRID, parent=parent)
        self._task_id = ""
        self._words = ElidedLabel()
        self.undo = Button(self.tr("Undo"), variant=Variant.LINK, icon=Icon.UNDO)
        self.box.addWidget(self._words, stretch=1)
        self.add(self.undo)
        self._timer = QTimer(self, singleShot=True, interval=UNDO_MS)
        self._timer.timeout.connect(self.hide)
        self.undo.clicked.connect(self._on_undo_clicked)
        self.hide()

    def offer(self, task_id: str, name: str) -> None:
        self._task_id = task_id
        self._words.setText(self.tr("“{name}” was removed.").format(name=name))
        self.show()
        self._timer.start()

    def _on_undo_clicked(self) -> None:
        self._timer.stop()
        self.hide()
        self.undone.emit(self._task_id)


class Queue(Pane):
    """`active_changed` when the number of songs in the making did."""

    play_requested = Signal(str)
    edit_requested = Signal(str)
    active_changed = Signal(int)

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, margin_px=0, spacing_px=0, parent=parent)
        self._music = services.music
        self._rows = QueueRows(services.music.tasks, services.music.clips, parent=self)
        names = [(show.value, self.tr(text)) for show, text in _FILTERS.items()]
        self.filter = Segmented(self.tr("Which songs to show"), names)
        self.filter.choose(Show.ALL.value)
        self.list = SongList(self._rows)
        self.panel = RowPanel(services.music, services.profiles.catalog)
        self.undo_strip = UndoStrip()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._refresh()

    def show_task(self, task_id: str) -> None:
        """Bring a task into view, whatever was filtered."""
        if task_id not in self._rows.rows:
            self.filter.choose(Show.ALL.value)
            self._rows.show(Show.ALL)
        self.list.choose(task_id)

    @property
    def active_count(self) -> int:
        return self._rows.counts[Show.ACTIVE]

    def _lay_out(self) -> None:
        self._empty = EmptyState(
            Icon.MUSIC,
            self.tr("No songs here"),
            self.tr("Songs you ask for are listed here with all they made."),
        )
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        top = QHBoxLayout()
        top.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID)
        top.addWidget(self.filter)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        bottom.setSpacing(theme.GRID)
        bottom.addWidget(self.undo_strip)
        bottom.addWidget(self.panel)
        self.add(top)
        self.box.addWidget(self._pages, stretch=1)
        self.add(bottom)

    def _connect(self) -> None:
        self.filter.chosen.connect(self._on_filter_chosen)
        self._rows.counts_changed.connect(self._refresh)
        self.list.chosen.connect(self._on_chosen)
        self.list.play_requested.connect(self.play_requested)
        self.panel.play_requested.connect(self.play_requested)
        self.panel.edit_requested.connect(self.edit_requested)
        self.panel.removal_requested.connect(self._on_removal_requested)
        self.panel.created.connect(self.show_task)
        self.undo_strip.undone.connect(self._on_undone)
        self.list.removal_requested.connect(self._on_delete_pressed)

    def _refresh(self) -> None:
        counts = self._rows.counts
        for show, text in _FILTERS.items():
            words = self.tr(text)
            count = counts[show]
            self.filter.set_text(show.value, f"{words} {format.count(count)}" if count else words)
        self._show_page()
        self.active_changed.emit(counts[Show.ACTIVE])

    def _show_page(self) -> None:
        any_row = len(self._rows.rows) > 0
        self._pages.setCurrentWidget(self.list if any_row else self._empty)

    def _on_filter_chosen(self, choice: str) -> None:
        current = self.list.current
        self._rows.show(Show(choice))
        self._show_page()
        if current is not None:
            self.list.choose(current.id)

    def _on_chosen(self, row_id: str) -> None:
        self.panel.show_row(self._rows.rows.get(row_id))

    def _on_delete_pressed(self) -> None:
        if self.panel.remove.isVisible() and self.panel.row is not None:
            self._on_removal_requested(self.panel.row.task.id)

    def _on_removal_requested(self, task_id: str) -> None:
        task = self._music.tasks.get(task_id)
        self._music.remove(TaskId(task_id))
        if task is not None and task_id not in self._music.tasks:
            self.undo_strip.offer(task_id, task_text.name(task))

    def _on_undone(self, task_id: str) -> None:
        self._music.restore(TaskId(task_id))
        self.show_task(task_id)
