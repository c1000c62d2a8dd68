"""A secret in every writing it may come back in, and texts without it."""

import base64
import json
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

MIN_SECRET_CHARS: Final = 8
"""Shorter secrets are not looked for: hiding every "test" would make texts unreadable."""
_UNTOUCHED_FROM: Final = (0, 2, 3)
"""By the bytes before it in its group of three: the first digit that is the secret's alone."""


def writings(secret: str) -> frozenset[str]:
    """The secret as it is, in a URL, in JSON and wherever it stands in base64; none of a short one.

    Base64 packs three bytes together, so a secret has three looks, of which the ends depend on
    what stands around it and are left out.
    """
    if len(secret) < MIN_SECRET_CHARS:
        return frozenset()
    packed = {_packed(secret.encode(), before) for before in range(3)}
    web_safe = {text.replace("+", "-").replace("/", "_") for text in packed}
    return frozenset({secret, quote(secret, safe=""), json.dumps(secret)[1:-1]} | packed | web_safe)


def without(secrets: Iterable[str], text: str, *, mask: str) -> str:
    """The text with a mask for each of the writings in it; the longest are taken out first."""
    for writing in sorted(secrets, key=len, reverse=True):
        text = text.replace(writing, mask)
    return text


def _packed(secret: bytes, before: int) -> str:
    digits = base64.b64encode(bytes(before) + secret).decode().rstrip("=")
    is_cut = (before + len(secret)) % 3 != 0
    return digits[_UNTOUCHED_FROM[before] : -1 if is_cut else None]
