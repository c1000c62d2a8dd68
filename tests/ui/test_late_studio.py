"""When the studio is made: after the chat, and where it is to be seen."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from beatra_desktop.domain.profiles import ConnectionPhase
from beatra_desktop.ui import interior
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.music.studio import Studio
from tests.ui.windows import filled_window

InWindow = Callable[[Callable[[Any, MainWindow], Awaitable[None]]], None]


def test_a_studio_on_show_follows_the_chat(
    in_window: InWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interior, "STUDIO_PATIENCE_MS", 60_000)

    async def work(bench: Any, window: MainWindow) -> None:
        assert window.interior.commands[Command.STUDIO].isChecked()
        assert window.findChild(Studio) is None
        await bench.until(lambda: window.findChild(Studio) is not None)

    in_window(work)


def test_a_hidden_window_has_no_studio_made_until_it_is_shown_again(
    in_window: InWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interior, "STUDIO_PATIENCE_MS", 0)

    async def work(bench: Any, window: MainWindow) -> None:
        window.hide()
        later = asyncio.Event()
        QTimer.singleShot(2 * interior.FRAME_MS, later.set)
        await later.wait()
        assert window.findChild(Studio) is None
        window.show()
        await bench.until(lambda: window.findChild(Studio) is not None)

    in_window(work)


def test_a_studio_does_not_wait_long_for_a_service(run_on_qt: Any, open_bench: Any) -> None:
    silent = [sys.executable, "-c", "input()"]

    async def work() -> None:
        async with open_bench(ready=False, command=silent) as bench:
            window = filled_window(bench.services)
            window.show()
            await bench.until(lambda: window.findChild(Studio) is not None)
            assert bench.services.profiles.connection.value.phase is ConnectionPhase.CHECKING
            window.hide()
            window.deleteLater()

    run_on_qt(work)


def test_the_studio_comes_when_it_is_needed_in_a_narrow_window(in_window: InWindow) -> None:
    async def work(_bench: Any, window: MainWindow) -> None:
        window.resize(900, 700)
        shown = [window.panes.is_studio_shown]
        window.interior.commands[Command.NEW_MUSIC].trigger()
        shown.append(window.panes.is_studio_shown)
        assert window.interior.commands[Command.STUDIO].isChecked()
        window.interior.commands[Command.STUDIO].trigger()
        shown.append(window.panes.is_studio_shown)
        assert shown == [False, True, False]

    in_window(work)
