"""The library of songs: finding, rating, playing and giving away, by mouse and keys."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from beatra_desktop.domain.music import Delivery
from beatra_desktop.ui.library.songs.convert_dialog import ConvertDialog
from beatra_desktop.ui.library.songs.song import spoken
from beatra_desktop.ui.library.songs.song_filter import Order, SongFilter
from tests.ui.library.conftest import Shelf

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def _press(shelf: Shelf, key: Qt.Key, modifier: Any = PLAIN) -> None:
    QTest.keyClick(shelf.view.view, key, modifier)
    shelf.view.rows.catch_up()


def _click(shelf: Shelf, row: int, part: str, offset: int = 0) -> None:
    view = shelf.view.view
    delegate: Any = view.itemDelegate()
    cell = view.visualRect(view.model().index(row, 0))
    rect = getattr(delegate.places(cell), part)
    place = QPoint(rect.left() + offset, rect.center().y()) if offset else rect.center()
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, place)
    shelf.view.rows.catch_up()


def _action(menu: QMenu, text: str) -> Any:
    return next(action for action in menu.actions() if action.text() == text)


def test_songs_are_rated_liked_and_played_by_keys(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        first, second = shelf.add("First"), shelf.add("Second")
        played: list[str] = []
        shelf.view.play_requested.connect(played.append)
        await shelf.show()
        assert shelf.titles == ["Second", "First"]
        for view in (shelf.view.filters.grid, shelf.view.filters.table):
            QTest.mouseClick(view, LEFT)
            shelf.select(first, second)
            _press(shelf, Qt.Key.Key_4)
            assert [shelf.now(c).rating for c in (first, second)] == [4, 4]
            _press(shelf, Qt.Key.Key_0)
            assert shelf.now(first).rating == 0
            shelf.select(first)
            _press(shelf, Qt.Key.Key_F)
            assert shelf.now(first).is_favourite
            shelf.select(first, second)
            _press(shelf, Qt.Key.Key_F)
            assert shelf.now(second).is_favourite
            _press(shelf, Qt.Key.Key_F)
            assert not shelf.now(first).is_favourite
            shelf.select(second)
            _press(shelf, Qt.Key.Key_Space)
            _press(shelf, Qt.Key.Key_Return)
        assert played == [second.id] * 4

    on_shelf(work)


def test_songs_are_rated_liked_and_played_by_mouse(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        first, second = shelf.add("First"), shelf.add("Second")
        played: list[str] = []
        shelf.view.play_requested.connect(played.append)
        await shelf.show()
        shelf.select(second)
        for view in (shelf.view.filters.table, shelf.view.filters.grid):
            QTest.mouseClick(view, LEFT)
            shelf.view.view.grab()
            _click(shelf, 1, "stars", offset=2 * 14 + 5)
            assert shelf.now(first).rating == 3
            _click(shelf, 1, "stars", offset=2 * 14 + 5)
            assert shelf.now(first).rating == 0
            _click(shelf, 1, "heart")
            assert shelf.now(first).is_favourite
            _click(shelf, 1, "heart")
            assert not shelf.now(first).is_favourite
            _click(shelf, 1, "play")
        assert played == [first.id] * 2
        assert [song.id for song in shelf.view.selected] == [second.id]

    on_shelf(work)


def test_a_search_finds_titles_prompts_and_lyrics(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        shelf.add("Lamps")
        shelf.add("Second", prompt="a waltz about lamps")
        shelf.add("Third", lyrics="[Verse]\nCount the lamps")
        shelf.add("Made", **{"lyrics": ""})
        shelf.change(shelf.tasks.clips[3], lyrics="lamps the service wrote of")
        shelf.add("Other")
        await shelf.bench.database.durable()
        await shelf.show()
        shelf.view.filters.search.setText("lam")
        await shelf.bench.until(lambda: len(shelf.titles) == 4)
        assert "Other" not in shelf.titles
        shelf.view.filters.search.setText("nothing like it")
        await shelf.bench.until(lambda: shelf.titles == [])
        await shelf.bench.until(shelf.view._empty.isVisible)
        assert shelf.view._empty.title.text() == "Nothing found"
        QTest.mouseClick(shelf.view._empty.clear, LEFT)
        assert len(shelf.titles) == 5

    on_shelf(work)


def test_filters_and_orders(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        shelf.add("Cold", rating=2, model="suno-5.5")
        shelf.add("Arid", rating=5, is_favourite=True, model="minimax-music-3.0")
        shelf.add("Bare", delivery=Delivery.UNSAVED, path=None)
        filters = shelf.view.filters
        for wanted, titles in (
            (SongFilter(favourites=True), ["Arid"]),
            (SongFilter(stars=2), ["Arid", "Cold"]),
            (SongFilter(stars=3), ["Arid"]),
            (SongFilter(model="minimax-music-3.0"), ["Arid"]),
            (SongFilter(instrumental=True), []),
            (SongFilter(unsaved=True), ["Bare"]),
            (SongFilter(favourites=True, unsaved=True), []),
            (SongFilter(), ["Bare", "Arid", "Cold"]),
        ):
            filters.set_filter(wanted)
            assert shelf.titles == titles
        for order, titles in (
            (Order.TITLE, ["Arid", "Bare", "Cold"]),
            (Order.OLDEST, ["Cold", "Arid", "Bare"]),
            (Order.RATING, ["Arid", "Cold", "Bare"]),
            (Order.LONGEST, ["Bare", "Arid", "Cold"]),
            (Order.MODEL, ["Arid", "Bare", "Cold"]),
        ):
            filters.set_order(order)
            assert shelf.titles == titles
        menu = filters.filter_menu()
        _action(menu, "Favourites").trigger()
        assert filters.filter.favourites
        assert filters.filters.text() == "Favourites"
        menu.close()

    on_shelf(work)


def test_what_changes_is_seen_and_leaves_a_filter_it_fits_no_more(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        first = shelf.add("First", is_favourite=True)
        shelf.add("Second", is_favourite=True)
        shelf.view.filters.set_filter(SongFilter(favourites=True))
        assert len(shelf.titles) == 2
        shelf.change(first, is_favourite=False)
        assert shelf.titles == ["Second"]
        shelf.change(first, is_favourite=True)
        assert len(shelf.titles) == 2
        shelf.add("Third", is_favourite=True)
        assert shelf.titles == ["Third", "Second", "First"]

    on_shelf(work)


def test_view_order_and_details_are_remembered(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        shelf.add("First")
        QTest.mouseClick(shelf.view.filters.table, LEFT)
        shelf.view.filters.set_order(Order.TITLE)
        shelf.view.filters.details.click()
        await shelf.bench.database.durable()
        again = Shelf(shelf.bench, shelf.folder)
        assert not again.view.filters.is_grid
        assert again.view.view is again.view.table
        assert again.view.filters.order is Order.TITLE
        assert not again.view.details.isHidden()
        again.view.deleteLater()

    on_shelf(work)


def test_a_missing_file_says_so_and_can_be_downloaded_again(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        clip = shelf.add("First")
        assert clip.path is not None
        clip.path.unlink()
        played: list[str] = []
        shelf.view.play_requested.connect(played.append)
        await shelf.show()
        await shelf.bench.until(lambda: shelf.titles and shelf.view.rows.rows[0].is_missing)
        assert "File is missing" in spoken(shelf.view.rows.rows[0])
        shelf.select(clip)
        _press(shelf, Qt.Key.Key_Space)
        assert played == []
        details = shelf.view.details
        await shelf.bench.until(details.download.isVisible)
        assert details.locate.isVisible()
        assert "not where it was saved" in details.text
        details.download.click()
        assert shelf.now(clip).delivery is not Delivery.SAVED

    on_shelf(work)


def test_details_tell_where_a_song_comes_from(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        clip = shelf.add("First", prompt="rain on tin", lyrics="la la", tags="piano")
        other = shelf.add("Second")
        edited: list[str] = []
        shelf.view.edit_requested.connect(edited.append)
        await shelf.show()
        shelf.view.filters.details.click()
        shelf.select(clip)
        details = shelf.view.details
        await shelf.bench.until(lambda: details.song is not None)
        for words in ("rain on tin", "la la", "piano", "80 credits", "tsk_0", "req_0", "suno-5.5"):
            assert words in details.text
        details.use.click()
        assert edited == [clip.task_id]
        shelf.select(clip, other)
        await shelf.bench.until(lambda: details.song is None)
        assert "2 songs selected" in shelf.view.status.words

    on_shelf(work)


def test_files_paths_and_conversions(on_shelf: Any, tmp_path: Path) -> None:
    async def work(shelf: Shelf) -> None:
        first, second = shelf.add("First"), shelf.add("Second")
        await shelf.show()
        shelf.select(first, second)
        _press(shelf, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        data = QGuiApplication.clipboard().mimeData()
        assert {url.toLocalFile() for url in data.urls()} == {str(first.path), str(second.path)}
        menu = shelf.view.song_menu()
        _action(menu, "Copy paths").trigger()
        lines = QGuiApplication.clipboard().text().splitlines()
        assert lines == [str(second.path), str(first.path)]
        _action(menu, "Convert…").trigger()
        menu.close()
        [dialog] = shelf.view.window().findChildren(ConvertDialog)
        dialog.set_folder(str(tmp_path / "out"))
        dialog.formats.choose("flac")
        dialog.verb.click()
        bar = shelf.view.conversions
        await shelf.bench.until(bar.close_button.isVisible)
        assert bar.words == "Converted: 2 songs."
        made = sorted(path.name for path in (tmp_path / "out").iterdir())
        assert made == ["First.flac", "Second.flac"]
        bar.close_button.click()
        assert bar.isHidden()
        assert shelf.services.settings.ui_state("convert_folder") == str(tmp_path / "out")

    on_shelf(work)


def test_waveforms_are_computed_for_what_can_be_seen_only(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        for number in range(60):
            shelf.add(f"Song {number}")
        await shelf.show()
        loaded: list[str] = []

        def on_ready(clip_id: str, _heights: Any) -> None:
            loaded.append(clip_id)

        shelf.services.library.peaks_ready.connect(on_ready)
        assert len(shelf.titles) == 60
        shelf.view.view.grab()
        await shelf.bench.until(lambda: loaded and not shelf.view.waves.waiting)
        seen = [s.id for s in shelf.view.rows.rows if shelf.view._is_visible(s.id)]
        assert set(loaded) <= set(seen)
        assert len(seen) < 30
        loaded.clear()
        shelf.view.view.scrollToBottom()
        shelf.view.view.grab()
        await shelf.bench.until(lambda: loaded and not shelf.view.waves.waiting)
        assert set(loaded).isdisjoint(seen)
        assert shelf.view.waves.heights(shelf.view.rows.rows[59])
        shelf.services.library.peaks_ready.disconnect(on_ready)

    on_shelf(work)


def test_a_selection_survives_a_new_song(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        first, second = shelf.add("First"), shelf.add("Second")
        shelf.select(first, second)
        shelf.add("Third")
        assert shelf.titles == ["Third", "Second", "First"]
        assert [song.id for song in shelf.view.selected] == [second.id, first.id]

    on_shelf(work)
