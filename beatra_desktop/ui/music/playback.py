"""Playing a file through QtMultimedia, which is loaded at first use and may be missing."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer


class Playback(QObject):
    """Positions and durations are in milliseconds; `failed` carries the technical text."""

    position_changed = Signal(int)
    state_changed = Signal()
    ended = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player: QMediaPlayer | None = None
        self._output: QAudioOutput | None = None

    @property
    def has_device(self) -> bool:
        """Whether anything can be heard on this computer now."""
        from PySide6.QtMultimedia import QMediaDevices

        return bool(QMediaDevices.audioOutputs())

    @property
    def is_playing(self) -> bool:
        return self._player is not None and self._player.isPlaying()

    @property
    def is_loaded(self) -> bool:
        """The file was opened and can be played."""
        if self._player is None:
            return False
        status = type(self._player).MediaStatus
        return self._player.mediaStatus() in (
            status.LoadedMedia, status.BufferedMedia, status.BufferingMedia, status.EndOfMedia,
        )  # fmt: skip

    @property
    def duration_ms(self) -> int:
        return self._player.duration() if self._player is not None else 0

    @property
    def position_ms(self) -> int:
        return self._player.position() if self._player is not None else 0

    def load(self, path: Path) -> bool:
        """Open a file; False when this installation can't play at all."""
        try:
            player = self._player or self._make()
        except ImportError as error:
            self.failed.emit(str(error))
            return False
        player.setSource(QUrl.fromLocalFile(str(path)))
        return True

    def play(self) -> None:
        if self._player is not None:
            self._player.play()

    def pause(self) -> None:
        if self._player is not None:
            self._player.pause()

    def close(self) -> None:
        """Let go of the file."""
        if self._player is not None:
            self._player.stop()
            self._player.setSource(QUrl())

    def seek(self, position_ms: int) -> None:
        if self._player is not None:
            self._player.setPosition(position_ms)

    def set_volume(self, share: float) -> None:
        """0 to 1, as loudness is perceived."""
        if self._output is not None:
            self._output.setVolume(share**2)

    def set_speed(self, factor: float) -> None:
        if self._player is not None:
            self._player.setPlaybackRate(factor)

    def _make(self) -> "QMediaPlayer":
        from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer

        player = QMediaPlayer(self)
        self._output = QAudioOutput(self)
        player.setAudioOutput(self._output)
        player.positionChanged.connect(self._on_position)
        player.playbackStateChanged.connect(self._on_state)
        player.mediaStatusChanged.connect(self._on_status)
        player.durationChanged.connect(self._on_state)
        player.errorOccurred.connect(lambda _error, text: self.failed.emit(text))
        self._player = player
        return player

    def _on_position(self, position_ms: int) -> None:
        self.position_changed.emit(position_ms)

    def _on_state(self) -> None:
        self.state_changed.emit()

    def _on_status(self, status: "QMediaPlayer.MediaStatus") -> None:
        if status == type(status).EndOfMedia:
            self.ended.emit()
        self.state_changed.emit()
