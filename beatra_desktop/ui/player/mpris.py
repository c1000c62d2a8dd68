"""The player for the Linux desktop: media keys and "now playing" by MPRIS 2.2 over D-Bus."""

import os
from collections.abc import Callable, Mapping
from typing import Final, Protocol
from xml.sax.saxutils import quoteattr

from PySide6.QtCore import QObject

from beatra_desktop.domain.playing import Repeat
from beatra_desktop.ui.desktop.bus import BusObject, Interface, Variant
from beatra_desktop.ui.player.player import Player

NAME: Final = "org.mpris.MediaPlayer2.beatra_desktop"
PATH: Final = "/org/mpris/MediaPlayer2"
ROOT: Final = "org.mpris.MediaPlayer2"
PLAYER: Final = "org.mpris.MediaPlayer2.Player"
MICROSECONDS: Final = 1000
"""In a millisecond."""
SLOWEST: Final = 0.5
FASTEST: Final = 2.0
NO_TRACK: Final = f"{PATH}/TrackList/NoTrack"
_LOOPS: Final = {Repeat.OFF: "None", Repeat.ALL: "Playlist", Repeat.ONE: "Track"}
_SIGNALS: Final = '<signal name="Seeked"><arg name="Position" type="x"/></signal>'


class Controls(Protocol):
    """What else the desktop may ask for: the bar's volume and speed, and the window."""

    @property
    def volume(self) -> float: ...
    @property
    def speed(self) -> float: ...
    def set_volume(self, share: float) -> None: ...
    def set_speed(self, factor: float) -> None: ...
    def raise_window(self) -> None: ...
    def quit(self) -> None: ...


class Mpris(QObject):
    """On the bus until closed; one of `buses.NO_BUS` where there is none.

    While two songs are compared blind the desktop is not told what they are called.
    """

    def __init__(
        self, player: Player, controls: Controls, *, parent: QObject | None = None
    ) -> None:
        super().__init__()
        self._player = player
        self._controls = controls
        self._interface = self._playing()
        interfaces = (self._about(), self._interface)
        self._bus = BusObject(
            f"{NAME}.instance{os.getpid()}",
            PATH,
            interfaces=interfaces,
            description=_describe(*interfaces),
            parent=self,
        )
        self.setParent(parent)
        self._told: dict[str, Variant] = self._news()
        for signal in (player.opened, player.changed):
            signal.connect(self.refresh)
        player.decks.jumped.connect(self._on_jumped)

    def refresh(self) -> None:
        """Tell what is not as it was told."""
        news = self._news()
        changes = {name: value for name, value in news.items() if self._told.get(name) != value}
        self._told = news
        if changes:
            self._bus.tell_changes(PLAYER, changes)

    def close(self) -> None:
        self._bus.close()

    def _about(self) -> Interface:
        yes, no = ("b", True), ("b", False)
        none: Variant = ("as", [])
        return Interface(
            name=ROOT,
            properties={
                "Identity": lambda: ("s", "Beatra Desktop"),
                "DesktopEntry": lambda: ("s", "ai.beatra.Desktop"),
                "CanQuit": lambda: yes,
                "CanRaise": lambda: yes,
                "HasTrackList": lambda: no,
                "SupportedUriSchemes": lambda: none,
                "SupportedMimeTypes": lambda: none,
            },
            methods={
                "Raise": ("", self._controls.raise_window),
                "Quit": ("", self._controls.quit),
            },
        )

    def _playing(self) -> Interface:
        player, controls = self._player, self._controls
        return Interface(
            name=PLAYER,
            properties=self._properties(),
            methods={
                "PlayPause": ("", player.toggle),
                "Play": ("", self._on_play),
                "Pause": ("", player.decks.pause),
                "Stop": ("", self._on_stop),
                "Next": ("", lambda: player.step(1)),
                "Previous": ("", lambda: player.step(-1)),
                "Seek": ("x", lambda offset: player.seek_by(offset // MICROSECONDS)),
                "SetPosition": ("ox", self._on_set_position),
                "OpenUri": ("s", lambda _uri: None),
            },
            setters={
                "Volume": ("d", controls.set_volume),
                "Rate": ("d", controls.set_speed),
                "Shuffle": ("b", lambda on: player.queue.set_shuffle(on=on)),
                "LoopStatus": ("s", self._on_loop_status),
            },
        )

    def _properties(self) -> Mapping[str, Callable[[], Variant]]:
        player, controls = self._player, self._controls
        return {
            "PlaybackStatus": lambda: ("s", self._status()),
            "LoopStatus": lambda: ("s", _LOOPS[player.queue.repeat.value]),
            "Shuffle": lambda: ("b", player.queue.shuffles.value),
            "Rate": lambda: ("d", controls.speed),
            "MinimumRate": lambda: ("d", SLOWEST),
            "MaximumRate": lambda: ("d", FASTEST),
            "Volume": lambda: ("d", controls.volume),
            "Position": lambda: ("x", player.decks.position_ms * MICROSECONDS),
            "Metadata": lambda: ("a{sv}", self._metadata()),
            "CanControl": lambda: ("b", True),
            "CanPlay": lambda: ("b", player.is_loaded),
            "CanPause": lambda: ("b", player.is_loaded),
            "CanSeek": lambda: ("b", player.is_loaded),
            "CanGoNext": lambda: ("b", bool(player.queue.neighbour(1))),
            "CanGoPrevious": lambda: ("b", bool(player.queue.neighbour(-1))),
        }

    def _news(self) -> dict[str, Variant]:
        """All but the position, which changes all the time and is asked for."""
        values = self._interface.values()
        del values["Position"]
        return values

    def _status(self) -> str:
        if self._player.is_playing:
            return "Playing"
        return "Paused" if self._player.decks.position_ms else "Stopped"

    def _metadata(self) -> dict[str, Variant]:
        clip = self._player.clip
        if clip is None:
            return {"mpris:trackid": ("o", NO_TRACK)}
        title = self._player.title or self.tr("Comparing blind")
        found: dict[str, Variant] = {
            "mpris:trackid": ("o", self._track()),
            "xesam:title": ("s", _sendable(title)),
            "xesam:artist": ("as", [self.tr("Made with beatra")]),
        }
        if length_ms := self._player.decks.duration_ms:
            found["mpris:length"] = ("x", length_ms * MICROSECONDS)
        if clip.tags and not self._player.hides_names:
            found["xesam:genre"] = ("as", [_sendable(clip.tags)])
        if clip.rating and not self._player.hides_names:
            found["xesam:userRating"] = ("d", clip.rating / 5)
        return found

    def _track(self) -> str:
        """A path for the loaded clip; of two that are compared blind it is one."""
        clip = self._player.clip
        name = "blind" if clip is None or self._player.hides_names else clip.id.encode().hex()
        return f"/io/beatra/desktop/clip/{name}"

    def _on_play(self) -> None:
        if not self._player.is_playing:
            self._player.toggle()

    def _on_stop(self) -> None:
        self._player.decks.pause()
        self._player.decks.seek(0)

    def _on_set_position(self, track: str, position: int) -> None:
        """A place of another track, or outside of this one, is stale."""
        place_ms = position // MICROSECONDS
        if track == self._track() and 0 <= place_ms <= self._player.decks.duration_ms:
            self._player.decks.seek(place_ms)

    def _on_loop_status(self, status: str) -> None:
        modes = {name: mode for mode, name in _LOOPS.items()}
        if status in modes:
            self._player.queue.set_repeat(modes[status])

    def _on_jumped(self, position_ms: int) -> None:
        body = (position_ms * MICROSECONDS,)
        self._bus.emit_signal(PLAYER, "Seeked", signature="x", body=body)


def _sendable(text: str) -> str:
    """Without what no bus takes: it would end the connection."""
    return text.replace("\0", "").encode(errors="replace").decode()


def _describe(*interfaces: Interface) -> str:
    """The introspection document of the object."""
    parts = ["<node>"]
    for interface in interfaces:
        parts.append(f"<interface name={quoteattr(interface.name)}>")
        parts += [_method(name, signature) for name, (signature, _) in interface.methods.items()]
        parts += [
            _property(name, read()[0], is_writable=name in interface.setters)
            for name, read in interface.properties.items()
        ]
        parts += [_SIGNALS] if interface.name == PLAYER else []
        parts.append("</interface>")
    return "".join([*parts, "</node>"])


def _method(name: str, signature: str) -> str:
    arguments = "".join(f'<arg type="{kind}" direction="in"/>' for kind in signature)
    return f"<method name={quoteattr(name)}>{arguments}</method>"


def _property(name: str, signature: str, *, is_writable: bool) -> str:
    access = "readwrite" if is_writable else "read"
    return f'<property name={quoteattr(name)} type="{signature}" access="{access}"/>'
