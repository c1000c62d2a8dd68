"""The model `sandbox-guide`: answers questions about beatra and this app from bundled help."""

from collections.abc import Sequence
from typing import Final
from zlib import crc32

from beatra_desktop.sandbox.guide_words import GuideWords, words_for
from beatra_desktop.sandbox.retrieval import Match, Section, help_index
from beatra_desktop.sandbox.terms import terms

LEAST_COVERAGE: Final = 0.34
SECOND_SHARE: Final = 0.55


def answer_question(question: str, *, earlier: Sequence[str] = ()) -> str:
    """Return a Markdown answer in the question's language.

    A short follow-up is read together with the question before.
    """
    words = words_for(question)
    if words.greeting.search(question) and len(terms(question)) <= words.short:
        return words.you_are_welcome if words.thanks.search(question) else words.welcome
    matches = _matches(question, earlier, words)
    if not matches:
        return words.no_answer.format(topics=_topics(words))
    return "\n\n".join(_parts(question, matches, words))


def _matches(question: str, earlier: Sequence[str], words: GuideWords) -> list[Match]:
    index = help_index(words.folder)
    if len(terms(question)) <= words.short and earlier:
        together = index.search(f"{question} {earlier[-1]}")
        alone = index.search(question)
        found = alone if alone and alone[0].coverage > 0.9 else together
    else:
        found = index.search(question)
    return found if found and found[0].coverage >= LEAST_COVERAGE else []


def _parts(question: str, matches: Sequence[Match], words: GuideWords) -> list[str]:
    best = matches[0].section
    parts = [words.source.format(opening=_opening(question, words), article=best.article)]
    parts += [f"### {best.heading}", best.text]
    second = _second(matches)
    if second is not None:
        parts.append(words.more.format(article=second.article, heading=second.heading))
        parts.append(_first_paragraph(second.text))
    parts.append(f"---\n\n{_follow_up(best, words)}")
    return parts


def _opening(question: str, words: GuideWords) -> str:
    return words.openings[crc32(question.encode()) % len(words.openings)]


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


def _follow_up(section: Section, words: GuideWords) -> str:
    headings = [each.heading for each in _siblings(section, words) if each != section][:2]
    quoted = words.between.join(words.quote.format(heading) for heading in headings)
    return words.go_on.format(headings=quoted) if headings else words.last_of_all


def _siblings(section: Section, words: GuideWords) -> list[Section]:
    """Return the article's sections, those after this one first."""
    sections = help_index(words.folder).sections
    same = [each for each in sections if each.article == section.article]
    place = same.index(section)
    return same[place:] + same[:place]


def _topics(words: GuideWords) -> str:
    articles = dict.fromkeys(section.article for section in help_index(words.folder).sections)
    return "\n".join(f"- {article}" for article in articles)
