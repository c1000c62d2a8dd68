"""What an import did, in a sentence or two."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from beatra_desktop.ui import format
from beatra_desktop.ui.format import count


def imported_text(parameters: Mapping[str, str]) -> str:
    """The summary, from the counts `imported`, `here` and `failed`, a `reason` and `stopped`."""
    imported, here, failed = (int(parameters.get(n) or 0) for n in ("imported", "here", "failed"))
    said = [_imported(imported, here)]
    if here and imported:
        said.append(_counted(here, _tr("1 was already here."), _tr("{n} were already here.")))
    if failed:
        one, many = _tr("1 could not be read ({why})."), _tr("{n} could not be read ({why}).")
        said.append(_counted(failed, one, many).replace("{why}", parameters.get("reason", "")))
    if parameters.get("stopped"):
        said.append(_tr("You stopped it; import the file again to go on."))
    return format.sentences(said)


def _imported(imported: int, here: int) -> str:
    if imported or not here:
        none = _tr("No chat was imported.")
        some = _counted(imported, _tr("1 chat is imported."), _tr("{n} chats are imported."))
        return some if imported else none
    one, many = _tr("The chat is already here."), _tr("All {n} chats are already here.")
    return format.sentences([_tr("Nothing is new."), _counted(here, one, many)])


def _counted(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.replace("{n}", count(number))


def _tr(text: str) -> str:
    return QCoreApplication.translate("imported_text", text)
