"""The window as it is a moment after the start."""

from beatra_desktop.services import Services
from beatra_desktop.ui.main_window import MainWindow


def filled_window(services: Services, *, version: str = "1.2.3") -> MainWindow:
    window = MainWindow(services.settings.ui_state)
    window.fill(services, version=version)
    return window
