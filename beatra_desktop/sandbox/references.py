"""Reference recordings: getting hold of them and checking them (contract §3.5, §6)."""

import base64
import binascii
import hashlib
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from beatra_desktop.sandbox.artifacts import Artifact
from beatra_desktop.sandbox.catalog import MusicModel
from beatra_desktop.sandbox.errors import ApiError
from beatra_desktop.sandbox.guard import is_loopback
from beatra_desktop.sandbox.music_request import (
    ArtifactReference,
    AudioReference,
    DataReference,
    UrlReference,
)
from beatra_desktop.sandbox.world import World

FETCH_LIMIT_BYTES: Final = 100 * 1024 * 1024
FETCH_TIMEOUT_S: Final = 10.0
CHUNK_BYTES: Final = 256 * 1024
MAGIC_BYTES: Final = 12
DATA_URI: Final = re.compile(r"data:([\w.+-]+/[\w.+-]+)(?:;[\w=.+-]+)*;base64,", re.ASCII)
PURPOSE: Final = "reference_audio"


async def resolve_reference(wanted: AudioReference, model: MusicModel, world: World) -> Artifact:
    """Return the recording as a checked artifact; URLs and data URIs are stored first.

    Raises `artifact_not_found`, or `invalid_request` with the place and the reason.
    """
    if isinstance(wanted, ArtifactReference):
        artifact = _stored(wanted, world)
    elif isinstance(wanted, UrlReference):
        _check_address(wanted.url)
        artifact = _adopt(await world.in_thread(lambda: _fetched(wanted.url, world)), world)
    else:
        artifact = _adopt(_decoded(wanted, world), world)
    await world.in_thread(lambda: _check(artifact, model, world))
    return artifact


def _stored(wanted: ArtifactReference, world: World) -> Artifact:
    artifact = world.artifacts.get(wanted.artifact_id)
    if artifact is None:
        raise ApiError("artifact_not_found", param="/reference_audio/artifact_id")
    return artifact


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    local = parts.scheme == "http" and is_loopback(parts.hostname)
    if not (local or (parts.scheme == "https" and parts.hostname)):
        raise _bad("url", "The reference must be an https:// address.")


def _fetched(url: str, world: World) -> tuple[Path, str]:
    path = world.artifacts.incoming()
    try:
        with urllib.request.urlopen(url, timeout=FETCH_TIMEOUT_S) as reply, path.open("wb") as file:
            size = 0
            while chunk := reply.read(CHUNK_BYTES):
                size += len(chunk)
                if size > FETCH_LIMIT_BYTES:
                    raise _bad("url", "The reference is larger than 100 MB.")
                file.write(chunk)
    except (OSError, ValueError, urllib.error.URLError) as error:
        path.unlink(missing_ok=True)
        raise _bad("url", f"The reference could not be fetched: {error}.") from error
    except ApiError:
        path.unlink(missing_ok=True)
        raise
    return path, Path(urlsplit(url).path).name or "reference"


def _decoded(wanted: DataReference, world: World) -> tuple[Path, str]:
    head = DATA_URI.match(wanted.data)
    if head is None:
        raise _bad("data", "Write the reference as data:audio/…;base64,….")
    try:
        data = base64.b64decode(wanted.data[head.end() :], validate=True)
    except binascii.Error as error:
        raise _bad("data", "The base64 of the reference is damaged.") from error
    path = world.artifacts.incoming()
    path.write_bytes(data)
    return path, "reference"


def _adopt(found: tuple[Path, str], world: World) -> Artifact:
    path, filename = found
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        mime_type = audio_format(file.read(MAGIC_BYTES)) or "application/octet-stream"
    return world.artifacts.adopt(
        path, filename=filename, mime_type=mime_type, purpose=PURPOSE, sha256=digest
    )


def audio_format(head: bytes) -> str | None:
    """Return the MIME type of FLAC, MP3 or WAV by its first bytes, else None."""
    if head[:4] == b"fLaC":
        return "audio/flac"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return "audio/mpeg" if head[:3] == b"ID3" or is_frame else None


def _check(artifact: Artifact, model: MusicModel, world: World) -> None:
    path = world.artifacts.path(artifact)
    with path.open("rb") as file:
        if audio_format(file.read(MAGIC_BYTES)) is None:
            raise _bad("", f"“{artifact.filename}” is no FLAC, MP3 or WAV file.")
    most = model.limits.get("reference_bytes")
    if most is not None and artifact.size_bytes > most:
        raise _bad("", f"The reference is larger than {most // 1024**2} MB.")
    _check_length(_seconds(artifact, path), model)


def _seconds(artifact: Artifact, path: Path) -> float:
    # numpy and PyAV take a while to load; the server must not wait for them to be ready.
    from beatra_desktop.sandbox.synth import UnreadableAudio, read_reference

    try:
        return read_reference(path).seconds
    except UnreadableAudio as error:
        raise _bad("", str(error).replace(path.name, f"“{artifact.filename}”")) from error


def _check_length(seconds: float, model: MusicModel) -> None:
    bounds = model.limits["reference_seconds"]
    if not bounds["min"] <= seconds <= bounds["max"]:
        message = (
            f"The reference lasts {seconds:.0f} s; {model.name} takes"
            f" {bounds['min']} to {bounds['max']} s."
        )
        raise _bad("", message)


def _bad(field: str, message: str) -> ApiError:
    pointer = "/reference_audio" + (f"/{field}" if field else "")
    errors = [{"field": pointer, "message": message}]
    return ApiError("invalid_request", message, param=pointer, details={"errors": errors})
