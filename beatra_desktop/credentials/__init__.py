"""API keys: in the key store of the operating system, or in memory; nowhere else (design P8)."""

from beatra_desktop.credentials.key import ApiKey, InvalidKey
from beatra_desktop.credentials.memory import LayeredCredentials, MemoryCredentials
from beatra_desktop.credentials.os_keyring import SERVICE_NAME, TIME_LIMIT_S, OsKeyring
from beatra_desktop.credentials.store import (
    Advice,
    Credentials,
    CredentialsTimeout,
    CredentialsUnavailable,
    StoreInfo,
    StoreKind,
    StoreState,
)

__all__ = [
    "SERVICE_NAME",
    "TIME_LIMIT_S",
    "Advice",
    "ApiKey",
    "Credentials",
    "CredentialsTimeout",
    "CredentialsUnavailable",
    "InvalidKey",
    "LayeredCredentials",
    "MemoryCredentials",
    "OsKeyring",
    "StoreInfo",
    "StoreKind",
    "StoreState",
]
