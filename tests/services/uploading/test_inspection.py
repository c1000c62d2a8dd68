"""Looking at a file before it is sent."""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.uploads import MAX_UPLOAD_BYTES, Purpose, PurposeRule
from beatra_desktop.services.uploading.contents import UNKNOWN_TYPE
from beatra_desktop.services.uploading.inspection import (
    READ_BYTES,
    Looked,
    Reading,
    look,
    sha256,
)

PNG = b"\x89PNG\r\n\x1a\n"


def _as_media(_: str) -> Purpose:
    return Purpose.MEDIA_INPUT


def _as_reference(_: str) -> Purpose:
    return Purpose.REFERENCE_AUDIO


def _looked(path: Path, purpose_of: Callable[[str], Purpose] = _as_media) -> Looked:
    found = look(path, purpose_of)
    assert isinstance(found, Looked)
    return found


def _code(path: Path, purpose_of: Callable[[str], Purpose] = _as_media) -> FailureCode:
    found = look(path, purpose_of)
    assert isinstance(found, Failure)
    assert found.subject == path.name
    return found.code


def test_size_time_type_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    data = PNG + os.urandom(READ_BYTES + 17)
    path.write_bytes(data)
    found = _looked(path)
    assert (found.size, found.modified_ns) == (len(data), path.stat().st_mtime_ns)
    assert found.mime_type == "image/png"
    reading = Reading()
    assert sha256(found, reading) == hashlib.sha256(data).hexdigest()
    assert reading.done_bytes == len(data)


def test_what_cannot_be_sent_is_named_without_reading_it(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    assert _code(empty) is FailureCode.FILE_EMPTY
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(MAX_UPLOAD_BYTES + 1)
    assert _code(large) is FailureCode.FILE_TOO_LARGE
    with large.open("wb") as file:
        file.truncate(MAX_UPLOAD_BYTES)
    assert _looked(large).size == MAX_UPLOAD_BYTES
    assert _code(tmp_path) is FailureCode.NOT_A_FILE
    assert _code(Path("/dev/zero")) is FailureCode.NOT_A_FILE
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert _code(pipe) is FailureCode.NOT_A_FILE
    assert _code(tmp_path / "gone.txt") is FailureCode.FILE_GONE
    assert _code(empty / "below.txt") is FailureCode.FILE_GONE


@pytest.mark.parametrize("name", ["a\0b.mp3", "half \ud83d.mp3"])
def test_what_no_file_can_be_called_is_gone(tmp_path: Path, name: str) -> None:
    assert _code(tmp_path / name) is FailureCode.FILE_GONE


def test_what_may_not_be_read_says_so(open_folder: Path, as_nobody: Any) -> None:
    path = open_folder / "secret.txt"
    path.write_text("words")
    path.chmod(0)
    with as_nobody():
        assert _code(path) is FailureCode.FILE_FORBIDDEN


def test_a_reference_must_be_audio_in_name_and_in_fact(tone: Path, tmp_path: Path) -> None:
    assert _looked(tone, _as_reference).purpose is Purpose.REFERENCE_AUDIO
    text = tmp_path / "note.txt"
    text.write_text("words")
    assert _code(text, _as_reference) is FailureCode.FILE_WRONG_TYPE
    assert _looked(text).mime_type == "text/plain"
    disguised = text.rename(tmp_path / "note.mp3")
    assert _code(disguised, _as_reference) is FailureCode.FILE_DISGUISED
    assert _code(disguised) is FailureCode.FILE_DISGUISED


def test_a_picture_named_like_a_song_is_no_song(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(PNG + bytes(100))
    assert _code(path, _as_reference) is FailureCode.FILE_DISGUISED
    assert _code(path) is FailureCode.FILE_DISGUISED


def test_a_name_without_an_ending_is_told_by_its_contents(tone: Path, tmp_path: Path) -> None:
    bare = tone.rename(tmp_path / "tone")
    found = _looked(bare, PurposeRule.AUDIO_AS_REFERENCE.purpose_of)
    assert (found.mime_type, found.purpose) == ("audio/wav", Purpose.REFERENCE_AUDIO)
    odd = tmp_path / "odd.unheard-of"
    odd.write_bytes(b"words")
    assert _looked(odd).mime_type == UNKNOWN_TYPE


@pytest.mark.parametrize("change", [b"", b"other words", b"w0rds"])
def test_a_file_that_changed_since_it_was_looked_at_has_no_hash(
    tmp_path: Path, change: bytes
) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(b"words")
    found = _looked(path)
    path.write_bytes(change)
    os.utime(path, ns=(0, found.modified_ns + 1_000))
    failure = sha256(found, Reading())
    assert isinstance(failure, Failure)
    assert failure.code is FailureCode.FILE_CHANGED


def test_a_file_that_changes_while_it_is_read_has_no_hash(tmp_path: Path) -> None:
    class Growing(Reading):
        """Somebody appends to the file after each piece that was read."""

        @property
        def done_bytes(self) -> int:
            return self._done_bytes

        @done_bytes.setter
        def done_bytes(self, count: int) -> None:
            self._done_bytes = count
            if count:
                with path.open("ab") as file:
                    file.write(b"x")

    path = tmp_path / "note.bin"
    path.write_bytes(bytes(3 * READ_BYTES))
    found = _looked(path)
    reading = Growing()
    failure = sha256(found, reading)
    assert isinstance(failure, Failure)
    assert failure.code is FailureCode.FILE_CHANGED


def test_a_file_that_vanished_before_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(b"words")
    found = _looked(path)
    path.unlink()
    failure = sha256(found, Reading())
    assert isinstance(failure, Failure)
    assert failure.code is FailureCode.FILE_GONE


def test_reading_stops_when_nobody_wants_it_any_more(tmp_path: Path) -> None:
    path = tmp_path / "note.bin"
    path.write_bytes(bytes(3 * READ_BYTES))
    reading = Reading()
    reading.is_stopped = True
    assert sha256(_looked(path), reading) == ""
    assert reading.done_bytes == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps others waiting")
def test_the_core_is_offered_to_others_after_each_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "note.bin"
    path.write_bytes(bytes(3 * READ_BYTES))
    reading, seen = Reading(), []
    monkeypatch.setattr(os, "sched_yield", lambda: seen.append(reading.done_bytes))
    assert sha256(_looked(path), reading)
    assert seen == [READ_BYTES, 2 * READ_BYTES, 3 * READ_BYTES]
