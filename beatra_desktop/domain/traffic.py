"""Whether anything can leave this machine."""

from enum import StrEnum


class Network(StrEnum):
    """Offline: the machine has no network, or the service in use can't be reached."""

    ONLINE = "online"
    OFFLINE = "offline"
