"""What the command line promises."""

import re
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop import __version__

KEY = "sk-sandbox-canary-7391"


def test_version_and_help(run: Any) -> None:
    version = run("--version")
    assert (version.code, version.output) == (0, f"beatra-desktop {__version__}\n")
    help_text = run("--help")
    assert help_text.code == 0
    for option in ("--data-dir", "--profile", "--base-url", "--tour", "--version"):
        assert option in help_text.output


def test_an_option_that_does_not_exist(run: Any) -> None:
    outcome = run("--data-dirr", "x")
    assert outcome.code == 2
    assert "--data-dirr" in outcome.terminal


def test_without_a_screen_it_says_so(run: Any, data_dir: Path) -> None:
    outcome = run("--data-dir", str(data_dir), environment={"QT_QPA_PLATFORM": ""})
    assert (outcome.code, outcome.output) == (2, "")
    assert re.fullmatch(r"[^\n]*no screen[^\n]*--tour[^\n]*\.\n", outcome.terminal)
    assert not data_dir.exists()


@pytest.mark.parametrize(("name", "phase"), [("sandbox", "ready"), ("Beatra", "needs_key")])
def test_a_named_profile_is_active_from_the_start(start: Any, name: str, phase: str) -> None:
    app = start("--profile", name)
    found = app.do("connect")
    assert (found["profile"].lower(), found["phase"]) == (name.lower(), phase)
    assert app.quit() == 0


def test_a_named_profile_is_for_this_run_only(start: Any) -> None:
    app = start("--profile", "beatra")
    app.do("connect")
    assert app.quit() == 0
    again = start()
    assert again.do("connect")["profile"] == "Sandbox"
    assert again.quit() == 0


def test_an_unknown_profile_is_refused(run: Any, data_dir: Path) -> None:
    outcome = run("--data-dir", str(data_dir), "--profile", "Beetra")
    assert outcome.code == 2
    assert re.fullmatch(r"[^\n]*“Beetra”[^\n]*\.\n", outcome.terminal)


def test_the_key_of_the_environment_is_kept_in_memory_only(
    start: Any, service: Any, data_dir: Path
) -> None:
    server = service("--speed", "20")
    app = start("--base-url", server.base_url, environment={"BEATRA_API_KEY": server.api_key})
    found = app.do("connect")
    assert found["phase"] == "ready"
    app.do("ask", text="echo: hello")
    assert app.do("answer")["status"] == "complete"
    assert app.quit() == 0
    assert_nowhere(server.api_key, data_dir)


def test_no_child_inherits_the_key(start: Any) -> None:
    app = start("--profile", "Sandbox", environment={"BEATRA_API_KEY": KEY})
    assert app.do("connect")["phase"] == "ready"
    assert KEY.encode() not in Path(f"/proc/{app.sandbox_pid}/environ").read_bytes()
    assert app.quit() == 0


def test_a_wrong_key_is_named_and_written_nowhere(start: Any, service: Any, data_dir: Path) -> None:
    server = service()
    app = start("--base-url", server.base_url, environment={"BEATRA_API_KEY": KEY})
    found = app.do("connect")
    assert found["phase"] == "bad_key"
    assert found["failure"]["code"] == "invalid_key"
    app.do("ask", text="echo: hello")
    answer = app.do("answer")
    assert answer["status"] == "failed"
    assert answer["failure"]["code"] == "invalid_key"
    assert [m["text"] for m in app.do("conversation")] == ["echo: hello", ""]
    assert app.quit() == 0
    assert_nowhere(KEY, data_dir)


@pytest.mark.parametrize("text", ["two words", "ключ", "sk-with\nnewline"])
def test_what_cannot_be_a_key_is_refused(run: Any, data_dir: Path, text: str) -> None:
    address = ("--base-url", "http://127.0.0.1:9/v1")
    outcome = run("--data-dir", str(data_dir), *address, environment={"BEATRA_API_KEY": text})
    assert outcome.code == 2
    assert outcome.terminal.startswith("BEATRA_API_KEY: ")
    assert text not in outcome.terminal


def assert_nowhere(key: str, folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "beatra.db" for path in files)
    assert [path for path in files if key.encode() in path.read_bytes()] == []
