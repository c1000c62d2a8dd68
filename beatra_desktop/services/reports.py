"""From the service's task envelope to the app's own terms."""

from dataclasses import replace

from beatra_desktop.api import types as wire
from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.music import Billing, Clip, Delivery, MusicTask, Progress, Report
from beatra_desktop.services import failures


def report_of(task: wire.Task, request_id: str | None) -> Report:
    """What an envelope says about the task itself."""
    return Report(
        remote_id=task.task_id,
        server_status=task.status,
        resolved_model=task.resolved_model,
        progress=_progress(task.progress),
        billing=_billing(task.billing),
        created_at=task.created_at,
        started_at=task.started_at,
        completed_at=task.completed_at,
        cancel_requested_at=task.cancel_requested_at,
        deadline_at=task.deadline_at,
        failure=_failure(task.error),
        request_id=request_id,
    )


def clips_of(task: MusicTask, envelope: wire.Task) -> list[Clip]:
    """The task's clips in the service's order; ids are stable over repeated reports."""
    return [
        _clip(task, index, clip)
        for index, clip in enumerate(envelope.clips)
        if clip.audio.url is not None
    ]


def refreshed(clip: Clip, news: Clip) -> Clip:
    """A known clip with the link of a newer report."""
    return replace(clip, url=news.url, size_bytes=news.size_bytes or clip.size_bytes)


def _progress(progress: wire.Progress | None) -> Progress | None:
    if progress is None:
        return None
    stage, message = progress.stage or "", progress.message or ""
    return Progress(percent=progress.percent, stage=stage, message=message)


def _billing(billing: wire.Billing | None) -> Billing | None:
    if billing is None:
        return None
    return Billing(
        charged_credits=billing.charged_credits,
        refunded_credits=billing.refunded_credits,
        net_charged_credits=billing.net_charged_credits,
        charged_usd_reference=billing.charged_credits_usd_reference,
    )


def _failure(error: wire.ErrorBody | None) -> Failure | None:
    if error is None:
        return None
    retryable = bool(error.retryable)
    return failures.from_task_error(error.code, error.message, retryable=retryable)


def _clip(task: MusicTask, index: int, clip: wire.Clip) -> Clip:
    tags, audio = clip.tags, clip.audio
    return Clip(
        id=ClipId(f"{task.id}-{index}"),
        task_id=task.id,
        index=index,
        title=clip.title or task.prompt.title or task.prompt.prompt,
        url=audio.url or "",
        delivery=Delivery.WAITING,
        artifact_id=audio.artifact_id,
        lyrics=clip.lyrics,
        tags=", ".join(tags) if isinstance(tags, list) else tags or "",
        mime_type=audio.mime_type or "audio/mpeg",
        duration_seconds=audio.duration_seconds,
        size_bytes=audio.size_bytes,
    )
