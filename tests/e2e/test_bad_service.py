"""Base URLs that lead nowhere good, and a sandbox that can't start."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.http_service import Handler, serving


class _WebSite(Handler):
    """Answers everything with a page, as most of the web does."""

    def do_GET(self) -> None:
        self.answer(200, b"<!doctype html><title>Welcome</title><h1>It works!</h1>")

    do_POST = do_GET


@pytest.fixture
def web_site() -> Iterator[str]:
    with serving(_WebSite) as address:
        yield address


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("not a url", "address"),
        ("", "address"),
        ("ftp://example.com", "http"),
        ("http://example.com/v1", "https"),
        ("https://me:secret@example.com/v1", "key"),
        ("https://example.com/v1?x=1", "?"),
        ("http://127.0.0.1:99999/v1", "address"),
    ],
)
def test_a_base_url_that_is_none_is_refused_with_a_sentence(
    run: Any, data_dir: Path, address: str, word: str
) -> None:
    outcome = run("--data-dir", str(data_dir), "--base-url", address)
    assert outcome.code == 2
    assert outcome.output == ""
    assert outcome.terminal.startswith("--base-url: ")
    assert outcome.terminal.count("\n") == 1
    assert word in outcome.terminal
    assert "secret" not in outcome.terminal
    assert not (data_dir / "beatra.db").exists()


def test_a_web_site_is_no_service(start: Any, web_site: str) -> None:
    app = start("--base-url", web_site)
    found = app.do("connect")
    assert (found["phase"], found["failure"]["code"]) == ("unreachable", "not_a_service")
    app.do("ask", text="Is anybody there?")
    answer = app.do("answer")
    assert answer["status"] == "failed"
    assert app.do("conversation")[0]["text"] == "Is anybody there?"
    assert app.quit() == 0


def test_nobody_listens(start: Any) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # and not listening: nobody else can, either
        app = start("--base-url", f"http://127.0.0.1:{taken.getsockname()[1]}/v1")
        found = app.do("connect")
        assert (found["phase"], found["failure"]["code"]) == ("unreachable", "offline")
        assert app.quit() == 0


def test_a_taken_port_keeps_only_the_sandbox_from_starting(start: Any) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        app = start(sandbox=("--port", str(port)))
        found = app.do("connect")
        assert (found["phase"], found["failure"]["code"]) == ("unreachable", "sandbox_down")
        assert f"port {port}" in found["failure"]["detail"]
        app.do("ask", text="echo: hello")
        assert app.do("answer")["failure"]["code"] == "sandbox_down"
    assert app.do("recheck")["phase"] == "ready"
    assert app.do("conversation")[0]["text"] == "echo: hello"
    assert app.quit() == 0
