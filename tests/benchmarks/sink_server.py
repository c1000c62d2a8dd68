"""A service that takes files and keeps nothing, in a process of its own; prints its port."""

import asyncio
import contextlib
import json
import re
from typing import Final

BUFFER_BYTES: Final = 1024 * 1024
_LENGTH: Final = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Sink(asyncio.BufferedProtocol):
    """Reads into one buffer again and again, so that it costs as little as it can."""

    def __init__(self) -> None:
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
        head = f"HTTP/1.1 201 X\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
        self._transport.write(head.encode() + b"\r\n\r\n" + body)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
