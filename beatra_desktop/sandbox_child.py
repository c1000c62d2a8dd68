"""How the built-in sandbox begins, as a child process; loads nothing else of the app."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final, NamedTuple

STOP_SECONDS: Final = 2.0


class Child(NamedTuple):
    """The process, and what it says on its standard error.

    A file, not a pipe: nobody reads along, and a full pipe would stop the server.
    """

    process: "subprocess.Popen[bytes]"
    words: IO[bytes]

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def close(self) -> None:
        """End it, and read no more of what it says."""
        end(self.process)
        pipe_of(self.process.stdout).close()
        self.words.close()


def command(data_dir: Path, extra: Sequence[str] = ()) -> list[str]:
    """How to start the server from this installation; it ends when its standard input closes."""
    program = Path(sys.executable)
    if getattr(sys, "frozen", False):  # a bundle has no interpreter, but a program beside the app
        start = [str(program.with_name(f"beatra-sandbox{program.suffix}"))]
    else:
        start = [str(program), "-m", "beatra_desktop.sandbox"]
    return [*start, "--data-dir", str(data_dir), "--parent-pipe", *extra]


def begin(start: Sequence[str]) -> Child:
    """Raises OSError when there is no such program."""
    words = tempfile.TemporaryFile()  # noqa: SIM115  # closed by whoever takes the child
    try:
        process = subprocess.Popen(
            start,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=words,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        words.close()
        raise
    return Child(process, words)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask the server to end, and end it if it does not."""
    pipe_of(process.stdin).close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def pipe_of(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "opened as a pipe"
    return stream
