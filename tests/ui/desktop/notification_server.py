"""A notification service of the desktop that shows nothing and notes everything."""

import threading
from dataclasses import dataclass, field
from typing import Any, Final

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

NAME: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
LOOK_SECONDS: Final = 0.05
CLOSED_BY_CALL: Final = 3


@dataclass(kw_only=True)
class Shown:
    title: str
    sentence: str
    actions: dict[str, str]
    hints: dict[str, Any] = field(default_factory=dict)


class NotificationServer:
    """`shown` are the notifications that are open now, by their ids."""

    def __init__(self, capabilities: tuple[str, ...] = ("body", "body-markup", "actions")) -> None:
        self.shown: dict[int, Shown] = {}
        self.calls: list[str] = []
        self._capabilities = list(capabilities)
        self._connection = open_dbus_connection()
        self._connection.send_and_get_reply(message_bus.RequestName(NAME))
        self._is_closing = False
        self._thread = threading.Thread(target=self._serve, name="stub notifications")
        self._thread.start()

    def press(self, shown_id: int, action: str, token: str = "") -> None:
        """As a user does."""
        if token:
            self._tell("ActivationToken", "us", (shown_id, token))
        self._tell("ActionInvoked", "us", (shown_id, action))

    def close(self) -> None:
        self._is_closing = True
        self._thread.join()
        self._connection.close()

    def _serve(self) -> None:
        while not self._is_closing:
            try:
                message = self._connection.receive(timeout=LOOK_SECONDS)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                self._connection.send(self._answer(message))

    def _answer(self, call: Message) -> Message:
        member = call.header.fields[HeaderFields.member]
        self.calls.append(member)
        if member == "GetCapabilities":
            return new_method_return(call, "as", (self._capabilities,))
        if member == "Notify":
            return new_method_return(call, "u", (self._show(*call.body),))
        [shown_id] = call.body
        self.shown.pop(shown_id, None)
        self._tell("NotificationClosed", "uu", (shown_id, CLOSED_BY_CALL))
        return new_method_return(call)

    def _show(self, _app: str, replaces: int, _icon: str, *rest: Any) -> int:
        title, sentence, actions, hints, _stays = rest
        shown_id = replaces or len(self.calls)
        pairs = dict(zip(actions[::2], actions[1::2], strict=True))
        self.shown[shown_id] = Shown(title=title, sentence=sentence, actions=pairs, hints=hints)
        return shown_id

    def _tell(self, name: str, signature: str, body: tuple[Any, ...]) -> None:
        self._connection.send(new_signal(DBusAddress(PATH, interface=NAME), name, signature, body))
