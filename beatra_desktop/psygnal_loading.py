"""Loads psygnal without its version, which nobody asks for.

psygnal looks for it in all that is installed, with a part of Python that is loaded for nothing
else: longer than psygnal itself takes.
"""

import sys
from types import ModuleType
from typing import Any, Final

METADATA: Final = "importlib.metadata"


def _unknown(package: str) -> str:
    raise ModuleNotFoundError(package)


if METADATA not in sys.modules:
    _nothing: Any = ModuleType(METADATA)
    _nothing.version, _nothing.PackageNotFoundError = _unknown, ModuleNotFoundError
    sys.modules[METADATA] = _nothing
    try:
        import psygnal  # noqa: F401  # it takes the version for 0.0.0
    finally:
        del sys.modules[METADATA]
