"""What all tests share: fences that make stray noise fail, and the app without its window."""

import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from tests import running

NOBODY: Final = 65534


@pytest.fixture(autouse=True)
def _no_stray_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A log line at WARNING or above that a test does not expect fails it.

    A test that expects some takes them with `caplog.clear()`.
    """
    yield
    stray = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert not stray, f"unexpected log lines: {stray}"


@pytest.fixture(autouse=True)
def _no_stray_windows() -> Iterator[None]:
    """Where Qt is loaded, windows and running timers that a test leaves behind fail it."""
    before = _windows_and_timers()
    yield
    stray = _windows_and_timers() - before
    assert not stray, f"left behind: {sorted(stray)}"


def _windows_and_timers() -> set[str]:
    if "PySide6.QtWidgets" not in sys.modules:
        return set()
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    if application is None:
        return set()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    owners = [application, *windows]
    timers = [timer for owner in owners for timer in owner.findChildren(QTimer)]
    return {repr(left) for left in (*windows, *(timer for timer in timers if timer.isActive()))}


OpenBench = Callable[..., AbstractAsyncContextManager[running.Bench]]


@pytest.fixture
def open_bench(tmp_path: Path) -> OpenBench:
    """`running.open_bench` in the test's own folder."""
    return partial(running.open_bench, tmp_path)


@pytest.fixture
def python() -> str:
    return sys.executable


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MiB of its own; skips where one can't be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("mount") is None or _run("mount", "-t", "tmpfs", "-o", "size=2m", "x", folder):
        pytest.skip("mounting a small disk needs the rights of root")
    yield folder
    _run("umount", "-l", folder)


def _run(*command: str | Path) -> int:
    return subprocess.run(command, check=False, capture_output=True).returncode


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder whose way everybody may go; those of pytest are its user's alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def as_nobody() -> Callable[[], AbstractContextManager[None]]:
    """Inside `with as_nobody()` even root may not do everything."""

    @contextmanager
    def without_rights() -> Iterator[None]:
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(user)

    return without_rights
