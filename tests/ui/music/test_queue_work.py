"""Working through many songs: the line, the order, the words, and several at once."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu

from beatra_desktop.domain.music import MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.services.reconciling import Candidate
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.music.queue import Queue
from beatra_desktop.ui.music.queue_row import Sort
from beatra_desktop.ui.music.song_deeds import Deed
from tests.ui.music.conftest import OpenQueue

WAITING, CANCELED = TaskStatus.WAITING, TaskStatus.CANCELED


@pytest.fixture
def in_queue(run_on_qt: Any, open_bench: Any, open_queue: OpenQueue) -> Any:
    """Runs a coroutine function with a bench that makes one song at a time, without end."""

    def run(work: Any) -> None:
        async def main() -> None:
            async with open_bench() as bench:
                await bench.admin("POST", "settings", {"task_outcome": "never_ends"})
                bench.services.settings.change(parallel_songs=1)
                await work(bench, open_queue(bench))

        run_on_qt(main)

    return run


def _create(bench: Any, *titles: str) -> list[MusicTask]:
    made = [
        bench.services.music.create(MusicPrompt(prompt="slow waltz", title=title))
        for title in titles
    ]
    assert all(isinstance(task, MusicTask) for task in made)
    return made


def _now(bench: Any, task: MusicTask) -> MusicTask:
    found: MusicTask = bench.services.music._tasks.get(task.id)
    return found


def _titles(queue: Queue) -> list[str]:
    return [row.task.prompt.title for row in queue._rows.rows]


def _click(button: Button) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _place(queue: Queue, row: int, *, below: bool = False) -> QPoint:
    rect = queue.list.visualRect(queue.list.model().index(row, 0))
    return rect.center() + QPoint(0, rect.height() // 4 * (1 if below else -1))


def _drag(queue: Queue, row: int, to: QPoint) -> None:
    viewport, left = queue.list.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, left, Qt.KeyboardModifier.NoModifier, _place(queue, row))
    QTest.mouseMove(viewport, to)
    QTest.mouseRelease(viewport, left, Qt.KeyboardModifier.NoModifier, to)


def test_the_line_stands_first_and_is_put_in_order_by_dragging(in_queue: Any) -> None:
    async def work(bench: Any, queue: Queue) -> None:
        _create(bench, "a", "b", "c", "d")
        assert _titles(queue) == ["b", "c", "d", "a"]
        _drag(queue, 2, _place(queue, 0))
        assert _titles(queue) == ["d", "b", "c", "a"]
        _drag(queue, 0, _place(queue, 3, below=True))  # not behind what has left
        assert _titles(queue) == ["b", "c", "d", "a"]
        _drag(queue, 3, _place(queue, 0))  # what has left stays where it is
        assert _titles(queue) == ["b", "c", "d", "a"]

    in_queue(work)


def test_the_line_is_put_in_order_by_keys_and_by_menu(in_queue: Any) -> None:
    async def work(bench: Any, queue: Queue) -> None:
        _, first, _, last = _create(bench, "a", "b", "c", "d")
        alt = Qt.KeyboardModifier.AltModifier
        queue.show_task(first.id)
        QTest.keyClick(queue.list, Qt.Key.Key_Down, alt)
        assert _titles(queue) == ["c", "b", "d", "a"]
        QTest.keyClick(queue.list, Qt.Key.Key_Up, alt)
        QTest.keyClick(queue.list, Qt.Key.Key_Up, alt)  # it is the first already
        assert _titles(queue) == ["b", "c", "d", "a"]
        assert queue.list.current is not None
        assert queue.list.current.id == first.id
        index = queue.list.model().index(2, 0)
        queue.list.menu_requested.emit(index, queue.mapToGlobal(QPoint(1, 1)))
        [menu] = queue.list.findChildren(QMenu)
        actions = {action.text(): action for action in menu.actions()}
        assert list(actions) == [
            "Send first",
            "Take back",
            "Take back and edit",
            "Copy link",
            "Move up",
            "Move down",
        ]
        actions["Send first"].trigger()
        menu.close()
        assert _titles(queue)[0] == last.prompt.title

    in_queue(work)


def test_what_waits_is_taken_back_into_the_form_for_free(in_queue: Any) -> None:
    async def work(bench: Any, queue: Queue) -> None:
        edited: list[str] = []
        queue.edit_requested.connect(edited.append)
        _, waiting = _create(bench, "a", "b")
        queue.show_task(waiting.id)
        assert queue.panel.cancel.text() == "Take back"
        assert queue.panel.edit.text() == "Take back and edit"
        _click(queue.panel.edit)
        assert edited == [waiting.id]
        assert _now(bench, waiting).status is CANCELED
        assert _titles(queue) == ["a"]
        _click(queue.undo_line.button)
        assert "never sent, so it cost nothing" in queue.panel.notes_text

    in_queue(work)


def test_several_songs_are_canceled_and_removed_and_brought_back_at_once(in_queue: Any) -> None:
    async def work(bench: Any, queue: Queue) -> None:
        tasks = _create(bench, *"abcdef")
        await bench.until(lambda: _now(bench, tasks[0]).remote_id)
        queue.show_task(tasks[1].id)
        assert not queue.bulk.isVisible()
        queue.list.selectAll()
        assert queue.bulk.words.text() == "6 chosen"
        assert not queue.panel.isVisible()
        buttons = queue.bulk.buttons
        assert buttons[Deed.CANCEL].text() == "Cancel (6)"
        assert buttons[Deed.SEND_FIRST].text() == "Send first (5)"
        assert not buttons[Deed.REMOVE].isVisible()
        _click(buttons[Deed.CANCEL])
        await bench.until(lambda: buttons[Deed.REMOVE].text() == "Remove (6)")
        assert {_now(bench, task).status for task in tasks} == {CANCELED}
        _click(buttons[Deed.REMOVE])
        assert _titles(queue) == []
        _click(queue.undo_line.button)
        assert _titles(queue) == list("fedcba")

    in_queue(work)


def test_words_find_songs_and_none_says_so(in_queue: Any) -> None:
    async def work(bench: Any, queue: Queue) -> None:
        _create(bench, "Harbour lights", "Neon rain")
        for words, found in (
            ("HARB", ["Harbour lights"]),
            ("waltz neon", ["Neon rain"]),
            ("waltz", ["Neon rain", "Harbour lights"]),
            ("tango", []),
        ):
            queue.bar.search.setText(words)
            QTest.keyClick(queue.bar.search, Qt.Key.Key_Return)
            assert _titles(queue) == found
        assert queue._none_found.isVisible()
        _click(queue._everything)
        assert len(_titles(queue)) == 2
        assert queue.bar.search.text() == ""

    in_queue(work)


def test_the_order_is_chosen_and_remembered(
    run_on_qt: Any, open_bench: Any, open_queue: OpenQueue
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            queue = open_queue(bench)
            [action] = [a for a in queue.bar.sort_menu.actions() if a.text() == "By title"]
            action.trigger()
            assert queue._rows.sort is Sort.TITLE
        async with open_bench() as later:
            again = open_queue(later)
            assert again._rows.sort is Sort.TITLE
            assert "By title" in again.bar.sort_button.toolTip()

    run_on_qt(work)


def test_the_user_says_which_task_a_lost_song_is(in_queue: Any) -> None:
    async def work(bench: Any, queue: Queue) -> None:
        [task] = _create(bench, "Lamps")
        await bench.until(lambda: _now(bench, task).remote_id)
        queue.show_task(task.id)
        chooser = queue.panel.chooser
        chosen: list[str] = []
        chooser.chosen.connect(chosen.append)
        chooser.none_chosen.connect(lambda: chosen.append("none"))
        assert not chooser.isVisible()
        found = [Candidate(remote_id=name, status="running", created_at=None) for name in "xy"]
        chooser.show_candidates(found)
        names = [button.text() for button in chooser.buttons]
        assert names == ["running · x", "running · y", "None of these"]
        for button in chooser.buttons[1:]:
            _click(button)
        assert chosen == ["y", "none"]

    in_queue(work)


def test_the_list_is_exported(in_queue: Any, tmp_path: Path) -> None:
    async def work(bench: Any, queue: Queue) -> None:
        _create(bench, "Lamps", "Rain")
        queue.bar.export.trigger()
        [dialog] = queue.findChildren(QFileDialog)
        target = tmp_path / "songs.json"
        dialog.fileSelected.emit(str(target))
        dialog.close()
        await bench.until(target.exists)
        await bench.until(lambda: len(bench.services.notices.notices))
        songs = json.loads(target.read_text())["songs"]
        assert [song["prompt"]["title"] for song in songs] == ["Rain", "Lamps"]

    in_queue(work)
