"""What is known of the chosen rows, and what can be done with them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from beatra_desktop.domain.activity import Activity
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.activity import activity_text, deeds
from beatra_desktop.ui.activity.activity_facts import facts
from beatra_desktop.ui.activity.deeds import Deed, Deeds
from beatra_desktop.ui.activity.status_line import status_line
from beatra_desktop.ui.activity.timeline import Timeline
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.details import Detail
from beatra_desktop.ui.fields import Toggle
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, IconLabel, Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone
from beatra_desktop.ui.tab_order import put_behind

SECOND_MS: Final = 1000
COLUMNS: Final = 2
HEIGHT_PX: Final = 262


class FactGrid(QWidget):
    """Lines in two columns, each with a button that copies it."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: list[Detail] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GRID)
        self._grid.setVerticalSpacing(0)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(3 * column + 1, 1)

    @property
    def shown(self) -> Sequence[Detail]:
        return tuple(self._facts)

    def show_facts(self, found: list[Detail]) -> None:
        if found == self._facts:
            return
        self._facts = found
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        half = -(-len(found) // COLUMNS)
        for place, fact in enumerate(found):
            self._add(fact, place % half, 3 * (place // half))

    def _add(self, fact: Detail, row: int, column: int) -> None:
        label = Text(fact.label, tone=Tone.SECONDARY, size="small")
        label.setWordWrap(False)
        value = ElidedLabel(fact.value, mode=Qt.TextElideMode.ElideMiddle, size="small")
        copy = IconButton(Icon.COPY, self.tr("Copy {label}").format(label=fact.label))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(fact.value))
        self._grid.addWidget(label, row, column)
        self._grid.addWidget(value, row, column + 1)
        self._grid.addWidget(copy, row, column + 2)


class ActivityPanel(Pane):
    """Of one row everything; of several how many they are, and what can be done with all."""

    opened = Signal(str)
    """The user wants to where an activity is from, by its id."""
    closed = Signal()

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        margin = theme.GRID + theme.GRID // 2
        super().__init__(Ground.WINDOW, margin_px=margin, parent=parent)
        self._services = services
        self._deeds = Deeds(services, parent=self)
        self._chosen: list[Activity] = []
        self.setAccessibleName(self.tr("Details"))
        self._icon = IconLabel(Icon.ACTIVITY, "")
        self.name = ElidedLabel(weight="strong")
        self._state = Text(size="small")
        self._state.setWordWrap(False)
        self.status = Text(size="small")
        self.timeline = Timeline()
        self.facts = FactGrid()
        self.go_to = Button(self.tr("Go to it"))
        self.buttons = {deed: Button(deeds.name(deed)) for deed in Deed}
        self.copy_ids = Button(self.tr("Copy ids"), icon=Icon.COPY)
        self.copy_report = Button(self.tr("Copy report"), icon=Icon.COPY)
        self.copy_curl = Button(self.tr("Copy as cURL"), icon=Icon.TERMINAL)
        self.with_prompt = Toggle(self.tr("With prompt"))
        self.close_button = IconButton(Icon.CLOSE, self.tr("Hide the details"))
        self._second = QTimer(self, interval=SECOND_MS)
        self._lay_out()
        self._connect()

    @property
    def chosen(self) -> Sequence[Activity]:
        return tuple(self._chosen)

    def show_chosen(self, activities: Sequence[Activity]) -> None:
        self._chosen = list(activities)
        one = self._chosen[0] if len(self._chosen) == 1 else None
        for widget in (self.timeline, self.facts, self.go_to, self.copy_report, self.copy_curl,
                       self.with_prompt):  # fmt: skip
            widget.setVisible(one is not None)
        self.copy_ids.setVisible(len(self._chosen) > 1)
        for deed, button in self.buttons.items():
            count = len(self._deeds.fitting(deed, self._chosen))
            button.setText(deeds.name(deed, max(1, count)))
            button.setVisible(count > 0)
        if one is not None:
            self._show_one(one)
        else:
            self._show_many()
        self._follow_time()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.with_prompt.setMinimumHeight(self.go_to.sizeHint().height())  # dressed by now
        self._follow_time()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the details before it leaves the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show_one(self, activity: Activity) -> None:
        icon, tone = activity_text.state_look(activity)
        self._icon.set_icon(icon, activity_text.state(activity), tone=tone)
        self.name.setText(activity_text.name(activity))
        kind, state = activity_text.kind(activity), activity_text.state(activity)
        self._state.setText(f"{kind} · {state}")
        self.timeline.show_activity(activity)
        self.facts.show_facts(facts(self._services, activity))
        put_behind(self._actions, self.facts)
        self._tell_status()

    def _show_many(self) -> None:
        count = len(self._chosen)
        self._icon.set_icon(Icon.ACTIVITY, "", tone=Tone.SECONDARY)
        self.name.setText(
            self.tr("%n rows chosen", "", count) if count else self.tr("Nothing chosen")
        )
        self._state.setText("")
        hint = self.tr("Choose a row to see its way, its ids and what it cost.")
        self._say("" if count else hint, Tone.SECONDARY)

    def _tell_status(self) -> None:
        self._say(*status_line(self._chosen[0], utc_now()))

    def _say(self, words: str, tone: Tone) -> None:
        self.status.setText(words)
        self.status.set_tone(tone)
        self.status.setVisible(bool(words))

    def _follow_time(self) -> None:
        counts = len(self._chosen) == 1 and self._chosen[0].wait is not None
        if counts and self.isVisible():
            self._second.start()
        else:
            self._second.stop()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._icon)
        head.addWidget(self.name, stretch=1)
        head.addWidget(self._state)
        head.addWidget(self.close_button)
        self._actions = self._deed_buttons()
        inside = QWidget()
        inside.setProperty("plain", "true")
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, theme.GRID, 0)
        body.setSpacing(theme.GRID)
        for widget in (self.status, self._actions, self.timeline, self.facts):
            body.addWidget(widget)
        body.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setAccessibleName(self.accessibleName())
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.add(head)
        self.box.addWidget(area, stretch=1)

    def _deed_buttons(self) -> QWidget:
        """Above what is read: they stay in sight where there is little room."""
        deed_buttons = QWidget()
        flow = FlowLayout(parent=deed_buttons)
        for button in (
            self.go_to, *self.buttons.values(), self.copy_ids, self.copy_report,
            self.copy_curl, self.with_prompt,
        ):  # fmt: skip
            flow.addWidget(button)
        return deed_buttons

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.closed)
        self.go_to.clicked.connect(lambda: self.opened.emit(self._chosen[0].id))
        for deed, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, deed=deed: self._do(deed))
        self.copy_ids.clicked.connect(lambda: deeds.copy_ids(self._chosen))
        self.copy_report.clicked.connect(self._on_report_clicked)
        self.copy_curl.clicked.connect(self._on_curl_clicked)
        self._second.timeout.connect(self._tell_status)

    def _do(self, deed: Deed) -> None:
        self._deeds.do(deed, self._chosen)

    def _on_report_clicked(self) -> None:
        service = self._services.activity
        text = service.report(self._chosen[0].id, with_text=self.with_prompt.isChecked())
        QGuiApplication.clipboard().setText(text)

    def _on_curl_clicked(self) -> None:
        service = self._services.activity
        text = service.curl(self._chosen[0].id, with_text=self.with_prompt.isChecked())
        QGuiApplication.clipboard().setText(text)
