"""How the connection of a profile stands, in words and as a dot."""

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.profiles import Connection, ConnectionPhase
from beatra_desktop.ui.styling import Tone


class ConnectionText(Struct, frozen=True):
    words: str
    tone: Tone


def describe_connection(connection: Connection) -> ConnectionText:
    match connection.phase:
        case ConnectionPhase.STARTING:
            return ConnectionText(_tr("Starting…"), Tone.SECONDARY)
        case ConnectionPhase.CHECKING:
            return ConnectionText(_tr("Checking…"), Tone.SECONDARY)
        case ConnectionPhase.READY:
            return ConnectionText(_tr("Connected"), Tone.SUCCESS)
        case ConnectionPhase.NEEDS_KEY:
            return ConnectionText(_tr("Needs a key"), Tone.WARNING)
        case ConnectionPhase.BAD_KEY:
            return ConnectionText(_tr("Key refused"), Tone.DANGER)
        case ConnectionPhase.UNREACHABLE:
            return ConnectionText(_tr("Not reachable"), Tone.DANGER)


def describe_offline() -> ConnectionText:
    """While the machine has no network or the service can't be reached, whatever was known."""
    return ConnectionText(_tr("Offline"), Tone.WARNING)


def _tr(text: str) -> str:
    return QCoreApplication.translate("connection_text", text)
