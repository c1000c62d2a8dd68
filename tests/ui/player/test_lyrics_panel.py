"""Lyrics that follow the song roughly, and say so."""

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beatra_desktop.domain.playing import Side
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.player.drawer import Panel
from beatra_desktop.ui.player.lyrics_panel import LyricsPanel
from beatra_desktop.ui.player.player_bar import PlayerBar

LEFT: Final = Qt.MouseButton.LeftButton


async def _panel(bar: PlayerBar, bench: Any) -> LyricsPanel:
    bar.load("a", play=False)
    await bench.until(lambda: bar.is_loaded and bar.playback.duration_ms > 0)
    QTest.mouseClick(bar.drawer.buttons[Panel.LYRICS], LEFT)
    return bar.drawer.lyrics


def _current(panel: LyricsPanel) -> list[int]:
    return [row for row, view in enumerate(panel.views) if view.is_current]


def test_sections_are_named_and_timed_and_called_an_estimate(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = await _panel(bar, bench)
        assert panel.note == "Times are estimated from how much there is to sing in each part."
        names = [view.accessibleName() for view in panel.views]
        assert names == ["Verse · about 0:00", "Chorus · about 0:04"]
        assert panel.views[0].accessibleDescription() == "one\ntwo"

    in_songs(work)


def test_the_section_that_is_sung_is_marked(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = await _panel(bar, bench)
        assert _current(panel) == [0]
        bar.playback.seek(6000)
        await bench.until(lambda: _current(panel) == [1])
        bar.drawer.show_panel(Panel.QUEUE)
        bar.playback.seek(0)
        await bench.until(lambda: bar.playback.position_ms == 0)
        assert _current(panel) == [1]
        bar.drawer.show_panel(Panel.LYRICS)
        assert _current(panel) == [0]

    in_songs(work)


def test_a_section_is_gone_to_by_click_and_key(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = await _panel(bar, bench)
        QTest.mouseClick(panel.views[1], LEFT)
        await bench.until(lambda: bar.playback.position_ms == 4000)
        QTest.keyClick(panel.views[0], Qt.Key.Key_Return)
        await bench.until(lambda: bar.playback.position_ms == 0)

    in_songs(work)


def test_the_words_of_the_clip_come_before_those_asked_for(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        clip = bench.services.music.clips.get("b")
        bench.services.music._tasks.put_clip(replace(clip, lyrics="[Hook]\nother words"))
        panel = await _panel(bar, bench)
        bar.load("b", play=False)
        assert [view.accessibleDescription() for view in panel.views] == ["other words"]

    in_songs(work)


def test_a_song_without_words_says_so(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        music = bench.services.music
        task = music.tasks.get("task")
        music._tasks.put(replace(task, prompt=replace(task.prompt, lyrics="")))
        panel = await _panel(bar, bench)
        assert panel.views == []
        assert panel.note == "This song has no lyrics, or the service did not tell them."

    in_songs(work)


def test_blind_the_words_are_hidden(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = await _panel(bar, bench)
        bar.drawer.show_panel(Panel.COMPARE)
        bench.services.comparing.set_blind(blind=True)
        assert panel.views == []
        assert panel.note.startswith("The words would tell the songs apart")
        bench.services.comparing.choose(Side.FIRST)
        assert len(panel.views) == 2
        await bench.until(lambda: bench.services.comparing.comparison.value.is_measured)

    in_songs(work)
