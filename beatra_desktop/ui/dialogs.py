"""The windows beside the window, each loaded and made when it is first asked for, and kept."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from beatra_desktop.services import Services
from beatra_desktop.ui.shortcuts import Shortcuts

if TYPE_CHECKING:
    from beatra_desktop.ui.help.help_window import HelpWindow
    from beatra_desktop.ui.help.support_report import SupportReport
    from beatra_desktop.ui.labels_page import LabelsPage
    from beatra_desktop.ui.settings.settings_dialog import SettingsDialog


class Dialogs:
    def __init__(
        self, services: Services, *, shortcuts: Shortcuts, version: str, window: QWidget
    ) -> None:
        self._services = services
        self._shortcuts = shortcuts
        self._version = version
        self._window = window
        self._made_settings: SettingsDialog | None = None
        self._labels: LabelsPage | None = None
        self._help: HelpWindow | None = None

    def open_settings(self) -> "SettingsDialog":
        self._settings().show_general()
        return self._settings()

    def open_profiles(self) -> "SettingsDialog":
        self._settings().show_profiles()
        return self._settings()

    def open_presets(self) -> "SettingsDialog":
        self._settings().show_presets()
        return self._settings()

    def open_about(self) -> None:
        self._settings().show_about()

    def open_labels(self) -> "LabelsPage":
        if self._labels is None:
            from beatra_desktop.ui.labels_page import LabelsPage

            self._labels = LabelsPage(self._services.profiles, parent=self._window)
        self._labels.show()
        self._labels.raise_()
        return self._labels

    def open_help(self) -> "HelpWindow":
        if self._help is None:
            from beatra_desktop.ui.help.help_window import HelpWindow

            self._help = HelpWindow(parent=self._window)
        self._help.come_forward()
        return self._help

    def open_support(self) -> "SupportReport":
        """A new one each time: it tells how things stand now."""
        from beatra_desktop.services import support
        from beatra_desktop.ui.help.support_report import SupportReport

        services = self._services
        text = support.report(
            services.profiles, services.settings.settings.value, services.activity.rows
        )
        report = SupportReport(text, parent=self._window)
        report.open()
        return report

    def _settings(self) -> "SettingsDialog":
        if self._made_settings is None:
            from beatra_desktop.ui.settings.settings_dialog import SettingsDialog

            self._made_settings = SettingsDialog(
                self._services,
                shortcuts=self._shortcuts,
                version=self._version,
                parent=self._window,
            )
        return self._made_settings
