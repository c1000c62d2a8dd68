"""Notifications by the desktop's own service (org.freedesktop.Notifications 1.2)."""

from html import escape
from typing import Final

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from PySide6.QtCore import QObject, Signal

from beatra_desktop.ui.application import DESKTOP_FILE, DISPLAY_NAME
from beatra_desktop.ui.desktop.bus import Connection
from beatra_desktop.ui.desktop.notifications import DEFAULT, Notification

NAME: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
SERVICE: Final = DBusAddress(PATH, bus_name=NAME, interface=NAME)
STAYS_AS_USUAL: Final = -1
NOT_SHOWN: Final = 0
"""In the place of an id: it replaces none."""


class BusNotifier(QObject):
    """One of `NO_BUS` where there is no bus. A desktop without the service shows nothing."""

    activated = Signal(str, str, str)

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = Connection(parent=self)
        self._bus.signalled.connect(self._on_signal)
        self._bus.listen(sender=NAME, interface=NAME, path=PATH)
        self._ids: dict[str, int] = {}
        self._wanted: dict[str, Notification] = {}
        self._asked: set[str] = set()
        self._tokens: dict[int, str] = {}
        self._takes_markup: bool | None = None
        self._takes_actions = False
        self._bus.call(new_method_call(SERVICE, "GetCapabilities"), self._on_capabilities)

    def show(self, notification: Notification) -> None:
        self._wanted[notification.key] = notification
        self._send(notification.key)

    def withdraw(self, key: str) -> None:
        """One whose id is not known yet is closed as soon as it is."""
        if self._wanted.pop(key, None) is not None and key in self._ids:
            self._close(self._ids.pop(key))

    def close(self) -> None:
        self._bus.close()

    def _send(self, key: str) -> None:
        """One at a time for each key, so that each replaces the one before."""
        notification = self._wanted.get(key)
        if notification is None or self._takes_markup is None or key in self._asked:
            return
        self._asked.add(key)
        call = new_method_call(SERVICE, "Notify", "susssasa{sv}i", self._body(notification))
        self._bus.call(call, lambda answer: self._on_shown(notification, answer))

    def _body(self, notification: Notification) -> tuple[object, ...]:
        actions = {DEFAULT: "", **notification.actions} if self._takes_actions else {}
        sentence = notification.sentence
        hints = {"desktop-entry": ("s", DESKTOP_FILE), "urgency": ("y", 1)}
        return (
            DISPLAY_NAME,
            self._ids.get(notification.key, NOT_SHOWN),
            DESKTOP_FILE,
            notification.title,
            escape(sentence, quote=False) if self._takes_markup else sentence,
            [word for pair in actions.items() for word in pair],
            hints,
            STAYS_AS_USUAL,
        )

    def _close(self, shown_id: int) -> None:
        self._bus.send(new_method_call(SERVICE, "CloseNotification", "u", (shown_id,)))

    def _on_capabilities(self, answer: Message) -> None:
        """An error means that there is no service; then nothing is ever sent."""
        if answer.header.message_type is MessageType.method_return:
            known = answer.body[0]
            self._takes_markup = "body-markup" in known
            self._takes_actions = "actions" in known
            for key in list(self._wanted):
                self._send(key)

    def _on_shown(self, notification: Notification, answer: Message) -> None:
        key = notification.key
        self._asked.discard(key)
        if answer.header.message_type is not MessageType.method_return:
            return
        shown_id = answer.body[0]
        if key not in self._wanted:
            self._close(shown_id)
            return
        self._ids[key] = shown_id
        if self._wanted[key] != notification:
            self._send(key)

    def _on_signal(self, message: Message) -> None:
        if message.header.fields.get(HeaderFields.interface) != NAME:
            return
        member, body = message.header.fields[HeaderFields.member], message.body
        key = next((key for key, shown_id in self._ids.items() if shown_id == body[0]), "")
        if not key:
            return
        if member == "ActivationToken":
            self._tokens[body[0]] = body[1]
        elif member == "ActionInvoked":
            self.activated.emit(key, body[1], self._tokens.pop(body[0], ""))
        elif member == "NotificationClosed":
            self._tokens.pop(body[0], None)
            self._ids.pop(key, None)
            self._wanted.pop(key, None)
