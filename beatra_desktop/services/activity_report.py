"""What can be shown to others of a row: facts and the request as a command line, redacted.

In English whatever the window's language is: these are for whoever helps.
"""

import platform
import shlex
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from beatra_desktop import __version__, logs
from beatra_desktop.domain.activity import Activity, ActivityKind
from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.music import MusicTask
from beatra_desktop.domain.requests import Request
from beatra_desktop.domain.uploads import Upload
from beatra_desktop.services import music_bodies

KEY_VARIABLE: Final = "BEATRA_API_KEY"
_KEPT_NO_MORE: Final = "(not kept once the service had answered)"
_JSON: Final = ("Content-Type: application/json", "Accept: application/json")
_CHAT: Final = (
    "Content-Type: application/json",
    "Accept: text/event-stream, application/json",
    "Accept-Encoding: identity",
)


class Facts(Struct, frozen=True, kw_only=True):
    """A row and what stands behind it; `base_url` is empty where the service is not running."""

    row: Activity
    request: Request | None
    base_url: str
    task: MusicTask | None = None
    upload: Upload | None = None


def report(facts: Facts, *, with_text: bool) -> str:
    """A line for each fact; `with_text` adds what was written, as far as it is still kept."""
    lines = [f"{name}: {value}" for name, value in _facts(facts) if value]
    if with_text:
        lines += [f"{name}: {value}" for name, value in _texts(facts) if value]
    return logs.redact("\n".join(lines))


def curl(facts: Facts, *, with_text: bool) -> str:
    """The request of the row for a POSIX shell; a body only `with_text`, else as `@body.json`."""
    base = facts.base_url or "$BEATRA_BASE_URL"
    row, task = facts.row, facts.task
    if row.kind is ActivityKind.DOWNLOAD:
        # The link itself may hold a signature; the task gives a fresh one.
        path = f"/tasks/{task.remote_id if task and task.remote_id else 'TASK_ID'}"
        parts = _call("GET", f"{base}{path}", _JSON[1:])
    else:
        path = facts.request.path if facts.request else _path(row, task)
        parts = _call("POST", f"{base}{path}", _headers(row))
        if row.idempotency_key is not None:
            parts += [f"-H {_quoted(f'Idempotency-Key: {row.idempotency_key}')}"]
        parts += _body(facts, with_text=with_text)
    first, *others = map(logs.redact, parts)
    # Not through the redaction, which knows any such header for a secret.
    return " \\\n  ".join([first, f'-H "Authorization: Bearer ${KEY_VARIABLE}"', *others])


def _facts(facts: Facts) -> Iterator[tuple[str, object]]:
    row, request, task = facts.row, facts.request, facts.task
    yield "App", f"Beatra Desktop {__version__}"
    yield "System", f"{platform.platform()}, Python {sys.version.split()[0]}"
    yield "Kind", row.kind.value
    yield "State", row.state.value
    yield "Host", urlsplit(facts.base_url).netloc or facts.base_url
    yield "Profile", row.profile_id
    yield "Request", f"POST {request.path}" if request else ""
    yield "Model", row.model
    yield "Own id", row.owner_id
    yield "Task id", task.remote_id if task else ""
    yield "Task status", task.server_status if task else ""
    yield "Artifact id", facts.upload.artifact_id if facts.upload else ""
    yield "Request id", row.request_id or (request.request_id if request else "")
    yield "Idempotency key", row.idempotency_key
    yield "Ledger", request.state.value if request else ""
    yield "HTTP status", request.status if request else ""
    yield "Attempts", row.attempts
    yield "Bytes", f"{row.done_bytes or 0} of {row.total_bytes}" if row.total_bytes else ""
    yield "Credits", row.credits
    for moment in row.timeline:
        yield moment.step.value.capitalize(), _time(moment.at)
    yield "Settled", _time(request.settled_at) if request else ""
    yield from _failure(row.failure)


def _failure(failure: Failure | None) -> Iterator[tuple[str, object]]:
    """Not the service's sentence, which may repeat what was written."""
    if failure is not None:
        yield "Failure", failure.code.value
        yield "Failure status", failure.status
        yield "Service's code", failure.server_code
        yield "Service's param", failure.param
        yield "Retryable", "yes" if failure.retryable else "no"
        yield "Failure's request id", failure.request_id


def _texts(facts: Facts) -> Iterator[tuple[str, object]]:
    row, task = facts.row, facts.task
    yield "Title", row.title
    if row.failure is not None:
        yield "Service's words", row.failure.server_message
        yield "Detail", row.failure.detail
    if task is not None:
        yield "Prompt", task.prompt.prompt
        yield "Lyrics", task.prompt.lyrics
    elif row.kind is ActivityKind.ANSWER:
        yield "Body", _sent(facts) or _KEPT_NO_MORE


def _time(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="milliseconds")


def _call(method: str, url: str, headers: Sequence[str]) -> list[str]:
    return [f"curl -X {method} {_expanded(url)}", *(f"-H {_quoted(line)}" for line in headers)]


def _path(row: Activity, task: MusicTask | None) -> str:
    if task is not None:
        return f"/music/{task.prompt.route.value}"
    return "/uploads" if row.kind is ActivityKind.UPLOAD else "/chat/completions"


def _headers(row: Activity) -> Sequence[str]:
    if row.kind is ActivityKind.UPLOAD:
        return _JSON[1:]  # curl writes the form's own type
    return _CHAT if row.kind is ActivityKind.ANSWER else _JSON


def _body(facts: Facts, *, with_text: bool) -> list[str]:
    if facts.upload is not None:
        return _form(facts.upload, with_text=with_text)
    body = _sent(facts) if with_text else ""
    return [f"--data-raw {_quoted(body)}" if body else "--data-binary @body.json"]


def _form(upload: Upload, *, with_text: bool) -> list[str]:
    name = upload.name if with_text else "FILE"
    return [
        f"-F {_quoted(f'file=@{name};type={upload.mime_type}')}",
        f"-F {_quoted(f'purpose={upload.purpose.value}')}",
    ]


def _sent(facts: Facts) -> str:
    """The request's JSON, as far as it is kept or can be made again."""
    if facts.request is not None and facts.request.body:
        return facts.request.body.decode(errors="replace")
    is_whole = facts.task is not None and (
        facts.task.prompt.reference is None or facts.task.prompt.reference.artifact_id is not None
    )
    return music_bodies.encode(facts.task).decode() if facts.task and is_whole else ""


def _quoted(text: str) -> str:
    return shlex.quote(text)


def _expanded(url: str) -> str:
    """In double quotes where the shell is to fill something in."""
    return f'"{url}"' if url.startswith("$") else _quoted(url)
