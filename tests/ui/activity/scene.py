"""Where the tests of the activity page start: the page, a song, and the row about it."""

from collections.abc import Callable
from typing import Any

from beatra_desktop.domain.activity import Activity, ActivityKind
from beatra_desktop.domain.music import MusicPrompt, MusicTask
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.activity.activity_page import ActivityPage
from beatra_desktop.ui.centre import Screen
from beatra_desktop.ui.main_window import MainWindow


def open_page(window: MainWindow) -> ActivityPage:
    window.interior.commands[Command.ACTIVITY].trigger()
    page = window.interior.centre.page(Screen.ACTIVITY)
    assert isinstance(page, ActivityPage)
    return page


def create_song(bench: Any, title: str = "Lamps") -> MusicTask:
    prompt = MusicPrompt(
        prompt="a slow waltz", model="minimax-music-2.6", title=title, instrumental=True
    )
    made = bench.services.music.create(prompt)
    assert isinstance(made, MusicTask)
    return made


def row_of(bench: Any, kind: ActivityKind) -> Activity | None:
    rows = bench.services.activity.rows
    return next((row for row in rows if row.kind is kind), None)


async def row_until(bench: Any, kind: ActivityKind, fits: Callable[[Activity], object]) -> Activity:
    def found() -> bool:
        row = row_of(bench, kind)
        return row is not None and bool(fits(row))

    await bench.until(found)
    row = row_of(bench, kind)
    assert row is not None
    return row
