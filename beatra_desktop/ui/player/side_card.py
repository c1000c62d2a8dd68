"""One of the two songs that are compared."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.playing import Side
from beatra_desktop.ui import theme
from beatra_desktop.ui.access.widgets import Pressable
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Badge, ElidedLabel, IconLabel
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, set_style
from beatra_desktop.ui.tips import tip

ROOMY_PX: Final = 230


class SideCard(Pane, Pressable):
    """A click hears it, its button makes it the winner."""

    chosen = Signal()
    won = Signal()

    def __init__(self, side: Side, *, parent: QWidget | None = None) -> None:
        margin = theme.GRID + theme.GRID // 2
        super().__init__(Ground.INSET, horizontal=True, margin_px=margin, parent=parent)
        self._side = side
        self._key = Badge(side.value)
        self._title = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle, weight="strong")
        self._facts = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self._mark = IconLabel(Icon.WAVEFORM, self.tr("This one is heard"), tone=Tone.ACCENT)
        self.wins = Button(self.tr("This one wins"), icon=Icon.TROPHY)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._lay_out()
        self.wins.clicked.connect(self.won)

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def facts(self) -> str:
        return self._facts.text()

    @property
    def is_heard(self) -> bool:
        return bool(self.property("current") == "true")

    def show_song(self, title: str, facts: str) -> None:
        """No title keeps the secret."""
        self._title.setText(title or self.tr("Song {n}").format(n=self._side.value))
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))
        self._name()

    def show_state(self, *, is_heard: bool, has_won: bool) -> None:
        set_style(self, "current", "true" if is_heard else "false")
        keeps_room = self._mark.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self._mark.setSizePolicy(keeps_room)
        self._mark.setVisible(is_heard)
        self._key.set(self._side.value, tone=Tone.ACCENT if is_heard else Tone.NEUTRAL)
        self.wins.setEnabled(not has_won)
        self._show_verdict()
        self._name()

    def press(self) -> None:
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_verdict()

    def _show_verdict(self) -> None:
        """In little room the title keeps it, and the button is its sign alone."""
        words = self.tr("This one wins") if self.wins.isEnabled() else self.tr("Winner")
        is_roomy = self.width() >= theme.scaled(ROOMY_PX)
        self.wins.setText(words if is_roomy else "")
        self.wins.setToolTip("" if is_roomy else tip(words))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._facts)
        self.box.addWidget(self._key)
        self.add(words)
        self.box.setStretch(1, 1)
        tail = QHBoxLayout()
        tail.addWidget(self._mark)
        tail.addWidget(self.wins)
        self.add(tail)

    def _name(self) -> None:
        """What a screen reader says."""
        heard = self.tr("{title}, heard now") if self.is_heard else "{title}"
        self.setAccessibleName(heard.format(title=self._title.text()))
        self.wins.setAccessibleName(self.tr("{title} wins").format(title=self._title.text()))
