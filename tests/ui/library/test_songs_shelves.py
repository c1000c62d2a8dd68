"""Playlists and the trash of the library, and what happens to files there."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from beatra_desktop.domain.music import Delivery
from beatra_desktop.ui.library.songs.name_dialog import NameDialog
from beatra_desktop.ui.library.songs.shelf_strip import ALL, TRASH
from beatra_desktop.ui.question import Question
from tests.ui.library.conftest import Shelf

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def _press(shelf: Shelf, key: Qt.Key, modifier: Any = PLAIN) -> None:
    QTest.keyClick(shelf.view.view, key, modifier)
    shelf.view.rows.catch_up()


def _action(menu: QMenu, text: str) -> Any:
    return next(action for action in menu.actions() if action.text() == text)


def test_songs_go_to_the_trash_and_back(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        clips = [shelf.add(name) for name in ("First", "Second", "Third")]
        await shelf.show()
        shelf.select(clips[0], clips[1])
        _press(shelf, Qt.Key.Key_Delete)
        assert shelf.titles == ["Third"]
        assert shelf.view.undo_line.words == "2 songs are in the trash."
        QTest.mouseClick(shelf.view.undo_line.button, LEFT)
        assert len(shelf.titles) == 3
        shelf.select(clips[0])
        _press(shelf, Qt.Key.Key_Delete)
        await shelf.bench.until(lambda: not (shelf.folder / "First.wav").exists())
        shelf.view.shelves.chip(TRASH).click()
        assert shelf.titles == ["First"]
        assert shelf.view.rows.rows[0].trouble == "30 days left"
        words = "1 song, 4\u00a0kB · erased after 30 days"
        await shelf.bench.until(lambda: shelf.view.status.words == words)
        shelf.select(clips[0])
        menu = shelf.view.song_menu()
        _action(menu, "Restore").trigger()
        menu.close()
        await shelf.bench.until((shelf.folder / "First.wav").exists)
        assert shelf.titles == []
        shelf.view.shelves.chip(ALL).click()
        assert len(shelf.titles) == 3

    on_shelf(work)


def test_deleting_for_good_asks_first(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        clip = shelf.add("First")
        shelf.services.collection.delete([clip.id])
        await shelf.bench.until(lambda: not (shelf.folder / "First.wav").exists())
        await shelf.show()
        shelf.view.show_shelf(TRASH)
        shelf.select(clip)
        _press(shelf, Qt.Key.Key_Delete)
        [question] = shelf.view.window().findChildren(Question)
        assert shelf.now(clip).path is not None
        question.reject()
        assert shelf.now(clip).path is not None

    on_shelf(work)


def test_playlists_are_made_filled_ordered_and_played(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        a, b, c = (shelf.add(name) for name in "ABC")
        await shelf.show()
        queued: list[list[str]] = []
        shelf.view.play_many_requested.connect(queued.append)
        shelf.view.shelves.playlist_requested.emit([a.id, b.id])
        [dialog] = shelf.view.window().findChildren(NameDialog)
        dialog.field.setText("Nights")
        dialog.verb.click()
        [playlist] = shelf.services.playlists.playlists
        assert shelf.view.shelves.shelf == playlist.id
        assert shelf.titles == ["A", "B"]
        shelf.view.shelves.dropped.emit(playlist.id, [c.id])
        assert shelf.titles == ["A", "B", "C"]
        shelf.select(c)
        _press(shelf, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert shelf.titles == ["A", "C", "B"]
        _press(shelf, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        _press(shelf, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert shelf.titles == ["C", "A", "B"]
        menu = shelf.view.playlist_menu(playlist.id)
        _action(menu, "Play").trigger()
        assert queued == [[c.id, a.id, b.id]]
        shelf.select(a)
        songs = shelf.view.song_menu()
        _action(songs, "Take out of this playlist").trigger()
        assert shelf.titles == ["C", "B"]
        _action(menu, "Delete playlist").trigger()
        assert shelf.view.shelves.shelf == ALL
        assert len(shelf.titles) == 3
        QTest.mouseClick(shelf.view.undo_line.button, LEFT)
        assert shelf.services.playlists.playlists[0].clip_ids == (c.id, b.id)
        for made in (menu, songs):
            made.close()

    on_shelf(work)


def test_what_is_taken_off_the_list_of_tasks_keeps_its_files_and_its_place_here(
    on_shelf: Any,
) -> None:
    async def work(shelf: Shelf) -> None:
        clip = shelf.add("First", prompt="rain on tin")
        shelf.services.music.remove(clip.task_id)
        assert clip.task_id not in shelf.services.music.tasks
        assert shelf.titles == ["First"]
        assert shelf.view.rows.rows[0].task.prompt.prompt == "rain on tin"
        assert clip.path is not None
        assert clip.path.is_file()

    on_shelf(work)


def test_what_is_in_the_trash_is_not_fetched_again(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        clip = shelf.add("First", delivery=Delivery.UNSAVED, path=None)
        shelf.services.collection.delete([clip.id])
        shelf.services.music.resume()
        assert shelf.now(clip).delivery is Delivery.UNSAVED
        assert not [name for name in shelf.services.collection._supervisor.names if clip.id in name]

    on_shelf(work)
