"""Names for files: what any title becomes."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.services.filenames import (
    FALLBACK,
    NAME_BYTES,
    NAME_CHARACTERS,
    extension,
    free_path,
    safe_stem,
)

FILE_SYSTEM_BYTES = 255


@given(st.text(st.characters()))
def test_any_title_gives_a_name_every_platform_takes(title: str) -> None:
    stem = safe_stem(title)
    assert stem
    assert len(stem) <= NAME_CHARACTERS + 1
    assert len(stem.encode()) <= NAME_BYTES + 1
    assert stem == stem.strip(" .")
    assert not set(stem) & set('<>:"/\\|?*\0\n\u202e')
    assert len(os.fsencode(f"{stem} 9999.flac")) <= FILE_SYSTEM_BYTES
    assert safe_stem(stem) == stem


@pytest.mark.parametrize("title", ["🎵" * 80, "歌" * 80, "x" * 500])
def test_a_long_title_can_be_a_file(title: str, tmp_path: Path) -> None:
    path = tmp_path / f"{safe_stem(title)} 12.mp3"
    path.write_bytes(b"")
    assert path.exists()


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Lamps", "Lamps"),
        ("  two\nlines\t here ", "two lines here"),
        ("../../etc/passwd", "etc passwd"),
        ("C:\\temp", "C temp"),
        (".hidden", "hidden"),
        ("con", "_con"),
        ("COM1.txt", "_COM1.txt"),
        ("com²", "_com²"),
        ("CONIN$", "_CONIN$"),
        ("nul .tar", "_nul .tar"),
        ("-rf", "rf"),
        ("- .x", "x"),
        ("comfort", "comfort"),
        ("end. . .", "end"),
        ("a\u202egpj.exe", "a gpj.exe"),
        ("\ud800 half", "half"),
        ("", FALLBACK),
        ("///", FALLBACK),
    ],
)
def test_known_titles(title: str, stem: str) -> None:
    assert safe_stem(title) == stem


def test_the_ending_follows_the_type() -> None:
    assert extension("audio/mpeg") == ".mp3"
    assert extension("Audio/FLAC; rate=44100") == ".flac"
    assert extension("audio/unheard-of") == ".mp3"


def test_taken_names_are_numbered() -> None:
    taken = {Path("a/Lamps.mp3"), Path("a/Lamps 2.mp3")}
    assert free_path(Path("a"), "Lamps", ".mp3", taken.__contains__) == Path("a/Lamps 3.mp3")
    assert free_path(Path("b"), "Lamps", ".mp3", taken.__contains__) == Path("b/Lamps.mp3")
