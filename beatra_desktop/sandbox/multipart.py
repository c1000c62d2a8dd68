"""A multipart form with one file, written to disk as it arrives (contract §3.9)."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from beatra_desktop.sandbox.errors import ApiError

FILE_LIMIT_BYTES: Final = 100 * 1024 * 1024
FIELD_LIMIT_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What came in; the file lies at the path the caller chose."""

    filename: str
    mime_type: str
    size_bytes: int
    sha256: str
    fields: dict[str, str]


async def receive_form(request: Request, path: Path) -> Form:
    """Write the part `file` to `path`. Memory use does not depend on its size.

    Raises `file_too_large` (413) and `invalid_request`, both after the whole body was read, so
    that the client gets to see them. The caller removes `path`.
    """
    reader = _Reader(path)
    callbacks = reader.callbacks()
    parser = MultipartParser(_boundary(request), callbacks)  # type: ignore[arg-type]  # TypedDict
    try:
        async for chunk in request.stream():
            parser.write(chunk)
    except FormParserError as error:
        raise ApiError("invalid_request", f"The form is damaged: {error}.") from error
    finally:
        reader.close()
    return reader.form()


def _boundary(request: Request) -> bytes:
    kind, parameters = parse_options_header(request.headers.get("content-type", ""))
    boundary = parameters.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise ApiError("invalid_request", "Send the file as multipart/form-data.")
    return boundary


class _Reader:
    """Collects the parser's callbacks; the part in progress is `_name`."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._digest = hashlib.sha256()
        self._size = 0
        self._files = 0
        self._file_head: tuple[str, str] = ("", "")
        self._fields: dict[str, bytearray] = {}
        self._headers: dict[bytes, bytes] = {}
        self._header_name = b""
        self._header_value = b""
        self._name = ""
        self._is_whole = False

    def callbacks(self) -> dict[str, object]:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._on_header_end,
            "on_headers_finished": self._on_headers,
            "on_part_data": self._on_data,
            "on_end": self._on_end,
        }

    def close(self) -> None:
        self._file.close()

    def form(self) -> Form:
        self._check()
        filename, mime_type = self._file_head
        return Form(
            filename=filename,
            mime_type=mime_type,
            size_bytes=self._size,
            sha256=self._digest.hexdigest(),
            fields={name: _text(name, value) for name, value in self._fields.items()},
        )

    def _check(self) -> None:
        if not self._is_whole:
            raise ApiError("invalid_request", "The form ends too early.", param="/file")
        if self._files != 1:
            raise ApiError("invalid_request", "Send exactly one part named file.", param="/file")
        if self._size == 0:
            raise ApiError("invalid_request", "The file is empty.", param="/file")
        if self._size > FILE_LIMIT_BYTES:
            raise ApiError("file_too_large", param="/file")

    def _begin(self) -> None:
        self._headers = {}

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._header_name.lower()] = self._header_value
        self._header_name = self._header_value = b""

    def _on_headers(self) -> None:
        _, parameters = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = parameters.get(b"name", b"").decode("utf-8", "replace")
        if self._name == "file":
            self._files += 1
            kind, _ = parse_options_header(self._headers.get(b"content-type", b""))
            filename = parameters.get(b"filename", b"").decode("utf-8", "replace")
            self._file_head = (filename, kind.decode("latin-1"))
        else:
            self._fields[self._name] = bytearray()

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if self._name == "file":
            self._write(data[start:end])
        elif len(self._fields[self._name]) + end - start > FIELD_LIMIT_BYTES:
            raise ApiError("invalid_request", "This field is too long.", param=f"/{self._name}")
        else:
            self._fields[self._name] += data[start:end]

    def _write(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size <= FILE_LIMIT_BYTES:
            self._digest.update(piece)
            self._file.write(piece)

    def _on_end(self) -> None:
        self._is_whole = True


def _text(name: str, value: bytearray) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError as error:
        raise ApiError("invalid_request", "This field is not UTF-8.", param=f"/{name}") from error
