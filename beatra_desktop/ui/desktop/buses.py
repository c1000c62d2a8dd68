"""Which buses (D-Bus) there are; without the library that speaks to them, which is for Linux."""

import os
from pathlib import Path
from typing import Final

NO_BUS: Final = (OSError, KeyError, ValueError, RuntimeError)
"""What a bus raises that is not there, or whose address means nothing."""


def has_session_bus() -> bool:
    """Whether there is one to speak to; none is started."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or Path(runtime, "bus").is_socket()
