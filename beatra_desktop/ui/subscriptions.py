"""Listening to observables for exactly as long as a Qt object lives."""

from collections.abc import Callable
from typing import Any
from weakref import WeakMethod

from psygnal import SignalInstance
from PySide6.QtCore import QObject


def subscribe(owner: QObject, signal: SignalInstance, slot: Callable[..., Any]) -> None:
    """Call `slot`, a bound method, at each emission until `owner` is destroyed.

    Nothing here keeps the method's object alive; TypeError when `slot` is not a bound method.
    """
    method = WeakMethod(slot)

    def disconnect() -> None:
        bound = method()
        if bound is not None:
            signal.disconnect(bound, missing_ok=True)

    signal.connect(slot)
    owner.destroyed.connect(disconnect)
