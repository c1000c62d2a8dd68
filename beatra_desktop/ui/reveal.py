"""Showing a file in the file manager, marked where the file manager can."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtGui import QDesktopServices

_NAME: Final = "org.freedesktop.FileManager1"


def reveal(path: Path) -> None:
    """Open the folder of a file; on Linux the file managers that can mark it are asked first."""
    if sys.platform == "win32":
        subprocess.Popen(["explorer", "/select,", str(path)])
    elif sys.platform == "darwin":
        subprocess.Popen(["open", "-R", str(path)])
    elif not _ask_file_manager(path):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _ask_file_manager(path: Path) -> bool:
    """Whether there is a file manager on the bus to ask."""
    bus = QDBusConnection.sessionBus()
    interface = bus.interface() if bus.isConnected() else None
    if interface is None or not interface.isServiceRegistered(_NAME).value():
        return False
    message = QDBusMessage.createMethodCall(
        _NAME, "/org/freedesktop/FileManager1", _NAME, "ShowItems"
    )
    message.setArguments([[QUrl.fromLocalFile(str(path)).toString()], ""])
    return bus.send(message)
