"""Turning msgspec's complaints into the contract's `param` and `details.errors`."""

import re
from typing import Final, TypeVar

import msgspec

from beatra_desktop.sandbox.errors import JsonObject, Problem, refusal

T = TypeVar("T")
PLACE: Final = re.compile(r" - at `(?:key in )?\$([^`]*)`$")
STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
MISSING: Final = re.compile(r"missing required field `([^`]+)`")


def convert(document: JsonObject, wanted: type[T]) -> T:
    """Return the document as `wanted`. Raises `invalid_request` that names the place."""
    try:
        return msgspec.convert(document, wanted)
    except msgspec.ValidationError as error:
        raise refusal([_problem(str(error))]) from error


def _problem(text: str) -> Problem:
    place = PLACE.search(text)
    steps = STEP.findall(place[1].replace("[...]", "")) if place else []
    missing = MISSING.search(text)
    names = [name or index for name, index in steps] + ([missing[1]] if missing else [])
    pointer = "".join(f"/{name}" for name in names)
    return Problem(pointer, PLACE.sub("", text).replace("`", "") + ".")
