"""The settings: a window of its own that may stay open; everything in it acts at once."""

from typing import Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QWidget

from beatra_desktop.services import Services
from beatra_desktop.ui import dialog_size, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.settings.about_page import AboutPage
from beatra_desktop.ui.settings.general_page import GeneralPage
from beatra_desktop.ui.settings.notifications_page import NotificationsPage
from beatra_desktop.ui.settings.page import SettingsPage
from beatra_desktop.ui.settings.presets_page import PresetsPage
from beatra_desktop.ui.settings.privacy_page import PrivacyPage
from beatra_desktop.ui.settings.profiles_page import ProfilesPage
from beatra_desktop.ui.settings.shortcuts_page import ShortcutsPage
from beatra_desktop.ui.shortcuts import Shortcuts
from beatra_desktop.ui.styling import Ground, Variant

WIDTH_PX: Final = 820
HEIGHT_PX: Final = 640
NAVIGATION_PX: Final = 200


class SettingsDialog(QDialog):
    def __init__(
        self,
        services: Services,
        *,
        shortcuts: Shortcuts,
        version: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        dialog_size.fit(self, width=WIDTH_PX, height=HEIGHT_PX)
        self.profiles = ProfilesPage(services.profiles)
        self.general = GeneralPage(services.settings)
        self.presets = PresetsPage(services)
        self.notifications = NotificationsPage(services.settings)
        self.shortcuts = ShortcutsPage(shortcuts)
        self.privacy = PrivacyPage(services.settings, services.updates)
        self.about = AboutPage(version)
        self._services = services
        self._pages = QStackedWidget()
        self._buttons: list[Button] = []
        navigation = Pane(Ground.WINDOW, margin_px=theme.GRID, spacing_px=2)
        navigation.setMinimumWidth(NAVIGATION_PX)
        for icon, page in (
            (Icon.KEY, self.profiles),
            (Icon.SETTINGS, self.general),
            (Icon.PRESET, self.presets),
            (Icon.BELL, self.notifications),
            (Icon.KEYBOARD, self.shortcuts),
            (Icon.SHIELD, self.privacy),
            (Icon.INFO, self.about),
        ):
            navigation.add(self._add_page(icon, page))
        navigation.box.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(navigation)
        row.addWidget(self._pages, stretch=1)
        self._show(self.profiles)

    def show_profiles(self) -> None:
        """Come forward with the active profile's key in reach."""
        self._show(self.profiles)
        self._come_forward()
        self.profiles.focus_key(self._services.profiles.active.value.id)

    def show_general(self) -> None:
        self._show(self.general)
        self._come_forward()

    def show_presets(self) -> None:
        self._show(self.presets)
        self._come_forward()

    def show_notifications(self) -> None:
        self._show(self.notifications)
        self._come_forward()

    def show_privacy(self) -> None:
        self._show(self.privacy)
        self._come_forward()

    def show_shortcuts(self) -> None:
        self._show(self.shortcuts)
        self._come_forward()

    def show_about(self) -> None:
        self._show(self.about)
        self._come_forward()

    def _add_page(self, icon: Icon, page: SettingsPage) -> Button:
        self._pages.addWidget(page)
        button = Button(page.accessibleName(), variant=Variant.GHOST, icon=icon)
        button.setProperty("align", "left")
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.clicked.connect(lambda: self._show(page))
        self._buttons.append(button)
        return button

    def _show(self, page: SettingsPage) -> None:
        self._pages.setCurrentWidget(page)
        button = self._buttons[self._pages.indexOf(page)]
        button.setChecked(True)
        button.setFocus()

    def _come_forward(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()
