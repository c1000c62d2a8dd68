"""The words of exports, in the app's language."""

from PySide6.QtCore import QCoreApplication, QLocale

from beatra_desktop.domain.transfer import ExportWords
from beatra_desktop.ui.error_text import describe


def export_words() -> ExportWords:
    return ExportWords(
        language=QLocale().bcp47Name(),
        untitled=_tr("New chat"),
        you=_tr("You"),
        answer=_tr("Answer"),
        instructions=_tr("Instructions for the model"),
        system_prompt=_tr("System prompt"),
        begun=_tr("Begun on {date}."),
        exported=_tr("Exported from Beatra Desktop on {date}."),
        incomplete=_tr("Incomplete: the answer was cut off before its end."),
        stopped=_tr("Stopped: the answer was ended before it was complete."),
        failed=_tr("Failed: no answer came. {reason}"),
        unknown=_tr("Unknown: it was not clear whether the service received this."),
        unfinished=_tr("Unfinished: the answer was still coming when this was exported."),
        branch=_tr("Branch {number} of {of}"),
        branch_from=_tr("going on from message {message}"),
        picture=_tr("Picture: {text}"),
        reason=lambda failure: f"{describe(failure).title}.",
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("export_words", text)
