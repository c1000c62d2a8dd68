"""The whole app as a process of its own, driven through its real window (see `drive.py`)."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.app_process import FAST, PATIENCE_SECONDS, ROOT, App, home_environment, start_app

Start = Callable[..., App]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    code: int
    output: str
    terminal: str


Run = Callable[..., Outcome]


@pytest.fixture
def home(tmp_path: Path) -> Mapping[str, str]:
    """The environment of a user without a display, a key store or anything of their own."""
    folder = tmp_path / "home"
    folder.mkdir()
    return home_environment(folder)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def start(home: Mapping[str, str], data_dir: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts the driven app; started again, it finds what it left."""
    apps: list[App] = []

    def started(
        *arguments: str,
        sandbox: Sequence[str] = FAST,
        environment: Mapping[str, str] | None = None,
        data_dir: Path = data_dir,
    ) -> App:
        terminal = tmp_path / f"terminal-{len(apps)}.txt"
        wanted = {**home, **(environment or {})}
        apps.append(start_app(data_dir, terminal, wanted, arguments, sandbox))
        return apps[-1]

    yield started
    for app in apps:
        app.clean_up()
    unexpected = [line for app in apps for line in app.unexpected()]
    assert not unexpected, "\n".join(["written to the terminal:", *unexpected])


@pytest.fixture
def run(home: Mapping[str, str]) -> Run:
    """Runs the app's own command line to its end; an empty variable is left out."""

    def ran(*arguments: str, environment: Mapping[str, str] | None = None) -> Outcome:
        wanted = {**home, **(environment or {})}
        done = subprocess.run(
            [sys.executable, "-m", "beatra_desktop", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS * 1.5,
            check=False,
            env={name: value for name, value in wanted.items() if value},
            cwd=ROOT,
        )
        return Outcome(code=done.returncode, output=done.stdout, terminal=done.stderr)

    return ran


Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def rows(data_dir: Path) -> Rows:
    """Reads the app's database as any other program would."""

    def read(sql: str, *parameters: object) -> list[dict[str, Any]]:
        uri = f"{(data_dir / 'beatra.db').as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql, parameters)]

    return read


@dataclass(frozen=True, kw_only=True)
class Service:
    base_url: str
    api_key: str


@pytest.fixture
def service(home: Mapping[str, str]) -> Iterator[Callable[..., Service]]:
    """Starts a sandbox that is not the app's own, as a service somewhere."""
    servers: list[subprocess.Popen[str]] = []

    def served(*arguments: str) -> Service:
        command = [sys.executable, "-m", "beatra_desktop.sandbox", "--parent-pipe", *arguments]
        server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=home, cwd=ROOT
        )
        servers.append(server)
        assert server.stdout is not None, "opened as a pipe"
        ready = json.loads(server.stdout.readline())
        return Service(base_url=ready["base_url"], api_key=ready["api_key"])

    yield served
    for server in servers:
        server.communicate(timeout=PATIENCE_SECONDS)


@pytest.fixture(scope="session")
def display() -> Iterator[Mapping[str, str]]:
    """A screen nobody looks at, as environment variables."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as file:
        number = file.readline().strip()
    assert number, "Xvfb did not start"
    yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    server.terminate()
    server.wait()
