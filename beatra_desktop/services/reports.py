"""From the service's task envelope to the app's own terms."""

from datetime import datetime
from typing import Final

from beatra_desktop import logs
from beatra_desktop.api import types as wire
from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.music import (
    Billing,
    Clip,
    Delivery,
    MusicTask,
    Progress,
    Report,
    status_of,
)
from beatra_desktop.domain.records import replace
from beatra_desktop.services import failures
from beatra_desktop.services.expiry import expiry_of

_YEARS: Final = range(2000, 3000)


def report_of(task: wire.Task, request_id: str | None) -> Report:
    """What an envelope says about the task itself."""
    return Report(
        remote_id=task.task_id,
        server_status=task.status,
        resolved_model=task.resolved_model,
        progress=_progress(task.progress),
        billing=_billing(task.billing, is_final=status_of(task.status).is_terminal),
        created_at=_believed(task.created_at),
        started_at=_believed(task.started_at),
        completed_at=_believed(task.completed_at),
        cancel_requested_at=_believed(task.cancel_requested_at),
        deadline_at=_believed(task.deadline_at),
        failure=_failure(task.error),
        request_id=request_id,
        remarks="\n".join(filter(None, map(_remark, task.warnings))),
    )


def _believed(moment: datetime | None) -> datetime | None:
    """Some services write the first or the last of all years where they have no time."""
    return moment if moment is not None and moment.year in _YEARS else None


def clips_of(task: MusicTask, envelope: wire.Task) -> list[Clip]:
    """The task's clips in the service's order; ids are stable over repeated reports.

    One that has no link though the task has ended is a clip all the same: its link is asked for
    until there is one.
    """
    has_ended = status_of(envelope.status).is_terminal
    return [
        _clip(task, index, clip)
        for index, clip in enumerate(envelope.clips)
        if clip.audio.url or has_ended
    ]


def refreshed(clip: Clip, news: Clip) -> Clip:
    """A known clip with what another report adds, and with the link that lasts longer."""
    link = news if _lasts_longer(news, clip) else clip
    return replace(
        clip,
        url=link.url,
        expires_at=link.expires_at,
        artifact_id=clip.artifact_id or news.artifact_id,
        lyrics=clip.lyrics or news.lyrics,
        tags=clip.tags or news.tags,
        duration_seconds=clip.duration_seconds or news.duration_seconds,
        size_bytes=clip.size_bytes or news.size_bytes,
    )


def _lasts_longer(news: Clip, known: Clip) -> bool:
    """Where the links do not say, the later report has the newer one."""
    if not news.url or not known.url:
        return bool(news.url)
    if news.expires_at is None or known.expires_at is None:
        return True
    return news.expires_at >= known.expires_at


def _remark(warning: wire.TaskWarning) -> str:
    """One line: what the service remarked, and on which field."""
    words = " ".join((warning.message or warning.code or "").split())
    return logs.without_secrets(f"{words} ({warning.field})" if words and warning.field else words)


def _progress(progress: wire.Progress | None) -> Progress | None:
    if progress is None:
        return None
    stage, message = progress.stage or "", progress.message or ""
    stage, message = map(logs.without_secrets, (stage, message))
    return Progress(percent=progress.percent, stage=stage, message=message)


def _billing(billing: wire.Billing | None, *, is_final: bool) -> Billing | None:
    if billing is None:
        return None
    return Billing(
        charged_credits=billing.charged_credits,
        refunded_credits=billing.refunded_credits,
        net_charged_credits=billing.net_charged_credits,
        charged_usd_reference=billing.charged_credits_usd_reference,
        is_final=is_final,
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
        expires_at=expiry_of(audio.url or ""),
    )
