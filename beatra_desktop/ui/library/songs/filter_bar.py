"""Search, filters, order and the way songs are shown."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from beatra_desktop.domain.records import replace
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.fields import SearchField
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.library.songs.song_filter import Order, SongFilter
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Variant, below
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

SEARCH_MS: Final = 120
"""So long after a key nothing is searched for, because the next may follow."""
MODELS: Final = 20
_ORDERS: Final = {
    Order.NEWEST: QT_TRANSLATE_NOOP("filter_bar", "Newest first"),
    Order.OLDEST: QT_TRANSLATE_NOOP("filter_bar", "Oldest first"),
    Order.TITLE: QT_TRANSLATE_NOOP("filter_bar", "Title"),
    Order.RATING: QT_TRANSLATE_NOOP("filter_bar", "Rating"),
    Order.LONGEST: QT_TRANSLATE_NOOP("filter_bar", "Longest first"),
    Order.MODEL: QT_TRANSLATE_NOOP("filter_bar", "Model"),
}
_SWITCHES: Final = {
    "favourites": QT_TRANSLATE_NOOP("filter_bar", "Favourites"),
    "instrumental": QT_TRANSLATE_NOOP("filter_bar", "Instrumental"),
    "missing": QT_TRANSLATE_NOOP("filter_bar", "File is missing"),
    "unsaved": QT_TRANSLATE_NOOP("filter_bar", "Not saved"),
}


class FilterBar(Pane):
    changed = Signal()
    """The filter or the order."""
    searched = Signal(str)
    switched = Signal()
    """Between cards and rows."""
    details_toggled = Signal(bool)

    def __init__(self, *, models: Callable[[], list[str]], parent: QWidget | None = None) -> None:
        """`models` are those that made the songs."""
        super().__init__(
            Ground.SURFACE, horizontal=True, margin_px=theme.GRID,
            spacing_px=theme.GRID // 2, parent=parent,
        )  # fmt: skip
        self._filter = SongFilter()
        self._order = Order.NEWEST
        self._models = models
        words = self.tr("Search titles, prompts and lyrics")
        self.search = SearchField(words, placeholder=words)
        self.filters = Button(self.tr("Filter"), variant=Variant.GHOST, icon=Icon.FILTER)
        self.orders = Button(_tr(_ORDERS[Order.NEWEST]), variant=Variant.GHOST, icon=Icon.SORT)
        self.grid = IconButton(Icon.GRID, self.tr("Show as cards"))
        self.table = IconButton(Icon.LIST, self.tr("Show as rows"))
        self.details = IconButton(Icon.INFO, self.tr("Details"), shortcut="Ctrl+I")
        self._typing = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._lay_out()
        self._connect()
        self._name()

    @property
    def filter(self) -> SongFilter:
        return self._filter

    @property
    def order(self) -> Order:
        return self._order

    @property
    def is_grid(self) -> bool:
        return self.grid.isChecked()

    def set_order(self, order: Order) -> None:
        self._order = order
        self._name()
        self.changed.emit()

    def set_grid(self, *, on: bool) -> None:
        self.grid.setChecked(on)
        self.table.setChecked(not on)

    def set_filter(self, wanted: SongFilter) -> None:
        self._filter = wanted
        self._name()
        self.changed.emit()

    def clear(self) -> None:
        """Show all songs of the shelf again."""
        self.search.clear()
        self.set_filter(SongFilter())

    def filter_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, text in _SWITCHES.items():
            on = bool(getattr(self._filter, name))
            turned: dict[str, Any] = {name: not on}
            self._add_choice(menu, _tr(text), replace(self._filter, **turned), is_on=on)
        menu.addMenu(self._star_menu(menu))
        menu.addMenu(self._model_menu(menu))
        menu.addSeparator()
        clear = menu.addAction(self.tr("Clear filters"))
        clear.setEnabled(self._filter != SongFilter())
        clear.triggered.connect(lambda: self.set_filter(SongFilter()))
        return menu

    def order_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for order, text in _ORDERS.items():
            action = menu.addAction(_tr(text))
            action.setCheckable(True)
            action.setChecked(order is self._order)
            action.triggered.connect(lambda _on=False, order=order: self.set_order(order))
            group.addAction(action)
        return menu

    def _star_menu(self, menu: QMenu) -> QMenu:
        stars = QMenu(self.tr("Rating"), menu)
        for number in range(6):
            words = self.tr("At least {n}").format(n="★" * number) if number else self.tr("Any")
            wanted = replace(self._filter, stars=number)
            self._add_choice(stars, words, wanted, is_on=self._filter.stars == number)
        return stars

    def _model_menu(self, menu: QMenu) -> QMenu:
        models = QMenu(self.tr("Model"), menu)
        for model in ("", *self._models()[:MODELS]):
            wanted = replace(self._filter, model=model)
            is_on = self._filter.model == model
            self._add_choice(models, model or self.tr("Any"), wanted, is_on=is_on)
        return models

    def _add_choice(self, menu: QMenu, words: str, wanted: SongFilter, *, is_on: bool) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(is_on)
        action.triggered.connect(lambda: self.set_filter(wanted))
        return action

    def _lay_out(self) -> None:
        self.box.addWidget(self.search, stretch=1)
        for button in (self.grid, self.table, self.details):
            button.setCheckable(True)
        self.add(self.filters, self.orders, self.grid, self.table, self.details)
        self.set_grid(on=True)

    def _connect(self) -> None:
        self._typing.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.search.textChanged.connect(self._on_typed)
        self.filters.clicked.connect(lambda: self.filter_menu().popup(below(self.filters)))
        self.orders.clicked.connect(lambda: self.order_menu().popup(below(self.orders)))
        self.grid.clicked.connect(lambda: self._on_switched(grid=True))
        self.table.clicked.connect(lambda: self._on_switched(grid=False))
        self.details.toggled.connect(self.details_toggled)

    def _name(self) -> None:
        chosen = self._filter
        texts = [_tr(text) for name, text in _SWITCHES.items() if getattr(chosen, name)]
        texts += [f"{chosen.stars}★"] if chosen.stars else []
        texts += [chosen.model] if chosen.model else []
        words = texts[0] if len(texts) == 1 else self.tr("%n filters", "", len(texts))
        self.filters.setText(words if texts else self.tr("Filter"))
        self.filters.setAccessibleName(format.listed((self.tr("Filter"), *texts)))
        self.filters.set_variant(Variant.LINK if texts else Variant.GHOST)
        self.orders.setText(_tr(_ORDERS[self._order]))
        self.orders.setAccessibleName(f"{self.tr('Order')}: {self.orders.text()}")

    def _on_typed(self, text: str) -> None:
        if text.strip():
            self._typing.start()
        else:
            self._typing.stop()
            self.searched.emit("")

    def _on_switched(self, *, grid: bool) -> None:
        self.set_grid(on=grid)
        self.switched.emit()


def _tr(text: str) -> str:
    return QCoreApplication.translate("filter_bar", text)
