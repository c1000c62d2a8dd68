"""Reading answers of a contract that is partly known: what does not fit counts as missing.

A task must not be lost because one of its forty fields has another type than expected.
"""

import json
import math
import re
import types
import typing
from typing import Annotated, Any, Final, TypeVar

import msgspec

MAX_DIGITS: Final = 20  # longer integers fit into nothing of ours and are read as floats

LARGEST_WHOLE: Final = 2**53  # beyond, a float does not tell neighbours apart
Decimals = Annotated[str, msgspec.Meta(description="a decimal number as text")]
"""For what no document gives a form: a number is understood too."""
NUMBER: Final = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?\Z")

S = TypeVar("S", bound=msgspec.Struct)


def decode(kind: type[S], body: bytes) -> S:
    """Read a JSON object; raises msgspec.DecodeError if it is none or lacks a required field."""
    return convert(kind, parse(body))


def decode_list(kind: type[S], body: bytes) -> list[S]:
    """Read `{"data": [...]}` or a bare array, leaving out items that do not fit (contract §3.3).

    `{"data": null}` is how some services say that there are none.
    """
    raw = parse(body)
    items = raw.get("data", msgspec.UNSET) if isinstance(raw, dict) else raw
    if items is None and raw is not None:
        return []
    if not isinstance(items, list):
        raise msgspec.ValidationError("Expected a list")
    return _items(kind, items)


def parse(body: bytes) -> Any:
    """Decoded JSON in whole characters; raises msgspec.DecodeError, which msgspec's own does not
    for bytes that are no UTF-8.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _whole_characters(parse_loosely(body))


def parse_loosely(body: bytes) -> Any:
    """JSON as careless programs write it; raises msgspec.DecodeError.

    A byte order mark, NaN, numbers out of range (both count as null), raw control characters and
    bytes that are no UTF-8 are accepted. A string may hold half a character (a lone surrogate).
    """
    try:
        return json.loads(
            body.decode("utf-8-sig", "replace"),
            strict=False,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_number,
        )
    except ValueError:
        raise msgspec.DecodeError("Not JSON") from None
    except RecursionError:
        raise msgspec.DecodeError("Too deeply nested") from None


def whole(text: str) -> str:
    """The text with the halves of a character joined; a half without its other becomes U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def convert(kind: type[S], raw: object) -> S:
    """Build a struct from decoded JSON; raises msgspec.ValidationError."""
    if not isinstance(raw, dict):
        raise msgspec.ValidationError("Expected an object")
    try:
        return msgspec.convert(raw, kind)  # as nearly always: all in one go
    except msgspec.ValidationError:
        return _field_by_field(kind, raw)


def _field_by_field(kind: type[S], raw: dict[str, Any]) -> S:
    kept: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        try:
            kept[field.name] = _value(field.type, raw.get(field.encode_name, msgspec.UNSET))
        except msgspec.ValidationError:
            if field.required:
                raise
    return kind(**kept)


def _value(kind: Any, raw: object) -> Any:
    if raw is msgspec.UNSET:
        raise msgspec.ValidationError("Missing")
    if raw is not None:
        for option in _options(kind):
            if _is_struct(option) and isinstance(raw, dict):
                return convert(option, raw)
            if typing.get_origin(option) is list and isinstance(raw, list):
                return _items(typing.get_args(option)[0], raw)
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError:
        return msgspec.convert(_otherwise(raw, _options(kind)), kind)


def _otherwise(raw: object, options: tuple[Any, ...]) -> object:
    """A number in the form that is asked for: 9.0 as 9, "9" as 9, 80 as a decimal text."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and Decimals in options:
        return str(raw)
    if isinstance(raw, str) and (int in options or float in options):
        raw = _number(raw) if NUMBER.match(raw) else raw
    if isinstance(raw, float) and raw.is_integer() and abs(raw) <= LARGEST_WHOLE:
        return int(raw)
    return raw


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _options(kind: Any) -> tuple[Any, ...]:
    is_union = typing.get_origin(kind) in (typing.Union, types.UnionType)
    return typing.get_args(kind) if is_union else (kind,)


def _items(kind: Any, raw: list[Any]) -> list[Any]:
    kept = []
    for item in raw:
        try:
            kept.append(_value(kind, item))
        except msgspec.ValidationError:
            continue
    return kept


def _whole_characters(raw: Any) -> Any:
    try:
        return json.loads(whole(json.dumps(raw, ensure_ascii=False)))
    except RecursionError:
        raise msgspec.DecodeError("Too deeply nested") from None


def _number(text: str) -> int | float | None:
    number = float(text)
    if not math.isfinite(number):
        return None
    return int(text) if text.lstrip("-").isdigit() and len(text) < MAX_DIGITS else number
