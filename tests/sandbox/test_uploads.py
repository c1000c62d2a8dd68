"""Single-shot uploads (contract §3.9)."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sandbox.conftest import Launch, Sandbox

MIB = 1024 * 1024
LIMIT = 100 * MIB
BOUNDARY = "limit-test"


def test_answer_names_the_artifact(sandbox: Sandbox) -> None:
    data = os.urandom(300_000)
    answer = sandbox.upload(
        data, name="Réf 1.mp3", mime="audio/mpeg", purpose="reference_audio",
        metadata='{"local": "u-1"}',
    )  # fmt: skip
    body = answer.json()
    assert answer.status_code == 201
    assert body["object"] == "artifact"
    assert body["purpose"] == "reference_audio"
    assert body["media_type"] == "audio"
    assert body["mime_type"] == "audio/mpeg"
    assert body["filename"] == "Réf 1.mp3"
    assert body["size_bytes"] == len(data)
    assert body["metadata"] == {"local": "u-1"}
    assert sandbox.http.get(body["url"]).content == data
    entry = sandbox.journal()[0]
    assert entry["file_sha256"] == hashlib.sha256(data).hexdigest()
    assert entry["artifact_id"] == body["artifact_id"]


@pytest.mark.parametrize(
    ("name", "mime", "media_type"),
    [
        ("a.png", "image/png", "image"),
        ("a.mp4", "video/mp4", "video"),
        ("a.txt", "text/plain", "file"),
        ("a.mp3", "application/octet-stream", "audio"),
        ("a", "", "file"),
    ],
)
def test_media_type_follows_the_type(
    sandbox: Sandbox, name: str, mime: str, media_type: str
) -> None:
    body = sandbox.upload(b"data", name=name, mime=mime).json()
    assert body["media_type"] == media_type
    assert body["purpose"] == "media_input"


def test_empty_file_is_refused(sandbox: Sandbox) -> None:
    answer = sandbox.upload(b"")
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid_request"
    assert answer.json()["error"]["param"] == "/file"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"metadata": "no json"}, "/metadata"),
        ({"metadata": "[1]"}, "/metadata"),
        ({"media_type": "smell"}, "/media_type"),
        ({"purpose": "x" * 70_000}, "/purpose"),
    ],
)
def test_bad_fields_are_named(sandbox: Sandbox, fields: dict[str, Any], pointer: str) -> None:
    answer = sandbox.upload(b"data", **fields)
    assert answer.status_code == 422
    assert answer.json()["error"]["param"] == pointer


def test_reference_audio_must_be_audio(sandbox: Sandbox) -> None:
    answer = sandbox.upload(b"data", name="a.png", mime="image/png", purpose="reference_audio")
    assert answer.status_code == 422
    assert answer.json()["error"]["param"] == "/file"


@pytest.mark.parametrize(
    "form",
    [
        {"data": {"purpose": "x"}, "files": {"other": b"x"}},
        {"files": [("file", b"x"), ("file", b"y")]},
        {"json": {"file": "x"}},
        {"content": b"--b\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=b"}},
        {"content": b"nonsense", "headers": {"Content-Type": "multipart/form-data; boundary=b"}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
    ],
)
def test_bad_forms_are_refused(sandbox: Sandbox, form: dict[str, Any]) -> None:
    headers = {**sandbox.authorization, **form.pop("headers", {})}
    answer = sandbox.http.post(f"{sandbox.base_url}/uploads", headers=headers, **form)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid_request"


def test_refused_uploads_leave_no_files(start: Launch, data_dir: Path) -> None:
    running = start("--data-dir", str(data_dir))
    running.upload(b"")
    running.upload(b"data", key="k1")
    running.upload(b"data", key="k1")
    assert len(list((data_dir / "files").iterdir())) == 1


def send_zeros(sandbox: Sandbox, size: int) -> tuple[int, dict[str, Any]]:
    """Upload `size` zero bytes without holding them."""
    head = (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=file; filename=big.bin\r\n"
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()

    def body() -> Iterator[bytes]:
        yield head
        for sent in range(0, size, MIB):
            yield bytes(min(MIB, size - sent))
        yield tail

    connection = http.client.HTTPConnection(urlsplit(sandbox.base_url).netloc, timeout=60)
    connection.request("POST", "/v1/uploads", body(), {
        **sandbox.authorization,
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(len(head) + size + len(tail)),
    })  # fmt: skip
    reply = connection.getresponse()
    document = json.loads(reply.read())
    connection.close()
    return reply.status, document


def test_hundred_megabytes_and_not_a_byte_more(sandbox: Sandbox) -> None:
    assert send_zeros(sandbox, LIMIT)[0] == 201
    status, document = send_zeros(sandbox, LIMIT + 1)
    assert status == 413
    assert document["error"]["code"] == "file_too_large"
    assert document["error"]["param"] == "/file"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_does_not_grow_with_the_file(start: Launch) -> None:
    running = start()
    send_zeros(running, MIB)
    before = peak_kib(running)
    send_zeros(running, LIMIT)
    assert peak_kib(running) - before < 16 * 1024


def peak_kib(sandbox: Sandbox) -> int:
    status = Path(f"/proc/{sandbox.process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])
