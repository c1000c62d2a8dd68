"""The player on real clips of the sandbox."""

import shutil
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtMultimedia import QMediaDevices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QSlider, QWidget

from beatra_desktop.domain.ids import ClipId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.profiles import SANDBOX_PROFILE_ID
from beatra_desktop.paths import resources
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music import MusicRepository
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.player.player_bar import PlayerBar
from beatra_desktop.ui.player.volume import VOLUME_PERCENT

SAMPLE = resources() / "samples" / "riverside-sketch.mp3"
LEFT = Qt.MouseButton.LeftButton
InPlayer = Callable[[Callable[[PlayerBar, Any], Awaitable[None]]], None]


@pytest.fixture
def in_player(run_on_qt: Any, open_bench: Any, tmp_path: Path) -> InPlayer:
    """Runs a coroutine function with a player and two clips an earlier run saved."""

    def run(work: Callable[[PlayerBar, Any], Awaitable[None]]) -> None:
        async def main() -> None:
            _save_clips(tmp_path)
            async with open_bench(ready=False) as bench:
                await _with_player(work, bench)

        run_on_qt(main)

    return run


@pytest.fixture
def in_player_of_new_songs(run_on_qt: Any, open_bench: Any) -> InPlayer:
    """Runs a coroutine function with a player and two clips the sandbox has just made."""

    def run(work: Callable[[PlayerBar, Any], Awaitable[None]]) -> None:
        async def main() -> None:
            async with open_bench() as bench:
                await _make_clips(bench)
                await _with_player(work, bench)

        run_on_qt(main)

    return run


def _save_clips(folder: Path) -> None:
    with closing(Database.open(folder / "beatra.db")) as database:
        repository = MusicRepository(database)
        task = MusicTask(
            id=TaskId("task"),
            profile_id=SANDBOX_PROFILE_ID,
            prompt=MusicPrompt(prompt="calm piano"),
            status=TaskStatus.SUCCEEDED,
            created_at=datetime(2026, 3, 1, tzinfo=UTC),
        )
        repository.save_task(task)
        for index in range(2):
            path = Path(shutil.copy(SAMPLE, folder / f"{index}.mp3"))
            clip = Clip(
                id=ClipId(f"clip {index}"),
                task_id=task.id,
                index=index,
                title="Lamps",
                url="",
                delivery=Delivery.SAVED,
                path=path,
            )
            repository.save_clip(clip)
        database.flush()


async def _make_clips(bench: Any) -> None:
    music = bench.services.music
    prompt = MusicPrompt(prompt="calm piano", title="Lamps", model="suno-5.5", instrumental=True)
    music.create(prompt)
    await bench.until(lambda: len(music.clips) == 2)
    await bench.until(lambda: all(clip.delivery is Delivery.SAVED for clip in music.clips))


async def _with_player(work: Callable[[PlayerBar, Any], Awaitable[None]], bench: Any) -> None:
    player = PlayerBar(bench.services)
    player.resize(900, 64)
    try:
        await work(player, bench)
    finally:
        player.close_player()


async def _load(player: PlayerBar, bench: Any, row: int, *, play: bool = False) -> Clip:
    clip: Clip = bench.services.music.clips[row]
    player.load(clip.id, play=play)
    await bench.until(lambda: player.is_loaded)
    return clip


def _button(player: PlayerBar, name: str) -> Button:
    [found] = [b for b in player.findChildren(Button) if b.accessibleName() == name]
    return found


def _words(player: PlayerBar) -> list[str]:
    return [text.text() for text in player.findChildren(Text) if text.isVisible()]


def test_it_comes_with_the_first_clip_and_goes_when_closed(in_player: InPlayer) -> None:
    async def work(player: PlayerBar, bench: Any) -> None:
        player.load("unknown")
        player.toggle()
        assert not player.isVisible()
        await _load(player, bench, 0)
        assert player.isVisible()
        assert "Lamps 1" in _words(player)
        QTest.mouseClick(_button(player, "Close the player"), LEFT)
        assert (player.isVisible(), player.loaded_clip_id, player.is_loaded) == (False, "", False)

    in_player(work)


def test_a_clip_plays_also_where_nothing_can_be_heard(in_player: InPlayer) -> None:
    async def work(player: PlayerBar, bench: Any) -> None:
        await _load(player, bench, 0, play=True)
        await bench.until(lambda: player.is_playing and player.playback.position_ms > 0)
        assert bool(player.silence) is not bool(QMediaDevices.audioOutputs())
        await bench.until(lambda: len(player.waveform.heights) > 100)
        QTest.mouseClick(_button(player, "Pause"), LEFT)
        await bench.until(lambda: not player.is_playing)
        QTest.keyClick(player, Qt.Key.Key_Space)
        await bench.until(lambda: player.is_playing)

    in_player(work)


def test_seeking_goes_there_once(in_player: InPlayer) -> None:
    async def work(player: PlayerBar, bench: Any) -> None:
        await _load(player, bench, 0)
        seeked: list[float] = []
        player.waveform.seeked.connect(seeked.append)
        middle = QPoint(player.waveform.width() // 2, 10)
        QTest.mouseClick(player.waveform, LEFT, pos=middle)
        half_ms = player.playback.duration_ms // 2
        await bench.until(lambda: abs(player.playback.position_ms - half_ms) < 1000)
        QTest.keyClick(player.waveform, Qt.Key.Key_PageDown)
        await bench.until(lambda: player.playback.position_ms > half_ms + 1000)
        player.toggle()
        await bench.until(lambda: player.is_playing)
        before_ms = player.playback.position_ms
        await bench.until(lambda: player.playback.position_ms > before_ms)
        assert len(seeked) == 2
        shown = player.playback.position_ms / player.playback.duration_ms
        assert player.waveform.position == pytest.approx(shown, abs=0.05)

    in_player(work)


def test_a_missing_file_is_said_and_fetched_again(in_player_of_new_songs: InPlayer) -> None:
    async def work(player: PlayerBar, bench: Any) -> None:
        clip = bench.services.music.clips[0]
        clip.path.unlink()
        player.load(clip.id)
        assert player.trouble == ("The file is gone from this disk. Downloading it again is free.")
        assert not player.waveform.isVisible()
        assert not _button(player, "Play").isEnabled()
        again = _button(player, "Download again")
        QTest.mouseClick(again, LEFT)
        assert player.trouble.startswith("This clip is being downloaded")
        assert not again.isVisible()
        await bench.until(lambda: player.is_loaded)
        assert (player.trouble, player.is_playing) == ("", False)
        assert player.waveform.isVisible()
        state = await bench.admin("GET", "state")
        assert len(state["tasks"]) == 1

    in_player_of_new_songs(work)


def test_what_can_not_be_fetched_says_why(in_player_of_new_songs: InPlayer) -> None:
    async def work(player: PlayerBar, bench: Any) -> None:
        clip = bench.services.music.clips[0]
        clip.path.unlink()
        player.load(clip.id)
        rule = {"method": "GET", "path": "/media/*", "times": None, "action": {"status": 404}}
        await bench.admin("POST", "faults", rule)
        QTest.mouseClick(_button(player, "Download again"), LEFT)
        music = bench.services.music
        await bench.until(lambda: music.clips[0].delivery is Delivery.UNSAVED)
        assert player.trouble
        assert "being downloaded" not in player.trouble
        assert _button(player, "Download again").isVisible()

    in_player_of_new_songs(work)


def test_a_file_that_is_no_sound_can_be_opened_elsewhere(in_player: InPlayer) -> None:
    async def work(player: PlayerBar, bench: Any) -> None:
        clip = bench.services.music.clips[0]
        clip.path.write_text("not a song")
        player.load(clip.id)
        await bench.until(lambda: player.trouble)
        assert player.trouble == "This clip can't be played here. Another app may do it."
        assert _button(player, "Open in another app").isVisible()
        assert _button(player, "Download again").isVisible()
        await _load(player, bench, 1)
        assert player.trouble == ""
        assert not _button(player, "Open in another app").isVisible()

    in_player(work)


def test_an_installation_without_sound_says_so(
    in_player: InPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(player: PlayerBar, bench: Any) -> None:
        monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
        player.load(bench.services.music.clips[0].id)
        assert player.trouble == "This clip can't be played here. Another app may do it."
        assert _button(player, "Open in another app").isVisible()
        assert not _button(player, "Play").isEnabled()
        monkeypatch.undo()

    in_player(work)


def test_previous_and_next_go_through_the_saved_clips(in_player: InPlayer) -> None:
    async def work(player: PlayerBar, bench: Any) -> None:
        clips = bench.services.music.clips
        await _load(player, bench, 0)
        assert not _button(player, "Previous clip").isEnabled()
        QTest.mouseClick(_button(player, "Next clip"), LEFT)
        assert player.loaded_clip_id == clips[1].id
        await bench.until(lambda: player.is_playing)
        assert not _button(player, "Next clip").isEnabled()
        QTest.mouseClick(_button(player, "Previous clip"), LEFT)
        assert player.loaded_clip_id == clips[0].id

    in_player(work)


def test_after_a_clip_comes_the_next_and_after_the_last_nothing(in_player: InPlayer) -> None:
    async def work(player: PlayerBar, bench: Any) -> None:
        clips = bench.services.music.clips
        for row in (0, 1):
            await bench.until(lambda row=row: player.loaded_clip_id in ("", clips[row].id))
            await _load(player, bench, row, play=True)
            player.playback.seek(player.playback.duration_ms - 300)
        await bench.until(lambda: not player.is_playing)
        assert player.loaded_clip_id == clips[1].id

    in_player(work)


def test_volume_and_mute(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            player = PlayerBar(bench.services)
            [volume] = player.findChildren(QSlider)
            assert volume.value() == VOLUME_PERCENT
            volume.setFocus()
            QTest.keyClick(volume, Qt.Key.Key_Right)
            assert player.playback.volume == pytest.approx(0.85**2)
            QTest.keyClick(_button(player, "Mute"), Qt.Key.Key_Space)
            assert player.playback.volume == 0
            QTest.keyClick(volume, Qt.Key.Key_Left)
            assert player.playback.volume == pytest.approx(0.8**2)
            assert _button(player, "Mute").isChecked() is False
            volume.setValue(30)
            bench.database.flush()
            [other] = PlayerBar(bench.services).findChildren(QSlider)
            assert other.value() == 30
            bench.services.settings.set_ui_state("volume", "loud")
            bench.database.flush()
            [third] = PlayerBar(bench.services).findChildren(QSlider)
            assert third.value() == VOLUME_PERCENT

    run_on_qt(work)


def test_speed_is_chosen_and_kept_for_the_next_clip(in_player: InPlayer) -> None:
    async def work(player: PlayerBar, bench: Any) -> None:
        await _load(player, bench, 0)
        QTest.mouseClick(_button(player, "Speed: 1×"), LEFT)
        [menu] = [m for m in player.findChildren(QMenu) if m.isVisible()]
        assert [a.text() for a in menu.actions() if a.isChecked()] == ["1×"]
        next(a for a in menu.actions() if a.text() == "1.5×").trigger()
        menu.close()
        assert _button(player, "Speed: 1.5×").text() == "1.5×"
        await _load(player, bench, 1)
        assert player.playback.speed == 1.5

    in_player(work)


def test_everything_has_a_name_and_the_keyboard_reaches_it(in_player: InPlayer) -> None:
    async def work(player: PlayerBar, bench: Any) -> None:
        await _load(player, bench, 0)
        kinds = (QPushButton, QCheckBox, QSlider)
        controls: list[QWidget] = [player.waveform]
        for kind in kinds:
            controls += player.findChildren(kind)
        for control in controls:
            assert control.accessibleName(), control
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control.accessibleName()

    in_player(work)


def test_volume_and_speed_are_remembered(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        bar.speed.set_speed(1.5)
        bar.volume.set_share(0.4)
        bench.database.flush()
        later = PlayerBar(bench.services)
        assert (later.playback.speed, later.speed.text()) == (1.5, "1.5×")
        assert later.playback.volume == pytest.approx(0.16)
        later.deleteLater()

    in_songs(work)


def test_the_queue_of_the_last_time_goes_on_by_the_play_command(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        bar.toggle()
        assert bar.isHidden()  # nothing was played yet
        bench.services.playing.open_these(["a", "b"], first="b")  # as a start restores it
        bar.toggle()
        assert bar.loaded_clip_id == "b"
        await bench.until(lambda: bar.is_playing)
        assert len(bench.services.playing.queue) == 2

    in_songs(work)


def test_marking_a_part_with_the_mouse_repeats_it(in_songs: Any) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        bar.load("a", play=False)
        await bench.until(lambda: bar.is_loaded and bar.playback.duration_ms > 0)
        bar.waveform.region_marked.emit(0.25, 0.5)
        loop = bar.playback.loop
        assert loop is not None
        assert (loop.start_ms, loop.end_ms) == (2000, 4000)
        assert _button(bar, "Stop repeating the part").isChecked()
        bar.load("b", play=False)
        assert [bar.playback.loop, bar.waveform.region] == [None, None]

    in_songs(work)


@pytest.mark.parametrize(
    ("width", "modes", "slider"), [(1280, True, True), (900, False, True), (700, False, False)]
)
def test_a_narrow_window_keeps_the_waveform(
    in_songs: Any, width: int, modes: bool, slider: bool
) -> None:
    async def work(bar: PlayerBar, bench: Any) -> None:
        bar.load("a", play=False)
        bar.resize(width, bar.height())
        shown = (bar.modes.isVisible(), bar.volume.slider.isVisible())
        assert shown == (modes, slider)
        await bench.until(lambda: bar.is_loaded and bar.waveform.width() > 60)

    in_songs(work)
