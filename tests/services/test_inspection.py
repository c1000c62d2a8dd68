"""Looking at a file before it is sent."""

import hashlib
import os
from pathlib import Path

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.uploads import MAX_UPLOAD_BYTES, Purpose
from beatra_desktop.services.inspection import READ_BYTES, UNKNOWN_TYPE, inspect


def _code(path: Path, purpose: Purpose = Purpose.MEDIA_INPUT) -> FailureCode | None:
    failure = inspect(path, purpose).failure
    return None if failure is None else failure.code


def test_size_time_type_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    data = os.urandom(READ_BYTES + 17)
    path.write_bytes(data)
    found = inspect(path, Purpose.MEDIA_INPUT)
    assert found.failure is None
    assert found.size == len(data)
    assert found.modified_ns == path.stat().st_mtime_ns
    assert found.mime_type == "image/png"
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    odd = path.rename(tmp_path / "picture.unheard-of")
    assert inspect(odd, Purpose.MEDIA_INPUT).mime_type == UNKNOWN_TYPE


def test_what_cannot_be_sent_is_named_without_reading_it(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    assert _code(empty) is FailureCode.FILE_EMPTY
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(MAX_UPLOAD_BYTES + 1)
    assert _code(large) is FailureCode.FILE_TOO_LARGE
    assert _code(tmp_path) is FailureCode.NOT_A_FILE
    assert _code(Path("/dev/zero")) is FailureCode.NOT_A_FILE
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert _code(pipe) is FailureCode.NOT_A_FILE
    assert _code(tmp_path / "gone.txt") is FailureCode.FILE_GONE
    assert _code(empty / "below.txt") is FailureCode.FILE_GONE


def test_a_reference_must_be_audio_in_name_and_in_fact(tone: Path, tmp_path: Path) -> None:
    assert _code(tone, Purpose.REFERENCE_AUDIO) is None
    text = tmp_path / "note.txt"
    text.write_text("words")
    assert _code(text, Purpose.REFERENCE_AUDIO) is FailureCode.FILE_WRONG_TYPE
    disguised = text.rename(tmp_path / "note.mp3")
    assert _code(disguised, Purpose.REFERENCE_AUDIO) is FailureCode.FILE_WRONG_TYPE
    assert _code(disguised) is None
