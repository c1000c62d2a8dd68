"""Links to files: ranges, expiry, retention (contract §4, §10 U12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox.conftest import Launch, Sandbox

DATA = bytes(range(256)) * 40


@pytest.fixture
def url(sandbox: Sandbox) -> str:
    return str(sandbox.upload(DATA).json()["url"])


def test_whole_file_without_a_key(sandbox: Sandbox, url: str) -> None:
    answer = sandbox.http.get(url)
    assert answer.status_code == 200
    assert answer.content == DATA
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == str(len(DATA))
    assert answer.headers["ETag"]
    assert sandbox.journal()[-1]["authorized"] is False


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=100-199", 100, 200), ("bytes=10000-", 10000, 10240), ("bytes=-40", 10200, 10240)],
)
def test_ranges(sandbox: Sandbox, url: str, asked: str, start: int, end: int) -> None:
    answer = sandbox.http.get(url, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.content == DATA[start:end]
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(DATA)}"


def test_range_beyond_the_end(sandbox: Sandbox, url: str) -> None:
    answer = sandbox.http.get(url, headers={"Range": "bytes=10240-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(DATA)}"


def test_if_range_of_another_file_gives_the_whole(sandbox: Sandbox, url: str) -> None:
    etag = sandbox.http.get(url).headers["ETag"]
    same = sandbox.http.get(url, headers={"Range": "bytes=5-", "If-Range": etag})
    other = sandbox.http.get(url, headers={"Range": "bytes=5-", "If-Range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_head_has_the_length_only(sandbox: Sandbox, url: str) -> None:
    answer = sandbox.http.head(url)
    assert answer.headers["Content-Length"] == str(len(DATA))
    assert answer.content == b""


def test_link_expires_and_reading_the_task_gives_a_fresh_one(sandbox: Sandbox) -> None:
    task = sandbox.finished(sandbox.music().json()["task_id"])
    old: dict[str, Any] = task["output"]["clips"][0]["audio"]
    sandbox.advance(3601)
    expired = sandbox.http.get(old["url"])
    assert expired.status_code == 410
    assert expired.json()["error"]["code"] == "artifact_not_found"
    fresh = sandbox.task(task["task_id"])["output"]["clips"][0]["audio"]
    assert fresh["artifact_id"] == old["artifact_id"]
    assert sandbox.http.get(fresh["url"]).status_code == 200


def test_life_of_links_can_be_set(sandbox: Sandbox) -> None:
    sandbox.set(link_seconds=10.0)
    url = sandbox.upload(DATA).json()["url"]
    sandbox.advance(11)
    assert sandbox.http.get(url).status_code == 410


def test_files_are_gone_after_retention(sandbox: Sandbox) -> None:
    task = sandbox.finished(sandbox.music().json()["task_id"])
    sandbox.advance(31 * 86400)
    url = sandbox.task(task["task_id"])["output"]["clips"][0]["audio"]["url"]
    answer = sandbox.http.get(url)
    assert answer.status_code == 410
    assert "no longer kept" in answer.json()["error"]["message"]


@pytest.mark.parametrize("change", [("signature=", "signature=0"), ("expires=", "expires=9")])
def test_forged_links_do_not_work(sandbox: Sandbox, url: str, change: tuple[str, str]) -> None:
    assert sandbox.http.get(url.replace(*change)).status_code == 410


def test_unknown_file(sandbox: Sandbox, url: str) -> None:
    path, _, query = url.partition("?")
    assert sandbox.http.get(f"{path}x?{query}").status_code == 404
    assert sandbox.http.get(f"{sandbox.origin}/media/..%2Fsandbox.db").status_code == 404


def test_fault_expires_a_link_once(sandbox: Sandbox, url: str) -> None:
    sandbox.fault("/media/*", expired=True)
    assert [sandbox.http.get(url).status_code for _ in range(2)] == [410, 200]


def test_assets_page_plays_the_clips(sandbox: Sandbox) -> None:
    task = sandbox.finished(sandbox.music(title="<Lamps>").json()["task_id"])
    page = sandbox.http.get(task["links"]["assets"])
    assert page.text.count("<audio") == 2
    assert "&lt;Lamps&gt;" in page.text


def test_old_and_ownerless_files_are_deleted_at_the_start(start: Launch, data_dir: Path) -> None:
    before = start("--data-dir", str(data_dir))
    before.upload(DATA)
    before.advance(31 * 86400)
    kept = before.upload(DATA).json()
    before.stop()
    (data_dir / "files" / "incoming_1").write_bytes(b"half an upload")
    after = start("--data-dir", str(data_dir))
    assert [path.stem for path in (data_dir / "files").iterdir()] == [kept["artifact_id"]]
    after.stop()
