"""The window shows at once what it will look like, and takes what is typed meanwhile."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow

from beatra_desktop.domain.choices import Appearance
from beatra_desktop.domain.settings import Settings
from beatra_desktop.paths import Paths
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.settings import SettingsRepository
from beatra_desktop.ui.main_window import SIZE
from beatra_desktop.ui.palettes import DARK, LIGHT, Theme
from beatra_desktop.ui.window_state import GEOMETRY, PANES, ZOOM
from tests.e2e.app_process import home_environment

ROOT: Final = Path(__file__).parents[2]
WORKER: Final = Path(__file__).with_name("first_picture.py")


NARROW: Final = QSize(760, 600)


def _remember(paths: Paths, size: QSize, *, appearance: Appearance) -> None:
    """Leave behind what a run with such a window would."""
    paths.ensure()
    window = QMainWindow()
    window.resize(size)
    database = Database.open(paths.database)
    settings = SettingsRepository(database)
    settings.save(Settings(appearance=appearance))
    if size != SIZE:  # larger than the screen the tests have, so that it would be made smaller
        settings.set_text(GEOMETRY, window.saveGeometry().toBase64().toStdString())
    panes = {"sidebar": 230, "studio": 350, "is_sidebar_shown": True, "wants_studio": True}
    settings.set_text(PANES, json.dumps(panes))
    settings.set_text(ZOOM, "110")
    database.close()


def _told(data_dir: Path, folder: Path, deed: str) -> list[Any]:
    done = subprocess.run(
        [sys.executable, str(WORKER), str(data_dir), str(folder), deed],
        capture_output=True,
        text=True,
        check=False,
        env={**home_environment(folder), "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("size", "appearance", "shades", "lines"),
    [
        (SIZE, Appearance.LIGHT, LIGHT, 2),
        (NARROW, Appearance.DARK, DARK, 1),
    ],
)
def test_nothing_moves_when_the_window_is_filled(
    qapp: object,
    tmp_path: Path,
    size: QSize,
    appearance: Appearance,
    shades: Theme,
    lines: int,
) -> None:
    data_dir = tmp_path / "data"
    _remember(Paths.of(data_dir), size, appearance=appearance)
    first, filled, typed = _told(data_dir, tmp_path, "type")
    assert first == filled
    assert len(first["lines"]) == lines
    assert sum(first["panes"][::2]) == size.width()
    assert sum(first["panes"][1::2]) == size.height()
    assert {shades.window.name(), shades.border.name(), shades.surface.name()} <= set(
        first["colours"]
    )
    assert typed == ["hello", 0, True, 0]


@pytest.mark.parametrize("deed", ["close", "close later"])
def test_a_window_that_is_closed_before_it_is_filled_does_not_come_back(
    tmp_path: Path, deed: str
) -> None:
    first, *rest = _told(tmp_path / "data", tmp_path, deed)
    assert first["panes"]
    assert "filled" not in {path.stem for path in tmp_path.glob("*.png")}
    assert rest == (["gone"] if deed == "close later" else [])
