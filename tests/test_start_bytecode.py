"""What was loaded once is loaded from one file at the next start, unless it changed."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PROGRAM: Final = """
import sys
from beatra_desktop import start_bytecode

with start_bytecode.used():
    import asyncio, http.client, mine, mine.part
loader = mine.__spec__.loader
import inspect
print(type(loader).__name__, mine.part.WORD, loader.get_code("mine") is not None)
assert "WORD" in inspect.getsource(mine.part)
assert mine.__path__ and mine.__file__ and mine.__cached__
"""


class Home:
    """A package of a user's own, and the folder in which Python keeps bytecode."""

    def __init__(self, folder: Path) -> None:
        self.bytecode, self.libraries = folder / "bytecode", folder / "libraries"
        self.part = self.libraries / "mine" / "part.py"
        self.part.parent.mkdir(parents=True)
        self.part.with_name("__init__.py").touch()
        self.part.write_text("WORD = 'lamp'")

    @property
    def file(self) -> Path | None:
        return next(self.bytecode.rglob("start.*.pyc"), None)

    def start(self, *options: str, before: str = "") -> str:
        """What a start says: how the package was loaded, its word, and whether it has code."""
        paths = [before, str(self.libraries), str(ROOT)]
        done = subprocess.run(
            [sys.executable, *options, "-c", PROGRAM],
            capture_output=True,
            text=True,
            check=False,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, paths)),
                "PYTHONPYCACHEPREFIX": str(self.bytecode),
                "PYTHONDONTWRITEBYTECODE": "",
            },
        )
        assert done.stderr == ""
        return done.stdout.strip()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


FOUND: Final = "SourceFileLoader lamp True"
KEPT: Final = "_Loader lamp True"


def test_the_second_start_loads_from_the_file(home: Home) -> None:
    assert home.start() == FOUND
    assert home.start() == KEPT


def test_a_source_that_changed_is_loaded_anew(home: Home) -> None:
    home.start()
    home.part.write_text("WORD = 'marimba'")
    assert home.start() == "_Loader marimba True"  # the package itself is as it was


def test_a_module_that_is_gone_is_not_loaded(home: Home) -> None:
    home.start()
    home.part.unlink()
    with pytest.raises(AssertionError, match="No module named"):
        home.start()


@pytest.mark.parametrize("length", [3, 9, 500_000])
def test_a_file_that_was_cut_short_does_no_harm(home: Home, length: int) -> None:
    home.start()
    assert home.file
    os.truncate(home.file, length)
    assert home.start() in (FOUND, KEPT)
    assert home.start() == KEPT


def test_a_file_of_something_else_is_written_anew(home: Home) -> None:
    home.start()
    assert home.file
    home.file.write_bytes(home.file.read_bytes()[:4] + b"\x08" + bytes(7) + b"(\x02\x00\x00\x00NN")
    assert home.start() == FOUND
    assert home.start() == KEPT


def test_other_libraries_are_not_taken_for_these(home: Home, tmp_path: Path) -> None:
    home.start()
    (tmp_path / "other" / "mine").mkdir(parents=True)
    (tmp_path / "other" / "mine" / "__init__.py").touch()
    (tmp_path / "other" / "mine" / "part.py").write_text("WORD = 'flute'")
    assert home.start(before=str(tmp_path / "other")) == "SourceFileLoader flute True"


def test_nothing_is_kept_where_python_is_to_keep_nothing(home: Home) -> None:
    home.start()
    assert home.file
    home.file.unlink()
    assert home.start("-B") == FOUND
    assert home.file is None
