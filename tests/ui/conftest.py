"""Real Qt without a display: one application, its loop, and a service that only chats."""

import gc
import os
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from beatra_desktop import eventloop
from beatra_desktop.domain.choices import Appearance, Language
from beatra_desktop.ui import language, theme
from beatra_desktop.ui.access import widgets as accessible
from beatra_desktop.ui.actions import Actions
from beatra_desktop.ui.application import Application
from beatra_desktop.ui.main_window import MainWindow
from tests import qt_messages
from tests.http_service import Handler, serving
from tests.ui.windows import filled_window

RunOnQt = Callable[[Callable[[], Awaitable[None]]], None]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return Application


@pytest.fixture(scope="session")
def _dressed(qapp: Application) -> Iterator[None]:
    language.use(Language.ENGLISH)
    theme.install(qapp)
    accessible.install()
    qt_messages.listen()
    yield
    gc.enable()
    # without a display Qt frees what was copied after Python has ended, and crashes
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def _no_stray_words_of_qt(_dressed: None) -> Iterator[None]:
    """A warning of Qt's fails the test it came in."""
    qt_messages.take()
    yield
    assert not (words := qt_messages.take()), words


@pytest.fixture(autouse=True)
def _plain_look(_dressed: None) -> Iterator[None]:
    """Each test starts and leaves light, at normal size."""
    yield
    theme.set_appearance(Appearance.LIGHT)
    theme.set_zoom_percent(100)


@pytest.fixture(autouse=True)
def _keys_as_they_come(_dressed: None) -> None:
    """Tooltips tell the keys of the last window there was: as if it had just been opened."""
    Actions(QWidget())


@pytest.fixture
def run_on_qt(qapp: Application) -> RunOnQt:
    """Runs a coroutine function on Qt's loop, as the app does."""

    def run(work: Callable[[], Awaitable[None]]) -> None:
        async def main() -> None:
            await work()

        eventloop.run(main(), qapp)

    return run


class _ChatOnly(Handler):
    """Lists one model and knows nothing else."""

    def do_GET(self) -> None:
        if self.path.endswith("/models") and "catalog" not in self.path:
            self.answer_json(200, {"object": "list", "data": [{"id": "chatty", "object": "model"}]})
        else:
            error = {"code": "not_found", "message": "", "retryable": False}
            self.answer_json(404, {"error": error})


@pytest.fixture
def chat_only_url() -> Iterator[str]:
    with serving(_ChatOnly) as address:
        yield f"{address}/v1"


@pytest.fixture
def in_window(run_on_qt: RunOnQt, open_bench: Any) -> Callable[..., None]:
    """Runs a coroutine function with the services and the window that shows them."""

    def run(work: Callable[[Any, MainWindow], Awaitable[None]]) -> None:
        async def main() -> None:
            async with open_bench() as bench:
                window = filled_window(bench.services)
                window.show()
                await work(bench, window)
                window.hide()
                window.deleteLater()

        run_on_qt(main)

    return run
