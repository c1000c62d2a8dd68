"""What was charged, by day, profile or model: the service's own figures and nothing else."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from beatra_desktop.domain.activity import ChargesBy, ChargeSum
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.services import Services
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.activity.charges_model import ChargesModel
from beatra_desktop.ui.activity.charges_table import ChargesTable
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import Segmented, Select
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.profile_name import profile_name
from beatra_desktop.ui.styling import Ground, Tone
from beatra_desktop.ui.subscriptions import subscribe

EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


class ChargesView(Pane):
    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, margin_px=0, spacing_px=0, parent=parent)
        self._services = services
        names = (
            (ChargesBy.DAY.value, self.tr("Day")),
            (ChargesBy.PROFILE.value, self.tr("Profile")),
            (ChargesBy.MODEL.value, self.tr("Model")),
        )
        self.by = Segmented(self.tr("Sum by"), names)
        self.by.choose(ChargesBy.DAY.value)
        self.since = Select(self.tr("Since when"))
        for words, days in (
            (self.tr("Last 7 days"), 7),
            (self.tr("Last 30 days"), 30),
            (self.tr("Last 365 days"), 365),
            (self.tr("All time"), None),
        ):
            self.since.addItem(words, days)
        self.since.setCurrentIndex(1)
        self.copy = Button(self.tr("Copy as CSV"), icon=Icon.COPY)
        self.copy.setToolTip(self.tr("Put the table on the clipboard, for a spreadsheet"))
        self.today = Text(size="small")
        self.note = Text(tone=Tone.SECONDARY, size="small")
        self.model = ChargesModel(profile_names=self._profile_names, parent=self)
        self.table = ChargesTable(self.model)
        self._empty = EmptyState(
            Icon.COINS,
            self.tr("Nothing was charged"),
            self.tr("What the service says it charged is summed up here."),
        )
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._on_today()

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _lay_out(self) -> None:
        head, flow = QVBoxLayout(), FlowLayout()
        head.setContentsMargins(theme.GRID, 0, theme.GRID, theme.GRID)
        head.addLayout(flow)
        for widget in (self.by, self.since, self.copy):
            flow.addWidget(widget)
        below = QVBoxLayout()
        below.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, 2 * theme.GRID)
        below.addWidget(self.today)
        below.addWidget(self.note)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self.add(head)
        self.box.addWidget(self._pages, stretch=1)
        self.add(below)

    def _connect(self) -> None:
        charges = self._services.charges
        self.by.chosen.connect(self._ask)
        self.since.currentIndexChanged.connect(self._ask)
        self.copy.clicked.connect(self._on_copy_clicked)
        subscribe(self, charges.found, self._on_found)
        subscribe(self, charges.today.changed, self._on_today)
        subscribe(self, self._services.settings.settings.changed, self._on_today)
        subscribe(self, self._services.profiles.active.changed, self._on_today)

    def _profile_names(self) -> dict[str, str]:
        return {profile.id: profile_name(profile) for profile in self._services.profiles.profiles}

    def _ask(self) -> None:
        days = self.since.currentData()
        since = EVER if days is None else _midnight(days - 1)
        self._services.charges.per(ChargesBy(self.by.choice), since)

    def _on_found(self, by: ChargesBy, _since: datetime, sums: Sequence[ChargeSum]) -> None:
        if by.value != self.by.choice:
            return
        self.model.show_sums(by, sums)
        self._pages.setCurrentWidget(self.table if sums else self._empty)
        self.copy.setEnabled(bool(sums))
        missing = self.model.total.unpriced
        words = self.tr("For {n} requests the service reported no price; they are in no sum.")
        if missing == 1:
            words = self.tr("For one request the service reported no price; it is in no sum.")
        self.note.setText(words.format(n=format.count(missing)) if missing else "")
        self.note.setVisible(missing > 0)

    def _on_today(self, _value: object = None) -> None:
        profile = self._services.profiles.active.value
        spent = self._services.charges.today.value.of(profile.id).net
        cap = self._services.settings.settings.value.daily_cap_credits
        said = self.tr("Today on {profile}: {spent}")
        if cap is not None:
            said = self.tr("Today on {profile}: {spent} of your daily limit of {cap}")
        self.today.setText(
            said.format(
                profile=profile_name(profile),
                spent=format.credits(f"{spent:f}"),
                cap=format.credits(cap or ""),
            )
        )
        if self.isVisible():
            self._ask()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.model.as_text())


def _midnight(days_ago: int) -> datetime:
    """When a day began here, so many days ago."""
    today = utc_now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days_ago)
