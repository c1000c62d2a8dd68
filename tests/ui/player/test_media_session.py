"""The player where the desktop can't be told what plays."""

import sys
from typing import Any

import pytest

from beatra_desktop.ui.player.media_session import MediaSession
from beatra_desktop.ui.player.player_bar import PlayerBar


@pytest.mark.skipif(sys.platform != "linux", reason="MPRIS is for Linux")
def test_nothing_is_kept_of_a_bus_that_could_not_be_joined(
    in_songs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")

    async def work(bar: PlayerBar, bench: Any) -> None:
        [session] = bar.findChildren(MediaSession)
        for clip in bench.services.music.clips:
            bar.load(clip.id, play=False)
            await bench.until(lambda: bar.is_loaded)
        assert session.children() == []

    in_songs(work)
