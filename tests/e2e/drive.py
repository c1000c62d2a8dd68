"""The whole app, told by its standard input what a user does; run by path.

Reads one JSON object per line: {"do": NAME, ...parameters}, carries it out in the real window (see
`actions.py`), and answers with one line: {"result": ...} or {"error": "..."}. The app quits when
its input ends, unless something else makes it quit first.
"""

import argparse
import asyncio
import json
import sys
import traceback
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimerEvent
from PySide6.QtWidgets import QApplication, QMessageBox

from beatra_desktop import app
from beatra_desktop.options import Options
from beatra_desktop.services import Services
from beatra_desktop.ui.main_window import MainWindow
from tests.e2e import chat_actions, traffic_actions, window_actions
from tests.e2e.actions import ACTIONS, Stage, click_button

__all__ = ["chat_actions", "traffic_actions", "window_actions"]
"""They, and others, add what they know to ACTIONS."""

LOOK_MS: Final = 50


def main() -> int:
    words = _parser().parse_args()
    options = Options(
        data_dir=words.data_dir,
        profile=words.profile,
        base_url=words.base_url,
        files=tuple(words.file),
    )
    reader = DialogReader(words.answer)
    QCoreApplication.postEvent(reader, QEvent(QEvent.Type.User))
    return app.run(options, play=_obey, sandbox_arguments=tuple(words.sandbox))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--profile")
    parser.add_argument("--base-url")
    parser.add_argument("--file", type=Path, action="append", default=[])
    parser.add_argument("--sandbox", action="append", default=[], help="one of its arguments")
    parser.add_argument("--answer", default="", help="begins as a button of a start-up dialog")
    return parser


@cache
def _lines() -> asyncio.Queue[str]:
    """What was read and not obeyed yet; it outlives a window that another one takes over from."""
    return asyncio.Queue()


async def _obey(window: MainWindow, services: Services) -> None:
    stage, lines = Stage(window, services), _lines()
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin.fileno(), lambda: lines.put_nowait(sys.stdin.readline()))
    try:
        while line := await lines.get():
            _say(await _carry_out(stage, json.loads(line)))
    finally:
        loop.remove_reader(sys.stdin.fileno())


async def _carry_out(stage: Stage, order: dict[str, Any]) -> dict[str, Any]:
    action = partial(ACTIONS[order.pop("do")], stage, **order)
    try:
        return {"result": await action()}
    except Exception:  # noqa: BLE001  # whatever it is, the test is told
        return {"error": traceback.format_exc()}


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


class DialogReader(QObject):
    """Reads what a start-up dialog says and presses one of its buttons."""

    def __init__(self, answer: str) -> None:
        super().__init__()
        self._answer = answer

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User and self._answer:
            self.startTimer(LOOK_MS)
        return super().event(event)

    def timerEvent(self, _event: QTimerEvent) -> None:
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QMessageBox) and dialog.isVisible():
                _say({"dialog": dialog.text()})
                texts = [button.text().replace("&", "") for button in dialog.buttons()]
                [text] = [text for text in texts if text.startswith(self._answer)]
                click_button(dialog, text)


if __name__ == "__main__":
    sys.exit(main())
