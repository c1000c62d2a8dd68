"""All songs that were made: searched, filtered, rated, kept in playlists, played and given away."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from beatra_desktop.domain.ids import ClipId, PlaylistId
from beatra_desktop.domain.records import replace
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.library.songs.conversion_bar import ConversionBar
from beatra_desktop.ui.library.songs.details_panel import DetailsPanel
from beatra_desktop.ui.library.songs.filter_bar import FilterBar
from beatra_desktop.ui.library.songs.no_songs import NoSongs
from beatra_desktop.ui.library.songs.playlist_order import dropped, stepped
from beatra_desktop.ui.library.songs.shelf_strip import ALL, TRASH, ShelfStrip
from beatra_desktop.ui.library.songs.song import Song
from beatra_desktop.ui.library.songs.song_actions import SongActions
from beatra_desktop.ui.library.songs.song_filter import Order
from beatra_desktop.ui.library.songs.song_input import SongInput
from beatra_desktop.ui.library.songs.song_menu import SongMenu
from beatra_desktop.ui.library.songs.song_model import SongModel
from beatra_desktop.ui.library.songs.song_rows import SongRows
from beatra_desktop.ui.library.songs.song_views import SongGrid, SongTable
from beatra_desktop.ui.library.songs.status_bar import StatusBar
from beatra_desktop.ui.library.songs.waves import Waves
from beatra_desktop.ui.model_feed import FRAME_MS
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.reveal import reveal
from beatra_desktop.ui.styling import Ground
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.undo_line import UndoLine

WIDE_PX: Final = 760
"""From here on the details stand beside the songs, not below them."""
DETAILS_SHARE: Final = (3, 2)
VIEW_STATE: Final = "songs_view"
ORDER_STATE: Final = "songs_order"
DETAILS_STATE: Final = "songs_details"
_ON: Final = "on"
_TABLE: Final = "table"


class SongsView(Pane):
    play_requested = Signal(str)
    """By the clip's id."""
    play_many_requested = Signal(list)
    """Clips to be played one after the other, by their ids."""
    edit_requested = Signal(str)
    """By the task's id."""
    reference_requested = Signal(str)
    """A song is to be the reference of the next one, by the clip's id."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, margin_px=0, spacing_px=0, parent=parent)
        self._services = services
        self.rows = SongRows(services, parent=self)
        self.filters = FilterBar(models=self.rows.models)
        self.shelves = ShelfStrip()
        self.undo_line = UndoLine()
        self.status = StatusBar()
        self.details = DetailsPanel()
        self.conversions = ConversionBar(services.conversions)
        self.actions_ = SongActions(services, self.undo_line, window=self)
        self.waves = Waves(services.library, is_visible=self._is_visible, parent=self)
        self._model = SongModel(self.rows.rows, parent=self)
        name = self.tr("Songs")
        self.grid = SongGrid(name, self._model, self.waves)
        self.table = SongTable(name, self._model, self.waves)
        self._empty = NoSongs()
        self._views = QStackedWidget()
        self._pages = QStackedWidget()
        self._split = QSplitter()
        self._soon = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._soon.timeout.connect(self._refresh)
        self._found: frozenset[ClipId] | None = None
        self._lay_out()
        self._restore()
        self._connect()
        self._on_playlists()

    @property
    def view(self) -> SongGrid | SongTable:
        """The view on show."""
        return self.grid if self.filters.is_grid else self.table

    @property
    def selected(self) -> list[Song]:
        return self.view.selection.songs

    def take_focus(self) -> None:
        if self.view.isVisible():
            if not self.view.currentIndex().isValid() and self._model.rowCount():
                self.view.setCurrentIndex(self._model.index(0, 0))
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_shelf(self, shelf: str) -> None:
        """Go to all songs, to the trash or to a playlist, by its id."""
        self.shelves.choose(shelf)
        self._show()

    def song_menu(self) -> SongMenu:
        menu = SongMenu(
            self.selected,
            self.actions_,
            play=self._play,
            edit=self.edit_requested.emit,
            follow=self.reference_requested.emit,
            parent=self,
        )
        if self.shelves.shelf == TRASH:
            menu.fill_for_trash()
        else:
            menu.fill(list(self._services.playlists.playlists), shelf=self.shelves.shelf)
        return menu

    def playlist_menu(self, playlist_id: str) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        play, rename, delete = self.tr("Play"), self.tr("Rename…"), self.tr("Delete playlist")
        menu.addAction(play).triggered.connect(lambda: self._play_playlist(playlist_id))
        menu.addAction(rename).triggered.connect(lambda: self.actions_.ask_for_name(playlist_id))
        menu.addSeparator()
        menu.addAction(delete).triggered.connect(lambda: self.actions_.delete_playlist(playlist_id))
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= theme.scaled(WIDE_PX)
        sides = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self._split.orientation() is not sides:
            self._split.setOrientation(sides)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._services.collection.look_for_files()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Find):
            self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        for view in (self.grid, self.table):
            self._views.addWidget(view)
        for page in (self._views, self._empty):
            self._pages.addWidget(page)
        self._split.addWidget(self._pages)
        self._split.addWidget(self.details)
        self._split.setStretchFactor(0, DETAILS_SHARE[0])
        self._split.setStretchFactor(1, DETAILS_SHARE[1])
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.setSizes([300 * share for share in DETAILS_SHARE])
        notes = QVBoxLayout()
        notes.setContentsMargins(theme.GRID, 0, theme.GRID, 0)
        notes.setSpacing(theme.GRID // 2)
        for line in (self.conversions, self.undo_line):
            notes.addWidget(line)
        self.add(self.filters, self.shelves)
        self.box.addWidget(self._split, stretch=1)
        self.add(notes, self.status)

    def _connect(self) -> None:
        self._connect_bars()
        for view, places in ((self.grid, self.grid.cards), (self.table, self.table.rows)):
            self._connect_view(SongInput(view, places.places))
            view.selectionModel().selectionChanged.connect(self._on_selection)
            view.selectionModel().currentChanged.connect(self._on_selection)
        self.rows.refreshed.connect(self._refresh_soon)
        self._model.modelReset.connect(self._refresh_soon)
        self.waves.ready.connect(lambda _clip_id: self.view.viewport().update())
        theme.notifier().changed.connect(self._refresh_soon)
        subscribe(self, self._services.song_search.found, self._on_found)
        subscribe(self, self._services.collection.trash_bytes.changed, self._on_trash_bytes)
        playlists = self._services.playlists.playlists
        for signal in (playlists.inserted, playlists.removed, playlists.changed, playlists.reset):
            subscribe(self, signal, self._on_playlists)
        QShortcut(
            QKeySequence("Ctrl+I"), self, self.filters.details.click,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )  # fmt: skip

    def _connect_bars(self) -> None:
        filters, shelves, status, details = self.filters, self.shelves, self.status, self.details
        filters.changed.connect(self._on_filter)
        filters.searched.connect(self._on_searched)
        filters.switched.connect(self._on_switched)
        filters.details_toggled.connect(self._on_details_toggled)
        shelves.chosen.connect(self._show)
        shelves.dropped.connect(self.actions_.add_to)
        shelves.playlist_requested.connect(self.actions_.ask_for_playlist)
        shelves.menu_requested.connect(lambda shelf, place: self.playlist_menu(shelf).popup(place))
        self.actions_.playlist_made.connect(self.show_shelf)
        self.conversions.reveal_requested.connect(reveal)
        status.clear_requested.connect(filters.clear)
        self._empty.clear.clicked.connect(filters.clear)
        status.play_requested.connect(lambda: self._play(self.selected))
        status.favour_requested.connect(lambda: self.actions_.favour(self.selected))
        status.convert_requested.connect(lambda: self.actions_.ask_to_convert(self.selected))
        status.copy_requested.connect(lambda: self.actions_.copy_files(self.selected))
        status.deletion_requested.connect(self._on_deletion_requested)
        status.restore_requested.connect(lambda: self.actions_.restore(self.selected))
        status.empty_requested.connect(lambda: self.actions_.ask_to_erase(list(self.rows.rows)))
        status.more_requested.connect(self._on_more_requested)
        details.play_requested.connect(self.play_requested)
        details.edit_requested.connect(self.edit_requested)
        details.download_requested.connect(lambda _id: self.actions_.download(self.selected))
        details.locate_requested.connect(self._on_locate_requested)
        details.rated.connect(self._on_star_clicked)
        details.favour_toggled.connect(self._on_heart_clicked)

    def _connect_view(self, by_hand: SongInput) -> None:
        by_hand.play_requested.connect(self._on_play_requested)
        by_hand.rated.connect(lambda stars: self.actions_.rate(self.selected, stars))
        by_hand.star_clicked.connect(self._on_star_clicked)
        by_hand.heart_clicked.connect(self._on_heart_clicked)
        by_hand.favour_requested.connect(lambda: self.actions_.favour(self.selected))
        by_hand.deletion_requested.connect(self._on_deletion_requested)
        by_hand.copy_requested.connect(lambda: self.actions_.copy_files(self.selected))
        by_hand.menu_requested.connect(lambda place: self.song_menu().popup(place))
        by_hand.step_requested.connect(self._on_step_requested)
        by_hand.dropped_before.connect(self._on_dropped_before)
        self.shelves.chosen.connect(lambda _shelf: by_hand.set_reordering(on=self._is_playlist))
        self.actions_.playlist_made.connect(lambda _id: by_hand.set_reordering(on=True))

    @property
    def _is_playlist(self) -> bool:
        return self.shelves.shelf in self._services.playlists.playlists

    def _restore(self) -> None:
        """Show songs as they were shown last."""
        settings = self._services.settings
        self.filters.set_grid(on=settings.ui_state(VIEW_STATE) != _TABLE)
        kept = settings.ui_state(ORDER_STATE)
        if kept in {order.value for order in Order}:
            self.filters.set_order(Order(kept))
        shown = settings.ui_state(DETAILS_STATE) == _ON
        self.filters.details.setChecked(shown)
        self.details.setVisible(shown)
        self._views.setCurrentWidget(self.view)

    def _show(self, *_shelf: str) -> None:
        """Let the rows follow the shelf, the filter and the search."""
        playlist = self._services.playlists.playlists.get(self.shelves.shelf)
        wanted = replace(
            self.filters.filter,
            in_trash=self.shelves.shelf == TRASH,
            playlist=None if playlist is None else playlist.clip_ids,
            found=self._found,
        )
        self.rows.show(wanted, self.filters.order)
        self.filters.orders.setEnabled(playlist is None)
        self._refresh_soon()

    def _refresh_soon(self, *_: object) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _refresh(self) -> None:
        songs, selected = self.rows.rows, self.selected
        living, trashed = self.rows.counts
        self.shelves.show_counts(songs=living, trashed=trashed)
        is_filtered = self.filters.filter.narrows or self._found is not None
        if self.shelves.shelf == TRASH:
            size = self._services.collection.trash_bytes.value
            self.status.show_trash(songs, selected, size_bytes=size)
        else:
            self.status.show_songs(songs, selected, is_filtered=is_filtered)
        self.details.show_song(self.view.selection.current, selected=len(selected))
        self._empty.show_reason(self.shelves.shelf, is_filtered=is_filtered)
        self._pages.setCurrentWidget(self._views if len(songs) else self._empty)

    def _is_visible(self, clip_id: str) -> bool:
        index = self._model.index_of(clip_id)
        cell = self.view.visualRect(index)
        return index.isValid() and self.view.viewport().rect().intersects(cell)

    def _play(self, songs: Sequence[Song]) -> None:
        ids = [song.id for song in songs if song.is_playable]
        if len(ids) == 1:
            self.play_requested.emit(ids[0])
        elif ids:
            self.play_many_requested.emit(ids)

    def _play_playlist(self, playlist_id: str) -> None:
        playlist = self._services.playlists.playlists.get(playlist_id)
        if playlist is not None:
            songs = (self.rows.song(clip_id) for clip_id in playlist.clip_ids)
            self._play([s for s in songs if s is not None and s.clip.deleted_at is None])

    def _on_play_requested(self, song_id: str) -> None:
        song = self.rows.song(song_id)
        if song is not None and song.is_playable:
            self.play_requested.emit(song_id)
        elif song is not None:
            self.filters.details.setChecked(True)  # they say why, and what can be done

    def _on_filter(self) -> None:
        self._services.settings.set_ui_state(ORDER_STATE, self.filters.order.value)
        self._show()

    def _on_searched(self, text: str) -> None:
        self._services.song_search.look_for(text)
        if not text:
            self._found = None
            self._show()

    def _on_found(self, text: str, clip_ids: frozenset[ClipId]) -> None:
        if text == self.filters.search.text():
            self._found = clip_ids
            self._show()

    def _on_switched(self) -> None:
        left = self.table if self.filters.is_grid else self.grid
        ids = [song.id for song in left.selection.songs]
        current = left.selection.current
        self._views.setCurrentWidget(self.view)
        self.view.selection.choose(ids, current=current.id if current else "")
        self.view.scrollTo(self.view.currentIndex())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._services.settings.set_ui_state(VIEW_STATE, "" if self.filters.is_grid else _TABLE)

    def _on_details_toggled(self, shown: bool) -> None:  # Qt's signal
        self.details.setVisible(shown)
        self._services.settings.set_ui_state(DETAILS_STATE, _ON if shown else "")

    def _on_playlists(self, *_rows: int) -> None:
        self.shelves.show_playlists(list(self._services.playlists.playlists))
        if not self._is_playlist and self.shelves.shelf not in (ALL, TRASH):
            self.shelves.choose(ALL)
        self._show()

    def _on_trash_bytes(self, _size: int) -> None:
        self._refresh_soon()

    def _on_selection(self, *_: object) -> None:
        self._refresh_soon()

    def _on_star_clicked(self, song_id: str, stars: int) -> None:
        self._services.collection.rate(ClipId(song_id), stars)

    def _on_heart_clicked(self, song_id: str) -> None:
        song = self.rows.song(song_id)
        if song is not None:
            self.actions_.favour([song])

    def _on_deletion_requested(self) -> None:
        if self.shelves.shelf == TRASH:
            self.actions_.ask_to_erase(self.selected)
        else:
            self.actions_.delete(self.selected)

    def _on_locate_requested(self, song_id: str) -> None:
        song = self.rows.song(song_id)
        if song is not None:
            self.actions_.ask_for_file(song)

    def _on_more_requested(self) -> None:
        place = self.status.more.mapToGlobal(QPoint(0, 0))
        self.song_menu().popup(place)

    def _on_step_requested(self, by: int) -> None:
        order = [song.clip.id for song in self.rows.rows]
        step = stepped(order, [song.clip.id for song in self.selected], by=by)
        if step is not None:
            playlist_id = PlaylistId(self.shelves.shelf)
            self._services.playlists.move(playlist_id, step.moved, before=step.before)

    def _on_dropped_before(self, ids: list[str], before: str) -> None:
        shelf = PlaylistId(self.shelves.shelf)
        clip_ids = [ClipId(clip_id) for clip_id in ids]
        order = [song.clip.id for song in self.rows.rows]
        self._services.playlists.add(shelf, clip_ids)
        step = dropped(order, clip_ids, before=ClipId(before))
        self._services.playlists.move(shelf, step.moved, before=step.before)
