"""Keeps the bytecode of all that was loaded in one file, for the next start.

Python looks for each of 800 modules in folder after folder and opens a file for each: an eighth of
the time until the app can be used. A module whose source changed is not taken from here.
"""

import marshal
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source, spec_from_file_location
from pathlib import Path
from threading import Lock
from types import CodeType, ModuleType
from typing import Any, BinaryIO, Final, NamedTuple

WORTH_WRITING: Final = 40
"""So many modules that are not in the file take 5 ms longer to load than those that are."""
PYC_HEAD_BYTES: Final = 16
LENGTH_BYTES: Final = 8
_UNREADABLE: Final = (OSError, EOFError, ValueError, TypeError)
"""What a file can raise that was cut short, or is of another make."""


class Place(NamedTuple):
    """A module's source, how Python's own file of its bytecode begins, and where ours has it.

    The beginning tells from which state of the source it was made.
    """

    source: str
    pyc_head: bytes
    is_package: bool
    offset: int
    length: int

    @property
    def is_current(self) -> bool:
        with suppress(OSError):
            return self.pyc_head == _pyc_head(self.source)
        return False


@contextmanager
def used() -> Iterator[None]:
    """What is loaded meanwhile comes from the file; afterwards it has what was loaded."""
    if getattr(sys, "frozen", False):  # a bundle has an archive of its own
        yield
        return
    path = Path(cache_from_source(str(Path(__file__).with_name("start.py"))))
    # The same name is another module with other libraries; the first is the program's folder.
    libraries = (sys.prefix, sys.base_prefix, *sys.path[1:])
    with closing(_Finder(path, libraries)) as finder:
        sys.meta_path.insert(0, finder)
        try:
            yield
        finally:
            sys.meta_path.remove(finder)
    if not sys.dont_write_bytecode:
        with suppress(OSError):  # as where Python can't keep its own
            _keep(path, libraries)


class _Finder:
    """Python asks it first for a module; what it does not know is found as ever."""

    def __init__(self, path: Path, libraries: tuple[str, ...]) -> None:
        self._places: dict[str, Place] = {}
        self._begin = 0
        self._lock = Lock()
        self._file: BinaryIO | None = None
        with suppress(*_UNREADABLE):
            self._file = path.open("rb", buffering=0)
            self._read_index(self._file, libraries)

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        place = self._places.get(name)
        if place is None or not place.is_current:
            return None
        inside = [str(Path(place.source).parent)] if place.is_package else None
        return spec_from_file_location(
            name,
            place.source,
            loader=_Loader(name, place.source, self),
            submodule_search_locations=inside,
        )

    def bytecode(self, name: str) -> bytes:
        """Raises one of `_UNREADABLE` once the file is closed."""
        place = self._places[name]
        with self._lock:
            assert self._file is not None, "it has places only from a file"
            self._file.seek(self._begin + place.offset)
            return self._file.read(place.length)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _read_index(self, file: BinaryIO, libraries: tuple[str, ...]) -> None:
        if file.read(len(MAGIC_NUMBER)) != MAGIC_NUMBER:
            return
        length = int.from_bytes(file.read(LENGTH_BYTES), "little")
        made_for, rows = marshal.loads(file.read(length))
        if made_for == libraries:
            self._begin = file.tell()
            self._places = {name: Place(*row) for name, row in rows.items()}


class _Loader(SourceFileLoader):
    """Python's own, but for where the bytecode comes from."""

    def __init__(self, name: str, source: str, finder: _Finder) -> None:
        super().__init__(name, source)
        self._finder = finder

    def get_code(self, fullname: str) -> CodeType | None:
        with suppress(*_UNREADABLE):
            code = marshal.loads(self._finder.bytecode(fullname))
            if isinstance(code, CodeType):
                return code
        return super().get_code(fullname)


def _keep(path: Path, libraries: tuple[str, ...]) -> None:
    """Write the file anew if it lacks much of what was loaded."""
    loaded = list(_loaded())
    lacking = sum(not isinstance(spec.loader, _Loader) for spec in loaded)
    if lacking < WORTH_WRITING:
        return
    rows: dict[str, Any] = {}
    codes: list[bytes] = []
    offset = 0
    for spec in loaded:
        source, code = str(spec.origin), _code(spec)
        if code:
            is_package = spec.submodule_search_locations is not None
            rows[spec.name] = tuple(Place(source, _pyc_head(source), is_package, offset, len(code)))
            codes.append(code)
            offset += len(code)
    index = marshal.dumps((libraries, rows))
    length = len(index).to_bytes(LENGTH_BYTES, "little")
    write(path, b"".join((MAGIC_NUMBER, length, index, *codes)))


def write(path: Path, contents: bytes) -> None:
    """In one go: another start may read it. Raises OSError."""
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(contents)
    fresh.replace(path)


def _loaded() -> Iterator[ModuleSpec]:
    """Modules that Python loaded from their source, or from what it keeps of it."""
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        if spec and spec.name == name and isinstance(spec.loader, SourceFileLoader):
            yield spec


def _code(spec: ModuleSpec) -> bytes:
    """What Python keeps for the source as it is now; empty when it keeps nothing."""
    try:
        compiled = Path(str(spec.cached)).read_bytes()
        head = _pyc_head(str(spec.origin))
    except OSError:
        return b""
    return compiled[PYC_HEAD_BYTES:] if compiled.startswith(head) else b""


def _pyc_head(source: str) -> bytes:
    """As Python writes it for a source of this age, in seconds, and size; raises OSError."""
    state = os.stat(source)  # noqa: PTH116  # a Path for each of 800 takes 3 ms
    numbers = (0, int(state.st_mtime) & 0xFFFFFFFF, state.st_size & 0xFFFFFFFF)
    return MAGIC_NUMBER + b"".join(number.to_bytes(4, "little") for number in numbers)
