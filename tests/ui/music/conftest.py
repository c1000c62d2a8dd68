"""A service that only chats."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class _ChatOnly(BaseHTTPRequestHandler):
    """Lists one model and knows nothing else."""

    def do_GET(self) -> None:
        known = self.path.endswith("/models") and "catalog" not in self.path
        document: object = {"error": {"code": "not_found", "message": "", "retryable": False}}
        if known:
            document = {"object": "list", "data": [{"id": "chatty", "object": "model"}]}
        body = json.dumps(document).encode()
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def chat_only_url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _ChatOnly)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()
