"""Two songs against each other: heard by turns at the same place, as loud as each other."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from beatra_desktop.domain.music import Clip, MusicTask
from beatra_desktop.domain.playing import Comparison, Side
from beatra_desktop.services import Services
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import Toggle
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.player.player import Player
from beatra_desktop.ui.player.side_card import SideCard
from beatra_desktop.ui.player.stars import Stars
from beatra_desktop.ui.styling import Ground, Tone, Variant, below
from beatra_desktop.ui.subscriptions import subscribe

OFFERED: Final = 30


class ComparePanel(Pane):
    more_like_requested = Signal(str)
    """By the id of the winner's task."""
    created = Signal(str)
    """Another paid task was made, with this id."""
    finished = Signal()

    def __init__(
        self, services: Services, player: Player, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(Ground.RAISED, margin_px=0, spacing_px=theme.GRID, parent=parent)
        self._services = services
        self._player = player
        self._comparing = services.comparing
        self.setProperty("bare", "true")
        self.cards = {side: SideCard(side) for side in Side}
        self.blind = Toggle(self.tr("Blind"))
        self.change = Button(self.tr("Compare with…"), variant=Variant.GHOST)
        self.done = Button(self.tr("Done"))
        self.levels = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.verdict = ElidedLabel(weight="strong")
        self.stars = Stars()
        self.more = Button(
            self.tr("More like the winner"), variant=Variant.PRIMARY, icon=Icon.SPARKLES
        )
        self.again = Button(self.tr("Generate again"))
        self._keys = Text(
            self.tr("Press 1 or 2 to hear one of them, X for the other one."),
            tone=Tone.SECONDARY,
            size="small",
        )
        self._foot = QWidget()
        self._lay_out()
        self._connect()
        self._show(self._comparing.comparison.value)

    def start(self) -> None:
        """Compare the loaded clip with the likeliest other one."""
        clip = self._player.clip
        if clip is None or self._comparing.comparison.value is not None:
            return
        rivals = self._player.rivals(clip, 1)
        if rivals:
            self._player.compare(clip.id, rivals[0].id)
        else:
            self.levels.setText(self.tr("There is no second song on this disk to compare with."))

    def _lay_out(self) -> None:
        title = Text(self.tr("Compare"), weight="strong")
        title.setWordWrap(False)
        head = QHBoxLayout()
        head.setSpacing(2 * theme.GRID)
        head.addWidget(title)
        head.addWidget(self.blind)
        head.addWidget(self.levels, stretch=1)
        head.addWidget(self.change)
        head.addWidget(self.done)
        sides = QHBoxLayout()
        sides.setSpacing(theme.GRID)
        for card in self.cards.values():
            sides.addWidget(card, stretch=1)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(theme.GRID)
        foot.addWidget(self.verdict, stretch=1)
        foot.addWidget(self.stars)
        foot.addSpacing(theme.GRID)
        foot.addWidget(self.again)
        foot.addWidget(self.more)
        self.add(head, sides, self._keys, self._foot)
        self.box.addStretch(1)

    def _connect(self) -> None:
        for side, card in self.cards.items():
            card.chosen.connect(lambda side=side: self._player.hear(side))
            card.won.connect(lambda side=side: self._comparing.choose(side))
        self.blind.clicked.connect(self._on_blind_clicked)
        self.change.clicked.connect(self._open_rivals)
        self.done.clicked.connect(self.finished)
        self.stars.rated.connect(self._on_rated)
        self.more.clicked.connect(self._on_more_clicked)
        self.again.clicked.connect(self._on_again_clicked)
        subscribe(self, self._comparing.comparison.changed, self._show)
        subscribe(self, self._services.music.clips.changed, self._on_clip_changed)

    def _show(self, comparison: Comparison | None) -> None:
        for widget in (*self.cards.values(), self.blind):
            widget.setVisible(comparison is not None)
        has_winner = comparison is not None and comparison.winner is not None
        self._foot.setVisible(has_winner)
        self._keys.setVisible(comparison is not None and not has_winner)
        if comparison is None:
            return
        self.blind.setChecked(comparison.is_blind)
        self.change.setVisible(not comparison.hides_names)
        self.levels.setText(self._level_words(comparison))
        for side, card in self.cards.items():
            clip = self._clip(comparison, side)
            title = "" if clip is None or comparison.hides_names else self._player.titles.of(clip)
            card.show_song(title, "" if comparison.hides_names else self._facts(clip))
            card.show_state(is_heard=comparison.heard is side, has_won=comparison.winner is side)
        if comparison.winner is not None:
            self._show_verdict(comparison, comparison.winner)

    def _show_verdict(self, comparison: Comparison, winner: Side) -> None:
        clip = self._clip(comparison, winner)
        title = "" if clip is None else format.short_name(self._player.titles.of(clip))
        self.verdict.setText(self.tr("{title} wins").format(title=title))
        self.stars.show_stars(0 if clip is None else clip.rating)
        task = self._winning_task()
        self.more.setEnabled(task is not None)
        self.again.setEnabled(task is not None)
        if task is not None:
            self.again.setText(self._again_text(task))

    def _level_words(self, comparison: Comparison) -> str:
        """Which one was turned down is not told while nobody is to know which is which."""
        if not comparison.is_measured:
            return self.tr("Measuring how loud both are…")
        levels = comparison.levels
        if levels is None:
            return self.tr("The loudness can't be measured, so the levels are as they are.")
        if comparison.hides_names:
            return self.tr("Both are equally loud.")
        decibels = format.decimal(levels.difference_db, digits=1)
        if decibels == "0.0":
            return self.tr("Both are equally loud as they are.")
        side = Side.FIRST if levels.first_db < levels.second_db else Side.SECOND
        words = self.tr("Equally loud: {side} is turned down by {decibels} dB.")
        return words.format(side=side.value, decibels=decibels)

    def _facts(self, clip: Clip | None) -> str:
        task = None if clip is None else self._services.music.tasks.get(clip.task_id)
        if clip is None or task is None:
            return ""
        length = "" if clip.duration_seconds is None else format.duration(clip.duration_seconds)
        model = task.resolved_model or task.prompt.model
        return " · ".join(filter(None, (length, model, clip.tags)))

    def _clip(self, comparison: Comparison, side: Side) -> Clip | None:
        return self._player.clip_of(comparison.clip_of(side))

    def _winner(self) -> Clip | None:
        comparison = self._comparing.comparison.value
        if comparison is None or comparison.winner is None:
            return None
        return self._clip(comparison, comparison.winner)

    def _winning_task(self) -> MusicTask | None:
        winner = self._winner()
        return None if winner is None else self._services.music.tasks.get(winner.task_id)

    def _again_text(self, task: MusicTask) -> str:
        model = self._services.profiles.catalog.value.model(task.prompt.model)
        if model is None or model.unit_credits is None:
            return self.tr("Generate again (costs credits)")
        price = format.credits(model.unit_credits)
        return self.tr("Generate again ({price})").format(price=price)

    def _open_rivals(self) -> None:
        comparison = self._comparing.comparison.value
        clip = self._player.clip if comparison is None else self._clip(comparison, Side.FIRST)
        if clip is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Songs to compare with"))
        for rival in self._player.rivals(clip, OFFERED):
            action = menu.addAction(format.menu_name(self._player.titles.of(rival)))
            action.triggered.connect(
                lambda _=False, rival_id=rival.id: self._player.compare(clip.id, rival_id)
            )
        menu.popup(below(self.change))

    def _on_blind_clicked(self) -> None:
        self._comparing.set_blind(blind=self.blind.isChecked())

    def _on_rated(self, stars: int) -> None:
        self._comparing.rate_winner(stars)

    def _on_more_clicked(self) -> None:
        if (winner := self._winner()) is not None:
            self.more_like_requested.emit(winner.task_id)

    def _on_again_clicked(self) -> None:
        if (winner := self._winner()) is None:
            return
        made = self._services.music.generate_again(winner.task_id)
        if isinstance(made, MusicTask):
            self.created.emit(made.id)
        else:
            self.more_like_requested.emit(winner.task_id)

    def _on_clip_changed(self, row: int) -> None:
        winner = self._winner()
        if winner is not None and self._services.music.clips[row].id == winner.id:
            self.stars.show_stars(winner.rating)
