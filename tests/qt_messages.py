"""What Qt says while a test runs, heard by one handler for the whole session.

A handler for each test, as pytest-qt has it, is put away while Qt's sound threads still speak: that
crashed the process.
"""

from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

IGNORED: Final = (
    # what the platform of a machine without a screen or a loudspeaker says of itself
    "This plugin does not support", "No audio device detected", "PulseAudioService", "keyToAscii",
)  # fmt: skip
_GRAVE: Final = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)

_heard: list[str] = []


def listen() -> None:
    """From now on until the process ends."""
    qInstallMessageHandler(_hear)


def take() -> list[str]:
    """The warnings since the last call that a test must answer for."""
    taken = list(_heard)
    _heard.clear()
    return [text for text in taken if not any(words in text for words in IGNORED)]


def _hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if kind in _GRAVE:
        _heard.append(text)
