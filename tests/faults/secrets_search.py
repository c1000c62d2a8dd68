"""A key that may be nowhere, and the search for it in every writing and every place.

Shares no code with the app's own redaction, so that a mistake there can't hide from it.
"""

import base64
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Final
from urllib.parse import quote

_ENDS: Final = 4
"""So much of either end of a key the app shows on purpose."""
_LETTERS: Final = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, kw_only=True)
class Canary:
    """A key like no other text; what is searched is all of it but its ends."""

    key: str

    @classmethod
    def drawn(cls, random: Random) -> "Canary":
        """Some look like a provider's key, some have no known form; most need escapes."""
        middle = "".join(random.choices(_LETTERS, k=24))
        begin = random.choice(("sk-", "", "Key_"))
        odd = random.choice(("", "/+=", '"\\', "%~&", "<'>"))
        return cls(key=f"{begin}{middle[:12]}{odd}{middle[12:]}")

    @cached_property
    def writings(self) -> frozenset[bytes]:
        core = self.key[_ENDS:-_ENDS]
        raw = core.encode()
        plain = {
            raw,
            core.encode("utf-16-le"),
            raw.hex().encode(),
            quote(core, safe="").encode(),
            "".join(f"%{byte:02x}" for byte in raw).encode(),
            json.dumps(core)[1:-1].encode(),
            core.replace("/", "\\/").encode(),
            "".join(f"\\u{byte:04x}" for byte in raw).encode(),
        }
        packed = set(_packed(raw))
        return frozenset(plain | packed | {text.translate(_WEB_SAFE) for text in packed})

    def is_in(self, text: bytes | str) -> bool:
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        return any(writing in data for writing in self.writings)


_WEB_SAFE: Final = bytes.maketrans(b"+/", b"-_")


def _packed(raw: bytes) -> Iterator[bytes]:
    """What of base64 is the key's alone, after none, one or two bytes of something else."""
    for before in range(3):
        whole = bytes(before) + raw
        inner = base64.b64encode(whole[: len(whole) // 3 * 3])
        yield inner[4 if before else 0 :]


def in_files(canary: Canary, folders: Iterable[Path]) -> list[str]:
    """Every file that holds it by name or content, also within archives.

    A database is searched as its bytes: free pages, its log and its index are among them.
    """
    return [name for name, data in _contents(folders) if canary.is_in(data) or canary.is_in(name)]


def _contents(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        with suppress(OSError):  # it may be gone by now
            yield str(path), path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    yield from (
                        (f"{path}: {name}", archive.read(name)) for name in archive.namelist()
                    )


def in_processes(canary: Canary, pids: Iterable[int], *, environment: bool = True) -> list[str]:
    """Processes whose arguments or environment hold it, by the kernel's own word."""
    names = ("cmdline", "environ") if environment else ("cmdline",)
    return [
        f"/proc/{pid}/{name}"
        for pid in pids
        for name in names
        if canary.is_in(_read(Path(f"/proc/{pid}/{name}")))
    ]


def in_sockets(canary: Canary) -> list[str]:
    """Whether any local socket is named after it."""
    return ["/proc/net/unix"] if canary.is_in(_read(Path("/proc/net/unix"))) else []


def _read(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""


def in_words(canary: Canary, place: str, words: object) -> list[str]:
    """Whether anything the app told holds it; `words` is whatever JSON can carry."""
    text = json.dumps(words, ensure_ascii=False)
    return [place] if canary.is_in(text) or any(map(canary.is_in, _texts(words))) else []


def _texts(words: object) -> Iterator[str]:
    match words:
        case str():
            yield words
        case dict():
            for name, value in words.items():
                yield from (*_texts(name), *_texts(value))
        case list() | tuple():
            for value in words:
                yield from _texts(value)
