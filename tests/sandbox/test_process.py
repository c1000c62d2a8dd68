"""The program: its one line, its exits, its folder (design: command line)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from beatra_desktop.sandbox.launch import listening
from beatra_desktop.sandbox.options import Options

if TYPE_CHECKING:
    from tests.sandbox.conftest import Launch, Sandbox

POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="POSIX signals and permissions")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "beatra_desktop.sandbox", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def open_stream(sandbox: Sandbox) -> threading.Thread:
    """Start reading an answer that would take hours."""
    sandbox.set(tokens_per_second=0.01)
    began = threading.Event()

    def read() -> None:
        body = {"model": "auto", "stream": True, "messages": [{"role": "user", "content": "hi"}]}
        url = f"{sandbox.base_url}/chat/completions"
        try:
            with sandbox.http.stream(
                "POST", url, json=body, headers=sandbox.authorization
            ) as answer:
                for _ in answer.iter_lines():
                    began.set()
        except httpx.TransportError:
            return

    thread = threading.Thread(target=read)
    thread.start()
    assert began.wait(30)
    return thread


def hold_an_answer(sandbox: Sandbox) -> threading.Thread:
    """Ask for something that is answered in hours."""
    sandbox.fault("/v1/models", delay_seconds=3600)

    def ask() -> None:
        with contextlib.suppress(httpx.TransportError):
            sandbox.call("GET", "/models")

    thread = threading.Thread(target=ask)
    thread.start()
    sandbox.until(lambda: any(e["path"] == "/v1/models" for e in sandbox.journal()))
    return thread


def test_ready_line_names_key_and_addresses(start: Launch) -> None:
    running = start()
    assert running.base_url.startswith("http://127.0.0.1:")
    assert running.base_url.endswith("/v1")
    assert running.api_key.startswith("sk-sandbox-")
    assert running.admin_url == f"{running.origin}/_sandbox"


@POSIX_ONLY
def test_sigterm_ends_quickly_and_quietly_with_open_streams(start: Launch) -> None:
    running = start()
    thread = open_stream(running)
    held = hold_an_answer(running)
    running.music()
    running.process.terminate()
    words = running.process.communicate(timeout=5)
    thread.join()
    held.join()
    assert running.process.returncode == 0
    assert words == ("", "")


def test_parent_pipe_ends_it(start: Launch) -> None:
    running = start("--parent-pipe")
    thread = open_stream(running)
    assert running.process.stdin is not None
    running.process.stdin.close()
    assert running.process.wait(5) == 0
    thread.join()


def test_without_parent_pipe_stdin_does_not_matter(start: Launch) -> None:
    running = start()
    assert running.process.stdin is not None
    running.process.stdin.close()
    assert running.call("GET", "/models").status_code == 200
    assert running.process.poll() is None


def test_the_date_of_answers_moves_on(start: Launch) -> None:
    running = start()
    first = running.call("GET", "/models").headers["Date"]
    running.until(lambda: running.call("GET", "/models").headers["Date"] != first)


def test_port_in_use_is_said_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("--port", str(port))
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert f"port {port}" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7"])
def test_host_that_is_not_ours(host: str) -> None:
    ended = run("--host", host)
    assert ended.returncode == 2
    assert host in ended.stderr
    assert "Traceback" not in ended.stderr


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    ended = run("--data-dir", str(tmp_path / "file" / "folder"))
    assert ended.returncode == 2
    assert str(tmp_path) in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_damaged_database_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "sandbox.db").write_bytes(b"this is no database " * 100)
    ended = run("--data-dir", str(tmp_path))
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1


def test_folder_in_use_by_another_sandbox(start: Launch, data_dir: Path) -> None:
    start("--data-dir", str(data_dir))
    ended = run("--data-dir", str(data_dir))
    assert ended.returncode == 2
    assert "Another sandbox" in ended.stderr


def test_key_is_kept_in_the_data_dir(start: Launch, data_dir: Path) -> None:
    first = start("--data-dir", str(data_dir))
    first.stop()
    assert start("--data-dir", str(data_dir)).api_key == first.api_key
    assert start().api_key != first.api_key


@POSIX_ONLY
def test_temporary_folder_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                     start: Launch) -> None:  # fmt: skip
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    running = start()
    running.upload(b"data")
    assert len(list(tmp_path.glob("beatra-sandbox-*/files/*"))) == 1
    running.stop()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [("--speed", "0"), ("--port", "70000"), ("--upstream", "localhost"), ("--colour", "blue")],
)
def test_bad_arguments(arguments: tuple[str, str]) -> None:
    assert run(*arguments).returncode == 2


def test_ipv6(start: Launch) -> None:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            pass
    except OSError:
        pytest.skip("no IPv6 here")
    running = start("--host", "::1")
    assert running.base_url.startswith("http://[::1]:")
    assert running.call("GET", "/models").status_code == 200


def test_what_is_said_is_not_held_back() -> None:
    """Else what follows the head of an answer waits 40 ms for the client to own up to the head."""

    async def is_sent_at_once() -> bool:
        accepted: asyncio.Queue[asyncio.StreamWriter] = asyncio.Queue()

        def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted.put_nowait(writer)

        with listening(Options()) as listener:
            async with await asyncio.start_server(accept, sock=listener):
                _, ours = await asyncio.open_connection(*listener.getsockname())
                theirs = await accepted.get()
                option = theirs.get_extra_info("socket").getsockopt(
                    socket.IPPROTO_TCP, socket.TCP_NODELAY
                )
                ours.close()
                theirs.close()
        return bool(option)

    assert asyncio.run(is_sent_at_once())
