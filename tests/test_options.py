"""The command line, word by word."""

from pathlib import Path

import pytest

from beatra_desktop import __version__
from beatra_desktop.options import Options, parse


def test_nothing_is_a_plain_start() -> None:
    assert parse([]) == Options()


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["--data-dir", "d"], Options(data_dir=Path("d"))),
        (["--profile", "beatra"], Options(profile="beatra")),
        (["--base-url", "http://x/v1"], Options(base_url="http://x/v1")),
        (["--tour", "out"], Options(tour=Path("out"))),
        (["a.wav", "b.wav"], Options(files=(Path("a.wav"), Path("b.wav")))),
        (
            ["--data-dir", "d", "--profile", "p", "a b.wav"],
            Options(data_dir=Path("d"), profile="p", files=(Path("a b.wav"),)),
        ),
        (["-session", "1234_5"], Options()),
        (["--", "--odd.wav"], Options(files=(Path("--odd.wav"),))),
        (
            ["beatra:task/1", "a.wav", "BEATRA://x"],
            Options(files=(Path("a.wav"),), links=("beatra:task/1", "BEATRA://x")),
        ),
        (
            ["file:///tmp/a%20b.wav", "file://localhost/c", "file://elsewhere/d"],
            Options(files=(Path("/tmp/a b.wav"), Path("/c"), Path("file://elsewhere/d"))),
        ),
        (
            ["file:/a", "file:", "file://[", "file:///[x#y"],
            Options(files=(Path("/a"), Path("file:"), Path("file:/["), Path("/[x"))),
        ),
    ],
)
def test_every_word_has_its_place(words: list[str], options: Options) -> None:
    assert parse(words) == options


@pytest.mark.parametrize(
    "words", [["--profile", "a", "--base-url", "b"], ["--no-such-word"], ["--profile"]]
)
def test_what_makes_no_sense_is_refused_with_two(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        parse(words)
    assert left.value.code == 2
    assert "usage: beatra-desktop" in capsys.readouterr().err


def test_version_and_help_say_so_and_leave(capsys: pytest.CaptureFixture[str]) -> None:
    for word, text in (("--version", __version__), ("--help", "BEATRA_API_KEY")):
        with pytest.raises(SystemExit) as left:
            parse([word])
        assert left.value.code == 0
        assert text in capsys.readouterr().out
