"""All screens in a language of longer words, and with text twice as large.

Everything is translated, nothing is cut off, and whatever takes the keyboard has a name and is come
to by Tab.
"""

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPropertyAnimation
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.choices import Language
from beatra_desktop.services import Services
from beatra_desktop.ui import language, theme
from beatra_desktop.ui.main_window import MainWindow
from tests.ui import screens
from tests.ui.hearing import out_of_reach, unheard
from tests.ui.looking import cut_off, untranslated
from tests.ui.screens import SCREENS
from tests.ui.windows import filled_window

Size = tuple[int, int]
TURNS: Final = 5
LARGE: Final = (1280, 800)
SMALL: Final = (900, 600)
ENGLISH: Final = ("help",)
"""What the pages of the help are in."""
DIALOGS: Final = ("export",)
"""Screens of Qt's own."""
KNOWN: Final = re.compile(
    rf"{screens.DATA}"
    r"|Beatra Desktop|beatra|Sandbox Echo: says what you said|sandbox-\w+|English"
    r"|Suno [\d.]+|suno-[\d.]+"
    r"|MiniMax Music [\d.]+|\[[\w-]+\]|https?://\S+|\breq_\w+|(?<!\w)/[\w/.]+|\{\w+\}"
    r"|Ctrl|Shift|Alt|Esc|Return|Space|Del|kB|MB|bytes|(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d+ \w+"
)
"""What people, services and places are called, keys, units, ids and the locale's days."""

ANYTHING: Final = re.compile(r".*", re.DOTALL)
"""In English nobody can tell what was not translated."""


@pytest.fixture(autouse=True)
def _english_again(_dressed: None) -> Iterator[None]:
    yield
    language.use(Language.ENGLISH)


@pytest.mark.parametrize(
    ("code", "sizes"), [(language.PSEUDO, (LARGE, SMALL)), (language.PSEUDO_RTL, (LARGE,))]
)
def test_every_word_is_translated_and_has_room(
    look: Callable[..., list[str]], code: str, sizes: tuple[Size, ...]
) -> None:
    assert not (faults := look(code, sizes, KNOWN)), "\n".join(faults)


def test_text_twice_as_large_has_room_in_a_small_window(look: Callable[..., list[str]]) -> None:
    theme.set_zoom_percent(200)
    assert not (faults := look(Language.ENGLISH, (SMALL,), ANYTHING)), "\n".join(faults)


@pytest.fixture
def look(run_on_qt: Any, open_bench: Any, tmp_path: Path) -> Callable[..., list[str]]:
    """Gives what is wrong on all screens, in a language and in windows of these sizes."""

    def at(code: str, sizes: tuple[Size, ...], known: re.Pattern[str]) -> list[str]:
        faults: list[str] = []

        async def main() -> None:
            screens.prepare(tmp_path)
            language.use(code)
            async with open_bench() as bench:
                await screens.fill(bench)
                window = filled_window(bench.services)
                window.show()
                try:
                    for size in sizes:
                        faults.extend(await _faults(window, bench.services, size, known))
                finally:
                    window.hide()
                    window.deleteLater()

        run_on_qt(main)
        return faults

    return at


async def _faults(
    window: MainWindow, services: Services, size: Size, known: re.Pattern[str]
) -> list[str]:
    faults = []
    window.resize(*size)
    for name, opened in SCREENS.items():
        opened(window, services)
        await settled(window)
        shown: list[QWidget] = [*screens.dialogs(window)] or [window]
        found = [fault for each in shown for fault in cut_off(each)]
        if name not in ENGLISH:
            found += [fault for each in shown for fault in untranslated(each, known)]
        faults += [f"{name} {size[0]}: {fault}" for fault in found]
        screens.leave(window)
        await settled(window)
    return faults


def test_all_that_takes_the_keyboard_has_a_name_and_is_come_to_by_tab(
    run_on_qt: Any, open_bench: Any, tmp_path: Path
) -> None:
    async def main() -> None:
        screens.prepare(tmp_path)
        async with open_bench() as bench:
            await screens.fill(bench)
            window = filled_window(bench.services)
            window.resize(*LARGE)
            window.show()
            try:
                faults = await _faults_by_ear(window, bench.services)
            finally:
                window.hide()
                window.deleteLater()
        assert not faults, "\n".join(faults)

    run_on_qt(main)


async def _faults_by_ear(window: MainWindow, services: Services) -> list[str]:
    faults = []
    for name, opened in SCREENS.items():
        opened(window, services)
        await settled(window)
        shown: list[QWidget] = [*screens.dialogs(window)] or [window]
        for each in shown:
            each.activateWindow()
            await settled(window)
            found = [*unheard(each), *([] if name in DIALOGS else out_of_reach(each))]
            faults += [f"{name}: {fault}" for fault in found]
        screens.leave(window)
        await settled(window)
    return faults


async def settled(window: MainWindow) -> None:
    """What slides has come, what was put off to the next turns is done, and all is laid out."""
    while _slides(window):  # noqa: ASYNC110  # an animation has no event to await
        await asyncio.sleep(0)
    for _ in range(TURNS):
        QCoreApplication.sendPostedEvents()
        await asyncio.sleep(0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _slides(window: MainWindow) -> bool:
    running = QPropertyAnimation.State.Running
    return any(each.state() is running for each in window.findChildren(QPropertyAnimation))
