"""Real Qt without a display: one application, dressed, and its loop for what needs services."""

import gc
import os
from collections.abc import Awaitable, Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from beatra_desktop import eventloop
from beatra_desktop.domain.settings import Appearance
from beatra_desktop.ui import theme
from beatra_desktop.ui.application import Application

RunOnQt = Callable[[Callable[[], Awaitable[None]]], None]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return Application


@pytest.fixture(scope="session")
def _dressed(qapp: Application) -> Iterator[None]:
    theme.install(qapp)
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _plain_look(_dressed: None) -> Iterator[None]:
    """Each test starts and leaves light, at normal size."""
    yield
    theme.set_appearance(Appearance.LIGHT)
    theme.set_zoom_percent(100)


@pytest.fixture
def run_on_qt(qapp: Application) -> RunOnQt:
    """Runs a coroutine function on Qt's loop, as the app does."""

    def run(work: Callable[[], Awaitable[None]]) -> None:
        async def main() -> None:
            await work()

        eventloop.run(main(), qapp)

    return run
