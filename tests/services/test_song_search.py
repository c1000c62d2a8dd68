"""Songs are found by their titles, prompts and lyrics, also those nobody typed."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.records import replace
from beatra_desktop.services.song_search import SongSearch
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.search import SongSearchRepository
from tests.services.songs import TASK, Shelf

pytestmark = pytest.mark.asyncio


async def _ask(search: SongSearch, shelf: Shelf, *texts: str) -> list[tuple[str, Any]]:
    answers: list[tuple[str, Any]] = []

    def on_found(text: str, clip_ids: Any) -> None:
        answers.append((text, clip_ids))

    search.found.connect(on_found)
    for text in texts:
        search.look_for(text)
    await asyncio.sleep(0)
    await shelf.settled()
    search.found.disconnect(on_found)
    return answers


async def test_words_are_found_wherever_they_stand(
    database: Database, tone: Path, tmp_path: Path, supervisor: Supervisor
) -> None:
    shelf = Shelf(database, tmp_path / "home", supervisor)
    first, second = shelf.add(tone, "Lamps"), shelf.add(tone, "River")
    shelf.tasks.put_clip(replace(second, lyrics="Count the BOATS\nthat pass"))
    database.flush()
    search = SongSearch(
        SongSearchRepository(database),
        clips=shelf.tasks.clips,
        supervisor=supervisor,
        notices=shelf.notices,
    )
    both = frozenset({first.id, second.id})  # clips of one task are found together
    assert await _ask(search, shelf, "lam") == [("lam", both)]
    assert await _ask(search, shelf, TASK.prompt.prompt) == [(TASK.prompt.prompt, both)]
    assert await _ask(search, shelf, "boats") == [("boats", frozenset({second.id}))]
    assert await _ask(search, shelf, 'no "such* (thing') == [('no "such* (thing', frozenset())]
    assert await _ask(search, shelf, "lam", "  ") == []
    assert await _ask(search, shelf, "boats", "lam") == [("lam", both)]
