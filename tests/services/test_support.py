"""The support report: enough to help, and nothing of the user's."""

import logging
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop import logs
from beatra_desktop.services import support

PROMPT = "a waltz for the lighthouse keeper"
KEY = "sk-live-0123456789abcdef"


def report_of(bench: Any) -> str:
    services = bench.services
    settings = services.settings.settings.value
    return support.report(services.profiles, settings, services.activity.rows)


@pytest.mark.asyncio
async def test_it_tells_versions_connection_and_counts(open_bench: Any) -> None:
    async with open_bench() as bench:
        conversation = bench.services.chat.new_conversation()
        bench.services.chat.send(conversation.id, PROMPT)
        await bench.until(lambda: not bench.services.chat.answering.value)
        text = report_of(bench)
    for fact in ("App: Beatra Desktop", "Qt: 6", "Profile: sandbox", "Connection: ready"):
        assert fact in text
    assert "1 answer done" in text
    assert PROMPT not in text


@pytest.mark.asyncio
async def test_the_end_of_the_log_comes_with_it_without_keys_or_home(
    open_bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    logs.set_up(tmp_path)
    try:
        log = logging.getLogger("beatra_desktop.test")
        for number in range(400):
            log.info("line %d with %s in %s/songs", number, KEY, tmp_path / "home")
        async with open_bench() as bench:
            text = report_of(bench)
    finally:
        logs.close()
    told = text.partition("End of the log:\n")[2].strip().splitlines()
    assert "INFO beatra_desktop.test: line 399 with sk-[redacted] in ~/songs" in told[-1]
    assert told[0].startswith("20"), "a line that was cut is left out"
    assert len("\n".join(told)) <= support.LOG_BYTES
    assert KEY not in text
