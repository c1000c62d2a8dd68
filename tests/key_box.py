"""Programs with a key store each, in a Python and a D-Bus session of their own.

Each has its own home folder; whatever one prints is searched for the key.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.secret_service import BARE_BUS

CANARY: Final = "sk-canary-7d1f02c9e4b8"
LIMIT_S: Final = 60
UNLOCK: Final = 'printf %s "$0" | gnome-keyring-daemon --unlock --components=secrets >/dev/null'
PRELUDE: Final = f"""
import asyncio, json, subprocess, sys, threading, traceback
from beatra_desktop.credentials import *
from beatra_desktop.domain.api_keys import MAX_KEY_CHARS
KEY = ApiKey("{CANARY}")
assert "keyring" not in sys.modules

def tell(*values):
    print(json.dumps([None if value is None else str(value) for value in values]))

def tell_info(info):
    tell(info.name, info.state, info.advice_code)

async def tell_failure(call):
    try:
        await call
        tell("no failure")
    except CredentialsUnavailable as error:
        details = traceback.TracebackException.from_exception(error, capture_locals=True)
        print("".join(details.format()), file=sys.stderr)
        tell(type(error).__name__, error.reason)
"""
EPILOGUE: Final = """
ring = OsKeyring(time_limit_s=LIMIT)
asyncio.run(main(ring))
ring.close()
"""


class Box:
    """One home folder on a computer whose D-Bus session lasts for one `run`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.path = [*sys.path]
        self.variables: dict[str, str] = {}

    def run(
        self, main: str, *, session: tuple[str, ...] = (), time_limit_s: float = 10.0
    ) -> list[Any]:
        """What the program told, one list for each `tell`; the canary must not be in its output."""
        body = "async def main(ring):\n" + "".join(f"    {line}\n" for line in main.splitlines())
        program = PRELUDE + body + EPILOGUE.replace("LIMIT", str(time_limit_s))
        done = _run([*session, sys.executable, "-c", program], self._environment())
        assert done.returncode == 0, done.stderr
        assert "canary" not in done.stdout + done.stderr
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]

    def unlocked(self, password: str = "right") -> tuple[str, ...]:
        return (*bus(), "--", "sh", "-c", f'{UNLOCK} && exec "$@"', password)

    def locked(self) -> tuple[str, ...]:
        return self.unlocked("wrong")

    def bare_bus(self) -> tuple[str, ...]:
        config = self.home / "bus.conf"
        config.write_text(BARE_BUS)
        return (*bus(), f"--config-file={config}", "--")

    def _environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(self.path),
            **self.variables,
        }


def _run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """In a process group of its own, so that a hang leaves no D-Bus daemon behind."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        output, errors = process.communicate(timeout=LIMIT_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return subprocess.CompletedProcess(command, process.returncode, output, errors)


def bus() -> tuple[str, ...]:
    for tool in ("dbus-run-session", "gnome-keyring-daemon"):
        if shutil.which(tool) is None:
            pytest.fail(f"{tool} is missing: apt-get install -y dbus gnome-keyring")
    return ("dbus-run-session",)
