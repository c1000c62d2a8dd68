"""The words of the clip that plays, section by section, following it roughly."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from beatra_desktop.domain.lyrics import Section, section_at, sections
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.access.widgets import Pressable
from beatra_desktop.ui.labels import ElidedLabel, Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.player.player import Player
from beatra_desktop.ui.styling import Ground, Tone, set_style

WORDS_PX: Final = 720
ROOM_PX: Final = 16
"""Kept above and below the section that is shown."""


class SectionView(Pane, Pressable):
    """One part of a song; `chosen` when the user wants to hear it."""

    chosen = Signal()

    def __init__(self, section: Section, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.INSET, spacing_px=2, margin_px=theme.GRID, parent=parent)
        self._section = section
        self._head = Text(tone=Tone.SECONDARY, size="small", weight="strong")
        words = Text("\n".join(section.lines))
        words.setVisible(bool(section.lines))
        self.add(self._head, words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_current(current=False)

    @property
    def is_current(self) -> bool:
        return bool(self.property("current") == "true")

    def show_start(self, duration_ms: int) -> None:
        """Say when it begins in a clip of this length."""
        start = format.duration(self._section.start * duration_ms / 1000)
        name = self._section.name or self.tr("Beginning")
        self._head.setText(self.tr("{name} · about {time}").format(name=name, time=start))
        self.setAccessibleName(self._head.text())
        self.setAccessibleDescription("\n".join(self._section.lines))

    def show_current(self, *, current: bool) -> None:
        set_style(self, "current", "true" if current else "false")
        self._head.set_tone(Tone.ACCENT if current else Tone.SECONDARY)

    def press(self) -> None:
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.chosen.emit()


class LyricsPanel(Pane):
    def __init__(self, player: Player, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.RAISED, margin_px=0, spacing_px=theme.GRID // 2, parent=parent)
        self._player = player
        self._sections: tuple[Section, ...] = ()
        self._words = ""
        self._row = -1
        self.views: list[SectionView] = []
        self.setProperty("bare", "true")
        self._title = Text(self.tr("Lyrics"), weight="strong")
        self._note = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        player.opened.connect(self._refresh)
        player.changed.connect(self._show_times)
        player.decks.position_changed.connect(self._on_position)
        self._refresh()

    @property
    def note(self) -> str:
        return self._note.text()

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # Qt gives its own kind of event
        self._row = -1
        self._on_position(self._player.decks.position_ms)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        self._title.setWordWrap(False)
        head.addWidget(self._title)
        head.addWidget(self._note, stretch=1)
        self.add(head)
        self.box.addWidget(self._scroll, stretch=1)

    def _refresh(self) -> None:
        """Show the words of the clip that is loaded; those of a hidden one stay hidden."""
        words = self._player.words
        if words == self._words and self.views:
            return
        self._words, self._sections, self._row = words, sections(words), -1
        self.views = [SectionView(section) for section in self._sections]
        column = QWidget()
        column.setMaximumWidth(theme.scaled(WORDS_PX))
        column.setProperty("plain", "true")
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, theme.GRID, 0)
        box.setSpacing(theme.GRID // 2)
        for row, view in enumerate(self.views):
            view.chosen.connect(lambda row=row: self._go_to(row))
            box.addWidget(view)
        box.addStretch(1)
        self._scroll.setWidget(column)
        self._note.setText(self._say())
        self._show_times()

    def _say(self) -> str:
        if self._player.hides_names:
            return self.tr("The words would tell the songs apart; they come back with the names.")
        if not self._sections:
            return self.tr("This song has no lyrics, or the service did not tell them.")
        return self.tr("Times are estimated from how much there is to sing in each part.")

    def _show_times(self) -> None:
        for view in self.views:
            view.show_start(self._player.decks.duration_ms)

    def _go_to(self, row: int) -> None:
        start = self._sections[row].start
        self._player.decks.seek(round(start * self._player.decks.duration_ms))

    def _on_position(self, position_ms: int) -> None:
        if not self.isVisible() or not self._sections:
            return
        row = section_at(self._sections, position_ms / max(1, self._player.decks.duration_ms))
        if row == self._row:
            return
        self._row = row
        for number, view in enumerate(self.views):
            if view.is_current is not (number == row):
                view.show_current(current=number == row)
        self._scroll.ensureWidgetVisible(self.views[row], 0, ROOM_PX)
