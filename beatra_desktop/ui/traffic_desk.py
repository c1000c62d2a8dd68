"""What the window has for traffic as a whole: the strips above all, and their commands."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.domain.activity import ActivityKind, ActivityState
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.actions import Actions, Command
from beatra_desktop.ui.centre import Centre, Screen
from beatra_desktop.ui.drafts_strip import DraftsStrip
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.traffic_strips import PausedStrip


class TrafficDesk(QObject):
    """`strips` belong below the notices; what they are about is shown in the activity centre."""

    def __init__(
        self, services: Services, commands: Actions, centre: Centre, *, window: QWidget
    ) -> None:
        super().__init__(window)
        self._services = services
        self._centre = centre
        self._pause = commands[Command.PAUSE_ALL]
        self.paused = PausedStrip(services.traffic)
        self.drafts = DraftsStrip(services)
        self.paused.look_requested.connect(self.show_activity)
        self.drafts.look_requested.connect(lambda: self.show_songs(ActivityState.NEEDS_YOU))
        self.strips = QWidget()
        self._lay_out()
        self._pause.triggered.connect(self._on_pause_triggered)
        commands[Command.STOP_RETRYING].triggered.connect(self._on_stop_triggered)
        subscribe(self, services.traffic.is_paused.changed, self._refresh)
        self._refresh()

    def show_activity(self) -> None:
        self._centre.show_screen(Screen.ACTIVITY)

    def show_songs(self, state: ActivityState | None = None) -> None:
        """The songs in the table of activities, those of one state where one is named."""
        page = self._centre.page(Screen.ACTIVITY)
        from beatra_desktop.ui.activity.activity_page import ActivityPage  # loaded with the page

        assert isinstance(page, ActivityPage), "no other page is made for it"
        page.show_kind(ActivityKind.SONG, state)
        self.show_activity()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self.strips)
        column.setContentsMargins(theme.GRID, theme.GRID // 2, theme.GRID, theme.GRID)
        column.setSpacing(theme.GRID // 2)
        for strip in (self.paused, self.drafts):
            column.addWidget(strip)
            strip.said.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Without anything to say there is no margin around it either."""
        self.strips.setVisible(not (self.paused.isHidden() and self.drafts.isHidden()))

    def _refresh(self, _is_paused: object = None) -> None:
        self._pause.setChecked(self._services.traffic.is_paused.value)

    def _on_pause_triggered(self, is_checked: bool) -> None:  # a signal's argument
        traffic = self._services.traffic
        traffic.pause_all() if is_checked else traffic.resume_all()

    def _on_stop_triggered(self) -> None:
        """Whatever waits for another attempt is given up for now; it can be tried again by hand."""
        waiting = [row.id for row in self._services.activity.rows if row.wait is not None]
        for activity_id in waiting:
            self._services.activity.stop_retrying(activity_id)
