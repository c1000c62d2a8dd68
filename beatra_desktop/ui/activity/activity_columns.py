"""Keeps the columns of the activity table as the user wants them and as there is room for."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QTableView

from beatra_desktop.domain.records import replace
from beatra_desktop.ui.activity import columns
from beatra_desktop.ui.activity.column_header import ColumnHeader
from beatra_desktop.ui.activity.column_state import ColumnState
from beatra_desktop.ui.activity.columns import MAXIMUM_WIDTH_PX, Column


class ActivityColumns(QObject):
    """`changed` when there is something new to remember."""

    changed = Signal()

    def __init__(self, view: QTableView, header: ColumnHeader) -> None:
        super().__init__(view)
        self._view, self._header = view, header
        self._state = ColumnState()
        self._adjusts = False
        header.setMaximumSectionSize(MAXIMUM_WIDTH_PX)
        header.sectionMoved.connect(self._on_moved)
        header.sectionResized.connect(self._on_resized)
        header.sectionHandleDoubleClicked.connect(self._on_handle_double_clicked)
        header.sortIndicatorChanged.connect(self._on_sorted)
        header.widened.connect(self._on_widened)
        header.released.connect(self.fit)

    @property
    def state(self) -> ColumnState:
        return self._state

    def restore(self, state: ColumnState) -> None:
        self._state = state
        self._adjusts = True
        for visual, column in enumerate(state.order):
            self._header.moveSection(self._header.visualIndex(column), visual)
        self._adjusts = False
        order = Qt.SortOrder.DescendingOrder if state.is_descending else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(state.sorted_by, order)
        self.fit()

    def fit(self) -> None:
        """Hide what has no room, and give the names what is left.

        The room of the scroll bar stays free, so that nothing moves when it comes.
        """
        room = self._view.width() - self._view.verticalScrollBar().sizeHint().width()
        widths = {column: self._width(column) for column in Column}
        least = columns.least_name_width_px(room)
        widths[Column.NAME] = self._state.widths_px.get(Column.NAME, least)
        wanted = [column for column in Column if column not in self._state.hidden]
        shown = columns.fitting(wanted, widths, room)
        left = room - sum(widths[column] for column in shown if column is not Column.NAME)
        is_free = Column.NAME not in self._state.widths_px
        if is_free:
            widths[Column.NAME] = max(widths[Column.NAME], left)
        self._adjusts = True
        for column in Column:
            self._header.setSectionHidden(column, column not in shown)
            self._header.resizeSection(column, widths[column])
        self._adjusts = False
        overflows = sum(widths[column] for column in shown) > room
        self._header.setStretchLastSection(not is_free and not overflows)
        self._view.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if overflows
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )

    def has_room(self, column: Column) -> bool:
        """Whether a wanted column is on show."""
        return not self._header.isSectionHidden(column)

    def show_column(self, column: Column, *, shown: bool) -> None:
        hidden = self._state.hidden
        self._change(hidden=hidden - {column} if shown else hidden | {column})

    def menu(self) -> QMenu:
        """Which columns are on show, and what the rows are sorted by."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in self._state.order:
            if column is not Column.NAME:
                self._add_switch(menu, column)
        menu.addSeparator()
        by = menu.addMenu(self.tr("Sort by"))
        for column in self._state.order:
            action = by.addAction(columns.title(column))
            action.setCheckable(True)
            action.setChecked(column is self._state.sorted_by)
            action.triggered.connect(self._sorting(column))
        menu.addAction(self.tr("Columns as at first")).triggered.connect(self._on_reset)
        return menu

    def _add_switch(self, menu: QMenu, column: Column) -> None:
        is_wanted = column not in self._state.hidden
        name = columns.title(column)
        if is_wanted and not self.has_room(column):
            name = self.tr("{column} (no room now)").format(column=name)
        action = menu.addAction(name)
        action.setCheckable(True)
        action.setChecked(is_wanted)
        action.toggled.connect(lambda shown: self.show_column(column, shown=shown))

    def _sorting(self, column: Column) -> Callable[[], None]:
        return lambda: self._header.sort_by(column)

    def _width(self, column: Column) -> int:
        return self._state.widths_px.get(column, columns.usual_width_px(column))

    def _change(self, **fields: object) -> None:
        self._state = replace(self._state, **fields)  # type: ignore[arg-type]  # by name
        self.fit()
        self.changed.emit()

    def _on_reset(self) -> None:
        self.restore(ColumnState())
        self.changed.emit()

    def _on_moved(self, _section: int, _before: int, _after: int) -> None:
        if not self._adjusts:
            order = (Column(self._header.logicalIndex(visual)) for visual in range(len(Column)))
            self._state = replace(self._state, order=tuple(order))
            self.changed.emit()

    def _on_resized(self, section: int, _before: int, width: int) -> None:
        """By the mouse, which still holds it: the others give way when it lets go."""
        if not self._adjusts and width:
            widths = {**self._state.widths_px, Column(section): width}
            self._state = replace(self._state, widths_px=widths)
            self.changed.emit()

    def _on_widened(self, section: int, width: int) -> None:
        self._change(widths_px={**self._state.widths_px, Column(section): width})

    def _on_handle_double_clicked(self, section: int) -> None:
        widths = {of: px for of, px in self._state.widths_px.items() if of != section}
        self._change(widths_px=widths)

    def _on_sorted(self, section: int, order: Qt.SortOrder) -> None:
        is_descending = order is Qt.SortOrder.DescendingOrder
        self._state = replace(self._state, sorted_by=Column(section), is_descending=is_descending)
        self.changed.emit()
