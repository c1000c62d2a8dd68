"""Compares what is in the database and on disk with what the sandbox did and the proxy saw."""

import json
import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import av

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.ui.error_text import Kept, describe
from tests.faults.network_jobs import WORDS
from tests.faults.proxy import Answer, Endpoint, Pressed, Seen

ATTEMPTS: Final = 3
CREATING: Final = (Endpoint.CHAT, Endpoint.UPLOAD, Endpoint.SONG, Endpoint.COVER)
SONGS: Final = (Endpoint.SONG, Endpoint.COVER)
KEYLESS: Final = (Endpoint.CLIP, Endpoint.ARTIFACT, Endpoint.PORTAL, Endpoint.HEALTH)
PASSING: Final = (408, 425, 429)
TABLES: Final = ("requests", "messages", "uploads", "tasks", "clips")
ENDED: Final = {
    "requests": ("created", "refused", "unknown", "abandoned"),
    "messages": ("complete", "incomplete", "stopped", "failed", "unknown"),
    "uploads": ("uploaded", "unknown"),
    "tasks": ("succeeded", "failed", "canceled", "refused"),
    "clips": ("saved",),
}
Row = dict[str, Any]


@dataclass(kw_only=True)
class Evidence:
    """What one case left behind; `stuck` tells where it stood when its time was over.

    `is_aged`: a day passed for the app; `is_forgotten`: for the service.
    """

    seen: list[Seen | Pressed]
    sandbox_files: Path
    folder: Path
    journal: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    failures: set[tuple[Failure, Kept]] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)
    stuck: str = ""
    is_aged: bool = False
    is_forgotten: bool = False

    @property
    def requests(self) -> Iterator[Seen]:
        return (each for each in self.seen if isinstance(each, Seen))

    @property
    def presses(self) -> int:
        return sum(isinstance(each, Pressed) for each in self.seen)

    @property
    def late_presses(self) -> int:
        return self.presses if self.is_aged or self.is_forgotten else 0

    def read(self) -> None:
        connection = sqlite3.connect(f"file:{self.folder / 'beatra.db'}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        for table in TABLES:
            found = connection.execute(f"SELECT * FROM {table}")
            self.rows[table] = [dict(row) for row in found]
        connection.close()


Finding = Iterator[str]


def paid_twice(case: Evidence) -> Finding:
    """P1: one act for each intent, one key for it, and the same bytes under a key.

    Once a day has passed here or by what the service tells of its time, who presses again was told
    that it may be paid twice; but for songs, which can be looked for. A service whose clock went on
    by a day has forgotten its keys: what it did before it does again.
    """
    acts = Counter(endpoint_of(entry) for entry in case.journal if is_act(entry))
    for endpoint in CREATING:
        allowed = 1 if endpoint in SONGS else 1 + case.late_presses
        if acts[endpoint] > allowed + case.is_forgotten:
            yield f"{acts[endpoint]} acts of {endpoint}"
    if len(case.tasks) > 1 + case.is_forgotten:
        yield f"{len(case.tasks)} tasks at the service"
    yield from _keys(case)


def _keys(case: Evidence) -> Finding:
    keys, bodies = defaultdict(set), defaultdict(set)
    for seen in case.requests:
        if seen.key is not None:
            keys[seen.endpoint].add(seen.key)
            bodies[seen.key].add(seen.body_sha256)
    for endpoint, used in keys.items():
        allowed = _keys_allowed(case, endpoint)
        if len(used) > allowed:
            yield f"{len(used)} keys for {endpoint}, {allowed} allowed"
    yield from (
        f"other bytes under {key}" for key, used in bodies.items() if len(used - {None}) > 1
    )


def _keys_allowed(case: Evidence, endpoint: Endpoint) -> int:
    """A press after a final no is a new intent, and so is each cancel."""
    if endpoint is Endpoint.CANCEL:
        return case.presses
    noes = sum(is_final_no(seen) for seen in case.requests if seen.endpoint is endpoint)
    return 1 + case.late_presses + noes


def is_act(entry: Row) -> bool:
    is_yes = 200 <= (entry["status"] or 0) < 300
    return entry["method"] == "POST" and is_yes and not entry["replayed"]


def endpoint_of(entry: Row) -> str:
    return f"{entry['method']} {entry['path'].removeprefix('/v1')}"


def is_final_no(seen: Seen) -> bool:
    told = seen.told
    return told is not None and 400 <= told.status < 500 and told.status not in PASSING


def lost_text(case: Evidence) -> Finding:
    """P2: the question is there, and what was heard of an answer is in one of its versions."""
    if not case.rows["messages"]:
        return
    texts = [row["text"] for row in case.rows["messages"] if row["role"] == "assistant"]
    if WORDS not in [row["text"] for row in case.rows["messages"]]:
        yield "the question is gone"
    whole = whole_answer(case)
    yield from (
        f"“{text}” is no beginning of the answer" for text in texts if not whole.startswith(text)
    )
    heard = max(
        (len(text_of(seen)) for seen in case.requests if seen.endpoint is Endpoint.CHAT), default=0
    )
    longest = max(map(len, texts), default=0)
    if longest < heard:
        yield f"{heard} characters were heard and {longest} kept"


def whole_answer(case: Evidence) -> str:
    acted = [seen.acted for seen in case.requests if seen.endpoint is Endpoint.CHAT and seen.acted]
    return max((said(answer.body) for answer in acted), key=len, default="")


def text_of(seen: Seen) -> str:
    """What the app has heard of an answer it can read."""
    told = seen.told or seen.acted
    is_stream = told is not None and told.is_stream and told.status == 200
    is_plain = is_stream and "content-encoding" not in _headers(told)
    return said(seen.told_body) if is_plain and seen.is_heard else ""


def _headers(answer: Answer | None) -> dict[str, str]:
    return answer.headers if answer else {}


def said(stream: bytes) -> str:
    """The text of all whole events, in chunks or not."""
    texts = []
    for event in stream.split(b"data: ")[1:]:
        document, end, _ = event.partition(b"\n\n")
        if end and document.startswith(b"{"):
            choices = json.loads(document).get("choices") or [{}]
            texts.append(choices[0].get("delta", {}).get("content") or "")
    return "".join(texts)


def cut_called_complete(case: Evidence) -> Finding:
    """P3: complete is only what came whole, with its end."""
    whole = whole_answer(case)
    complete = [
        row
        for row in case.rows["messages"]
        if row["status"] == "complete" and row["role"] == "assistant"
    ]
    yield from (f"“{row['text']}” is not whole" for row in complete if row["text"] != whole)
    ends = [seen for seen in case.requests if b"[DONE]" in seen.told_body]
    if complete and not ends:
        yield "complete without an end"


def forgotten_tasks(case: Evidence) -> Finding:
    """P4: every task of the service is one here, and stands as it does there."""
    ours = Counter(row["remote_id"] for row in case.rows["tasks"])
    status = {row["remote_id"]: row["status"] for row in case.rows["tasks"]}
    for task in case.tasks:
        task_id = task["task_id"]
        if ours[task_id] != 1:
            yield f"{task_id} is here {ours[task_id]} times"
        elif status[task_id] != task["status"]:
            yield f"{task_id} is {status[task_id]} here and {task['status']} there"


def lost_clips(case: Evidence) -> Finding:
    """P5: every clip is one whole file, and nothing else lies about."""
    succeeded = [row for row in case.rows["tasks"] if row["status"] == "succeeded"]
    for task in succeeded:
        if not any(clip["task_id"] == task["id"] for clip in case.rows["clips"]):
            yield f"{task['id']} has no clips"
    saved = [clip for clip in case.rows["clips"] if clip["delivery"] == "saved"]
    for clip in saved:
        yield from _unlike(case, clip)
    folder = case.folder / "clips"
    found = sorted(folder.iterdir()) if folder.exists() else []
    yield from (f"{path.name} was left" for path in found if ".part" in path.name)
    songs = [path for path in found if path.suffix == ".mp3"]
    if len(songs) != len(saved):
        yield f"{len(songs)} files for {len(saved)} clips"


def _unlike(case: Evidence, clip: Row) -> Finding:
    path = Path(os.fsdecode(clip["path"] or ""))
    if not path.is_file():
        yield f"{path} is not there"
        return
    originals = list(case.sandbox_files.glob(f"{clip['artifact_id']}*"))
    if not originals:
        yield f"the sandbox has no {clip['artifact_id']}"
    elif sound_of(path) != sound_of(originals[0]):
        yield f"{path.name} sounds otherwise than {originals[0].name}"


def sound_of(path: Path) -> list[bytes]:
    """The packets, without what tags and headers say."""
    with av.open(str(path)) as container:
        return [
            bytes(packet) for packet in container.demux(container.streams.audio[0]) if packet.size
        ]


def retried_in_vain(case: Evidence) -> Finding:
    """P6: after a final no nobody but the user sends again, and nobody tries without end."""
    refused: set[str] = set()
    attempts: Counter[str] = Counter()
    for each in case.seen:
        if isinstance(each, Pressed):
            refused.clear()
            attempts.clear()
        elif each.key is not None:
            attempts[each.key] += 1
            if each.key in refused:
                yield f"{each.endpoint} was sent again after a final no"
            if is_final_no(each) and each.is_heard:
                refused.add(each.key)
    yield from (f"{n} attempts under {key}" for key, n in attempts.items() if n > ATTEMPTS)


def untraceable(case: Evidence) -> Finding:
    """P7: what came of a request can be told to the service by the request's id."""
    known = {entry["request_id"] for entry in case.journal}
    ends = {"messages": "complete", "uploads": "uploaded", "tasks": "succeeded"}
    for table, end in ends.items():
        for row in case.rows[table]:
            is_ours = row.get("role") != "user" and row["status"] == end
            if is_ours and row["request_id"] not in known:
                yield f"{table}: the service knows nothing of request {row['request_id']}"


def leaked_key(case: Evidence) -> Finding:
    """P8: links and portals are asked without the key."""
    for seen in case.requests:
        if seen.endpoint in KEYLESS and "authorization" in seen.request.headers:
            yield f"the key went to {seen.request.target}"


def impolite(case: Evidence) -> Finding:
    for failure, kept in case.failures:
        text = describe(failure, kept)
        sentence = text.sentence.strip()
        is_whole = sentence.endswith((".", "!", "?", "”")) and bool(text.title)
        is_raw = any(sign in sentence for sign in ("{", "}", "None", "Error:", "Traceback", "<"))
        if failure.code is FailureCode.BUG or not is_whole or is_raw:
            yield f"{failure.code}: “{sentence}”"


def stuck(case: Evidence) -> Finding:
    if case.stuck:
        yield case.stuck
        return
    for table, ended in ENDED.items():
        column = {"requests": "state", "clips": "delivery"}.get(table, "status")
        for row in case.rows[table]:
            if row[column] not in ended:
                yield f"{table}: {row.get('id') or row.get('key')} is {row[column]}"


def crashed(case: Evidence) -> Iterable[str]:
    return case.troubles


ORACLE: Final = (
    ("P1 never pay twice", paid_twice),
    ("P2 never lose text", lost_text),
    ("P3 never call a cut answer complete", cut_called_complete),
    ("P4 never forget a task", forgotten_tasks),
    ("P5 never lose a clip", lost_clips),
    ("P6 never retry what cannot work", retried_in_vain),
    ("P7 always traceable", untraceable),
    ("P8 keys stay secret", leaked_key),
    ("polite sentence", impolite),
    ("nothing stuck", stuck),
    ("nothing crashes", crashed),
)
