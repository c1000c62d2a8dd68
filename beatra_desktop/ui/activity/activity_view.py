"""The list of everything in flight and done: filters, the table, and what is chosen in it."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QSplitter, QStackedWidget, QWidget

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.activity import deeds
from beatra_desktop.ui.activity.activity_filters import ActivityFilters
from beatra_desktop.ui.activity.activity_model import ActivityModel
from beatra_desktop.ui.activity.activity_panel import HEIGHT_PX, ActivityPanel
from beatra_desktop.ui.activity.activity_table import ActivityTable
from beatra_desktop.ui.activity.column_state import loaded
from beatra_desktop.ui.activity.deeds import Deed, Deeds
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.profile_name import profile_name
from beatra_desktop.ui.styling import Ground, below
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.tab_order import put_behind

COLUMNS: Final = "activity_columns"
REMEMBER_MS: Final = 800
PANEL_PERCENT: Final = 60
"""How much of the height the details take at most when they open."""


LEAST_PX: Final = 88
"""The height of a head and a row or two."""


class ActivityView(Pane):
    opened = Signal(object)
    """The user wants to where an activity is from."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, margin_px=0, spacing_px=0, parent=parent)
        self._services = services
        self._deeds = Deeds(services, parent=self)
        self._shown: dict[str, Activity] = {}
        self.model = ActivityModel(services.activity.rows, names=self._names, parent=self)
        self.filters = ActivityFilters()
        self.table = ActivityTable(self.model)
        self.panel = ActivityPanel(services)
        self.panel.hide()
        self._none_yet = EmptyState(
            Icon.ACTIVITY,
            self.tr("Nothing yet"),
            self.tr("Answers, uploads, songs and downloads are listed here, with what they cost."),
        )
        self.show_all = Button(self.tr("Show all"))
        self._none_found = EmptyState(
            Icon.SEARCH,
            self.tr("Nothing like this"),
            self.tr("No row fits what is looked for and chosen above."),
            self.show_all,
        )
        self._pages = QStackedWidget()
        self._remember = QTimer(self, singleShot=True, interval=REMEMBER_MS)
        self._lay_out()
        self._connect()
        self.table.columns.restore(loaded(services.settings.ui_state(COLUMNS)))
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._remember.isActive():
            self._on_remember()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all, whatever is looked for."""
        return self._pages.currentWidget() is self._none_yet

    def take_focus(self) -> None:
        taker = self.table if self.model.rowCount() else self.filters.search
        taker.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_find(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def show_kind(self, kind: ActivityKind, state: ActivityState | None = None) -> None:
        """Show the rows of one kind, and of one state where one is named."""
        self.filters.choose(kind, state)

    def show_activity(self, activity_id: str) -> None:
        """Bring a row into view, whatever was filtered."""
        if self.model.row_of(activity_id) is None:
            self.filters.clear()
            self.model.finish()
        self.table.choose(activity_id)

    def menu(self) -> QMenu:
        """What can be done with the chosen rows."""
        chosen = self._chosen()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(chosen) == 1:
            menu.addAction(self.tr("Go to it")).triggered.connect(self.panel.go_to.click)
            menu.addSeparator()
        for deed in Deed:
            count = len(self._deeds.fitting(deed, chosen))
            action = menu.addAction(deeds.name(deed, max(1, count)))
            action.setEnabled(count > 0)
            action.triggered.connect(lambda _checked=False, deed=deed: self._do(deed))
        menu.addSeparator()
        menu.addAction(self.tr("Copy ids")).triggered.connect(self._on_copy_requested)
        if len(chosen) == 1:
            menu.addAction(self.tr("Copy report")).triggered.connect(self.panel.copy_report.click)
            menu.addAction(self.tr("Copy as cURL")).triggered.connect(self.panel.copy_curl.click)
        return menu

    def _lay_out(self) -> None:
        for page in (self.table, self._none_yet, self._none_found):
            self._pages.addWidget(page)
            # What is not on show does not take the room from what is below.
            page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._pages.setMinimumHeight(LEAST_PX)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self._pages)
        self._split.addWidget(self.panel)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self.add(self.filters)
        self.box.addWidget(self._split, stretch=1)

    def _connect(self) -> None:
        service = self._services.activity
        self.filters.changed.connect(self._on_filters_changed)
        self.filters.below_requested.connect(self.take_focus)
        self.filters.columns_requested.connect(self._on_columns_requested)
        self.show_all.clicked.connect(self.filters.clear)
        self.model.counts_changed.connect(self._refresh)
        self.model.rowsInserted.connect(self._show_page)
        self.model.rowsRemoved.connect(self._show_page)
        self.model.modelReset.connect(self._show_page)
        self.model.touched.connect(self._on_touched)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.table.menu_requested.connect(lambda place: self.menu().popup(place))
        self.table.copy_requested.connect(self._on_copy_requested)
        self.table.typed.connect(self._on_typed)
        self.table.end_reached.connect(service.older)
        self.table.head.menu_requested.connect(self._on_head_menu_requested)
        self.table.columns.changed.connect(self._remember.start)
        self._remember.timeout.connect(self._on_remember)
        self.panel.opened.connect(self._on_opened)
        self.panel.closed.connect(self._on_panel_closed)
        profiles = self._services.profiles.profiles
        for signal in (profiles.inserted, profiles.removed, profiles.changed, profiles.reset):
            subscribe(self, signal, self._on_profiles)

    def _names(self) -> dict[str, str]:
        return {profile.id: profile_name(profile) for profile in self._services.profiles.profiles}

    def _chosen(self) -> list[Activity]:
        """The newest state of the chosen rows; of those that left the table, while none other is
        chosen.
        """
        rows = self._services.activity.rows
        found = {each: rows.get(each) or self._shown.get(each) for each in self._chosen_ids()}
        return [activity for activity in found.values() if activity is not None]

    def _chosen_ids(self) -> list[str]:
        return self.table.selected_ids() or list(self._shown)

    def _refresh(self) -> None:
        self.filters.states.show_counts(self.model.counts)
        self._show_page()

    def _show_page(self) -> None:
        if self.model.rowCount():
            page: QWidget = self.table
        else:
            is_open = self.model.sieve.is_open
            page = self._none_yet if is_open else self._none_found
        self.filters.setVisible(page is not self._none_yet)
        if self._pages.currentWidget() is not page:
            self._pages.setCurrentWidget(page)

    def _show_panel(self) -> None:
        """Below the table, whose current row stays in sight."""
        if self.panel.isHidden():
            self.panel.show()
            put_behind(self._pages, self.panel)  # a splitter keeps its parts the other way round
            height = self._split.height()
            below_px = min(theme.scaled(HEIGHT_PX), height * PANEL_PERCENT // 100)
            self._split.setSizes([height - below_px, below_px])
            QTimer.singleShot(0, self, self._keep_current_in_sight)

    def _keep_current_in_sight(self) -> None:
        self.table.scrollTo(self.table.currentIndex())

    def _do(self, deed: Deed) -> None:
        self._deeds.do(deed, self._chosen())

    def _on_filters_changed(self) -> None:
        self.model.sift(self.filters.sieve)

    def _on_chosen(self) -> None:
        chosen = self._chosen()
        self._shown = {activity.id: activity for activity in chosen}
        self.panel.show_chosen(chosen)
        if self.table.selected_ids():
            self._show_panel()

    def _on_touched(self, ids: set[str]) -> None:
        if self.isVisible():
            self.table.look_at_end()  # few of what came may be on show
        if not ids.isdisjoint(self._shown):
            chosen = self._chosen()
            self._shown = {activity.id: activity for activity in chosen}
            self.panel.show_chosen(chosen)

    def _on_opened(self, activity_id: str) -> None:
        activity = self._services.activity.rows.get(activity_id)
        if activity is not None:
            self.opened.emit(activity)

    def _on_copy_requested(self) -> None:
        deeds.copy_ids(self._chosen())

    def _on_typed(self, text: str) -> None:
        self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filters.search.setText(text)

    def _on_columns_requested(self) -> None:
        self.table.columns.menu().popup(below(self.filters.columns))

    def _on_head_menu_requested(self, section: int) -> None:
        left = self.table.head.sectionViewportPosition(max(0, section))
        place = self.table.head.mapToGlobal(QPoint(max(0, left), self.table.head.height()))
        self.table.columns.menu().popup(place)

    def _on_panel_closed(self) -> None:
        self.panel.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_remember(self) -> None:
        self._remember.stop()
        self._services.settings.set_ui_state(COLUMNS, self.table.columns.state.dumped())

    def _on_profiles(self, *_rows: int) -> None:
        self.model.refresh_names()
