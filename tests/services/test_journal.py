"""The journal of a growing text: soon enough on disk, never after its end."""

import asyncio

import pytest

from beatra_desktop.services.journal import JOURNAL_CHARACTERS, JOURNAL_SECONDS, Journal

pytestmark = pytest.mark.asyncio

PROMISED_SECONDS = 1.0
PROMISED_BYTES = 2048


async def test_the_promise_covers_the_widest_characters_and_a_slow_stream() -> None:
    assert JOURNAL_CHARACTERS * len("🎵".encode()) <= PROMISED_BYTES
    assert JOURNAL_SECONDS < PROMISED_SECONDS


async def test_a_little_text_is_saved_by_time() -> None:
    saved: asyncio.Queue[str] = asyncio.Queue()
    journal = Journal(saved.put_nowait)
    journal.note("a")
    journal.note("ab")
    assert saved.empty()
    async with asyncio.timeout(10 * JOURNAL_SECONDS):
        assert await saved.get() == "ab"
    journal.note("abc")
    async with asyncio.timeout(10 * JOURNAL_SECONDS):
        assert await saved.get() == "abc"


async def test_much_text_is_saved_at_once() -> None:
    saved: list[str] = []
    journal = Journal(saved.append)
    text = "x" * JOURNAL_CHARACTERS
    journal.note(text[:-1])
    assert saved == []
    journal.note(text)
    assert saved == [text]
    journal.note(text * 2)
    assert saved == [text, text * 2]
    journal.close()


async def test_flush_saves_once_and_close_forgets() -> None:
    saved: list[str] = []
    journal = Journal(saved.append)
    journal.note("a")
    journal.flush()
    journal.flush()
    assert saved == ["a"]
    journal.note("ab")
    journal.close()
    later: asyncio.Queue[str] = asyncio.Queue()
    Journal(later.put_nowait).note("control")
    async with asyncio.timeout(10 * JOURNAL_SECONDS):
        await later.get()
    assert saved == ["a"]
