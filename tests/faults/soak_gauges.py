"""What a running app holds: everything that must not grow with its age."""

import ctypes
import ctypes.util
import gc
import os
import re
import sqlite3
import sys
import threading
from asyncio import all_tasks, current_task
from pathlib import Path
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAbstractTextDocumentLayout, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

PART: Final = re.compile(r"\.part$|\.tmp$|^\.")
KIBIBYTE: Final = 1024


def tidy() -> None:
    """Let go of what nobody holds any more, so that only what is held is counted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.unfreeze()  # the app freezes what it starts with, and what is frozen is not listed
    while gc.collect():  # what one round frees may let go of more
        pass


def counts(data_dir: Path, scratch: Path) -> dict[str, int]:
    """How many there are of each kind; `scratch` is where temporary files go."""
    owners = _owners()
    return {
        "handles": len(os.listdir("/proc/self/fd")) - 1,  # noqa: PTH208  # one is the listing's own
        "threads": len(os.listdir("/proc/self/task")),  # noqa: PTH208  # names, not paths
        "asyncio tasks": len(all_tasks() - {current_task()}),
        "timers": sum(len(_timers_of(owner)) for owner in owners),
        "widgets": len(QApplication.allWidgets()),
        "QObjects": len(owners) - len(_documents(owners)),
        "text documents": len(_documents(owners)),
        "connections": sum(type(each) is sqlite3.Connection for each in gc.get_objects()),
        "temporary files": len(temporary_files(data_dir, scratch)),
    }


def _owners() -> list[QObject]:
    """Every widget, and every other QObject that Python knows of."""
    known = {id(each): each for each in gc.get_objects() if _is_living(each)}
    known |= {id(each): each for each in QApplication.allWidgets()}
    return list(known.values())


def _documents(owners: list[QObject]) -> list[QObject]:
    """What the transcript keeps of messages it has shown, up to a number of them."""
    kept = (QTextDocument, QAbstractTextDocumentLayout)
    return [owner for owner in owners if isinstance(owner, kept)]


def _is_living(thing: object) -> bool:
    # asked of its type: some proxies answer isinstance for what they stand for
    return issubclass(type(thing), QObject) and isValid(thing)


def _timers_of(owner: QObject) -> list[QAbstractEventDispatcher.TimerInfo]:
    """Those that run, also of the loop's own; of other threads nothing can be asked."""
    is_ours = owner.thread() is _main_thread()
    return QAbstractEventDispatcher.instance().registeredTimers(owner) if is_ours else []


def _main_thread() -> object:
    application = QCoreApplication.instance()
    assert application is not None, "gauges are read in a running app"
    return application.thread()


def temporary_files(data_dir: Path, scratch: Path) -> list[str]:
    """Unfinished files among the app's own, and whatever lies where temporary files go."""
    unfinished = [path for path in data_dir.rglob("*") if PART.search(path.name)]
    return [str(path) for path in (*unfinished, *scratch.rglob("*")) if path.is_file()]


def details(data_dir: Path, scratch: Path) -> dict[str, list[str]]:
    """What was counted, by the same kinds, and all of Python's objects by their types."""
    owners = _owners()
    return {
        "handles": [_target(handle) for handle in Path("/proc/self/fd").iterdir()],
        "threads": [thread.name for thread in threading.enumerate()],
        "asyncio tasks": [task.get_name() for task in all_tasks()],
        "timers": [
            f"{type(owner).__name__} of {timer.interval} ms"
            for owner in owners
            for timer in _timers_of(owner)
        ],
        "widgets": [type(widget).__name__ for widget in QApplication.allWidgets()],
        "QObjects": [type(owner).__name__ for owner in owners],
        "text documents": [],
        "connections": [],
        "temporary files": temporary_files(data_dir, scratch),
        "objects": [type(each).__name__ for each in gc.get_objects()],
    }


def _target(handle: Path) -> str:
    try:
        return os.readlink(handle)  # noqa: PTH115  # "socket:[1]" is no path
    except FileNotFoundError:
        return "gone"


def memory() -> dict[str, int]:
    """Bytes: what it wrote itself, its share of all it uses, all it has mapped; Python's objects.

    Only what it wrote itself, heap and anonymous pages, tells of leaks. Pages of libraries count
    for more whenever another program that has them too ends, and for less when one starts, in a
    share (PSS) as in what is unshared (USS): by 20 to 50 MB on a machine that does other work.
    """
    _give_back()
    rollup = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return {
        "own": _kibibytes(rollup, "Anonymous"),
        "PSS": _kibibytes(rollup, "Pss"),
        "RSS": _kibibytes(status, "VmRSS"),
        "objects": len(gc.get_objects()),
        "blocks": sys.getallocatedblocks(),
    }


def _kibibytes(text: str, field: str) -> int:
    [number] = re.findall(rf"^{field}:\s+(\d+) kB$", text, re.MULTILINE)
    return int(number) * KIBIBYTE


def _give_back() -> None:
    """Free pages that malloc keeps for later are no leak."""
    trim = getattr(ctypes.CDLL(ctypes.util.find_library("c")), "malloc_trim", None)
    if trim is not None:
        trim(0)


def top_widgets() -> list[QWidget]:
    """Windows that are on show."""
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
