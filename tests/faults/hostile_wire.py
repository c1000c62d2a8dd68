"""Attacks on what comes from the service: streams, envelopes, tasks, catalogues."""

import json
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any, Final

import msgspec

from beatra_desktop.api import lenient, types
from beatra_desktop.api.chat_events import ChatDecoder, ChatEvent, Delta
from beatra_desktop.api.translate import error_body
from tests.faults.campaign import Case, Verdict
from tests.faults.hostile_texts import mutated, nasty, with_halves
from tests.faults.hostile_time import grows_evenly

PROMISE_CUT: Final = "P3 never call a cut answer complete"
KINDS: Final = (
    types.Task, types.TaskPage, types.Artifact, types.Model, types.Capability, types.Health,
    types.ChatChunk, types.ErrorBody,
)  # fmt: skip
NAMES: Final = (
    "id", "task_id", "status", "output", "clips", "audio", "url", "title", "tags", "progress",
    "data",
    "error", "code", "message", "retryable", "details", "choices", "delta", "content", "usage",
    "created_at", "model", "capabilities", "pricing", "links", "metadata", "warnings", "billing",
)  # fmt: skip


def stream(case: Case) -> Iterator[Verdict]:
    """Any bytes give the same text however they arrive, and only `[DONE]` completes it."""
    random = case.random
    body = _stream(random)
    body = mutated(random, body) if random.random() < 0.7 else body
    (whole, at_once), (parts, later) = _heard(body, []), _heard(body, _cuts(random, len(body)))
    same = whole == parts and at_once.done == later.done
    yield Verdict(promise="P2 never lose text", kind="stream", problem="" if same else repr(body))
    done = (at_once.done and b"[DONE]" not in body) or not (at_once.done or at_once.fault)
    yield Verdict(promise=PROMISE_CUT, kind="stream", problem=repr(body) if done else "")
    whole.encode()


def envelope(case: Case) -> Iterator[Verdict]:
    """Answers of any shape are read, or refused as no JSON; text is whole characters."""
    random = case.random
    body = json.dumps(_value(random, 0)).encode()
    body = mutated(random, body) if random.random() < 0.4 else body
    found = error_body(body, lambda text: text)
    for text in (found.message, found.code, found.request_id, found.param):
        (text or "").encode()
    refused = sum(_is_refused(kind, body) for kind in KINDS)
    yield Verdict(
        promise="polite sentence", kind="envelope", problem="" if refused >= 0 else body.hex()
    )


def deep_envelope(case: Case) -> Iterator[Verdict]:
    """Brackets by the hundred thousand cost no more than their length."""
    opening = case.random.choice([b"[", b'{"error":', b'{"data":[', b'[{"a":'])

    def work(size: int) -> None:
        body = opening * (size // len(opening))
        error_body(body, lambda text: text)
        _is_refused(types.Task, body)

    yield grows_evenly("deep envelope", work, 200_000)


def _stream(random: Random) -> bytes:
    ends = random.choice([b"\n\n", b"\r\n\r\n", b"\r\r"])
    parts = []
    count = random.randint(1, 6)
    for number in range(count):
        text = with_halves(random, nasty(random, 6))
        if random.random() < 0.5:  # a character whose halves come one after the other
            text = ("\ude00" if number else "") + text + "\ud83d"
        chunk = {"id": "x", "choices": [{"index": 0, "delta": {"content": text}}]}
        parts.append(b"data: " + json.dumps(chunk, ensure_ascii=True).encode())
    parts += random.sample([b"data: [DONE]", b": ping", b"event: error", b"id: \0", b"data"], 2)
    return ends.join(parts) + ends


def _cuts(random: Random, length: int) -> list[int]:
    return sorted(random.randint(0, length) for _ in range(random.randint(1, 12)))


def _heard(body: bytes, cuts: list[int]) -> tuple[str, ChatDecoder]:
    decoder = ChatDecoder(lambda data: data)
    events: list[ChatEvent] = []
    for start, end in pairwise([0, *cuts, len(body)]):
        if not decoder.done and decoder.fault is None:
            events += decoder.feed(body[start:end])
    if not decoder.done and decoder.fault is None:
        events += decoder.finish()
    return "".join(event.text for event in events if isinstance(event, Delta)), decoder


def _value(random: Random, depth: int) -> Any:
    if depth < 5 and random.random() < 0.7:
        if random.random() < 0.6:
            names = random.choices(NAMES, k=random.randint(0, 6))
            return {name: _value(random, depth + 1) for name in names}
        return [_value(random, depth + 1) for _ in range(random.randint(0, 4))]
    text = with_halves(random, nasty(random, 5))
    return random.choice(
        [None, True, 0, -1, 2**63, 2**200, 1e308, float("nan"), float("inf"), text, "", [], {}]
    )


def _is_refused(kind: type[msgspec.Struct], body: bytes) -> bool:
    try:
        lenient.decode(kind, body)
        lenient.decode_list(kind, body)
    except msgspec.DecodeError:
        return True
    return False


ATTACKS: Final = {"stream": stream, "envelope": envelope, "deep envelope": deep_envelope}
