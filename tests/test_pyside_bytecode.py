"""What PySide compiles at each start is compiled once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from beatra_desktop import pyside_bytecode

START = """
import sys
compiled = set()
sys.addaudithook(lambda event, told: event == "compile" and compiled.add(str(told[1])))
from beatra_desktop.__main__ import qt_version
qt_version()
from PySide6.QtCore import QObject
try:
    QObject().setObjectName(1)
except TypeError as error:
    assert "setObjectName" in str(error), error
print(sum(name.startswith("shibokensupport/") for name in compiled))
"""


def _compiled(folder: Path, *, writes: bool = True) -> int:
    """How many of PySide's sources one start compiles; Python keeps bytecode under `folder`."""
    told = {"PYTHONPYCACHEPREFIX": str(folder), "PYTHONDONTWRITEBYTECODE": "" if writes else "1"}
    done = subprocess.run(
        [sys.executable, "-c", START],
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def test_the_second_start_compiles_nothing(tmp_path: Path) -> None:
    assert _compiled(tmp_path) > 0
    assert _compiled(tmp_path) == 0


@pytest.mark.parametrize("bytes_kept", [3, 1000])
def test_what_is_kept_and_damaged_is_made_anew(tmp_path: Path, bytes_kept: int) -> None:
    _compiled(tmp_path)
    [file] = tmp_path.rglob("shibokensupport.*")
    file.write_bytes(file.read_bytes()[:bytes_kept])
    assert _compiled(tmp_path) > 0
    assert _compiled(tmp_path) == 0


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path) -> None:
    assert _compiled(tmp_path, writes=False) > 0
    assert not list(tmp_path.rglob("*"))


def test_what_others_compile_meanwhile_is_theirs() -> None:
    python = compile
    with pyside_bytecode.kept():
        assert eval(compile("1 + 1", "shibokensupport/text", "eval")) == 2
    assert compile is python
