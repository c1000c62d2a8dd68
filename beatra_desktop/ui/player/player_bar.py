"""The player along the lower edge of the window."""

from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.music import Clip, Delivery
from beatra_desktop.domain.playing import LoopRegion
from beatra_desktop.services import Services
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.drag_out import DragHandle, Piece, piece_of
from beatra_desktop.ui.error_text import Kept, describe
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.player.decks import Decks
from beatra_desktop.ui.player.drawer import Drawer
from beatra_desktop.ui.player.keys import PlayerKeys
from beatra_desktop.ui.player.media_session import MediaSession
from beatra_desktop.ui.player.player import Player, is_on_disk
from beatra_desktop.ui.player.queue_modes import QueueModes
from beatra_desktop.ui.player.speed import SpeedButton
from beatra_desktop.ui.player.volume import VolumeControl
from beatra_desktop.ui.player.waveform import Region, Waveform
from beatra_desktop.ui.styling import Ground, Tone
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.tips import tip

TITLE_PX: Final = 200
NARROW_TITLE_PX: Final = 128
WIDE_PX: Final = 1120
"""From here on there is room for everything; below it the queue's buttons are in the queue."""
SMALL_PX: Final = 820
"""Below it the volume has no slider."""


class PlayerBar(Pane):
    """Hidden until a clip is loaded; plays saved clips, the next one when one has ended."""

    more_like_requested = Signal(str)
    """The form is wanted, filled as for this task."""
    song_created = Signal(str)
    """Another paid task was made, with this id."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.RAISED, margin_px=0, spacing_px=0, parent=parent)
        self._services = services
        self.player = Player(services, self)
        self.keys = PlayerKeys(self.player, owner=self)
        self.drawer = Drawer(services, self.player)
        self._title = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle, weight="strong")
        self._note = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self._silence = ElidedLabel(
            self.tr(
                "No sound device was found: the clip plays on, but nothing is heard. "
                "One that is connected is used at once."
            ),
            tone=Tone.WARNING,
            size="small",
        )
        self._names = QWidget()
        self._play = IconButton(Icon.PLAY, self.tr("Play"), shortcut="Space")
        self._previous = IconButton(Icon.PREVIOUS, self.tr("Previous clip"))
        self._next = IconButton(Icon.NEXT, self.tr("Next clip"))
        self.waveform = Waveform()
        self._loop = IconButton(Icon.LOOP, "", shortcut="L")
        self._time = Text(tone=Tone.SECONDARY, size="small")
        self._trouble = Text()
        self._again = Button(self.tr("Download again"), icon=Icon.DOWNLOAD)
        self._elsewhere = Button(self.tr("Open in another app"), icon=Icon.EXTERNAL)
        self.modes = QueueModes(services.playing)
        self.volume = VolumeControl(services.settings)
        self.speed = SpeedButton(services.settings)
        self._close = IconButton(Icon.CLOSE, self.tr("Close the player"))
        self._session = MediaSession(self.player, volume=self.volume, speed=self.speed, owner=self)
        self.setAccessibleName(self.tr("Player"))
        self._lay_out()
        self._connect()
        self.playback.set_speed(self.speed.speed)
        self.playback.set_volume(self.volume.share)
        self.hide()

    @property
    def loaded_clip_id(self) -> str:
        return self.player.clip.id if self.player.clip is not None else ""

    @property
    def is_loaded(self) -> bool:
        return self.player.is_loaded

    @property
    def is_playing(self) -> bool:
        return self.player.is_playing

    @property
    def playback(self) -> Decks:
        return self.player.decks

    @property
    def trouble(self) -> str:
        """Why the clip can't be played; empty when it can."""
        return "" if self._trouble.isHidden() else self._trouble.text()

    @property
    def silence(self) -> str:
        """Why nothing is heard of what plays; empty when it is."""
        return "" if self._silence.isHidden() else self._silence.text()

    def load(self, clip_id: str, *, play: bool = True) -> None:
        """Open a saved clip; says in words why it can't, if it can't."""
        self._show_trouble("")
        self.player.load(clip_id, play=play)

    def toggle(self) -> None:
        """Play or pause what is loaded."""
        self.player.toggle()

    def pause(self) -> None:
        self.playback.pause()

    def close_player(self) -> None:
        self.drawer.shut()
        self.player.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        panel = self.drawer.open_panel
        if event.key() == Qt.Key.Key_Escape and panel is not None:
            self.drawer.shut()
            self.drawer.buttons[panel].setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.keys.take(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _piece(self) -> Piece | None:
        """What is dragged out by its title; nothing while two are compared blind."""
        clip, title = self.player.clip, self.player.title
        return piece_of(clip, title) if clip is not None and title else None

    def _lay_out(self) -> None:
        names = QVBoxLayout(self._names)
        names.setSpacing(0)
        names.setContentsMargins(theme.GRID, 0, theme.GRID, 0)
        names.addWidget(self._title)
        DragHandle(self._title, self._piece)
        names.addWidget(self._note)
        self._loop.setCheckable(True)
        self._time.setWordWrap(False)
        row = QHBoxLayout()
        row.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        row.setSpacing(theme.GRID // 2)
        row.addWidget(self._names)
        row.addWidget(self._transport(), stretch=1)
        for widget in (
            self._again, self._elsewhere, self._loop, self.speed, self.modes,
            *self.drawer.buttons.values(), self.volume, self._close,
        ):  # fmt: skip
            row.addWidget(widget)
        self._silence.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, 0)
        self._silence.hide()
        self.add(self.drawer, self._silence, row)

    def _transport(self) -> QWidget:
        """Time goes from left to right also where the window does not."""
        transport = QWidget()
        transport.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        row = QHBoxLayout(transport)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID // 2)
        for button in (self._previous, self._play, self._next):
            row.addWidget(button)
        row.addWidget(self.waveform, stretch=1)
        row.addWidget(self._trouble, stretch=1)
        row.addWidget(self._time)
        return transport

    def _connect(self) -> None:
        self._play.clicked.connect(self.toggle)
        self._previous.clicked.connect(lambda: self.player.step(-1))
        self._next.clicked.connect(lambda: self.player.step(1))
        self._loop.clicked.connect(self._on_loop_clicked)
        self._close.clicked.connect(self.close_player)
        self._again.clicked.connect(self._on_again_clicked)
        self._elsewhere.clicked.connect(self._on_elsewhere_clicked)
        self.waveform.seeked.connect(self._on_seeked)
        self.waveform.region_marked.connect(self._on_region_marked)
        self.volume.changed.connect(self.playback.set_volume)
        self.speed.changed.connect(self.playback.set_speed)
        self.player.opened.connect(self._on_opened)
        self.player.changed.connect(self._refresh)
        self.player.failed.connect(self._on_failed)
        self.playback.position_changed.connect(self._show_position)
        self.drawer.compare.more_like_requested.connect(self.more_like_requested)
        self.drawer.compare.created.connect(self.song_created)
        subscribe(self, self._services.library.peaks_ready, self._on_peaks)
        subscribe(self, self._services.music.clips.changed, self._on_clip_changed)
        queue = self._services.playing
        for signal in (queue.repeat.changed, queue.queue.inserted, queue.queue.removed):
            subscribe(self, signal, self._refresh_steps)

    def _fit(self) -> None:
        """What a narrow window has no room for gives way to the waveform."""
        width = self.width()
        is_wide = width >= theme.scaled(WIDE_PX)
        self._names.setFixedWidth(theme.scaled(TITLE_PX if is_wide else NARROW_TITLE_PX))
        self.modes.setVisible(is_wide)
        self.volume.show_slider(shown=width >= theme.scaled(SMALL_PX))
        self.drawer.fit()

    def _on_opened(self) -> None:
        clip = self.player.clip
        if clip is None:
            self.hide()
            return
        self.show()
        self.waveform.set_heights(())
        problem = self._problem(clip)
        if problem:
            self._refuse(clip, problem)
        elif not self.player.hides_names:
            self._services.library.load_peaks(clip.id)
        self._refresh()

    def _problem(self, clip: Clip) -> str:
        """Why there is nothing to play on this disk; empty when there is."""
        if clip.delivery is Delivery.UNSAVED and clip.failure is not None:
            return describe(clip.failure, Kept.CLIP).sentence
        if clip.delivery not in (Delivery.SAVED, Delivery.UNSAVED):
            return self.tr("This clip is being downloaded and can be played once it is saved.")
        if not is_on_disk(clip):
            return self.tr("The file is gone from this disk. Downloading it again is free.")
        return ""

    def _refuse(self, clip: Clip, sentence: str) -> None:
        self._show_trouble(sentence)
        at_rest = clip.delivery in (Delivery.SAVED, Delivery.UNSAVED)
        self._again.setVisible(at_rest)
        self._refresh()

    def _show_trouble(self, sentence: str) -> None:
        """Words stand where the waveform was; no words bring it back."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        for widget in (self.waveform, self._time):
            widget.setVisible(not sentence)
        self._again.hide()
        self._elsewhere.hide()

    def _refresh(self) -> None:
        playing = self.player.is_playing
        self._title.setText(self.player.title or self.tr("Comparing blind"))
        self._note.setText(self._facts())
        self._silence.setVisible(self.player.is_loaded and not self.playback.has_device)
        self._play.set_icon(Icon.PAUSE if playing else Icon.PLAY)
        self._play.set_name(self.tr("Pause") if playing else self.tr("Play"))
        self._play.setEnabled(self.player.is_loaded)
        self._refresh_steps()
        self._show_loop()
        self._show_position(self.playback.position_ms)

    def _refresh_steps(self, *_news: object) -> None:
        alone = self.player.comparison is None
        queue = self._services.playing
        self._previous.setEnabled(alone and bool(queue.neighbour(-1)))
        self._next.setEnabled(alone and bool(queue.neighbour(1)))

    def _facts(self) -> str:
        clip = self.player.clip
        return "" if clip is None or self.player.hides_names else clip.tags

    def _show_loop(self) -> None:
        """The region on the waveform, and what the button does next."""
        loop, start_ms = self.playback.loop, self.player.loop_start_ms
        length_ms = max(1, self.playback.duration_ms)
        region: Region | None = None
        name = self.tr("Repeat a part from here")
        if loop is not None:
            region = Region(loop.start_ms / length_ms, loop.end_ms / length_ms)
            name = self.tr("Stop repeating the part")
        elif start_ms is not None:
            region = Region(start_ms / length_ms)
            name = self.tr("Repeat up to here")
        self._loop.setEnabled(self.player.is_loaded)
        self._loop.setChecked(region is not None)
        self._loop.set_name(name)
        self.waveform.set_region(region)

    def _show_position(self, position_ms: int) -> None:
        duration_ms = self.playback.duration_ms
        words = f"{format.duration(position_ms / 1000)} / {format.duration(duration_ms / 1000)}"
        self._time.setText(words)
        self.waveform.set_position(position_ms / max(1, duration_ms), words=words)

    def _on_loop_clicked(self) -> None:
        self.player.mark_loop()
        self._show_loop()

    def _on_seeked(self, fraction: float) -> None:
        self.playback.seek(round(fraction * self.playback.duration_ms))

    def _on_region_marked(self, start: float, end: float) -> None:
        length_ms = self.playback.duration_ms
        self.player.set_loop(LoopRegion(round(start * length_ms), round(end * length_ms)))
        self._show_loop()

    def _on_peaks(self, clip_id: str, heights: tuple[float, ...]) -> None:
        if clip_id == self.loaded_clip_id and not self.player.hides_names:
            self.waveform.set_heights(heights)

    def _on_clip_changed(self, row: int) -> None:
        """What keeps a clip from playing changes while it is fetched; saved, it can be played."""
        clip = self._services.music.clips[row]
        if clip.id == self.loaded_clip_id and self.trouble:
            self.load(clip.id, play=False)
        elif clip.delivery is Delivery.SAVED and self.loaded_clip_id:
            self._refresh()

    def _on_again_clicked(self) -> None:
        if self.player.clip is not None:
            self._services.music.download_again(self.player.clip.id)

    def _on_elsewhere_clicked(self) -> None:
        clip = self.player.clip
        if clip is not None and clip.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(clip.path)))

    def _on_failed(self, detail: str) -> None:
        clip = self.player.clip
        if clip is None:
            return
        self._refuse(clip, self.tr("This clip can't be played here. Another app may do it."))
        self._trouble.setToolTip(tip(detail))
        self._elsewhere.show()
