"""The keys of the commands as they are now, for tooltips: one place that all of them follow."""

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QObject, Signal


class KeysNotifier(QObject):
    changed = Signal()


@lru_cache(maxsize=1)
def notifier() -> KeysNotifier:
    return KeysNotifier()


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {}


def tell(keys: Mapping[str, str]) -> None:
    """`keys` are the first keys of each command by its name, as the platform writes them."""
    if _known() != keys:
        _known().clear()
        _known().update(keys)
        notifier().changed.emit()


def text_of(command: str) -> str:
    """The keys of a command; empty when it has none."""
    return _known().get(command, "")
