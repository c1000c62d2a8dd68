"""A service that takes files and keeps nothing, in a process of its own; prints its port.

`GET /v1/song` gives the file it was started with.
"""

import asyncio
import contextlib
import json
import re
import sys
from pathlib import Path
from typing import Final

BUFFER_BYTES: Final = 1024 * 1024
_LENGTH: Final = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Sink(asyncio.BufferedProtocol):
    """Reads into one buffer again and again, so that it costs as little as it can."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._buffer = bytearray(BUFFER_BYTES)
        self._head = b""
        self._left: int | None = None
        self._count = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def get_buffer(self, _sizehint: int) -> bytearray:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        if self._left is None:
            self._head += self._buffer[:nbytes]
            head, end, rest = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            if head.startswith(b"GET /v1/song"):
                self._giving = asyncio.get_running_loop().create_task(self._give())
                return
            length = _LENGTH.search(head)
            self._left = int(length[1]) if length else 0
            nbytes = len(rest)
        self._left -= nbytes
        if self._left <= 0:
            self._answer()

    def _answer(self) -> None:
        self._left, self._head = None, b""
        self._count += 1
        body = json.dumps({"artifact_id": f"art_{id(self)}_{self._count}", "data": []}).encode()
        head = f"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
        self._transport.write(head.encode() + b"\r\n\r\n" + body)

    async def _give(self) -> None:
        self._head = b""
        size = self._file.stat().st_size
        head = f"HTTP/1.1 200 X\r\ncontent-type: audio/wav\r\ncontent-length: {size}\r\n\r\n"
        self._transport.write(head.encode())
        with self._file.open("rb") as file:
            await asyncio.get_running_loop().sendfile(self._transport, file)


async def main(file: Path) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Sink(file), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(Path(sys.argv[1])))
