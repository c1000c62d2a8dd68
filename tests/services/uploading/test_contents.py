"""What is in a file, told by its first bytes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.services.uploading.contents import (
    HEAD_BYTES,
    UNKNOWN_TYPE,
    held_type,
    is_unlike,
    named_type,
)

HEADS = {
    "png": b"\x89PNG\r\n\x1a\n....",
    "jpeg": b"\xff\xd8\xff\xe0..JFIF",
    "gif": b"GIF89a",
    "webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "wav": b"RIFF\x10\x00\x00\x00WAVEfmt ",
    "flac": b"fLaC\x00\x00\x00\x22",
    "ogg": b"OggS\x00\x02",
    "id3": b"ID3\x04\x00",
    "mp3": b"\xff\xfb\x90\x64",
    "mp4": b"\x00\x00\x00\x20ftypM4A ",
    "webm": b"\x1aE\xdf\xa3\x01",
    "pdf": b"%PDF-1.7",
    "zip": b"PK\x03\x04\x14\x00",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "text": b"words and words",
}


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.png", "png"),
        ("a.JPG", "jpeg"),
        ("a.gif", "gif"),
        ("a.webp", "webp"),
        ("a.wav", "wav"),
        ("a.flac", "flac"),
        ("a.flac", "id3"),
        ("a.ogg", "ogg"),
        ("a.opus", "ogg"),
        ("a.mp3", "id3"),
        ("a.mp3", "mp3"),
        ("a.m4a", "mp4"),
        ("a.mp4", "mp4"),
        ("a.mov", "mp4"),
        ("a.webm", "webm"),
        ("a.pdf", "pdf"),
        ("a.pdf", "text"),
        ("a.zip", "zip"),
        ("a.docx", "zip"),
        ("a.docx", "ole"),
        ("a.txt", "text"),
        ("a.unheard-of", "png"),
        ("a", "zip"),
    ],
)
def test_contents_that_fit_the_name(name: str, head: str) -> None:
    assert not is_unlike(named_type(Path(name)), HEADS[head])


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.mp3", "png"),
        ("a.mp3", "ogg"),
        ("a.mp3", "wav"),
        ("a.wav", "id3"),
        ("a.wav", "text"),
        ("a.flac", "wav"),
        ("a.png", "jpeg"),
        ("a.png", "text"),
        ("a.jpg", "png"),
        ("a.pdf", "zip"),
        ("a.docx", "pdf"),
        ("a.txt", "png"),
        ("a.mp4", "webm"),
    ],
)
def test_contents_unlike_the_name(name: str, head: str) -> None:
    assert is_unlike(named_type(Path(name)), HEADS[head])


@pytest.mark.parametrize(
    ("name", "mime_type"),
    [
        ("song.mp3", "audio/mpeg"),
        ("data:,song.mp3", "audio/mpeg"),
        ("notes", UNKNOWN_TYPE),
        ("archive.tar.gz", "application/gzip"),
        (".hidden", UNKNOWN_TYPE),
    ],
)
def test_a_name_claims_a_type_by_its_ending(name: str, mime_type: str) -> None:
    assert named_type(Path(name)) == mime_type


@given(st.binary(max_size=HEAD_BYTES), st.sampled_from(["a.mp3", "a.wav", "a.txt", "a", "a.png"]))
def test_any_bytes_are_judged(head: bytes, name: str) -> None:
    named = named_type(Path(name))
    if held_type(head) == named:
        assert not is_unlike(named, head)
    if named == UNKNOWN_TYPE:
        assert not is_unlike(named, head)
