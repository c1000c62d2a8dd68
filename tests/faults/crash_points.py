"""Names the moments between which the app could end: around each commit, send, receive and rename.

The app knows nothing of it: what is wrapped lies at its boundary (SQLite's connection, the
system's calls on files, the stream under the HTTP client, the start of a process).
"""

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from beatra_desktop.api import sockets

PassBy = Callable[[str], None]
"""Called with the name of a moment, on the thread it is reached on."""

_FILE_CALLS: Final = {
    "replace": "renaming",
    "rename": "renaming",
    "link": "naming",
    "unlink": "unlinking",
    "fsync": "flushing",
}
_REQUEST_LINE: Final = re.compile(rb"^([A-Z]+) (\S+) HTTP/1\.1\r\n")
_PATHS: Final = (
    (re.compile(r"^/v1/tasks/[^/]+/cancel$"), "/tasks/ID/cancel"),
    (re.compile(r"^/v1/tasks/[^/]+$"), "/tasks/ID"),
    (re.compile(r"^/media/.*$"), "/media"),
    (re.compile(r"^/v1"), ""),
)


def watch(pass_by: PassBy, folder: Path) -> None:
    """From now on `pass_by` hears of every such moment in this process; of files, in `folder`."""
    _watch_commits(pass_by)
    _watch_files(pass_by, folder)
    _watch_streams(pass_by)
    _watch_processes(pass_by)


def _watch_commits(pass_by: PassBy) -> None:
    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
            if sql != "COMMIT":
                return super().execute(sql, *parameters)
            pass_by("before a commit")
            cursor = super().execute(sql, *parameters)
            pass_by("after a commit")
            return cursor

    connect = sqlite3.connect
    _replace(sqlite3, "connect", lambda *a, **named: connect(*a, factory=Connection, **named))


def _watch_files(pass_by: PassBy, folder: Path) -> None:
    def watched(call: Callable[..., Any], verb: str) -> Callable[..., Any]:
        def called(first: Any, *rest: Any, **named: Any) -> Any:
            thing = _thing(_path_of(first), folder)
            if not thing:
                return call(first, *rest, **named)
            pass_by(f"before {verb} {thing}")
            result = call(first, *rest, **named)
            pass_by(f"after {verb} {thing}")
            return result

        return called

    for name, verb in _FILE_CALLS.items():
        _replace(os, name, watched(getattr(os, name), verb))


def _path_of(first: Any) -> Path:
    """What a call is about: a path, or a file that is open."""
    return Path(f"/proc/self/fd/{first}").readlink() if isinstance(first, int) else Path(first)


def _thing(path: Path, folder: Path) -> str:
    """What a file is for; empty for what is none of the user's."""
    if not path.is_relative_to(folder):
        return ""
    if path.name.endswith(".beatra.json"):
        return "a sidecar"
    if path.suffix == ".part":
        return "a temporary file"
    if path.name.startswith(".") and ".part" in path.suffixes:
        return "an unfinished clip"
    if path.suffix == ".mp3":
        return "a clip"
    return "a folder" if path.is_dir() else ""


def _watch_streams(pass_by: PassBy) -> None:
    write, read = sockets._Stream.write, sockets._Stream.read

    async def watched_write(self: Any, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        found = _REQUEST_LINE.match(buffer)
        if found is not None:
            self.watched = [_request_name(found[1].decode(), found[2].decode()), 0]
        part = "" if found else "the body of "
        pass_by(f"before sending {part}{self.watched[0]}")
        await write(self, buffer, timeout)
        pass_by(f"after sending {part}{self.watched[0]}")

    async def watched_read(self: Any, max_bytes: int, timeout: float | None = None) -> bytes:
        received = await read(self, max_bytes, timeout)
        self.watched[1] += 1
        which = "the first" if self.watched[1] == 1 else "a later"
        pass_by(f"after {which} piece of the answer to {self.watched[0]}")
        return received

    _replace(sockets._Stream, "write", watched_write)
    _replace(sockets._Stream, "read", watched_read)


def _request_name(method: str, target: str) -> str:
    path = target.partition("?")[0]
    for pattern, name in _PATHS:
        path, count = pattern.subn(name, path)
        if count:
            break
    return f"{method} {path}"


def _watch_processes(pass_by: PassBy) -> None:
    class Process(subprocess.Popen[Any]):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            pass_by("before starting the sandbox")
            super().__init__(*arguments, **named)
            pass_by("after starting the sandbox")

    _replace(subprocess, "Popen", Process)


def _replace(owner: Any, name: str, watched: Any) -> None:
    setattr(owner, name, watched)
