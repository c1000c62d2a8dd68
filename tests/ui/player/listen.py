"""The whole app with a loudspeaker that a test can hear; run by path, with a folder.

Plays what the test asks about, one thing after the other, records the loudspeaker meanwhile, and
prints what was heard as JSON. Needs PULSE_SERVER to lead to a PulseAudio with a sink named "ear".
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from beatra_desktop import app
from beatra_desktop.domain.playing import LoopRegion, Repeat, Side
from beatra_desktop.options import Options
from beatra_desktop.services import Services
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.player.player_bar import PlayerBar
from tests.ui.player.songs import RATE, Song, save_songs

LATENCY_MS: Final = 20
SAMPLE_BYTES: Final = 4
PATIENCE_SECONDS: Final = 60
LOUD: Final = 0.01
SONGS: Final = (
    Song(name="loud", seconds=4.0, hertz=440.0, amplitude=0.25, kin="pair"),
    Song(name="soft", seconds=4.0, hertz=660.0, amplitude=0.125, kin="pair"),
    Song(
        name="steps", kin="other", hertz=440.0, later_hertz=880.0, later_from=2.0, later_to=2.5,
    ),
)  # fmt: skip


async def play(window: MainWindow, services: Services) -> None:
    bar = window.interior.player
    heard = {
        "plain": await plain(bar),
        "faster": await faster(bar),
        "quieter": await quieter(bar),
        "loop": await loop(bar),
        "change": await change(bar, services),
        "pair": await pair(bar, services),
    }
    sys.stdout.write(json.dumps(heard) + "\n")
    sys.stdout.flush()


async def plain(bar: PlayerBar) -> dict[str, float]:
    bar.volume.set_share(1.0)
    await start(bar, "loud")
    return described(await record(0.6))


async def faster(bar: PlayerBar) -> dict[str, float]:
    bar.speed.set_speed(1.5)
    await start(bar, "loud")
    found = described(await record(0.6))
    bar.speed.set_speed(1.0)
    return found


async def quieter(bar: PlayerBar) -> dict[str, float]:
    bar.volume.set_share(0.5)
    await start(bar, "loud")
    found = described(await record(0.6))
    bar.volume.set_share(1.0)
    return found


async def loop(bar: PlayerBar) -> dict[str, float]:
    """Only the second of the two pitches lies in the part that is repeated."""
    await start(bar, "steps")
    bar.player.set_loop(LoopRegion(2050, 2450))
    await until(lambda: 2050 < bar.playback.position_ms < 2450)
    pitches = [described(piece)["hertz"] for piece in np.array_split(await record(2.0), 20)]
    return {"inside": sum(abs(hertz - 880) < 40 for hertz in pitches) / len(pitches)}


async def change(bar: PlayerBar, services: Services) -> dict[str, Any]:
    """From the end of one song into the next."""
    await start(bar, "loud")
    services.playing.set_repeat(Repeat.OFF)
    bar.playback.seek(2500)
    await until(lambda: bar.playback.cued is not None)
    was_cued = bar.playback.cued
    recording = asyncio.ensure_future(record(2.5))  # noqa: TID251  # a test, not the app
    await until(lambda: bar.loaded_clip_id == "soft")
    samples = await recording
    pieces = samples[: len(samples) // 480 * 480].reshape(-1, 480)
    silent = np.abs(pieces).max(axis=1) < LOUD
    first = described(samples[: RATE // 10])["hertz"]
    last = described(samples[-RATE // 10 :])["hertz"]
    return {"cued": str(was_cued), "gap": float(silent.mean() * 2.5), "first": first, "last": last}


async def pair(bar: PlayerBar, services: Services) -> dict[str, Any]:
    await start(bar, "loud")
    bar.player.compare("loud", "soft")
    await until(lambda: measured(services) and bar.is_loaded)
    bar.playback.seek(500)
    await until(lambda: bar.playback.position_ms > 700)
    first = described(await record(0.6))
    bar.player.hear(Side.SECOND)
    await until(lambda: bar.loaded_clip_id == "soft")
    await settle(bar)
    apart_ms = abs(bar.playback.front.position_ms - bar.playback.back.position_ms)
    second = described(await record(0.6))
    return {"first": first, "second": second, "apart_ms": apart_ms}


def measured(services: Services) -> bool:
    comparison = services.comparing.comparison.value
    return comparison is not None and comparison.is_measured


async def settle(bar: PlayerBar) -> None:
    """Until what was sounding before has left the loudspeaker."""
    after_ms = bar.playback.position_ms + 300
    await until(lambda: bar.playback.position_ms > after_ms)


async def start(bar: PlayerBar, clip_id: str) -> None:
    bar.load(clip_id)
    await until(lambda: bar.is_playing and bar.playback.position_ms > 300)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110  # any condition: there is no event to await
            await asyncio.sleep(0.01)


async def record(seconds: float) -> NDArray[np.float32]:
    """What the loudspeaker plays from now on."""
    return await asyncio.to_thread(_record, int(seconds * RATE))


def _record(samples: int) -> NDArray[np.float32]:
    command = ["parec", "-d", "ear.monitor", "--format=float32le", f"--rate={RATE}"]
    command += ["--channels=1", f"--latency-msec={LATENCY_MS}", "--raw"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as ear:
        assert ear.stdout is not None
        heard = ear.stdout.read(samples * SAMPLE_BYTES)
        ear.terminate()
    return np.frombuffer(heard, np.float32)


def described(samples: NDArray[np.float32]) -> dict[str, float]:
    """The strongest pitch, and the level (root mean square) in decibels of full scale."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    level = float(np.sqrt(np.mean(samples.astype(float) ** 2)))
    hertz = float(spectrum.argmax() * RATE / len(samples))
    return {"hertz": hertz, "decibels": 20 * float(np.log10(level + 1e-9))}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    save_songs(folder, SONGS)
    sys.exit(app.run(Options(data_dir=folder), play=play, sandbox_arguments=("--speed", "40")))
