"""What is said of files that were dropped together, before any of them is sent."""

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.uploads import Preflight, Refusal
from beatra_desktop.ui import format
from beatra_desktop.ui.details import Detail, failure_details
from beatra_desktop.ui.error_text import describe


def looking(preflight: Preflight) -> str:
    if not preflight.total:
        return _tr("Looking at the files…")
    return _tr("Looking at the files… {n} so far").format(n=format.count(preflight.total))


def summary(preflight: Preflight) -> str:
    """How many go, how many stay, and what was passed over."""
    return format.sentences([_sent(preflight), _skipped(preflight), _left_out(preflight)])


def reason(refusal: Refusal) -> str:
    """Why the file stays, and what to do."""
    return describe(refusal.failure).sentence


def refusal_details(refusal: Refusal) -> list[Detail]:
    return [Detail(_tr("File"), str(refusal.path)), *failure_details(refusal.failure)]


def as_text(preflight: Preflight) -> str:
    """The whole list, to be copied."""
    lines = (f"{refusal.path}: {reason(refusal)}" for refusal in preflight.refusals)
    return "\n".join((summary(preflight), *lines))


def _sent(preflight: Preflight) -> str:
    staying, going = len(preflight.refusals), preflight.accepted
    if not staying and not going:
        return _tr("There is no file to send in there.")
    if not staying:
        size = format.size(preflight.bytes)
        one, many = _tr("One file ({size}) will be sent."), _tr("{n} files ({size}) will be sent.")
        return (one if going == 1 else many).format(n=format.count(going), size=size)
    if not going:
        if staying == 1:
            return _tr("This can't be sent:")
        return _tr("None of these {n} can be sent:").format(n=format.count(staying))
    text = _tr("{n} of {total} files will be sent. {rest} stay here:")
    if staying == 1:
        text = _tr("{n} of {total} files will be sent. One stays here:")
    return text.format(
        n=format.count(going),
        total=format.count(preflight.total),
        rest=format.count(staying),
    )


def _skipped(preflight: Preflight) -> str:
    if preflight.skipped == 1:
        return _tr("A hidden or system file was passed over.")
    text = _tr("{n} hidden or system files were passed over.")
    return text.format(n=format.count(preflight.skipped)) if preflight.skipped else ""


def _left_out(preflight: Preflight) -> str:
    text = _tr("{n} more are too many for one drop and were left out. Drop them by themselves.")
    return text.format(n=format.count(preflight.left_out)) if preflight.left_out else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("preflight_text", text)
