"""All screens in a language of longer words: everything is translated and nothing is cut off."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPropertyAnimation
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.settings import Language
from beatra_desktop.services import Services
from beatra_desktop.ui import language
from beatra_desktop.ui.main_window import MainWindow
from tests.ui import screens
from tests.ui.looking import cut_off, untranslated
from tests.ui.screens import SCREENS

TURNS: Final = 5
LARGE: Final = (1280, 800)
SMALL: Final = (900, 600)
ENGLISH: Final = ("help",)
"""What the pages of the help are in."""
KNOWN: Final = re.compile(
    rf"{screens.DATA}"
    r"|Beatra Desktop|beatra|Sandbox Echo: says what you said|sandbox-\w+|English"
    r"|Suno [\d.]+|suno-[\d.]+"
    r"|MiniMax Music [\d.]+|\[[\w-]+\]|https?://\S+|\breq_\w+|(?<!\w)/[\w/.]+|\{\w+\}"
    r"|Ctrl|Shift|Alt|Esc|Return|Space|Del|kB|MB|bytes|(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d+ \w+"
)
"""What people, services and places are called, keys, units, ids and the locale's days."""


@pytest.fixture(autouse=True)
def _english_again(_dressed: None) -> Iterator[None]:
    yield
    language.use(Language.ENGLISH)


@pytest.mark.parametrize(
    ("code", "sizes"), [(language.PSEUDO, (LARGE, SMALL)), (language.PSEUDO_RTL, (LARGE,))]
)
def test_every_word_is_translated_and_has_room(
    run_on_qt: Any, open_bench: Any, tmp_path: Path, code: str, sizes: tuple[tuple[int, int], ...]
) -> None:
    async def main() -> None:
        screens.prepare(tmp_path)
        language.use(code)
        async with open_bench() as bench:
            await screens.fill(bench)
            window = MainWindow(bench.services, version="1.2.3")
            window.show()
            try:
                faults = [
                    fault for size in sizes for fault in await _faults(window, bench.services, size)
                ]
            finally:
                window.hide()
                window.deleteLater()
        assert not faults, "\n".join(faults)

    run_on_qt(main)


async def _faults(window: MainWindow, services: Services, size: tuple[int, int]) -> list[str]:
    faults = []
    window.resize(*size)
    for name, opened in SCREENS.items():
        opened(window, services)
        await _settled(window)
        shown: list[QWidget] = [*screens.dialogs(window)] or [window]
        found = [fault for each in shown for fault in cut_off(each)]
        if name not in ENGLISH:
            found += [fault for each in shown for fault in untranslated(each, KNOWN)]
        faults += [f"{name} {size[0]}: {fault}" for fault in found]
        screens.leave(window)
        await _settled(window)
    return faults


async def _settled(window: MainWindow) -> None:
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
