"""Reading answers of a contract that is partly known: what does not fit counts as missing.

A task must not be lost because one of its forty fields has another type than expected.
"""

import types
import typing
from typing import Any, TypeVar

import msgspec

S = TypeVar("S", bound=msgspec.Struct)


def decode(kind: type[S], body: bytes) -> S:
    """Read a JSON object; raises msgspec.DecodeError if it is none or lacks a required field."""
    return convert(kind, parse(body))


def decode_list(kind: type[S], body: bytes) -> list[S]:
    """Read `{"data": [...]}` or a bare array, leaving out items that do not fit (contract §3.3)."""
    raw = parse(body)
    items = raw.get("data") if isinstance(raw, dict) else raw
    if not isinstance(items, list):
        raise msgspec.ValidationError("Expected a list")
    return _items(kind, items)


def parse(body: bytes) -> Any:
    """Like msgspec.json.decode, which lets a RecursionError out on absurd nesting."""
    try:
        return msgspec.json.decode(body)
    except RecursionError:
        raise msgspec.DecodeError("Too deeply nested") from None


def convert(kind: type[S], raw: object) -> S:
    """Build a struct from decoded JSON; raises msgspec.ValidationError."""
    if not isinstance(raw, dict):
        raise msgspec.ValidationError("Expected an object")
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
            if isinstance(option, type) and issubclass(option, msgspec.Struct):
                return convert(option, raw)
            if typing.get_origin(option) is list and isinstance(raw, list):
                return _items(typing.get_args(option)[0], raw)
    return msgspec.convert(raw, kind)


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
