"""The sandbox as a child process: on demand, again after its death, never an orphan."""

import asyncio
import gc
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from beatra_desktop.sandbox_child import begin, command
from beatra_desktop.services.sandbox import SandboxDown, SandboxProcess

pytestmark = pytest.mark.asyncio

PATIENCE_SECONDS = 20.0
READY = '{"base_url": "http://127.0.0.1:1/v1", "api_key": "sk-sandbox-1", "admin_url": "http://x"}'


def _script(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def _noisy() -> list[str]:
    """A server that writes more to its standard error than any pipe holds."""
    noise = "sys.stderr.write('x' * 1_000_000); sys.stderr.flush()"
    return _script(f"import sys; print('{READY}', flush=True); {noise}; sys.stdin.read()")


@pytest.fixture
def started() -> Iterator[list[SandboxProcess]]:
    """What is put in here is closed after the test."""
    processes: list[SandboxProcess] = []
    yield processes
    for process in processes:
        process.close()


def _pid(process: SandboxProcess) -> int:
    child = process._process
    assert child is not None
    return child.pid


def _is_up(base_url: str) -> bool:
    with urllib.request.urlopen(f"{base_url}/health", timeout=PATIENCE_SECONDS) as answer:
        return bool(answer.status == 200)


async def test_it_starts_on_demand_once_and_again_after_it_died(
    tmp_path: Path, started: list[SandboxProcess]
) -> None:
    process = SandboxProcess(command(tmp_path))
    started.append(process)
    first, same = await asyncio.gather(process.address(), process.address())
    assert first == same
    assert await asyncio.to_thread(_is_up, first.base_url)
    assert first.api_key not in repr(first)
    os.kill(_pid(process), signal.SIGKILL)
    assert process._process is not None
    await asyncio.to_thread(process._process.wait)
    second = await process.address()
    assert await asyncio.to_thread(_is_up, second.base_url)


async def test_one_that_does_not_start_gives_its_last_words(
    started: list[SandboxProcess],
) -> None:
    process = SandboxProcess(_script("import sys; sys.exit('first line\\nThe port is taken.')"))
    started.append(process)
    with pytest.raises(SandboxDown, match=r"^The port is taken\.$"):
        await process.address()
    silent = SandboxProcess(_script("pass"))
    started.append(silent)
    with pytest.raises(SandboxDown, match="without a word"):
        await silent.address()
    missing = SandboxProcess(["/nowhere/python"])
    with pytest.raises(SandboxDown, match="/nowhere/python"):
        await missing.address()


async def test_a_server_that_says_much_is_not_held_up(started: list[SandboxProcess]) -> None:
    process = SandboxProcess(_noisy())
    started.append(process)
    await process.address()
    child = process._process
    assert child is not None
    process.close()
    assert child.returncode == 0, "it had to be killed"


async def test_a_canceled_caller_does_not_disturb_the_start(
    tmp_path: Path, started: list[SandboxProcess]
) -> None:
    process = SandboxProcess(command(tmp_path))
    started.append(process)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(process.address(), 0.05)
    pid = await asyncio.to_thread(_wait_for_pid, process)
    await process.address()
    assert _pid(process) == pid


async def test_a_start_that_fails_after_its_caller_went_is_no_bug(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    go_on = tmp_path / "go on"
    waiting = (
        f"import pathlib, time\nwhile not pathlib.Path({str(go_on)!r}).exists(): time.sleep(.01)"
    )
    process = SandboxProcess(_script(waiting))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await process.address()
    launched = process._launched
    assert launched is not None
    go_on.touch()
    await asyncio.wait({launched})
    process.close()
    process._launched = None
    del launched
    gc.collect()
    assert not [record for record in caplog.records if "never retrieved" in record.getMessage()]


async def test_closing_ends_one_that_is_still_starting() -> None:
    process = SandboxProcess(_script("import sys; sys.stdin.read()"))
    waiting = asyncio.gather(process.address(), return_exceptions=True)
    await asyncio.to_thread(_wait_for_pid, process)
    child = process._process
    assert child is not None
    process.close()
    [error] = await waiting
    assert isinstance(error, SandboxDown)
    assert child.returncode is not None
    with pytest.raises(SandboxDown):
        await process.address()


async def test_one_that_was_begun_before_is_taken_if_it_lives(
    tmp_path: Path, started: list[SandboxProcess]
) -> None:
    begun = begin(command(tmp_path))
    process = SandboxProcess(["/nowhere/python"], begun)
    started.append(process)
    assert await asyncio.to_thread(_is_up, (await process.address()).base_url)
    assert _pid(process) == begun.process.pid
    dead = begin(_script("pass"))
    await asyncio.to_thread(dead.process.wait)
    again = SandboxProcess(command(tmp_path / "again"), dead)
    started.append(again)
    assert await asyncio.to_thread(_is_up, (await again.address()).base_url)


async def test_one_that_was_begun_and_never_wanted_ends_too() -> None:
    begun = begin(_script("import sys; sys.stdin.read()"))
    SandboxProcess([], begun).close()
    assert begun.process.returncode == 0


async def test_no_orphan_stays_when_the_app_is_killed(tmp_path: Path) -> None:
    app = (
        "import asyncio, sys, time; from pathlib import Path\n"
        "from beatra_desktop.sandbox_child import command\n"
        "from beatra_desktop.services.sandbox import SandboxProcess\n"
        f"process = SandboxProcess(command(Path({str(tmp_path)!r})))\n"
        "asyncio.run(process.address())\n"
        "print(process._process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = await asyncio.to_thread(
        subprocess.Popen, _script(app), stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    pid = int(await asyncio.to_thread(parent.stdout.readline))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while _runs(pid):  # noqa: ASYNC110  # the kernel tells nobody but the parent
            await asyncio.sleep(0.02)


def _wait_for_pid(process: SandboxProcess) -> int:
    while process._process is None:
        os.sched_yield()
    return process._process.pid


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False
