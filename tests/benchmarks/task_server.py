"""A service whose songs never end, in a process of its own; prints its port.

`GET /polls` tells how often it was asked for one.
"""

import asyncio
import contextlib
import json
from typing import Final

STAGES: Final = ("composing", "singing", "mixing")


class Service(asyncio.Protocol):
    polls = 0

    def __init__(self) -> None:
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        while b"\r\n\r\n" in self._data:
            head, _, self._data = self._data.partition(b"\r\n\r\n")
            self._answer(head.split(b" ", 2)[1].decode())

    def _answer(self, path: str) -> None:
        body = json.dumps(self._body(path)).encode()
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
        self._transport.write(head.encode() + b"\r\n\r\n" + body)

    def _body(self, path: str) -> object:
        if path.endswith("/polls"):
            return Service.polls
        if "/tasks/" not in path:
            return {"data": []}
        Service.polls += 1
        return {
            "task_id": path.rsplit("/", 1)[-1],
            "status": "running",
            "progress": {"percent": Service.polls % 100, "stage": STAGES[Service.polls % 3]},
        }


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Service, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
