"""The words of an export, and files to import."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.transfer import ExportWords


@pytest.fixture
def words() -> ExportWords:
    return ExportWords(
        language="en",
        untitled="New chat",
        you="You",
        answer="Answer",
        instructions="Instructions",
        system_prompt="System prompt",
        begun="Begun on {date}.",
        exported="Exported from Beatra Desktop on {date}.",
        incomplete="Incomplete.",
        stopped="Stopped.",
        failed="No answer came. {reason}",
        unknown="Nobody knows.",
        unfinished="Still coming.",
        branch="Branch {number} of {of}",
        branch_from="from message {message}",
        picture="Picture: {text}",
        reason=lambda failure: failure.code.value,
    )


@pytest.fixture
def node() -> Callable[..., dict[str, Any]]:
    """A node of a ChatGPT export: `node(id, parent, role, text)`; more goes into the message."""

    def made(
        key: str, parent: str | None, role: str = "user", text: object = "", **more: Any
    ) -> dict[str, Any]:
        parts = text if isinstance(text, list) else [text]
        message = {
            "id": key,
            "author": {"role": role, "metadata": {}},
            "create_time": 1_700_000_000.25,
            "content": {"content_type": "text", "parts": parts},
            "status": "finished_successfully",
            "metadata": {},
            "recipient": "all",
        }
        return {"id": key, "message": message | more, "parent": parent, "children": []}

    return made


@pytest.fixture
def chatgpt() -> Callable[..., dict[str, Any]]:
    """A conversation of a ChatGPT export with these nodes; its head is the last one."""

    def made(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
        known = {
            "title": "Rain in May",
            "create_time": 1_700_000_000.0,
            "update_time": 1_700_000_100.0,
            "mapping": {each["id"]: each for each in nodes},
            "current_node": nodes[-1]["id"] if nodes else None,
            "conversation_id": "6a0c7b52-0000-8000-9000-000000000001",
        }
        return known | more

    return made


@pytest.fixture
def as_json(tmp_path: Path) -> Callable[..., Path]:
    def written(value: object, name: str = "conversations.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(value), "utf-8")
        return path

    return written
