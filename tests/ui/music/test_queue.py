"""The song list, with real services on a sandbox of their own."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.music.queue import Queue
from beatra_desktop.ui.music.task_delegate import play_rect
from tests.ui.music.conftest import OpenQueue

SHORT = {"clip_seconds": 4}


def _create(bench: Any, prompt: str = "slow piano waltz", **fields: Any) -> MusicTask:
    task = bench.services.music.create(MusicPrompt(prompt=prompt, instrumental=True, **fields))
    assert isinstance(task, MusicTask)
    return task


async def _saved(bench: Any, task: MusicTask) -> list[Clip]:
    def is_saved() -> bool:
        ended = bench.services.music.tasks.get(task.id).status.is_terminal
        clips = bench.services.music.clips_of(task.id)
        return ended and clips and all(clip.delivery is Delivery.SAVED for clip in clips)

    await bench.until(is_saved)
    clips: list[Clip] = bench.services.music.clips_of(task.id)
    return clips


def _texts(queue: Queue) -> list[str]:
    model = queue.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def _menu(queue: Queue, row: int) -> dict[str, QAction]:
    """What the menu of a row offers."""
    queue.list.menu_requested.emit(queue.list.model().index(row, 0), QPoint(1, 1))
    [menu] = queue.list.findChildren(QMenu)
    return {action.text(): action for action in menu.actions()}


def _click(button: Button) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_song_is_followed_played_and_dragged_out(
    run_on_qt: Any, open_bench: Any, open_queue: OpenQueue
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            await bench.admin("POST", "settings", SHORT)
            queue = open_queue(bench)
            played: list[str] = []
            queue.play_requested.connect(played.append)
            task = _create(bench, model="suno-5.5", title="Lamps")
            assert queue.active_count == 1
            clips = await _saved(bench, task)
            await bench.until(lambda: len(_texts(queue)) == 3)
            first, second, third = _texts(queue)
            assert first.startswith("Lamps, Done, 2 of 2 saved, took ")
            assert first.endswith("80 credits")
            assert second.startswith("Clip Lamps 1, ")
            assert third.startswith("Clip Lamps 2, ")
            model = queue.list.model()
            place = play_rect(queue.list.visualRect(model.index(1, 0))).center()
            QTest.mouseClick(
                queue.list.viewport(), Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier, place,
            )  # fmt: skip
            assert played == [clips[0].id]
            [url] = model.mimeData([model.index(2, 0)]).urls()
            assert url.toLocalFile() == str(clips[1].path)
            assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsDragEnabled
            queue.list.choose(clips[1].id)
            QTest.keyClick(queue.list, Qt.Key.Key_Return)
            assert played[1:] == [clips[1].id]

    run_on_qt(work)


def test_removed_songs_can_be_brought_back(
    run_on_qt: Any, open_bench: Any, open_queue: OpenQueue
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            await bench.admin("POST", "settings", SHORT)
            queue = open_queue(bench)
            task = _create(bench, model="minimax-music-3.0")
            await _saved(bench, task)
            queue.show_task(task.id)
            QTest.keyClick(queue.list, Qt.Key.Key_Delete)
            assert _texts(queue) == []
            _click(queue.undo_line.button)
            assert len(_texts(queue)) == 2
            assert queue.panel.row is not None
            assert queue.panel.row.task.id == task.id

    run_on_qt(work)


def test_a_song_in_the_making_can_be_canceled_but_not_removed(
    run_on_qt: Any, open_bench: Any, open_queue: OpenQueue
) -> None:
    async def work() -> None:
        async with open_bench(speed=1.0) as bench:
            queue = open_queue(bench)
            task = _create(bench, model="suno-5.5")
            tasks = bench.services.music.tasks
            await bench.until(lambda: tasks.get(task.id).remote_id)
            queue.show_task(task.id)
            assert not queue.panel.remove.isVisible()
            _click(queue.panel.cancel)
            await bench.until(lambda: tasks.get(task.id).status is TaskStatus.CANCELED)
            await bench.until(queue.panel.again.isVisible)
            assert queue.panel.again.text() == "Generate again (80 credits)"
            assert "80 credits back" in _texts(queue)[0]

    run_on_qt(work)


def test_a_refusal_says_why_and_is_tried_again_under_the_same_key(
    run_on_qt: Any, open_bench: Any, open_queue: OpenQueue
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            await bench.admin("POST", "settings", SHORT)
            await bench.admin("POST", "settings", {"balance": "10.0000"})
            queue = open_queue(bench)
            task = _create(bench, model="minimax-music-3.0")
            queue.show_task(task.id)
            await bench.until(queue.panel.retry.isVisible)
            assert "balance is too low" in queue.panel.problem_text
            await bench.admin("POST", "settings", {"balance": "1000.0000"})
            _click(queue.panel.retry)
            await _saved(bench, task)
            await bench.until(queue.panel.again.isVisible)
            assert queue.panel.problem_text == ""

    run_on_qt(work)


def test_songs_are_shown_by_state_with_counts(
    run_on_qt: Any, open_bench: Any, open_queue: OpenQueue
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            await bench.admin("POST", "settings", SHORT)
            queue = open_queue(bench)
            good = _create(bench, model="minimax-music-3.0")
            bad = _create(bench, prompt="a song just like Velvet Comet")
            await _saved(bench, good)
            tasks = bench.services.music.tasks
            await bench.until(lambda: tasks.get(bad.id).status is TaskStatus.FAILED)
            names = [button.text() for button in queue.bar.filter.findChildren(Button)]
            assert names == ["All 2", "Active", "Done 1", "Failed 1"]
            queue.show_task(bad.id)
            failed = queue.bar.filter.findChildren(Button)[3]
            _click(failed)
            assert len(_texts(queue)) == 1
            assert queue.panel.row is not None
            assert queue.panel.row.task.id == bad.id
            queue.show_task(good.id)
            assert queue.bar.filter.choice == "all"
            assert queue.panel.row.task.id == good.id

    run_on_qt(work)


def test_a_clip_can_be_downloaded_again_for_free(
    run_on_qt: Any, open_bench: Any, open_queue: OpenQueue
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            await bench.admin("POST", "settings", SHORT)
            queue = open_queue(bench)
            task = _create(bench, model="minimax-music-3.0")
            [clip] = await _saved(bench, task)
            assert clip.path is not None
            clip.path.unlink()
            queue.list.choose(clip.id)
            _click(queue.panel.download)
            [again] = await _saved(bench, task)
            assert again.path is not None
            assert again.path.exists()
            assert len(await bench.posts("/music/text-to-music")) == 1

    run_on_qt(work)


def test_a_saved_song_becomes_the_reference_from_its_menu_and_its_panel(
    run_on_qt: Any, open_bench: Any, open_queue: OpenQueue
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            queue = open_queue(bench)
            wanted: list[str] = []
            queue.reference_requested.connect(wanted.append)
            await bench.admin("POST", "settings", SHORT)
            [clip] = await _saved(bench, _create(bench, model="minimax-music-2.6"))
            actions = _menu(queue, 1)
            assert list(actions) == [
                "Play", "Use as reference", "Show in folder", "Download again", "Copy link",
            ]  # fmt: skip
            actions["Use as reference"].trigger()
            _click(queue.panel.follow)
            assert wanted == [clip.id, clip.id]

    run_on_qt(work)


def test_one_very_long_word_widens_nothing(
    run_on_qt: Any, open_bench: Any, open_queue: OpenQueue
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            queue = open_queue(bench)
            queue.show_task(_create(bench, "x" * 400, title="Lamps").id)
            assert queue.panel.minimumSizeHint().width() <= queue.width()

    run_on_qt(work)


def test_the_keyboard_is_never_lost_below_the_list(
    run_on_qt: Any, open_bench: Any, open_queue: OpenQueue
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            queue = open_queue(bench)
            queue.activateWindow()
            task = _create(bench, "unsafe-content", title="Refused", model="suno-5.5")
            tasks = bench.services.music.tasks
            await bench.until(lambda: tasks.get(task.id).status is TaskStatus.FAILED)
            queue.show_task(task.id)
            await bench.until(queue.panel.remove.isVisible)
            queue.panel.remove.setFocus()
            QTest.keyClick(queue.panel.remove, Qt.Key.Key_Space)
            assert not queue.panel.isVisible()
            assert queue.list.hasFocus()

    run_on_qt(work)


def test_escape_chooses_none(run_on_qt: Any, open_bench: Any, open_queue: OpenQueue) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            queue = open_queue(bench)
            for _ in range(3):
                _create(bench)
            queue.list.selectAll()
            await bench.until(queue.bulk.isVisible)
            QTest.keyClick(queue.list, Qt.Key.Key_Escape)
            assert not queue.bulk.isVisible()
            assert not queue.panel.isVisible()

    run_on_qt(work)
