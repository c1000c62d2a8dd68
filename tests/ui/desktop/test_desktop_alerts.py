"""What the desktop is told of, over a real bus with a notification service that notes it."""

import sys
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.alerts import Alert, AlertKind
from beatra_desktop.domain.music import Delivery, MusicPrompt
from beatra_desktop.services.alerts import QUESTION_ID
from beatra_desktop.ui.centre import Screen
from beatra_desktop.ui.desktop import desktop_alerts
from beatra_desktop.ui.desktop.alert_text import notification_of
from beatra_desktop.ui.desktop.notifications import Notification, Notifications
from beatra_desktop.ui.main_window import MainWindow
from tests.ui.desktop.notification_server import NotificationServer, Shown
from tests.ui.windows import filled_window

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")
InWindow = Callable[[Callable[[Any, MainWindow], Awaitable[None]]], None]
INACTIVE: Final = Qt.ApplicationState.ApplicationInactive
ACTIVE: Final = Qt.ApplicationState.ApplicationActive
PATIENCE_MS: Final = 15_000


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop_alerts, "GATHER_MS", 0)


@pytest.fixture
def notifications(server: NotificationServer, qapp: object) -> Iterator[Notifications]:
    made = Notifications()
    yield made
    made.close()


def _tell_state(state: Qt.ApplicationState) -> None:
    """As the system does when another program comes in front, or this one."""
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.applicationStateChanged.emit(state)


def _one(server: NotificationServer) -> Shown:
    [shown] = server.shown.values()
    return shown


def _on_show(window: MainWindow) -> Screen:
    return window.interior.centre.current


def _is_in_front(window: MainWindow) -> bool:
    """The platform has said its last word: what is told of the state from now on stands."""
    return QGuiApplication.applicationState() is ACTIVE and window.isActiveWindow()


def _note(key: str = "one", **words: Any) -> Notification:
    return Notification(key=key, **{"title": "Song saved", "sentence": "It is here.", **words})


def test_results_in_the_background_are_told_counted_and_taken_back(
    server: NotificationServer, run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            services = bench.services
            counted: list[int] = []
            window = filled_window(services)
            window.interior.alerts.set_badge = counted.append
            window.show()
            await bench.until(lambda: _is_in_front(window))
            _tell_state(INACTIVE)
            chat = services.chat.new_conversation()
            services.chat.set_model(chat.id, "sandbox-echo")
            services.chat.send(chat.id, "Lamps & <rain>")
            await bench.until(lambda: server.shown)
            told = _one(server)
            assert told.title == "Answer complete"
            assert told.sentence == "“Lamps &amp; &lt;rain&gt;” has an answer."
            assert told.actions["open"] == "Open"
            assert told.hints["desktop-entry"] == ("s", "ai.beatra.Desktop")
            assert counted == [1]
            services.settings.change(notifies_of_answers=False)
            await bench.until(lambda: not server.shown)
            assert counted == [1]
            services.settings.change(notifies_of_answers=True)
            await bench.until(lambda: server.shown)
            window.interior.navigation.show_library()
            [shown_id] = server.shown
            server.press(shown_id, "open")
            await bench.until(lambda: not server.shown)
            assert _on_show(window) is Screen.CHAT
            assert window.interior.chat.conversation_id == chat.id
            assert counted == [1, 0]
            services.chat.send(chat.id, "More")
            await bench.until(lambda: server.shown)
            _tell_state(ACTIVE)
            await bench.until(lambda: not server.shown)
            assert counted == [1, 0, 1, 0]
            window.hide()
            window.deleteLater()

    run_on_qt(work)


def test_a_saved_song_is_played_from_its_notification(
    server: NotificationServer, in_window: InWindow
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        services = bench.services
        played: list[str] = []
        window.interior.alerts.play = played.append
        await bench.admin("POST", "settings", {"clip_seconds": 8})
        await bench.until(lambda: _is_in_front(window))
        _tell_state(INACTIVE)
        task = services.music.create(MusicPrompt(prompt="rain", title="Rain"))
        clips = services.music.clips_of
        await bench.until(lambda: [c.delivery for c in clips(task.id)] == [Delivery.SAVED] * 2)
        await bench.until(lambda: server.shown)
        assert _one(server).actions == {"default": "", "open": "Open", "play": "Play"}
        [shown_id] = server.shown
        server.press(shown_id, "play")
        await bench.until(lambda: played)
        assert played[0] in {clip.id for clip in clips(task.id)}
        assert window.interior.studio.queue.panel.row is not None

    in_window(work)


def test_one_that_is_withdrawn_before_it_is_there_does_not_stay(
    notifications: Notifications, server: NotificationServer, qtbot: QtBot
) -> None:
    notifications.show(_note("kept"))
    notifications.show(_note("gone"))
    notifications.withdraw("gone")
    qtbot.waitUntil(lambda: "Notify" in server.calls, timeout=PATIENCE_MS)
    notifications.show(_note("late"))
    notifications.withdraw("late")
    qtbot.waitUntil(lambda: "CloseNotification" in server.calls, timeout=PATIENCE_MS)
    assert [shown.title for shown in server.shown.values()] == ["Song saved"]


def test_news_takes_the_place_of_what_was_told(
    notifications: Notifications, server: NotificationServer, qtbot: QtBot
) -> None:
    def told() -> list[str]:
        return [shown.sentence for shown in server.shown.values()]

    notifications.show(_note(sentence="One."))
    notifications.show(_note(sentence="Two."))
    qtbot.waitUntil(lambda: told() == ["Two."], timeout=PATIENCE_MS)
    notifications.show(_note(sentence="Three."))
    notifications.show(_note(sentence="Four."))
    qtbot.waitUntil(lambda: told() == ["Four."], timeout=PATIENCE_MS)


def test_the_leave_to_come_forward_comes_with_the_answer(
    notifications: Notifications, server: NotificationServer, qtbot: QtBot
) -> None:
    notifications.show(_note())
    qtbot.waitUntil(lambda: bool(server.shown), timeout=PATIENCE_MS)
    [shown_id] = server.shown
    with qtbot.waitSignal(notifications.activated, timeout=PATIENCE_MS) as told:
        server.press(shown_id + 1, "open", token="of another app")
        server.press(shown_id, "open", token="leave")
    assert told.args == ["one", "open", "leave"]


def test_a_bus_without_the_service_is_no_trouble(bus: object, qtbot: QtBot) -> None:
    notifications = Notifications()
    notifications.show(_note())
    notifications.withdraw("one")
    notifications.close()


def test_several_of_a_kind_are_told_as_one() -> None:
    alerts = [
        Alert(id=name, kind=AlertKind.SONG_SAVED, owner_id=name, title=name, clip_id=f"{name}-0")
        for name in ("Rain", "Lamps")
    ]
    told = notification_of(AlertKind.SONG_SAVED, alerts)
    assert (told.title, told.sentence) == ("Songs saved", "2 of them; the last is “Lamps”.")
    assert list(told.actions) == ["open"]


@pytest.mark.parametrize("kind", list(AlertKind))
def test_every_kind_has_its_words_also_without_a_title(kind: AlertKind) -> None:
    told = notification_of(kind, [Alert(id="1", kind=kind, owner_id=QUESTION_ID)])
    assert told.title
    assert told.sentence[0].isupper()
    assert "{" not in told.sentence
