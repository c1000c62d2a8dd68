"""What is in a file, told by its first bytes, and whether that fits its name."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

HEAD_BYTES: Final = 1024
"""How much of a file's beginning is enough to know it."""
UNKNOWN_TYPE: Final = "application/octet-stream"

_PACKED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gzip": "application/gzip",
        "bzip2": "application/x-bzip2",
        "xz": "application/x-xz",
        "br": UNKNOWN_TYPE,
        "compress": UNKNOWN_TYPE,
    }
)
# Each kind with the places and bytes that tell it; all the pairs of one line must be there.
_SIGNS: Final[tuple[tuple[str, tuple[tuple[int, bytes], ...]], ...]] = (
    ("image/png", ((0, b"\x89PNG\r\n\x1a\n"),)),
    ("image/jpeg", ((0, b"\xff\xd8\xff"),)),
    ("image/gif", ((0, b"GIF8"),)),
    ("image/webp", ((0, b"RIFF"), (8, b"WEBP"))),
    ("image/tiff", ((0, b"II*\x00"),)),
    ("image/tiff", ((0, b"MM\x00*"),)),
    ("audio/wav", ((0, b"RIFF"), (8, b"WAVE"))),
    ("audio/wav", ((0, b"RF64"), (8, b"WAVE"))),
    ("audio/flac", ((0, b"fLaC"),)),
    ("audio/ogg", ((0, b"OggS"),)),
    ("audio/aiff", ((0, b"FORM"), (8, b"AIF"))),
    ("audio/mpeg", ((0, b"ID3"),)),
    ("video/x-msvideo", ((0, b"RIFF"), (8, b"AVI "))),
    ("video/mp4", ((4, b"ftyp"),)),
    ("video/mp4", ((4, b"moov"),)),
    ("video/mp4", ((4, b"mdat"),)),
    ("video/mp4", ((4, b"wide"),)),
    ("video/webm", ((0, b"\x1aE\xdf\xa3"),)),
    ("application/pdf", ((0, b"%PDF-"),)),
    ("application/zip", ((0, b"PK\x03\x04"),)),
    ("application/zip", ((0, b"PK\x05\x06"),)),
    ("application/gzip", ((0, b"\x1f\x8b"),)),
    ("application/x-7z-compressed", ((0, b"7z\xbc\xaf\x27\x1c"),)),
    ("application/x-ole-storage", ((0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),)),
    ("application/x-executable", ((0, b"\x7fELF"),)),
)
_WAV: Final = ("audio/wav",)
_MP4: Final = ("video/mp4",)
_OGG: Final = ("audio/ogg",)
_WEBM: Final = ("video/webm",)
# With a password, Office writes its files into the older kind of container.
_OFFICE: Final = ("application/zip", "application/x-ole-storage")
_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
# What may be in a file of the type its name says. A type that is not here may hold anything.
_HOLDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "image/png": ("image/png",),
        "image/jpeg": ("image/jpeg",),
        "image/gif": ("image/gif",),
        "image/webp": ("image/webp",),
        "image/tiff": ("image/tiff",),
        "audio/wav": _WAV,
        "audio/x-wav": _WAV,
        "audio/vnd.wave": _WAV,
        "audio/flac": ("audio/flac", "audio/mpeg"),  # some programs put ID3 tags before it
        "audio/x-flac": ("audio/flac", "audio/mpeg"),
        "audio/ogg": _OGG,
        "audio/opus": _OGG,
        "video/ogg": _OGG,
        "audio/mp4": _MP4,
        "audio/x-m4a": _MP4,
        "video/mp4": _MP4,
        "video/quicktime": _MP4,
        "video/webm": _WEBM,
        "audio/webm": _WEBM,
        "video/x-matroska": _WEBM,
        "application/zip": ("application/zip",),
        "application/gzip": ("application/gzip",),
        f"{_OPEN_XML}.wordprocessingml.document": _OFFICE,
        f"{_OPEN_XML}.spreadsheetml.sheet": _OFFICE,
        f"{_OPEN_XML}.presentationml.presentation": _OFFICE,
    }
)
# These begin in too many ways to ask for one, but never as something else.
_NEVER_OTHERS: Final = ("audio/mpeg", "audio/mp3", "audio/aac", "application/pdf")


def named_type(path: Path) -> str:
    """The media type a file's name claims; UNKNOWN_TYPE when it claims none."""
    # Of the ending alone, because the whole name would be read as a URL.
    mime_type, packing = mimetypes.guess_type(f"name{path.suffix}")
    if packing is not None:
        return _PACKED.get(packing, UNKNOWN_TYPE)
    return mime_type or UNKNOWN_TYPE


def held_type(head: bytes) -> str | None:
    """The media type the first bytes tell; None when they tell nothing."""
    for mime_type, signs in _SIGNS:
        if all(head.startswith(sign, place) for place, sign in signs):
            return mime_type
    return None


def is_unlike(named: str, head: bytes) -> bool:
    """Whether a file that begins like this can't be of the type its name says."""
    held = held_type(head)
    if named in _HOLDS:
        return held not in _HOLDS[named]
    if named in _NEVER_OTHERS:
        return held is not None and held != "audio/mpeg" and held != named
    return named.startswith("text/") and held is not None
