"""A list view that stays quick however many rows it has."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.opaque_ground import OpaqueGround
from beatra_desktop.ui.styling import Ground


class LongList(QTableView):
    """One column of rows of one height.

    A table, because QListView lays out all rows again whenever one changes: 30 ms for 10,000.
    """

    _to_paint: tuple[range, ...] = ()
    """Rows that changed places, and what changed since then: Qt leaves that to the layout."""
    _lays_out = True
    """Rows came or went: what changed places is elsewhere now."""

    def __init__(
        self,
        name: str,
        *,
        padding_px: int,
        small_lines: int = 0,
        ground: Ground | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is what a screen reader says; `padding_px` lies above and below a row's text.

        A row has one line, and `small_lines` of small text below it. With a `ground`, on which it
        has to stand, a list scrolls at a fraction of the cost.
        """
        super().__init__(parent)
        self._padding_px = padding_px
        self._small_lines = small_lines
        self._ground = OpaqueGround(self, ground) if ground is not None else None
        self.setAccessibleName(name)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.notifier().changed.connect(self._fit_rows)
        self._fit_rows()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ground is not None:
            self._ground.fill(event)
        super().paintEvent(event)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.rowsMoved.connect(self._note_moved)
            model.dataChanged.connect(self._note_changed)
            for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
                signal.connect(self._note_other_rows)

    def doItemsLayout(self) -> None:
        """Rows of one height need no layout when they change places; Qt paints all of them anew."""
        to_paint, self._to_paint = self._to_paint, ()
        if self._lays_out or not to_paint or not self.isVisible():
            super().doItemsLayout()
        self._lays_out = False
        for rows in to_paint:
            top, height = self.rowViewportPosition(rows.start), self.rowHeight(rows.start)
            self.viewport().update(0, top, self.viewport().width(), height * len(rows))

    def set_small_lines(self, small_lines: int) -> None:
        self._small_lines = small_lines
        self._fit_rows()

    def _note_moved(
        self, _of: QModelIndex, first: int, last: int, _into: QModelIndex, to: int
    ) -> None:
        self._to_paint += (range(min(first, to), max(last + 1, to)),)

    def _note_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if self._to_paint:
            self._to_paint += (range(first.row(), last.row() + 1),)

    def _note_other_rows(self) -> None:
        self._to_paint, self._lays_out = (), True

    def _fit_rows(self) -> None:
        small = QFontMetrics(theme.small_font()).height() * self._small_lines
        height = self.fontMetrics().height() + small + 2 * self._padding_px
        self.verticalHeader().setDefaultSectionSize(height)
