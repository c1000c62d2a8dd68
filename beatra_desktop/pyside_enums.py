"""Makes Qt's enumerations in less than half the time.

PySide makes all that belong to a class as soon as the class is named: 330 with 4,800 members by the
time the window is filled. Python makes a member by way of a descriptor in its class, which takes
itself out again, looks whether its name means something else there, and adds up what came so far.
Of names and numbers alone, members can be made in one go. What comes of it is the same.
"""

import sys
from contextlib import suppress
from enum import Enum, EnumType, Flag, IntEnum, IntFlag
from functools import cache, reduce
from operator import or_
from typing import Any, Final

_FLAGS: Final = (Flag, IntFlag) if hasattr(Flag, "_singles_mask_") else ()
"""The first of Python 3.11 counted up their bits in another way."""
_KINDS: Final = (Enum, IntEnum, *_FLAGS)
_python: Final[Any] = EnumType
USUAL: Final = _python._create_
_SAMPLE: Final = [("FOUR", 4), ("ONE", 1), ("AGAIN", 1), ("FIVE", 5)]


def make_quickly() -> None:
    """From now on, whatever is made of a list of names and numbers.

    Not where Python keeps other records of an enumeration than are known here.
    """
    with suppress(AttributeError, TypeError):
        if all(map(_is_known, _KINDS)):
            _python._create_ = _create


def _is_known(kind: Any) -> bool:
    quick, usual = (make(kind, "Sample", _SAMPLE, module=__name__) for make in (_create, USUAL))
    return _records(quick) == _records(usual)


def _records(made: Any) -> list[Any]:
    """What stands in the class and in its members, as far as it can be compared."""
    own = vars(made)
    inside = [{**vars(each), "__objclass__": None} for each in made.__members__.values()]
    return [own.keys(), *inside, *(each for each in own.values() if type(each) in (int, list))]


def _create(kind: Any, class_name: str, names: Any, *, module: Any = None, **more: Any) -> Any:
    """Stands in the place of the method in which `Enum("Name", members)` ends."""
    module = module or _caller()
    if kind not in _KINDS or not _are_plain(kind, names):
        return USUAL(kind, class_name, names, module=module, **more)
    made = USUAL(kind, class_name, [], module=module, **more)
    _fill(made, names)
    if kind in _FLAGS:
        _count_up(made)
    return made


def _caller() -> str | None:
    """The module that wants the enumeration, looked for as Python's own method does."""
    try:
        name: str = sys._getframe(3).f_globals["__name__"]  # behind this, `_create` and `__call__`
    except (ValueError, KeyError):
        return None
    return name


def _are_plain(kind: type[Enum], members: Any) -> bool:
    """Whether it is a list of numbers, each with a name of its own that means nothing else."""
    if type(members) is not list or not {*map(type, members)} <= {tuple}:
        return False
    numbers = dict(members)
    return (
        len(numbers) == len(members)
        and {*map(type, numbers.values())} <= {int}
        and {*map(type, numbers)} <= {str}
        and not any(name[:1] in "_" for name in numbers)
        and _taken(kind).isdisjoint(numbers)
    )


@cache
def _taken(kind: type[Enum]) -> frozenset[str]:
    return frozenset(("mro", *dir(kind)))


def _fill(made: Any, members: list[tuple[str, int]]) -> None:
    new, is_number, is_flag = made._new_member_, made._use_args_, issubclass(made, Flag)
    by_number, by_name, names = made._value2member_map_, made._member_map_, made._member_names_
    for name, number in members:
        member = by_number.get(number)
        if member is None:
            member = by_number[number] = new(made, number) if is_number else new(made)
            member._value_, member._name_ = number, name
            member.__objclass__, member._sort_order_ = made, len(names)
            if not is_flag or _is_single_bit(number):
                names.append(name)
        by_name[name] = member
    for name, member in by_name.items():  # not before: each takes away what is known of the class
        type.__setattr__(made, name, member)
    if hasattr(made, "_hashable_values_"):  # in later Pythons
        made._hashable_values_.extend(by_number)


def _count_up(made: Any) -> None:
    """What a set of flags knows of all its members."""
    bits = reduce(or_, made._value2member_map_, 0)
    made._flag_mask_, made._all_bits_ = bits, 2 ** bits.bit_length() - 1
    made._singles_mask_ = reduce(or_, filter(_is_single_bit, made._value2member_map_), 0)
    in_order = [made[name]._value_ for name in made._member_names_]
    if in_order != sorted(in_order):
        made._iter_member_ = made._iter_member_by_def_


def _is_single_bit(number: int) -> bool:
    return number > 0 and not number & (number - 1)
