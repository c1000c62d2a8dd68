"""The tray icon, off by default, and the page of the settings that it is switched on from."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from beatra_desktop.domain.settings import Settings
from beatra_desktop.domain.traffic import Network
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.desktop.notifications import (
    DEFAULT,
    Notification,
    Notifications,
    TrayNotifier,
)
from beatra_desktop.ui.desktop.tray import Tray
from beatra_desktop.ui.main_window import MainWindow
from tests import qt_messages
from tests.ui.windows import filled_window

NO_TRAY: Final = "No such signal QPlatformNativeInterface::systemTrayWindowChanged(QScreen*)"
Work = Callable[[Any, MainWindow], Awaitable[None]]


@pytest.fixture(autouse=True)
def _without_a_desktop(_no_stray_words_of_qt: None) -> Iterator[None]:
    """Qt itself looks for a tray that platforms without a screen do not have."""
    yield
    assert {words.partition(" ")[2] for words in qt_messages.take()} <= {NO_TRAY}


def _in_window(run_on_qt: Any, open_bench: Any, work: Work) -> None:
    async def main() -> None:
        async with open_bench(ready=False) as bench:
            window = filled_window(bench.services)
            window.show()
            await work(bench, window)
            window.hide()
            window.deleteLater()

    run_on_qt(main)


def _is_there(tray: Tray) -> bool:
    return tray.icon is not None


def _is_shown(notifier: TrayNotifier) -> bool:
    return notifier.is_shown


def test_the_tray_says_how_things_stand_and_goes_when_it_is_not_wanted(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        services, tray = bench.services, window.interior.tray
        assert not _is_there(tray)
        services.settings.change(shows_tray=True)
        assert tray.icon is not None
        assert tray.icon.isVisible()
        assert tray.icon.toolTip() == "Beatra Desktop\nNothing to do"
        plain = tray.icon.icon().cacheKey()
        services.alerts.note_front(is_in_front=False)
        services.alerts.note_question(is_open=True)
        assert tray.icon.icon().cacheKey() != plain
        services.alerts.note_front(is_in_front=True)
        services.traffic.pause_all()
        assert tray.words == "Paused: nothing new is sent"
        services.traffic.resume_all()
        services.traffic.note_network(Network.OFFLINE)
        assert tray.icon.toolTip().endswith("Offline")
        services.settings.change(shows_tray=False)
        assert not _is_there(tray)

    _in_window(run_on_qt, open_bench, work)


def test_its_menu_leads_to_the_window_and_closing_that_still_quits(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        bench.services.settings.change(shows_tray=True)
        assert window.interior.tray.icon is not None
        menu = window.interior.tray.icon.contextMenu()
        actions = {action.text(): action for action in menu.actions() if action.text()}
        assert list(actions) == ["Open", "New chat", "Pause everything new", "Quit"]
        window.showMinimized()
        actions["New chat"].trigger()
        assert not window.isMinimized()
        assert window.interior.chat.conversation_id
        assert actions["Pause everything new"] is window.interior.commands[Command.PAUSE_ALL]
        window.showMinimized()
        window.interior.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
        assert not window.isMinimized()
        asked: list[str] = []
        window.quit_requested.connect(lambda: asked.append("quit"))
        window.close()
        actions["Quit"].trigger()
        assert asked == ["quit", "quit"]

    _in_window(run_on_qt, open_bench, work)


def test_every_switch_of_the_page_acts_at_once_and_shows_what_holds(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        settings = bench.services.settings
        dialog = window.interior.dialogs.open_settings()
        dialog.show_notifications()
        toggles = dialog.notifications.toggles
        defaults = {name: getattr(Settings(), name) for name in toggles}
        assert defaults["shows_tray"] is False
        assert {name: toggle.isChecked() for name, toggle in toggles.items()} == defaults
        for name, toggle in toggles.items():
            assert toggle.accessibleName()
            toggle.click()
            assert getattr(settings.settings.value, name) is not defaults[name]
        settings.change(**defaults)
        assert {name: toggle.isChecked() for name, toggle in toggles.items()} == defaults
        dialog.close()

    _in_window(run_on_qt, open_bench, work)


def test_where_nobody_could_tell_nothing_is_tried(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    notifications = Notifications()
    notifications.show(Notification(key="one", title="Song saved", sentence="It is here."))
    notifications.withdraw("one")
    assert not notifications.findChildren(QSystemTrayIcon)
    assert not qt_messages.take()
    notifications.close()


def test_where_there_is_no_service_the_tray_tells_and_takes_back(qapp: object) -> None:
    notifier = TrayNotifier()
    answered: list[tuple[str, str]] = []
    notifier.activated.connect(lambda key, action, _token: answered.append((key, action)))
    notifier.show(Notification(key="one", title="Song saved", sentence="It is here."))
    assert _is_shown(notifier)
    notifier._icon.messageClicked.emit()
    notifier.withdraw("other")
    assert _is_shown(notifier)
    notifier.withdraw("one")
    assert not _is_shown(notifier)
    notifier._icon.messageClicked.emit()
    assert answered == [("one", DEFAULT)]
    notifier.close()
