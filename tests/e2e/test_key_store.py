"""The whole app with a real key store: what is kept over restarts, and what a user reads if not."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from tests.e2e.app_process import App, start_app
from tests.secret_service import WRONG, KeyStore, key_store

KEY: Final = "sk-canary-7d1f02c9e4b8"
DRIVER: Final = ("-m", "tests.faults.secrets_drive")
PROMPT_CALLS_SECONDS: Final = 2.0

Open = Callable[..., Any]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KeyStore]:
    with key_store(tmp_path / "keys") as found:
        yield found


@pytest.fixture
def opened(home: Mapping[str, str], tmp_path: Path) -> Open:
    """`with opened(variables) as app`: the driven app, quit at the end of the block."""

    @contextmanager
    def run(variables: Mapping[str, str]) -> Iterator[App]:
        terminal = tmp_path / "terminal.txt"
        app = start_app(tmp_path / "data", terminal, {**home, **variables}, driver=DRIVER)
        app.expected = [".*The key store failed with"]
        try:
            yield app
            assert app.quit() == 0
            assert app.unexpected() == []
        finally:
            app.clean_up()

    return run


def _save(app: App) -> None:
    left = app.do("enter_key", profile="beatra", backwards=KEY[::-1], session_only=False)
    assert left == ""


def _said(app: App) -> str:
    return " ".join(app.do("spoken"))


def test_a_key_outlives_restarts_and_a_lock(opened: Open, store: KeyStore, tmp_path: Path) -> None:
    store.start()
    with opened(store.variables) as app:
        app.do("connect")
        _save(app)
        assert app.do("notices") == []
        app.do("activate", profile="beatra")
    store.stop()
    store.start(WRONG)
    with opened(store.variables) as app:
        found = app.do("connect")
        assert (found["phase"], found["key_hint"]) == ("needs_key", "")
        app.do("open_profiles")
        assert "The key store is locked. What it already holds stays there." in _said(app)
        store.stop()
        store.start()
        assert app.do("test_key_store").endswith("Works: keys are kept here and in no file.")
        assert app.do("recheck")["key_hint"] == "sk-…e4b8"
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and _holds_key(path)]


def test_a_key_entered_while_the_store_was_locked_is_kept_by_a_test_once_it_is_open(
    opened: Open, store: KeyStore
) -> None:
    store.start()
    store.stop()
    store.start(WRONG)
    with opened(store.variables) as app:
        app.do("connect")
        _save(app)
        said = "The key store is locked. The key works until you quit and is written nowhere."
        assert said in _said(app)
        store.stop()
        store.start()
        app.do("test_key_store")
        app.do("activate", profile="beatra")
    with opened(store.variables) as app:
        assert app.do("connect")["key_hint"] == "sk-…e4b8"


def test_a_prompt_nobody_answers_does_not_hold_up_the_window(
    opened: Open, tmp_path: Path, display: Mapping[str, str]
) -> None:
    with key_store(tmp_path / "keys", display) as store:
        store.start()
        store.stop()
        store.start(WRONG)
        with opened({**store.variables, **display}) as app:
            app.do("connect")
            app.do("begin_entering", profile="beatra", backwards=KEY[::-1])
            for _ in range(3):
                begun = time.monotonic()
                app.do("write", text="meanwhile")
                assert time.monotonic() - begun < PROMPT_CALLS_SECONDS
            assert app.do("is_saving_key")
            app.do("until_key_saved")
            said = "The key store did not answer; it may be showing a password prompt."
            assert f"{said} The key works until you quit" in _said(app)


def _holds_key(path: Path) -> bool:
    return KEY.encode() in path.read_bytes()
