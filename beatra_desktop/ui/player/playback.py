"""Playing one file through QtMultimedia, which is loaded at first use and may be missing."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Q_ARG, QMetaObject, QObject, Qt, QUrl, Signal

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

DECIBELS_PER_DECADE: Final = 20


class PlaybackMissing(Exception):
    """This installation can't play sound; the text is technical."""


class Playback(QObject):
    """Positions and durations are in milliseconds; `failed` carries the technical text."""

    position_changed = Signal(int)
    state_changed = Signal()
    ended = Signal()
    failed = Signal(str)

    _ended_inside = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player: QMediaPlayer | None = None
        self._output: QAudioOutput | None = None
        self._devices: QMediaDevices | None = None
        self._volume = 1.0
        self._gain_db = 0.0
        self._is_silent = False
        self._speed = 1.0
        self._path: Path | None = None
        # Queued: another file must not be opened from inside the player's own signal.
        self._ended_inside.connect(self.ended, Qt.ConnectionType.QueuedConnection)

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
    def path(self) -> Path | None:
        """The file that is open, or on its way."""
        return self._path

    @property
    def duration_ms(self) -> int:
        return self._player.duration() if self._player is not None else 0

    @property
    def position_ms(self) -> int:
        return self._player.position() if self._player is not None else 0

    @property
    def volume(self) -> float:
        """What the user's wish multiplies the sound with, 0 to 1."""
        return self._volume

    @property
    def amplitude(self) -> float:
        """What the sound is multiplied with in the end, 0 to 1."""
        gain = 10 ** (self._gain_db / DECIBELS_PER_DECADE)
        return 0.0 if self._is_silent else self._volume * gain

    @property
    def speed(self) -> float:
        return self._speed

    def load(self, path: Path) -> None:
        """Open a file; PlaybackMissing when this installation can't play at all."""
        try:
            player = self._player or self._make()
        except ImportError as error:
            raise PlaybackMissing(str(error)) from error
        self._path = path
        self._apply_volume()
        _call(player, "setSource", Q_ARG(QUrl, QUrl.fromLocalFile(str(path))))
        _call(player, "setPlaybackRate", Q_ARG(float, self._speed))

    def play(self) -> None:
        if self._player is not None:
            _call(self._player, "play")

    def pause(self) -> None:
        if self._player is not None:
            _call(self._player, "pause")

    def close(self) -> None:
        """Let go of the file."""
        if self._player is not None and self._path is not None:
            _call(self._player, "setSource", Q_ARG(QUrl, QUrl()))
        self._path = None

    def seek(self, position_ms: int) -> None:
        if self._player is not None:
            _call(self._player, "setPosition", Q_ARG("qlonglong", position_ms))

    def set_volume(self, share: float) -> None:
        """0 to 1, as loudness is perceived."""
        self._volume = share**2
        self._apply_volume()

    def set_gain(self, decibels: float) -> None:
        """Turn the sound down by so much, besides the volume; 0 or negative."""
        self._gain_db = decibels
        self._apply_volume()

    def set_silent(self, *, silent: bool) -> None:
        """Play on without being heard, whatever the volume."""
        self._is_silent = silent
        self._apply_volume()

    def set_speed(self, factor: float) -> None:
        """The pitch stays: QtMultimedia compensates it."""
        self._speed = factor
        if self._player is not None:
            _call(self._player, "setPlaybackRate", Q_ARG(float, factor))

    def _apply_volume(self) -> None:
        """Not while a stream is taken down: Qt's thread may still listen to the volume."""
        if self._output is not None and self._path is not None:
            self._output.setVolume(self.amplitude)

    def _make(self) -> "QMediaPlayer":
        from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

        player = QMediaPlayer(self)
        self._output = QAudioOutput(self)
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._on_devices_changed)
        self._apply_volume()
        player.setAudioOutput(self._output)
        player.positionChanged.connect(self._on_position)
        player.playbackStateChanged.connect(self._on_state)
        player.mediaStatusChanged.connect(self._on_status)
        player.durationChanged.connect(self._on_state)
        player.errorOccurred.connect(self._on_error)
        self._player = player
        return player

    def _on_position(self, position_ms: int) -> None:
        self.position_changed.emit(position_ms)

    def _on_state(self) -> None:
        self.state_changed.emit()

    def _on_status(self, status: "QMediaPlayer.MediaStatus") -> None:
        if status == type(status).EndOfMedia:
            self._ended_inside.emit()
        self.state_changed.emit()

    def _on_devices_changed(self) -> None:
        """Headphones came or went: go where the system now sends sound."""
        if self._output is not None and self._devices is not None:
            self._output.setDevice(self._devices.defaultAudioOutput())
            self.state_changed.emit()

    def _on_error(self, _error: object, text: str) -> None:
        self.failed.emit(text)


def _call(player: "QMediaPlayer", slot: str, *arguments: object) -> None:
    """Call a slot of the player with Python's lock let go.

    A player waits for Qt's sound threads, and these look for Python overrides under that lock when
    a stream begins or ends: called in the ordinary way, both would wait for ever.
    """
    is_known = QMetaObject.invokeMethod(
        player, slot, Qt.ConnectionType.DirectConnection, *arguments
    )  # type: ignore[call-overload]  # the stubs name no arguments
    assert is_known, slot
