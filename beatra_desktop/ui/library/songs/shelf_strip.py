"""All songs, the playlists and the trash side by side: chips that songs can be dropped on."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QWidget

from beatra_desktop.domain.collection import Playlist
from beatra_desktop.ui import drag_out, format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.library.songs.song import song_count
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Variant, set_style

ALL: Final = ""
TRASH: Final = "trash"


class ShelfChip(Button):
    """`dropped(clip_ids)` for a playlist's chip, `menu_requested` at a place on the screen."""

    dropped = Signal(list)
    menu_requested = Signal(QPoint)

    def __init__(self, name: str, icon: Icon, *, takes_songs: bool = False) -> None:
        super().__init__("", variant=Variant.CHIP, icon=icon)
        self._name = name
        self.setCheckable(True)
        self.setAcceptDrops(takes_songs)

    def show_count(self, name: str, count: int) -> None:
        self._name = name
        short = format.short_name(name).replace("&", "&&")
        self.setText(f"{short}  {format.count(count)}" if count else short)
        self.setAccessibleName(format.listed((name, song_count(count))))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if drag_out.clip_ids(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            set_style(self, "dropping", "true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_style(self, "dropping", "false")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        set_style(self, "dropping", "false")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(drag_out.clip_ids(event.mimeData()))


class ShelfStrip(Pane):
    """`chosen(shelf)`: ALL, TRASH or a playlist's id. The playlists scroll when they are many."""

    chosen = Signal(str)
    dropped = Signal(str, list)
    """Songs on a playlist, by its id."""
    playlist_requested = Signal(list)
    """A new playlist is wanted, with these songs."""
    menu_requested = Signal(str, QPoint)
    """For a playlist or the trash."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(
            Ground.SURFACE, horizontal=True, margin_px=0, spacing_px=theme.GRID // 2, parent=parent
        )
        self.setAccessibleName(self.tr("Playlists"))
        self._area = QScrollArea()
        self._chips: dict[str, ShelfChip] = {}
        self._group = QButtonGroup(self)
        self.all = self._made(ALL, self.tr("All songs"), Icon.MUSIC)
        self.trash = self._made(TRASH, self.tr("Trash"), Icon.DELETE)
        self.new = ShelfChip("", Icon.PLAYLIST_ADD, takes_songs=True)
        self.new.setCheckable(False)
        self.new.setAccessibleName(self.tr("New playlist"))
        self.new.setToolTip(self.tr("New playlist; drop songs here to begin with them"))
        self._lay_out()
        self.new.clicked.connect(lambda: self.playlist_requested.emit([]))
        self.new.dropped.connect(self.playlist_requested)
        self._group.buttonClicked.connect(self._on_clicked)
        theme.notifier().changed.connect(self._fit)
        self.all.setChecked(True)

    @property
    def shelf(self) -> str:
        return next((shelf for shelf, chip in self._chips.items() if chip.isChecked()), ALL)

    def chip(self, shelf: str) -> ShelfChip:
        return self._chips[shelf]

    def choose(self, shelf: str) -> None:
        """Check a shelf without telling `chosen`; all songs when there is none of that name."""
        chip = self._chips.get(shelf, self.all)
        chip.setChecked(True)
        self._area.ensureWidgetVisible(chip)

    def show_playlists(self, playlists: list[Playlist]) -> None:
        known = {playlist.id: playlist for playlist in playlists}
        for shelf in set(self._chips) - set(known) - {ALL, TRASH}:
            chip = self._chips.pop(shelf)
            self._group.removeButton(chip)
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for place, (shelf, playlist) in enumerate(known.items()):
            chip = self._chips.get(shelf) or self._made_list(playlist)
            self._row.insertWidget(place + 1, chip)
            chip.show_count(playlist.name, len(playlist.clip_ids))

    def show_counts(self, *, songs: int, trashed: int) -> None:
        self.all.show_count(self.tr("All songs"), songs)
        self.trash.show_count(self.tr("Trash"), trashed)

    def _made(self, shelf: str, name: str, icon: Icon) -> ShelfChip:
        chip = ShelfChip(name, icon, takes_songs=shelf not in (ALL, TRASH))
        chip.show_count(name, 0)
        self._chips[shelf] = chip
        self._group.addButton(chip)
        return chip

    def _made_list(self, playlist: Playlist) -> ShelfChip:
        chip, shelf = self._made(playlist.id, playlist.name, Icon.PLAYLIST), playlist.id
        chip.dropped.connect(lambda ids: self.dropped.emit(shelf, ids))
        chip.menu_requested.connect(lambda place: self.menu_requested.emit(shelf, place))
        return chip

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("plain", "true")
        self._row = QHBoxLayout(inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GRID // 2)
        self._row.addWidget(self.all)
        self._row.addStretch(1)
        area = self._area
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        self.box.setContentsMargins(theme.GRID, 0, theme.GRID, theme.GRID // 2)
        self.box.addWidget(area, stretch=1)
        self.add(self.new, self.trash)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._area.setFixedHeight(self.all.sizeHint().height() + 2)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.shelf)
