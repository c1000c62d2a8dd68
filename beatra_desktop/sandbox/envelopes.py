"""The wire forms of a task: envelope and summary (contract §3.6, §3.7)."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, Final

import msgspec

from beatra_desktop.sandbox.clock import iso
from beatra_desktop.sandbox.errors import JsonObject
from beatra_desktop.sandbox.tasks import ClipRecord, Task
from beatra_desktop.sandbox.wallet import credits_text, usd_reference
from beatra_desktop.sandbox.world import World

DEADLINE_S: Final = 30 * 60
EXPANDABLE: Final = ("output", "usage", "billing", "callback", "input")


def envelope(task: Task, world: World) -> JsonObject:
    """Return the full task; its clip links are fresh each time."""
    return {
        "object": "task",
        "task_id": task.task_id,
        "status": task.status,
        "capability": task.capability,
        "model": task.model,
        "resolved_model": task.resolved_model,
        "metadata": task.metadata,
        "progress": msgspec.to_builtins(task.progress),
        "warnings": task.warnings,
        "error": task.error,
        **_moments(task),
        "links": _links(task, world),
        **{part: _part(task, part, world) for part in EXPANDABLE},
    }


def summary(task: Task, world: World, *, expand: Collection[str]) -> JsonObject:
    """Return a list item with the asked parts; `all` makes it a full envelope."""
    if "all" in expand:
        return envelope(task, world)
    return {
        "object": "task",
        "task_id": task.task_id,
        "status": task.status,
        "capability": task.capability,
        "model": task.model,
        "resolved_model": task.resolved_model,
        "metadata": task.metadata,
        "progress": msgspec.to_builtins(task.progress),
        "error": task.error,
        **_moments(task),
        **{part: _part(task, part, world) for part in EXPANDABLE if part in expand},
    }


def _moments(task: Task) -> JsonObject:
    return {
        "created_at": iso(task.created_at),
        "started_at": iso(task.started_at),
        "completed_at": iso(task.completed_at),
        "cancel_requested_at": iso(task.cancel_requested_at),
        "deadline_at": iso(task.created_at + DEADLINE_S),
    }


def _links(task: Task, world: World) -> JsonObject:
    return {
        "self": f"/v1/tasks/{task.task_id}",
        "assets": f"{world.origin}/assets?task={task.task_id}",
    }


def _part(task: Task, part: str, world: World) -> Any:
    if part == "input":
        return task.input
    if part == "output":
        return _output(task, world)
    if part == "usage":
        return _usage(task)
    return _billing(task) if part == "billing" else None


def _output(task: Task, world: World) -> JsonObject | None:
    if task.clips is None:
        return None
    return {"clips": [_clip(clip, world) for clip in task.clips]}


def _clip(clip: ClipRecord, world: World) -> JsonObject:
    return {
        "title": clip.title,
        "lyrics": clip.lyrics,
        "tags": clip.tags,
        "audio": _audio(clip, world),
    }


def _audio(clip: ClipRecord, world: World) -> Mapping[str, Any]:
    common = {"artifact_id": clip.artifact_id, "duration_seconds": clip.duration_seconds}
    artifact = world.artifacts.get(clip.artifact_id)
    if artifact is None:
        return common
    return {
        "url": world.link(artifact),
        **common,
        "mime_type": artifact.mime_type,
        "size_bytes": artifact.size_bytes,
    }


def _usage(task: Task) -> JsonObject | None:
    if task.clips is None:
        return None
    billed = {
        "billed_amount_credits": credits_text(task.charged),
        "billed_amount_credits_usd_reference": usd_reference(task.charged),
    }
    return {
        "audio_seconds": round(sum(clip.duration_seconds for clip in task.clips), 3),
        "credits": credits_text(task.charged),
        "credits_usd_reference": usd_reference(task.charged),
        "lines": [{"meter": "music_task", "quantity": "1", "unit": "task", **billed}],
    }


def _billing(task: Task) -> JsonObject:
    net: Decimal = task.charged - task.refunded
    return {
        "charged_credits": credits_text(task.charged),
        "refunded_credits": credits_text(task.refunded),
        "net_charged_credits": credits_text(net),
        "charged_credits_usd_reference": usd_reference(task.charged),
        "refunded_credits_usd_reference": usd_reference(task.refunded),
        "currency": "USD",
    }
