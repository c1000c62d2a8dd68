"""Why the app does not start: what happened, what was kept, the one thing to do next."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

_STORAGE: Final[Mapping[StorageProblem, str]] = MappingProxyType(
    {
        StorageProblem.DISK_FULL: QT_TRANSLATE_NOOP(
            "refusal_text",
            "The disk that holds {path} is full. Everything saved before is safe. Free some space, "
            "then try again.",
        ),
        StorageProblem.READ_ONLY: QT_TRANSLATE_NOOP(
            "refusal_text",
            "The database {path} can only be read. Everything saved before is safe. Make the file "
            "and its folder writable, then try again.",
        ),
        StorageProblem.LOCKED: QT_TRANSLATE_NOOP(
            "refusal_text",
            "Another program is using the database {path}. Everything saved before is safe. Close "
            "that program, then try again.",
        ),
        StorageProblem.CORRUPT: QT_TRANSLATE_NOOP(
            "refusal_text",
            "The database {path} is damaged. The file was left as it is. Save what can still be "
            "read of it, or go back to a copy.",
        ),
        StorageProblem.NEWER_SCHEMA: QT_TRANSLATE_NOOP(
            "refusal_text",
            "The database {path} was last used by a newer version of Beatra Desktop (it has schema "
            "{found}, this version knows up to {known}). Nothing was changed. Install the newer "
            "version, or start with --data-dir and another folder.",
        ),
        StorageProblem.NOT_WRITABLE: QT_TRANSLATE_NOOP(
            "refusal_text",
            "The database {path} can't be opened for writing. Nothing was changed. Make the file "
            "and its folder writable, or start with --data-dir and another folder.",
        ),
        StorageProblem.PATH_TOO_LONG: QT_TRANSLATE_NOOP(
            "refusal_text",
            "The path {path} is too long for the database. Nothing was changed. Start with "
            "--data-dir and a folder with a shorter path.",
        ),
        StorageProblem.IO: QT_TRANSLATE_NOOP(
            "refusal_text",
            "The disk that holds {path} reports an error ({detail}). Everything saved before is "
            "kept as far as the disk still gives it back. Check the disk and make a copy of the "
            "file.",
        ),
        StorageProblem.BUG: QT_TRANSLATE_NOOP(
            "refusal_text",
            "One change could not be saved because of a mistake in Beatra Desktop ({detail}). "
            "Everything else is saved. Please report it with the log file.",
        ),
    }
)


def describe_storage(
    problem: StorageProblem, path: Path, *, detail: str, found: int, known: int
) -> str:
    """`detail` is the technical text; `found` and `known` are versions of the schema."""
    return _tr(_STORAGE[problem]).format(path=path, detail=detail, found=found, known=known)


def describe_unwritable_folder(folder: Path, reason: str) -> str:
    sentence = _tr(
        "Beatra Desktop can't write to the folder {folder}: {reason}. Nothing was changed. Make "
        "the folder writable, or start with --data-dir and another folder."
    )
    return sentence.format(folder=folder, reason=reason)


def describe_unknown_profile(name: str) -> str:
    sentence = _tr("There is no profile named “{name}”. Start without --profile to choose one.")
    return sentence.format(name=name)


def describe_silent_instance(folder: Path) -> str:
    sentence = _tr(
        "Beatra Desktop is already open with the folder {folder}, but does not answer. Nothing was "
        "changed. Close it, or start with --data-dir and another folder."
    )
    return sentence.format(folder=folder)


def describe_no_screen() -> str:
    return _tr(
        "There is no screen to open a window on, so nothing was started. Start Beatra Desktop from "
        "a desktop, or add --tour and a folder to have pictures of it drawn there."
    )


def describe_mending() -> str:
    """For whoever meets damage without a screen to be asked on."""
    return _tr("Beatra Desktop offers both when it is started on a screen.")


def describe_unwritable_tour(folder: Path, reason: str) -> str:
    sentence = _tr(
        "The tour can't write to the folder {folder}: {reason}. Nothing was played. Choose another "
        "folder for the pictures."
    )
    return sentence.format(folder=folder, reason=reason)


def _tr(text: str) -> str:
    return QCoreApplication.translate("refusal_text", text)
