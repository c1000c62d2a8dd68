"""What a song's file tells about itself: in its tags, and in a sidecar beside it."""

import json
import logging
import os
from pathlib import Path
from typing import Any, Final

import msgspec

from beatra_desktop.audio.atomic import replacing
from beatra_desktop.audio.errors import UnreadableAudio, UnsupportedFormat
from beatra_desktop.audio.tags import read_tags, write_tags
from beatra_desktop.domain.provenance import Provenance

SIDECAR_ENDING: Final = ".beatra.json"
FORMAT: Final = "beatra-song"
VERSION: Final = 1
"""Raised when a reader of the version before would misunderstand what is written."""
MAX_BYTES: Final = 256 * 1024
"""The longest prompt and lyrics take a tenth of this; more is none of ours."""
_WHOLE: Final = "beatra_song"
"""The tag that holds what the sidecar holds."""

_log = logging.getLogger(__name__)


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of a song's file lies."""
    return path.with_name(path.name + SIDECAR_ENDING)


def stamp(path: Path, provenance: Provenance) -> None:
    """Write the provenance into the file's tags; its sound stays bit for bit.

    A format without a place for tags is left as it is. Raises UnreadableAudio and OSError.
    """
    try:
        write_tags(path, _tags(provenance))
    except UnsupportedFormat:
        _log.info("The clip is saved without tags: its format takes none")


def write_sidecar(path: Path, provenance: Provenance) -> None:
    """Write the sidecar of a song's file, whole or not at all. Raises OSError."""
    with replacing(sidecar_of(path)) as part:
        part.write_bytes(msgspec.json.format(encode(provenance), indent=2))


def accompany(path: Path, provenance: Provenance) -> None:
    """Write the sidecar as far as the disk allows: the song itself is safe without it."""
    try:
        write_sidecar(path, provenance)
    except OSError as error:
        _log.info("The sidecar of a song can't be written: %s", type(error).__name__)


def move_with_sidecar(path: Path, target: Path) -> None:
    """Move a song's file within its disk, and its sidecar where there is one. Raises OSError.

    The sidecar goes first: a crash in between leaves the song where it is known to be.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if sidecar_of(path).is_file():
        sidecar_of(path).replace(sidecar_of(target))
    path.rename(target)


def read(path: Path) -> Provenance | None:
    """What a song or a sidecar tells; None for all that is not ours, whatever is in it."""
    if path.name.endswith(SIDECAR_ENDING):
        return _from_sidecar(path)
    return _from_tags(path) or _from_sidecar(sidecar_of(path))


def encode(provenance: Provenance) -> bytes:
    """The provenance as JSON."""
    stored = {"format": FORMAT, "version": VERSION, **msgspec.to_builtins(provenance)}
    return json.dumps(stored, ensure_ascii=False).encode("utf-8", "replace")


def decode(data: bytes | str) -> Provenance | None:
    """What `encode` made; None for anything else."""
    if len(data) > MAX_BYTES:
        return None
    try:
        stored = msgspec.json.decode(data)
        if not _is_ours(stored):
            return None
        found = msgspec.convert(_cleaned(stored), Provenance)
    except (ValueError, RecursionError, OverflowError) as error:
        _log.info("What looks like a song's provenance is none: %s", type(error).__name__)
        return None
    return found if found.prompt.prompt.strip() or found.prompt.lyrics.strip() else None


def _tags(provenance: Provenance) -> dict[str, str]:
    """What other programs show, and the whole for ourselves."""
    tags = {
        "title": provenance.title,
        "artist": "beatra",
        "lyrics": provenance.lyrics,
        "genre": provenance.tags,
        "beatra_prompt": provenance.prompt.prompt,
        "beatra_model": provenance.resolved_model or provenance.prompt.model,
        "beatra_task_id": provenance.task_id,
        "beatra_request_id": provenance.request_id,
        "beatra_artifact_id": provenance.artifact_id,
        _WHOLE: encode(provenance).decode(),
    }
    return {name: value for name, value in tags.items() if value}


def _from_tags(path: Path) -> Provenance | None:
    if not path.is_file():  # opening a pipe or a device would wait for ever
        return None
    try:
        tags = read_tags(path)
    except (UnreadableAudio, OSError) as error:
        _log.info("A file's tags can't be read: %s", type(error).__name__)
        return None
    return decode(tags.get(_WHOLE, "")) or _from_plain_tags(tags)


def _from_plain_tags(tags: dict[str, str]) -> Provenance | None:
    """Songs saved by the first version of the app tell less."""
    prompt = tags.get("beatra_prompt", "")
    if not prompt.strip() or sum(map(len, tags.values())) > MAX_BYTES:
        return None
    stored: dict[str, Any] = {
        "prompt": {"prompt": prompt, "lyrics": tags.get("lyrics", "")},
        "title": tags.get("title", ""),
        "lyrics": tags.get("lyrics", ""),
        "tags": tags.get("genre", ""),
        "resolved_model": tags.get("beatra_model", ""),
        "task_id": tags.get("beatra_task_id", ""),
        "request_id": tags.get("beatra_request_id", ""),
        "artifact_id": tags.get("beatra_artifact_id", ""),
    }
    return msgspec.convert(_cleaned(stored), Provenance)


def _from_sidecar(path: Path) -> Provenance | None:
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        return decode(path.read_bytes())
    except OSError as error:
        _log.info("A sidecar can't be read: %s", os.strerror(error.errno or 0))
        return None


def _is_ours(stored: object) -> bool:
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        return False
    version = stored.get("version")
    return isinstance(version, int) and 1 <= version <= VERSION


def _cleaned(value: Any) -> Any:
    """The same without characters that only steer a screen or end a text early."""
    if isinstance(value, str):
        return "".join(c for c in value if c in "\n\t" or (c >= " " and c != "\x7f"))
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return value
