"""`sandbox-writer` writes what was asked for, as long as asked for."""

import re

import pytest
from markdown_it import MarkdownIt

from beatra_desktop.sandbox.completion import tokens
from beatra_desktop.sandbox.writer import prose, topic_of, wanted_words, write_article


@pytest.mark.parametrize("words", [20, 100, 300, 2000, 8000])
def test_length_is_about_what_was_asked(words: int) -> None:
    text = write_article(f"Write {words} words about rivers")
    assert abs(len(text.split()) - words) <= max(5, words * 0.15)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("Write 2000 words", 2000),
        ("a 1,500-word essay", 1500),
        ("2k words please", 2000),
        ("1000 tokens", 700),
        ("3 paragraphs on tea", 225),
        ("write something", 450),
        ("write 99999999 words", 60_000),
        ("0 words", 1),
    ],
)
def test_amounts_are_understood(prompt: str, words: int) -> None:
    assert wanted_words(prompt) == words


def test_token_limit_bounds_the_usual_length() -> None:
    assert wanted_words("write something", 100) == 70


@pytest.mark.parametrize(
    ("prompt", "topic"),
    [
        ("Write 2000 words about tea brewing.", "tea brewing"),
        ("Please write me a long essay on the history of lamps", "history of lamps"),
        ("Write an essay of 700 words about choosing a bicycle", "choosing a bicycle"),
        ("Write a poem for my cat", "my cat"),
        ("Draft a report about sales in 300 words, with tables", "sales"),
        ("Write about the subject of tides", "tides"),
        ("1000 words of wisdom", "wisdom"),
        ("Write something", "careful work"),
        ("Write", "careful work"),
        ("", "careful work"),
    ],
)
def test_topic_is_taken_from_the_prompt(prompt: str, topic: str) -> None:
    assert topic_of(prompt) == topic


def test_same_prompt_and_seed_give_the_same_text() -> None:
    prompt = "Write 500 words about rivers"
    assert write_article(prompt) == write_article(prompt)
    assert write_article(prompt, seed=1) != write_article(prompt, seed=2)
    assert write_article(prompt) != write_article("Write 500 words about lamps")


def test_long_text_has_every_kind_of_markdown() -> None:
    text = write_article("Write 6000 words about rivers")
    kinds = {token.type for token in MarkdownIt("gfm-like").disable("linkify").parse(text)}
    assert {"table_open", "fence", "bullet_list_open", "ordered_list_open"} <= kinds
    assert {"blockquote_open", "heading_open"} <= kinds
    languages = set(re.findall(r"^```(\w+)$", text, re.M))
    assert {"python", "typescript", "bash", "sql", "rust", "json"} <= languages
    assert "$$" in text
    assert "- [ ] " in text
    assert "\n    - " in text
    assert "{topic}" not in text


def test_first_three_thousand_words_do_not_repeat_themselves() -> None:
    text = write_article("Write 2400 words about rivers")
    paragraphs = [part for part in text.split("\n\n") if len(part.split()) > 25]
    assert len(paragraphs) == len(set(paragraphs))


def test_headings_are_unique() -> None:
    text = write_article("Write 9000 words about rivers")
    headings = re.findall(r"^## .+$", text, re.M)
    assert len(headings) == len(set(headings))


def test_topic_opens_sentences_with_a_capital() -> None:
    text = write_article("Write 9000 words about rivers")
    assert "Rivers" in text
    assert not re.search(r"(^|[.!?] )rivers", text, re.M)


def test_topic_may_look_like_a_pattern() -> None:
    assert r"\d+ \1 {topic}" in write_article(r"Write 900 words about \d+ \1 {topic}")


def test_prose_is_whole() -> None:
    assert all(len(facet["sentences"]) == len(facet["points"]) == 6 for facet in prose()["facets"])


def test_tokens_are_as_many_as_a_models() -> None:
    text = write_article("Write 2000 words about rivers")
    assert 1.0 < len(tokens(text)) / len(text.split()) < 2.2
