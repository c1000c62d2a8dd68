"""A list view that stays quick however many rows it has."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.opaque_ground import OpaqueGround
from beatra_desktop.ui.styling import Ground


class LongList(QTableView):
    """One column of rows of one height.

    A table, because QListView lays out all rows again whenever one changes: 30 ms for 10,000.
    """

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

    def set_small_lines(self, small_lines: int) -> None:
        self._small_lines = small_lines
        self._fit_rows()

    def _fit_rows(self) -> None:
        small = QFontMetrics(theme.small_font()).height() * self._small_lines
        height = self.fontMetrics().height() + small + 2 * self._padding_px
        self.verticalHeader().setDefaultSectionSize(height)
