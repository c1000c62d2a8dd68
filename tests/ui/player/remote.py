"""The whole app on a session bus, driven from outside with playerctl; run by path, with a folder.

Prints what playerctl answered, and what the app did, as JSON.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from beatra_desktop import app
from beatra_desktop.options import Options
from beatra_desktop.services import Services
from beatra_desktop.ui.main_window import MainWindow
from tests.ui.player.songs import Song, save_songs

PATIENCE_SECONDS: Final = 60
SONGS: Final = (Song(name="a", seconds=60.0), Song(name="b", seconds=60.0, hertz=660.0))


async def play(window: MainWindow, services: Services) -> None:
    found: dict[str, Any] = {"before": await ask("--list-all")}
    bar = window.interior.player
    bar.load("a")
    await until(lambda: bar.is_playing and bar.playback.position_ms > 0)
    follower = await follow()
    found["players"] = await ask("--list-all")
    found["title"] = await ask("metadata", "xesam:title")
    found["length"] = await ask("metadata", "mpris:length")
    found["status"] = [await ask("status")]
    for command in ("pause", "play", "play-pause"):
        await ask(command)
        found["status"].append(await ask("status"))
    await ask("position", "30")
    found["position_ms"] = [bar.playback.position_ms]
    found["position"] = await ask("position")
    await ask("position", "5+")
    found["position_ms"].append(bar.playback.position_ms)
    await ask("volume", "0.25")
    found["volume"] = [bar.volume.slider.value(), await ask("volume")]
    await ask("next")
    await until(lambda: bar.is_playing)
    found["next"] = [bar.loaded_clip_id, await ask("metadata", "xesam:title")]
    await ask("loop", "Track")
    await ask("shuffle", "On")
    playing = services.playing
    found["modes"] = [playing.repeat.value, playing.shuffles.value]
    found["told_modes"] = [await ask("loop"), await ask("shuffle")]
    await ask("stop")
    found["stopped"] = [bar.is_playing, await ask("status")]
    bar.player.compare("a", "b")
    services.comparing.set_blind(blind=True)
    await until(lambda: bar.is_loaded)
    await ask("play")
    await until(lambda: bar.is_playing)
    found["blind"] = await ask("metadata")
    bar.close_player()
    found["after"] = await ask("--list-all")
    follower.terminate()
    assert follower.stdout is not None
    found["followed"] = (await follower.stdout.read()).decode().split("\n")
    await follower.wait()
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


async def ask(*words: str) -> str:
    """What playerctl says, without the last line's end."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec("playerctl", *words, stdout=pipe, stderr=pipe)
    answer, trouble = await process.communicate()
    return (answer or trouble).decode().strip()


async def follow() -> asyncio.subprocess.Process:
    """A playerctl that writes a line whenever it is told of another status."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec("playerctl", "-F", "status", stdout=pipe)
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_SECONDS):
        await process.stdout.readline()
    return process


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110  # any condition: there is no event to await
            await asyncio.sleep(0.01)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    save_songs(folder, SONGS)
    sys.exit(app.run(Options(data_dir=folder), play=play, sandbox_arguments=("--speed", "40")))
