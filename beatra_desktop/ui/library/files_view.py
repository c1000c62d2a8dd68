"""All files that were uploaded, and the artifacts they became."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.profiles import Profile
from beatra_desktop.domain.uploads import KnownFile
from beatra_desktop.services import Services
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.details import DetailsPopover
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.library.files import file_filter, file_text
from beatra_desktop.ui.library.files.file_filter import Show
from beatra_desktop.ui.library.files.file_model import FileModel
from beatra_desktop.ui.library.files.file_panel import FileDeed, FilePanel, deeds
from beatra_desktop.ui.library.files.file_table import FileTable
from beatra_desktop.ui.library.files.filter_bar import FilterBar
from beatra_desktop.ui.ordered_records import OrderedRecords
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.profile_name import profile_name
from beatra_desktop.ui.reveal import reveal
from beatra_desktop.ui.styling import Ground, below
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.undo_line import UndoLine
from beatra_desktop.ui.uploads.clearing import Clearing

SOON_MS: Final = 100
LEAST_PX: Final = 88
"""The height of a head and a row or two."""


class FilesView(Pane):
    reference_requested = Signal(str)
    """An uploaded recording is to be the reference of a song, by the upload's id."""
    song_requested = Signal(str)
    """The song of a task is to be shown, by the task's id."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, margin_px=0, spacing_px=0, parent=parent)
        self._service = services.files
        self._profiles = services.profiles
        self._clearing = Clearing(let_go=self._let_go, over=self._on_clearing_over, parent=self)
        self.filter = FilterBar()
        self._wanted = self.filter.wanted
        self._ordered = OrderedRecords(
            services.files.files,
            key=file_text.key_of(file_text.Column.NAME, self._name_of),
            keep=self._is_shown,
            parent=self,
        )
        model = FileModel(self._ordered.rows, name_of=self._name_of, parent=self)
        self.table = FileTable(model, services.settings)
        self.panel = FilePanel(name_of=self._name_of)
        self.undo_line = UndoLine()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._make_empty_states()
        self._lay_out()
        self._connect()
        self._show_profiles()
        self._on_ordered(*self.table.order)
        self._refresh()

    def take_focus(self) -> None:
        if self.table.model().rowCount() and not self.table.selected:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._clearing.finish()

    def _make_empty_states(self) -> None:
        self._empty = EmptyState(
            Icon.UPLOAD,
            self.tr("No uploads yet"),
            self.tr(
                "Every file that was uploaded is listed here, with what it became. "
                "Drop some anywhere on the window."
            ),
        )
        self.show_all = Button(self.tr("Show all files"))
        self._nothing = EmptyState(
            Icon.SEARCH,
            self.tr("No such file"),
            self.tr("Nothing in the library fits what is searched and filtered."),
            self.show_all,
        )

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        for page in (self.table, self._empty, self._nothing):
            self._pages.addWidget(page)
            # What is not on show does not take the room from what is below.
            page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._pages.setMinimumHeight(LEAST_PX)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(*[theme.GRID + theme.GRID // 2] * 4)
        bottom.setSpacing(theme.GRID)
        bottom.addWidget(self.undo_line)
        bottom.addWidget(self.panel)
        self.add(self.filter)
        self.box.addWidget(self._pages, stretch=1)
        self.add(bottom)

    def _connect(self) -> None:
        self.filter.changed.connect(self._on_filter_changed)
        self.filter.searched.connect(self._service.look_for)
        self.filter.check_requested.connect(self._service.check_all)
        self.filter.columns_requested.connect(self._on_columns_requested)
        self.show_all.clicked.connect(self.filter.clear)
        self.table.ordered.connect(self._on_ordered)
        self.table.changed.connect(self._on_selection_changed)
        self.table.activated_file.connect(self._on_activated)
        self.table.removal_requested.connect(lambda: self._do(FileDeed.FORGET))
        self.table.copy_requested.connect(lambda: self._do(FileDeed.COPY_ID))
        self.table.menu_requested.connect(self._on_menu_requested)
        self.panel.requested.connect(lambda deed: self._do(FileDeed(deed)))
        self.panel.song_requested.connect(self.song_requested)
        self._soon.timeout.connect(self._refresh)
        files = self._service.files
        for signal in (files.inserted, files.removed, files.changed, files.reset):
            subscribe(self, signal, self._refresh_soon)
        for signal in (self._profiles.profiles.inserted, self._profiles.profiles.removed):
            subscribe(self, signal, self._show_profiles)

    def _name_of(self, profile_id: str) -> str:
        profile: Profile | None = self._profiles.profiles.get(profile_id)
        return profile_name(profile) if profile is not None else self.tr("Removed profile")

    def _is_shown(self, file: KnownFile) -> bool:
        return file.id not in self._clearing and self._wanted.takes(file)

    def _let_go(self, file_id: str) -> None:
        file = self._service.files.get(file_id)
        if file is not None:
            self._service.forget(file.upload.id)

    def _refresh_soon(self, *_rows: int) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _refresh(self) -> None:
        wanted = self._wanted
        fitting = (
            file
            for file in self._service.files
            if file.id not in self._clearing and wanted.takes_whatever_state(file)
        )
        counts = file_filter.counts(fitting)
        self.filter.show_counts(counts)
        is_bare = not self.filter.is_narrowing and not counts.get(Show.ALL)
        nothing = self._empty if is_bare else self._nothing
        self._pages.setCurrentWidget(self.table if len(self._ordered.rows) else nothing)
        self.panel.show_files(self.table.selected)

    def _show_profiles(self, *_rows: int) -> None:
        self.filter.show_profiles(list(self._profiles.profiles))

    def _on_filter_changed(self) -> None:
        self._wanted = self.filter.wanted
        column, is_descending = self.table.order
        self._on_ordered(column, is_descending)
        self._refresh()

    def _on_ordered(self, column: int, is_descending: bool) -> None:  # a signal's arguments
        key = file_text.key_of(file_text.Column(column), self._name_of)
        self._ordered.arrange(key=key, descending=is_descending)

    def _on_selection_changed(self) -> None:
        self.panel.show_files(self.table.selected)

    def _on_activated(self) -> None:
        use = FileDeed.USE in deeds(self.table.selected)
        self._do(FileDeed.USE if use else FileDeed.DETAILS)

    def _on_columns_requested(self) -> None:
        self.table.columns_menu().popup(below(self.filter.columns))

    def _on_menu_requested(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for deed in deeds(self.table.selected):
            action = menu.addAction(self.panel.buttons[deed].text())
            action.triggered.connect(lambda _checked=False, deed=deed: self._do(deed))
        menu.popup(place)

    def _do(self, deed: FileDeed) -> None:
        files = self.table.selected
        if deed not in deeds(files):
            return
        ways: Mapping[FileDeed, Callable[[], object]] = {
            FileDeed.USE: lambda: self.reference_requested.emit(files[0].upload.id),
            FileDeed.AGAIN: partial(self._for_each, files, self._service.upload_again),
            FileDeed.REVEAL: lambda: reveal(files[0].upload.path),
            FileDeed.COPY_ID: partial(self._copy_ids, files),
            FileDeed.CHECK: partial(self._for_each, files, self._service.check),
            FileDeed.DETAILS: partial(self._show_details, files[0]),
            FileDeed.FORGET: partial(self._forget, files),
        }
        ways[deed]()

    def _for_each(self, files: list[KnownFile], do: Callable[[UploadId], object]) -> None:
        for file in files:
            do(file.upload.id)

    def _copy_ids(self, files: list[KnownFile]) -> None:
        ids = "\n".join(file.upload.artifact_id or "" for file in files)
        QGuiApplication.clipboard().setText(ids)

    def _show_details(self, file: KnownFile) -> None:
        found = file_text.details(file, self._name_of)
        DetailsPopover(found, parent=self).popup(self.panel.details_place)

    def _forget(self, files: list[KnownFile]) -> None:
        self._clearing.hide(file.id for file in files)
        self._ordered.start_over()
        name = format.isolated(format.short_name(files[0].upload.name))
        one = self.tr("“{name}” is out of the library. The file itself stays where it is.")
        many = self.tr("{n} files are out of the library. They stay where they are.")
        words = one.format(name=name) if len(files) == 1 else many.format(n=len(files))
        self.undo_line.offer(words, self._on_undone)
        self._refresh()

    def _on_undone(self) -> None:
        self._clearing.undo()
        self._ordered.start_over()
        self._refresh()

    def _on_clearing_over(self) -> None:
        self.undo_line.clear()
