"""Comparing two songs: the panel on the real player."""

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.playing import Levels, Side
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.player.compare_panel import ComparePanel
from beatra_desktop.ui.player.drawer import Panel
from beatra_desktop.ui.player.player_bar import PlayerBar
from tests.ui.player.songs import PAIR, Song

LEFT: Final = Qt.MouseButton.LeftButton
THREE: Final = (*PAIR, Song(name="c", kin="other"))


async def _compare(bar: PlayerBar, bench: Any, *, clip_id: str = "a") -> ComparePanel:
    bar.load(clip_id, play=False)
    await bench.until(lambda: bar.is_loaded)
    QTest.mouseClick(bar.drawer.buttons[Panel.COMPARE], LEFT)
    await bench.until(lambda: bench.services.comparing.comparison.value.is_measured)
    await bench.until(lambda: bar.is_loaded and bar.playback.duration_ms > 0)
    return bar.drawer.compare


def _titles(panel: ComparePanel) -> list[str]:
    return [card.title for card in panel.cards.values()]


def test_the_loaded_song_meets_the_other_one_of_its_task(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = await _compare(bar, bench)
        assert _titles(panel) == ["Lamps 1", "Lamps 2"]
        assert panel.levels.text() == "Equally loud: 1 is turned down by 5.9 dB."
        assert [card.is_heard for card in panel.cards.values()] == [True, False]
        assert "suno-5.5" in panel.cards[Side.FIRST].facts

    in_songs(work, songs=THREE)


def test_a_difference_nobody_can_read_is_none(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = await _compare(bar, bench)
        found = bench.services.comparing.comparison.value
        panel._show(replace(found, levels=Levels(first_db=-0.04, second_db=0.0)))
        assert panel.levels.text() == "Both are equally loud as they are."

    in_songs(work)


def test_a_deleted_song_is_no_rival(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        bench.services.collection.delete([ClipId("b")])
        clip = bar.player.clip_of("a")
        assert clip is not None
        assert [rival.id for rival in bar.player.rivals(clip, 2)] == ["c"]

    in_songs(work, songs=THREE)


def test_levels_reach_the_loudspeaker(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        bar.volume.set_share(1.0)
        await _compare(bar, bench)
        turned_down = bar.playback.front.amplitude
        assert 0.48 < turned_down < 0.54
        bar.player.hear(Side.SECOND)
        assert bar.playback.front.amplitude == 1.0

    in_songs(work)


def test_it_goes_on_at_the_place_the_song_was_at(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        bar.load("a", play=False)
        await bench.until(lambda: bar.is_loaded and bar.playback.duration_ms > 0)
        bar.playback.seek(3000)
        await bench.until(lambda: bar.playback.position_ms == 3000)
        bar.drawer.show_panel(Panel.COMPARE)
        await bench.until(lambda: bar.is_loaded and bar.playback.position_ms == 3000)
        assert bar.playback.back.position_ms == 3000
        assert not bar.is_playing

    in_songs(work)


def test_keys_and_clicks_choose_what_is_heard(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = await _compare(bar, bench)
        heard = []
        for key in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_X, Qt.Key.Key_X):
            QTest.keyClick(bar.waveform, key)
            heard.append(bar.loaded_clip_id)
        assert heard == ["b", "a", "b", "a"]
        QTest.mouseClick(panel.cards[Side.SECOND], LEFT)
        assert panel.cards[Side.SECOND].is_heard
        QTest.keyClick(panel.cards[Side.FIRST], Qt.Key.Key_Return)
        assert panel.cards[Side.FIRST].is_heard

    in_songs(work)


def test_blind_tells_nothing_that_would_tell_them_apart(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = await _compare(bar, bench)
        await bench.until(lambda: bar.waveform.heights)
        QTest.mouseClick(panel.blind, LEFT)
        assert _titles(panel) == ["Song 1", "Song 2"]
        assert [card.facts for card in panel.cards.values()] == ["", ""]
        assert panel.levels.text() == "Both are equally loud."
        assert (bar.player.title, bar.player.words, bar.waveform.heights) == ("", "", ())
        QTest.keyClick(bar, Qt.Key.Key_2)
        assert bar.waveform.heights == ()
        QTest.mouseClick(panel.blind, LEFT)
        assert sorted(_titles(panel)) == ["Lamps 1", "Lamps 2"]

    in_songs(work)


def test_the_winner_is_named_rated_and_can_be_rated_otherwise(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = await _compare(bar, bench)
        panel.blind.click()
        comparison = bench.services.comparing.comparison.value
        winner = comparison.clip_of(Side.SECOND)
        QTest.mouseClick(panel.cards[Side.SECOND].wins, LEFT)
        clips = bench.services.music.clips
        assert (panel.stars.stars, clips.get(winner).rating) == (4, 4)
        number = 1 + ["a", "b"].index(winner)
        assert panel.verdict.text() == f"Lamps {number} wins"
        assert sorted(_titles(panel)) == ["Lamps 1", "Lamps 2"]
        panel.stars.setFocus()
        QTest.keyClick(panel.stars, Qt.Key.Key_5)
        assert clips.get(winner).rating == 5
        bench.services.collection.rate(winner, 2)
        assert panel.stars.stars == 2

    in_songs(work)


def test_more_like_the_winner_asks_for_the_form_and_costs_nothing(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        wanted: list[str] = []
        bar.more_like_requested.connect(wanted.append)
        panel = await _compare(bar, bench)
        panel.cards[Side.FIRST].wins.click()
        QTest.mouseClick(panel.more, LEFT)
        assert wanted == ["task"]
        assert len(bench.services.music.tasks) == 1

    in_songs(work)


def test_generate_again_says_its_price_and_tells_what_it_made(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        made: list[str] = []
        bar.song_created.connect(made.append)
        await bench.until(lambda: bench.services.profiles.catalog.value.models)
        panel = await _compare(bar, bench)
        panel.cards[Side.FIRST].wins.click()
        assert panel.again.text() == "Generate again (80 credits)"
        QTest.mouseClick(panel.again, LEFT)
        [task_id] = made
        assert task_id in bench.services.music.tasks

    in_songs(work, ready=True)


def test_another_song_can_be_chosen_to_compare_with(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = await _compare(bar, bench)
        panel.change.click()
        [menu] = [menu for menu in panel.findChildren(QMenu) if menu.isVisible()]
        assert [action.text() for action in menu.actions()] == ["Lamps 2", "Lamps"]
        menu.actions()[1].trigger()
        menu.close()
        assert _titles(panel) == ["Lamps 1", "Lamps"]
        await bench.until(lambda: bench.services.comparing.comparison.value.is_measured)

    in_songs(work, songs=THREE)


def test_leaving_goes_on_with_the_one_that_is_heard(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        panel = await _compare(bar, bench)
        bar.toggle()
        await bench.until(lambda: bar.is_playing and bar.playback.position_ms > 0)
        bar.player.hear(Side.SECOND)
        QTest.mouseClick(panel.done, LEFT)
        assert bar.drawer.open_panel is None
        assert bench.services.comparing.comparison.value is None
        assert (bar.loaded_clip_id, bar.is_playing, bar.playback.is_paired) == ("b", True, False)
        assert bench.services.playing.current.value == "b"

    in_songs(work)


def test_loading_a_song_ends_the_comparison(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        await _compare(bar, bench)
        bar.load("b", play=False)
        assert bench.services.comparing.comparison.value is None
        assert not bar.playback.is_paired

    in_songs(work)


def test_one_song_alone_can_not_be_compared(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        bar.load("a", play=False)
        await bench.until(lambda: bar.is_loaded)
        bar.drawer.show_panel(Panel.COMPARE)
        words = "There is no second song on this disk to compare with."
        assert bar.drawer.compare.levels.text() == words
        assert bench.services.comparing.comparison.value is None

    in_songs(work, songs=PAIR[:1])
