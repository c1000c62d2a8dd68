"""Which buses (D-Bus) there are; without the library that speaks to them, which is for Linux."""

import os
from pathlib import Path
from typing import Final

NO_BUS: Final = (OSError, KeyError, ValueError, RuntimeError)
"""What a bus raises that is not there, or whose address means nothing."""
SYSTEM_SOCKET: Final = Path("/run/dbus/system_bus_socket")


def has_bus(bus: str) -> bool:
    """Whether there is one to speak to, SESSION or SYSTEM; none is started."""
    return bool(os.environ.get(f"DBUS_{bus}_BUS_ADDRESS")) or _socket(bus).is_socket()


def has_session_bus() -> bool:
    return has_bus("SESSION")


def _socket(bus: str) -> Path:
    return SYSTEM_SOCKET if bus == "SYSTEM" else Path(os.environ.get("XDG_RUNTIME_DIR", ""), "bus")
