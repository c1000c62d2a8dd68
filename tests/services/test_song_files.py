"""Where the files of songs lie, whatever was left half done."""

from pathlib import Path

import pytest

from beatra_desktop.domain.ids import ClipId
from beatra_desktop.services import song_files
from beatra_desktop.services.provenance import sidecar_of
from beatra_desktop.services.song_files import TRASH

ID = ClipId("t-0")
NOBODY: frozenset[Path] = frozenset()


def test_a_song_is_placed_again_and_again_without_harm(tone: Path) -> None:
    home = tone.parent
    inside = home / TRASH / ID / tone.name
    for path in (tone, tone, inside):
        assert song_files.place(path, ID, in_trash=True) == inside
    assert inside.is_file()
    for path in (inside, tone, inside):
        assert song_files.place(path, ID, in_trash=False) == tone
    assert tone.is_file()
    assert not (home / TRASH).exists()


def test_a_sidecar_that_moved_alone_comes_back_to_its_song(tone: Path) -> None:
    sidecar, inside = sidecar_of(tone), tone.parent / TRASH / ID / tone.name
    sidecar.write_text("{}")
    inside.parent.mkdir(parents=True)
    sidecar.rename(sidecar_of(inside))  # where the app may end
    assert song_files.place(tone, ID, in_trash=False) == tone
    assert sidecar.is_file()
    assert not (tone.parent / TRASH).exists()

    song_files.place(tone, ID, in_trash=True)
    sidecar_of(inside).rename(sidecar)  # and on the way back, deleted again before it went on
    assert song_files.place(tone, ID, in_trash=True) == inside
    assert sidecar_of(inside).is_file()


def test_a_name_that_another_song_waits_for_is_not_taken(tone: Path) -> None:
    inside = song_files.place(tone, ID, in_trash=True)
    assert song_files.way_home(inside, ID, NOBODY) == tone
    promised = song_files.way_home(inside, ID, frozenset({tone}))
    assert promised == tone.with_name("tone 2.wav")
    # The app ends before it moves, and it is deleted once more.
    assert song_files.way_home(promised, ID, frozenset({tone})) == promised
    assert song_files.place(promised, ID, in_trash=True) == inside
    assert song_files.place(promised, ID, in_trash=False) == promised
    assert promised.is_file()


def test_the_file_of_another_song_is_never_its_own(tone: Path) -> None:
    gone = tone.parent / TRASH / ID / tone.name
    assert song_files.way_home(gone, ID, frozenset({tone})) == tone.with_name("tone 2.wav")


def test_nothing_is_overwritten(tone: Path) -> None:
    inside = song_files.place(tone, ID, in_trash=True)
    tone.write_text("somebody's")
    with pytest.raises(FileExistsError):
        song_files.place(inside, ID, in_trash=False)
    song_files.place(tone, ID, in_trash=True)
    assert tone.read_text() == "somebody's"
    assert inside.is_file()


def test_what_is_nowhere_stays_nowhere(tmp_path: Path) -> None:
    gone = tmp_path / "gone.wav"
    inside = song_files.place(gone, ID, in_trash=True)
    assert not inside.exists()
    assert song_files.place(inside, ID, in_trash=False) == gone


def test_files_are_counted_and_measured(tone: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone.wav"
    assert song_files.missing([(ID, tone)]) == frozenset()
    assert song_files.missing([(ID, gone)]) == {ID}
    assert song_files.size_bytes([tone, gone]) == tone.stat().st_size


def test_the_trash_tells_whose_files_it_holds(tone: Path, tmp_path: Path) -> None:
    song_files.place(tone, ID, in_trash=True)
    assert song_files.left_in_trash([tone.parent, tmp_path / "nowhere"]) == {ID}
    assert song_files.home_of(tone.parent / TRASH / ID / "tone.wav") == tone.parent
