"""The log file, and that no secret gets into it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop import logs

CANARY = "sk-canary-5b0e83d7f1a2"
"""No other test's: what one has registered as a secret is taken out without its form."""


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level, raise_exceptions = root.level, logging.raiseExceptions
    yield logs.set_up(tmp_path)
    logs.close()
    root.setLevel(level)
    logging.raiseExceptions = raise_exceptions


@pytest.mark.parametrize(
    "text",
    [
        f"the key is {CANARY}.",
        f"Authorization: Bearer {CANARY}",
        f"authorization:{CANARY}",
        f"{{'Authorization': 'Bearer {CANARY}', 'Accept': '*/*'}}",
        f"(b'Authorization', b'Bearer {CANARY}')",
        f'{{"authorization": "Basic {CANARY}"}}',
        f"Proxy-Authorization: Basic {CANARY}\r\nHost: x",
        f"BEARER {CANARY}",
        f"BEATRA_API_KEY={CANARY} ./run.py",
        f"x-api-key: {CANARY}",
        f'{{"api_key": "{CANARY}"}}',
        f"https://cdn.example/a.mp3?X-Amz-Signature={CANARY}&x=1",
        f"https://me:{CANARY}@proxy.example/",
    ],
)
def test_every_notation_of_a_secret_is_removed(text: str) -> None:
    assert "canary" not in logs.redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer plain-words",
        "{'authorization': 'plain-words and more'}",
        "api_key='plain-words'",
        "https://cdn.example/a.mp3?token=plain-words",
    ],
)
def test_keys_of_any_form_are_removed_where_only_keys_stand(text: str) -> None:
    assert "words" not in logs.redact(text)


def test_what_surrounds_a_secret_stays() -> None:
    text = f"GET https://api.example/v1/tasks?limit=5 failed (key {CANARY}, request req_01K8Z)"
    assert logs.redact(text) == text.replace(CANARY, "sk-[redacted]")


@pytest.mark.parametrize(
    "text",
    ["task-something-long", "the disk-usage of a flask-server", "sk-…9f2c", "invalid_api_key"],
)
def test_harmless_text_is_untouched(text: str) -> None:
    assert logs.redact(text) == text


@given(st.text() | st.text(alphabet="sk-bearer Authorization:='\"api_key&?://@[redacted]"))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = logs.redact(text)
    assert logs.redact(once) == once


def test_a_registered_secret_is_removed_in_any_encoding() -> None:
    secret = 'odd/"key"\\with+marks'
    logs.register_secret(secret)
    for written in (
        secret,
        "odd%2F%22key%22%5Cwith%2Bmarks",
        '{"k": "odd/\\"key\\"\\\\with+marks"}',
    ):
        assert "key" not in logs.redact(f"sent {written} to x")


def test_short_secrets_do_not_make_logs_unreadable() -> None:
    logs.register_secret("test")
    assert logs.redact("a test of the latest") == "a test of the latest"


def test_arguments_exceptions_and_causes_are_redacted(log_file: Path) -> None:
    log = logging.getLogger("somewhere")
    log.warning("calling with %s and %r", CANARY, {"Authorization": f"Bearer {CANARY}"})
    try:
        try:
            raise ValueError(CANARY)
        except ValueError as error:
            raise RuntimeError(f"Bearer {CANARY}") from error
    except RuntimeError:
        log.exception("failed", stack_info=True)
    written = log_file.read_text(encoding="utf-8")
    assert "RuntimeError" in written
    assert "ValueError" in written
    assert "canary" not in written


def test_the_terminal_shows_warnings_without_secrets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], log_file: Path
) -> None:
    logs.set_up(tmp_path)
    logging.getLogger("x").warning("loud %s", CANARY)
    logging.getLogger("x").info("quiet")
    shown = capsys.readouterr().err
    assert "loud sk-[redacted]" in shown
    assert "quiet" not in shown
    assert "quiet" in log_file.read_text(encoding="utf-8")


def test_setting_up_twice_writes_each_line_once(tmp_path: Path, log_file: Path) -> None:
    logs.set_up(tmp_path)
    logging.getLogger("x").info("only once")
    assert log_file.read_text(encoding="utf-8").count("only once") == 1


def test_a_missing_folder_is_no_error_and_leaks_nothing(
    tmp_path: Path, log_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(tmp_path / "gone" / "further")
    logging.getLogger("x").info("key %s", CANARY)
    assert "canary" not in capsys.readouterr().err


def test_the_file_rotates(log_file: Path) -> None:
    for _ in range(25):
        logging.getLogger("x").info("%s", "a" * 100_000)
    assert log_file.with_name(f"{logs.LOG_NAME}.1").exists()
    assert log_file.stat().st_size < 2_100_000


def test_a_line_steers_no_terminal_and_half_characters_are_written_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], log_file: Path
) -> None:
    logs.set_up(tmp_path)
    text = "a \x1b[2J\x1b]0;title\x07\r\x9b1m\u202e\ud83d b\n\tc"
    record = logging.makeLogRecord({"msg": text, "levelno": logging.WARNING})
    # Not by a logger: pytest takes down what it hears and could not pass half a character on.
    for handler in logging.getLogger().handlers:
        if (handler.get_name() or "").startswith(logs.LOG_NAME):
            handler.handle(record)
    written = log_file.read_text(encoding="utf-8")
    assert r"a \x1b[2J\x1b]0;title\x07\r\x9b1m\u202e\ud83d b" in written
    assert written.endswith("b\n\tc\n")
    assert r"\x1b[2J" in capsys.readouterr().err
