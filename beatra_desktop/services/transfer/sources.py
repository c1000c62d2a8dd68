"""Files that chats can be imported from: what they are, and one conversation after the other.

Nothing is unpacked to the disk, and nothing larger than one conversation is held in memory. What
can be wrong with a file as a whole is found before its first conversation is given out.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from io import SEEK_END
from pathlib import Path, PurePosixPath
from typing import IO, Final

import msgspec
from msgspec import Struct

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.services.transfer import archive, chatgpt, schema
from beatra_desktop.services.transfer.json_array import (
    MAX_ELEMENT_BYTES,
    ElementTooLarge,
    NotAnArray,
    Span,
    spans,
)
from beatra_desktop.services.transfer.tree import Tree

MAX_MEMBERS: Final = 200_000
MAX_UNPACKED_BYTES: Final = 8 << 30
"""All that is read of one file; an honest export is far smaller."""
_BEGINNING_BYTES: Final = 4096
_ZIP_SIGNS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_CHATGPT_MEMBER: Final = re.compile(r"(?:.*/)?conversations(?:-\d+)?\.json")
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError
)  # fmt: skip
"""What a damaged zip, or one packed in a way we don't know, raises while it is read."""


class NotImported(Exception):
    """The file as a whole is not taken; `code` says why."""

    def __init__(self, code: FailureCode, detail: str = "") -> None:
        super().__init__(detail)
        self.code = code

    def failure(self, *, subject: str) -> Failure:
        return Failure(code=self.code, subject=subject, detail=str(self))


class Unreadable(Struct, frozen=True):
    """One conversation of a file that could not be understood."""

    reason: str


class Source(Struct, frozen=True):
    """`total` conversations, read when asked for."""

    total: int
    conversations: Iterator[Tree | Unreadable]


class _Part(Struct, frozen=True):
    """One conversation where it lies, and what reads it."""

    text: Callable[[], bytes]
    read: Callable[[bytes], Tree]


@contextmanager
def opened(path: Path, *, now: datetime, check: Callable[[], None]) -> Iterator[Source]:
    """The conversations of an archive or JSON of ours, or of a ChatGPT export.

    `check` is called again and again and may raise to end it. Raises NotImported, and OSError when
    the file can't be read.
    """
    with ExitStack() as stack:
        file = stack.enter_context(path.open("rb"))
        beginning = file.read(_BEGINNING_BYTES)
        file.seek(0)
        opener = _Opener(stack, now, check)
        is_zip = beginning.startswith(_ZIP_SIGNS)
        parts = opener.zip(file) if is_zip else opener.json(file, beginning)
        yield Source(len(parts), map(_conversation, parts))


def _conversation(part: _Part) -> Tree | Unreadable:
    try:
        return part.read(part.text())
    except (ValueError, NotImported, *_BROKEN) as error:
        return Unreadable(str(error))


class _Watched(Struct, frozen=True):
    """A file that looks before each read whether to go on."""

    file: IO[bytes]
    check: Callable[[], None]

    def read(self, size: int, /) -> bytes:
        self.check()
        return self.file.read(size)


class _Opener(Struct, frozen=True):
    stack: ExitStack
    now: datetime
    check: Callable[[], None]

    def json(self, file: IO[bytes], beginning: bytes) -> list[_Part]:
        start = beginning.removeprefix(_BYTE_ORDER_MARK).lstrip()
        if start.startswith(b"["):
            return self._chatgpt(file)
        if not start.startswith(b"{"):
            raise NotImported(FailureCode.CHATS_UNKNOWN)
        text = _limited(file)
        return [_Part(lambda: text, self._reader_of(text))]

    def zip(self, file: IO[bytes]) -> list[_Part]:
        found = self.stack.enter_context(_unzipped(file))
        members = [info for info in found.infolist() if not info.filename.endswith("/")]
        _check_members(members, file.seek(0, SEEK_END))
        if archive.MANIFEST in found.namelist():
            return _archived(found, members)
        wanted = [info for info in members if _CHATGPT_MEMBER.fullmatch(info.filename)]
        if not wanted:
            raise NotImported(FailureCode.CHATS_UNKNOWN)
        _check_sizes(wanted)
        opened = [self.stack.enter_context(_member(found, info)) for info in wanted]
        return [part for member in opened for part in self._chatgpt(member)]

    def _reader_of(self, text: bytes) -> Callable[[bytes], Tree]:
        """What reads a single conversation: ours by its format, ChatGPT's by its shape."""
        head = _head(text)
        if head.format == schema.FORMAT:
            _check_version(head.version, schema.VERSION)
            return schema.decode
        if not bytes(head.mapping):
            raise NotImported(FailureCode.CHATS_UNKNOWN)
        return self._read_chatgpt

    def _chatgpt(self, file: IO[bytes]) -> list[_Part]:
        try:
            found = list(spans(_Watched(file, self.check)))
        except ElementTooLarge as error:
            raise NotImported(FailureCode.CHATS_TOO_LARGE, str(error)) from error
        except (NotAnArray, *_BROKEN) as error:
            raise NotImported(FailureCode.CHATS_DAMAGED, str(error)) from error
        return [_Part(partial(_slice, file, span), self._read_chatgpt) for span in found]

    def _read_chatgpt(self, text: bytes) -> Tree:
        return chatgpt.conversation(text, now=self.now)


def _archived(found: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> list[_Part]:
    with _member(found, found.getinfo(archive.MANIFEST)) as manifest:
        head = _head(_limited(manifest))
    if head.format != archive.FORMAT:
        raise NotImported(FailureCode.CHATS_UNKNOWN)
    _check_version(head.version, archive.VERSION)
    wanted = [info for info in members if _is_conversation(info)]
    _check_sizes(wanted, each=MAX_ELEMENT_BYTES)
    return [_Part(partial(_unpacked, found, info), _read_own) for info in wanted]


def _is_conversation(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    return name.startswith(archive.FOLDER) and name.endswith(archive.ENDING)


def _read_own(text: bytes) -> Tree:
    head = _head(text)
    if head.format != schema.FORMAT or head.version > schema.VERSION:
        raise ValueError(f"it is of the format {head.format} {head.version}")
    return schema.decode(text)


def _slice(file: IO[bytes], span: Span) -> bytes:
    file.seek(span.start)
    return file.read(span.stop - span.start)


def _unpacked(found: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with found.open(info) as member:
        return member.read()


def _unzipped(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (ValueError, *_BROKEN) as error:
        raise NotImported(FailureCode.CHATS_DAMAGED, str(error)) from error


def _member(found: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    try:
        return found.open(info)
    except _BROKEN as error:
        raise NotImported(FailureCode.CHATS_DAMAGED, str(error)) from error


def _limited(file: IO[bytes]) -> bytes:
    try:
        text = file.read(MAX_ELEMENT_BYTES + 1)
    except _BROKEN as error:
        raise NotImported(FailureCode.CHATS_DAMAGED, str(error)) from error
    if len(text) > MAX_ELEMENT_BYTES:
        raise NotImported(FailureCode.CHATS_TOO_LARGE)
    return text.removeprefix(_BYTE_ORDER_MARK)


class _Head(msgspec.Struct):
    """What tells one JSON object from another."""

    format: str = ""
    version: int = 0
    mapping: msgspec.Raw = msgspec.Raw(b"")


def _head(text: bytes) -> _Head:
    try:
        return msgspec.json.decode(text, type=_Head)
    except msgspec.ValidationError as error:
        raise NotImported(FailureCode.CHATS_UNKNOWN, str(error)) from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotImported(FailureCode.CHATS_DAMAGED, str(error)) from error


def _check_version(found: int, known: int) -> None:
    if found > known:
        raise NotImported(FailureCode.CHATS_NEWER, f"version {found}")


def _check_members(members: Sequence[zipfile.ZipInfo], size: int) -> None:
    if len(members) > MAX_MEMBERS:
        raise NotImported(FailureCode.CHATS_TOO_LARGE, f"{len(members)} files")
    for info in members:
        if not 0 <= info.header_offset < size:  # reading there would look like a broken disk
            raise NotImported(FailureCode.CHATS_DAMAGED, f"{info.filename} lies outside of it")
        if _is_outside(info.filename):
            raise NotImported(FailureCode.CHATS_UNSAFE, info.filename)
        if info.flag_bits & _ENCRYPTED:
            raise NotImported(FailureCode.CHATS_UNKNOWN, "it is encrypted")


def _is_outside(name: str) -> bool:
    """Whether the name would lead out of a folder; nothing is unpacked, but no export has such."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or _DRIVE.match(name) is not None


def _check_sizes(members: Sequence[zipfile.ZipInfo], *, each: int = MAX_UNPACKED_BYTES) -> None:
    """By what the zip says; a member that holds more ends there and does not match its checksum."""
    sizes = [info.file_size for info in members]
    if sum(sizes) > MAX_UNPACKED_BYTES or max(sizes, default=0) > each:
        raise NotImported(FailureCode.CHATS_TOO_LARGE, f"{sum(sizes)} bytes")
