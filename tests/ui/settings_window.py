"""The settings without the window they belong to."""

from PySide6.QtWidgets import QWidget

from beatra_desktop.services import Services
from beatra_desktop.ui.actions import Actions
from beatra_desktop.ui.settings.settings_dialog import SettingsDialog
from beatra_desktop.ui.shortcuts import Shortcuts


def settings_dialog(services: Services) -> SettingsDialog:
    """Of version 1.2.3; close it."""
    commands = QWidget()
    shortcuts = Shortcuts(services.settings, Actions(commands), parent=commands)
    dialog = SettingsDialog(services, shortcuts=shortcuts, version="1.2.3")
    commands.setParent(dialog)
    return dialog
