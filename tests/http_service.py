"""Small services over real HTTP, in threads of their own, for programs and windows to talk to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """Says what it is told to, and nothing on the terminal."""

    def answer(self, status: int, body: bytes = b"", *, kind: str = "text/html") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_json(self, status: int, value: object) -> None:
        self.answer(status, json.dumps(value).encode(), kind="application/json")

    def log_message(self, *_words: object) -> None:
        """Tests are quiet."""


@contextmanager
def serving(handler: type[Handler], *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """The service's address, without a path; without a port it takes one that is free."""
    server = ThreadingHTTPServer((host, port), handler)
    thread = threading.Thread(target=server.serve_forever, name="stub")
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
