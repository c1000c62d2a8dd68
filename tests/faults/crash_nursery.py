"""Bears the driven app over and over without loading it each time, which is half of a start.

Reads one JSON object a line, {"plan", "terminal", "environment"}; forks, and answers with the pid
of the child, which is an app in its own right that has imported all it needs. After one more line
it waits for the child's end and answers with its exit code. It ends with its input.
"""

import ctypes
import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, NoReturn

from tests.faults import crash_drive

_PR_SET_PDEATHSIG: Final = 1
_HIGHEST_FILE: Final = 256


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if not pid:
            _live(**order)
        _say(pid)
        if not sys.stdin.readline():  # whoever asked for the child is gone
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        with suppress(BrokenPipeError):
            _say(os.waitstatus_to_exitcode(status))


def _live(*, plan: str, terminal: str, environment: Mapping[str, str]) -> NoReturn:
    """Become the app: with the files, the environment and the name of a process of its own."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    words = os.open(terminal, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    silence = os.open(os.devnull, os.O_RDONLY)
    for number, file in ((0, silence), (1, words), (2, words)):
        os.dup2(file, number)
    os.closerange(3, _HIGHEST_FILE)
    os.environ.clear()
    os.environ.update(environment)
    code = 1
    try:
        code = crash_drive.main(plan)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _say(number: Any) -> None:
    sys.stdout.write(f"{json.dumps(number)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
