"""A program that tells when its window was painted: `bare`, or the app with a data folder.

Run by path, with the way and the folder. Prints JSON lines: what happened, the system's monotonic
clock and the CPU time this process took so far, both in seconds. The app also tells when it is
usable, and when the studio is there too. Each line of standard input is a number of long answers to
stream, and then told as done; the end of the input ends the program. Qt is loaded by the way that
is asked for, as it does it.
"""

import importlib
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from beatra_desktop.services import Services
    from beatra_desktop.services.chat import ChatService
    from beatra_desktop.ui.main_window import MainWindow

SIZE: Final = (1280, 820)
GLANCE_SECONDS: Final = 0.005
SPEED: Final = 500
"""Of the sandbox, so that an hour of answers comes in seconds; it starts no faster by it."""


def bare() -> int:
    """The least of its kind: one empty main window."""
    from PySide6.QtCore import QSocketNotifier
    from PySide6.QtWidgets import QApplication, QMainWindow

    from tests.benchmarks.paint_watch import PaintWatch

    watch = PaintWatch()
    application = QApplication([])
    window = QMainWindow()
    window.resize(*SIZE)
    window.show()
    asked = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, watch)
    asked.activated.connect(application.quit)
    return application.exec()


def app(data_dir: Path) -> int:
    """As `python -m beatra_desktop` does it."""
    from beatra_desktop import start_bytecode

    with start_bytecode.used():
        return _app(data_dir)


def _app(data_dir: Path) -> int:
    from beatra_desktop.__main__ import is_handed_over, load_quickly, qt_version
    from beatra_desktop.options import Options

    qt_version()
    from tests.benchmarks.paint_watch import PaintWatch

    watch = PaintWatch()
    options = Options(data_dir=data_dir)
    assert not is_handed_over(options)
    load_quickly()
    from beatra_desktop import app as beatra

    code = beatra.run(options, play=_play, sandbox_arguments=("--speed", str(SPEED)))
    del watch
    return code


def eager(data_dir: Path) -> int:
    """The naive way: all there is, imported before anything is shown."""
    import beatra_desktop

    for found in pkgutil.walk_packages(beatra_desktop.__path__, "beatra_desktop."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    return _app(data_dir)


async def _play(window: "MainWindow", services: "Services") -> None:
    import asyncio  # here and below: a bare window needs none

    from beatra_desktop.domain.profiles import ConnectionPhase
    from tests.benchmarks.paint_watch import say

    rows, connection = window.interior.sidebar.conversations.model(), services.profiles.connection
    await _until(lambda: connection.value.phase is ConnectionPhase.READY and rows.rowCount() > 0)
    await asyncio.sleep(GLANCE_SECONDS)  # it is painted
    say("usable")
    await _until(lambda: "studio" in vars(window.interior))
    await asyncio.sleep(GLANCE_SECONDS)
    say("whole")
    lines: asyncio.Queue[str] = asyncio.Queue()
    loop, fileno = asyncio.get_running_loop(), sys.stdin.fileno()
    loop.add_reader(fileno, lambda: lines.put_nowait(sys.stdin.readline()))
    while line := await lines.get():
        await _stream(window, services.chat, answers=int(line))
        say("asked")
    loop.remove_reader(fileno)


async def _stream(window: "MainWindow", chat: "ChatService", *, answers: int) -> None:
    """Ask for so many answers of 5,000 tokens, each in a chat of its own, and see them come."""
    from beatra_desktop.domain.ids import ConversationId

    for _ in range(answers):
        window.interior.chat.new_conversation()
        conversation_id = ConversationId(window.interior.chat.conversation_id)
        chat.set_model(conversation_id, "sandbox-writer")
        chat.send(conversation_id, "Write 5000 tokens about lamps")
        await _until(lambda: not chat.answering.value)


async def _until(condition: Callable[[], bool]) -> None:
    import asyncio

    while not condition():  # noqa: ASYNC110  # any condition: there is no event to await
        await asyncio.sleep(GLANCE_SECONDS)


WAYS: Final = {"bare": lambda _folder: bare(), "app": app, "eager": eager}

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[2])
    sys.exit(WAYS[sys.argv[1]](Path(sys.argv[2])))
