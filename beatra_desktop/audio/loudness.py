"""How loud a recording is to the ear."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from beatra_desktop.audio.errors import BrokenAudio
from beatra_desktop.audio.source import Decoder, Source, open_audio

if TYPE_CHECKING:
    from av import AudioFrame
    from av.filter import Graph

_SILENCE_LUFS: Final = -70.0
_INTEGRATED: Final = "lavfi.r128.I"


def integrated_loudness(path: Path) -> float | None:
    """The whole file's gated loudness in LUFS (EBU R 128); None when nothing in it is heard.

    Sounds shorter than 0.4 s have none either. Damaged parts are left out. Raises
    UnreadableAudio, or BrokenAudio if nothing decodes.
    """
    with open_audio(path) as source:
        text = _last_reading(source)
    if text is None:
        raise BrokenAudio(path, "nothing in it can be decoded")
    loudness = float(text)
    return loudness if loudness > _SILENCE_LUFS else None


def _last_reading(source: Source) -> str | None:
    """What FFmpeg's meter says at the end; None when no frame came."""
    meter: Graph | None = None
    kind: tuple[int, str, str] | None = None
    reading: str | None = None
    for frame in Decoder(source):
        if meter is None:
            meter, kind = _meter(frame), _kind(frame)
        elif _kind(frame) != kind:
            continue  # the meter takes one format; another one midway is damage
        frame.pts = None  # times that jump, as in joined files, would upset it
        meter.push(frame)
        reading = _read(meter) or reading
    if meter is not None:
        meter.push(None)
        reading = _read(meter) or reading
    return reading


def _kind(frame: AudioFrame) -> tuple[int, str, str]:
    return frame.sample_rate, frame.format.name, frame.layout.name


def _meter(frame: AudioFrame) -> Graph:
    """Made for the first frame, whose format is certain where the container's word is not."""
    import av

    graph = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=frame.sample_rate, format=frame.format.name, layout=frame.layout.name
    )
    meter = graph.add("ebur128", "metadata=1:framelog=quiet")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    return graph


def _read(graph: Graph) -> str | None:
    import av

    reading: str | None = None
    while True:
        try:
            frame = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return reading
        reading = frame.metadata.get(_INTEGRATED, reading)
