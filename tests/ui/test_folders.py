"""Folders in the sidebar, with real services."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from beatra_desktop.domain.chat import FOLDER_CHARACTERS
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.ui.conversation_list import CLOSED_FOLDERS, ConversationList
from beatra_desktop.ui.conversation_model import FOLDER_ROLE, ConversationModel
from beatra_desktop.ui.folder_dialog import FolderDialog
from beatra_desktop.ui.row_list import more_rect
from beatra_desktop.ui.sidebar import Sidebar
from tests.ui.windows import filled_window


def _filed(bench: Any, title: str, folder: str = "") -> ConversationId:
    """A conversation in a folder."""
    chat, history = bench.services.chat, bench.services.history
    conversation = chat.new_conversation()
    chat.set_draft(conversation.id, title)
    history.rename(conversation.id, title)
    history.set_folder(conversation.id, folder)
    return ConversationId(conversation.id)


def _sidebar(bench: Any) -> Sidebar:
    sidebar = Sidebar(bench.services)
    sidebar.resize(260, 700)
    sidebar.show()
    sidebar.conversations.setFocus()
    return sidebar


def _model(view: ConversationList) -> ConversationModel:
    model = view.model()
    assert isinstance(model, ConversationModel)
    model.catch_up()
    return model


def _rows(view: ConversationList) -> list[str]:
    model = _model(view)
    return [model.index(row).data() for row in range(model.rowCount())]


def _click(view: ConversationList, folder: str, *, x: int = 60) -> None:
    place = view.visualRect(_model(view).folder_index(folder)).center()
    place.setX(x)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def _choose(menu: QMenu, *words: str) -> None:
    """Trigger an entry by the words on the way to it."""
    action = next(a for a in menu.actions() if a.text() == words[0])
    if len(words) > 1:
        below = action.menu()
        assert isinstance(below, QMenu)
        _choose(below, *words[1:])
    else:
        action.trigger()


def _row_menu(view: ConversationList, bench: Any, conversation_id: str) -> QMenu:
    return view.context_menu(bench.services.chat.conversations.get(conversation_id))


def _dialog(view: QWidget) -> FolderDialog:
    dialogs = view.window().findChildren(FolderDialog)
    [dialog] = [dialog for dialog in dialogs if dialog.isVisible()]
    return dialog


def test_a_click_opens_and_closes_a_folder_and_is_remembered(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            _filed(bench, "Report", "Work")
            rain = _filed(bench, "Rain")
            sidebar = _sidebar(bench)
            view = sidebar.conversations
            view.show_current(rain)
            opened: list[str] = []
            view.opened.connect(opened.append)
            assert _rows(view) == ["Work", "Report", "Today", "Rain"]
            _click(view, "Work")
            assert _rows(view) == ["Work", "Today", "Rain"]
            assert view.currentIndex().data() == "Rain"
            assert [i.data() for i in view.selectedIndexes()] == ["Rain"]
            bench.database.flush()
            assert bench.services.settings.ui_state(CLOSED_FOLDERS) == '["Work"]'
            again = _sidebar(bench)
            assert _rows(again.conversations) == ["Work", "Today", "Rain"]
            place = view.visualRect(_model(view).folder_index("Work")).center()
            QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
            assert _rows(view) == ["Work", "Report", "Today", "Rain"]
            assert opened == []
            bench.services.settings.set_ui_state(CLOSED_FOLDERS, "{")
            bench.database.flush()
            broken = _sidebar(bench)
            assert _rows(broken.conversations) == ["Work", "Report", "Today", "Rain"]

    run_on_qt(work)


def test_keys_reach_open_close_and_rename_a_folder(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            report = _filed(bench, "Report", "Work")
            rain = _filed(bench, "Rain")
            sidebar = _sidebar(bench)
            view = sidebar.conversations
            view.show_current(rain)
            opened: list[str] = []
            view.opened.connect(opened.append)
            QTest.keyClick(view, Qt.Key.Key_Up)
            QTest.keyClick(view, Qt.Key.Key_Up)
            assert view.currentIndex().data(FOLDER_ROLE).folder == "Work"
            for key, count in (
                (Qt.Key.Key_Left, 3),
                (Qt.Key.Key_Left, 3),
                (Qt.Key.Key_Right, 4),
                (Qt.Key.Key_Return, 3),
                (Qt.Key.Key_Space, 4),
            ):
                QTest.keyClick(view, key)
                assert len(_rows(view)) == count
                assert view.currentIndex().data() == "Work"
            QTest.keyClick(view, Qt.Key.Key_Delete)
            assert len(bench.services.history.trash) == 0
            QTest.keyClick(view, Qt.Key.Key_F2)
            dialog = _dialog(view)
            assert dialog.field.text() == "Work"
            QTest.keyClicks(dialog.field, "Office")
            QTest.keyClick(dialog.field, Qt.Key.Key_Return)
            assert _rows(view) == ["Office", "Report", "Today", "Rain"]
            QTest.keyClick(view, Qt.Key.Key_Down)
            assert opened == []
            assert bench.services.chat.conversations.get(report).folder == "Office"

    run_on_qt(work)


def test_what_is_on_show_is_not_lost_in_a_closed_folder(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            report = _filed(bench, "Report", "Work")
            rain = _filed(bench, "Rain")
            sidebar = _sidebar(bench)
            view = sidebar.conversations
            view.show_current(report)
            _click(view, "Work")
            assert _rows(view) == ["Work", "Today", "Rain"]
            assert view.currentIndex().data() == "Work"
            _click(view, "Work")
            assert view.currentIndex().data() == "Report"
            _click(view, "Work")
            view.show_current(rain)
            assert _rows(view) == ["Work", "Today", "Rain"]
            _choose(_row_menu(view, bench, rain), "Move to folder", "Work")
            assert _rows(view) == ["Work", "Rain", "Report"]
            assert view.currentIndex().data() == "Rain"
            _choose(_row_menu(view, bench, rain), "Pin")
            _click(view, "Work")
            assert _rows(view) == ["Pinned", "Rain", "Work"]
            _choose(_row_menu(view, bench, rain), "Unpin")
            assert _rows(view) == ["Work", "Rain", "Report"]
            assert view.currentIndex().data() == "Rain"

    run_on_qt(work)


def test_the_menu_of_a_row_moves_it_into_and_out_of_folders(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            _filed(bench, "Report", "R&D")
            rain = _filed(bench, "Rain", "art")
            sidebar = _sidebar(bench)
            view = sidebar.conversations
            menu = _row_menu(view, bench, rain)
            moves = menu.actions()[2].menu()
            assert isinstance(moves, QMenu)
            entries = [(a.text(), a.isChecked()) for a in moves.actions() if a.text()]
            folders = [("art", True), ("R&&D", False)]
            assert entries == [*folders, ("New folder…", False), ("No folder", False)]
            _choose(menu, "Move to folder", "R&&D")
            assert _rows(view) == ["R&D", "Rain", "Report"]
            _choose(_row_menu(view, bench, rain), "Move to folder", "New folder…")
            dialog = _dialog(view)
            QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
            assert not dialog.isVisible()
            _choose(_row_menu(view, bench, rain), "Move to folder", "New folder…")
            dialog = _dialog(view)
            QTest.keyClicks(dialog.field, "  Weather")
            QTest.mouseClick(dialog.accept_name, Qt.MouseButton.LeftButton)
            assert _rows(view) == ["R&D", "Report", "Weather", "Rain"]
            _choose(_row_menu(view, bench, rain), "Move to folder", "No folder")
            assert _rows(view) == ["R&D", "Report", "Today", "Rain"]

    run_on_qt(work)


def test_a_folder_has_a_menu_behind_its_end_and_the_menu_key(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            _filed(bench, "Report", "Work")
            sidebar = _sidebar(bench)
            view = sidebar.conversations
            heading = _model(view).folder_index("Work")
            more = more_rect(view.visualRect(heading)).center()
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=more)
            [menu] = [menu for menu in view.findChildren(QMenu) if menu.isVisible()]
            assert [a.text() for a in menu.actions()] == ["Rename…", "Move all out"]
            menu.close()
            assert _rows(view) == ["Work", "Report"]
            await bench.until(lambda: not view.findChildren(QMenu))
            view.setCurrentIndex(heading)
            by_key = QContextMenuEvent.Reason.Keyboard
            QApplication.sendEvent(view, QContextMenuEvent(by_key, QPoint(0, 0), QPoint(0, 0)))
            [menu] = [menu for menu in view.findChildren(QMenu) if menu.isVisible()]
            _choose(menu, "Move all out")
            menu.close()
            assert _rows(view) == ["Today", "Report"]

    run_on_qt(work)


def test_a_renamed_folder_stays_closed_and_one_that_was_open_stays_open(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            _filed(bench, "Report", "Work")
            _filed(bench, "Rain", "Weather")
            sidebar = _sidebar(bench)
            view = sidebar.conversations
            _click(view, "Work")
            _choose(view.folder_menu("Work"), "Rename…")
            dialog = _dialog(view)
            dialog.field.setText("Office")
            QTest.keyClick(dialog.field, Qt.Key.Key_Return)
            assert _rows(view) == ["Office", "Weather", "Rain"]
            _choose(view.folder_menu("Office"), "Rename…")
            dialog = _dialog(view)
            dialog.field.setText("Weather")
            assert "There is a folder of this name." in dialog.hint.text()
            QTest.keyClick(dialog.field, Qt.Key.Key_Return)
            assert _rows(view) == ["Weather", "Rain", "Report"]

    run_on_qt(work)


def test_a_blank_name_is_told_beside_the_field(qtbot: Any) -> None:
    dialog = FolderDialog("New folder", verb="Create", others={"Work"})
    qtbot.addWidget(dialog)
    dialog.open()
    names: list[str] = []
    dialog.named.connect(names.append)
    low = dialog.height()
    QTest.keyClicks(dialog.field, "   ")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert (dialog.isVisible(), dialog.error.isVisible(), names) == (True, True, [])
    assert dialog.height() > low
    QTest.keyClicks(dialog.field, "x" * 100)
    assert (dialog.error.isVisible(), dialog.height()) == (False, low)
    assert len(dialog.field.text()) == FOLDER_CHARACTERS
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert names == ["x" * (FOLDER_CHARACTERS - 3)]


def test_a_found_chat_opens_its_folder_though_it_is_on_show(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            report = _filed(bench, "Report", "Work")
            window = filled_window(bench.services)
            window.show()
            view = window.interior.sidebar.conversations
            window.interior.chat.show_conversation(report)
            _click(view, "Work")
            assert _rows(view) == ["Work"]
            window.interior.sidebar.found.emit(report, "", "")
            assert _rows(view) == ["Work", "Report"]
            assert view.currentIndex().data() == "Report"
            bench.services.history.rename_folder("Work", "Office")
            [row] = window.interior.notice_bar.rows
            row.action_requested.emit("undo")
            assert _rows(view) == ["Work", "Report"]
            assert window.interior.chat.conversation_id == report
            window.hide()
            window.deleteLater()

    run_on_qt(work)


def test_a_folder_is_painted_with_its_sign_and_its_count(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            _filed(bench, "Report", "Work")
            sidebar = _sidebar(bench)
            view = sidebar.conversations
            heading = _model(view).folder_index("Work")
            before = view.grab(view.visualRect(heading)).toImage()
            _filed(bench, "Invoice", "Work")
            assert _rows(view) == ["Work", "Invoice", "Report"]
            two = view.grab(view.visualRect(heading)).toImage()
            _model(view).set_folder_open("Work", is_open=False)
            closed = view.grab(view.visualRect(heading)).toImage()
            assert before != two != closed

    run_on_qt(work)
