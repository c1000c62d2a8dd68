"""The model `sandbox-guide`: answers questions about beatra and this app from bundled help."""

import re
from collections.abc import Sequence
from typing import Final
from zlib import crc32

from beatra_desktop.sandbox.retrieval import Match, Section, help_index, terms

LEAST_COVERAGE: Final = 0.34
SECOND_SHARE: Final = 0.55
SHORT_QUESTION_TERMS: Final = 2
GREETING: Final = re.compile(
    r"^\W*(hi|hello|hey|good (morning|evening|afternoon)|hallo|hola|bonjour|thanks|thank you)\b",
    re.I,
)
THANKS: Final = re.compile(r"\bthank", re.I)
OPENINGS: Final = (
    "Good question.",
    "Happy to help.",
    "Yes, there is an answer to that in the help.",
    "Let me show you.",
)
WELCOME: Final = """\
Hello, and welcome! I am the **Sandbox Guide**. I live on your own computer, cost nothing, \
and answer questions about beatra and about this app.

Here are three things people try first:

1. **Ask me something**, such as *“What works today?”* or *“Will I ever pay twice?”*
2. **Make a song.** Open the studio with **Ctrl+M**, describe what you want to hear, \
and press *Generate*.
3. **Drop a recording** onto the window to use it as a reference for a new song.

When you are ready for the real thing, ask *“How do I connect my beatra account?”*"""
YOU_ARE_WELCOME: Final = (
    "You are welcome! I stay right here. If you would like to go on, ask me about making music,"
    " uploads, prices or keyboard shortcuts."
)
NO_ANSWER: Final = """\
I looked through the bundled help and found nothing that answers this well, \
and I would rather say so than guess. I only know beatra and this app: I am a small search over \
its help pages, not a general language model.

Topics I can tell you about:

{topics}

If you want long text instead, choose **sandbox-writer** in the model picker; for general \
questions, connect your beatra account and use a live model."""


def answer_question(question: str, *, earlier: Sequence[str] = ()) -> str:
    """Return a Markdown answer; a short follow-up is read together with the question before."""
    if GREETING.search(question) and len(terms(question)) <= SHORT_QUESTION_TERMS:
        return YOU_ARE_WELCOME if THANKS.search(question) else WELCOME
    matches = _matches(question, earlier)
    if not matches:
        return NO_ANSWER.format(topics=_topics())
    return "\n\n".join(_parts(question, matches))


def _matches(question: str, earlier: Sequence[str]) -> list[Match]:
    index = help_index()
    if len(terms(question)) <= SHORT_QUESTION_TERMS and earlier:
        together = index.search(f"{question} {earlier[-1]}")
        alone = index.search(question)
        found = alone if alone and alone[0].coverage > 0.9 else together
    else:
        found = index.search(question)
    return found if found and found[0].coverage >= LEAST_COVERAGE else []


def _parts(question: str, matches: Sequence[Match]) -> list[str]:
    best = matches[0]
    parts = [f"{_opening(question)} From **{best.section.article}**:"]
    parts += [f"### {best.section.heading}", best.section.text]
    second = _second(matches)
    if second is not None:
        parts.append(f"**Also worth knowing** ({second.article}, *{second.heading}*):")
        parts.append(_first_paragraph(second.text))
    parts.append(f"---\n\n{_follow_up(best.section)}")
    return parts


def _opening(question: str) -> str:
    return OPENINGS[crc32(question.encode()) % len(OPENINGS)]


def _second(matches: Sequence[Match]) -> Section | None:
    """Return another article's section that is nearly as good."""
    best = matches[0]
    for match in matches[1:]:
        close = match.score >= best.score * SECOND_SHARE
        if close and match.section.article != best.section.article:
            return match.section
    return None


def _first_paragraph(text: str) -> str:
    return text.split("\n\n", 1)[0]


def _follow_up(section: Section) -> str:
    headings = [each.heading for each in _siblings(section) if each != section][:2]
    if not headings:
        return "Ask me for details, or about anything else in the app."
    return "You could go on with " + " or ".join(f"*{heading}*" for heading in headings) + "."


def _siblings(section: Section) -> list[Section]:
    """Return the article's sections, those after this one first."""
    same = [each for each in help_index().sections if each.article == section.article]
    place = same.index(section)
    return same[place:] + same[:place]


def _topics() -> str:
    articles = dict.fromkeys(section.article for section in help_index().sections)
    return "\n".join(f"- {article}" for article in articles)
