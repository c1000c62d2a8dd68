"""The player along the lower edge of the window."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QActionGroup, QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QVBoxLayout, QWidget

from beatra_desktop.domain.music import Clip, Delivery
from beatra_desktop.services import Services
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.error_text import Kept, describe
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, Text
from beatra_desktop.ui.music.task_text import numbered_title
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.player.playback import Playback, PlaybackMissing
from beatra_desktop.ui.player.waveform import Waveform
from beatra_desktop.ui.styling import Ground, Tone, Variant
from beatra_desktop.ui.subscriptions import subscribe

TITLE_PX: Final = 200
VOLUME_PX: Final = 88
VOLUME_PERCENT: Final = 80
VOLUME_STEP_PERCENT: Final = 5
SPEEDS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


class PlayerBar(Pane):
    """Hidden until a clip is loaded; plays saved clips, the next one when one has ended."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.RAISED, margin_px=theme.GRID, parent=parent)
        self._services = services
        self._clip: Clip | None = None
        self._playback = Playback(self)
        self._title = ElidedLabel(weight="strong")
        self._note = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self._play = IconButton(Icon.PLAY, self.tr("Play"), shortcut="Space")
        self._previous = IconButton(Icon.PREVIOUS, self.tr("Previous clip"))
        self._next = IconButton(Icon.NEXT, self.tr("Next clip"))
        self.waveform = Waveform()
        self._time = Text(tone=Tone.SECONDARY, size="small")
        self._trouble = Text()
        self._again = Button(self.tr("Download again"), icon=Icon.DOWNLOAD)
        self._elsewhere = Button(self.tr("Open in another app"), icon=Icon.EXTERNAL)
        self._mute = IconButton(Icon.VOLUME, self.tr("Mute"))
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._speed = Button("", variant=Variant.GHOST)
        self._close = IconButton(Icon.CLOSE, self.tr("Close the player"))
        self._speeds = self._make_speeds()
        self.setAccessibleName(self.tr("Player"))
        self._lay_out()
        self._dress_volume()
        self._connect()
        self._show_speed(1.0)
        self._set_volume()
        self.hide()

    @property
    def loaded_clip_id(self) -> str:
        return self._clip.id if self._clip is not None else ""

    @property
    def is_loaded(self) -> bool:
        return self._playback.is_loaded

    @property
    def is_playing(self) -> bool:
        return self._playback.is_playing

    @property
    def playback(self) -> Playback:
        return self._playback

    @property
    def trouble(self) -> str:
        """Why the clip can't be played; empty when it can."""
        return "" if self._trouble.isHidden() else self._trouble.text()

    def load(self, clip_id: str, *, play: bool = True) -> None:
        """Open a saved clip; says in words why it can't, if it can't."""
        clip = self._services.music.clips.get(clip_id)
        if clip is None:
            return
        self._clip = clip
        self.show()
        siblings = self._services.music.clips_of(clip.task_id)
        title = numbered_title(clip, of=len(siblings))
        self._title.setText(title)
        self._set_note(clip.tags)
        self.waveform.set_heights(())
        problem = self._problem(clip)
        if clip.path is None or problem:
            self._playback.close()
            self._refuse(clip, problem)
        else:
            self._services.library.load_peaks(clip.id)
            self._open(clip.path, play=play)

    def toggle(self) -> None:
        """Play or pause what is loaded."""
        if self._playback.is_playing:
            self._playback.pause()
        elif self._playback.is_loaded:
            self._playback.play()

    def pause(self) -> None:
        self._playback.pause()

    def step(self, by: int) -> None:
        """Load the next (1) or previous (-1) saved clip."""
        clip_id = self._neighbour(by)
        if clip_id:
            self.load(clip_id)

    def close_player(self) -> None:
        self._playback.close()
        self._clip = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.setContentsMargins(theme.GRID, 0, theme.GRID, 0)
        names.addWidget(self._title)
        names.addWidget(self._note)
        holder = QWidget()
        holder.setLayout(names)
        holder.setFixedWidth(TITLE_PX)
        self._time.setWordWrap(False)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID // 2)
        row.addWidget(holder)
        for button in (self._previous, self._play, self._next):
            row.addWidget(button)
        row.addWidget(self.waveform, stretch=1)
        row.addWidget(self._trouble, stretch=1)
        for widget in (self._time, self._again, self._elsewhere):
            row.addWidget(widget)
        row.addWidget(self._speed)
        row.addWidget(self._mute)
        row.addWidget(self._volume)
        row.addWidget(self._close)
        self.add(row)

    def _dress_volume(self) -> None:
        self._mute.setCheckable(True)
        self._volume.setRange(0, 100)
        self._volume.setSingleStep(VOLUME_STEP_PERCENT)
        self._volume.setPageStep(2 * VOLUME_STEP_PERCENT)
        self._volume.setFixedWidth(VOLUME_PX)
        self._volume.setAccessibleName(self.tr("Volume"))
        self._volume.setToolTip(self.tr("Volume"))
        stored = self._services.settings.ui_state("volume")
        self._volume.setValue(int(stored) if stored.isdecimal() else VOLUME_PERCENT)

    def _connect(self) -> None:
        self._play.clicked.connect(self.toggle)
        self._previous.clicked.connect(lambda: self.step(-1))
        self._next.clicked.connect(lambda: self.step(1))
        self._close.clicked.connect(self.close_player)
        self._again.clicked.connect(self._on_again_clicked)
        self._elsewhere.clicked.connect(self._on_elsewhere_clicked)
        self.waveform.seeked.connect(self._on_seeked)
        self._volume.valueChanged.connect(self._on_volume)
        self._mute.toggled.connect(self._on_muted)
        self._speed.clicked.connect(self._open_speeds)
        self._playback.position_changed.connect(self._on_position)
        self._playback.state_changed.connect(self._refresh)
        self._playback.ended.connect(lambda: self.step(1))
        self._playback.failed.connect(self._on_failed)
        subscribe(self, self._services.library.peaks_ready, self._on_peaks)
        subscribe(self, self._services.music.clips.changed, self._on_clip_changed)

    def _make_speeds(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Speed"))
        group = QActionGroup(menu)
        for speed in SPEEDS:
            action = QAction(f"{speed:g}×", group)
            action.setCheckable(True)
            action.setChecked(speed == 1.0)
            action.setData(speed)
            menu.addAction(action)
        group.triggered.connect(self._on_speed)
        return menu

    def _open_speeds(self) -> None:
        corner = self._speed.mapToGlobal(self._speed.rect().topLeft())
        corner.setY(corner.y() - self._speeds.sizeHint().height())
        self._speeds.popup(corner)

    def _show_speed(self, speed: float) -> None:
        self._speed.setText(f"{speed:g}×")
        name = self.tr("Speed: {speed}").format(speed=f"{speed:g}×")
        self._speed.setAccessibleName(name)
        self._speed.setToolTip(name)

    def _open(self, path: Path, *, play: bool) -> None:
        try:
            self._playback.load(path)
        except PlaybackMissing as error:
            self._on_failed(str(error))
            return
        self._show_trouble("")
        if not self._playback.has_device:
            self._set_note(self.tr("No sound device found"))
        if play:
            self._playback.play()
        self._refresh()

    def _problem(self, clip: Clip) -> str:
        """Why there is nothing to play on this disk; empty when there is."""
        if clip.delivery is Delivery.UNSAVED and clip.failure is not None:
            return describe(clip.failure, Kept.CLIP).sentence
        if clip.delivery not in (Delivery.SAVED, Delivery.UNSAVED):
            return self.tr("This clip is being downloaded and can be played once it is saved.")
        if clip.path is None or not clip.path.exists():
            return self.tr("The file is gone from this disk. Downloading it again is free.")
        return ""

    def _neighbour(self, by: int) -> str:
        """The id of the saved clip before (-1) or after (1) the loaded one; empty at the ends."""
        saved: list[str] = [
            clip.id for clip in self._services.music.clips if clip.delivery is Delivery.SAVED
        ]
        row = saved.index(self.loaded_clip_id) + by if self.loaded_clip_id in saved else -1
        return saved[row] if 0 <= row < len(saved) else ""

    def _set_note(self, text: str) -> None:
        self._note.setText(text)
        self._note.setToolTip(text)

    def _set_volume(self) -> None:
        muted = self._mute.isChecked()
        self._playback.set_volume(0.0 if muted else self._volume.value() / 100)

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
        playing = self._playback.is_playing
        self._play.set_icon(Icon.PAUSE if playing else Icon.PLAY)
        self._play.set_name(self.tr("Pause") if playing else self.tr("Play"))
        self._play.setEnabled(self._playback.is_loaded)
        self._previous.setEnabled(bool(self._neighbour(-1)))
        self._next.setEnabled(bool(self._neighbour(1)))
        self._on_position(self._playback.position_ms)

    def _on_speed(self, action: QAction) -> None:
        self._show_speed(float(action.data()))
        self._playback.set_speed(float(action.data()))

    def _on_seeked(self, fraction: float) -> None:
        self._playback.seek(round(fraction * self._playback.duration_ms))

    def _on_volume(self, value: int) -> None:
        self._services.settings.set_ui_state("volume", str(value))
        self._mute.setChecked(False)
        self._set_volume()

    def _on_muted(self, muted: bool) -> None:  # Qt's signal
        self._mute.set_icon(Icon.VOLUME_OFF if muted else Icon.VOLUME)
        self._mute.set_name(self.tr("Unmute") if muted else self.tr("Mute"))
        self._set_volume()

    def _on_position(self, position_ms: int) -> None:
        duration_ms = self._playback.duration_ms
        words = f"{format.duration(position_ms / 1000)} / {format.duration(duration_ms / 1000)}"
        self._time.setText(words)
        self.waveform.set_position(position_ms / max(1, duration_ms), words=words)

    def _on_peaks(self, clip_id: str, heights: tuple[float, ...]) -> None:
        if clip_id == self.loaded_clip_id:
            self.waveform.set_heights(heights)

    def _on_clip_changed(self, row: int) -> None:
        """What keeps a clip from playing changes while it is fetched; saved, it can be played."""
        clip = self._services.music.clips[row]
        if clip.id == self.loaded_clip_id and self.trouble:
            self.load(clip.id, play=False)
        elif clip.delivery is Delivery.SAVED and self.loaded_clip_id:
            self._refresh()

    def _on_again_clicked(self) -> None:
        if self._clip is not None:
            self._services.music.download_again(self._clip.id)

    def _on_elsewhere_clicked(self) -> None:
        if self._clip is not None and self._clip.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._clip.path)))

    def _on_failed(self, detail: str) -> None:
        if self._clip is None:
            return
        self._refuse(self._clip, self.tr("This clip can't be played here. Another app may do it."))
        self._trouble.setToolTip(detail)
        self._elsewhere.show()
