"""Lyrics as sections, lines and sung syllables."""

import re
from dataclasses import dataclass
from typing import Final

TAGS: Final = {
    "intro": "intro",
    "verse": "verse",
    "rap": "verse",
    "pre-chorus": "pre",
    "pre chorus": "pre",
    "prechorus": "pre",
    "build": "pre",
    "build-up": "pre",
    "chorus": "chorus",
    "hook": "chorus",
    "refrain": "chorus",
    "drop": "chorus",
    "post-chorus": "chorus",
    "bridge": "bridge",
    "break": "bridge",
    "breakdown": "bridge",
    "interlude": "solo",
    "instrumental": "solo",
    "solo": "solo",
    "guitar solo": "solo",
    "outro": "outro",
    "end": "outro",
    "ending": "outro",
    "fade out": "outro",
    "coda": "outro",
}

_TAG: Final = re.compile(r"^\s*[\[(【]\s*([^\])】]+?)\s*[\])】]\s*:?\s*$")
_WORD: Final = re.compile(r"[a-zà-ÿ']+|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_SYLLABLE: Final = re.compile(r"([^aeiouyà-ÿ]*)([aeiouyà-ÿ]+)")
# The last e of "are" and "smile", not that of "the" and "little".
_SILENT_E: Final = re.compile(r"[aeiouy]([^aeiouyl]+|l)e$")
_VOWEL_PAIRS: Final = {
    "ee": "i", "ea": "i", "ie": "i", "oo": "u", "ou": "o", "ow": "o", "ai": "e", "ay": "e",
    "ei": "e", "ey": "e", "au": "o", "aw": "o", "oa": "o", "oe": "o", "ue": "u", "ui": "u",
}  # fmt: skip
_VOWELS: Final = {"y": "i", "a": "a", "e": "e", "i": "i", "o": "o", "u": "u"}
_ONSETS: Final = (
    ("sh", "hiss"), ("ch", "hiss"), ("th", "hiss"), ("s", "hiss"), ("z", "hiss"), ("f", "hiss"),
    ("h", "hiss"), ("v", "hum"), ("m", "hum"), ("n", "hum"), ("l", "hum"), ("r", "hum"),
    ("w", "hum"), ("t", "stop"), ("k", "stop"), ("p", "stop"), ("c", "stop"), ("d", "stop"),
    ("g", "stop"), ("b", "stop"), ("j", "stop"), ("q", "stop"), ("x", "stop"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Syllable:
    """`onset` is "", "hiss", "stop" or "hum"; `vowel` one of a e i o u."""

    onset: str
    vowel: str


@dataclass(frozen=True, slots=True)
class Stanza:
    """A stretch of lyrics that one section sings; an instrumental section has no lines."""

    kind: str
    lines: tuple[tuple[Syllable, ...], ...]


def read_lyrics(lyrics: str) -> tuple[Stanza, ...]:
    """Tagged lyrics keep their tags; untagged ones become verses, a repeated block the chorus."""
    lines = [line.strip() for line in lyrics.splitlines()]
    if any(_tag(line) for line in lines):
        return _tagged(lines)
    blocks = [tuple(block.splitlines()) for block in re.split(r"\n\s*\n", lyrics.strip())]
    blocks = [block for block in blocks if any(line.strip() for line in block)]
    return tuple(Stanza(_guess(blocks, index), _lines(block)) for index, block in enumerate(blocks))


def syllables(line: str) -> tuple[Syllable, ...]:
    found: list[Syllable] = []
    for word in _WORD.findall(line.lower()):
        found.extend(_of_word(word))
    return tuple(found)


def _tag(line: str) -> str | None:
    """The section kind when the line is a structure tag; an unknown tag sings like a verse."""
    match = _TAG.match(line)
    if match is None:
        return None
    name = re.sub(r"[\s:–-]*\d+$", "", match.group(1).lower()).strip()
    first = re.split(r"[:,–|]| - ", name)[0].strip()
    return TAGS.get(first) or next((TAGS[tag] for tag in TAGS if first.startswith(tag)), "verse")


def _tagged(lines: list[str]) -> tuple[Stanza, ...]:
    stanzas: list[tuple[str, list[str]]] = []
    for line in lines:
        if kind := _tag(line):
            stanzas.append((kind, []))
        elif line:
            if not stanzas:
                stanzas.append(("verse", []))
            stanzas[-1][1].append(line)
    return tuple(Stanza(kind, _lines(text)) for kind, text in stanzas)


def _lines(text: tuple[str, ...] | list[str]) -> tuple[tuple[Syllable, ...], ...]:
    sung = (syllables(line) for line in text)
    return tuple(line for line in sung if line)


def _guess(blocks: list[tuple[str, ...]], index: int) -> str:
    if blocks.count(blocks[index]) > 1:
        return "chorus"
    repeats = any(blocks.count(block) > 1 for block in blocks)
    return "verse" if repeats or index % 2 == 0 else "chorus"


def _of_word(word: str) -> list[Syllable]:
    if not word.isascii() and len(word) == 1 and ord(word) > 0x3000:
        return [Syllable(("hum", "stop", "hiss", "")[ord(word) % 4], "aeiou"[ord(word) % 5])]
    if _SILENT_E.search(word):
        word = word[:-1]
    parts = _SYLLABLE.findall(word)
    return [Syllable(_onset(consonants), _vowel(vowels)) for consonants, vowels in parts]


def _onset(consonants: str) -> str:
    return next((kind for letters, kind in _ONSETS if consonants.endswith(letters)), "")


def _vowel(letters: str) -> str:
    return _VOWEL_PAIRS.get(letters[:2]) or _VOWELS.get(letters[0], "a")
