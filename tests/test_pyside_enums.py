"""Enumerations that are made quickly are what Python makes of the same members."""

import enum
from enum import Enum, EnumType, Flag, IntEnum, IntFlag
from typing import Any, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextFormat
from PySide6.QtWidgets import QStyle

from beatra_desktop import pyside_enums

SCATTERED: Final = [("FOUR", 4), ("ONE", 1), ("AGAIN", 1), ("LOW", -8)]
OTHERS: Final = [
    (IntEnum, SCATTERED),
    (Enum, []),
    (IntFlag, SCATTERED),
    (IntFlag, [("FOUR", 4), ("ONE", 1), ("FIVE", 5), ("TEN", 10)]),
    (Flag, []),
    (Enum, "one two"),
    (IntEnum, ["ONE", "TWO"]),
    (Enum, [("ONE", "1"), ("TWO", "2")]),
    (Enum, {"ONE": 1}),
    (IntEnum, [("real", 1), ("name", 2)]),
    (IntEnum, [("_hidden", 1)]),
]


@pytest.fixture(autouse=True)
def _as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the app sets for good is as it was after each test."""
    monkeypatch.setattr(EnumType, "_create_", pyside_enums.USUAL)


def _both(kind: Any, members: Any) -> tuple[Any, Any]:
    """Made as usual, and made quickly."""
    type.__setattr__(EnumType, "_create_", pyside_enums.USUAL)
    usual = kind("Sample", members, boundary=enum.KEEP)
    pyside_enums.make_quickly()
    return usual, kind("Sample", members, boundary=enum.KEEP)


def _look(made: Any) -> dict[str, str]:
    """All that stands in the class and in its members."""
    inside = {
        f"in {name}": {**vars(each), "__objclass__": each.__objclass__ is made}
        for name, each in made.__members__.items()
    }
    own = {
        name: each for name, each in vars(made).items() if name not in ("__dict__", "__weakref__")
    }
    looks = {name: repr(each) for name, each in {**own, **inside, "list": list(made)}.items()}
    return {name: look.partition(" at 0x")[0] for name, look in looks.items()}


@pytest.mark.parametrize("owner", [Qt, QTextFormat, QStyle])
def test_those_of_qt_are_the_same(owner: type) -> None:
    made: list[Any] = [each for each in vars(owner).values() if isinstance(each, EnumType)]
    assert made
    for each in made:
        numbers = [(name, member.value) for name, member in each.__members__.items()]
        usual, quick = _both(each.__mro__[1], numbers)
        assert _look(quick) == _look(usual)


@pytest.mark.parametrize(("kind", "members"), OTHERS)
def test_so_are_all_others(kind: Any, members: Any) -> None:
    usual, quick = _both(kind, members)
    assert _look(quick) == _look(usual)
    assert quick.__module__ == __name__


def test_members_are_found() -> None:
    for made in _both(IntEnum, SCATTERED):
        assert made(1) is made.ONE is made.AGAIN is made["ONE"]
        assert made.ONE == 1
        assert made.LOW in made
        with pytest.raises(ValueError, match="3"):
            made(3)


def test_flags_are_joined_and_taken_apart() -> None:
    for made in _both(IntFlag, [("FOUR", 4), ("ONE", 1), ("FIVE", 5)]):
        assert made.ONE | made.FOUR is made.FIVE
        assert [each.name for each in made.FIVE] == ["FOUR", "ONE"]
        assert (made.FIVE & ~made.ONE) is made.FOUR
        assert (made.ONE | 16).value == 17


def test_no_name_is_given_twice() -> None:
    pyside_enums.make_quickly()
    with pytest.raises(TypeError, match="ONE"):
        Enum("Twice", [("ONE", 1), ("ONE", 2)])


def test_a_python_that_keeps_other_records_makes_them_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def counting(kind: Any, name: str, members: Any, **more: Any) -> Any:
        made = usual(kind, name, members, **more)
        if members:
            type.__setattr__(made, "_count_", len(members))
        return made

    usual = pyside_enums.USUAL
    monkeypatch.setattr(pyside_enums, "USUAL", counting)
    pyside_enums.make_quickly()
    assert vars(EnumType)["_create_"] is usual
