"""The search finds a key wherever it is put, so that finding none means something."""

import asyncio
import base64
import json
import os
import socket
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final
from urllib.parse import quote

import pytest

from tests.faults.secrets_search import Canary, in_files, in_processes, in_sockets, in_words

CANARY: Final = Canary(key='sk-abcdEFGH/+="\\12345678ijklMNOP')
WRITTEN: Final[dict[str, Callable[[str], bytes]]] = {
    "plain": str.encode,
    "utf-16": lambda key: key.encode("utf-16"),
    "url": lambda key: f"https://x/?k={quote(key, safe='')}".encode(),
    "json": lambda key: json.dumps({"k": [key]}).encode(),
    "escapes": lambda key: "".join(f"\\u{ord(c):04x}" for c in key).encode(),
    "hex": lambda key: key.encode().hex().encode(),
    "base64": lambda key: base64.b64encode(key.encode()),
    "base64 after one": lambda key: base64.b64encode(b":" + key.encode() + b"tail"),
    "base64 after two": lambda key: base64.b64encode(b"x:" + key.encode()),
    "web-safe base64": lambda key: base64.urlsafe_b64encode(f"Bearer {key}".encode()),
    "without its ends": lambda key: f"…{key[4:-4]}…".encode(),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_it_is_found_in_a_file_in_every_writing(way: str, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "file.bin").write_bytes(b"\0before" + WRITTEN[way](CANARY.key) + b"after")
    (tmp_path / "other.txt").write_text("sk-… and nothing else")
    assert in_files(CANARY, [tmp_path]) == [str(tmp_path / "below" / "file.bin")]


def test_drawn_keys_are_found_after_any_number_of_bytes() -> None:
    for seed in range(40):
        canary = Canary.drawn(Random(seed))
        for before in range(7):
            assert canary.is_in(base64.b64encode(b"b" * before + canary.key.encode()))


def test_it_is_found_in_names_and_in_archives(tmp_path: Path) -> None:
    plain = Canary(key="sk-abcdEFGH12345678ijkl")
    (tmp_path / plain.key).touch()
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("chat.json", plain.key * 50)
    assert sorted(in_files(plain, [tmp_path])) == [
        f"{tmp_path}/all.zip: chat.json", f"{tmp_path}/{plain.key}"
    ]  # fmt: skip


def test_it_is_found_in_what_a_database_no_longer_shows(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE t (x)")
        connection.execute("INSERT INTO t VALUES (?)", (CANARY.key,))
        connection.commit()
        connection.execute("DELETE FROM t")
        connection.commit()
    assert in_files(CANARY, [tmp_path]) == [str(path)]


def test_it_is_found_in_the_log_of_a_database(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "some.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (x)")
        connection.execute("INSERT INTO t VALUES (?)", (CANARY.key,))
        connection.commit()
        assert in_files(CANARY, [tmp_path]) == [str(tmp_path / "some.db-wal")]


@pytest.mark.parametrize("place", ["cmdline", "environ"])
def test_it_is_found_at_a_process(place: str) -> None:
    waiting = [sys.executable, "-c", "input()"]
    words = [CANARY.key] if place == "cmdline" else []
    variables = {"K": CANARY.key} if place == "environ" else {}
    process = subprocess.Popen(
        [*waiting, *words], stdin=subprocess.PIPE, env={**os.environ, **variables}
    )
    arguments = Path(f"/proc/{process.pid}/cmdline")
    while not arguments.read_bytes():
        """The kernel fills it in a little after the program has begun."""
    try:
        assert in_processes(CANARY, [process.pid]) == [f"/proc/{process.pid}/{place}"]
    finally:
        process.communicate(b"\n")


def test_it_is_found_as_the_name_of_a_socket() -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0" + CANARY.key)
        server.listen()
        assert in_sockets(CANARY) == ["/proc/net/unix"]
    assert in_sockets(CANARY) == []


@pytest.mark.parametrize(
    "words", [CANARY.key, [{"a": {"b": [f"Bearer {CANARY.key}"]}}], {CANARY.key: 1}]
)
def test_it_is_found_in_what_the_app_tells(words: object) -> None:
    assert in_words(CANARY, "here", words) == ["here"]
    assert in_words(CANARY, "here", ["sk-…MNOP", None, 3]) == []


class _InASlot:
    __slots__ = ("hidden",)

    def __init__(self, hidden: str) -> None:
        self.hidden = hidden


class _InItsRepr:
    def __repr__(self) -> str:
        return f"<{CANARY.key}>"


def _in_a_closure(key: str) -> Callable[[], str]:
    return lambda: key


async def _in_a_coroutine(key: str) -> str:
    await asyncio.sleep(0)
    return key


def _in_a_generator(key: str) -> Iterator[str]:
    yield ""
    yield key


@pytest.mark.usefixtures("qapp")
def test_it_is_found_in_memory() -> None:
    from tests.faults import secrets_actions

    coroutine, generator = _in_a_coroutine(CANARY.key), _in_a_generator(CANARY.key)
    coroutine.send(None)
    next(generator)
    planted = [
        _InASlot(CANARY.key), _InItsRepr(), _in_a_closure(CANARY.key), coroutine, generator,
        {CANARY.key}, [{"k": (CANARY.key.encode(), 1)}], ValueError(CANARY.key),
    ]  # fmt: skip
    backwards = [text.decode("latin-1")[::-1] for text in CANARY.writings]
    found = "\n".join(secrets_actions.holders(backwards))
    assert len(planted) == 8
    for kind in (
        "_InASlot", "_InItsRepr", "builtins.cell", "builtins.coroutine", "builtins.generator",
        "builtins.set", "builtins.list", "builtins.ValueError",
    ):  # fmt: skip
        assert f"{kind} holds" in found
    coroutine.close()
