"""Ids, model and charge of one activity, as lines to read and to copy."""

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.activity import Activity, ActivityKind, Step
from beatra_desktop.domain.music import MusicTask
from beatra_desktop.services import Services
from beatra_desktop.ui import format
from beatra_desktop.ui.activity import activity_text
from beatra_desktop.ui.details import Detail
from beatra_desktop.ui.profile_name import profile_name


def facts(services: Services, activity: Activity) -> list[Detail]:
    """Leaves out what there is not, but not a charge the service did not tell."""
    profile = services.profiles.profiles.get(activity.profile_id)
    lines = (
        (_tr("Request id"), activity.request_id),
        (_tr("Idempotency key"), activity.idempotency_key),
        *_remote_ids(services, activity),
        (_tr("Model"), _model(services, activity)),
        (_tr("Profile"), profile_name(profile) if profile is not None else activity.profile_id),
        (_tr("Charge"), _charge(services, activity)),
        (_tr("Size"), activity_text.amount(activity)),
    )
    return [Detail(label, value) for label, value in lines if value]


def _remote_ids(services: Services, activity: Activity) -> tuple[tuple[str, str | None], ...]:
    """What the service calls the task or the artifact."""
    match activity.kind:
        case ActivityKind.SONG:
            task = services.music.tasks.get(activity.owner_id)
            return ((_tr("Task id"), task.remote_id if task is not None else None),)
        case ActivityKind.UPLOAD:
            upload = services.uploads.uploads.get(activity.owner_id)
            return ((_tr("Artifact id"), upload.artifact_id if upload is not None else None),)
        case ActivityKind.DOWNLOAD:
            clip = services.music.clips.get(activity.owner_id)
            return ((_tr("Artifact id"), clip.artifact_id if clip is not None else None),)
        case ActivityKind.ANSWER:
            return ()


def _model(services: Services, activity: Activity) -> str:
    """What ran, and what was asked for where that is another name."""
    task = _task(services, activity)
    if task is None or task.resolved_model in (None, task.prompt.model):
        return activity.model
    both = _tr("{model}, asked for {asked}")
    return both.format(model=task.resolved_model, asked=task.prompt.model)


def _charge(services: Services, activity: Activity) -> str:
    """The service's own figures only, with what came back."""
    if activity.kind in (ActivityKind.UPLOAD, ActivityKind.DOWNLOAD) and activity.credits is None:
        return ""
    is_song = activity.kind is ActivityKind.SONG
    if is_song and activity_text.moment(activity, Step.ACCEPTED) is None:
        return ""  # the service never took it
    task = _task(services, activity)
    billing = task.billing if task is not None else None
    charged = billing.charged_credits if billing is not None else activity.credits
    if charged is None:
        return "" if activity.state.is_live else _tr("not reported by the service")
    refunded = billing.refunded_credits if billing is not None else None
    if refunded is None or not refunded.strip("0."):
        return format.credits(charged)
    both = _tr("{charge}, {refund} given back")
    return both.format(charge=format.credits(charged), refund=format.credits(refunded))


def _task(services: Services, activity: Activity) -> MusicTask | None:
    if activity.kind is not ActivityKind.SONG:
        return None
    return services.music.tasks.get(activity.owner_id)


def _tr(text: str) -> str:
    return QCoreApplication.translate("activity_facts", text)
