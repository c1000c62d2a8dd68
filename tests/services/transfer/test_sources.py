"""Files to import: what they are, and what is wrong with them."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.services.transfer import archive, schema, sources
from beatra_desktop.services.transfer.sources import NotImported, Unreadable, opened
from beatra_desktop.services.transfer.tree import Tree
from tests.services.transfer.trees import NOON, said, tree

AsJson = Callable[..., Path]
Node = Callable[..., dict[str, Any]]
Chat = Callable[..., dict[str, Any]]


def _read(path: Path) -> list[Tree | Unreadable]:
    with opened(path, now=NOON, check=lambda: None) as source:
        found = list(source.conversations)
        assert source.total == len(found)
        return found


def _texts(path: Path) -> list[str]:
    return [
        found.messages[0].text if isinstance(found, Tree) else f"({found.reason})"
        for found in _read(path)
    ]


def _refusal(path: Path) -> FailureCode:
    with pytest.raises(NotImported) as refused:
        _read(path)
    assert refused.value.failure(subject=path.name).subject == path.name
    return refused.value.code


def _zip(path: Path, **members: Any) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name, text)
    return path


def _manifest(**more: object) -> str:
    return json.dumps({"format": "beatra-archive", "version": 1} | more)


@pytest.fixture
def chats(node: Node, chatgpt: Chat) -> list[dict[str, Any]]:
    return [
        chatgpt(node("q", None, "user", f"question {number}"), conversation_id=f"id-{number}")
        for number in range(3)
    ]


def test_our_archive(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    trees = [tree(said("a", "rain")), tree(said("b", "snow"))]
    archive.write(path, trees, created_at=NOON, on_done=lambda _: None)
    assert _texts(path) == ["rain", "snow"]


def test_our_json(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(b"\xef\xbb\xbf  " + schema.encode(tree(said("a", "rain"))))
    assert _texts(path) == ["rain"]


def test_a_chatgpt_file_and_its_zip(
    as_json: AsJson, tmp_path: Path, chats: list[dict[str, Any]]
) -> None:
    texts = ["question 0", "question 1", "question 2"]
    assert _texts(as_json(chats)) == texts
    assert _texts(as_json(chats[0], "one.json")) == texts[:1]
    folder = {"export/conversations.json": json.dumps(chats), "export/chat.html": "<html>"}
    assert _texts(_zip(tmp_path / "export.zip", **folder)) == texts
    parts = {f"conversations-00{n}.json": json.dumps([chat]) for n, chat in enumerate(chats)}
    assert _texts(_zip(tmp_path / "parts.zip", **parts)) == texts


def test_one_conversation_that_is_broken_does_not_spoil_the_others(
    as_json: AsJson, tmp_path: Path, chats: list[dict[str, Any]]
) -> None:
    first, second = _texts(as_json([{"mapping": 7}, chats[0]]))
    assert (first[0], second) == ("(", "question 0")
    good = schema.encode(tree(said("a", "rain"))).decode()
    members = {"manifest.json": _manifest(), "conversations/1.json": "{}",
               "conversations/2.json": good, "conversations/3.json": "{", "notes.txt": "x",
               "conversations/4.json": good.replace('"version":1', '"version":2')}  # fmt: skip
    texts = _texts(_zip(tmp_path / "all.zip", **members))
    assert [text.startswith("(") for text in texts] == [True, False, True, True]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", FailureCode.CHATS_UNKNOWN),
        (b"hello", FailureCode.CHATS_UNKNOWN),
        (b"\x89PNG", FailureCode.CHATS_UNKNOWN),
        (b"{}", FailureCode.CHATS_UNKNOWN),
        (b'{"format": 7}', FailureCode.CHATS_UNKNOWN),
        (b'{"format": "other"}', FailureCode.CHATS_UNKNOWN),
        (b'{"mapping": ', FailureCode.CHATS_DAMAGED),
        (b"[{}", FailureCode.CHATS_DAMAGED),
        (b"[1, 2]", FailureCode.CHATS_DAMAGED),
        (b'{"format": "\xa2"}', FailureCode.CHATS_DAMAGED),
        (b"PK\x03\x04 and then nothing", FailureCode.CHATS_DAMAGED),
        (b'{"format": "beatra-conversation", "version": 2}', FailureCode.CHATS_NEWER),
    ],
)
def test_files_that_are_nothing_of_the_kind(
    tmp_path: Path, content: bytes, code: FailureCode
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert _refusal(path) is code


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"song.mp3": "x"}, FailureCode.CHATS_UNKNOWN),
        ({}, FailureCode.CHATS_UNKNOWN),
        ({"manifest.json": '{"format": "other"}'}, FailureCode.CHATS_UNKNOWN),
        ({"manifest.json": "{"}, FailureCode.CHATS_DAMAGED),
        ({"manifest.json": _manifest(version=2)}, FailureCode.CHATS_NEWER),
        ({"conversations.json": "{}"}, FailureCode.CHATS_DAMAGED),
        ({"conversations.json": "[", "conversations-001.json": "[]"}, FailureCode.CHATS_DAMAGED),
        ({"manifest.json": _manifest(), "../x": "x"}, FailureCode.CHATS_UNSAFE),
        ({"manifest.json": _manifest(), "/etc/x": "x"}, FailureCode.CHATS_UNSAFE),
        ({"conversations.json": "[]", "a\\..\\..\\x": "x"}, FailureCode.CHATS_UNSAFE),
        ({"conversations.json": "[]", "C:\\x": "x"}, FailureCode.CHATS_UNSAFE),
    ],
)
def test_zips_that_are_nothing_of_the_kind(
    tmp_path: Path, members: dict[str, str], code: FailureCode
) -> None:
    assert _refusal(_zip(tmp_path / "file.zip", **members)) is code


def test_a_zip_that_says_it_is_huge_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_UNPACKED_BYTES", 1_000_000)
    bomb = _zip(tmp_path / "bomb.zip", **{"conversations.json": b"[" + b" " * 2_000_000 + b"]"})
    assert bomb.stat().st_size < 10_000
    assert _refusal(bomb) is FailureCode.CHATS_TOO_LARGE


def test_one_conversation_alone_may_not_be_huge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_ELEMENT_BYTES", 1000)
    large = b'{"format": "beatra-conversation", "version": 1, "x": "' + b"x" * 1000 + b'"}'
    members = {"manifest.json": _manifest(), "conversations/1.json": large}
    assert _refusal(_zip(tmp_path / "all.zip", **members)) is FailureCode.CHATS_TOO_LARGE
    (tmp_path / "one.json").write_bytes(large)
    assert _refusal(tmp_path / "one.json") is FailureCode.CHATS_TOO_LARGE


def _lie(path: Path, claimed: int) -> Path:
    """Have the zip's directory say that its last member is `claimed` bytes long."""
    found = bytearray(path.read_bytes())
    entry = found.rindex(b"PK\x01\x02")
    found[entry + 24 : entry + 28] = claimed.to_bytes(4, "little")
    path.write_bytes(found)
    return path


def test_a_zip_that_holds_more_than_it_says_is_damaged(
    tmp_path: Path, chats: list[dict[str, Any]]
) -> None:
    text = json.dumps(chats)
    path = _zip(tmp_path / "export.zip", **{"conversations.json": text})
    assert _refusal(_lie(path, len(text) - 50)) is FailureCode.CHATS_DAMAGED
    good = schema.encode(tree(said("a", "rain")))
    members = {"manifest.json": _manifest(), "conversations/1.json": good}
    path = _zip(tmp_path / "all.zip", **members)
    [text] = _texts(_lie(path, len(good) - 5))
    assert text.startswith("(")


def test_a_zip_with_a_flipped_bit_is_damaged(tmp_path: Path, chats: list[dict[str, Any]]) -> None:
    path = _zip(tmp_path / "export.zip", **{"conversations.json": json.dumps(chats)})
    found = bytearray(path.read_bytes())
    found[80] ^= 0x55
    path.write_bytes(found)
    assert _refusal(path) is FailureCode.CHATS_DAMAGED


def test_an_encrypted_zip_is_not_asked_for_its_password(tmp_path: Path) -> None:
    path = _zip(tmp_path / "export.zip", **{"conversations.json": "[]"})
    found = bytearray(path.read_bytes())
    found[found.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(found)
    assert _refusal(path) is FailureCode.CHATS_UNKNOWN


def test_reading_a_long_file_can_be_ended(as_json: AsJson, chats: list[dict[str, Any]]) -> None:
    class Enough(Exception):
        pass

    def check() -> None:
        raise Enough

    with pytest.raises(Enough), opened(as_json(chats), now=NOON, check=check):
        pass


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="gone"),
        opened(tmp_path / "gone.zip", now=NOON, check=lambda: None),
    ):
        pass


def test_a_zip_with_names_that_are_no_text_is_damaged(tmp_path: Path) -> None:
    path = _zip(tmp_path / "export.zip", **{"conversations.json": "[]", "ä": ""})
    data = bytearray(path.read_bytes())
    data[6:8] = (0x800).to_bytes(2, "little")  # says that its name is UTF-8, which it is not
    data[30:32] = b"\xb3\xb3"
    path.write_bytes(data)
    assert _refusal(path) is FailureCode.CHATS_DAMAGED


def test_a_zip_with_a_part_that_has_no_name(tmp_path: Path) -> None:
    path = _zip(tmp_path / "export.zip", x="")
    data = path.read_bytes()
    directory = data.index(b"PK\x01\x02")
    lengths = directory + 28  # of the name, which stands behind 46 bytes
    size = data.index(b"PK\x05\x06") + 12
    path.write_bytes(
        data[:lengths] + bytes(2) + data[lengths + 2 : directory + 46]
        + data[directory + 47 : size] + (46).to_bytes(4, "little") + data[size + 4 :]
    )  # fmt: skip
    assert _refusal(path) is FailureCode.CHATS_UNKNOWN


def test_a_zip_whose_parts_lie_before_it_is_damaged_and_no_broken_disk(tmp_path: Path) -> None:
    path = _zip(tmp_path / "export.zip", **{"conversations.json": "[]"})
    data = path.read_bytes()
    says_where = data.index(b"PK\x05\x06") + 16
    beyond = (data.index(b"PK\x01\x02") + 1000).to_bytes(4, "little")
    path.write_bytes(data[:says_where] + beyond + data[says_where + 4 :])
    assert _refusal(path) is FailureCode.CHATS_DAMAGED
