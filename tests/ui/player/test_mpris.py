"""The desktop's view of the player: a real session bus, and playerctl as the desktop."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[3]
LIMIT_SECONDS: Final = 100
SECOND: Final = 1_000_000
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="MPRIS is for Linux")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What `remote.py` found."""
    home = tmp_path_factory.mktemp("home")
    variables = {
        **os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "PULSE_SERVER": "none",
        "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    program = [sys.executable, str(ROOT / "tests/ui/player/remote.py"), str(home / "data")]
    (home / "data").mkdir()
    done = subprocess.run(
        ["dbus-run-session", "--", *program],
        env=variables,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_app_is_on_the_bus_while_the_player_is_open(told: Any) -> None:
    assert told["before"] == "No players found"
    assert told["players"].startswith("beatra_desktop.instance")
    assert told["after"] == "No players found"


def test_the_desktop_knows_what_plays(told: Any) -> None:
    assert told["title"] == "Lamps 1"
    assert told["length"] == str(60 * SECOND)


def test_media_keys_play_and_pause(told: Any) -> None:
    assert told["status"] == ["Playing", "Paused", "Playing", "Paused"]
    assert told["stopped"] == [False, "Stopped"]


def test_changes_are_told_without_being_asked_for(told: Any) -> None:
    assert told["followed"][:3] == ["Paused", "Playing", "Paused"]


def test_the_desktop_goes_to_a_place(told: Any) -> None:
    assert told["position_ms"] == [30_000, 35_000]
    assert float(told["position"]) == 30.0


def test_the_desktop_goes_to_the_next_song(told: Any) -> None:
    assert told["next"] == ["b", "Lamps 2"]


def test_volume_repeat_and_shuffle_are_one_with_the_players(told: Any) -> None:
    assert told["volume"] == [25, "0.250000"]
    assert told["modes"] == ["one", True]
    assert told["told_modes"] == ["Track", "On"]


def test_blind_means_blind_on_the_desktop_too(told: Any) -> None:
    assert "Comparing blind" in told["blind"]
    assert "Lamps" not in told["blind"]
    assert "calm" not in told["blind"]
