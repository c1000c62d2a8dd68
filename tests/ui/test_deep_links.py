"""Links into the app, in the real window: they show what is here and do nothing else."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.ui.centre import Screen
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.music.studio import Part
from beatra_desktop.ui.notice_text import describe_notice
from beatra_desktop.ui.single_instance import Call
from tests.ui.windows import filled_window

InWindow = Callable[[Callable[[Any, MainWindow], Awaitable[None]]], None]


def _said(bench: Any) -> list[str]:
    return [describe_notice(notice).sentence for notice in bench.services.notices.notices]


def _on_show(window: MainWindow) -> Screen:
    return window.interior.centre.current


def _copied() -> str:
    return QGuiApplication.clipboard().text()


def _choose(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.deleteLater()


def test_chats_and_songs_are_opened_by_the_links_their_menus_copy(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        chat, music = bench.services.chat, bench.services.music
        delay = {"path": "/v1/music/*", "action": {"delay_seconds": 60}}
        await bench.admin("POST", "faults", delay)
        kept = chat.new_conversation()
        chat.set_draft(kept.id, "kept")
        task = music.create(MusicPrompt(prompt="rain"))
        conversations = window.interior.sidebar.conversations
        _choose(conversations.context_menu(chat.conversations.get(kept.id)), "Copy link")
        assert _copied() == f"beatra:conversation/{kept.id}"
        window.interior.chat.new_conversation()
        window.interior.navigation.show_library()
        window.interior.arrivals.answer(Call(links=(_copied(),)))
        assert window.interior.chat.conversation_id == kept.id
        assert _on_show(window) is Screen.CHAT

        window.interior.navigation.show_song(task.id)
        entries = {words: do for words, _, do in window.interior.studio.queue.panel.entries}
        entries["Copy link"]()
        assert _copied() == f"beatra:task/{task.id}"
        for link in (_copied(), f"beatra:clip/{task.id}-0"):
            window.interior.studio.show_music()
            window.panes.show_studio(shown=False)
            window.interior.arrivals.open_link(link)
            assert window.panes.is_studio_shown
            assert window.interior.studio.part is Part.QUEUE
            row = window.interior.studio.queue.panel.row
            assert row is not None
            assert row.task.id == task.id

        window.interior.arrivals.open_link("beatra://library")
        assert _on_show(window) is Screen.LIBRARY
        assert _said(bench) == []

    in_window(work)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("beatra:song?prompt=rain&send=1", "names nothing that can be opened"),
        ("beatra:task/../../etc", "names nothing that can be opened"),
        ("beatra:conversation/0190", "not on this computer"),
        ("beatra:task/0190", "not on this computer"),
        ("beatra:clip/0190-0", "not on this computer"),
        ("beatra:clip/0", "not on this computer"),
    ],
)
def test_a_link_that_leads_nowhere_or_asks_for_more_changes_nothing(
    run_on_qt: Any, open_bench: Any, link: str, words: str
) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            window = filled_window(bench.services)
            before = list(bench.services.chat.conversations)
            window.interior.arrivals.take((), (link,))
            [said] = _said(bench)
            assert words in said
            assert (window.interior.centre.current, window.interior.chat.conversation_id) == (
                Screen.CHAT,
                "",
            )
            assert list(bench.services.chat.conversations) == before
            assert len(bench.services.music.tasks) == 0
            window.deleteLater()

    run_on_qt(work)
