"""Tags, written by copying the packets into a new container: the sound stays bit for bit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from beatra_desktop.audio.atomic import replacing
from beatra_desktop.audio.errors import BrokenAudio, UnsupportedFormat
from beatra_desktop.audio.source import Source, open_audio

if TYPE_CHECKING:
    from av import AudioStream, VideoStream
    from av.container import InputContainer, OutputContainer

_MUXERS: Final = {"mp3": "mp3", "wav": "wav", "flac": "flac", "ogg": "ogg", "mov": "mp4"}
MUXER_OPTIONS: Final = {
    "mp3": {"id3v2_version": "3"},  # Windows and car radios do not read version 4
    "mp4": {"brand": "M4A "},
}
_COVER_FAMILIES: Final = ("mp3", "flac", "mov")

_WAV_FIELDS: Final = frozenset(
    {"title", "artist", "album", "comment", "copyright", "date", "genre", "track"}
)
_MOV_FIELDS: Final = _WAV_FIELDS | {"album_artist", "composer", "description", "lyrics"}
_NATIVE_FIELDS: Final = {"wav": _WAV_FIELDS, "mov": _MOV_FIELDS}
_CARRIERS: Final = {"wav": "encoded_by", "mov": "synopsis"}
"""WAV and M4A know a fixed set of fields; all others travel in one of them, as JSON."""

_OF_THE_CONTAINER: Final = frozenset(
    {
        "encoder", "major_brand", "minor_version", "compatible_brands", "handler_name",
        "vendor_id", "language", "creation_time", "duration",
    }
)  # fmt: skip


def read_tags(path: Path) -> dict[str, str]:
    """All tags by lower-case name. Raises UnreadableAudio."""
    with open_audio(path) as source:
        return collect(source)


def write_tags(path: Path, tags: Mapping[str, str]) -> None:
    """Add or replace tags; an empty value removes one, all others stay.

    Written to a new file that replaces the old one when its audio packets were found identical.
    A cover picture is kept in MP3, FLAC and M4A. Raises UnreadableAudio, UnsupportedFormat for
    containers other than MP3, WAV, FLAC, Ogg and M4A, BrokenAudio if the packets can't be copied,
    and OSError (disk full); after any of these the file is as it was.
    """
    with replacing(path) as part:
        with open_audio(path) as source:
            if source.family not in _MUXERS:
                raise UnsupportedFormat(path, "this kind of file has no place for them")
            wanted = {**collect(source), **{name.lower(): value for name, value in tags.items()}}
            expected = _copy(source, part, wanted)
        with open_audio(part) as copy:
            if _digest(copy) != expected:
                raise BrokenAudio(path, "its sound can't be copied without loss")


def collect(source: Source) -> dict[str, str]:
    """The tags of an open file, wherever its container keeps them."""
    raw = {**source.container.metadata, **source.stream.metadata}
    named = {name.lower(): value for name, value in raw.items()}
    carried = _carried(named.get(_CARRIERS.get(source.family, ""), ""))
    if carried:
        del named[_CARRIERS[source.family]]
    return {k: v for k, v in {**named, **carried}.items() if k not in _OF_THE_CONTAINER}


def packed(tags: Mapping[str, str], *, family: str) -> dict[str, str]:
    """The tags as the container can hold them; the reverse of `collect`."""
    clean = {name: value.replace("\0", "") for name, value in tags.items() if value}
    native = _NATIVE_FIELDS.get(family)
    if native is None or native.issuperset(clean):
        return clean
    others = {name: value for name, value in clean.items() if name not in native}
    kept = {name: value for name, value in clean.items() if name in native}
    return {**kept, _CARRIERS[family]: json.dumps(others, ensure_ascii=False)}


def _carried(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _copy(source: Source, part: Path, tags: Mapping[str, str]) -> str:
    """Copy packets and covers under new tags; returns the digest of the audio packets."""
    import av

    muxer = _MUXERS[source.family]
    digest = hashlib.sha256()
    with av.open(str(part), "w", format=muxer, options=MUXER_OPTIONS.get(muxer, {})) as target:
        target.metadata.update(packed(tags, family=source.family))
        streams = _target_streams(source, target)
        for packet in source.container.demux(*_streams(source)):
            if packet.size:
                if packet.stream.index == source.stream.index:
                    digest.update(bytes(packet))
                packet.stream = streams[packet.stream.index]
                target.mux(packet)
    return digest.hexdigest()


def _streams(source: Source) -> list[AudioStream | VideoStream]:
    container: InputContainer = source.container
    covers = container.streams.video if source.family in _COVER_FAMILIES else ()
    return [source.stream, *(cover for cover in covers if cover.disposition.attached_pic)]


def _target_streams(
    source: Source, target: OutputContainer
) -> dict[int, AudioStream | VideoStream]:
    streams = {}
    for stream in _streams(source):
        copy = target.add_stream_from_template(stream)
        copy.disposition = stream.disposition
        if stream is not source.stream:
            copy.metadata.update(stream.metadata)
        streams[stream.index] = copy
    return streams


def _digest(source: Source) -> str:
    digest = hashlib.sha256()
    for packet in source.container.demux(source.stream):
        digest.update(bytes(packet))
    return digest.hexdigest()
