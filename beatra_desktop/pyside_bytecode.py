"""Keeps the bytecode of what PySide compiles anew at each start.

Its Python part lies as source in a zip file inside its library, for which Python keeps none:
compiling it takes a sixth of the time in which a bare window is on show.
"""

import builtins
import marshal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path
from types import CodeType
from typing import Any, Final

from beatra_desktop.start_bytecode import write

SOURCES: Final = "shibokensupport/"
UNUSED: Final = "shibokensupport/signature/lib/pyi_generator.py"
"""Describes Qt for editors; to load it, as each program does, takes half as long again."""

Compiled = dict[tuple[str, bytes], CodeType]
"""By the name of a source and the hash of what stands in it."""


@contextmanager
def kept() -> Iterator[None]:
    """PySide may be loaded meanwhile; what it compiles is kept where Python keeps ours."""
    python: Any = builtins
    compiler = _Compiler(_read())
    python.compile = compiler
    try:
        yield
    finally:
        python.compile = compiler.compile
    if compiler.made and not sys.dont_write_bytecode:
        with suppress(OSError):  # as where Python can't keep ours
            file = _file()
            file.parent.mkdir(parents=True, exist_ok=True)
            write(file, MAGIC_NUMBER + marshal.dumps(compiler.used))


class _Compiler:
    """Stands in the place of Python's `compile`, which it asks for what is not known."""

    def __init__(self, known: Compiled) -> None:
        self._known = known
        self.compile = compile
        self.used: Compiled = {}
        self.made = 0

    def __call__(self, source: Any, filename: Any, mode: str, *rest: Any, **more: Any) -> Any:
        if not (isinstance(source, bytes) and str(filename).startswith(SOURCES)):
            return self.compile(source, filename, mode, *rest, **more)
        name = (filename, source_hash(source))
        if name not in self._known:
            wanted = b"" if filename == UNUSED else source
            self._known[name] = self.compile(wanted, filename, mode, *rest, **more)
            self.made += 1
        self.used[name] = self._known[name]
        return self._known[name]


def _file() -> Path:
    return Path(cache_from_source(str(Path(__file__).with_name("shibokensupport.py"))))


def _read() -> Compiled:
    """Nothing when it is of another Python, or can't be read."""
    try:
        stored = _file().read_bytes()
        compiled: Compiled = marshal.loads(stored.removeprefix(MAGIC_NUMBER))
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return compiled if stored.startswith(MAGIC_NUMBER) else {}
