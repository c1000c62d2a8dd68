"""Ways to the activity centre and from it, with real services on a sandbox of their own."""

from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from beatra_desktop.domain.activity import ActivityKind, ActivityState
from beatra_desktop.domain.uploads import Purpose
from beatra_desktop.paths import resources
from beatra_desktop.ui.activity.activity_page import ActivityPage, Section
from beatra_desktop.ui.activity.activity_view import LEAST_PX
from beatra_desktop.ui.activity.columns import Column
from beatra_desktop.ui.activity.deeds import Deed
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.centre import Screen
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.music.studio import Part
from tests.ui.activity.scene import create_song, open_page, row_of, row_until

InWindow = Callable[[Callable[[Any, MainWindow], Awaitable[None]]], None]
SKETCH = resources() / "samples" / "riverside-sketch.mp3"


def _shown(page: ActivityPage) -> list[str]:
    model = page.list.model
    return [model.activity(row).title for row in range(model.rowCount())]


def _click(widget: Any) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def _page_on_show(window: MainWindow) -> ActivityPage:
    page = window.interior.centre.currentWidget()
    assert isinstance(page, ActivityPage)
    return page


def _row_id(bench: Any, kind: ActivityKind) -> str:
    row = row_of(bench, kind)
    assert row is not None
    return row.id


def _tabbed_through(first: QWidget, last: QWidget) -> list[QWidget]:
    """What has the keyboard from one Tab to the next, till it is somewhere in `last`."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    passed = [first]
    while not last.isAncestorOf(passed[-1]):
        QTest.keyClick(passed[-1], Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused not in passed
        passed.append(focused)
    return passed


def _place(stop: QWidget, passed: list[QWidget]) -> int:
    return next(n for n, each in enumerate(passed) if each is stop or stop.isAncestorOf(each))


def _is_whole(widget: QWidget) -> bool:
    """Whether nothing of it is cut off."""
    return bool(widget.visibleRegion().boundingRect() == widget.rect())


def test_an_upload_that_asks_leads_to_its_question(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        page = open_page(window)
        bench.services.uploads.add([SKETCH], purpose=Purpose.REFERENCE_AUDIO)
        needs_you = ActivityState.NEEDS_YOU
        row = await row_until(bench, ActivityKind.UPLOAD, lambda row: row.state is needs_you)
        await bench.until(lambda: page.list.model.rowCount() == 1)
        progress = "Waiting for your answer"
        await bench.until(lambda: page.list.model.text(0, Column.PROGRESS) == progress)
        page.list.table.choose(row.id)
        panel = page.list.panel
        assert panel.status.text().startswith("It waits for your word that you may use")
        window.panes.show_studio(shown=False)
        _click(panel.go_to)
        zone = window.interior.studio.drop_zone
        assert window.interior.studio.part is Part.UPLOADS
        assert zone.list.hasFocus()
        assert zone.list.current is not None
        assert zone.list.current.id == row.owner_id
        await bench.until(zone.rights.isVisible)

    in_window(work)


def test_what_can_be_done_stays_in_sight_in_a_low_window(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        page = open_page(window)
        bench.services.traffic.pause_all()
        create_song(bench)
        row = await row_until(bench, ActivityKind.SONG, lambda row: row.hold)
        await bench.until(lambda: page.list.model.rowCount() == 1)
        window.resize(900, 480)
        page.list.table.choose(row.id)
        for button in (page.list.panel.go_to, page.list.panel.buttons[Deed.CANCEL]):
            await bench.until(lambda button=button: _is_whole(button))
        assert page.list.table.height() >= LEAST_PX

    in_window(work)


def test_keys_alone_go_through_the_page_in_the_order_it_is_read(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        page = open_page(window)
        bench.services.traffic.pause_all()
        create_song(bench)
        row = await row_until(bench, ActivityKind.SONG, lambda row: row.hold)
        await bench.until(lambda: page.list.model.rowCount() == 1)
        page.list.table.choose(row.id)
        panel = page.list.panel
        copies = panel.facts.findChildren(IconButton)
        way = [
            window.interior.sidebar.new_chat, page.sections, page.pause, page.back,
            page.list.filters.search, page.list.filters.kind, page.list.table, panel.go_to,
            panel.with_prompt, copies[0], copies[-1], window.interior.studio.parts,
        ]  # fmt: skip
        passed = _tabbed_through(window.interior.sidebar.new_chat, way[-1])
        places = [_place(stop, passed) for stop in way]
        assert places == sorted(places)
        panel.go_to.setFocus()
        QTest.keyClick(panel.go_to, Qt.Key.Key_Escape)
        assert panel.isHidden()
        assert page.list.table.hasFocus()
        search = page.list.filters.search
        search.setFocus()
        QTest.keyClick(search, Qt.Key.Key_Down)
        assert page.list.table.hasFocus()

    in_window(work)


def test_the_song_list_is_opened_as_a_table(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        bench.services.traffic.pause_all()
        chat = bench.services.chat
        chat.send(chat.new_conversation().id, "Hello there")
        create_song(bench)
        await bench.until(lambda: len(bench.services.activity.rows) == 2)
        window.interior.studio.show_queue()
        window.interior.studio.queue.bar.table.trigger()
        assert window.interior.centre.current is Screen.ACTIVITY
        page = _page_on_show(window)
        assert page.list.filters.kind.currentData() == ActivityKind.SONG
        assert _shown(page) == ["Lamps"]
        page.list.show_activity(_row_id(bench, ActivityKind.ANSWER))
        assert len(_shown(page)) == 2
        page.list.filters.search.setText("nothing")
        page.show_section(Section.CHARGES)
        window.interior.traffic.show_songs(ActivityState.WAITING)
        await bench.until(lambda: _shown(page) == ["Lamps"])
        assert page.list.isVisible()
        window.interior.traffic.drafts.look_requested.emit()
        assert page.list.filters.states.state is ActivityState.NEEDS_YOU
        assert _shown(page) == []

    in_window(work)
