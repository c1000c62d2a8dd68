"""What a user can do about the driven app's window, and what is seen of it."""

from typing import Any

from PySide6.QtWidgets import QMenu

from beatra_desktop.domain.choices import Language
from tests.e2e.actions import ACTIONS, Stage, action

__all__ = ["ACTIONS"]


@action
async def choose_language(stage: Stage, language: str) -> None:
    """Choose it in the settings; the window is another one afterwards."""
    field = stage.window.interior.dialogs.open_settings().general.looks.language
    field.choose(Language(language))
    field.activated.emit(field.currentIndex())


@action
async def words(stage: Stage) -> dict[str, Any]:
    """Some of the window's words, and of its settings where they are open."""
    window = stage.window
    dialogs = window.interior.dialogs
    return {
        "menus": [menu.title() for menu in window.menuBar().findChildren(QMenu)],
        "settings": dialogs.open_settings().windowTitle(),
        "conversation": window.interior.chat.conversation_id,
    }


@action
async def come_forward(stage: Stage) -> None:
    """What a window manager does with a new window, where there is none."""
    stage.window.activateWindow()
