"""Ratings, the trash and back, what is missing, and what a crash leaves half done."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.collection import SONG_TRASH_TIME, is_in_trash
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ClipId, TaskId
from beatra_desktop.domain.music import Delivery
from beatra_desktop.domain.records import replace
from beatra_desktop.services import provenance, song_files
from beatra_desktop.services.provenance import sidecar_of
from beatra_desktop.services.song_files import TRASH
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import AT_ONCE
from beatra_desktop.storage.database import Database
from tests.services.songs import TASK, Shelf

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def open_shelf(database: Database, tmp_path: Path, supervisor: Supervisor) -> Any:
    def opened() -> Shelf:
        database.flush()
        return Shelf(database, tmp_path / "home", supervisor)

    return opened


async def test_ratings_and_favourites_last(open_shelf: Any, tone: Path) -> None:
    shelf = open_shelf()
    clip = shelf.add(tone)
    shelf.collection.rate(clip.id, 4)
    shelf.collection.rate(clip.id, 6)
    shelf.collection.favour(clip.id, is_favourite=True)
    again = open_shelf().now(clip)
    assert (again.rating, again.is_favourite) == (4, True)
    shelf.collection.rate(clip.id, 0)
    shelf.collection.favour(clip.id, is_favourite=False)
    assert shelf.now(clip) == clip


async def test_a_song_goes_to_the_trash_and_comes_back_with_its_sidecar(
    open_shelf: Any, tone: Path
) -> None:
    shelf = open_shelf()
    clip = shelf.add(tone)
    shelf.collection.delete([clip.id])
    await shelf.settled()
    trashed = shelf.now(clip)
    assert is_in_trash(trashed)
    assert trashed.path == shelf.home / TRASH / clip.id / "Rain.wav"
    assert provenance.read(provenance.sidecar_of(trashed.path)) is not None
    assert shelf.names == []
    assert shelf.collection.trash_bytes.value == tone.stat().st_size
    shelf.collection.restore([clip.id])
    await shelf.settled()
    assert shelf.now(clip) == clip
    assert shelf.names == ["Rain.wav", "Rain.wav.beatra.json"]
    assert not (shelf.home / TRASH).exists()
    assert shelf.collection.trash_bytes.value == 0


async def test_what_took_its_name_meanwhile_is_not_overwritten(open_shelf: Any, tone: Path) -> None:
    shelf = open_shelf()
    clip = shelf.add(tone)
    shelf.collection.delete([clip.id])
    await shelf.settled()
    (shelf.home / "Rain.wav").write_text("mine")
    shelf.collection.restore([clip.id])
    await shelf.settled()
    assert shelf.now(clip).path == shelf.home / "Rain 2.wav"
    assert (shelf.home / "Rain.wav").read_text() == "mine"
    assert provenance.sidecar_of(shelf.home / "Rain 2.wav").is_file()


async def test_a_crash_on_the_way_back_leaves_no_song_with_the_file_of_another(
    open_shelf: Any, tone: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = open_shelf()
    clip = shelf.add(tone)
    shelf.collection.delete([clip.id])
    await shelf.settled()
    other = shelf.add(tone)  # has its name by now
    left: list[tuple[Path, Path]] = []

    def end(path: Path, _target: Path) -> None:
        with database.reading() as reader:
            [[stored]] = reader.rows("SELECT path FROM clips WHERE id = ?", [clip.id])
        left.append((path, Path(os.fsdecode(stored))))
        raise OSError("the app ends here")

    with monkeypatch.context() as context:
        context.setattr(Path, "rename", end)
        shelf.collection.restore([clip.id])
        await shelf.settled()
    [(inside, promised)] = left
    assert promised == shelf.home / "Rain 2.wav"
    assert shelf.now(clip).path == inside  # where it is still listed
    shelf.tasks.put_clip(replace(shelf.now(clip), path=promised))
    later = open_shelf()
    later.collection.resume()
    await later.settled()
    assert later.now(clip).path == promised
    assert later.now(other).path == shelf.home / "Rain.wav"
    sidecars = ["Rain 2.wav.beatra.json", "Rain.wav.beatra.json"]
    assert later.names == sorted(["Rain 2.wav", "Rain.wav", *sidecars])


async def test_a_file_moves_once_it_is_on_disk_that_it_should(
    open_shelf: Any, tone: Path, database: Database, hold_writer: Any
) -> None:
    """Else a start after a crash knows nothing of the song that lies in the trash."""
    shelf = open_shelf()
    async with hold_writer(database):
        clip = shelf.add(tone)
        shelf.collection.delete([clip.id])
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(shelf.settled(), 0.1)
        assert shelf.names == ["Rain.wav", "Rain.wav.beatra.json"]
    await shelf.settled()
    assert shelf.names == []


async def test_undone_at_once_nothing_has_moved(open_shelf: Any, tone: Path) -> None:
    shelf = open_shelf()
    clips = [shelf.add(tone, f"Song {number}") for number in range(5)]
    shelf.collection.delete([clip.id for clip in clips])
    shelf.collection.restore([clip.id for clip in clips])
    await shelf.settled()
    assert [shelf.now(clip) for clip in clips] == clips
    assert len(shelf.names) == 10


async def test_a_clip_without_a_file_is_only_taken_off_the_list(
    open_shelf: Any, tone: Path
) -> None:
    shelf = open_shelf()
    clip = shelf.add(tone, delivery=Delivery.UNSAVED, path=None)
    shelf.collection.delete([clip.id])
    await shelf.settled()
    assert shelf.now(clip).deleted_at is not None
    assert not is_in_trash(shelf.now(clip))
    shelf.collection.restore([clip.id])
    assert shelf.now(clip) == clip


async def test_erasing_hands_the_files_over_and_forgets_the_song(
    open_shelf: Any, tone: Path
) -> None:
    shelf = open_shelf()
    clip, other = shelf.add(tone), shelf.add(tone, "Sun")
    shelf.playlists.create("Nights", [clip.id, other.id])
    thrown: list[str] = []

    def throw(path: Path) -> None:
        thrown.append(path.name)
        path.unlink()

    shelf.collection.erase([clip.id], throw)  # not in the trash
    shelf.collection.delete([clip.id])
    await shelf.settled()
    assert thrown == []
    shelf.collection.erase([clip.id, other.id], throw)
    await shelf.settled()
    assert thrown == ["Rain.wav", "Rain.wav.beatra.json"]
    assert shelf.now(clip).path is None
    assert shelf.now(other).deleted_at is None
    assert shelf.playlists.playlists[0].clip_ids == (other.id,)
    assert not (shelf.home / TRASH).exists()
    assert open_shelf().now(clip).deleted_at is not None


async def test_playlists_forget_each_song_with_its_file(open_shelf: Any, tone: Path) -> None:
    shelf = open_shelf()
    clips = [shelf.add(tone, name) for name in ("One", "Two")]
    shelf.playlists.create("Nights", [clip.id for clip in clips])
    shelf.collection.delete([clip.id for clip in clips])
    await shelf.settled()
    left: list[tuple[ClipId, ...]] = []

    def end(path: Path) -> None:
        left.append(shelf.playlists.playlists[0].clip_ids)
        path.unlink()

    shelf.collection.erase([clip.id for clip in clips], end)
    await shelf.settled()
    first, _, second, _ = left  # files and sidecars
    assert (first, second) == ((clips[0].id, clips[1].id), (clips[1].id,))


async def test_a_computer_without_a_trash_keeps_the_song_in_ours(
    open_shelf: Any, tone: Path
) -> None:
    def refuse(_path: Path) -> None:
        raise OSError("no trash here")

    shelf = open_shelf()
    clip = shelf.add(tone)
    shelf.collection.delete([clip.id])
    await shelf.settled()
    shelf.collection.erase([clip.id], refuse)
    await shelf.settled()
    assert shelf.codes == [FailureCode.NOT_ERASED]
    assert is_in_trash(shelf.now(clip))
    assert shelf.now(clip).path.is_file()


async def test_after_30_days_the_trash_is_emptied_and_nothing_else(
    open_shelf: Any, tone: Path
) -> None:
    shelf = open_shelf()
    old, new, kept = (shelf.add(tone, name) for name in ("Old", "New", "Kept"))
    shelf.collection.delete([old.id])
    await shelf.settled()
    shelf.later = SONG_TRASH_TIME - timedelta(days=1)
    shelf.collection.delete([new.id])
    shelf.collection.resume()
    await shelf.settled()
    assert shelf.now(old).path.is_file()
    shelf.later = SONG_TRASH_TIME + timedelta(minutes=1)
    shelf.collection.resume()
    await shelf.settled()
    assert shelf.now(old).path is None
    assert shelf.now(new).path.is_file()
    assert shelf.now(kept) == kept


async def test_nothing_outside_the_trash_is_ever_erased(tone: Path) -> None:
    song_files.throw_away(tone, song_files.unlink)
    assert tone.is_file()


async def test_a_crash_between_record_and_file_is_mended(open_shelf: Any, tone: Path) -> None:
    shelf = open_shelf()
    unmoved, moved, home = (shelf.add(tone, name) for name in ("Unmoved", "Moved", "Home"))
    shelf.tasks.put_clip(replace(unmoved, deleted_at=utc_now()))
    shelf.tasks.put_clip(replace(moved, deleted_at=utc_now()))
    for clip in (moved, home):  # moved, and the crash came before that was stored
        inside = shelf.home / TRASH / clip.id / clip.path.name
        provenance.move_with_sidecar(clip.path, inside)
    later = open_shelf()
    later.collection.resume()
    await later.settled()
    for clip in (unmoved, moved):
        assert later.now(clip).path == later.home / TRASH / clip.id / clip.path.name
        assert later.now(clip).path.is_file()
    assert later.now(home) == home
    assert later.names == ["Home.wav", "Home.wav.beatra.json"]


async def test_a_crash_between_sidecar_and_song_is_mended(open_shelf: Any, tone: Path) -> None:
    shelf = open_shelf()
    going, coming = shelf.add(tone, "Going"), shelf.add(tone, "Coming")
    shelf.collection.delete([coming.id])
    await shelf.settled()
    inside = {each: shelf.home / TRASH / each.id / each.path.name for each in (going, coming)}
    inside[going].parent.mkdir()
    sidecar_of(going.path).rename(sidecar_of(inside[going]))
    shelf.tasks.put_clip(coming)  # where it will lie is told first
    sidecar_of(inside[coming]).rename(sidecar_of(coming.path))
    later = open_shelf()
    later.collection.resume()
    await later.settled()
    for clip in (going, coming):
        assert later.now(clip) == clip
        assert clip.path.is_file()
        assert sidecar_of(clip.path).is_file()
    assert not (later.home / TRASH).exists()


async def test_what_cannot_be_moved_stays_listed(open_shelf: Any, tone: Path) -> None:
    shelf = open_shelf()
    clip = shelf.add(tone)
    (shelf.home / TRASH).write_text("a file where the folder should be")
    shelf.collection.delete([clip.id])
    await shelf.settled()
    assert shelf.codes == [FailureCode.NOT_TRASHED]
    assert shelf.now(clip) == clip


async def test_missing_files_are_seen_and_found_again(open_shelf: Any, tone: Path) -> None:
    shelf = open_shelf()
    clip, other = shelf.add(tone), shelf.add(tone, "Sun")
    clip.path.rename(shelf.home / "moved.wav")
    (shelf.home / "letter.txt").write_text("no sound")
    shelf.collection.look_for_files()
    shelf.collection.look_for_files()
    await shelf.settled()
    assert shelf.collection.missing.value == {clip.id}
    shelf.collection.locate(clip.id, shelf.home / "letter.txt")
    await shelf.settled()
    assert shelf.codes == [FailureCode.NOT_SOUND]
    shelf.collection.locate(clip.id, shelf.home / "moved.wav")
    await shelf.settled()
    assert shelf.now(clip).path == shelf.home / "moved.wav"
    assert shelf.collection.missing.value == frozenset()
    assert shelf.now(other) == other


async def test_provenance_is_read_off_the_loop(open_shelf: Any, tone: Path) -> None:
    shelf = open_shelf()
    clip = shelf.add(tone)
    answers: list[Any] = []

    def on_read(path: Path, found: Any) -> None:
        answers.append((path, found))

    shelf.collection.provenance_read.connect(on_read)
    shelf.collection.read_provenance(clip.path)
    shelf.collection.read_provenance(tone)
    await shelf.settled()
    found = dict(answers)
    assert found[clip.path].prompt.prompt == "rain on tin"
    assert found[tone] is None


async def test_a_song_that_is_on_its_way_to_the_trash_is_erased_from_there(
    open_shelf: Any, tone: Path
) -> None:
    shelf = open_shelf()
    clip = shelf.add(tone)
    thrown: list[Path] = []

    def throw(path: Path) -> None:
        thrown.append(path)
        path.unlink()

    shelf.collection.delete([clip.id])
    shelf.collection.erase([clip.id], throw)
    await shelf.settled()
    assert [path.parent.name for path in thrown] == [clip.id, clip.id]
    assert shelf.now(clip).path is None
    assert shelf.names == []
    assert not (shelf.home / TRASH).exists()


async def test_where_older_songs_can_not_be_read_the_others_are_looked_at(
    open_shelf: Any, tone: Path, database: Database
) -> None:
    shelf = open_shelf()
    clip = shelf.add(tone)
    for number in range(AT_ONCE):
        shelf.tasks.add(replace(TASK, id=TaskId(f"task-{number + 2}")))
    shelf.tasks.put_clip(clip)
    again = open_shelf()
    lost = database.path.rename(database.path.with_name("elsewhere.db"))
    again.collection.look_for_files()
    await again.settled()
    assert again.codes
    lost.rename(database.path)
    again.collection.look_for_files()
    await again.settled()
    again.now(clip).path.unlink()
    again.collection.look_for_files()
    await again.settled()
    assert again.collection.missing.value == {clip.id}
