"""The whole window on a sandbox of its own."""

from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.domain.choices import Appearance
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.ui import theme
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.centre import Screen
from beatra_desktop.ui.details import DetailsPopover
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.music.studio import Part
from beatra_desktop.ui.palettes import DARK
from beatra_desktop.ui.settings.settings_dialog import SettingsDialog
from beatra_desktop.ui.shortcut_list import ShortcutList
from beatra_desktop.ui.window_state import PANES, SCREEN
from tests.ui.windows import filled_window

SMALLER = (720, 560)
"""Fits the screen of a machine without one, to which a restored window is kept."""
Work = Callable[[Any, MainWindow], Awaitable[None]]
InWindow = Callable[[Work], None]


async def _talk(bench: Any, window: MainWindow, text: str, model: str = "sandbox-echo") -> str:
    """Send a message in a new conversation and wait for the answer."""
    chat = bench.services.chat
    window.interior.chat.new_conversation()
    conversation_id = window.interior.chat.conversation_id
    chat.set_model(conversation_id, model)
    chat.send(conversation_id, text)
    await bench.until(lambda: not chat.is_answering(conversation_id))
    return conversation_id


def _on_show(window: MainWindow) -> Screen:
    return window.interior.centre.current


def test_the_chat_options_open_by_keys_and_lead_to_the_presets(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        window.interior.commands[Command.CHAT_OPTIONS].trigger()
        assert window.interior.chat_options.isVisible()
        assert window.interior.header.options.isChecked()
        menu = window.interior.chat_options.presets.menu()
        menu.actions()[-1].trigger()
        menu.close()
        dialog = window.findChild(SettingsDialog)
        assert dialog is not None
        assert dialog.presets.isVisible()
        dialog.close()
        QTest.mouseClick(window.interior.header.options, Qt.MouseButton.LeftButton)
        assert not window.interior.chat_options.isVisible()
        assert not window.interior.header.options.isChecked()

    in_window(work)


def test_escape_closes_what_lies_over_the_chat_and_stops_no_answer(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        delay = {"path": "/v1/chat/completions", "action": {"delay_seconds": 60}}
        await bench.admin("POST", "faults", delay)
        chat = bench.services.chat
        window.interior.chat.new_conversation()
        chat.send(window.interior.chat.conversation_id, "Hello")
        assert window.interior.commands[Command.STOP].isEnabled()
        window.interior.commands[Command.CHAT_OPTIONS].trigger()
        QTest.keyClick(window.interior.chat_options.instructions.box, Qt.Key.Key_Escape)
        assert not window.interior.chat_options.isVisible()
        window.interior.commands[Command.MODEL].trigger()
        models = window.interior.chat.composer.model_picker.models
        QTest.keyClick(models.list, Qt.Key.Key_Escape)
        assert not models.isVisible()
        assert chat.is_answering(window.interior.chat.conversation_id)
        chat.stop(window.interior.chat.conversation_id)
        await bench.until(lambda: not chat.answering.value)

    in_window(work)


def test_what_was_left_open_is_there_again(run_on_qt: Any, open_bench: Any) -> None:
    shown: list[str] = []

    async def first() -> None:
        async with open_bench() as bench:
            window = filled_window(bench.services)
            window.show()
            window.resize(*SMALLER)
            window.interior.commands[Command.SIDEBAR].trigger()
            window.interior.commands[Command.ZOOM_IN].trigger()
            shown.append(await _talk(bench, window, "Hello"))
            await _talk(bench, window, "Hello again")
            window.interior.chat.show_conversation(shown[0])
            window.interior.navigation.show_library()
            window.close()
            window.deleteLater()

    async def second() -> None:
        theme.set_zoom_percent(100)
        async with open_bench(ready=False) as bench:
            window = filled_window(bench.services)
            window.show()
            assert (window.width(), window.height()) == SMALLER
            assert not window.panes.is_sidebar_shown
            assert theme.zoom_percent() == 110
            assert window.interior.chat.conversation_id == shown[0]
            assert window.interior.header.title == "Hello"
            assert _on_show(window) is Screen.LIBRARY
            window.hide()
            window.deleteLater()

    run_on_qt(first)
    run_on_qt(second)


def test_a_window_whose_screen_is_gone_comes_back_where_it_can_be_seen(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            window = filled_window(bench.services)
            window.resize(*SMALLER)
            window.show()
            window.move(9000, 9000)
            window.hide()
            bench.services.settings.set_ui_state(PANES, '{"sidebar": 9e9}')
            bench.services.settings.set_ui_state(SCREEN, "nowhere")
            bench.database.flush()
            again = filled_window(bench.services)
            again.show()
            assert again.screen().availableGeometry().intersects(again.frameGeometry())
            assert (again.width(), again.height()) == SMALLER
            assert _on_show(again) is Screen.CHAT
            assert again.panes.is_sidebar_shown
            for each in (window, again):
                each.hide()
                each.deleteLater()

    run_on_qt(work)


def test_closing_and_quitting_are_requests(in_window: InWindow) -> None:
    async def work(_bench: Any, window: MainWindow) -> None:
        asked: list[str] = []
        window.quit_requested.connect(lambda: asked.append("quit"))
        window.interior.commands[Command.QUIT].trigger()
        window.close()
        assert asked == ["quit", "quit"]

    in_window(work)


def test_a_deleted_chat_leaves_the_window_and_undo_brings_it_back(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        conversation_id = await _talk(bench, window, "Songs about rain")
        bench.services.history.delete(conversation_id)
        await bench.until(lambda: window.interior.chat.conversation_id != conversation_id)
        [row] = window.interior.notice_bar.rows
        undo = next(b for b in row.findChildren(Button) if b.text() == "Undo")
        undo.click()
        assert window.interior.chat.conversation_id == conversation_id
        assert window.interior.header.title == "Songs about rain"
        assert window.interior.notice_bar.rows == []

    in_window(work)


def test_a_conversation_that_moves_up_stays_on_show(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        older = await _talk(bench, window, "One")
        await _talk(bench, window, "Two")
        window.interior.chat.show_conversation(older)
        bench.services.chat.send(older, "More of one")
        await bench.until(lambda: not bench.services.chat.is_answering(older))
        assert bench.services.chat.conversations[0].id == older
        assert window.interior.chat.conversation_id == older

    in_window(work)


def test_escape_stops_an_answer_and_only_while_there_is_one(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        stop = window.interior.commands[Command.STOP]
        assert not stop.isEnabled()
        window.interior.chat.new_conversation()
        conversation_id = window.interior.chat.conversation_id
        chat = bench.services.chat
        chat.set_model(conversation_id, "sandbox-writer")
        chat.send(conversation_id, "Write a long essay about rain, with tables")
        await bench.until(stop.isEnabled)
        stop.trigger()
        await bench.until(lambda: not chat.is_answering(conversation_id))
        assert not stop.isEnabled()
        assert chat.open(conversation_id)[-1].status is MessageStatus.STOPPED

    in_window(work)


def test_pages_take_the_place_of_the_chat_and_give_it_back(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        library, activity = (
            window.interior.commands[Command.LIBRARY],
            window.interior.commands[Command.ACTIVITY],
        )
        library.trigger()
        assert _on_show(window) is Screen.LIBRARY
        assert library.isChecked()
        window.interior.sidebar.activity_link.click()
        assert _on_show(window) is Screen.ACTIVITY
        assert (library.isChecked(), activity.isChecked()) == (False, True)
        activity.trigger()
        assert _on_show(window) is Screen.CHAT
        assert window.interior.chat.isVisible()
        library.trigger()
        page = window.interior.centre.page(Screen.LIBRARY)
        assert page.isAncestorOf(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
        assert _on_show(window) is Screen.CHAT
        library.trigger()
        window.interior.sidebar.new_chat.click()
        assert _on_show(window) is Screen.CHAT

    in_window(work)


def test_the_switches_of_a_page_move_the_panes_as_those_of_the_chat_do(
    in_window: InWindow,
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        window.interior.commands[Command.SIDEBAR].trigger()
        window.interior.commands[Command.ACTIVITY].trigger()
        header = window.interior.centre.page(Screen.ACTIVITY).header
        header.sidebar_toggled.emit()
        assert window.panes.is_sidebar_shown
        shown = window.panes.is_studio_shown
        header.studio_toggled.emit()
        assert window.panes.is_studio_shown is not shown

    in_window(work)


def test_every_window_of_its_own_opens_without_a_nested_loop(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        assert window.interior.dialogs.open_profiles().profiles.isVisible()
        assert window.interior.dialogs.open_settings().general.isVisible()
        window.interior.commands[Command.ABOUT].trigger()
        assert window.interior.dialogs.open_settings() is window.interior.dialogs.open_profiles()
        assert window.interior.dialogs.open_labels().isVisible()
        window.interior.commands[Command.SHORTCUTS].trigger()
        [shortcuts] = window.findChildren(ShortcutList)
        assert shortcuts.isVisible()
        shortcuts.close()
        window.interior.commands[Command.ADD_FILES].trigger()
        [files] = window.findChildren(QFileDialog)
        files.reject()
        bench.services.notices.warn(Failure(code=FailureCode.OFFLINE, request_id="req_9"))
        [row] = window.interior.notice_bar.rows
        next(b for b in row.findChildren(Button) if b.text() == "Details").click()
        [details] = window.findChildren(DetailsPopover)
        assert "req_9" in details.report
        details.close()

    in_window(work)


def test_the_search_opens_a_hidden_sidebar_and_leads_to_the_message(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        wanted = await _talk(bench, window, "A melancholy marimba")
        await _talk(bench, window, "Something else")
        bench.database.flush()
        window.interior.commands[Command.SIDEBAR].trigger()
        window.interior.commands[Command.SEARCH].trigger()
        assert window.panes.is_sidebar_shown
        window.interior.sidebar.search.setText("marimba")
        QTest.keyClick(window.interior.sidebar.search, Qt.Key.Key_Return)
        await bench.until(lambda: window.interior.chat.conversation_id == wanted)

    in_window(work)


def test_what_was_found_in_a_message_is_marked_in_the_chat(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        wanted = await _talk(bench, window, "Is a melancholy marimba good?")
        await _talk(bench, window, "Something else")
        bench.services.history.rename(ConversationId(wanted), "Instruments")
        bench.database.flush()
        window.activateWindow()
        await bench.until(window.isActiveWindow)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        assert window.interior.sidebar.search.hasFocus()
        QTest.keyClicks(window.interior.sidebar.search, "good melancholy")
        QTest.keyClick(window.interior.sidebar.search, Qt.Key.Key_Return)
        await bench.until(lambda: window.interior.chat.conversation_id == wanted)
        assert window.interior.chat.find_bar.field.text() == "melancholy"
        assert " of " in window.interior.chat.find_bar.count_words

    in_window(work)


def test_a_song_that_was_found_is_shown_in_the_studio(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        window.resize(900, 700)
        wanted = bench.services.music.create(MusicPrompt(prompt="slow waltz", title="Lamps"))
        bench.services.music.create(MusicPrompt(prompt="fast polka"))
        bench.database.flush()
        QTest.keyClicks(window.interior.sidebar.search, "waltz")
        QTest.keyClick(window.interior.sidebar.search, Qt.Key.Key_Return)
        await bench.until(lambda: window.panes.is_studio_shown)
        assert window.interior.studio.part is Part.QUEUE
        current = window.interior.studio.queue.list.current
        assert current is not None
        assert current.task.id == wanted.id

    in_window(work)


def test_an_archived_chat_leaves_the_window_and_undo_brings_it_back(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        conversation_id = ConversationId(await _talk(bench, window, "Songs about rain"))
        bench.services.history.set_archived(conversation_id, archived=True)
        await bench.until(lambda: window.interior.chat.conversation_id != conversation_id)
        window.interior.sidebar.archive.opened.emit(conversation_id)
        assert window.interior.chat.conversation_id == conversation_id, "it can still be read"
        bench.services.history.rename(conversation_id, "Rain")
        window.interior.chat.new_conversation()
        [row] = window.interior.notice_bar.rows
        next(b for b in row.findChildren(Button) if b.text() == "Undo").click()
        assert window.interior.chat.conversation_id == conversation_id
        assert len(bench.services.history.archive) == 0
        assert window.interior.notice_bar.rows == []

    in_window(work)


def test_the_appearance_setting_dresses_the_window(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        bench.services.settings.change(appearance=Appearance.DARK)
        assert theme.current() is DARK
        shown = window.grab().toImage().pixelColor(2, window.height() - 2)
        assert shown.lightness() < 60

    in_window(work)
