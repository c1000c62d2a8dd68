"""Parameters as they are typed: what a text means, and what is wrong with it."""

import re
from typing import Final, Generic, TypeVar

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.chat import MAX_STOPS, MAX_TEMPERATURE
from beatra_desktop.ui import format

HOT_TEMPERATURE: Final = 1.5
FEW_TOKENS: Final = 16
MOST_DIGITS: Final = 18
"""A whole number of so many digits fits everywhere it goes."""
_ESCAPES: Final = (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}

ValueT = TypeVar("ValueT")


class Meant(Generic[ValueT], Struct, frozen=True):
    """`value` is used; a `problem` says why a text has none, an `advice` what to expect."""

    value: ValueT
    problem: str = ""
    advice: str = ""


def temperature(text: str) -> Meant[float | None]:
    meant = _share(text, MAX_TEMPERATURE)
    if meant.value is not None and meant.value > HOT_TEMPERATURE:
        return Meant(meant.value, advice=_tr("So high, answers often fall apart."))
    return meant


def top_p(text: str) -> Meant[float | None]:
    meant = _share(text, 1.0)
    if meant.value == 0:
        return Meant(meant.value, advice=_tr("At 0 only the likeliest word is ever taken."))
    return meant


def max_tokens(text: str) -> Meant[int | None]:
    meant = _whole(text)
    if meant.value is not None and meant.value < 1:
        return Meant(None, problem=_unused(_tr("Write a number from 1 up.")))
    if meant.value is not None and meant.value < FEW_TOKENS:
        return Meant(meant.value, advice=_tr("Answers will break off after a few words."))
    return meant


def seed(text: str) -> Meant[int | None]:
    return _whole(text)


def stops(text: str) -> Meant[tuple[str, ...]]:
    """One for each line; `\\n` in a line stands for a line break in the text."""
    lines = [_unescaped(line) for line in text.split("\n") if line]
    if len(lines) > MAX_STOPS:
        words = _tr("Only the first {n} are used; the others stay here.")
        return Meant(tuple(lines[:MAX_STOPS]), problem=words.format(n=MAX_STOPS))
    if any(not line.strip(" ") for line in lines):
        return Meant(tuple(lines), advice=_tr("A line of blanks ends answers at the first blank."))
    return Meant(tuple(lines))


def number_text(number: float | None) -> str:
    return "" if number is None else str(number).removesuffix(".0")


def stops_text(stops: tuple[str, ...]) -> str:
    return "\n".join(map(_escaped, stops))


def _share(text: str, highest: float) -> Meant[float | None]:
    """A number from 0 to `highest`, with a point or a comma."""
    if not text.strip():
        return Meant(None)
    words = _tr("Write a number from 0 to {highest}.").format(highest=number_text(highest))
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return Meant(None, problem=_unused(words))
    return Meant(number) if 0 <= number <= highest else Meant(None, problem=_unused(words))


def _whole(text: str) -> Meant[int | None]:
    plain = "".join(text.split())
    if not plain:
        return Meant(None)
    digits = plain.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        return Meant(None, problem=_unused(_tr("Write a whole number.")))
    if len(digits) > MOST_DIGITS:
        words = _tr("Write at most {n} digits.").format(n=format.count(MOST_DIGITS))
        return Meant(None, problem=_unused(words))
    return Meant(int(plain))


def _unused(words: str) -> str:
    return _tr("{words} Until then the service chooses.").format(words=words)


def _escaped(stop: str) -> str:
    for character, written in _ESCAPES:
        stop = stop.replace(character, written)
    return stop


def _unescaped(line: str) -> str:
    """Backslashes that stand for nothing stay backslashes."""
    return re.sub(r"\\(.)", lambda found: _ESCAPED.get(found[1], found[0]), line)


def _tr(text: str) -> str:
    return QCoreApplication.translate("parameter_text", text)
