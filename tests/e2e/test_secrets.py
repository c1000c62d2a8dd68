"""Keys are in nothing the app writes or shows, even where a service repeats them in its errors."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtPdf import QPdfDocument

from tests.http_service import Handler, serving

OF_ENVIRONMENT: Final = "canary-of-the-environment-7391"
OF_PROFILE: Final = "canary-of-a-profile-4823"
KEYS: Final = (OF_ENVIRONMENT, OF_PROFILE)
ENDINGS: Final = ("md", "html", "pdf", "json")


class _Gossip(Handler):
    """Knows one model, and repeats the key it was given wherever it refuses something."""

    def do_GET(self) -> None:
        if self.path == "/v1/models":
            self.answer_json(200, {"object": "list", "data": [{"id": "tiny", "object": "model"}]})
        else:
            self._refuse(404)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._refuse(401)

    def _refuse(self, status: int) -> None:
        sent = self.headers["Authorization"]
        key = sent.removeprefix("Bearer ")
        message = f"Incorrect API key provided: {key}. It came as {sent}."
        self.answer_json(status, {"error": {"message": message, "code": "invalid_api_key"}})


@pytest.fixture
def gossip() -> Iterator[str]:
    with serving(_Gossip) as address:
        yield f"{address}/v1"


def refused(app: Any, text: str) -> str:
    """Ask, look at what is told of the refusal, and return all of that."""
    app.do("connect")
    app.do("ask", text=text)
    [_, answer] = app.do("until_answered", number=2)
    assert answer["status"] == "failed"
    assert "Incorrect API key" in answer["failure"]["server_message"]
    app.do("open_details")
    return json.dumps([answer, app.do("recheck"), app.do("notices"), app.do("spoken")])


def exported(app: Any, command: str, path: Path) -> str:
    app.do("begin_transfer", command=command, path=str(path))
    told = app.do("until_transferred")
    assert told["code"] == "exported"
    return json.dumps(told)


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of every file below a folder, and what packed ones hold."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        yield path.name, path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as file:
                yield from ((name, file.read(name)) for name in file.namelist())
        elif path.suffix == ".pdf":
            yield path.name, printed(path).encode()


def printed(path: Path) -> str:
    document = QPdfDocument()
    assert document.load(str(path)) is QPdfDocument.Error.None_
    text = "\n".join(document.getAllText(page).text() for page in range(document.pageCount()))
    document.close()
    return text


def with_keys(folder: Path) -> list[str]:
    return [name for name, text in contents(folder) if any(key.encode() in text for key in KEYS)]


@pytest.mark.usefixtures("qapp")
def test_no_key_is_in_anything_that_is_written_or_shown(
    start: Any, gossip: str, tmp_path: Path
) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    app = start("--base-url", gossip, environment={"BEATRA_API_KEY": OF_ENVIRONMENT})
    told = [refused(app, "Why does it rain?")]
    app.do("use_profile", name="Home", base_url=gossip, key=OF_PROFILE)
    told.append(refused(app, "Why does it snow?"))
    told += [exported(app, "export_chat", exports / f"chat.{ending}") for ending in ENDINGS]
    told.append(exported(app, "export_all", exports / "all.zip"))
    app.do("begin_transfer", command="import_chats", path=str(exports / "all.zip"))
    told.append(json.dumps(app.do("until_transferred")))
    assert [text for text in told if any(key in text for key in KEYS)] == []
    assert with_keys(tmp_path) == []
    assert app.quit() == 0
    assert with_keys(tmp_path) == []
    names = {name for name, _ in contents(tmp_path)}
    assert names >= {"beatra.db", "manifest.json", *(f"chat.{ending}" for ending in ENDINGS)}
    assert "Why does it snow?" in printed(exports / "chat.pdf")
