"""The icon in the desktop's tray: an extra to the window, never a place to hide it in."""

from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from beatra_desktop.domain.activity import ActivityState
from beatra_desktop.domain.settings import Settings
from beatra_desktop.domain.traffic import Network
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.actions import Actions, Command
from beatra_desktop.ui.app_icon import app_icon
from beatra_desktop.ui.application import DISPLAY_NAME
from beatra_desktop.ui.arrivals import Arrivals
from beatra_desktop.ui.navigation import Navigation
from beatra_desktop.ui.subscriptions import subscribe

ICON_PX: Final = 64
DOT_PX: Final = 26


class Tray(QObject):
    """There while the settings want it; it says how things stand and has a short menu."""

    def __init__(
        self, services: Services, commands: Actions, *, arrivals: Arrivals, navigation: Navigation
    ) -> None:
        super().__init__(arrivals)
        self._services = services
        self._commands = commands
        self._arrivals, self._navigation = arrivals, navigation
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._is_dotted = False
        subscribe(self, services.settings.settings.changed, self._on_settings)
        for value in (services.activity.counts, services.traffic.is_paused):
            subscribe(self, value.changed, self._refresh)
        subscribe(self, services.traffic.network.changed, self._refresh)
        for signal in (services.alerts.alerts.inserted, services.alerts.alerts.removed):
            subscribe(self, signal, self._refresh)
        subscribe(self, services.alerts.alerts.reset, self._refresh)
        self._on_settings(services.settings.settings.value)

    @property
    def icon(self) -> QSystemTrayIcon | None:
        """None while it is not wanted."""
        return self._icon

    @property
    def words(self) -> str:
        """How things stand, in a line."""
        if self._services.traffic.is_paused.value:
            return self.tr("Paused: nothing new is sent")
        if self._services.traffic.network.value is Network.OFFLINE:
            return self.tr("Offline")
        states = self._services.activity.counts.value.of_states
        if needing := states.get(ActivityState.NEEDS_YOU, 0):
            return self.tr("%n waiting for you", "", needing)
        going = states.get(ActivityState.RUNNING, 0) + states.get(ActivityState.WAITING, 0)
        return self.tr("%n on the way", "", going) if going else self.tr("Nothing to do")

    def _on_settings(self, settings: Settings) -> None:
        if settings.shows_tray and self._icon is None:
            self._make()
        elif not settings.shows_tray and self._icon is not None and self._menu is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._menu.deleteLater()
            self._icon = self._menu = None

    def _make(self) -> None:
        self._menu = self._made_menu()
        self._icon = QSystemTrayIcon(app_icon(), self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._is_dotted = False
        self._refresh()
        self._icon.show()

    def _made_menu(self) -> QMenu:
        menu = QMenu()
        theme.dress(menu)
        menu.addAction(self.tr("Open")).triggered.connect(lambda: self._arrivals.come_forward())
        menu.addAction(self.tr("New chat")).triggered.connect(self._on_new_chat)
        menu.addSeparator()
        menu.addAction(self._commands[Command.PAUSE_ALL])
        menu.addSeparator()
        menu.addAction(self._commands[Command.QUIT])
        return menu

    def _refresh(self, *_news: object) -> None:
        if self._icon is None:
            return
        self._icon.setToolTip(f"{DISPLAY_NAME}\n{self.words}")
        is_dotted = len(self._services.alerts.alerts) > 0
        if is_dotted != self._is_dotted:
            self._is_dotted = is_dotted
            self._icon.setIcon(_dotted() if is_dotted else app_icon())

    def _on_new_chat(self) -> None:
        self._arrivals.come_forward()
        self._navigation.begin_chat()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self._arrivals.come_forward()


def _dotted() -> QIcon:
    """The app's icon with a mark that there is something new."""
    picture = QPixmap(app_icon().pixmap(ICON_PX, ICON_PX))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().danger)
    edge = ICON_PX - DOT_PX
    painter.drawEllipse(QPoint(edge + DOT_PX // 2, DOT_PX // 2), DOT_PX // 2, DOT_PX // 2)
    painter.end()
    return QIcon(picture)
