"""All songs asked for: where they stand, their clips, and what can be done with them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import TaskStatus
from beatra_desktop.services import Services
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.cap_question import NO_MORE, ask_if_needed
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.music import task_text
from beatra_desktop.ui.music.bulk_bar import DEEDS, BulkBar
from beatra_desktop.ui.music.drawer import Drawer
from beatra_desktop.ui.music.queue_bar import QueueBar
from beatra_desktop.ui.music.queue_row import QueueRow, Show, Sort
from beatra_desktop.ui.music.queue_rows import QueueRows
from beatra_desktop.ui.music.risk_banner import RiskBanner
from beatra_desktop.ui.music.row_panel import RowPanel
from beatra_desktop.ui.music.song_deeds import Deed, SongDeeds
from beatra_desktop.ui.music.song_list import SongList
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.row_list import Entry, row_menu
from beatra_desktop.ui.styling import Ground
from beatra_desktop.ui.undo_line import UndoLine

SORT_STATE: Final = "queue.sort"
UNDO_MS: Final = 12_000
DRAWER_SHARE: Final = 0.6
"""Of the height, at most, for what is below the list."""


class Queue(Pane):
    """`active_changed` when the number of songs in the making did."""

    play_requested = Signal(str)
    edit_requested = Signal(str)
    reference_requested = Signal(str)
    """A saved clip is to be the reference of the next song."""
    active_changed = Signal(int)
    table_requested = Signal()
    """The songs are to be shown in the activity table."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, margin_px=0, spacing_px=0, parent=parent)
        self._services = services
        self._music = services.music
        self._deeds = SongDeeds(services.music)
        self._rows = QueueRows(services.music.tasks, services.music.clips, parent=self)
        self.bar = QueueBar()
        self.banner = RiskBanner(services.music.at_risk)
        self.list = SongList(self._rows, services.music.estimates)
        self.panel = RowPanel(services)
        self.bulk = BulkBar(self._deeds)
        self.undo_line = UndoLine(stays_ms=UNDO_MS)
        self._drawer = Drawer(self.tr("The chosen song"))
        self._pages = QStackedWidget()
        self._kept = ""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()
        self._restore_sort()
        self._refresh()

    def show_task(self, task_id: str) -> None:
        """Bring a task into view, whatever was filtered."""
        if task_id not in self._rows.rows:
            self.bar.clear()
            self._rows.show(Show.ALL)
            self._rows.find("")
            self._rows.finish()
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
        self._everything = Button(self.tr("Show all songs"))
        self._none_found = EmptyState(
            Icon.SEARCH,
            self.tr("No song fits"),
            self.tr("There are songs, but none with these words and in this state."),
            self._everything,
        )
        for page in (self.list, self._empty, self._none_found):
            self._pages.addWidget(page)
        self._drawer.body.add(self.banner, self.undo_line, self.bulk, self.panel)
        self.add(self.bar)
        self.box.addWidget(self._pages, stretch=1)
        self.add(self._drawer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawer.setMaximumHeight(round(self.height() * DRAWER_SHARE))

    def _connect(self) -> None:
        self.bar.show_chosen.connect(lambda show: self._rows.show(Show(show)))
        self.bar.text_changed.connect(self._rows.find)
        self._rows.rearranging.connect(self._on_rearranging)
        self._rows.rearranged.connect(self._on_rearranged)
        self.bar.sort_chosen.connect(self._on_sort_chosen)
        self.bar.download_requested.connect(self._music.retry_downloads)
        self.bar.table_requested.connect(self.table_requested)
        self.bar.export_requested.connect(self._on_export_requested)
        self._everything.clicked.connect(self._on_everything_clicked)
        self._rows.counts_changed.connect(self._soon.start)
        self._soon.timeout.connect(self._refresh)
        self.list.chosen.connect(self._on_chosen)
        self.list.selection_changed.connect(self._show_bottom)
        self.list.play_requested.connect(self.play_requested)
        self.list.menu_requested.connect(self._on_menu_requested)
        self.list.move_requested.connect(self._on_move_requested)
        self.list.removal_requested.connect(self._on_delete_pressed)
        self.panel.play_requested.connect(self.play_requested)
        self.panel.reference_requested.connect(self.reference_requested)
        self.panel.edit_requested.connect(self._edit)
        self.panel.removal_requested.connect(lambda task_id: self._remove([task_id]))
        self.panel.created.connect(self.show_task)
        self.bulk.requested.connect(lambda deed, ids: self._do(Deed(deed), ids))
        self.bulk.cleared.connect(self._on_bulk_cleared)
        self.panel.keyboard_left.connect(self._take_keyboard)
        self.banner.save_requested.connect(self._music.retry_downloads)

    def _refresh(self) -> None:
        counts = self._rows.counts
        self.bar.show_counts(counts)
        self._show_page()
        self._show_bottom()
        self.active_changed.emit(counts[Show.ACTIVE])

    def _show_page(self) -> None:
        nothing = self._none_found if self._rows.is_narrowed else self._empty
        self._pages.setCurrentWidget(self.list if len(self._rows.rows) else nothing)

    def _show_bottom(self) -> None:
        """One row's panel, or what can be done with several."""
        selected = self.list.selected
        self.bulk.show_rows(selected)
        if len(selected) > 1:
            self.panel.show_row(None)
        elif self.panel.row is None:
            self.panel.show_row(self.list.current)

    def _on_rearranging(self) -> None:
        current = self.list.current
        self._kept = current.id if current is not None else ""

    def _on_rearranged(self) -> None:
        """The current row stays it where it is among the others."""
        self._show_page()
        if self._kept:
            self.list.choose(self._kept)

    def _restore_sort(self) -> None:
        stored = self._services.settings.ui_state(SORT_STATE)
        sort = Sort(stored) if stored in set(Sort) else Sort.NEWEST
        self._rows.sort_by(sort)
        self.bar.choose_sort(sort)

    def _on_sort_chosen(self, choice: str) -> None:
        self._services.settings.set_ui_state(SORT_STATE, choice)
        self._rows.sort_by(Sort(choice))

    def _on_bulk_cleared(self) -> None:
        self.list.choose_none()
        self._take_keyboard()

    def _take_keyboard(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_everything_clicked(self) -> None:
        self.bar.clear()
        self._rows.show(Show.ALL)

    def _on_chosen(self, row_id: str) -> None:
        if len(self.list.selected) <= 1:
            self.panel.show_row(self._rows.rows.get(row_id))

    def _on_move_requested(self, task_id: str, before: str) -> None:
        self._music.move(TaskId(task_id), before=TaskId(before) if before else None)

    def _on_menu_requested(self, index: QModelIndex, place: QPoint) -> None:
        row_menu(self.list, *self._entries(record_of(index, QueueRow))).popup(place)

    def _entries(self, row: QueueRow) -> list[Entry]:
        """Of one row what its panel offers, of several what they have in common."""
        chosen = self.list.selected
        if len(chosen) > 1 and row.id in {other.id for other in chosen}:
            return [
                (self.bulk.tr(DEEDS[deed][0]), "", partial(self._do, deed, ids))
                for deed, ids in self._deeds.offers(chosen).items()
            ]
        self.list.choose(row.id)
        self.panel.show_row(row)
        return [*self.panel.entries, *([] if row.clip is not None else self._moves(row))]

    def _moves(self, row: QueueRow) -> list[Entry]:
        """Up and down in the line, for a song that waits in it."""
        if row.task.status is not TaskStatus.WAITING:
            return []
        return [
            (self.tr("Move up"), "Alt+Up", partial(self.list.move_current, -1)),
            (self.tr("Move down"), "Alt+Down", partial(self.list.move_current, 1)),
        ]

    def _do(self, deed: Deed, ids: Sequence[str]) -> None:
        do = partial(self._deeds.do, deed, ids)
        if deed is Deed.REMOVE:
            self._remove(ids)
        elif deed is Deed.SEND_NOW:
            ask_if_needed(self._services, NO_MORE, then=do, parent=self)
        else:
            do()

    def _on_delete_pressed(self) -> None:
        self._remove(self._deeds.offers(self.list.selected).get(Deed.REMOVE, ()))

    def _remove(self, task_ids: Sequence[str]) -> None:
        first = next((self._music.tasks.get(task_id) for task_id in task_ids), None)
        self._deeds.do(Deed.REMOVE, task_ids)
        gone = [task_id for task_id in task_ids if task_id not in self._music.tasks]
        if first is not None and gone:
            one = self.tr("“{name}” was removed.").format(name=task_text.name(first))
            words = one if len(gone) == 1 else self.tr("%n songs were removed.", "", len(gone))
            self.undo_line.offer(words, partial(self._bring_back, gone))

    def _bring_back(self, task_ids: Sequence[str]) -> None:
        self._music.restore(*map(TaskId, task_ids))
        self.show_task(task_ids[0])

    def _edit(self, task_id: str) -> None:
        """Into the form; what still waits for its turn is taken back for it, free of charge."""
        task = self._music.tasks.get(task_id)
        self.edit_requested.emit(task_id)
        if task is not None and task.status in (TaskStatus.DRAFT, TaskStatus.WAITING):
            self._music.cancel(task.id)
            self._remove([task_id])

    def _on_export_requested(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the list of songs"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("JSON (*.json)"))
        dialog.setDefaultSuffix("json")
        dialog.selectFile("songs.json")
        dialog.fileSelected.connect(lambda path: self._services.song_export.export(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
