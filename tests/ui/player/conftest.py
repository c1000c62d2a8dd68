"""The player with some saved songs, without and within its window."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.ui import theme
from beatra_desktop.ui.player.player_bar import PlayerBar
from tests.ui.player.songs import PAIR, Song, save_songs

Work = Callable[[PlayerBar, Any], Awaitable[None]]


@pytest.fixture
def in_songs(run_on_qt: Any, open_bench: Any, tmp_path: Path) -> Callable[..., None]:
    """Runs a coroutine function with the player and some saved songs."""

    def run(work: Work, *, songs: Sequence[Song] = PAIR, ready: bool = False) -> None:
        async def main() -> None:
            save_songs(tmp_path, songs)
            async with open_bench(ready=ready) as bench:
                bar = PlayerBar(bench.services)
                theme.dress(bar)
                bar.resize(1200, 64)
                try:
                    await work(bar, bench)
                finally:
                    bar.close_player()

        run_on_qt(main)

    return run
