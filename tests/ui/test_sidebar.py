"""Sidebar, header and labels page, with real services on a sandbox of their own."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from beatra_desktop.domain.profiles import BEATRA_PROFILE_ID, ConnectionPhase
from beatra_desktop.ui.chat_header import ChatHeader
from beatra_desktop.ui.conversation_model import GROUP_ROLE
from beatra_desktop.ui.labels import Badge, Text
from beatra_desktop.ui.labels_page import LabelsPage
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
            rename, pin, _line, delete = view.context_menu(
                bench.services.chat.conversations.get(first)
            ).actions()
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
            found: list[tuple[str, str]] = []
            sidebar.found.connect(lambda *hit: found.append(hit))
            sidebar.search.setText("marimba")
            await bench.until(sidebar.results.isVisible)
            QTest.keyClick(sidebar.search, Qt.Key.Key_Return)
            assert found[0][0] == wanted
            sidebar.search.setText("zzzzz")
            QTest.keyClick(sidebar.search, Qt.Key.Key_Return)
            assert not sidebar.results.isVisible()
            QTest.keyClick(sidebar.search, Qt.Key.Key_Escape)
            assert sidebar.conversations.isVisible()

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


def test_the_header_follows_the_title(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            header = ChatHeader(bench.services.chat)
            conversation = bench.services.chat.new_conversation()
            header.show_conversation(conversation.id)
            assert header.title == "New chat"
            bench.services.history.rename(conversation.id, "Rainy days")
            assert header.title == "Rainy days"

    run_on_qt(work)


def test_every_feature_is_listed_under_its_label(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            page = LabelsPage(bench.services.profiles)
            page.show()
            badges = [badge.text() for badge in page.findChildren(Badge)]
            assert badges == ["Available", "Preview", "Planned"]
            words = [label.text() for label in page.findChildren(Text)]
            assert words.index("Chat") < words.index("Music from words") < words.index("Video")

    run_on_qt(work)


def test_what_a_service_does_not_have_is_listed_as_not_offered(
    run_on_qt: Any, open_bench: Any, chat_only_url: str
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            page = LabelsPage(bench.services.profiles)
            page.show()
            profiles = bench.services.profiles
            profiles.activate(profiles.add("Elsewhere", chat_only_url).id)
            await bench.until(lambda: not profiles.catalog.value.offers_music)
            badges = [badge.text() for badge in page.findChildren(Badge)]
            assert badges[-2:] == ["Available", "Not offered"]
            words = [label.text() for label in page.findChildren(Text) if label.isVisible()]
            meaning = words.index("The service of this profile does not have it.")
            assert words.index("Chat") < meaning < words.index("Uploads")

    run_on_qt(work)
