"""The sidebar, with real services on a sandbox of their own."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QMenu, QWidget

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId, ProfileId
from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.profiles import BEATRA_PROFILE_ID, ConnectionPhase
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.search import Hit
from beatra_desktop.ui.conversation_model import (
    GROUP_ROLE,
    MARKS_ROLE,
    ConversationModel,
    Mark,
)
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.row_list import more_rect
from beatra_desktop.ui.sidebar import Sidebar


def _titles(model: QAbstractItemModel) -> list[str]:
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [index.data() for index in indexes if index.data(GROUP_ROLE) is None]


async def _talk(bench: Any, text: str) -> str:
    """A conversation with an answer; gives its id."""
    chat = bench.services.chat
    conversation = chat.new_conversation()
    chat.set_model(conversation.id, "sandbox-echo")
    chat.send(conversation.id, text)
    await bench.until(lambda: not chat.is_answering(conversation.id))
    return str(conversation.id)


def _sidebar(bench: Any) -> Sidebar:
    sidebar = Sidebar(bench.services)
    sidebar.resize(260, 700)
    sidebar.show()
    return sidebar


def _move_pointer(view: QAbstractScrollArea, place: QPoint) -> None:
    none = Qt.MouseButton.NoButton
    on_screen = view.viewport().mapToGlobal(place).toPointF()
    no_key = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, place.toPointF(), on_screen, none, none, no_key)
    QApplication.sendEvent(view.viewport(), event)


def _open_menu(view: QWidget) -> QMenu:
    [menu] = [menu for menu in view.findChildren(QMenu) if menu.isVisible()]
    return menu


def test_conversations_are_listed_renamed_pinned_and_deleted(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            sidebar = _sidebar(bench)
            first = await _talk(bench, "Songs about rain")
            second = await _talk(bench, "Songs about snow")
            view = sidebar.conversations
            view.show_current(second)
            await bench.until(lambda: len(_titles(view.model())) == 2)
            assert _titles(view.model()) == ["Songs about snow", "Songs about rain"]
            assert view.currentIndex().data() == "Songs about snow"
            menu = view.context_menu(bench.services.chat.conversations.get(first))
            rename, pin, _move, _archive, _export, _copy_link, _line, delete = menu.actions()
            rename.trigger()
            [editor] = view.findChildren(QLineEdit)
            editor.setText("Rainy days")
            QTest.keyClick(editor, Qt.Key.Key_Return)
            renamed = bench.services.chat.conversations.get
            await bench.until(lambda: renamed(first).title == "Rainy days")
            pin.trigger()
            await bench.until(lambda: _titles(view.model())[0] == "Rainy days")
            assert view.currentIndex().data() == "Songs about snow"
            delete.trigger()
            await bench.until(lambda: _titles(view.model()) == ["Songs about snow"])
            assert [n.parameters["id"] for n in bench.services.notices.notices] == [first]

    run_on_qt(work)


def test_a_search_finds_words_and_leads_to_the_message(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            sidebar = _sidebar(bench)
            wanted = await _talk(bench, "A melancholy marimba, please")
            await _talk(bench, "Something else")
            bench.database.flush()
            found: list[tuple[str, str, str]] = []
            sidebar.found.connect(lambda *hit: found.append(hit))
            QTest.keyClicks(sidebar.search, "marim")
            await bench.until(sidebar.results.isVisible)
            model = sidebar.results.model()
            hits = [model.index(row, 0).data() for row in range(model.rowCount())]
            for _ in range(next(n for n, hit in enumerate(hits) if hit.startswith("Message"))):
                QTest.keyClick(sidebar.search, Qt.Key.Key_Down)
            QTest.keyClick(sidebar.search, Qt.Key.Key_Return)
            assert (found[0][0], found[0][2]) == (wanted, "marim")
            QTest.keyClicks(sidebar.search, "zzz")
            await bench.until(lambda: not sidebar.results.isVisible())
            [words] = [t.text() for t in sidebar.findChildren(Text) if "lyrics" in t.text()]
            assert "archived ones too" in words
            QTest.keyClick(sidebar.search, Qt.Key.Key_Escape)
            assert sidebar.conversations.isVisible()

    run_on_qt(work)


def test_enter_opens_what_is_found_though_it_was_pressed_before(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            sidebar = _sidebar(bench)
            wanted = await _talk(bench, "A melancholy marimba, please")
            bench.database.flush()
            found: list[str] = []
            sidebar.found.connect(lambda conversation_id, *_rest: found.append(conversation_id))
            answers: list[str] = []

            def note(text: str, _hits: list[Hit]) -> None:
                answers.append(text)

            bench.services.search.found.connect(note)
            QTest.keyClicks(sidebar.search, "marimba")
            QTest.keyClick(sidebar.search, Qt.Key.Key_Return)
            await bench.until(lambda: found)
            assert found == [wanted]
            QTest.keyClicks(sidebar.search, " melan")
            QTest.keyClick(sidebar.search, Qt.Key.Key_Return)
            QTest.keyClicks(sidebar.search, "choly")
            await bench.until(lambda: "marimba melancholy" in answers)
            assert found == [wanted], "who types on does not want to leave"

    run_on_qt(work)


def test_songs_are_found_beside_chats_and_say_what_they_are(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            sidebar = _sidebar(bench)
            conversation_id = await _talk(bench, "A lighthouse at night")
            bench.services.history.set_archived(ConversationId(conversation_id), archived=True)
            prompt = MusicPrompt(prompt="slow waltz", lyrics="the lighthouse turns")
            task = bench.services.music.create(prompt)
            bench.database.flush()
            songs: list[str] = []
            sidebar.song_found.connect(songs.append)
            QTest.keyClicks(sidebar.search, "lighthouse")
            await bench.until(sidebar.results.isVisible)
            model = sidebar.results.model()
            spoken = [model.index(row, 0).data() for row in range(model.rowCount())]
            assert spoken[0].startswith("Song: slow waltz, just now: ")
            kinds = {words.split(":")[0] for words in spoken[1:]}
            assert kinds == {"Message, archived", "Chat, archived"}
            QTest.keyClick(sidebar.search, Qt.Key.Key_Down)
            QTest.keyClick(sidebar.search, Qt.Key.Key_Up)
            QTest.keyClick(sidebar.search, Qt.Key.Key_Return)
            assert songs == [task.id]

    run_on_qt(work)


def test_what_was_deleted_leaves_the_results(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            sidebar = _sidebar(bench)
            conversation_id = await _talk(bench, "A lighthouse at night")
            bench.database.flush()
            QTest.keyClicks(sidebar.search, "lighthouse")
            await bench.until(sidebar.results.isVisible)
            bench.services.history.delete(ConversationId(conversation_id))
            bench.database.flush()
            await bench.until(lambda: not sidebar.results.isVisible())

    run_on_qt(work)


def test_keys_lead_from_the_search_into_the_lists_and_back(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            sidebar = _sidebar(bench)
            older = await _talk(bench, "Rain in May")
            newer = await _talk(bench, "Rain in June")
            bench.database.flush()
            opened: list[str] = []
            sidebar.opened.connect(opened.append)
            view = sidebar.conversations
            await bench.until(lambda: len(_titles(view.model())) == 2)
            sidebar.activateWindow()
            await bench.until(sidebar.isActiveWindow)
            sidebar.focus_search()
            QTest.keyClick(sidebar.search, Qt.Key.Key_Down)
            assert view.hasFocus()
            QTest.keyClick(view, Qt.Key.Key_Return)
            QTest.keyClick(view, Qt.Key.Key_Down)
            QTest.keyClick(view, Qt.Key.Key_Return)
            assert opened == [newer, older]
            sidebar.focus_search()
            QTest.keyClicks(sidebar.search, "rain")
            await bench.until(sidebar.results.isVisible)
            sidebar.results.setFocus()
            QTest.keyClick(sidebar.results, Qt.Key.Key_Escape)
            assert (sidebar.search.text(), view.isVisible(), view.hasFocus()) == ("", True, True)

    run_on_qt(work)


def test_rows_have_a_menu_behind_their_end_and_the_menu_key(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            sidebar = _sidebar(bench)
            first = await _talk(bench, "Rain")
            view = sidebar.conversations
            await bench.until(lambda: len(_titles(view.model())) == 1)
            opened: list[str] = []
            exported: list[str] = []
            sidebar.opened.connect(opened.append)
            sidebar.export_requested.connect(exported.append)
            row = view.model().index(1, 0)
            more = more_rect(view.visualRect(row)).center()
            _move_pointer(view, more)
            assert view.is_hot(row)
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=more)
            menu = _open_menu(view)
            texts = [action.text() for action in menu.actions() if action.text()]
            assert texts == [
                "Rename", "Pin", "Move to folder", "Archive", "Export…", "Copy link", "Delete",
            ]  # fmt: skip
            next(a for a in menu.actions() if a.text() == "Export…").trigger()
            menu.close()
            assert (opened, exported) == ([], [first])
            await bench.until(lambda: not view.findChildren(QMenu))
            view.setCurrentIndex(row)
            by_key = QContextMenuEvent.Reason.Keyboard
            QApplication.sendEvent(view, QContextMenuEvent(by_key, QPoint(0, 0), QPoint(0, 0)))
            menu = _open_menu(view)
            next(a for a in menu.actions() if a.text() == "Archive").trigger()
            menu.close()
            assert [c.id for c in bench.services.history.archive] == [first]

    run_on_qt(work)


def test_keys_rename_and_delete_the_current_row(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            sidebar = _sidebar(bench)
            conversation_id = await _talk(bench, "Rain")
            view = sidebar.conversations
            view.show_current(conversation_id)
            QTest.keyClick(view, Qt.Key.Key_F2)
            [editor] = view.findChildren(QLineEdit)
            editor.selectAll()
            QTest.keyClicks(editor, "Rainy days")
            QTest.keyClick(editor, Qt.Key.Key_Return)
            known = bench.services.chat.conversations.get
            await bench.until(lambda: known(conversation_id).title == "Rainy days")
            QTest.keyClick(view, Qt.Key.Key_Delete)
            assert [c.id for c in bench.services.history.trash] == [conversation_id]

    run_on_qt(work)


def test_a_list_ten_times_as_long_looks_at_no_more_rows(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            looks = [await _looks_at_rows(bench, count) for count in (1_000, 10_000)]
            assert 0 < looks[0] == looks[1] < 1_000

    run_on_qt(work)


async def _looks_at_rows(bench: Any, count: int) -> int:
    """How many marks a list of many conversations asks for to be shown and searched."""
    now = utc_now()
    records = Records(
        Conversation(
            id=ConversationId(str(number)),
            profile_id=ProfileId("sandbox"),
            title=f"Chat {number}",
            created_at=now,
            updated_at=now,
        )
        for number in range(count)
    )
    looks: list[str] = []

    def marks(conversation: Conversation) -> tuple[Mark, ...]:
        looks.append(conversation.id)
        return ()

    sidebar = _sidebar(bench)
    view = sidebar.conversations
    model = ConversationModel(records, rename=lambda *_: None, marks=marks, parent=view)
    view.setModel(model)
    view.show()
    sidebar.grab()
    QTest.keyClicks(sidebar.search, "chat")
    records.replace(replace(records[500], title="Blues"))
    model.catch_up()
    sidebar.grab()
    sidebar.close()
    return len(looks)


def test_rows_tell_of_answers_waiting_messages_and_trouble(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            sidebar = _sidebar(bench)
            chat, view = bench.services.chat, sidebar.conversations
            conversation_id = chat.new_conversation().id
            chat.set_model(conversation_id, "sandbox-writer")
            fault = {"path": "/v1/chat/completions", "action": {"cut_after_events": 3}}
            chat.send(conversation_id, "Write a long essay about rain")

            def marks() -> Any:
                view.show_current(conversation_id)
                return view.currentIndex().data(MARKS_ROLE)

            await bench.until(lambda: marks() == (Mark.ANSWERING,))
            chat.queue(conversation_id, "And snow?")
            chat.stop(conversation_id)
            await bench.until(lambda: marks() == (Mark.QUEUED,))
            chat.unqueue(conversation_id)
            assert marks() == ()
            await bench.admin("POST", "faults", fault)
            chat.send(conversation_id, "Once more")
            await bench.until(lambda: marks() == (Mark.TROUBLED,))
            spoken = view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
            assert spoken.endswith("the last answer is not whole")

    run_on_qt(work)


def test_the_profile_switch_shows_and_changes_where_requests_go(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            sidebar = _sidebar(bench)
            switch = sidebar.profile_switch
            profiles = bench.services.profiles
            assert "Sandbox, Connected" in switch.accessibleName()
            actions = switch.menu().actions()
            assert [a.text() for a in actions if a.isChecked()] == ["Sandbox"]
            next(a for a in actions if a.text() == "beatra").trigger()
            assert profiles.active.value.id == BEATRA_PROFILE_ID
            await bench.until(lambda: profiles.connection.value.phase is ConnectionPhase.NEEDS_KEY)
            assert "beatra, Needs a key" in switch.accessibleName()

    run_on_qt(work)
