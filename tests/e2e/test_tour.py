"""The tour: the main job, played through the real window, with pictures of what happened."""

import json
import runpy
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

STEPS: Final = [
    "connect to sandbox",
    "stream an answer",
    "drop and upload a file",
    "make a song from it",
    "load it in the player",
    "look at library and activity",
    "look dark and small",
]
PICTURES_SCRIPT: Final = Path(__file__).parents[2] / "packaging" / "pictures.py"
LARGE: Final = (1280, 800)
SMALL: Final = (900, 600)
TINY: Final = (160, 100)
VISIBLE: Final = 24
"""Of 255 levels of grey."""


def size_and_pixels(picture: Path) -> tuple[tuple[int, int], bytes]:
    """Width and height in pixels, and the filtered pixel data of a PNG."""
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    place, pixels = 8, b""
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        if kind == b"IDAT":
            pixels += data[place + 8 : place + 8 + length]
        place += length + 12
    return (width, height), zlib.decompress(pixels)


def assert_something_is_on(picture: Path, size: tuple[int, int]) -> None:
    found, pixels = size_and_pixels(picture)
    assert found == size, picture.name
    lines = {pixels[start : start + 64] for start in range(0, len(pixels), 4096)}
    assert len(lines) > 20, f"{picture.name} is blank"


@pytest.mark.timeout(240)
@pytest.mark.parametrize("screen", ["none", "xvfb"])
def test_the_tour_plays_the_main_job(
    run: Any, tmp_path: Path, request: pytest.FixtureRequest, screen: str
) -> None:
    environment: Mapping[str, str] = {"QT_QPA_PLATFORM": ""}
    if screen == "xvfb":
        environment = request.getfixturevalue("display")
    folder = tmp_path / "pictures"
    outcome = run("--tour", str(folder), environment=environment)
    assert outcome.code == 0, outcome.output + outcome.terminal
    report = json.loads((folder / "report.json").read_text())
    assert report["platform"] == {"none": "offscreen", "xvfb": "xcb"}[screen]
    assert report["is_complete"]
    assert [step["name"] for step in report["steps"]] == STEPS
    assert all(step["is_done"] for step in report["steps"])
    assert sorted(report["pictures"]) == sorted(path.name for path in folder.glob("*.png"))
    assert len(report["pictures"]) == 12
    for name in report["pictures"]:
        assert_something_is_on(folder / name, SMALL if "small" in name else LARGE)
    assert "Traceback" not in outcome.terminal
    if screen == "none":
        assert_shown_pictures_are_of_today(folder)


def assert_shown_pictures_are_of_today(folder: Path) -> None:
    """What the help and the README show must look like what the tour has just seen."""
    script = runpy.run_path(str(PICTURES_SCRIPT))
    kept, shown = script["PICTURES"], script["SHOWN"]
    stale = [name for name, source in shown.items() if differs(folder / source, kept / name)]
    assert not stale, f"make them anew by packaging/pictures.py: {stale}"


def differs(fresh: Path, shown: Path) -> bool:
    """Whether more than one part in a hundred of two pictures looks different.

    Times and numbers that change from run to run vanish when the pictures are made small.
    """
    small = [
        QImage(str(each))
        .scaled(*TINY, mode=Qt.TransformationMode.SmoothTransformation)
        .convertToFormat(QImage.Format.Format_Grayscale8)
        for each in (fresh, shown)
    ]
    pixels = [(x, y) for x in range(TINY[0]) for y in range(TINY[1])]
    far = [p for p in pixels if abs(level(small[0], p) - level(small[1], p)) > VISIBLE]
    return len(far) > len(pixels) // 100


def level(image: QImage, pixel: tuple[int, int]) -> int:
    return image.pixelColor(*pixel).red()


def test_a_step_that_fails_fails_the_tour(run: Any, tmp_path: Path) -> None:
    blocked = tmp_path / "pictures"
    (blocked / "1-first-start.png").mkdir(parents=True)
    outcome = run("--tour", str(blocked))
    assert outcome.code == 1
    report = json.loads((blocked / "report.json").read_text())
    assert not report["is_complete"]
    assert [step["is_done"] for step in report["steps"]] == [False]
    assert "1-first-start.png" in report["steps"][0]["detail"]
    assert outcome.output.startswith("FAILED connect to sandbox")


def test_a_tour_that_has_nowhere_to_put_its_pictures_says_so(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("precious")
    outcome = run("--tour", str(file))
    assert outcome.code == 2
    assert str(file) in outcome.terminal
    assert outcome.terminal.count("\n") == 1
