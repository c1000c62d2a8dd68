"""Tells the desktop what ended in the background, and takes it back in time."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from beatra_desktop.domain.alerts import Alert, AlertKind
from beatra_desktop.domain.settings import Settings
from beatra_desktop.services import Services
from beatra_desktop.ui.arrivals import Arrivals
from beatra_desktop.ui.desktop.alert_text import PLAY, notification_of
from beatra_desktop.ui.desktop.badge import Badge
from beatra_desktop.ui.desktop.notifications import Notifications
from beatra_desktop.ui.navigation import Navigation
from beatra_desktop.ui.subscriptions import subscribe

GATHER_MS: Final = 300
"""What ends so close together is told together."""
_ANSWERS: Final = (AlertKind.ANSWER_COMPLETE, AlertKind.ANSWER_CUT)
_SONGS: Final = (AlertKind.SONG_SAVED, AlertKind.SONG_FAILED)
_ACTIVE: Final = Qt.ApplicationState.ApplicationActive


class DesktopAlerts(QObject):
    """One notification for each kind, as long as there is anything of it to tell.

    `play` is called with the id of a clip, `set_badge` with how many results were not seen yet.
    """

    def __init__(
        self,
        services: Services,
        *,
        arrivals: Arrivals,
        navigation: Navigation,
        play: Callable[[str], object],
    ) -> None:
        super().__init__(arrivals)
        self._services = services
        self._arrivals, self._navigation, self.play = arrivals, navigation, play
        self._badge = 0
        self._told: dict[AlertKind, list[Alert]] = {}
        self.notifications = Notifications(parent=self)
        self.notifications.activated.connect(self._on_activated)
        self._soon = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._soon.timeout.connect(self.refresh)
        alerts = services.alerts.alerts
        for signal in (alerts.inserted, alerts.changed):
            subscribe(self, signal, self._on_more)
        for signal in (alerts.removed, alerts.reset):
            subscribe(self, signal, self._on_less)
        subscribe(self, services.settings.settings.changed, self._on_settings)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication), "a desktop is told by an application"
        self.set_badge: Callable[[int], object] = Badge(parent=self).show
        application.applicationStateChanged.connect(self._on_state)
        self._on_state(application.applicationState())

    def refresh(self) -> None:
        """Show what is news, withdraw what is none any more."""
        alerts = list(self._services.alerts.alerts)
        for kind in AlertKind:
            found = [alert for alert in alerts if alert.kind is kind]
            wanted = found if self._wants(kind) else []
            if wanted == self._told.get(kind, []):
                continue
            self._told[kind] = wanted
            if wanted:
                self.notifications.show(notification_of(kind, wanted))
            else:
                self.notifications.withdraw(kind.value)
        self._count(len(alerts) if self._settings.counts_unseen else 0)

    @property
    def _settings(self) -> Settings:
        return self._services.settings.settings.value

    def _wants(self, kind: AlertKind) -> bool:
        settings = self._settings
        if kind in _SONGS:
            return settings.notifies_of_songs
        if kind in _ANSWERS:
            return settings.notifies_of_answers
        is_upload = kind is AlertKind.UPLOAD_FAILED
        return settings.notifies_of_uploads if is_upload else settings.notifies_of_questions

    def _count(self, number: int) -> None:
        if number != self._badge:
            self._badge = number
            self.set_badge(number)

    def _on_more(self, *_rows: int) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _on_less(self, *_rows: int) -> None:
        """At once: it is not true any more."""
        self._soon.stop()
        self.refresh()

    def _on_settings(self, _settings: Settings) -> None:
        self.refresh()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        self._services.alerts.note_front(is_in_front=state is _ACTIVE)

    def _on_activated(self, key: str, action: str, token: str) -> None:
        """The newest of the kind is shown; the others are where that one is."""
        kind = AlertKind(key)
        alerts = self._told.get(kind, [])
        self._arrivals.come_forward(token)
        if alerts:
            self._open(alerts[-1])
            if action == PLAY and alerts[-1].clip_id:
                self.play(alerts[-1].clip_id)
        self._services.alerts.note_seen(kind)

    def _open(self, alert: Alert) -> None:
        if alert.kind in _ANSWERS:
            self._navigation.show_conversation(alert.owner_id)
        elif alert.kind in _SONGS:
            self._navigation.show_song(alert.owner_id)
        elif alert.kind is AlertKind.UPLOAD_FAILED:
            self._navigation.show_uploads(alert.owner_id)
