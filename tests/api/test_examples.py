"""Every answer in the description of the contract is understood, however little of it comes."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
import yaml

from beatra_desktop.api import lenient
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
ODD: Final[tuple[Any, ...]] = (None, "odd", -1, 1e300, True, [], {}, [None, {"odd": 1}])


def examples() -> dict[str, Any]:
    """The example of each answer, by the operation's id or the shared answer's name."""
    document = yaml.safe_load(DESCRIPTION.read_text("utf-8"))
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
