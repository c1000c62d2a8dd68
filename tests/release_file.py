"""A file on the web that names the newest version, and what asks for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.http_service import Handler, serving


@dataclass(kw_only=True)
class ReleaseFile:
    """Answers with `status`, `headers` and `body`; `heard` are the heads of all requests."""

    address: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b'{"version": "9.1.0", "url": "https://example.com/notes"}'
    heard: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def release_file(*, host: str = "127.0.0.1") -> Iterator[ReleaseFile]:
    told = ReleaseFile()

    class File(Handler):
        def do_GET(self) -> None:
            told.heard.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            self.send_response(told.status)
            for name, value in {**told.headers, "Content-Length": str(len(told.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.body)

    with serving(File, host=host) as address:
        told.address = f"{address}/latest.json"
        yield told
