"""Listening to observables for exactly as long as a Qt object lives."""

from collections.abc import Callable
from inspect import CO_VARARGS
from typing import Any, Final
from weakref import WeakMethod

from psygnal import SignalInstance
from PySide6.QtCore import QObject

MANY: Final = 16
"""More than any signal has."""


def subscribe(owner: QObject, signal: SignalInstance, slot: Callable[..., Any]) -> None:
    """Call `slot`, a bound method, at each emission until `owner` is destroyed.

    Nothing here keeps the method's object alive; TypeError when `slot` is not a bound method.
    """
    method = WeakMethod(slot)

    def disconnect() -> None:
        bound = method()
        if bound is not None:
            signal.disconnect(bound, missing_ok=True)

    signal.connect(slot, max_args=_most_arguments(slot))
    owner.destroyed.connect(disconnect)


def _most_arguments(method: Callable[..., Any]) -> int:
    """How many a bound method takes, without itself: psygnal takes 0.1 ms to find out."""
    code = method.__code__
    return MANY if code.co_flags & CO_VARARGS else code.co_argcount - 1
