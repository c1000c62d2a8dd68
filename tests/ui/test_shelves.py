"""The archive and the trash inside the sidebar."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.ui.question import Question
from beatra_desktop.ui.sidebar import Sidebar
from beatra_desktop.ui.trash_page import time_left

NOON = datetime(2026, 5, 13, 12, tzinfo=UTC)


def _add(bench: Any, *titles: str) -> list[ConversationId]:
    """Conversations of these titles, each with something to keep it from being used again."""
    made = []
    for title in titles:
        conversation = bench.services.chat.new_conversation()
        bench.services.chat.set_draft(conversation.id, f"about {title}")
        bench.services.history.rename(conversation.id, title)
        made.append(conversation.id)
    return made


def _sidebar(bench: Any) -> Sidebar:
    sidebar = Sidebar(bench.services)
    sidebar.resize(260, 700)
    sidebar.show()
    return sidebar


def _question(widget: QWidget) -> Question:
    [question] = [q for q in widget.window().findChildren(Question) if q.isVisible()]
    return question


def _lines(page: Any) -> list[str]:
    model = page.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_archive_is_read_from_and_brought_back_from(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            sidebar, history = _sidebar(bench), bench.services.history
            rain, snow, sun = _add(bench, "Rain", "Snow", "Sun")
            for conversation_id in (rain, snow):
                history.set_archived(conversation_id, archived=True)
            assert sidebar.archive_link.text() == "Archive  2"
            sidebar.archive_link.click()
            assert sidebar.archive.isVisible()
            assert [line.split(",")[0] for line in _lines(sidebar.archive)] == ["Snow", "Rain"]
            opened: list[str] = []
            sidebar.opened.connect(opened.append)
            QTest.keyClick(sidebar.archive.list, Qt.Key.Key_Down)
            QTest.keyClick(sidebar.archive.list, Qt.Key.Key_Return)
            assert opened == [rain]
            sidebar.archive.unarchive.click()
            assert [c.id for c in history.archive] == [snow]
            QTest.keyClick(sidebar.archive.list, Qt.Key.Key_Delete)
            assert [c.id for c in history.trash] == [snow]
            assert not sidebar.archive.unarchive.isVisible()
            assert sidebar.archive_link.text() == "Archive"
            sidebar.archive.back.click()
            assert sidebar.conversations.isVisible()
            assert {c.id for c in bench.services.chat.conversations} == {rain, sun}

    run_on_qt(work)


def test_the_trash_tells_what_lies_in_it_and_gives_it_back(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            sidebar, chat = _sidebar(bench), bench.services.chat
            conversation_id = chat.new_conversation().id
            chat.set_model(conversation_id, "sandbox-echo")
            chat.send(conversation_id, "How does\nrain sound?")
            await bench.until(lambda: not chat.is_answering(conversation_id))
            bench.services.history.rename(conversation_id, "Weather")
            bench.services.history.delete(conversation_id)
            bench.database.flush()
            sidebar.trash_link.click()
            [words] = _lines(sidebar.trash)
            assert words == "Weather, How does rain sound?, Deleted just now · 30 days left"
            assert sidebar.trash.list.hasFocus() or not sidebar.isActiveWindow()
            sidebar.trash.restore.click()
            assert conversation_id in chat.conversations
            assert not sidebar.trash.empty_trash.isVisible()
            QTest.keyClick(sidebar.trash, Qt.Key.Key_Escape)
            assert sidebar.conversations.isVisible()

    run_on_qt(work)


def test_deleting_for_good_is_asked_once_and_enter_cancels(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            sidebar, history = _sidebar(bench), bench.services.history
            rain, snow, sun = _add(bench, "Rain", "Snow", "Sun")
            for conversation_id in (rain, snow, sun):
                history.delete(conversation_id)
            sidebar.trash_link.click()
            QTest.keyClick(sidebar.trash.list, Qt.Key.Key_Delete)
            question = _question(sidebar)
            assert question.windowTitle() == "Delete “Sun” forever?"
            QTest.keyClick(question, Qt.Key.Key_Return)
            await bench.until(lambda: not sidebar.findChildren(Question))
            assert len(history.trash) == 3
            sidebar.trash.delete_forever.click()
            _question(sidebar).verb.click()
            assert [c.id for c in history.trash] == [snow, rain]
            await bench.until(lambda: not sidebar.findChildren(Question))
            sidebar.trash.empty_trash.click()
            assert "2 chats" in _question(sidebar).accessibleDescription()
            _question(sidebar).verb.click()
            assert len(history.trash) == 0
            assert sidebar.trash_link.text() == "Trash"

    run_on_qt(work)


def test_a_search_or_a_new_chat_leaves_the_trash(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            sidebar = _sidebar(bench)
            _add(bench, "Rain")
            bench.database.flush()
            sidebar.trash_link.click()
            QTest.keyClicks(sidebar.search, "rain")
            await bench.until(sidebar.results.isVisible)
            sidebar.trash_link.click()
            assert (sidebar.search.text(), sidebar.trash.isVisible()) == ("", True)
            asked: list[bool] = []
            sidebar.new_chat_requested.connect(lambda: asked.append(True))
            sidebar.new_chat.click()
            assert asked
            assert sidebar.conversations.isVisible()

    run_on_qt(work)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(), "30 days left"),
        (timedelta(hours=1), "30 days left"),
        (timedelta(days=1), "29 days left"),
        (timedelta(days=28, hours=1), "2 days left"),
        (timedelta(days=29), "last day"),
        (timedelta(days=31), "last day"),
    ],
)
def test_days_left_are_not_promised_too_many(ago: timedelta, words: str) -> None:
    assert time_left(NOON - ago, NOON) == words
