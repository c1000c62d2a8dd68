"""A service for one bench, in a process of its own: streams an answer at a steady rate.

The text comes through standard input; the port is printed. Encrypted, if it is called with a
certificate and its key.
"""

import asyncio
import contextlib
import json
import ssl
import sys
import time
from typing import Final

READ_BYTES: Final = 65_536
TICK_SECONDS: Final = 0.001


class Service:
    def __init__(self, tokens: list[str], rate: int) -> None:
        self._tokens = tokens
        self._rate = rate

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._serve(reader, writer)
        writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = head.partition("content-length:")[2].partition("\r\n")[0].strip()
        await reader.readexactly(int(length or 0))
        if head.startswith("post"):
            await self._stream(writer)
            return
        body = json.dumps({"data": [{"id": "bench"}]}).encode()
        writer.write(_head("application/json", f"content-length: {len(body)}\r\n") + body)
        await writer.drain()

    async def _stream(self, writer: asyncio.StreamWriter) -> None:
        writer.write(_head("text/event-stream"))
        began, sent = time.monotonic(), 0
        while sent < len(self._tokens):
            due = min(len(self._tokens), int((time.monotonic() - began) * self._rate))
            writer.write(b"".join(_event(token) for token in self._tokens[sent:due]))
            sent = max(sent, due)
            await writer.drain()
            await asyncio.sleep(TICK_SECONDS)
        writer.write(b"data: [DONE]\n\n")
        await writer.drain()


def _head(kind: str, more: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\n{more}connection: close\r\n\r\n".encode()


def _event(token: str) -> bytes:
    chunk = {
        "id": "chatcmpl-bench",
        "object": "chat.completion.chunk",
        "created": 1_767_225_600,
        "model": "bench",
        "choices": [{"index": 0, "delta": {"content": token}, "finish_reason": None}],
    }
    return f"data: {json.dumps(chunk)}\n\n".encode()


def _context(*certificate: str) -> ssl.SSLContext | None:
    if not certificate:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context


async def main(text: str, rate: int, *certificate: str) -> None:
    tokens = [text[start : start + 4] for start in range(0, len(text), 4)]
    serve = Service(tokens, rate).serve
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=_context(*certificate))
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(sys.stdin.read(), int(sys.argv[1]), *sys.argv[2:]))
