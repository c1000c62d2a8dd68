"""Whether things may move: the user's word, or else the system's.

Whoever moves by itself asks `is_reduced()`, and again on `notifier().changed`.
"""

import sys
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from beatra_desktop.domain.choices import Motion

DURATION_MS: Final = 140
DESKTOPS_OWN: Final = -1
"""Makes the caret blink as the desktop wants it, where that is at all."""
_EFFECTS: Final = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)


class _Notifier(QObject):
    changed = Signal()


class _State:
    def __init__(self) -> None:
        self.choice = Motion.SYSTEM
        self.system_reduces = False
        self.is_reduced = False
        self.effects: list[Qt.UIEffect] = []
        self.notifier = _Notifier()


@cache
def _state() -> _State:
    return _State()


def notifier() -> _Notifier:
    return _state().notifier


def is_reduced() -> bool:
    """Whether nothing may move that does not have to."""
    return _state().is_reduced


def duration_ms() -> int:
    """How long a movement may take; 0 for none."""
    return 0 if is_reduced() else DURATION_MS


def choose(choice: Motion) -> None:
    _state().choice = choice
    _refresh()


def hear_system(*, reduces: bool) -> None:
    """What the desktop says its user wants, where it says it."""
    _state().system_reduces = reduces
    _refresh()


def _refresh() -> None:
    state = _state()
    wanted = state.choice is Motion.REDUCED
    if state.choice is Motion.SYSTEM:
        wanted = state.system_reduces or _windows_reduces()
    if wanted is not state.is_reduced:
        state.is_reduced = wanted
        _still_qt() if wanted else _move_qt()
        state.notifier.changed.emit()


def _windows_reduces() -> bool:
    """Only on Windows does Qt know: elsewhere this flag says nothing about the user's wish."""
    return sys.platform == "win32" and not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)


def _still_qt() -> None:
    """The caret stands still, menus and tooltips come and go at once."""
    QGuiApplication.styleHints().setCursorFlashTime(0)
    _state().effects = [effect for effect in _EFFECTS if QApplication.isEffectEnabled(effect)]
    for effect in _state().effects:
        QApplication.setEffectEnabled(effect, False)


def _move_qt() -> None:
    QGuiApplication.styleHints().setCursorFlashTime(DESKTOPS_OWN)
    for effect in _state().effects:
        QApplication.setEffectEnabled(effect)
