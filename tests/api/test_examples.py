"""Every answer in the description of the contract is understood, however little of it comes."""

import copy
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
import yaml

from beatra_desktop.api import lenient
from beatra_desktop.api.chat_events import ChatDecoder, Delta
from beatra_desktop.api.types import (
    Artifact,
    Capability,
    ChatChunk,
    ErrorBody,
    Health,
    Model,
    Task,
    TaskPage,
)

DECIMAL: Final = re.compile(r"-?[0-9]+\.[0-9]+\Z")
DECIMAL_WORD: Final = re.compile(r"'(-?[0-9]+(?:\.[0-9]+)?)'")
DESCRIPTION: Final = Path(__file__).parents[1] / "sandbox" / "openapi.yaml"
READERS: Final[dict[str, Callable[[bytes], object]]] = {
    "health": lambda body: lenient.decode(Health, body),
    "list_models": lambda body: lenient.decode_list(Model, body),
    "catalog_models": lambda body: lenient.decode_list(Model, body),
    "catalog_capabilities": lambda body: lenient.decode_list(Capability, body),
    "chat": lambda body: lenient.decode(ChatChunk, body),
    "Task": lambda body: lenient.decode(Task, body),
    "list_tasks": lambda body: lenient.decode(TaskPage, body),
    "upload": lambda body: lenient.decode(Artifact, body),
    "Problem": lambda body: lenient.convert(ErrorBody, lenient.parse(body)["error"]),
}
NEEDED: Final = {
    ("Task", ("task_id",)),
    ("Task", ("status",)),
    ("upload", ("artifact_id",)),
    *((name, ("data",)) for name in ("list_models", "catalog_models", "catalog_capabilities")),
    ("Problem", ("error",)),
}
"""What an answer is worth nothing without (contract §2, §3.3, §3.6, §3.9)."""
ODD: Final[tuple[Any, ...]] = (
    None, "odd", "", -1, 0.5, 1e300, 10**400, True, [], {}, [None, {"odd": 1}], "2026-13-45",
    "\u202e\x00", "null", "NaN", "1e999",
)  # fmt: skip


@cache
def description() -> Any:
    return yaml.safe_load(DESCRIPTION.read_text("utf-8"))


@cache
def examples() -> dict[str, Any]:
    """The example of each answer, by the operation's id or the shared answer's name."""
    document = description()
    found = {
        name: answer["content"] for name, answer in document["components"]["responses"].items()
    }
    for methods in document["paths"].values():
        for operation in (methods[name] for name in ("get", "post") if name in methods):
            for answer in operation["responses"].values():
                if "content" in answer:
                    found[operation["operationId"]] = answer["content"]
    return {name: content["application/json"]["example"] for name, content in found.items()}


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Each field of a JSON value, at any depth."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


def without(document: Any, path: tuple[Any, ...]) -> bytes:
    document, holder = _copied(document, path)
    holder.pop(path[-1])
    return json.dumps(document).encode()


def with_odd(document: Any, path: tuple[Any, ...], odd: object) -> bytes:
    document, holder = _copied(document, path)
    holder[path[-1]] = odd
    return json.dumps(document).encode()


def _copied(document: Any, path: tuple[Any, ...]) -> tuple[Any, Any]:
    """A copy, and what in it holds the field at `path`."""
    document = copy.deepcopy(document)
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    return document, holder


CASES: Final = [
    pytest.param(name, path, id=f"{name}:{'.'.join(map(str, path))}")
    for name, example in examples().items()
    for path in places(example)
    if (name, path) not in NEEDED
]


def events() -> list[bytes]:
    """What the events of the described stream carry, but the last."""
    document = description()
    answer = document["paths"]["/chat/completions"]["post"]["responses"]["200"]
    lines = answer["content"]["text/event-stream"]["example"].splitlines()
    said = [line.removeprefix("data: ").encode() for line in lines if line]
    assert said[-1] == b"[DONE]"
    return said[:-1]


def told(chunks: Iterable[bytes]) -> str:
    """The text a stream of these chunks tells; it must end well."""
    decoder = ChatDecoder(str)
    stream = b"".join(b"data: " + chunk + b"\n\n" for chunk in chunks) + b"data: [DONE]\n\n"
    found = decoder.feed(stream)
    assert decoder.done
    assert decoder.fault is None
    return "".join(event.text for event in found if isinstance(event, Delta))


EVENTS: Final = [
    *events(),
    b'{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}',
]
EVENT_CASES: Final = [
    pytest.param(number, path, id=f"{number}:{'.'.join(map(str, path))}")
    for number, event in enumerate(EVENTS)
    for path in places(json.loads(event))
]


def test_the_described_stream_is_read() -> None:
    assert told(EVENTS) == "Good "


@pytest.mark.parametrize(("number", "path"), EVENT_CASES)
def test_a_field_of_an_event_may_be_missing_or_anything(number: int, path: tuple[Any, ...]) -> None:
    """The text of the other events is there in any case."""
    spoiled = [without(json.loads(EVENTS[number]), path)]
    spoiled += [with_odd(json.loads(EVENTS[number]), path, odd) for odd in ODD]
    for event in spoiled:
        text = told([*EVENTS[:number], event, *EVENTS[number + 1 :]])
        assert ("Good " in text) or path[0] == "choices"


def numbers(document: Any) -> list[tuple[str | int, ...]]:
    """Each field that is a number, or a text that is one, and the times."""
    return [path for path in places(document) if _is_number(_at(document, path))]


def _at(document: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


def _is_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int | float) or bool(isinstance(value, str) and DECIMAL.match(value))


NUMBERS: Final = [
    pytest.param(name, path, id=f"{name}:{'.'.join(map(str, path))}")
    for name in ("Task", "upload", "catalog_models")
    for path in numbers(examples()[name])
    if path[0] not in ("usage", "billing", "callback")
]
"""Those whose form no document tells: what is charged is a text, what is counted a number [D]."""


@pytest.mark.parametrize(("name", "path"), NUMBERS)
def test_a_number_is_understood_in_another_form(name: str, path: tuple[Any, ...]) -> None:
    """As text, as a whole or a broken number: services and their proxies differ."""
    example = examples()[name]
    meant = READERS[name](json.dumps(example).encode())
    value = _at(example, path)
    forms: list[Any] = [str(value), float(value)]
    if float(value).is_integer():
        forms.append(int(float(value)))
    for form in forms:
        found = READERS[name](with_odd(example, path, form))
        assert _same(found, meant), form


def _same(found: object, meant: object) -> bool:
    """Equal but for how many zeros a decimal text has."""
    plain = [DECIMAL_WORD.sub(_rounded, repr(each)) for each in (found, meant)]
    return plain[0] == plain[1]


def _rounded(found: "re.Match[str]") -> str:
    return f"'{float(found[1]):g}'"


def test_an_unknown_word_is_kept_where_it_is_shown() -> None:
    """A status or stage nobody knows must not become a known one, or nothing (design §3)."""
    example = examples()["Task"]
    found = lenient.decode(Task, with_odd(example, ("status",), "thinking"))
    assert found.status == "thinking"
    found = lenient.decode(Task, with_odd(example, ("progress", "stage"), "mixing"))
    assert found.progress is not None
    assert found.progress.stage == "mixing"
    models = lenient.decode_list(
        Model, with_odd(examples()["catalog_models"], ("data", 0, "status"), "retired")
    )
    assert models[0].status == "retired"


def test_every_answer_has_a_reader_and_an_example() -> None:
    assert examples().keys() == READERS.keys()


@pytest.mark.parametrize("name", READERS)
def test_the_example_is_read(name: str) -> None:
    assert READERS[name](json.dumps(examples()[name]).encode())


@pytest.mark.parametrize(("name", "path"), CASES)
def test_a_field_may_be_missing_or_anything(name: str, path: tuple[Any, ...]) -> None:
    example = examples()[name]
    READERS[name](without(example, path))
    for odd in ODD:
        READERS[name](with_odd(example, path, odd))


@pytest.mark.parametrize(("name", "path"), sorted(NEEDED))
def test_what_is_needed_is_asked_for(name: str, path: tuple[Any, ...]) -> None:
    body = without(examples()[name], path)
    with pytest.raises((msgspec.DecodeError, KeyError)):
        READERS[name](body)
