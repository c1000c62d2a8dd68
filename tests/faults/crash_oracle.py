"""Compares database, disk and the sandbox's journal after a case: what was promised, what is so.

Every check yields the ways in which its promise was broken.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import av

from tests.faults.crash_evidence import Evidence, Row
from tests.faults.crash_witness import TICK_SECONDS, Sight

TEXT_BYTES: Final = 2048
TEXT_TICKS: Final = round(1.0 / TICK_SECONDS) + 1
"""What was on show a second before the end must be kept; ticks are not whole seconds."""
BURST_TICKS: Final = 5
"""What came in one burst may still be on its way to the disk."""
_OPEN: Final = ("written", "sent")
_LIVE: Final = ("sending", "streaming", "inspecting", "asking", "waiting")
_CLIP_TOLERANCE_SECONDS: Final = 0.2


def check_keys(evidence: Evidence) -> Iterator[str]:
    """No intent under two keys, no key for two bodies, nothing sent that is not in the ledger."""
    ledger = {request["key"]: request for request in evidence.requests}
    by_owner: dict[str, set[str]] = defaultdict(set)
    by_key: dict[str, list[Row]] = defaultdict(list)
    for post in evidence.posts:
        key = post["idempotency_key"]
        by_key[key].append(post)
        if key not in ledger:
            yield f"{post['kind']} was sent under {key}, which is not in the ledger"
        else:
            by_owner[f"{post['kind']} {ledger[key]['owner_id']}"].add(key)
    for owner, keys in by_owner.items():
        if len(keys) > 1:
            yield f"{owner} was sent under {sorted(keys)}"
    for key, posts in by_key.items():
        yield from _other_bodies(key, posts)


def _other_bodies(key: str, posts: list[Row]) -> Iterator[str]:
    whole = max(post["body_bytes"] for post in posts)
    bodies = {post["body_sha256"] for post in posts if post["body_bytes"] == whole}
    if len(bodies) > 1:
        yield f"{posts[0]['kind']} {key} was sent with {len(bodies)} bodies"
    for post in posts:
        if post["body_bytes"] < whole and post["status"] not in (None, 499):
            yield f"{post['kind']} {key} was answered {post['status']} for a part of its body"


def check_counts(evidence: Evidence) -> Iterator[str]:
    """No more keys than the user had intents, and no conflict of keys at the service."""
    for kind in ("chat", "upload", "music", "cancel"):
        keys = {post["idempotency_key"] for post in evidence.posts if post["kind"] == kind}
        wanted = len(evidence.intents(kind, *("paste",) * (kind == "upload")))
        if len(keys) > wanted:
            yield f"{len(keys)} keys were used for {wanted} times {kind}"
    for post in evidence.posts:
        if post["status"] == 409 and post["kind"] != "cancel":
            yield f"{post['kind']} {post['idempotency_key']} met a conflict"


def check_tasks_once(evidence: Evidence) -> Iterator[str]:
    """No task and no artifact twice, at the service or here."""
    wanted = Counter(sight["text"] for sight in evidence.intents("music"))
    at_service = Counter(task["input"]["prompt"] for task in evidence.service_tasks)
    here = Counter(_prompt(task) for task in evidence.tasks)
    for prompt, count in (at_service | here).items():
        if count > wanted[prompt]:
            yield f"{prompt!r} was ordered {wanted[prompt]} times and made {count} times"
    contents = [row for row in evidence.artifacts.values() if row["purpose"] == "media_input"]
    given_up = {row["sha256"] for row in evidence.uploads if row["status"] == "canceled"}
    for sha256, count in Counter(row["sha256"] for row in contents).items():
        if count > 1 + (sha256 in given_up):
            yield f"{count} artifacts of one content"


def check_requests_settled(evidence: Evidence) -> Iterator[str]:
    """A request is closed only when its answer is stored, and an open one is still good for it."""
    messages = {row["id"]: row for row in evidence.messages}
    done = {row["id"]: row["remote_id"] for row in evidence.tasks}
    done |= {row["id"]: row["artifact_id"] for row in evidence.uploads}
    for request in evidence.requests:
        name = f"{request['kind']} {request['key']}"
        message = messages.get(request["owner_id"])
        if request["state"] == "created" and request["kind"] in ("music", "upload"):
            if not done.get(request["owner_id"]):
                yield f"{name} is settled without what came of it"
        elif request["state"] == "created" and request["kind"] == "chat":
            if message is None or message["status"] != "complete":
                yield f"{name} is settled, its answer is {message and message['status']}"
        elif request["state"] in _OPEN and (message is None or message["status"] != "incomplete"):
            yield f"{name} is still {request['state']}"


def check_text(evidence: Evidence) -> Iterator[str]:
    """Of what was on show nothing older than a second, and no more than 2 KB, is gone."""
    stored = {row["id"]: row["text"] for row in evidence.messages}
    shown: dict[tuple[int, str], str] = defaultdict(str)
    needed: dict[tuple[int, str], int] = defaultdict(int)
    for sight in evidence.seen("shown"):
        place = (sight.life, sight["message"])
        shown[place] += sight["more"]
        age = _age(evidence, sight)
        if age >= TEXT_TICKS:
            needed[place] = len(shown[place].encode())
        elif age >= BURST_TICKS:
            needed[place] = max(needed[place], len(shown[place].encode()) - TEXT_BYTES)
    for place, text in shown.items():
        kept = stored.get(place[1], "").encode()
        if len(kept) < needed[place]:
            yield f"an answer kept {len(kept)} of {needed[place]} bytes (life {place[0]})"
        if not text.encode().startswith(kept[: len(text.encode())]):
            yield f"an answer is stored otherwise than it was shown (life {place[0]})"


def check_typed(evidence: Evidence) -> Iterator[str]:
    """What was typed a second ago is a draft, an edit, queued, or sent."""
    typed = evidence.seen("typed")
    places = evidence.rows("SELECT draft, queued, ifnull(edit, '') AS edit FROM conversations")
    kept = [text for row in places for text in row.values()]
    kept += [row["text"] for row in evidence.messages if row["role"] == "user"]
    for sight, following in zip_longest(typed, typed[1:]):
        if not _is_needed(evidence, sight, following):
            continue
        if not any(sight["text"].strip() in text for text in kept):
            yield f"{sight['text']!r} was typed and is nowhere (life {sight.life})"


def _is_needed(evidence: Evidence, sight: Sight, following: Sight | None) -> bool:
    """Whether a text was old enough at the end and the one that goes on from it was not."""
    if _age(evidence, sight) < TEXT_TICKS:
        return False
    goes_on = following is not None and following["text"].startswith(sight["text"])
    return following is None or not goes_on or _age(evidence, following) < TEXT_TICKS


def check_answers(evidence: Evidence) -> Iterator[str]:
    """Complete is what the service said to its end; anything else is the beginning of that."""
    for message in evidence.messages:
        whole = evidence.answers.get(message["idempotency_key"])
        if message["role"] != "assistant" or whole is None:
            continue
        if message["status"] == "complete" and message["text"] != whole:
            kept = len(message["text"])
            yield f"an answer of {len(whole)} characters is complete with {kept}"
        elif not whole.startswith(message["text"]):
            yield "an answer is not what the service said"


def check_tasks_known(evidence: Evidence) -> Iterator[str]:
    """The service has no task that is not known here, and both say the same of each."""
    here = {row["remote_id"]: row["status"] for row in evidence.tasks}
    for task in evidence.service_tasks:
        if here.get(task["task_id"]) != task["status"]:
            told = here.get(task["task_id"])
            yield f"a task is {task['status']} at the service and {told} here"
    at_service = {task["task_id"] for task in evidence.service_tasks}
    for row in evidence.tasks:
        if row["remote_id"] and row["remote_id"] not in at_service:
            yield "a task is known here and not at the service"


def check_clips(evidence: Evidence) -> Iterator[str]:
    """Every clip the service made is here once, whole, as it was, and nothing else is there."""
    here = Counter(clip["artifact_id"] for clip in evidence.clips)
    for task in evidence.service_tasks:
        for made in task["clips"] if task["status"] == "succeeded" else ():
            if here[made["artifact_id"]] != 1:
                prompt, times = task["input"]["prompt"], here[made["artifact_id"]]
                yield f"a clip of {prompt!r} is here {times} times"
    for clip in evidence.clips:
        yield from _check_clip(evidence, clip)


def _check_clip(evidence: Evidence, clip: Row) -> Iterator[str]:
    if clip["delivery"] != "saved":
        yield f"a clip is {clip['delivery']}: {clip['failure']}"
    elif clip["file"].is_file():
        yield from _unlike(clip["file"], evidence.artifacts[clip["artifact_id"]]["file"])
        if _tag(clip["file"], "beatra_artifact_id") != clip["artifact_id"]:
            yield f"{clip['file'].name} does not say where it comes from"
    elif clip["id"] not in _taken_away(evidence):
        yield f"{clip['file'].name} is saved and not there"


def _taken_away(evidence: Evidence) -> set[str]:
    """Whose file the user took, and the app ended before it was stored that it is fetched again."""
    wishes = evidence.intents("fetch again")
    return {wish["text"] for wish in wishes if _age(evidence, wish) < TEXT_TICKS}


def _unlike(saved: Path, original: Path) -> Iterator[str]:
    digest, seconds = _sound(saved)
    wanted, wanted_seconds = _sound(original)
    if digest != wanted:
        yield f"{saved.name} does not sound as the service made it"
    if abs(seconds - wanted_seconds) > _CLIP_TOLERANCE_SECONDS:
        yield f"{saved.name} has {seconds:.1f} of {wanted_seconds:.1f} seconds"


def _tag(path: Path, name: str) -> str:
    with av.open(path) as container:
        return container.metadata.get(name, "")


def _sound(path: Path) -> tuple[str, float]:
    """A digest of the packets, and how many seconds they decode to."""
    digest, seconds = hashlib.sha256(), 0.0
    with av.open(path) as container:
        for packet in container.demux(audio=0):
            digest.update(bytes(packet))
            seconds += sum(frame.samples / frame.sample_rate for frame in packet.decode())
    return digest.hexdigest(), seconds


def check_files(evidence: Evidence) -> Iterator[str]:
    """No file that belongs to nothing, above all no temporary one; each song has its sidecar."""
    songs = {clip["file"] for clip in evidence.clips if clip["delivery"] == "saved"}
    sidecars = {song.with_name(f"{song.name}.beatra.json") for song in songs}
    for path in sidecars:
        if not path.is_file():
            yield f"{path.name} is missing"
    pasted = evidence.data_dir / "cache" / "made"
    paths = [Path(row["path"].decode()) for row in evidence.uploads]
    kept = {path.parent for path in paths if path.is_relative_to(pasted)}
    folders = (evidence.data_dir / "clips", pasted, evidence.files)
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        is_known = path in songs | sidecars or path.parent in kept
        if not is_known and not _is_of_the_user(path, evidence.files):
            yield f"{path.relative_to(evidence.data_dir.parent)} is left over"
    for path in (evidence.sandbox_dir / "files").iterdir():
        if path.name not in {row["file_name"] for row in evidence.artifacts.values()}:
            yield f"{path.name} is left over at the sandbox"


def _is_of_the_user(path: Path, files: Path) -> bool:
    return path.is_relative_to(files) and not path.name.startswith(".")


def check_changes(evidence: Evidence) -> Iterator[str]:
    """What was changed a second ago holds, unless it was changed again."""
    told: dict[str, list[Sight]] = defaultdict(list)
    for sight in evidence.seen("changed"):
        told[sight["subject"]].append(sight)
    now = _subjects(evidence)
    for subject, sights in told.items():
        needed = [at for at, sight in enumerate(sights) if _age(evidence, sight) >= TEXT_TICKS]
        allowed = [sight["value"] for sight in sights[needed[-1] if needed else 0 :]]
        if needed and now.get(subject) not in allowed:
            yield f"{subject} is {now.get(subject)!r} and was changed to {allowed[0]!r}"


def _subjects(evidence: Evidence) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in evidence.rows("SELECT id, title, deleted_at FROM conversations"):
        found[f"title of {row['id']}"] = row["title"]
        found[f"deletion of {row['id']}"] = row["deleted_at"] is not None
    for row in evidence.rows("SELECT name, value FROM settings"):
        found[row["name"]] = row["value"]
    for task in evidence.tasks:
        found[f"prompt of {task['id']}"] = _prompt(task)
    for clip in evidence.clips:
        found[f"rating of {clip['id']}"] = clip["rating"]
        found[f"trash of {clip['id']}"] = clip["deleted_at"] is not None
    for row in evidence.rows("SELECT id, name FROM playlists"):
        found[f"playlist {row['id']}"] = row["name"]
    return found


def check_rest(evidence: Evidence) -> Iterator[str]:
    """Nothing is under way for ever, and nothing failed that nobody refused."""
    given_up = {sight["text"] for sight in evidence.intents("cancel", "cancel upload")}
    has_stopped = bool(evidence.intents("stop"))
    for row in evidence.messages:
        bad = () if has_stopped else ("stopped",)
        if row["status"] in (*_LIVE, *bad, "failed", "unknown"):
            yield f"a message is {row['status']}: {row['failure']}"
    pasted = evidence.intents("paste")
    in_memory = {sight["text"] for sight in pasted if _age(evidence, sight) < TEXT_TICKS}
    for row in evidence.uploads:
        wanted = ("uploaded", "canceled") if row["id"] in given_up else ("uploaded",)
        if row["name"] in in_memory:
            wanted = (*wanted, "failed")
        if row["status"] not in wanted:
            yield f"an upload is {row['status']}: {row['failure']}"
    for row in evidence.tasks:
        wanted = ("succeeded", "canceled") if row["id"] in given_up else ("succeeded",)
        if row["status"] not in wanted:
            yield f"a task is {row['status']}: {row['failure']}"


def check_logs(evidence: Evidence) -> Iterator[str]:
    """No report of a crash, and nothing in the log that was not expected."""
    folder = evidence.data_dir / "logs"
    for path in folder.glob("crash-*.txt"):
        yield path.read_text()[:2000]
    for path in folder.glob("*.log"):
        for line in path.read_text(errors="replace").splitlines():
            if any(f" {level} " in line for level in ("ERROR", "CRITICAL")):
                yield f"logged: {line}"


def _age(evidence: Evidence, sight: Sight) -> int:
    """Ticks between a sight and the end of its life."""
    return evidence.last_ticks[sight.life] - sight.tick


def _prompt(task: Row) -> str:
    prompt: str = json.loads(task["prompt"])["prompt"]
    return prompt


Check = Callable[[Evidence], Iterator[str]]
CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("P1 never pay twice", check_keys),
    ("P1 never pay twice", check_counts),
    ("P1 never pay twice", check_tasks_once),
    ("P1 never pay twice", check_requests_settled),
    ("P2 never lose text", check_text),
    ("P2 never lose text", check_typed),
    ("P3 never call a cut answer complete", check_answers),
    ("P4 never forget a task", check_tasks_known),
    ("P5 never lose a clip", check_clips),
    ("nothing saved is lost", check_changes),
    ("nothing is left over", check_files),
    ("nothing stuck", check_rest),
    ("nothing crashes", check_logs),
)
"""Each promise with what breaks it."""
