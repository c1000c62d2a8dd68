"""Where a song comes from: everything needed to trace it and to ask for more like it."""

from datetime import datetime

from msgspec import Struct

from beatra_desktop.domain.music import Clip, MusicPrompt, MusicTask


class Provenance(Struct, frozen=True, kw_only=True):
    """`lyrics` are those that were sung, which the service may have changed or made up.

    `prompt.model` is the model asked for, `resolved_model` the one that answered. `task_id`,
    `request_id` and `artifact_id` are the service's.
    """

    prompt: MusicPrompt
    title: str = ""
    index: int = 0
    lyrics: str = ""
    tags: str = ""
    resolved_model: str = ""
    task_id: str = ""
    request_id: str = ""
    artifact_id: str = ""
    created_at: datetime | None = None
    completed_at: datetime | None = None


def provenance_of(clip: Clip, task: MusicTask) -> Provenance:
    return Provenance(
        prompt=task.prompt,
        title=clip.title,
        index=clip.index,
        lyrics=clip.lyrics or task.prompt.lyrics,
        tags=clip.tags,
        resolved_model=task.resolved_model or "",
        task_id=task.remote_id or "",
        request_id=task.request_id or "",
        artifact_id=clip.artifact_id or "",
        created_at=task.created_at,
        completed_at=task.completed_at,
    )
