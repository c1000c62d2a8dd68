"""What comes out of the loudspeaker: a real PulseAudio with a sink that is recorded."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[3]
LIMIT_SECONDS: Final = 100
FULL_SCALE_SINE_DB: Final = -3.01
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="PulseAudio is for Linux")


@pytest.fixture(scope="module")
def loudspeaker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment in which sound goes into a sink that only this test hears."""
    home = tmp_path_factory.mktemp("pulse")
    server = home / "socket"
    variables = {
        **os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home),
        "XDG_CONFIG_HOME": str(home), "PULSE_SERVER": f"unix:{server}",
        "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "DBUS_SESSION_BUS_ADDRESS": "",
    }  # fmt: skip
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
    command += ["--disable-shm=yes", "--realtime=no", "--high-priority=no"]
    command += ["-L", f"module-native-protocol-unix socket={server} auth-anonymous=1"]
    command += [
        "-L",
        "module-null-sink sink_name=ear rate=48000 channels=2 format=float32le norewinds=1",
    ]
    daemon = subprocess.Popen(
        command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + LIMIT_SECONDS
    while not server.exists():
        assert daemon.poll() is None, "PulseAudio did not start"
        assert time.monotonic() < deadline, "PulseAudio has no socket"
        time.sleep(0.01)
    # An idle sink gives its listeners nothing, not even silence: without this no gap would show.
    hush = subprocess.Popen(
        ["pacat", "--playback", "--device=ear", "--raw", "--latency-msec=50", "/dev/zero"],
        env=variables,
    )
    yield variables
    for process in (hush, daemon):
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def heard(loudspeaker: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What `listen.py` heard of the app."""
    folder = tmp_path_factory.mktemp("listen")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/ui/player/listen.py"), str(folder)],
        env=loudspeaker,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def _sine_db(amplitude_db: float) -> float:
    return amplitude_db + FULL_SCALE_SINE_DB


def test_a_song_sounds_at_its_pitch_and_level(heard: Any) -> None:
    assert heard["plain"]["hertz"] == pytest.approx(440, abs=2)
    assert heard["plain"]["decibels"] == pytest.approx(_sine_db(-12.04), abs=0.5)


def test_a_faster_song_keeps_its_pitch(heard: Any) -> None:
    assert heard["faster"]["hertz"] == pytest.approx(440, abs=5)


def test_half_the_volume_is_a_quarter_of_the_amplitude(heard: Any) -> None:
    softer = heard["plain"]["decibels"] - heard["quieter"]["decibels"]
    assert softer == pytest.approx(12.04, abs=0.5)


def test_of_a_repeated_part_nothing_else_is_heard(heard: Any) -> None:
    assert heard["loop"]["inside"] > 0.8


def test_the_next_song_was_ready_and_follows_at_once(heard: Any) -> None:
    change = heard["change"]
    assert change["cued"].endswith("soft.wav")
    assert change["first"] == pytest.approx(440, abs=15)
    assert change["last"] == pytest.approx(660, abs=15)
    assert change["gap"] < 0.5


def test_two_songs_are_heard_at_one_place_and_equally_loud(heard: Any) -> None:
    first, second = heard["pair"]["first"], heard["pair"]["second"]
    assert first["hertz"] == pytest.approx(440, abs=5)
    assert second["hertz"] == pytest.approx(660, abs=5)
    assert first["decibels"] == pytest.approx(second["decibels"], abs=0.7)
    assert second["decibels"] == pytest.approx(_sine_db(-18.06), abs=0.7)
    assert heard["pair"]["apart_ms"] < 400
