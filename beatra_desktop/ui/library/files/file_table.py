"""The table of files: columns that are remembered, rows that can be dragged out."""

from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from beatra_desktop.domain.uploads import KnownFile
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.ui import icons, mirroring, theme
from beatra_desktop.ui.activity.column_header import ColumnHeader
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.library.files import file_text
from beatra_desktop.ui.library.files.file_model import FileModel, Index
from beatra_desktop.ui.library.files.file_text import Column
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.opaque_ground import OpaqueGround
from beatra_desktop.ui.row_list import draw_line
from beatra_desktop.ui.styling import Ground, Tone, paint_selection, tone_colour

COLUMNS_STATE: Final = "files_columns"
PADDING_PX: Final = 9
INSET_PX: Final = 8
ICON_COLUMN_PX: Final = 24
_WIDTHS: Final = {
    Column.NAME: 166, Column.STATE: 106, Column.PURPOSE: 90, Column.KIND: 100, Column.SIZE: 78,
    Column.UPLOADED: 96, Column.USED: 80, Column.PROFILE: 110, Column.RIGHTS: 140,
    Column.ARTIFACT: 180, Column.HASH: 180,
}  # fmt: skip
_HIDDEN: Final = (Column.PROFILE, Column.RIGHTS, Column.ARTIFACT, Column.HASH, Column.KIND)
_FIGURES: Final = (Column.SIZE, Column.UPLOADED, Column.RIGHTS)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FileDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        file, column = record_of(index, KnownFile), Column(index.column())
        painter.save()
        painter = mirroring.within(painter, option.rect)
        _paint_cell_ground(painter, option, index)
        words = option.rect.adjusted(INSET_PX, 0, -INSET_PX, 0)
        tone = Tone.NEUTRAL if column is Column.NAME else Tone.SECONDARY
        if column in (Column.NAME, Column.STATE):
            icon, tone = _sign(file, column)
            size = icons.current_px()
            drawn = icons.pixmap(icon, tone_colour(tone, theme.current()), size_px=size)
            top = words.center().y() - size // 2 + 1
            painter.drawPixmap(words.left(), top, drawn)
            words.setLeft(words.left() + theme.scaled_sign(ICON_COLUMN_PX))
        is_quiet = column is not Column.NAME and tone in (Tone.SECONDARY, Tone.SUCCESS)
        colour = Tone.SECONDARY if is_quiet else Tone.NEUTRAL
        painter.setPen(tone_colour(colour, theme.current()))
        painter.setFont(theme.figures_font() if column in _FIGURES else theme.body_font())
        if column is Column.SIZE:
            ends = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(words, ends, str(index.data()))
        else:
            draw_line(painter, words, str(index.data()))
        painter.restore()


class FileTable(QTableView):
    """`changed` when other files are selected, or a selected one is not as it was."""

    changed = Signal()
    activated_file = Signal()
    """Enter or a double click on the current one."""
    removal_requested = Signal()
    copy_requested = Signal()
    menu_requested = Signal(QPoint)
    ordered = Signal(int, bool)
    """The column the files are to be ordered by, and whether the last one comes first."""

    def __init__(
        self, model: FileModel, settings: SettingsService, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._settings = settings
        self._ground = OpaqueGround(self, Ground.SURFACE)
        self._kept: tuple[list[str], str, int] = ([], "", 0)
        self.setAccessibleName(self.tr("Files"))
        self._text_px = theme.body_font().pixelSize()
        self.head = ColumnHeader(
            self.tr("Columns"), is_number=lambda section: Column(section) is Column.SIZE
        )
        self.setHorizontalHeader(self.head)
        model.modelAboutToBeReset.connect(self._keep)
        self.setModel(model)
        self.setItemDelegate(FileDelegate(self))
        self._dress()
        self._set_up_header()
        self._connect()
        self._fit_rows()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._ground.fill(event)
        super().paintEvent(event)

    @property
    def selected(self) -> list[KnownFile]:
        """In the order of the table."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        return [self._model.file(row) for row in sorted(rows)]

    def choose(self, file_id: str) -> None:
        index = self._model.index_of(file_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def columns_menu(self) -> QMenu:
        """Which columns are on show; the name always is."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in list(Column)[1:]:
            action = menu.addAction(file_text.heading(column))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.toggled.connect(
                lambda shown, column=column: self._show_column(column, shown=shown)
            )
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removal_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() in _ENTER:
            self.activated_file.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.selected:
            by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            row = self.visualRect(self.currentIndex()).bottomLeft()
            place = self.viewport().mapToGlobal(row) if by_key else event.globalPos()
            self.menu_requested.emit(place)

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _set_up_header(self) -> None:
        header = self.head
        header.setStretchLastSection(True)
        header.setSortIndicator(Column.UPLOADED, Qt.SortOrder.DescendingOrder)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, theme.scaled(width))
            self.setColumnHidden(column, column in _HIDDEN)
        state = self._settings.ui_state(COLUMNS_STATE)
        if state:
            header.restoreState(QByteArray.fromBase64(state.encode()))

    def _connect(self) -> None:
        header = self.head
        header.sortIndicatorChanged.connect(self._on_order_changed)
        for signal in (header.sectionResized, header.sectionMoved):
            signal.connect(self._store_columns)
        header.menu_requested.connect(self._on_header_menu_requested)
        header.widened.connect(self.setColumnWidth)
        self.doubleClicked.connect(self.activated_file)
        self.selectionModel().selectionChanged.connect(self.changed)
        self._model.dataChanged.connect(self.changed)
        self._model.modelReset.connect(self._restore)
        theme.notifier().changed.connect(self._on_theme_changed)

    @property
    def order(self) -> tuple[Column, bool]:
        """The column the files are ordered by, and whether the last one comes first."""
        header = self.horizontalHeader()
        is_descending = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        return Column(header.sortIndicatorSection()), is_descending

    def _show_column(self, column: Column, *, shown: bool) -> None:
        self.setColumnHidden(column, not shown)
        if shown:
            usual_px = theme.scaled(_WIDTHS[column])
            self.setColumnWidth(column, max(self.columnWidth(column), usual_px))
        self._store_columns()

    def _store_columns(self, *_sections: int) -> None:
        state = self.horizontalHeader().saveState().toBase64().toStdString()
        self._settings.set_ui_state(COLUMNS_STATE, state)

    def _on_theme_changed(self) -> None:
        """Larger text gets wider columns."""
        before, self._text_px = self._text_px, theme.body_font().pixelSize()
        if self._text_px != before:
            for column in Column:
                if not self.isColumnHidden(column):
                    self.setColumnWidth(column, self.columnWidth(column) * self._text_px // before)
        self._fit_rows()

    def _fit_rows(self) -> None:
        height = QFontMetrics(theme.body_font()).height() + 2 * PADDING_PX
        self.verticalHeader().setDefaultSectionSize(height)

    def _keep(self) -> None:
        selected, current = self.selected, self.currentIndex()
        current_id = record_of(current, KnownFile).id if current.isValid() else ""
        place = self.verticalScrollBar().value()
        self._kept = ([file.id for file in selected], current_id, place)

    def _restore(self) -> None:
        """What was selected is so in another order, too."""
        ids, current_id, place = self._kept
        flag = self.selectionModel().SelectionFlag
        with QSignalBlocker(self.selectionModel()):
            current = self._model.index_of(current_id)
            if current.isValid():
                self.selectionModel().setCurrentIndex(current, flag.NoUpdate)
            for file_id in ids:
                index = self._model.index_of(file_id)
                if index.isValid():
                    self.selectionModel().select(index, flag.Select | flag.Rows)
        self.verticalScrollBar().setValue(place)
        self.changed.emit()

    def _on_order_changed(self, _section: int, _order: Qt.SortOrder) -> None:
        self._store_columns()
        column, is_descending = self.order
        self.ordered.emit(int(column), is_descending)

    def _on_header_menu_requested(self, section: int) -> None:
        left = self.head.sectionViewportPosition(max(0, section))
        place = self.head.mapToGlobal(QPoint(max(0, left), self.head.height()))
        self.columns_menu().popup(place)


def _sign(file: KnownFile, column: Column) -> tuple[Icon, Tone]:
    if column is Column.STATE:
        return file_text.state_look(file)
    is_audio = file.upload.mime_type.startswith("audio/")
    return Icon.FILE_AUDIO if is_audio else Icon.FILE, Tone.SECONDARY


def _paint_cell_ground(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    """Selected rows, and the cell the keyboard is on."""
    shades, state = theme.current(), option.state
    if state & QStyle.StateFlag.State_Selected:
        paint_selection(painter, option.rect, shades)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, shades.hover)
    by_key = QStyle.StateFlag.State_KeyboardFocusChange | QStyle.StateFlag.State_HasFocus
    if state & by_key == by_key:
        painter.setPen(shades.focus)
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
