"""The look is switched while windows are open: nothing keeps the colours it was made in."""

from typing import Any

from PySide6.QtGui import QImage

from beatra_desktop.domain.choices import Appearance, Contrast
from beatra_desktop.services import Services
from beatra_desktop.ui.main_window import MainWindow
from tests.ui import screens
from tests.ui.test_screens import LARGE, settled
from tests.ui.windows import filled_window

TIMELESS = ("suno", "general")
"""Screens on which nothing tells the time or goes on loading."""


def test_what_was_open_looks_as_if_it_had_just_been_opened(run_on_qt: Any, open_bench: Any) -> None:
    async def main() -> None:
        async with open_bench() as bench:
            settings = bench.services.settings
            settings.change(appearance=Appearance.LIGHT)
            switched = _window(bench.services)
            await _pictures(switched, bench.services)  # all is made and seen in the other look
            settings.change(appearance=Appearance.DARK, contrast=Contrast.HIGH)
            followed = await _pictures(switched, bench.services)
            _close(switched)
            fresh = _window(bench.services)
            expected = await _pictures(fresh, bench.services)
            _close(fresh)
        assert [name for name, picture in followed.items() if picture != expected[name]] == []

    run_on_qt(main)


def _window(services: Services) -> MainWindow:
    window = filled_window(services)
    window.resize(*LARGE)
    window.show()
    return window


def _close(window: MainWindow) -> None:
    window.hide()
    window.deleteLater()


async def _pictures(window: MainWindow, services: Services) -> dict[str, QImage]:
    taken = {}
    for name in TIMELESS:
        screens.SCREENS[name](window, services)
        await settled(window)
        if (focused := window.focusWidget()) is not None:
            focused.clearFocus()  # its caret may blink
        shown = (*screens.dialogs(window), window)[0]
        taken[name] = shown.grab().toImage()
        screens.leave(window)
        await settled(window)
    return taken
