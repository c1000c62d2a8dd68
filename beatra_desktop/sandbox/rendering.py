"""Turning a task into finished clips; runs in worker threads."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beatra_desktop.sandbox.tasks import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A finished recording in a file that waits to be adopted."""

    path: Path
    sha256: str
    mime_type: str
    duration_seconds: float
    tags: str


def clip_seed(base: str, number: int) -> int:
    """Return the seed of clip `number` of a task; clips of one task differ."""
    return int.from_bytes(hashlib.sha256(f"{base}|{number}".encode()).digest()[:4])


def render_clip(
    task: Task, *, seed: int, path: Path, reference: Path | None, seconds: float | None
) -> Rendered:
    """Compose, play and encode one clip into `path`."""
    # numpy and PyAV take a while to load; the server must not wait for them to be ready.
    from beatra_desktop.sandbox.synth import Song, read_reference, render_mp3

    song = Song(
        prompt=task.input["prompt"],
        lyrics=task.input.get("lyrics"),
        instrumental=bool(task.input.get("instrumental")),
        title=task.input.get("title"),
        seed=seed,
        reference=None if reference is None else read_reference(reference),
        seconds=seconds,
        **_style(task.input),
    )
    clip = render_mp3(song)
    path.write_bytes(clip.data)
    return Rendered(
        path=path,
        sha256=hashlib.sha256(clip.data).hexdigest(),
        mime_type=clip.mime_type,
        duration_seconds=clip.duration_seconds,
        tags=clip.tags,
    )


def _style(request: dict[str, Any]) -> dict[str, Any]:
    options = (request.get("model_options") or {}).get("suno") or {}
    return {
        "style_weight": options.get("style_weight"),
        "weirdness": options.get("weirdness_constraint"),
        "vocal_gender": options.get("vocal_gender"),
        "negative_tags": options.get("negative_tags"),
    }
