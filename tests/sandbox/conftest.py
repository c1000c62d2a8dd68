"""A real sandbox process per session, set back to its beginnings before each test."""

import io
import json
import math
import signal
import struct
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

PATIENCE_S: Final = 60.0
GLANCE_S: Final = 0.02
SHORT_CLIP_S: Final = 2.0
TERMINAL: Final = {"succeeded", "failed", "canceled"}


@dataclass
class Sandbox:
    """A running sandbox and the calls tests make to it."""

    process: subprocess.Popen[str]
    base_url: str
    api_key: str
    admin_url: str
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=PATIENCE_S))

    @property
    def origin(self) -> str:
        return self.base_url.removesuffix("/v1")

    @property
    def authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.api_key}"}

    def call(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, **headers: str
    ) -> httpx.Response:
        """Send to `/v1`; a name like `x_request_id` among the headers means X-Request-Id."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if key is not None:
            named["Idempotency-Key"] = key
        return self.http.request(
            method, self.base_url + path, json=body, headers={**self.authorization, **named}
        )

    def admin(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.http.request(method, f"{self.admin_url}/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def set(self, **settings: Any) -> None:
        self.admin("POST", "settings", settings)

    def advance(self, seconds: float) -> None:
        self.admin("POST", "clock", {"advance_seconds": seconds})

    def fault(self, path: str = "*", *, method: str = "*", nth: int = 1, **action: Any) -> None:
        rule = {"method": method, "path": path, "nth": nth, "action": action}
        self.admin("POST", "faults", rule)

    def journal(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.admin("GET", "journal")["entries"]
        return entries

    def balance(self) -> str:
        return str(self.admin("GET", "settings")["balance"])

    def chat(self, text: str = "echo: hello", *, key: str | None = None, **more: Any) -> Any:
        body = {"model": "auto", "messages": [{"role": "user", "content": text}], **more}
        return self.call("POST", "/chat/completions", body, key=key)

    def music(self, *, key: str | None = None, **fields: Any) -> httpx.Response:
        body = {"prompt": "slow piano waltz", "instrumental": True, **fields}
        route = "reference-audio-to-music" if "reference_audio" in body else "text-to-music"
        return self.call("POST", f"/music/{route}", body, key=key)

    def upload(
        self, data: bytes, *, name: str = "ref.wav", mime: str = "audio/wav",
        key: str | None = None, **fields: str,
    ) -> httpx.Response:  # fmt: skip
        headers = self.authorization | ({} if key is None else {"Idempotency-Key": key})
        return self.http.post(
            f"{self.base_url}/uploads", files={"file": (name, data, mime)}, data=fields,
            headers=headers,
        )  # fmt: skip

    def task(self, task_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"/tasks/{task_id}").json()
        return found

    def until(self, condition: Callable[[], Any]) -> Any:
        """Wait until the condition holds and return what it gave."""
        limit = time.monotonic() + PATIENCE_S
        while not (result := condition()):
            assert time.monotonic() < limit, "waited in vain"
            time.sleep(GLANCE_S)
        return result

    def finished(self, task_id: str) -> dict[str, Any]:
        def ended() -> dict[str, Any] | None:
            task = self.task(task_id)
            return task if task["status"] in TERMINAL else None

        found: dict[str, Any] = self.until(ended)
        return found

    def in_status(self, task_id: str, status: str) -> None:
        self.until(lambda: self.task(task_id)["status"] == status)

    def stop(self) -> int:
        """Ask the process to end, as a service manager would."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)

    def close(self) -> None:
        self.http.close()
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()


Launch = Callable[..., Sandbox]


def launch(*arguments: str) -> Sandbox:
    process = subprocess.Popen(
        [sys.executable, "-m", "beatra_desktop.sandbox", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    ready = json.loads(process.stdout.readline())
    assert ready.pop("event") == "ready"
    return Sandbox(process=process, **ready)


@pytest.fixture(scope="session")
def sandbox_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("sandbox")
    running = launch("--data-dir", str(folder), "--speed", "100")
    yield running
    running.process.terminate()
    words = running.process.communicate(timeout=PATIENCE_S)
    running.close()
    assert words == ("", ""), "a sandbox says nothing after its ready line"


@pytest.fixture
def sandbox(sandbox_process: Sandbox) -> Sandbox:
    """The session's sandbox as good as new, making short clips."""
    sandbox_process.admin("POST", "reset")
    sandbox_process.set(clip_seconds=SHORT_CLIP_S)
    return sandbox_process


@pytest.fixture
def start() -> Iterator[Launch]:
    """Starts sandboxes of the test's own and ends them."""
    running: list[Sandbox] = []

    def started(*arguments: str) -> Sandbox:
        running.append(launch(*arguments))
        return running[-1]

    yield started
    for each in running:
        each.close()


@pytest.fixture(scope="session")
def wav() -> Callable[[float], bytes]:
    """Makes a WAV file with a few beats of sound, `seconds` long."""
    return make_wav


def make_wav(seconds: float) -> bytes:
    rate = 8000
    samples = (
        int(9000 * math.sin(2 * math.pi * 220 * n / rate) * (1 - (n % 4000) / 4000))
        for n in range(int(seconds * rate))
    )
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return data.getvalue()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "sandbox-data"
