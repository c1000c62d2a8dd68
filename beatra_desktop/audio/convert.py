"""Conversion between formats, keeping the tags."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from msgspec import Struct

from beatra_desktop.audio.atomic import replacing
from beatra_desktop.audio.errors import BrokenAudio, ConversionCanceled
from beatra_desktop.audio.source import Decoder, Source, open_audio
from beatra_desktop.audio.tags import MUXER_OPTIONS, collect, packed
from beatra_desktop.domain.converting import AudioFormat as AudioFormat  # the callers' too

if TYPE_CHECKING:
    from av import AudioStream
    from av.container import OutputContainer


class _Recipe(Struct, frozen=True, kw_only=True):
    """`bit_rate` in bits/s; 0 for formats that lose nothing."""

    muxer: str
    family: str
    codec: str
    deep_codec: str
    bit_rate: int = 0


_RECIPES: Final = {
    AudioFormat.WAV: _Recipe(muxer="wav", family="wav", codec="pcm_s16le", deep_codec="pcm_s24le"),
    AudioFormat.FLAC: _Recipe(muxer="flac", family="flac", codec="flac", deep_codec="flac"),
    AudioFormat.OPUS: _Recipe(
        muxer="ogg", family="ogg", codec="libopus", deep_codec="libopus", bit_rate=160_000
    ),
    AudioFormat.MP3: _Recipe(
        muxer="mp3", family="mp3", codec="libmp3lame", deep_codec="libmp3lame", bit_rate=256_000
    ),
    AudioFormat.M4A: _Recipe(
        muxer="mp4", family="mov", codec="aac", deep_codec="aac", bit_rate=256_000
    ),
}
_LOSSLESS_CODECS: Final = ("pcm_", "flac", "alac", "wavpack", "ape")
_DEEP_BYTES: Final = 4
"""Decoders give 24-bit samples in four bytes."""


def convert(
    source: Path,
    target: Path,
    *,
    format: AudioFormat,
    on_progress: Callable[[float], None] = lambda _: None,
    is_canceled: Callable[[], bool] = lambda: False,
) -> None:
    """Write `source` to `target` in another format, whole or not at all.

    `on_progress` gets the share done, 0 to 1, about a hundred times; both callbacks are called in
    the calling thread. More than two channels are mixed to two; damaged parts are left out. Raises
    UnreadableAudio, BrokenAudio if nothing decodes, ConversionCanceled, and OSError (disk full).
    """
    with replacing(target) as part, open_audio(source) as opened:
        _encode(opened, part, _RECIPES[format], _Meter(opened, on_progress, is_canceled))
    on_progress(1.0)


class _Meter:
    """Tells the progress once for each per cent, and asks whether to go on."""

    def __init__(
        self,
        source: Source,
        on_progress: Callable[[float], None],
        is_canceled: Callable[[], bool],
    ) -> None:
        self._total = (source.duration_seconds or 0.0) * source.stream.sample_rate
        self._on_progress = on_progress
        self._is_canceled = is_canceled
        self._told_percent = 0

    def advance(self, samples: int) -> None:
        if self._is_canceled():
            raise ConversionCanceled("The conversion was stopped; nothing was written.")
        percent = min(99, int(100 * samples / self._total)) if self._total else 0
        if percent > self._told_percent:
            self._told_percent = percent
            self._on_progress(percent / 100)


def _encode(source: Source, part: Path, recipe: _Recipe, meter: _Meter) -> None:
    import av

    samples = 0
    options = MUXER_OPTIONS.get(recipe.muxer, {})
    with av.open(str(part), "w", format=recipe.muxer, options=options) as target:
        target.metadata.update(packed(collect(source), family=recipe.family))
        stream = _add_stream(target, source, recipe)
        for frame in Decoder(source):
            # counted anew, for damaged parts leave gaps that encoders refuse
            frame.pts, frame.time_base = samples, Fraction(1, frame.sample_rate)
            samples += frame.samples
            target.mux(stream.encode(frame))
            meter.advance(samples)
        if not samples:
            raise BrokenAudio(source.path, "nothing in it can be decoded")
        target.mux(stream.encode(None))


def _add_stream(target: OutputContainer, source: Source, recipe: _Recipe) -> AudioStream:
    deep = _is_deep(source)
    codec = recipe.deep_codec if deep else recipe.codec
    layout = "mono" if source.stream.channels == 1 else "stereo"
    rate = _rate(codec, source.stream.sample_rate)
    stream = cast("AudioStream", target.add_stream(codec, rate=rate, layout=layout))
    if recipe.bit_rate:
        stream.bit_rate = recipe.bit_rate
    elif codec == "flac" and deep:
        stream.format = "s32"
    return stream


def _is_deep(source: Source) -> bool:
    is_lossless = source.stream.codec_context.name.startswith(_LOSSLESS_CODECS)
    return is_lossless and source.stream.format.bytes >= _DEEP_BYTES


def _rate(codec: str, wanted: int) -> int:
    """The nearest rate the codec knows that loses nothing, else its highest."""
    import av

    known = av.Codec(codec, "w").audio_rates
    if not known or wanted in known:
        return wanted
    return min((rate for rate in known if rate > wanted), default=max(known))
