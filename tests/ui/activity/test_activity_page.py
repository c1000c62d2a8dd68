"""The activity centre in the window, with real services on a sandbox of their own."""

from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState, Step
from beatra_desktop.domain.requests import Hold
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.activity.activity_page import ActivityPage, Section
from beatra_desktop.ui.activity.columns import Column
from beatra_desktop.ui.activity.deeds import Deed
from beatra_desktop.ui.centre import Screen
from beatra_desktop.ui.main_window import MainWindow
from tests.ui.activity.scene import create_song, open_page, row_until

InWindow = Callable[[Callable[[Any, MainWindow], Awaitable[None]]], None]
CREATE = {"method": "POST", "path": "/v1/music/*"}


def _has_arrived(row: Activity) -> bool:
    return any(moment.step is Step.ACCEPTED for moment in row.timeline)


def _shown(page: ActivityPage) -> list[str]:
    model = page.list.model
    return [model.activity(row).title for row in range(model.rowCount())]


def _clipboard() -> str:
    return QGuiApplication.clipboard().text()


def _click(widget: Any) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_answers_songs_and_downloads_are_listed_with_their_way(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        await bench.admin("POST", "settings", {"clip_seconds": 4})
        page = open_page(window)
        chat = bench.services.chat
        conversation = chat.new_conversation()
        chat.set_model(conversation.id, "sandbox-echo")
        chat.send(conversation.id, "Hello there")
        create_song(bench)
        done = ActivityState.DONE
        await row_until(bench, ActivityKind.DOWNLOAD, lambda row: row.state is done)
        answer = await row_until(bench, ActivityKind.ANSWER, lambda row: row.state is done)
        song = await row_until(
            bench, ActivityKind.SONG, lambda row: row.timeline[-1].step is Step.SAVED
        )
        await bench.until(lambda: page.list.model.rowCount() == 3)
        page.list.table.choose(song.id)
        panel = page.list.panel
        assert panel.isVisible()
        assert "Saved" in panel.timeline.accessibleDescription()
        known = {fact.label: fact.value for fact in panel.facts.shown}
        assert known["Request id"] == song.request_id
        assert known["Idempotency key"] == song.idempotency_key
        assert "credits" in known["Charge"]
        page.list.table.choose(answer.id)
        assert panel.name.text() == answer.title
        chips = page.list.filters.states.buttons
        await bench.until(lambda: chips[done].text() == "Done 3")
        _click(chips[ActivityState.FAILED])
        assert _shown(page) == []
        assert page.list.show_all.isVisible()
        page.list.show_all.click()
        assert len(_shown(page)) == 3

    in_window(work)


def test_a_row_leads_to_where_it_is_from(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        page = open_page(window)
        chat = bench.services.chat
        conversation = chat.new_conversation()
        chat.send(conversation.id, "Hello there")
        task = create_song(bench)
        answer = await row_until(
            bench, ActivityKind.ANSWER, lambda row: row.state is ActivityState.DONE
        )
        song = await row_until(bench, ActivityKind.SONG, lambda row: row.request_id)
        await bench.until(lambda: page.list.model.rowCount() >= 2)
        window.panes.show_studio(shown=False)
        page.list.table.choose(song.id)
        _click(page.list.panel.go_to)
        assert window.panes.is_studio_shown
        current = window.interior.studio.queue.list.current
        assert current is not None
        assert current.task.id == task.id
        page.list.table.choose(answer.id)
        QTest.keyClick(page.list.table, Qt.Key.Key_Return)
        assert window.interior.centre.current is Screen.CHAT
        assert window.interior.chat.conversation_id == conversation.id
        bench.services.music.cancel(task.id)

    in_window(work)


def test_a_wait_is_counted_down_hurried_and_ended(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        page = open_page(window)
        busy = {**CREATE, "times": 2, "action": {"status": 503, "retry_after": 60}}
        await bench.admin("POST", "faults", busy)
        task = create_song(bench)
        waiting = await row_until(bench, ActivityKind.SONG, lambda row: row.wait)
        await bench.until(lambda: page.list.model.rowCount() == 1)
        page.list.table.choose(waiting.id)
        panel = page.list.panel
        await bench.until(lambda: panel.status.text().startswith("Attempt 2 of 5 in "))
        attempt = Column.ATTEMPT
        await bench.until(lambda: page.list.model.text(0, attempt).startswith("2 of 5 in "))
        _click(panel.buttons[Deed.TRY_NOW])
        await row_until(
            bench, ActivityKind.SONG, lambda row: row.wait is not None and row.wait.attempt == 3
        )
        await bench.until(lambda: panel.status.text().startswith("Attempt 3 of 5 in "))
        _click(panel.buttons[Deed.STOP_RETRYING])
        ended = await row_until(bench, ActivityKind.SONG, lambda row: row.wait is None)
        assert ended.failure is not None
        await bench.until(panel.buttons[Deed.TRY_AGAIN].isVisible)
        assert not panel.buttons[Deed.STOP_RETRYING].isVisible()
        _click(panel.buttons[Deed.TRY_AGAIN])
        await row_until(bench, ActivityKind.SONG, _has_arrived)
        bench.services.music.cancel(task.id)
        keys = {post["idempotency_key"] for post in await bench.posts("/text-to-music")}
        assert len(keys) == 1

    in_window(work)


def test_several_rows_are_canceled_at_once_and_their_ids_copied(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        page = open_page(window)
        bench.services.traffic.pause_all()
        for title in ("One", "Two"):
            create_song(bench, title)
        rows = bench.services.activity.rows
        await bench.until(lambda: [row.hold for row in rows] == [Hold.PAUSED] * 2)
        await bench.until(lambda: page.list.model.rowCount() == 2)
        page.list.table.selectAll()
        panel = page.list.panel
        assert panel.name.text() == "2 rows chosen"
        assert panel.buttons[Deed.CANCEL].text() == "Cancel (2)"
        QTest.keyClick(page.list.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        for row in rows:
            assert row.idempotency_key in _clipboard()
        menu = page.list.menu()
        texts = [action.text() for action in menu.actions() if action.isEnabled()]
        menu.close()
        assert {"Cancel (2)", "Copy ids"} <= set(texts)
        assert not any("Try" in text for text in texts)
        _click(panel.buttons[Deed.CANCEL])
        canceled = ActivityState.CANCELED
        await bench.until(lambda: {row.state for row in rows} == {canceled})
        await bench.until(lambda: page.list.filters.states.buttons[canceled].text()[-1] == "2")
        assert await bench.posts("/text-to-music") == []

    in_window(work)


def test_all_retrying_is_stopped_by_one_command(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        busy = {**CREATE, "times": 9, "action": {"status": 503, "retry_after": 60}}
        await bench.admin("POST", "faults", busy)
        create_song(bench, "One")
        create_song(bench, "Two")
        rows = bench.services.activity.rows
        await bench.until(lambda: [row.wait is not None for row in rows] == [True, True])
        window.interior.commands[Command.STOP_RETRYING].trigger()
        await bench.until(lambda: not any(row.wait for row in rows))

    in_window(work)


def test_everything_new_is_paused_and_goes_on(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        page = open_page(window)
        strip = window.interior.traffic.paused
        assert not strip.isVisible()
        _click(page.pause)
        assert strip.isVisible()
        assert strip.words == "Everything new is paused."
        assert window.interior.commands[Command.PAUSE_ALL].isChecked()
        assert page.pause.text() == "Resume all"
        task = create_song(bench)
        held = await row_until(bench, ActivityKind.SONG, lambda row: row.hold is Hold.PAUSED)
        await bench.until(lambda: page.list.model.rowCount() == 1)
        await bench.until(lambda: page.list.model.text(0, Column.STATE) == "Paused")
        assert await bench.posts("/text-to-music") == []
        _click(strip.resume)
        assert not strip.isVisible()
        await row_until(bench, ActivityKind.SONG, _has_arrived)
        assert held.idempotency_key
        bench.services.music.cancel(task.id)
        window.interior.commands[Command.PAUSE_ALL].trigger()
        assert bench.services.traffic.is_paused.value
        window.interior.commands[Command.PAUSE_ALL].trigger()
        assert not bench.services.traffic.is_paused.value

    in_window(work)


def test_ctrl_f_is_for_the_page_on_show(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        bench.services.traffic.pause_all()
        page = open_page(window)
        assert window.focusWidget() is page.back
        assert not page.list.filters.isVisible()
        create_song(bench)
        await bench.until(page.list.filters.isVisible)
        page.show_section(Section.CHARGES)
        window.interior.commands[Command.FIND].trigger()
        search = page.list.filters.search
        assert page.list.isVisible()
        assert window.focusWidget() is search
        assert not window.interior.chat.find_bar.isVisible()
        window.interior.centre.show_chat()
        window.interior.chat.new_conversation()
        assert window.focusWidget() is not search

    in_window(work)


def test_reports_and_curl_hold_no_words_of_the_prompt_unless_asked_for(
    in_window: InWindow,
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        page = open_page(window)
        await bench.admin("POST", "faults", {**CREATE, "action": {"status": 503}})
        create_song(bench)
        song = await row_until(bench, ActivityKind.SONG, lambda row: row.wait)
        await bench.until(lambda: page.list.model.rowCount() == 1)
        page.list.table.choose(song.id)
        panel = page.list.panel
        for button in (panel.copy_report, panel.copy_curl):
            _click(button)
            assert str(song.idempotency_key) in _clipboard()
            assert "a slow waltz" not in _clipboard()
            assert "sk-sandbox" not in _clipboard()
        assert "$BEATRA_API_KEY" in _clipboard()
        panel.with_prompt.setChecked(True)
        for button in (panel.copy_report, panel.copy_curl):
            _click(button)
            assert "a slow waltz" in _clipboard()
            assert "sk-sandbox" not in _clipboard()
        bench.services.activity.cancel(song.id)

    in_window(work)


def test_typing_finds_and_what_is_chosen_stays_in_the_details(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        page = open_page(window)
        for title in ("Lamps", "Snow"):
            create_song(bench, title)
        await bench.until(lambda: {"Lamps", "Snow"} <= set(_shown(page)))
        row = _shown(page).index("Lamps")
        page.list.table.choose(page.list.model.id_of(row))
        QTest.keyClicks(page.list.table, "s")
        QTest.keyClicks(page.list.filters.search, "now")
        assert set(_shown(page)) == {"Snow"}
        assert page.list.panel.name.text() == "Lamps"
        QTest.keyClick(page.list.filters.search, Qt.Key.Key_Escape)
        assert {"Lamps", "Snow"} <= set(_shown(page))

    in_window(work)


def test_columns_are_remembered_from_one_page_to_the_next(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        page = open_page(window)
        page.list.table.columns.show_column(Column.COST, shown=False)
        page.list.table.head.sort_by(Column.NAME)
        page.list.hide()  # as when the window goes
        again = ActivityPage(bench.services)
        assert again.list.table.columns.state == page.list.table.columns.state
        assert again.list.model.order.column is Column.NAME
        again.deleteLater()

    in_window(work)


def test_the_link_in_the_sidebar_counts_what_is_in_flight(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        link = window.interior.sidebar.activity_link
        assert link.count == 0
        busy = {**CREATE, "times": 9, "action": {"status": 503, "retry_after": 60}}
        await bench.admin("POST", "faults", busy)
        task = create_song(bench)
        await bench.until(lambda: link.count == 1)
        assert link.accessibleName() == "Activity, 1 in flight"
        assert not link.warns
        bench.services.music.cancel(task.id)
        await bench.until(lambda: link.count == 0)
        assert link.accessibleName() == "Activity"

    in_window(work)
