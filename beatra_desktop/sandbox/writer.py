"""The model `sandbox-writer`: long, well-formed Markdown on any topic.

The prose is put together from hand-written parts (`prose.toml`); equal prompts and seeds give equal
text.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Final

USUAL_WORDS: Final = 450
MOST_WORDS: Final = 60_000
SHORT_WORDS: Final = 130
WORDS_PER_TOKEN: Final = 0.7
WORDS_PER_PARAGRAPH: Final = 75
AMOUNT: Final = re.compile(r"(\d[\d.,]*)\s*(k\b)?[\s-]*(words?|tokens?|paragraphs?)", re.I)
WORDS_PER: Final = {"w": 1.0, "t": WORDS_PER_TOKEN, "p": float(WORDS_PER_PARAGRAPH)}
TOPIC_MARKS: Final = (r"about", r"explaining", r"on", r"of|for")
TAIL: Final = re.compile(
    r"[,;]? *\b(?:with (?:many |some )?(?:tables?|lists?|code)|(?:in|using|of) (?:about )?\d"
    r"|in markdown).*",
    re.I | re.S,
)
ARTICLE: Final = re.compile(r"^(?:the subject of|the topic of|the|an?) ", re.I)
FILLER: Final = re.compile(
    r"\b(?:please|write|draft|compose|me|an?|the|some|something|long|short|detailed|essay|article"
    r"|story|report|tutorial|poem|text|of|\d[\d.,]*\s*k?[\s-]*(?:words?|tokens?|paragraphs?))\b",
    re.I,
)
CLOSING_WORDS: Final = 80
TOPIC_LENGTH: Final = 60
DEFAULT_TOPIC: Final = "careful work"
ORNAMENTS: Final = ("list", "table", "code", "tasks", "quote", "math", "steps", "code")


def write_article(prompt: str, *, seed: int | None = None, token_limit: int | None = None) -> str:
    """Return about as many words as the prompt asks for ("2000 words"), else as many as fit."""
    wanted = wanted_words(prompt, token_limit)
    random = Random(f"{seed}|{prompt}")
    return _Article(topic_of(prompt), wanted, random).text()


def wanted_words(prompt: str, token_limit: int | None = None) -> int:
    amount = AMOUNT.search(prompt)
    if amount is None:
        fitting = USUAL_WORDS if token_limit is None else token_limit * WORDS_PER_TOKEN
        return int(min(fitting, MOST_WORDS))
    digits = amount[1].replace(",", "").rstrip(".")
    count = float(digits) if digits.count(".") <= 1 else float(digits.replace(".", ""))
    words = count * (1000 if amount[2] else 1) * WORDS_PER[amount[3][0].lower()]
    return int(max(1, min(words, MOST_WORDS)))


def topic_of(prompt: str) -> str:
    """Return a few words that name what to write about."""
    sentence = re.split(r"[.!?\n]", prompt.strip(), maxsplit=1)[0]
    named = _named_topic(sentence) or FILLER.sub(" ", TAIL.sub("", sentence))
    topic = " ".join(named.split()).strip(" ,:;-“”\"'")
    return ARTICLE.sub("", topic)[:TOPIC_LENGTH].strip() or DEFAULT_TOPIC


def _named_topic(sentence: str) -> str:
    """Return what follows the strongest of the words that announce a topic, or nothing."""
    for mark in TOPIC_MARKS:
        found = re.search(rf"\b(?:{mark}) +(?!\d)(.+)", sentence, re.I | re.S)
        if found:
            return TAIL.sub("", found[1])
    return ""


@cache
def prose() -> dict[str, Any]:
    path = files("beatra_desktop.sandbox") / "prose.toml"
    return tomllib.loads(path.read_text("utf-8"))


class _Article:
    def __init__(self, topic: str, wanted: int, random: Random) -> None:
        self._topic = topic
        self._wanted = wanted
        self._random = random
        self._parts: list[str] = []
        self._words = 0
        self._headings: list[str] = []
        self._decks: dict[str, list[Any]] = {}

    def text(self) -> str:
        if self._wanted < SHORT_WORDS:
            return self._short()
        self._add(f"# {_capital(self._filled(self._draw('titles')))}")
        self._add(self._filled(self._draw("leads")))
        ornaments = self._ornaments()
        while not self._is_full():
            self._section(next(ornaments))
        self._close()
        return "\n\n".join(self._parts) + "\n"

    def _short(self) -> str:
        facets = [self._draw("facets"), self._draw("facets")]
        sentences = [self._filled(each) for facet in facets for each in facet["sentences"]]
        words = " ".join(sentences).split()[: self._wanted]
        return " ".join(words).rstrip(",;:") + ("" if words[-1].endswith(".") else " …")

    def _section(self, ornament: str) -> None:
        facet = self._draw("facets")
        heading = self._fresh_heading(facet["heading"])
        self._add(f"## {heading}")
        first, second = self._paragraphs(facet["sentences"])
        self._add(first)
        if not self._is_full():
            self._ornament(ornament, facet)
        if not self._is_full():
            self._add(f"### {self._draw('subheadings')}")
            self._add(second)

    def _paragraphs(self, sentences: Sequence[str]) -> tuple[str, str]:
        """Return two paragraphs: halves the first time, later other selections in order."""
        half = len(sentences) // 2
        marks = [number < half for number in range(len(sentences))]
        if len(self._headings) > len(prose()["facets"]):
            self._random.shuffle(marks)
        first = [text for text, mark in zip(sentences, marks, strict=True) if mark]
        rest = [text for text, mark in zip(sentences, marks, strict=True) if not mark]
        remark = self._draw("remarks")
        return self._filled(" ".join(first)), self._filled(" ".join([*rest, remark]))

    def _ornament(self, kind: str, facet: dict[str, Any]) -> None:
        makers = {"list": _nested_list, "tasks": _task_list, "steps": _steps}
        if kind in makers:
            self._add(self._filled(makers[kind](facet["points"])))
        elif kind == "quote":
            self._add("> " + self._filled(self._draw("quotes")))
        else:
            piece = self._draw(kind)
            self._add(self._filled(piece["caption"]))
            self._add(piece["source"].strip())

    def _ornaments(self) -> Iterator[str]:
        while True:
            yield from self._random.sample(ORNAMENTS, len(ORNAMENTS))

    def _close(self) -> None:
        self._add("## In short")
        self._add("\n".join(f"- [x] {heading}" for heading in self._headings[:12]))
        self._add(self._filled(self._draw("endings")))

    def _fresh_heading(self, heading: str) -> str:
        filled = _capital(self._filled(heading))
        times = sum(each.startswith(filled) for each in self._headings)
        fresh = filled if times == 0 else f"{filled}, part {times + 1}"
        self._headings.append(fresh)
        return fresh

    def _draw(self, kind: str) -> Any:
        """Draw without repeating before all were drawn."""
        deck = self._decks.setdefault(kind, [])
        if not deck:
            deck += self._random.sample(prose()[kind], len(prose()[kind]))
        return deck.pop()

    def _filled(self, text: str) -> str:
        start = _capital(self._topic)
        filled = re.sub(r"(^|[.!?] )\{topic\}", lambda match: match[1] + start, text)
        return filled.replace("{topic}", self._topic)

    def _add(self, part: str) -> None:
        self._parts.append(part)
        self._words += len(part.split())

    def _is_full(self) -> bool:
        return self._words >= self._wanted - CLOSING_WORDS


def _nested_list(points: Sequence[str]) -> str:
    lines = []
    for number, point in enumerate(points):
        indent = "" if number % 3 == 0 else "    "
        lines.append(f"{indent}- {_capital(point)}")
    return "\n".join(lines)


def _task_list(points: Sequence[str]) -> str:
    return "\n".join(
        f"- [{'x' if number < len(points) // 2 else ' '}] {_capital(point)}"
        for number, point in enumerate(points)
    )


def _steps(points: Sequence[str]) -> str:
    return "\n".join(f"{number}. {_capital(point)}" for number, point in enumerate(points, 1))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
