"""The JSON of one conversation."""

import json
from typing import Any

import pytest
from hypothesis import given

from beatra_desktop.credentials import ApiKey
from beatra_desktop.domain.chat import FOLDER_CHARACTERS
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import IdempotencyKey
from beatra_desktop.services.transfer import schema
from beatra_desktop.services.transfer.tree import Tree
from tests.services.transfer.trees import NOON, answered, said, tree, trees

SMALLEST: dict[str, Any] = {
    "format": "beatra-conversation",
    "version": 1,
    "conversation": {"id": "c", "created_at": "2026-03-01T12:00:00Z",
                     "updated_at": "2026-03-01T14:00:00+02:00"},
    "messages": [{"id": "a", "role": "user", "created_at": "2026-03-01T12:00:00Z"}],
}  # fmt: skip
FIELDS = ("title", "draft", "head_id", "folder")


def _bare(found: Tree) -> Tree:
    """Without what a file does not tell."""
    return schema.decode(schema.encode(found))


@given(trees())
def test_what_is_written_is_read_again(found: Tree) -> None:
    again = _bare(found)
    assert again.messages == found.messages
    assert again.conversation.profile_id == schema.NO_PROFILE
    fields = {name: getattr(found.conversation, name) for name in FIELDS}
    assert fields == {name: getattr(again.conversation, name) for name in fields}
    assert _bare(again) == again


def test_the_file_says_what_it_is_and_leaves_out_what_is_empty() -> None:
    written = json.loads(schema.encode(tree(said("a", "hi"))))
    assert (written["format"], written["version"]) == ("beatra-conversation", 1)
    [message] = written["messages"]
    assert set(message) == {"id", "role", "text", "created_at"}


def test_what_is_missing_has_its_default_and_what_is_unknown_is_ignored() -> None:
    read = schema.decode(json.dumps(SMALLEST | {"mood": "blue"}).encode())
    assert read.conversation.updated_at == NOON
    assert (read.conversation.model, read.messages[0].text) == ("auto", "")
    assert read.conversation.folder == ""


def test_the_name_of_a_folder_is_made_one_that_can_be_shown() -> None:
    written = SMALLEST["conversation"] | {"folder": " a\n" + "long " * 40}
    read = schema.decode(json.dumps(SMALLEST | {"conversation": written}).encode())
    assert read.conversation.folder.startswith("a long long")
    assert len(read.conversation.folder) <= FOLDER_CHARACTERS


@pytest.mark.parametrize(
    "broken",
    [
        {"messages": [{"id": "a"}]},
        {"messages": [{"id": "a", "role": "robot", "created_at": "2026-03-01T12:00:00Z"}]},
        {"messages": SMALLEST["messages"] * 2},
        {"conversation": {"id": "c"}},
        {"conversation": SMALLEST["conversation"] | {"created_at": "0001-01-01T00:00:00+23:00"}},
        {"messages": "many"},
    ],
)
def test_what_can_not_be_a_conversation_is_a_value_error(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        schema.decode(json.dumps(SMALLEST | broken).encode())


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        schema.decode(text)


def test_the_texts_of_failures_are_cleaned_and_local_keys_stay_here() -> None:
    key = ApiKey("canary-key-0123456789").reveal()
    failure = Failure(code=FailureCode.FORBIDDEN, detail=f"bad key {key}", server_message=key)
    message = answered("b", "", after="a", failure=failure, idempotency_key=IdempotencyKey("idem"))
    text = schema.encode(tree(said("a"), message))
    assert key.encode() not in text
    assert b"idem" not in text
    assert b"forbidden" in text


def test_a_failure_of_another_version_is_still_a_failure() -> None:
    message = SMALLEST["messages"][0] | {"status": "failed", "failure": {"code": "struck_by_moon"}}
    read = schema.decode(json.dumps(SMALLEST | {"messages": [message]}).encode())
    assert read.messages[0].failure is not None
