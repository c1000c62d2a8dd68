"""Opaque ids shaped like the service's own: a prefix and a ULID-like tail (contract §2)."""

import secrets
import time
from typing import Final

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TIME_DIGITS: Final = 10
RANDOM_DIGITS: Final = 16


def new_id(prefix: str) -> str:
    """Return e.g. `tsk_01K8Z6A1…`; ids made later sort later."""
    return f"{prefix}_{_digits(time.time_ns() // 1_000_000, TIME_DIGITS)}{_random_tail()}"


def _random_tail() -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(RANDOM_DIGITS))


def _digits(number: int, count: int) -> str:
    digits: list[str] = []
    for _ in range(count):
        number, digit = divmod(number, len(CROCKFORD))
        digits.append(CROCKFORD[digit])
    return "".join(reversed(digits))
