"""The list of models to choose from, made to be typed into."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.catalog import Catalog, Reading
from beatra_desktop.domain.observable import Records
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.chat.model_delegate import ROW_PADDING_PX, ModelDelegate
from beatra_desktop.ui.chat.model_entries import ModelEntry, entries, typed_entry
from beatra_desktop.ui.fields import SearchField
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.list_model import ListModel, record_of
from beatra_desktop.ui.long_list import LongList
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, Variant
from beatra_desktop.ui.tips import tip

WIDTH_PX: Final = 440
ROWS: Final = 9
FEWEST_ROWS: Final = 3
FILTERED_FROM: Final = 9
"""With this many models there is a field to filter them from the start."""
GAP_PX: Final = 4
_STEERING_KEYS: Final = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip
_PICKING_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _EntryModel(ListModel[ModelEntry]):
    """With all of an entry as its tooltip, since long names are cut in the list."""

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.record(index).spoken)
        return super().data(index, role)


class ModelPopover(QWidget):
    """`picked(model_id)` when one is taken; a click elsewhere or Esc closes it.

    Typing filters the list, or names a model that is not in it by its id.
    """

    picked = Signal(str)

    def __init__(self, *, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        # A click on the button that opened it is to close it, not to open it again.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        self.setAccessibleName(self.tr("Models"))
        self._all: list[ModelEntry] = []
        self._chosen = ""
        self._shown: Records[ModelEntry] = Records()
        self._model = _EntryModel(self._shown, describe=lambda entry: entry.spoken, parent=self)
        self.field = SearchField(
            self.tr("Filter the models"), placeholder=self.tr("Filter, or type a model's id")
        )
        self.list = LongList(self.tr("Models"), padding_px=ROW_PADDING_PX)
        self.other = Button(self.tr("Other model…"), variant=Variant.LINK)
        self.status = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self._lay_out()
        self._connect()

    @property
    def shown(self) -> list[ModelEntry]:
        """The entries on show, in their order."""
        return list(self._shown)

    @property
    def current(self) -> ModelEntry | None:
        """The entry that Enter takes."""
        index = self.list.currentIndex()
        return record_of(index, ModelEntry) if index.isValid() else None

    def show_models(
        self, catalog: Catalog, *, chosen: str, leading: ModelEntry | None = None
    ) -> None:
        """List what may be asked, `leading` before all; what is typed and marked stays."""
        self._chosen = chosen
        before = [] if leading is None else [leading]
        self._all = [*before, *entries(catalog, chosen)]
        self._show_field(shown=len(self._all) >= FILTERED_FROM or bool(self.field.text()))
        self._filter()

    def show_reading(self, reading: Reading, *, models: int) -> None:
        """Say how the list stands, in one quiet line."""
        untold = self.tr("The service has not told its models yet.")
        words = {
            Reading.GOING_ON: self.tr("Reading the list…"),
            Reading.FAILED: self.tr("The list can't be read just now; this is the last one."),
            Reading.DONE: self.tr("{n} models").format(n=format.count(models)),
        }
        is_untold = reading is Reading.DONE and not models
        self.status.setText(untold if is_untold else words[reading])

    def popup_above(self, button: QWidget) -> None:
        """Show it above a button, as high as it needs and the screen allows."""
        top = button.mapToGlobal(QPoint(0, -GAP_PX))
        screen = QGuiApplication.screenAt(top) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        self.setFixedWidth(min(theme.scaled(WIDTH_PX), room.width()))
        height = self._fit_list(top.y() - room.top())
        left = max(room.left(), min(top.x(), room.right() - self.width()))
        self.setGeometry(left, max(room.top(), top.y() - height), self.width(), height)
        self.show()
        self._mark(self._chosen)
        (self.list if self.field.isHidden() else self.field).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.field.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that steer the list work from the field, and what is typed reaches it."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._take_key(event, is_field=watched is self.field)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent, *, is_field: bool) -> bool:
        if event.key() in _PICKING_KEYS:
            self._pick(self.list.currentIndex())
            return True
        if is_field and event.key() in _STEERING_KEYS:
            self.list.keyPressEvent(event)
            return True
        if not is_field and event.text().strip() and event.text().isprintable():
            self._begin_typing(event.text())
            return True
        return False

    def _lay_out(self) -> None:
        pane = self._pane = Pane(Ground.RAISED, margin_px=theme.GRID, spacing_px=theme.GRID // 2)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.GRID // 2, 0, theme.GRID // 2, 0)
        foot.addWidget(self.status, stretch=1)
        foot.addWidget(self.other)
        pane.add(self.field, self.list, foot)
        column = QVBoxLayout(self)
        # Else the height of the last time would be the least for the next.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)

    def _connect(self) -> None:
        self.list.setModel(self._model)
        self.list.setItemDelegate(ModelDelegate(is_chosen=self._is_chosen, parent=self))
        self.list.clicked.connect(self._pick)
        self.field.textChanged.connect(self._filter)
        self.other.clicked.connect(self._on_other_clicked)
        for widget in (self.field, self.list):
            widget.installEventFilter(self)

    def _is_chosen(self, entry: ModelEntry) -> bool:
        return entry.id == self._chosen

    def _filter(self, _text: str = "") -> None:
        text = self.field.text().strip()
        words = text.casefold().split()
        matching = [entry for entry in self._all if entry.matches(words)]
        if text and all(entry.id != text for entry in self._all):
            matching.append(typed_entry(text))
        marked = self.current.id if self.current is not None else self._chosen
        self.list.set_small_lines(1 if any(entry.detail for entry in matching) else 0)
        self._shown.assign(matching)
        self._mark(matching[0].id if text and matching else marked)

    def _mark(self, model_id: str) -> None:
        index = self._model.index_of(model_id)
        self.list.setCurrentIndex(index if index.isValid() else self._model.index(0))
        self.list.scrollTo(self.list.currentIndex(), LongList.ScrollHint.PositionAtCenter)

    def _fit_list(self, room_px: int) -> int:
        """As high as its rows and the room allow; filtering does not change it while on show."""
        row_px = self.list.verticalHeader().defaultSectionSize()
        fitting = (room_px - self._height_with(0)) // row_px
        rows = min(ROWS, len(self._all), max(FEWEST_ROWS, fitting))
        return self._height_with(row_px * rows)

    def _height_with(self, list_px: int) -> int:
        """The height all of it needs for a list of this height, before it is on show."""
        self.list.setFixedHeight(list_px)
        self._pane.updateGeometry()
        return self.sizeHint().height()

    def _show_field(self, *, shown: bool) -> None:
        self.field.setVisible(shown)
        self.other.setVisible(not shown)

    def _begin_typing(self, text: str) -> None:
        self._on_other_clicked()
        self.field.insert(text)

    def _on_other_clicked(self) -> None:
        self._show_field(shown=True)
        bottom = self.geometry().bottom()
        self.adjustSize()
        self.move(self.x(), max(0, bottom + 1 - self.height()))
        self.field.setFocus()

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            model_id = self._model.record(index).id
            self.close()
            self.picked.emit(model_id)
