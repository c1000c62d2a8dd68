"""Above the activity table: words to look for, the kind, and each state with its count."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.activity import ActivityKind, ActivityState
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.activity import activity_text
from beatra_desktop.ui.activity.sifting import Sieve
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.fields import SearchField, Select
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Variant


class StateChips(QWidget):
    """All, or one state; each says how many rows there are of it."""

    chosen = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("States"))
        self.buttons: dict[ActivityState | None, Button] = {}
        self._group = QButtonGroup(self)
        flow = FlowLayout(spacing_px=theme.GRID // 2, parent=self)
        for state in (None, *ActivityState):
            button = Button("", variant=Variant.CHIP)
            button.setProperty("dense", "true")
            button.setCheckable(True)
            self._group.addButton(button)
            self.buttons[state] = button
            flow.addWidget(button)
        self.buttons[None].setChecked(True)
        self._group.buttonClicked.connect(self.chosen)

    @property
    def state(self) -> ActivityState | None:
        return next(state for state, button in self.buttons.items() if button.isChecked())

    def choose(self, state: ActivityState | None) -> None:
        """Check one without telling `chosen`."""
        self.buttons[state].setChecked(True)

    def show_counts(self, counts: Mapping[ActivityState, int]) -> None:
        for state, button in self.buttons.items():
            count = sum(counts.values()) if state is None else counts[state]
            name = self.tr("All") if state is None else activity_text.state_name(state)
            words = f"{name} {format.count(count)}"
            if words != button.text():
                button.setText(words)
                button.setAccessibleName(words)


class ActivityFilters(QWidget):
    changed = Signal()
    """Other rows are wanted."""
    below_requested = Signal()
    """The keyboard is to go to the table."""
    columns_requested = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = self.tr("Find in the activity")
        self.search = SearchField(name, placeholder=self.tr("Name, model, id…"))
        self.kind = Select(self.tr("Kind"))
        self.kind.addItem(self.tr("All kinds"), None)
        for kind in ActivityKind:
            self.kind.addItem(activity_text.kinds(kind), kind)
        self.columns = IconButton(Icon.COLUMNS, self.tr("Columns"))
        self.states = StateChips()
        self._lay_out()
        self.search.textChanged.connect(self.changed)
        self.kind.currentIndexChanged.connect(self.changed)
        self.states.chosen.connect(self.changed)
        self.columns.clicked.connect(self.columns_requested)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An arrow that the field for words has no use for."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.below_requested.emit()
        else:
            super().keyPressEvent(event)

    @property
    def sieve(self) -> Sieve:
        kind = self.kind.currentData()
        return Sieve(
            state=self.states.state,
            kind=None if kind is None else ActivityKind(kind),
            text=self.search.text().strip(),
        )

    def choose(self, kind: ActivityKind, state: ActivityState | None) -> None:
        """Show one kind, in any state where none is named, whatever was looked for before."""
        self.search.clear()
        self.states.choose(state)
        self.kind.choose(kind)
        self.changed.emit()

    def clear(self) -> None:
        """Let everything through again."""
        self.states.choose(None)
        self.kind.setCurrentIndex(0)
        self.search.clear()
        self.changed.emit()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(theme.GRID)
        first.addWidget(self.search, stretch=1)
        first.addWidget(self.kind)
        first.addWidget(self.columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GRID, 0, theme.GRID, theme.GRID)
        column.setSpacing(theme.GRID)
        column.addLayout(first)
        column.addWidget(self.states)
