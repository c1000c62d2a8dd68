"""Playing files: the real QtMultimedia, also where it is missing."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from beatra_desktop.paths import resources
from beatra_desktop.ui.player.playback import Playback, PlaybackMissing

SAMPLE = resources() / "samples" / "riverside-sketch.mp3"


@pytest.fixture
def playback(qapp: object) -> Iterator[Playback]:
    owner = QObject()
    made = Playback(owner)
    yield made
    made.close()


@pytest.fixture
def loaded(playback: Playback, qtbot: QtBot) -> Playback:
    playback.load(SAMPLE)
    qtbot.waitUntil(lambda: playback.is_loaded, timeout=15_000)
    return playback


def test_nothing_is_loaded_at_first(playback: Playback) -> None:
    playback.play()
    playback.pause()
    playback.seek(100)
    assert (playback.is_loaded, playback.is_playing) == (False, False)
    assert (playback.duration_ms, playback.position_ms) == (0, 0)


def test_a_real_file_plays_pauses_and_seeks(loaded: Playback, qtbot: QtBot) -> None:
    assert loaded.duration_ms > 1000
    loaded.play()
    qtbot.waitUntil(lambda: loaded.is_playing and loaded.position_ms > 0, timeout=15_000)
    loaded.pause()
    assert not loaded.is_playing
    loaded.seek(loaded.duration_ms // 2)
    qtbot.waitUntil(lambda: loaded.position_ms >= loaded.duration_ms // 2, timeout=15_000)


def test_the_end_is_told_once(loaded: Playback, qtbot: QtBot) -> None:
    ends: list[str] = []
    loaded.ended.connect(lambda: ends.append("end"))
    loaded.seek(loaded.duration_ms - 300)
    loaded.play()
    qtbot.waitUntil(lambda: bool(ends) and not loaded.is_playing, timeout=15_000)
    assert ends == ["end"]


def test_speed_and_volume_hold_for_every_file(playback: Playback, qtbot: QtBot) -> None:
    playback.set_speed(1.5)
    playback.set_volume(0.5)
    playback.load(SAMPLE)
    qtbot.waitUntil(lambda: playback.is_loaded, timeout=15_000)
    assert playback.speed == 1.5
    assert playback.volume == 0.25
    found = playback.findChildren(QObject)
    rates = [child.playbackRate() for child in found if hasattr(child, "playbackRate")]
    volumes = [child.volume() for child in found if hasattr(child, "volume")]
    assert rates == [1.5]
    assert volumes == pytest.approx([0.25])


def test_a_closed_file_is_let_go(loaded: Playback, tmp_path: Path) -> None:
    copy = Path(shutil.copy(SAMPLE, tmp_path / "copy.mp3"))
    loaded.load(copy)
    loaded.close()
    copy.unlink()
    assert not loaded.is_loaded


def test_what_is_no_sound_fails_in_technical_words(
    playback: Playback, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "song.mp3").write_text("not a song")
    with qtbot.waitSignal(playback.failed, timeout=15_000) as told:
        playback.load(tmp_path / "song.mp3")
    assert told.args is not None
    assert told.args[0]
    assert not playback.is_loaded


def test_the_app_starts_without_qtmultimedia_and_says_that_it_is_missing() -> None:
    program = dedent(
        """
        import sys
        from pathlib import Path
        sys.modules["PySide6.QtMultimedia"] = None
        from PySide6.QtCore import QCoreApplication
        from beatra_desktop.ui import main_window
        from beatra_desktop.ui.player.playback import Playback, PlaybackMissing
        application = QCoreApplication([])
        playback = Playback()
        playback.set_volume(0.5)
        try:
            playback.load(Path("song.mp3"))
        except PlaybackMissing as error:
            print("missing:", error)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.startswith("missing: ")


def test_what_is_missing_is_not_looked_for_before_the_first_file() -> None:
    program = (
        "import sys; from beatra_desktop.ui import main_window; "
        "sys.exit('PySide6.QtMultimedia' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], timeout=60, check=True)


def test_a_missing_module_is_an_error_of_its_own(
    playback: Playback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    with pytest.raises(PlaybackMissing, match="QtMultimedia"):
        playback.load(SAMPLE)
