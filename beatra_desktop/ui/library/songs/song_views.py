"""The two views of the songs on show: cards side by side, and rows."""

from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from beatra_desktop.ui import drag_out, theme
from beatra_desktop.ui.card_grid import CardGrid
from beatra_desktop.ui.library.songs.song import Song
from beatra_desktop.ui.library.songs.song_delegates import (
    LINE_GAP_PX,
    ROW_PADDING_PX,
    CardDelegate,
    RowDelegate,
    card_size,
)
from beatra_desktop.ui.library.songs.song_model import SongModel, song_at
from beatra_desktop.ui.library.songs.waves import Waves
from beatra_desktop.ui.long_list import LongList
from beatra_desktop.ui.styling import Ground
from beatra_desktop.ui.text_measure import line_px

KEPT_SELECTED: Final = 2000
"""A larger selection is given up when the list is made anew."""


class Selection:
    """What is selected in a view of songs, kept when the list is made anew."""

    def __init__(self, view: QAbstractItemView, model: SongModel) -> None:
        self._view = view
        self._model = model
        self._kept: tuple[list[str], str, int] = ([], "", 0)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)

    @property
    def songs(self) -> list[Song]:
        """In the order on show."""
        spans = self._spans()
        rows = sorted(row for first, last in spans for row in range(first, last + 1))
        return [self._model.song(row) for row in rows]

    @property
    def count(self) -> int:
        """How many songs are selected."""
        return sum(last - first + 1 for first, last in self._spans())

    def _spans(self) -> list[tuple[int, int]]:
        """First and last rows of what is selected: few even where many songs are."""
        selection = self._view.selectionModel().selection()
        parts = (selection.at(number) for number in range(selection.count()))
        return [(part.top(), part.bottom()) for part in parts]

    @property
    def current(self) -> Song | None:
        index = self._view.currentIndex()
        return song_at(index) if index.isValid() else None

    def choose(self, song_ids: list[str], *, current: str = "") -> None:
        """Select these, as far as they are on show."""
        selection = QItemSelection()
        indexes = [
            index for song_id in song_ids if (index := self._model.index_of(song_id)).isValid()
        ]
        for index in indexes:
            selection.select(index, index)
        model, flag = self._view.selectionModel(), QItemSelectionModel.SelectionFlag
        at = self._model.index_of(current) if current else QModelIndex()
        if not at.isValid() and indexes:
            at = indexes[0]
        if at.isValid():
            model.setCurrentIndex(at, flag.NoUpdate)
        model.select(selection, flag.ClearAndSelect)

    def _keep(self) -> None:
        songs = self.songs
        ids = [song.id for song in songs] if len(songs) <= KEPT_SELECTED else []
        current = self.current
        place = self._view.verticalScrollBar().value()
        self._kept = (ids, current.id if current else "", place)

    def _restore(self) -> None:
        ids, current, place = self._kept
        if ids:
            self.choose(ids, current=current)
        self._view.verticalScrollBar().setValue(place)


class SongGrid(CardGrid):
    def __init__(
        self, name: str, model: SongModel, waves: Waves, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, least=card_size, ground=Ground.SURFACE, parent=parent)
        self.cards = CardDelegate(waves, parent=self)
        self.setModel(model)
        self.setItemDelegate(self.cards)
        _dress(self)
        self.selection = Selection(self, model)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        drag_out.start(self, [song.piece for song in self.selection.songs])


class SongTable(LongList):
    def __init__(
        self, name: str, model: SongModel, waves: Waves, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            name, padding_px=ROW_PADDING_PX, small_lines=1, ground=Ground.SURFACE, parent=parent
        )
        self.rows = RowDelegate(waves, parent=self)
        self.setModel(model)
        self.setItemDelegate(self.rows)
        _dress(self)
        self.selection = Selection(self, model)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        drag_out.start(self, [song.piece for song in self.selection.songs])

    def _fit_rows(self) -> None:
        lines = line_px(theme.strong_font()) + line_px(theme.small_font())
        self.verticalHeader().setDefaultSectionSize(lines + LINE_GAP_PX + 2 * ROW_PADDING_PX)


def _dress(view: QAbstractItemView) -> None:
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setMouseTracking(True)
    view.setDragEnabled(True)
    view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
    view.setDefaultDropAction(Qt.DropAction.CopyAction)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
