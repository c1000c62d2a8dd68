"""The player's keys: in the bar, in lists, and the media keys of the keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from beatra_desktop.ui.player import media_keys
from beatra_desktop.ui.player.player_bar import PlayerBar


async def _window(bar: PlayerBar, bench: Any) -> tuple[QWidget, QListView, QLineEdit]:
    """A window with a list, a field and the player."""
    window, songs, field = QWidget(), QListView(), QLineEdit()
    songs.setModel(QStringListModel(["one", "two"], songs))
    column = QVBoxLayout(window)
    for widget in (songs, field, bar):
        column.addWidget(widget)
    media_keys.listen(window, lambda: bar.player)
    window.show()
    return window, songs, field


async def _focus(widget: QWidget, bench: Any) -> None:
    widget.window().activateWindow()
    await bench.until(widget.window().isActiveWindow)
    widget.setFocus()
    await bench.until(widget.hasFocus)


async def _load(bar: PlayerBar, bench: Any) -> None:
    bar.load("a", play=False)
    await bench.until(lambda: bar.is_loaded and bar.playback.duration_ms > 0)


def test_arrows_seek_by_five_seconds(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        await _load(bar, bench)
        QTest.keyClick(bar, Qt.Key.Key_Right)
        await bench.until(lambda: bar.playback.position_ms == 5000)
        QTest.keyClick(bar, Qt.Key.Key_Left)
        await bench.until(lambda: bar.playback.position_ms == 0)

    in_songs(work)


def test_l_marks_the_start_then_the_end_then_nothing(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        await _load(bar, bench)
        QTest.keyClick(bar, Qt.Key.Key_L)
        assert bar.waveform.region is not None
        assert (bar.waveform.region.start, bar.waveform.region.end) == (0.0, None)
        QTest.keyClick(bar, Qt.Key.Key_Right)
        await bench.until(lambda: bar.playback.position_ms == 5000)
        QTest.keyClick(bar.waveform, Qt.Key.Key_L)
        assert bar.playback.loop is not None
        assert (bar.playback.loop.start_ms, bar.playback.loop.end_ms) == (0, 5000)
        QTest.keyClick(bar, Qt.Key.Key_L)
        assert [bar.playback.loop, bar.waveform.region] == [None, None]
        QTest.keyClick(bar, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert bar.waveform.region is None

    in_songs(work)


def test_space_plays_in_lists_of_the_window_but_not_in_fields(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        window, songs, field = await _window(bar, bench)
        try:
            await _focus(songs, bench)
            QTest.keyClick(songs, Qt.Key.Key_Space)
            assert not bar.is_playing
            await _load(bar, bench)
            await _focus(songs, bench)
            QTest.keyClick(songs, Qt.Key.Key_Space)
            await bench.until(lambda: bar.is_playing)
            await _focus(field, bench)
            QTest.keyClick(field, Qt.Key.Key_Space)
            assert (field.text(), bar.is_playing) == (" ", True)
        finally:
            bar.setParent(None)
            window.close()
            window.deleteLater()

    in_songs(work)


@pytest.mark.parametrize("key", [Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_MediaPlay])
def test_media_keys_work_wherever_the_focus_is(in_songs: Any, key: Qt.Key) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        window, _songs, field = await _window(bar, bench)
        try:
            await _load(bar, bench)
            await _focus(field, bench)
            QTest.keyClick(field, key)
            await bench.until(lambda: bar.is_playing)
            QTest.keyClick(field, Qt.Key.Key_MediaStop)
            await bench.until(lambda: not bar.is_playing)
            QTest.keyClick(field, Qt.Key.Key_MediaNext)
            await bench.until(lambda: bar.loaded_clip_id == "b" and bar.is_playing)
            QTest.keyClick(field, Qt.Key.Key_MediaPrevious)
            assert bar.loaded_clip_id == "a"
        finally:
            bar.setParent(None)
            window.close()
            window.deleteLater()

    in_songs(work)
