"""All conversations in one zip."""

import json
import tracemalloc
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from beatra_desktop.services.transfer import archive, schema
from tests.services.transfer.trees import NOON, said, tree


def test_it_holds_a_manifest_and_each_conversation_under_a_name_for_people(tmp_path: Path) -> None:
    path, done = tmp_path / "all.zip", list[int]()
    trees = [tree(said("a", "rain"), title="Rain / wind"), tree(said("b"), title="../../x")]
    assert archive.write(path, trees, created_at=NOON, on_done=done.append) == 2
    assert done == [1, 2]
    with zipfile.ZipFile(path) as found:
        assert found.testzip() is None
        first, second, manifest = found.namelist()
        assert first == "conversations/00001 Rain wind.json"
        assert ".." not in Path(second).parts
        assert schema.decode(found.read(first)).messages[0].text == "rain"
        head = json.loads(found.read(manifest))
    assert (head["format"], head["version"], head["conversations"]) == ("beatra-archive", 1, 2)


def test_a_time_that_zip_files_do_not_know_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    old = tree(said("a"), updated_at=datetime(1970, 1, 1, tzinfo=UTC))
    archive.write(path, [old], created_at=NOON, on_done=lambda _: None)
    with zipfile.ZipFile(path) as found:
        assert found.infolist()[0].date_time[0] == 1980


def test_without_conversations_it_is_still_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    assert archive.write(path, [], created_at=NOON, on_done=lambda _: None) == 0
    assert zipfile.ZipFile(path).namelist() == [archive.MANIFEST]


def test_one_conversation_is_in_memory_at_a_time(tmp_path: Path) -> None:
    size, count = 100_000, 100
    trees = (tree(said("a", f"{number}" * size)) for number in range(count))
    tracemalloc.start()
    archive.write(tmp_path / "all.zip", trees, created_at=NOON, on_done=lambda _: None)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * size
