"""A service in front of a sandbox that repeats the key it is given wherever it refuses something.

It listens on loopback addresses of its own choice, so that several hosts can be told apart, and
notes who was given a key.
"""

import base64
import http.client
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from typing import Final
from urllib.parse import quote, urlsplit

from beatra_desktop.domain.records import replace
from tests.http_service import Handler

CHUNK_BYTES: Final = 4096
_DROPPED: Final = frozenset({"connection", "transfer-encoding", "content-length", "date", "server"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What comes instead of the next `times` answers to requests whose path ends so."""

    path: str
    kind: str
    writing: str = "plain"
    times: int = 1


def _escaped(key: str) -> str:
    return "".join(f"\\u{ord(character):04x}" for character in key)


WRITINGS: Final[dict[str, Callable[[str], str]]] = {
    "plain": lambda key: json.dumps(key)[1:-1],
    "in a URL": lambda key: quote(key, safe=""),
    "escaped": _escaped,
    "base64": lambda key: base64.b64encode(key.encode()).decode(),
    "base64 of the header": lambda key: base64.b64encode(f"Bearer {key}".encode()).decode(),
    "web-safe base64": lambda key: base64.urlsafe_b64encode(f"x:{key}".encode()).decode(),
}
"""How the key may come back, each as it stands in a JSON text."""
STATUSES: Final = {"401": 401, "402": 402, "403": 403, "404": 404, "422": 422, "429": 429,
                   "500": 500, "503": 503}  # fmt: skip
KINDS: Final = (*STATUSES, "html", "bare text", "cut", "nonsense", "redirect", "error event")


@dataclass(kw_only=True)
class Gossip:
    """What it is to do and what it saw; `strangers` are requests with a key for another host."""

    sandbox_url: str
    sandbox_key: str
    elsewhere: str = ""
    links: str = ""
    troubles: list[Trouble] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    _changing: threading.Lock = field(default_factory=threading.Lock)

    def trouble_for(self, path: str) -> Trouble | None:
        with self._changing:
            for place, trouble in enumerate(self.troubles):
                if urlsplit(path).path.endswith(trouble.path):
                    if trouble.times > 1:
                        self.troubles[place] = replace(trouble, times=trouble.times - 1)
                    else:
                        del self.troubles[place]
                    return trouble
        return None


class _Relay(Handler):
    gossip: Gossip

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        sent = self.headers["Authorization"] or ""
        if sent:
            self.gossip.carried.append(f"{self.command} {self.path}")
        trouble = self.gossip.trouble_for(self.path)
        if trouble is None:
            self._relay(body, sent)
        else:
            self._refuse(trouble, sent.removeprefix("Bearer "))

    def _relay(self, body: bytes, sent: str) -> None:
        """Ask the sandbox with its own key, but let it see ours in a place nobody looks at."""
        target = urlsplit(self.gossip.sandbox_url)
        connection = http.client.HTTPConnection(target.netloc, timeout=30)
        named = {n: v for n, v in self.headers.items() if n.lower() not in (*_DROPPED, "host")}
        if sent:
            named |= {"Authorization": f"Bearer {self.gossip.sandbox_key}", "X-Api-Key": sent}
        connection.request(self.command, self.path, body, named)
        with connection.getresponse() as reply:
            self._pass_on(reply, target.netloc)
        connection.close()

    def _pass_on(self, reply: http.client.HTTPResponse, own: str) -> None:
        self.send_response(reply.status)
        for name, value in reply.getheaders():
            if name.lower() not in _DROPPED:
                self.send_header(name, value)
        self.end_headers()
        if reply.headers.get_content_type() == "application/json":
            self.wfile.write(reply.read().replace(own.encode(), self.gossip.links.encode()))
            return
        while chunk := reply.read1(CHUNK_BYTES):
            self.wfile.write(chunk)

    def _refuse(self, trouble: Trouble, key: str) -> None:
        echo = WRITINGS[trouble.writing](key)
        said = f'"Wrong key {echo} (Bearer {echo}). {{\\"Authorization\\": \\"Bearer {echo}\\"}}"'
        inner = f'"message":{said},"details":{{"errors":[{{"field":{said}}}],"sent":{said}}}'
        match trouble.kind:
            case "html":
                self.answer(502, f"<html>Bearer {echo}</html>".encode())
            case "bare text":
                self.answer(500, f"Bearer {echo}".encode(), kind="text/plain")
            case "cut":
                self.send_response(200)
                self.send_header("Content-Length", "999999")
                self.end_headers()
                self.wfile.write(f'{{"error":{{{inner}'.encode())
            case "nonsense":
                self.answer(200, f'{{"you sent":{said}}}'.encode(), kind="application/json")
            case "redirect":
                self.send_response(307)
                self.send_header("Location", f"{self.gossip.elsewhere}{self.path}?key={echo}")
                self.send_header("Content-Length", "0")
                self.end_headers()
            case "error event":
                head = b'data: {"choices":[{"delta":{"content":"Well, "}}]}\n\n'
                event = f'data: {{"error":{{"code":"x","retryable":false,{inner}}}}}\n\n'
                self.answer(200, head + event.encode(), kind="text/event-stream")
            case status:
                code = f'"code":"said_{status}","retryable":false'
                body = f'{{"error":{{{code},{inner},"param":{said}}}}}'
                self.answer(STATUSES[status], body.encode(), kind="application/json")


class _Stranger(Handler):
    """Another host: whatever comes here must come without a key."""

    gossip: Gossip

    def do_GET(self) -> None:
        self._note()

    def do_POST(self) -> None:
        self._note()

    def _note(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self.headers["Authorization"]:
            self.gossip.strangers.append(f"{self.command} {self.path}")
        self.answer_json(404, {"error": {"code": "not_found", "message": "?", "retryable": False}})


class _Links(_Relay):
    """The host that serves the clips: it needs no key, and must be given none."""

    def _serve(self) -> None:
        if self.headers["Authorization"]:
            self.gossip.strangers.append(f"{self.command} {self.path}")
        self._relay(b"", "")


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_words: object) -> None:
        """A client that goes away, or is killed, is what happens here."""


@contextmanager
def gossiping(sandbox_url: str, sandbox_key: str) -> Iterator[tuple[str, Gossip]]:
    """The service's base URL, and what it does and saw."""
    gossip = Gossip(sandbox_url=sandbox_url, sandbox_key=sandbox_key)
    with (
        _listening(_Stranger, gossip, "127.0.0.3") as gossip.elsewhere,
        _listening(_Links, gossip, "127.0.0.2") as links,
        _listening(_Relay, gossip, "127.0.0.1") as origin,
    ):
        gossip.links = urlsplit(links).netloc
        yield f"{origin}/v1", gossip


@contextmanager
def _listening(handler: type[Handler], gossip: Gossip, host: str) -> Iterator[str]:
    kind = type(handler.__name__, (handler,), {"gossip": gossip})
    server = _QuietServer((host, 0), kind)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="stub")
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
