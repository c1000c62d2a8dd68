"""The play queue on show: playing from it, ordering it, its modes."""

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.playing import Repeat
from beatra_desktop.ui.player.drawer import Panel
from beatra_desktop.ui.player.player_bar import PlayerBar
from beatra_desktop.ui.player.queue_panel import QueuePanel
from tests.ui.player.songs import Song

LEFT: Final = Qt.MouseButton.LeftButton
ALT: Final = Qt.KeyboardModifier.AltModifier
SONGS: Final = tuple(Song(name=name, seconds=2.0, kin=name) for name in "abcd")


def _panel(bar: PlayerBar) -> QueuePanel:
    bar.load("b", play=False)
    QTest.mouseClick(bar.drawer.buttons[Panel.QUEUE], LEFT)
    return bar.drawer.queue


def _order(bench: Any) -> str:
    return "".join(entry.id for entry in bench.services.playing.queue)


def _choose(panel: QueuePanel, row: int) -> None:
    panel.list.setCurrentIndex(panel.list.model().index(row, 0))


def test_it_says_what_plays_and_starts_there(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = _panel(bar)
        index = panel.list.currentIndex()
        assert index.row() == 1
        assert index.data() == "Lamps, playing"
        assert panel.list.model().index(0, 0).data() == "Lamps"
        assert not panel.grab().isNull()

    in_songs(work, songs=SONGS)


def test_keys_play_move_and_take_out(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = _panel(bar)
        _choose(panel, 3)
        QTest.keyClick(panel.list, Qt.Key.Key_Up, ALT)
        assert _order(bench) == "abdc"
        assert panel.list.currentIndex().row() == 2
        QTest.keyClick(panel.list, Qt.Key.Key_Down, ALT)
        assert _order(bench) == "abcd"
        _choose(panel, 0)
        QTest.keyClick(panel.list, Qt.Key.Key_Delete)
        assert _order(bench) == "bcd"
        _choose(panel, 2)
        panel.list.activated.emit(panel.list.currentIndex())
        assert bar.loaded_clip_id == "d"

    in_songs(work, songs=SONGS)


def test_the_menu_of_a_row_does_the_same(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = _panel(bar)

        def do(row: int, text: str) -> None:
            index = panel.list.model().index(row, 0)
            panel.list.menu_requested.emit(index, bar.mapToGlobal(bar.rect().topLeft()))
            [menu] = [menu for menu in panel.findChildren(QMenu) if menu.isVisible()]
            next(action for action in menu.actions() if action.text() == text).trigger()
            menu.close()
            menu.deleteLater()

        do(3, "Play next")
        assert _order(bench) == "abdc"
        do(2, "Move down")
        assert _order(bench) == "abcd"
        do(1, "Move up")
        assert _order(bench) == "bacd"
        do(2, "Take out of the queue")
        assert _order(bench) == "bad"
        do(2, "Play")
        assert bar.loaded_clip_id == "d"

    in_songs(work, songs=SONGS)


def test_what_follows_is_cleared_and_songs_are_added(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = _panel(bar)
        QTest.mouseClick(panel.clear, LEFT)
        assert (_order(bench), panel.clear.isEnabled()) == ("ab", False)
        panel.add_songs.click()
        [menu] = [menu for menu in panel.findChildren(QMenu) if menu.isVisible()]
        assert len(menu.actions()) == 2
        menu.actions()[0].trigger()
        menu.close()
        assert _order(bench) == "abd"

    in_songs(work, songs=SONGS)


def test_repeat_and_shuffle_have_buttons_that_follow_the_service(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        modes = _panel(bar).modes
        playing = bench.services.playing
        names = []
        for _ in Repeat:
            QTest.mouseClick(modes.repeat, LEFT)
            names.append(modes.repeat.accessibleName())
        assert names == ["Repeat: the whole queue", "Repeat: this song", "Repeat: off"]
        assert not modes.repeat.isChecked()
        QTest.mouseClick(modes.shuffle, LEFT)
        assert playing.shuffles.value
        assert _order(bench)[0] == "b"
        playing.set_shuffle(on=False)
        assert not modes.shuffle.isChecked()
        assert not bar.modes.shuffle.isChecked()

    in_songs(work, songs=SONGS)


def test_repeating_all_goes_from_the_last_to_the_first(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        bench.services.playing.set_repeat(Repeat.ALL)
        bar.load("d")
        await bench.until(lambda: bar.loaded_clip_id == "a" and bar.is_playing)

    in_songs(work, songs=SONGS)


def test_repeating_one_starts_it_over_from_the_second_deck(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        bench.services.playing.set_repeat(Repeat.ONE)
        bar.load("a")
        opened: list[str] = []
        bar.player.opened.connect(lambda: opened.append(bar.loaded_clip_id))
        await bench.until(lambda: opened and bar.is_playing)
        assert opened == ["a"]

    in_songs(work, songs=SONGS)


def test_the_next_song_is_opened_before_it_is_needed(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        bar.load("a")
        await bench.until(lambda: bar.playback.cued and bar.playback.cued.name == "b.wav")
        bench.services.playing.play_next(ClipId("d"))
        await bench.until(lambda: bar.playback.cued and bar.playback.cued.name == "d.wav")
        await bench.until(lambda: bar.loaded_clip_id == "d" and bar.is_playing)

    in_songs(work, songs=SONGS)


def test_escape_shuts_the_panel_and_leaves_the_keyboard_at_its_button(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        bar.activateWindow()
        for panel, button in bar.drawer.buttons.items():
            bar.load("b", play=False)
            bar.drawer.show_panel(panel)
            QTest.keyClick(bar.waveform, Qt.Key.Key_Escape)
            assert bar.drawer.open_panel is None
            await bench.until(button.hasFocus)

    in_songs(work, songs=SONGS)
