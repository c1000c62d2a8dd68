"""Links into the app, such as `beatra:conversation/0190…`: they open what is here, no more."""

import re
from enum import StrEnum
from typing import Final, NamedTuple

SCHEME: Final = "beatra:"
MAX_CHARACTERS: Final = 256
_ID: Final = r"[0-9A-Za-z][0-9A-Za-z._-]{0,127}"


class LinkTarget(StrEnum):
    CONVERSATION = "conversation"
    TASK = "task"
    CLIP = "clip"
    LIBRARY = "library"


class DeepLink(NamedTuple):
    """What is to be opened; `id` is empty for what there is only one of."""

    target: LinkTarget
    id: str = ""

    @property
    def text(self) -> str:
        return f"{SCHEME}{self.target}/{self.id}" if self.id else f"{SCHEME}{self.target}"


def is_deep_link(text: str) -> bool:
    """Whether it is meant for this app, sense or nonsense."""
    return text[: len(SCHEME)].lower() == SCHEME


def parse_link(text: str) -> DeepLink | None:
    """What a link opens; None for everything else: links that would do, change or spend something.

    Browsers may have put `//` behind the scheme, or `/` at the end.
    """
    if not is_deep_link(text) or len(text) > MAX_CHARACTERS:
        return None
    target, *ids = text[len(SCHEME) :].removeprefix("//").removesuffix("/").split("/")
    if target == LinkTarget.LIBRARY and not ids:
        return DeepLink(target=LinkTarget.LIBRARY)
    if target == LinkTarget.LIBRARY or target not in set(LinkTarget) or len(ids) != 1:
        return None
    return DeepLink(target=LinkTarget(target), id=ids[0]) if re.fullmatch(_ID, ids[0]) else None
