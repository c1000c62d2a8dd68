"""No key is ever in an export, wherever it may have got to."""

import json
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest

from beatra_desktop.credentials import ApiKey, MemoryCredentials
from beatra_desktop.domain.chat import Message, MessageStatus
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.profiles import BEATRA_PROFILE_ID
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.transfer import ExportFormat, ExportWords
from tests.services.transfer.desk import desk, print_plainly
from tests.services.transfer.trees import answered, said, tree

CANARY: Final = "canary-0123456789-abcdef"


def _secretive(message: Message) -> Message:
    failure = Failure(
        code=FailureCode.INVALID_KEY,
        detail=f"401 for Bearer {CANARY}",
        server_message=f"the key {CANARY} is unknown",
        subject=CANARY,
    )
    return replace(message, status=MessageStatus.FAILED, failure=failure)


@pytest.mark.asyncio
async def test_no_key_is_ever_in_an_export(
    open_bench: Any, tmp_path: Path, words: ExportWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BEATRA_API_KEY", CANARY)
    store = MemoryCredentials()
    await store.put(BEATRA_PROFILE_ID, ApiKey(CANARY))
    found = tree(said("a", "Why?"), _secretive(answered("b", "", after="a")))
    async with desk(tmp_path / "beatra.db") as before:
        before.put(found)
    async with open_bench(credentials=store) as bench:
        profiles, transfer = bench.services.profiles, bench.services.transfer
        custom = profiles.add("Home", "https://home.example/v1")
        profiles.save_key(custom.id, CANARY, session_only=True)
        transfer.printer = print_plainly
        paths = [tmp_path / f"out{format.ending}" for format in ExportFormat]
        for path, format in zip(paths, ExportFormat, strict=True):
            transfer.export(ConversationId("c"), path, format=format, words=words)
        transfer.export_all(tmp_path / "out.zip")
        await bench.until(lambda: len(transfer.running) == 0)
        for path in (*paths, tmp_path / "out.zip"):
            assert CANARY.encode() not in path.read_bytes()
        with zipfile.ZipFile(tmp_path / "out.zip") as archive:
            members = [archive.read(name) for name in archive.namelist()]
        assert len(members) == 2
        assert not [text for text in members if CANARY.encode() in text]
        assert json.loads(members[0])["messages"][1]["failure"]["code"] == "invalid_key"
