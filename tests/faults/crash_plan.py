"""What a case does and where it ends its lives, drawn from the case's random."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Final

Acts = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """At the `nth` time a point is reached, or after so much CPU time, and at rest at the latest.

    `cpu_seconds` 0 leaves it to the point.
    """

    at: str = ""
    nth: int = 0
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What the app is made to do; without a kill it quits by itself when it has done it."""

    acts: Acts
    kill: Kill | None


RANDOM_SHARE: Final = 0.3
START_SHARE: Final = 0.12
CPU_SECONDS: Final = (0.05, 1.4)
"""A start takes about 0.5."""


def _around(verb: str, thing: str, times: int) -> dict[str, int]:
    return {f"{when} {verb} {thing}": times for when in ("before", "after")}


def _commits(times: int) -> dict[str, int]:
    return {"before a commit": times, "after a commit": times}


def _points(request: str, *, sent: int, pieces: int, bodies: int = 0) -> dict[str, int]:
    """The points around one kind of request; `pieces` are those after the answer's first."""
    has_body = request.startswith("POST")
    points = {**_around("sending", request, sent)}
    if has_body:
        points |= _around("sending", f"the body of {request}", bodies or sent)
    points[f"after the first piece of the answer to {request}"] = sent
    if pieces:
        points[f"after a later piece of the answer to {request}"] = pieces
    return points


START: Final = {
    **_commits(6),
    "after sending GET /models": 1,
    "before starting the sandbox": 1,
    "after starting the sandbox": 1,
}


def lives(random: Random, number: int, kills: int) -> Iterator[Life]:
    """A case's lives that end by a kill; some are cut short in the middle of recovering."""
    for life in range(kills):
        theme = random.choice(tuple(THEMES))
        is_brief = life > 0 and random.random() < 0.2
        acts = () if is_brief else THEMES[theme](random, f"{number}.{life}")
        points = START if is_brief or random.random() < START_SHARE else POINTS[theme]
        yield Life(acts=({"do": "connect"}, *acts), kill=_kill(random, points))


def last_life() -> Life:
    """Whatever the others left comes to its end."""
    return Life(acts=({"do": "connect"}, {"do": "settle"}), kill=None)


def _kill(random: Random, points: dict[str, int]) -> Kill:
    if random.random() < RANDOM_SHARE:
        return Kill(cpu_seconds=random.uniform(*CPU_SECONDS))
    at = random.choice(tuple(points))
    # Early rather than late: a point that is not reached leaves the life to its rest.
    return Kill(at=at, nth=random.randint(1, random.randint(1, points[at])))


def _chat(random: Random, name: str) -> Acts:
    talk: Acts = ({"do": "ask", "text": f"echo: lamps of {name}"},)
    blocks: tuple[Acts, ...] = (
        ({"do": "hear"}, {"do": "edit", "text": f"echo: wicks of {name}"}, {"do": "hear"}),
        ({"do": "write", "text": f"half a thought of {name} about lamps and their wicks"},),
        ({"do": "hear"}, {"do": "half_edit", "text": f"another version of {name}, half written"}),
        ({"do": "rename_chat", "title": f"Title of {name}"},),
        ({"do": "delete_chat"},),
        ({"do": "export"}, {"do": "hear"}, {"do": "take_in"}),
        _long_answer(random, name),
        _long_answer(random, f"{name}b"),
    )
    return (*talk, *_some(random, blocks, 2))


def _long_answer(random: Random, name: str) -> Acts:
    words, pace = random.choice((300, 900, 2000)), random.choice((2.0, 8.0, 20.0))
    question = f"Write {words} words about the lamps of {name}"
    ends: tuple[Acts, ...] = (
        ({"do": "stop"}, {"do": "hear"}, {"do": "retry"}, {"do": "hear"}),
        ({"do": "add", "text": f"echo: below {name}"}, {"do": "hear"}),
        ({"do": "rest", "seconds": 1.5},),
    )
    return (
        {"do": "adjust", "tokens_per_second": pace},
        {"do": "ask", "text": question, "model": "sandbox-writer"},
        {"do": "read", "characters": random.choice((1, 500, 3000))},
        *random.choice(ends),
    )


def _uploads(random: Random, name: str) -> Acts:
    sizes = (1, 40, 700, 3000)
    blocks: tuple[Acts, ...] = (
        ({"do": "upload", "name": f"{name} twice", "kilobytes": random.choice(sizes), "times": 2},),
        ({"do": "paste", "name": f"{name} pasted", "kilobytes": random.choice(sizes)},),
        ({"do": "upload", "name": f"{name} dropped", "kilobytes": random.choice(sizes)},),
        ({"do": "cancel_upload"},),
        ({"do": "first_upload"},),
        ({"do": "pause"}, {"do": "rest", "seconds": 0.2}, {"do": "go_on"}),
        ({"do": "set_up", "uploads": random.randint(1, 4), "songs": random.randint(1, 4)},),
    )
    first: Acts = ({"do": "upload", "name": name, "kilobytes": random.choice(sizes)},)
    return (*first, *_some(random, blocks, 4), {"do": "rest", "seconds": 0.5})


def _songs(random: Random, name: str) -> Acts:
    model = random.choice(("minimax-music-2.6", "suno-5.5"))
    before: tuple[Acts, ...] = (
        ({"do": "cancel_song"},),
        ({"do": "first_song"},),
        ({"do": "rest", "seconds": 0.3}, {"do": "cancel_song"}),
        ({"do": "order", "prompt": f"calm piano of {name}, again", "model": model, "copies": 2},),
    )
    after: tuple[Acts, ...] = (
        ({"do": "rate", "stars": random.randint(1, 5)},),
        ({"do": "list_songs", "name": f"Songs of {name}"},),
        ({"do": "throw_away"},),
        ({"do": "throw_away"}, {"do": "take_back"}),
        ({"do": "fetch_again"}, {"do": "collect"}),
        ({"do": "convert", "form": "flac"}, {"do": "rest", "seconds": 0.5}),
    )
    return (
        {"do": "adjust", "clip_seconds": 3},
        {"do": "order", "prompt": f"slow piano waltz of {name}", "model": model},
        *_some(random, before, 1),
        {"do": "collect"},
        *_some(random, after, 2),
        {"do": "rest", "seconds": 0.2},
    )


def _mixed(random: Random, name: str) -> Acts:
    song = {"do": "order", "prompt": f"quick guitar of {name}", "model": "minimax-music-2.6"}
    file = {"do": "upload", "name": f"{name} mixed", "kilobytes": 200}
    return (
        {"do": "adjust", "clip_seconds": 3},
        song,
        file,
        *_long_answer(random, name),
        {"do": "write", "text": f"left alone by {name}"},
        {"do": "collect"},
    )


def _some(random: Random, blocks: tuple[Acts, ...], number: int) -> Acts:
    return tuple(step for block in random.sample(blocks, number) for step in block)


THEMES: Final[dict[str, Callable[[Random, str], Acts]]] = {
    "chat": _chat,
    "uploads": _uploads,
    "songs": _songs,
    "mixed": _mixed,
}
_CHAT: Final = _points("POST /chat/completions", sent=3, pieces=100)
_UPLOADS: Final = _points("POST /uploads", sent=3, pieces=1, bodies=8)
_SONGS: Final = {
    **_points("POST /music/text-to-music", sent=1, pieces=1),
    **_points("GET /tasks/ID", sent=2, pieces=0),
    **_points("GET /media", sent=2, pieces=3),
    **_around("flushing", "an unfinished clip", 2),
    **_around("naming", "an unfinished clip", 2),
    **_around("unlinking", "an unfinished clip", 2),
    **_around("flushing", "a temporary file", 4),
    **_around("renaming", "a temporary file", 4),
    **_around("flushing", "a folder", 4),
}
_SHELVES: Final = {
    **_points("POST /tasks/ID/cancel", sent=1, pieces=0),
    **_around("renaming", "a clip", 1),
    **_around("renaming", "a sidecar", 1),
}
POINTS: Final[dict[str, dict[str, int]]] = {
    "chat": {**_commits(25), **_CHAT, **_around("renaming", "a temporary file", 1)},
    "uploads": {**_commits(15), **_UPLOADS, **_around("renaming", "a temporary file", 1)},
    "songs": {**_commits(20), **_SONGS, **_SHELVES},
    "mixed": {**_commits(30), **_CHAT, **_UPLOADS, **_SONGS},
}
"""How often each point is reached in such a life, about; from lives that were not killed."""
