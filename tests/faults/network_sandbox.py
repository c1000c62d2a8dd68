"""One sandbox for all cases of a process, started anew when a case wants that."""

import asyncio
import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
import urllib.request
from functools import cache
from pathlib import Path
from typing import Any, Final

SPEED: Final = 200.0
ROOT: Final = Path(__file__).parents[2]
PROGRAM: Final = Path(__file__).with_name("network_sandbox_main.py")
PATIENCE_SECONDS: Final = 30.0


class SharedSandbox:
    """`port` changes with every start; the data folder stays."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="sandbox-", ignore_cleanup_errors=True)
        self.data = Path(self._folder.name)
        self.port = 0
        self.api_key = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()

    def start(self) -> None:
        options = ["--data-dir", str(self.data), "--speed", str(SPEED), "--seed", "1"]
        # Without its own folder on the path: modules there are named like Python's.
        process = subprocess.Popen(
            [sys.executable, "-P", str(PROGRAM), *options, "--parent-pipe"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        self.port = int(ready["base_url"].rpartition(":")[2].partition("/")[0])
        self.api_key = ready["api_key"]
        self._process = process

    def kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()
        process.wait()

    @property
    def is_up(self) -> bool:
        return not self._starting.locked()

    async def restart(self) -> None:
        """Kill it where it stands and start it again on what it had on disk."""
        await asyncio.to_thread(self._restart)

    def _restart(self) -> None:
        with self._starting:
            self.kill()
            self.start()

    async def admin(self, method: str, path: str, body: object = None) -> Any:
        return await asyncio.to_thread(self._admin, method, path, body)

    def _admin(self, method: str, path: str, body: object) -> Any:
        with self._starting:
            return self._fetched(method, path, body)

    def _fetched(self, method: str, path: str, body: object) -> Any:
        url = f"http://127.0.0.1:{self.port}/_sandbox/{path}"
        request = urllib.request.Request(url, method=method)
        if body is not None:
            request.data = json.dumps(body).encode()
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            return json.loads(answer.read())

    def close(self) -> None:
        self.kill()
        self._folder.cleanup()


@cache
def shared() -> SharedSandbox:
    """The sandbox of this process; it ends with it."""
    sandbox = SharedSandbox()
    sandbox.start()
    atexit.register(sandbox.close)
    return sandbox
