"""The entry point refuses what would crash, before anything of Qt is loaded."""

import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec

import pytest

from beatra_desktop.__main__ import main, platform_problem, qt_version
from beatra_desktop.app import PIECES
from beatra_desktop.options import REFUSED
from beatra_desktop.ui.main_window import INTERIOR_PIECES


@pytest.mark.parametrize(
    ("qt", "python", "is_refused"),
    [
        ("6.12.0", (3, 11), True),
        ("6.12", (3, 11), True),
        ("7.0.1", (3, 11), True),
        ("6.11.3", (3, 11), False),
        ("6.8.3", (3, 11), False),
        ("6.12.0", (3, 12), False),
        ("6.13.1a1", (3, 13), False),
    ],
)
def test_qt_that_aborts_on_this_python_is_refused(
    qt: str, python: tuple[int, int], is_refused: bool
) -> None:
    problem = platform_problem(qt, python)
    assert (problem is not None) is is_refused
    if problem is not None:
        assert qt in problem
        assert "PySide6-Essentials<6.12" in problem


def test_what_is_installed_here_runs() -> None:
    assert qt_version() == version("PySide6-Essentials")
    assert platform_problem(qt_version(), sys.version_info[:2]) is None


def test_a_refusal_starts_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("beatra_desktop.__main__.qt_version", lambda: "6.12.0")
    monkeypatch.setattr(sys, "version_info", (3, 11, 9))
    assert main([]) == REFUSED
    assert "nothing was started" in capsys.readouterr().err


def _run(code: str) -> None:
    """In a process that has loaded nothing else."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_version_is_told_without_loading_qt() -> None:
    code = (
        "import sys; from beatra_desktop.__main__ import main\n"
        "try: main(['--version'])\n"
        "except SystemExit: sys.exit('PySide6' in sys.modules)"
    )
    _run(code)


def test_no_source_is_read_to_load_the_app() -> None:
    code = (
        "import linecache, sys\n"
        "from beatra_desktop.__main__ import load_quickly\n"
        "import PySide6.QtCore\n"
        "load_quickly(); import beatra_desktop.services.settings\n"
        "sys.exit(any('beatra_desktop' in name for name in linecache.cache))"
    )
    _run(code)


def test_no_help_is_made_up_for_each_signal() -> None:
    code = (
        "import sys\n"
        "from beatra_desktop.__main__ import load_quickly\n"
        "import PySide6.QtCore\n"
        "load_quickly()\n"
        "from psygnal import Signal\n"
        "signal = type('Holder', (), {'signal': Signal()})().signal\n"
        "signal.connect(lambda: None)\n"
        "called = []\n"
        "sys.setprofile(lambda frame, event, _: called.append(frame.f_code.co_filename))\n"
        "signal.emit()\n"
        "sys.setprofile(None)\n"
        "sys.exit(any('errorhandler' in name for name in called))"
    )
    _run(code)


def test_little_is_loaded_before_the_window_is_on_show() -> None:
    code = (
        "import sys, beatra_desktop.app\n"
        "heavy = {'asyncio', 'msgspec', 'PySide6.QtNetwork', 'PySide6.QtSvg', 'psygnal', 'httpx',"
        " 'beatra_desktop.services', 'beatra_desktop.session', 'beatra_desktop.ui.interior'}\n"
        "sys.exit(', '.join(heavy & sys.modules.keys()) or None)"
    )
    _run(code)


@pytest.mark.parametrize("piece", [*PIECES, *INTERIOR_PIECES])
def test_what_is_loaded_in_pieces_is_there(piece: str) -> None:
    assert find_spec(piece) is not None
