"""Sending files (contract §3.9): own multipart framing, so that a resend has the same bytes."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct, field

from beatra_desktop.api import lenient
from beatra_desktop.api.errors import FileChangedError
from beatra_desktop.api.file_reader import FileReader
from beatra_desktop.api.open_files import opened
from beatra_desktop.api.pieces import Piece, Pieces
from beatra_desktop.api.transport import Request, Transport
from beatra_desktop.api.types import Answer, Artifact


class UploadForm(Struct, frozen=True, kw_only=True, dict=True):
    """A multipart body by description: equal forms of an unchanged file give equal bytes.

    `size` in bytes and `modified_ns` (`st_mtime_ns`) are the file's when it was added; `boundary`
    is any 1 to 70 letters and digits that the file does not hold, say a random id.
    """

    source: Path
    filename: str
    mime_type: str
    size: int
    modified_ns: int
    boundary: str
    purpose: str | None = None
    media_type: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def preamble(self) -> bytes:
        """Everything before the file's bytes: the small parts, then the file part's head."""
        parts = {"purpose": self.purpose, "media_type": self.media_type, "metadata": self._json}
        small = [
            f'--{self.boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in parts.items()
            if value is not None
        ]
        head = (
            f'--{self.boundary}\r\nContent-Disposition: form-data; name="file"; '
            f'filename="{_quoted(self.filename)}"\r\nContent-Type: {_line(self.mime_type)}\r\n\r\n'
        )
        return "".join([*small, head]).encode(errors="replace")

    @cached_property
    def epilogue(self) -> bytes:
        return f"\r\n--{self.boundary}--\r\n".encode()

    @property
    def content_length(self) -> int:
        """Bytes of the whole body."""
        return len(self.preamble) + self.size + len(self.epilogue)

    @property
    def _json(self) -> str | None:
        if not self.metadata:
            return None
        return msgspec.json.encode(dict(self.metadata), order="deterministic").decode()


class Uploads:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._pieces = Pieces()

    async def create(
        self,
        form: UploadForm,
        *,
        idempotency_key: str,
        on_progress: Callable[[int], None],
        request_id: str | None = None,
    ) -> Answer[Artifact]:
        """Send the file; memory does not grow with its size, nor with the number of files.

        `on_progress` gets the file's bytes handed to the network so far, after each piece.
        Raises FileChangedError, and OSError if the file can't be read.
        """
        with self._pieces.of_one() as piece:
            async with opened(lambda: form.source.open("rb")) as file:
                request = Request(
                    method="POST",
                    path="/uploads",
                    headers=_headers(form),
                    body=_body(form, file, piece, on_progress),
                    idempotency_key=idempotency_key,
                    request_id=request_id,
                    read_seconds=self._transport.timeouts.upload_answer,
                )
                return await self._transport.fetch(request, _decoded)


def _headers(form: UploadForm) -> dict[str, str]:
    return {
        "Content-Type": f"multipart/form-data; boundary={form.boundary}",
        "Content-Length": str(form.content_length),
    }


def _decoded(raw: bytes) -> Artifact:
    return lenient.decode(Artifact, raw)


async def _body(
    form: UploadForm, file: BinaryIO, piece: Piece, on_progress: Callable[[int], None]
) -> AsyncIterator[bytes]:
    """The form's bytes. The end is only sent for an unchanged file: a cut body creates nothing."""
    _check_unchanged(form, file)
    yield form.preamble
    sent, reader = 0, FileReader(file)
    while sent < form.size:
        chunk = await reader.read(min(piece.size, form.size - sent))
        if not chunk:
            raise FileChangedError("The file became shorter while it was being sent.")
        began = time.monotonic()
        yield chunk
        await asyncio.sleep(0)  # a quick network takes all at once: others get their turn
        piece.fit(time.monotonic() - began)
        sent += len(chunk)
        on_progress(sent)
    _check_unchanged(form, file)
    yield form.epilogue


def _check_unchanged(form: UploadForm, file: BinaryIO) -> None:
    now = os.fstat(file.fileno())
    if (now.st_size, now.st_mtime_ns) != (form.size, form.modified_ns):
        raise FileChangedError("The file changed after it was added.")


def _quoted(name: str) -> str:
    """A file name as browsers write it into a form."""
    return _line(name).replace('"', "%22")


def _line(text: str) -> str:
    return text.replace("\r", "%0D").replace("\n", "%0A")
