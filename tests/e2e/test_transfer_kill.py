"""The app ends without a word in the middle of an export or import, and is started again."""

import json
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest

CHATS: Final = 60
MESSAGES: Final = 120
WHOLE: Final = 10
"""How many chats an import has come to when it is killed; the last ones are being stored then."""


def conversation(number: int) -> dict[str, Any]:
    """A chat as an export has it."""
    at = f"2026-03-01T12:{number // 60:02d}:{number % 60:02d}Z"
    messages = [
        {
            "id": f"m{number}-{place}",
            "parent_id": f"m{number}-{place - 1}" if place else None,
            "role": "assistant" if place % 2 else "user",
            "text": f"{place} of {number}: {'lamps and wicks ' * 20}",
            "created_at": at,
        }
        for place in range(MESSAGES)
    ]
    facts = {"id": f"c{number}", "title": f"Chat {number}", "head_id": messages[-1]["id"]}
    return {
        "format": "beatra-conversation",
        "version": 1,
        "conversation": {**facts, "created_at": at, "updated_at": at},
        "messages": messages,
    }


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as file:
        for number in range(CHATS):
            file.writestr(f"conversations/{number:05d}.json", json.dumps(conversation(number)))
        manifest = {"format": "beatra-archive", "version": 1, "conversations": CHATS}
        file.writestr("manifest.json", json.dumps({**manifest, "created_at": "2026-03-01T12:00Z"}))
    return path


def imported(app: Any, path: Path) -> tuple[int, int, int]:
    """How many chats are imported, were here already and could not be read."""
    app.do("begin_transfer", command="import_chats", path=str(path))
    told = app.do("until_transferred")
    assert told["code"] == "imported"
    counts = told["parameters"]
    return int(counts["imported"]), int(counts["here"]), int(counts["failed"])


def stored(rows: Any) -> dict[str, int]:
    """The chats on disk and how many messages each has."""
    return {
        row["id"]: row["messages"]
        for row in rows(
            "SELECT c.id, count(m.id) AS messages FROM conversations AS c "
            "LEFT JOIN messages AS m ON m.conversation_id = c.id "
            "WHERE c.title <> '' GROUP BY c.id"
        )
    }


def test_a_killed_import_has_whole_chats_only_and_goes_on(
    start: Any, rows: Any, archive: Path
) -> None:
    app = start()
    app.do("connect")
    app.do("die_at_transfer", done=WHOLE)
    app.begin("begin_transfer", command="import_chats", path=str(archive))
    assert app.gone() == -9
    again = start()
    again.do("connect")
    before = stored(rows)
    assert 0 < len(before) < CHATS
    assert set(before.values()) == {MESSAGES}
    assert imported(again, archive) == (CHATS - len(before), len(before), 0)
    assert imported(again, archive) == (0, CHATS, 0)
    assert again.quit() == 0
    assert stored(rows) == {f"c{number}": MESSAGES for number in range(CHATS)}


def test_a_killed_export_leaves_what_was_there_under_its_name_and_at_the_next_start_no_more(
    start: Any, archive: Path, tmp_path: Path
) -> None:
    app = start()
    app.do("connect")
    assert imported(app, archive) == (CHATS, 0, 0)
    target = tmp_path / "exports" / "all.zip"
    target.parent.mkdir()
    target.write_bytes(b"an older export")
    app.do("die_at_part", folder=str(target.parent))
    app.begin("begin_transfer", command="export_all", path=str(target))
    assert app.gone() == -9
    assert target.read_bytes() == b"an older export"
    assert [path.suffix for path in target.parent.iterdir() if path != target] == [".part"]
    again = start()
    again.do("connect")
    again.do("begin_transfer", command="export_all", path=str(target))
    assert again.do("until_transferred")["parameters"]["count"] == str(CHATS)
    assert list(target.parent.iterdir()) == [target]
    assert again.quit() == 0
    with zipfile.ZipFile(target) as file:
        assert file.testzip() is None
        assert len(file.namelist()) == CHATS + 1
