"""The list of songs as a file: whole or not there, without what opens a song for others."""

import json
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import Delivery
from beatra_desktop.domain.notices import NoticeCode
from beatra_desktop.domain.records import replace
from beatra_desktop.services.song_export import SongExport
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import AT_ONCE
from beatra_desktop.storage.database import Database
from tests.services.song_service import Service, create, delivered
from tests.services.songs import TASK, Shelf

pytestmark = pytest.mark.asyncio


async def test_the_list_goes_out_with_its_clips_and_without_their_links(
    making_songs: Any, service: Service, tmp_path: Path
) -> None:
    service.status = "succeeded"
    async with making_songs() as (bench, _stub):
        clip = await delivered(bench, create(bench), Delivery.SAVED)
        target = tmp_path / "songs.json"
        bench.services.song_export.export(target)
        await bench.until(lambda: len(bench.services.notices.notices))
        [notice] = bench.services.notices.notices
        assert notice.code is NoticeCode.EXPORTED
        document = json.loads(target.read_text())
        assert (document["format"], document["version"]) == ("beatra-songs", 1)
        [song] = document["songs"]
        assert (song["prompt"]["title"], song["status"]) == ("Lamps", "succeeded")
        assert song["clips"][0]["path"] == str(clip.path)
        assert "/media/" not in target.read_text()


async def test_a_folder_that_is_not_there_is_named(making_songs: Any, tmp_path: Path) -> None:
    async with making_songs() as (bench, _stub):
        bench.services.song_export.export(tmp_path / "nowhere" / "songs.json")
        await bench.until(lambda: len(bench.services.notices.notices))
        [notice] = bench.services.notices.notices
        assert notice.failure.code is FailureCode.SONGS_NOT_EXPORTED


async def test_a_list_that_can_not_be_read_whole_is_not_exported_in_part(
    database: Database, supervisor: Supervisor, tmp_path: Path
) -> None:
    shelf = Shelf(database, tmp_path, supervisor)
    for number in range(AT_ONCE + 1):
        shelf.tasks.add(replace(TASK, id=TaskId(f"task-{number}")))
    database.flush()
    again = Shelf(database, tmp_path, supervisor)
    lost = database.path.rename(tmp_path / "elsewhere.db")
    export = SongExport(
        tasks=again.tasks,
        leftovers=again.leftovers,
        supervisor=supervisor,
        notices=again.notices,
    )
    export.export(tmp_path / "songs.json")
    await again.settled()
    assert again.codes
    assert not (tmp_path / "songs.json").exists()
    lost.rename(database.path)
